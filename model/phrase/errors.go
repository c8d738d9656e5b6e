package phrase

import (
	"errors"
	"slices"
)

// Of is an error in words, with its causes.
func Of(err error) Sentence {
	if refusal, is := errors.AsType[*Refusal](err); is {
		if refusal.Err == nil {
			return refusal.What
		}
		return Say("%s: %s", refusal.What, Of(refusal.Err))
	}
	if problem, is := errors.AsType[Problem](err); is {
		return Say("%s: %s", problem.Place(), problem.What)
	}
	if cause := DescribeOSError(err); cause != nil {
		return cause.What
	}
	return Say("%s", err.Error())
}

// ErrorsIn leaves out the warnings.
func ErrorsIn(problems []Problem) []Problem {
	return slices.DeleteFunc(slices.Clone(problems), func(p Problem) bool { return p.Warning })
}

// NewErrors are the errors that a state of the data has and none of some others, or more often than each of them.
// Places do not count, since lines move.
func NewErrors(problems []Problem, others ...[]Problem) []Problem {
	said := func(p Problem) string { return p.File + "\x00" + p.What.String() }
	known := map[string]int{}
	for _, other := range others {
		counts := map[string]int{}
		for _, problem := range ErrorsIn(other) {
			counts[said(problem)]++
			known[said(problem)] = max(known[said(problem)], counts[said(problem)])
		}
	}
	return slices.DeleteFunc(ErrorsIn(problems), func(p Problem) bool {
		known[said(p)]--
		return known[said(p)] >= 0
	})
}

// NewWarnings are what the warnings say that were not there before, wherever they stand.
func NewWarnings(after, before []Problem) []Sentence {
	var fresh []Sentence
	for _, problem := range after {
		stood := func(other Problem) bool { return other.What.String() == problem.What.String() }
		if problem.Warning && !slices.ContainsFunc(before, stood) {
			fresh = append(fresh, Say("warning: %s", problem.What))
		}
	}
	return fresh
}

// FirstNew is the first of NewErrors, nil when there is none.
func FirstNew(problems []Problem, others ...[]Problem) *Problem {
	for _, problem := range NewErrors(problems, others...) {
		return &problem
	}
	return nil
}
