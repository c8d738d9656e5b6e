// Package event holds the messages that pass between the parts of the screen.
// Each is named for what happened.
package event

import (
	"example.org/tiendo/model"
	"example.org/tiendo/model/choices"
	"example.org/tiendo/model/review"
)

// Saved answers a request to make a change. Err is nil on success; the change
// says which entry it is about, whatever tab is on screen now.
type Saved struct {
	Change  model.Change
	Receipt model.Receipt
	Err     error
}

// Kind is how a notice is to be taken.
type Kind int

// The kinds of notices.
const (
	Info Kind = iota
	Success
	Warning
	Failure
)

// Noticed asks the footer to say something: the answer to a key.
type Noticed struct {
	Kind Kind
	Text string
	Undo bool // it says what was just changed: u takes that back
}

// SavedAll answers a request to make several changes, one after the other. Refused are those that were not tried, for
// the rules forbid them.
type SavedAll struct{ Saved, Refused []Saved }

// Copied asks for text to be put on the clipboard. The footer then shows Named, or the text itself where that is "".
type Copied struct{ Text, Named string }

// EditWanted asks the tab that owns the subject to open its form with the value
// of the change, which is to be compared with what the change has seen.
// Theirs says what somebody else has written meanwhile; "" when nobody has.
type EditWanted struct {
	Change model.Change
	Theirs string
}

// PlaceWanted asks for the place where something stands: its tab opens, with the cursor on it. Esc comes back.
type PlaceWanted struct {
	Unit    string        // "" for what belongs to none
	Subject model.Subject // the zero Subject is the unit's checklist
	As      Look
	Figure  string // of an activity: the name of the figure at which its form opens; "" for none
}

// Look is how the thing is to be shown that somebody goes to.
type Look int

// The values of Look.
const (
	InItsList Look = iota
	InItsForm
	AsItsVersions // both sides of a dispute, to decide which of them stands
	AsItsHistory  // what was changed of it, newest first
)

// PlaceLeft says that the person has gone back from where PlaceWanted led, or on to another tab.
type PlaceLeft struct{}

// Chosen says what the person has chosen for the screen, to be kept for the next start.
type Chosen struct {
	Key   choices.Key
	Value string
}

// Withdrawn says that the person has given up a change: an open form of its subject closes.
type Withdrawn struct{ Change model.Change }

// Asked puts a question before a change that is hard to undo, or before several.
type Asked struct {
	Question string
	Change   model.Change
	Also     []model.Change
	Then     any // not nil: the message that yes sends, in the place of the change
}

// EditorWanted asks for the person's own editor, for a text.
type EditorWanted struct{ Text string }

// EditorClosed says what the editor has made of a text.
type EditorClosed struct {
	Text string
	Err  error
}

// AllWanted asks for several changes to be made, after the person has said yes. Refused are those that cannot be: they
// are told with the others.
type AllWanted struct {
	Changes []model.Change
	Refused []Saved
}

// Reviewed answers the wish to mark everything up to a commit as reviewed, or to take that back.
type Reviewed struct {
	Commit string // its short hash; "" where nothing is marked any more
	Hash   string // the whole of it; "" where the mark was taken back
	Before string // the commit of the mark before; "" where there was none
	Back   bool   // the mark was taken back
	Err    error
}

// Settled answers the decision of a conflict of a merge, or of what is set aside.
type Settled struct {
	Resolved review.Resolved
	Err      error
}
