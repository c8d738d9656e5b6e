package calendar_test

import (
	"strings"
	"testing"

	"example.org/tiendo/model/calendar"
)

// Periods are all that touch a time, each with the days that the rule gives it.
func TestPeriods(t *testing.T) {
	day := calendar.Date
	holidays := &calendar.Calendar{Holidays: []calendar.Day{day(2026, 4, 30), day(2026, 5, 1)}, Next: true}
	tests := map[string]struct {
		rule     calendar.Rule
		from, to calendar.Day
		want     string
	}{
		"months over the year's end": {
			rule: calendar.Rule{Every: calendar.Monthly, Day: 18, Excluded: true, Closes: 14},
			from: day(2025, 11, 20), to: day(2026, 1, 1),
			want: "2025-11 1/11-30/11 due 17/11 closes 14/11; 2025-12 1/12-31/12 due 17/12 closes 14/12; " +
				"2026-01 1/1-31/1 due 17/1 closes 14/1",
		},
		"the month after, over the year's end": {
			rule: calendar.Rule{Every: calendar.Monthly, Day: 5, Excluded: true, Next: true},
			from: day(2025, 12, 1), to: day(2025, 12, 31),
			want: "2025-12 1/12-31/12 due 4/1",
		},
		"the first of the month after, excluded": {
			rule: calendar.Rule{Every: calendar.Monthly, Day: 1, Excluded: true, Next: true},
			from: day(2026, 2, 1), to: day(2026, 2, 1),
			want: "2026-02 1/2-28/2 due 28/2",
		},
		"a day brought down, then excluded": {
			rule: calendar.Rule{Every: calendar.Monthly, Day: 31, Excluded: true, Closes: 30},
			from: day(2028, 2, 10), to: day(2028, 4, 10), // a leap year
			want: "2028-02 1/2-29/2 due 28/2 closes 29/2; 2028-03 1/3-31/3 due 30/3 closes 30/3; " +
				"2028-04 1/4-30/4 due 29/4 closes 30/4",
		},
		"no leap year": {
			rule: calendar.Rule{Every: calendar.Monthly, Day: 30}, from: day(2100, 2, 1), to: day(2100, 2, 1),
			want: "2100-02 1/2-28/2 due 28/2",
		},
		"quarters": {
			rule: calendar.Rule{Every: calendar.Quarterly, Day: 25}, from: day(2025, 12, 31), to: day(2026, 4, 1),
			want: "2025-q4 1/10-31/12 due 25/12; 2026-q1 1/1-31/3 due 25/3; 2026-q2 1/4-30/6 due 25/6",
		},
		"half-years": {
			rule: calendar.Rule{Every: calendar.HalfYearly}, from: day(2026, 6, 30), to: day(2026, 7, 1),
			want: "2026-h1 1/1-30/6; 2026-h2 1/7-31/12",
		},
		"years": {
			rule: calendar.Rule{Every: calendar.Yearly, Day: 10, Excluded: true}, from: day(2026, 5, 1),
			to:   day(2028, 1, 1),
			want: "2026 1/1-31/12 due 9/12; 2027 1/1-31/12 due 9/12; 2028 1/1-31/12 due 9/12",
		},
		"a holiday and a weekend move the day on": { // 30/4 and 1/5 off, 2/5 and 3/5 a weekend
			rule: calendar.Rule{Every: calendar.Monthly, Day: 30, Calendar: holidays}, from: day(2026, 4, 1),
			to:   day(2026, 4, 1),
			want: "2026-04 1/4-30/4 due 4/5",
		},
		"no rule":  {from: day(2026, 1, 1), to: day(2026, 2, 1)},
		"no first": {rule: calendar.Rule{Every: calendar.Monthly}, to: day(2026, 2, 1)},
		"no last":  {rule: calendar.Rule{Every: calendar.Monthly}, from: day(2026, 2, 1)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var said []string
			for _, period := range test.rule.Periods(test.from, test.to) {
				one := period.ID + " " + short(period.First) + "-" + short(period.Last)
				if !period.Deadline.IsZero() {
					one += " due " + short(period.Deadline.LastDay())
				}
				if !period.Closes.IsZero() {
					one += " closes " + short(period.Closes)
				}
				said = append(said, one)
			}
			if got := strings.Join(said, "; "); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
	from, to := day(1000, 1, 1), day(9999, 1, 1)
	if n := len((calendar.Rule{Every: calendar.Monthly}).Periods(from, to)); n != calendar.MaxPeriods {
		t.Errorf("a slip in the year makes %d periods", n)
	}
}

func short(d calendar.Day) string {
	parts := strings.Split(d.Printed(), "/")
	return strings.TrimPrefix(parts[0], "0") + "/" + strings.TrimPrefix(parts[1], "0")
}

// Periods are called as an office calls them, and the current one is the first that is not over.
func TestCurrentPeriod(t *testing.T) {
	day := calendar.Date
	periods := calendar.Rule{Every: calendar.Quarterly, Day: 25}.Periods(day(2026, 1, 1), day(2026, 12, 31))
	interim := calendar.Period{ID: "so-ket", Last: day(2026, 6, 20),
		Deadline: calendar.Deadline{Day: day(2026, 6, 20)}}
	periods = append(periods, interim, calendar.Period{ID: "cuoi", Last: day(2026, 6, 25)})
	calendar.InOrder(periods)
	var ids []string
	for _, period := range periods {
		ids = append(ids, period.ID)
	}
	if got := strings.Join(ids, " "); got != "2026-q1 so-ket 2026-q2 cuoi 2026-q3 2026-q4" {
		t.Errorf("in order: %s", got)
	}
	tests := map[string]calendar.Day{
		"2026-q1": day(2026, 3, 25), "so-ket": day(2026, 3, 26), "2026-q2": day(2026, 6, 21),
		"2026-q4": day(2027, 1, 1),
	}
	for want, today := range tests {
		if got := periods[calendar.Current(periods, today)].ID; got != want {
			t.Errorf("on %s it is %s; want %s", today, got, want)
		}
	}
	if got := calendar.Current(nil, day(2026, 1, 1)); got != -1 {
		t.Errorf("of none it is %d", got)
	}
	if got := periods[0].Name.String(); got != "quarter I/2026" {
		t.Errorf("the first is called %s", got)
	}
}

// The figures of a period so far are those of the periods up to its end; one that only sums others has none.
func TestSummed(t *testing.T) {
	day := calendar.Date
	periods := calendar.Periods(calendar.Rule{Every: calendar.Monthly, Day: 18}.Periods(day(2026, 4, 1), day(2026, 6, 30)))
	periods = append(periods, calendar.Period{ID: "so-ket", Last: day(2026, 5, 31), Sums: true,
		Deadline: calendar.Deadline{Day: day(2026, 5, 31)}})
	calendar.InOrder(periods)
	for id, want := range map[string]string{"2026-04": "2026-04", "2026-05": "2026-04 2026-05",
		"so-ket": "2026-04 2026-05", "2026-06": "2026-04 2026-05 2026-06", "": "", "2027-01": ""} {
		if got := strings.Join(periods.Summed(id), " "); got != want {
			t.Errorf("%s sums %q, want %q", id, got, want)
		}
	}
}
