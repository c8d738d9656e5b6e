package model

import (
	"slices"
	"sync"

	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/sums"
)

// Board is the picture of a campaign on a day: every figure that a view, a
// report or a script shows is computed here, once.
type Board struct {
	Campaign   *Campaign
	Today      calendar.Day
	Period     string // of the reports and figures, by id; "" in a plan without periods
	Phase      calendar.Phase
	Total      Tally // over all cells
	Tasks      duty.Tasks
	Goals      []GoalRow
	Messages   []MessageRow
	Activities []ActivityRow
	Units      []UnitRow
	Reporting  ReportingRow

	indicators int                  // of all activities
	reminders  map[string]Reminders // by unit id
	unitAt     map[string]int       // in Units, by id
	unread     map[string][]Cell    // of units whose record has not been read, by group or unit
	worked     sync.Map             // what Once gave: a func() T by key
}

// Tally counts cells: one unit on one activity that it answers for.
type Tally = duty.Tally

// GoalRow is a goal with the progress of the activities that serve it.
type GoalRow struct {
	Goal       Goal
	Activities []int // indexes into Board.Activities
	Tally      Tally
}

// MessageRow is a message with the units that used it.
type MessageRow struct {
	Message Message
	Units   []int          // indexes into Board.Units
	By      map[string]int // units by channel id
}

// ActivityRow is an activity over all units.
type ActivityRow struct {
	Activity   Activity
	Tally      Tally
	Supporting int              // units that support it
	Figures    []IndicatorTotal // one for each indicator, in plan order
}

// IndicatorTotal is an indicator over all units, by the indicator's own rule.
type IndicatorTotal struct {
	Indicator   Indicator
	sums.Result             // over the periods so far
	InPeriod    sums.Result // in that of the board alone; in a plan without periods it is the same
}

// UnitRow is one unit: a cell for each activity, its messages and its report.
type UnitRow struct {
	Unit             Unit
	Cells            []Cell // as long as Board.Activities
	Tally            Tally
	Messages         map[string]Use
	Report           Report
	ReportTimeliness calendar.Timeliness
	Expected         bool              // the unit was on the roster on the deadline day, so that its report counts
	Deadline         calendar.Deadline // of its report: an extension moves it
	Reminders        Reminders         // for the period of the board
	Figures          FigureCount
	Broken           *phrase.Problem // not nil: the unit's file is broken and the rest of the row is not known
	Stale            *phrase.Problem // not nil: the unit's file cannot be read now, and the row is what it said last

	from  *byte // that of its record
	sent  duty.Sent
	parts [2][]sums.Part // for each indicator, in plan order: over the periods so far, and in that of the board
}

// FigureCount says how many of a unit's indicators have a figure.
type FigureCount struct{ Given, Asked int }

// Cell is one unit on one activity.
type Cell struct {
	Assigned   bool // the unit answers for the activity: only then it is done or late, and counted
	Role       duty.Role
	Entry      Entry
	Figures    map[string]float64 // of the period of the board, by indicator
	SoFar      map[string]float64 // what they come to over the periods so far
	Timeliness calendar.Timeliness
}

// Shown reports whether the unit has anything to do with the activity: it answers for it or supports it.
func (c Cell) Shown() bool { return c.Role != duty.None }

// Late reports whether the cell needs somebody now: overdue or due today.
func (c Cell) Late() bool {
	return c.Assigned && (c.Timeliness == calendar.Overdue || c.Timeliness == calendar.DueToday)
}

// Unread reports whether the record has only not been read yet. Then the unit counts nowhere.
func (r *UnitRow) Unread() bool { return r.Broken != nil && r.Broken.Unread }

// Waiting reports whether the Office still waits for the unit's report: nothing was sent, or it was returned. Of a
// report in dispute all versions must say so.
func (r *UnitRow) Waiting() bool {
	return r.Expected && r.Broken == nil &&
		r.Report.Every(func(r Report) bool { return r.Status != Submitted && r.Status != Accepted })
}

// Confirmed reports whether the unit's figures are: its report is accepted.
func (r *UnitRow) Confirmed() bool {
	return r.Broken == nil && len(r.Report.Others) == 0 && r.Report.Status == Accepted
}

// ReportingRow is the progress of the units' reports. Only units that were on the
// roster on the deadline day are counted.
type ReportingRow = duty.Reporting

// ImpliedYear is a day of the year that goes without saying where a date is shown short: today's, while the plan's own
// dates are of that year. In another year it is the zero day: 28/11 alone would read as a day of the plan.
func (b *Board) ImpliedYear() calendar.Day {
	plan := &b.Campaign.Plan
	if !plan.Ends.IsZero() && (b.Today.Year > plan.Ends.Year || b.Today.Year < plan.Starts.Year) {
		return calendar.Day{}
	}
	return b.Today
}

