package lang

import (
	"sort"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/agenda"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/duty"
)

// ToDo says what an item of an agenda is about, and how that stands. Of the person's own unit the name goes without
// saying.
func ToDo(w Words, item agenda.Item, person model.Person) (what, standing string) {
	unit := item.Unit()
	if unit == nil {
		return w.Count(item.Count, "%d change", "%d changes"), ""
	}
	what, own := unit.Unit.Name, unit.Unit.ID == person.Unit
	if at := item.Activity(); at >= 0 {
		activity := &item.Board.Activities[at].Activity
		what = activity.Title
		if !own {
			what = unit.Unit.ShortName() + ": " + what
		}
		return what, activityToDo(w, item, unit.Cells[at], activity)
	}
	switch item.Kind {
	case agenda.Unreadable:
		return what, w.T("its file cannot be read")
	case agenda.Accept:
		standing = w.T("report waits to be accepted")
		if at := unit.Report.SubmittedAt; !at.IsZero() {
			day := calendar.DayIn(at, item.Board.Campaign.Plan.TimeZone)
			standing = w.T("report sent on %s, to be accepted", w.ShortDay(day, item.Board.ImpliedYear()))
		}
		return what, standing
	case agenda.Chase, agenda.ChaseSoon:
		return what, chased(w, item, unit)
	case agenda.Returned:
		if item.Draft {
			standing = w.T("typed, but not saved")
		}
		return w.T("Report returned") + ofPeriod(w, item.Board) + ": " + oneLine(unit.Report.Reason), standing
	}
	what = w.T("Report") + ofPeriod(w, item.Board)
	if !own {
		what = unit.Unit.ShortName() + ": " + what
	}
	standing = ReportStanding(w, item.Board, unit)
	if item.Draft {
		standing = w.T("typed, but not saved") + " · " + standing
	}
	return what, standing
}

