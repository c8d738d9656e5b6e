package activities

import (
	"slices"
	"strconv"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"example.org/tiendo/model"
	"example.org/tiendo/model/agenda"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
	"example.org/tiendo/tui/browse"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/layout"
)

// todo is the view of what the person has to do. What stands behind each item is worked out once for a board.
type todo struct {
	shown bool
	list  browse.Browser
	made  made
	items []agenda.Item // that the filters let through
	rows  []browse.Row  // of them, with headings
	at    []int         // of each row in items; -1: it is a heading
}

// made is the whole agenda, and what it was made of.
type made struct {
	board   *model.Board
	person  model.Person
	unsaved []model.Subject
	unseen  int
	items   []agenda.Item
}

// settle works out what is to do, as the filters let it through, and keeps the cursor on one of it.
func (t *todo) settle(f *frame.Frame) {
	unsaved := f.UnsavedIn(f.Person.Unit)
	m := &t.made
	if m.board != f.Board || !m.person.Equal(&f.Person) || m.unseen != len(f.Unread) || !slices.Equal(m.unsaved, unsaved) {
		*m = made{board: f.Board, person: f.Person, unsaved: unsaved, unseen: len(f.Unread)}
		m.items = agenda.Of(f.Board, f.Person, agenda.Beside{Unsaved: unsaved, Unseen: len(f.Unread)})
	}
	t.items, t.rows, t.at = t.items[:0], t.rows[:0], t.at[:0]
	for _, item := range m.items {
		if !showsItem(f, item) {
			continue
		}
		if n := len(t.items); n == 0 || t.items[n-1].Section != item.Section {
			t.rows, t.at = append(t.rows, browse.Row{}), append(t.at, -1)
		}
		t.rows, t.at = append(t.rows, browse.Row{ID: item.ID()}), append(t.at, len(t.items))
		t.items = append(t.items, item)
	}
	t.list.Keep(t.rows)
}

func showsItem(f *frame.Frame, item agenda.Item) bool {
	switch {
	case f.Show == frame.ShowLate && item.Section > agenda.Late:
		return false
	case f.Show == frame.ShowMine && (item.Unit() == nil || !f.MyUnit(item.Unit().Unit.ID)):
		return false
	case f.Query.Empty():
		return true
	}
	what, standing := lang.ToDo(f.Words, item, f.Person)
	if unit := item.Unit(); unit != nil {
		what += " " + unit.Unit.Name
	}
	return f.Query.Match(text.NewFolded(what + " " + standing))
}

// current is the item under the cursor.
func (t *todo) current() (agenda.Item, bool) {
	for i, row := range t.rows {
		if row.ID != "" && row.ID == t.list.Current() {
			return t.items[t.at[i]], true
		}
	}
	return agenda.Item{}, false
}

// follow lets the other views stand where the cursor is.
func (t *Tab) follow() {
	item, ok := t.todo.current()
	if !ok || item.Unit() == nil {
		return
	}
	t.units.Select(item.Unit().Unit.ID)
	if item.Activity() >= 0 {
		t.activity = item.Subject.ID
		t.items.Select(item.Subject.ID)
	}
}

// todoBindings lists the keys for the item under the cursor, first the one that goes there.
func (t *Tab) todoBindings(f *frame.Frame) []key.Binding {
	others := []key.Binding{t.next(f), viewKey(f, f.Keys.ViewBack, t.viewAfter(f, -1))}
	item, ok := t.todo.current()
	if !ok {
		return others
	}
	open := f.Keys.Open
	open.SetHelp(open.Help().Key, leadsTo(f, item))
	first := []key.Binding{open}
	if item.Activity() >= 0 && item.Kind != agenda.Disputed {
		first = []key.Binding{frame.Offer(open, t.Refusal(f)), frame.Offer(f.Keys.Cycle, t.cycleRefusal(f))}
	}
	return slices.Concat(first, others)
}

// leadsTo says where Enter goes from an item.
func leadsTo(f *frame.Frame, item agenda.Item) string {
	switch {
	case item.Kind == agenda.Disputed:
		return f.Words.T("decide")
	case item.Kind == agenda.Review:
		return f.Words.T("see the changes")
	case item.IsReport(), chasesReport(item):
		return f.Words.T("go to the report")
	case item.Activity() >= 0:
		return f.Words.T("fill in")
	default:
		return f.Words.T("see the unit")
	}
}

