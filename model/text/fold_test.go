package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"example.org/tiendo/model/text"
)

// vowels holds every Vietnamese vowel with every tone, by the letter that search sees.
var vowels = map[string]string{
	"a": "aàảãáạăằẳẵắặâầẩẫấậ",
	"e": "eèẻẽéẹêềểễếệ",
	"i": "iìỉĩíị",
	"o": "oòỏõóọôồổỗốộơờởỡớợ",
	"u": "uùủũúụưừửữứự",
	"y": "yỳỷỹýỵ",
	"d": "dđ",
}

func TestFoldEveryVietnameseLetter(t *testing.T) {
	count := 0
	for want, letters := range vowels {
		for letter := range strings.SplitSeq(letters, "") {
			for _, form := range [...]string{
				letter, strings.ToUpper(letter),
				norm.NFD.String(letter), norm.NFD.String(strings.ToUpper(letter)),
			} {
				count++
				if got := text.Fold(form); got != want {
					t.Errorf("Fold(%+q) = %q, want %q", form, got, want)
				}
			}
		}
	}
	if count != 74*4 {
		t.Errorf("tried %d forms, want %d", count, 74*4)
	}
}

func TestFold(t *testing.T) {
	tests := map[string]string{
		"":                           "",
		"Báo cáo Sở":                 "bao cao so",
		"ĐOÀN THANH NIÊN":            "doan thanh nien",
		"Ðoàn (eth for đ)":           "doan (eth for d)",
		"Số № 5 … ½":                 "so no 5 ... 1⁄2",
		"한㉷":                         "\u1112\u1161\u11ab\u110e\u1161",
		"ﬁ ＡＢ":                       "fi ab",
		"İstanbul":                   "istanbul",
		"zero\u200bwidth":            "zerowidth",
		"broken \xff":                "broken \ufffd",
		"already folded 123 !?":      "already folded 123 !?",
		norm.NFD.String("Quảng Trị"): "quang tri",
	}
	for in, want := range tests {
		if got := text.Fold(in); got != want {
			t.Errorf("Fold(%+q) = %+q, want %+q", in, got, want)
		}
	}
}

func TestFoldIndex(t *testing.T) {
	folded, offsets := text.FoldIndex("Sở…đ")
	want := []int{0, 1, 4, 4, 4, 7, 9}
	if folded != "so...d" || len(offsets) != len(want) {
		t.Fatalf("FoldIndex = %q, %v; want %q, %v", folded, offsets, "so...d", want)
	}
	for i := range want {
		if offsets[i] != want[i] {
			t.Fatalf("offsets = %v, want %v", offsets, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add("Báo cáo")
	f.Fuzz(func(t *testing.T, s string) {
		folded, offsets := text.FoldIndex(s)
		if got := text.Fold(s); got != folded {
			t.Fatalf("Fold(%+q) = %+q, FoldIndex says %+q", s, got, folded)
		}
		if again := text.Fold(folded); again != folded {
			t.Fatalf("Fold(%+q) = %+q, and of that %+q", s, folded, again)
		}
		if nfd := norm.NFD.String(text.Line(s)); text.Fold(nfd) != text.Fold(text.Line(s)) {
			t.Fatalf("Fold(%+q) = %+q, in NFC %+q", nfd, text.Fold(nfd), text.Fold(text.Line(s)))
		}
		if len(offsets) != len(folded)+1 || offsets[len(folded)] != len(s) {
			t.Fatalf("FoldIndex(%+q): %d offsets for %d bytes, the last %d", s, len(offsets), len(folded), offsets[len(offsets)-1])
		}
		for i, offset := range offsets {
			if offset < 0 || offset > len(s) || i > 0 && offset < offsets[i-1] || !startsCharacter(s, offset) {
				t.Fatalf("FoldIndex(%+q): offset %d of byte %d", s, offset, i)
			}
		}
		checkFindsItself(t, s)
	})
}

// startsCharacter accepts every place in text that is not UTF-8, where no byte belongs to a character.
func startsCharacter(s string, at int) bool {
	return at == len(s) || utf8.RuneStart(s[at]) || !utf8.ValidString(s)
}

// checkFindsItself seeks every word of a clean text in that text, with its marks and without.
func checkFindsItself(t *testing.T, s string) {
	clean := text.Line(s)
	f := text.NewFolded(clean)
	for _, typed := range [...]string{clean, norm.NFD.String(clean), text.Fold(clean)} {
		q := text.NewQuery(typed)
		if !q.Match(f) {
			t.Fatalf("query %+q does not match %+q", typed, clean)
		}
		end := 0
		for i, span := range q.Spans(f) {
			if span.Start < end || i > 0 && span.Start == end || span.End <= span.Start || span.End > len(clean) ||
				!startsCharacter(clean, span.Start) || !startsCharacter(clean, span.End) {
				t.Fatalf("query %+q in %+q: span %v after %d", typed, clean, span, end)
			}
			end = span.End
		}
	}
}

func BenchmarkFold(b *testing.B) {
	const s = "Phòng Quản lý công nghiệp và tiểu thủ công nghiệp"
	b.Run("Fold", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			text.Fold(s)
		}
	})
	b.Run("NewFolded", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			text.NewFolded(s)
		}
	})
}
