package terminaltest

import "testing"

func TestTerminal(t *testing.T) {
	for name, test := range map[string]struct {
		written []string
		want    string
	}{
		"letters and lines":     {[]string{"Đã treo\r\nxong"}, "Đã treo\nxong"},
		"parted anywhere":       {[]string{"ti\xe1", "\xba\xbfn \x1b", "[1", "mđộ\x1b[0m"}, "tiến độ"},
		"places":                {[]string{"\x1b[2;3Hx\x1b[Hy\x1b[1;2Hz"}, "yz\n  x"},
		"the end of a line":     {[]string{"abcdef\x1b[1;3H\x1b[K"}, "ab"},
		"the end of the screen": {[]string{"abc\r\ndef\r\nghi\x1b[2;2H\x1b[J"}, "abc\nd"},
		"everything":            {[]string{"abc\r\ndef\x1b[2J"}, ""},
		"what is not seen":      {[]string{"\x1b[?1049h\x1b]52;c;eA==\aok\x1b[?25l"}, "ok"},
		"wide letters":          {[]string{"報告x"}, "報告x"},
	} {
		screen := New(10, 3)
		for _, written := range test.written {
			_, _ = screen.Write([]byte(written))
		}
		if got := screen.String(); got != test.want || screen.Err() != nil {
			t.Errorf("%s: %q, %v; want %q", name, got, screen.Err(), test.want)
		}
	}
	narrow := New(3, 1)
	if _, _ = narrow.Write([]byte("abcd")); narrow.Err() == nil || narrow.String() != "abc" {
		t.Errorf("too long a line: %q, %v", narrow, narrow.Err())
	}
	bold := New(3, 1)
	_, _ = bold.Write([]byte("a\x1b[1mb\x1b[0mc"))
	if cells := bold.Cells()[0]; cells[0].Style != "" || cells[1] != (Cell{"\x1b[1m", "b"}) || cells[2].Style != "" {
		t.Errorf("styles: %q", cells)
	}
}
