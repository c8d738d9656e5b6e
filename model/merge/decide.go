package merge

import (
	"slices"
	"strings"

	"example.org/tiendo/model/edit"
)

// decision is what becomes of one entry.
type decision struct {
	conflict           bool
	unseen             bool   // one side has accepted the report, and the other one has changed something else
	pick               *entry // without a conflict; nil when the entry goes
	base, ours, theirs *entry
}

// on is the version of the entry that one side would settle the result with.
func (d decision) on(side Side) *entry {
	if !d.conflict {
		return d.pick
	}
	return d.version(side)
}

// version is what a side has of the entry.
func (d decision) version(side Side) *entry {
	return [...]*entry{Base: d.base, Ours: d.ours, Theirs: d.theirs}[side]
}

// stays says whether anything of the entry is in the result.
func (d decision) stays() bool { return d.conflict || d.pick != nil }

// decide compares what the three versions have of an entry; nil is nothing.
func decide(base, ours, theirs *entry) decision {
	d := decision{base: base, ours: ours, theirs: theirs}
	switch {
	case same(ours, theirs):
		d.pick = ours
	case same(base, ours):
		d.pick = theirs
	case same(base, theirs):
		d.pick = ours
	case sameLines(ours, theirs):
		d.pick = smaller(ours, theirs)
	case sameLines(base, ours):
		d.pick = theirs
	case sameLines(base, theirs):
		d.pick = ours
	case ours == nil || theirs == nil:
		d.conflict = true
	default:
		d.pick = spelling(base, ours, theirs)
		d.conflict = d.pick == nil
	}
	return d
}

// same says whether two versions have the same bytes, or both nothing.
func same(a, b *entry) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.body == b.body
}

// sameLines says whether two versions differ in their line ends at most.
func sameLines(a, b *entry) bool {
	return a != nil && b != nil && lineFeeds(a.body) == lineFeeds(b.body)
}

func lineFeeds(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }

// spelling chooses between two versions that differ in their spelling only; nil when they
// do not. Comments are words of a person: when both sides have changed them, somebody must look.
func spelling(base, ours, theirs *entry) *entry {
	if !slices.Equal(ours.leaves, theirs.leaves) || !slices.Equal(ours.elements, theirs.elements) {
		return nil
	}
	our, their := edit.Comments(ours.body), edit.Comments(theirs.body)
	if slices.Equal(our, their) {
		return smaller(ours, theirs)
	}
	if base == nil {
		return nil
	}
	switch was := edit.Comments(base.body); {
	case slices.Equal(was, our):
		return theirs
	case slices.Equal(was, their):
		return ours
	}
	return nil
}

// smaller is a choice that does not depend on the side.
func smaller(a, b *entry) *entry {
	if a.body < b.body {
		return a
	}
	return b
}

// mergeGap merges the blank lines above an entry, of which there is at least one version.
func (d decision) mergeGap() string {
	switch {
	case d.ours == nil && d.theirs == nil:
		return ""
	case d.ours == nil:
		return d.theirs.gap
	case d.theirs == nil:
		return d.ours.gap
	case d.base == nil:
		return larger(d.ours.gap, d.theirs.gap)
	}
	return mergeText(d.base.gap, d.ours.gap, d.theirs.gap)
}

// mergeText merges blank lines: no conflict is worth them.
func mergeText(base, ours, theirs string) string {
	switch base {
	case ours:
		return theirs
	case theirs:
		return ours
	}
	return larger(ours, theirs)
}

// mergeFlag merges what a file has or has not: of two sides that differ, one has changed it.
func mergeFlag(base, ours, theirs bool) bool {
	if ours == base {
		return theirs
	}
	return ours
}

// larger is the longer of two texts, a choice that does not depend on the side.
func larger(a, b string) string {
	if len(a) > len(b) || len(a) == len(b) && a > b {
		return a
	}
	return b
}
