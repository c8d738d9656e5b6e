package tui_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"example.org/tiendo/model"
	"example.org/tiendo/model/choices"
	"example.org/tiendo/model/part"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/store"
	"example.org/tiendo/tui/changes"
)

// plan is plan.toml as it stands.
func (d *dashboard) plan() string { return read(d.t, filepath.Join(d.dir, "plan.toml")) }

// Each change of the plan on screen writes the fewest lines of one file, says what it was, and u brings back every byte.
func TestPlanIsChangedOnScreen(t *testing.T) {
	for name, test := range map[string]struct {
		keys  []string
		lines int // at most
		shows string
	}{
		"a deadline": {[]string{"3", "E", "enter", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab",
			"12/12/2019", "ctrl+s"}, 1, "12/12/2019"},
		"a title":   {[]string{"3", "E", "enter", "tab", "end", "!", "ctrl+s"}, 2, "title"},
		"a note":    {[]string{"1", "E", "tab", "tab", "nguyên văn", "ctrl+s"}, 1, "nguyên văn"},
		"a day off": {[]string{"4", "E", "right", "enter", "20/12/2019", "ctrl+s"}, 6, "days off: added"},
		"a goal":    {[]string{"1", "+", "right", "tab", "Phối hợp chặt chẽ", "ctrl+s"}, 6, "phoi-hop-chat-che: added"},
		"a message": {[]string{"2", "+", "enter", "Vì tương lai", "ctrl+s"}, 6, "vi-tuong-lai: added"},
		"an activity": {[]string{"3", "+", "enter", "right", "tab", "Tập huấn", "tab", "Tập huấn cán bộ", "tab", "tab", "tab",
			"tab", " ", "ctrl+s"}, 9, "tap-huan: added"},
	} {
		d := openDemo(t, setting{language: phrase.English, person: "lan"})
		d.size(160, 50)
		before := d.plan()
		d.press(test.keys...)
		d.shows("saved", test.shows)
		if n := differing(before, d.plan()); n == 0 || n > test.lines {
			t.Errorf("%s: %d lines differ, want at most %d\n%s", name, n, test.lines, d.plan())
		}
		if campaign, err := d.store.Load(context.Background()); err != nil || len(campaign.Problems) > 0 {
			t.Errorf("%s: %v, %v", name, err, campaign.Problems)
		}
		d.press("u")
		if view := bare(d.app.View()); !strings.Contains(view, "undone") {
			d.press("y")
		}
		d.shows("undone")
		if d.plan() != before {
			t.Errorf("%s: undone, the file is another one: %d lines", name, differing(before, d.plan()))
		}
	}
}

// Where no activity is under the cursor, as on a report in the list of what is to do, E offers what the plan has once.
func TestPlanIsChangedFromTheFirstScreen(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English, person: "lan", view: choices.ToDo})
	d.size(80, 24)
	d.press("3")
	d.shows("What you have to do", "report sent on")
	d.press("home", "E")
	d.shows("What is to be edited?", "theme and days of the plan")
}

// Words of the official document change only with the document that changes them.
func TestVerbatimAsksForItsSource(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English, person: "lan"})
	d.size(120, 40)
	before := d.plan()
	d.press("1", "E", "tab", "x", "ctrl+s")
	d.shows("this is the official wording")
	if d.plan() != before {
		t.Fatal("it was written")
	}
	d.press("tab", "tab", "Công văn 99/SCT-VP", "ctrl+s")
	d.shows("saved")
}

// What units have recorded something for stays, and who may not change the plan is told so on every tab.
func TestPlanIsProtectedOnScreen(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English, person: "lan"})
	d.size(120, 40)
	before := d.plan()
	d.press("3", "delete", "enter")
	d.shows("units have recorded something for")
	d.press("esc")
	staff := openDemo(t, setting{language: phrase.English, person: "hang"})
	staff.size(120, 40)
	for _, tab := range []string{"1", "2", "3", "4"} {
		for _, key := range []string{"E", "+", "delete"} {
			staff.press(tab, key)
			staff.shows("only the coordinator changes the plan")
		}
	}
	if d.plan() != before || staff.plan() != before {
		t.Error("the plan is another one")
	}
}

// An activity with records stays in the plan: Del asks for the reason, and makes it n/a for each unit that answers for
// it, as the command does.
func TestActivityWithRecordsIsStopped(t *testing.T) {
	d := open(t, phrase.English, inTheCampaign, termenv.Ascii)
	d.size(120, 40)
	plan := d.plan()
	d.someoneElse("thanh-tra", "tuyen-truyen-van-dong", model.Entry{Status: model.Done, Note: "Đã họp."})
	d.reload()
	d.press("3", "delete", "enter")
	d.shows("No longer applies · activity “", "becomes n/a for each unit")
	d.press("ctrl+s")
	d.shows("write it in the field")
	d.press("Công văn 99: không tổ chức", "ctrl+s")
	d.shows("changes saved")
	d.lacks("No longer applies")
	campaign, err := d.store.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	activity, units := &campaign.Plan.Activities[0], 0
	for i := range campaign.Roster.Units {
		unit := &campaign.Roster.Units[i]
		if !activity.Role(unit.ID, unit.Group).Answers() {
			continue
		}
		units++
		progress := campaign.Progress[unit.ID]
		entry := progress.Entry(activity.ID)
		if entry.Status != model.NA || !strings.HasSuffix(entry.Note, "Công văn 99: không tổ chức") ||
			unit.ID == "thanh-tra" && !strings.HasPrefix(entry.Note, "Đã họp.\n") {
			t.Errorf("%s: %v", unit.ID, entry)
		}
	}
	if units == 0 || d.plan() != plan {
		t.Errorf("%d units, and the plan is another one: %t", units, d.plan() != plan)
	}
	d.press("delete", "enter", "x", "ctrl+s")
	d.shows("is n/a for each unit already", "No longer applies")
}

