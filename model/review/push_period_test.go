package review

import (
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
)

// Staff may change neither the report of a period that is accepted nor its figures, whatever they may in the others.
func TestJudgePushOfPeriods(t *testing.T) {
	held := &model.Campaign{
		Plan: model.Plan{Reporting: model.Reporting{Periods: []calendar.Period{{ID: "2026-04"}, {ID: "2026-05"}}}},
		Roster: model.Roster{
			Units:  []model.Unit{{ID: "thanh-tra", Name: "Thanh tra"}},
			People: []model.Person{{ID: "hoa", Name: "Hoa", Role: model.Staff, Unit: "thanh-tra", Email: "hoa@example.org"}},
		},
	}
	record := func(april model.ReportStatus, figures map[string]float64) model.Progress {
		return model.Progress{
			Activities: map[string]model.Entry{"a": {Status: model.Doing, Figures: figures}},
			Reports:    map[string]model.Report{"2026-04": {Status: april}},
		}
	}
	accepted := record(model.Accepted, map[string]float64{"2026-04.x": 1})
	more := accepted
	more.Reports = map[string]model.Report{"2026-04": {Status: model.Accepted}, "2026-05": {Status: model.Accepted}}
	extended := accepted
	extended.Reports = map[string]model.Report{"2026-04": {Status: model.Accepted},
		"2026-05": {ExtendedUntil: calendar.Date(2026, 6, 1), ExtensionReason: "x"}}
	held.Progress = map[string]model.Progress{"thanh-tra": accepted}
	const locked = "the report of Thanh tra for"
	tests := map[string]struct {
		after model.Progress
		want  string
	}{
		"figures of another period": {record(model.Accepted, map[string]float64{"2026-04.x": 1, "2026-05.x": 2}), ""},
		"another figure":            {record(model.Accepted, map[string]float64{"2026-04.x": 2}), locked},
		"a figure more":             {record(model.Accepted, map[string]float64{"2026-04.x": 1, "2026-04.y": 2}), locked},
		"a figure taken away":       {record(model.Accepted, nil), locked},
		"the acceptance withdrawn":  {record(model.Submitted, map[string]float64{"2026-04.x": 1}), locked},
		"another period accepted":   {more, "only the coordinator accepts"},
		"another period extended":   {extended, "only the coordinator extends"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			file := pushed("data/progress/thanh-tra.toml", from(test.after, accepted))
			push := &Push{Ref: "refs/heads/main", Branch: "refs/heads/main", Commits: []PushedCommit{{Hash: "abc1234", Title: "x",
				Author: "Hoa", Email: "hoa@example.org", Files: []PushedFile{file}}}}
			var said []string
			for _, objection := range JudgePush(held, Pusher{"hoa", false}, push) {
				said = append(said, objection.Reason.Error())
			}
			all := strings.Join(said, "; ")
			if strings.Contains(all, locked) != (test.want == locked) || !strings.Contains(all, test.want) {
				t.Errorf("said %q; want %q", all, test.want)
			}
		})
	}
}
