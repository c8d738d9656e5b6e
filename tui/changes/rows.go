package changes

import (
	"slices"
	"strconv"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
	"example.org/tiendo/tui/browse"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/layout"
)

// Widths of the columns, in cells.
const (
	timeWidth   = 5
	personWidth = 16
	briefWidth  = 32  // the longest difference that stays whole
	wholeWidth  = 120 // of a line in which most changes are read in full
)

// item is one change of the list.
type item struct {
	id         string
	revision   *review.Revision
	difference review.Difference
	untold     error            // why it is not known what the commit changed; nil: it is
	notTaken   *review.NotTaken // a version that was not taken when two sides were joined; nil: a difference
	day        calendar.Day
	folded     text.Folded
}

// newItems are the changes of one commit. Their ids stay the same when the history is read again.
func newItems(f *frame.Frame, revision review.Revision) []item {
	items := make([]item, 0, len(revision.Differences)+len(revision.NotTaken))
	day := calendar.DayIn(revision.At, f.Board.Campaign.Plan.TimeZone)
	if untold := revision.Untold(); untold != nil {
		items = append(items, item{
			id: revision.Hash + "/untold", revision: &revision, untold: untold, day: day,
			folded: text.NewFolded(revision.Author + " " + f.Words.Error(untold)),
		})
	}
	for i := range revision.NotTaken {
		notTaken := &revision.NotTaken[i]
		items = append(items, item{
			id: revision.Hash + "/not taken " + strconv.Itoa(i), revision: &revision, notTaken: notTaken, day: day,
			folded: text.NewFolded(revision.Who() + " " + notTakenWords(f, notTaken)),
		})
	}
	for i, difference := range revision.Differences {
		where, what := f.Words.Difference(revision.Campaign, difference)
		items = append(items, item{
			id: revision.Hash + "/" + strconv.Itoa(i), revision: &revision, difference: difference,
			day:    day,
			folded: text.NewFolded(revision.Who() + " " + where + " " + what),
		})
	}
	return items
}

// rows are the changes that the filters let through, under the day on which they were made.
func (t *Tab) rows(f *frame.Frame) []browse.Row {
	rows, _ := t.visible(f)
	return rows
}

// visible lists the rows, conflicts first, and for each the change that it shows, or
// below it; below zero are the conflicts.
func (t *Tab) visible(f *frame.Frame) (rows []browse.Row, at []int) {
	var day calendar.Day
	for i := range f.Open {
		if !t.isOf(f.Open[i].Unit, f.Open[i].Subject) {
			continue
		}
		if len(rows) == 0 {
			rows, at = append(rows, browse.Row{}), append(at, -1-i)
		}
		rows, at = append(rows, browse.Row{ID: conflictID(&f.Open[i])}), append(at, -1-i)
	}
	for i := range t.items {
		item := &t.items[i]
		if place, known := item.place(); t.of != nil && (!known || !t.isOf(place.Unit, place.Subject)) || !shows(f, item) {
			continue
		}
		if item.day != day {
			day = item.day
			rows, at = append(rows, browse.Row{}), append(at, i)
		}
		rows, at = append(rows, browse.Row{ID: item.id}), append(at, i)
	}
	if t.failed != nil && len(t.items) > 0 { // why it ends here
		rows, at = append(rows, browse.Row{}), append(at, len(t.items))
	}
	return rows, at
}

// isOf reports whether something is what alone is listed, if anything is.
func (t *Tab) isOf(unit string, subject model.Subject) bool {
	return t.of == nil || t.of.Unit == unit && t.of.Subject == subject
}

// place is where what was changed stands, if there is one place for it.
func (i *item) place() (wanted event.PlaceWanted, known bool) {
	subject, known := i.difference.Place()
	return event.PlaceWanted{Unit: i.difference.Unit, Subject: subject}, known && i.untold == nil && i.notTaken == nil
}

func shows(f *frame.Frame, item *item) bool {
	switch f.Show {
	case frame.ShowLate:
		if !f.Unread[item.revision.Hash] && !item.mineNotTaken(f) {
			return false
		}
	case frame.ShowMine:
		if item.untold == nil && item.unit() != f.Person.Unit {
			return false
		}
	default:
	}
	return f.Query.Match(item.folded)
}

