package model

import (
	"slices"
	"strings"
	"time"

	"example.org/tiendo/model/phrase"
)

// MergeConflict is one entry that two lines of the history changed differently and
// that waits for a person: both sides are kept until somebody decides. Ours is what
// was made in this clone, Theirs what came from elsewhere; people are shown who made it and when.
type MergeConflict struct {
	File    string  // the data file as messages show it
	Unit    string  // whose record; "" for the plan, the roster and other files
	Subject Subject // zero when the file as a whole is in conflict, or entries that cannot be told apart
	// Entry is the name of the entry within its file, for example activity.treo-bang-ron;
	// "" is the file as a whole. File and Entry together name a conflict.
	Entry              string
	Base, Ours, Theirs MergeVersion
	// Unseen is what one side has changed in the record while the other one has accepted the
	// report: nobody has accepted the record with that, so the report waits for a decision.
	Unseen []Subject
	// Accepted says that one side has accepted the report of the record.
	Accepted bool
	// Edited says that the file has been edited by hand since the merge: settling the
	// conflict puts that aside, in a copy that is named.
	Edited bool
}

// MergeVersion is what one side of a merge has of an entry.
type MergeVersion struct {
	Value Value     // when Subject names an activity, a message, the report, a person or a unit
	Text  string    // the lines as they stand in the file
	Gone  bool      // the side has taken it away, or never had it
	By    string    // who changed it last: an id of the roster or a name; "" is not known
	At    time.Time // when; zero is not known
}

// Take is how a conflict is settled.
type Take string

// The ways of settling a conflict.
const (
	TakeOurs   Take = "ours"   // the version of this clone
	TakeTheirs Take = "theirs" // the version from elsewhere
	TakeBoth   Take = "both"   // what both say, where nothing of it is lost; see MergeConflict.Both
	TakeValue  Take = "value"  // Resolution.Value
)

// Resolution settles one conflict.
type Resolution struct {
	Person   Person
	Conflict MergeConflict // as it was seen; when it stands otherwise now, nothing is done
	Take     Take
	Value    Value // for TakeValue
}

// Change is a resolution as the change of its subject, for a log; where the conflict has none it is of the file.
func (r *Resolution) Change() Change {
	change := Change{Person: r.Person, Unit: r.Conflict.Unit, Subject: r.Conflict.Subject}
	if change.Subject.Kind == "" {
		change.Subject = Subject{Kind: "file", ID: r.Conflict.File}
	}
	return change
}

// Resolved answers a resolution. What was chosen stands in the file.
type Resolved struct {
	Resolution Resolution
	Value      Value             // as it stands in the file now, where the subject has one
	Left       int               // how many conflicts are still open
	Hash       string            // short hash of the merge commit, when this was the last conflict
	Pending    phrase.Sentence   // why the merge is not committed although nothing is left
	Notices    []phrase.Sentence // what else the person should know
}

// Side is one side's version, for TakeOurs and TakeTheirs.
func (c *MergeConflict) Side(take Take) *MergeVersion {
	if take == TakeTheirs {
		return &c.Theirs
	}
	return &c.Ours
}

// Later is the version that was made later, of those that have the entry.
func (c *MergeConflict) Later() *MergeVersion {
	ours, theirs := &c.Ours, &c.Theirs
	switch {
	case theirs.Gone:
		return ours
	case ours.Gone, theirs.At.After(ours.At), theirs.At.Equal(ours.At) && theirs.Text > ours.Text:
		return theirs
	}
	return ours
}

// Accepter is the side that has accepted the report, and the one that has not; nil, nil
// when that is not what the conflict is about.
func (c *MergeConflict) Accepter() (accepter, other *MergeVersion) {
	ours, theirs := &c.Ours, &c.Theirs
	switch accepted := (*MergeVersion).accepted; {
	case c.Subject.Kind != SubjectReport || accepted(ours) == accepted(theirs):
		return nil, nil
	case accepted(ours):
		return ours, theirs
	}
	return theirs, ours
}

func (v *MergeVersion) accepted() bool { return !v.Gone && v.Value.Report.Status == Accepted }

