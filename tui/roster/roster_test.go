package roster

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/frame/frametest"
)

const (
	hoas       = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJp0Lk0Y1mZ5l2oSW0dUuZ8gWk0bCk2Jt8pVQvYxXk1o hoa@vp"
	privateKey = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU\n-----END OPENSSH PRIVATE KEY-----"
)

// frameOf is a frame whose roster holds two people, one with a key.
func frameOf(t *testing.T, person model.Person, ownKeys bool) (*frame.Frame, *frametest.Made) {
	t.Helper()
	f, made := frametest.New(t, phrase.English, person)
	campaign := *f.Board.Campaign
	hoa := frametest.Hoa("thanh-tra")
	hoa.Email, hoa.Keys = "hoa@example.org", []string{hoas}
	minh := model.Person{ID: "minh", Name: "Minh", Role: model.Staff, Unit: "thanh-tra", Keys: []string{other}}
	campaign.Roster.People = []model.Person{hoa, minh}
	campaign.Roster.OwnKeys = ownKeys
	f.Board = model.NewBoard(&campaign, f.Board.Today)
	if now := campaign.Roster.Person(person.ID); now != nil {
		f.Person = *now
	}
	return f, made
}

const other = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKq0Lk0Y1mZ5l2oSW0dUuZ8gWk0bCk2Jt8pVQvYxXk1p minh@vp"

// press gives a key to the tab and carries out what it asks for; it gives the last answer.
func press(t *testing.T, tab *Tab, f *frame.Frame, names ...string) tea.Msg {
	t.Helper()
	var answer tea.Msg
	for _, name := range names {
		message := frametest.Key(name)
		if name == "delete" {
			message = tea.KeyMsg{Type: tea.KeyDelete}
		}
		answer = nil
		if command := tab.Update(message, f); command != nil {
			answer = command()
		}
		if asked, is := answer.(event.Asked); is {
			answer = f.Changes.Make(asked.Change)()
		}
		if saved, is := answer.(event.Saved); is {
			f.Changes.Settle(saved)
			tab.Update(saved, f)
		}
	}
	return answer
}

// Only the coordinator sees the keys of others; the names are for everybody.
func TestKeysAreNotForEverybody(t *testing.T) {
	for name, test := range map[string]struct {
		person model.Person
		sees   []string
		lacks  []string
	}{
		"coordinator": {frametest.Lan(), []string{"Minh", "Hoa", "hoa@vp", "minh@vp", "SHA256:"}, nil},
		"staff":       {frametest.Hoa("thanh-tra"), []string{"Minh", "Hoa", "hoa@vp"}, []string{"minh@vp"}},
		"viewer": {model.Person{ID: "an", Name: "An", Role: model.Viewer}, []string{"Minh", "Hoa"},
			[]string{"minh@vp", "hoa@vp", "SHA256:"}},
	} {
		f, _ := frameOf(t, test.person, false)
		tab := New(nil)
		var seen strings.Builder
		tab.Settle(f)
		press(t, tab, f, "G")
		for range 6 { // with the detail of each of the people
			seen.WriteString(tab.View(f, 160, 40))
			press(t, tab, f, "up")
		}
		shown := seen.String()
		for _, want := range test.sees {
			if !strings.Contains(shown, want) {
				t.Errorf("%s does not see %q:\n%s", name, want, shown)
			}
		}
		for _, word := range test.lacks {
			if strings.Contains(shown, word) {
				t.Errorf("%s sees %q:\n%s", name, word, shown)
			}
		}
	}
}

// Who is no coordinator changes nothing here, whatever is under the cursor.
func TestOnlyTheCoordinatorChanges(t *testing.T) {
	f, made := frameOf(t, frametest.Hoa("thanh-tra"), false)
	tab := New(nil)
	tab.Settle(f)
	for range 20 {
		for _, name := range []string{"E", "+", "K", "delete"} {
			answer := press(t, tab, f, name)
			if tab.Capturing() {
				t.Fatalf("%s opens a form on %s", name, tab.list.Current())
			}
			if noticed, is := answer.(event.Noticed); !is || noticed.Text == "" {
				t.Errorf("%s on %s is not answered", name, tab.list.Current())
			}
		}
		press(t, tab, f, "down")
	}
	if len(*made) > 0 {
		t.Errorf("changes: %v", *made)
	}
	if tab.Refusal(f) == nil {
		t.Error("nothing says why")
	}
}

