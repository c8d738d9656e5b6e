package review

import (
	"testing"
	"time"

	"example.org/tiendo/model"
)

var signedAt = time.Date(2019, 11, 18, 9, 20, 0, 0, time.UTC)

func signedRoster() model.Roster {
	return model.Roster{
		Units: []model.Unit{{ID: "thanh-tra", Name: "Thanh tra"}},
		People: []model.Person{
			{ID: "lan", Name: "Lan", Email: "lan@example.org", Role: model.Coordinator},
			{ID: "hang", Name: "Hằng", Email: "hang@example.org", Role: model.Staff, Unit: "thanh-tra"},
			{ID: "tho", Name: "Thọ"},
		},
	}
}

func TestSignedApart(t *testing.T) {
	entry := func(status model.Status, by string, at time.Time) model.Value {
		return model.Entry{Status: status, By: by, At: at}
	}
	todo := entry(model.Todo, "", time.Time{})
	hang := Authorship{"Hằng", "HANG@example.org", signedAt}
	year := 365 * 24 * time.Hour
	activity, report := model.Subject{Kind: model.SubjectActivity, ID: "x"}, model.Subject{Kind: model.SubjectReport}
	submitted := func(at, first time.Time) model.Value {
		return model.Report{Status: model.Submitted, By: "hang", At: at, SubmittedAt: first}
	}
	edited := func(by string, at time.Time) model.Value {
		value := model.As[model.Entry](entry(model.Done, "lan", signedAt.Add(-year)))
		value.Note, value.EditedBy, value.EditedAt = "x", by, at
		return value
	}
	inOneSecond := func(status model.Status, by, editedBy string) model.Value {
		value := model.Entry{Status: status, By: by, At: signedAt, EditedBy: editedBy}
		if editedBy != "" {
			value.Note, value.EditedAt = "x", signedAt
		}
		return value
	}
	tests := map[string]struct {
		subject       model.Subject
		before, after model.Value
		made          Authorship
		want          bool
	}{
		"as it should be":                    {activity, todo, entry(model.Done, "hang", signedAt.Add(9*time.Minute)), hang, false},
		"by name":                            {activity, todo, entry(model.Done, "Khách", signedAt), Authorship{"Khách", "k@example.org", signedAt}, false},
		"by the name of one without address": {activity, todo, entry(model.Done, "tho", signedAt), Authorship{"Thọ", "tho@example.org", signedAt}, false},
		"unsigned by hand":                   {activity, todo, entry(model.Done, "", time.Time{}), hang, false},
		"somebody else":                      {activity, todo, entry(model.Done, "lan", signedAt), hang, true},
		"a name, but the roster has another address for it": {activity, todo, entry(model.Done, "lan", signedAt), Authorship{"Lan", "hang2@example.org", signedAt}, true},
		"a later time":                              {activity, todo, entry(model.Done, "hang", signedAt.Add(11*time.Minute)), hang, true},
		"an earlier time":                           {activity, todo, entry(model.Done, "hang", signedAt.Add(-year)), hang, true},
		"the signature is gone":                     {activity, entry(model.Doing, "lan", signedAt), entry(model.Done, "", time.Time{}), hang, true},
		"undone to nothing":                         {activity, entry(model.Doing, "lan", signedAt), todo, hang, false},
		"another content, an old name":              {activity, entry(model.Doing, "lan", signedAt), entry(model.Done, "lan", signedAt), hang, true},
		"a note of one's own":                       {activity, entry(model.Done, "lan", signedAt.Add(-year)), edited("hang", signedAt), hang, false},
		"a note of somebody else":                   {activity, entry(model.Done, "lan", signedAt.Add(-year)), edited("lan", signedAt), hang, true},
		"a note in the second of another's status":  {activity, inOneSecond(model.Done, "lan", ""), inOneSecond(model.Done, "lan", "hang"), hang, false},
		"a status in the second of another's note":  {activity, inOneSecond(model.Doing, "lan", "lan"), inOneSecond(model.Done, "hang", "lan"), hang, false},
		"changed unsigned, after one second of two": {activity, inOneSecond(model.Doing, "hang", "lan"), inOneSecond(model.Done, "hang", "lan"), hang, true},
		"forged below one's own":                    {activity, todo, edited("hang", signedAt), hang, true},
		"submitted":                                 {report, model.Report{}, submitted(signedAt, signedAt), hang, false},
		"submitted again":                           {report, submitted(signedAt.Add(-2*year), signedAt.Add(-2*year)), submitted(signedAt, signedAt.Add(-2*year)), hang, false},
		"submitted at a time of one's own":          {report, model.Report{}, submitted(signedAt, signedAt.Add(-year)), hang, true},
	}
	roster := signedRoster()
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			difference := Difference{Unit: "thanh-tra", Subject: test.subject, Before: test.before, After: test.after}
			if got := difference.SignedApart(&roster, test.made); got != test.want {
				t.Errorf("signed apart: %v, want %v", got, test.want)
			}
		})
	}
}

