package tui_test

import (
	"testing"
	"unicode"
	"unicode/utf8"
)

// excerpt is how much of a view onlySGR returns, in bytes: enough to recognise a sequence.
const excerpt = 12

// onlySGR is the assertion for tests of a view: everything in it is printable text, "\n" or an SGR sequence
// (colours and text attributes, ESC [ … m). If not, ok is false and bad is the first offending place, at most
// 12 bytes of it; print it with %q.
func onlySGR(view string) (bad string, ok bool) {
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

func TestOnlySGR(t *testing.T) {
	tests := map[string]struct {
		view, bad string
		ok        bool
	}{
		"plain":               {"Đã gửi 4/10\n✓ xong", "", true},
		"colours":             {"\x1b[1;38;5;208mquá hạn\x1b[0m \x1b[m\x1b[38:2::1:2:3mx", "", true},
		"cursor":              {"a\x1b[2Jb", "\x1b[2Jb", false},
		"private parameter":   {"\x1b[?25l", "\x1b[?25l", false},
		"modify other keys":   {"\x1b[>4m", "\x1b[>4m", false},
		"unfinished":          {"a\x1b[31", "\x1b[31", false},
		"lone ESC":            {"a\x1b", "\x1b", false},
		"OSC":                 {"\x1b]0;title\x07 and more", "\x1b]0;title\x07 a", false},
		"C1":                  {"\u009b31m", "\u009b31m", false},
		"carriage return":     {"a\r\n", "\r\n", false},
		"tab":                 {"a\tb", "\tb", false},
		"bidirectional":       {"a\u202eb", "\u202eb", false},
		"line separator":      {"a\u2028b", "\u2028b", false},
		"broken UTF-8":        {"a\xff", "\xff", false},
		"replacement is fine": {"\ufffd", "", true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if bad, ok := onlySGR(tt.view); bad != tt.bad || ok != tt.ok {
				t.Errorf("onlySGR(%+q) = %+q, %v; want %+q, %v", tt.view, bad, ok, tt.bad, tt.ok)
			}
		})
	}
}
