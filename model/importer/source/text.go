package source

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"example.org/tiendo/model/phrase"
)

// Text reads a text: a file, or what was pasted. Lines that were cut in mid-sentence are joined, page numbers are told
// from the rest, and what stands beside each other is told apart.
func Text(content []byte) (*Document, error) {
	const widest = 4 // bytes of a letter, in any of the codes
	if len(content) > widest*maxText {
		return nil, tooMuchText()
	}
	decoded, err := decodeText(content)
	if err != nil {
		return nil, err
	}
	if len(decoded) > maxText {
		return nil, tooMuchText()
	}
	reader := textReader{lines: splitLines(decoded)}
	reader.width = usualWidth(reader.lines)
	if err := reader.read(); err != nil {
		return nil, err
	}
	return &reader.document, nil
}

// decodeText gives the text of a file in UTF-8 or UTF-16. Older Vietnamese codes cannot be told from each other, so
// that a guess could change every word.
func decodeText(content []byte) (string, error) {
	switch {
	case bytes.HasPrefix(content, []byte{0xff, 0xfe}):
		content = utf16ToUTF8(content[2:], binary.LittleEndian)
	case bytes.HasPrefix(content, []byte{0xfe, 0xff}):
		content = utf16ToUTF8(content[2:], binary.BigEndian)
	case looksLikeUTF16(content, 1):
		content = utf16ToUTF8(content, binary.LittleEndian)
	case looksLikeUTF16(content, 0):
		content = utf16ToUTF8(content, binary.BigEndian)
	}
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	if at := bytes.IndexByte(content, 0); at >= 0 {
		return "", phrase.Refuse(phrase.Say("this is no text: it contains a byte 0"),
			phrase.Say("open it in the program that made it and save it as .docx or as plain text (UTF-8)"))
	}
	if !utf8.Valid(content) {
		line := 1 + bytes.Count(content[:invalidAt(content)], []byte("\n"))
		return "", phrase.Refuse(phrase.Say("line %d is not in UTF-8", line),
			phrase.Say("save the text as UTF-8 (Unicode); for fonts such as .VnTime or VNI convert it to Unicode first"))
	}
	return norm.NFC.String(string(content)), nil
}

func invalidAt(content []byte) int {
	for i := 0; i < len(content); {
		r, size := utf8.DecodeRune(content[i:])
		if r == utf8.RuneError && size <= 1 {
			return i
		}
		i += size
	}
	return len(content)
}

// looksLikeUTF16 reports that most bytes at odd or even places are 0, as blanks and ASCII letters have it.
func looksLikeUTF16(content []byte, zero int) bool {
	const enough, look = 16, 512
	zeros, n := 0, min(len(content), look)
	for i := zero; i < n; i += 2 {
		if content[i] == 0 {
			zeros++
		}
	}
	return n >= enough && zeros*4 > n/2
}

func utf16ToUTF8(content []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, len(content)/2)
	for i := range units {
		units[i] = order.Uint16(content[2*i:])
	}
	return []byte(string(utf16.Decode(units)))
}

// textLine is one line as it stands in the file.
type textLine struct {
	number int
	last   int    // of a row that goes over several lines
	text   string // every blank a plain one, tabs kept
	fields []field
}

func (l *textLine) blank() bool { return len(l.fields) == 0 }

func splitLines(s string) []textLine {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.NewReplacer("\r", "\n", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n").Replace(s)
	var lines []textLine
	number := 0
	for line := range strings.SplitSeq(s, "\n") {
		number++
		for page := range strings.SplitSeq(line, "\f") {
			page = strings.Map(blankToSpace, page)
			lines = append(lines, textLine{number: number, last: number, text: page})
		}
	}
	lines = joinBars(lines)
	for i := range lines {
		lines[i].fields = joinBlanks(wideFields(lines[i].text))
	}
	return lines
}

// joinBars joins a row between bars whose cells hold line breaks.
func joinBars(lines []textLine) []textLine {
	const most = 12 // lines of one row
	var joined []textLine
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		if trimmed := strings.TrimSpace(line.text); strings.HasPrefix(trimmed, "|") && !strings.HasSuffix(trimmed, "|") {
			row := []string{trimmed}
			for n := i + 1; n < len(lines) && n < i+most; n++ {
				next := strings.TrimSpace(lines[n].text)
				if next == "" || strings.HasPrefix(next, "|") {
					break
				}
				row = append(row, next)
				if strings.HasSuffix(next, "|") {
					line.text, line.last, i = strings.Join(row, " / "), lines[n].number, n
					break
				}
			}
		}
		joined = append(joined, line)
	}
	return joined
}

// joinBlanks joins what only a space to fill in keeps apart: "Số:      /KH-SCT", "ngày    tháng    năm", a label and
// its text.
func joinBlanks(fields []field) []field {
	var joined []field
	for _, f := range fields {
		if last := len(joined) - 1; last >= 0 {
			before := joined[last].text
			label, rest := splitLabel(before)
			folded := strings.ToLower(f.text)
			switch {
			case label != "" && rest == "", strings.HasSuffix(strings.ToLower(before), "số:"),
				strings.HasPrefix(f.text, "/"), strings.HasSuffix(strings.ToLower(before), "ngày"),
				strings.HasPrefix(folded, "tháng") && strings.Contains(strings.ToLower(before), "ngày"),
				strings.HasPrefix(folded, "năm ") && strings.HasSuffix(strings.ToLower(before), "tháng"):
				joined[last].text += " " + f.text
				continue
			}
		}
		joined = append(joined, f)
	}
	return joined
}

