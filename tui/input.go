package tui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/review"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/form"
	"example.org/tiendo/tui/frame"
)

// filterLimit is the longest filter, in characters.
const filterLimit = 60

// dayLimit is the longest day, in characters.
const dayLimit = 10

// keys routes a key message. Keys that were read at once come as one message
// with several letters: on a list each is a key of its own, in a field they are text.
func (a *App) keys(message tea.KeyMsg) tea.Cmd {
	if message.Type != tea.KeyRunes || len(message.Runes) < 2 || message.Paste || typing(a) {
		return a.key(message)
	}
	var commands []tea.Cmd
	for i, letter := range message.Runes {
		if typing(a) { // a letter has opened a field: the rest is text
			rest := tea.KeyMsg{Type: tea.KeyRunes, Runes: message.Runes[i:]}
			return tea.Batch(append(commands, a.key(rest))...)
		}
		single := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{letter}, Alt: message.Alt}
		if letter == ' ' {
			single.Type = tea.KeySpace
		}
		commands = append(commands, a.key(single))
	}
	return tea.Batch(commands...)
}

// typing reports whether a field takes the keys.
func typing(a *App) bool { return a.filter != nil || a.day != nil || a.tabs[a.open].Capturing() }

// key routes one key: to what is open on top, to the tab's form, to what works everywhere, to the tab.
func (a *App) key(message tea.KeyMsg) tea.Cmd {
	keys := a.frame.Keys
	if message.Type == tea.KeyCtrlC {
		return a.quit()
	}
	a.notice = event.Noticed{}
	switch {
	case a.help:
		return a.helpKey(message)
	case a.conflict != nil:
		return a.conflictKey(message)
	case a.question != nil:
		return a.questionKey(message)
	case a.filter != nil:
		a.filterKey(message)
		return nil
	case a.day != nil:
		return dayKey(a, message)
	case a.tabs[a.open].Capturing():
		return a.tabs[a.open].Update(message, &a.frame)
	case key.Matches(message, keys.Quit):
		return a.quit()
	case a.everywhere(message):
		return nil
	case key.Matches(message, keys.Back) && comesBack(a):
		return comeBack(a)
	case key.Matches(message, keys.Back) && a.past.shown() && !closes(a):
		return toDay(a, a.picture.Board.Today)
	case key.Matches(message, keys.History):
		return history(a)
	case key.Matches(message, keys.Undo):
		return a.undo()
	case key.Matches(message, keys.Sync) && a.options.Sync != nil:
		return a.synchronise()
	case key.Matches(message, keys.Reload):
		return a.load()
	case key.Matches(message, keys.PeriodBefore) && a.frame.Board.Period != "":
		return toPeriod(a, -1)
	case key.Matches(message, keys.PeriodAfter) && a.frame.Board.Period != "":
		return toPeriod(a, +1)
	case key.Matches(message, keys.GoToDay):
		a.day = form.NewLine(a.frame.Styles, "", dayLimit)
		a.day.Focus()
		return nil
	case key.Matches(message, keys.DayBefore):
		return a.goBack(-1)
	case key.Matches(message, keys.DayAfter):
		return a.goBack(+1)
	case key.Matches(message, keys.Mouse):
		return a.switchMouse()
	case key.Matches(message, keys.Theme):
		return nextTheme(a)
	case key.Matches(message, keys.Language):
		return otherLanguage(a)
	case key.Matches(message, keys.Export) && exports(a):
		return tell(a, message, reportsTab)
	default:
		return a.tabs[a.open].Update(message, &a.frame)
	}
}

