package text_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"example.org/tiendo/model/text"
)

func TestQueryMatch(t *testing.T) {
	tests := map[string]struct {
		typed, in string
		want      bool
	}{
		"nothing typed":               {"", "Báo cáo", true},
		"only blanks":                 {" \t ", "Báo cáo", true},
		"without marks":               {"bao cao", "Báo cáo tháng", true},
		"case":                        {"BAO CAO", "báo cáo", true},
		"d for đ":                     {"doan", "Công đoàn", true},
		"inside a word":               {"nghiep", "Công nghiệp", true},
		"words in any order":          {"cao bao", "Báo cáo", true},
		"every word must occur":       {"bao thang", "Báo cáo", false},
		"a word over a blank":         {"baocao", "Báo cáo", false},
		"with marks":                  {"báo", "Báo cáo", true},
		"other marks":                 {"bảo", "Báo cáo", false},
		"marks that are not there":    {"báo", "bao cao", false},
		"fewer marks":                 {"công", "Cộng tác", false},
		"đ for d":                     {"đan", "dan", false},
		"đ":                           {"đoàn", "CÔNG ĐOÀN", true},
		"marks in one word only":      {"báo cao", "Báo cảo", true},
		"typed in NFD":                {norm.NFD.String("báo cáo"), "Báo cáo", true},
		"typed in NFD, no match":      {norm.NFD.String("bảo"), "Báo cáo", false},
		"a tone no letter composes":   {"x\u0323", "x", false},
		"a tone after another letter": {"quà", "qoà", false},
		"text with a zero width":      {"báo", "bá\u200bo", true},
		"text in NFD":                 {"báo", norm.NFD.String("Báo cáo"), true},
		"new and old tone place":      {"hoà", "Văn hòa", true},
		"old and new tone place":      {"Hòa", "VĂN HOÀ", true},
		"ủy and uỷ":                   {"ủy ban", "Uỷ ban nhân dân", true},
		"uỷ, another tone":            {"ủy", "Uỵ", false},
		"tone place before consonant": {"hoàn", "Hoàn thành", true},
		"typed escape sequence":       {"\x1b[31m", "Báo cáo", false},
		"typed invisible":             {"\u200b", "Báo cáo", true},
		"digits":                      {"1714", "Số: 1714 /KH-SCT", true},
		"ellipsis as dots":            {"...", "còn…", true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := text.NewQuery(tt.typed).Match(text.NewFolded(tt.in)); got != tt.want {
				t.Errorf("query %+q in %+q: %v, want %v", tt.typed, tt.in, got, tt.want)
			}
		})
	}
}

func TestQueryEmpty(t *testing.T) {
	for typed, want := range map[string]bool{"": true, "  ": true, "´": true, "\ufeff": true, "a": false, "…": false} {
		if got := text.NewQuery(typed).Empty(); got != want {
			t.Errorf("NewQuery(%+q).Empty() = %v, want %v", typed, got, want)
		}
	}
	if !(text.Query{}).Empty() {
		t.Error("the zero Query is not empty")
	}
}

func TestQuerySpans(t *testing.T) {
	tests := map[string]struct {
		typed, in string
		want      []string // the parts of in, in order
	}{
		"no query":               {"", "Báo cáo", nil},
		"no match":               {"xyz", "Báo cáo", nil},
		"one of two words only":  {"bao xyz", "Báo cáo", nil},
		"one":                    {"cao", "Báo cáo", []string{"cáo"}},
		"every occurrence":       {"ao", "Báo cáo", []string{"áo", "áo"}},
		"two words":              {"cao ba", "Báo cáo", []string{"Bá", "cáo"}},
		"overlapping words":      {"bao ao", "Báo", []string{"Báo"}},
		"touching words":         {"ba oc", "Báoc", []string{"Báoc"}},
		"with marks":             {"báo", "Bảo Báo", []string{"Báo"}},
		"NFD keeps its marks":    {"cao", norm.NFD.String("Báo cáo sở"), []string{norm.NFD.String("cáo")}},
		"NFD, marks typed":       {"cáo", norm.NFD.String("Báo cáo sở"), []string{norm.NFD.String("cáo")}},
		"mark at the end":        {"so", norm.NFD.String("Sở"), []string{norm.NFD.String("Sở")}},
		"half of a spelled sign": {".", "còn…", []string{"…"}},
		"part of a spelled sign": {"1", "một ½", []string{"½"}},
		"a word inside a word":   {"bao a", "Báo", []string{"Báo"}},
		"moved tone":             {"hòa", "văn hoà", []string{"hoà"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			f := text.NewFolded(tt.in)
			var got []string
			for _, span := range text.NewQuery(tt.typed).Spans(f) {
				got = append(got, f.String()[span.Start:span.End])
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("query %+q in %+q: %+q, want %+q", tt.typed, tt.in, got, tt.want)
			}
		})
	}
}

func BenchmarkQuery(b *testing.B) {
	rows := make([]text.Folded, 10_000)
	for i := range rows {
		rows[i] = text.NewFolded("Phòng Quản lý công nghiệp và tiểu thủ công nghiệp")
	}
	for name, typed := range map[string]string{"plain": "tieu thu xa", "marked": "tiểu thủ xã"} {
		b.Run(name, func(b *testing.B) {
			q := text.NewQuery(typed)
			for b.Loop() {
				for _, row := range rows {
					q.Match(row)
				}
			}
		})
	}
}

// To look through a list finds what to look at each text finds.
func TestListMatching(t *testing.T) {
	texts := []string{"", "Báo Hà Giang", "bảo hiểm", "Phòng Báo chí", "áo", "", "b", "Bao bì ao", "ĐẠI ĐOÀN", ""}
	list := text.NewList(texts)
	for _, typed := range []string{"", "bao", "báo", "b", "ao", "áo", "bao ao", "ao bao", "đ", "chi", "xyz", "g", "gb", "a o"} {
		query := text.NewQuery(typed)
		var want []int
		for i, one := range texts {
			if query.Match(text.NewFolded(one)) {
				want = append(want, i)
			}
		}
		if got := slices.Collect(list.Matching(query)); !slices.Equal(got, want) || list.Any(query) != (len(want) > 0) {
			t.Errorf("%q: %v, any %t; want %v", typed, got, list.Any(query), want)
		}
	}
}

func FuzzListMatching(f *testing.F) {
	f.Add("Báo Hà Giang|bảo hiểm||áo", "bao")
	f.Fuzz(func(t *testing.T, joined, typed string) {
		texts := strings.Split(text.Line(joined), "|")
		query := text.NewQuery(typed)
		var want []int
		for i, one := range texts {
			if query.Match(text.NewFolded(one)) {
				want = append(want, i)
			}
		}
		if got := slices.Collect(text.NewList(texts).Matching(query)); !slices.Equal(got, want) {
			t.Errorf("%q in %q: %v; want %v", typed, texts, got, want)
		}
	})
}
