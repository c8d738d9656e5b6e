package reports

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/figures"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/browse"
	"example.org/tiendo/tui/entryform"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/layout"
)

// grid is the view of the figures: units × indicators, with a cursor that is a unit and an indicator.
type grid struct {
	*measured
	key     string   // the column under the cursor
	first   int      // first visible column
	columns []column // as last drawn, for the mouse
}

// measured is the table of a board, as wide as it is in a language.
type measured struct {
	table  *figures.Table
	names  []string // the names of the indicators, with the number of an activity before its first
	widths []int    // of the columns, at least
	whole  []int    // and with their names read in full
	counts figures.Counts
}

// measuredIn is the key of the table of a board.
type measuredIn struct{ language phrase.Language }

// column is where an indicator stands on the screen.
type column struct{ at, from, to int }

// Sizes of the table, in cells and lines.
const (
	gridMargin  = 3  // the cursor sign
	leastName   = 12 // of a unit
	leastColumn = 7
	mostWord    = 11 // of the name of an indicator
	mostWider   = 4  // that a column gets where there is room
	headLines   = 2  // of the names of indicators
	around      = 3  // cells of a column beside its number: a blank before, the mark, a blank behind
	lowGrid     = 12 // lines: below it names have one
)

// of makes the table ready for the board of the frame.
func (g *grid) of(f *frame.Frame) *figures.Table {
	g.measured = model.Once(f.Board, measuredIn{f.Words.Language}, func() *measured { return measure(f) })
	return g.table
}

func measure(f *frame.Frame) *measured {
	g := &measured{table: figures.New(f.Board)}
	g.counts = g.table.Count()
	g.widths, g.whole = make([]int, len(g.table.Columns)), make([]int, len(g.table.Columns))
	g.names = make([]string, len(g.table.Columns))
	for i := range g.table.Columns {
		column := &g.table.Columns[i]
		g.names[i] = column.Indicator.Name
		if i == 0 || g.table.Columns[i-1].Activity != column.Activity {
			g.names[i] = strconv.Itoa(column.Activity+1) + "·" + g.names[i]
		}
		width := 0
		for word := range strings.FieldsSeq(g.names[i]) {
			width = max(width, min(layout.Width(word), mostWord))
		}
		wide := func(figure *float64) {
			if figure != nil {
				width = max(width, layout.Width(f.Words.Number(*figure))+1)
			}
		}
		for unit := range f.Board.Units {
			if figure, given := f.Board.Units[unit].Cells[column.Activity].Figures[column.Indicator.ID]; given {
				wide(&figure)
			}
		}
		wide(column.InPeriod.Total)
		wide(column.Target)
		g.widths[i] = max(width+around, leastColumn)
		for g.whole[i] = g.widths[i]; len(layout.Wrap(g.names[i], g.whole[i]-2)) > headLines; {
			g.whole[i]++
		}
	}
	return g
}

// current is the column under the cursor; -1 where the plan asks for no figures.
func (g *grid) current(f *frame.Frame) int {
	table := g.of(f)
	at := slices.IndexFunc(table.Columns, func(c figures.Column) bool { return c.Key(f.Board) == g.key })
	if at >= 0 || len(table.Columns) == 0 {
		return at
	}
	g.key = table.Columns[0].Key(f.Board)
	return 0
}

// move goes over columns, and stops at the ends.
func (g *grid) move(f *frame.Frame, by int) {
	table, at := g.of(f), g.current(f)
	if at >= 0 {
		at = min(max(at+by, 0), len(table.Columns)-1)
		g.key = table.Columns[at].Key(f.Board)
	}
}

// cell is the unit and the column under the cursor.
func (t *Tab) cell(f *frame.Frame) (unit model.UnitRow, at int, ok bool) {
	unit, found := t.unit(f)
	at = t.grid.current(f)
	return unit, at, found && at >= 0
}

// figureBindings are the keys of the figures.
func (t *Tab) figureBindings(f *frame.Frame) []key.Binding {
	bindings := []key.Binding{frame.Offer(f.Keys.EditFigure, t.figureRefusal(f)), f.Keys.Part, f.Keys.Column}
	if unit, at, ok := t.cell(f); ok && t.grid.of(f).At(f.Board.UnitIndex(unit.Unit.ID), at).Disputed {
		bindings[0] = f.Keys.Decide
	}
	return bindings
}

// entryChange is a change of the entry to which the figure under the cursor belongs that does not change it yet.
func (t *Tab) entryChange(f *frame.Frame) (change model.Change, indicator string, ok bool) {
	unit, at, ok := t.cell(f)
	if !ok {
		return change, "", false
	}
	column := &t.grid.of(f).Columns[at]
	return f.Entry(&unit, column.Activity), column.Indicator.ID, true
}

