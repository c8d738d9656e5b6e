package edit

import (
	"strings"
	"unicode/utf8"
)

// checkCharacters reports what no TOML file may hold anywhere: bytes that are not UTF-8
// and control characters. It names the first of each line: a file in another encoding is
// full of them.
func checkCharacters(text string) []*Error {
	if strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") {
		return []*Error{problem(0, MessageUTF16, hintOf(hintUTF16))}
	}
	if utf8.ValidString(text) && nextControl(text, 0) < 0 {
		return nil
	}
	var problems []*Error
	for p := 0; p < len(text) && len(problems) < MaxErrors; p = lineNext(text, p) {
		end := lineEnd(text, p)
		if e := checkLine(text, p, end); e != nil {
			problems = append(problems, e)
		}
	}
	return problems
}

// checkLine returns the first forbidden character of a line.
func checkLine(text string, start, end int) *Error {
	control := nextControl(text[:min(end+1, len(text))], start)
	for p := start; p < end && (control < 0 || p < control); {
		r, size := utf8.DecodeRuneInString(text[p:end])
		if r == utf8.RuneError && size == 1 {
			return problem(p, MessageNotUTF8, hintOf(hintByte, int(text[p])))
		}
		p += size
	}
	if control < 0 {
		return nil
	}
	code := int(text[control])
	if code == '\r' {
		return problem(control, MessageControl, hintOf(hintReturn))
	}
	return problem(control, MessageControl, hintOf(hintControl, code, code))
}

// nextControl is the first control character from p on, other than tab, line feed and the
// carriage return before a line feed; -1 when there is none.
func nextControl(text string, p int) int {
	for ; p < len(text); p++ {
		c := text[p]
		if c >= 0x20 && c != 0x7f || c == '\t' || c == '\n' {
			continue
		}
		if c != '\r' || p+1 >= len(text) || text[p+1] != '\n' {
			return p
		}
	}
	return -1
}

// conflictMarkerAt returns the character of the git conflict marker at p, a line start; 0
// when none stands there.
func conflictMarkerAt(text string, p int) byte {
	if p >= len(text) || strings.IndexByte("<=>|", text[p]) < 0 {
		return 0
	}
	line := strings.TrimSuffix(text[p:lineEnd(text, p)], "\r")
	rest, found := strings.CutPrefix(line, strings.Repeat(text[p:p+1], 7))
	if !found || rest != "" && rest[0] != ' ' {
		return 0
	}
	return text[p]
}

// settleConflicts finds the conflicts that git left in a text: <<<<<<<, =======, >>>>>>>
// at the start of lines, in this order, wherever they stand. It reports one problem for
// each and returns the text with the markers and the other side blanked out, byte for
// byte, so that the rest can still be checked as it stood on our side. The regions cover
// both sides: no value in them is settled.
func settleConflicts(text string) (settled string, regions []span, problems []*Error) {
	if !strings.Contains(text, "<<<<<<<") {
		return text, nil, nil
	}
	var blanked []byte
	opened, ours := -1, -1 // the lines <<<<<<< and the first after our side
	middle := false
	for p := fileStart(text); p < len(text); p = lineNext(text, p) {
		switch conflictMarkerAt(text, p) {
		case '<':
			opened, ours, middle = p, -1, false
		case '|':
			if opened >= 0 && ours < 0 {
				ours = p
			}
		case '=':
			if opened >= 0 && !middle {
				middle = true
				if ours < 0 {
					ours = p
				}
			}
		case '>':
			if opened < 0 || !middle {
				continue
			}
			if blanked == nil {
				blanked = []byte(text)
			}
			blank(blanked[opened:lineEnd(text, opened)])
			blank(blanked[ours:lineEnd(text, p)])
			regions = append(regions, span{opened, lineEnd(text, p)})
			if len(problems) < MaxErrors {
				problems = append(problems, problem(opened, MessageConflict, hintOf(hintConflict)))
			}
			opened = -1
		}
	}
	if blanked == nil {
		return text, nil, nil
	}
	return string(blanked), regions, problems
}

func blank(line []byte) {
	for i, c := range line {
		if c != '\n' && c != '\r' {
			line[i] = ' '
		}
	}
}
