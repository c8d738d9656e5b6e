package text

import (
	"bytes"
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// SortVietnamese sorts items by the string that key returns for each, in the order of the Vietnamese alphabet
// (a ă â b … d đ e ê …) and tones (a à ả ã á ạ), with numbers inside the strings by their value ("Phòng 2"
// before "Phòng 10"). Items whose strings sort alike keep their order. key is called once for each item.
func SortVietnamese[T any](items []T, key func(T) string) {
	type keyed struct {
		item T
		key  []byte
	}
	collator := collate.New(language.Vietnamese, collate.Numeric) // keeps state: not for use from two goroutines
	var keys collate.Buffer
	sorted := make([]keyed, len(items))
	for i, item := range items {
		sorted[i] = keyed{item, collator.KeyFromString(&keys, key(item))}
	}
	slices.SortStableFunc(sorted, func(a, b keyed) int { return bytes.Compare(a.key, b.key) })
	for i := range sorted {
		items[i] = sorted[i].item
	}
}