// figureRefusal says why the figure under the cursor cannot be written.
func (t *Tab) figureRefusal(f *frame.Frame) error {
	change, _, ok := t.entryChange(f)
	if !ok || model.InDispute(change.Seen) {
		return nil
	}
	return f.Board.Campaign.Check(change)
}

// figureKey takes a key of the figures.
func (t *Tab) figureKey(message tea.KeyMsg, f *frame.Frame, rows []browse.Row) tea.Cmd {
	keys := f.Keys
	switch {
	case key.Matches(message, keys.Left):
		t.grid.move(f, -1)
	case key.Matches(message, keys.Right):
		t.grid.move(f, +1)
	case key.Matches(message, keys.EditFigure):
		return t.editFigure(f)
	case key.Matches(message, keys.NextUnit):
		return t.step(f, rows, +1)
	case key.Matches(message, keys.PreviousUnit):
		return t.step(f, rows, -1)
	case key.Matches(message, unitKeys(f)...), key.Matches(message, keys.AcceptAll):
		return frame.Notice(event.Info, f.Words.T("this key is for the row of a unit"))
	case !t.list.Update(message, f, rows):
		return f.Unused(message)
	}
	return nil
}

// editFigure opens the form of the entry, at the figure under the cursor.
func (t *Tab) editFigure(f *frame.Frame) tea.Cmd {
	change, indicator, ok := t.entryChange(f)
	if !ok {
		return frame.Notice(event.Info, f.Words.T("there is no entry under the cursor"))
	}
	if model.InDispute(change.Seen) {
		return frame.Decide(change.Unit, change.Subject)
	}
	if period := f.Board.Campaign.Plan.Reporting.Periods.Find(f.Board.Period); period != nil && period.Sums {
		return frame.Notice(event.Info,
			f.Words.T("the figures of %s come from those of other periods: %s and %s go there", period.Name,
				f.Keys.PeriodBefore.Help().Key, f.Keys.PeriodAfter.Help().Key))
	}
	if hindered := f.Hindered(change); hindered != nil {
		return hindered
	}
	return t.open(f, entryform.New(f, change, indicator), nil)
}

// clicked puts the cursor on the column at a place of the screen.
func (g *grid) clicked(f *frame.Frame, x int) {
	for _, column := range g.columns {
		if x >= column.from && x < column.to {
			g.key = g.of(f).Columns[column.at].Key(f.Board)
		}
	}
}

// measure fits the columns into a width, those around the cursor where they do not all fit.
func (g *grid) measure(f *frame.Frame, width int) (name int, less, more bool) {
	at, units := g.current(f), browse.UnitsOf(f.Board.Campaign.Roster.Units)
	name = max(min(units.Short, width/3), leastName) + 1
	room := width - gridMargin - name
	span := func(from, to int) (sum int) {
		for _, wide := range g.widths[from:to] {
			sum += wide
		}
		return sum
	}
	first := min(g.first, at)
	for first < at && span(first, at+1) > room {
		first++
	}
	last := at + 1
	for last < len(g.widths) && span(first, last+1) <= room {
		last++
	}
	for first > 0 && span(first-1, last) <= room {
		first--
	}
	spare := max(room-span(first, last), 0)
	if full := min(units.Full, width/3) + 1; full-name > 0 { // names are read in full before columns get wider
		wider := min(full-name, spare)
		name, spare = name+wider, spare-wider
	}
	wide := slices.Clone(g.widths[first:last])
	for i := range wide {
		wider := min(g.whole[first+i]-wide[i], spare)
		wide[i], spare = wide[i]+wider, spare-wider
	}
	wider := min(spare/(last-first), mostWider)
	g.first, g.columns = first, nil
	from := gridMargin + name
	for i := first; i < last; i++ {
		to := min(from+wide[i-first]+wider, width)
		g.columns = append(g.columns, column{i, from, to})
		from = to
	}
	return name, first > 0, last < len(g.widths)
}

// viewFigures draws the table of the figures.
func (t *Tab) viewFigures(f *frame.Frame, width, height int) string {
	rows, g := t.rows(f), &t.grid
	if table := g.of(f); len(table.Columns) == 0 {
		none := " " + f.Styles.Muted.Render(f.Words.T("This plan asks for no figures."))
		return layout.Fit([]string{"", none}, width, height)
	}
	name, less, more := g.measure(f, width-1)
	lines := headLines
	if height < lowGrid {
		lines = 1
	}
	return t.list.View(f, browse.Content{
		Above: g.above(f, width, height),
		Top:   g.heads(f, name, lines, width, less, more),
		Rows:  rows,
		Line: func(row int, current bool, _ int) string {
			return g.line(f, f.Board.UnitIndex(rows[row].ID), name, current)
		},
		Bottom: g.bottom(f, name),
		Below:  true,
		Leads:  true,
		Detail: func(width int) (string, []string) { return t.figureDetail(f, width) },
		Empty:  []string{f.Words.T("No matches."), f.Words.T("Esc shows everything again.")},
	}, width, height)
}

