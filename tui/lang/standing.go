package lang

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
)

// Standing says how a cell stands, in words and with its day.
func (w Words) Standing(board *model.Board, cell model.Cell, deadline calendar.Deadline) string {
	status, left := w.standing(board, cell, deadline)
	return status + left
}

// StandingBy says how a cell stands and who has brought it there.
func (w Words) StandingBy(board *model.Board, cell model.Cell, deadline calendar.Deadline) string {
	status, left := w.standing(board, cell, deadline)
	known := cell.Assigned && cell.Timeliness != calendar.Unknown && cell.Timeliness != calendar.Unread &&
		cell.Timeliness != calendar.Disputed
	if cell.Entry.By != "" && cell.Entry.Status != model.Todo && known {
		status += " (" + board.Campaign.Roster.PersonName(cell.Entry.By) + ")"
	}
	return status + left
}

// Duty says who leads and who supports an activity; nothing where nobody leads or supports.
func (w Words) Duty(roster *model.Roster, activity *model.Activity) []string {
	leads, support := roster.Names(activity.Leads), roster.Names(activity.Support)
	switch {
	case leads == "" && support == "":
		return nil
	case leads == "":
		return []string{w.T("In support: %s", support)}
	case support != "":
		return []string{w.T("Lead: %s", leads), w.T("In support: %s", support)}
	case activity.Support == nil && len(activity.Assigned) > 0:
		return []string{w.T("Lead: %s; the other units assigned support it", leads)}
	}
	return []string{w.T("Lead: %s", leads)}
}

// Tasks counts the activities, each once, as offices do; what there is none of is left out.
func (w Words) Tasks(board *model.Board) string {
	tasks := board.Tasks
	overdue := calendar.Overdue.Label(w.Language)
	if board.Ended() {
		overdue = w.T("not done when the plan ended")
	}
	behind := func(words string, n int) Count { return Count{n, words + " " + strconv.Itoa(n)} }
	said := append([]string{w.T("done %d of %d", tasks.Done(), tasks.Total)}, Counted([]Count{
		behind(calendar.DoneLate.Label(w.Language), tasks.DoneLate), behind(model.Doing.Label(w.Language), tasks.Doing),
		behind(model.Todo.Label(w.Language), tasks.Todo), behind(overdue, tasks.Overdue),
	})...)
	return w.T("Tasks: %s", strings.Join(said, ", "))
}

// InDispute says that there are several versions, and that nobody has decided.
func (w Words) InDispute(versions int) string {
	if versions == 2 {
		return w.T("in dispute: two versions")
	}
	return w.T("in dispute: %d versions", versions)
}

// Versions says what each of several versions says, and who has written it.
func (w Words) Versions(campaign *model.Campaign, subject model.Subject, value model.Value) []string {
	sides := review.Versions(value)
	said := make([]string, len(sides))
	for i, side := range sides {
		who := w.whose(campaign, side.By)
		if !side.At.IsZero() {
			who += " (" + w.When(side.At, calendar.Day{}, campaign.Plan.TimeZone) + ")"
		}
		said[i] = who + ": " + w.ownWords(campaign, subject, value, side.Value)
	}
	return said
}

// ownWords says a version, or what was made of all of them: the status of an entry, and what they do not all say alike.
func (w Words) ownWords(campaign *model.Campaign, subject model.Subject, all, one model.Value) string {
	if report, is := one.(model.Report); is {
		return cmp.Or(w.reportVersion(model.As[model.Report](all), report), w.Report(report))
	}
	return w.entry(campaign.Plan.Activity(subject.ID), apart(model.As[model.Entry](all), model.As[model.Entry](one)))
}

// apart is an entry with its status and what it says otherwise than one of some versions.
func apart(all, one model.Entry) model.Entry {
	versions := append([]model.Entry{all}, all.Others...)
	differ := func(same func(a, b model.Entry) bool) bool {
		return slices.ContainsFunc(versions, func(other model.Entry) bool { return !same(one, other) })
	}
	if !differ(func(a, b model.Entry) bool { return a.Note == b.Note }) {
		one.Note = ""
	}
	if !differ(func(a, b model.Entry) bool { return slices.Equal(a.Evidence, b.Evidence) }) {
		one.Evidence = nil
	}
	figures := one.Figures
	one.Figures = map[string]float64{}
	for id, figure := range figures {
		if slices.ContainsFunc(versions, func(other model.Entry) bool {
			theirs, given := other.Figures[id]
			return !given || theirs != figure
		}) {
			one.Figures[id] = figure
		}
	}
	return one
}

