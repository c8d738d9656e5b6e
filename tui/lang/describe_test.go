package lang_test

import (
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/lang"
)

// Two values that differ in anything that people enter must not read the same.
func TestValueSaysEverythingInThePlansWords(t *testing.T) {
	campaign := &model.Campaign{Plan: model.Plan{
		Activities: []model.Activity{{ID: "treo", Title: "Treo băng rôn", Indicators: []model.Indicator{
			{ID: "bang-ron", Name: "Băng rôn", Measure: "cái"}, {ID: "pano", Name: "Pano", Measure: "tấm"},
		}}},
		Channels: []model.Channel{{ID: "loa", Name: "Loa truyền thanh"}},
	}}
	activity := model.Subject{Kind: model.SubjectActivity, ID: "treo"}
	tests := map[string]struct {
		subject             model.Subject
		value               model.Value
		vietnamese, english string
	}{
		"entry": {
			activity,
			model.Entry{
				Status: model.Doing, Note: "chờ pano", Evidence: []string{"a.jpg", "b.jpg"},
				Figures: map[string]float64{"pano": 0, "bang-ron": 1200, "cu": 3},
			},
			"đang thực hiện · Băng rôn 1.200 cái · Pano 0 tấm · cu 3 · Minh chứng: a.jpg, b.jpg · “chờ pano”",
			"in progress · Băng rôn 1,200 cái · Pano 0 tấm · cu 3 · Evidence: a.jpg, b.jpg · “chờ pano”",
		},
		"bare entry": {activity, model.Entry{Status: model.Done}, "hoàn thành", "done"},
		"use": {
			model.Subject{Kind: model.SubjectMessage, ID: "m01"},
			model.Use{Channels: []string{"loa", "la"}},
			"Loa truyền thanh; la", "Loa truyền thanh; la",
		},
		"no use":   {model.Subject{Kind: model.SubjectMessage, ID: "m01"}, model.Use{}, "chưa dùng", "not used"},
		"returned": {model.Subject{Kind: model.SubjectReport}, model.Report{Status: model.Returned, Reason: "thiếu"}, "bị trả lại: thiếu", "returned: thiếu"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if said := lang.In(phrase.Vietnamese).Value(campaign, test.subject, test.value); said != test.vietnamese {
				t.Errorf("said %q, want %q", said, test.vietnamese)
			}
			if said := lang.In(phrase.English).Value(campaign, test.subject, test.value); said != test.english {
				t.Errorf("said %q, want %q", said, test.english)
			}
		})
	}
}