// above says how many figures there are, and of which period, with those that can be gone to.
func (g *grid) above(f *frame.Frame, width, height int) []string {
	w := f.Words
	items := []string{w.T("figures: %d of %d", g.counts.Given, g.counts.Asked)}
	items[0] = phrase.Capital(items[0])
	if f.Board.Campaign.Unread > 0 {
		items[0] = w.T("figures: %s", f.Signs.Unread)
	}
	items = append(items, w.T("%d confirmed", g.counts.Confirmed))
	if g.counts.Odd > 0 {
		items = append(items, f.Signs.Problem+" "+w.Count(g.counts.Odd, "%d to look at again", "%d to look at again"))
	}
	line := " " + strings.Join(items, " · ")
	var lines []string
	if f.Board.Period != "" {
		lines = append(lines, g.chooser(f, width))
	}
	if height >= lowGrid {
		lines = append(lines, layout.Cut(line, width))
	}
	return lines
}

// chooser shows the period of the figures between those beside it, with the keys that go there.
func (g *grid) chooser(f *frame.Frame, width int) string {
	periods := f.Board.Campaign.Plan.Reporting.Periods
	at := slices.Index(periods.IDs(), f.Board.Period)
	if at < 0 {
		return ""
	}
	beside := func(i int) string {
		if i < 0 || i >= len(periods) {
			return ""
		}
		return f.Words.Say(periods[i].Name)
	}
	before, after := beside(at-1), beside(at+1)
	here := "[" + f.Words.Say(periods[at].Name) + "]"
	if before != "" {
		before = f.Keys.PeriodBefore.Help().Key + " " + before + "  "
	}
	if after != "" {
		after = "  " + after + " " + f.Keys.PeriodAfter.Help().Key
	}
	if layout.Width(before+here+after)+2 > width {
		before, after = strings.TrimSpace(f.Keys.PeriodBefore.Help().Key)+" ", " "+f.Keys.PeriodAfter.Help().Key
	}
	return " " + f.Styles.Muted.Render(before) + f.Styles.Accent.Render(layout.Cut(here, width-6)) +
		f.Styles.Muted.Render(after)
}

// heads are the names of the indicators, in so many lines, each with the number of its activity before the first.
func (g *grid) heads(f *frame.Frame, name, lines, width int, less, more bool) []string {
	at := g.current(f)
	out := make([]string, lines)
	out[lines-1] = layout.Left(layout.Blank(gridMargin)+browse.UnitHead(f), gridMargin+name-1)
	for _, column := range g.columns {
		words := g.names[column.at]
		room := column.to - column.from - 2
		said := layout.First(layout.Wrap(words, room), lines, room)
		if lines == 1 {
			said = []string{layout.Cut(words, room)}
		}
		for n := range out {
			word := ""
			if from := lines - len(said); n >= from { // the last line stands above the figures
				word = said[n-from]
			}
			style := f.Styles.Muted
			if column.at == at {
				style = f.Styles.Accent
			}
			out[n] = layout.Left(out[n], column.from) + style.Render(layout.Right(word, room+1)) + " "
		}
	}
	if less {
		out[0] = f.Styles.Accent.Render(f.Signs.Less) + strings.TrimPrefix(layout.Left(out[0], width), " ")
	}
	if more {
		out[0] = layout.Left(out[0], width-1) + f.Styles.Accent.Render(f.Signs.More)
	}
	return out
}

// line is the row of a unit.
func (g *grid) line(f *frame.Frame, unit, name int, current bool) string {
	row, at := &f.Board.Units[unit], g.current(f)
	called := layout.Left(lang.NameIn(&row.Unit, name-1), name)
	var b strings.Builder
	b.WriteString(browse.Margin(f, current, f.Units.Has(row.Unit.ID)) + browse.Titled(f, called, current))
	for _, column := range g.columns {
		before, behind := " ", " "
		if current && column.at == at {
			before, behind = f.Styles.Accent.Render("["), f.Styles.Accent.Render("]")
		}
		b.WriteString(before + g.said(f, unit, column, column.to-column.from-2) + behind)
	}
	return b.String()
}

