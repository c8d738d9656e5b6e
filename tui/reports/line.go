package reports

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/choices"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/browse"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/layout"
)

// columns are the widths of a row: name, report, day of submission, bar, activities, figures.
type columns struct{ name, report, day, bar, done, figures int }

// order is the order of units of which the head of a column speaks: of the reports what is late first. Over the names
// and the figures it is "".
func (c columns) order(at int) string {
	at -= 3 + c.name
	switch {
	case at < 0:
		return ""
	case at < c.report:
		return choices.Late
	case at < c.report+c.day:
		return choices.Submission
	case at < c.report+c.day+c.bar+c.done:
		return choices.Done
	default:
		return ""
	}
}

// The report's column is at least usualReport wide where there is room, and leastReport elsewhere.
const (
	usualReport = 24
	leastReport = 15
)

// wholeReport is the width of a report's column in which the date of an extension and most reasons are read in full.
const wholeReport = 44

// wholeWidth is how wide a row is at most.
func wholeWidth(names *browse.Units) int {
	return 3 + names.Full + 1 + wholeReport + 9 + 9 + 6 + 9
}

// fit divides a width: what the longest full names do not need goes to the
// report; where that is too little, the longest short names have to do.
func fit(names *browse.Units, width int) columns {
	c := columns{day: 9, bar: 9, done: 6, figures: 9}
	if width < 84 {
		c.day, c.bar, c.figures = 7, 4, 8
	}
	if width < 66 { // the counts say more than the bar
		c.bar, c.figures = 0, 0
	}
	if width < 60 {
		c.day = 0
	}
	room := width - 3 - c.day - c.bar - c.done - c.figures
	switch {
	case room-names.Full > usualReport:
		c.name = names.Full + 1
	case room-names.Short > leastReport:
		c.name = max(names.Short+1, room-usualReport)
	default:
		c.name = max(room-leastReport, room/2)
	}
	c.report = room - c.name
	return c
}

// heightForBar is the height of the tab from which there is room for a bar.
const heightForBar = 12

// heightForBurnUp is the height from which there is room for the burn-up too.
const heightForBurnUp = 24

// rates are the figures of DOMAIN §3, each with its share, and how many reports of earlier periods are to come or to be
// accepted.
func rates(f *frame.Frame) []string {
	w, r := f.Words, f.Board.Reporting
	items := []string{
		w.T("sent %d of %d (%d%%)", r.Received, r.Expected, r.ReceivedPercent()),
		w.T("on time %d (%d%%)", r.OnTime, r.OnTimePercent()),
		w.T("accepted %d", r.Accepted),
	}
	items[0] = phrase.Capital(strings.TrimPrefix(w.Period(f.Board)+": "+items[0], ": "))
	if r.Deadline.IsZero() { // nothing is in time or late then
		items = slices.Delete(items, 1, 2)
	}
	waiting, submitted := 0, 0
	for _, period := range earlier(f.Board) {
		waiting, submitted = waiting+period.Waiting, submitted+period.Submitted
	}
	return append(items, lang.Counted([]lang.Count{
		{N: r.Returned, Words: w.T("returned %d", r.Returned)},
		{N: r.Nil, Words: w.T("nil reports %d", r.Nil)},
		{N: r.Disputed, Words: w.T("%d in dispute", r.Disputed)},
		{N: waiting, Words: w.T("earlier periods: %d to come", waiting)},
		{N: submitted, Words: w.T("earlier periods: %d to be accepted", submitted)},
	})...)
}

// summary is the rates and the bar.
func summary(f *frame.Frame, width int, withBar bool) []string {
	w, r := f.Words, f.Board.Reporting
	items := rates(f)
	deadline := w.T("deadline %s", w.ShortDay(r.Deadline.LastDay(), f.Board.ImpliedYear()))
	left := deadline + " · " + f.Left(r.Deadline)
	if r.Deadline.IsZero() {
		deadline = calendar.NoDeadline.Label(w.Language)
	}
	if f.Board.Ended() || r.Deadline.IsZero() {
		left = f.Left(r.Deadline)
	} else if !withBar { // the header of a small screen does not say it
		items = append(items, deadline)
	}
	lines := layout.Flow(items, " · ", width-2)
	for i := range lines {
		lines[i] = " " + lines[i]
	}
	if withBar && len(lines) == 1 && layout.Width(lines[0])+layout.Width(left)+2 <= width {
		lines[0] = layout.Ends(lines[0], left+" ", width)
	}
	if !withBar {
		return lines
	}
	bar := f.Bar(model.Tally{Assigned: r.Expected, Done: r.Accepted, Doing: r.Received - r.Accepted}, width-2)
	return append(lines, " "+bar)
}

// titles names the columns.
func titles(f *frame.Frame, c columns, width int) string {
	w := f.Words
	words := layout.Blank(3) + layout.Left(browse.UnitHead(f), c.name-1) + " " + layout.Left(w.T("Report"), c.report) +
		layout.Left(w.T("Sent"), c.day) + layout.Right(w.T("Tasks"), c.bar+c.done) + layout.Right(w.T("Figures"), c.figures)
	return f.Styles.Muted.Render(layout.Cut(words, width))
}

