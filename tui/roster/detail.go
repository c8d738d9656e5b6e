package roster

import (
	"strings"

	"github.com/charmbracelet/lipgloss"

	"example.org/tiendo/model"
	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/sshkey"
	"example.org/tiendo/tui/frame"
)

// pane is the detail as it is made.
type pane struct {
	width int
	lines []string
}

// say adds words; a line of a detail begins with a capital, whatever it is about.
func (p *pane) say(style lipgloss.Style, words string) {
	p.lines = append(p.lines, frame.Lines(style, phrase.Capital(words), p.width)...)
}

// detail is all that the roster says of what is under the cursor.
func (t *Tab) detail(f *frame.Frame, at *item, width int) (title string, lines []string) {
	w, p := f.Words, &pane{width: width}
	if at.adds {
		p.say(f.Styles.Warning, f.Unsaved(model.Change{Subject: at.subject}, f.Keys.Add))
		p.say(f.Styles.Muted, w.T("Enter opens the form; nothing is written before you save it."))
		return phrase.Capital(addName(f, at.subject.Kind)), p.lines
	}
	if unsaved := f.Unsaved(model.Change{Subject: at.subject}, f.Keys.Amend); unsaved != "" && at.line == "" {
		p.say(f.Styles.Warning, unsaved)
	}
	for _, wanting := range wanting(f, at) {
		p.say(f.Styles.Warning, f.Signs.Problem+" "+wanting)
	}
	if at.line != "" {
		key, _ := sshkey.Read(at.line)
		p.say(f.Styles.Plain, key.Fingerprint)
		if key.Name != "" {
			p.say(f.Styles.Plain, w.T("name in the key: %s", key.Name))
		}
		p.say(f.Styles.Muted, w.T("The person reads the same fingerprint by `ssh-keygen -lf id_ed25519.pub`."))
		return w.T("SSH key of %s", f.Board.Campaign.Roster.PersonName(at.subject.ID)) + " · " + key.Algorithm(), p.lines
	}
	switch value := at.value.(type) {
	case *model.Group:
		t.group(f, p, value)
		return value.Name, p.lines
	case *model.Unit:
		t.unit(f, p, value)
		return value.Name, p.lines
	case *model.Person:
		t.person(f, p, value)
		return value.Name, p.lines
	}
	return "", nil
}

func (t *Tab) group(f *frame.Frame, p *pane, group *model.Group) {
	w, campaign := f.Words, f.Board.Campaign
	p.say(f.Styles.Muted, w.T("id: %s", group.ID))
	var units, titles []string
	for i := range campaign.Roster.Units {
		if unit := &campaign.Roster.Units[i]; unit.Group == group.ID {
			units = append(units, unit.ShortName())
		}
	}
	for i := range campaign.Plan.Activities {
		if activity := &campaign.Plan.Activities[i]; activity.Role("", group.ID) != duty.None {
			titles = append(titles, activity.Title)
		}
	}
	p.say(f.Styles.Plain, w.T("units: %s", orNone(f, units, ", ")))
	p.say(f.Styles.Plain, w.T("Activities: %s", orNone(f, titles, "; ")))
}

func (t *Tab) unit(f *frame.Frame, p *pane, unit *model.Unit) {
	w, roster := f.Words, &f.Board.Campaign.Roster
	p.say(f.Styles.Plain, strings.TrimPrefix(w.Unit(roster, unit), unit.Name+" · "))
	p.say(f.Styles.Muted, w.T("id: %s", unit.ID))
	var people []string
	for i := range roster.People {
		if person := &roster.People[i]; person.Unit == unit.ID {
			people = append(people, person.Name+" ("+person.Role.Label(w.Language)+")")
		}
	}
	p.say(f.Styles.Plain, w.T("people: %s", orNone(f, people, ", ")))
}

func (t *Tab) person(f *frame.Frame, p *pane, person *model.Person) {
	w, roster := f.Words, &f.Board.Campaign.Roster
	shown := *person
	if shown.Keys = nil; seesKeys(f, person) {
		shown.Keys = person.Keys
	}
	p.say(f.Styles.Plain, strings.TrimPrefix(w.Person(roster, &shown), person.Name+" · "))
	p.say(f.Styles.Muted, w.T("id: %s", person.ID))
	if at, known := t.lastChange(person); known && at.IsZero() {
		p.say(f.Styles.Muted, w.T("has made no change yet"))
	} else if known {
		p.say(f.Styles.Muted, w.T("Last change: %s", f.Moment(at)))
	}
	for _, line := range shown.Keys {
		p.say(f.Styles.Plain, keyWords(line))
	}
	if seesKeys(f, person) && len(person.Keys) == 0 && mayChange(f, person) == nil {
		p.say(f.Styles.Muted, w.T("no SSH key; %s adds one", f.Keys.AddKey.Help().Key))
	}
}

// orNone is a list, or that there is nothing in it.
func orNone(f *frame.Frame, all []string, between string) string {
	if len(all) == 0 {
		return f.Words.T("none")
	}
	return strings.Join(all, between)
}
