package activities

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/text"
	"example.org/tiendo/tui/browse"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/layout"
)

// Widths of the matrix, in cells.
const (
	margin       = 3 // the cursor sign
	doneWidth    = 8 // "12/40" and its gap
	sectionGap   = 2 // between sections of the plan
	minNameWidth = 18
	maxNameWidth = 48
	wholeName    = 24 // columns move together for names up to this width

	leastTitled = 9  // a column from which the name of its activity stands over it
	mostTitled  = 13 // what it takes at most
	titleLines  = 4
	mostTitle   = 6  // lines of it where the screen is high
	titledFrom  = 30 // lines of the tab from which there is room for that
	leastBelow  = 12 // lines of a detail that gives its place beside the matrix to the names
)

// column is where an activity stands on the screen.
type column struct{ activity, from, to int }

// geometry is how the matrix divides a width: the name, then columns of one width.
type geometry struct {
	name, cell int
	columns    []column
	titled     bool // the names of the activities stand over the columns
	less, more bool // activities that do not fit stand to the left, to the right
}

// unitRows lists the units that the filters let through.
func (t *Tab) unitRows(f *frame.Frame) []browse.Row {
	return t.filtered.Of(f, func() bool { return t.queryIsAbout(f) == theUnits }, func(unit *model.UnitRow) bool {
		return showsUnit(f, unit) && (t.queryIsAbout(f) != theirWords ||
			slices.ContainsFunc(written(f.Board)[f.Board.UnitIndex(unit.Unit.ID)], f.Query.Match))
	}, func(a, b *model.UnitRow) int { return cmp.Or(browse.MoreLate(a, b), browse.ReportFirst(f, a, b)) })
}

func showsUnit(f *frame.Frame, unit *model.UnitRow) bool {
	switch f.Show {
	case frame.ShowOpen:
		return unit.Tally.Open()+unit.Tally.Disputed > 0 || unit.Broken != nil
	case frame.ShowLate:
		return f.Decides(unit.Unit.ID, model.Subject{}) || unit.Tally.Overdue+unit.Tally.DueToday > 0 || unit.Broken != nil ||
			f.ReportLate(*unit)
	case frame.ShowMine:
		return f.MyUnit(unit.Unit.ID)
	default:
		return true
	}
}

// about is what a filter means in the matrix.
type about int

// The meanings of a filter.
const (
	theActivities about = iota // it narrows the columns; an empty one means this, too
	theUnits
	theirWords // what units have written: their notes and evidence
)

// aboutWhat keeps what a filter means for as long as it is the same.
type aboutWhat struct {
	board *model.Board
	query text.Query
	about about
}

// queryIsAbout decides what a filter means in the matrix: units where any unit's name fits, else activities, else what
// units have written; where nothing fits, units.
func (t *Tab) queryIsAbout(f *frame.Frame) about {
	if f.Query.Empty() {
		return theActivities
	}
	if t.about.board != f.Board || !t.about.query.Same(f.Query) {
		t.about = aboutWhat{f.Board, f.Query, theUnits}
		switch {
		case browse.UnitsOf(f.Board.Campaign.Roster.Units).Names().Any(f.Query):
		case t.anyActivityMatches(f):
			t.about.about = theActivities
		case slices.ContainsFunc(written(f.Board), func(cells []text.Folded) bool {
			return slices.ContainsFunc(cells, f.Query.Match)
		}):
			t.about.about = theirWords
		}
	}
	return t.about.about
}

func (t *Tab) anyActivityMatches(f *frame.Frame) bool {
	return slices.ContainsFunc(t.fold(f).activities, f.Query.Match)
}

// shownColumns lists the indexes of the activities that the filter lets through.
func (t *Tab) shownColumns(f *frame.Frame) []int {
	narrow := t.queryIsAbout(f) == theActivities && !f.Query.Empty()
	var shown []int
	for i := range f.Board.Activities {
		if !narrow || f.Query.Match(t.fold(f).activities[i]) {
			shown = append(shown, i)
		}
	}
	return shown
}

// measure fits the columns into a width, where there is room so that the names of the activities can stand over them;
// where they do not all fit, the ones around the cursor are shown.
func (t *Tab) measure(f *frame.Frame, width int, titled bool) geometry {
	shown := t.shownColumns(f)
	g := geometry{cell: 4}
	gap := sectionGap
	if gaps(f, shown) > 2 {
		gap = 1
	}
	names := min(max(browse.UnitsOf(f.Board.Campaign.Roster.Units).Short+1, minNameWidth), wholeName)
	for g.cell > 3 && margin+names+g.cell*len(shown)+gap*max(gaps(f, shown), 1)+doneWidth > width {
		g.cell--
	}
	whole := width - margin - names - gap*max(gaps(f, shown), 1) - doneWidth
	if n := max(len(shown), 1); titled && whole/n >= leastTitled {
		g.cell, g.titled = min(whole/n, mostTitled), true
	}
	room := max((width-margin-minNameWidth-gap-doneWidth)/g.cell, 1)
	at := max(slices.Index(shown, f.Board.ActivityIndex(t.activity)), 0)
	first, window := 0, shown
	for ; ; room-- {
		first = layout.Window(t.firstCol, at, len(shown), room)
		window = shown[first:min(first+room, len(shown))]
		if room == 1 || margin+minNameWidth+g.cell*len(window)+gap*max(gaps(f, window), 1)+doneWidth <= width {
			break
		}
	}
	t.firstCol = first
	g.less, g.more = first > 0, first+room < len(shown)
	g.name = min(max(width-margin-g.cell*len(window)-gap*max(gaps(f, window), 1)-doneWidth, 8), maxNameWidth)
	from := margin + g.name
	for i, activity := range window {
		if i > 0 && gaps(f, window[i-1:i+1]) > 0 {
			from += gap
		}
		g.columns = append(g.columns, column{activity, from, from + g.cell})
		from += g.cell
	}
	return g
}

