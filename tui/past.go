package tui

import (
	"cmp"
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
	if by > 0 && !a.past.shown() {
		return frame.Notice(event.Info, a.frame.Words.T("this is the present"))
	}
	last := lastShown(a)
	day := a.past.day.Add(by)
	if !a.past.shown() {
		day = last
		if last == a.picture.Board.Today {
			day = last.Add(by)
		}
	}
	return toDay(a, day)
}

// lastShown is the last day of the campaign that has been.
func lastShown(a *App) calendar.Day {
	last, today := a.picture.Board.Campaign.Plan.LastDay(), a.picture.Board.Today
	if last.IsZero() || today.Before(last) {
		return today
	}
	return last
}

// toDay shows the campaign as it was on a day; after the last one it is the present.
func toDay(a *App, day calendar.Day) tea.Cmd {
	w, record, present := a.frame.Words, a.options.Record, a.picture.Board
	plan, last := &present.Campaign.Plan, lastShown(a)
	switch {
	case record == nil:
		return frame.Notice(event.Info, w.T("there is no history, so nobody knows how it was"))
	case !present.Campaign.AsOf.IsZero():
		return frame.Notice(event.Info, w.T("the program was started with --at: it shows that moment only"))
	case a.past.reading:
		return nil
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

// dayGoer is a tab that lists by days.
type dayGoer interface {
	// GoToDay puts the cursor on what stands at a day.
	GoToDay(f *frame.Frame, day calendar.Day)
}

// dayKey takes a key of the field for the day to go to: in a list by days the cursor goes there, else the campaign is
// shown as it was then.
func dayKey(a *App, message tea.KeyMsg) tea.Cmd {
	switch message.Type {
	case tea.KeyEsc:
		a.day = nil
		return nil
	case tea.KeyEnter:
	default:
		a.day.Update(message)
		return nil
	}
	near := lastShown(a)
	day, err := calendar.ParseNear(a.day.Value(), near.Year)
	if err != nil {
		return a.frame.Refused(err)
	}
	a.day = nil
	if list, lists := a.tabs[a.open].(dayGoer); lists {
		list.GoToDay(&a.frame, day)
		return nil
	}
	return toDay(a, day)
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
		Text: a.frame.Words.T("as it was on %s · [ day before · ] day after · Esc today", message.day)}
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
	showPeriod(a, periods[at].ID)
	return frame.Notice(event.Info, w.T("reports and figures of %s", periods[at].Name))
}

// showPeriod shows reports and figures of a period; of the current one without an id.
func showPeriod(a *App, id string) {
	a.period = id
	board := a.picture.Board
	if a.past.shown() {
		board = a.frame.Board
	}
	a.frame.Board = ofPeriod(board, cmp.Or(id, board.Campaign.Plan.Reporting.Periods.CurrentID(board.Today)))
}

// ofPeriod is a board for the period that the person looks at, as long as the plan has it.
func ofPeriod(board *model.Board, period string) *model.Board {
	if period == "" || period == board.Period || board.Campaign.Plan.Reporting.Periods.Find(period) == nil {
		return board
	}
	return board.Of(period)
}

// present shows the data as they are now.
func (a *App) present() {
	a.past = past{}
	a.frame.Board = ofPeriod(a.picture.Board, a.period)
	a.frame.Tip, a.frame.Open = "", a.undecided()
	a.frame.Changes.Frozen = nil
}
