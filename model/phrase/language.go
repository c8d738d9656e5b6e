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

// Pick chooses what is no text, such as a mark or the name of a file, by the language; texts stand in the word tables.
// Anything but English is Vietnamese, the language of the plans.
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
