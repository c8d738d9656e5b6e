package review

import "example.org/tiendo/model/phrase"

// SyncResult says what an exchange with the remote did.
type SyncResult struct {
	Remote    string // as git names its branch, for example origin/main; "" when there is none
	Received  int    // commits that came
	Sent      int    // commits that went
	Waiting   int    // commits of this clone that the remote does not have; -1 is not known
	Merged    string // short hash of the merge commit, when two lines of the history were joined
	Conflicts int    // files of which the remote's version stands now, while that of this clone is set aside
	Disputes  int    // entries and reports of which there are two versions now, in the records that came or were joined
	Tries     int    // how often it took to send
	Notices   []phrase.Sentence
}

// Exchanged reports whether something came or went, as may be in spite of an error.
func (r SyncResult) Exchanged() bool { return r.Received+r.Sent > 0 }

// Sentence says the result.
func (r SyncResult) Sentence() phrase.Sentence {
	switch {
	case !r.Exchanged():
		return phrase.Say("up to date with %s", r.Remote)
	case r.Sent == 0:
		return phrase.Say("received %s from %s", Changes(r.Received), r.Remote)
	case r.Received == 0:
		return phrase.Say("sent %s to %s", Changes(r.Sent), r.Remote)
	default:
		return phrase.Say("received %s from %s and sent %d", Changes(r.Received), r.Remote, r.Sent)
	}
}

// Changes says how many changes.
func Changes(n int) phrase.Counted { return phrase.Count(n, "%d change", "%d changes") }