// gaps counts how often another section begins among some activities.
func gaps(f *frame.Frame, activities []int) int {
	count := 0
	for i := 1; i < len(activities); i++ {
		before, after := &f.Board.Activities[activities[i-1]].Activity, &f.Board.Activities[activities[i]].Activity
		if !before.SameSection(after) {
			count++
		}
	}
	return count
}

func (t *Tab) viewMatrix(f *frame.Frame, width, height int) string {
	rows := t.unitRows(f)
	bottom := 0
	if len(rows) > 1 {
		bottom = 1
	}
	above, columns, below, title := 2, 0, false, titleLines
	if height >= titledFrom {
		names := max(browse.UnitsOf(f.Board.Campaign.Roster.Units).Short+1, minNameWidth)
		rest, shown := margin+names+sectionGap+doneWidth, len(t.shownColumns(f))
		need, lines := rest+leastTitled*shown, above+title+len(rows)+bottom
		if lines+mostTitle-title+1+leastBelow <= height {
			title = mostTitle
		}
		switch {
		case need <= width*3/5: // what a list takes at most beside a detail
			columns = rest + mostTitled*shown
			above += title
		case need <= width && lines+1+leastBelow <= height: // the names say more than what stands beside
			below = true
			above += title
		}
	}
	body := layout.Divide(width, height, above+len(rows)+bottom, columns)
	if below {
		body = layout.Under(width, height, above+len(rows)+bottom)
	}
	g := t.measure(f, body.ListWidth, below || columns > 0)
	t.columns = g.columns
	head := t.matrixHead(f, g, body.ListWidth)
	if g.titled {
		head = append(head, titles(f, g, title)...)
	}
	if _, at, ok := t.cell(f); ok && body.DetailHeight == 0 { // no detail says what the numbers stand for
		head[0] = layout.Blank(margin) + f.Styles.Title.Render(strconv.Itoa(at+1)+" · "+f.Board.Activities[at].Activity.Title)
	}
	return t.units.View(f, browse.Content{
		Top:    head,
		Rows:   rows,
		Width:  columns,
		Below:  below,
		Under:  under(t, f),
		Bottom: totalLine(f, g, body.ListWidth)[:bottom],
		Line: func(row int, current bool, width int) string {
			return t.matrixLine(f, g, &f.Board.Units[t.filtered.At(row)], current, width)
		},
		Detail: func(width int) (string, []string) {
			unit, at, ok := t.cell(f)
			if !ok {
				return "", nil
			}
			return detail(f, unit, at, width)
		},
		Empty: empty(f),
	}, width, height)
}

// under says of the activity under the cursor how it stands in all units.
func under(t *Tab, f *frame.Frame) func(width, height int) []string {
	return func(width, height int) []string {
		_, at, ok := t.cell(f)
		if !ok || f.Board.Campaign.Unread > 0 {
			return nil
		}
		return across(f, at, width, height)
	}
}

// matrixHead is the names of the sections and the numbers of the activities.
func (t *Tab) matrixHead(f *frame.Frame, g geometry, width int) []string {
	var sections, numbers strings.Builder
	numbers.WriteString(layout.Left(layout.Blank(margin)+browse.UnitHead(f), margin+g.name-1) + " ")
	sections.WriteString(layout.Blank(margin + g.name))
	for i := 0; i < len(g.columns); {
		first := &f.Board.Activities[g.columns[i].activity].Activity
		last := i
		for last+1 < len(g.columns) && f.Board.Activities[g.columns[last+1].activity].Activity.SameSection(first) {
			last++
		}
		from, to := g.columns[i].from, g.columns[last].to
		sections.WriteString(layout.Blank(from - layout.Width(sections.String())))
		if last == len(g.columns)-1 {
			to = width // the last name may reach over the column of totals
		}
		room := to - from
		if last < len(g.columns)-1 {
			room = g.columns[last+1].from - from - 1
		}
		sections.WriteString(layout.Left(" "+f.Words.Section(&f.Board.Campaign.Plan, first), room))
		i = last + 1
	}
	for _, column := range g.columns {
		numbers.WriteString(layout.Blank(column.from - layout.Width(numbers.String())))
		before := " "
		if g.less && column == g.columns[0] {
			before = f.Signs.Less
		}
		number := layout.Left(before+strconv.Itoa(column.activity+1), g.cell)
		if f.Board.Activities[column.activity].Activity.ID == t.activity {
			number = f.Styles.Accent.Render(number)
		}
		numbers.WriteString(number)
	}
	head := numbers.String()
	if g.more {
		head += f.Styles.Accent.Render(f.Signs.More)
	}
	done := f.Words.T("done")
	gap := width - layout.Width(head) - layout.Width(done) - 1
	return []string{f.Styles.Muted.Render(layout.Cut(strings.TrimRight(sections.String(), " "), width)),
		head + layout.Blank(gap) + done}
}

