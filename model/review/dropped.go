package review

import (
	"cmp"
	"slices"
	"strings"

	"example.org/tiendo/model"
)

// MergeSide is one of the states that a merge has joined.
type MergeSide struct {
	// Changed is what the side had changed since the sides parted, Against what the merge holds otherwise than it.
	Changed, Against []Difference
	// Author names who changed a subject on this side where the subject carries no signature of its own.
	Author func(Difference) string
}

// Lost lists what one side of a merge had changed and the merge has as another side
// holds it. What the merge has otherwise than every side is a decision of its own, and no loss.
func Lost(sides []MergeSide) []NotTaken {
	var lost []NotTaken
	seen := map[NotTaken]bool{}
	for i := range sides {
		for _, changed := range sides[i].Changed {
			now, differs := touching(sides[i].Against, &changed)
			if !differs {
				continue
			}
			agreed, alone := false, true
			for j := range sides {
				if _, differs := touching(sides[j].Against, &changed); j == i || differs {
					continue
				}
				agreed = true
				if _, both := touching(sides[j].Changed, &changed); both {
					alone = false
				}
			}
			if !agreed || changed.heldBy(now, alone) {
				continue
			}
			one := NotTaken{Unit: changed.Unit, Entry: changed.entry(), By: changed.by(sides[i].Author), Alone: alone}
			if !seen[one] {
				seen[one] = true
				lost = append(lost, one)
			}
		}
	}
	return lost
}

// touching finds the difference that is about the same as another one.
func touching(differences []Difference, about *Difference) (*Difference, bool) {
	for i := range differences {
		one := &differences[i]
		same := one.Unit == about.Unit && one.Subject == about.Subject && one.key == about.key
		if !one.File.IsZero() || !about.File.IsZero() { // of a file as a whole
			same = one.Unit == about.Unit && one.source() == about.source()
		}
		if same {
			return one, true
		}
	}
	return nil, false
}

// source is in which kind of file a difference lies.
func (d *Difference) source() model.SubjectKind {
	switch {
	case d.Subject.Kind.OfOffice():
		return model.SubjectText
	case d.Unit != "":
		return model.SubjectReport
	case d.Subject.Kind == model.SubjectPlan:
		return model.SubjectPlan
	default:
		return model.SubjectUnit
	}
}

// heldBy reports whether a merge says all the same what a side had changed. Of two
// versions the one that was taken need only say what the other says.
func (d *Difference) heldBy(merge *Difference, alone bool) bool {
	kind := d.Subject.Kind
	switch {
	case !d.File.IsZero(), !merge.File.IsZero(), kind == model.SubjectPlan, d.key != "":
		return false
	case alone:
		return merge.After.SameContent(d.After)
	default:
		return Holds(merge.After, d.Before, d.After)
	}
}

// by is who made the change: who has signed it, or else whom git names.
func (d *Difference) by(author func(Difference) string) string {
	_, before := model.LastChange(d.Before)
	if by, at := model.LastChange(d.After); by != "" && !at.IsZero() && !at.Equal(before) {
		return by
	}
	return author(*d)
}

// entry names what the difference is about as MergeConflict.Entry does; "" is a file as a whole.
func (d *Difference) entry() string {
	if !d.File.IsZero() {
		return ""
	}
	switch kind := d.Subject.Kind; {
	case kind.InRecord():
		return Entry(d.Subject)
	case kind.OnRoster():
		return string(kind) + `["` + d.Subject.ID + `"]`
	case d.key != "":
		return entryOfFact(d.key)
	default:
		return string(kind)
	}
}

// entryOfFact is the table of the plan, the roster or the Office's part in which a fact stands.
func entryOfFact(key string) string {
	list, rest, isList := strings.Cut(key, " ")
	switch list {
	case "activity", "goal", "message", "channel", "group":
		id, _, _ := strings.Cut(rest, " ")
		return list + `["` + id + `"]`
	case "header":
		return list
	}
	if isList && list != "made" {
		return list
	}
	return cmp.Or(tableOfFact(key), "plan")
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
		if !slices.ContainsFunc(said, func(n NotTaken) bool {
			return !one.Alone && n.Unit == one.Unit && n.Entry == one.Entry
		}) {
			all = append(all, one)
		}
	}
	return all
}

// WithDecided adds to the differences of a merge what it holds otherwise than git makes it by
// itself, but for what is told as a version that was not taken.
func WithDecided(differences, decided []Difference, lost []NotTaken) []Difference {
	for i := range decided {
		one := &decided[i]
		told := slices.ContainsFunc(lost, func(n NotTaken) bool { return n.Unit == one.Unit && n.Entry == one.entry() })
		if _, known := touching(differences, one); !known && !told {
			differences = append(differences, *one)
		}
	}
	return differences
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
func (n NotTaken) Subject() model.Subject { return SubjectOfEntry(n.Entry) }
