package lang

import (
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/figures"
	"example.org/tiendo/model/sums"
)

// FigureStanding says the figure of a unit in a column of a table of figures, whether it is confirmed, and what is
// asked of the unit.
func FigureStanding(w Words, board *model.Board, unit *model.UnitRow, column *figures.Column,
	figure *figures.Figure) []string {
	indicator := &column.Indicator
	measured := func(number float64) string {
		if indicator.Measure == "%" {
			return w.Number(number) + "%"
		}
		return strings.TrimSpace(w.Number(number) + " " + indicator.Measure)
	}
	said := figureSaid(w, board, unit, figure, measured)
	if soFar, counted := unit.Cells[column.Activity].SoFar[indicator.ID]; counted && board.Period != "" {
		said = append(said, w.T("so far %s", measured(soFar)))
	}
	if figure.Target != nil {
		said = append(said, w.T("target %s", measured(*figure.Target)))
	}
	if whole, is := board.Activities[column.Activity].Activity.Indicator(indicator.PartOf); is {
		said = append(said, w.T("part of: %s", whole.Name))
	}
	return said
}

// figureSaid is the figure, or why there is none.
func figureSaid(w Words, board *model.Board, unit *model.UnitRow, figure *figures.Figure,
	measured func(float64) string) []string {
	switch {
	case unit.Unread():
		return []string{calendar.Unread.Label(w.Language)}
	case figure.Unknown:
		return []string{w.T("not known: the unit's file cannot be read")}
	case figure.Disputed:
		return []string{w.T("two versions")}
	case figure.Value != nil && !board.Campaign.Plan.Reporting.Asked():
		return []string{measured(*figure.Value)}
	case figure.Value != nil && figure.Confirmed:
		return []string{measured(*figure.Value), w.T("confirmed")}
	case figure.Value != nil:
		return []string{measured(*figure.Value), w.T("not confirmed: report %s", unit.Report.Status)}
	case !figure.Assigned:
		return []string{w.T("not assigned")}
	case figure.NA:
		return []string{model.NA.Label(w.Language)}
	case figure.Supports:
		return []string{w.T("no figure yet"), calendar.Supports.Label(w.Language)}
	default:
		return []string{w.T("no figure yet")}
	}
}

// FigureTotal says what all units come to, in a plan with periods over those so far: that is what is held against a
// target.
func FigureTotal(w Words, board *model.Board, column *figures.Column) string {
	said := column.Said(w.Printer, column.Indicator.Measure, board.Campaign.Plan.Reporting.Asked())
	if board.Period != "" {
		return w.T("all units, so far: %s", said)
	}
	return w.T("all units: %s", said)
}

// SumRule says how the total of an indicator is made where it is no sum; "" where it is.
func SumRule(w Words, indicator *model.Indicator) string {
	switch indicator.Sum {
	case sums.Last:
		return w.T("Cumulative: the total is the latest figure.")
	case sums.None:
		return w.T("Not totalled.")
	default:
		return ""
	}
}