// changePart changes a part of the plan past the dashboard.
func (d *dashboard) changePart(subject model.Subject, typed map[string]string) {
	d.t.Helper()
	src, err := store.PlanSource(d.store)
	if err != nil {
		d.t.Fatal(err)
	}
	kind, _ := part.Split(subject)
	seen := part.Of(src, subject)
	now, err := part.Set(kind, seen, typed)
	if err == nil {
		_, err = d.store.Apply(context.Background(), model.Change{Subject: subject, Seen: seen, New: now, Source: "99",
			Person: model.Person{Name: "Minh", Role: model.Coordinator}})
	}
	if err != nil {
		d.t.Fatal(err)
	}
}

// An open form over a part of the plan says what others have changed in it meanwhile, and no more once it is as it was.
func TestOpenPlanFormIsTold(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English, person: "lan"})
	d.size(120, 40)
	first := part.Subject("goal", "chuong-trinh-quoc-gia")
	d.press("1", "E", "tab", "tab", "sai chính tả")
	d.changePart(part.Subject("goal", "tiet-kiem"), map[string]string{"sic": "của mục khác"})
	d.reload()
	d.lacks("changed while you were writing")
	d.changePart(first, map[string]string{"kind": "requirement"})
	d.reload()
	d.shows("changed while you were writing: kind: aim → requirement", "sai chính tả")
	d.changePart(first, map[string]string{"kind": "aim"})
	d.reload()
	d.lacks("changed while you were writing")
}

// lanAndMinhOnThePlan is a history in which Minh has just changed a goal.
type lanAndMinhOnThePlan struct{ lanAndMinh }

func (lanAndMinhOnThePlan) Page(ctx context.Context, tip string, skip int) (review.Page, error) {
	page, err := lanAndMinh{}.Page(ctx, tip, skip)
	earlier, later := &model.Campaign{}, &model.Campaign{}
	earlier.Plan.Goals = []model.Goal{{ID: "chuong-trinh-quoc-gia", Kind: model.Aim}}
	later.Plan.Goals = []model.Goal{{ID: "chuong-trinh-quoc-gia", Kind: model.Requirement}}
	page.Revisions[1].Differences = review.ComparePlans(earlier, later)
	return page, err
}

var _ changes.Record = lanAndMinhOnThePlan{}

// Of two who change one part of the plan the second sees both versions, who was first and when; what they put in its
// place leaves what the first one has changed beside it.
func TestPlanConflict(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English, person: "lan", record: lanAndMinhOnThePlan{}})
	d.size(120, 40)
	d.press("1", "E", "tab", "tab", "sai chính tả")
	d.changePart(part.Subject("goal", "chuong-trinh-quoc-gia"), map[string]string{"kind": "requirement"})
	d.press("ctrl+s")
	d.shows("Someone else has just changed this entry", "Theirs: 09:15 today (Trần Minh)", "kind: aim → requirement",
		"Yours:", "note on the wording: “sai chính tả”")
	d.press("esc")
	d.shows("sai chính tả")
	d.press("ctrl+s", "e")
	d.shows("Theirs: 09:15 today (Trần Minh) — kind: aim → requirement", "sai chính tả")
	d.press("ctrl+s")
	d.shows("saved")
	if goal := d.goal("chuong-trinh-quoc-gia"); goal.Kind != model.Requirement || !strings.HasSuffix(goal.Sic, "sai chính tả") {
		t.Errorf("edited on top of theirs it is %v", goal)
	}

	d.press("E", "tab", "tab", " nữa")
	d.changePart(part.Subject("goal", "chuong-trinh-quoc-gia"), map[string]string{"kind": "aim"})
	d.press("ctrl+s", "t")
	d.shows("saved")
	if goal := d.goal("chuong-trinh-quoc-gia"); goal.Kind != model.Aim || !strings.HasSuffix(goal.Sic, "sai chính tả nữa") {
		t.Errorf("put on top of theirs it is %v", goal)
	}
}

func (d *dashboard) goal(id string) model.Goal {
	d.t.Helper()
	campaign, err := d.store.Load(context.Background())
	if err != nil {
		d.t.Fatal(err)
	}
	for _, goal := range campaign.Plan.Goals {
		if goal.ID == id {
			return goal
		}
	}
	return model.Goal{}
}
