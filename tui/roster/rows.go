package roster

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/sshkey"
	"example.org/tiendo/model/text"
	"example.org/tiendo/tui/browse"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/layout"
)

// item is what a row is about.
type item struct {
	subject model.Subject // of a key, its person; of a row that adds something, its kind alone
	value   model.Value   // what stands on the roster under it; nil of a heading and of a row that adds something
	line    string        // the key itself; "" where the row is about none
	adds    bool
}

// rowID is the id of a row; "" is a heading.
func rowID(i *item) string {
	id := string(i.subject.Kind) + "/" + i.subject.ID
	switch {
	case i.adds:
		return "+" + id
	case i.line != "":
		key, _ := sshkey.Read(i.line)
		return id + "/" + key.Fingerprint
	}
	return id
}

// listed are the rows.
type listed struct {
	rows  []browse.Row
	items []item
}

// The keys of what is worked out of a board once for all who look at it.
type (
	countsOn struct{}
	listedOf struct { // what the rows depend on where nothing is sought
		show frame.Show
		role model.Role
		unit string
		id   string // of the person; "" for a coordinator, who sees the keys of all
	}
)

// sought are the rows in which something was sought, until it or the board is another one.
type sought struct {
	listedOf
	board *model.Board
	query text.Query
	listed
}

// counts are how many people there are in each unit, and units in each group, by id.
type counts struct{ people, units map[string]int }

func countsOf(board *model.Board) counts {
	return model.Once(board, countsOn{}, func() counts {
		c, roster := counts{map[string]int{}, map[string]int{}}, &board.Campaign.Roster
		for i := range roster.People {
			c.people[roster.People[i].Unit]++
		}
		for i := range roster.Units {
			c.units[roster.Units[i].Group]++
		}
		return c
	})
}

// rows lists groups, units and people under their headings, with the keys that the person may see.
func (t *Tab) rows(f *frame.Frame) []browse.Row {
	key := listedOf{show: f.Show, role: f.Person.Role, unit: f.Person.Unit}
	if f.Person.Role != model.Coordinator {
		key.id = f.Person.ID
	}
	s := &t.sought
	switch {
	case f.Query.Empty():
		*s = sought{}
		t.listed = model.Once(f.Board, key, func() listed { return list(f) })
	case s.listedOf != key || s.board != f.Board || !s.query.Same(f.Query):
		*s = sought{key, f.Board, f.Query, list(f)}
		fallthrough
	default:
		t.listed = s.listed
	}
	return t.listed.rows
}

func list(f *frame.Frame) listed {
	l, roster := &listed{}, &f.Board.Campaign.Roster
	l.section(f, model.SubjectGroup, len(roster.Groups), func(i int) (string, model.Value) {
		return roster.Groups[i].ID, &roster.Groups[i]
	})
	l.section(f, model.SubjectUnit, len(roster.Units), func(i int) (string, model.Value) {
		return roster.Units[i].ID, &roster.Units[i]
	})
	l.section(f, model.SubjectPerson, len(roster.People), func(i int) (string, model.Value) {
		return roster.People[i].ID, &roster.People[i]
	})
	return *l
}

// section adds what is shown of one kind below its heading; nothing where nothing is.
func (l *listed) section(f *frame.Frame, kind model.SubjectKind, n int, value func(i int) (string, model.Value)) {
	heading := len(l.rows)
	l.rows, l.items = append(l.rows, browse.Row{}), append(l.items, item{subject: model.Subject{Kind: kind}})
	for i := range n {
		id, value := value(i)
		one := item{subject: model.Subject{Kind: kind, ID: id}, value: value}
		if !shows(f, &one) {
			continue
		}
		l.row(one)
		if person, is := value.(*model.Person); is && seesKeys(f, person) {
			for _, one.line = range person.Keys {
				l.row(one)
			}
		}
	}
	if mayChange(f, nil) == nil && !f.Filtered() {
		l.row(item{subject: model.Subject{Kind: kind}, adds: true})
	}
	if len(l.rows) == heading+1 {
		l.rows, l.items = l.rows[:heading], l.items[:heading]
	}
}

func (l *listed) row(of item) {
	l.rows = append(l.rows, browse.Row{ID: rowID(&of)})
	l.items = append(l.items, of)
}

// seesKeys reports whether the keys of somebody are for the eyes of who looks: the coordinator's, and their own.
func seesKeys(f *frame.Frame, of *model.Person) bool {
	return f.Person.Role == model.Coordinator || f.Person.ID != "" && f.Person.ID == of.ID
}

