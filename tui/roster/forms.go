package roster

import (
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/sshkey"
	"example.org/tiendo/model/text"
	"example.org/tiendo/tui/browse"
	"example.org/tiendo/tui/form"
	"example.org/tiendo/tui/frame"
)

// Sizes of the fields.
const (
	dayLimit   = 10    // characters
	emailLimit = 254   // characters
	keyLimit   = 8_000 // characters of what is pasted: an RSA key of 16384 bits takes 2,800
	keyLines   = 2
	reasonMax  = model.MaxName
)

// newEdit makes the form of a group, a unit or a person that is there.
func newEdit(f *frame.Frame, change model.Change) *form.Edit {
	edit := &form.Edit{Change: change, Values: func(value model.Value) []string {
		change.New = value
		return newEdit(f, change).Form.Values()
	}}
	name := ""
	var fields []*form.Field
	switch value := change.New.(type) {
	case *model.Group:
		name = value.Name
		fields, edit.Read = groupFields(f, value)
	case *model.Unit:
		name = value.Name
		fields, edit.Read = unitFields(f, value)
	case *model.Person:
		name = value.Name
		fields, edit.Read = personFields(f, value)
	}
	edit.Form = form.New(f.Words.T("Edit")+" · "+name, fields, 0)
	return edit
}

// newAddition makes the form of something new of a kind. beside is what it is to stand beside; a nil one is none.
func newAddition(f *frame.Frame, subject model.Subject, beside model.Value) (*form.Edit, error) {
	roster := &f.Board.Campaign.Roster
	edit := &form.Edit{Change: model.Change{Person: f.Person, Subject: subject, Seen: roster.Of(subject)}}
	var fields []*form.Field
	var read func(model.Value) (model.Value, error)
	switch subject.Kind {
	case model.SubjectGroup:
		fields, read = groupFields(f, &model.Group{})
	case model.SubjectUnit:
		if len(roster.Groups) == 0 {
			return nil, phrase.Refuse(phrase.Say("a unit belongs to a group, and there is none yet"),
				phrase.Say("add a group first"))
		}
		plan := &f.Board.Campaign.Plan
		unit := &model.Unit{Group: roster.Groups[0].ID,
			Since: calendar.Joins(plan.Starts, f.Board.Today, len(plan.Activities))}
		if other := model.As[*model.Unit](beside); other != nil {
			unit.Group = other.Group
		}
		fields, read = unitFields(f, unit)
	default:
		fields, read = personFields(f, &model.Person{Role: model.Staff})
	}
	id := form.NewID(f, func() string { return idWords(subject.Kind, typed(fields[0])) },
		func(id string) bool { return slices.Contains(takenIDs(roster, subject.Kind), id) })
	edit.Read = func(seen model.Value) (model.Value, error) {
		value, err := read(seen)
		setID(value, id.Wanted())
		return value, err
	}
	edit.Names = idOf
	edit.Form = form.New(addTitle(f, subject.Kind), append(slices.Clone(fields), id.Field), 0)
	return edit, nil
}

func addTitle(f *frame.Frame, kind model.SubjectKind) string {
	return map[model.SubjectKind]string{
		model.SubjectGroup: f.Words.T("A new group of units"), model.SubjectUnit: f.Words.T("A new unit"),
		model.SubjectPerson: f.Words.T("Add a person to the roster"),
	}[kind]
}

func setID(value model.Value, id string) {
	switch value := value.(type) {
	case *model.Group:
		value.ID = id
	case *model.Unit:
		value.ID = id
	case *model.Person:
		value.ID = id
	}
}

func idOf(value model.Value) string {
	switch value := value.(type) {
	case *model.Group:
		return value.ID
	case *model.Unit:
		return value.ID
	case *model.Person:
		return value.ID
	}
	return ""
}

// idWords are the words of a name that suggest an id: of a person the given name, which comes last, of all others the
// whole.
func idWords(kind model.SubjectKind, name string) string {
	if words := strings.Fields(name); kind == model.SubjectPerson && len(words) > 0 {
		return words[len(words)-1]
	}
	return name
}

