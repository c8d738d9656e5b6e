package tui

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/part"
	"example.org/tiendo/model/text"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/frame"
)

// search is what is sought on one tab; the others keep theirs.
type search struct {
	typed string
	query text.Query
}

// visited is where the person stood when they went to a place, and what they had hidden.
type visited struct {
	tab    int
	show   frame.Show
	to     int    // the tab that they went to
	search search // what was sought there before
	inForm bool   // a form was opened there: to leave it is to come back
	awaits bool   // that form is opened once the plan has been read
	// period is the one that was chosen before, and shown the one to which the place has led.
	period, shown string
}

// openTab shows a tab, with what is sought on it.
func openTab(a *App, tab int) {
	a.open = tab
	a.frame.Query = a.searches[tab].query
}

// changeTab goes to another tab by hand: from there Esc leads back no more.
func changeTab(a *App, tab int) {
	if tab == a.open {
		return
	}
	if len(a.trail) > 0 {
		leavePeriod(a, a.trail[0])
		a.trail = nil
		tell(a, event.PlaceLeft{}, a.open)
	}
	openTab(a, tab)
}

// leavePeriod goes back to the period of before a visit, unless the person has gone to another one meanwhile.
func leavePeriod(a *App, visit visited) {
	if visit.shown == a.period {
		showPeriod(a, visit.period)
	}
}

// tell gives a message to one tab, which is looked at through what is sought there.
func tell(a *App, message tea.Msg, tab int) tea.Cmd {
	a.frame.Query = a.searches[tab].query
	defer func() { a.frame.Query = a.searches[a.open].query }()
	return a.tabs[tab].Update(message, &a.frame)
}

// placeOf is the tab on which something stands.
func placeOf(a *App, wanted event.PlaceWanted) int {
	if wanted.As == event.AsItsVersions || wanted.As == event.AsItsHistory {
		return changesTab
	}
	switch kind := wanted.Subject.Kind; {
	case kind == model.SubjectMessage:
		return messagesTab
	case kind == model.SubjectReport, kind.OfOffice():
		return reportsTab
	case kind.OnRoster():
		return rosterTab
	case kind.InPlan():
		of, _ := part.Split(wanted.Subject)
		tab, known := map[string]int{
			"goal": goalsTab, "message": messagesTab, "channel": messagesTab, "activity": activitiesTab,
			"indicator": activitiesTab, "section": activitiesTab,
		}[of]
		if !known {
			tab = reportsTab
		}
		if !uses(&a.frame.Board.Campaign.Plan, tab) {
			tab = activitiesTab
		}
		return tab
	default:
		return activitiesTab
	}
}

// reach goes to the place where something stands. What hides rows there is laid aside until the person comes back.
func reach(a *App, wanted event.PlaceWanted) tea.Cmd {
	tab := placeOf(a, wanted)
	if !uses(&a.frame.Board.Campaign.Plan, tab) {
		return frame.Notice(event.Info, without(a, tab))
	}
	visit := visited{tab: a.open, show: a.frame.Show, to: tab, search: a.searches[tab], period: a.period}
	if wanted.Subject.Kind == model.SubjectReport && wanted.Subject.ID != "" && wanted.Subject.ID != a.frame.Board.Period {
		showPeriod(a, wanted.Subject.ID)
	}
	visit.shown = a.period
	a.trail = append(a.trail, visit)
	a.frame.Show, a.searches[tab] = frame.ShowAll, search{}
	if wanted.Unit != "" {
		a.frame.Unit = wanted.Unit
	}
	before := a.open
	openTab(a, tab)
	command := tell(a, wanted, tab)
	a.trail[len(a.trail)-1].inForm = a.tabs[tab].Capturing()
	return tea.Batch(command, a.lookBack(before), a.wake())
}

// comesBack reports whether Esc leads back to where the person came from: nothing is open that it would close first.
func comesBack(a *App) bool {
	return len(a.trail) > 0 && !a.tabs[a.open].Capturing() && !closes(a)
}

// closes reports whether the open tab has something open that Esc closes.
func closes(a *App) bool {
	return slices.ContainsFunc(a.tabs[a.open].Bindings(&a.frame), func(binding key.Binding) bool {
		return binding.Enabled() && slices.Equal(binding.Keys(), a.frame.Keys.Back.Keys())
	})
}

// comeBack goes back to where the person came from.
func comeBack(a *App) tea.Cmd {
	last := a.trail[len(a.trail)-1]
	a.trail = a.trail[:len(a.trail)-1]
	left := tell(a, event.PlaceLeft{}, a.open)
	leavePeriod(a, last)
	a.searches[last.to], a.frame.Show = last.search, last.show
	openTab(a, last.tab)
	return tea.Batch(left, a.wake())
}

// formClosed goes back when the form is left that the person had gone to: by saving it, too.
func formClosed(a *App) tea.Cmd {
	if len(a.trail) == 0 {
		return nil
	}
	last, open := &a.trail[len(a.trail)-1], a.tabs[a.open].Capturing()
	if last.awaits && open {
		last.awaits, last.inForm = false, true
	}
	if !last.inForm || open || a.conflict != nil {
		return nil
	}
	return comeBack(a)
}

// backHint is the key that leads back, with where to.
func backHint(a *App) key.Binding {
	return frame.Does(a.frame.Keys.Back, a.frame.Words.T("back to %s", a.names[a.trail[len(a.trail)-1].tab]))
}

// subjectHolder is a tab with something under its cursor of which there is a history.
type subjectHolder interface {
	// Here is what is under the cursor, and whose record it stands in; false where there is nothing.
	Here(f *frame.Frame) (unit string, subject model.Subject, ok bool)
}

// here is what is under the cursor of the open tab, of which there is a history.
func here(a *App) (unit string, subject model.Subject, there bool) {
	tab, holds := a.tabs[a.open].(subjectHolder)
	if !holds {
		return "", model.Subject{}, false
	}
	return tab.Here(&a.frame)
}

// history goes to what was changed of the thing under the cursor.
func history(a *App) tea.Cmd {
	w := a.frame.Words
	if a.options.Record == nil {
		return frame.Notice(event.Info, w.T("there is no history, so nobody knows how it was"))
	}
	unit, subject, there := here(a)
	if !there {
		return frame.Notice(event.Info, w.T("there is no entry under the cursor"))
	}
	return reach(a, event.PlaceWanted{Unit: unit, Subject: subject, As: event.AsItsHistory})
}
