// Package activities is the tab on which activities are followed and ticked
// off: what the person has to do, a matrix of units and activities, a checklist
// of one unit.
package activities

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/choices"
	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/part"
	"example.org/tiendo/model/text"
	"example.org/tiendo/tui/browse"
	"example.org/tiendo/tui/entryform"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/form"
	"example.org/tiendo/tui/frame"
)

// Tab is the tab. The cursor is a unit and an activity, whichever view shows them.
type Tab struct {
	todo      todo // in the place of matrix and checklist while it is shown
	checklist bool
	decided   bool           // the person or their role has chosen the view
	units     browse.Browser // rows of the matrix
	items     browse.Browser // rows of the checklist
	activity  string         // column of the matrix under the cursor
	firstCol  int            // first visible column of the matrix
	columns   []column       // as last drawn, for the mouse
	editor    form.Editor
	several   form.Several // the status of all that is marked
	marksOf   string       // the unit whose activities are marked in the checklist
	view      string       // at the start
	folded    folded
	filtered  browse.Filtered // the rows of the matrix
	about     aboutWhat
	followed  string // the unit that was chosen last, here or on another tab
	before    string // the view that was left for a place that the person wanted; "" is none
}

// New makes the tab with a view at the start, one of those of package choices. "" is what the person has to do, and the
// matrix for who may only look.
func New(view string) *Tab { return &Tab{view: view} }

// folded keeps what the filter searches in the plan, made once for each board.
type folded struct {
	board      *model.Board
	theme      string
	activities []text.Folded
	signs      map[signKey]string // rendered: there are few, and a matrix shows hundreds
}

// signKey is what decides how a cell's sign is drawn on one board.
type signKey struct {
	role       duty.Role
	status     model.Status
	timeliness calendar.Timeliness
}

func (t *Tab) fold(f *frame.Frame) *folded {
	if t.folded.board == f.Board && t.folded.theme == f.Theme {
		return &t.folded
	}
	t.folded = folded{board: f.Board, theme: f.Theme, signs: map[signKey]string{}}
	for _, row := range f.Board.Activities {
		t.folded.activities = append(t.folded.activities, text.NewFolded(row.Activity.Title+" "+row.Activity.Text))
	}
	return &t.folded
}

// writtenOn is the key of what units wrote on a board.
type writtenOn struct{}

// written are the notes and the evidence of every entry of every unit, ready to be sought.
func written(board *model.Board) [][]text.Folded {
	return model.Once(board, writtenOn{}, func() [][]text.Folded {
		all := make([][]text.Folded, len(board.Units))
		for i := range board.Units {
			cells := board.Units[i].Cells
			all[i] = make([]text.Folded, len(cells))
			for at := range cells {
				if entry := &cells[at].Entry; entry.Note != "" || len(entry.Evidence) > 0 {
					all[i][at] = text.NewFolded(entry.Note + "\n" + strings.Join(entry.Evidence, "\n"))
				}
			}
		}
		return all
	})
}

// Settle chooses the view that fits the person at first and keeps the cursor on something that exists.
func (t *Tab) Settle(f *frame.Frame) {
	if !t.decided {
		t.decided = true
		t.checklist = t.view == choices.Checklist || t.view != choices.Matrix && f.Person.Role == model.Staff
		t.todo.shown = t.view == choices.ToDo || t.view == "" && f.Person.Role != model.Viewer
		if f.Board.UnitIndex(f.Person.Unit) >= 0 {
			t.units.Select(f.Person.Unit)
		}
		if unit, ok := t.unit(f); ok && t.checklist {
			t.items.Select(mostUrgent(f, unit))
		}
	}
	// Staff tick off what is their unit's, whichever report they have looked at.
	if f.Unit != t.followed && f.Person.Role != model.Staff {
		t.followed = f.Unit
		if f.Board.UnitIndex(f.Unit) >= 0 {
			t.units.Select(f.Unit)
		}
	}
	if !t.checklist || f.Board.UnitIndex(t.units.Current()) < 0 {
		t.units.Keep(t.unitRows(f))
	}
	if f.Board.ActivityIndex(t.activity) < 0 && len(f.Board.Activities) > 0 {
		t.activity = f.Board.Activities[0].Activity.ID
	}
	if t.todo.shown {
		t.todo.settle(f)
		t.follow()
	}
	if t.checklist {
		rows, _ := t.itemRows(f)
		t.items.Keep(rows)
	} else if shown := t.shownColumns(f); len(shown) > 0 && !slices.Contains(shown, f.Board.ActivityIndex(t.activity)) {
		t.activity = f.Board.Activities[shown[0]].Activity.ID // nothing is changed that is not seen
	}
}

