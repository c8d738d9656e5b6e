package merge

import (
	"math"
	"slices"
)

// order puts the entries of the result in their order. The ones that all three versions
// have keep the order of the side that has changed it; the others come after the one that
// they follow on their side. It is not ok when both sides have changed the order of the
// elements of an array differently: that order says something, the one of tables does not.
func (m *merger) order(decided map[class]decision) (sequence []class, ok bool) {
	common := func(c class) bool {
		for _, f := range m.files {
			if f.entry(c) == nil {
				return false
			}
		}
		return true
	}
	var orders [3][]class
	var elements [3][]string
	for side, f := range m.files {
		for _, e := range f.entries {
			if common(e.class) {
				orders[side] = append(orders[side], e.class)
				elements[side] = append(elements[side], e.elements...)
			}
		}
	}
	frame := orders[Ours]
	switch {
	case slices.Equal(orders[Ours], orders[Theirs]), slices.Equal(orders[Base], orders[Theirs]):
	case slices.Equal(orders[Base], orders[Ours]):
		frame = orders[Theirs]
	case !slices.Equal(elements[Ours], elements[Theirs]):
		return nil, false
	case slices.CompareFunc(orders[Theirs], orders[Ours], func(a, b class) int { return a.compare(b.key) }) < 0:
		frame = orders[Theirs]
	}
	f := m.framed(frame)
	ours, theirs := m.gaps(Ours, f, decided), m.gaps(Theirs, f, decided)
	rootEnd := min(ours.firstTable(m), theirs.firstTable(m))
	ours.keepRootAbove(m, rootEnd)
	theirs.keepRootAbove(m, rootEnd)
	ourChains, theirChains := ours.chains(theirs), theirs.chains(ours)
	for i := range len(frame) + 1 {
		if i > 0 {
			sequence = append(sequence, frame[i-1])
		}
		sequence = append(sequence, m.interleave(ourChains[i], theirChains[i])...)
	}
	return sequence, true
}

// framed is the order of the entries that all versions have. Comments that stand apart may
// lie between its last key before the first header and that header.
type framed struct {
	places  map[class]int // from 1
	keys    int           // the place of the last key before the first header; 0: there is none
	headers int           // how many entries stand before the first header
}

func (m *merger) framed(frame []class) framed {
	f := framed{places: map[class]int{}, headers: len(frame)}
	for i, c := range frame {
		f.places[c] = i + 1
		switch {
		case m.files[Ours].entry(c).comment:
		case m.inRoot(c):
			f.keys = i + 1
		default:
			f.headers = min(f.headers, i)
		}
	}
	return f
}

// gaps are the entries of one side that stand between those that all versions have.
type gaps struct {
	sequence []class
	at       map[class]int // how many common entries stand before
}

func (m *merger) gaps(side Side, frame framed, decided map[class]decision) gaps {
	g := gaps{at: map[class]int{}}
	at := 0
	for _, e := range m.files[side].entries {
		if place, common := frame.places[e.class]; common {
			at = place
		} else if decided[e.class].stays() {
			g.sequence = append(g.sequence, e.class)
			g.at[e.class] = at
			switch { // where the other side has moved what stood before it
			case e.comment:
			case m.inRoot(e.class):
				g.at[e.class] = min(at, frame.headers)
			default:
				g.at[e.class] = max(at, frame.keys)
			}
		}
	}
	return g
}

// firstTable is the gap of the first table, or one that no entry has.
func (g gaps) firstTable(m *merger) int {
	first := math.MaxInt
	for _, c := range g.sequence {
		if !m.inRoot(c) && !m.isComment(c) {
			first = min(first, g.at[c])
		}
	}
	return first
}

// keepRootAbove moves the keys before the first header above a table that the other side has added.
func (g gaps) keepRootAbove(m *merger, end int) {
	for _, c := range g.sequence {
		if m.inRoot(c) && !m.isComment(c) {
			g.at[c] = min(g.at[c], end)
		}
	}
}

// isComment says whether an entry of the result is a comment that stands apart.
func (m *merger) isComment(c class) bool {
	ours, theirs := m.files[Ours].entry(c), m.files[Theirs].entry(c)
	return (ours == nil || ours.comment) && (theirs == nil || theirs.comment)
}

// chains lists the entries of each gap. What both sides have added stands in the first of its gaps.
func (g gaps) chains(other gaps) map[int][]class {
	chains := map[int][]class{}
	for _, c := range g.sequence {
		at := g.at[c]
		if there, both := other.at[c]; !both || at <= there {
			chains[at] = append(chains[at], c)
		}
	}
	return chains
}

// interleave joins two chains, each in its own order as far as they agree. Where either
// could come first, the key decides, and what stands before the first header comes before
// what stands below it.
func (m *merger) interleave(ours, theirs []class) []class {
	waiting := [2]map[class]bool{{}, {}}
	chains := [2][]class{ours, theirs}
	for side, chain := range chains {
		for _, c := range chain {
			waiting[side][c] = true
		}
	}
	var sequence []class
	for {
		for side := range chains { // past those that have had their turn on the other side
			for len(chains[side]) > 0 && !waiting[side][chains[side][0]] {
				chains[side] = chains[side][1:]
			}
		}
		if len(chains[0]) == 0 && len(chains[1]) == 0 {
			return sequence
		}
		next := m.next(chains, waiting)
		sequence = append(sequence, next)
		delete(waiting[0], next)
		delete(waiting[1], next)
	}
}

// next chooses between the heads of two chains: the one for which nothing of the other
// side has to come first.
func (m *merger) next(chains [2][]class, waiting [2]map[class]bool) class {
	switch {
	case len(chains[0]) == 0:
		return chains[1][0]
	case len(chains[1]) == 0:
		return chains[0][0]
	}
	first, second := chains[0][0], chains[1][0]
	firstFree, secondFree := !waiting[1][first], !waiting[0][second]
	if secondFree && !firstFree || firstFree == secondFree && m.less(second, first) {
		return second
	}
	return first
}

// less compares two entries that stand on one side each.
func (m *merger) less(a, b class) bool {
	if first, second := m.inRoot(a), m.inRoot(b); first != second {
		return first
	}
	return a.compare(b.key) < 0
}

// inRoot says whether an entry of the result stands before the first header.
func (m *merger) inRoot(c class) bool {
	ours, theirs := m.files[Ours].entry(c), m.files[Theirs].entry(c)
	return ours != nil && ours.root || theirs != nil && theirs.root
}
