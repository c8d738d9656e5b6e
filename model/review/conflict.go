package review

import (
	"slices"
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// MergeConflict is one entry that two lines of the history changed differently and
// that waits for a person: both sides are kept until somebody decides. Ours is what
// was made in this clone, Theirs what came from elsewhere; people are shown who made it and when.
type MergeConflict struct {
	File    string        // the data file as messages show it
	Unit    string        // whose record; "" for the plan, the roster and other files
	Subject model.Subject // zero when the file as a whole is in conflict, or entries that cannot be told apart
	// Entry is the name of the entry within its file, for example activity.treo-bang-ron;
	// "" is the file as a whole. File and Entry together name a conflict.
	Entry              string
	Base, Ours, Theirs MergeVersion
	// Accepted says that one side has accepted the report of the record.
	Accepted bool
	// Edited says that the file has been edited by hand since the merge: settling the
	// conflict puts that aside, in a copy that is named.
	Edited bool
	// Aside says that no merge waits: the remote's version stands, and what this clone had is set aside.
	Aside bool
	// InFile is what stands in the record, where the conflict is a dispute that every clone has; nil: it is one of a
	// merge in progress.
	InFile model.Value
}

// MergeVersion is what one side of a merge has of an entry.
type MergeVersion struct {
	Value model.Value // when Subject names an activity, a message, the report, a person or a unit
	Text  string      // the lines as they stand in the file
	Gone  bool        // the side has taken it away, or never had it
	By    string      // who changed it last: an id of the roster or a name; "" is not known
	At    time.Time   // when; zero is not known
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
	Person   model.Person
	Conflict MergeConflict // as it was seen; when it stands otherwise now, nothing is done
	Take     Take
	Value    model.Value // for TakeValue
}

// Change is a resolution as the change of its subject, for a log; where the conflict has none it is of the file.
func (r *Resolution) Change() model.Change {
	change := model.Change{Person: r.Person, Unit: r.Conflict.Unit, Subject: r.Conflict.Subject}
	if change.Subject.Kind == "" {
		change.Subject = model.Subject{Kind: "file", ID: r.Conflict.File}
	}
	return change
}

// Resolved answers a resolution. What was chosen stands in the file.
type Resolved struct {
	Resolution Resolution
	Value      model.Value       // as it stands in the file now, where the subject has one
	Left       int               // how many conflicts are still open
	Hash       string            // short hash of the merge commit, when this was the last conflict
	Pending    phrase.Sentence   // why the merge is not committed although nothing is left
	Notices    []phrase.Sentence // what else the person should know
}

// Same reports whether two conflicts are about the same entry. Of the versions that are set aside several may be.
func (c *MergeConflict) Same(other *MergeConflict) bool {
	return c.File == other.File && c.Entry == other.Entry
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

// Differing are the lines of a version that another one, or what stood there before both, says otherwise. The first
// line stays, as it names what is in conflict; "…" stands for lines that all of them have.
func (c *MergeConflict) Differing(version *MergeVersion) string {
	var others []map[string]bool
	for _, other := range []*MergeVersion{&c.Base, &c.Ours, &c.Theirs} {
		if other != version && !other.Gone {
			lines := map[string]bool{}
			for line := range strings.SplitSeq(other.Text, "\n") {
				lines[line] = true
			}
			others = append(others, lines)
		}
	}
	const same = "…"
	var out []string
	for i, line := range strings.Split(strings.TrimRight(version.Text, "\n"), "\n") {
		differs := slices.ContainsFunc(others, func(lines map[string]bool) bool { return !lines[line] })
		switch {
		case i == 0, differs, len(others) == 0:
			out = append(out, line)
		case out[len(out)-1] != same:
			out = append(out, same)
		}
	}
	return strings.Join(out, "\n")
}

// Accepter is the side that has accepted the report, and the one that has not; nil, nil
// when that is not what the conflict is about.
func (c *MergeConflict) Accepter() (accepter, other *MergeVersion) {
	ours, theirs := &c.Ours, &c.Theirs
	switch accepted := (*MergeVersion).accepted; {
	case accepted(ours) == accepted(theirs):
		return nil, nil
	case accepted(ours):
		return ours, theirs
	}
	return theirs, ours
}

func (v *MergeVersion) accepted() bool {
	return !v.Gone && model.As[model.Report](v.Value).Status == model.Accepted
}

// MaySettle says who decides: in the record of a unit whoever may change it, everywhere
// else the coordinator, who alone also decides what becomes of an acceptance.
func MaySettle(c *model.Campaign, person model.Person, conflict *MergeConflict) error {
	unit := c.Roster.Unit(conflict.Unit)
	if unit == nil { // also the record of a unit that only the other side knows
		if person.Role != model.Coordinator {
			return phrase.Refuse(phrase.Say("only the coordinator settles conflicts in the plan and the roster"),
				phrase.Say("ask the Office"))
		}
		return nil
	}
	if err := c.MayChange(person, unit.ID); err != nil {
		return err
	}
	if conflict.Accepted && person.Role != model.Coordinator {
		return phrase.Refuse(phrase.Say("the Office has accepted the report of %s while its record was changed here: only "+
			"the coordinator decides what becomes of that", unit.Name),
			phrase.Say("ask the Office that consolidates the reports"))
	}
	return nil
}

// Unmerged is a file that git could not merge by itself, with its three versions;
// nil is a version without the file.
type Unmerged struct {
	Path               string // absolute
	Base, Ours, Theirs []byte
	// OursBy and TheirsBy say who committed the file last on each side, and when.
	OursBy, TheirsBy Authorship
}

// JoinedFile is what two versions of a data file come to. Of a record nothing is left to be decided; of another file
// what both sides have changed differently stands in Content as Theirs has it.
type JoinedFile struct {
	Content []byte
	// Base and Ours are the same file with what is to be decided as it was, and as Ours has it; nil where there is
	// nothing.
	Base, Ours []byte
}

// Authorship is who made a commit, and when.
type Authorship struct {
	Name, Email string
	At          time.Time
}

// MergedFile is a file that both sides of a merge have changed, with what came out.
type MergedFile struct {
	Unmerged
	Merged []byte // nil: the merge has taken the file away
}
