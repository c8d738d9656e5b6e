package model_test

import (
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
)

// Of a report in dispute only what all versions say is counted.
func TestReportInDisputeIsCounted(t *testing.T) {
	first := time.Date(2019, 12, 10, 9, 0, 0, 0, hanoi)
	version := func(status model.ReportStatus) model.Report { return model.Report{Status: status, SubmittedAt: first} }
	late := version(model.Submitted)
	late.SubmittedAt = first.AddDate(0, 0, 10)
	more := late
	more.ExtendedUntil = calendar.Date(2019, 12, 31)
	nothing := version(model.Submitted)
	nothing.Nil = true
	tests := map[string]struct {
		versions []model.Report
		want     model.ReportingRow
	}{
		"nobody disputes it":          {[]model.Report{version(model.Accepted)}, model.ReportingRow{Received: 1, OnTime: 1, Accepted: 1}},
		"both are sent":               {[]model.Report{version(model.Submitted), version(model.Submitted)}, model.ReportingRow{Received: 1, OnTime: 1, Disputed: 1}},
		"accepted or returned":        {[]model.Report{version(model.Accepted), version(model.Returned)}, model.ReportingRow{Received: 1, OnTime: 1, Disputed: 1}},
		"one is a draft":              {[]model.Report{version(model.Submitted), version(model.Draft)}, model.ReportingRow{Disputed: 1}},
		"the first is a draft":        {[]model.Report{version(model.Draft), version(model.Submitted)}, model.ReportingRow{Disputed: 1}},
		"neither is sent":             {[]model.Report{{Status: model.Draft}, {Status: model.Draft, Results: "Đã làm."}}, model.ReportingRow{Waiting: 1, Overdue: 1, Disputed: 1}},
		"one has nothing to report":   {[]model.Report{nothing, version(model.Submitted)}, model.ReportingRow{Received: 1, OnTime: 1, Disputed: 1}},
		"both have nothing to report": {[]model.Report{nothing, nothing}, model.ReportingRow{Received: 1, OnTime: 1, Nil: 1, Disputed: 1}},
		"one has more time":           {[]model.Report{late, more}, model.ReportingRow{Received: 1, Disputed: 1}},
		"both are late":               {[]model.Report{late, late}, model.ReportingRow{Received: 1, Late: 1, Disputed: 1}},
		"the third is a draft":        {[]model.Report{late, late, {Status: model.Draft}}, model.ReportingRow{Disputed: 1}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			report := test.versions[0]
			if len(test.versions) > 1 {
				report.Others = test.versions[1:]
			}
			c := campaign()
			c.Roster.Units = c.Roster.Units[1:]
			c.Progress = map[string]model.Progress{"inspection": {Report: report}}
			board := model.NewBoard(c, calendar.Date(2019, 12, 21))
			want, row := test.want, &board.Units[0]
			want.Deadline, want.Expected = board.Reporting.Deadline, 1
			if board.Reporting != want {
				t.Errorf("counted %+v\nwant    %+v", board.Reporting, want)
			}
			if disputed := row.ReportTimeliness == calendar.Disputed; disputed != (len(test.versions) > 1) {
				t.Errorf("it stands as %q", row.ReportTimeliness)
			}
			if late, _ := board.Chase(0); len(late) != want.Overdue {
				t.Errorf("%d units are pressed for their report, want %d", len(late), want.Overdue)
			}
		})
	}
}

// A figure enters a total when all versions give the same, and a cell in dispute is neither done nor to be done.
func TestEntryInDisputeIsCounted(t *testing.T) {
	c := campaign()
	c.Progress = map[string]model.Progress{
		"office": {Activities: map[string]model.Entry{"talk": {Status: model.Done, Figures: map[string]float64{"people": 10, "women": 4}}}},
		"inspection": {Activities: map[string]model.Entry{"talk": {
			Status: model.Done, Figures: map[string]float64{"people": 7, "women": 3},
			Others: []model.Entry{{Status: model.NA, Note: "không có", Figures: map[string]float64{"people": 7}}},
		}}},
	}
	board := model.NewBoard(c, calendar.Date(2019, 12, 10))
	if want := (model.Tally{Assigned: 2, Done: 1, Disputed: 1}); board.Total != want {
		t.Errorf("counted %+v, want %+v", board.Total, want)
	}
	figures := board.Activities[0].Figures
	if *figures[0].Total != 17 || *figures[1].Total != 4 || figures[1].Units != 1 {
		t.Errorf("people %v, women %v of %d units", *figures[0].Total, *figures[1].Total, figures[1].Units)
	}
	if given := board.Units[1].Figures; given != (model.FigureCount{Given: 1, Asked: 3}) {
		t.Errorf("figures given %+v", given)
	}
}

// The check before submitting and the refusal name what is in dispute, for a report with nothing to report too, and
// where the activity is not the unit's any more: it waits all the same.
func TestChecklistNamesDisputes(t *testing.T) {
	entry := model.Entry{Status: model.Done, Others: []model.Entry{{Status: model.Todo}}}
	for name, report := range map[string]model.Report{"report": complete, "nil report": {Nil: true, NilReason: "không có"}} {
		t.Run(name+", not assigned", func(t *testing.T) {
			c := campaign()
			c.Plan.Activities[0].Assigned = []string{"office"}
			unit := &c.Roster.Units[1]
			c.Progress = map[string]model.Progress{unit.ID: {Activities: map[string]model.Entry{"talk": entry}, Report: report}}
			wrong, _ := model.Sorted(c.Checklist(unit, ""))
			if len(wrong) != 1 || wrong[0].Subject.ID != "talk" || wrong[0].Lack != model.LacksChoice {
				t.Errorf("the check finds %+v", wrong)
			}
			sent := report
			sent.Status = model.Submitted
			err := c.Check(model.Change{
				Person: model.Person{ID: "hoa", Role: model.Staff, Unit: unit.ID}, Unit: unit.ID, Subject: model.Subject{Kind: model.SubjectReport},
				Seen: report, New: sent,
			})
			if err == nil || !strings.Contains(err.Error(), "“Nói chuyện chuyên đề”") {
				t.Errorf("refused with %v", err)
			}
		})
	}
	for name, report := range map[string]model.Report{"report": complete, "nil report": {Nil: true, NilReason: "không có"}} {
		t.Run(name, func(t *testing.T) {
			c := campaign()
			report.Others = []model.Report{{Results: "khác"}}
			c.Progress = map[string]model.Progress{"inspection": {Activities: map[string]model.Entry{"talk": entry}, Report: report}}
			wrong, _ := model.Sorted(c.Checklist(&c.Roster.Units[1], ""))
			if len(wrong) != 2 || wrong[0].Subject.ID != "talk" || wrong[0].Lack != model.LacksChoice || wrong[1].Subject.Kind != model.SubjectReport {
				t.Errorf("the check finds %+v", wrong)
			}
		})
	}
}
