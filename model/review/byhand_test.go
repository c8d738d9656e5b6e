package review

import (
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
)

// What a person has edited by hand is judged as a server would judge their commit, and the place is named.
func TestJudgeByHand(t *testing.T) {
	now := time.Date(2019, 12, 16, 8, 0, 0, 0, time.UTC)
	todo := func(report model.Report) model.Progress {
		return model.Progress{Activities: map[string]model.Entry{"x": {Status: model.Todo}}, Report: report}
	}
	with := func(entry model.Entry, report model.Report) model.Progress {
		return model.Progress{Activities: map[string]model.Entry{"x": entry}, Report: report}
	}
	disputed := model.Entry{Status: model.Done, By: "hang", At: signedAt, Others: []model.Entry{{Status: model.NA, Note: "x"}}}
	accepted := model.Report{Status: model.Accepted, SubmittedAt: signedAt}
	sent := func(at time.Time) model.Report { return model.Report{Status: model.Submitted, SubmittedAt: at} }
	returned := model.Report{Status: model.Returned, SubmittedAt: signedAt, Reason: "thiếu"}
	settled := func(report model.Report) model.Progress { return with(model.Entry{Status: model.Done}, report) }
	tests := map[string]struct {
		who           string
		before, after model.Progress
		earlier       []model.Progress
		want          string // how the objection begins; "" is none
		entry, key    string
	}{
		"a status, unsigned":            {"hang", todo(model.Report{}), with(model.Entry{Status: model.Done}, model.Report{}), nil, "", "", ""},
		"signed by oneself, yesterday":  {"hang", todo(model.Report{}), with(model.Entry{Status: model.Done, By: "hang", At: now.Add(-24 * time.Hour)}, model.Report{}), nil, "", "", ""},
		"signed by somebody else":       {"hang", todo(model.Report{}), with(model.Entry{Status: model.Done, By: "lan", At: signedAt}, model.Report{}), nil, "Thanh tra · X is signed by Lan", "activity.x", "by"},
		"edited by somebody else":       {"hang", todo(model.Report{}), with(model.Entry{Note: "x", EditedBy: "lan", EditedAt: signedAt}, model.Report{}), nil, "Thanh tra · X is signed by Lan", "activity.x", "edited_by"},
		"as somebody else once signed":  {"hang", todo(model.Report{}), with(model.Entry{Status: model.Done, By: "lan", At: signedAt}, model.Report{}), []model.Progress{with(model.Entry{Status: model.Done, By: "lan", At: signedAt}, model.Report{})}, "", "", ""},
		"a time to come":                {"hang", todo(model.Report{}), with(model.Entry{Status: model.Done, By: "hang", At: now.Add(time.Hour)}, model.Report{}), nil, "Thanh tra · X bears a time to come", "activity.x", "at"},
		"the report's texts":            {"hang", todo(model.Report{}), todo(model.Report{Results: "x", Status: model.Draft}), nil, "", "", ""},
		"accepted":                      {"hang", todo(sent(signedAt)), todo(accepted), nil, "only the coordinator accepts", "report", "status"},
		"accepted by the Office":        {"lan", todo(sent(signedAt)), todo(accepted), nil, "", "", ""},
		"returned":                      {"hang", todo(sent(signedAt)), todo(returned), nil, "only the coordinator accepts", "report", "status"},
		"another reason":                {"hang", todo(returned), todo(model.Report{Status: model.Returned, SubmittedAt: signedAt, Reason: "đủ"}), nil, "only the coordinator accepts", "report", "reason"},
		"returned, as before":           {"hang", todo(sent(signedAt)), todo(returned), []model.Progress{todo(returned)}, "", "", ""},
		"more time":                     {"hang", todo(model.Report{}), todo(model.Report{ExtendedUntil: calendar.Date(2019, 12, 20), ExtensionReason: "x"}), nil, "only the coordinator extends", "report", "extended_until"},
		"locked":                        {"hang", todo(accepted), with(model.Entry{Status: model.Doing}, accepted), nil, "the report of Thanh tra is accepted", "", ""},
		"locked for the Office as well": {"lan", todo(accepted), with(model.Entry{Status: model.Doing}, accepted), nil, "the report of Thanh tra is accepted", "", ""},
		"taken back and changed":        {"lan", todo(accepted), with(model.Entry{Status: model.Doing}, sent(signedAt)), nil, "", "", ""},
		"only a comment":                {"lan", todo(accepted), todo(accepted), nil, "", "", ""},
		"sent today":                    {"hang", todo(model.Report{}), todo(sent(now.Add(-3 * time.Hour))), nil, "", "", ""},
		"sent on an earlier day":        {"hang", todo(model.Report{}), todo(sent(now.Add(-9 * time.Hour))), nil, "the report of Thanh tra says that it was sent on 2019-12-15", "report", "submitted_at"},
		"sent at another time":          {"hang", todo(sent(signedAt)), todo(sent(now)), nil, "when Thanh tra first sent its report does not change: 2019-11-18T09:20:00Z", "report", "submitted_at"},
		"never sent":                    {"hang", todo(sent(signedAt)), todo(sent(time.Time{})), nil, "when Thanh tra first sent", "report", "submitted_at"},
		"sent, in dispute":              {"hang", with(disputed, model.Report{}), with(disputed, sent(now)), nil, "in the record of Thanh tra two versions wait", "report", "status"},
		"accepted, in dispute":          {"lan", with(disputed, sent(signedAt)), with(disputed, accepted), nil, "in the record of Thanh tra two versions wait", "report", "status"},
		"settled and sent":              {"hang", with(disputed, model.Report{}), settled(sent(now)), nil, "", "", ""},
		"in dispute since it was sent":  {"hang", todo(sent(signedAt)), with(disputed, sent(signedAt)), nil, "", "", ""},
		"a viewer":                      {"xem", todo(model.Report{}), with(model.Entry{Status: model.Done}, model.Report{}), nil, "Xem may look", "", ""},
	}
	campaign := model.Campaign{Roster: signedRoster(), Plan: model.Plan{TimeZone: time.UTC,
		Activities: []model.Activity{{ID: "x", Title: "X"}}}}
	campaign.Roster.People = append(campaign.Roster.People, model.Person{ID: "xem", Name: "Xem", Role: model.Viewer})
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			campaign := campaign
			campaign.Progress = map[string]model.Progress{"thanh-tra": test.before}
			file := PushedFile{Path: "data/progress/thanh-tra.toml", Data: "progress/thanh-tra.toml", Unit: "thanh-tra",
				Same: []bool{false}, Before: []model.Progress{test.before}, After: test.after, Earlier: test.earlier}
			found := JudgeByHand(&campaign, *campaign.Roster.Person(test.who), &file, now)
			if found == nil {
				found = breach(&phrase.Refusal{})
			}
			said := found.What.String()
			if (said == "") != (test.want == "") || !strings.HasPrefix(said, test.want) || found.Entry != test.entry ||
				found.Key != test.key {
				t.Errorf("said %q at %q, %q; want %q at %q, %q", said, found.Entry, found.Key, test.want, test.entry, test.key)
			}
		})
	}
}