func TestCheckSignatures(t *testing.T) {
	record := func(status model.Status, by string, at time.Time) model.Progress {
		return model.Progress{Activities: map[string]model.Entry{"x": {Status: status, By: by, At: at}}}
	}
	tests := map[string]struct {
		before  []model.Progress
		after   model.Progress
		earlier []model.Progress
		want    string // how the refusal begins; "" is none
	}{
		"one's own":           {[]model.Progress{{}}, record(model.Done, "hang", signedAt), nil, ""},
		"unsigned":            {[]model.Progress{{}}, record(model.Done, "", time.Time{}), nil, ""},
		"long ago":            {[]model.Progress{{}}, record(model.Done, "hang", signedAt.Add(-time.Hour)), nil, ""},
		"somebody else":       {[]model.Progress{{}}, record(model.Done, "lan", signedAt), nil, "Thanh tra · activity.x is signed by Lan, but the commit is by Hằng"},
		"under an old name":   {[]model.Progress{record(model.Doing, "lan", signedAt)}, record(model.Done, "lan", signedAt), nil, "Thanh tra · activity.x is signed by Lan"},
		"as it stood":         {[]model.Progress{record(model.Done, "hang", signedAt)}, record(model.Doing, "lan", signedAt), []model.Progress{{}, record(model.Doing, "lan", signedAt)}, ""},
		"nearly as it stood":  {[]model.Progress{record(model.Done, "hang", signedAt)}, record(model.Todo, "lan", signedAt), []model.Progress{record(model.Doing, "lan", signedAt)}, "Thanh tra · activity.x is signed by Lan"},
		"a time to come":      {[]model.Progress{{}}, record(model.Done, "hang", signedAt.Add(time.Hour)), nil, "Thanh tra · activity.x bears a time to come: 2019-11-18T10:20:00Z"},
		"a clock that is off": {[]model.Progress{{}}, record(model.Done, "hang", signedAt.Add(9*time.Minute)), nil, ""},
		"a merge as one side": {[]model.Progress{record(model.Todo, "lan", signedAt), record(model.Doing, "hang", signedAt)}, record(model.Done, "lan", signedAt), nil, ""},
		"a merge as neither":  {[]model.Progress{record(model.Todo, "hang", signedAt), record(model.Doing, "hang", signedAt)}, record(model.Done, "lan", signedAt), nil, "Thanh tra · activity.x is signed by Lan"},
	}
	campaign := model.Campaign{Roster: signedRoster()}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			commit := PushedCommit{Author: "H", Email: "hang@example.org", Parents: len(test.before)}
			file := PushedFile{Unit: "thanh-tra", Before: test.before, After: test.after, Earlier: test.earlier}
			refusal := CheckSignatures(&campaign, &commit, &file, *commit.Maker(&campaign.Roster), signedAt)
			got := ""
			if refusal != nil {
				got = refusal.What.String()
			}
			if (got == "") != (test.want == "") || len(got) < len(test.want) || got[:len(test.want)] != test.want {
				t.Errorf("refused: %q, want %q", got, test.want)
			}
		})
	}
}
