package text

import (
	"unicode"
	"unicode/utf8"
)

// excerpt is how much of a view OnlySGR returns, in bytes: enough to recognise a sequence.
const excerpt = 12

// OnlySGR is the assertion for tests of a view: everything in it is printable text, "\n" or an SGR sequence
// (colours and text attributes, ESC [ … m). If not, ok is false and bad is the first offending place, at most
// 12 bytes of it; print it with %q.
func OnlySGR(view string) (bad string, ok bool) {
	for i := 0; i < len(view); {
		r, size := utf8.DecodeRuneInString(view[i:])
		if r == 0x1b {
			size = sgrLength(view[i:])
		} else if isUnprintable(r, size) {
			size = 0
		}
		if size == 0 {
			return view[i:min(len(view), i+excerpt)], false
		}
		i += size
	}
	return "", true
}

// sgrLength is the length of the SGR sequence that s starts with, 0 if it starts with something else.
func sgrLength(s string) int {
	if len(s) < 2 || s[1] != '[' {
		return 0
	}
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case c == 'm':
			return i + 1
		case '0' <= c && c <= '9', c == ';', c == ':':
		default:
			return 0
		}
	}
	return 0
}

func isUnprintable(r rune, size int) bool {
	if r == '\n' {
		return false
	}
	return r == utf8.RuneError && size == 1 || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}
