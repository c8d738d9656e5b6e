package browse

import (
	"cmp"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/choices"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/lang"
)

// NextOrder goes on to the next order of the lists of units, and names it.
func NextOrder(f *frame.Frame) tea.Cmd {
	orders := choices.Orders()
	return SortBy(f, orders[(max(slices.Index(orders, f.Sort), 0)+1)%len(orders)])
}

// SortBy puts the lists of units into an order of choices.Orders, names it and lets it be kept.
func SortBy(f *frame.Frame, by string) tea.Cmd {
	f.Sort = by
	return tea.Batch(frame.Notice(event.Info, f.Words.T("sorted: %s", OrderName(f.Words, by))),
		func() tea.Msg { return event.Chosen{Key: choices.Sort, Value: by} })
}

// SortByHead puts the lists of units into another order where the head of a column was clicked since it was asked last:
// into the one that over names for the column, or back into that of the roster; where over names none, into the next.
func (b *Browser) SortByHead(f *frame.Frame, over func(column int) string) tea.Cmd {
	column, clicked := b.HeadClicked()
	if !clicked {
		return nil
	}
	switch by := over(column); by {
	case "":
		return NextOrder(f)
	case f.Sort:
		return SortBy(f, choices.Roster)
	default:
		return SortBy(f, by)
	}
}

// OrderName is an order in words.
func OrderName(w lang.Words, by string) string {
	return map[string]string{
		"": w.T("as on the roster"), choices.Roster: w.T("as on the roster"), choices.Late: w.T("late first"),
		choices.Done: w.T("least done first"), choices.Submission: w.T("by day of submission"),
	}[by]
}

// UnitHead is the head of the column of units, with how many are marked, or the order where it is not that of the
// roster.
func UnitHead(f *frame.Frame) string {
	if f.Units.Any() {
		return f.Words.T("Unit") + " · " + f.Words.Count(f.Units.Len(), "%d marked", "%d marked")
	}
	if f.Sort == "" || f.Sort == choices.Roster {
		return f.Words.T("Unit")
	}
	return f.Words.T("Unit") + " · " + OrderName(f.Words, f.Sort)
}

// order is how two units stand to each other; nil where they stand as on the roster. What compares equal does so too,
// and what is not known stands last.
func order(by string, late func(a, b *model.UnitRow) int) func(a, b *model.UnitRow) int {
	var compare func(a, b *model.UnitRow) int
	switch by {
	case choices.Late:
		compare = late
	case choices.Done:
		compare = lessDone
	case choices.Submission:
		compare = sentEarlier
	default:
		return nil
	}
	return func(a, b *model.UnitRow) int { return cmp.Or(trueLast(a.Unread(), b.Unread()), compare(a, b)) }
}

// trueLast puts what holds behind what does not.
func trueLast(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	default:
		return -1
	}
}

// lessDone puts the unit first that has the smaller share of its activities done; one that has none last.
func lessDone(a, b *model.UnitRow) int {
	of, other := a.Tally.Applicable(), b.Tally.Applicable()
	return cmp.Or(trueLast(of <= 0, other <= 0), cmp.Compare(a.Tally.Done*other, b.Tally.Done*of))
}

// sentEarlier puts the unit first whose report was sent first.
func sentEarlier(a, b *model.UnitRow) int {
	sent := func(unit *model.UnitRow) bool {
		return unit.Report.Every(model.Report.Sent) && !unit.Report.SubmittedAt.IsZero()
	}
	if !sent(a) || !sent(b) {
		return trueLast(!sent(a), !sent(b))
	}
	return a.Report.SubmittedAt.Compare(b.Report.SubmittedAt)
}

// MoreLate puts the unit first that has more activities overdue, then more that are due today. A record that cannot be
// read is looked at before all.
func MoreLate(a, b *model.UnitRow) int {
	return cmp.Or(trueLast(a.Broken == nil, b.Broken == nil), cmp.Compare(b.Tally.Overdue, a.Tally.Overdue),
		cmp.Compare(b.Tally.DueToday, a.Tally.DueToday))
}

// ReportFirst puts the unit first whose report needs somebody sooner; of two overdue, the one whose deadline was
// earlier.
func ReportFirst(f *frame.Frame, a, b *model.UnitRow) int {
	return cmp.Or(cmp.Compare(urgency(f, a), urgency(f, b)), sooner(a, b))
}

// urgency is how soon a unit's report needs somebody, 0 for at once.
func urgency(f *frame.Frame, unit *model.UnitRow) int {
	const atOnce, today, attention, soon, later, never = 0, 1, 2, 3, 4, 5
	switch {
	case unit.Broken != nil, unit.Report.Status == model.Returned,
		unit.Waiting() && unit.ReportTimeliness == calendar.Overdue:
		return atOnce
	case unit.Waiting() && unit.ReportTimeliness == calendar.DueToday:
		return today
	case f.ReportLate(*unit):
		return attention
	case unit.Waiting() && unit.ReportTimeliness == calendar.DueSoon:
		return soon
	case unit.Waiting():
		return later
	default:
		return never
	}
}

// sooner compares the deadlines of two reports that are awaited.
func sooner(a, b *model.UnitRow) int {
	if !a.Waiting() || !b.Waiting() || a.Deadline.IsZero() || b.Deadline.IsZero() {
		return 0
	}
	return cmp.Compare(0, a.Deadline.LastDay().DaysUntil(b.Deadline.LastDay()))
}
