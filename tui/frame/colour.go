package frame

import (
	"strings"

	"github.com/charmbracelet/lipgloss"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/tui/layout"
)

// Colour writes how something stands, in its style. Of what is late or due today only the words that say so carry it:
// the style may have a ground, and whole lines on it shout.
func (f *Frame) Colour(style lipgloss.Style, words string) string {
	if sample := style.Render("x"); sample != f.Styles.Late.Render("x") && sample != f.Styles.Today.Render("x") {
		return style.Render(words)
	}
	language := f.Words.Language
	for _, label := range []string{
		calendar.Overdue.Label(language), calendar.DueToday.Label(language), model.Returned.Label(language),
		calendar.Disputed.Label(language),
	} {
		if from := strings.Index(words, label); from >= 0 {
			to := from + len(label)
			if more := strings.IndexAny(words[to:]+".", ".,;:·(“"); more > 0 { // by how many days
				to += len(strings.TrimRight(words[to:to+more], " "))
			}
			return words[:from] + style.Render(words[from:to]) + words[to:]
		}
	}
	return f.Styles.Title.Render(words)
}

// Alarm is the lines of something that went wrong, after a sign that alone carries the colour.
func (f *Frame) Alarm(words string, width int) []string {
	lines := layout.Wrap(f.Signs.Problem+" "+words, width)
	for i, line := range lines {
		sign := ""
		if rest, is := strings.CutPrefix(line, f.Signs.Problem+" "); is && i == 0 {
			sign, line = f.Styles.Late.Render(f.Signs.Problem)+" ", rest
		}
		lines[i] = sign + f.Styles.Title.Render(line)
	}
	return lines
}
