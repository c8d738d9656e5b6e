package agenda_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/agenda"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/sums"
)

var (
	hanoi = time.FixedZone("+07", 7*3600)
	lan   = model.Person{ID: "lan", Name: "Lan", Unit: "office", Role: model.Coordinator}
	minh  = model.Person{ID: "minh", Name: "Minh", Unit: "inspection", Role: model.Staff}
	an    = model.Person{ID: "an", Name: "An", Unit: "inspection", Role: model.Viewer}
)

// campaign is a plan of four activities, each due on its day in December, for three units that all report by the 15th.
func campaign() *model.Campaign {
	plan := model.Plan{Language: phrase.English, TimeZone: hanoi, Starts: calendar.Date(2019, 11, 15),
		Ends: calendar.Date(2019, 12, 31)}
	for _, of := range []struct {
		id  string
		day int
	}{{"talk", 5}, {"banner", 10}, {"letter", 13}, {"review", 30}} {
		plan.Activities = append(plan.Activities, model.Activity{ID: of.id, Title: of.id,
			Duty: duty.Duty{Assigned: []string{"division"}}, Deadline: calendar.Deadline{Day: calendar.Date(2019, 12, of.day)}})
	}
	plan.Activities[3].Indicators = sums.Indicators{{ID: "people", Name: "people", Measure: "people"}}
	plan.Reporting.To, plan.Reporting.Deadline = "office", calendar.Deadline{Day: calendar.Date(2019, 12, 15)}
	return &model.Campaign{
		Plan: plan,
		Roster: model.Roster{People: []model.Person{lan, minh, an}, Units: []model.Unit{
			{ID: "office", Name: "Office", Group: "division", Coordinator: true},
			{ID: "inspection", Name: "Inspection", Group: "division"}, {ID: "trade", Name: "Trade", Group: "division"},
		}},
		Progress: map[string]model.Progress{},
	}
}

// done are entries of activities that are done.
func done(ids ...string) map[string]model.Entry {
	entries := map[string]model.Entry{}
	for _, id := range ids {
		entries[id] = model.Entry{Status: model.Done, At: time.Date(2019, 12, 1, 9, 0, 0, 0, hanoi), By: "minh"}
	}
	return entries
}

// said is an agenda in short: the section, the kind, and what it is about.
func said(items []agenda.Item) []string {
	var all []string
	for _, item := range items {
		about := ""
		if unit := item.Unit(); unit != nil {
			about = strings.TrimRight(" "+unit.Unit.ID+" "+string(item.Subject.Kind)+" "+item.Subject.ID, " ")
		}
		var late strings.Builder
		for _, at := range item.Late {
			late.WriteString(" " + item.Board.Activities[at].Activity.ID)
		}
		about += late.String()
		if item.Report {
			about += " report"
		}
		all = append(all, strings.TrimRight(fmt.Sprintf("%d %s%s", item.Section, item.Kind, about), " "))
	}
	return all
}

