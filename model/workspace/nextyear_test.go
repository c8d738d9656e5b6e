package workspace

import (
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
)

func TestShiftedDays(t *testing.T) {
	n := &NextYear{
		Plan:   &model.Plan{Starts: calendar.Date(2019, 11, 15), Ends: calendar.Date(2019, 12, 15)},
		Starts: calendar.Date(2020, 11, 20), Ends: calendar.Date(2020, 12, 10),
	}
	tests := map[string]struct{ day, want calendar.Day }{
		"the first day":            {calendar.Date(2019, 11, 15), calendar.Date(2020, 11, 20)},
		"three days after it":      {calendar.Date(2019, 11, 18), calendar.Date(2020, 11, 23)},
		"the last day":             {calendar.Date(2019, 12, 15), calendar.Date(2020, 12, 10)},
		"a week before it":         {calendar.Date(2019, 12, 8), calendar.Date(2020, 12, 3)},
		"after the end":            {calendar.Date(2019, 12, 20), calendar.Date(2020, 12, 15)},
		"before the start":         {calendar.Date(2019, 11, 10), calendar.Date(2020, 11, 15)},
		"the middle, nearer start": {calendar.Date(2019, 11, 29), calendar.Date(2020, 12, 4)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := n.shifted(test.day); got != test.want {
				t.Errorf("shifted(%s) = %s, want %s", test.day, got, test.want)
			}
		})
	}
	n.Ends = n.Starts.Add(1) // a campaign of two days has no room for day 14
	if got := n.shifted(calendar.Date(2019, 11, 29)); got != n.Ends {
		t.Errorf("in a short campaign: %s, want %s", got, n.Ends)
	}
}

func TestNewID(t *testing.T) {
	for old, want := range map[string]string{"thang-2019": "thang-2020", "thang": "thang-2020"} {
		n := &NextYear{Plan: &model.Plan{ID: old, Ends: calendar.Date(2019, 12, 15)}, Ends: calendar.Date(2020, 12, 15)}
		if got := n.newID(); got != want {
			t.Errorf("newID of %s = %s, want %s", old, got, want)
		}
	}
}

// The holidays of the old year are not those of the new one; what becomes of a day off stays.
func TestHolidaysOfTheOldYearGo(t *testing.T) {
	const source = "schema = 2\n[plan]\nid = \"x\"\nstarts = 2019-01-01\nends = 2019-02-01\n\n[calendar]\nholidays = [2019-01-01]\nweekend = \"next\"\n"
	n := &NextYear{
		Plan:   &model.Plan{ID: "x", Language: phrase.English, Starts: calendar.Date(2019, 1, 1), Ends: calendar.Date(2019, 2, 1)},
		Starts: calendar.Date(2020, 1, 1), Ends: calendar.Date(2020, 2, 1),
	}
	got, err := n.newPlan([]byte(source))
	if err != nil || strings.Contains(string(got), "holidays") || !strings.Contains(string(got), "weekend = \"next\"") {
		t.Errorf("the new plan, %v:\n%s", err, got)
	}
	n.Starts, n.Ends = calendar.Date(2019, 1, 15), calendar.Date(2019, 2, 15)
	if got, err = n.newPlan([]byte(source)); err != nil || !strings.Contains(string(got), "holidays = [2019-01-01]") {
		t.Errorf("in the same year, %v:\n%s", err, got)
	}
}

// Only the year itself is an old year, and only what holds it is marked, once a line.
func TestMarkOldYear(t *testing.T) {
	const source = "# năm 2019\n[plan]\nid = \"x\"\na = \"năm 2019 và 2019\" # 2019\nb = \"số 12019\"\nc = [\n  \"x\",\n  \"2019\",\n]\nn = 2019\n\n  [[x]]\n  d = { e = \"2019.\" }\n"
	n := &NextYear{
		Plan:   &model.Plan{Language: phrase.English, Starts: calendar.Date(2019, 1, 1), Ends: calendar.Date(2019, 2, 1)},
		Starts: calendar.Date(2020, 1, 1), Ends: calendar.Date(2020, 2, 1),
	}
	got, err := n.markOldYear("plan.toml", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	var unmarked []string
	marks := 0
	lines := strings.Split(string(got), "\n")
	for i, line := range lines {
		if strings.Contains(line, "# OLD YEAR: ") {
			marks++
			if next := strings.TrimSpace(lines[i+1]); next[0] != 'a' && next[0] != 'c' && next[0] != 'd' {
				t.Errorf("a mark above %q", next)
			}
			continue
		}
		unmarked = append(unmarked, line)
	}
	if marks != 3 || len(n.Marked) != 3 {
		t.Errorf("%d marks, %d named; want 3:\n%s", marks, len(n.Marked), got)
	}
	if strings.Join(unmarked, "\n") != source {
		t.Errorf("without the marks it is not the source:\n%s", got)
	}
	if n.Marked[0] != `plan.toml:5: a = "năm 2019 và 2019" # 2019` {
		t.Errorf("the first place is %q", n.Marked[0])
	}
}

func TestEmptyOfficeKeepsTheHead(t *testing.T) {
	const source = "# Lời văn\n\nschema = 1\n\n[header]\nparent = \"UBND\"\n\n[texts]\ndirection = \"cũ\"\n\n[[reminder]]\nunit = \"x\"\n"
	got, err := emptyOffice([]byte(source))
	if err != nil {
		t.Fatal(err)
	}
	if want := "# Lời văn\n\nschema = 1\n\n[header]\nparent = \"UBND\"\n"; strings.TrimRight(string(got), "\n") != strings.TrimRight(want, "\n") {
		t.Errorf("got %q, want %q", got, want)
	}
}

// The days of periods and first days move with the rest; a plan without a period of its own keeps day and month.
func TestDaysOfTheSecondVersionMove(t *testing.T) {
	const source = `schema = 2
[plan]
id = "x-2019"
starts = 2019-01-01
ends = 2019-12-31

[reporting]
every = "quarter"
until = 20

[[reporting.period]]
id = "so-ket"
name = "Sơ kết"
until = 2019-06-20
closes = 2019-06-15

[[activity]]
id = "a"
from = 2019-02-01
`
	n := &NextYear{
		Plan:   &model.Plan{ID: "x-2019", Starts: calendar.Date(2019, 1, 1), Ends: calendar.Date(2019, 12, 31)},
		Starts: calendar.Date(2021, 1, 1), Ends: calendar.Date(2021, 12, 31),
	}
	for _, open := range []bool{false, true} {
		if open {
			n.Plan = &model.Plan{ID: "x-2019"}
		}
		got, err := n.newPlan([]byte(source))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"until = 20\n", "until = 2021-06-20", "closes = 2021-06-15", "from = 2021-02-01"} {
			if !strings.Contains(string(got), want) {
				t.Errorf("without a period %t: it lacks %s:\n%s", open, want, got)
			}
		}
		if open != strings.Contains(string(got), `id = "x-2019"`) {
			t.Errorf("without a period %t: the id is another:\n%s", open, got)
		}
	}
}
