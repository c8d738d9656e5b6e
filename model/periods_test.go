package model_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/sums"
)

// quarterly is the small plan with two months and an interim report, of which the inspection has sent some.
func quarterly() *model.Campaign {
	c := campaign()
	day := calendar.Date
	c.Plan.Starts, c.Plan.Ends, c.Plan.Reporting.Deadline = day(2026, 4, 1), day(2026, 5, 31), calendar.Deadline{}
	c.Plan.Activities[0].Deadline = calendar.Deadline{Day: day(2026, 5, 31)}
	c.Plan.Activities[0].Indicators = []model.Indicator{
		{ID: "people", Name: "người", Sum: sums.Add}, {ID: "trained", Name: "đã qua lớp", Sum: sums.Last},
	}
	rule := calendar.Rule{Every: calendar.Monthly, Day: 18}
	c.Plan.Reporting.Rule, c.Plan.Reporting.Periods = rule, append(rule.Periods(c.Plan.Starts, c.Plan.Ends), calendar.Period{
		ID: "so-ket", Last: day(2026, 5, 25), Deadline: calendar.Deadline{Day: day(2026, 5, 25)}, Sums: true})
	calendar.InOrder(c.Plan.Reporting.Periods)
	at := time.Date(2026, 4, 10, 9, 0, 0, 0, hanoi)
	c.Progress = map[string]model.Progress{"inspection": {
		Activities: map[string]model.Entry{"talk": {Status: model.Doing, At: at, Figures: map[string]float64{
			"2026-04.people": 40, "2026-05.people": 24, "2026-04.trained": 10, "2026-05.trained": 30, "people": 900,
		}}},
		Reports: map[string]model.Report{
			"2026-04": {Status: model.Accepted, SubmittedAt: at, Results: "x", Difficulties: "x"},
			"2026-05": {Status: model.Draft, Results: "x", Difficulties: "x"},
		},
	}}
	return c
}

// A board is of one period; its totals run over those so far, each indicator by its own rule.
func TestBoardOfAPeriod(t *testing.T) {
	type figures struct{ people, trained float64 }
	tests := map[string]struct {
		today                  calendar.Day
		period                 string
		soFar, inPeriod        figures
		confirmed, accepted    int
		timeliness             calendar.Timeliness
		expected, given, asked int
	}{
		"the first": {calendar.Date(2026, 4, 18), "2026-04", figures{40, 10}, figures{40, 10}, 1, 1, calendar.SentOnTime, 2,
			2, 2},
		"the second": {calendar.Date(2026, 4, 19), "2026-05", figures{64, 30}, figures{24, 30}, 0, 0, calendar.OnTrack, 2,
			2, 2},
		"one that sums": {calendar.Date(2026, 5, 19), "so-ket", figures{40, 10}, figures{40, 10}, 1, 0, calendar.OnTrack, 2,
			0, 0},
		"after all": {calendar.Date(2026, 7, 1), "so-ket", figures{40, 10}, figures{40, 10}, 1, 0, calendar.Overdue, 2, 0, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			board := model.NewBoard(quarterly(), test.today)
			row, totals := board.Units[1], board.Activities[0].Figures
			soFar := figures{*totals[0].Total, *totals[1].Total}
			inPeriod := figures{*totals[0].InPeriod.Total, *totals[1].InPeriod.Total}
			if board.Period != test.period || soFar != test.soFar || inPeriod != test.inPeriod {
				t.Errorf("of %s: %v so far, %v in it", board.Period, soFar, inPeriod)
			}
			if totals[0].Confirmed != test.confirmed || board.Reporting.Accepted != test.accepted ||
				board.Reporting.Expected != test.expected {
				t.Errorf("%d confirmed; reporting %+v", totals[0].Confirmed, board.Reporting)
			}
			if row.ReportTimeliness != test.timeliness || row.Figures != (model.FigureCount{Given: test.given, Asked: test.asked}) {
				t.Errorf("%s, figures %+v", row.ReportTimeliness, row.Figures)
			}
			if rows := board.Periods(); len(rows) != 3 || rows[0].Accepted != 1 || rows[1].Received != 0 {
				t.Errorf("all periods: %+v", rows)
			}
		})
	}
}

