package model_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model"
)

func TestBothVersions(t *testing.T) {
	morning := time.Date(2019, 11, 18, 9, 0, 0, 0, time.UTC)
	version := func(hour int, entry model.Entry) model.MergeVersion {
		return model.MergeVersion{Value: model.Value{Entry: entry}, At: morning.Add(time.Duration(hour) * time.Hour)}
	}
	conflict := model.MergeConflict{
		Subject: model.Subject{Kind: model.SubjectActivity, ID: "a"},
		Ours:    version(0, model.Entry{Status: model.Doing, Note: "chờ pano", Evidence: []string{"a.jpg"}, Figures: map[string]float64{"x": 1, "y": 2}}),
		Theirs:  version(1, model.Entry{Status: model.Done, Note: "Đã treo", Evidence: []string{"b.jpg"}, Figures: map[string]float64{"x": 3}}),
	}
	want := model.Entry{Status: model.Done, Note: "chờ pano\nĐã treo", Evidence: []string{"a.jpg", "b.jpg"}, Figures: map[string]float64{"x": 3, "y": 2}}
	value, possible := conflict.Both()
	if !possible || !value.Entry.SameContent(want) {
		t.Errorf("both are %+v", value.Entry)
	}
	if conflict.Ours.Value.Entry.Figures["x"] != 1 || len(conflict.Theirs.Value.Entry.Figures) != 1 {
		t.Error("the versions themselves have changed")
	}
	conflict.Ours, conflict.Theirs = conflict.Theirs, conflict.Ours
	if swapped, _ := conflict.Both(); !swapped.Entry.SameContent(want) {
		t.Errorf("from the other side they are %+v", swapped.Entry)
	}
	for _, side := range []model.MergeVersion{conflict.Ours, conflict.Theirs} {
		if held := value.Holds(model.SubjectActivity, side.Value); held != (side.Value.Entry.Status == model.Done) {
			t.Errorf("%+v is held: %v", side.Value.Entry, held)
		}
	}
	conflict.Ours.Gone = true
	if _, possible := conflict.Both(); possible || conflict.Later() != &conflict.Theirs {
		t.Error("a version that is gone counts")
	}
}

func TestNotTakenTrailers(t *testing.T) {
	all := []model.NotTaken{
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
	got := model.ParseNotTaken(strings.Join(lines, "\n"))
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
		if got := model.SubjectOfEntry(entry); got != want {
			t.Errorf("%q is about %+v, want %+v", entry, got, want)
		}
	}
}
