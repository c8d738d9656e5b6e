package sums

import (
	"strings"
	"testing"

	"example.org/tiendo/model/phrase"
)

func TestUsual(t *testing.T) {
	tests := map[string]struct {
		figures []float64
		want    float64
	}{
		"nobody":           {nil, 0},
		"four":             {[]float64{1, 2, 3, 4}, 0},
		"five":             {[]float64{5, 1, 4, 2, 3}, 3},
		"six":              {[]float64{6, 5, 1, 4, 2, 3}, 3.5},
		"nothing is not":   {[]float64{0, 0, 0, 0, 7}, 0},
		"one far too many": {[]float64{3, 4, 4000, 5, 2}, 4},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Usual(test.figures); got != test.want {
				t.Errorf("%v; want %v", got, test.want)
			}
		})
	}
}

func TestOdd(t *testing.T) {
	target := func(f float64) *float64 { return &f }
	tests := map[string]struct {
		figure, usual float64
		target        *float64
		want          string
	}{
		"usual":                    {4, 5, nil, ""},
		"ten times is not more":    {50, 5, nil, ""},
		"more than ten times":      {51, 5, nil, "more than 10 times the median of all units (5)"},
		"nobody else":              {4000, 0, nil, ""},
		"ten times the target":     {40, 0, target(4), ""},
		"more than that":           {41, 0, target(4), "more than 10 times the target (4)"},
		"a target of nothing":      {41, 0, target(0), ""},
		"the median goes before":   {400, 5, target(4), "more than 10 times the median"},
		"in triệu đồng":            {5, 5000001, nil, "less than a 1000th of the median of all units (5,000,001)"},
		"a thousandth is not less": {5000, 5000000, nil, ""},
		"zero is an answer":        {0, 5000000, target(4), ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := Odd(test.figure, test.usual, test.target)
			said := phrase.In(phrase.English).Say(got)
			if test.want == "" && !got.IsZero() || !strings.Contains(said, test.want) {
				t.Errorf("%q; want %q", said, test.want)
			}
		})
	}
}
