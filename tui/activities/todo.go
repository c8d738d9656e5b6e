package activities

import (
	"slices"
	"strconv"
	"sync"

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

// todo is the view of what the person has to do. What is as long as the agenda is made once for all who look at a board
// and have the same to do.
type todo struct {
	shown   bool
	list    browse.Browser
	items   []agenda.Item // the whole agenda, but for the changes to look at
	changes agenda.Item   // which are the last
	listed                // what the filters let through
	sought  sought
}

// listed are rows of an agenda, with headings. The last two are those of the changes.
type listed struct {
	rows []browse.Row
	at   []int // of each row in the agenda; -1: it is a heading
}

// rowsOf is the key of the rows of an agenda in which nothing is sought. An agenda is known by its first item.
type rowsOf struct {
	first *agenda.Item
	show  frame.Show
}

// sought is what was found in an agenda last.
type sought struct {
	rowsOf
	query    text.Query
	language phrase.Language
	found    listed
}

// saidOf is the key of an agenda in the words of the screen.
type saidOf struct {
	first    *agenda.Item
	language phrase.Language
}

// said is an agenda in the words of the screen.
type said struct {
	widths []int                // of each item's line, in cells
	texts  func() []text.Folded // to seek in
}

// settle works out what is to do, as the filters let it through, and keeps the cursor on one of it.
func (t *todo) settle(f *frame.Frame) {
	t.items = agenda.Of(f.Board, f.Person, agenda.Beside{Unsaved: f.UnsavedIn(f.Person.Unit)})
	t.changes = agenda.Changes(f.Board, len(f.Unread))
	key := rowsOf{t.first(), f.Show}
	if f.Query.Empty() {
		t.sought = sought{}
		t.listed = model.Once(f.Board, key, func() listed { return t.through(f, nil) })
	} else {
		s := &t.sought
		if s.rowsOf != key || !s.query.Same(f.Query) || s.language != f.Words.Language {
			*s = sought{key, f.Query, f.Words.Language, t.through(f, t.said(f).texts())}
		}
		t.listed = s.found
	}
	if !t.showsChanges(f) {
		t.rows, t.at = t.rows[:len(t.rows)-2], t.at[:len(t.at)-2]
	}
	t.list.Keep(t.rows)
}

// first is by what the agenda is known; nil where nothing is to do.
func (t *todo) first() *agenda.Item {
	if len(t.items) == 0 {
		return nil
	}
	return &t.items[0]
}

// through lists what the filters let through. texts are those to seek in; nil where nothing is sought.
func (t *todo) through(f *frame.Frame, texts []text.Folded) listed {
	var l listed
	section := agenda.Nothing
	for at := range t.items {
		item := &t.items[at]
		if !showsItem(f, item) || len(texts) > 0 && !f.Query.Match(texts[at]) {
			continue
		}
		if item.Section != section {
			section = item.Section
			l.rows, l.at = append(l.rows, browse.Row{}), append(l.at, -1)
		}
		l.rows, l.at = append(l.rows, browse.Row{ID: item.ID()}), append(l.at, at)
	}
	l.rows, l.at = append(l.rows, browse.Row{}, browse.Row{ID: t.changes.ID()}), append(l.at, -1, len(t.items))
	return l
}

func showsItem(f *frame.Frame, item *agenda.Item) bool {
	switch f.Show {
	case frame.ShowLate:
		return item.Section <= agenda.Late
	case frame.ShowMine:
		return item.Unit() != nil && f.MyUnit(item.Unit().Unit.ID)
	default:
		return true
	}
}

// showsChanges reports whether there are changes to look at, and the filters let them through.
func (t *todo) showsChanges(f *frame.Frame) bool {
	what, _ := lang.ToDo(f.Words, t.changes, f.Person)
	return t.changes.Count > 0 && showsItem(f, &t.changes) && f.Query.Match(text.NewFolded(what))
}

// said is the agenda in words.
func (t *todo) said(f *frame.Frame) *said {
	return model.Once(f.Board, saidOf{t.first(), f.Words.Language}, func() *said {
		words, widths := make([]string, len(t.items)), make([]int, len(t.items))
		for at, item := range t.items {
			what, standing := lang.ToDo(f.Words, item, f.Person)
			widths[at] = widthOf(what, standing)
			words[at] = what + " " + item.Unit().Unit.Name + " " + standing
		}
		return &said{widths, sync.OnceValue(func() []text.Folded {
			texts := make([]text.Folded, len(words))
			for at := range words {
				texts[at] = text.NewFolded(words[at])
			}
			return texts
		})}
	})
}

// widthOf is how many cells a line asks for.
func widthOf(what, standing string) int {
	return lineMargin + layout.Width(what) + gap + layout.Width(standing) + 1
}

// width is how many cells the widest line asks for.
func (t *todo) width(f *frame.Frame) int {
	widest := 0
	for row, widths := 0, t.said(f).widths; row < len(t.at); row++ {
		switch at := t.at[row]; {
		case at == len(t.items):
			widest = max(widest, widthOf(lang.ToDo(f.Words, t.changes, f.Person)))
		case at >= 0:
			widest = max(widest, widths[at])
		}
	}
	return widest
}

// item is the item of a row; false where the row is a heading, or there is none.
func (t *todo) item(row int) (agenda.Item, bool) {
	switch {
	case row < 0 || row >= len(t.at) || t.at[row] < 0:
		return agenda.Item{}, false
	case t.at[row] == len(t.items):
		return t.changes, true
	default:
		return t.items[t.at[row]], true
	}
}

// current is the item under the cursor.
func (t *todo) current() (agenda.Item, bool) { return t.item(t.list.At(t.rows)) }

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
	open := frame.Does(f.Keys.Open, leadsTo(f, item))
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
	if layout.Divide(width, height, 0, 0).Beside {
		wanted = t.todo.width(f)
	}
	return t.todo.list.View(f, browse.Content{
		Above: []string{t.todoHead(f, width)},
		Rows:  t.todo.rows,
		Width: wanted,
		Line: func(row int, current bool, width int) string {
			item, is := t.todo.item(row)
			if !is {
				below, _ := t.todo.item(row + 1)
				return layout.Blank(margin) + f.Styles.Muted.Render(layout.Cut(
					phrase.Capital(below.Section.Label(f.Words.Language)), width-margin))
			}
			return todoLine(f, item, current, width)
		},
		Detail: func(width int) (string, []string) { return t.todoDetail(f, width) },
		Under: func(width, height int) []string {
			if item, ok := t.todo.current(); ok && item.Activity() >= 0 {
				return under(t, f)(width, height)
			}
			return nil
		},
		Leads: true,
		Empty: nothingToDo(f, len(t.todo.items)+t.todo.changes.Count),
	}, width, height)
}

