package sums

import (
	"testing"
	"time"
)

func TestOf(t *testing.T) {
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
		got := Of(rule, parts)
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
	if got := Of(Add, nil); got.Total != nil || got.Target != nil {
		t.Error("nobody has given anything, and there is a total")
	}
}

func value(f *float64) float64 {
	if f == nil {
		return -1
	}
	return *f
}