// said is a figure in a number of cells, with what there is to know of it: the last cell is for its mark.
func (g *grid) said(f *frame.Frame, unit int, column column, width int) string {
	table := g.of(f)
	figure := table.At(unit, column.at)
	activity := f.Board.Activities[table.Columns[column.at].Activity].Activity.ID
	busy := f.Changes.Busy(f.Board.Units[unit].Unit.ID, model.Subject{Kind: model.SubjectActivity, ID: activity})
	style, sign := f.Styles.Muted, ""
	switch {
	case busy:
		sign = "~"
	case f.Board.Units[unit].Unread():
		sign = f.Signs.Unread
	case figure.Unknown:
		style, sign = f.Styles.Warning, f.Signs.Unknown
	case figure.Disputed:
		style, sign = f.Styles.Late, f.Signs.Disputed
	case figure.Value != nil:
		return g.number(f, &figure, width)
	case !figure.Assigned:
		sign = f.Signs.Unassigned
	case figure.NA:
		sign = f.Signs.NA
	case figure.Supports:
		sign = f.Signs.Support
	default:
		sign = f.Signs.Todo
	}
	return style.Render(layout.Right(sign, width-1) + " ")
}

// number is a figure that was given, with its marks: of one that is not confirmed, and of one to look at again.
func (g *grid) number(f *frame.Frame, figure *figures.Figure, width int) string {
	mark := " "
	if !figure.Confirmed {
		mark = notConfirmed
	}
	number := f.Words.Number(*figure.Value)
	if figure.Odd.IsZero() {
		return layout.Right(number, width-1) + f.Styles.Muted.Render(mark)
	}
	return f.Styles.Warning.Render(layout.Right(f.Signs.Problem+number, width-1)) + f.Styles.Muted.Render(mark)
}

// notConfirmed marks a figure of a report that is not accepted, as on paper.
const notConfirmed = "*"

// bottom is what belongs to each column below the units: the total by its rule, the target, and of how many units the
// figures are and are confirmed.
func (g *grid) bottom(f *frame.Frame, name int) []string {
	table, w := g.of(f), f.Words
	row := func(title string, of func(*figures.Column) string) string {
		line := layout.Left(layout.Blank(gridMargin)+title, gridMargin+name-1)
		for _, column := range g.columns {
			line = layout.Left(line, column.from) + layout.Right(of(&table.Columns[column.at]), column.to-column.from-2) + "  "
		}
		return f.Styles.Muted.Render(strings.TrimRight(line, " "))
	}
	number := func(of func(*figures.Column) *float64) func(*figures.Column) string {
		return func(column *figures.Column) string {
			if figure := of(column); figure != nil {
				return w.Number(*figure)
			}
			return ""
		}
	}
	lines := []string{row(w.T("Total"), number(func(c *figures.Column) *float64 { return c.InPeriod.Total }))}
	if f.Board.Period != "" {
		lines = append(lines, row(w.T("So far"), number(func(c *figures.Column) *float64 { return c.Total })))
	}
	if slices.ContainsFunc(table.Columns, func(c figures.Column) bool { return c.Target != nil }) {
		lines = append(lines, row(w.T("paper::Target"), number(func(c *figures.Column) *float64 { return c.Target })))
	}
	return append(lines, row(w.T("Units with a figure"), func(c *figures.Column) string {
		return strconv.Itoa(c.InPeriod.Units)
	}), row(w.T("of them confirmed"), func(c *figures.Column) string { return strconv.Itoa(c.InPeriod.Confirmed) }))
}

// figureDetail is all that is known of the figure under the cursor.
func (t *Tab) figureDetail(f *frame.Frame, width int) (title string, lines []string) {
	unit, at, ok := t.cell(f)
	if !ok {
		return "", nil
	}
	w, table := f.Words, t.grid.of(f)
	column, figure := &table.Columns[at], table.At(f.Board.UnitIndex(unit.Unit.ID), at)
	activity := &f.Board.Activities[column.Activity].Activity
	p := &page{f: f, width: width}
	title = unit.Unit.Name + " · " + activity.Indicators.FullName(column.Indicator)
	p.say(strings.Join(lang.FigureStanding(w, f.Board, &unit, column, &figure), " · "))
	if !figure.Odd.IsZero() {
		p.lines = append(p.lines, f.Styles.Warning.Render(layout.Cut(f.Signs.Problem+" "+w.Say(figure.Odd), width)))
	}
	if change, _, ok := t.entryChange(f); ok {
		p.warn(f.Unsaved(change, f.Keys.Edit))
	}
	p.say(lang.FigureTotal(w, f.Board, column))
	p.muted(phrase.Capital(lang.SumRule(w, &column.Indicator)))
	p.muted(fmt.Sprintf("%d · %s", column.Activity+1, activity.Title))
	if err := t.figureRefusal(f); err != nil {
		p.muted(phrase.Capital(w.T("view only: %s", w.Error(err))))
	}
	s := f.Signs
	p.muted(w.T("%s none yet · %s not applicable · %s not assigned · %s not confirmed · %s to look at again", s.Todo, s.NA,
		s.Unassigned, notConfirmed, s.Problem))
	return title, p.lines
}
