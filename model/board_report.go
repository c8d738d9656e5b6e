package model

import (
	"slices"

	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/duty"
)

// ReportSubject is what a change of a report of this board is about: that of its period.
func (b *Board) ReportSubject() Subject { return Subject{SubjectReport, b.Period} }

// Earlier are the periods before that of the board of which a report is still to come, or to be accepted.
func (b *Board) Earlier() []ReportingRow {
	periods := b.Campaign.Plan.Reporting.Periods
	rows := b.rows(periods[:max(slices.Index(periods.IDs(), b.Period), 0)])
	return slices.DeleteFunc(rows, func(r ReportingRow) bool { return r.Waiting+r.Submitted == 0 })
}

// Periods are the rows of all periods of the plan, in their order.
func (b *Board) Periods() []ReportingRow { return b.rows(b.Campaign.Plan.Reporting.Periods) }

func (b *Board) rows(periods calendar.Periods) []ReportingRow {
	var rows []ReportingRow
	for _, period := range periods {
		one := &Board{Campaign: b.Campaign, Today: b.Today, Period: period.ID,
			Reporting: ReportingRow{Period: period.ID, Deadline: period.Deadline}}
		for i := range b.Units {
			progress := b.Campaign.Progress[b.Units[i].Unit.ID]
			report := progress.ReportOf(period.ID)
			row := &UnitRow{Unit: b.Units[i].Unit, Broken: b.Units[i].Broken, Report: report,
				Deadline: report.Deadline(period.Deadline)}
			if one.judgeReport(row); row.Expected && !row.Unread() {
				one.Reporting.Add(row.sent)
			}
		}
		rows = append(rows, one.Reporting)
	}
	return rows
}

// EarlierUnsent is the first period before one whose report a unit has to send and has not; nil where there is none.
func (c *Campaign) EarlierUnsent(unit, period string) *calendar.Period {
	progress, found := c.Progress[unit], c.Roster.Unit(unit)
	for i := range c.Plan.Reporting.Periods {
		earlier := &c.Plan.Reporting.Periods[i]
		if earlier.ID == period || found == nil {
			return nil
		}
		expected := c.Plan.Reporting.Expects(found) && (earlier.Deadline.IsZero() || found.OnRosterOn(earlier.End()))
		if report := progress.ReportOf(earlier.ID); expected && !report.Sent() {
			return earlier
		}
	}
	return nil
}

// EarlierSubmitted is the first period before one whose report of a unit waits for the Office; nil where there is none.
func (c *Campaign) EarlierSubmitted(unit, period string) *calendar.Period {
	progress, periods := c.Progress[unit], c.Plan.Reporting.Periods
	at := slices.IndexFunc(periods, func(p calendar.Period) bool {
		return p.ID == period || progress.ReportOf(p.ID).Status == Submitted
	})
	if at < 0 || periods[at].ID == period {
		return nil
	}
	return &periods[at]
}

// judgeReport says how a unit's report stands. A returned report was received, for its first submission stands; where
// the plan says that a return reopens it, it counts as not received until it comes again. A report of a broken file is
// not known and counts as missing only among the expected.
func (b *Board) judgeReport(row *UnitRow) {
	reporting := &b.Reporting
	judge := func(r Report) calendar.Timeliness {
		if !b.received(r) {
			return r.Deadline(reporting.Deadline).Judge(b.Today)
		}
		return r.Judge(reporting.Deadline, b.Today, b.Campaign.Plan.TimeZone)
	}
	row.Expected = b.Campaign.Plan.Reporting.Expects(&row.Unit) &&
		(reporting.Deadline.IsZero() || row.Unit.OnRosterOn(reporting.Deadline.LastDay()))
	if row.Unread() {
		row.ReportTimeliness = calendar.Unread
		return
	}
	judged := judge(row.Report)
	if !row.Report.Every(func(r Report) bool { return judge(r) == judged }) {
		judged = calendar.Disputed
	}
	switch {
	case row.Broken != nil:
		row.ReportTimeliness = calendar.Unknown
	case len(row.Report.Others) > 0:
		row.ReportTimeliness = calendar.Disputed
	case !row.Expected && !row.Report.Sent():
		row.ReportTimeliness = calendar.NotExpected
	default:
		row.ReportTimeliness = judged
	}
	every := row.Report.Every
	row.sent = duty.Sent{
		Unknown: row.Broken != nil, Disputed: len(row.Report.Others) > 0, Status: row.Report.Status, Judged: judged,
		Extended: every(func(r Report) bool { return !r.ExtendedUntil.IsZero() }), Received: every(b.received),
		Nil: every(func(r Report) bool { return r.Nil }), Waiting: row.Waiting(),
	}
}

