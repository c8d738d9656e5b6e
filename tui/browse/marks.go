package browse

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/frame"
)

// Margin are the cells before a row: the cursor, and the mark of a row that is marked.
func Margin(f *frame.Frame, current, marked bool) string {
	cursor, mark := " ", " "
	if current {
		cursor = f.Styles.Accent.Render(f.Signs.Cursor)
	}
	if marked {
		mark = f.Styles.Accent.Render(f.Signs.Marked)
	}
	return " " + cursor + mark
}

// Titled are the words of a row, which stand out where the cursor is.
func Titled(f *frame.Frame, words string, current bool) string {
	if current {
		return f.Styles.Title.Render(words)
	}
	return words
}

// MarkKey takes the keys that mark rows, and reports whether it was one. After a mark the cursor goes on, so that the
// next row can be marked.
func (b *Browser) MarkKey(message tea.KeyMsg, f *frame.Frame, rows []Row, marks *frame.Marks,
	pick key.Binding) (command tea.Cmd, taken bool) {
	switch {
	case key.Matches(message, pick) && b.current != "":
		marks.Toggle(b.current)
		b.move(rows, +1)
	case key.Matches(message, f.Keys.PickTo) && b.current != "":
		shown := make([]string, len(rows))
		for i := range rows {
			shown[i] = rows[i].ID
		}
		marks.Reach(shown, b.current)
	case key.Matches(message, f.Keys.Back) && !b.open && marks.Any():
		marks.Clear()
		return frame.Notice(event.Info, f.Words.T("nothing is marked any more")), true
	default:
		return nil, false
	}
	return frame.Notice(event.Info, f.Words.Count(marks.Len(), "%d marked", "%d marked")), true
}
