package model_test

import (
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/phrase"
)

var (
	chief = model.Person{ID: "lan", Name: "Lan", Role: model.Coordinator}
	minh  = model.Person{ID: "minh", Name: "Minh", Unit: "inspection", Role: model.Staff}
)

// complete is a report that lacks nothing, and whole the record that goes with it.
var (
	complete = model.Report{Results: "Đã tổ chức.", Difficulties: "Không."}
	whole    = map[string]model.Entry{"talk": {Status: model.Done, Figures: map[string]float64{"people": 64, "women": 30, "share": 90}}}
)

// step is one thing that somebody does with the report of the inspection.
type step struct {
	person model.Person
	at     string // in Hanoi
	do     func(model.Report) model.Report
	want   string // part of the refusal; "" is allowed
}

// A report goes its way step by step, each checked and signed as the store does it.
func TestTheWayOfAReport(t *testing.T) {
	submit, accept, withdraw := model.Report.Submit, model.Report.Accept, model.Report.Withdraw
	back := func(r model.Report) model.Report { return r.Return("thiếu số liệu nữ") }
	nil1 := func(r model.Report) model.Report { return r.SubmitNil("không có công chức nữ") }
	extend := func(day int, reason string) func(model.Report) model.Report {
		return func(r model.Report) model.Report { return r.Extend(calendar.Date(2019, 12, day), reason) }
	}
	write := func(r model.Report) model.Report { return r.Write(complete) }
	tests := map[string]struct {
		entries map[string]model.Entry
		steps   []step
		want    calendar.Timeliness
		sent    string // first submission, in Hanoi
		status  model.ReportStatus
	}{
		"first submission": {
			whole,
			[]step{{minh, "12-10 09:00", write, ""}, {minh, "12-12 09:00", submit, ""}},
			calendar.SentOnTime, "12-12 09:00", model.Submitted,
		},
		"the last second of the last day": {
			whole,
			[]step{{minh, "12-10 09:00", write, ""}, {minh, "12-14 23:59", submit, ""}},
			calendar.SentOnTime, "12-14 23:59", model.Submitted,
		},
		"midnight, in the zone of the plan": {
			whole,
			[]step{{minh, "12-10 09:00", write, ""}, {minh, "12-15 00:00", submit, ""}},
			calendar.SentLate, "12-15 00:00", model.Submitted,
		},
		"a resubmission keeps the first time": {
			whole,
			[]step{
				{minh, "12-10 09:00", write, ""},
				{minh, "12-13 09:00", submit, ""},
				{chief, "12-16 09:00", back, ""},
				{minh, "12-17 09:00", func(r model.Report) model.Report { r.Results = "Bổ sung."; return r }, ""},
				{minh, "12-18 09:00", submit, ""},
				{chief, "12-19 09:00", accept, ""},
			},
			calendar.SentOnTime, "12-13 09:00", model.Accepted,
		},
		"late, with an extension in time": {
			whole,
			[]step{
				{chief, "12-13 09:00", extend(18, "đoàn đi công tác"), ""},
				{minh, "12-16 09:00", write, ""},
				{minh, "12-18 23:00", submit, ""},
			},
			calendar.SentOnTime, "12-18 23:00", model.Submitted,
		},
		"late, even for the extension": {
			whole,
			[]step{
				{chief, "12-13 09:00", extend(18, "đoàn đi công tác"), ""},
				{chief, "12-13 09:10", extend(20, "thêm nữa"), "has had its extension"},
				{minh, "12-16 09:00", write, ""},
				{minh, "12-19 00:00", submit, ""},
			},
			calendar.SentLate, "12-19 00:00", model.Submitted,
		},
		"extensions that are none": {
			whole,
			[]step{
				{minh, "12-13 09:00", extend(18, "bận"), "only the coordinator"},
				{chief, "12-13 09:00", extend(18, ""), "needs a reason"},
				{chief, "12-13 09:00", extend(14, "bận"), "must be after the deadline"},
				{chief, "12-13 09:00", func(r model.Report) model.Report { return extend(18, "bận")(r).Write(complete) }, "changes nothing else"},
			},
			calendar.Overdue, "", model.NotSent,
		},
		"nil, with nothing done": {
			nil,
			[]step{
				{minh, "12-10 09:00", func(r model.Report) model.Report { return r.SubmitNil("") }, "needs a reason"},
				{minh, "12-12 09:00", nil1, ""},
			},
			calendar.SentOnTime, "12-12 09:00", model.Submitted,
		},
		"nil no longer, and then it must be complete": {
			nil,
			[]step{
				{minh, "12-12 09:00", nil1, ""},
				{minh, "12-12 10:00", func(r model.Report) model.Report { return r.Write(complete) }, "no note explains it"},
			},
			calendar.SentOnTime, "12-12 09:00", model.Submitted,
		},
		"empty is not nil": {
			whole,
			[]step{{minh, "12-12 09:00", submit, "the results are not written yet"}},
			calendar.Overdue, "", model.NotSent,
		},
		"more than one thing missing": {
			nil,
			[]step{{minh, "12-12 09:00", submit, "2 things are missing; the first: “Nói chuyện chuyên đề” is not started"}},
			calendar.Overdue, "", model.NotSent,
		},
		"twice": {
			whole,
			[]step{{minh, "12-10 09:00", write, ""}, {minh, "12-12 09:00", submit, ""}, {minh, "12-12 09:01", submit, "already submitted"}},
			calendar.SentOnTime, "12-12 09:00", model.Submitted,
		},
		"what waits may be bettered, not emptied": {
			whole,
			[]step{
				{minh, "12-10 09:00", write, ""},
				{minh, "12-12 09:00", submit, ""},
				{minh, "12-16 09:00", func(r model.Report) model.Report { r.Funding = "Không."; return r }, ""},
				{minh, "12-16 09:00", func(r model.Report) model.Report { r.Results = ""; return r }, "the results are not written"},
				{minh, "12-16 09:00", func(r model.Report) model.Report { r.Status = model.Draft; return r }, "cannot go from"},
			},
			calendar.SentOnTime, "12-12 09:00", model.Submitted,
		},
		"accepted is locked until it is withdrawn": {
			whole,
			[]step{
				{minh, "12-10 09:00", write, ""},
				{minh, "12-12 09:00", submit, ""},
				{minh, "12-12 09:30", accept, "only the coordinator"},
				{chief, "12-12 09:40", func(r model.Report) model.Report { r.Results = "Khác."; return r.Accept() }, "changes nothing in it"},
				{chief, "12-13 09:00", accept, ""},
				{chief, "12-13 09:01", accept, "already accepted"},
				{minh, "12-13 10:00", func(r model.Report) model.Report { r.Results = "Khác."; return r }, "locked"},
				{chief, "12-13 10:00", func(r model.Report) model.Report { r.Funding = "1 triệu"; return r }, "locked"},
				{minh, "12-13 11:00", withdraw, "locked"},
				{chief, "12-13 11:00", extend(18, "bận"), "locked"},
				{chief, "12-20 11:00", withdraw, ""},
			},
			calendar.SentOnTime, "12-12 09:00", model.Submitted,
		},
		"a withdrawn one of which nobody knows when it came": {
			whole,
			[]step{
				{chief, "12-10 09:00", func(model.Report) model.Report {
					return model.Report{Status: model.Accepted, Results: "x"}
				}, "nothing to accept"},
			},
			calendar.Overdue, "", model.NotSent,
		},
		"returned for a reason only": {
			whole,
			[]step{
				{minh, "12-10 09:00", write, ""},
				{chief, "12-11 09:00", back, "nothing to accept or return"},
				{minh, "12-12 09:00", submit, ""},
				{chief, "12-12 10:00", func(r model.Report) model.Report { return r.Return("") }, "needs a reason"},
				{chief, "12-12 10:00", back, ""},
				{chief, "12-12 11:00", accept, "the report has been returned"},
			},
			calendar.SentOnTime, "12-12 09:00", model.Returned,
		},
		"too much": {
			whole,
			[]step{
				{minh, "12-10 09:00", func(r model.Report) model.Report { r.Results = strings.Repeat("ế", model.MaxText+1); return r }, "longer than 20000 characters"},
				{minh, "12-10 09:00", func(r model.Report) model.Report { r.Documents = []string{""}; return r }, "1 to 500 characters"},
				{minh, "12-10 09:00", func(r model.Report) model.Report { r.NilReason = strings.Repeat("ế", model.MaxReason+1); return r }, "longer than 1000"},
			},
			calendar.Overdue, "", model.NotSent,
		},
	}
	today := calendar.Date(2019, 12, 20)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := campaign()
			progress := model.Progress{Unit: "inspection", Activities: test.entries}
			for i, step := range test.steps {
				c.Progress = map[string]model.Progress{"inspection": progress}
				change := model.Change{
					Person: step.person, Unit: "inspection", Subject: model.Subject{Kind: model.SubjectReport},
					Seen: progress.Report, New: step.do(progress.Report),
				}
				err := c.Check(change)
				switch {
				case step.want == "" && err != nil:
					t.Fatalf("step %d is refused: %v", i, err)
				case step.want != "" && (err == nil || !strings.Contains(err.Error(), step.want)):
					t.Fatalf("step %d: %v, want %q", i, err, step.want)
				case err == nil:
					progress.Report = model.As[model.Report](change.Signed(inHanoi(t, step.at)))
				}
			}
			report := progress.Report
			if got := report.Judge(c.Plan.Reporting.Deadline, today, hanoi); got != test.want || report.Status != test.status {
				t.Errorf("%q and %q, want %q and %q", got, report.Status, test.want, test.status)
			}
			if test.sent == "" != report.SubmittedAt.IsZero() || test.sent != "" && !report.SubmittedAt.Equal(inHanoi(t, test.sent)) {
				t.Errorf("first sent %v, want %s", report.SubmittedAt, test.sent)
			}
		})
	}
}

