package endtoend

import (
	"path/filepath"
	"strings"
	"testing"
)

// Without the key of somebody on the roster nobody comes in, though the server takes passwords from others: the
// setting is that of README.
func TestOpenSSHRefusedLogins(t *testing.T) {
	s := newSSHD(t, minh)
	keys := filepath.Join(s.home, "authorized_keys")
	s.run(tiendo(t), "authorized-keys", "--data", s.data(), "--into", keys)
	s.start("AuthorizedKeysFile "+keys, "PermitRootLogin yes", "PasswordAuthentication yes", "KbdInteractiveAuthentication yes", "AuthenticationMethods publickey")
	stranger := person{id: "stranger"}
	newSigner(t, s.keyFile(stranger))
	before := s.state()
	for name, test := range map[string]struct {
		person  person
		options []string
	}{
		"an unknown key": {stranger, nil},
		"a password":     {stranger, []string{"-o", "PreferredAuthentications=password,keyboard-interactive", "-o", "BatchMode=no", "-o", "NumberOfPasswordPrompts=1"}},
		"no key":         {person{id: "nothing"}, []string{"-o", "PreferredAuthentications=none"}},
	} {
		t.Run(name, func(t *testing.T) {
			out, exit := s.ask(test.person, append(test.options, "--", "tick thanh-tra treo-bang-ron")...)
			if exit != 255 || !strings.Contains(out, "Permission denied (publickey)") {
				t.Errorf("exit %d: %s", exit, out)
			}
		})
	}
	if after := s.state(); after != before {
		t.Errorf("something was changed: %s", after)
	}
	if strings.Contains(s.log.text(), "Accepted publickey") {
		t.Errorf("sshd has let somebody in:\n%s", s.log.text())
	}
}

// On the screen, too, staff change what is their unit's and nothing else; the screen says why.
func TestOpenSSHOnlyTheirOwn(t *testing.T) {
	s := openSSH(t, lan, minh, xem)
	before := s.state()
	english := func(p person) *terminal {
		return onTerminal(t, s.ssh(p, "-l", s.account, "-o", "SetEnv=TIENDO_LANG=en", "-t", "--", ""), p.id)
	}
	staff := english(minh)
	staff.await("Thanh tra Sở · hello Lê Minh")
	staff.press("v")
	staff.await("› Thanh tra Sở")
	staff.press("k")
	staff.await("› Văn phòng Sở")
	staff.press(" ")
	staff.await("may change only the record of")
	viewer := english(xem)
	viewer.await(help)
	viewer.press(" ")
	viewer.await("may look but not change anything")
	for _, screen := range []*terminal{staff, viewer} {
		screen.press("q")
		if exit := screen.end(); exit != 0 {
			t.Errorf("%s: exit %d", screen.name, exit)
		}
	}
	if after := s.state(); after != before {
		t.Errorf("something was changed: %s", after)
	}
}
