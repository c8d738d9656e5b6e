package decode

import (
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/sshkey"
	"example.org/tiendo/model/text"
)

// Roster reads units.toml, and fills named with the ids that other files may refer to.
func Roster(r *File, named *Names) model.Roster {
	root := r.root()
	var roster model.Roster
	if !root.readable(required, 1) {
		return roster
	}
	for _, group := range root.tables("group") {
		roster.Groups = append(roster.Groups, model.Group{
			ID:   group.newID(named.groups, named.addressees),
			Name: group.line("name", required),
		})
		group.close()
	}
	for _, unit := range root.tables("unit") {
		roster.Units = append(roster.Units, readUnit(unit, named))
	}
	checkCoordinator(root, roster.Units)
	roster.Units = firstOfEach(roster.Units)
	person := personReader{people: newIDs(), emails: map[string]string{}, keys: map[string]string{},
		shared: map[string]bool{}}
	for _, table := range root.tables("person") {
		roster.People = append(roster.People, person.read(table, named))
	}
	for i := range roster.People { // nobody knows who would come in with them
		roster.People[i].Keys = slices.DeleteFunc(roster.People[i].Keys, person.isShared)
	}
	r.warnOfGaps()
	roster.OwnKeys = root.flag("own_keys")
	root.close()
	return roster
}

// firstOfEach leaves out a unit whose id an earlier one has: one file holds what both have done, and one
// report is expected.
func firstOfEach(units []model.Unit) []model.Unit {
	seen := make(map[string]bool, len(units))
	return slices.DeleteFunc(units, func(unit model.Unit) bool {
		twice := unit.ID != "" && seen[unit.ID]
		seen[unit.ID] = true
		return twice
	})
}

func readUnit(t *table, named *Names) model.Unit {
	unit := model.Unit{ID: t.newID(named.units, named.addressees), Name: t.line("name", required),
		Group: t.ref("group", required, named.groups)}
	named.groupOf[unit.ID] = unit.Group
	readFields(t, model.UnitFields, &unit, text.Line)
	if !unit.Until.IsZero() && !unit.Since.IsZero() && unit.Until.Before(unit.Since) {
		t.problem(t.at("until"), phrase.Say("until (%s) is before since (%s)", unit.Until, unit.Since),
			phrase.Say("check the year and the month"))
	}
	t.close()
	return unit
}

// checkCoordinator wants exactly one unit to which the others report.
func checkCoordinator(root *table, units []model.Unit) {
	tables := root.tables("unit")
	var first *table
	for i, unit := range units {
		switch {
		case !unit.Coordinator:
		case first == nil:
			first = tables[i]
		default:
			root.problem(tables[i].at("coordinator"),
				phrase.Say("a second unit is the coordinator; the first is at %s", root.place(first.at("coordinator"))),
				phrase.Say("keep `coordinator = true` for the one unit to which the others report"))
		}
	}
	open := slices.ContainsFunc(root.gaps(), func(gap gap) bool { return gap.key == "coordinator" })
	if first == nil && !open {
		root.problem(root.at("unit"), phrase.Say("no unit is the coordinator"),
			phrase.Say("write `coordinator = true` for the one unit to which the others report"))
	}
}

// NoCoordinator is the format of the error of a roster that nobody has given a coordinator yet.
const NoCoordinator = "no unit is the coordinator"

// personReader reads people and remembers what must be theirs alone.
type personReader struct {
	people *ids
	emails map[string]string // place by address in lower case
	keys   map[string]string // place by kind and base64
	shared map[string]bool   // keys that stand twice
}

func (p *personReader) read(t *table, named *Names) model.Person {
	person := model.Person{
		ID:   t.newID(p.people),
		Name: t.line("name", required),
		Role: choice(t, "role", required, model.Coordinator, model.Staff, model.Viewer),
	}
	need := optional
	if person.Role == model.Staff {
		need = required
	}
	person.Unit = t.ref("unit", need, named.units)
	person.Email = p.email(t)
	person.Keys = p.sshKeys(t, person.ID)
	readFields(t, model.PersonFields, &person, text.Line)
	t.close()
	return person
}

// email reads an address. One that is none is left out: it would stand in every commit.
func (p *personReader) email(t *table) string {
	address := t.line("email", optional)
	if address == "" {
		return ""
	}
	if !isEmail(address) {
		t.warn(t.at("email"), wanted("email", t.raw("email"), phrase.Say("an address like %s", "lan@example.org")),
			phrase.Say("the person stays without an address until this is fixed"))
		return ""
	}
	key := strings.ToLower(address)
	if first, twice := p.emails[key]; twice {
		t.warn(t.at("email"), standsTwice(address, first),
			phrase.Say("git knows people by their address, so that each needs one of their own"))
	} else {
		p.emails[key] = t.place(t.at("email"))
	}
	return address
}

// isEmail reports the shape name@host, without the characters that would end an address in a commit.
func isEmail(address string) bool {
	name, host, found := strings.Cut(address, "@")
	return found && name != "" && host != "" && len(address) <= 254 &&
		!strings.ContainsAny(address, " <>\"'(),:;\\[]\ufffd") && !strings.Contains(host, "@") &&
		!strings.HasPrefix(host, ".") && !strings.HasSuffix(host, ".")
}

// sshKeys reads the keys that let a person in. A key of two people would not tell who came.
func (p *personReader) sshKeys(t *table, person string) []string {
	var keys []string
	for _, item := range t.items("keys") {
		read, want := sshkey.Read(item.value)
		if !want.IsZero() {
			t.warn(item.at, wanted("keys", t.spelled(item.node), want),
				phrase.Say("copy the line from the person's id_ed25519.pub; until then this key opens nothing"))
			t.Problems[len(t.Problems)-1].About = person
			continue
		}
		key := read.Encoded
		if first, twice := p.keys[key]; twice {
			p.shared[key] = true
			t.problem(item.at, phrase.Say("the same key appears twice; first at %s", first),
				phrase.Say("every person needs a key of their own: a key says who somebody is"))
			continue
		}
		p.keys[key] = t.place(item.at)
		keys = append(keys, item.value)
	}
	return keys
}

// isShared reports whether the same key appears twice, so that it opens nothing.
func (p *personReader) isShared(line string) bool {
	key, _ := sshkey.Read(line)
	return p.shared[key.Encoded]
}