// Before a report the figures of its period are asked for, and what is due in it or before.
func TestChecklistOfAPeriod(t *testing.T) {
	asked := func(c *model.Campaign, period string) string {
		var said []string
		for _, finding := range c.ChecklistWith(&c.Roster.Units[1], period, complete) {
			said = append(said, finding.What.String())
		}
		return strings.Join(said, "; ")
	}
	c := quarterly()
	entry := c.Progress["inspection"].Activities["talk"]
	entry.Figures = map[string]float64{"2026-04.people": 1, "2026-04.trained": 1, "people": 1, "trained": 1}
	c.Progress["inspection"].Activities["talk"] = entry
	const due, missing = "“Nói chuyện chuyên đề” is in progress, and no note explains it", "has no figure for"
	for period, want := range map[string]string{"2026-04": "", "2026-05": due, "so-ket": ""} {
		if got := asked(c, period); got != want {
			t.Errorf("%s: %q; want %q", period, got, want)
		}
	}
	entry.Status, c.Plan.Activities[0].Deadline = model.Done, calendar.Deadline{Day: calendar.Date(2026, 4, 30)}
	c.Progress["inspection"].Activities["talk"] = entry
	for _, finding := range c.ChecklistWith(&c.Roster.Units[1], "2026-05", complete) {
		if !finding.Warning {
			t.Errorf("what was over before: %+v", finding)
		}
	}
	c.Plan.Activities[0].Deadline = calendar.Deadline{Day: calendar.Date(2026, 5, 1)}
	if got := asked(c, "2026-05"); strings.Count(got, missing) != 2 || c.ChecklistWith(&c.Roster.Units[1], "2026-05",
		complete)[0].Warning {
		t.Errorf("what is over in it: %q", got)
	}
	entry.Status, c.Plan.Activities[0].Deadline = model.Doing, calendar.Deadline{}
	c.Progress["inspection"].Activities["talk"] = entry
	if got := asked(c, "2026-05"); strings.Count(got, missing) != 2 || strings.Contains(got, due) {
		t.Errorf("what is never due: %q", got)
	}
	entry.Status = model.Todo
	c.Progress["inspection"].Activities["talk"] = entry
	if got := asked(c, "2026-05"); got != "" {
		t.Errorf("what is not begun, and not due: %q", got)
	}
}

// A target is held against what a unit's figures come to so far, and only once the activity is over.
func TestTargetsBeforeAReport(t *testing.T) {
	for name, test := range map[string]struct {
		last    calendar.Day
		targets map[string]float64
		period  string
		want    string
	}{
		"over, not reached":          {calendar.Date(2026, 5, 31), nil, "2026-05", "is 64, the target is 100"},
		"over, its own not reached":  {calendar.Date(2026, 5, 31), map[string]float64{"inspection": 65}, "2026-05", "is 64, the target is 65"},
		"over, its own reached":      {calendar.Date(2026, 5, 31), map[string]float64{"inspection": 64}, "2026-05", ""},
		"over, another's is smaller": {calendar.Date(2026, 5, 31), map[string]float64{"office": 1}, "2026-05", "the target is 100"},
		"it goes on":                 {calendar.Date(2026, 5, 31), nil, "2026-04", ""},
		"it has no day":              {calendar.Day{}, nil, "2026-05", ""},
	} {
		t.Run(name, func(t *testing.T) {
			c := quarterly()
			activity := &c.Plan.Activities[0]
			activity.Deadline = calendar.Deadline{Day: test.last}
			activity.Indicators[0].Target, activity.Indicators[0].Targets = new(100.0), test.targets
			entry := c.Progress["inspection"].Activities["talk"]
			entry.Status = model.Done
			c.Progress["inspection"].Activities["talk"] = entry
			var said []string
			for _, finding := range c.ChecklistWith(&c.Roster.Units[1], test.period, complete) {
				said = append(said, finding.What.String())
			}
			got := strings.Join(said, "; ")
			if !strings.Contains(got, test.want) || test.want == "" && strings.Contains(got, "target") {
				t.Errorf("said %q; want %q", got, test.want)
			}
		})
	}
}

