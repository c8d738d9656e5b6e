package tui_test

import (
	"slices"
	"strings"
	"testing"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
)

// undoNewest puts a commit into a history that takes the newest one back.
func undoNewest(record *madeUpRecord) {
	undone := record.revisions[0]
	undoing := undone
	undoing.Hash, undoing.Short, undoing.Reverts = strings.Repeat("f", 40), strings.Repeat("f", 7), undone.Hash
	undoing.Differences = nil
	for _, difference := range undone.Differences {
		difference.Before, difference.After = difference.After, difference.Before
		undoing.Differences = append(undoing.Differences, difference)
	}
	record.revisions = append([]review.Revision{undoing}, record.revisions...)
	record.states = slices.Insert(record.states, 0, record.states[1])
}

// What was taken back and what took it back are marked in the list of changes.
func TestTakenBackIsMarked(t *testing.T) {
	record := newRecord(t)
	undoNewest(record)
	d := openDemo(t, setting{language: phrase.English, record: record})
	d.size(120, 40)
	d.press("5", "home")
	d.shows("(undo) ", "(undone) ", "Takes back "+record.revisions[1].Short)
	d.press("down")
	d.shows("Taken back by fffffff")
	d.press("down")
	d.lacks("Taken back by fffffff")
}

// m pressed again where it was pressed last puts the mark back to where it was; elsewhere it sets it anew.
func TestReviewedIsTakenBack(t *testing.T) {
	record := newRecord(t)
	d := openDemo(t, setting{language: phrase.English, record: record, person: "lan"})
	d.size(100, 30)
	before := record.reviewed
	d.shows("Changes ●4")
	d.press("5", "home", "m")
	d.shows("reviewed up to "+record.revisions[0].Short, "m again takes it back")
	d.lacks("Changes ●")
	d.press("m")
	d.shows("the mark is back at "+before[:7], "Changes ●4")
	if record.reviewed != before {
		t.Errorf("the mark is at %q, want %q", record.reviewed, before)
	}
	d.press("m", "down", "m") // another place
	if record.reviewed != record.revisions[1].Hash {
		t.Errorf("the mark is at %q, want %q", record.reviewed, record.revisions[1].Hash)
	}

	record = newRecord(t)
	record.reviewed = ""
	d = openDemo(t, setting{language: phrase.English, record: record, person: "lan"})
	d.size(100, 30)
	d.press("5", "home", "m", "m")
	d.shows("nothing is marked as reviewed any more", "Changes ●10")
}
