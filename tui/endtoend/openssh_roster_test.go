package endtoend

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// editRoster puts words in the place of others in the roster, by hand.
func (o *office) editRoster(old, replacement string) {
	o.t.Helper()
	path := filepath.Join(o.data(), "units.toml")
	content, err := os.ReadFile(path)
	if err != nil {
		o.t.Fatal(err)
	}
	if !strings.Contains(string(content), old) {
		o.t.Fatalf("the roster does not hold %q", old)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(content), old, replacement, 1)), 0o600); err != nil {
		o.t.Fatal(err)
	}
}

// A change of the roster takes effect while dashboards run through OpenSSH: who is taken off it sees no more, and
// who has another role begins anew.
func TestOpenSSHRosterEdited(t *testing.T) {
	s := openSSH(t, lan, minh, xem)
	english := []string{"-l", s.account, "-o", "SetEnv=TIENDO_LANG=en", "-tt", "-e", "none"}
	open := func(p person) *terminal { return openTerminal(t, s.ssh(p, english...), p.id) }
	gone, demoted, stays := open(minh), open(lan), open(xem)
	for _, screen := range []*terminal{gone, demoted, stays} {
		screen.await(help)
	}
	s.editRoster("name = \"Nguyễn Thị Lan\"\nrole = \"coordinator\"", "name = \"Nguyễn Thị Lan\"\nrole = \"viewer\"")
	demoted.await("your role or unit on the roster was changed")
	if exit := demoted.end(); exit != 1 {
		t.Errorf("exit %d", exit)
	}
	s.run(tiendo(t), "person", "remove", minh.id)
	gone.await("no longer on the roster")
	if exit := gone.end(); exit != 1 {
		t.Errorf("exit %d", exit)
	}
	stays.press("1")
	stays.await("[1 Goals]")
	stays.press("q")
	if exit := stays.end(); exit != 0 {
		t.Errorf("exit %d", exit)
	}
}

// A roster in which there is an error, as in the middle of an edit, ends nothing and takes nothing off the screens.
func TestOpenSSHRosterInMidEdit(t *testing.T) {
	s := openSSH(t, lan, minh)
	screen := openTerminal(t, s.ssh(minh, "-l", s.account, "-o", "SetEnv=TIENDO_LANG=en", "-tt", "-e", "none"), minh.id)
	s.outlivesEdits(screen, nil)
}

// Through the server of tiendo, too; and who it is that comes in is known meanwhile.
func TestServeRosterInMidEdit(t *testing.T) {
	s := serve(t, "", lan, minh)
	s.outlivesEdits(s.open(minh), func() {
		if out, exit := s.answer(minh, "--", "version"); exit != 0 {
			t.Errorf("the login in the middle of an edit: exit %d: %s", exit, out)
		}
	})
}

// outlivesEdits breaks the roster in several ways, each for as long as it takes until a screen says so, and wants the
// screen to be what it was all the time. meanwhile may be nil.
func (o *office) outlivesEdits(screen *terminal, meanwhile func()) {
	o.t.Helper()
	path := filepath.Join(o.data(), "units.toml")
	content, err := os.ReadFile(path)
	if err != nil {
		o.t.Fatal(err)
	}
	whole := string(content)
	last := whole[strings.LastIndex(whole, "[[person]]"):]
	screen.await(help)
	for _, broken := range []string{"", whole[:len(whole)-len(last)+len("[[person")], whole + last} {
		if err := os.WriteFile(path, []byte(broken), 0o600); err != nil {
			o.t.Fatal(err)
		}
		screen.awaitShown(func(shown string) bool {
			return strings.Contains(shown, "units.toml") && strings.Contains(shown, "Thanh tra Sở") && strings.Contains(shown, "0/59 done")
		}, "the last good picture")
		if meanwhile != nil {
			meanwhile()
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			o.t.Fatal(err)
		}
		screen.awaitShown(func(shown string) bool {
			return !strings.Contains(shown, "units.toml") && strings.Contains(shown, "Thanh tra Sở")
		}, "the mended picture")
	}
	screen.press("q")
	if exit := screen.end(); exit != 0 {
		o.t.Errorf("exit %d: %q", exit, screen.text())
	}
}

// Who is taken off the roster is out, though the plan is in the middle of an edit.
func TestRosterEditedBesideABrokenPlan(t *testing.T) {
	opened := map[string]func(t *testing.T) (*office, *terminal){
		"OpenSSH": func(t *testing.T) (*office, *terminal) {
			s := openSSH(t, lan, minh)
			return s.office, openTerminal(t, s.ssh(minh, "-l", s.account, "-o", "SetEnv=TIENDO_LANG=en", "-tt", "-e", "none"), minh.id)
		},
		"serve": func(t *testing.T) (*office, *terminal) {
			s := serve(t, "", lan, minh)
			return s.office, s.open(minh)
		},
	}
	for name, open := range opened {
		t.Run(name, func(t *testing.T) {
			o, screen := open(t)
			screen.await(help)
			if err := os.WriteFile(filepath.Join(o.data(), "plan.toml"), []byte("[[x"), 0o600); err != nil {
				t.Fatal(err)
			}
			screen.await("plan.toml:1:4")
			o.editRoster("id = \"minh\"", "id = \"khac\"")
			screen.await("no longer on the roster")
			if exit := screen.end(); exit != 1 {
				t.Errorf("exit %d", exit)
			}
		})
	}
}

// Through OpenSSH, too, a dashboard ends that nobody uses, or that has gone on for too long.
func TestOpenSSHLimits(t *testing.T) {
	s := newSSHD(t, minh)
	keys := filepath.Join(s.home, "authorized_keys")
	s.start("AuthorizedKeysFile " + keys)
	for _, test := range []struct{ flags, said string }{
		{"--idle 900ms --longest 1h", "so the session was ended; what was saved is safe"},
		{"--longest 900ms", "connect again to go on"},
	} {
		s.run(tiendo(t), append([]string{"authorized-keys", "--data", s.data(), "--into", keys}, strings.Fields(test.flags)...)...)
		screen := openTerminal(t, s.ssh(minh, "-l", s.account, "-o", "SetEnv=TIENDO_LANG=en", "-tt", "-e", "none"), minh.id)
		screen.await(test.said)
		if exit := screen.end(); exit != 0 {
			t.Errorf("%s: exit %d", test.flags, exit)
		}
	}
	s.run(tiendo(t), "authorized-keys", "--data", s.data(), "--into", keys, "--person", "1")
	english := []string{"-l", s.account, "-o", "SetEnv=TIENDO_LANG=en"}
	screen := openTerminal(t, s.ssh(minh, append(english, "-tt", "-e", "none")...), minh.id)
	screen.await(help)
	second := func() (string, int) { return s.answer(minh, append(english, "--", "status")...) }
	if out, exit := second(); exit != 1 || !strings.Contains(out, "you have 1 sessions already") || strings.Contains(out, "Thanh tra") {
		t.Errorf("the second session of one: exit %d: %s", exit, out)
	}
	if log, err := os.ReadFile(s.refusals()); err != nil || strings.Count(string(log), "you have 1 sessions already") != 1 {
		t.Errorf("the refusal is not logged once: %v\n%s", err, log)
	}
	screen.press("q")
	if exit := screen.end(); exit != 0 {
		t.Errorf("the first ended with %d", exit)
	}
	if out, exit := second(); exit != 0 {
		t.Errorf("once the first was left: exit %d: %s", exit, out)
	}
}
