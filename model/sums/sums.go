// Package sums totals what several units give for one indicator, and what is asked of them, by the indicator's own
// rule. It knows no plan.
package sums

import (
	"time"

	"example.org/tiendo/model/phrase"
)

// Rule says how the figures of several units make a total.
type Rule string

// The ways to total an indicator. Percentages are never added: they use None.
const (
	Add  Rule = "add"
	Last Rule = "last"
	None Rule = "none"
)

// Part is what one unit gives and what is asked of it.
type Part struct {
	Figure    *float64 // nil: none was given, which is not zero
	At        time.Time
	Confirmed bool     // the report that the figure belongs to is accepted
	Target    *float64 // nil: none
}

// Result is an indicator over all units.
type Result struct {
	Total     *float64 // nil: nobody has given a figure, or there is no total by the rule
	Units     int      // that have given a figure
	Confirmed int      // of Units
	Target    *float64 // what the units' targets come to by the same rule; nil: there are none
	Each      *float64 // the target of each unit, where all that have one have the same
	Targets   int      // units that have a target
	Reached   int      // of Units: those that have reached their own target
}

// Percent is how much of the target the total is, in whole percent rounded down; without both it is not known.
func (r Result) Percent() (percent int, known bool) {
	if r.Total == nil || r.Target == nil || *r.Target <= 0 {
		return 0, false
	}
	return int(*r.Total * 100 / *r.Target), true
}

// Said is the total with its unit of measure, and beside it how many units gave a figure, how many of these are
// confirmed, and how it stands to the target. Where the units are asked for no reports, nothing is ever confirmed, and
// nothing is said of it.
func (r Result) Said(p phrase.Printer, measure string, reported bool) string {
	if measure != "" && measure != "%" {
		measure = " " + measure
	}
	number := func(f *float64) string { return p.Number(*f) + measure }
	said := p.Count(r.Units, "%d unit gave figures", "%d units gave figures")
	if reported {
		said += ", " + p.T("%d confirmed", r.Confirmed)
	}
	switch {
	case r.Target != nil:
		said += "; " + p.T("target %s", number(r.Target))
	case r.Each != nil: // there is no total of targets either
		said += "; " + p.T("target of each unit %s, reached by %d of %d", number(r.Each), r.Reached, r.Targets)
	case r.Targets > 0:
		said += "; " + p.T("target of its own reached by %d of %d units", r.Reached, r.Targets)
	}
	if percent, known := r.Percent(); known {
		said += ", " + p.T("%d%% reached", percent)
	}
	if r.Total == nil {
		return said
	}
	return number(r.Total) + " (" + said + ")"
}

// Sum is a Result to which one unit after the other is added.
type Sum struct {
	Result
	last time.Time // of the figure that is the total by the rule Last
}

// Add adds a unit.
func (s *Sum) Add(rule Rule, part *Part) {
	s.target(rule, part.Target)
	if part.Figure == nil {
		return
	}
	figure := *part.Figure
	s.Units++
	if part.Confirmed {
		s.Confirmed++
	}
	if part.Target != nil && figure >= *part.Target {
		s.Reached++
	}
	switch {
	case rule == Add && s.Total != nil:
		*s.Total += figure
	case rule == Add:
		s.Total = &figure
	case rule == Last && (s.Total == nil || part.At.After(s.last)):
		s.Total, s.last = &figure, part.At
	}
}

// target takes the target of one more unit. What is only replaced, not added, has the highest of all; what has no
// total has no target of all.
func (r *Result) target(rule Rule, target *float64) {
	if target == nil {
		return
	}
	if r.Targets++; r.Targets == 1 {
		r.Each = new(*target)
	} else if r.Each != nil && *r.Each != *target {
		r.Each = nil
	}
	switch {
	case rule == None:
	case r.Target == nil:
		r.Target = new(*target)
	case rule == Add:
		*r.Target += *target
	case *target > *r.Target:
		*r.Target = *target
	}
}
