package endtoend

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
)

// Without the key of somebody on the roster nobody comes in, though the server takes passwords from others: the
// setting is that of `tiendo help ssh`.
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

// Who offers the key of another, of which they have the public half, and then signs with their own, is themselves.
func TestKeyOfAnother(t *testing.T) {
	offers := func(s *server) []string {
		public := filepath.Join(t.TempDir(), "lan.pub") // not beside the private half
		if err := os.WriteFile(public, ssh.MarshalAuthorizedKey(s.keys[lan.id].PublicKey()), 0o600); err != nil {
			t.Fatal(err)
		}
		return []string{"-v", "-i", public}
	}
	offered := regexp.MustCompile(`(?s)Server accepts key: \S*lan\.pub .*Server accepts key: \S*minh `)
	t.Run("OpenSSH", func(t *testing.T) {
		s := openSSH(t, lan, minh)
		out, exit := s.ask(minh, append(offers(s.server), "--", "status --json")...)
		if exit != 0 || !strings.Contains(out, `"person": "minh"`) || !offered.MatchString(out) {
			t.Errorf("exit %d: %s", exit, out)
		}
	})
	t.Run("serve", func(t *testing.T) {
		s := serve(t, "", lan, minh)
		out, exit := s.answer(minh, append(offers(s), "--", "status --json")...)
		if exit != 0 || !strings.Contains(out, `"person": "minh"`) || !offered.MatchString(out) {
			t.Errorf("exit %d: %s", exit, out)
		}
		s.log.await(`"event":"login"`)
		if log := s.log.text(); strings.Contains(log, `"person":"lan"`) {
			t.Errorf("the log says\n%s", log)
		}
	})
}

// The report comes from the standard input, through either way in.
func TestReportFromTheInput(t *testing.T) {
	const said = "Đã phát 100 tờ rơi.\nĐã họp."
	give := func(t *testing.T, o *office, command *exec.Cmd) {
		command.Stdin = strings.NewReader(said + "\n")
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		content, err := os.ReadFile(filepath.Join(o.data(), "progress", "thanh-tra.toml"))
		if err != nil || !strings.Contains(string(content), said) {
			t.Errorf("%v: %s", err, content)
		}
	}
	const command = "report thanh-tra --results -"
	t.Run("OpenSSH", func(t *testing.T) {
		s := openSSH(t, minh)
		give(t, s.office, s.ssh(minh, "-l", s.account, "--", command))
	})
	t.Run("serve", func(t *testing.T) {
		s := serve(t, "", minh)
		give(t, s.office, s.ssh(minh, "--", command))
		// Who goes on without end is told that it is too much.
		endless := s.ssh(minh, "--", command)
		endless.Stdin = zeros{}
		if out, err := endless.CombinedOutput(); err == nil || len(out) == 0 {
			t.Errorf("without end: %v: %.300s", err, out)
		}
	})
}

// zeros never ends.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '0'
	}
	return len(p), nil
}

// Settling a conflict on the screen is a change like any other: it is in the log.
func TestSettledConflictIsLogged(t *testing.T) {
	settle := func(t *testing.T, o *office, open func() *terminal, log func() string) {
		o.run(tiendo(t), "tick", "thanh-tra", "treo-bang-ron", "--as", "lan", "--status", "doing")
		o.git("branch", "other")
		o.git("reset", "--quiet", "--hard", "HEAD~")
		o.run(tiendo(t), "tick", "thanh-tra", "treo-bang-ron", "--as", "minh", "--status", "done")
		o.git("-c", "user.name=Owner", "-c", "user.email=owner@example.org", "merge", "--quiet", "--no-edit", "other")
		screen := open()
		screen.await("in dispute")
		screen.press("5")
		screen.await("was changed on both sides")
		screen.press("k") // the commit may have come before the conflict, and has the cursor
		screen.await("› ≠ Thanh tra Sở")
		screen.press("a")
		screen.awaitShown(func(shown string) bool { return !strings.Contains(shown, "was changed on both sides") }, "the end of the conflict")
		screen.press("q")
		if exit := screen.end(); exit != 0 {
			t.Errorf("exit %d", exit)
		}
		hash := strings.TrimSpace(o.git("log", "-1", "--format=%h"))
		if want := `"of":"thanh-tra","subject":"activity treo-bang-ron","hash":"` + hash + `"}`; !strings.Contains(log(), want) {
			t.Errorf("the log does not hold %s:\n%s", want, log())
		}
	}
	t.Run("OpenSSH", func(t *testing.T) {
		s := openSSH(t, lan, minh)
		settle(t, s.office, func() *terminal {
			return openTerminal(t, s.ssh(lan, "-l", s.account, "-o", "SetEnv=TIENDO_LANG=en", "-tt", "-e", "none"), lan.id)
		}, func() string {
			log, _ := os.ReadFile(s.logFile)
			return string(log)
		})
	})
	t.Run("serve", func(t *testing.T) {
		s := serve(t, "", lan, minh)
		settle(t, s.office, func() *terminal { return s.open(lan) }, func() string {
			return s.log.await(`"event":"end"`)
		})
	})
}

// On the screen, too, staff change what is their unit's and nothing else; the screen says why.
func TestOpenSSHOnlyTheirOwn(t *testing.T) {
	s := openSSH(t, lan, minh, xem)
	before := s.state()
	english := func(p person) *terminal {
		return onTerminal(t, s.ssh(p, "-l", s.account, "-o", "SetEnv=TIENDO_LANG=en", "-t", "--", ""), p.id)
	}
	staff := english(minh)
	staff.await("What you have to do · Thanh tra Sở")
	staff.press("V")
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
