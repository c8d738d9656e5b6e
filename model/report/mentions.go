package report

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/tiendo/model/text"
)

// mention is a number in a text that differs from what the annex says.
type mention struct {
	column int
	said   string
	annex  *float64 // nil: the annex has no figure
}

// in finds the numbers in a text that stand beside the name of an indicator and
// differ from its figure. Where one of them, or their sum, agrees, the others are parts and say nothing.
func (n namedIndicators) in(said string, figure func(column int) (value *float64, compare bool)) []mention {
	if !strings.ContainsFunc(said, unicode.IsDigit) {
		return nil
	}
	lower := strings.ToLower(text.Text(said))
	numbers := numbersIn(lower)
	var mentions []mention
	for _, indicator := range n {
		annex, compare := figure(indicator.column)
		if !compare {
			continue
		}
		var own []written
		for _, number := range numbers {
			if slices.ContainsFunc(indicator.words, func(word string) bool { return number.beside(lower, word) }) {
				own = append(own, number)
			}
		}
		if len(own) == 0 || agrees(own, annex) {
			continue
		}
		for _, number := range own {
			mentions = append(mentions, mention{indicator.column, number.said, annex})
		}
	}
	return mentions
}

// agrees reports whether one of the numbers or their sum is the figure.
func agrees(numbers []written, figure *float64) bool {
	if figure == nil {
		return false
	}
	sum := 0.0
	for _, number := range numbers {
		if slices.Contains(number.readings, *figure) {
			return true
		}
		sum += number.readings[0]
	}
	return sum == *figure
}

// written is a number as it stands in a text.
type written struct {
	start, end int
	said       string
	readings   []float64 // what it may mean: 1,250 is either
}

// numbersIn finds the numbers of a text. A date, a document's number and the like are none.
func numbersIn(s string) []written {
	var numbers []written
	for i := 0; i < len(s); {
		if s[i] < '0' || s[i] > '9' {
			_, size := utf8.DecodeRuneInString(s[i:])
			i += size
			continue
		}
		start := i
		for i < len(s) && (s[i] >= '0' && s[i] <= '9' || (s[i] == '.' || s[i] == ',') && i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9') {
			i++
		}
		before, _ := utf8.DecodeLastRuneInString(s[:start])
		after, _ := utf8.DecodeRuneInString(s[i:])
		if start > 0 && (unicode.IsLetter(before) || strings.ContainsRune("/-", before)) || i < len(s) && (unicode.IsLetter(after) || after == '/') {
			continue
		}
		if readings := readings(s[start:i]); len(readings) > 0 {
			numbers = append(numbers, written{start, i, s[start:i], readings})
		}
	}
	return numbers
}

// readings are the values that a number may mean: points and commas group in one language and divide in the other.
func readings(s string) []float64 {
	var values []float64
	for _, marks := range [][2]string{{".", ","}, {",", "."}} {
		group, point := marks[0], marks[1]
		whole, fraction, divided := strings.Cut(s, point)
		if divided && strings.Contains(fraction, group) {
			continue
		}
		parts := strings.Split(whole, group)
		grouped := len(parts[0]) <= 3
		for _, part := range parts[1:] {
			grouped = grouped && len(part) == 3
		}
		if len(parts) > 1 && !grouped {
			continue
		}
		plain := strings.Join(parts, "")
		if divided {
			plain += "." + fraction
		}
		if value, err := strconv.ParseFloat(plain, 64); err == nil && !slices.Contains(values, value) {
			values = append(values, value)
		}
	}
	return values
}

// reach is how many letters may stand between a number and the name: "04 cái băng rôn", "băng rôn: 04".
const reach = 14

// beside reports whether a name stands directly behind the number, a unit of measure between, or before it.
func (w written) beside(s, name string) bool {
	behind := s[w.end:]
	if at := strings.Index(behind, name); at >= 0 && wholeWord(behind, at, name) && joins(behind[:at]) {
		return true
	}
	before := s[:w.start]
	at := strings.LastIndex(before, name)
	return at >= 0 && wholeWord(before, at, name) && strings.Trim(before[at+len(name):], " :=(là") == ""
}

// joins reports whether nothing but a short word or two stands between: no other number, no end of a phrase.
func joins(between string) bool {
	return utf8.RuneCountInString(between) <= reach && !strings.ContainsAny(between, ".,;:()\n0123456789")
}

func wholeWord(s string, at int, name string) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	after, _ := utf8.DecodeRuneInString(s[at+len(name):])
	return !unicode.IsLetter(before) && !unicode.IsLetter(after)
}
