package edit

import (
	"strings"
	"unicode/utf8"
)

// checkCharacters reports the first of what no TOML file may hold anywhere: bytes that are
// not UTF-8 and control characters.
func checkCharacters(text string) *Error {
	if strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") {
		return problem(0, MessageUTF16, hintOf(hintUTF16))
	}
	control := nextControl(text, 0)
	good := text
	if control >= 0 {
		good = text[:control]
	}
	for p, r := range good {
		if r != utf8.RuneError {
			continue
		}
		if _, size := utf8.DecodeRuneInString(text[p:]); size == 1 {
			return problem(p, MessageNotUTF8, hintOf(hintByte, int(text[p])))
		}
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

// findConflict reports the first conflict that git left in a text: <<<<<<<, =======, >>>>>>>
// at the start of lines, in this order, wherever they stand.
func findConflict(text string) *Error {
	if !strings.Contains(text, "<<<<<<<") {
		return nil
	}
	opened, middle := -1, false
	for p := fileStart(text); p < len(text); p = lineNext(text, p) {
		switch conflictMarkerAt(text, p) {
		case '<':
			opened, middle = p, false
		case '=':
			middle = opened >= 0
		case '>':
			if middle {
				return problem(opened, MessageConflict, hintOf(hintConflict))
			}
		}
	}
	return nil
}
