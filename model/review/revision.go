package review

import "example.org/tiendo/model/phrase"

// Page is a part of the history.
type Page struct {
	Revisions []Revision
	Read      int   // commits, with those that changed nothing of the plan
	More      bool  // there is history before it
	Beside    error // what of the data is in no commit; nil for nothing, and on later pages
}

// Who is the author as people are shown: with what git calls them beside it, where that is another name.
func (r *Revision) Who() string {
	if r.GitName == "" {
		return r.Author
	}
	return r.Author + " (git: " + r.GitName + ")"
}

// Doubts are what a reviewer is to know of the commit itself: a date that cannot be quite true, and
// an author of whom nobody knows who it is.
func (r *Revision) Doubts() []phrase.Sentence {
	const format = "02/01/2006 15:04"
	var doubts []phrase.Sentence
	if r.Email == OwnerEmail {
		doubts = append(doubts, phrase.Say("made by the owner of a machine, who has given git no address"))
	}
	made := r.Committed.In(r.At.Location()).Format(format)
	switch {
	case r.Committed.IsZero():
	case !r.Arrived.IsZero() && r.Committed.Sub(r.Arrived) > ClockSkew:
		doubts = append(doubts, phrase.Say("dated %s, but it arrived %s", made, r.Arrived.In(r.At.Location()).Format(format)))
	case r.Latest.Sub(r.Committed) > ClockSkew && !r.Latest.IsZero():
		doubts = append(doubts, phrase.Say("dated %s, but it builds on what was made on %s", made,
			r.Latest.In(r.At.Location()).Format(format)))
	}
	return doubts
}