// Progression is how far all units were at the end of a day, as the history says.
type Progression = duty.Progression

// Progression is the board as one day of the campaign.
func (b *Board) Progression() Progression {
	return Progression{
		Day: b.Today, Done: b.Total.Done, Total: b.Total.Applicable(),
		Submitted: b.Reporting.Received, Expected: b.Reporting.Expected,
	}
}

// Ended reports whether the campaign is over: then nothing counts down any more.
func (b *Board) Ended() bool { return b.Phase == calendar.Ended }

// NewBoard computes the board of a campaign on a day, for the period that is the current one then.
func NewBoard(campaign *Campaign, today calendar.Day) *Board {
	return NewBoardOf(campaign, today, campaign.Plan.Reporting.Periods.CurrentID(today))
}

// NewBoardOf computes the board for a period, which the plan must have.
func NewBoardOf(campaign *Campaign, today calendar.Day, period string) *Board {
	return newBoard(campaign, today, period, nil)
}

// Once gives what work makes of a board, made once for all who look at the board. Whoever asks has keys of a type of
// their own, of which each says all that the work depends on beside the board. Nobody changes what comes of it.
func Once[T any](b *Board, key any, work func() T) T {
	worked, _ := b.worked.LoadOrStore(key, sync.OnceValue(work))
	give, _ := worked.(func() T)
	return give()
}

// otherPeriod is the key of the board of another period.
type otherPeriod string

// Of is the board for a period, which the plan must have.
func (b *Board) Of(id string) *Board {
	if id == b.Period {
		return b
	}
	return Once(b, otherPeriod(id), func() *Board { return NewBoardOf(b.Campaign, b.Today, id) })
}

// After is the board of a newer campaign. Rows of units of which nothing has changed are taken over.
func (b *Board) After(campaign *Campaign, today calendar.Day) *Board {
	if b.Today == today && b.samePlan(campaign) {
		return newBoard(campaign, today, b.Period, b.Units)
	}
	return NewBoard(campaign, today)
}

// Onward is the board of another state on another day as far as its Progression needs it: rows of units of which
// nothing has changed are taken over as they were judged before, for what is done is so on any day. Without a board
// before it, all rows are new.
func (b *Board) Onward(campaign *Campaign, day calendar.Day) *Board {
	period := campaign.Plan.Reporting.Periods.CurrentID(day)
	if b != nil && b.Period == period && b.samePlan(campaign) {
		return newBoard(campaign, day, period, b.Units)
	}
	return NewBoardOf(campaign, day, period)
}

// samePlan reports whether a campaign has the plan of the board, as it was read.
func (b *Board) samePlan(campaign *Campaign) bool {
	was, is := b.Campaign.Plan.Activities, campaign.Plan.Activities
	return len(is) > 0 && len(was) == len(is) && &was[0] == &is[0]
}

func newBoard(campaign *Campaign, today calendar.Day, period string, before []UnitRow) *Board {
	plan := &campaign.Plan
	board := &Board{
		Campaign:   campaign,
		Today:      today,
		Period:     period,
		Phase:      plan.Phase(today),
		Activities: make([]ActivityRow, len(plan.Activities)),
		Units:      make([]UnitRow, len(campaign.Roster.Units)),
		Reporting:  ReportingRow{Period: period, Deadline: plan.Reporting.DeadlineOf(period)},
		reminders:  map[string]Reminders{},
		unitAt:     make(map[string]int, len(campaign.Roster.Units)),
	}
	for i := range plan.Activities {
		board.Activities[i].Activity = plan.Activities[i]
		board.indicators += len(plan.Activities[i].Indicators)
	}
	for _, reminder := range campaign.Office.Reminders {
		if reminder.Period == period {
			board.reminders[reminder.Unit] = append(board.reminders[reminder.Unit], reminder)
		}
	}
	for _, message := range plan.Messages {
		board.Messages = append(board.Messages, MessageRow{Message: message, By: map[string]int{}})
	}
	totals := make([][2]sums.Sum, board.indicators)
	for i, unit := range campaign.Roster.Units {
		row := &board.Units[i]
		if i < len(before) && board.same(&before[i], &unit) {
			*row = before[i]
		} else {
			board.makeRow(row, unit)
		}
		board.add(i, totals)
		if _, twice := board.unitAt[unit.ID]; !twice {
			board.unitAt[unit.ID] = i
		}
	}
	board.setTotals(totals)
	return board
}

// same reports whether a row holds what this board would say of a unit.
func (b *Board) same(row *UnitRow, unit *Unit) bool {
	problem := b.Campaign.Broken[unit.ID]
	if row.Unit == *unit && row.Unread() && problem != nil && problem.Unread {
		return true
	}
	return row.Unit == *unit && row.from != nil && row.from == b.Campaign.Progress[unit.ID].From &&
		row.Broken == nil && row.Stale == nil && problem == nil && b.Campaign.Stale[unit.ID] == nil &&
		row.Reminders.Equal(b.reminders[unit.ID])
}

