package store

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
)

// A board that takes over what has not changed is the same as one that is computed anew.
func TestBoardAfterAChange(t *testing.T) {
	record := func(name, content string) func(testing.TB, string) {
		return func(t testing.TB, dir string) { write(t, filepath.Join(dir, "progress", name+".toml"), content) }
	}
	steps := []struct {
		name   string
		change func(t testing.TB, dir string)
		kept   []string // units whose rows are taken over
	}{
		{"nothing", func(testing.TB, string) {}, []string{"van-phong", "thanh-tra", "chi-doan"}},
		{"a record", record("thanh-tra", "[activity.treo-bang-ron]\nstatus = \"done\"\nat = 2019-11-20T08:00:00+07:00\n"+
			"[activity.treo-bang-ron.figures]\nbang-ron = 4\n[report]\nstatus = \"submitted\"\nsubmitted_at = 2019-12-01T08:00:00+07:00\n"),
			[]string{"van-phong", "chi-doan"}},
		{"a record that cannot be read", record("thanh-tra", "status ="), []string{"van-phong", "chi-doan"}},
		{"it is mended", record("thanh-tra", "[activity.treo-bang-ron]\nstatus = \"na\"\nnote = \"x\"\n"), []string{"van-phong", "chi-doan"}},
		{"a message", record("chi-doan", "[message.m05]\nchannels = [\"bang-ron\"]\n[report]\n"), []string{"van-phong", "thanh-tra"}},
		{"a reminder", func(t testing.TB, dir string) {
			write(t, filepath.Join(dir, "report.toml"), "[[reminder]]\nunit = \"van-phong\"\nnumber = 1\nby = \"lan\"\nat = 2019-12-01T08:00:00+07:00\n")
		}, []string{"thanh-tra", "chi-doan"}},
		{"a record goes", func(t testing.TB, dir string) {
			if err := os.Remove(filepath.Join(dir, "progress", "chi-doan.toml")); err != nil {
				t.Fatal(err)
			}
		}, []string{"van-phong", "thanh-tra"}},
		{"the plan", func(t testing.TB, dir string) {
			replaceIn(t, filepath.Join(dir, "plan.toml"), "schema = 1", "schema = 1 # the same, read anew")
		}, nil},
		{"a person", func(t testing.TB, dir string) {
			hire(t, dir, model.Person{ID: "an", Name: "An", Role: model.Viewer})
		}, nil},
	}
	dir, day := smallData(t), calendar.Date(2019, 12, 10)
	store := openData(t, dir)
	load := func() *model.Campaign {
		campaign, err := store.Load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return campaign
	}
	before := model.NewBoard(load(), day)
	for _, step := range steps {
		step.change(t, dir)
		campaign := load()
		after := before.After(campaign, day)
		if want := model.NewBoard(campaign, day); !reflect.DeepEqual(after, want) {
			t.Errorf("%s:\n%+v\n%+v", step.name, after, want)
		}
		var kept []string
		for i := range after.Units {
			if len(after.Units[i].Cells) > 0 && &after.Units[i].Cells[0] == &before.Units[i].Cells[0] {
				kept = append(kept, after.Units[i].Unit.ID)
			}
		}
		if !reflect.DeepEqual(kept, step.kept) {
			t.Errorf("%s: the rows of %v are taken over, want %v", step.name, kept, step.kept)
		}
		if next := after.After(campaign, day.Add(1)); !reflect.DeepEqual(next, model.NewBoard(campaign, day.Add(1))) {
			t.Errorf("%s: the next day is another one", step.name)
		}
		onward := before.Onward(campaign, day.Add(20))
		if want := model.NewBoard(campaign, day.Add(20)); onward.Progression() != want.Progression() {
			t.Errorf("%s: on another day %+v, want %+v", step.name, onward.Progression(), want.Progression())
		}
		kept = nil
		for i := range onward.Units {
			if len(onward.Units[i].Cells) > 0 && &onward.Units[i].Cells[0] == &before.Units[i].Cells[0] {
				kept = append(kept, onward.Units[i].Unit.ID)
			}
		}
		if !reflect.DeepEqual(kept, step.kept) {
			t.Errorf("%s: on another day the rows of %v are taken over, want %v", step.name, kept, step.kept)
		}
		before = after
	}
}
