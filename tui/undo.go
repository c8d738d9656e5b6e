package tui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/frame"
)

// undoWanted is the answer yes to the question whether to undo the last change.
type undoWanted struct{}

// shower is a tab on which entries are changed.
type shower interface {
	// Shows reports whether the entry that a change is about is in sight on the tab.
	Shows(f *frame.Frame, change model.Change) bool
}

// undo puts back the last change of this session. It asks first where that takes back a step of a report, removes what
// was written, or changes what the person does not see.
func (a *App) undo() tea.Cmd {
	f := &a.frame
	switch {
	case len(a.done) == 0:
		return frame.Notice(event.Info, f.Words.T("nothing to undo in this session; use r on tab 5 for earlier changes"))
	case f.Changes.Frozen != nil:
		return f.Refused(f.Changes.Frozen)
	case f.Changes.Any(): // what is being written would be the last change
		return frame.Notice(event.Info, f.Words.T("the last change of this entry is still being written"))
	}
	receipt := a.done[len(a.done)-1]
	change := receipt.Undo(f.Person)
	if err := f.Board.Campaign.Check(change); err != nil {
		return f.Refused(err)
	}
	tab, own := a.tabs[a.open].(shower)
	seen := own && tab.Shows(f, change)
	question := f.Words.T("Undo: %s?", named(&a.frame, receipt))
	switch kind := change.Subject.Kind; {
	case kind == model.SubjectReport && model.As[model.Report](change.Seen).Sent() &&
		!model.As[model.Report](change.New).Sent():
		question += " " + f.Words.T("When it was first sent stays on record.")
	case kind == model.SubjectReport, kind == model.SubjectReminder:
	case removesText(change):
		question += " " + f.Words.T("What was written is removed.")
	case seen:
		return a.takeBack()
	}
	return func() tea.Msg { return event.Asked{Question: question, Then: undoWanted{}} }
}

// takeBack undoes the last change.
func (a *App) takeBack() tea.Cmd {
	if a.undoing || len(a.done) == 0 {
		return nil
	}
	command := a.frame.Changes.Make(a.done[len(a.done)-1].Undo(a.frame.Person))
	a.undoing = command != nil
	return command
}

// named says which change a receipt is about, and what it did.
func named(f *frame.Frame, receipt model.Receipt) string {
	w, campaign, change := f.Words, f.Board.Campaign, receipt.Change
	name := w.SubjectName(campaign, change.Subject) + ": " +
		w.Changed(campaign, change.Subject, change.Seen, receipt.Value)
	if change.Unit != "" {
		name = campaign.Roster.UnitName(change.Unit) + " · " + name
	}
	return name
}

// removesText reports whether a change takes away words or figures that somebody entered.
func removesText(change model.Change) bool {
	seen, after := model.As[model.Entry](change.Seen), model.As[model.Entry](change.New)
	if seen.Note != "" && seen.Note != after.Note || model.As[model.Text](change.Seen) != "" {
		return true
	}
	if slices.ContainsFunc(seen.Evidence, func(was string) bool { return !slices.Contains(after.Evidence, was) }) {
		return true
	}
	for id, figure := range seen.Figures {
		if kept, found := after.Figures[id]; !found || kept != figure {
			return true
		}
	}
	return false
}
