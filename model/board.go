package model

import (
	"slices"

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

	reminders map[string]Reminders // by unit id
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
	periods, period := campaign.Plan.Reporting.Periods, ""
	if current := calendar.Current(periods, today); current >= 0 {
		period = periods[current].ID
	}
	return NewBoardOf(campaign, today, period)
}

// NewBoardOf computes the board for a period, which the plan must have.
func NewBoardOf(campaign *Campaign, today calendar.Day, period string) *Board {
	plan := &campaign.Plan
	board := &Board{
		Campaign:   campaign,
		Today:      today,
		Period:     period,
		Phase:      plan.Phase(today),
		Activities: make([]ActivityRow, len(plan.Activities)),
		Units:      make([]UnitRow, 0, len(campaign.Roster.Units)),
		Reporting:  ReportingRow{Period: period, Deadline: plan.Reporting.DeadlineOf(period)},
		reminders:  map[string]Reminders{},
	}
	for i := range plan.Activities {
		board.Activities[i].Activity = plan.Activities[i]
	}
	for _, reminder := range campaign.Office.Reminders {
		if reminder.Period == period {
			board.reminders[reminder.Unit] = append(board.reminders[reminder.Unit], reminder)
		}
	}
	for _, unit := range campaign.Roster.Units {
		board.addUnit(unit)
	}
	for i := range board.Activities {
		board.Tasks.Add(board.Activities[i].Tally)
		board.Activities[i].Figures = board.figures(i)
	}
	for _, goal := range plan.Goals {
		board.Goals = append(board.Goals, board.goalRow(goal))
	}
	for _, message := range plan.Messages {
		board.Messages = append(board.Messages, board.messageRow(message))
	}
	return board
}

func (b *Board) addUnit(unit Unit) {
	plan := &b.Campaign.Plan
	progress := b.Campaign.Progress[unit.ID]
	report := progress.ReportOf(b.Period)
	row := UnitRow{
		Unit: unit, Cells: make([]Cell, len(plan.Activities)), Messages: progress.Messages, Report: report,
		Deadline: report.Deadline(b.Reporting.Deadline), Reminders: b.reminders[unit.ID],
	}
	if problem, broken := b.Campaign.Broken[unit.ID]; broken {
		row.Broken = &problem
	}
	if problem, stale := b.Campaign.Stale[unit.ID]; stale {
		row.Stale = &problem
	}
	for i := range plan.Activities {
		row.Cells[i] = b.cell(&row, &plan.Activities[i], &progress)
		b.count(&row, i)
	}
	b.addReport(&row)
	b.Units = append(b.Units, row)
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
	case row.Broken != nil:
	case !cell.Assigned && len(cell.Entry.Others) == 0:
		cell.Timeliness = calendar.Supports
	default:
		cell.Timeliness = cell.Entry.Judge(activity.Deadline, b.Today, b.Campaign.Plan.TimeZone)
	}
	return cell
}

// count counts a cell of a unit. One of a unit that supports is counted as such only, whatever stands in it.
func (b *Board) count(row *UnitRow, activity int) {
	cell, counted := &row.Cells[activity], &b.Activities[activity]
	if !cell.Assigned {
		if cell.Role == duty.Support {
			counted.Supporting++
		}
		return
	}
	for _, tally := range []*Tally{&row.Tally, &counted.Tally, &b.Total} {
		tally.Add(cell.Entry.Status, cell.Timeliness)
	}
	if row.Broken != nil {
		return
	}
	if period := b.Campaign.Plan.Reporting.Periods.Find(b.Period); period != nil && period.Sums {
		return
	}
	row.Figures.Asked += len(counted.Activity.Indicators)
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

// figures totals the indicators of one activity, each by its own rule: over the periods so far, and in that of the
// board alone. A unit to which the activity does not apply has no target.
func (b *Board) figures(activity int) []IndicatorTotal {
	indicators := b.Activities[activity].Activity.Indicators
	totals := make([]IndicatorTotal, len(indicators))
	period, summed := b.Campaign.Plan.Reporting.Periods.Find(b.Period), b.Campaign.Plan.Reporting.Periods.Summed(b.Period)
	for i, indicator := range indicators {
		parts, inPeriod := make([]sums.Part, len(b.Units)), make([]sums.Part, len(b.Units))
		for j := range b.Units {
			parts[j] = b.part(&b.Units[j], activity, indicator, summed)
			if inPeriod[j] = parts[j]; period != nil && !period.Sums {
				inPeriod[j] = b.part(&b.Units[j], activity, indicator, []string{b.Period})
			}
		}
		totals[i] = IndicatorTotal{indicator, sums.Of(indicator.Sum, parts), sums.Of(indicator.Sum, inPeriod)}
		if indicator.Total != nil { // what all are to reach together, whatever each one's target is
			totals[i].Target = indicator.Total
		}
	}
	return totals
}

// ConfirmedSoFar reports whether what a unit gives for an indicator over the periods so far is confirmed.
func (b *Board) ConfirmedSoFar(row *UnitRow, activity int, indicator Indicator) bool {
	return b.part(row, activity, indicator, b.Campaign.Plan.Reporting.Periods.Summed(b.Period)).Confirmed
}

// part is what a unit gives for an indicator over some periods. It is confirmed when each report is accepted to which
// a figure belongs.
func (b *Board) part(row *UnitRow, activity int, indicator Indicator, periods []string) sums.Part {
	cell, progress := &row.Cells[activity], b.Campaign.Progress[row.Unit.ID]
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

func (b *Board) messageRow(message Message) MessageRow {
	row := MessageRow{Message: message, By: map[string]int{}}
	for i, unit := range b.Units {
		use, used := unit.Messages[message.ID]
		if !used || len(use.Channels) == 0 {
			continue
		}
		row.Units = append(row.Units, i)
		for _, channel := range use.Channels {
			row.By[channel]++
		}
	}
	return row
}

// UnitIndex finds a unit's row by id; -1 when there is none.
func (b *Board) UnitIndex(id string) int {
	return slices.IndexFunc(b.Units, func(row UnitRow) bool { return row.Unit.ID == id })
}

// ActivityIndex finds an activity's row by id; -1 when there is none.
func (b *Board) ActivityIndex(id string) int {
	return slices.IndexFunc(b.Activities, func(row ActivityRow) bool { return row.Activity.ID == id })
}
