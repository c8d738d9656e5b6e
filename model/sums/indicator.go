package sums

import (
	"slices"
	"strings"
)

// MaxFigure is the largest figure: above it a float64 no longer counts in ones.
const MaxFigure = 1e15

// Indicator is a figure that units report on an activity. Indicators are not from the plan.
type Indicator struct {
	ID      string
	Name    string
	Measure string // unit of measure
	Sum     Rule
	PartOf  string             // id of the indicator that it must not exceed
	Target  *float64           // of each unit; nil: none
	Targets map[string]float64 // of a unit by itself
	Total   *float64           // of all units together; nil: none
}

// TargetOf is the target of a unit: its own, or that of each unit; nil where there is none.
func (i *Indicator) TargetOf(unit string) *float64 {
	if own, has := i.Targets[unit]; has {
		return &own
	}
	return i.Target
}

// Percent reports whether the figure is a share of a whole.
func (i Indicator) Percent() bool { return i.Measure == "%" }

// Counted reports whether the figure counts things one by one, so that a fraction is doubtful: what is measured in
// money, time, length, area, weight or as a share does not.
func (i Indicator) Counted() bool {
	measured := []string{"%", "đồng", "vnđ", "giờ", "km", "m", "m2", "m²", "ha", "kg", "tấn", "lít", "điểm"}
	words := strings.Fields(strings.ToLower(i.Measure))
	return !slices.ContainsFunc(words, func(word string) bool { return slices.Contains(measured, word) })
}

// Most is the largest figure that can be.
func (i Indicator) Most() float64 {
	if i.Percent() {
		return 100
	}
	return MaxFigure
}
