package report

import (
	"strings"

	"example.org/tiendo/model"
)

// sicMark is a misleading piece of the plan and the note that goes with it.
type sicMark struct{ phrase, note string }

// sicMarks are the pieces of the plan that mislead: a unit or the Office may quote them.
func sicMarks(plan *model.Plan) []sicMark {
	var marks []sicMark
	add := func(text, sic string) {
		if sic != "" && text != "" {
			marks = append(marks, sicMark{misleading(text, sic), sic})
		}
	}
	for _, goal := range plan.Goals {
		add(goal.Text, goal.Sic)
	}
	for _, message := range plan.Messages {
		add(message.Text, message.Sic)
	}
	for i := range plan.Activities {
		add(plan.Activities[i].Text, plan.Activities[i].Sic)
	}
	return marks
}

// mark puts the note behind every place where a text quotes what misleads.
func mark(marks []sicMark, text string) string {
	for _, m := range marks {
		if !strings.Contains(text, m.phrase) {
			continue
		}
		parts := strings.Split(text, m.phrase)
		var b strings.Builder
		b.WriteString(parts[0])
		for _, after := range parts[1:] {
			b.WriteString(m.phrase)
			if !strings.HasPrefix(after, " ["+m.note) {
				b.WriteString(" [" + m.note + "]")
			}
			b.WriteString(after)
		}
		text = b.String()
	}
	return text
}

// shortestPhrase is how many letters of a text are enough to know it by.
const shortestPhrase = 10

// misleading is the piece of a text that its note is about. A note that suggests
// another reading in “…” is compared with the text: the piece lies where the two
// differ, with two words on each side. Without one it is the whole text.
func misleading(text, sic string) string {
	_, after, _ := strings.Cut(sic, "“")
	suggested, _, found := strings.Cut(after, "”")
	if !found {
		return text
	}
	letters, wanted := []rune(text), []rune(suggested)
	start, before := longestPrefix(letters, wanted)
	if before == 0 {
		return text
	}
	rest := letters[start+before:]
	end, behind := longestSuffix(rest, wanted[before:], len(wanted))
	if behind == 0 {
		return text
	}
	head := lastWords(string(letters[start:start+before]), 2)
	tail := firstWords(string(rest[end-behind:end]), 2)
	phrase := head + string(rest[:end-behind]) + tail
	if len([]rune(phrase)) < shortestPhrase {
		return text
	}
	return phrase
}

// longestPrefix is where the longest beginning of wanted stands in letters, and how long it is.
func longestPrefix(letters, wanted []rune) (start, length int) {
	for n := len(wanted) - 1; n > 0; n-- {
		if at := strings.Index(string(letters), string(wanted[:n])); at >= 0 {
			return len([]rune(string(letters)[:at])), n
		}
	}
	return 0, 0
}

// longestSuffix is where the longest end of wanted that comes soon enough ends in letters, and how long it is.
func longestSuffix(letters, wanted []rune, soon int) (end, length int) {
	for n := len(wanted); n > 0; n-- {
		suffix := string(wanted[len(wanted)-n:])
		if at := strings.Index(string(letters), suffix); at >= 0 {
			if end := len([]rune(string(letters)[:at])) + n; end <= soon {
				return end, n
			}
		}
	}
	return 0, 0
}

// lastWords are the last n words of a text with what follows them; the cut is before a word.
func lastWords(s string, n int) string {
	words := strings.SplitAfter(s, " ")
	if words[len(words)-1] == "" {
		n++
	}
	return strings.Join(words[max(0, len(words)-n):], "")
}

// firstWords are the first n words of a text with what leads to them.
func firstWords(s string, n int) string {
	end := 0
	for range n {
		trimmed := strings.TrimLeft(s[end:], " ")
		start := len(s) - len(trimmed)
		length := strings.IndexByte(trimmed, ' ')
		if length < 0 {
			return s
		}
		end = start + length
	}
	return s[:end]
}
