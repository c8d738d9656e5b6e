package edit

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// checkEscapes refuses an escape in the basic string from start to end that TOML does not
// know.
func (s *scanner) checkEscapes(start, end int) bool {
	for p := start + 1; p < end-1; p++ {
		if s.text[p] != '\\' {
			continue
		}
		n := escapeLength(s.text[p:end-1], opensLongString(s.text, start))
		if n == 0 {
			return s.fail(p, MessageEscape, hintOf(hintBackslash))
		}
		p += n - 1
	}
	return true
}

// escapeLength is the number of bytes of the escape at the start of text, 0 when TOML has
// no such escape. A text of several lines may also have a backslash at a line's end.
func escapeLength(text string, long bool) int {
	if len(text) < 2 {
		return 0
	}
	digits := 0
	switch text[1] {
	case 'b', 't', 'n', 'f', 'r', 'e', '"', '\\':
		return 2
	case 'x':
		digits = 2
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	default:
		p := skipBlanks(text, 1)
		rest := strings.TrimPrefix(text[p:], "\r")
		if long && strings.HasPrefix(rest, "\n") {
			return p
		}
		return 0
	}
	if len(text) < 2+digits {
		return 0
	}
	code, err := strconv.ParseUint(text[2:2+digits], 16, 32)
	if err != nil || !utf8.ValidRune(rune(code)) {
		return 0
	}
	return 2 + digits
}

// unescape undoes the escapes of what stands between the quotes of a basic string, all of
// them known to be good.
func unescape(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for {
		i := strings.IndexByte(text, '\\')
		if i < 0 {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:i])
		text = text[i:]
		n := escapeLength(text, true)
		switch c := text[1]; c {
		case 'x', 'u', 'U':
			code, _ := strconv.ParseUint(text[2:n], 16, 32) // escapeLength has checked it
			b.WriteRune(rune(code))
		case ' ', '\t', '\r', '\n': // at a line's end it takes all blanks and line ends along
			text = strings.TrimLeft(text[1:], " \t\r\n")
			continue
		default:
			b.WriteByte("\b\t\n\f\r\x1b\"\\"[strings.IndexByte("btnfre\"\\", c)])
		}
		text = text[n:]
	}
}

// stringContent is the value of a string with its quotes, of any of the four kinds, whose
// escapes are known to be good. A text of several lines loses the line end that directly
// follows its opening quotes.
func stringContent(source string) string {
	inner, basic := source[1:len(source)-1], source[0] == '"'
	if opensLongString(source, 0) {
		inner = strings.TrimPrefix(source[3:len(source)-3], "\r")
		if trimmed, found := strings.CutPrefix(inner, "\n"); found {
			inner = trimmed
		} else {
			inner = source[3 : len(source)-3]
		}
	}
	if basic && strings.IndexByte(inner, '\\') >= 0 {
		return unescape(inner)
	}
	return inner
}
