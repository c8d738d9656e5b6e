package form

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/layout"
)

// aboutKey takes a key while the page stands that says what belongs into a field: it scrolls, or goes back to the
// field, in which everything is as it was.
func (f *Form) aboutKey(message tea.KeyMsg, fr *frame.Frame) {
	switch {
	case key.Matches(message, fr.Keys.Up):
		f.aboutTop--
	case key.Matches(message, fr.Keys.Down):
		f.aboutTop++
	case key.Matches(message, fr.Keys.ScrollUp):
		f.aboutTop -= f.aboutSpace
	case key.Matches(message, fr.Keys.ScrollDown):
		f.aboutTop += f.aboutSpace
	default:
		f.about = false
	}
}

// aboutView says what belongs into the field with the cursor: what is known of it, then what the whole form is about.
func (f *Form) aboutView(fr *frame.Frame, width, height int) string {
	field, inner := f.Fields[f.focus], max(width-2, 1)
	lines := []string{" " + fr.Styles.Title.Render(layout.Cut(field.Label, inner)), ""}
	add := func(paragraphs ...string) {
		for _, paragraph := range paragraphs {
			for _, line := range layout.Wrap(paragraph, inner) {
				lines = append(lines, " "+line)
			}
		}
	}
	add(field.About...)
	if len(field.About) == 0 && field.Hint != "" {
		add(field.Hint)
	}
	if field.Note != nil {
		add(field.Note()...)
	}
	if _, limit := field.text(); field.Area != nil && limit > 0 {
		add(fr.Words.T("At most %d characters.", limit))
	}
	if field.Choice != nil {
		add(fr.Words.T("One is chosen with ← and →, or with the space bar."))
	}
	if len(f.About) > 0 {
		lines = append(lines, "")
		add(f.About...)
	}
	space := height
	if len(lines) > height {
		space = max(height-1, 1)
	}
	f.aboutSpace = max(space-1, 1)
	f.aboutTop = max(min(f.aboutTop, len(lines)-space), 0)
	shown := slices.Clone(lines[f.aboutTop:min(f.aboutTop+space, len(lines))])
	if below := len(lines) - f.aboutTop - space; below > 0 {
		more := fr.Words.Count(below, "%d more line · PgDn scrolls", "%d more lines · PgDn scrolls")
		shown = append(shown, fr.Styles.Muted.Render(layout.Right(more, width-1)))
	}
	return layout.Fit(shown, width, height)
}

// backToField is the key that leaves the page of a field.
func backToField(fr *frame.Frame) key.Binding {
	return frame.Does(fr.Keys.Cancel, fr.Words.T("back to the field"))
}