// makeRow computes the row of a unit.
func (b *Board) makeRow(row *UnitRow, unit Unit) {
	plan := &b.Campaign.Plan
	progress := b.Campaign.Progress[unit.ID]
	report := progress.ReportOf(b.Period)
	*row = UnitRow{
		Unit: unit, Messages: progress.Messages, Report: report,
		Deadline: report.Deadline(b.Reporting.Deadline), Reminders: b.reminders[unit.ID], from: progress.From,
		Broken: b.Campaign.Broken[unit.ID],
	}
	if row.Unread() {
		row.Cells = b.unreadCells(row)
		b.judgeReport(row)
		return
	}
	row.Stale = b.Campaign.Stale[unit.ID]
	row.Cells = make([]Cell, len(plan.Activities))
	for i := range plan.Activities {
		row.Cells[i] = b.cell(row, &plan.Activities[i], &progress)
		b.count(row, i)
	}
	b.judgeReport(row)
	row.parts[0] = b.parts(row, &progress, plan.Reporting.Periods.Summed(b.Period))
	row.parts[1] = row.parts[0]
	if period := plan.Reporting.Periods.Find(b.Period); period != nil && !period.Sums {
		row.parts[1] = b.parts(row, &progress, []string{b.Period})
	}
}

// unreadCells are the cells of a unit whose record has not been read. The units of a group share them, but for those
// that the plan names themselves.
func (b *Board) unreadCells(row *UnitRow) []Cell {
	if b.unread == nil {
		b.unread = map[string][]Cell{}
		for i := range b.Campaign.Plan.Activities {
			activity := &b.Campaign.Plan.Activities[i]
			for _, id := range slices.Concat(activity.Leads, activity.Assigned, activity.Support) {
				b.unread[id] = nil
			}
		}
	}
	key := row.Unit.Group
	if _, named := b.unread[row.Unit.ID]; named {
		key = row.Unit.ID
	}
	if b.unread[key] == nil {
		cells := make([]Cell, len(b.Campaign.Plan.Activities))
		for i := range cells {
			cells[i] = b.cell(row, &b.Campaign.Plan.Activities[i], &Progress{})
		}
		b.unread[key] = cells
	}
	return b.unread[key]
}

// cell is how a unit stands on an activity.
func (b *Board) cell(row *UnitRow, activity *Activity, progress *Progress) Cell {
	cell := Cell{Role: activity.Role(row.Unit.ID, row.Unit.Group), Timeliness: calendar.Unknown}
	if cell.Role == duty.None {
		return Cell{}
	}
	cell.Assigned, cell.Entry = cell.Role.Answers(), progress.Entry(activity.ID)
	cell.Figures, cell.SoFar = b.figuresOf(&cell.Entry, activity)
	switch {
	case row.Unread():
		cell.Timeliness = calendar.Unread
	case row.Broken != nil:
	case !cell.Assigned && len(cell.Entry.Others) == 0:
		cell.Timeliness = calendar.Supports
	default:
		cell.Timeliness = cell.Entry.Judge(activity.Deadline, b.Today, b.Campaign.Plan.TimeZone)
	}
	return cell
}

// count counts a cell in its row. One of a unit that supports is counted as such only, whatever stands in it.
func (b *Board) count(row *UnitRow, activity int) {
	cell := &row.Cells[activity]
	if !cell.Assigned {
		return
	}
	row.Tally.Add(cell.Entry.Status, cell.Timeliness)
	if row.Broken != nil {
		return
	}
	if period := b.Campaign.Plan.Reporting.Periods.Find(b.Period); period != nil && period.Sums {
		return
	}
	row.Figures.Asked += len(b.Activities[activity].Activity.Indicators)
	for indicator := range cell.Figures {
		if !cell.Entry.FigureInDispute(sums.Key(b.Period, indicator)) {
			row.Figures.Given++
		}
	}
}

// figuresOf are the figures of an entry in the period of the board, and over those so far; in one that has none of its
// own they are the same.
func (b *Board) figuresOf(entry *Entry, activity *Activity) (in, soFar map[string]float64) {
	periods := b.Campaign.Plan.Reporting.Periods
	period := periods.Find(b.Period)
	if period == nil {
		return entry.Figures, entry.Figures
	}
	soFar = activity.Indicators.Over(entry.Figures, periods.Summed(b.Period))
	if period.Sums {
		return soFar, soFar
	}
	return sums.In(entry.Figures, b.Period), soFar
}

