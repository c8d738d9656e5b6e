package calendar_test

import (
	"strings"
	"testing"

	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
)

// A day is read as people write it and as the files do, and never the other way round.
func TestParseDay(t *testing.T) {
	tests := map[string]struct {
		typed string
		want  calendar.Day // zero: refused
	}{
		"as in the files":        {"2019-12-01", calendar.Date(2019, 12, 1)},
		"as people write":        {"01/12/2019", calendar.Date(2019, 12, 1)},
		"without noughts":        {"1/2/2019", calendar.Date(2019, 2, 1)},
		"the American way round": {"12/31/2019", calendar.Day{}},
		"no such day":            {"31/02/2019", calendar.Day{}},
		"a short year":           {"01/12/19", calendar.Day{}},
		"no year":                {"01/12", calendar.Day{}},
		"a word":                 {"main", calendar.Day{}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := calendar.ParseDay(test.typed)
			if got != test.want || (err != nil) != test.want.IsZero() {
				t.Errorf("got %v, %v; want %v", got, err, test.want)
			}
			if hint := phrase.HintOf(err).String(); err != nil && (!strings.Contains(hint, "18/12/2019") || !strings.Contains(hint, "2019-12-18")) {
				t.Errorf("the hint is %q", hint)
			}
		})
	}
}

// A day without its year gets the one in which the plan has it, and none where several do.
func TestWithYear(t *testing.T) {
	year, month := func(year int) calendar.Day { return calendar.Date(year, 1, 1) }, calendar.Date
	for name, test := range map[string]struct {
		typed       string
		first, last calendar.Day
		want        string
	}{
		"in the plan":                {"20/11", month(2019, 11, 15), month(2019, 12, 15), "20/11/2019"},
		"outside, but of its year":   {"20/12", month(2019, 11, 15), month(2019, 12, 15), "20/12/2019"},
		"in the second year":         {"3/2", month(2025, 9, 1), month(2026, 6, 30), "3/2/2026"},
		"in the first year":          {"3/10", month(2025, 9, 1), month(2026, 6, 30), "3/10/2025"},
		"in no year":                 {"3/8", month(2025, 9, 1), month(2026, 6, 30), "3/8"},
		"in both years":              {"3/10", month(2025, 9, 1), month(2026, 12, 31), "3/10"},
		"a leap day":                 {"29/2", month(2023, 1, 1), month(2024, 12, 31), "29/2/2024"},
		"a plan without days":        {"3/10", calendar.Day{}, calendar.Day{}, "3/10/2026"},
		"a plan without a last day":  {"3/10", year(2025), calendar.Day{}, "3/10/2026"},
		"with its year":              {"3/10/2020", month(2019, 11, 15), month(2019, 12, 15), "3/10/2020"},
		"as the files have it":       {"2020-10-03", month(2019, 11, 15), month(2019, 12, 15), "2020-10-03"},
		"no day at all":              {"tháng/mười", month(2019, 11, 15), month(2019, 12, 15), "tháng/mười"},
		"the day of each month":      {"18", month(2019, 11, 15), month(2019, 12, 15), "18"},
		"a plan that ends before it": {"3/10", year(2026), year(2025), "3/10"},
	} {
		if got := calendar.WithYear(test.typed, test.first, test.last, month(2026, 11, 29)); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// A unit that joins while nothing has begun is there from the beginning.
func TestJoins(t *testing.T) {
	today, starts := calendar.Date(2019, 12, 1), calendar.Date(2019, 11, 15)
	for _, test := range []struct {
		starts, today calendar.Day
		activities    int
		want          calendar.Day
	}{
		{starts, today, 8, today}, {starts, starts, 8, starts}, {starts, starts.Add(-1), 8, calendar.Day{}},
		{calendar.Day{}, today, 8, today}, {starts, today, 0, calendar.Day{}}, {calendar.Day{}, today, 0, calendar.Day{}},
	} {
		if got := calendar.Joins(test.starts, test.today, test.activities); got != test.want {
			t.Errorf("%v: %s, want %s", test, got, test.want)
		}
	}
}