// titles are the names of the activities over their columns, as much of each as some lines hold.
func titles(f *frame.Frame, g geometry, height int) []string {
	lines := make([]string, height)
	for _, column := range g.columns {
		wide := g.cell - 2 // a blank on either side
		title := layout.First(layout.Wrap(f.Board.Activities[column.activity].Activity.Title, wide), height, wide)
		for i := range title {
			lines[i] = layout.Left(lines[i], column.from+1) + layout.Cut(title[i], wide)
		}
	}
	for i := range lines {
		lines[i] = f.Styles.Muted.Render(lines[i])
	}
	return lines
}

func (t *Tab) matrixLine(f *frame.Frame, g geometry, unit *model.UnitRow, current bool, width int) string {
	var b strings.Builder
	name := layout.Left(lang.NameIn(&unit.Unit, g.name-1), g.name-1) + " "
	b.WriteString(browse.Margin(f, current, f.Units.Has(unit.Unit.ID)) + browse.Titled(f, name, current))
	at := margin + g.name
	for _, column := range g.columns {
		b.WriteString(layout.Blank(column.from - at))
		at = column.to
		sign := t.sign(f, unit.Cells[column.activity])
		activity := f.Board.Activities[column.activity].Activity.ID
		switch {
		case f.Changes.Busy(unit.Unit.ID, model.Subject{Kind: model.SubjectActivity, ID: activity}):
			b.WriteString(" " + f.Styles.Muted.Render("~") + layout.Blank(g.cell-2))
		case current && activity == t.activity:
			b.WriteString(f.Styles.Accent.Render("[") + sign + f.Styles.Accent.Render("]") + layout.Blank(g.cell-3))
		default:
			b.WriteString(" " + sign + layout.Blank(g.cell-2))
		}
	}
	done := fmt.Sprintf("%d/%d", unit.Tally.Done, unit.Tally.Applicable())
	switch {
	case unit.Unread():
		done = f.Styles.Muted.Render(f.Signs.Unread)
	case unit.Broken != nil:
		done = f.Signs.Problem
	case unit.Stale != nil:
		done = f.Signs.Problem + " " + done
	case unit.ReportTimeliness == calendar.Disputed:
		done = f.Styles.Late.Render(f.Signs.Disputed) + " " + done
	case unit.Report.Status == model.Returned:
		done = f.Styles.Late.Render(f.Signs.Returned) + " " + done
	case f.ReportLate(*unit) && !(f.Board.Ended() && unit.Waiting()): // not sent in time, or it waits for the Office
		sign, style := f.Signs.Report(f.Styles, *unit, f.Board.Phase)
		done = style.Render(sign) + " " + done
	}
	return b.String() + layout.Right(done, width-at-1)
}

// totalLine says of how many units each activity is done, whichever are shown, below the units.
func totalLine(f *frame.Frame, g geometry, width int) []string {
	var b strings.Builder
	b.WriteString(layout.Left(layout.Blank(margin)+f.Words.T("Done, all units"), margin+g.name))
	at := margin + g.name
	for _, column := range g.columns {
		done := strconv.Itoa(f.Board.Activities[column.activity].Tally.Done)
		if layout.Width(done)+1 > g.cell { // the detail says it
			done = f.Signs.More
		}
		b.WriteString(layout.Blank(column.from-at) + layout.Left(" "+done, g.cell))
		at = column.to
	}
	total := f.Board.Total
	done := fmt.Sprintf("%d/%d", total.Done, total.Applicable())
	if f.Board.Campaign.Unread > 0 {
		done = f.Signs.Unread
	}
	return []string{f.Styles.Muted.Render(b.String() + layout.Right(done, width-at-1))}
}

// sign is the sign of a cell in its style.
func (t *Tab) sign(f *frame.Frame, cell model.Cell) string {
	kept := t.fold(f).signs
	key := signKey{cell.Role, cell.Entry.Status, cell.Timeliness}
	sign, ok := kept[key]
	if !ok {
		plain, style := f.Signs.Cell(f.Styles, cell, f.Board.Phase)
		sign = style.Render(plain)
		kept[key] = sign
	}
	return sign
}

// empty says why no row is shown and which key helps.
func empty(f *frame.Frame) []string {
	if !f.Filtered() {
		return firstSteps(f)
	}
	return []string{f.Words.T("No matches."), f.Words.T("Esc shows everything again.")}
}