// FilterName says what the filter leaves: for the coordinator also what waits for the Office.
func (t *Tab) FilterName(f *frame.Frame) string {
	switch {
	case f.Show == frame.ShowLate && f.Person.Role == model.Coordinator:
		return f.LateName(f.Words.T("overdue, due today, returned, to be accepted"))
	case f.Show == frame.ShowLate:
		return f.LateName(f.Show.Name(f.Words))
	}
	return f.Show.Name(f.Words)
}

// Capturing reports whether the tab wants every key: a form is open.
func (t *Tab) Capturing() bool { return t.editor.Capturing() || t.several.Capturing() }

// Bindings lists the keys of the tab, or of its open form.
func (t *Tab) Bindings(f *frame.Frame) []key.Binding {
	switch {
	case t.several.Capturing():
		return t.several.Bindings(f)
	case t.Capturing():
		return t.editor.Bindings(f)
	case t.todo.shown:
		return t.todoBindings(f)
	case t.marks(f).Any():
		return slices.Concat([]key.Binding{f.Keys.Cycle, f.Keys.Unpick, f.Keys.Pick, f.Keys.PickTo}, t.views(f),
			t.browser().Bindings(f))
	}
	if t.checklist && t.items.Current() == reportRow {
		open := f.Keys.Open
		if unit, ok := t.unit(f); ok && unit.ReportTimeliness == calendar.Disputed {
			open = f.Keys.Decide
		}
		return append([]key.Binding{open, t.next(f)}, t.items.Bindings(f)...)
	}
	if begins(f) && !f.Filtered() {
		return nil
	}
	if _, there := t.current(f); !there {
		return append(t.views(f), t.browser().Bindings(f)...)
	}
	refusal := t.Refusal(f)
	if t.disputed(f) {
		return slices.Concat([]key.Binding{f.Keys.Decide}, t.views(f), t.browser().Bindings(f))
	}
	cycle, edit := frame.Offer(f.Keys.Cycle, t.cycleRefusal(f)), frame.Offer(f.Keys.Edit, refusal)
	return slices.Concat([]key.Binding{cycle, edit}, t.views(f), t.browser().Bindings(f))
}

// views are the keys that change what is shown: in the matrix also its order.
func (t *Tab) views(f *frame.Frame) []key.Binding {
	if t.checklist {
		return []key.Binding{t.next(f), f.Keys.Pick}
	}
	return []key.Binding{t.next(f), f.Keys.Pick, f.Keys.Sort}
}

// Refusal says why the person may not change the entry under the cursor.
func (t *Tab) Refusal(f *frame.Frame) error {
	change, ok := t.current(f)
	switch {
	case !ok:
		return nil
	case model.InDispute(change.Seen): // settling it is another change
		return f.Board.Campaign.MayChange(f.Person, change.Unit)
	}
	return f.Board.Campaign.Check(change)
}

// cycleRefusal says why the status under the cursor may not go on to the next: who supports an activity has none.
func (t *Tab) cycleRefusal(f *frame.Frame) error {
	change, ok := t.current(f)
	if !ok {
		return nil
	}
	return f.Board.Campaign.Check(cycled(change))
}

// Shows reports whether the entry that a change is about is in sight.
func (t *Tab) Shows(f *frame.Frame, change model.Change) bool {
	if change.Subject.Kind != model.SubjectActivity {
		return false
	}
	if t.checklist && !t.todo.shown {
		unit, ok := t.unit(f)
		return ok && unit.Unit.ID == change.Unit && t.items.InSight(t.rows(f), change.Subject.ID)
	}
	if t.todo.shown {
		item, ok := t.todo.current()
		return ok && item.Unit() != nil && item.Unit().Unit.ID == change.Unit && item.Subject == change.Subject
	}
	at := f.Board.ActivityIndex(change.Subject.ID)
	column := slices.ContainsFunc(t.columns, func(c column) bool { return c.activity == at })
	return column && t.units.InSight(t.rows(f), change.Unit)
}