// takenIDs are those that something new of a kind cannot have: units and groups are named by the same fields.
func takenIDs(roster *model.Roster, kind model.SubjectKind) []string {
	if kind == model.SubjectPerson {
		return roster.PersonIDs()
	}
	return slices.Concat(roster.GroupIDs(), roster.UnitIDs())
}

func nameField(f *frame.Frame, name string) *form.Field {
	return &form.Field{Key: "name", Label: f.Words.T("Name"), Line: form.NewLine(f.Styles, name, model.MaxName)}
}

// typed is what stands in a field of one line.
func typed(field *form.Field) string { return strings.TrimSpace(field.Line.Value()) }

type reads = func(model.Value) (model.Value, error)

func groupFields(f *frame.Frame, group *model.Group) ([]*form.Field, reads) {
	name := nameField(f, group.Name)
	return []*form.Field{name}, func(seen model.Value) (model.Value, error) {
		read := *group
		if now := model.As[*model.Group](seen); now != nil {
			read = *now
		}
		read.Name = typed(name)
		return &read, nil
	}
}

func unitFields(f *frame.Frame, unit *model.Unit) ([]*form.Field, reads) {
	w, groups := f.Words, f.Board.Campaign.Roster.Groups
	names, chosen := make([]string, len(groups)), 0
	for i, group := range groups {
		if names[i] = group.Name; group.ID == unit.Group {
			chosen = i
		}
	}
	name := nameField(f, unit.Name)
	short := &form.Field{Key: "short", Label: w.T("Short name"), Hint: w.T("for narrow screens; may be empty"),
		Line: form.NewLine(f.Styles, unit.Short, model.MaxName)}
	group := &form.Field{Key: "group", Label: w.T("Group"), Choice: form.NewChoice(names, chosen)}
	since := dayField(f, "since", w.T("First day"), unit.Since, w.T("empty: from the beginning"))
	until := dayField(f, "until", w.T("Last day"), unit.Until, w.T("empty: to the end"))
	fields := []*form.Field{name, short, group, since, until}
	coordinates := coordinatorField(f, unit)
	if coordinates != nil {
		fields = slices.Insert(fields, 1, coordinates)
	}
	return fields, func(seen model.Value) (model.Value, error) {
		read := *unit
		if now := model.As[*model.Unit](seen); now != nil {
			read = *now
		}
		read.Name, read.Short, read.Group = typed(name), typed(short), groups[group.Choice.Index()].ID
		if coordinates != nil {
			read.Coordinator = coordinates.Choice.Index() == 0
		}
		var err error
		if read.Since, err = dayIn(f, since); err == nil {
			read.Until, err = dayIn(f, until)
		}
		if err == nil && !read.Until.IsZero() && !read.Since.IsZero() && read.Until.Before(read.Since) {
			err = field.About("until", phrase.Refuse(phrase.Say("until (%s) is before since (%s)", read.Until, read.Since),
				phrase.Say("check the year and the month")))
		}
		return &read, err
	}
}

// coordinatorField asks whether a unit is the coordinator, as long as none is; nil where one is, since there is one
// only.
func coordinatorField(f *frame.Frame, unit *model.Unit) *form.Field {
	w, units := f.Words, f.Board.Campaign.Roster.Units
	if slices.ContainsFunc(units, func(other model.Unit) bool { return other.Coordinator }) {
		return nil
	}
	chosen := 1
	if unit.Coordinator || len(units) == 0 {
		chosen = 0
	}
	return &form.Field{Label: w.T("Coordinator"), Choice: form.NewChoice([]string{w.T("yes"), w.T("no")}, chosen),
		Hint: w.T("the one unit to which the others report")}
}

func dayField(f *frame.Frame, key, label string, day calendar.Day, hint string) *form.Field {
	field := &form.Field{Key: key, Label: label, Hint: hint, Line: form.NewLine(f.Styles, day.Printed(), dayLimit)}
	field.Note = form.NoteYears(f, field)
	return field
}

