package activities

import (
	"strconv"

	"example.org/tiendo/model"
	"example.org/tiendo/tui/browse"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/layout"
)

// itemRows lists the activities assigned to the unit that the filters let
// through, each section under its heading (a row without an id), with the index of each activity.
func (t *Tab) itemRows(f *frame.Frame) ([]browse.Row, []int) {
	unit, ok := t.unit(f)
	if !ok {
		return nil, nil
	}
	var rows []browse.Row
	var activities []int
	var section model.Section
	for i, cell := range unit.Cells {
		activity := f.Board.Activities[i].Activity
		if !cell.Assigned || !showsCell(f, cell) || !f.Query.Match(t.fold(f).activities[i]) {
			continue
		}
		if activity.Section != section {
			section = activity.Section
			rows, activities = append(rows, browse.Row{}), append(activities, i)
		}
		rows, activities = append(rows, browse.Row{ID: activity.ID}), append(activities, i)
	}
	return rows, activities
}

func showsCell(f *frame.Frame, cell model.Cell) bool {
	switch f.Show {
	case frame.ShowOpen:
		return cell.Entry.Status == model.Todo || cell.Entry.Status == model.Doing
	case frame.ShowLate:
		return cell.Late()
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
			if rows[row].ID == "" {
				return "   " + f.Styles.Muted.Render(sectionName(f, f.Board.Activities[activities[row]].Activity.Section))
			}
			return t.checklistLine(f, unit, activities[row], current, width)
		},
		Detail: func(width int) (string, []string) {
			_, at, ok := t.cell(f)
			if !ok {
				return "", nil
			}
			return detail(f, unit, at, width)
		},
		Empty: empty(f),
	}, width, height)
}

// checklistHead greets the staff of the unit and says what is left to do.
func checklistHead(f *frame.Frame, unit model.UnitRow, width int) []string {
	w := f.Words
	left := w.Count(unit.Tally.Open(), "%d thing to do", "%d things to do")
	switch {
	case unit.Broken != nil:
		left = f.Styles.Warning.Render(w.T("not known: the unit's file is broken"))
	case unit.Tally.Open() == 0:
		left = w.T("everything is done")
	case f.Board.Ended():
		left = w.Count(unit.Tally.Open(), "%d thing was not done", "%d things were not done")
	case unit.Tally.Overdue > 0:
		left += ", " + f.Styles.Late.Render(w.T("%d overdue", unit.Tally.Overdue))
	}
	if unit.Stale != nil {
		left = f.Styles.Warning.Render(f.Signs.Problem + " " + w.T("the file cannot be read now; this is what it said last"))
	}
	hello := ""
	if f.MyUnit(unit.Unit.ID) && f.Person.ID != "" {
		hello = " · " + w.T("hello %s", f.Person.Name)
	}
	name := unit.Unit.Name
	if 1+layout.Width(name+hello)+1+layout.Width(left)+1 > width {
		name = unit.Unit.ShortName()
	}
	return []string{layout.Ends(" "+f.Styles.Title.Render(name)+hello, left+" ", width)}
}

// shortStanding leaves the room of a line to the title; the detail says the rest.
func shortStanding(f *frame.Frame, cell model.Cell, deadline model.Deadline) string {
	open := cell.Assigned && (cell.Entry.Status == model.Todo || cell.Entry.Status == model.Doing)
	switch {
	case f.Board.Ended() && cell.Late():
		return f.Words.T("not done")
	case open && !f.Board.Ended() && cell.Timeliness != model.Unknown:
		return f.Words.Left(deadline.DaysLeft(f.Board.Today)) // the sign says whether it is begun
	default:
		return f.Words.Standing(f.Board, cell, deadline)
	}
}

func (t *Tab) checklistLine(f *frame.Frame, unit model.UnitRow, at int, current bool, width int) string {
	cell := unit.Cells[at]
	activity := f.Board.Activities[at].Activity
	sign, style := f.Signs.Cell(f.Styles, cell, f.Board.Phase)
	if f.Changes.Busy(unit.Unit.ID, model.Subject{Kind: model.SubjectActivity, ID: activity.ID}) {
		sign, style = "~", f.Styles.Muted
	}
	standing := shortStanding(f, cell, activity.Deadline)
	number := layout.Right(strconv.Itoa(at+1), 2)
	title := layout.Left(activity.Title, width-11-layout.Width(standing))
	mark := layout.Blank(margin)
	if current {
		mark, title = " "+f.Styles.Accent.Render(f.Signs.Cursor)+" ", f.Styles.Title.Render(title)
	}
	return mark + style.Render(sign) + " " + number + "  " + title + " " + style.Render(standing)
}