// chasesReport reports whether nothing but the report of a unit is late or due.
func chasesReport(item agenda.Item) bool { return item.Report && len(item.Late) == 0 }

func (t *Tab) todoKey(message tea.KeyMsg, f *frame.Frame) tea.Cmd {
	item, there := t.todo.current()
	switch {
	case there && key.Matches(message, f.Keys.Open), there && item.IsReport() && key.Matches(message, f.Keys.Edit,
		f.Keys.Cycle, f.Keys.Submit, f.Keys.Accept):
		return t.goTo(f, item)
	case key.Matches(message, f.Keys.Cycle):
		return t.cycle(f)
	case key.Matches(message, f.Keys.Edit):
		return t.edit(f)
	case t.todo.list.Update(message, f, t.todo.rows):
		t.follow()
		return nil
	}
	return f.Unused(message)
}

// goTo goes where an item can be dealt with.
func (t *Tab) goTo(f *frame.Frame, item agenda.Item) tea.Cmd {
	switch {
	case item.Kind == agenda.Disputed:
		return frame.Decide(item.Unit().Unit.ID, item.Subject)
	case item.Kind == agenda.Review:
		return frame.Decide("", model.Subject{}) // the tab of changes, at nothing in particular
	case item.IsReport(), chasesReport(item):
		return frame.Go(event.PlaceWanted{Unit: item.Unit().Unit.ID, Subject: item.Board.ReportSubject()})
	case item.Activity() >= 0:
		return t.edit(f)
	}
	return frame.Go(event.PlaceWanted{Unit: item.Unit().Unit.ID}) // its checklist
}

// viewToDo draws what is to do.
func (t *Tab) viewToDo(f *frame.Frame, width, height int) string {
	wanted := 0
	for _, item := range t.todo.items {
		what, standing := lang.ToDo(f.Words, item, f.Person)
		wanted = max(wanted, lineMargin+layout.Width(what)+gap+layout.Width(standing)+1)
	}
	return t.todo.list.View(f, browse.Content{
		Above: []string{t.todoHead(f, width)},
		Rows:  t.todo.rows,
		Width: wanted,
		Line: func(row int, current bool, width int) string {
			if t.todo.at[row] < 0 {
				section := t.todo.items[t.todo.at[row+1]].Section
				return layout.Blank(margin) + f.Styles.Muted.Render(layout.Cut(
					phrase.Capital(section.Label(f.Words.Language)), width-margin))
			}
			return todoLine(f, t.todo.items[t.todo.at[row]], current, width)
		},
		Detail: func(width int) (string, []string) { return t.todoDetail(f, width) },
		Under: func(width int) []string {
			if item, ok := t.todo.current(); ok && item.Activity() >= 0 {
				return under(t, f)(width)
			}
			return nil
		},
		Leads: true,
		Empty: nothingToDo(f, len(t.todo.made.items)),
	}, width, height)
}

// Widths of a line of what is to do.
const (
	lineMargin = margin + 6 // sign, number, and their gaps
	gap        = 2
)

// todoHead counts what is to do.
func (t *Tab) todoHead(f *frame.Frame, width int) string {
	now, rest := lang.AgendaInShort(f.Words, t.todo.made.items)
	if now != "" {
		now = f.Styles.Late.Render(now)
	}
	if now != "" && rest != "" {
		rest = " · " + rest
	}
	title := f.Words.T("What you have to do")
	if at := f.Board.UnitIndex(f.Person.Unit); at >= 0 {
		unit := &f.Board.Units[at].Unit
		for _, name := range []string{unit.ShortName(), unit.Name} {
			longer := f.Words.T("What you have to do") + " · " + name
			if layout.Width(longer)+layout.Width(now+rest)+4 <= width {
				title = longer
			}
		}
	}
	return layout.Ends(" "+f.Styles.Title.Render(title), now+rest+" ", width)
}

// nothingToDo says that nothing is left, or that the filter hides what is.
func nothingToDo(f *frame.Frame, all int) []string {
	if all > 0 {
		return []string{f.Words.T("No matches."), f.Words.T("Esc shows everything again.")}
	}
	return []string{lang.NothingToDo(f.Words, f.Board, f.Person), f.Words.T("v shows all that was done.")}
}

