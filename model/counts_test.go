package model_test

import (
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/duty"
)

// led is a campaign in which the inspection answers for a talk and the office supports it; the office has written a
// status too, in a clone that did not know better.
func led() *model.Campaign {
	c := campaign()
	c.Plan.Activities[0].Duty = duty.Duty{Leads: []string{"inspection"}, Assigned: []string{"division"}}
	at := time.Date(2019, 12, 1, 9, 0, 0, 0, hanoi)
	c.Progress = map[string]model.Progress{
		"office": {Activities: map[string]model.Entry{"talk": {Status: model.Doing, At: at,
			Figures: map[string]float64{"people": 40}}}},
		"inspection": {Activities: map[string]model.Entry{"talk": {Status: model.Done, At: at,
			Figures: map[string]float64{"people": 24}}}},
	}
	return c
}

// Only who answers for an activity is counted there; the figures of who supports it count in the totals.
func TestWhoCounts(t *testing.T) {
	board := model.NewBoard(led(), calendar.Date(2019, 12, 16))
	office, inspection := board.Units[0], board.Units[1]
	cell := office.Cells[0]
	if cell.Assigned || cell.Role != duty.Support || cell.Entry.Status != model.Doing ||
		cell.Timeliness != calendar.Supports || cell.Late() || office.Tally != (model.Tally{}) {
		t.Errorf("who supports: %+v, counted %+v", cell, office.Tally)
	}
	want := model.Tally{Assigned: 1, Done: 1}
	row := board.Activities[0]
	if inspection.Tally != want || row.Tally != want || board.Total != want || row.Supporting != 1 {
		t.Errorf("unit %+v, activity %+v, all %+v, supporting %d", inspection.Tally, row.Tally, board.Total, row.Supporting)
	}
	if total := row.Figures[0].Total; total == nil || *total != 64 {
		t.Errorf("people %v; want those of both", total)
	}
	if board.Tasks != (duty.Tasks{Total: 1, DoneOnTime: 1}) {
		t.Errorf("tasks %+v", board.Tasks)
	}
	if chased := board.Chased(60); len(chased) != 2 || len(chased[0].Activities)+len(chased[1].Activities) > 0 {
		t.Errorf("chased %+v; want both, for their reports alone", chased)
	}
}

// Who supports is asked for nothing before submitting, but what two people wrote differently is still to be decided.
func TestWhoSupportsIsNotAsked(t *testing.T) {
	c := led()
	c.Plan.Activities[0].Indicators = nil
	office, inspection := &c.Roster.Units[0], &c.Roster.Units[1]
	c.Progress["inspection"].Activities["talk"] = model.Entry{Status: model.Todo}
	asked := func(unit *model.Unit) string {
		var said []string
		for _, finding := range c.ChecklistWith(unit, "", complete) {
			said = append(said, finding.What.String())
		}
		return strings.Join(said, "; ")
	}
	if got := asked(office); got != "" {
		t.Errorf("who supports is asked: %s", got)
	}
	if got := asked(inspection); !strings.Contains(got, "is not started") {
		t.Errorf("who answers is asked: %s", got)
	}
	disputed := model.Entry{Status: model.Todo, Note: "a", Others: []model.Entry{{Status: model.Todo, Note: "b"}}}
	c.Progress["office"].Activities["talk"] = disputed
	if got := asked(office); !strings.Contains(got, "two versions") {
		t.Errorf("two versions: %s", got)
	}
	if cell := model.NewBoard(c, calendar.Date(2019, 12, 1)).Units[0].Cells[0]; cell.Timeliness != calendar.Disputed {
		t.Errorf("two versions are %s", cell.Timeliness)
	}
}

// A status of who supports is refused where it is made; the rest is not, nor what takes such a status away.
func TestWhoSupportsHasNoStatus(t *testing.T) {
	lan := model.Person{Name: "Lan", Unit: "office", Role: model.Staff}
	seen := model.Entry{Status: model.Doing}
	tests := map[string]struct {
		seen, entry model.Entry
		restore     bool
		want        string
	}{
		"a status":              {model.Entry{}, model.Entry{Status: model.Done}, false, "supports “Nói chuyện chuyên đề”"},
		"another status":        {seen, model.Entry{Status: model.Done}, false, "note, evidence, figures"},
		"not applicable":        {seen, model.Entry{Status: model.NA, Note: "x"}, false, "supports"},
		"a note":                {seen, model.Entry{Status: model.Doing, Note: "x"}, false, ""},
		"a first figure":        {model.Entry{}, model.Entry{Status: model.Todo, Figures: map[string]float64{"people": 4}}, false, ""},
		"the status taken away": {seen, model.Entry{Status: model.Todo}, false, ""},
		"undone":                {seen, model.Entry{Status: model.Done}, true, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			err := led().Check(model.Change{Person: lan, Unit: "office", Restore: test.restore,
				Subject: model.Subject{Kind: model.SubjectActivity, ID: "talk"}, Seen: test.seen, New: test.entry})
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v; want %q", err, test.want)
			}
		})
	}
}

