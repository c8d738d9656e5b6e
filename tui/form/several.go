package form

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/frame"
)

// Several is where a tab asks for what is to be written into several entries at once: at most one form is open. It
// stays until the changes are under way, so that a no to the question loses nothing that was typed.
type Several struct {
	form *Form
	ask  func() tea.Cmd // puts the question, with the changes that the fields ask for
}

// Open opens a form.
func (s *Several) Open(form *Form, ask func() tea.Cmd) {
	s.form, s.ask = form, ask
}

// Capturing reports whether the form is open, which wants every key.
func (s *Several) Capturing() bool { return s.form != nil }

// Bindings lists the keys of the open form.
func (s *Several) Bindings(f *frame.Frame) []key.Binding { return s.form.Bindings(f) }

// View draws the open form.
func (s *Several) View(f *frame.Frame, width, height int) string {
	return s.form.View(f, width, height)
}

// Update takes a message; taken reports that it was for the open form.
func (s *Several) Update(message tea.Msg, f *frame.Frame) (command tea.Cmd, taken bool) {
	if s.form == nil {
		return nil, false
	}
	switch message := message.(type) {
	case event.AllWanted: // the answer was yes
		s.form = nil
	case tea.MouseMsg:
		return nil, true
	case tea.KeyMsg:
		switch s.form.Update(message, f) {
		case Leave:
			s.form = nil
		case Save:
			return s.ask(), true
		case Editing:
		}
		return nil, true
	}
	return nil, false
}
