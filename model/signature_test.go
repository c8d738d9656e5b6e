package model

import (
	"testing"
	"time"
)

var signedAt = time.Date(2019, 11, 18, 9, 20, 0, 0, time.UTC)

func signedRoster() Roster {
	return Roster{
		Units: []Unit{{ID: "thanh-tra", Name: "Thanh tra"}},
		People: []Person{
			{ID: "lan", Name: "Lan", Email: "lan@example.org", Role: Coordinator},
			{ID: "hang", Name: "Hằng", Email: "hang@example.org", Role: Staff, Unit: "thanh-tra"},
			{ID: "tho", Name: "Thọ"},
		},
	}
}

func TestSignedApart(t *testing.T) {
	entry := func(status Status, by string, at time.Time) Value {
		return Value{Entry: Entry{Status: status, By: by, At: at}}
	}
	todo := entry(Todo, "", time.Time{})
	hang := Made{"Hằng", "HANG@example.org", signedAt}
	year := 365 * 24 * time.Hour
	activity, report := Subject{SubjectActivity, "x"}, Subject{Kind: SubjectReport}
	submitted := func(at, first time.Time) Value {
		return Value{Report: Report{Status: Submitted, By: "hang", At: at, SubmittedAt: first}}
	}
	edited := func(by string, at time.Time) Value {
		value := entry(Done, "lan", signedAt.Add(-year))
		value.Entry.Note, value.Entry.EditedBy, value.Entry.EditedAt = "x", by, at
		return value
	}
	tests := map[string]struct {
		subject       Subject
		before, after Value
		made          Made
		want          bool
	}{
		"as it should be":                    {activity, todo, entry(Done, "hang", signedAt.Add(9*time.Minute)), hang, false},
		"by name":                            {activity, todo, entry(Done, "Khách", signedAt), Made{"Khách", "k@example.org", signedAt}, false},
		"by the name of one without address": {activity, todo, entry(Done, "tho", signedAt), Made{"Thọ", "tho@example.org", signedAt}, false},
		"unsigned by hand":                   {activity, todo, entry(Done, "", time.Time{}), hang, false},
		"somebody else":                      {activity, todo, entry(Done, "lan", signedAt), hang, true},
		"a name, but the roster has another address for it": {activity, todo, entry(Done, "lan", signedAt), Made{"Lan", "hang2@example.org", signedAt}, true},
		"a later time":                     {activity, todo, entry(Done, "hang", signedAt.Add(11*time.Minute)), hang, true},
		"an earlier time":                  {activity, todo, entry(Done, "hang", signedAt.Add(-year)), hang, true},
		"the signature is gone":            {activity, entry(Doing, "lan", signedAt), entry(Done, "", time.Time{}), hang, true},
		"undone to nothing":                {activity, entry(Doing, "lan", signedAt), todo, hang, false},
		"another content, an old name":     {activity, entry(Doing, "lan", signedAt), entry(Done, "lan", signedAt), hang, true},
		"a note of one's own":              {activity, entry(Done, "lan", signedAt.Add(-year)), edited("hang", signedAt), hang, false},
		"a note of somebody else":          {activity, entry(Done, "lan", signedAt.Add(-year)), edited("lan", signedAt), hang, true},
		"forged below one's own":           {activity, todo, edited("hang", signedAt), hang, true},
		"submitted":                        {report, Value{}, submitted(signedAt, signedAt), hang, false},
		"submitted again":                  {report, submitted(signedAt.Add(-2*year), signedAt.Add(-2*year)), submitted(signedAt, signedAt.Add(-2*year)), hang, false},
		"submitted at a time of one's own": {report, Value{}, submitted(signedAt, signedAt.Add(-year)), hang, true},
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
	record := func(status Status, by string, at time.Time) Progress {
		return Progress{Activities: map[string]Entry{"x": {Status: status, By: by, At: at}}}
	}
	tests := map[string]struct {
		before  []Progress
		after   Progress
		earlier []Progress
		want    string // how the refusal begins; "" is none
	}{
		"one's own":           {[]Progress{{}}, record(Done, "hang", signedAt), nil, ""},
		"unsigned":            {[]Progress{{}}, record(Done, "", time.Time{}), nil, ""},
		"long ago":            {[]Progress{{}}, record(Done, "hang", signedAt.Add(-time.Hour)), nil, ""},
		"somebody else":       {[]Progress{{}}, record(Done, "lan", signedAt), nil, "Thanh tra · activity.x is signed by Lan, but the commit is by Hằng"},
		"under an old name":   {[]Progress{record(Doing, "lan", signedAt)}, record(Done, "lan", signedAt), nil, "Thanh tra · activity.x is signed by Lan"},
		"as it stood":         {[]Progress{record(Done, "hang", signedAt)}, record(Doing, "lan", signedAt), []Progress{{}, record(Doing, "lan", signedAt)}, ""},
		"nearly as it stood":  {[]Progress{record(Done, "hang", signedAt)}, record(Todo, "lan", signedAt), []Progress{record(Doing, "lan", signedAt)}, "Thanh tra · activity.x is signed by Lan"},
		"a time to come":      {[]Progress{{}}, record(Done, "hang", signedAt.Add(time.Hour)), nil, "Thanh tra · activity.x bears a time to come: 2019-11-18T10:20:00Z"},
		"a clock that is off": {[]Progress{{}}, record(Done, "hang", signedAt.Add(9*time.Minute)), nil, ""},
		"a merge as one side": {[]Progress{record(Todo, "lan", signedAt), record(Doing, "hang", signedAt)}, record(Done, "lan", signedAt), nil, ""},
		"a merge as neither":  {[]Progress{record(Todo, "hang", signedAt), record(Doing, "hang", signedAt)}, record(Done, "lan", signedAt), nil, "Thanh tra · activity.x is signed by Lan"},
	}
	campaign := Campaign{Roster: signedRoster()}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			commit := PushedCommit{Author: "H", Email: "hang@example.org", Merge: len(test.before) > 1}
			file := PushedFile{Unit: "thanh-tra", Before: test.before, After: test.after, Earlier: test.earlier}
			refusal := campaign.CheckSignatures(&commit, &file, signedAt)
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
