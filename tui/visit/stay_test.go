package visit

import (
	"errors"
	"io"
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
	wait := func() { <-stuck }
	end, first := NewEnding(), &Reason{Log: "first"}
	end.End(first)
	end.End(&Reason{Log: "second"})
	if err := end.Await(func() error { wait(); return nil }, wait, time.Millisecond); !errors.Is(err, ErrStuck) {
		t.Errorf("who is stuck ends with %v", err)
	}
	if end.Given() != first {
		t.Errorf("the reason is %v", end.Given())
	}
	left := errors.New("left")
	end = NewEnding()
	if err := end.Await(func() error { return left }, wait, time.Hour); !errors.Is(err, left) || end.Given().Log != "left" {
		t.Errorf("who leaves ends with %v, %v", err, end.Given())
	}
}

// A dashboard is asked to end once, and not at all where Bubble Tea ends by itself.
func TestEndingAsksOnce(t *testing.T) {
	for name, test := range map[string]struct {
		why   *Reason
		asked bool
	}{"idle": {DefaultLimits().TooIdle(), true}, "signal": {&Reason{obeyed: true}, false}} {
		end, asked := NewEnding(), make(chan struct{})
		end.End(test.why)
		err := end.Await(func() error {
			if test.asked {
				<-asked
			}
			return nil
		}, func() { close(asked) }, time.Hour)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What a person types is passed on and noticed; once the session has ended, nothing waits any more.
func TestKeyboard(t *testing.T) {
	end := NewEnding()
	pressed, stop := Limits{Idle: time.Hour}.EndIdle(end)
	defer stop()
	times := 0
	keyboard := &Keyboard{strings.NewReader("abc"), func() { times++; pressed() }}
	typed, err := io.ReadAll(keyboard)
	if string(typed) != "abc" || err != nil || times != 1 {
		t.Errorf("%q, %v, noticed %d times", typed, err, times)
	}
	idle, stopIdle := Limits{Idle: time.Nanosecond}.EndIdle(end)
	defer stopIdle()
	<-end.Context().Done()
	idle()
	if end.Given().Log != "idle" {
		t.Errorf("ended as %v", end.Given())
	}
	end = NewEnding()
	defer Limits{Longest: time.Nanosecond}.EndLongest(end)()
	<-end.Context().Done()
	if end.Given().Log != "too long" {
		t.Errorf("ended as %v", end.Given())
	}
}

// Who is on the roster as they were goes on; a roster in the middle of an edit ends nothing.
func TestNoLongerWelcome(t *testing.T) {
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
			why := NoLongerWelcome(data.Picture().Roster, hoa, "SHA256:4kDKAcRLDh6phTHSFADaSpFE9bXZqtYlrmU1P9GAOZQ")
			if (why == nil) != (test.said == "") || why != nil && !strings.Contains(why.Say.Format, test.said) {
				t.Errorf("the reason to go is %v", why)
			}
		})
	}
}