// FilterName says what the filter leaves. Changes are not done or open: that filter leaves all.
func (t *Tab) FilterName(f *frame.Frame) string {
	switch f.Show {
	case frame.ShowLate:
		if reviews(f) {
			return f.Words.T("not reviewed yet")
		}
		return f.Words.T("versions of mine that were not taken")
	case frame.ShowOpen:
		return ""
	default:
		return f.Show.Name(f.Words)
	}
}

// reviews reports whether the person reviews what others change.
func reviews(f *frame.Frame) bool { return f.Board.Campaign.MayReview(f.Person) == nil }

// View draws the tab.
func (t *Tab) View(f *frame.Frame, width, height int) string {
	if t.hand != nil {
		return t.handView(f, width, height)
	}
	rows, at := t.visible(f)
	return t.list.View(f, browse.Content{
		Above:  t.above(f, width),
		Rows:   rows,
		More:   t.more,
		Wanted: wanted(f),
		Width:  wholeWidth,
		Line: func(row int, current bool, width int) string {
			if at[row] < 0 {
				return conflictLine(f, rows[row].ID == "", &f.Open[-1-at[row]], current, width)
			}
			if at[row] == len(t.items) {
				return " " + f.Alarm(layout.Cut(f.Words.T("The history cannot be read: %s", t.failed), width-4), width)[0]
			}
			item := &t.items[at[row]]
			if rows[row].ID == "" {
				return "   " + f.Styles.Muted.Render(f.Words.LongDay(item.day))
			}
			return line(f, item, current, t.of != nil, width)
		},
		Detail: func(width int) (string, []string) {
			if conflict := t.conflict(f); conflict != nil {
				return conflictDetail(f, conflict, width)
			}
			item := t.current()
			if item == nil {
				return "", nil
			}
			return t.detail(f, item, width)
		},
		Links: func(int) []browse.Link {
			item := t.current()
			if item == nil || t.conflict(f) != nil {
				return nil
			}
			place, known := item.place()
			return []browse.Link{{To: place}}[:map[bool]int{true: 1}[known]]
		},
		Empty: t.empty(f),
	}, width, height)
}

// above names data files of which the history says nothing.
func (t *Tab) above(f *frame.Frame, width int) []string {
	if t.of != nil {
		name := lang.Named(f.Words, f.Board.Campaign, t.of.Subject)
		if t.of.Unit != "" {
			name = f.Board.Campaign.Roster.UnitName(t.of.Unit) + " · " + name
		}
		return []string{" " + f.Styles.Title.Render(layout.Cut(f.Words.T("History: %s", name), width-2))}
	}
	if t.beside == nil {
		return nil
	}
	return []string{" " + f.Alarm(layout.Cut(f.Words.Error(t.beside), width-4), width)[0]}
}

// wanted leaves room to read both sides of a conflict, for as long as there is one.
func wanted(f *frame.Frame) int {
	const history = 4
	if len(f.Open) == 0 {
		return 0
	}
	return 1 + len(f.Open) + history
}

// empty says why nothing is listed, and the way out.
func (t *Tab) empty(f *frame.Frame) []string {
	w := f.Words
	switch {
	case t.record == nil && t.noHistory != nil:
		return []string{w.T("There is no history here, so nobody knows who changed what."), f.Explain(t.noHistory)}
	case t.record == nil:
		return []string{w.T("There is no history here, so nobody knows who changed what."),
			w.T("`git init` in the data folder begins one.")}
	case t.failed != nil:
		return []string{w.T("The history cannot be read: %s", f.Explain(t.failed)), w.T("Ctrl+R tries again.")}
	case t.reading || t.board == nil:
		return []string{w.T("Reading the history…")}
	case t.of != nil && !f.Filtered():
		return []string{w.T("Nothing of it has been changed yet."), w.T("Esc goes back.")}
	case f.Show == frame.ShowLate && f.Uncounted != nil:
		return []string{w.T("The history cannot be read: %s", f.Explain(f.Uncounted)), w.T("Esc shows everything again.")}
	case f.Show == frame.ShowLate && !reviews(f):
		return []string{w.T("Of the versions that you saved none was passed over."), w.T("Esc shows everything again.")}
	case f.Show == frame.ShowLate:
		return []string{w.T("Everything has been reviewed."), w.T("Esc shows everything again.")}
	case f.Filtered():
		return []string{w.T("No matches."), w.T("Esc shows everything again.")}
	default:
		return []string{w.T("Nothing has been changed yet.")}
	}
}

