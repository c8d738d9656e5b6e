package text_test

import (
	"testing"

	"example.org/tiendo/model/text"
)

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
			if bad, ok := text.OnlySGR(tt.view); bad != tt.bad || ok != tt.ok {
				t.Errorf("OnlySGR(%+q) = %+q, %v; want %+q, %v", tt.view, bad, ok, tt.bad, tt.ok)
			}
		})
	}
}
