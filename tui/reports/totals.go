package reports

import (
	"slices"
	"strconv"
	"strings"

	"example.org/tiendo/model/figures"
	"example.org/tiendo/model/sums"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/layout"
)

// Widths of what the units come to, in cells.
const (
	totalsGap   = 2
	mostMeasure = 14 // of the unit of measure
	leastFigure = 26 // of the name of an indicator
)

// totals says of each indicator what the unit under the cursor gave, and what all units come to: for that a wide screen
// has room below the list. Of more indicators than there are lines nothing is said.
func (t *Tab) totals(f *frame.Frame, width, height int) []string {
	unit, found := t.unit(f)
	table, w := t.grid.of(f), f.Words
	if !found || len(table.Columns) == 0 || len(table.Columns) >= height || f.Board.Campaign.Unread > 0 {
		return nil
	}
	rows := [][]string{{
		w.T("Figures"), unit.Unit.ShortName(), w.T("Total"), w.T("Measure"), w.T("Given by"), w.T("Confirmed"), w.T("Target"),
	}}
	number := func(figure *float64) string {
		if figure == nil {
			return "—"
		}
		return w.Number(*figure)
	}
	for i := range table.Columns {
		column, all := &table.Columns[i], table.Columns[i].InPeriod
		own := table.At(f.Board.UnitIndex(unit.Unit.ID), i)
		name := t.grid.names[i]
		if i > 0 && table.Columns[i-1].Activity == column.Activity { // under the first one, which has the number
			name = layout.Blank(2) + name
		}
		rows = append(rows, []string{name, number(own.Value), number(all.Total), column.Indicator.Measure,
			strconv.Itoa(all.Units), strconv.Itoa(all.Confirmed), number(target(all))})
	}
	if !slices.ContainsFunc(table.Columns, func(c figures.Column) bool { return target(c.InPeriod) != nil }) {
		for i := range rows {
			rows[i] = rows[i][:len(rows[i])-1]
		}
	}
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, said := range row {
			widths[i] = max(widths[i], layout.Width(said))
		}
	}
	const measure = 3
	widths[measure] = min(widths[measure], mostMeasure)
	left := width - gridMargin
	for _, column := range widths[1:] {
		left -= column + totalsGap
	}
	for len(widths) > measure+1 && left < leastFigure { // what matters less gives way
		last := len(widths) - 1
		left, widths = left+widths[last]+totalsGap, widths[:last]
	}
	if widths[0] = min(widths[0], left); left < leastFigure {
		return nil
	}
	lines := make([]string, len(rows))
	for at, row := range rows {
		var line strings.Builder
		line.WriteString(layout.Blank(gridMargin) + layout.Left(layout.Cut(row[0], widths[0]), widths[0]))
		for i := 1; i < len(widths); i++ {
			cell := layout.Right(row[i], widths[i])
			if i == measure {
				cell = layout.Left(layout.Cut(row[i], widths[i]), widths[i])
			}
			line.WriteString(layout.Blank(totalsGap) + cell)
		}
		lines[at] = line.String()
	}
	lines[0] = f.Styles.Muted.Render(lines[0])
	return lines
}

// target is what all units together should come to, or else each of them.
func target(all sums.Result) *float64 {
	if all.Target == nil {
		return all.Each
	}
	return all.Target
}
