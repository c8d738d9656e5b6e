package text_test

import (
	"slices"
	"strings"
	"testing"

	"example.org/tiendo/model/text"
)

func TestSortVietnamese(t *testing.T) {
	tests := map[string][]string{
		"alphabet":            strings.Split("a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y", " "),
		"tones":               strings.Split("a à ả ã á ạ ă ằ ẳ ẵ ắ ặ â ầ ẩ ẫ ấ ậ", " "),
		"case after tone":     {"ba", "Ba", "bà", "Bà", "ca"},
		"letters before tone": {"bán", "bạn", "bàng", "bao"},
		"names":               {"Chi đoàn", "Công đoàn", "Phòng Quản lý công nghiệp", "Phòng Quản lý thương mại", "Thanh tra Sở", "Văn phòng Sở"},
		"d and đ":             {"Dung", "Dũng", "Đại", "Đoàn", "Em"},
		"numbers":             {"Phòng 1", "Phòng 2", "Phòng 10", "Phòng 100"},
		"empty":               {"", "a"},
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			// Every rotation of the right order, so that no luck of the start hides a mistake.
			for shift := range want {
				got := slices.Concat(want[shift:], want[:shift])
				slices.Reverse(got)
				text.SortVietnamese(got, func(s string) string { return s })
				if !slices.Equal(got, want) {
					t.Fatalf("sorted to %q, want %q", got, want)
				}
			}
		})
	}
}

func TestSortVietnameseKeepsEqualItems(t *testing.T) {
	type unit struct {
		name string
		row  int
	}
	units := make([]unit, 100)
	for i := range units {
		units[i] = unit{[]string{"Văn phòng", "Thanh tra"}[i%2], i}
	}
	text.SortVietnamese(units, func(u unit) string { return u.name })
	for i := 1; i < len(units); i++ {
		if units[i].name == units[i-1].name && units[i].row < units[i-1].row {
			t.Fatalf("row %d stands before row %d", units[i-1].row, units[i].row)
		}
	}
	if units[0].name != "Thanh tra" {
		t.Errorf("first is %q, want Thanh tra", units[0].name)
	}
}

func TestSortVietnameseAnyText(t *testing.T) {
	items := []string{strings.Repeat("9", 5000), "\xff\xfe", "", "１２", strings.Repeat("a\u0301", 2000), "0" + strings.Repeat("0", 300) + "7"}
	want := slices.Sorted(slices.Values(items))
	text.SortVietnamese(items, func(s string) string { return s })
	if got := slices.Sorted(slices.Values(items)); !slices.Equal(got, want) {
		t.Errorf("sorting changed the items: %.60q, want %.60q", got, want)
	}
}

func BenchmarkSortVietnamese(b *testing.B) {
	names := make([]string, 1000)
	for i := range names {
		names[i] = []string{"Phòng", "Trung tâm", "Chi cục"}[i%3] + " " + strings.Repeat("ấ", i%17)
	}
	for b.Loop() {
		text.SortVietnamese(slices.Clone(names), func(s string) string { return s })
	}
}
