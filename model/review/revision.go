package review

import (
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
)

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
// an author of whom nobody knows who it is. Times are in the zone of the plan.
func (r *Revision) Doubts(zone *time.Location) []phrase.Sentence {
	var doubts []phrase.Sentence
	if r.Email == OwnerEmail {
		doubts = append(doubts, phrase.Say("made by the owner of a machine, who has given git no address"))
	}
	made := calendar.Clock(r.Committed, zone)
	switch {
	case r.Committed.IsZero():
	case !r.Arrived.IsZero() && r.Committed.Sub(r.Arrived) > ClockSkew:
		doubts = append(doubts, phrase.Say("dated %s, but it arrived %s", made, calendar.Clock(r.Arrived, zone)))
	case r.Latest.Sub(r.Committed) > ClockSkew && !r.Latest.IsZero():
		doubts = append(doubts, phrase.Say("dated %s, but it builds on what was made on %s", made,
			calendar.Clock(r.Latest, zone)))
	}
	return doubts
}

// TakenBack finds the changes that a later one has taken back, as its trailer says. Revisions are given to it newest
// first: what was taken back itself takes nothing back any more. The zero TakenBack is ready.
type TakenBack struct{ taken []taken }

// taken is what a revision has taken back of another one.
type taken struct {
	commit, by, unit string
	subject          model.Subject
}

// Mark sets in a revision which of its differences were taken back by those that were marked before.
func (t *TakenBack) Mark(revision *Revision) {
	for i := range revision.Differences {
		difference := &revision.Differences[i]
		for _, taken := range t.taken {
			if strings.HasPrefix(revision.Hash, taken.commit) && taken.unit == difference.Unit &&
				taken.subject == difference.Subject {
				difference.TakenBack = taken.by
			}
		}
		if revision.Reverts != "" && difference.TakenBack == "" {
			t.taken = append(t.taken, taken{revision.Reverts, revision.Short, difference.Unit, difference.Subject})
		}
	}
}

// leastHash is the shortest beginning of a hash that names a commit.
const leastHash = 7

// ParseReverts is the commit that a trailer names; "" where it names none. People may have written it.
func ParseReverts(trailer string) string {
	hash := strings.ToLower(strings.TrimSpace(trailer))
	if len(hash) < leastHash || strings.Trim(hash, "0123456789abcdef") != "" {
		return ""
	}
	return hash
}