// Parts are the activity under the cursor, its indicators and its heading. Where there is none, and in a plan that asks
// for no reports, they are what the plan has once.
func (t *Tab) Parts(f *frame.Frame) []model.Subject {
	var parts []model.Subject
	if _, at, ok := t.cell(f); ok {
		activity := &f.Board.Activities[at].Activity
		parts = append(parts, part.Subject("activity", activity.ID))
		for _, indicator := range activity.Indicators {
			parts = append(parts, part.Subject("indicator", activity.ID+"/"+indicator.ID))
		}
		if activity.Heading != "" {
			parts = append(parts, part.Subject("section", activity.Heading))
		}
	}
	if len(parts) == 0 || !f.Board.Campaign.Plan.Reporting.Asked() {
		parts = append(parts, part.Subject("document", ""), part.Subject("plan", ""), part.Subject("reporting", ""),
			part.Subject("calendar", ""), part.Subject("signature", ""))
	}
	return parts
}

// unit is the row of the unit under the cursor.
func (t *Tab) unit(f *frame.Frame) (model.UnitRow, bool) {
	if t.todo.shown {
		if item, ok := t.todo.current(); ok && item.Row >= 0 {
			return f.Board.Units[item.Row], true
		}
		return model.UnitRow{}, false
	}
	id := t.units.Current()
	if t.checklist && f.Board.UnitIndex(id) < 0 {
		id = f.Person.Unit
	}
	if i := f.Board.UnitIndex(id); i >= 0 {
		return f.Board.Units[i], true
	}
	return model.UnitRow{}, false
}

// cell is what stands under the cursor.
func (t *Tab) cell(f *frame.Frame) (unit model.UnitRow, activity int, ok bool) {
	unit, found := t.unit(f)
	if !found {
		return unit, 0, false
	}
	id := t.activity
	if t.todo.shown {
		item, _ := t.todo.current()
		return unit, item.Activity(), item.Activity() >= 0
	}
	if t.checklist {
		id = t.items.Current()
	}
	activity = f.Board.ActivityIndex(id)
	return unit, activity, activity >= 0
}

// Update takes one message. Answers come whether or not the tab is open; keys only when it is.
func (t *Tab) Update(message tea.Msg, f *frame.Frame) tea.Cmd {
	t.Settle(f)
	if command, taken := t.editor.Update(message, f); taken {
		return command
	}
	if command, taken := t.several.Update(message, f); taken {
		return command
	}
	switch message := message.(type) {
	case event.EditWanted:
		return t.openForm(f, message)
	case tea.KeyMsg:
		command := tea.Batch(t.key(message, f), t.browser().Going())
		t.choose(f)
		return command
	case tea.MouseMsg:
		command := t.mouse(message, f)
		t.choose(f)
		return tea.Batch(command, t.browser().Going())
	case event.PlaceWanted:
		return t.show(f, message)
	case event.PlaceLeft:
		if t.before != "" {
			t.showView(f, t.before)
		}
	}
	return t.browser().Going()
}

// choose tells the other tabs which unit the person is at.
func (t *Tab) choose(f *frame.Frame) {
	f.Unit = t.units.Current()
	t.followed = f.Unit
}

// show puts the cursor on an entry, with its form if that is wanted; for the unit itself it shows its checklist.
func (t *Tab) show(f *frame.Frame, wanted event.PlaceWanted) tea.Cmd {
	id, kind := wanted.Subject.ID, wanted.Subject.Kind
	if kind.InPlan() {
		of, name := part.Split(wanted.Subject)
		if id, _, _ = strings.Cut(name, "/"); of != "activity" && of != "indicator" {
			return nil
		}
	}
	activity := kind == model.SubjectActivity || kind.InPlan()
	if wanted.As > event.InItsForm || !activity && wanted.Subject != (model.Subject{}) {
		return nil // it is for another tab
	}
	if activity && f.Board.ActivityIndex(id) < 0 {
		return frame.Notice(event.Info, f.Words.T("the plan has no activity %q any more", id))
	}
	if f.Board.UnitIndex(wanted.Unit) >= 0 {
		t.units.Select(wanted.Unit)
	}
	t.units.Close()
	t.items.Close()
	if activity {
		t.activity = id
		t.items.Select(id)
	}
	if view := t.shownView(); view == choices.ToDo || !activity && view == choices.Matrix {
		t.showView(f, map[bool]string{true: choices.Matrix, false: choices.Checklist}[activity && !t.checklist])
		t.before = view
	}
	if unit, ok := t.unit(f); ok && !activity {
		t.items.Select(mostUrgent(f, unit))
	}
	t.Settle(f)
	if wanted.As != event.InItsForm {
		return nil
	}
	opened := t.edit(f)
	if change, _ := t.current(f); t.Capturing() && wanted.Figure != "" {
		t.editor.FocusOn(figurePlace(f, change, wanted.Figure))
	}
	return opened
}

