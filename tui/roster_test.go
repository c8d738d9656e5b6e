package tui_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/tui/changes"
)

// units is units.toml as it stands.
func (d *dashboard) units() string {
	d.t.Helper()
	return read(d.t, d.dir+"/units.toml")
}

// lines are how many lines two texts do not have in common.
func differing(before, after string) int {
	count := map[string]int{}
	for line := range strings.Lines(before) {
		count[line]++
	}
	for line := range strings.Lines(after) {
		count[line]--
	}
	n := 0
	for _, more := range count {
		n += max(more, -more)
	}
	return n
}

// Each change of the roster writes the fewest lines, in the file as everywhere, and u brings back every byte.
func TestRosterIsChangedOnScreen(t *testing.T) {
	for name, test := range map[string]struct {
		keys  []string
		lines int // at most
		shows string
		asks  bool // before it is undone
	}{
		"a short name":  {[]string{"down", "down", "down", "down", "E", "tab", "end", " 1", "ctrl+s"}, 2, "short name", false},
		"a unit ends":   {[]string{"down", "down", "down", "down", "delete", "tab", "sáp nhập", "ctrl+s"}, 1, "until", false},
		"a group":       {[]string{"+", "Các trường", "ctrl+s"}, 4, "cac-truong", false},
		"a person":      {[]string{"end", "enter", "Lê Đức", "tab", "tab", "thanh tra", "ctrl+s"}, 6, "duc", false},
		"a role":        {[]string{"end", "up", "E", "tab", "left", "ctrl+s"}, 2, "role", false},
		"a key":         {[]string{"end", "up", "K", publicKey, "ctrl+s"}, 1, "SHA256:", false},
		"a person gone": {[]string{"end", "up", "delete", "y"}, 7, "taken off", true},
	} {
		d := openDemo(t, setting{language: phrase.English, person: "lan"})
		d.size(120, 40)
		before := d.units()
		d.press(append([]string{"6"}, test.keys...)...)
		d.shows("saved", test.shows)
		after := d.units()
		if n := differing(before, after); n == 0 || n > test.lines {
			t.Errorf("%s: %d lines differ, want at most %d\n%s", name, n, test.lines, after)
		}
		if campaign, err := d.store.Load(context.Background()); err != nil || len(campaign.Problems) > 0 {
			t.Errorf("%s: %v, %v", name, err, campaign.Problems)
		}
		d.press("u")
		if test.asks {
			d.shows("Undo:")
			d.press("y")
		}
		d.shows("undone")
		if d.units() != before {
			t.Errorf("%s: undone, the file is another one:\n%s", name, d.units())
		}
	}
}

// What is in the form when the line breaks is there again, of what is there and of what is to be added.
func TestRosterDraftsStay(t *testing.T) {
	kept := memory{}
	d := openDemo(t, setting{language: phrase.English, person: "lan", drafts: kept})
	d.size(120, 40)
	d.press("6", "end", "enter", "Lê Đức")
	d = openDemo(t, setting{language: phrase.English, person: "lan", drafts: kept})
	d.size(120, 40)
	d.press("6", "end")
	d.shows("you have typed something here and not saved it:")
	d.press("+")
	d.shows("Lê Đức", "what you typed and did not save is here again")
	d.press("tab", "tab", "thanh tra", "ctrl+s")
	d.shows("saved")
	if len(kept) > 0 {
		t.Errorf("the draft of what was saved is still there: %v", kept)
	}
}

// Two who change one person at once: the second sees both, and what stands there is not overwritten unasked.
func TestRosterConflict(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English, person: "lan"})
	d.size(120, 40)
	d.press("6", "end", "up", "E", "end", " An")
	d.changePerson("giam-sat", func(person *model.Person) { person.Email = "an@example.org" })
	d.press("ctrl+s")
	d.shows("Someone else has just changed this entry", "Trương Văn An · viewer · Văn phòng Sở · an@example.org",
		"Trương Văn An An · viewer · Văn phòng Sở · an@example.org")
	d.press("e")
	d.shows("an@example.org", "Ctrl+S save")
	d.press("ctrl+s")
	d.shows("saved")
}

// Whoever puts their own version keeps what the other one has changed beside it.
func TestMineOfAPersonIsOnTopOfTheirs(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English, person: "lan"})
	d.size(120, 40)
	d.press("6", "end", "up", "E", "end", " An")
	d.changePerson("giam-sat", func(person *model.Person) { person.Email, person.Name = "an@example.org", "An" })
	d.press("ctrl+s", "t")
	d.shows("saved")
	d.holds("units.toml", `name = "Trương Văn An An"`, `email = "an@example.org"`)
	d.lacks("Someone else")
}

// What somebody is about to take away has no form to be edited in.
func TestConflictOfARemovalHasNoForm(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English, person: "lan"})
	d.size(120, 40)
	d.press("6", "end", "up", "delete")
	d.changePerson("giam-sat", func(person *model.Person) { person.Email = "an@example.org" })
	d.press("y")
	d.shows("Someone else has just changed this entry", "not on the roster")
	d.lacks("e edit")
	d.press("e")
	d.shows("Someone else has just changed this entry")
	d.press("g")
	d.holds("units.toml", `email = "an@example.org"`)
}

// Of a group that is used the question does not come: it says who uses it.
func TestUsedGroupStays(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English, person: "lan"})
	d.size(120, 40)
	before := d.units()
	d.press("6", "delete")
	d.shows("is still used")
	if d.units() != before {
		t.Error("the group is gone")
	}
}

