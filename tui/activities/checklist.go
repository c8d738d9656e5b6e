package activities

import (
	"strconv"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/browse"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/layout"
)

// reportRow is the row of the unit's report, below its activities. No id of an activity begins so.
const reportRow = "=report"

// itemRows lists the activities assigned to the unit that the filters let through, each section under its heading (a
// row without an id), with the index of each activity, and the report, whose index is -1.
func (t *Tab) itemRows(f *frame.Frame) ([]browse.Row, []int) {
	unit, ok := t.unit(f)
	if !ok {
		return nil, nil
	}
	var rows []browse.Row
	var activities []int
	last := -1
	for i, cell := range unit.Cells {
		activity := f.Board.Activities[i].Activity
		found := f.Query.Match(t.fold(f).activities[i]) ||
			f.Query.Match(written(f.Board)[f.Board.UnitIndex(unit.Unit.ID)][i])
		if !cell.Shown() || !showsCell(f, unit, i) || !found {
			continue
		}
		if last < 0 || !activity.SameSection(&f.Board.Activities[last].Activity) {
			rows, activities = append(rows, browse.Row{}), append(activities, i)
		}
		last = i
		rows, activities = append(rows, browse.Row{ID: activity.ID}), append(activities, i)
	}
	if showsReport(f, unit) {
		rows, activities = append(rows, browse.Row{ID: reportRow}), append(activities, -1)
	}
	return rows, activities
}

// showsReport reports whether the unit's report is among what the filters let through.
func showsReport(f *frame.Frame, unit model.UnitRow) bool {
	if !f.Query.Empty() || unit.Broken != nil || !unit.Expected && !unit.Report.Sent() {
		return false
	}
	switch f.Show {
	case frame.ShowOpen:
		return unit.Report.Status != model.Accepted || unit.ReportTimeliness == calendar.Disputed
	case frame.ShowLate:
		return f.ReportLate(unit)
	default:
		return true
	}
}

func showsCell(f *frame.Frame, unit model.UnitRow, at int) bool {
	cell := unit.Cells[at]
	disputed := cell.Timeliness == calendar.Disputed
	switch f.Show {
	case frame.ShowOpen:
		return disputed || cell.Assigned && (cell.Entry.Status == model.Todo || cell.Entry.Status == model.Doing)
	case frame.ShowLate:
		return cell.Late() || disputed && f.Decides(unit.Unit.ID,
			model.Subject{Kind: model.SubjectActivity, ID: f.Board.Activities[at].Activity.ID})
	default:
		return true
	}
}

func (t *Tab) viewChecklist(f *frame.Frame, width, height int) string {
	unit, ok := t.unit(f)
	rows, activities := t.itemRows(f)
	if !ok {
		return t.items.View(f, browse.Content{Empty: empty(f)}, width, height)
	}
	return t.items.View(f, browse.Content{
		Above: checklistHead(f, unit, width),
		Rows:  rows,
		Line: func(row int, current bool, width int) string {
			if rows[row].ID == reportRow {
				return reportLine(f, unit, current, width)
			}
			if rows[row].ID == "" {
				return "   " + f.Styles.Muted.Render(layout.Cut(f.Words.Section(&f.Board.Campaign.Plan,
					&f.Board.Activities[activities[row]].Activity), width-3))
			}
			return t.checklistLine(f, unit, activities[row], current, width)
		},
		Detail: func(width int) (string, []string) {
			_, at, ok := t.cell(f)
			switch {
			case t.items.Current() == reportRow:
				return reportDetail(f, f.Board, unit, width)
			case !ok:
				return "", nil
			}
			return detail(f, unit, at, width)
		},
		Under: under(t, f),
		Empty: empty(f),
	}, width, height)
}

