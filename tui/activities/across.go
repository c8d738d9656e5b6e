package activities

import (
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/tui/browse"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/layout"
)

// Widths of what is said of an activity over all units, in cells.
const (
	leastStanding = 26
	mostFigure    = 14 // of a figure's column, with a gap of two
	leastNote     = 24
	headLines     = 2
)

// across says how an activity stands in each unit that has it, with figures and note: for that a wide screen has room
// below the list. Figures that do not fit are left out, and so is the note. Of more units than the height has lines
// nothing is said.
func across(f *frame.Frame, at, width, height int) []string {
	row, units := &f.Board.Activities[at], 0
	for i := range f.Board.Units {
		if f.Board.Units[i].Cells[at].Shown() {
			units++
		}
	}
	if units >= height {
		return nil
	}
	names := browse.UnitsOf(f.Board.Campaign.Roster.Units).Short + 2
	said, standings := make([]string, len(f.Board.Units)), 0
	for i := range f.Board.Units {
		if cell := f.Board.Units[i].Cells[at]; cell.Shown() {
			said[i] = f.Words.StandingBy(f.Board, cell, row.Activity.Deadline)
			standings = max(standings, layout.Width(said[i])+2)
		}
	}
	left := width - margin - names
	wide := make([]int, 0, len(row.Figures))
	for i := range row.Figures {
		column := figureWidth(f, row, at, i)
		if left-column < leastStanding {
			break
		}
		left -= column
		wide = append(wide, column)
	}
	standings = min(standings, left)
	if left -= standings; left < leastNote {
		left = 0
	}
	line := func(name, standing string, figure func(i int) string, note string) string {
		var b strings.Builder
		b.WriteString(layout.Blank(margin) + layout.Left(name, names) + layout.Left(standing, standings))
		for i := range wide {
			b.WriteString(layout.Right(figure(i), wide[i]-2) + "  ")
		}
		return strings.TrimRight(b.String()+layout.Cut(note, left), " ")
	}
	lines := acrossHead(f, row, wide, line)
	for i := range f.Board.Units {
		unit := &f.Board.Units[i]
		cell := unit.Cells[at]
		if !cell.Shown() {
			continue
		}
		note := strings.Join(strings.Fields(cell.Entry.Note), " ")
		if note != "" {
			note = "“" + note + "”"
		}
		standing := said[i]
		if layout.Width(standing) > standings-2 { // how late it is matters more than by whom
			standing = f.Words.Standing(f.Board, cell, row.Activity.Deadline)
		}
		if layout.Width(standing) > standings-2 {
			standing = lang.ShortStanding(f.Words, f.Board, cell, &row.Activity)
		}
		standing = layout.Cut(standing, standings-2)
		if _, style := f.Signs.Cell(f.Styles, cell, f.Board.Phase); cell.Late() {
			standing = f.Colour(style, standing)
		}
		lines = append(lines, line(unit.Unit.ShortName(), standing, func(i int) string {
			return figureOf(f, cell, row.Figures[i].Indicator.ID)
		}, note))
	}
	summed := func(figure model.IndicatorTotal) bool { return figure.InPeriod.Total != nil }
	if slices.ContainsFunc(row.Figures[:len(wide)], summed) {
		total := line(f.Words.T("Total"), "", func(i int) string {
			if sum := row.Figures[i].InPeriod.Total; sum != nil {
				return f.Words.Number(*sum)
			}
			return ""
		}, "")
		lines = append(lines, f.Styles.Muted.Render(total))
	}
	return lines
}

// acrossHead names the columns of across; the names of figures take more lines than one.
func acrossHead(f *frame.Frame, row *model.ActivityRow, wide []int,
	line func(name, standing string, figure func(i int) string, note string) string,
) []string {
	heads, height := make([][]string, len(wide)), 1
	for i := range wide {
		name := row.Figures[i].Indicator.Name
		heads[i] = layout.First(layout.Wrap(name, wide[i]-2), headLines, wide[i]-2)
		height = max(height, len(heads[i]))
	}
	var lines []string
	for n := range height {
		unit, standing := "", ""
		if n == height-1 {
			unit, standing = f.Words.T("Unit"), f.Words.T("Status")
		}
		words := line(unit, standing, func(i int) string {
			if from := n - height + len(heads[i]); from >= 0 {
				return heads[i][from]
			}
			return ""
		}, "")
		lines = append(lines, f.Styles.Muted.Render(words))
	}
	return lines
}

// figureWidth is the width of a figure's column with its gap: its numbers and the longest word of its name are read in
// full.
func figureWidth(f *frame.Frame, row *model.ActivityRow, at, i int) int {
	wide := 0
	for word := range strings.FieldsSeq(row.Figures[i].Indicator.Name) {
		wide = max(wide, min(layout.Width(word), mostFigure-2))
	}
	wide = max(wide, min(layout.Width(row.Figures[i].Indicator.Name)/headLines+1, mostFigure-2))
	for u := range f.Board.Units {
		wide = max(wide, layout.Width(figureOf(f, f.Board.Units[u].Cells[at], row.Figures[i].Indicator.ID)))
	}
	if sum := row.Figures[i].InPeriod.Total; sum != nil {
		wide = max(wide, layout.Width(f.Words.Number(*sum)))
	}
	return wide + 2
}

// figureOf is a figure of a cell; what is missing is a dash, not zero.
func figureOf(f *frame.Frame, cell model.Cell, id string) string {
	figure, given := cell.Figures[id]
	switch {
	case given && cell.Timeliness != calendar.Disputed:
		return f.Words.Number(figure)
	case cell.Entry.Status == model.NA:
		return f.Signs.NA
	default:
		return "—"
	}
}