// Whoever sends the current report is told of the first one before it that is missing.
func TestEarlierUnsent(t *testing.T) {
	c := quarterly()
	for _, test := range []struct{ unit, period, want string }{
		{"inspection", "2026-04", ""}, {"inspection", "2026-05", ""}, {"inspection", "so-ket", "2026-05"},
		{"office", "2026-05", "2026-04"},
	} {
		got := ""
		if earlier := c.EarlierUnsent(test.unit, test.period); earlier != nil {
			got = earlier.ID
		}
		if got != test.want {
			t.Errorf("%s before %s: %q; want %q", test.unit, test.period, got, test.want)
		}
	}
	c.Roster.Units[0].Since = calendar.Date(2026, 4, 19) // the day after April's reports
	if earlier := c.EarlierUnsent("office", "2026-05"); earlier != nil {
		t.Errorf("a unit that did not exist yet has not sent %s", earlier.ID)
	}
	c.Progress["inspection"].Reports["2026-04"] = model.Report{Status: model.Submitted}
	for period, want := range map[string]string{"2026-04": "", "2026-05": "2026-04", "so-ket": "2026-04"} {
		got := ""
		if earlier := c.EarlierSubmitted("inspection", period); earlier != nil {
			got = earlier.ID
		}
		if got != want {
			t.Errorf("before %s there waits %q; want %q", period, got, want)
		}
	}
}

// Whoever is late with an earlier period is chased for it too; each period has its own reminders and letters.
func TestChasedSoFar(t *testing.T) {
	c := quarterly()
	c.Office.Reminders = model.Reminders{{Unit: "office", Period: "2026-04", Number: 1}, {Unit: "office", Number: 7}}
	said := func(due []model.Chased) string {
		var all []string
		for _, chased := range due {
			one := chased.Unit().Unit.ID + " " + chased.Board.Period
			if chased.Report {
				one += " report"
			}
			if chased.Late {
				one += " late"
			}
			all = append(all, one)
		}
		return strings.Join(all, "; ")
	}
	for _, test := range []struct {
		today     calendar.Day
		want, one string // over all periods, of the current one
		waiting   string // for reports of earlier periods
	}{
		{calendar.Date(2026, 4, 18), "office 2026-04 report", "office 2026-04 report", ""},
		{calendar.Date(2026, 4, 19), "office 2026-04 report late", "", "2026-04 1"},
		{calendar.Date(2026, 5, 18), "office 2026-04 report late; office 2026-05 report; inspection 2026-05 report",
			"office 2026-05 report; inspection 2026-05 report", "2026-04 1"},
		{calendar.Date(2026, 5, 19), "office 2026-04 report late; office 2026-05 report late; " +
			"inspection 2026-05 report late", "", "2026-04 1 2026-05 2"},
	} {
		board := model.NewBoard(c, test.today)
		if got := said(board.ChasedSoFar(0)); got != test.want {
			t.Errorf("%s: %q; want %q", test.today, got, test.want)
		}
		if got := said(board.Chased(0)); got != test.one {
			t.Errorf("%s, of %s: %q; want %q", test.today, board.Period, got, test.one)
		}
		var waiting []string
		for _, row := range board.Earlier() {
			waiting = append(waiting, row.Period, strconv.Itoa(row.Waiting))
		}
		if got := strings.Join(waiting, " "); got != test.waiting {
			t.Errorf("%s: earlier ones wait for %q; want %q", test.today, got, test.waiting)
		}
	}
	due := model.NewBoard(c, calendar.Date(2026, 5, 18)).ChasedSoFar(0)
	sent := c.Office.Reminders.Remind(due...)[len(c.Office.Reminders):]
	for i, want := range []model.Reminder{{Unit: "office", Period: "2026-04", Number: 2},
		{Unit: "office", Period: "2026-05", Number: 1}, {Unit: "inspection", Period: "2026-05", Number: 1}} {
		if sent[i] != want {
			t.Errorf("reminded %+v; want %+v", sent[i], want)
		}
	}
	if reminders := due[0].Unit().Reminders; len(reminders) != 1 || due[1].Unit().Reminders != nil {
		t.Errorf("reminders of April %+v, of May %+v", reminders, due[1].Unit().Reminders)
	}
	change := model.Change{Person: chief, Subject: model.Subject{Kind: model.SubjectReminder}, Seen: c.Office.Reminders,
		New: c.Office.Reminders.Remind(due...)}
	if err := c.Check(change); err != nil {
		t.Error(err)
	}
	other := change
	other.New = append(slices.Clone(c.Office.Reminders), model.Reminder{Unit: "office", Period: "2026-07", Number: 1})
	if err := c.Check(other); err == nil || !strings.Contains(err.Error(), `there is no period "2026-07"`) {
		t.Errorf("a reminder for no period: %v", err)
	}
}