// shows applies the filters.
func shows(f *frame.Frame, at *item) bool {
	words, unit := at.subject.ID, ""
	switch value := at.value.(type) {
	case *model.Group:
		words += " " + value.Name
		if mine := unitOf(f, f.Person.Unit); mine != nil && mine.Group == value.ID {
			unit = mine.ID
		}
	case *model.Unit:
		words += " " + value.Name + " " + value.Short
		unit = value.ID
	case *model.Person:
		unit = value.Unit
		of := unit
		if known := unitOf(f, unit); known != nil {
			of = known.Name
		}
		words += " " + value.Name + " " + value.Email + " " + of
	}
	switch f.Show {
	case frame.ShowOpen, frame.ShowLate:
		if len(wanting(f, at)) == 0 {
			return false
		}
	case frame.ShowMine:
		if unit == "" || unit != f.Person.Unit {
			return false
		}
	default:
	}
	return f.Query.Empty() || f.Query.Match(text.NewFolded(words))
}

// current is what is under the cursor; nil for nothing.
func (t *Tab) current(f *frame.Frame) *item {
	rows := t.rows(f)
	at := t.list.At(rows)
	if at < 0 {
		return nil
	}
	return &t.listed.items[at]
}

// wanting says what somebody has to see to about a unit or a person; nothing where all is well, or is not for the eyes
// of who looks.
func wanting(f *frame.Frame, of *item) []string {
	w := f.Words
	var said []string
	switch value := of.value.(type) {
	case *model.Unit:
		if countsOf(f.Board).people[value.ID] == 0 && len(f.Board.Campaign.Roster.People) > 0 &&
			value.OnRosterOn(f.Board.Today) {
			said = append(said, w.T("nobody of this unit is on the roster"))
		}
	case *model.Person:
		if !seesKeys(f, value) {
			return nil
		}
		if value.Email == "" && len(value.Keys) == 0 {
			said = append(said, w.T("neither address nor key: nobody can be recognized as this person"))
		}
		for _, line := range value.Keys {
			if key, _ := sshkey.Read(line); key.Weak() {
				said = append(said, w.T("weak key %s: replace it, best by ed25519", key.Algorithm()))
			}
		}
		for _, unusable := range unusableKeys(f, value) {
			said = append(said, unusable.Place()+": "+w.Say(unusable.What))
		}
		if unit := unitOf(f, value.Unit); unit != nil && ended(unit, f.Board.Today) {
			said = append(said, w.T("the unit has ended on %s", unit.Until))
		}
	}
	return said
}

// unusableKeys are what is wrong with the keys of somebody that open nothing, for they are too short or none at all:
// the roster as it was read is without them.
func unusableKeys(f *frame.Frame, person *model.Person) []phrase.Problem {
	return slices.DeleteFunc(slices.Clone(f.Board.Campaign.Problems), func(problem phrase.Problem) bool {
		return problem.About != person.ID || person.ID == ""
	})
}

// keyTrouble says in few words that somebody has a key to be replaced; "" where none is, or it is not for the eyes of
// who looks.
func keyTrouble(f *frame.Frame, person *model.Person) string {
	switch {
	case !seesKeys(f, person):
		return ""
	case len(unusableKeys(f, person)) > 0:
		return f.Words.T("a key too weak, or none")
	case slices.ContainsFunc(person.Keys, func(line string) bool {
		key, _ := sshkey.Read(line)
		return key.Weak()
	}):
		return f.Words.T("a weak key")
	}
	return ""
}

// ended reports whether a unit takes part no more.
func ended(unit *model.Unit, today calendar.Day) bool {
	return !unit.Until.IsZero() && unit.Until.Before(today)
}

// lastChange is when somebody made their last change; known reports whether that is known.
func (t *Tab) lastChange(person *model.Person) (at time.Time, known bool) {
	by := person.Name
	if person.Email != "" {
		by = strings.ToLower(person.Email)
	}
	return t.last[by], t.last != nil
}

// silent is how many people of a board have made no change yet, as far as that is known.
type silent struct {
	board  *model.Board
	people int
}

// unitOf finds a unit on the roster; nil when there is none.
func unitOf(f *frame.Frame, id string) *model.Unit {
	if at := f.Board.UnitIndex(id); at >= 0 {
		return &f.Board.Campaign.Roster.Units[at]
	}
	return nil
}