func todoLine(f *frame.Frame, item agenda.Item, current bool, width int) string {
	sign, style := itemSign(f, item)
	number := "  "
	if at := item.Activity(); at >= 0 {
		number = layout.Right(strconv.Itoa(at+1), 2)
		if f.Changes.Busy(item.Unit().Unit.ID, item.Subject) {
			sign, style = "~", f.Styles.Muted
		}
	}
	what, standing := lang.ToDo(f.Words, item, f.Person)
	room := max(width-lineMargin-1, 0)
	if unit := item.Unit(); unit != nil && what == unit.Unit.Name && layout.Width(what)+gap+layout.Width(standing) > room {
		what = unit.Unit.ShortName()
	}
	standing = layout.Cut(standing, min(room*3/5, max(room-layout.Width(what)-gap, room/3)))
	what = layout.Left(what, room-gap-layout.Width(standing))
	mark := layout.Blank(margin)
	if current {
		mark, what = " "+f.Styles.Accent.Render(f.Signs.Cursor)+" ", f.Styles.Title.Render(what)
	}
	return mark + style.Render(sign) + " " + number + "  " + what + layout.Blank(gap) + f.Colour(style, standing)
}

// itemSign is the sign of an item and its style.
func itemSign(f *frame.Frame, item agenda.Item) (string, lipgloss.Style) {
	unit := item.Unit()
	switch item.Kind {
	case agenda.Unreadable:
		return f.Signs.Problem, f.Styles.Warning
	case agenda.Unsaved:
		return f.Signs.Draft, f.Styles.Warning
	case agenda.Review:
		return f.Signs.Submitted, f.Styles.Plain
	case agenda.Chase:
		if item.Board.Ended() { // calmly: nothing counts down any more
			return f.Signs.Overdue, f.Styles.Plain
		}
		return f.Signs.Overdue, f.Styles.Late
	case agenda.ChaseSoon:
		return f.Signs.Todo, f.Styles.Plain
	case agenda.Lacking:
		return f.Signs.Problem, f.Styles.Warning
	}
	if at := item.Activity(); at >= 0 {
		return f.Signs.Cell(f.Styles, unit.Cells[at], f.Board.Phase)
	}
	sign, style := f.Signs.Report(f.Styles, *unit, item.Board.Phase)
	if item.Kind == agenda.Overdue || item.Kind == agenda.DueToday || item.Kind == agenda.Returned {
		style = f.Styles.Late
	}
	return sign, style
}

// todoDetail says what is known of the item under the cursor.
func (t *Tab) todoDetail(f *frame.Frame, width int) (title string, lines []string) {
	item, ok := t.todo.current()
	unit := item.Unit()
	switch {
	case !ok:
		return "", nil
	case unit == nil:
		title, said := lang.ToDo(f.Words, item, f.Person)
		return title, []string{said, f.Styles.Muted.Render(f.Words.T("Enter goes to them, on tab 5"))}
	case item.Activity() >= 0:
		return detail(f, *unit, item.Activity(), width)
	case item.IsReport(), chasesReport(item):
		return reportDetail(f, item.Board, *unit, width)
	}
	return chasedDetail(f, item, width)
}

// chasedDetail lists what of a unit is late or due soon.
func chasedDetail(f *frame.Frame, item agenda.Item, width int) (title string, lines []string) {
	unit, w := item.Unit(), f.Words
	add := func(style lipgloss.Style, words string) {
		for _, line := range layout.Wrap(words, width) {
			lines = append(lines, style.Render(line))
		}
	}
	if unit.Broken != nil {
		add(f.Styles.Warning, unit.Broken.Place()+": "+w.Say(unit.Broken.What))
	}
	for _, at := range item.Late {
		activity := &item.Board.Activities[at].Activity
		_, style := f.Signs.Cell(f.Styles, unit.Cells[at], f.Board.Phase)
		for _, line := range layout.Wrap(strconv.Itoa(at+1)+" · "+activity.Title+": "+
			w.Standing(item.Board, unit.Cells[at], activity.Deadline), width) {
			lines = append(lines, f.Colour(style, line))
		}
	}
	if item.Report {
		add(f.Styles.Plain, w.T("Report")+": "+lang.ReportStanding(w, item.Board, unit))
	}
	if said := w.Reminders(f.Board.Campaign, unit.Reminders); len(unit.Reminders) > 0 {
		add(f.Styles.Muted, said)
	}
	add(f.Styles.Muted, w.T("Enter shows the checklist of this unit; m on tab 4 records a reminder"))
	return unit.Unit.Name, lines
}
