package show

import (
	"fmt"
	"strconv"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/layout"
)

// The columns of the table of units: together PageWidth.
const (
	nameColumn    = 33
	doneColumn    = 7
	countColumn   = 6
	overdueColumn = 10
)

// maxLateLines keeps a report about very many units readable; the rest is counted.
const maxLateLines = 200

// statusText prints the board as text: words instead of codes, no colours, 80 columns.
type statusText struct {
	*Printer
	board *model.Board
}

// Status prints the whole board, or only one unit's part when unit is not "".
func (p *Printer) Status(board *model.Board, unit string) {
	s := statusText{p, board}
	s.header()
	if unit != "" {
		s.unit(&board.Units[board.UnitIndex(unit)])
		return
	}
	s.totals()
	s.targets()
	s.units()
	s.disputes()
	s.late()
	s.problems()
}

func (s statusText) header() {
	plan := &s.board.Campaign.Plan
	document := &plan.Document
	title := strings.TrimSpace(document.Type + " " + lang.DocumentNumber(document.Number))
	if title == "" { // neither is printed: then it is known by its title
		title = document.Title
	}
	if document.Issuer != "" {
		title += " · " + document.Issuer
	}
	s.Paragraph(title)
	s.Paragraph(plan.Theme)
	s.Paragraph(s.Words.LongDay(s.board.Today) + s.period(plan))
	if !plan.MadeUp.IsZero() {
		s.Paragraph(s.Words.T("MADE-UP DATA: the people and the progress here are invented."))
	}
	if asOf := s.board.Campaign.AsOf; !asOf.IsZero() {
		s.Paragraph(s.Words.T("This is how it was as of %s.", asOf))
	}
	if s.board.Phase == calendar.Ended {
		s.Paragraph(s.Words.T("The plan ended on %s.", plan.Ends))
		s.reported()
		return
	}
	if plan.Reporting.Asked() {
		s.reported()
		s.Paragraph(s.deadline(s.board.Reporting.Deadline))
	}
}

// reported says of which period the reports and figures are, and the last day that belongs to it, where the plan says.
func (s statusText) reported() {
	reporting := &s.board.Campaign.Plan.Reporting
	day, said := reporting.Closes, ""
	if period := reporting.Periods.Find(s.board.Period); period != nil {
		day = period.Closes
		said = s.Words.T("Reports and figures of %s (%s)", period.Name, period.ID)
	}
	if !day.IsZero() {
		said = strings.TrimPrefix(said+"; "+s.Words.T("figures up to the end of %s", day), "; ")
	}
	s.Paragraph(said)
}

// period says from when to when the plan runs, as far as it says so.
func (s statusText) period(plan *model.Plan) string {
	switch starts, ends := plan.Starts, plan.Ends; {
	case !starts.IsZero() && !ends.IsZero():
		return " · " + s.Words.T("the plan runs from %s to %s", starts, ends)
	case !starts.IsZero():
		return " · " + s.Words.T("the plan runs from %s", starts)
	case !ends.IsZero():
		return " · " + s.Words.T("the plan runs until %s", ends)
	}
	return ""
}

// deadline names the last day for the reports, the day as the plan prints it, and what is left.
func (s statusText) deadline(deadline calendar.Deadline) string {
	if deadline.IsZero() {
		return s.Words.T("The plan sets no deadline for the reports.")
	}
	printed := s.Words.T("until %s", deadline.Day)
	if deadline.Excluded {
		printed = s.Words.T("before %s", deadline.Day)
	}
	left := s.Words.Left(deadline, s.board.Today)
	if deadline.DaysLeft(s.board.Today) == 0 { // that it is due has been said
		left = s.Words.T("today")
	}
	line := s.Words.T("Reports are due on %s (%s), %s", s.Words.LongDay(deadline.LastDay()), printed, left)
	if moved := deadline.Written(); moved != deadline.LastDay() {
		line += "; " + s.Words.T("%s is a day off", s.Words.LongDay(moved))
	}
	if working := deadline.LastWorkingDay(); working != deadline.LastDay() {
		line += "; " + s.Words.T("the last working day is %s", s.Words.LongDay(working))
		if !deadline.Calendar.KnowsHolidays() {
			line += " (" + s.Words.T("public holidays not taken into account") + ")"
		}
	}
	return line
}

func (s statusText) totals() {
	s.Out.Line("")
	s.Paragraph(s.Words.T("Activities: %s", s.tally(s.board.Total)))
	s.Paragraph(s.Words.Tasks(s.board))
	if s.board.Campaign.Plan.Reporting.Asked() {
		s.reports()
	}
	used := 0
	for _, row := range s.board.Messages {
		if len(row.Units) > 0 {
			used++
		}
	}
	if len(s.board.Messages) > 0 {
		s.Paragraph(s.Words.T("Messages: used %d of %d", used, len(s.board.Messages)))
	}
}

