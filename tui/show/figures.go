package show

import (
	"strconv"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/figures"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/lang"
)

// Figures prints the figures of the units, indicator by indicator, or only those of one unit when unit is not "": each
// in words, so that it can be heard as well as read.
func Figures(p *Printer, board *model.Board, unit string) {
	s := statusText{p, board}
	s.header()
	table := figures.New(board)
	if len(table.Columns) == 0 {
		s.Paragraph(s.Words.T("This plan asks for no figures."))
		return
	}
	counts := table.Count()
	said := s.Words.T("figures: %d of %d", counts.Given, counts.Asked) + " · " +
		s.Words.T("%d confirmed", counts.Confirmed)
	if counts.Odd > 0 {
		said += " · " + s.Words.T("%d to look at again", counts.Odd)
	}
	s.Out.Line("")
	s.Paragraph(s.Words.T("Figures of the units"))
	s.Paragraph(said)
	for column := range table.Columns {
		s.column(table, column, unit)
	}
}

// column is an indicator with what each unit gave for it, or one of them.
func (s statusText) column(table *figures.Table, at int, only string) {
	column := &table.Columns[at]
	activity := &s.board.Activities[column.Activity].Activity
	var rows [][2]string
	for i := range s.board.Units {
		unit, figure := &s.board.Units[i], table.At(i, at)
		if only != "" && unit.Unit.ID != only || only == "" && !figure.Assigned {
			continue
		}
		said := lang.FigureStanding(s.Words, s.board, unit, column, &figure)
		if !figure.Odd.IsZero() {
			said = append(said, s.Words.T("to look at again: %s", figure.Odd))
		}
		rows = append(rows, [2]string{unit.Unit.Name, strings.Join(said, " · ")})
	}
	title := strconv.Itoa(column.Activity+1) + " · " + activity.Indicators.FullName(column.Indicator)
	if column.Indicator.Measure != "" {
		title += " (" + column.Indicator.Measure + ")"
	}
	s.Columns(title, rows)
	if only != "" {
		return
	}
	total := phrase.Capital(lang.FigureTotal(s.Words, s.board, column))
	if rule := lang.SumRule(s.Words, &column.Indicator); rule != "" {
		total += ". " + rule
	}
	for _, line := range wrap(total, PageWidth-2) {
		s.Out.Line("  " + line)
	}
}
