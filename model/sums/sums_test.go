package sums

import (
	"testing"
	"time"

	"example.org/tiendo/model/phrase"
)

// totalOf totals the parts.
func totalOf(rule Rule, parts []Part) Result {
	var sum Sum
	for i := range parts {
		sum.Add(rule, &parts[i])
	}
	return sum.Result
}

func TestTotals(t *testing.T) {
	at := func(day int) time.Time { return time.Date(2026, 4, day, 8, 0, 0, 0, time.UTC) }
	part := func(figure float64, day int, confirmed bool, target float64) Part {
		p := Part{At: at(day), Confirmed: confirmed}
		if figure >= 0 {
			p.Figure = &figure
		}
		if target >= 0 {
			p.Target = &target
		}
		return p
	}
	parts := []Part{part(3, 2, true, 10), part(12, 9, false, 10), part(-1, 0, true, 20), part(5, 4, false, -1)}
	for rule, want := range map[Rule]struct {
		total, target float64
		percent       int
	}{
		Add:  {20, 40, 50},
		Last: {12, 20, 60},
		None: {-1, -1, -1},
	} {
		got := totalOf(rule, parts)
		if got.Units != 3 || got.Confirmed != 1 || got.Reached != 1 {
			t.Errorf("%s: %d units, %d confirmed, %d have reached their target", rule, got.Units, got.Confirmed, got.Reached)
		}
		if value(got.Total) != want.total || value(got.Target) != want.target {
			t.Errorf("%s: %v of %v, want %v of %v", rule, value(got.Total), value(got.Target), want.total, want.target)
		}
		if percent, known := got.Percent(); known != (want.percent >= 0) || known && percent != want.percent {
			t.Errorf("%s: %d %%, %t; want %d %%", rule, percent, known, want.percent)
		}
	}
	if *parts[0].Figure != 3 || *parts[0].Target != 10 {
		t.Error("a part was changed")
	}
	if got := totalOf(Add, nil); got.Total != nil || got.Target != nil {
		t.Error("nobody has given anything, and there is a total")
	}
}

func value(f *float64) float64 {
	if f == nil {
		return -1
	}
	return *f
}

// Over some periods a figure comes to what its rule says; a period without one adds nothing and hides nothing.
func TestOver(t *testing.T) {
	figures := map[string]float64{"2026-04.a": 40, "2026-05.a": 24, "2026-07.a": 0, "a": 900, "2026-05.b": 7}
	tests := map[string]struct {
		rule    Rule
		periods []string
		want    float64 // -1: none
	}{
		"added up":                    {Add, []string{"2026-04", "2026-05"}, 64},
		"added up, one is missing":    {Add, []string{"2026-04", "2026-06"}, 40},
		"added up, a nought":          {Add, []string{"2026-04", "2026-05", "2026-06", "2026-07"}, 64},
		"the last":                    {Last, []string{"2026-04", "2026-05"}, 24},
		"the last, then missing":      {Last, []string{"2026-04", "2026-05", "2026-06"}, 24},
		"the last is nought":          {Last, []string{"2026-05", "2026-07"}, 0},
		"not totalled, the last":      {None, []string{"2026-04", "2026-05"}, 24},
		"nothing given":               {Add, []string{"2026-06"}, -1},
		"no period":                   {Add, nil, -1},
		"before there were periods":   {Add, []string{""}, 900},
		"nothing of before is summed": {Add, []string{"2026-04"}, 40},
	}
	for name, test := range tests {
		if got := value(Over(test.rule, figures, test.periods, "a")); got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
	all := Indicators{{ID: "a", Sum: Last}, {ID: "b", Sum: Add}, {ID: "c", Sum: Add}}.Over(figures,
		[]string{"2026-04", "2026-05"})
	if len(all) != 2 || all["a"] != 24 || all["b"] != 7 {
		t.Errorf("all together %v", all)
	}
	if figures["2026-04.a"] != 40 {
		t.Error("a figure was changed")
	}
}

// What is said beside a total: of how many units, how many are confirmed, the target of all or of each.
func TestSaid(t *testing.T) {
	ten, five := 10.0, 5.0
	tests := map[string]struct {
		result   Result
		reported bool
		want     string
	}{
		"a total":            {Result{Total: &five, Units: 2, Confirmed: 1}, true, "5 cái (2 units gave figures, 1 confirmed)"},
		"nobody reports":     {Result{Total: &five, Units: 1}, false, "5 cái (1 unit gave figures)"},
		"a target":           {Result{Total: &five, Units: 1, Target: &ten}, false, "5 cái (1 unit gave figures; target 10 cái, 50% reached)"},
		"no figure":          {Result{Target: &ten}, true, "0 units gave figures, 0 confirmed; target 10 cái"},
		"of each":            {Result{Units: 2, Each: &ten, Targets: 3, Reached: 1}, false, "2 units gave figures; target of each unit 10 cái, reached by 1 of 3"},
		"of each another":    {Result{Units: 2, Targets: 3, Reached: 1}, false, "2 units gave figures; target of its own reached by 1 of 3 units"},
		"of all, and each's": {Result{Total: &five, Units: 1, Target: &ten, Each: &five, Targets: 2}, false, "5 cái (1 unit gave figures; target 10 cái, 50% reached)"},
	}
	for name, test := range tests {
		if got := test.result.Said(phrase.In(phrase.English), "cái", test.reported); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
	part := func(figure, target float64) Part { return Part{Figure: &figure, Target: &target} }
	same, other := totalOf(None, []Part{part(5, 5), part(3, 5), {}}), totalOf(None, []Part{part(5, 5), part(3, 4)})
	if value(same.Each) != 5 || same.Targets != 2 || same.Reached != 1 || same.Target != nil {
		t.Errorf("the same target: %+v", same)
	}
	if other.Each != nil || other.Targets != 2 || other.Reached != 1 {
		t.Errorf("other targets: %+v", other)
	}
}
