package model_test

import (
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
)

func TestOffice(t *testing.T) {
	first, second := model.Reminder{Unit: "inspection", Number: 1}, model.Reminder{Unit: "inspection", Number: 2}
	text := func(person model.Person, id, words string) model.Change {
		return model.Change{Person: person, Subject: model.Subject{Kind: model.SubjectText, ID: id}, New: model.Text(words)}
	}
	remind := func(unit string, seen, after model.Reminders, restore bool) model.Change {
		return model.Change{
			Person: chief, Subject: model.Subject{Kind: model.SubjectReminder, ID: unit}, Restore: restore,
			Seen: seen, New: after,
		}
	}
	tests := map[string]struct {
		change model.Change
		broken bool
		want   string
	}{
		"a text":               {text(chief, "launch", "Lễ phát động."), false, ""},
		"staff":                {text(minh, "launch", "x"), false, "only the coordinator"},
		"an unknown text":      {text(chief, "lunch", "x"), false, `there is no text "lunch"`},
		"too long":             {text(chief, "launch", strings.Repeat("ế", model.MaxText+1)), false, "longer than"},
		"a broken file":        {text(chief, "launch", "x"), true, "the file is broken"},
		"the first reminder":   {remind("inspection", nil, model.Reminders{first}, false), false, ""},
		"an undo is undone":    {remind("inspection", nil, model.Reminders{first}, true), false, ""},
		"the next":             {remind("inspection", model.Reminders{first}, model.Reminders{first, second}, false), false, ""},
		"to nobody":            {remind("archive", nil, model.Reminders{{Unit: "archive", Number: 1}}, false), false, "there is no unit"},
		"to another":           {remind("office", nil, model.Reminders{first}, false), false, "next number"},
		"several at once":      {remind("", model.Reminders{first}, model.Reminders{first, {Unit: "office", Number: 1}, second}, false), false, ""},
		"several, undone":      {remind("", model.Reminders{first, {Unit: "office", Number: 1}, second}, model.Reminders{first}, true), false, ""},
		"a number left out":    {remind("", nil, model.Reminders{second}, false), false, "next number"},
		"two at once":          {remind("inspection", nil, model.Reminders{first, second}, false), false, "next number"},
		"what was sent stays":  {remind("inspection", model.Reminders{first}, nil, false), false, "next number"},
		"another in its place": {remind("inspection", model.Reminders{first}, model.Reminders{second, second}, false), false, "next number"},
		"undone":               {remind("inspection", model.Reminders{first, second}, model.Reminders{first}, true), false, ""},
		"the wrong one undone": {remind("inspection", model.Reminders{first, second}, model.Reminders{second}, true), false, "next number"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := campaign()
			if test.broken {
				c.OfficeBroken = &phrase.Problem{File: "report.toml", Line: 1, Column: 1, What: phrase.Say("not TOML")}
			}
			err := c.Check(test.change)
			if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("%v, want %q", err, test.want)
			}
		})
	}
}

func TestCommitMessagesOfReports(t *testing.T) {
	c := campaign()
	report := func(seen, after model.Report) model.Change {
		return model.Change{Unit: "inspection", Subject: model.Subject{Kind: model.SubjectReport}, Seen: seen, New: after}
	}
	reminders := model.Reminders{{Unit: "inspection", Number: 1}, {Unit: "inspection", Number: 2}}
	tests := map[string]struct {
		change model.Change
		want   string
	}{
		"submitted": {report(model.Report{Status: model.Draft}, model.Report{Status: model.Submitted}), "inspection: báo cáo → chờ xác nhận\n\nUnit: inspection\nReport: inspection\nStatus: draft -> submitted\n"},
		"nil":       {report(model.Report{}, model.Report{Status: model.Submitted, Nil: true}), "inspection: báo cáo → chờ xác nhận (không phát sinh)\n\nUnit: inspection\nReport: inspection\nStatus: none -> submitted\n"},
		"extended":  {report(model.Report{}, model.Report{ExtendedUntil: calendar.Date(2019, 12, 20)}), "inspection: báo cáo, gia hạn đến 2019-12-20\n\nUnit: inspection\nReport: inspection\nExtended: 2019-12-20\n"},
		"texts":     {report(model.Report{Status: model.Draft}, model.Report{Status: model.Draft, Results: "x", Documents: []string{"a"}}), "inspection: báo cáo: kết quả, văn bản đã ban hành\n\nUnit: inspection\nReport: inspection\n"},
		"a text of the Office": {
			model.Change{Subject: model.Subject{Kind: model.SubjectText, ID: "funding"}, New: model.Text("x")},
			"báo cáo tổng hợp: Kinh phí\n\nText: funding\n",
		},
		"a reminder": {
			model.Change{Subject: model.Subject{Kind: model.SubjectReminder, ID: "inspection"}, Seen: reminders[:1], New: reminders},
			"inspection: đôn đốc lần 2\n\nUnit: inspection\nReminder: 2\n",
		},
		"reminders for periods": {
			model.Change{Subject: model.Subject{Kind: model.SubjectReminder}, New: model.Reminders{
				{Unit: "inspection", Period: "2026-04", Number: 2}, {Unit: "office", Number: 1}}},
			"inspection: đôn đốc lần 2 (2026-04); office: đôn đốc lần 1\n\nUnit: inspection\nReminder: 2\nPeriod: 2026-04\n" +
				"Unit: office\nReminder: 1\n",
		},
		"two reminders": {
			model.Change{Subject: model.Subject{Kind: model.SubjectReminder}, New: model.Reminders{reminders[0], {Unit: "office", Number: 3}}},
			"inspection: đôn đốc lần 1; office: đôn đốc lần 3\n\nUnit: inspection\nReminder: 1\nUnit: office\nReminder: 3\n",
		},
		"a reminder taken back": {
			model.Change{Subject: model.Subject{Kind: model.SubjectReminder, ID: "inspection"}, Seen: reminders, New: reminders[:1]},
			"inspection: bỏ đôn đốc lần 2\n\nUnit: inspection\nReminder: 2\n",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := review.CommitMessage(c, test.change); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}
