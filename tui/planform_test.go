package tui_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"example.org/tiendo/model/phrase"
)

// plan is plan.toml as it stands.
func (d *dashboard) plan() string { return read(d.t, filepath.Join(d.store.Dir(), "plan.toml")) }

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
		if name == "a day off" { // schema = 2 stays: it was the first such key
			before = strings.Replace(before, "schema = 1", "schema = 2", 1)
		}
		if d.plan() != before {
			t.Errorf("%s: undone, the file is another one: %d lines", name, differing(before, d.plan()))
		}
	}
}

// Words of the official document change only with the document that changes them.
func TestVerbatimAsksForItsSource(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English, person: "lan"})
	d.size(120, 40)
	before := d.plan()
	d.press("1", "E", "tab", "x", "ctrl+s")
	d.shows("words of the official document change")
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
