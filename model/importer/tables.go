package importer

import (
	"slices"
	"strconv"
	"strings"

	"example.org/tiendo/model/importer/source"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// grid is a table: its lines by row and column.
type grid struct {
	lines   []*Line
	rows    [][]*Line
	columns map[int]column // by number, from 1
	heads   map[int]string
}

// table understands the table that begins at a line, and says how many lines it has; 0 where it is none, or only
// puts the head and the end of the document side by side.
func (r *reader) table(i int) int {
	if r.Lines[i].Table == 0 {
		return 0
	}
	g := grid{columns: map[int]column{}, heads: map[int]string{}}
	n := i
	for ; n < len(r.Lines) && r.Lines[n].Table == r.Lines[i].Table; n++ {
		l := &r.Lines[n]
		g.lines = append(g.lines, l)
		if len(g.rows) == 0 || g.rows[len(g.rows)-1][0].Row != l.Row {
			g.rows = append(g.rows, nil)
		}
		g.rows[len(g.rows)-1] = append(g.rows[len(g.rows)-1], l)
	}
	if head := g.findHead(); head >= 0 {
		r.taskRows(&g, head)
		return n - i
	}
	if r.layout(&g) {
		return 0
	}
	r.form(&g)
	return n - i
}

// layout reports a table that only puts things side by side, as the head of a document does.
func (r *reader) layout(g *grid) bool {
	for _, l := range g.lines {
		folded := text.Fold(l.Plain())
		if isRecipientsLabel(folded) || hasPrefix(folded, mottos) || datelineForm.MatchString(l.Plain()) {
			return true
		}
	}
	switch r.stage {
	case inHead, inTail:
		return len(g.rows) <= 12
	case inBody, inBasis:
		return g.width() == 1
	}
	return false
}

func (g *grid) width() int {
	widest := 0
	for _, l := range g.lines {
		widest = max(widest, l.Column)
	}
	return widest
}

// findHead finds the row that says what stands in the columns; -1 when there is none.
func (g *grid) findHead() int {
	const look = 3
	for n := range min(len(g.rows), look) {
		found, heads := map[int]column{}, map[int]string{}
		for _, l := range g.rows[n] {
			heads[l.Column] = strings.TrimSpace(heads[l.Column] + " " + l.Printed())
		}
		kinds := map[column]bool{}
		for number, words := range heads {
			of := columnNamed(words)
			if of != noColumn && len([]rune(words)) <= 80 {
				found[number] = of
				kinds[of] = true
			}
		}
		if kinds[taskColumn] && len(kinds) >= 2 && len(heads) >= 2 {
			g.columns, g.heads = found, heads
			g.onlyOneTask()
			return n
		}
	}
	return -1
}

// onlyOneTask keeps the first column of tasks: a second one such as "Nội dung chi tiết" is kept beside it.
func (g *grid) onlyOneTask() {
	seen := false
	for number := 1; number <= g.width(); number++ {
		if g.columns[number] == taskColumn {
			if seen {
				g.columns[number] = noteColumn
			}
			seen = true
		}
	}
}

func columnNamed(words string) column {
	folded := strings.Trim(text.Fold(words), " .:")
	for _, row := range columns {
		for _, word := range row.words {
			rest, begins := strings.CutPrefix(folded, word)
			begins = begins && (rest == "" || !isLetter(rest[0]))
			if begins || row.anywhere && strings.Contains(folded, word) {
				return row.column
			}
		}
	}
	return noColumn
}

const onlyNumber source.Pattern = `^\(?\d{1,3}\)?[.)]?$`

// taskRows makes a task of each row that says one.
func (r *reader) taskRows(g *grid, head int) {
	annex := r.stage == inTail || r.stage == inAnnex
	if annex {
		r.stage = inAnnex
		r.section = nil
	}
	duty := r.now().part == duties && !annex
	for _, row := range g.rows[:head+1] {
		for _, l := range row {
			l.Role = Columns
		}
	}
	var last *Task
	for _, row := range g.rows[head+1:] {
		last = r.taskRow(g, row, last, duty, annex)
	}
	r.task, r.group = nil, nil
}

// taskRow understands one row; last is the task above it.
func (r *reader) taskRow(g *grid, row []*Line, last *Task, duty, annex bool) *Task {
	cells := map[int][]*Line{}
	numbers := 0
	for _, l := range row {
		cells[l.Column] = append(cells[l.Column], l)
		if onlyNumber.MatchString(l.Printed()) {
			numbers++
		}
	}
	task := cells[g.columnOf(taskColumn)]
	if numbers == len(row) { // "(1) (2) (3)", or a row to fill in
		role := Form
		if len(row) > 1 {
			role = Columns
		}
		for _, l := range row {
			l.Role = role
		}
		return last
	}
	others := len(cells)
	for number := range cells {
		if of := g.columns[number]; of == numberColumn {
			others--
		}
	}
	switch {
	case others == 1 && (len(task) == 1 || g.width() > 2 && len(row) <= 2 && len(task) == 0) && !g.isNumbered(cells):
		r.groupRow(g, row, duty)
		return nil
	case len(task) == 0 && last != nil: // it goes on with the row above
		r.cells(g, cells, last)
		return last
	case len(task) == 0:
		for _, l := range row {
			r.keep(l, Kept)
			l.Doubt = phrase.Say("the row names no task")
		}
		return last
	}
	return r.newRow(g, cells, task, duty, annex)
}

// groupRow takes a line over all columns as a heading of the tasks below.
func (r *reader) groupRow(g *grid, row []*Line, duty bool) {
	for _, l := range row {
		if onlyNumber.MatchString(l.Printed()) || len(row) == 2 && l.Column == g.columnOf(numberColumn) {
			l.Role = Cell
			continue
		}
		l.Role = Group
		passage := l.passage()
		if len(row) == 2 && row[0] != l {
			passage.Text = strings.TrimSpace(row[0].Printed() + " " + passage.Text)
		}
		r.section = &Section{Passage: passage, Duty: duty}
		r.Sections = append(r.Sections, r.section)
	}
}

// newRow makes a task of a row; task are the lines of its own cell.
func (r *reader) newRow(g *grid, cells map[int][]*Line, task []*Line, duty, annex bool) *Task {
	made := &Task{Passage: task[0].passage(), Title: task[0].Plain(), Duty: duty, Section: r.section, Annex: annex}
	role := Activity
	if duty {
		role = Duty
		made.Assigned = slices.Clone(r.named)
	}
	for n, l := range task {
		l.Role = role
		if n > 0 {
			l.Role = Detail
			made.Text += "\n" + withMark(l)
		}
	}
	if r.section != nil {
		r.section.used = true
	}
	r.cells(g, cells, made)
	r.Tasks = append(r.Tasks, made)
	return made
}

// withMark is a line of a task with its dash.
func withMark(l *Line) string {
	if l.Rank == source.Dash || l.Rank == source.Plus {
		return l.Label + " " + l.Printed()
	}
	return l.Printed()
}

// isNumbered reports a row with an arabic number: a task that says nothing else yet.
func (g *grid) isNumbered(cells map[int][]*Line) bool {
	number := cells[g.columnOf(numberColumn)]
	if len(number) == 0 || g.columnOf(numberColumn) == 0 {
		return false
	}
	_, err := strconv.Atoi(strings.Trim(number[0].Printed(), "(). "))
	return err == nil
}

// columnOf is the number of the first column of a kind; 0 when there is none.
func (g *grid) columnOf(kind column) int {
	for number := 1; number <= g.width(); number++ {
		if g.columns[number] == kind {
			return number
		}
	}
	return 0
}

// cells puts the cells beside a task into it.
func (r *reader) cells(g *grid, cells map[int][]*Line, task *Task) {
	for number := 1; number <= g.width(); number++ {
		of := g.columns[number]
		if of == taskColumn {
			continue
		}
		for _, l := range cells[number] {
			l.Role = Cell
			if of == numberColumn && number == g.columnOf(numberColumn) && len(l.Printed()) <= 8 {
				continue
			}
			words := l.Plain()
			if all, is := attributesOf(words); is {
				r.tell(task, l, all)
				continue
			}
			switch of {
			case leadColumn, personColumn, supportColumn: // the words as printed; in the plan stand ids
				task.Notes = append(task.Notes, l.passage())
			}
			switch of {
			case leadColumn:
				if folded := text.Fold(g.heads[number]); strings.Contains(folded, "chu tri") || strings.Contains(folded, "lead") {
					task.Leads = r.columnNames(task, l, words, task.Leads)
				} else {
					task.Assigned = r.columnNames(task, l, words, task.Assigned)
				}
			case personColumn:
				task.Assigned = r.columnNames(task, l, words, task.Assigned)
			case supportColumn:
				task.Support = r.columnSupport(l, words, task.Support)
			case timeColumn:
				r.columnTime(task, l, words)
			case productColumn:
				task.Product = joined(task.Product, words)
			default:
				task.Notes = append(task.Notes, l.passage())
			}
		}
	}
}

// form keeps a table of which nothing is known, or which is to be filled in.
func (r *reader) form(g *grid) {
	filled := 0
	for _, row := range g.rows[min(1, len(g.rows)):] {
		for _, l := range row {
			if !onlyNumber.MatchString(l.Printed()) {
				filled++
			}
		}
	}
	for _, l := range g.lines {
		r.keep(l, Form)
		if filled > len(g.rows) {
			l.Role = Kept
			l.Doubt = phrase.Say("a table whose columns say nothing that is known: it is kept as text only")
		}
	}
}