// lanAndMinh is a history in which Minh has just changed a person.
type lanAndMinh struct{ changes.Record }

func (lanAndMinh) Page(context.Context, string, int) (review.Page, error) {
	at := time.Date(2019, 12, 10, 2, 15, 0, 0, time.UTC)
	other := review.Revision{Author: "Bùi Hằng", At: at, Differences: []review.Difference{
		{Subject: model.Subject{Kind: model.SubjectUnit, ID: "giam-sat"}}}}
	minh := review.Revision{Author: "Trần Minh", At: at, Differences: []review.Difference{
		{Subject: model.Subject{Kind: model.SubjectPerson, ID: "giam-sat"}}}}
	return review.Page{Revisions: []review.Revision{other, minh}, Read: 2}, nil
}

func (lanAndMinh) Unread(context.Context, model.Person) ([]string, error) { return nil, nil }
func (lanAndMinh) ClockBehind(context.Context) error                      { return nil }

// changePerson changes somebody on the roster past the dashboard.
func (d *dashboard) changePerson(id string, change func(*model.Person)) {
	d.t.Helper()
	campaign, err := d.store.Load(context.Background())
	if err != nil {
		d.t.Fatal(err)
	}
	seen := campaign.Roster.Person(id)
	theirs := *seen
	change(&theirs)
	if _, err := d.store.Apply(context.Background(), model.Change{
		Person: model.Person{Name: "Minh", Role: model.Coordinator}, Seen: seen, New: &theirs,
		Subject: model.Subject{Kind: model.SubjectPerson, ID: id},
	}); err != nil {
		d.t.Fatal(err)
	}
}

// Of two coordinators the second sees both versions, and from the history who was first and when.
func TestRosterConflictNamesWho(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English, person: "lan", record: lanAndMinh{}})
	d.size(120, 40)
	d.press("6", "end", "up", "E", "end", " An")
	d.changePerson("giam-sat", func(person *model.Person) { person.Email = "an@example.org" })
	d.press("ctrl+s")
	d.shows("Someone else has just changed this entry", "Theirs: 09:15 today (Trần Minh)", "an@example.org")
}

// An open form says what others have changed meanwhile, and no more once it is as it was.
func TestOpenFormIsTold(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English, person: "lan"})
	d.size(120, 40)
	d.press("6", "end", "up", "E", "end", " An")
	d.lacks("changed while you were writing")
	d.changePerson("giam-sat", func(person *model.Person) { person.Email = "an@example.org" })
	d.reload()
	d.shows("changed while you were writing: address: giam-sat@example.org → an@example.org", "An An")
	d.changePerson("giam-sat", func(person *model.Person) { person.Email = "giam-sat@example.org" })
	d.reload()
	d.lacks("changed while you were writing")
}

// A new roster comes to an open tab at once, and the cursor stays on its id.
func TestRosterIsLive(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English, person: "lan"})
	d.size(120, 40)
	d.press("6", "end", "up")
	path := filepath.Join(d.dir, "units.toml")
	changed(t, path, "[[group]]", "[[group]]\nid = \"truong\"\nname = \"Các trường\"\n\n[[group]]")
	d.reload()
	d.shows("Các trường", "›   Trương Văn An")
}

// RSA keys of 1024 and of 2048 bits.
const (
	tooShortKey = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC5Xjavw4AM1wElSuiCkZZZdc8LkThNIDDQ/+dN0QXz5FsTQOCvbORId8BiynXbrAY63rmQsxlSC0pGa5J5+dEDvZRIRPy/Xv6umjruYys3teBpW6XeyzHukEe0i04gUdTfQwE3aW7qzVS2oFc0UG+k00dSHa2jy9i7I24g84+xMQ=="
	weakKey     = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCvrDTMxyKqbYGYDqe9bbV7RMsqIeDZ1jc/SKICwzOQV04t2u7FuLLLFkA6yG23V3d9vYx37Jgt2AvEIqzMRyKzMXr/wmuOHdayyQKKoTNXwCsDJD+3CxOaWhsVRf++js/YGg5cW8436Hwpy5nvxrk3mhVA1ArLzCJRvaHdlt3lkLpq0vjNqokbEGtaftb6LhecIJx6KmEYpcEsdBZPe90hYAx9BUdOKPXB9ac9oB8NicD40h1z502g3hyU7W8AnuBx+sIc6xbPGlisG4VaPNqF35R5v9McWa2jO/wDzKHJahgnwu9DsnkrgcKJDE8p2GzFW+VK2EmgtYAdSUWTMs1l"
)

// Whose key is weak is told in the row of the person, and of one that is so short that it opens nothing, what is wanted
// and where it stands; whoever may not see the keys is told nothing.
func TestWeakKeysAreTold(t *testing.T) {
	for key, told := range map[string][]string{
		weakKey:     {"a weak key", "weak key RSA 2048: replace it, best by ed25519"},
		tooShortKey: {"a key too weak, or none", "of at least 2048 bits, not 1024"},
	} {
		given := func(dir string) {
			changed(t, dir+"/units.toml", `email = "giam-sat@example.org"`,
				"email = \"giam-sat@example.org\"\nkeys = [\""+key+"\"]")
		}
		d := openDemo(t, setting{language: phrase.English, person: "lan", prepare: given})
		d.size(120, 40)
		d.press("6", "/", "Trương", "enter")
		d.shows(told...)
		d = openDemo(t, setting{language: phrase.English, person: "hang", prepare: given})
		d.size(120, 40)
		d.press("6", "/", "Trương", "enter")
		d.lacks("a weak key", "a key too weak")
	}
}
