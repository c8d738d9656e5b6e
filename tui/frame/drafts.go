package frame

import (
	"time"

	"example.org/tiendo/model"
)

// Draft is what was typed into a form and not saved: a lost connection must not cost it.
type Draft struct {
	At     time.Time   // when it was kept; Keep sets it
	Seen   model.Value // what the person had before them, so that what others changed since is seen as a conflict
	Values []string    // of the fields
}

// Drafts keeps what one person has typed. Keep is called at every key and must not wait for a disk.
type Drafts interface {
	Keep(unit string, subject model.Subject, draft Draft)
	Kept(unit string, subject model.Subject) (Draft, bool)
	Drop(unit string, subject model.Subject)
}

// Kept is what the person has typed about a subject and not saved.
func (f *Frame) Kept(change model.Change) (Draft, bool) {
	if f.Drafts == nil {
		return Draft{}, false
	}
	return f.Drafts.Kept(change.Unit, change.Subject)
}

// Keep keeps what stands in a form.
func (f *Frame) Keep(change model.Change, values []string) {
	if f.Drafts != nil {
		f.Drafts.Keep(change.Unit, change.Subject, Draft{Seen: change.Seen, Values: values})
	}
}

// Drop forgets it: it was saved, or thrown away.
func (f *Frame) Drop(change model.Change) {
	if f.Drafts != nil {
		f.Drafts.Drop(change.Unit, change.Subject)
	}
}
