package merge

import "slices"

// The entry that says that a record is accepted, and the value with which it does.
const (
	reportName   = "report"
	acceptedLeaf = `report.status = "accepted"`
)

// holdAcceptance puts a report in conflict that one side has accepted, when the other side has
// changed something in the file that the first one has not seen.
func (m *merger) holdAcceptance(decided map[class]decision) {
	for _, root := range []bool{false, true} {
		k := key{root, reportName}
		if !m.classes.knows(k) {
			continue
		}
		report := m.classes.of(k)
		d, decides := decided[report]
		if !decides || same(d.ours, d.theirs) {
			continue
		}
		for _, sides := range [...][2]Side{{Ours, Theirs}, {Theirs, Ours}} {
			side, other := sides[0], sides[1]
			if accepting := d.version(side); !accepts(accepting) || sameValues(d.base, accepting) {
				continue
			}
			for _, e := range slices.Concat(m.files[other].entries, m.files[Base].entries) {
				c := e.class
				one := decided[c]
				changed := !sameValues(one.base, one.version(other)) && !sameValues(one.version(side), one.version(other))
				d.unseen = d.unseen || c != report && changed
			}
		}
		d.conflict = d.conflict || d.unseen
		decided[report] = d
	}
}

func accepts(e *entry) bool { return e != nil && slices.Contains(e.leaves, acceptedLeaf) }

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
