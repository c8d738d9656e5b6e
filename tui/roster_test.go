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
	return read(d.t, d.store.Dir()+"/units.toml")
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
	d.shows("Someone else has just changed this entry", "an@example.org", "giam-sat@example.org")
	d.press("e")
	d.shows("an@example.org", "Ctrl+S save")
	d.press("ctrl+s")
	d.shows("saved")
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
	d.shows("Someone else has just changed this entry", "theirs: 09:15 today (Trần Minh)", "an@example.org")
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
	path := filepath.Join(d.store.Dir(), "units.toml")
	changed(t, path, "[[group]]", "[[group]]\nid = \"truong\"\nname = \"Các trường\"\n\n[[group]]")
	d.reload()
	d.shows("Các trường", "›   Trương Văn An")
}
