// Package figures is the table of all figures of a board: units × indicators, as an annex and the screen show it.
package figures

import (
	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/sums"
)

// Figure is what a unit gave for an indicator in the period of the board.
type Figure struct {
	Value     *float64        // nil: none, which is not zero
	Assigned  bool            // false: the activity is not this unit's
	Supports  bool            // the unit supports the activity, so that nothing is asked of it
	NA        bool            // the activity does not apply to the unit
	Confirmed bool            // the report that it belongs to is accepted
	Disputed  bool            // there are two versions, so there is no value
	Unknown   bool            // the unit's record cannot be read, or not yet
	Target    *float64        // of the unit; nil: none
	Odd       phrase.Sentence // why a person should look at it again; zero: no reason
}

// Of is the figure of a row of a board for an indicator of an activity. What is usual, and so Odd, is not looked at.
func Of(board *model.Board, row *model.UnitRow, activity int, indicator *model.Indicator) Figure {
	cell := &row.Cells[activity]
	figure := Figure{Assigned: cell.Shown(), Confirmed: row.Confirmed(), Unknown: row.Broken != nil}
	figure.Supports = cell.Shown() && !cell.Assigned
	if period := board.Campaign.Plan.Reporting.Periods.Find(board.Period); period != nil && period.Sums {
		figure.Confirmed = board.ConfirmedSoFar(row, activity, *indicator) // its figures belong to other reports
	}
	figure.NA = cell.Entry.Status == model.NA && cell.Assigned && len(cell.Entry.Others) == 0 && row.Broken == nil
	if cell.Assigned && !figure.NA {
		figure.Target = indicator.TargetOf(row.Unit.ID)
	}
	if row.Broken != nil {
		return figure
	}
	if cell.Entry.FigureInDispute(sums.Key(board.Period, indicator.ID)) {
		figure.Disputed = true
		return figure
	}
	if value, given := cell.Figures[indicator.ID]; given {
		figure.Value = &value
	}
	return figure
}

// Column is an indicator over all units.
type Column struct {
	Activity int // index into Board.Activities
	model.IndicatorTotal
	Usual float64 // the median of the units; 0: too few have given a figure
}

// Key names the column: its activity and its indicator.
func (c *Column) Key(board *model.Board) string {
	return board.Activities[c.Activity].Activity.ID + "/" + c.Indicator.ID
}

// Table is the figures of a board. What stands in a cell is worked out when it is looked at.
type Table struct {
	Columns []Column
	board   *model.Board
}

// New makes the table of a board, with the indicators in plan order.
func New(board *model.Board) *Table {
	table := &Table{board: board}
	for i := range board.Activities {
		for _, total := range board.Activities[i].Figures {
			column := Column{Activity: i, IndicatorTotal: total}
			var given []float64
			key := sums.Key(board.Period, total.Indicator.ID)
			for j := range board.Units {
				cell, broken := &board.Units[j].Cells[i], board.Units[j].Broken != nil
				if figure, has := cell.Figures[total.Indicator.ID]; has && !broken && !cell.Entry.FigureInDispute(key) {
					given = append(given, figure)
				}
			}
			column.Usual = sums.Usual(given)
			table.Columns = append(table.Columns, column)
		}
	}
	return table
}

// At is the figure of a row of the board in a column, with why it should be looked at again.
func (t *Table) At(unit, column int) Figure {
	c := &t.Columns[column]
	figure := Of(t.board, &t.board.Units[unit], c.Activity, &c.Indicator)
	if figure.Value != nil {
		figure.Odd = sums.Odd(*figure.Value, c.Usual, figure.Target)
	}
	return figure
}

// OddFigure is a figure to look at again, and in which column of the table it stands.
type OddFigure struct {
	Figure

	Column int
}

// Odd are the figures of a row of the board that should be looked at again, in plan order.
func (t *Table) Odd(unit int) []OddFigure {
	var odd []OddFigure
	for column := range t.Columns {
		if figure := t.At(unit, column); !figure.Odd.IsZero() {
			odd = append(odd, OddFigure{figure, column})
		}
	}
	return odd
}

// Counts is how many figures there are: of those that are asked for, and of these, and to look at again.
type Counts struct{ Asked, Given, Confirmed, Odd int }

// Count counts the figures of all units, but for what units give that support others. One that is to be looked at again
// counts whoever gave it.
func (t *Table) Count() (counts Counts) {
	for unit := range t.board.Units {
		row := &t.board.Units[unit]
		counts.Asked, counts.Given = counts.Asked+row.Figures.Asked, counts.Given+row.Figures.Given
		for column := range t.Columns {
			figure := t.At(unit, column)
			if figure.Value != nil && figure.Confirmed && !figure.Supports {
				counts.Confirmed++
			}
			if !figure.Odd.IsZero() {
				counts.Odd++
			}
		}
	}
	return counts
}