// ofPeriod names the period of a board behind what is said; "" in a plan without periods.
func ofPeriod(w Words, board *model.Board) string {
	if period := w.Period(board); period != "" {
		return " (" + period + ")"
	}
	return ""
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

func activityToDo(w Words, item agenda.Item, cell model.Cell, activity *model.Activity) string {
	lack := item.Finding
	switch {
	case item.Kind == agenda.Lacking && lack.Lack == model.LacksFigure:
		return w.T("no figure yet: %s", lack.Figure)
	case item.Kind == agenda.Lacking && lack.Lack == model.WrongFigure:
		return w.T("figure to be corrected: %s", lack.Figure)
	case item.Kind == agenda.Lacking && lack.Lack == model.LacksNote:
		return w.T("needs a note that explains it")
	}
	standing := ShortStanding(w, item.Board, cell, activity)
	if item.Draft {
		standing = w.T("typed, but not saved") + " · " + standing
	}
	return standing
}

// chased says what of another unit is late or due soon, and how often it was reminded.
func chased(w Words, item agenda.Item, unit *model.UnitRow) string {
	said := dueBy(w, item, false, func(left int) bool { return left < 0 })
	said = append(said, dueBy(w, item, len(said) > 0, func(left int) bool { return left >= 0 })...)
	switch last := w.ShortDay(unit.Deadline.LastDay(), item.Board.ImpliedYear()); {
	case item.Report && item.Board.Ended(): // nothing counts down any more
		said = append(said, w.T("report")+ofPeriod(w, item.Board)+": "+unit.Report.Status.Label(w.Language)+", "+
			w.T("due %s", last))
	case item.Report:
		said = append(said, w.T("report")+ofPeriod(w, item.Board)+" "+w.Left(unit.Deadline, item.Board.Today))
	}
	if n := len(unit.Reminders); n > 0 {
		said = append(said, w.Count(n, "reminded %d time", "reminded %d times"))
	}
	return strings.Join(said, " · ")
}

// dueBy counts the activities of an item with so many days left, with those that the first of them has; more of them,
// where others are named before.
func dueBy(w Words, item agenda.Item, more bool, counts func(left int) bool) []string {
	n, first := 0, calendar.Deadline{}
	for _, at := range item.Late {
		deadline := item.Board.Activities[at].Activity.Deadline
		if !counts(deadline.DaysLeft(item.Board.Today)) {
			continue
		}
		if n++; first.IsZero() || deadline.LastDay().Before(first.LastDay()) {
			first = deadline
		}
	}
	if n == 0 {
		return nil
	}
	left := w.Left(first, item.Board.Today)
	switch {
	case more:
		return []string{w.T("+%d: %s", n, left)}
	case first.DaysLeft(item.Board.Today) < 0:
		return []string{w.Count(n, "%d activity", "%d activities") + " " + left}
	}
	return []string{w.Count(n, "%d activity", "%d activities") + ": " + left}
}

// ShortStanding says how an activity stands where the detail beside it says the rest.
func ShortStanding(w Words, board *model.Board, cell model.Cell, activity *model.Activity) string {
	deadline := activity.Deadline
	open := cell.Assigned && (cell.Entry.Status == duty.Todo || cell.Entry.Status == duty.Doing)
	switch {
	case cell.Timeliness == calendar.Disputed:
		return w.T("two versions")
	case board.Ended() && cell.Late():
		return w.T("not done")
	case open && deadline.IsZero() && activity.When != "" && cell.Timeliness != calendar.Unknown:
		return activity.When // as printed
	case open && !board.Ended() && cell.Timeliness != calendar.Unknown:
		return w.Left(deadline, board.Today) // the sign says whether it is begun
	default:
		return w.Standing(board, cell, deadline)
	}
}

// ReportStanding says how the report of a unit stands: returned and why, or how long there is time; "" before the plan
// begins.
func ReportStanding(w Words, board *model.Board, unit *model.UnitRow) string {
	status := unit.Report.Status.Label(w.Language)
	switch {
	case unit.ReportTimeliness == calendar.Disputed:
		return w.InDispute(1 + len(unit.Report.Others))
	case unit.Report.Status == model.Returned && unit.Report.Reason != "":
		return status + ": " + oneLine(unit.Report.Reason)
	case !unit.Waiting():
		return status
	case board.Phase == calendar.Upcoming:
		return ""
	case board.Ended():
		return status
	default:
		return status + ", " + w.Left(unit.Deadline, board.Today)
	}
}

// ReportSentence says in a sentence how the report of a unit stands.
func ReportSentence(w Words, board *model.Board, unit *model.UnitRow) string {
	report := &unit.Report
	switch {
	case unit.ReportTimeliness == calendar.Disputed:
		return w.InDispute(1 + len(report.Others))
	case report.Status == model.Submitted && report.SubmittedAt.IsZero():
		return w.T("The report was sent and waits to be accepted.")
	case report.Status == model.Submitted:
		day := calendar.DayIn(report.SubmittedAt, board.Campaign.Plan.TimeZone)
		return w.T("The report was sent on %s and waits to be accepted.", w.ShortDay(day, board.ImpliedYear()))
	case report.Status == model.Accepted:
		return w.T("The report is accepted.")
	case report.Status == model.Returned:
		return strings.TrimSuffix(w.T("The report was returned: %s", oneLine(report.Reason)), ": ")
	}
	said := w.T("The report is not sent yet")
	if report.Status == model.Draft {
		said = w.T("The report is begun and not sent yet")
	}
	if unit.Waiting() && board.Phase != calendar.Upcoming && !board.Ended() {
		said += ": " + w.Left(unit.Deadline, board.Today)
	}
	return said + "."
}

// AgendaInShort counts an agenda: what is to be done now, and the rest, with the changes to look at as one thing.
func AgendaInShort(w Words, items []agenda.Item, changes bool) (now, rest string) {
	first := sort.Search(len(items), func(at int) bool { return items[at].Section > agenda.Late }) // they stand in order
	others := len(items) - first
	if changes {
		others++
	}
	if first > 0 {
		now = w.Count(first, "%d urgent thing", "%d urgent things")
	}
	if others > 0 {
		rest = w.Count(others, "%d thing later", "%d things later")
	}
	return now, rest
}

// Who says who a person is, the longest first: name, unit and role, at last the name by which people are called.
func Who(w Words, roster *model.Roster, person *model.Person) []string {
	role := person.Role.Label(w.Language)
	if roster.Person(person.ID) == nil {
		role = w.T("not on the roster")
	}
	name := person.Name
	given := name[strings.LastIndex(name, " ")+1:]
	unit := roster.Unit(person.Unit)
	if unit == nil {
		return []string{name + " · " + role, given + " · " + role, given}
	}
	return []string{name + " · " + unit.Name + " · " + role, name + " · " + unit.ShortName() + " · " + role,
		name + " · " + unit.ShortName(), given + " · " + unit.ShortName(), given}
}

// NothingToDo says that nothing is left, as far as that is true: of a unit only when its report has been sent, too.
func NothingToDo(w Words, board *model.Board, person model.Person) string {
	at := board.UnitIndex(person.Unit)
	switch {
	case board.Campaign.Unread > 0:
		return w.T("The records are being read.")
	case person.Role == model.Viewer:
		return w.T("You may look at everything here, and have nothing to fill in.")
	case at >= 0 && board.Units[at].Report.Sent():
		return w.T("Everything is done, and the report of your unit has been sent.")
	default:
		return w.T("Nothing waits for you now.")
	}
}
