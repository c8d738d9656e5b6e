// Package agenda says what one person has to do now, in the order in which they should look at it. The first screen and
// `tiendo status --mine` show the same list.
package agenda

import (
	"cmp"
	"fmt"
	"slices"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
)

// Kind is why an item is on the list.
type Kind string

// The kinds. Within a [Section] items stand in this order.
const (
	Returned   Kind = "returned"   // the report of the person's unit was returned
	Unsaved    Kind = "unsaved"    // something was typed and not saved
	Disputed   Kind = "disputed"   // two versions, and the person may decide
	Unreadable Kind = "unreadable" // the file of a unit cannot be read
	Accept     Kind = "accept"     // a report waits for the Office
	Overdue    Kind = "overdue"
	DueToday   Kind = "due_today"
	DueSoon    Kind = "due_soon"
	Lacking    Kind = "lacking" // what was done lacks a figure or a note that the report needs
	Open       Kind = "open"    // it is to be done, and there is time
	Chase      Kind = "chase"   // another unit is late
	ChaseSoon  Kind = "chase_soon"
	Review     Kind = "review" // changes that the person has not looked at
)

// rank is the place of a kind among all.
func rank(kind Kind) int {
	return slices.Index([]Kind{Returned, Unsaved, Disputed, Unreadable, Accept, Overdue, DueToday, DueSoon, Lacking, Open,
		Chase, ChaseSoon, Review}, kind)
}

// Section is a heading of the list.
type Section int

// The sections, in their order. Those of the Office are empty for the staff of a unit.
const (
	Now     Section = iota // today, or before anything else
	Late                   // other units
	Own                    // the Office's own unit, as far as it is no matter of now
	Soon                   // what is due soon, or lacks something
	Later                  // what there is time for
	Unseen                 // changes
	Nothing                // ends the list
)

var labels = map[Section]phrase.Sentence{
	Now:    phrase.Say("to do now"),
	Late:   phrase.Say("units that are late"),
	Own:    phrase.Say("my own unit"),
	Soon:   phrase.Say("due soon or incomplete"),
	Later:  phrase.Say("later"),
	Unseen: phrase.Say("changes not yet looked at"),
}

// Label is the heading in words.
func (s Section) Label(language phrase.Language) string { return phrase.In(language).Say(labels[s]) }

// Item is one thing to do.
type Item struct {
	Kind    Kind
	Section Section
	Board   *model.Board  // of the period that it is about
	Row     int           // index into Board.Units; -1: of no unit
	Subject model.Subject // an activity or the report; the zero value: the unit as a whole
	Finding model.Finding // of Lacking: what it lacks
	Late    []int         // of Chase and ChaseSoon: activities, indexes into Board.Activities
	Report  bool          // of Chase and ChaseSoon: the report too
	Count   int           // of Review: how many
	Draft   bool          // something was typed here and not saved
}

// ID tells the item apart from the others. It stays when the item changes its kind.
func (i Item) ID() string {
	if i.Row < 0 {
		return string(i.Kind)
	}
	return i.Board.Units[i.Row].Unit.ID + "/" + i.Board.Period + "/" + string(i.Subject.Kind) + "/" + i.Subject.ID
}

// Unit is the row of the unit; nil where it is about none.
func (i Item) Unit() *model.UnitRow {
	if i.Row < 0 {
		return nil
	}
	return &i.Board.Units[i.Row]
}

// Activity is the index of the activity in the board; -1 where it is about none.
func (i Item) Activity() int {
	if i.Subject.Kind != model.SubjectActivity {
		return -1
	}
	return i.Board.ActivityIndex(i.Subject.ID)
}

// IsReport reports whether it is about the report of a unit.
func (i Item) IsReport() bool { return i.Subject.Kind == model.SubjectReport }

// Beside is what the board does not know of a person.
type Beside struct {
	Unsaved []model.Subject // of their own unit: typed and not saved
	Unseen  int             // changes that they have not looked at
}

// Subjects are what of a unit's record a person fills in: the report of the board's period, the activities, the
// messages.
func Subjects(board *model.Board) []model.Subject {
	subjects := []model.Subject{board.ReportSubject()}
	for _, row := range board.Activities {
		subjects = append(subjects, model.Subject{Kind: model.SubjectActivity, ID: row.Activity.ID})
	}
	for _, row := range board.Messages {
		subjects = append(subjects, model.Subject{Kind: model.SubjectMessage, ID: row.Message.ID})
	}
	return subjects
}

