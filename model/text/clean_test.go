package text_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"example.org/tiendo/model/text"
)

func TestLineAndText(t *testing.T) {
	tests := map[string]struct{ in, line, text string }{
		"empty":            {"", "", ""},
		"ASCII":            {"plan 1714", "plan 1714", "plan 1714"},
		"Vietnamese":       {"Chấm dứt bạo lực ĐỐI VỚI phụ nữ", "Chấm dứt bạo lực ĐỐI VỚI phụ nữ", "Chấm dứt bạo lực ĐỐI VỚI phụ nữ"},
		"quotes and signs": {"“Số: 5” – … → ✓ ◐ ★", "“Số: 5” – … → ✓ ◐ ★", "“Số: 5” – … → ✓ ◐ ★"},
		"NFD":              {norm.NFD.String("ộ Ữ đ"), "ộ Ữ đ", "ộ Ữ đ"},
		"other scripts":    {"ไทย 中文 한국어 עִברִית", "ไทย 中文 한국어 עִברִית", "ไทย 中文 한국어 עִברִית"},

		"LF":                       {"a\nb", "a b", "a\nb"},
		"CRLF":                     {"a\r\nb", "a b", "a\nb"},
		"CR":                       {"a\rb\r", "a b ", "a\nb\n"},
		"CR CRLF":                  {"a\r\r\nb", "a  b", "a\n\nb"},
		"Word's soft break":        {"a\vb\fc", "a b c", "a\nb\nc"},
		"Unicode's line breaks":    {"a\u0085b\u2028c\u2029d", "a b c d", "a\nb\nc\nd"},
		"tab":                      {"a\tb", "a b", "a    b"},
		"blanks":                   {"a\u00a0b\u2003c\u202fd\u205fe", "a b c d e", "a b c d e"},
		"ideographic space stays":  {"中\u3000文", "中\u3000文", "中\u3000文"},
		"soft hyphen, zero widths": {"a\u00adb\u200bc\u200dd\u2060e\ufeff", "abcde", "abcde"},
		"rare variation selector":  {"葛\U000e0100", "葛", "葛"},
		"variation selector":       {"✔\ufe0f", "✔", "✔"},

		"SGR":                 {"\x1b[31mred", "\ufffd[31mred", "\ufffd[31mred"},
		"OSC 52":              {"\x1b]52;c;AAAA\x07", "\ufffd]52;c;AAAA\ufffd", "\ufffd]52;c;AAAA\ufffd"},
		"C1 CSI":              {"\u009b6n", "\ufffd6n", "\ufffd6n"},
		"raw C1 byte":         {"\x9b6n", "\ufffd6n", "\ufffd6n"},
		"NUL, BS, DEL":        {"a\x00b\bc\x7f", "a\ufffdb\ufffdc\ufffd", "a\ufffdb\ufffdc\ufffd"},
		"right to left order": {"a\u202eb\u2066c", "a\ufffdb\ufffdc", "a\ufffdb\ufffdc"},
		"direction mark":      {"a\u200fb", "a\ufffdb", "a\ufffdb"},
		"tags":                {"a\U000e0041b", "a\ufffdb", "a\ufffdb"},
		"private use":         {"a\ue000b\U000f0000", "a\ufffdb\ufffd", "a\ufffdb\ufffd"},
		"noncharacters":       {"a\uffffb\ufdd0\U0001fffe", "a\ufffdb\ufffd\ufffd", "a\ufffdb\ufffd\ufffd"},
		"Hangul filler":       {"\u3164", "\ufffd", "\ufffd"},
		"broken UTF-8":        {"a\xc3(\xff", "a\ufffd(\ufffd", "a\ufffd(\ufffd"},
		"half a letter":       {"b\xe1\xba", "b\ufffd\ufffd", "b\ufffd\ufffd"},
		"encoded surrogate":   {"\xed\xa0\x80", "\ufffd\ufffd\ufffd", "\ufffd\ufffd\ufffd"},
		"replacement stays":   {"\ufffd", "\ufffd", "\ufffd"},

		"two marks":                  {"x\u0301\u0323", "x\u0323\u0301", "x\u0323\u0301"},
		"a tower of marks":           {"x" + strings.Repeat("\u0301", 1000), "x\u0301\u0301", "x\u0301\u0301"},
		"a tower in two floors":      {"x\u0301\u0302\u200b\u0303\u0304", "x\u0301\u0302", "x\u0301\u0302"},
		"a joiner under a mark":      {"a\u200b\u0301", "á", "á"},
		"an invisible mark":          {"a\u034f\u0301", "á", "á"},
		"a tower of enclosing":       {"1\u20e3\u20e3\u20e3", "1\u20e3\u20e3", "1\u20e3\u20e3"},
		"a mark after a blank":       {"a \u0301b\t\u0301c\u00a0\u0301", "a b c ", "a b    c "},
		"enclosing":                  {"1\u20e3", "1\u20e3", "1\u20e3"},
		"a mark without a letter":    {"\u0301a", "a", "a"},
		"a mark after a line break":  {"a\n\u0301b", "a b", "a\nb"},
		"a mark on what is replaced": {"\x1b\u0301", "\ufffd\u0301", "\ufffd\u0301"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := text.Line(tt.in); got != tt.line {
				t.Errorf("Line(%+q) = %+q, want %+q", tt.in, got, tt.line)
			}
			if got := text.Text(tt.in); got != tt.text {
				t.Errorf("Text(%+q) = %+q, want %+q", tt.in, got, tt.text)
			}
		})
	}
}