// inHanoi is a minute of 2019.
func inHanoi(t *testing.T, at string) time.Time {
	t.Helper()
	moment, err := time.ParseInLocation("2006-01-02 15:04", "2019-"+at, hanoi)
	if err != nil {
		t.Fatal(err)
	}
	return moment.UTC() // the server's clock may stand anywhere
}

// Whatever is undone, a report that was handed in keeps the time of its first submission; a time that no submission
// wrote is undone like anything else.
func TestUndoKeepsTheFirstSubmission(t *testing.T) {
	sent := inHanoi(t, "12-12 16:00")
	tests := map[string]struct{ seen, before, want model.Report }{
		"the submission itself": {
			model.Report{Status: model.Submitted, SubmittedAt: sent}, model.Report{Status: model.Draft},
			model.Report{Status: model.Draft, SubmittedAt: sent},
		},
		"an acceptance": {
			model.Report{Status: model.Accepted, SubmittedAt: sent}, model.Report{Status: model.Submitted, SubmittedAt: sent},
			model.Report{Status: model.Submitted, SubmittedAt: sent},
		},
		"a time written by hand": {
			model.Report{Status: model.Draft, SubmittedAt: sent}, model.Report{Status: model.Draft},
			model.Report{Status: model.Draft},
		},
		"a wrong time written by hand": {
			model.Report{Status: model.Submitted, SubmittedAt: sent.Add(-time.Hour)}, model.Report{Status: model.Submitted, SubmittedAt: sent},
			model.Report{Status: model.Submitted, SubmittedAt: sent},
		},
	}
	for name, test := range tests {
		receipt := model.Receipt{
			Change: model.Change{Unit: "inspection", Subject: model.Subject{Kind: model.SubjectReport}, Seen: test.before},
			Value:  test.seen,
		}
		if got := receipt.Undo(chief).Signed(inHanoi(t, "12-20 09:00")); !got.Equal(test.want) {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
	}
}

// A report that somebody marked as accepted by hand without a time does not become late by withdrawing that.
func TestWithdrawingInventsNoTime(t *testing.T) {
	seen := model.Report{Status: model.Accepted, Results: "x"}
	change := model.Change{
		Person: chief, Unit: "inspection", Subject: model.Subject{Kind: model.SubjectReport},
		Seen: seen, New: seen.Withdraw(),
	}
	c := campaign()
	c.Progress = map[string]model.Progress{"inspection": {Report: seen}}
	if err := c.Check(change); err != nil {
		t.Fatal(err)
	}
	if got := model.As[model.Report](change.Signed(inHanoi(t, "12-20 09:00"))); !got.SubmittedAt.IsZero() || got.Status != model.Submitted {
		t.Errorf("withdrawn: %+v", got)
	}
}

func TestChecklist(t *testing.T) {
	target := 50.0
	entry := func(status model.Status, note string, figures map[string]float64) map[string]model.Entry {
		return map[string]model.Entry{"talk": {Status: status, Note: note, Figures: figures}}
	}
	full := map[string]float64{"people": 64, "women": 30, "share": 90}
	tests := map[string]struct {
		entries map[string]model.Entry
		report  model.Report
		want    []string
	}{
		"complete":                {entry(model.Done, "", full), complete, nil},
		"not started":             {nil, complete, []string{"“Nói chuyện chuyên đề” is not started, and no note explains it"}},
		"explained":               {entry(model.Todo, "Hoãn sang quý I.", nil), complete, nil},
		"in progress":             {entry(model.Doing, "", full), complete, []string{"“Nói chuyện chuyên đề” is in progress, and no note explains it"}},
		"not applicable":          {entry(model.NA, "Không có.", nil), complete, nil},
		"not applicable, no note": {entry(model.NA, "", nil), complete, []string{"“Nói chuyện chuyên đề” is not applicable, and no note explains it"}},
		"no figure": {
			entry(model.Done, "", map[string]float64{"people": 64, "share": 90}), complete,
			[]string{"“Nói chuyện chuyên đề” has no figure for người · nữ, and no note explains it"},
		},
		"no figure, explained": {
			entry(model.Done, "Chưa tách nữ.", map[string]float64{"people": 64, "share": 90}), complete,
			[]string{"warning: “Nói chuyện chuyên đề” has no figure for người · nữ"},
		},
		"nought is a figure": {entry(model.Done, "", map[string]float64{"people": 64, "women": 0, "share": 90}), complete, nil},
		"more women than people": {
			entry(model.Done, "x", map[string]float64{"people": 64, "women": 70, "share": 90}), complete,
			[]string{"nữ (70) is more than người (64)"},
		},
		"less than the target": {
			entry(model.Done, "", map[string]float64{"people": 40, "women": 30, "share": 90}), complete,
			[]string{"warning: “Nói chuyện chuyên đề”: người is 40, the target is 50"},
		},
		"errors first": {
			nil,
			model.Report{},
			[]string{
				"“Nói chuyện chuyên đề” is not started, and no note explains it",
				"the results are not written yet; a unit with nothing to report sends a nil report",
				"warning: no difficulties are named",
			},
		},
		"nil":                    {nil, model.Report{Nil: true, NilReason: "Không có."}, nil},
		"nil, no reason":         {nil, model.Report{Nil: true}, []string{"a nil report needs a reason"}},
		"nil, and yet texts":     {nil, model.Report{Nil: true, NilReason: "Không có.", Results: "x"}, []string{"warning: it is a nil report, so what else is written in it is not printed: take “nil” back, or empty the texts"}},
		"nil, and yet documents": {nil, model.Report{Nil: true, NilReason: "Không có.", Documents: []string{"Công văn 5"}}, []string{"warning: it is a nil report, so what else is written in it is not printed: take “nil” back, or empty the texts"}},
		"nil, and yet done":      {entry(model.Done, "", full), model.Report{Nil: true, NilReason: "Không có."}, []string{"warning: it is a nil report, and yet activities in progress or done: 1, figures: 3; the consolidated report prints them"}},
		"nil, with noughts":      {entry(model.NA, "Không có.", map[string]float64{"people": 0}), model.Report{Nil: true, NilReason: "Không có."}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := campaign()
			c.Plan.Activities[0].Indicators[0].Target = &target
			c.Progress = map[string]model.Progress{"inspection": {Activities: test.entries, Report: test.report}}
			var got []string
			for _, finding := range c.Checklist(c.Roster.Unit("inspection"), "") {
				said := finding.What.String()
				if finding.Warning {
					said = "warning: " + said
				}
				got = append(got, said)
			}
			if strings.Join(got, "\n") != strings.Join(test.want, "\n") {
				t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

// Expected are the units on the roster on the deadline day, 14/12, whatever happened before or later.
func TestWhoIsExpected(t *testing.T) {
	day := func(d int) calendar.Day { return calendar.Date(2019, 12, d) }
	sent := model.Report{Status: model.Submitted, SubmittedAt: time.Date(2019, 12, 12, 9, 0, 0, 0, hanoi)}
	tests := map[string]struct {
		unit     model.Unit
		report   model.Report
		expected bool
		want     calendar.Timeliness
	}{
		"all the time":               {model.Unit{}, model.Report{}, true, calendar.Overdue},
		"since before the plan":      {model.Unit{Since: calendar.Date(2019, 1, 1)}, model.Report{}, true, calendar.Overdue},
		"since the deadline day":     {model.Unit{Since: day(14)}, model.Report{}, true, calendar.Overdue},
		"since the day after":        {model.Unit{Since: day(15)}, model.Report{}, false, calendar.NotExpected},
		"until the deadline day":     {model.Unit{Until: day(14)}, model.Report{}, true, calendar.Overdue},
		"until the day before":       {model.Unit{Until: day(13)}, model.Report{}, false, calendar.NotExpected},
		"gone, but it has reported":  {model.Unit{Until: day(13)}, sent, false, calendar.SentOnTime},
		"extended beyond its coming": {model.Unit{Since: day(15)}, model.Report{ExtendedUntil: day(20), ExtensionReason: "mới"}, false, calendar.NotExpected},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := campaign()
			test.unit.ID, test.unit.Name, test.unit.Group = "new", "Phòng Mới", "division"
			c.Roster.Units = append(c.Roster.Units, test.unit)
			c.Progress = map[string]model.Progress{"new": {Report: test.report}}
			board := model.NewBoard(c, day(16))
			row := board.Units[board.UnitIndex("new")]
			wantExpected, wantReceived := 2, 0
			if test.expected {
				wantExpected++
				if test.report.Sent() {
					wantReceived++
				}
			}
			r := board.Reporting
			if row.Expected != test.expected || row.ReportTimeliness != test.want || r.Expected != wantExpected || r.Received != wantReceived {
				t.Errorf("expected %v, %q, reporting %+v", row.Expected, row.ReportTimeliness, r)
			}
		})
	}
}

func TestRatesAndWhoIsChased(t *testing.T) {
	c := campaign()
	at := func(day int) time.Time { return time.Date(2019, 12, day, 9, 0, 0, 0, hanoi) }
	c.Roster.Units = nil
	reports := []model.Report{
		{Status: model.Accepted, SubmittedAt: at(10)},
		{Status: model.Submitted, SubmittedAt: at(12), Nil: true, NilReason: "x"},
		{Status: model.Returned, SubmittedAt: at(12), Reason: "thiếu"},
		{Status: model.Submitted, SubmittedAt: at(15)},
		{Status: model.Draft, Results: "x"},
		{},
		{ExtendedUntil: calendar.Date(2019, 12, 18), ExtensionReason: "x"},
	}
	c.Progress = map[string]model.Progress{}
	for i, report := range reports {
		id := string(rune('a' + i))
		c.Roster.Units = append(c.Roster.Units, model.Unit{ID: id, Name: id, Group: "division"})
		c.Progress[id] = model.Progress{Report: report}
	}
	c.Broken = map[string]*phrase.Problem{"f": {}}
	c.Office.Reminders = []model.Reminder{{Unit: "e", Number: 1}, {Unit: "g", Number: 1}, {Unit: "e", Number: 2}}
	board := model.NewBoard(c, calendar.Date(2019, 12, 15))
	r := board.Reporting
	want := model.ReportingRow{
		Deadline: c.Plan.Reporting.Deadline, Expected: 7, Received: 4, OnTime: 3, Accepted: 1, Returned: 1, Nil: 1,
		Late: 1, Extended: 1, Unknown: 1, Waiting: 3, Submitted: 2, Overdue: 1, DueSoon: 1,
	}
	if r != want || r.ReceivedPercent() != 57 || r.OnTimePercent() != 42 || r.Missing() != 3 {
		t.Errorf("got  %+v\nwant %+v", r, want)
	}
	names := func(rows []int) string {
		var said strings.Builder
		for _, i := range rows {
			said.WriteString(board.Units[i].Unit.ID)
		}
		return said.String()
	}
	for days, want := range map[int]string{0: "ce|", 2: "ce|", 3: "ce|g"} {
		late, soon := board.Chase(days)
		if got := names(late) + "|" + names(soon); got != want {
			t.Errorf("within %d days: %s, want %s", days, got, want)
		}
	}
	if got := board.Units[4].Reminders; len(got) != 2 || duty.NextReminder(got, "e", "").Number != 3 {
		t.Errorf("reminders %v", got)
	}
}

// The target of a total follows the rule of the total, and a unit to which the activity does not apply has none.
func TestTargets(t *testing.T) {
	c := campaign()
	target, share := 40.0, 95.0
	c.Plan.Activities[0].Indicators[0].Target, c.Plan.Activities[0].Indicators[2].Target = &target, &share
	c.Progress = map[string]model.Progress{
		"office":     {Activities: map[string]model.Entry{"talk": {Status: model.Done, Figures: map[string]float64{"people": 64, "share": 90}}}},
		"inspection": {Activities: map[string]model.Entry{"talk": {Status: model.Doing, Figures: map[string]float64{"people": 39}}}},
	}
	figures := model.NewBoard(c, calendar.Date(2019, 12, 1)).Activities[0].Figures
	if got := figures[0]; got.Target == nil || *got.Target != 80 || got.Reached != 1 {
		t.Errorf("people: %+v", got)
	}
	if figures[1].Target != nil || figures[2].Target != nil {
		t.Error("where there is no target or no total, there is no target of the total")
	}
}

// Who accepts a report that is no longer whole is told how much is missing in it, once.
func TestRemarksOnAnAcceptance(t *testing.T) {
	c := campaign()
	whole := model.Report{Status: model.Submitted, Results: "Đã làm."}
	c.Progress = map[string]model.Progress{"inspection": {Report: whole}} // and nothing done any more
	accept := model.Change{
		Unit: "inspection", Subject: model.Subject{Kind: model.SubjectReport},
		Seen: whole, New: whole.Accept(),
	}
	remarks := c.Remarks(accept)
	if len(remarks) != 1 || !strings.HasPrefix(remarks[0].String(), "things missing in what was accepted: ") {
		t.Errorf("remarks %q", remarks)
	}
	accept.Seen = accept.New
	if remarks := c.Remarks(accept); len(remarks) != 0 {
		t.Errorf("it was accepted before: %q", remarks)
	}
}