// asked is what the list of a person depends on beside the board; changes stand behind it.
type asked struct {
	unit    string
	role    model.Role
	unsaved string
}

// Of is what a person has to do, in order. Who may only look has but changes to look at. Nobody changes the list: where
// there are no changes to look at, all share it who have the same to do.
func Of(board *model.Board, person model.Person, beside Beside) []Item {
	items := model.Once(board, asked{person.Unit, person.Role, fmt.Sprint(beside.Unsaved)}, func() []Item {
		return slices.Clip(inOrder(board, person, beside))
	})
	if beside.Unseen > 0 {
		return append(items, Changes(board, beside.Unseen))
	}
	return items
}

// Changes is the last item of a list: so many changes to look at.
func Changes(board *model.Board, count int) Item {
	return Item{Kind: Review, Section: Unseen, Board: board, Row: -1, Count: count}
}

func inOrder(board *model.Board, person model.Person, beside Beside) []Item {
	l := list{board: board, person: person, beside: beside}
	if at := board.UnitIndex(person.Unit); at >= 0 && person.Role != model.Viewer {
		l.unit(at)
	}
	if person.Role == model.Coordinator {
		l.office()
	}
	slices.SortStableFunc(l.items, func(a, b Item) int {
		return cmp.Or(cmp.Compare(a.Section, b.Section), cmp.Compare(rank(a.Kind), rank(b.Kind)))
	})
	return l.items
}

// list is the list that is being made.
type list struct {
	board  *model.Board
	person model.Person
	beside Beside
	items  []Item
}

func (l *list) add(item Item) {
	if item.Board == nil {
		item.Board = l.board
	}
	l.items = append(l.items, item)
}

// section is where an item about one's own unit stands: what is no matter of now stands apart for the Office.
func (l *list) section(kind Kind) Section {
	switch now := []Kind{Returned, Unsaved, Disputed, Unreadable, Overdue, DueToday}; {
	case slices.Contains(now, kind):
		return Now
	case l.person.Role == model.Coordinator:
		return Own
	case kind == DueSoon, kind == Lacking:
		return Soon
	default:
		return Later
	}
}

// own adds an item about one's own unit.
func (l *list) own(item Item) {
	item.Draft = item.Board == nil && slices.Contains(l.beside.Unsaved, item.Subject)
	if item.Draft && rank(item.Kind) > rank(Unsaved) { // what is lost otherwise
		item.Kind = Unsaved
	}
	item.Section = l.section(item.Kind)
	l.add(item)
}

// unit adds what a person's own unit has to do.
func (l *list) unit(at int) {
	row := &l.board.Units[at]
	if row.Unread() {
		return
	}
	if row.Broken != nil {
		l.own(Item{Kind: Unreadable, Row: at})
		return
	}
	kinds := map[model.Subject]Item{}
	for i, cell := range row.Cells {
		subject := model.Subject{Kind: model.SubjectActivity, ID: l.board.Activities[i].Activity.ID}
		if kind := ofCell(&cell); kind != "" {
			kinds[subject] = Item{Kind: kind, Row: at, Subject: subject}
		}
	}
	if l.asksForReport(row) {
		for _, finding := range l.lacking(row) {
			if _, open := kinds[finding.Subject]; !open {
				kinds[finding.Subject] = Item{Kind: Lacking, Row: at, Subject: finding.Subject, Finding: finding}
			}
		}
	}
	for _, subject := range l.beside.Unsaved {
		if _, there := kinds[subject]; !there && subject.Kind == model.SubjectActivity {
			kinds[subject] = Item{Kind: Unsaved, Row: at, Subject: subject}
		}
	}
	l.earlierReport(at)
	for i := range l.board.Activities {
		if item, there := kinds[model.Subject{Kind: model.SubjectActivity, ID: l.board.Activities[i].Activity.ID}]; there {
			l.own(item)
		}
	}
	l.report(at)
}

