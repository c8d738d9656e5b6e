package model

import (
	"cmp"
	"strings"
	"time"

	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/phrase"
)

// Role is what a person may do.
type Role string

// The roles. The coordinator changes any unit, staff change their own, a viewer changes nothing.
const (
	Coordinator Role = "coordinator"
	Staff       Role = "staff"
	Viewer      Role = "viewer"
)

// Roles lists every Role in the order in which messages show them.
func Roles() []Role { return []Role{Coordinator, Staff, Viewer} }

// Roster is who takes part: groups, units and people, in file order.
type Roster struct {
	Groups  []Group
	Units   []Unit
	People  []Person
	OwnKeys bool // everyone on it may change their own SSH keys
}

// Group is a kind of unit that the plan addresses as one.
type Group struct{ ID, Name string }

// Unit is a division, a subordinate unit or a union branch.
type Unit struct {
	ID          string
	Name        string
	Short       string // a name for narrow screens; "" for none
	Group       string
	Coordinator bool         // the Office, to which the others report
	Since       calendar.Day // the first day on the roster; zero: from the beginning
	Until       calendar.Day // the last one; zero: to the end
}

// OnRosterOn reports whether the unit takes part on a day.
func (u *Unit) OnRosterOn(day calendar.Day) bool {
	return (u.Since.IsZero() || !day.Before(u.Since)) && (u.Until.IsZero() || !day.After(u.Until))
}

// ShortName is the name for narrow screens.
func (u *Unit) ShortName() string {
	return cmp.Or(u.Short, u.Name)
}

// Person is someone who works with the plan. A local person without an ID is
// on no roster, owns the files and acts as coordinator.
type Person struct {
	ID    string
	Name  string
	Unit  string
	Role  Role
	Email string
	Keys  []string // SSH public keys
}

// same compares two records on the roster; nil is none.
func same[T any, P interface {
	*T
	Value
}](fields []field.Field[T], a P, v Value) bool {
	b, is := v.(P)
	if !is || a == nil || b == nil {
		return is && a == b
	}
	return field.SameContent(fields, a, b)
}

// Equal compares two people.
func (p *Person) Equal(v Value) bool { return same(PersonFields, p, v) }

// SameContent compares two people; the roster carries no signatures.
func (p *Person) SameContent(v Value) bool { return p.Equal(v) }

func (p *Person) signed(Value, string, time.Time) Value { return p }

// Equal compares two groups.
func (g *Group) Equal(v Value) bool { return same(GroupFields, g, v) }

// SameContent compares two groups; the roster carries no signatures.
func (g *Group) SameContent(v Value) bool { return g.Equal(v) }

func (g *Group) signed(Value, string, time.Time) Value { return g }

// Equal compares two units.
func (u *Unit) Equal(v Value) bool { return same(UnitFields, u, v) }

// SameContent compares two units; the roster carries no signatures.
func (u *Unit) SameContent(v Value) bool { return u.Equal(v) }

func (u *Unit) signed(Value, string, time.Time) Value { return u }

// Signature is how the person stands in the data files: the id, or the name of someone on no roster.
func (p *Person) Signature() string {
	return cmp.Or(p.ID, p.Name)
}

// Unit finds a unit by id, nil when there is none.
func (r *Roster) Unit(id string) *Unit {
	return find(r.Units, func(unit *Unit) bool { return unit.ID == id })
}

// Group finds a group by id, nil when there is none.
func (r *Roster) Group(id string) *Group {
	return find(r.Groups, func(group *Group) bool { return group.ID == id })
}

// Person finds a person by id, nil when there is none.
func (r *Roster) Person(id string) *Person {
	return find(r.People, func(person *Person) bool { return person.ID == id })
}

// ByEmail finds a person by the address that stands in a commit, nil when there is none.
func (r *Roster) ByEmail(address string) *Person {
	return find(r.People, func(person *Person) bool {
		return person.Email != "" &&
			strings.EqualFold(person.Email, address)
	})
}

// SignatureOf is how the author of a commit signs: the id of a person, or the name of one who is not on the roster.
func (r *Roster) SignatureOf(name, email string) string {
	if person := r.ByEmail(email); person != nil {
		return person.Signature()
	}
	return name
}

// PersonName is the name behind a signature in the data; people who have left stay as signed.
func (r *Roster) PersonName(signature string) string {
	if person := r.Person(signature); person != nil {
		return person.Name
	}
	return signature
}

// UnitName is the name of a unit; its id where the roster has no such unit.
func (r *Roster) UnitName(id string) string {
	if unit := r.Unit(id); unit != nil {
		return unit.Name
	}
	return id
}

// UnitIDs lists the ids in file order.
func (r *Roster) UnitIDs() []string {
	return idsOf(r.Units, func(unit *Unit) string { return unit.ID })
}

// RosterKinds are the kinds of what stands on a roster, in the order of the file.
func RosterKinds() []SubjectKind { return []SubjectKind{SubjectGroup, SubjectUnit, SubjectPerson} }

// IDs lists the ids of one of the RosterKinds in file order.
func (r *Roster) IDs(kind SubjectKind) []string {
	switch kind {
	case SubjectGroup:
		return r.GroupIDs()
	case SubjectPerson:
		return r.PersonIDs()
	default:
		return r.UnitIDs()
	}
}

// GroupIDs lists the ids in file order.
func (r *Roster) GroupIDs() []string {
	return idsOf(r.Groups, func(group *Group) string { return group.ID })
}

// PersonIDs lists the ids in file order.
func (r *Roster) PersonIDs() []string {
	return idsOf(r.People, func(person *Person) string { return person.ID })
}

// Names are the names of groups or units, in a list.
func (r *Roster) Names(ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = r.UnitName(id)
		if group := r.Group(id); group != nil {
			names[i] = group.Name
		}
	}
	return strings.Join(names, ", ")
}

// AssignedTo reports whether a unit has anything to do with an activity: it answers for it or supports it.
func (a *Activity) AssignedTo(unit *Unit) bool { return a.Role(unit.ID, unit.Group) != duty.None }

// find is the first that is meant, nil when there is none.
func find[T any](all []T, meant func(*T) bool) *T {
	for i := range all {
		if meant(&all[i]) {
			return &all[i]
		}
	}
	return nil
}

func idsOf[T any](all []T, id func(*T) string) []string {
	ids := make([]string, len(all))
	for i := range all {
		ids[i] = id(&all[i])
	}
	return ids
}

var roleLabels = map[Role]phrase.Sentence{
	Coordinator: phrase.Say("coordinator"),
	Staff:       phrase.Say("staff"),
	Viewer:      phrase.Say("viewer"),
}

// Label is the role in words.
func (r Role) Label(language phrase.Language) string { return phrase.In(language).Say(roleLabels[r]) }