// usualWidth is the width at which the lines of a text are cut; 0 where each paragraph stands on one line.
func usualWidth(lines []textLine) int {
	const narrow, wide = 50, 130
	var counts [wide + 1]int
	n, long := 0, 0
	for i := range lines {
		if lines[i].blank() {
			continue
		}
		n++
		switch width := utf8.RuneCountInString(strings.TrimSpace(lines[i].text)); {
		case width > wide:
			long++
		default:
			counts[width]++
		}
	}
	if long*20 > n {
		return 0
	}
	full, width := 0, wide
	for ; width > narrow && full*12 < n; width-- {
		full += counts[width]
	}
	if width == narrow {
		return 0
	}
	return width
}

// textReader makes blocks of lines.
type textReader struct {
	builder
	lines []textLine
	width int // at which lines are cut; 0: they are not
	table int // the number of tables so far
	open  *Block
	tail  string // the last line of it
	gap   bool   // a blank line or a page number stood before this one
}

func (r *textReader) read() error {
	for i := 0; i < len(r.lines); i++ {
		line := &r.lines[i]
		if line.blank() {
			r.gap = true
			continue
		}
		if isPageNumber(line.text) {
			if err := r.add(Block{Place: Place{Line: line.number}, Part: Margin, Text: line.text}); err != nil {
				return err
			}
			r.gap = true
			continue
		}
		if rows := r.rowsFrom(i); rows > 0 {
			if err := r.flush(); err != nil {
				return err
			}
			if err := r.readTable(r.lines[i : i+rows]); err != nil {
				return err
			}
			i += rows - 1
			r.gap = true
			continue
		}
		if err := r.readLine(line); err != nil {
			return err
		}
		r.gap = false
	}
	return r.flush()
}

// flush ends the paragraph that is open.
func (r *textReader) flush() error {
	if r.open == nil {
		return nil
	}
	block := *r.open
	r.open = nil
	return r.add(block)
}

// readLine takes a line into the paragraph that is open, or opens the next one.
func (r *textReader) readLine(line *textLine) error {
	words := strings.TrimSpace(line.text)
	if beside := besideEachOther(line.text); len(beside) > 1 {
		if err := r.flush(); err != nil {
			return err
		}
		for i, words := range beside {
			if err := r.add(Block{Place: Place{Line: line.number, Column: i + 1}, Text: words}); err != nil {
				return err
			}
		}
		return nil
	}
	if r.open != nil && r.continues(words) {
		r.open.Text += " " + words
		r.open.Last, r.tail = line.number, words
		return nil
	}
	if err := r.flush(); err != nil {
		return err
	}
	r.open, r.tail = &Block{Place: Place{Line: line.number, Last: line.number}, Text: words}, words
	return nil
}

// continues reports whether a line goes on with the paragraph before it, which was cut in mid-sentence.
func (r *textReader) continues(words string) bool {
	if label, _ := splitLabel(words); label != "" && rankOf(label) != Dash || strings.HasPrefix(words, "- ") ||
		strings.HasPrefix(words, "+") || strings.HasPrefix(words, "•") {
		return false
	}
	before := strings.TrimSpace(r.open.Text)
	last, _ := utf8.DecodeLastRuneInString(before)
	if strings.ContainsRune(".;:!?…", last) {
		return false
	}
	if IsUpper(before) && !IsUpper(words) { // as below a line that is a heading
		return false
	}
	if startsLower(words) {
		return true
	}
	if r.gap || r.width == 0 || IsUpper(words) != IsUpper(before) || IsUpper(words) {
		return false
	}
	return utf8.RuneCountInString(r.tail) >= r.width
}

// besideEachOther are the things that stand beside each other on a line, as in the head of a letter; one is the line.
func besideEachOther(line string) []string {
	fields := joinBlanks(wideFields(line))
	if len(fields) < 2 || startsLower(fields[1].text) {
		return []string{line}
	}
	words := make([]string, len(fields))
	for i, f := range fields {
		words[i] = f.text
	}
	return words
}

// startsLower reports a text that begins in the middle of a sentence.
func startsLower(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(first)
}

// IsUpper reports a text whose letters are all capitals.
func IsUpper(s string) bool {
	letters := false
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		letters = letters || unicode.IsUpper(r)
	}
	return letters
}

const pageNumber Pattern = `^\s*(?:[-–—]\s*\d{1,3}\s*[-–—]|\d{1,3}|` +
	`(?i:trang|page)\s+\d{1,3}(?:\s*[/of]+\s*\d{1,3})?)\s*$`

// isPageNumber reports a line on which nothing but the number of a page stands.
func isPageNumber(line string) bool { return pageNumber.MatchString(line) }