// A task is counted once, however many units answer for it.
func TestTasks(t *testing.T) {
	tests := map[string]struct {
		cells model.Tally
		want  duty.Tasks
	}{
		"all done":                       {model.Tally{Assigned: 3, Done: 2, NA: 1}, duty.Tasks{Total: 1, DoneOnTime: 1}},
		"one of them late":               {model.Tally{Assigned: 2, Done: 2, DoneLate: 1}, duty.Tasks{Total: 1, DoneLate: 1}},
		"one overdue":                    {model.Tally{Assigned: 3, Done: 2, Todo: 1, Overdue: 1}, duty.Tasks{Total: 1, Overdue: 1}},
		"one begun":                      {model.Tally{Assigned: 3, Doing: 1, Todo: 2}, duty.Tasks{Total: 1, Doing: 1}},
		"one done":                       {model.Tally{Assigned: 3, Done: 1, Todo: 2}, duty.Tasks{Total: 1, Doing: 1}},
		"none begun":                     {model.Tally{Assigned: 3, NA: 1, Todo: 2}, duty.Tasks{Total: 1, Todo: 1}},
		"it applies to nobody":           {model.Tally{Assigned: 3, NA: 3}, duty.Tasks{}},
		"nobody answers":                 {model.Tally{}, duty.Tasks{}},
		"the rest is in dispute":         {model.Tally{Assigned: 2, Done: 1, Disputed: 1}, duty.Tasks{Total: 1, Doing: 1}},
		"of all that is left, not known": {model.Tally{Assigned: 2, NA: 1, Unknown: 1}, duty.Tasks{Total: 1, Todo: 1}},
	}
	for name, test := range tests {
		var got duty.Tasks
		if got.Add(test.cells); got != test.want {
			t.Errorf("%s: %+v; want %+v", name, got, test.want)
		}
	}
}

// What has no day is never late: neither an activity nor a report, on whatever day.
func TestNothingIsLateWithoutADay(t *testing.T) {
	c := campaign()
	c.Plan.Ends, c.Plan.Reporting.Deadline = calendar.Day{}, calendar.Deadline{}
	c.Plan.Activities[0].Deadline = calendar.Deadline{}
	at := time.Date(2019, 12, 1, 9, 0, 0, 0, hanoi)
	c.Progress = map[string]model.Progress{"office": {
		Activities: map[string]model.Entry{"talk": {Status: model.Done, At: at}},
		Report:     model.Report{Status: model.Submitted, SubmittedAt: at},
	}}
	board := model.NewBoard(c, calendar.Date(2031, 1, 1))
	if board.Phase != calendar.Running || board.Total.Overdue+board.Total.DoneLate != 0 || len(board.Chased(1000)) > 0 {
		t.Errorf("phase %s, %+v, chased %v", board.Phase, board.Total, board.Chased(1000))
	}
	for _, row := range board.Units {
		if row.Cells[0].Timeliness != calendar.NoDeadline || row.ReportTimeliness != calendar.NoDeadline {
			t.Errorf("%s: %s, report %s", row.Unit.ID, row.Cells[0].Timeliness, row.ReportTimeliness)
		}
	}
	if r := board.Reporting; r.Received != 1 || r.OnTime+r.Late+r.Overdue != 0 {
		t.Errorf("reporting %+v", r)
	}
	extend := model.Change{Person: chief, Unit: "inspection", Subject: model.Subject{Kind: model.SubjectReport},
		New: model.Report{}.Extend(calendar.Date(2019, 12, 20), "x")}
	if err := c.Check(extend); err == nil || !strings.Contains(err.Error(), "no deadline") {
		t.Errorf("an extension of no deadline: %v", err)
	}
	if last := c.LastRecord(); last != calendar.Date(2019, 12, 1) {
		t.Errorf("the last record is of %s", last)
	}
	c.Plan.Starts = calendar.Day{}
	if first := c.FirstDay(); first != calendar.Date(2019, 12, 1) {
		t.Errorf("the first record is of %s", first)
	}
}