// figurePlace is where in the form of an entry a figure stands, by its name; the first field where there is none.
func figurePlace(f *frame.Frame, change model.Change, name string) int {
	activity := &f.Board.Activities[f.Board.ActivityIndex(change.Subject.ID)].Activity
	at := slices.IndexFunc(activity.Indicators, func(i model.Indicator) bool { return activity.FullName(i) == name })
	return at + 1 // below the status
}

// Here is the entry under the cursor, or the unit's report.
func (t *Tab) Here(f *frame.Frame) (unit string, subject model.Subject, ok bool) {
	if item, there := t.todo.current(); t.todo.shown && there && item.IsReport() {
		return item.Unit().Unit.ID, item.Subject, true
	}
	if t.checklist && !t.todo.shown && t.items.Current() == reportRow {
		return t.units.Current(), f.Board.ReportSubject(), true
	}
	change, ok := t.current(f)
	return change.Unit, change.Subject, ok
}

func (t *Tab) key(message tea.KeyMsg, f *frame.Frame) tea.Cmd {
	if !t.todo.shown && (!t.checklist || t.items.Current() != reportRow) {
		if command, taken := t.browser().MarkKey(message, f, t.rows(f), t.marks(f), f.Keys.Pick); taken {
			return command
		}
	}
	switch {
	case key.Matches(message, f.Keys.View):
		return t.switchView(f, +1)
	case key.Matches(message, f.Keys.ViewBack):
		return t.switchView(f, -1)
	case t.todo.shown:
		return t.todoKey(message, f)
	case t.checklist && t.items.Current() == reportRow &&
		key.Matches(message, f.Keys.Open, f.Keys.Edit, f.Keys.Cycle, f.Keys.Submit):
		if unit, ok := t.unit(f); ok && unit.ReportTimeliness == calendar.Disputed {
			return frame.Decide(unit.Unit.ID, f.Board.ReportSubject())
		}
		return frame.Go(event.PlaceWanted{Unit: t.units.Current(), Subject: f.Board.ReportSubject()})
	case key.Matches(message, f.Keys.Open) && t.disputed(f):
		_, decide := t.change(f)
		return decide
	case key.Matches(message, f.Keys.Cycle) && t.marks(f).Any():
		return t.statusOfMarked(f)
	case key.Matches(message, f.Keys.Cycle):
		return t.cycle(f)
	case key.Matches(message, f.Keys.Edit):
		return t.edit(f)
	case key.Matches(message, f.Keys.Sort) && !t.checklist:
		return browse.NextOrder(f)
	case key.Matches(message, f.Keys.Left):
		return t.sideways(f, -1)
	case key.Matches(message, f.Keys.Right):
		return t.sideways(f, +1)
	case t.browser().Update(message, f, t.rows(f)):
	default:
		return f.Unused(message)
	}
	return nil
}

func (t *Tab) browser() *browse.Browser {
	if t.todo.shown {
		return &t.todo.list
	}
	if t.checklist {
		return &t.items
	}
	return &t.units
}

func (t *Tab) rows(f *frame.Frame) []browse.Row {
	if t.todo.shown {
		return t.todo.rows
	}
	if t.checklist {
		rows, _ := t.itemRows(f)
		return rows
	}
	return t.unitRows(f)
}

// sideways moves over the columns of the matrix, or over the units of the checklist.
func (t *Tab) sideways(f *frame.Frame, by int) tea.Cmd {
	if t.checklist {
		return t.otherUnit(f, by)
	}
	shown := t.shownColumns(f)
	if len(shown) == 0 {
		return nil
	}
	to := 0
	if at := slices.Index(shown, f.Board.ActivityIndex(t.activity)); at >= 0 {
		to = min(max(at+by, 0), len(shown)-1)
	}
	t.activity = f.Board.Activities[shown[to]].Activity.ID
	return nil
}

func (t *Tab) otherUnit(f *frame.Frame, by int) tea.Cmd {
	at := f.Board.UnitIndex(t.units.Current()) + by
	if at < 0 || at >= len(f.Board.Units) {
		return frame.Notice(event.Info, f.Words.T("there is no further unit in this direction"))
	}
	t.units.Select(f.Board.Units[at].Unit.ID)
	return nil
}

