package report

import (
	"encoding/csv"
	"io"
	"slices"
	"strings"

	"example.org/tiendo/model/text"
)

// writeCSV writes one table: a row for each unit with its figures and how its
// report stands, and the totals at the end. It begins with a byte order mark,
// without which Excel takes UTF-8 for another encoding.
func (d *Document) writeCSV(w io.Writer) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	table := d.unitTable()
	heads, rows, total, below := table.Heads, table.Rows, table.Total, [][]Cell(nil)
	if len(d.Columns) > 0 {
		figures := &d.figureTables(0)[0]
		heads = append(figures.Heads, heads[2:]...)
		total = append(figures.Total, total[2:]...)
		for i := range rows {
			rows[i] = append(figures.Rows[i], rows[i][2:]...)
		}
		below = figures.Below
	}
	if d.Traced {
		heads, rows, total = d.withOrigins(heads, rows, total)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	record := make([]string, len(heads))
	for i, head := range heads {
		record[i] = csvText(head.Title)
	}
	if err := out.Write(record); err != nil {
		return err
	}
	for _, row := range slices.Concat(rows, [][]Cell{total}, below) {
		clear(record)
		for i, cell := range row {
			record[i] = csvCell(cell)
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	if d.MadeUp {
		if err := out.Write(append([]string{"", d.Header.MadeUp}, make([]string, len(heads)-2)...)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// withOrigins puts the commits of the figures behind everything else.
func (d *Document) withOrigins(heads []Head, rows [][]Cell, total []Cell) ([]Head, [][]Cell, []Cell) {
	for i := range d.Columns {
		heads = append(heads, Head{Title: d.T("Commit: %s", d.Columns[i].Indicator.Name)})
		total = append(total, Cell{})
		for j := range rows {
			rows[j] = append(rows[j], Cell{Text: d.Units[j].Figures[i].Origin.Commit})
		}
	}
	return heads, rows, total
}

// csvCell writes a number for programs.
func csvCell(cell Cell) string {
	if cell.Number != nil {
		return plain(*cell.Number)
	}
	if cell.Absent {
		return ""
	}
	return csvText(cell.Text)
}

// csvText keeps spreadsheets from taking a text for a formula.
func csvText(s string) string {
	s = text.Text(s)
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