// Every character, alone and between letters: whatever Unicode holds, nothing unsafe comes out.
func TestEveryCharacter(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if inPlane := r & 0xffff; r > 0x3ffff && 0x200 <= inPlane && inPlane < 0xfff0 {
			continue // from plane 4 on nothing is assigned but tags, selectors and private use
		}
		for _, s := range [...]string{string(r), "a" + string(r) + "b"} {
			if problem := lineProblem(text.Line(s)); problem != "" {
				t.Fatalf("Line(%+q) = %+q: %s", s, text.Line(s), problem)
			}
		}
	}
}

func TestCleanTextIsNotCopied(t *testing.T) {
	const line, lines = "Treo băng rôn, khẩu hiệu – “Chấm dứt …”", "một\nhai"
	for name, f := range map[string]func(){
		"Line": func() { text.Line(line) },
		"Text": func() { text.Text(lines) },
	} {
		if n := testing.AllocsPerRun(10, f); n != 0 {
			t.Errorf("%s allocates %v times for clean text, want 0", name, n)
		}
	}
}

// lineProblem says what is wrong with a cleaned line, "" if nothing is.
func lineProblem(s string) string {
	if strings.Contains(s, "\n") {
		return "holds a line break"
	}
	return textProblem(s)
}

func textProblem(s string) string {
	bad := strings.IndexFunc(s, func(r rune) bool {
		return r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
	})
	switch {
	case !utf8.ValidString(s):
		return "is not UTF-8"
	case !norm.NFC.IsNormalString(s):
		return "is not NFC"
	case strings.Contains(s, "\x1b"):
		return "holds ESC"
	case bad >= 0:
		return "holds " + s[bad:]
	}
	marks := 0
	for _, r := range s {
		if !unicode.In(r, unicode.Mn, unicode.Me) {
			marks = 0
		} else if marks++; marks > 2 {
			return "holds more than two marks in a row"
		}
	}
	return ""
}

func FuzzLine(f *testing.F) {
	f.Add("Chấm dứt bạo lực")
	f.Fuzz(func(t *testing.T, s string) {
		once := text.Line(s)
		if problem := lineProblem(once); problem != "" {
			t.Fatalf("Line(%+q) = %+q %s", s, once, problem)
		}
		if twice := text.Line(once); twice != once {
			t.Fatalf("Line(%+q) = %+q, and of that %+q", s, once, twice)
		}
	})
}

func FuzzText(f *testing.F) {
	f.Add("một\r\nhai\tba")
	f.Fuzz(func(t *testing.T, s string) {
		once := text.Text(s)
		if problem := textProblem(once); problem != "" {
			t.Fatalf("Text(%+q) = %+q %s", s, once, problem)
		}
		if twice := text.Text(once); twice != once {
			t.Fatalf("Text(%+q) = %+q, and of that %+q", s, once, twice)
		}
		for line := range strings.SplitSeq(once, "\n") {
			if text.Line(line) != line {
				t.Fatalf("Text(%+q) has the line %+q, which Line changes", s, line)
			}
		}
	})
}

func BenchmarkLine(b *testing.B) {
	for name, s := range map[string]string{
		"clean": "Tuyên truyền, vận động; viết tin, bài về bình đẳng giới và phòng, chống bạo lực",
		"NFD":   norm.NFD.String("Tuyên truyền, vận động; viết tin, bài về bình đẳng giới và phòng, chống bạo lực"),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				text.Line(s)
			}
		})
	}
}