// ofCell says why an activity is on the list of its unit; "" where it is not.
func ofCell(cell *model.Cell) Kind {
	open := cell.Assigned && (cell.Entry.Status == model.Todo || cell.Entry.Status == model.Doing)
	switch {
	case cell.Shown() && cell.Timeliness == calendar.Disputed:
		return Disputed
	case !open:
		return ""
	}
	return byDay(cell.Timeliness)
}

// byDay is the kind of something that is still to be done.
func byDay(judged calendar.Timeliness) Kind {
	switch judged {
	case calendar.Overdue:
		return Overdue
	case calendar.DueToday:
		return DueToday
	case calendar.DueSoon:
		return DueSoon
	default:
		return Open
	}
}

// asksForReport reports whether a report is still to be sent, for which things can be lacking.
func (l *list) asksForReport(row *model.UnitRow) bool {
	return !l.board.Campaign.Plan.Reporting.Asked() || row.Waiting()
}

// lacking is what the report still needs of the activities, each once.
func (l *list) lacking(row *model.UnitRow) []model.Finding {
	wrong, _ := model.Sorted(l.board.Campaign.Checklist(&row.Unit, l.board.Period))
	wrong = slices.DeleteFunc(wrong, func(f model.Finding) bool { return f.Subject.Kind != model.SubjectActivity })
	return slices.CompactFunc(wrong, func(a, b model.Finding) bool { return a.Subject == b.Subject })
}

// report adds the report of one's own unit, as long as the Office waits for it.
func (l *list) report(at int) {
	row := &l.board.Units[at]
	item := Item{Row: at, Subject: l.board.ReportSubject()}
	switch {
	case row.ReportTimeliness == calendar.Disputed:
		item.Kind = Disputed
	case row.Report.Status == model.Returned:
		item.Kind = Returned
	case row.Waiting():
		item.Kind = byDay(row.ReportTimeliness)
		if l.board.Phase == calendar.Upcoming {
			item.Kind = Open
		}
	case slices.Contains(l.beside.Unsaved, item.Subject):
		item.Kind = Unsaved
	default:
		return
	}
	l.own(item)
}

// earlierReport adds the first report of an earlier period that one's own unit has not sent.
func (l *list) earlierReport(at int) {
	unit := l.board.Units[at].Unit.ID
	period := l.board.Campaign.EarlierUnsent(unit, l.board.Period)
	if period == nil {
		return
	}
	board := l.board.Of(period.ID)
	item := Item{Kind: byDay(board.Units[at].ReportTimeliness), Board: board, Row: at, Subject: board.ReportSubject()}
	if board.Units[at].Report.Status == model.Returned {
		item.Kind = Returned
	}
	l.own(item)
}

// office adds what waits for the Office, and the other units that are late or due soon.
func (l *list) office() {
	mine := l.board.UnitIndex(l.person.Unit)
	for i := range l.board.Units {
		row := &l.board.Units[i]
		switch {
		case i != mine && row.Broken != nil && !row.Unread():
			l.add(Item{Kind: Unreadable, Section: Now, Row: i})
			continue
		case row.Unread():
			continue
		}
		if i != mine && (row.Tally.Disputed > 0 || row.ReportTimeliness == calendar.Disputed) {
			for _, subject := range l.board.Campaign.Disputes(row.Unit.ID) {
				l.add(Item{Kind: Disputed, Section: Now, Row: i, Subject: subject})
			}
		}
	}
	for _, earlier := range l.board.Earlier() {
		if earlier.Submitted > 0 {
			l.accept(l.board.Of(earlier.Period))
		}
	}
	l.accept(l.board)
	for _, chased := range l.board.ChasedSoFar(calendar.DueSoonDays) {
		item := Item{Kind: ChaseSoon, Section: Soon, Board: chased.Board, Row: chased.Row, Late: chased.Activities,
			Report: chased.Report}
		if chased.Late {
			item.Kind, item.Section = Chase, Late
		}
		if chased.Row != mine {
			l.add(item)
		}
	}
}

// accept adds the reports of the period of a board that wait for the Office.
func (l *list) accept(board *model.Board) {
	for i := range board.Units {
		row := &board.Units[i]
		if row.Broken == nil && row.Report.Status == model.Submitted && row.ReportTimeliness != calendar.Disputed {
			l.add(Item{Kind: Accept, Section: Now, Board: board, Row: i, Subject: board.ReportSubject()})
		}
	}
}
