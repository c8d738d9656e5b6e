package tui_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
)

// edited is what somebody has edited by hand.
type edited struct {
	look  review.HandEdit
	err   error
	saved []review.HandEdit
	said  error // when saving
}

func (e *edited) Look(context.Context, model.Person) (review.HandEdit, error) { return e.look, e.err }

func (e *edited) Save(_ context.Context, _ model.Person, looked review.HandEdit) (review.HandEdit, error) {
	if e.said == nil {
		e.saved = append(e.saved, looked)
	}
	looked.Hash = "3f9c2d1"
	return looked, e.said
}

// noChanges is a history without a change.
type noChanges struct{ lanAndMinh }

func (noChanges) Page(context.Context, string, int) (review.Page, error) { return review.Page{}, nil }

// laterEnd is a deadline of the whole plan that was edited by hand.
func laterEnd() review.HandEdit {
	earlier, later := &model.Campaign{}, &model.Campaign{}
	earlier.Plan.ID, later.Plan.ID = "a", "a"
	earlier.Plan.Ends, later.Plan.Ends = calendar.Date(2019, 12, 15), calendar.Date(2019, 12, 20)
	return review.HandEdit{Files: []string{"plan.toml"}, Later: later, Differences: review.Compare(earlier, later)}
}

// What was edited by hand is offered in the header and on the tab of changes, is shown in the plan's words, and is
// saved only after a yes.
func TestHandEditIsSaved(t *testing.T) {
	byHand := &edited{look: laterEnd()}
	d := openDemo(t, setting{language: phrase.English, person: "lan", record: noChanges{}, edits: byHand,
		byHand: []string{"data/plan.toml"}})
	d.size(100, 30)
	d.press("3")
	d.shows("edited by hand, in no commit yet (5, then s saves it): data/plan.toml")
	d.press("5")
	d.shows("(s saves it): data/plan.toml", "s save what was edited by hand")
	d.press("s")
	d.shows("Edited by hand, in no commit yet: plan.toml", "last day: 15/12/2019 → 20/12/2019", "Save this in one commit?",
		"y save it  Esc leave it as it is")
	for _, no := range []string{"n", "k", "esc"} {
		d.press(no)
		d.shows("nothing was changed")
		d.lacks("Save this in one commit?")
		d.press("s", "x", "q", "1", "S", "down")
		d.shows("Save this in one commit?") // only yes and no answer it
	}
	if len(byHand.saved) > 0 {
		t.Fatal("it was saved without a yes")
	}
	d.press("y")
	d.shows("saved 3f9c2d1: plan.toml")
	d.lacks("Save this in one commit?")
	if len(byHand.saved) != 1 || len(byHand.saved[0].Differences) != 1 {
		t.Errorf("saved: %v", byHand.saved)
	}
}

// A broken edit is named with its place and the way out; what is sound beside it is saved.
func TestBrokenHandEditIsNamed(t *testing.T) {
	broken := phrase.Problem{File: "data/units.toml", Line: 12, Column: 8, What: phrase.Say("a key is missing")}
	both := laterEnd()
	both.Left = []phrase.Problem{broken}
	for name, test := range map[string]struct {
		edits *edited
		keys  []string
		says  []string
	}{
		"alone":           {&edited{look: review.HandEdit{Left: []phrase.Problem{broken}}}, nil, []string{"data/units.toml:12:8: a key is missing", "fix it in the file, then press s again"}},
		"the whole plan":  {&edited{err: broken}, nil, []string{"data/units.toml:12:8: a key is missing"}},
		"beside another":  {&edited{look: both}, nil, []string{"left as it is: data/units.toml:12:8", "Save this in one commit?"}},
		"saved beside it": {&edited{look: both}, []string{"y"}, []string{"saved 3f9c2d1: plan.toml · data/units.toml:12:8: a key is missing — fix it"}},
		"nothing":         {&edited{}, nil, []string{"nothing was edited by hand"}},
		"changed since":   {&edited{look: laterEnd(), said: phrase.Refuse(phrase.Say("nothing was changed"), phrase.Say("look at it again"))}, []string{"y"}, []string{"nothing was changed — look at it again"}},
	} {
		d := openDemo(t, setting{language: phrase.English, person: "lan", record: noChanges{}, edits: test.edits})
		d.size(120, 30)
		d.press(append([]string{"5", "s"}, test.keys...)...)
		for _, words := range test.says {
			if screen := strings.Join(strings.Fields(bare(d.app.View())), " "); !strings.Contains(screen, words) {
				t.Errorf("%s: the screen does not say %q:\n%s", name, words, d.app.View())
			}
		}
	}
}

// A long edit is scrolled, so that whoever says yes has been able to read all of it.
func TestLongHandEditIsScrolled(t *testing.T) {
	long := laterEnd()
	long.Differences = slices.Repeat(long.Differences, 60)
	d := openDemo(t, setting{language: phrase.English, person: "lan", record: noChanges{}, edits: &edited{look: long}})
	for _, height := range []int{14, 24, 40} {
		d.size(60, height)
		d.press("5", "s")
		d.shows("more lines · PgDn scrolls", "Save this in one commit?")
		for range 20 {
			d.press("pgdown")
		}
		d.lacks("more lines")
		d.press("esc")
	}
}

// Who may not change the plan is told that it is in no commit, and is not offered to save it.
func TestHandEditIsNotForStaff(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English, person: "hang", record: noChanges{}, edits: &edited{look: laterEnd()},
		byHand: []string{"data/plan.toml"}})
	d.size(100, 30)
	d.press("5")
	d.shows("in no commit yet, so nobody else has it: data/plan.toml")
	d.lacks("saves it", "s save")
}
