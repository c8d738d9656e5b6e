package model

import (
	"slices"
	"unicode/utf8"

	"example.org/tiendo/model/phrase"
)

// MaxName is how many characters a name on the roster may have.
const MaxName = 200

// checkRoster refuses changes of the roster that are not the coordinator's or that would not make sense.
func (c *Campaign) checkRoster(change Change) error {
	if err := c.coordinators(change.Person,
		onlyCoordinator(phrase.Say("only the coordinator changes the roster"))); err != nil {
		return err
	}
	if change.Subject.Kind == SubjectPerson {
		return c.checkPerson(change)
	}
	return c.checkUnit(change)
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
	if !slices.Contains(Roles(), person.Role) {
		return phrase.Refuse(phrase.Say("there is no role %q", string(person.Role)),
			phrase.Say("want coordinator, staff or viewer"))
	}
	if person.Unit == "" {
		if person.Role == Staff {
			return phrase.Refuse(phrase.Say("staff need a unit: it is the one whose record they change"),
				phrase.Say("known ids: %s", phrase.List(c.Roster.UnitIDs())))
		}
		return nil
	}
	_, err := c.Unit(person.Unit)
	return err
}

func (c *Campaign) checkUnit(change Change) error {
	unit := As[*Unit](change.New)
	if unit == nil {
		return phrase.Refuse(phrase.Say("a unit is taken off the roster by hand, in units.toml"),
			phrase.Say("its record stays in the history; decide there what becomes of its file"))
	}
	if err := checkNew(change.Subject.ID, unit.ID, unit.Name, As[*Unit](change.Seen) != nil,
		c.Roster.Unit(unit.ID) != nil); err != nil {
		return err
	}
	groups := idsOf(c.Roster.Groups, func(group *Group) string { return group.ID })
	if !slices.Contains(groups, unit.Group) {
		return phrase.Unknown(phrase.Say("there is no group %q", unit.Group), unit.Group, groups)
	}
	return nil
}

// checkNew refuses a bad id or name, and an id that is already taken.
func checkNew(subject, id, name string, seen, taken bool) error {
	switch {
	case !IsID(id) || subject != id:
		return phrase.Refuse(phrase.Say("invalid id %q", id),
			phrase.Say("an id has 1 to 64 of the characters a-z, 0-9 and -, and does not begin with -"))
	case taken && !seen:
		return phrase.Refuse(phrase.Say("the id %q is taken", id), phrase.Say("choose another one"))
	case name == "" || utf8.RuneCountInString(name) > MaxName:
		return phrase.Refuse(phrase.Say("a name must have 1 to %d characters", MaxName), phrase.Sentence{})
	}
	return nil
}
