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
	if !f.pressing(style) {
		return style.Render(words)
	}
	if from, to := f.why(words); to > 0 {
		return words[:from] + style.Render(words[from:to]) + words[to:]
	}
	return f.Styles.Title.Render(words)
}

// ColourLines is Colour in lines of a width. The words that carry the style stay on one.
func (f *Frame) ColourLines(style lipgloss.Style, words string, width int) []string {
	from, to := 0, 0
	if f.pressing(style) {
		from, to = f.why(words)
	}
	held := words[:from] + strings.ReplaceAll(words[from:to], " ", layout.NoBreak) + words[to:]
	lines := layout.Wrap(held, width)
	for i, line := range lines {
		if _, here := f.why(line); here > 0 || to == 0 {
			lines[i] = f.Colour(style, line)
		}
	}
	return lines
}

// Lines are words in lines of a width, all in one style.
func Lines(style lipgloss.Style, words string, width int) []string {
	lines := layout.Wrap(words, width)
	for i, line := range lines {
		lines[i] = style.Render(line)
	}
	return lines
}

// pressing reports the styles of what is late or due today.
func (f *Frame) pressing(style lipgloss.Style) bool {
	sample := style.Render("x")
	return sample == f.Styles.Late.Render("x") || sample == f.Styles.Today.Render("x")
}

// why is where words say that something is late, due today, returned or in dispute; 0, 0 where they say nothing of it.
func (f *Frame) why(words string) (from, to int) {
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
			return from, to
		}
	}
	return 0, 0
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
