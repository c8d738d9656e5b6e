package tui

import (
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/layout"
)

// savedAll answers several changes: how many were made. What became of each is told on a page of its own where one was
// refused; what was made is no longer marked.
func (a *App) savedAll(message event.SavedAll) tea.Cmd {
	w := a.frame.Words
	made, failed := 0, len(message.Refused)
	var commands []tea.Cmd
	for i := range message.Saved {
		saved := &message.Saved[i]
		if saved.Err == nil {
			made++
			a.frame.Units.Remove(unitOf(saved.Change))
			a.frame.Entries.Remove(saved.Change.Subject.ID)
		} else {
			failed++
		}
		commands = append(commands, a.saved(*saved))
	}
	a.conflict = nil // it is told with the others, which stand in the way of one screen
	said := w.Count(made, "%d change saved", "%d changes saved")
	if failed == 0 {
		a.notice = event.Noticed{Kind: event.Success, Text: said}
		return tea.Batch(commands...)
	}
	said += " · " + w.Count(failed, "%d refused", "%d refused")
	a.notice = event.Noticed{Kind: event.Failure, Text: said}
	a.told = &message
	a.help, a.helpTop = true, 0
	return tea.Batch(commands...)
}

// unitOf is the unit that a change is about, of a reminder the one that was reminded.
func unitOf(change model.Change) string {
	if change.Subject.Kind == model.SubjectReminder {
		return change.Subject.ID
	}
	return change.Unit
}

// toldLines is what became of several changes: first those that were not made, each with its reason, then the others.
func toldLines(a *App, width int) []string {
	f, w := &a.frame, a.frame.Words
	var refused, made []string
	add := func(to *[]string, sign, words string) {
		for n, line := range layout.Wrap(words, width-6) {
			*to = append(*to, [2]string{"   " + sign + " ", "     "}[min(n, 1)]+line)
		}
	}
	tell := func(saved *event.Saved) {
		if saved.Err != nil {
			name := w.SubjectName(f.Board.Campaign, saved.Change.Subject)
			if saved.Change.Unit != "" {
				name = f.Board.Campaign.Roster.UnitName(saved.Change.Unit) + " · " + name
			}
			why := f.Explain(saved.Err)
			if conflict, is := errors.AsType[*model.Conflict](saved.Err); is {
				why = w.T("Someone else has just changed this entry") + ", " + theirs(a, conflict)
			}
			add(&refused, f.Styles.Late.Render(f.Signs.NA), name+": "+why)
			return
		}
		words := describe(f, saved.Change, saved.Receipt.Value)
		if saved.Receipt.Hash != "" {
			words += " (" + saved.Receipt.Hash + ")"
		}
		add(&made, f.Styles.Done.Render(f.Signs.Done), words)
	}
	for i := range a.told.Refused {
		tell(&a.told.Refused[i])
	}
	for i := range a.told.Saved {
		tell(&a.told.Saved[i])
	}
	lines := append([]string{" " + f.Styles.Late.Render(w.T("Not done:"))}, refused...)
	if len(made) > 0 {
		lines = append(append(lines, "", " "+f.Styles.Title.Render(w.T("Done:"))), made...)
	}
	return lines
}
