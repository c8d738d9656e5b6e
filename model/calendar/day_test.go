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
