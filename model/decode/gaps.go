package decode

import (
	"bytes"
	"maps"
	"regexp"
	"slices"

	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// toFill is the comment of what is to be filled in.
const toFill = `[ \t]*#[ \t]*(?:CẦN ĐIỀN|TO FILL IN)(?::[ \t]*(.*?))?[ \t\r]*$`

// marks are what stands in every line that is to be filled in.
var marks = [][]byte{[]byte("CẦN ĐIỀN"), []byte("TO FILL IN")}

// gap is a line that is to be filled in.
type gap struct {
	at        int // of the key, in bytes
	key, what string
	value     string // what stands there meanwhile; "" for a commented key
}

// gaps lists what is to be filled in.
func (f *File) gaps() []gap {
	if f.openKeys == nil {
		f.openKeys = append([]gap{}, f.findGaps()...)
	}
	return f.openKeys
}

func (f *File) findGaps() []gap {
	var found []gap
	if !bytes.Contains(f.src, marks[0]) && !bytes.Contains(f.src, marks[1]) {
		return nil
	}
	// A plan that was imported has a commented key for what its document does not say, as in
	// "# starts =   # TO FILL IN: …". Few files have one, so that these are made here.
	openKey := regexp.MustCompile(`^[ \t]*#[ \t]*([^\s=]+)[ \t]*=` + toFill)
	openValue := regexp.MustCompile(`^[ \t]*([A-Za-z0-9_-]+)[ \t]*=[ \t]*(".*"|\[.*\]|[^"#\[]+?)` + toFill)
	at := 0
	for line := range bytes.Lines(f.src) {
		start := at
		at += len(line)
		if !bytes.Contains(line, marks[0]) && !bytes.Contains(line, marks[1]) {
			continue
		}
		line = bytes.TrimRight(line, "\n")
		if match := openKey.FindSubmatchIndex(line); match != nil {
			found = append(found, gap{at: start + match[2], key: string(line[match[2]:match[3]]), what: part(line, match, 4)})
		} else if match := openValue.FindSubmatchIndex(line); match != nil {
			found = append(found, gap{at: start + match[2], key: string(line[match[2]:match[3]]),
				value: string(line[match[4]:match[5]]), what: part(line, match, 6)})
		}
	}
	return found
}

// part is a part of a line that matched; "" where it is missing.
func part(line []byte, match []int, n int) string {
	if match[n] < 0 {
		return ""
	}
	return string(line[match[n]:match[n+1]])
}

// warnOfGaps warns of what is to be filled in.
func (f *File) warnOfGaps() {
	for _, gap := range f.gaps() {
		switch {
		case gap.value == `""`: // said already
		case gap.what == "":
			f.warn(gap.at, phrase.Say("%s is to be filled in", text.Line(gap.key)), phrase.Sentence{})
		default:
			f.warn(gap.at, phrase.Say("%s is to be filled in: %s", text.Line(gap.key), text.Line(gap.what)), phrase.Sentence{})
		}
	}
}

// Filled is a file without the marks of what was to be filled in, for keys of a table that have a value now.
func Filled(src []byte, at edit.Path, keys []string) []byte {
	document, problem := edit.Parse(src)
	if problem != nil {
		return src
	}
	table := document.Find(at...)
	lines := map[int]int{} // what goes, from and to
	for _, key := range keys {
		node := table.Child(key)
		if node.Kind() == edit.Missing {
			continue
		}
		rest, _, _ := bytes.Cut(src[node.End():], []byte("\n"))
		rest = bytes.TrimRight(rest, "\r")
		comment := bytes.TrimLeft(bytes.TrimLeft(rest, " \t"), "#")
		comment = bytes.TrimLeft(comment, " \t")
		if bytes.HasPrefix(comment, marks[0]) || bytes.HasPrefix(comment, marks[1]) {
			lines[node.End()] = node.End() + len(rest)
		}
	}
	for _, gap := range (&File{src: src}).findGaps() {
		from := table.Offset()
		if gap.value == "" && slices.Contains(keys, gap.key) && table.Child(gap.key) != nil && gap.at > from &&
			!holdsHead(src[from:gap.at]) {
			start := bytes.LastIndexByte(src[:gap.at], '\n') + 1
			end := start + bytes.IndexByte(append(src[start:len(src):len(src)], '\n'), '\n') + 1
			lines[start] = min(end, len(src))
		}
	}
	if len(lines) == 0 {
		return src
	}
	var out []byte
	done := 0
	for _, start := range slices.Sorted(maps.Keys(lines)) {
		out = append(out, src[done:start]...)
		done = lines[start]
	}
	return append(out, src[done:]...)
}

// leftOpen reports whether a table has a commented key that is to be filled in, in the place of one that it must have.
func (t *table) leftOpen(key string) bool {
	from := t.node.Offset()
	for _, gap := range t.gaps() {
		if gap.key == key && gap.value == "" && gap.at > from && !holdsHead(t.src[from:gap.at]) {
			return true
		}
	}
	return false
}

// holdsHead reports that the head of a table stands on one of some lines, the first apart.
func holdsHead(src []byte) bool {
	for line := range bytes.Lines(src[bytes.IndexByte(src, '\n')+1:]) {
		if bytes.HasPrefix(bytes.TrimLeft(line, " \t"), []byte("[")) {
			return true
		}
	}
	return false
}
