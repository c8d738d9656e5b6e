package decode

import (
	"slices"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// maxHints is how many unknown ids get suggestions, for each set of ids. To
// look for likely slips means to compare with every id of the set.
const maxHints = 20

// Names are the ids that other tables and other files refer to.
type Names struct {
	groups, units *ids
	addressees    *ids // groups and units: what an activity is assigned to
	goals         *ids
	messages      *ids
	activities    *ids
	indicators    *ids              // of all activities
	groupOf       map[string]string // of each unit
	roster        *model.Roster     // of which groupOf is made once it is asked for; nil: it is there
}

// NewNames makes empty sets, each with the sentence for an id that it does not hold.
func NewNames() *Names {
	return &Names{
		groups:     newIDs(),
		units:      newIDs(),
		addressees: newIDs(),
		goals:      newIDs(),
		messages:   newIDs(),
		activities: newIDs(),
		indicators: newIDs(),
		groupOf:    map[string]string{},
	}
}

// NamesOf are the ids on a roster in which nothing is wrong. Their places are not known.
func NamesOf(roster *model.Roster) *Names {
	named := NewNames()
	groups, all := len(roster.Groups), make([]string, 0, len(roster.Groups)+len(roster.Units))
	for i := range roster.Groups {
		all = append(all, roster.Groups[i].ID)
	}
	for i := range roster.Units {
		all = append(all, roster.Units[i].ID)
	}
	named.groups.order, named.units.order, named.addressees.order = all[:groups:groups], all[groups:], all
	for _, set := range []*ids{named.groups, named.units, named.addressees} {
		set.places = nil
	}
	named.roster = roster
	return named
}

// group is that of a unit.
func (n *Names) group(unit string) string {
	if n.roster != nil {
		for i := range n.roster.Units {
			n.groupOf[n.roster.Units[i].ID] = n.roster.Units[i].Group
		}
		n.roster = nil
	}
	return n.groupOf[unit]
}

// AnyNames are sets of ids of which none is missed: what an earlier version
// names may be on the roster no longer.
func AnyNames() *Names {
	all := NewNames()
	all.RosterUnknown()
	for _, set := range []*ids{all.goals, all.messages, all.activities} {
		set.partial = true
	}
	return all
}

// RosterUnknown says that the roster could not be read whole: groups and units may exist that are not among the names.
func (n *Names) RosterUnknown() {
	for _, set := range []*ids{n.groups, n.units, n.addressees} {
		set.partial = true
	}
}

// ids is a set of ids in file order, with the place where each stands.
type ids struct {
	order  []string
	places map[string]string // nil: not known
	asked  int               // how often, without places
	// partial says that ids may be missing here, because their file is broken: an
	// id that is not found may exist all the same.
	partial bool
	hints   int // how many suggestions were made
}

func newIDs() *ids { return &ids{places: map[string]string{}} }

// soughtInOrder is how often a set without places is asked before they are made: a plan asks for few ids, which
// most often stand in front.
const soughtInOrder = 64

func (s *ids) has(id string) bool {
	if s.places == nil {
		if s.asked++; s.asked < soughtInOrder {
			return slices.Contains(s.order, id)
		}
		s.places = make(map[string]string, len(s.order))
		for _, id := range s.order {
			s.places[id] = ""
		}
	}
	_, known := s.places[id]
	return known
}

// add keeps an id with its first place.
func (s *ids) add(id, place string) {
	if id == "" || s.has(id) {
		return
	}
	s.order = append(s.order, id)
	s.places[id] = place
}

// hint suggests ids of the set for one that it does not hold.
func (s *ids) hint(id string) phrase.Sentence {
	if s.hints++; s.hints > maxHints {
		return phrase.Sentence{}
	}
	return HintFor(id, s.order)
}

// HintFor names the known ids that look like an id, or some of the known ones when none does.
func HintFor(id string, known []string) phrase.Sentence {
	return nearOr(id, known, func(some string) phrase.Sentence { return phrase.Say("known ids: %s", some) })
}

// nearOr names the known words that look like one, or says some of the known ones when none does.
func nearOr(word string, known []string, say func(some string) phrase.Sentence) phrase.Sentence {
	const most, longest = 12, 2 * model.MaxID
	known = unique(known)
	if len(known) == 0 || len(word) > longest {
		return phrase.Sentence{}
	}
	if near := phrase.Suggest(word, known); len(near) > 0 {
		return phrase.Say("did you mean %s?", phrase.List(near))
	}
	if len(known) > most {
		return say(phrase.List(known[:most]) + ", …")
	}
	return say(phrase.List(known))
}

// unique leaves out what appears twice, as ids do in a file with that error.
func unique(words []string) []string {
	seen := make(map[string]bool, len(words))
	var out []string
	for _, word := range words {
		if !seen[word] {
			seen[word] = true
			out = append(out, word)
		}
	}
	return out
}
