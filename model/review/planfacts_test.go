package review

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/document"
	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/sums"
)

// Whatever is changed in a plan is told.
func TestEveryFieldOfThePlanIsTold(t *testing.T) {
	part := func(plan *model.Plan) []any {
		activity := &plan.Activities[0]
		return []any{plan, &plan.Document, &plan.Reporting, &plan.Reporting.Rule, &plan.Reporting.Periods[0],
			&plan.Goals[0], &plan.Messages[0], &plan.Channels[0], &plan.Headings[0], activity, &activity.Duty,
			&activity.Indicators[0]}
	}
	untold := map[string]bool{ // made of others that are told
		"Period.First": true, "Period.Last": true, "Period.Sums": true, "Rule.Calendar": true,
	}
	small := func() *model.Plan {
		return &model.Plan{
			TimeZone: time.UTC, Reporting: model.Reporting{Periods: make([]calendar.Period, 1)}, Goals: make([]model.Goal, 1),
			Messages: make([]model.Message, 1), Channels: make([]model.Channel, 1), Headings: make([]model.Heading, 1),
			Activities: []model.Activity{{Indicators: make([]model.Indicator, 1)}},
		}
	}
	before := planFacts(small())
	for i := range part(small()) {
		kind := reflect.TypeOf(part(small())[i]).Elem()
		for field := range kind.NumField() {
			name := kind.Name() + "." + kind.Field(field).Name
			plan := small()
			if kind.Name() == "Rule" { // a day of it says nothing without a day of the month
				plan.Reporting.Rule.Day = 1
				before = planFacts(plan)
			}
			fill(t, reflect.ValueOf(part(plan)[i]).Elem().Field(field))
			if told := !slices.EqualFunc(before, planFacts(plan), sameFact); told == untold[name] {
				t.Errorf("%s is told: %t", name, told)
			}
			before = planFacts(small())
		}
	}
}

func sameFact(a, b fact) bool { return a.key == b.key && a.text == b.text }

// fill gives a field another value than nothing.
func fill(t *testing.T, field reflect.Value) {
	t.Helper()
	figure := 1.0
	values := []any{
		"x", 2, true, calendar.Date(2026, 4, 1), calendar.Deadline{Day: calendar.Date(2026, 4, 1)}, phrase.Say("x"),
		[]string{"x"}, map[string]float64{"x": 1}, &figure, phrase.English, model.Aim, model.DutySection, sums.Add,
		calendar.Monthly, calendar.Rule{Every: calendar.Yearly}, calendar.Periods{{ID: "x"}}, &calendar.Calendar{},
		time.FixedZone("x", 1), document.Document{Title: "x"}, document.Signature{Name: "x"},
		[]document.Passage{{Text: "x"}}, model.Reporting{To: "x"}, []model.Goal{{ID: "x"}}, []model.Message{{ID: "x"}},
		[]model.Channel{{ID: "x"}}, []model.Heading{{ID: "x"}}, []model.Activity{{ID: "x"}},
		sums.Indicators{{ID: "x"}}, duty.Duty{Leads: []string{"x"}},
	}
	for _, value := range values {
		if reflect.TypeOf(value) == field.Type() {
			field.Set(reflect.ValueOf(value))
			return
		}
	}
	t.Fatalf("there is no value for a %s", field.Type())
}

// Each fact of the plan belongs to one part of it as people change it.
func TestFactsAreOfParts(t *testing.T) {
	parts := [][2]string{{"plan", ""}, {"document", ""}, {"calendar", ""}, {"reporting", ""}, {"goal", "x"}, {"goal", "x-2"},
		{"message", "x"}, {"channel", "x"}, {"section", "x"}, {"activity", "x"}, {"indicator", "x/y"}, {"period", "x"}}
	for key, want := range map[string]string{
		"starts": "plan ", "theme": "plan ", "document": "document ", "holidays": "calendar ", "every": "reporting ",
		"deadline": "reporting ", "goal x": "goal x", "goal x-2": "goal x-2", "message x": "message x",
		"channel x": "channel x", "section x": "section x", "activity x title": "activity x",
		"activity x indicator y": "indicator x/y", "reporting period x": "period x", "activities": "", "": "",
	} {
		d := Difference{Subject: model.Subject{Kind: model.SubjectPlan}, key: key}
		var of []string
		for _, part := range parts {
			if d.IsOfPart(part[0], part[1]) {
				of = append(of, part[0]+" "+part[1])
			}
		}
		if strings.Join(of, ", ") != want {
			t.Errorf("%q is of %q, want %q", key, of, want)
		}
	}
	if d := (&Difference{Subject: model.Subject{Kind: model.SubjectPerson}, key: "goal x"}); d.IsOfPart("goal", "x") {
		t.Error("what is no fact of the plan is of a part of it")
	}
}

// What a plan that was begun empty is given is told fact by fact; a plan where there was none, as a whole.
func TestBegunPlanIsToldByItsFacts(t *testing.T) {
	none, begun, later := &model.Campaign{}, &model.Campaign{}, &model.Campaign{}
	begun.Plan.Language, later.Plan.Language, later.Plan.ID = phrase.Vietnamese, phrase.Vietnamese, "ke-hoach"
	if told := ComparePlans(begun, later); len(told) != 1 || told[0].To != "ke-hoach" {
		t.Errorf("told: %v", told)
	}
	if told := ComparePlans(none, later); len(told) != 1 || told[0].File.IsZero() {
		t.Errorf("a new plan is told as %v", told)
	}
}
