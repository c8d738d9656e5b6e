package review_test

import (
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/phrase"
)

var chief = model.Person{ID: "lan", Name: "Lan", Role: model.Coordinator}

// campaign is a small plan: two units and one activity.
func campaign() *model.Campaign {
	return &model.Campaign{
		Plan: model.Plan{
			Language: phrase.Vietnamese, TimeZone: time.FixedZone("+07", 7*3600),
			Starts: calendar.Date(2019, 11, 15), Ends: calendar.Date(2019, 12, 15),
			Activities: []model.Activity{{
				ID: "talk", Title: "Nói chuyện chuyên đề", Duty: duty.Duty{Assigned: []string{"division"}}, Deadline: calendar.Deadline{Day: calendar.Date(2019, 12, 15)},
			}},
		},
		Roster: model.Roster{Units: []model.Unit{
			{ID: "office", Name: "Văn phòng", Group: "division", Coordinator: true},
			{ID: "inspection", Name: "Thanh tra", Group: "division"},
		}},
	}
}