// Widths of a line of what is to do.
const (
	lineMargin = margin + 6 // sign, number, and their gaps
	gap        = 2
)

// todoHead counts what is to do.
func (t *Tab) todoHead(f *frame.Frame, width int) string {
	now, rest := lang.AgendaInShort(f.Words, t.todo.items, t.todo.changes.Count > 0)
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
	standing = layout.Cut(standing, min(room*3/5, max(room-layout.Width(what)-gap, room*2/5)))
	what = layout.Left(what, room-gap-layout.Width(standing))
	return browse.Margin(f, current, false) + style.Render(sign) + " " + number + "  " +
		browse.Titled(f, what, current) + layout.Blank(gap) + f.Colour(style, standing)
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
	add := func(style lipgloss.Style, words string) { lines = append(lines, frame.Lines(style, words, width)...) }
	if unit.Broken != nil {
		add(f.Styles.Warning, unit.Broken.Place()+": "+w.Say(unit.Broken.What))
	}
	for _, at := range item.Late {
		activity := &item.Board.Activities[at].Activity
		_, style := f.Signs.Cell(f.Styles, unit.Cells[at], f.Board.Phase)
		said := strconv.Itoa(at+1) + " · " + activity.Title + ": " +
			w.Standing(item.Board, unit.Cells[at], activity.Deadline)
		lines = append(lines, f.ColourLines(style, said, width)...)
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