func line(f *frame.Frame, c columns, unit model.UnitRow, current bool) string {
	w := f.Words
	sign, style := f.Signs.Report(f.Styles, unit, f.Board.Phase)
	if unit.Broken != nil && !unit.Unread() || unit.Stale != nil {
		sign, style = f.Signs.Problem, f.Styles.Warning
	}
	name := browse.Titled(f, layout.Left(lang.NameIn(&unit.Unit, c.name-1), c.name-1)+" ", current)
	mark := browse.Margin(f, current, f.Units.Has(unit.Unit.ID))
	sent := "—"
	if unit.Report.Every(model.Report.Sent) && !unit.Report.SubmittedAt.IsZero() {
		sent = w.ShortDay(calendar.DayIn(unit.Report.SubmittedAt, f.Board.Campaign.Plan.TimeZone), f.Board.ImpliedYear())
		if unit.ReportTimeliness == calendar.SentLate {
			sent += " " + f.Signs.DoneLate
		}
	}
	bar := layout.Blank(c.bar)
	if c.bar > 0 && !unit.Unread() {
		bar = layout.Blank(1) + f.Bar(unit.Tally, c.bar-1)
	}
	room := c.report - 1 - layout.Width(sign+" ")
	report := style.Render(sign) + " " + f.Colour(style, layout.Left(standing(f, unit, room), room)) + " "
	done := fmt.Sprintf("%d/%d", unit.Tally.Done, unit.Tally.Applicable())
	switch {
	case unit.Unread():
		sent, done = "", f.Signs.Unread
	case unit.Broken != nil:
		done = f.Signs.Unknown
	}
	return mark + name + report + layout.Left(sent, c.day) + bar + layout.Right(done, c.done) +
		layout.Right(rightOrNothing(unit, c), c.figures)
}

func rightOrNothing(unit model.UnitRow, c columns) string {
	if c.figures == 0 || unit.Broken != nil {
		return ""
	}
	if unit.Figures.Asked == 0 { // nothing is asked for
		return "–"
	}
	return strconv.Itoa(unit.Figures.Given) + "/" + strconv.Itoa(unit.Figures.Asked)
}

// standing says how a unit's report stands, in words for so much room.
func standing(f *frame.Frame, unit model.UnitRow, room int) string {
	w := f.Words
	words := unit.Report.Status.Label(w.Language)
	switch {
	case unit.Unread():
		return unit.ReportTimeliness.Label(w.Language)
	case unit.Broken != nil:
		return w.T("not known: the unit's file cannot be read")
	case unit.ReportTimeliness == calendar.Disputed:
		if both := w.InDispute(1 + len(unit.Report.Others)); layout.Width(both) <= room {
			return both
		}
		return w.T("two versions")
	case unit.Report.Status == model.Returned && unit.Report.Reason != "":
		return words + ": " + strings.Join(strings.Fields(unit.Report.Reason), " ")
	case unit.Report.Sent() && unit.Report.Nil:
		return w.T("nil report") // the sign says whether it is accepted
	case unit.Report.Sent():
		return words
	case !unit.Expected, unit.ReportTimeliness == calendar.DueToday:
		return unit.ReportTimeliness.Label(w.Language) // that it is not sent goes without saying
	case unit.ReportTimeliness == calendar.Overdue:
		overdue := unit.ReportTimeliness.Label(w.Language)
		if both := words + ", " + overdue; layout.Width(both) <= room {
			return both
		}
		return overdue
	case !unit.Report.ExtendedUntil.IsZero():
		return extension(f, words, unit.Report.ExtendedUntil, room)
	default:
		return words
	}
}

// extension says until when there is time: that it is not sent goes without saying where there is little room.
func extension(f *frame.Frame, words string, until calendar.Day, room int) string {
	extended := f.Words.T("extended until %s", f.Words.ShortDay(until, f.Board.ImpliedYear()))
	if both := words + ", " + extended; layout.Width(both) <= room {
		return both
	}
	return extended
}

// officeLine is a row of the Office's part.
func officeLine(f *frame.Frame, id string, current bool, width int) string {
	w := f.Words
	name, said, style := w.T("Summary: rates, who is late, reminders"), "", f.Styles.Accent
	if text, is := strings.CutPrefix(id, textRow); is {
		words := f.Board.Campaign.Office.Texts[model.OfficeText(text)]
		sign := f.Signs.Todo
		said = w.T("not yet written")
		if words != "" {
			sign, said = f.Signs.Done, "“"+strings.Join(strings.Fields(words), " ")+"”"
		}
		name, style = sign+" "+model.OfficeText(text).Label(w.Language), f.Styles.Plain
	}
	if current {
		style = f.Styles.Title
	}
	line := browse.Margin(f, current, false) + style.Render(name)
	if said != "" {
		line += " · " + f.Styles.Muted.Render(layout.Cut(said, width-layout.Width(line)-3))
	}
	return line
}