// add counts a row in what all units come to. The totals of the indicators, in plan order, are each by its own rule.
func (b *Board) add(at int, totals [][2]sums.Sum) {
	row, indicator := &b.Units[at], 0
	if row.Unread() {
		return
	}
	for i := range row.Cells {
		cell, counted := &row.Cells[i], &b.Activities[i]
		if cell.Assigned {
			counted.Tally.Add(cell.Entry.Status, cell.Timeliness)
			b.Total.Add(cell.Entry.Status, cell.Timeliness)
		} else if cell.Role == duty.Support {
			counted.Supporting++
		}
		for j := range counted.Activity.Indicators {
			rule := counted.Activity.Indicators[j].Sum
			totals[indicator][0].Add(rule, &row.parts[0][indicator])
			totals[indicator][1].Add(rule, &row.parts[1][indicator])
			indicator++
		}
	}
	for i := range b.Messages {
		if use, used := row.Messages[b.Messages[i].Message.ID]; used && len(use.Channels) > 0 {
			b.Messages[i].Units = append(b.Messages[i].Units, at)
			for _, channel := range use.Channels {
				b.Messages[i].By[channel]++
			}
		}
	}
	if row.Expected {
		b.Reporting.Add(row.sent)
	}
}

// setTotals says what all units come to.
func (b *Board) setTotals(totals [][2]sums.Sum) {
	for i := range b.Activities {
		row := &b.Activities[i]
		b.Tasks.Add(row.Tally)
		row.Figures = make([]IndicatorTotal, len(row.Activity.Indicators))
		for j, indicator := range row.Activity.Indicators {
			row.Figures[j] = IndicatorTotal{indicator, totals[0][0].Result, totals[0][1].Result}
			if indicator.Total != nil { // what all are to reach together, whatever each one's target is
				row.Figures[j].Target = indicator.Total
			}
			totals = totals[1:]
		}
	}
	for _, goal := range b.Campaign.Plan.Goals {
		b.Goals = append(b.Goals, b.goalRow(goal))
	}
}

// parts are what a unit gives for each indicator over some periods, in plan order. A unit to which the activity does
// not apply has no target.
func (b *Board) parts(row *UnitRow, progress *Progress, periods []string) []sums.Part {
	parts := make([]sums.Part, 0, b.indicators)
	for i := range b.Activities {
		for j := range b.Activities[i].Activity.Indicators {
			parts = append(parts, b.part(row, progress, i, &b.Activities[i].Activity.Indicators[j], periods))
		}
	}
	return parts
}

// ConfirmedSoFar reports whether what a unit gives for an indicator over the periods so far is confirmed.
func (b *Board) ConfirmedSoFar(row *UnitRow, activity int, indicator Indicator) bool {
	progress := b.Campaign.Progress[row.Unit.ID]
	return b.part(row, &progress, activity, &indicator, b.Campaign.Plan.Reporting.Periods.Summed(b.Period)).Confirmed
}

// part is what a unit gives for an indicator over some periods. It is confirmed when each report is accepted to which
// a figure belongs.
func (b *Board) part(row *UnitRow, progress *Progress, activity int, indicator *Indicator, periods []string) sums.Part {
	cell := &row.Cells[activity]
	part := sums.Part{Confirmed: true}
	_, part.At = LastChange(cell.Entry)
	if cell.Assigned && (cell.Entry.Status != NA || row.Broken != nil) {
		part.Target = indicator.TargetOf(row.Unit.ID)
	}
	for _, period := range periods {
		key, report := sums.Key(period, indicator.ID), progress.ReportOf(period)
		if cell.Entry.FigureInDispute(key) {
			return sums.Part{At: part.At, Target: part.Target}
		}
		if _, given := cell.Entry.Figures[key]; given && !(report.Status == Accepted && len(report.Others) == 0) {
			part.Confirmed = false
		}
	}
	if row.Broken == nil {
		part.Figure = sums.Over(indicator.Sum, cell.Entry.Figures, periods, indicator.ID)
	}
	return part
}

func (b *Board) goalRow(goal Goal) GoalRow {
	row := GoalRow{Goal: goal}
	for i := range b.Activities {
		if slices.Contains(b.Activities[i].Activity.Goals, goal.ID) {
			row.Activities = append(row.Activities, i)
			row.Tally.AddAll(b.Activities[i].Tally)
		}
	}
	return row
}

// UnitIndex finds a unit's row by id; -1 when there is none.
func (b *Board) UnitIndex(id string) int {
	if at, found := b.unitAt[id]; found {
		return at
	}
	return -1
}

// ActivityIndex finds an activity's row by id; -1 when there is none.
func (b *Board) ActivityIndex(id string) int {
	return slices.IndexFunc(b.Activities, func(row ActivityRow) bool { return row.Activity.ID == id })
}
