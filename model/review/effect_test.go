package review_test

import (
	"slices"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/sums"
)

// What a change of plan or roster does to figures is told of the day of the change, and never of another one.
func TestEffects(t *testing.T) {
	target := 10.0
	state := func(change func(c *model.Campaign)) *model.Campaign {
		c := campaign()
		c.Plan.ID = "p"
		c.Plan.Goals = []model.Goal{{ID: "g"}}
		c.Plan.Reporting = model.Reporting{To: "office", Deadline: calendar.Deadline{Day: calendar.Date(2019, 12, 10)}}
		talk := &c.Plan.Activities[0]
		talk.Deadline.Day, talk.Goals = calendar.Date(2019, 12, 2), []string{"g"}
		talk.Indicators = sums.Indicators{{ID: "n", Name: "Người", Sum: sums.Add, Target: &target}}
		c.Plan.Activities = append(c.Plan.Activities, model.Activity{ID: "flag", Duty: duty.Duty{Assigned: []string{"office"}},
			Deadline: calendar.Deadline{Day: calendar.Date(2019, 12, 15)}})
		at := time.Date(2019, 12, 4, 9, 0, 0, 0, c.Plan.TimeZone)
		c.Progress = map[string]model.Progress{
			"office": {
				Activities: map[string]model.Entry{"talk": {Status: model.Done, By: "lan", At: at,
					Figures: map[string]float64{"n": 6}}},
				Report: model.Report{Status: model.Submitted, SubmittedAt: at},
			},
		}
		if change != nil {
			change(c)
		}
		return c
	}
	talk := func(change func(a *model.Activity)) func(c *model.Campaign) {
		return func(c *model.Campaign) { change(&c.Plan.Activities[0]) }
	}
	tests := map[string]struct {
		change func(c *model.Campaign)
		today  calendar.Day // of the change; the 5th where it is not said
		want   []string
		counts bool
	}{
		"nothing": {},
		"a later deadline": {counts: true, change: talk(func(a *model.Activity) { a.Deadline.Day = calendar.Date(2019, 12, 12) }),
			want: []string{"1 việc không còn quá hạn", "1 việc hoàn thành quá hạn nay tính là đúng hạn"}},
		"a later deadline, before anything was late": {counts: true, today: calendar.Date(2019, 12, 1),
			change: talk(func(a *model.Activity) { a.Deadline.Day = calendar.Date(2019, 12, 12) }),
			want:   []string{"1 việc hoàn thành quá hạn nay tính là đúng hạn"}},
		"an earlier deadline": {counts: true, today: calendar.Date(2019, 12, 2),
			change: talk(func(a *model.Activity) { a.Deadline.Day = calendar.Date(2019, 12, 1) }),
			want:   []string{"1 việc thành quá hạn"}},
		"another title": {change: talk(func(a *model.Activity) { a.Title = "x" })},
		"to one unit only": {counts: true, change: talk(func(a *model.Activity) { a.Assigned = []string{"inspection"} }),
			want: []string{"bớt 1 việc, trong đó 1 đã hoàn thành", "việc hoàn thành 1/3 → 0/2",
				"chỉ tiêu “Người” 20 → 10", "tổng “Người” 6 → –"}},
		"a new activity": {counts: true, change: func(c *model.Campaign) {
			c.Plan.Activities = append(c.Plan.Activities, model.Activity{ID: "new", Duty: duty.Duty{Assigned: []string{"division"}},
				Goals: []string{"g"}, Deadline: calendar.Deadline{Day: calendar.Date(2019, 12, 4)}})
		}, want: []string{"thêm 2 việc, trong đó 2 quá hạn", "việc hoàn thành 1/3 → 1/5", "nội dung hoàn thành 0/2 → 0/3",
			"mục tiêu g: hoàn thành 1/2 → 1/4"}},
		"another target": {counts: true, change: talk(func(a *model.Activity) { a.Indicators[0].Total = new(30.0) }),
			want: []string{"chỉ tiêu “Người” 20 → 30, đạt 30% → 20%"}},
		"no goal": {counts: true, change: talk(func(a *model.Activity) { a.Goals = nil }),
			want: []string{"mục tiêu g: hoàn thành 1/2 → 0/0"}},
		"reports earlier": {counts: true, change: func(c *model.Campaign) { c.Plan.Reporting.Deadline.Day = calendar.Date(2019, 12, 3) },
			want: []string{"báo cáo quá hạn 0 → 1", "báo cáo gửi đúng hạn 1 → 0"}},
		"a unit that ends": {counts: true, change: func(c *model.Campaign) { c.Roster.Units[1].Until = calendar.Date(2019, 12, 1) },
			want: []string{"đơn vị phải báo cáo 2 → 1"}},
		"a short name": {change: func(c *model.Campaign) { c.Roster.Units[1].Short = "TT" }},
		"a person":     {change: func(c *model.Campaign) { c.Roster.People = []model.Person{chief} }},
		"an activity goes": {counts: true, change: func(c *model.Campaign) { c.Plan.Activities = c.Plan.Activities[:1] },
			want: []string{"bớt 1 việc", "việc hoàn thành 1/3 → 1/2", "nội dung hoàn thành 0/2 → 0/1"}},
		"a plan that cannot be used": {change: func(c *model.Campaign) { c.PlanBroken = &phrase.Problem{} }},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			today := test.today
			if today.IsZero() {
				today = calendar.Date(2019, 12, 5)
			}
			before, after := state(nil), state(test.change)
			if counts := review.Counts(review.Compare(before, after)); counts != test.counts {
				t.Errorf("it can change figures: %t, want %t", counts, test.counts)
			}
			var got []string
			for _, effect := range review.Effects(before, after, today) {
				if effect.Before == effect.After && effect.Kind != "goal" && effect.Kind != "activities" {
					t.Errorf("%s is %v before and after", effect.Kind, effect.After)
				}
				got = append(got, phrase.In(phrase.Vietnamese).Say(effect.Said))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("told: %q\nwant  %q", got, test.want)
			}
		})
	}
}