// checklistHead greets the staff of the unit and says what is left to do.
func checklistHead(f *frame.Frame, unit model.UnitRow, width int) []string {
	w := f.Words
	inDispute := w.T("%d in dispute", unit.Tally.Disputed)
	if width < 60 {
		inDispute = f.Signs.Disputed + strconv.Itoa(unit.Tally.Disputed)
	}
	left := w.Count(unit.Tally.Open(), "%d activity to do", "%d activities to do")
	switch {
	case unit.Unread():
		left = f.Styles.Muted.Render(calendar.Unread.Label(w.Language))
	case unit.Broken != nil:
		left = f.Styles.Warning.Render(w.T("not known: the unit's file cannot be read"))
	case unit.Tally.Open() == 0 && unit.Tally.Disputed > 0:
		left = f.Styles.Late.Render(inDispute)
	case unit.Tally.Open() == 0 && unit.ReportTimeliness == calendar.Disputed:
		left = f.Styles.Late.Render(w.T("the report has two versions"))
	case unit.Tally.Open() == 0 && unit.Waiting():
		left = w.T("every activity is done")
	case unit.Tally.Open() == 0:
		left = w.T("everything is done")
	case f.Board.Ended():
		left = w.Count(unit.Tally.Open(), "%d thing was not done", "%d things were not done")
	case unit.Tally.Overdue > 0:
		left += ", " + f.Styles.Late.Render(w.T("%d overdue", unit.Tally.Overdue))
	}
	if unit.Tally.Open() > 0 && unit.Tally.Disputed > 0 {
		left += ", " + f.Styles.Late.Render(inDispute)
	}
	if unit.Stale != nil {
		left = f.Styles.Warning.Render(f.Signs.Problem + " " + w.T("the file cannot be read now; this is what it said last"))
	}
	hello := ""
	if f.MyUnit(unit.Unit.ID) && f.Person.ID != "" {
		hello = " · " + w.T("hello %s", f.Person.Name)
	}
	name := lang.NameIn(&unit.Unit, width-layout.Width(hello)-layout.Width(left)-3)
	lines := []string{layout.Ends(" "+f.Styles.Title.Render(name)+hello, left+" ", width)}
	if words := lang.ReportStanding(f.Words, f.Board, &unit); words != "" && unit.Waiting() {
		sign, style := f.Signs.Report(f.Styles, unit, f.Board.Phase)
		if unit.Report.Status == model.Returned || f.ReportLate(unit) {
			style = f.Styles.Late
		}
		way := " · " + f.Words.T("press %s", f.Keys.Tabs[reportsTab].Help().Key)
		said := layout.Cut(f.Words.T("Report")+" "+words, width-4-layout.Width(way))
		lines = append(lines, " "+style.Render(sign)+" "+f.Colour(style, said)+way)
	}
	return lines
}

// reportsTab is the place of the tab of reporting among the tabs.
const reportsTab = 3

func reportLine(f *frame.Frame, unit model.UnitRow, current bool, width int) string {
	sign, style := f.Signs.Report(f.Styles, unit, f.Board.Phase)
	title := f.Words.T("Report")
	standing := layout.Cut(lang.ReportStanding(f.Words, f.Board, &unit), width-12-layout.Width(title))
	if unit.Waiting() && f.ReportLate(unit) {
		style = f.Styles.Late
	}
	title = layout.Left(title, width-11-layout.Width(standing))
	return browse.Margin(f, current, false) + style.Render(sign) + "     " + browse.Titled(f, title, current) + " " +
		f.Colour(style, standing)
}

// reportDetail says how the report stands, and which key leads to it.
func reportDetail(f *frame.Frame, board *model.Board, unit model.UnitRow, width int) (title string, lines []string) {
	title = f.Words.T("Report of %s", unit.Unit.Name)
	if period := f.Words.Period(board); period != "" {
		title += " · " + period
	}
	lines = layout.Wrap(phrase.Capital(lang.ReportSentence(f.Words, board, &unit)), width)
	if unit.Waiting() && !unit.Deadline.IsZero() { // that there is none has been said
		lines = append(lines, f.Words.T("Deadline: %s", f.Words.LongDay(unit.Deadline.LastDay())))
	}
	if unit.ReportTimeliness == calendar.Disputed {
		return title, append(lines, f.Versions(unit.Unit.ID, board.ReportSubject(), width)...)
	}
	lines = append(lines, f.Styles.Muted.Render(f.Words.T("Enter goes to the report, on tab 4")))
	return title, lines
}

// mostUrgent is the activity on which the cursor begins: the first that is late, else the first that is open, else the
// report; "" where there is nothing to do.
func mostUrgent(f *frame.Frame, unit model.UnitRow) string {
	open := ""
	for i, cell := range unit.Cells {
		id := f.Board.Activities[i].Activity.ID
		switch {
		case !cell.Assigned:
		case cell.Late():
			return id
		case cell.Timeliness != calendar.Disputed && cell.Entry.Status != model.Todo && cell.Entry.Status != model.Doing:
		case open == "":
			open = id
		}
	}
	if open == "" && unit.Waiting() {
		return reportRow
	}
	return open
}

func (t *Tab) checklistLine(f *frame.Frame, unit model.UnitRow, at int, current bool, width int) string {
	cell := unit.Cells[at]
	activity := f.Board.Activities[at].Activity
	sign, style := f.Signs.Cell(f.Styles, cell, f.Board.Phase)
	if f.Changes.Busy(unit.Unit.ID, model.Subject{Kind: model.SubjectActivity, ID: activity.ID}) {
		sign, style = "~", f.Styles.Muted
	}
	standing := layout.Cut(lang.ShortStanding(f.Words, f.Board, cell, &activity), width/2)
	number := layout.Right(strconv.Itoa(at+1), 2)
	title := layout.Left(activity.Title, width-11-layout.Width(standing))
	mark := browse.Margin(f, current, t.marksOf == unit.Unit.ID && f.Entries.Has(activity.ID))
	return mark + style.Render(sign) + " " + number + "  " + browse.Titled(f, title, current) + " " +
		f.Colour(style, standing)
}