// The plan says who reports; the others are not expected, but what they send is kept.
func TestWhoReports(t *testing.T) {
	c := campaign()
	c.Roster.Units = append(c.Roster.Units, model.Unit{ID: "union", Name: "Công đoàn", Group: "unions"})
	c.Plan.Reporting.From = []string{"unions", "inspection"}
	c.Progress = map[string]model.Progress{"office": {Report: model.Report{Status: model.Submitted}}}
	board := model.NewBoard(c, calendar.Date(2019, 12, 10))
	if r := board.Reporting; r.Expected != 2 || r.Received != 0 || board.Units[0].Expected || !board.Units[2].Expected {
		t.Errorf("reporting %+v", r)
	}
}

// A report that was returned stays received, unless the plan says that it is open again; its first submission stands.
func TestReturnedReports(t *testing.T) {
	at := time.Date(2019, 12, 12, 9, 0, 0, 0, hanoi)
	for _, reopens := range []bool{false, true} {
		c := campaign()
		c.Plan.Reporting.Reopens = reopens
		returned := model.Report{Status: model.Returned, Reason: "x", SubmittedAt: at}
		c.Progress = map[string]model.Progress{"office": {Report: returned}}
		row := model.NewBoard(c, calendar.Date(2019, 12, 15)).Reporting
		want := model.ReportingRow{Deadline: row.Deadline, Expected: 2, Received: 1, OnTime: 1, Returned: 1,
			Waiting: 2, Overdue: 1}
		if reopens {
			want.Received, want.OnTime, want.Overdue = 0, 0, 2
		}
		if row != want {
			t.Errorf("reopens %t: %+v", reopens, row)
		}
		returned.Status = model.Submitted
		c.Progress["office"] = model.Progress{Report: returned}
		if row := model.NewBoard(c, calendar.Date(2019, 12, 20)).Reporting; row.OnTime != 1 || row.Received != 1 {
			t.Errorf("sent again, reopens %t: %+v", reopens, row)
		}
	}
}

// A group that leads stands for each of its units: each has a cell, is asked and has the target; the task is one.
func TestLeadsThatAreGroups(t *testing.T) {
	divisions, both := []string{"division"}, []string{"office", "inspection"}
	tests := map[string]struct {
		duty              duty.Duty
		cells, supporting int
		target            float64 // of all: 10 each, the office 25
	}{
		"a group":                     {duty.Duty{Leads: divisions}, 2, 0, 35},
		"a group, and one of its own": {duty.Duty{Leads: []string{"division", "office"}}, 2, 0, 35},
		"two units of it":             {duty.Duty{Leads: both}, 2, 0, 35},
		"a group, another supports":   {duty.Duty{Leads: divisions, Support: []string{"unions"}}, 2, 1, 35},
		"another group, it supports":  {duty.Duty{Leads: []string{"unions"}, Support: divisions}, 1, 2, 10},
		"a unit, its group supports":  {duty.Duty{Leads: []string{"office"}, Support: divisions}, 1, 1, 25},
		"two groups":                  {duty.Duty{Leads: []string{"division", "unions"}}, 3, 0, 45},
		"a group beside assigned":     {duty.Duty{Leads: divisions, Assigned: []string{"unions"}}, 2, 1, 35},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := campaign()
			c.Roster.Units = append(c.Roster.Units, model.Unit{ID: "union", Name: "Công đoàn", Group: "unions"})
			activity := &c.Plan.Activities[0]
			activity.Duty = test.duty
			activity.Indicators[0].Target = new(10.0)
			activity.Indicators[0].Targets = map[string]float64{"office": 25}
			board := model.NewBoard(c, calendar.Date(2019, 12, 1))
			row := board.Activities[0]
			if board.Total.Assigned != test.cells || row.Supporting != test.supporting || board.Tasks.Total != 1 {
				t.Errorf("%d cells, %d support, %d tasks; want %d, %d, 1", board.Total.Assigned, row.Supporting,
					board.Tasks.Total, test.cells, test.supporting)
			}
			if target := row.Figures[0].Target; target == nil || *target != test.target {
				t.Errorf("the target of all is %v, want %v", target, test.target)
			}
			asked := 0
			for _, chased := range board.Chased(60) {
				asked += len(chased.Activities)
			}
			if asked != test.cells {
				t.Errorf("%d are chased for it, want %d", asked, test.cells)
			}
		})
	}
}
