package frame_test

import (
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/frame/frametest"
)

// Who has no unit is not offered what is theirs.
func TestFilters(t *testing.T) {
	for person, want := range map[string]int{"hoa": 4, "lan": 3} {
		f, _ := frametest.New(t, phrase.English, map[string]model.Person{"hoa": frametest.Hoa("van-phong"), "lan": frametest.Lan()}[person])
		seen := map[frame.Show]bool{}
		for !seen[f.Show] {
			seen[f.Show] = true
			f.Show = f.Next()
		}
		if len(seen) != want {
			t.Errorf("%s goes through %d filters, want %d", person, len(seen), want)
		}
	}
}

// One entry is changed once at a time, and nothing while the screen shows how it was.
func TestChangesAreMadeOneAtATime(t *testing.T) {
	f, made := frametest.New(t, phrase.English, frametest.Lan())
	change := model.Change{Unit: "van-phong", Subject: model.Subject{Kind: model.SubjectReport}}
	first := f.Changes.Make(change)
	if again := f.Changes.Make(change); again != nil {
		t.Error("a second press makes a second change")
	}
	saved, is := first().(event.Saved)
	if !is || len(*made) != 1 {
		t.Fatalf("%v, %v", saved, *made)
	}
	f.Changes.Settle(saved)
	f.Changes.Frozen = phrase.Refuse(phrase.Say("the screen shows how it was"), phrase.Sentence{})
	if saved, _ := f.Changes.Make(change)().(event.Saved); saved.Err == nil || len(*made) != 1 {
		t.Errorf("changed all the same: %v", *made)
	}
}