// said is what a change is about and what it does, with the number that an activity or a message has on the screen.
func (i *item) said(f *frame.Frame) (where, what string) {
	where, what = f.Words.Difference(i.revision.Campaign, i.difference)
	whose, about, found := strings.Cut(where, " · ")
	plan, subject := &i.revision.Campaign.Plan, i.difference.Subject
	switch at := slices.Index(plan.ActivityIDs(), subject.ID); {
	case !found:
	case subject.Kind == model.SubjectActivity && at >= 0:
		where = whose + " · " + strconv.Itoa(at+1) + " " + about
	case subject.Kind == model.SubjectMessage && plan.Message(subject.ID) != nil:
		number := strconv.Itoa(slices.Index(plan.MessageIDs(), subject.ID) + 1)
		where = whose + " · " + f.Words.T("message %s “%s”", number, plan.Message(subject.ID).Text)
	}
	return where, what
}

// brief says whose, what about and how it stands now. Where there is little room, how it stood before and the end of
// the activity's name give way. In the history of one thing that is not said again.
func brief(f *frame.Frame, item *item, ofOne bool, room int) string {
	if item.untold != nil {
		return layout.Cut(f.Words.Error(item.untold), room)
	}
	if item.notTaken != nil {
		return layout.Cut(notTakenWords(f, item.notTaken), room)
	}
	where, what := item.said(f)
	whose, about, found := strings.Cut(where, " · ")
	if unit := item.revision.Campaign.Roster.Unit(item.difference.Unit); unit != nil {
		whose = unit.ShortName()
	}
	if ofOne {
		return layout.Cut(what, room)
	}
	what, _, _ = strings.Cut(what, " · ")
	if found {
		about = " · " + about
	}
	end := ": " + what
	if layout.Width(whose+about+end) <= room || layout.Width(what) > briefWidth { // a text: what it is about says more
		return layout.Cut(whose+about+end, room)
	}
	if _, after, changed := strings.Cut(what, " → "); changed {
		end = " → " + after
	}
	if left := room - layout.Width(end); left >= layout.Width(whose) {
		return layout.Cut(whose+about, left) + end
	}
	return layout.Cut(whose+end, room)
}

// line is one change: unread or not, when, who, where and what.
func line(f *frame.Frame, item *item, current, ofOne bool, width int) string {
	unread := "  "
	switch {
	case item.mineNotTaken(f):
		unread = f.Styles.Late.Render(f.Signs.Problem) + " "
	case f.Unread[item.revision.Hash]:
		unread = f.Styles.Accent.Render(f.Signs.Submitted) + " "
	}
	clock := item.revision.At.In(f.Board.Campaign.Plan.TimeZone).Format("15:04")
	author := item.revision.Who()
	if item.revision.Boundary { // whoever made it has not changed all that it holds
		author = ""
	}
	room := personWidth
	switch {
	case width < 60:
		room = personWidth / 2
	case width < 70:
		room = personWidth * 3 / 4
	}
	who := layout.Left(layout.End(author, room), room)
	undone := ""
	switch {
	case item.difference.TakenBack != "":
		undone = "(" + f.Words.T("undone") + ") "
	case item.revision.Reverts != "" && item.notTaken == nil && item.untold == nil:
		undone = "(" + f.Words.T("undo") + ") "
	}
	left := width - 3 - 2 - timeWidth - 1 - layout.Width(who) - 2
	words := layout.Cut(undone+brief(f, item, ofOne, left-layout.Width(undone)), left)
	return browse.Margin(f, current, false) + unread + f.Styles.Muted.Render(clock) + " " + who + " " +
		browse.Titled(f, words, current)
}
