package lang

import "example.org/tiendo/model"

// Standing says how a cell stands, in words and with its day.
func (w Words) Standing(board *model.Board, cell model.Cell, deadline model.Deadline) string {
	status, left := w.standing(board, cell, deadline)
	return status + left
}

// StandingBy says how a cell stands and who has brought it there.
func (w Words) StandingBy(board *model.Board, cell model.Cell, deadline model.Deadline) string {
	status, left := w.standing(board, cell, deadline)
	if cell.Entry.By != "" && cell.Entry.Status != model.Todo && cell.Timeliness != model.Unknown {
		status += " (" + board.Campaign.Roster.PersonName(cell.Entry.By) + ")"
	}
	return status + left
}

// standing is the status of a cell with its day, and, while it is open, how many days are left.
func (w Words) standing(board *model.Board, cell model.Cell, deadline model.Deadline) (status, left string) {
	zone, today := board.Campaign.Plan.TimeZone, board.Today
	entry := cell.Entry
	since := w.ShortDay(model.DayIn(entry.At, zone), board.ImpliedYear())
	switch {
	case !cell.Assigned:
		return w.T("not assigned"), ""
	case cell.Timeliness == model.Unknown:
		return w.T("not known: the unit's file cannot be read"), ""
	case cell.Timeliness == model.DoneLate:
		return w.T("done late, %s", since), ""
	case entry.Status == model.Done && entry.At.IsZero():
		return w.T("done, day not known"), ""
	case entry.Status == model.Done:
		return w.T("done %s", since), ""
	case entry.Status == model.NA:
		return entry.Status.Label(w.Language), ""
	case cell.Timeliness == model.Overdue && board.Ended() && entry.Status == model.Doing:
		return w.open(board, entry), ", " + w.T("not done when the plan ended")
	case cell.Timeliness == model.Overdue && board.Ended():
		return w.T("not done when the plan ended"), ""
	case deadline.IsZero() || board.Ended():
		return w.open(board, entry), ""
	default:
		return w.open(board, entry), ", " + w.Left(deadline.DaysLeft(today))
	}
}

// open says since when something is in progress; what is not started says nothing more.
func (w Words) open(board *model.Board, entry model.Entry) string {
	if entry.Status != model.Doing || entry.At.IsZero() {
		return entry.Status.Label(w.Language)
	}
	return w.T("in progress since %s", w.ShortDay(model.DayIn(entry.At, board.Campaign.Plan.TimeZone), board.ImpliedYear()))
}