// What needs a person stands in order: what was returned, what two people wrote differently, what is late or due.
func TestOf(t *testing.T) {
	returned := model.Report{Status: model.Returned, Reason: "figures", SubmittedAt: time.Date(2019, 12, 9, 9, 0, 0, 0, hanoi)}
	sent := model.Report{Status: model.Submitted, Results: "held", SubmittedAt: returned.SubmittedAt}
	twice := model.Entry{Status: model.Done, Others: []model.Entry{{Status: model.Doing}}}
	noFigure := done("review")
	tests := map[string]struct {
		person model.Person
		mine   model.Progress // of the inspection
		trade  model.Progress
		beside agenda.Beside
		want   []string
	}{
		"staff, nothing begun": {
			person: minh,
			want: []string{"0 overdue inspection activity talk", "0 due_today inspection activity banner",
				"3 due_soon inspection activity letter", "4 open inspection activity review", "4 open inspection report"},
		},
		"staff, everything done, the report returned": {
			person: minh, mine: model.Progress{Activities: done("talk", "banner", "letter", "review"), Report: returned},
			want: []string{"0 returned inspection report", "3 lacking inspection activity review"},
		},
		"staff, a dispute and a draft": {
			person: minh,
			mine:   model.Progress{Activities: map[string]model.Entry{"talk": twice, "banner": done("banner")["banner"]}},
			beside: agenda.Beside{Unsaved: []model.Subject{{Kind: model.SubjectReport}, {Kind: model.SubjectActivity, ID: "letter"},
				{Kind: model.SubjectActivity, ID: "banner"}}},
			want: []string{"0 unsaved inspection activity banner", "0 unsaved inspection activity letter",
				"0 unsaved inspection report", "0 disputed inspection activity talk", "4 open inspection activity review"},
		},
		"staff, a draft of what is late": {
			person: minh, mine: model.Progress{Activities: done("banner", "letter", "review"), Report: returned},
			beside: agenda.Beside{Unsaved: []model.Subject{{Kind: model.SubjectReport}, {Kind: model.SubjectActivity, ID: "talk"}}},
			want: []string{"0 returned inspection report", "0 unsaved inspection activity talk",
				"3 lacking inspection activity review"},
		},
		"staff, sent: what lacks a figure is no more asked for": {
			person: minh, mine: model.Progress{Activities: noFigure, Report: sent},
			want: []string{"0 overdue inspection activity talk", "0 due_today inspection activity banner",
				"3 due_soon inspection activity letter"},
		},
		"who may only look": {
			person: an, beside: agenda.Beside{Unseen: 2}, want: []string{"5 review"},
		},
		"the Office": {
			person: lan, mine: model.Progress{Activities: done("talk", "banner", "letter"), Report: sent},
			trade:  model.Progress{Activities: map[string]model.Entry{"talk": twice}},
			beside: agenda.Beside{Unseen: 3},
			want: []string{"0 disputed trade activity talk", "0 accept inspection report", "0 overdue office activity talk",
				"0 due_today office activity banner", "2 due_soon office activity letter", "2 open office activity review",
				"2 open office report", "3 chase_soon trade banner letter", "5 review"},
		},
		"the Office, a unit late": {
			person: lan, mine: model.Progress{Activities: done("talk", "banner", "letter", "review"), Report: sent},
			want: []string{"0 accept inspection report", "0 overdue office activity talk", "0 due_today office activity banner",
				"1 chase trade talk banner letter", "2 due_soon office activity letter", "2 open office activity review",
				"2 open office report"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := campaign()
			c.Progress["inspection"], c.Progress["trade"] = test.mine, test.trade
			board := model.NewBoard(c, calendar.Date(2019, 12, 10))
			if got := said(agenda.Of(board, test.person, test.beside)); !slices.Equal(got, test.want) {
				t.Errorf("\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

// A file that cannot be read is on the list of who could mend it, and its unit is asked for nothing else.
func TestOfABrokenFile(t *testing.T) {
	c := campaign()
	c.Broken = map[string]*phrase.Problem{"inspection": {File: "data/progress/inspection.toml", What: phrase.Say("not known")}}
	board := model.NewBoard(c, calendar.Date(2019, 12, 10))
	if got := said(agenda.Of(board, minh, agenda.Beside{})); !slices.Equal(got, []string{"0 unreadable inspection"}) {
		t.Errorf("staff: %q", got)
	}
	if got := said(agenda.Of(board, lan, agenda.Beside{})); got[0] != "0 unreadable inspection" {
		t.Errorf("the Office: %q", got)
	}
	c.Broken["inspection"] = &phrase.Problem{Unread: true}
	if got := said(agenda.Of(model.NewBoard(c, calendar.Date(2019, 12, 10)), minh, agenda.Beside{})); len(got) > 0 {
		t.Errorf("not read yet: %q", got)
	}
}

// In a plan with periods a report of an earlier one comes first.
func TestOfPeriods(t *testing.T) {
	c := campaign()
	c.Plan.Activities = nil
	period := func(id string, month time.Month) calendar.Period {
		day := calendar.Date(2019, month, 20)
		return calendar.Period{ID: id, First: calendar.Date(2019, month, 1), Last: calendar.Date(2019, month, 30),
			Deadline: calendar.Deadline{Day: day}}
	}
	c.Plan.Reporting.Periods = calendar.Periods{period("2019-11", time.November), period("2019-12", time.December)}
	sent := model.Report{Status: model.Submitted, Results: "held", SubmittedAt: time.Date(2019, 11, 19, 9, 0, 0, 0, hanoi)}
	c.Progress["trade"] = model.Progress{Reports: map[string]model.Report{"2019-11": sent}}
	board := model.NewBoard(c, calendar.Date(2019, 12, 10))
	want := []string{"0 overdue inspection report 2019-11", "4 open inspection report 2019-12"}
	if got := said(agenda.Of(board, minh, agenda.Beside{})); !slices.Equal(got, want) {
		t.Errorf("staff: %q; want %q", got, want)
	}
	want = []string{"0 accept trade report 2019-11", "0 overdue office report 2019-11", "1 chase inspection report",
		"2 open office report 2019-12"}
	if got := said(agenda.Of(board, lan, agenda.Beside{})); !slices.Equal(got, want) {
		t.Errorf("the Office: %q; want %q", got, want)
	}
}
