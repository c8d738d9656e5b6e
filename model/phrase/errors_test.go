package phrase

import (
	"errors"
	"fmt"
	"slices"
	"testing"
)

func TestNewErrors(t *testing.T) {
	problem := func(line int, what string) Problem { return Problem{File: "a.toml", Line: line, What: Say("%s", what)} }
	elsewhere, warning := problem(1, "x"), problem(1, "x")
	elsewhere.File, warning.Warning = "b.toml", true
	for name, test := range map[string]struct {
		now    []Problem
		others [][]Problem
		want   []int // lines
	}{
		"nothing was wrong":           {[]Problem{problem(1, "x")}, nil, []int{1}},
		"it stands in another line":   {[]Problem{problem(7, "x")}, [][]Problem{{problem(1, "x")}}, nil},
		"one more of its kind":        {[]Problem{problem(1, "x"), problem(2, "x")}, [][]Problem{{problem(1, "x")}, {problem(9, "x")}}, []int{2}},
		"as many in one of them":      {[]Problem{problem(1, "x"), problem(2, "x")}, [][]Problem{{}, {problem(1, "x"), problem(9, "x")}}, nil},
		"another file":                {[]Problem{problem(1, "x")}, [][]Problem{{elsewhere}}, []int{1}},
		"it was no more than a doubt": {[]Problem{problem(1, "x")}, [][]Problem{{warning}}, []int{1}},
		"a doubt is no error":         {[]Problem{warning}, nil, nil},
	} {
		var got []int
		for _, found := range NewErrors(test.now, test.others...) {
			got = append(got, found.Line)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: lines %v, want %v", name, got, test.want)
		}
		if first := FirstNew(test.now, test.others...); (first == nil) != (len(test.want) == 0) || first != nil && first.Line != test.want[0] {
			t.Errorf("%s: the first is %v", name, first)
		}
	}
}

// Causes are kept as sentences, so that they can be said in both languages.
func TestOfKeepsCauses(t *testing.T) {
	problem := Problem{File: "a.toml", Line: 2, Column: 3, What: Say("the file is %s", Say("broken"))}
	refusal := &Refusal{What: Say("nothing was sent"), Err: fmt.Errorf("sending: %w", problem)}
	for want, err := range map[string]error{
		"nothing was sent: a.toml:2:3: the file is broken": fmt.Errorf("sync: %w", refusal),
		"100% of nothing": errors.New("100% of nothing"),
	} {
		if got := Of(err).String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	inner, is := Of(refusal).Args[1].(Sentence)
	if !is || inner.Args[1].(Sentence).Format != problem.What.Format {
		t.Errorf("the cause has become a mere text: %#v", Of(refusal))
	}
}