// received reports whether a report has come in and stands as sent.
func (b *Board) received(r Report) bool {
	return r.Sent() && (r.Status != Returned || !b.Campaign.Plan.Reporting.Reopens)
}

// Chase lists the units whose report the Office waits for and that are late or
// have at most so many days left, in the order of the roster: indexes into Units.
func (b *Board) Chase(days int) (late, soon []int) {
	for i := range b.Units {
		row := &b.Units[i]
		if !row.Waiting() || row.Deadline.IsZero() {
			continue
		}
		switch left := row.Deadline.DaysLeft(b.Today); {
		case left < 0:
			late = append(late, i)
		case left <= days:
			soon = append(soon, i)
		}
	}
	return late, soon
}

// Chased is a unit that the Office waits for, and what for.
type Chased struct {
	Board      *Board // of the period of its report
	Row        int    // index into Board.Units
	Report     bool   // its report is late, or due within the days asked for
	Activities []int  // so are these, indexes into Board.Activities
	Late       bool   // something of it is late
}

// Unit is the row of the unit.
func (c Chased) Unit() *UnitRow { return &c.Board.Units[c.Row] }

// ChasedSoFar is Chased, after the reports of earlier periods that are still late.
func (b *Board) ChasedSoFar(days int) []Chased {
	var all []Chased
	for _, waiting := range b.Earlier() {
		earlier := b.Of(waiting.Period)
		late, _ := earlier.Chase(0)
		for _, row := range late {
			all = append(all, Chased{Board: earlier, Row: row, Report: true, Late: true})
		}
	}
	return append(all, b.Chased(days)...)
}

// Chased lists the units of which a report or an activity is late, or due within so many days; those with something
// late come first. Once the plan has ended only reports are waited for.
func (b *Board) Chased(days int) []Chased {
	lateReports, soonReports := b.Chase(days)
	var late, soon []Chased
	for i := range b.Units {
		_, reportLate := slices.BinarySearch(lateReports, i) // they stand in the order of the rows
		chased := Chased{Board: b, Row: i, Late: reportLate}
		_, reportSoon := slices.BinarySearch(soonReports, i)
		chased.Report = reportLate || reportSoon
		for j := range b.Units[i].Cells {
			if left, due := b.due(i, j, days); due {
				chased.Activities = append(chased.Activities, j)
				chased.Late = chased.Late || left < 0
			}
		}
		switch {
		case chased.Late:
			late = append(late, chased)
		case chased.Report || len(chased.Activities) > 0:
			soon = append(soon, chased)
		}
	}
	return append(late, soon...)
}

// due reports whether a cell that is still open has at most so many days left, and how many.
func (b *Board) due(row, activity, days int) (left int, due bool) {
	cell, deadline := &b.Units[row].Cells[activity], b.Activities[activity].Activity.Deadline
	open := cell.Assigned && len(cell.Entry.Others) == 0 && (cell.Entry.Status == Todo || cell.Entry.Status == Doing)
	if !open || b.Units[row].Broken != nil || b.Ended() || deadline.IsZero() {
		return 0, false
	}
	left = deadline.DaysLeft(b.Today)
	return left, left <= days
}
