package source

import (
	"strings"
	"unicode/utf8"
)

// A text has tables in three forms: cells between bars, cells between tabs, and columns of blanks as programs print
// that make text of a PDF.

// isBarRow reports a row whose cells stand between bars.
func isBarRow(line string) bool {
	line = strings.TrimSpace(line)
	return len(line) > 2 && line[0] == '|' && strings.Count(line, "|") > 1
}

// isTabRow reports a row whose cells are kept apart by tabs; cells may be empty.
func isTabRow(line string) bool {
	const least = 2
	return strings.Count(strings.TrimRight(line, " "), "\t") >= least && strings.Trim(line, "\t ") != "" &&
		!strings.HasPrefix(line, "\t\t") && tabCells(line) > least
}

// tabCells counts the cells that hold something, and the empty first one.
func tabCells(line string) int {
	n := 0
	for i, cell := range strings.Split(line, "\t") {
		if strings.TrimSpace(cell) != "" || i == 0 {
			n++
		}
	}
	return n
}

// leastColumns is how many columns of blanks make a table; two stand beside each other in the head of a letter.
const leastColumns = 3

// rowsFrom counts the lines of the table that begins at a line; 0 when none does.
func (r *textReader) rowsFrom(start int) int {
	first := &r.lines[start]
	switch {
	case isBarRow(first.text):
		return r.count(start, func(l *textLine) bool { return isBarRow(l.text) })
	case isTabRow(first.text):
		return r.count(start, func(l *textLine) bool { return isTabRow(l.text) })
	case len(first.fields) >= leastColumns:
		n := r.count(start, func(l *textLine) bool {
			return len(l.fields) >= leastColumns || goesOn(l, first.fields)
		})
		for n > 0 && len(r.lines[start+n-1].fields) < leastColumns && !goesOn(&r.lines[start+n-1], first.fields) {
			n--
		}
		return n
	}
	return 0
}

// count counts lines that hold, from a line on; a blank line or a page number may stand between two of them.
func (r *textReader) count(start int, holds func(*textLine) bool) int {
	n, between := 0, 0
	for i := start; i < len(r.lines); i++ {
		line := &r.lines[i]
		switch {
		case line.blank(), isPageNumber(line.text) && n > 0 && len(line.fields) <= 1: // no row begins there
			if between++; between > 4 {
				return n
			}
		case holds(line):
			n, between = i-start+1, 0
		default:
			return n
		}
	}
	return n
}

// goesOn reports a line whose fields stand under columns of the first row, none under the first one: the cells of the
// row above go on.
func goesOn(l *textLine, columns []field) bool {
	if l.blank() || len(columns) == 0 || l.fields[0].start <= columns[0].start+1 {
		return false
	}
	for _, f := range l.fields {
		at := columnOf(f, columns)
		const slack = 2
		if at < 0 || at+1 < len(columns) && f.start+utf8.RuneCountInString(f.text) > columns[at+1].start+slack {
			return false
		}
	}
	return true
}

// columnOf is the column under which a field begins, -1 when it is none.
func columnOf(f field, columns []field) int {
	const near = 6
	best, distance := -1, near
	for i, column := range columns {
		if d := max(f.start-column.start, column.start-f.start); d < distance {
			best, distance = i, d
		}
	}
	if best >= 0 {
		return best
	}
	for i := range columns { // a head that is centred begins to the right of its cells
		end := 1 << 30
		if i+1 < len(columns) {
			end = columns[i+1].start
		}
		if f.start >= columns[i].start && f.start < end {
			return i
		}
	}
	return -1
}

// cell is what stands in one cell of a text's table.
type cell struct {
	text        string
	first, last int // lines
}

func (r *textReader) readTable(lines []textLine) error {
	r.table++
	row := 0
	var open []cell // of a table of blanks, whose cells go on below
	emit := func(cells []cell) error {
		if cells == nil {
			return nil
		}
		row++
		return r.emitRow(row, cells)
	}
	columns := lines[0].fields
	for i := range lines {
		line := &lines[i]
		var err error
		switch {
		case line.blank():
		case isPageNumber(line.text) && len(line.fields) == 1 && !isBarRow(line.text):
			err = r.add(Block{Place: Place{Line: line.number}, Part: Margin, Text: line.text})
		case isBarRow(line.text):
			row := strings.TrimSpace(line.text)
			err = emit(cellsBetween(line, strings.TrimSuffix(strings.TrimPrefix(row, "|"), "|"), "|"))
		case isTabRow(line.text):
			err = emit(cellsBetween(line, line.text, "\t"))
		case open != nil && goesOn(line, columns):
			goOn(open, line, columns)
		default:
			err = emit(open)
			open = blankCells(line, columns)
		}
		if err != nil {
			return err
		}
	}
	return emit(open)
}

// goOn puts what stands below the cells of a row into them.
func goOn(open []cell, line *textLine, columns []field) {
	for _, f := range line.fields {
		c := &open[columnOf(f, columns)]
		c.text = strings.TrimSpace(c.text + " " + f.text)
		if c.first == 0 {
			c.first = line.number
		}
		c.last = line.number
	}
}

// blankCells are the cells of a row of a table of blanks.
func blankCells(line *textLine, columns []field) []cell {
	cells := make([]cell, len(columns))
	for n, f := range line.fields {
		at := columnOf(f, columns)
		if at < 0 {
			at = min(n, len(columns)-1)
		}
		cells[at] = cell{strings.TrimSpace(cells[at].text + " " + f.text), line.number, line.number}
	}
	return cells
}

// cellsBetween are the cells of a row that stand between bars or tabs.
func cellsBetween(line *textLine, row, sign string) []cell {
	var cells []cell
	for content := range strings.SplitSeq(row, sign) {
		cells = append(cells, cell{content, line.number, line.last})
	}
	return cells
}

// emitRow gives the blocks of a row; paragraphs of one cell stand between " / ".
func (r *textReader) emitRow(row int, cells []cell) error {
	for i, c := range cells {
		for paragraph := range strings.SplitSeq(c.text, " / ") {
			block := Block{Place: Place{Line: c.first, Last: c.last, Table: r.table, Row: row, Column: i + 1},
				Text: paragraph}
			if utf8.RuneCountInString(strings.TrimSpace(paragraph)) > 0 {
				if err := r.add(block); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
