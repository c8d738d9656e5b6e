package activities

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/choices"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/frame"
)

// viewsOf are the views in the order in which a key goes through them: beside what is to do stands the one that fits
// the person.
func viewsOf(person model.Person) []string {
	if person.Role == model.Staff {
		return []string{choices.ToDo, choices.Checklist, choices.Matrix}
	}
	return []string{choices.ToDo, choices.Matrix, choices.Checklist}
}

// shownView is the view on the screen.
func (t *Tab) shownView() string {
	switch {
	case t.todo.shown:
		return choices.ToDo
	case t.checklist:
		return choices.Checklist
	default:
		return choices.Matrix
	}
}

// viewAfter is the view that stands so many behind the one on the screen.
func (t *Tab) viewAfter(f *frame.Frame, by int) string {
	all := viewsOf(f.Person)
	return all[(slices.Index(all, t.shownView())+by+len(all))%len(all)]
}

// next is the key that leads to the next view, by its name.
func (t *Tab) next(f *frame.Frame) key.Binding {
	return viewKey(f, f.Keys.View, t.viewAfter(f, +1))
}

// viewKey is a key that leads to a view, by its name.
func viewKey(f *frame.Frame, binding key.Binding, view string) key.Binding {
	name := map[string]string{choices.ToDo: f.Words.T("view::to do"), choices.Matrix: f.Words.T("view::matrix"),
		choices.Checklist: f.Words.T("view::checklist")}[view]
	return frame.Does(binding, name)
}

// switchView goes to the next view, or to the one before; the cursor stays on its unit and activity.
func (t *Tab) switchView(f *frame.Frame, by int) tea.Cmd {
	if t.checklist && !t.todo.shown {
		if id := t.items.Current(); id != "" {
			t.activity = id
		}
	} else if t.activity != "" {
		t.items.Select(t.activity)
	}
	t.showView(f, t.viewAfter(f, by))
	view := t.shownView()
	return func() tea.Msg { return event.Chosen{Key: choices.View, Value: view} }
}

// showView goes to a view.
func (t *Tab) showView(f *frame.Frame, view string) {
	t.todo.shown, t.before = view == choices.ToDo, ""
	if !t.todo.shown {
		t.checklist = view == choices.Checklist
	}
	t.Settle(f)
}