// summary is how many there are of everything.
func (t *Tab) summary(f *frame.Frame) string {
	w, roster := f.Words, &f.Board.Campaign.Roster
	parts := []string{
		w.Count(len(roster.Groups), "%d group", "%d groups"), w.Count(len(roster.Units), "%d unit", "%d units"),
		w.Count(len(roster.People), "%d person", "%d people"),
	}
	if t.silent.board != f.Board {
		t.silent = silent{board: f.Board}
		for i := range roster.People {
			if at, known := t.lastChange(&roster.People[i]); known && at.IsZero() {
				t.silent.people++
			}
		}
	}
	if silent := t.silent.people; silent > 0 {
		parts = append(parts, w.Count(silent, "%d has made no change yet", "%d have made no change yet"))
	}
	return strings.Join(parts, " · ")
}

// line draws a row.
func line(f *frame.Frame, at *item, current bool, width int) string {
	const margin, sign = 3, 2
	styles := f.Styles
	if rowID(at) == string(at.subject.Kind)+"/" {
		return layout.Blank(margin) + styles.Muted.Render(layout.Cut(kindName(f, at.subject.Kind), width-margin))
	}
	name, beside, warns := words(f, at)
	warning := layout.Blank(sign)
	if warns {
		warning = styles.Warning.Render(f.Signs.Problem) + " "
	}
	room := width - margin - sign
	beside = layout.Cut(beside, min(room/2, max(room-layout.Width(name)-2, room/3)))
	left := layout.Left(name, room-layout.Width(beside)-2)
	switch {
	case current:
		left = styles.Title.Render(left)
	case at.adds, at.line != "":
		left = styles.Muted.Render(left)
	}
	return browse.Margin(f, current, false) + warning + left + " " + styles.Muted.Render(beside)
}

// words are what a row says on the left and on the right, and whether somebody has to see to it.
func words(f *frame.Frame, at *item) (name, beside string, warns bool) {
	w := f.Words
	switch {
	case at.adds:
		return "+ " + addName(f, at.subject.Kind), "", false
	case at.line != "":
		key, _ := sshkey.Read(at.line)
		return "  " + key.Algorithm() + "  " + key.Fingerprint, key.Name, key.Weak()
	}
	switch value := at.value.(type) {
	case *model.Group:
		name, beside = value.Name, w.Count(countsOf(f.Board).units[value.ID], "%d unit", "%d units")
	case *model.Unit:
		name, beside = unitLine(f, value)
	case *model.Person:
		name, beside = value.Name, value.Role.Label(w.Language)
		if unit := unitOf(f, value.Unit); unit != nil {
			beside += " · " + unit.ShortName()
		}
		if trouble := keyTrouble(f, value); trouble != "" {
			beside = trouble + " · " + beside
		}
	}
	return name, beside, len(wanting(f, at)) > 0
}

// unitLine is a unit in the list: its name, and how it takes part.
func unitLine(f *frame.Frame, unit *model.Unit) (name, beside string) {
	w := f.Words
	var parts []string
	if unit.Coordinator {
		parts = append(parts, w.T("coordinating unit"))
	}
	if !unit.Since.IsZero() && f.Board.Today.Before(unit.Since) {
		parts = append(parts, w.T("since %s", unit.Since))
	}
	if !unit.Until.IsZero() {
		parts = append(parts, w.T("until %s", unit.Until))
	}
	parts = append(parts, w.Count(countsOf(f.Board).people[unit.ID], "%d person", "%d people"))
	return unit.Name, strings.Join(parts, " · ")
}

func kindName(f *frame.Frame, kind model.SubjectKind) string {
	return map[model.SubjectKind]string{
		model.SubjectGroup: f.Words.T("Groups of units"), model.SubjectUnit: f.Words.T("Units"),
		model.SubjectPerson: f.Words.T("People"),
	}[kind]
}

func addName(f *frame.Frame, kind model.SubjectKind) string {
	return map[model.SubjectKind]string{
		model.SubjectGroup: f.Words.T("add a group"), model.SubjectUnit: f.Words.T("add a unit"),
		model.SubjectPerson: f.Words.T("add a person"),
	}[kind]
}

// keyWords name a key to a person: its kind, its fingerprint and the name that its line ends with.
func keyWords(line string) string {
	key, want := sshkey.Read(line)
	if !want.IsZero() {
		return strconv.Quote(line)
	}
	return strings.TrimSpace(key.Algorithm() + " " + key.Fingerprint + " " + key.Name)
}

// without is a list of keys without one of them.
func without(keys []string, line string) []string {
	return slices.DeleteFunc(slices.Clone(keys), func(key string) bool { return key == line })
}
