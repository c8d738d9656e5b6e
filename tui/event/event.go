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
}

// SavedAll answers a request to make several changes, one after the other.
type SavedAll struct{ Saved []Saved }

// Copied asks for text to be put on the clipboard. The footer then shows Named, or the text itself where that is "".
type Copied struct{ Text, Named string }

// EditWanted asks the tab that owns the subject to open its form with the value
// of the change, which is to be compared with what the change has seen.
// Theirs says what somebody else has written meanwhile; "" when nobody has.
type EditWanted struct {
	Change model.Change
	Theirs string
}

// DecisionWanted asks for both versions of what is in dispute, to decide which of them stands.
type DecisionWanted struct {
	Unit    string
	Subject model.Subject
}

// Chosen says what the person has chosen for the screen, to be kept for the next start.
type Chosen struct {
	Key   choices.Key
	Value string
}

// ReportWanted asks for the tab of reporting, at a unit's report.
type ReportWanted struct{ Unit string }

// Withdrawn says that the person has given up a change: an open form of its subject closes.
type Withdrawn struct{ Change model.Change }

// Asked puts a question before a change that is hard to undo, or before several.
type Asked struct {
	Question string
	Change   model.Change
	Also     []model.Change
	Then     any // not nil: the message that yes sends, in the place of the change
}

// Reviewed answers the wish to mark everything up to a commit as reviewed.
type Reviewed struct {
	Commit string // its short hash
	Err    error
}

// Settled answers the decision of a conflict of a merge, or of what is set aside.
type Settled struct {
	Resolved review.Resolved
	Err      error
}