// standing is the status of a cell with its day, and, while it is open, how many days are left.
func (w Words) standing(board *model.Board, cell model.Cell, deadline calendar.Deadline) (status, left string) {
	zone, today := board.Campaign.Plan.TimeZone, board.Today
	entry := cell.Entry
	since := w.ShortDay(calendar.DayIn(entry.At, zone), board.ImpliedYear())
	switch {
	case !cell.Shown():
		return w.T("not assigned"), ""
	case cell.Timeliness == calendar.Unread:
		return cell.Timeliness.Label(w.Language), ""
	case cell.Timeliness == calendar.Unknown:
		return w.T("not known: the unit's file cannot be read"), ""
	case cell.Timeliness == calendar.Disputed:
		return w.InDispute(1 + len(entry.Others)), ""
	case cell.Timeliness == calendar.Supports && entry.Status == model.Todo:
		return cell.Timeliness.Label(w.Language), ""
	case cell.Timeliness == calendar.Supports:
		return cell.Timeliness.Label(w.Language), " (" + w.T("%s, which counts nowhere", entry.Status) + ")"
	case cell.Timeliness == calendar.DoneLate:
		return w.T("done late, %s", since), ""
	case entry.Status == model.Done && entry.At.IsZero():
		return w.T("done, day not known"), ""
	case entry.Status == model.Done:
		return w.T("done %s", since), ""
	case entry.Status == model.NA:
		return entry.Status.Label(w.Language), ""
	case cell.Timeliness == calendar.Overdue && board.Ended() && entry.Status == model.Doing:
		return w.open(board, entry), ", " + w.T("not done when the plan ended")
	case cell.Timeliness == calendar.Overdue && board.Ended():
		return w.T("not done when the plan ended"), ""
	case board.Ended():
		return w.open(board, entry), ""
	default:
		return w.open(board, entry), ", " + w.Left(deadline, today)
	}
}

// open says since when something is in progress; what is not started says nothing more.
func (w Words) open(board *model.Board, entry model.Entry) string {
	if entry.Status != model.Doing || entry.At.IsZero() {
		return entry.Status.Label(w.Language)
	}
	return w.T("in progress since %s", w.ShortDay(calendar.DayIn(entry.At, board.Campaign.Plan.TimeZone),
		board.ImpliedYear()))
}

// Deadline says the last acceptable day and, where the plan says "before", names the day that is too late.
func Deadline(w Words, activity *model.Activity) string {
	d, said := activity.Deadline, []string{}
	if activity.When != "" {
		said = append(said, w.T("Time: %s", activity.When))
	}
	if !activity.From.IsZero() {
		said = append(said, w.T("from %s", w.LongDay(activity.From)))
	}
	if d.IsZero() {
		said = append(said, w.T("Deadline: %s", calendar.NoDeadline.Label(w.Language)))
		return phrase.Capital(strings.Join(said, " · "))
	}
	words := w.T("Deadline: %s", w.LongDay(d.LastDay()))
	if d.Excluded {
		words += " (" + w.T("before %s", d.Day) + ")"
	}
	if moved := d.Written(); moved != d.LastDay() {
		words += "; " + w.T("%s is a day off", w.LongDay(moved))
	}
	return phrase.Capital(strings.Join(append(said, words), " · "))
}

// Counts says how far activities are together; what there is none of goes without saying.
func Counts(w Words, tally model.Tally) string {
	return strings.Join(append([]string{w.T("done %d of %d", tally.Done, tally.Applicable())}, Counted([]Count{
		{tally.Doing, w.T("paper::%d in progress", tally.Doing)}, {tally.NA, w.T("%d not applicable", tally.NA)},
		{tally.Disputed, w.T("%d in dispute", tally.Disputed)},
	})...), ", ")
}

// Count is a number, and the words that say it.
type Count struct {
	N     int
	Words string
}

// Counted are the words of some counts without those that are nought.
func Counted(counts []Count) []string {
	var said []string
	for _, count := range counts {
		if count.N > 0 {
			said = append(said, count.Words)
		}
	}
	return said
}