// targets says how the figures stand that the plan sets a target for.
func (s statusText) targets() {
	var lines []string
	for i := range s.board.Activities {
		for _, total := range s.board.Activities[i].Figures {
			if total.Target != nil || total.Targets > 0 {
				said := total.Indicator.Name + ": " +
					total.Said(s.Words.Printer, total.Indicator.Measure, s.board.Campaign.Plan.Reporting.Asked())
				lines = append(lines, hung("  ", "    ", said, PageWidth-4)...)
			}
		}
	}
	s.listed(s.Words.T("Figures with a target:"), lines)
}

func (s statusText) reports() {
	reporting := s.board.Reporting
	said := s.Words.T("Reports: sent %d of %d (%d%%), on time %d (%d%%), accepted %d, returned %d",
		reporting.Received, reporting.Expected, reporting.ReceivedPercent(),
		reporting.OnTime, reporting.OnTimePercent(), reporting.Accepted, reporting.Returned)
	if reporting.Deadline.IsZero() { // nothing is in time or late then
		said = s.Words.T("Reports: sent %d of %d (%d%%), accepted %d, returned %d", reporting.Received, reporting.Expected,
			reporting.ReceivedPercent(), reporting.Accepted, reporting.Returned)
	}
	s.Paragraph(said + s.apart(reporting))
	if earlier := lang.Awaited(s.Words, s.board.Campaign, s.board.Earlier()); len(earlier) > 0 {
		s.Paragraph(s.Words.T("Earlier periods: %s", strings.Join(earlier, "; ")))
	}
}

// apart says what is counted beside the rates, where there is any.
func (s statusText) apart(reporting model.ReportingRow) string {
	return strings.Join(append([]string{""}, lang.Counted([]lang.Count{
		{N: reporting.Nil, Words: s.Words.T("nil reports %d", reporting.Nil)},
		{N: reporting.Extended, Words: s.Words.T("extended %d", reporting.Extended)},
		{N: reporting.Unknown, Words: s.Words.T("%d not known", reporting.Unknown)},
		{N: reporting.Disputed, Words: s.Words.T("%d in dispute", reporting.Disputed)},
	})...), ", ")
}

// tally says the counts of cells in words, leaving out those that are nought.
func (s statusText) tally(tally model.Tally) string {
	parts := []string{s.Words.T("done %d of %d", tally.Done, tally.Applicable())}
	add := func(n int, words string) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", words, n))
		}
	}
	language := s.Words.Language
	add(tally.Doing, model.Doing.Label(language))
	add(tally.Todo, model.Todo.Label(language))
	add(tally.NA, model.NA.Label(language))
	if s.board.Ended() {
		add(tally.Overdue, s.Words.T("not done when the plan ended"))
	} else {
		add(tally.Overdue, calendar.Overdue.Label(language))
	}
	add(tally.DueToday, calendar.DueToday.Label(language))
	add(tally.DueSoon, calendar.DueSoon.Label(language))
	add(tally.DoneLate, calendar.DoneLate.Label(language))
	add(tally.Unknown, calendar.Unknown.Label(language))
	if tally.Disputed > 0 {
		parts = append(parts, s.Words.T("%d in dispute", tally.Disputed))
	}
	return strings.Join(parts, ", ")
}

func (s statusText) units() {
	s.Out.Line("")
	overdue := s.Words.T("Overdue")
	if s.board.Ended() { // nothing is overdue any more, as the dashboard says too
		overdue = s.Words.T("Not done")
	}
	heads := []string{s.Words.T("Unit"), s.Words.T("Done"), s.Words.T("Doing"), s.Words.T("To do"), overdue,
		s.Words.T("Unit's report")}
	if !s.Plain {
		s.row(heads)
	}
	for i := range s.board.Units {
		row := &s.board.Units[i]
		name := lang.NameIn(&row.Unit, nameColumn)
		if row.Broken != nil {
			s.Out.Line(layout.Left(name, nameColumn) + "  " + s.Words.T("not known: the unit's file cannot be read"))
			continue
		}
		tally, report := row.Tally, row.Report.Status.Label(s.Words.Language)
		if row.ReportTimeliness == calendar.Disputed {
			report = calendar.Disputed.Label(s.Words.Language)
		}
		values := []string{name, fmt.Sprintf("%d/%d", tally.Done, tally.Applicable()), strconv.Itoa(tally.Doing),
			strconv.Itoa(tally.Todo), strconv.Itoa(tally.Overdue), report}
		if s.Plain {
			values[0] = row.Unit.Name
			s.Paragraph(s.labelled(heads, values))
		} else {
			s.row(values)
		}
	}
}

