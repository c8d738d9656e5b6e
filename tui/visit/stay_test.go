package visit

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/store"
	"example.org/tiendo/tui/live"
)

// A dashboard that is stuck is left behind, for the first reason that was given.
func TestEnding(t *testing.T) {
	stuck := make(chan struct{})
	defer close(stuck)
	end := NewEnding(func() { <-stuck })
	end.tell(goneFromRoster())
	end.tell(roleChanged())
	if err := end.Await(func() error { <-stuck; return nil }, time.Millisecond); !errors.Is(err, ErrStuck) {
		t.Errorf("who is stuck ends with %v", err)
	}
	if why := end.Given(); why.Say.Format != goneFromRoster().Say.Format {
		t.Errorf("the reason is %v", why)
	}
	left := errors.New("left")
	end = NewEnding(nil)
	if err := end.Await(func() error { return left }, time.Hour); !errors.Is(err, left) || !end.Given().Say.IsZero() {
		t.Errorf("who leaves ends with %v, %v", err, end.Given())
	}
}

// Who is on the roster as they were goes on; a roster in the middle of an edit ends nothing.
func TestStillWelcome(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "data"))); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "units.toml")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	whole = append(whole, "\n[[person]]\nid = \"hoa\"\nname = \"Hoa\"\nunit = \"thanh-tra\"\nrole = \"staff\"\nkeys = [\"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGmNpgn1Vd8Rz0hC0X7oxQGIuFSXQk/bXWUdPMZtcRop\"]\n"...)
	hoa := model.Person{ID: "hoa", Name: "Hoa", Unit: "thanh-tra", Role: model.Staff}
	for name, test := range map[string]struct{ old, replacement, said string }{
		"as they were":        {"", "", ""},
		"another name":        {`name = "Hoa"`, `name = "Hoà"`, ""},
		"gone":                {`id = "hoa"`, `id = "an"`, "no longer on the roster"},
		"another role":        {`role = "staff"`, `role = "viewer"`, "role or unit"},
		"another unit":        {`unit = "thanh-tra"`, `unit = "van-phong"`, "role or unit"},
		"a unit being typed":  {`unit = "thanh-tra"`, `unit = "thanh"`, ""},
		"a role being typed":  {`role = "staff"`, `role = "view"`, ""},
		"a name being typed":  {`id = "hoa"`, `id = "`, ""},
		"another key":         {`ZtcRop`, `ZtcRov`, "this key is no longer on the roster"},
		"a key that is none":  {`ZtcRop`, `ZtcR`, "this key is no longer on the roster"},
		"the end not written": {"\n[[person]]\nid = \"hoa\"\nname = \"Hoa\"\nunit = \"thanh-tra\"\nrole = \"staff\"\n", "\n[[person]]\nid = ", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(string(whole), test.old) {
				t.Fatalf("the roster does not hold %s", test.old)
			}
			opened, err := store.Open(dir, store.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, whole, 0o600); err != nil {
				t.Fatal(err)
			}
			campaign, err := opened.Load(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			data := live.New(opened, campaign, func() calendar.Day { return calendar.Date(2019, 12, 10) })
			last := strings.LastIndex(string(whole), test.old)
			edited := string(whole)[:last] + test.replacement + string(whole)[last+len(test.old):]
			if err := os.WriteFile(path, []byte(edited), 0o600); err != nil {
				t.Fatal(err)
			}
			data.Refresh(t.Context())
			why, ok := stillWelcome(data.Picture().Roster, hoa, "SHA256:4kDKAcRLDh6phTHSFADaSpFE9bXZqtYlrmU1P9GAOZQ")
			if ok != (test.said == "") || !strings.Contains(why.Say.Format, test.said) {
				t.Errorf("welcome: %v, %s", ok, why.Say.Format)
			}
		})
	}
}