// MaySettle says who decides: in the record of a unit whoever may change it, everywhere
// else the coordinator, who alone also decides what becomes of an acceptance.
func (c *Campaign) MaySettle(person Person, conflict *MergeConflict) error {
	unit := c.Roster.Unit(conflict.Unit)
	if unit == nil { // also the record of a unit that only the other side knows
		if person.Role != Coordinator {
			return phrase.Refuse(phrase.Say("only the coordinator settles conflicts in the plan and the roster"), phrase.Say("ask the Office"))
		}
		return nil
	}
	if err := c.mayChange(person, unit); err != nil {
		return err
	}
	if conflict.Accepted && person.Role != Coordinator {
		return phrase.Refuse(phrase.Say("the Office has accepted the report of %s while its record was changed here: only the coordinator decides what becomes of that", unit.Name),
			phrase.Say("your changes wait here: ask the Office to withdraw the acceptance and synchronise, then synchronise again; a merge that is open is taken back with `git merge --abort`"))
	}
	return nil
}

// Unmerged is a file that git could not merge by itself, with its three versions;
// nil is a version without the file.
type Unmerged struct {
	Path               string // absolute
	Base, Ours, Theirs []byte
	// OursBy and TheirsBy say who committed the file last on each side, and when.
	OursBy, TheirsBy Made
}

// Made is who made a commit, and when.
type Made struct {
	Name, Email string
	At          time.Time
}

// NotTaken says that the version of a person was not taken when two lines of the
// history were joined. The merge commit names it in a trailer when tiendo has made it;
// of other merges it is found by comparing.
type NotTaken struct {
	Unit  string // "" outside of the records
	Entry string // as in MergeConflict
	By    string // an id of the roster or a name; "" is not known
	// Alone says that nobody else had changed the entry, so that there was nothing to
	// decide. No trailer says that.
	Alone bool
}

// WithLost is what the trailers of a merge say, and what was found besides: a trailer
// settles whose version it was of an entry that both sides had changed.
func WithLost(said, found []NotTaken) []NotTaken {
	all := slices.Clone(said)
	for _, one := range found {
		if !slices.ContainsFunc(said, func(n NotTaken) bool { return !one.Alone && n.Unit == one.Unit && n.Entry == one.Entry }) {
			all = append(all, one)
		}
	}
	return all
}

// notTakenTrailer is the key of the trailer.
const notTakenTrailer = "Not-taken"

// String is the trailer, for example "Not-taken: van-phong/activity.treo-bang-ron by lan".
func (n NotTaken) String() string {
	return notTakenTrailer + ": " + n.Unit + "/" + n.Entry + " by " + n.By
}

// ParseNotTaken finds the trailers in a commit's message.
func ParseNotTaken(message string) []NotTaken {
	var all []NotTaken
	for line := range strings.Lines(message) {
		said, is := strings.CutPrefix(strings.TrimSpace(line), notTakenTrailer+": ")
		unit, rest, hasEntry := strings.Cut(said, "/")
		at := strings.LastIndex(rest, " by ")
		if !is || !hasEntry || at < 0 {
			continue
		}
		one := NotTaken{Unit: unit, Entry: rest[:at], By: rest[at+len(" by "):]}
		if !slices.Contains(all, one) {
			all = append(all, one)
		}
	}
	return all
}

// Subject is what a version that was not taken is about; zero for a file as a whole.
func (n NotTaken) Subject() Subject { return SubjectOfEntry(n.Entry) }

// SubjectOfEntry is what an entry of a data file is about, by the entry's name:
// activity.ID, message.ID and report in a record, person["ID"] and unit["ID"] on the
// roster. Whatever else it names is part of the plan; "" is a file as a whole.
func SubjectOfEntry(entry string) Subject {
	if entry == "report" {
		return Subject{Kind: SubjectReport}
	}
	for prefix, kind := range map[string]SubjectKind{"activity.": SubjectActivity, "message.": SubjectMessage} {
		if id, is := strings.CutPrefix(entry, prefix); is && IsID(id) {
			return Subject{kind, id}
		}
	}
	for prefix, kind := range map[string]SubjectKind{`person["`: SubjectPerson, `unit["`: SubjectUnit} {
		if id, is := strings.CutPrefix(strings.TrimSuffix(entry, `"]`), prefix); is && IsID(id) {
			return Subject{kind, id}
		}
	}
	if entry == "" || strings.Contains(entry, ", ") {
		return Subject{}
	}
	return Subject{SubjectPlan, entry}
}

// MergedFile is a file that both sides of a merge have changed, with what came out.
type MergedFile struct {
	Unmerged
	Merged []byte // nil: the merge has taken the file away
}