// everywhere takes the keys that change only the screen, and reports whether it was one.
func (a *App) everywhere(message tea.KeyMsg) bool {
	keys, plan := a.frame.Keys, &a.frame.Board.Campaign.Plan
	for i, tab := range keys.Tabs {
		if !key.Matches(message, tab) {
			continue
		}
		if uses(plan, i) {
			changeTab(a, i)
		} else {
			a.notice = event.Noticed{Kind: event.Info, Text: without(a, i)}
		}
		return true
	}
	switch {
	case key.Matches(message, keys.NextTab):
		changeTab(a, nextTab(plan, a.open, 1, len(a.tabs)))
	case key.Matches(message, keys.PreviousTab):
		changeTab(a, nextTab(plan, a.open, -1, len(a.tabs)))
	case key.Matches(message, keys.Help):
		a.help, a.helpTop = true, 0
	case key.Matches(message, keys.Filter):
		a.filter = form.NewLine(a.frame.Styles, a.searches[a.open].typed, filterLimit)
		a.filter.Focus()
	case key.Matches(message, keys.Late):
		a.show(frame.ShowLate)
	case key.Matches(message, keys.Show):
		a.frame.Show = a.frame.Next()
	case key.Matches(message, keys.Back) && a.frame.Filtered() && !closes(a):
		a.frame.Show = frame.ShowAll
		a.setFilter("")
	default:
		return false
	}
	return true
}

// show turns a filter on, or off when it is on already.
func (a *App) show(show frame.Show) {
	if a.frame.Show == show {
		show = frame.ShowAll
	}
	a.frame.Show = show
}

func (a *App) filterKey(message tea.KeyMsg) {
	switch message.Type {
	case tea.KeyEnter:
		a.filter = nil
	case tea.KeyEsc:
		a.filter = nil
		a.setFilter("")
	default:
		a.filter.Update(message)
		a.setFilter(a.filter.Value())
	}
}

// questionKey takes the answer to a question. Whatever is not yes is no.
func (a *App) questionKey(message tea.KeyMsg) tea.Cmd {
	question := a.question
	a.question = nil
	switch {
	case !key.Matches(message, a.frame.Keys.Yes): // whoever goes on typing has not read it
		return frame.Notice(event.Info, a.frame.Words.T("nothing was changed"))
	case question.Then != nil:
		return func() tea.Msg { return question.Then }
	case len(question.Also) > 0:
		return a.frame.Changes.MakeAll(append([]model.Change{question.Change}, question.Also...))
	}
	return a.frame.Changes.Make(question.Change)
}

// quit leaves at once, or after the change that is being written.
func (a *App) quit() tea.Cmd {
	if a.frame.Changes.Any() && !a.quitting {
		a.quitting = true
		return frame.Notice(event.Info, a.frame.Words.T("a change is being written; the program ends when it is done"))
	}
	return tea.Quit
}

// holder is a tab that may have a form open of what belongs to another tab.
type holder interface {
	Holds(change model.Change) bool
}

// conflictKey settles a conflict: keep theirs, put mine, or open mine to edit.
func (a *App) conflictKey(message tea.KeyMsg) tea.Cmd {
	conflict, keys := a.conflict, a.frame.Keys
	change := conflict.Change
	change.Seen, change.New = conflict.Theirs, review.Mine(conflict)
	switch {
	case key.Matches(message, keys.Back) && a.tabs[a.open].Capturing():
		a.conflict = nil // what was typed stays in its form; to save it asks again
	case key.Matches(message, keys.Edit) && editable(a, conflict):
		a.conflict = nil
		wanted := event.EditWanted{Change: change,
			Theirs: theirs(a, conflict) + " — " + conflictValue(&a.frame, conflict, conflict.Theirs)}
		if tab, is := a.tabs[a.open].(holder); is && tab.Holds(change) { // no other tab opens a second form of it
			return a.tabs[a.open].Update(wanted, &a.frame)
		}
		return a.everyTab(wanted)
	case key.Matches(message, keys.KeepTheirs), key.Matches(message, keys.Back):
		a.conflict = nil
		kept := frame.Notice(event.Info, a.frame.Words.T("theirs is kept; what you entered was not written"))
		return tea.Batch(a.everyTab(event.Withdrawn{Change: change}), kept)
	case key.Matches(message, keys.PutMine):
		a.conflict = nil
		change.Restore = false
		if err := a.frame.Board.Campaign.Check(change); err != nil {
			return a.frame.Refused(err)
		}
		return a.frame.Changes.Make(change)
	}
	return nil
}

func (a *App) everyTab(message tea.Msg) tea.Cmd {
	var commands []tea.Cmd
	for tab := range a.tabs {
		commands = append(commands, tell(a, message, tab))
	}
	return tea.Batch(commands...)
}
