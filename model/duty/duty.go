// Package duty is about who has to do what: who answers for a thing and who supports it.
package duty

import (
	"slices"

	"example.org/tiendo/model/phrase"
)

// Role is what a unit has to do with a thing.
type Role string

// The values of Role. Who leads, or is assigned where nobody leads, answers for the thing.
const (
	None     Role = ""
	Lead     Role = "lead"
	Assigned Role = "assigned"
	Support  Role = "support"
)

// Answers reports whether somebody in this role is answerable: only they can be done or late.
func (r Role) Answers() bool { return r == Lead || r == Assigned }

// Duty says who does a thing, by the ids of groups or units. A group stands for each of its units.
type Duty struct {
	Leads    []string
	Assigned []string
	Support  []string // nil: it is not said who supports, so that the others assigned do where somebody leads
}

// Role is what a unit of a group has to do. Who leads does not support, whatever group it is in.
func (d *Duty) Role(unit, group string) Role {
	in := func(ids []string) bool { return slices.Contains(ids, unit) || slices.Contains(ids, group) }
	assigned := in(d.Assigned)
	switch {
	case in(d.Leads):
		return Lead
	case len(d.Leads) == 0 && assigned:
		return Assigned
	case in(d.Support), d.Support == nil && assigned:
		return Support
	}
	return None
}

var roleLabels = map[Role]phrase.Sentence{
	Lead:     phrase.Say("leads"),
	Assigned: phrase.Say("is assigned"),
	Support:  phrase.Say("supports"),
}

// Label is the role in words; "" for None.
func (r Role) Label(language phrase.Language) string { return phrase.In(language).Say(roleLabels[r]) }