// In a plan with periods only what belongs to the accepted one is locked, for the Office as well.
func TestJudgeByHandInPeriods(t *testing.T) {
	april := calendar.Period{ID: "2026-04", Name: phrase.Say("%s", "tháng 4/2026")}
	record := func(figures map[string]float64, results string) model.Progress {
		return model.Progress{
			Activities: map[string]model.Entry{"x": {Status: model.Doing, Figures: figures}},
			Reports:    map[string]model.Report{"2026-04": {Status: model.Accepted, Results: results}},
		}
	}
	before := record(map[string]float64{"2026-04.n": 1}, "")
	for name, test := range map[string]struct {
		after       model.Progress
		want, entry string
	}{
		"another period's figure": {record(map[string]float64{"2026-04.n": 1, "2026-05.n": 2}, ""), "", ""},
		"its figure":              {record(map[string]float64{"2026-04.n": 2}, ""), "the report of Thanh tra for tháng 4/2026 is accepted", "activity.x"},
		"its text":                {record(map[string]float64{"2026-04.n": 1}, "y"), "the report of Thanh tra for tháng 4/2026 is accepted", "report.2026-04"},
	} {
		for _, who := range []string{"hang", "lan"} {
			campaign := model.Campaign{Roster: signedRoster(), Progress: map[string]model.Progress{"thanh-tra": before}}
			campaign.Plan.Reporting.Periods = calendar.Periods{april}
			file := PushedFile{Data: "progress/thanh-tra.toml", Unit: "thanh-tra", Same: []bool{false},
				Before: []model.Progress{before}, After: test.after}
			found := JudgeByHand(&campaign, *campaign.Roster.Person(who), &file, signedAt)
			if found == nil {
				found = breach(&phrase.Refusal{})
			}
			if said := found.What.String(); (said == "") != (test.want == "") || !strings.HasPrefix(said, test.want) ||
				found.Entry != test.entry {
				t.Errorf("%s by %s: said %q at %q", name, who, said, found.Entry)
			}
		}
	}
}