// mouse puts the cursor where the person clicked.
func (t *Tab) mouse(message tea.MouseMsg, f *frame.Frame) tea.Cmd {
	if t.todo.shown {
		if t.todo.list.Update(message, f, t.todo.rows) {
			t.follow()
		}
		return nil
	}
	taken := t.browser().Update(message, f, t.rows(f))
	if t.checklist || message.Button != tea.MouseButtonLeft {
		return nil
	}
	at := slices.IndexFunc(t.columns, func(c column) bool { return message.X >= c.from && message.X < c.to })
	if at < 0 && !taken {
		return t.units.SortByHead(f, t.order)
	}
	if _, head := t.units.HeadClicked(); at >= 0 && (taken || head) {
		t.activity = f.Board.Activities[t.columns[at].activity].Activity.ID
	}
	return nil
}

// order is the order of units of which the head of a column speaks; over the names it is "".
func (t *Tab) order(at int) string {
	if len(t.columns) > 0 && at >= t.columns[len(t.columns)-1].to {
		return choices.Done
	}
	return ""
}

// current is a change of the entry under the cursor that does not change it yet.
func (t *Tab) current(f *frame.Frame) (change model.Change, ok bool) {
	unit, at, ok := t.cell(f)
	if !ok {
		return model.Change{}, false
	}
	return f.Entry(&unit, at), true
}

// change starts a change of the entry under the cursor, or says why there can be none.
func (t *Tab) change(f *frame.Frame) (model.Change, tea.Cmd) {
	change, ok := t.current(f)
	if !ok {
		return change, frame.Notice(event.Info, f.Words.T("there is no entry under the cursor"))
	}
	if f.Changes.Busy(change.Unit, change.Subject) {
		return change, frame.Notice(event.Info, f.Words.T("the last change of this entry is still being written"))
	}
	if model.InDispute(change.Seen) {
		return change, frame.Decide(change.Unit, change.Subject)
	}
	return change, nil
}

// disputed reports whether of the entry under the cursor there are two versions.
func (t *Tab) disputed(f *frame.Frame) bool {
	change, ok := t.current(f)
	return ok && model.InDispute(change.Seen)
}

// cycle goes on to the next status.
func (t *Tab) cycle(f *frame.Frame) tea.Cmd {
	change, refused := t.change(f)
	if refused != nil {
		return refused
	}
	done := model.As[model.Entry](change.Seen)
	change = cycled(change)
	if err := f.Board.Campaign.Check(change); err != nil {
		return f.Refused(err)
	}
	if done.Status == model.Done && !done.At.IsZero() {
		day := calendar.DayIn(done.At, f.Board.Campaign.Plan.TimeZone)
		if day.Before(f.Board.Today) {
			question := f.Words.T("Clear the completion of %s? If you mark it done again, the new date counts.", day)
			return func() tea.Msg { return event.Asked{Question: question, Change: change} }
		}
	}
	return f.Changes.Make(change)
}

// cycled is the change of an entry to its next status.
func cycled(change model.Change) model.Change {
	next := model.As[model.Entry](change.Seen)
	next.Status = next.Status.Next()
	change.New = next
	return change
}

// edit opens the form of the entry under the cursor.
func (t *Tab) edit(f *frame.Frame) tea.Cmd {
	change, refused := t.change(f)
	if refused != nil {
		return refused
	}
	if hindered := f.Hindered(change); hindered != nil {
		return hindered
	}
	return t.editor.Open(f, entryform.New(f, change, ""))
}

// openForm opens the form of an entry with a value that is wanted.
func (t *Tab) openForm(f *frame.Frame, wanted event.EditWanted) tea.Cmd {
	if wanted.Change.Subject.Kind != model.SubjectActivity {
		return nil
	}
	if hindered := f.Hindered(wanted.Change); hindered != nil {
		return hindered
	}
	t.editor.Begin(f, entryform.New(f, wanted.Change, ""), wanted.Theirs)
	return nil
}

// View draws the tab.
func (t *Tab) View(f *frame.Frame, width, height int) string {
	switch {
	case t.several.Capturing():
		return t.several.View(f, width, height)
	case t.Capturing():
		return t.editor.View(f, width, height)
	case begins(f) && !f.Filtered():
		return beginning(f, width, height)
	case t.todo.shown:
		return t.viewToDo(f, width, height)
	case t.checklist:
		return t.viewChecklist(f, width, height)
	default:
		return t.viewMatrix(f, width, height)
	}
}
