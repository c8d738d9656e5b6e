package importer

import (
	"strings"
	"unicode/utf8"

	"example.org/tiendo/model/importer/source"
	"example.org/tiendo/model/text"
)

// heading is a line that begins a part.
type heading struct {
	part       part
	head, rest string // rest is what stands behind its colon
	known      bool
}

// headingOf reports whether a line is a heading of a part, whatever its numbering.
func headingOf(l *Line) (heading, bool) {
	head, rest, withColon := colon(l.Plain())
	folded := strings.TrimRight(text.Fold(head), " .:;")
	letters := utf8.RuneCountInString(head)
	upper := source.IsUpper(head)
	strong := l.Rank >= source.PartWord && l.Rank <= source.Capital || upper && letters > 3
	const longest = 200
	if letters > longest {
		return heading{}, false
	}
	for _, before := range beforeHeadings {
		if after, is := strings.CutPrefix(folded, before); is {
			folded = after
			break
		}
	}
	for _, row := range headings {
		for _, words := range row.words {
			after, is := strings.CutPrefix(folded, words)
			if !is || after != "" && (isLetter(after[0]) || after[0] >= '0' && after[0] <= '9') {
				continue
			}
			if fits(l, after, rest, strong, withColon, row.part, row.rest) {
				return heading{row.part, head, rest, true}, true
			}
		}
	}
	if l.Rank >= source.PartWord && l.Rank <= source.Capital && (upper || letters <= 100) && rest == "" {
		return heading{background, head, "", false}, true
	}
	return heading{}, false
}

// fits reports whether a line that begins with the words of a heading is one.
func fits(l *Line, after, rest string, strong, withColon bool, of part, most int) bool {
	if strings.Contains(after, ". ") || strings.Contains(after, ";") {
		return false
	}
	inline := of == theme || of == period || of == facts || of == funding || of == messages || of == aims ||
		of == requirements
	switch {
	case strong:
		return true
	case l.Rank >= source.Article && l.Rank < source.Dash:
		return len(after) <= most && (rest == "" || inline) && (withColon || !strings.HasSuffix(l.Plain(), "."))
	case rest != "":
		return inline && len(after) <= most/2
	case withColon:
		return len(after) <= most
	default:
		return after == ""
	}
}
