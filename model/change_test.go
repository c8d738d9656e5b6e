package model

import (
	"testing"
	"time"
)

// Who changes the status signs it; who changes only what stands beside it signs that.
// Who changes both signs both: nobody stands under what somebody else wrote.
func TestWhoSignsAnEntry(t *testing.T) {
	lan, minh := Person{ID: "lan"}, Person{ID: "minh"}
	early, later := time.Date(2019, 11, 18, 9, 0, 0, 0, time.UTC), time.Date(2019, 11, 20, 9, 0, 0, 0, time.UTC)
	seen := Entry{Status: Done, By: "lan", At: early, EditedBy: "lan", EditedAt: early.Add(time.Hour), Note: "của Lan"}
	with := func(change func(*Entry)) Entry {
		entry := seen
		change(&entry)
		return entry
	}
	tests := map[string]struct {
		person    Person
		seen, new Entry
		want      Entry
	}{
		"the first tick":         {lan, Entry{Status: Todo}, Entry{Status: Done, Note: "x"}, Entry{Status: Done, Note: "x", By: "lan", At: later}},
		"only a note, the first": {lan, Entry{Status: Todo}, Entry{Status: Todo, Note: "x"}, Entry{Status: Todo, Note: "x", By: "lan", At: later}},
		"only the status": {
			minh, seen, with(func(e *Entry) { e.Status = Doing }),
			with(func(e *Entry) { e.Status, e.By, e.At = Doing, "minh", later }),
		},
		"only the note": {
			minh, seen, with(func(e *Entry) { e.Note = "của Minh" }),
			with(func(e *Entry) { e.Note, e.EditedBy, e.EditedAt = "của Minh", "minh", later }),
		},
		"both": {
			minh, seen, with(func(e *Entry) { e.Status, e.Note = Doing, "của Minh" }),
			Entry{Status: Doing, Note: "của Minh", By: "minh", At: later},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			change := Change{
				Person: test.person, Subject: Subject{Kind: SubjectActivity, ID: "a"},
				Seen: test.seen, New: test.new,
			}
			if got := change.Signed(later); !got.Equal(test.want) {
				t.Errorf("got  %+v\nwant %+v", got, test.want)
			}
		})
	}
}