// row prints a unit, what it has done, is doing, has to do, is late with, and its report.
func (s statusText) row(values []string) {
	line := layout.Left(values[0], nameColumn) + layout.Right(values[1], doneColumn) +
		layout.Right(values[2], countColumn) + layout.Right(values[3], countColumn) +
		layout.Right(values[4], overdueColumn)
	if s.board.Campaign.Plan.Reporting.Asked() {
		line += "  " + values[5]
	}
	s.Out.Line(line)
}

// labelled is a row as a sentence: the unit, and then each value behind the head of its column.
func (s statusText) labelled(heads, values []string) string {
	last := len(values)
	if !s.board.Campaign.Plan.Reporting.Asked() {
		last--
	}
	said := make([]string, 0, last)
	for i := 1; i < last; i++ {
		said = append(said, heads[i]+" "+values[i])
	}
	return values[0] + ": " + strings.Join(said, "; ")
}

// disputes lists what there are two versions of, and which they are.
func (s statusText) disputes() {
	s.listed(s.Words.T("In dispute, for two people wrote at once; `tiendo resolve` keeps one:"), s.perUnit(s.disputesOf))
}

func (s statusText) disputesOf(row *model.UnitRow) []string {
	var items []string
	campaign := s.board.Campaign
	for _, subject := range campaign.Disputes(row.Unit.ID) {
		items = append(items, s.Words.SubjectName(campaign, subject)+": "+
			strings.Join(s.Words.Versions(campaign, subject, campaign.Value(row.Unit.ID, subject)), "; "))
	}
	return items
}

// late lists what needs somebody now, unit by unit.
func (s statusText) late() {
	title := s.Words.T("Overdue, due today or returned:")
	if s.board.Ended() {
		title = s.Words.T("Not done when the plan ended:")
	}
	s.listed(title, s.perUnit(s.lateOf))
}

// listed prints lines under a title, where there are any.
func (s statusText) listed(title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	s.Out.Line("")
	s.Paragraph(title)
	for _, line := range lines[:min(len(lines), maxLateLines)] {
		s.Out.Line(line)
	}
	if rest := len(lines) - maxLateLines; rest > 0 {
		s.Out.Line(s.Words.Count(rest, "  … and %d more line; `tiendo status --json` has them all",
			"  … and %d more lines; `tiendo status --json` has them all"))
	}
}

// perUnit lists some items of each unit that has any below its name.
func (s statusText) perUnit(of func(*model.UnitRow) []string) []string {
	var lines []string
	for i := range s.board.Units {
		row := &s.board.Units[i]
		items := of(row)
		if len(items) == 0 {
			continue
		}
		lines = append(lines, "  "+row.Unit.Name)
		for _, item := range items {
			lines = append(lines, hung("    - ", "      ", item, PageWidth-6)...)
		}
	}
	return lines
}

func (s statusText) lateOf(row *model.UnitRow) []string {
	var items []string
	for i, cell := range row.Cells {
		if cell.Late() {
			activity := &s.board.Activities[i].Activity
			items = append(items, activity.Title+": "+s.Words.Standing(s.board, cell, activity.Deadline))
		}
	}
	if row.ReportTimeliness != calendar.Disputed && row.Report.Status == model.Returned ||
		row.ReportTimeliness == calendar.Overdue || row.ReportTimeliness == calendar.DueToday {
		items = append(items, s.Words.T("report")+": "+s.reportStanding(row))
	}
	return items
}

// reportStanding says how a unit's report stands, with its day.
func (s statusText) reportStanding(row *model.UnitRow) string {
	report := row.Report
	said := s.Words.Report(report)
	switch row.ReportTimeliness {
	case calendar.Unknown:
		return s.Words.T("not known: the unit's file cannot be read")
	case calendar.Disputed:
		return s.Words.InDispute(1 + len(report.Others))
	case calendar.SentOnTime, calendar.SentLate:
		sent := calendar.DayIn(report.SubmittedAt, s.board.Campaign.Plan.TimeZone)
		return said + " · " + s.Words.T("sent on %s, %s", sent, row.ReportTimeliness)
	case calendar.SentUndated:
		return said + " · " + row.ReportTimeliness.Label(s.Words.Language)
	default:
	}
	if s.board.Ended() {
		return said
	}
	return said + ", " + s.Words.Left(report.Deadline(s.board.Reporting.Deadline), s.board.Today)
}

func (s statusText) problems() {
	s.problemsBeside(s.board.Campaign.Problems)
}