// dayIn is the day in a field; without its year it is one of the plan.
func dayIn(f *frame.Frame, in *form.Field) (calendar.Day, error) {
	if typed(in) == "" {
		return calendar.Day{}, nil
	}
	day, err := calendar.ParseDay(form.WithYears(f, typed(in)))
	return day, field.About(in.Key, err)
}

func personFields(f *frame.Frame, person *model.Person) ([]*form.Field, reads) {
	w, roster := f.Words, &f.Board.Campaign.Roster
	roles := model.Roles()
	labels := make([]string, len(roles))
	for i, role := range roles {
		labels[i] = role.Label(w.Language)
	}
	name := nameField(f, person.Name)
	role := &form.Field{Key: "role", Label: w.T("Role"),
		Choice: form.NewChoice(labels, max(slices.Index(roles, person.Role), 0))}
	unit := &form.Field{Key: "unit", Label: w.T("Unit"), Hint: w.T("its name or id"),
		Line: form.NewLine(f.Styles, unitTyped(roster, person.Unit), model.MaxName)}
	unit.Note = func() []string {
		if found := unitsNamed(roster, typed(unit)); len(found) > 1 && typed(unit) != "" {
			return []string{w.T("which one: %s", unitNames(found))}
		} else if len(found) == 1 && found[0].Name != typed(unit) {
			return []string{found[0].Name}
		}
		return nil
	}
	email := &form.Field{Key: "email", Label: w.T("Address"), Hint: w.T("that their git uses; may be empty"),
		Line: form.NewLine(f.Styles, person.Email, emailLimit)}
	return []*form.Field{name, role, unit, email}, func(seen model.Value) (model.Value, error) {
		read := *person
		if now := model.As[*model.Person](seen); now != nil {
			read = *now
		}
		read.Name, read.Role, read.Email = typed(name), roles[role.Choice.Index()], typed(email)
		var err error
		read.Unit, err = unitNamed(roster, typed(unit))
		return &read, field.About("unit", err)
	}
}

// maxNamed is how many units are named where several are meant.
const maxNamed = 5

// unitNamed is the id of the unit that was typed; "" for none.
func unitNamed(roster *model.Roster, name string) (string, error) {
	if name == "" {
		return "", nil
	}
	switch found := unitsNamed(roster, name); len(found) {
	case 1:
		return found[0].ID, nil
	case 0:
		return "", phrase.Refuse(phrase.Say("no unit is called %q", name),
			phrase.Say("type a part of its name, or its id"))
	default:
		return "", phrase.Refuse(phrase.Say("several units fit %q", name),
			phrase.Say("type more of its name: %s", unitNames(found)))
	}
}

// unitsNamed are the units that may be meant: the one with that id, else those with that name, else all whose names
// hold the words.
func unitsNamed(roster *model.Roster, name string) []*model.Unit {
	if unit := roster.Unit(name); unit != nil {
		return []*model.Unit{unit}
	}
	query, folded := text.NewQuery(name), text.Fold(name)
	var exact, found []*model.Unit
	for i := range browse.UnitsOf(roster.Units).Names().Matching(query) {
		unit := &roster.Units[i]
		if found = append(found, unit); text.Fold(unit.Name) == folded || text.Fold(unit.Short) == folded {
			exact = append(exact, unit)
		}
	}
	if len(exact) > 0 {
		return exact
	}
	return found
}

// unitTyped is how somebody would type a unit: its name, or its id where several have that name.
func unitTyped(roster *model.Roster, id string) string {
	if name := roster.UnitName(id); len(unitsNamed(roster, name)) == 1 {
		return name
	}
	return id
}

func unitNames(units []*model.Unit) string {
	var names []string
	for _, unit := range units[:min(len(units), maxNamed)] {
		names = append(names, unit.ShortName())
	}
	if len(units) > maxNamed {
		names = append(names, "…")
	}
	return strings.Join(names, ", ")
}

