package review_test

import (
	"slices"
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/review"
)

func TestNotTakenTrailers(t *testing.T) {
	all := []review.NotTaken{
		{Unit: "van-phong", Entry: "activity.treo-bang-ron", By: "lan"},
		{Unit: "van-phong", Entry: "", By: "Nguyễn Thị Lan"},
		{Entry: `person["by"]`, By: "An by name"},
		{Unit: "thanh-tra", Entry: "report", By: "minh"},
	}
	lines := []string{"Hợp nhất", ""}
	for _, one := range all {
		lines = append(lines, one.String())
	}
	lines = append(lines, all[0].String(), "Not-taken: nothing", "Unit: x", "")
	got := review.ParseNotTaken(strings.Join(lines, "\n"))
	all[2].By, all[2].Entry = "name", `person["by"] by An` // the last "by" counts: a name holds none in the data
	if !slices.Equal(got, all) {
		t.Errorf("%+v", got)
	}
}

func TestSubjectOfEntry(t *testing.T) {
	for entry, want := range map[string]model.Subject{
		"activity.treo-bang-ron":    {Kind: model.SubjectActivity, ID: "treo-bang-ron"},
		"message.m05":               {Kind: model.SubjectMessage, ID: "m05"},
		"report":                    {Kind: model.SubjectReport},
		`person["lan"]`:             {Kind: model.SubjectPerson, ID: "lan"},
		`unit["thanh-tra"]`:         {Kind: model.SubjectUnit, ID: "thanh-tra"},
		`activity["treo-bang-ron"]`: {Kind: model.SubjectPlan, ID: `activity["treo-bang-ron"]`},
		"plan":                      {Kind: model.SubjectPlan, ID: "plan"},
		"activity.a, activity.b":    {},
		"":                          {},
	} {
		if got := review.SubjectOfEntry(entry); got != want {
			t.Errorf("%q is about %+v, want %+v", entry, got, want)
		}
	}
}