// With own_keys everybody changes their own keys, and nobody else's.
func TestOwnKeys(t *testing.T) {
	f, made := frameOf(t, frametest.Hoa("thanh-tra"), true)
	tab := New(nil)
	tab.list.Select("person/minh")
	if press(t, tab, f, "K"); tab.Capturing() {
		t.Fatal("a key of somebody else is added")
	}
	tab.list.Select("person/hoa")
	if press(t, tab, f, "E"); tab.Capturing() {
		t.Fatal("staff edit themselves")
	}
	tab.list.Select("person/hoa")
	press(t, tab, f, "down", "delete")
	if len(*made) != 1 || len(model.As[*model.Person]((*made)[0].New).Keys) != 0 {
		t.Fatalf("the key is not removed: %v", *made)
	}
}

// A private key is neither kept as a draft nor shown again nor saved; the fingerprint of a public one is read first.
func TestPastedKeys(t *testing.T) {
	f, made := frameOf(t, frametest.Lan(), false)
	kept := &drafts{}
	f.Drafts = kept
	tab := New(nil)
	tab.list.Select("person/minh")
	press(t, tab, f, "K")
	tab.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(privateKey), Paste: true}, f)
	press(t, tab, f, "ctrl+s")
	if shown := tab.View(f, 100, 30); !strings.Contains(shown, "this is a private key") || len(*made) > 0 {
		t.Errorf("a private key is taken: %v\n%s", *made, shown)
	}
	if kept.kept > 0 {
		t.Error("a private key is kept as a draft")
	}
	press(t, tab, f, "esc", "y", "K")
	tab.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(hoas), Paste: true}, f)
	if shown := tab.View(f, 100, 30); !strings.Contains(shown, "Hoa has this key already") {
		t.Errorf("a key of somebody else is taken:\n%s", shown)
	}
	press(t, tab, f, "esc", "y", "K")
	third := strings.Replace(other, "Xk1p", "Xk1q", 1)
	tab.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(third), Paste: true}, f)
	if shown := tab.View(f, 100, 30); !strings.Contains(shown, "fingerprint: ed25519 SHA256:") {
		t.Errorf("no fingerprint:\n%s", shown)
	}
	press(t, tab, f, "ctrl+s")
	if len(*made) != 1 || len(model.As[*model.Person]((*made)[0].New).Keys) != 2 || tab.Capturing() {
		t.Errorf("the key is not saved: %v", *made)
	}
}

// drafts counts what is kept.
type drafts struct {
	frame.Drafts

	kept int
}

func (d *drafts) Keep(string, model.Subject, review.Unsaved) { d.kept++ }
func (d *drafts) Kept(string, model.Subject) (draft review.Unsaved, found bool) {
	return draft, false
}
func (d *drafts) Drop(string, model.Subject) {}

// A unit is named by any part of its name; what may be several is not taken for one of them.
func TestUnitsAreNamedInWords(t *testing.T) {
	f, _ := frametest.New(t, phrase.English, frametest.Lan())
	roster := &f.Board.Campaign.Roster
	for name, want := range map[string]string{
		"thanh-tra": "thanh-tra", "Thanh tra Sở": "thanh-tra", "thanh tra": "thanh-tra", "": "",
	} {
		if id, err := unitNamed(roster, name); err != nil || id != want {
			t.Errorf("%q is %q, %v", name, id, err)
		}
	}
	for _, name := range []string{"phong", "zzz"} {
		if id, err := unitNamed(roster, name); err == nil {
			t.Errorf("%q is %q", name, id)
		}
	}
	twin := *roster
	twin.Units = append([]model.Unit{}, roster.Units...)
	twin.Units = append(twin.Units, model.Unit{ID: "thanh-tra-2", Name: roster.UnitName("thanh-tra")})
	if typed := unitTyped(&twin, "thanh-tra-2"); typed != "thanh-tra-2" {
		t.Errorf("of two units with one name the second is typed %q", typed)
	}
}

// An id is suggested by the name: of a person by the given name.
func TestIDsAreSuggested(t *testing.T) {
	f, _ := frameOf(t, frametest.Lan(), false)
	for _, test := range []struct {
		kind model.SubjectKind
		name string
		id   string
	}{
		{model.SubjectPerson, "Trần Thị Hoà", "hoa-2"}, {model.SubjectPerson, "Lê Đức", "duc"},
		{model.SubjectUnit, "Trung tâm Mới", "trung-tam-moi"}, {model.SubjectUnit, "Thanh tra", "thanh-tra-2"},
		{model.SubjectGroup, "Thanh tra", "thanh-tra-2"},
	} {
		edit, err := newAddition(f, model.Subject{Kind: test.kind}, nil)
		if err != nil {
			t.Fatal(err)
		}
		edit.Form.Fields[0].Line.Set(test.name)
		value, _ := edit.Read(nil)
		if id := idOf(value); id != test.id {
			t.Errorf("%s %q: %q, want %q", test.kind, test.name, id, test.id)
		}
	}
}