// newEnd makes the form that gives a unit its last day.
func newEnd(f *frame.Frame, change model.Change) *form.Edit {
	w, unit := f.Words, model.As[*model.Unit](change.Seen)
	day := unit.Until
	if day.IsZero() {
		day = f.Board.Today
	}
	until := dayField(f, "until", w.T("Last day"), day, w.T("on which the unit takes part; its record stays"))
	reason := &form.Field{Label: w.T("Reason"), Line: form.NewLine(f.Styles, "", reasonMax),
		Hint: w.T("for the history; may be empty")}
	return &form.Edit{
		Change: change, Passing: true,
		Form: form.New(w.T("When does %s leave the plan?", unit.Name), []*form.Field{until, reason}, 0),
		Read: func(seen model.Value) (model.Value, error) {
			read := *model.As[*model.Unit](seen)
			var err error
			read.Until, err = dayIn(f, until)
			return &read, err
		},
		Complete: func(change *model.Change) { change.Reason = typed(reason) },
	}
}

// newKeyEdit makes the form for a key of a person. Nothing of it is kept before it is saved: what is pasted may be a
// private key.
func newKeyEdit(f *frame.Frame, change model.Change) *form.Edit {
	w, person := f.Words, model.As[*model.Person](change.Seen)
	keys := &form.Field{Label: w.T("Public key"), Hint: w.T("paste the line of the .pub file"),
		Area: form.NewArea(f.Styles, "", keyLines, keyLimit)}
	keys.Note = func() []string {
		var said []string
		lines, err := keysIn(&f.Board.Campaign.Roster, keys.Area.Value())
		for _, line := range lines {
			key, _ := sshkey.Read(line)
			words := w.T("fingerprint: %s", keyWords(line))
			if key.Weak() {
				words = f.Signs.Problem + " " + words + " · " + w.T("weak")
			}
			said = append(said, words)
		}
		if err == nil && len(lines) > 0 {
			said = append(said, w.T("compare it with what the person reads to you before you save"))
		}
		return said
	}
	return &form.Edit{
		Change: change, Passing: true,
		Form: form.New(w.T("Add an SSH key for %s", person.Name), []*form.Field{keys}, 0),
		Read: func(seen model.Value) (model.Value, error) {
			read := *model.As[*model.Person](seen)
			lines, err := keysIn(&f.Board.Campaign.Roster, keys.Area.Value())
			read.Keys = slices.Concat(read.Keys, lines)
			return &read, err
		},
	}
}

// keysIn reads what was pasted, a key to a line; those before the first that is none are given with the error.
func keysIn(roster *model.Roster, pasted string) ([]string, error) {
	if sshkey.Private(pasted) {
		return nil, phrase.Refuse(phrase.Say("this is a private key, which nobody but its owner may have"),
			phrase.Say("Esc throws it away; take the file that ends in .pub, and a new pair if this one has left its owner's "+
				"computer"))
	}
	holders := map[string]string{}
	for i := range roster.People {
		for _, line := range roster.People[i].Keys {
			key, _ := sshkey.Read(line)
			holders[key.Encoded] = roster.People[i].Name
		}
	}
	var lines []string
	for line := range strings.Lines(pasted) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		key, want := sshkey.Read(line)
		if !want.IsZero() {
			return lines, phrase.Refuse(phrase.Say("line %d is no key that can be used; want %s", len(lines)+1, want),
				phrase.Say("copy the line from the person's id_ed25519.pub"))
		}
		if slices.ContainsFunc(lines, func(other string) bool { return sameKey(other, line) }) {
			return lines, phrase.Refuse(phrase.Say("the same key appears twice"), phrase.Sentence{})
		}
		if holder, held := holders[key.Encoded]; held {
			return lines, phrase.Refuse(phrase.Say("%s has this key already", holder),
				phrase.Say("every person needs a key of their own: a key says who somebody is"))
		}
		lines = append(lines, line)
	}
	return lines, nil
}

func sameKey(a, b string) bool {
	one, _ := sshkey.Read(a)
	other, _ := sshkey.Read(b)
	return one.Encoded == other.Encoded
}
