package model

import (
	"slices"
	"unicode/utf8"

	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/phrase"
)

// MaxName is how many characters a name on the roster may have.
const MaxName = 200

// MayChangeRoster refuses changes of the roster to everybody but a coordinator, and in the past.
func (c *Campaign) MayChangeRoster(person Person) error {
	return c.coordinators(person, onlyCoordinator(phrase.Say("only the coordinator changes the roster")))
}

// checkRoster refuses changes of the roster that are not the coordinator's or that would not make sense.
func (c *Campaign) checkRoster(change Change) error {
	if !c.Roster.OwnKeys || !change.OfOwnKeys() {
		if err := c.MayChangeRoster(change.Person); err != nil {
			return err
		}
	}
	switch change.Subject.Kind {
	case SubjectPerson:
		return c.checkPerson(change)
	case SubjectGroup:
		return c.checkGroup(change)
	default:
		return c.checkUnit(change)
	}
}

// OfOwnKeys reports whether somebody changes nothing but their own SSH keys.
func (c *Change) OfOwnKeys() bool {
	before, after := As[*Person](c.Seen), As[*Person](c.New)
	if before == nil || after == nil || c.Subject.ID != c.Person.ID {
		return false
	}
	same := *after
	same.Keys = before.Keys
	return same.Equal(before)
}

func (c *Campaign) checkPerson(change Change) error {
	person := As[*Person](change.New)
	if person == nil {
		if change.Subject.ID == change.Person.ID {
			return phrase.Refuse(phrase.Say("nobody takes themselves off the roster"),
				phrase.Say("another coordinator or the owner of the files can do it"))
		}
		_, err := c.Person(change.Subject.ID)
		return err
	}
	if err := checkNew(change.Subject.ID, person.ID, person.Name, As[*Person](change.Seen) != nil,
		c.Roster.Person(person.ID) != nil); err != nil {
		return err
	}
	if before := As[*Person](change.Seen); before != nil && before.Role == Coordinator && person.Role != Coordinator &&
		person.ID == change.Person.ID {
		return field.About("role", phrase.Refuse(phrase.Say("nobody gives up the role of coordinator themselves"),
			phrase.Say("another coordinator or the owner of the files can do it")))
	}
	if !slices.Contains(Roles(), person.Role) {
		return field.About("role", phrase.Refuse(phrase.Say("there is no role %q", string(person.Role)),
			phrase.Say("want coordinator, staff or viewer")))
	}
	if person.Unit == "" {
		if person.Role == Staff {
			return field.About("unit", phrase.Refuse(phrase.Say("staff need a unit: it is the one whose record they change"),
				phrase.Say("known ids: %s", phrase.List(c.Roster.UnitIDs()))))
		}
		return nil
	}
	_, err := c.Unit(person.Unit)
	return field.About("unit", err)
}

func (c *Campaign) checkUnit(change Change) error {
	unit := As[*Unit](change.New)
	if unit == nil {
		return phrase.Refuse(phrase.Say("a unit stays on the roster, for its record does"),
			phrase.Say("give it a last day: `tiendo unit end %s --on DAY`", change.Subject.ID))
	}
	if err := checkNew(change.Subject.ID, unit.ID, unit.Name, As[*Unit](change.Seen) != nil,
		c.Roster.Unit(unit.ID) != nil); err != nil {
		return err
	}
	return field.About("group", c.KnownGroup(unit.Group))
}

// KnownOnRoster refuses what is not on the roster.
func (c *Campaign) KnownOnRoster(subject Subject) error {
	var err error
	switch subject.Kind {
	case SubjectPerson:
		_, err = c.Person(subject.ID)
	case SubjectGroup:
		err = c.KnownGroup(subject.ID)
	default:
		_, err = c.Unit(subject.ID)
	}
	return err
}

// KnownGroup refuses a group that is not on the roster.
func (c *Campaign) KnownGroup(id string) error {
	if groups := c.Roster.GroupIDs(); !slices.Contains(groups, id) {
		return phrase.Unknown(phrase.Say("there is no group %q", id), id, groups)
	}
	return nil
}

// checkGroup refuses to take away a group as long as a unit is in it or the plan addresses it.
func (c *Campaign) checkGroup(change Change) error {
	id := change.Subject.ID
	if group := As[*Group](change.New); group != nil {
		return checkNew(id, group.ID, group.Name, As[*Group](change.Seen) != nil, c.Roster.Group(id) != nil)
	}
	var users []string
	for i := range c.Roster.Units {
		if unit := &c.Roster.Units[i]; unit.Group == id {
			users = append(users, unit.ID)
		}
	}
	for i := range c.Plan.Activities {
		if activity := &c.Plan.Activities[i]; activity.Role("", id) != duty.None {
			users = append(users, activity.ID)
		}
	}
	if len(users) > 0 {
		return phrase.Refuse(phrase.Say("the group %s is still used: %s", id, phrase.List(users)),
			phrase.Say("give these units another group first, and these activities other units"))
	}
	return c.KnownGroup(id)
}

// checkNew refuses a bad id or name, and an id that is already taken.
func checkNew(subject, id, name string, seen, taken bool) error {
	switch {
	case !IsID(id) || subject != id:
		return field.About("id", phrase.Refuse(phrase.Say("invalid id %q", id),
			phrase.Say("an id has 1 to 64 of the characters a-z, 0-9 and -, and does not begin with -")))
	case taken && !seen:
		return field.About("id", phrase.Refuse(phrase.Say("the id %q is taken", id), phrase.Say("choose another one")))
	case name == "" || utf8.RuneCountInString(name) > MaxName:
		return field.About("name", phrase.Refuse(phrase.Say("a name must have 1 to %d characters", MaxName),
			phrase.Say("write the name alone")))
	}
	return nil
}
