package merge

import (
	"slices"
	"strings"
)

// The entry that says that a record is accepted, and the value with which it does.
const (
	reportName   = "report"
	acceptedLeaf = `.status = "accepted"`
	// acceptedValue is the same of a field.
	acceptedValue = ` = "accepted"`
)

// holdAcceptance puts a report in conflict that one side has accepted, when the other side has
// changed something in the file that the first one has not seen: of a period, something of its figures. Of the report
// itself, what was written counts, and not who has signed it.
func (m *merger) holdAcceptance(decided map[class]decision) {
	for report := range decided {
		name := m.classes.describe(report)
		period, isPeriod := strings.CutPrefix(name, reportName+".")
		if m.classes.coarse || name != reportName && !isPeriod {
			continue
		}
		d := decided[report]
		if same(d.ours, d.theirs) {
			continue
		}
		for _, sides := range [...][2]Side{{Ours, Theirs}, {Theirs, Ours}} {
			side, other := sides[0], sides[1]
			if accepting := d.version(side); !accepts(accepting, name) || sameValues(d.base, accepting) {
				continue
			}
			for _, e := range slices.Concat(m.files[other].entries, m.files[Base].entries) {
				one := decided[e.class]
				was, seen, now := one.base, one.version(side), one.version(other)
				switch {
				case e.class == report:
					was, seen, now = writtenOf(was, name), writtenOf(seen, name), writtenOf(now, name)
				case isPeriod:
					was, seen, now = figuresOf(was, period), figuresOf(seen, period), figuresOf(now, period)
				}
				d.unseen = d.unseen || !sameValues(was, now) && !sameValues(seen, now)
			}
		}
		d.conflict = d.conflict || d.unseen
		decided[report] = d
	}
}

func accepts(e *entry, name string) bool {
	return e != nil && slices.Contains(e.leaves, name+acceptedLeaf)
}

// figuresOf is what an entry says of the figures of a period.
func figuresOf(e *entry, period string) *entry {
	return e.saying(func(leaf string) bool { return strings.Contains(leaf, ".figures."+period+".") })
}

// writtenOf is what a report says beside how it stands, and who has signed that when.
func writtenOf(e *entry, name string) *entry {
	signs := []string{statusKey, byKey, atKey, submittedKey}
	return e.saying(func(leaf string) bool {
		key, _, _ := strings.Cut(strings.TrimPrefix(leaf, name+"."), " = ")
		return strings.HasPrefix(leaf, name+".") && !slices.Contains(signs, key)
	})
}

// saying is an entry with those of its values that count.
func (e *entry) saying(counts func(leaf string) bool) *entry {
	said := &entry{}
	if e != nil {
		said.leaves = slices.DeleteFunc(slices.Clone(e.leaves), func(leaf string) bool { return !counts(leaf) })
	}
	said.body = strings.Join(said.leaves, "\n")
	return said
}

// sameValues says whether two versions of an entry say the same, whatever their comments and spelling.
func sameValues(a, b *entry) bool {
	switch {
	case same(a, b), sameLines(a, b):
		return true
	case a == nil:
		return b.comment
	case b == nil:
		return a.comment
	}
	return slices.Equal(a.leaves, b.leaves) && slices.Equal(a.elements, b.elements)
}
