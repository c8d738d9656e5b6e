package frame

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/agenda"
	"example.org/tiendo/model/review"
	"example.org/tiendo/tui/event"
)

// Drafts keeps what one person has typed. Keep is called at every key and must not wait for a disk.
type Drafts interface {
	Keep(unit string, subject model.Subject, draft review.Unsaved)
	Kept(unit string, subject model.Subject) (review.Unsaved, bool)
	Drop(unit string, subject model.Subject)
}

// UnsavedIn lists of what in a unit's record the person has typed something and not saved it: the report first.
func (f *Frame) UnsavedIn(unit string) []model.Subject {
	if f.Drafts == nil {
		return nil
	}
	return slices.DeleteFunc(agenda.Subjects(f.Board), func(subject model.Subject) bool {
		_, found := f.Drafts.Kept(unit, subject)
		return !found
	})
}

// Unsaved says that the person has typed something about a subject and not saved it, and which key shows it; "" when
// they have not.
func (f *Frame) Unsaved(change model.Change, shows key.Binding) string {
	if f.Drafts == nil {
		return ""
	}
	if _, found := f.Drafts.Kept(change.Unit, change.Subject); !found {
		return ""
	}
	return f.Signs.Draft + " " + f.Words.T("you have typed something here and not saved it: %s shows it", shows.Help().Key)
}

// Refill puts what the person has typed about a subject and not saved into a new form
// again, and says so. The change then goes on from what they had before them.
func (f *Frame) Refill(change *model.Change, fill func(values []string) bool) tea.Cmd {
	if f.Drafts == nil {
		return nil
	}
	draft, found := f.Drafts.Kept(change.Unit, change.Subject)
	if !found || !fill(draft.Values) {
		return nil
	}
	change.Seen = draft.Seen
	return Notice(event.Info, f.Words.T("what you typed and did not save is here again (%s)",
		f.Words.When(draft.At, f.Board.Today, f.Board.Campaign.Plan.TimeZone)))
}

// Keep keeps what stands in a form.
func (f *Frame) Keep(change model.Change, values []string) {
	if f.Drafts != nil {
		f.Drafts.Keep(change.Unit, change.Subject, review.Unsaved{Seen: change.Seen, Values: values})
	}
}

// Drop forgets it: it was saved, or thrown away.
func (f *Frame) Drop(change model.Change) {
	if f.Drafts != nil {
		f.Drafts.Drop(change.Unit, change.Subject)
	}
}
