package phrase

import (
	"math/rand/v2"
	"testing"
)

func TestParseFigure(t *testing.T) {
	tests := map[string]struct {
		typed   string
		want    float64
		refused string // in Vietnamese, with the way out
	}{
		"whole":                    {typed: "4", want: 4},
		"Vietnamese fraction":      {typed: "3,5", want: 3.5},
		"English fraction":         {typed: "3.5", want: 3.5},
		"blanks around":            {typed: " 12 ", want: 12},
		"Vietnamese millions":      {typed: "15.000.000", want: 15_000_000},
		"English millions":         {typed: "15,000,000", want: 15_000_000},
		"negative, for the rules":  {typed: "-1", want: -1},
		"fifteen thousand or 15":   {typed: "15.000", refused: `"15.000" có thể hiểu theo hai cách — viết 15000 hoặc 15`},
		"the same in English":      {typed: "15,000", refused: `"15,000" có thể hiểu theo hai cách — viết 15000 hoặc 15`},
		"a fraction or a thousand": {typed: "1,234", refused: `"1,234" có thể hiểu theo hai cách — viết 1234 hoặc 1,2340`},
		"word":                     {typed: "bốn", refused: `"bốn" không phải là số — viết số như 1.234,5`},
		"exponent":                 {typed: "1e3", refused: `"1e3" không phải là số — viết số như 1.234,5`},
	}
	w := In(Vietnamese)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := w.ParseFigure(test.typed)
			if err != nil {
				if said := w.Error(err) + " — " + w.Say(HintOf(err)); said != test.refused {
					t.Errorf("refused with %q, want %q", said, test.refused)
				}
				return
			}
			if test.refused != "" || got != test.want {
				t.Errorf("%q is %v; want %v %s", test.typed, got, test.want, test.refused)
			}
		})
	}
}

// What a form shows is read back as the same figure, in whatever language.
func TestPlainNumberIsReadBack(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	figures := []float64{0, 4, 15_000, 1.5, 1.234, 0.001, 999.999, 1e15, 123456.789, -2}
	for range 2000 {
		figures = append(figures, float64(random.IntN(1_000_000))/1000)
	}
	for _, language := range []Language{Vietnamese, English} {
		for _, figure := range figures {
			written := In(language).PlainNumber(figure)
			for _, reader := range []Language{Vietnamese, English} {
				if got, err := In(reader).ParseFigure(written); err != nil || got != figure {
					t.Fatalf("%v is written %q and read as %v, %v", figure, written, got, err)
				}
			}
		}
	}
}
