package phrase

import (
	"strconv"
	"strings"
)

// Language is a language of the program's own words.
type Language string

// The languages that the program speaks.
const (
	Vietnamese Language = "vi"
	English    Language = "en"
)

// Pick returns the word of the language; anything but English is Vietnamese, the language of the plans.
func (l Language) Pick(vietnamese, english string) string {
	if l == English {
		return english
	}
	return vietnamese
}

// Number writes a figure with the separators of the language.
func (l Language) Number(f float64) string {
	group, point := l.Pick(".", ","), l.Pick(",", ".")
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(f, 'f', -1, 64), ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + group + whole[i:]
	}
	if fraction != "" {
		whole += point + fraction
	}
	return sign + whole
}

// Pair is one word of the domain: Vietnamese, then English.
type Pair [2]string

// In is the word in one language.
func (p Pair) In(language Language) string { return language.Pick(p[0], p[1]) }

// Label is the word in one language, for a Sentence.
func (p Pair) Label(language Language) string { return p.In(language) }
