package tui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/frame"
)

// past is the day of the campaign that is shown in the place of the present.
type past struct {
	day     calendar.Day // zero: the present
	reading bool
}

func (p past) shown() bool { return !p.day.IsZero() }

// wentBack is the campaign at the end of a day.
type wentBack struct {
	day      calendar.Day
	campaign *model.Campaign
	commit   string
	err      error
}

// goBack steps through the days of the campaign; past the last one is the present.
func (a *App) goBack(by int) tea.Cmd {
	w, record := a.frame.Words, a.options.Record
	present := a.picture.Board
	plan := &present.Campaign.Plan
	switch {
	case record == nil:
		return frame.Notice(event.Info, w.T("there is no history, so nobody knows how it was"))
	case !present.Campaign.AsOf.IsZero():
		return frame.Notice(event.Info, w.T("the program was started with --at: it shows that moment only"))
	case a.past.reading:
		return nil
	case by > 0 && !a.past.shown():
		return frame.Notice(event.Info, w.T("this is the present"))
	}
	last := plan.LastDay()
	if last.IsZero() || present.Today.Before(last) {
		last = present.Today
	}
	day := a.past.day.Add(by)
	if !a.past.shown() {
		day = last
		if last == present.Today {
			day = last.Add(by)
		}
	}
	switch {
	case day.Before(plan.Starts):
		return frame.Notice(event.Info, w.T("the campaign begins on %s", plan.Starts))
	case day.After(last) || day == present.Today:
		a.present()
		return frame.Notice(event.Info, w.T("this is the present"))
	}
	a.past.reading = true
	ctx := a.frame.Context
	return func() tea.Msg {
		campaign, commit, err := record.AsOf(ctx, day)
		return wentBack{day, campaign, commit, err}
	}
}

func (a *App) wentBack(message wentBack) {
	a.past.reading = false
	if message.err != nil {
		a.notice = event.Noticed{Kind: event.Warning, Text: a.frame.Words.Error(message.err)}
		return
	}
	a.past.day = message.day
	a.frame.Board = ofPeriod(model.NewBoard(message.campaign, message.day), a.period)
	a.frame.Tip, a.frame.Open = message.commit, nil
	a.frame.Changes.Frozen = message.campaign.CheckPresent()
	a.notice = event.Noticed{Kind: event.Info,
		Text: a.frame.Words.T("as it was on %s · [ a day earlier · ] a day later", message.day)}
}

// toPeriod goes on by so many periods.
func toPeriod(a *App, by int) tea.Cmd {
	board, w := a.frame.Board, a.frame.Words
	periods := board.Campaign.Plan.Reporting.Periods
	at := slices.Index(board.Campaign.Plan.Reporting.Periods.IDs(), board.Period) + by
	switch {
	case at < 0:
		return frame.Notice(event.Info, w.T("this is the first period"))
	case at >= len(periods):
		return frame.Notice(event.Info, w.T("this is the last period"))
	}
	a.period = periods[at].ID
	a.frame.Board = ofPeriod(board, a.period)
	return frame.Notice(event.Info, w.T("reports and figures of %s", periods[at].Name))
}

// ofPeriod is a board for the period that the person looks at, as long as the plan has it.
func ofPeriod(board *model.Board, period string) *model.Board {
	if period == "" || period == board.Period || board.Campaign.Plan.Reporting.Periods.Find(period) == nil {
		return board
	}
	return model.NewBoardOf(board.Campaign, board.Today, period)
}

// present shows the data as they are now.
func (a *App) present() {
	a.past = past{}
	a.frame.Board = ofPeriod(a.picture.Board, a.period)
	a.frame.Tip, a.frame.Open = "", a.undecided()
	a.frame.Changes.Frozen = nil
}
