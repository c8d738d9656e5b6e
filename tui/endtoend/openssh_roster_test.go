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
// who has another role begins anew. Half a roster, in the middle of an edit, ends nothing.
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
}
