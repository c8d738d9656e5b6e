package endtoend

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"example.org/tiendo/model/phrase"
)

// Two clones exchange over SSH with a repository on another machine, as the program is used.
func TestSyncOverSSH(t *testing.T) {
	s := newSSHD(t, lan)
	keys := filepath.Join(s.home, "authorized_keys")
	if err := os.WriteFile(keys, ssh.MarshalAuthorizedKey(s.keys[lan.id].PublicKey()), 0o600); err != nil {
		t.Fatal(err)
	}
	s.start("AuthorizedKeysFile " + keys)
	bare := filepath.Join(t.TempDir(), "kho chung.git")
	s.run("git", "init", "--quiet", "--bare", "--initial-branch=main", bare)
	_, port, _ := net.SplitHostPort(s.address)
	client := fmt.Sprintf("ssh -F /dev/null -i '%s' -p %s -o IdentitiesOnly=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR",
		filepath.Join(s.home, lan.id), port)
	s.git("remote", "add", "origin", s.account+"@127.0.0.1:"+bare)
	s.git("config", "core.sshCommand", client)
	s.git("push", "--quiet", "--set-upstream", "origin", "main")
	other := &office{t: t, dir: filepath.Join(t.TempDir(), "khác"), home: s.home}
	s.git("-c", "core.sshCommand="+client, "clone", "--quiet", s.account+"@127.0.0.1:"+bare, other.dir)

	s.run(tiendo(t), "--as", lan.id, "tick", "van-phong", "treo-bang-ron")
	if said := s.run(tiendo(t), "sync"); !strings.Contains(said, "sent 1 change to origin/main") {
		t.Errorf("it says %q", said)
	}
	// Here the environment says how to reach the remote.
	command := exec.Command(tiendo(t), "sync")
	command.Dir, command.Env = other.dir, environment(other.home, "GIT_SSH_COMMAND="+client)
	if out, err := command.CombinedOutput(); err != nil || !strings.Contains(string(out), "received 1 change from origin/main") {
		t.Errorf("%v: %s", err, out)
	}
	// Nobody answers there any more.
	_ = s.process.Process.Kill()
	said, err := s.try(tiendo(t), "sync")
	if err == nil || !strings.Contains(said, "origin cannot be reached") {
		t.Errorf("%v: %q", err, said)
	}
}

// BenchmarkSync exchanges where there is nothing to exchange, beside a fetch and a push, and where one change has come,
// beside a pull and a push. The limits are 1.3 and 1.5 times as long.
func BenchmarkSync(b *testing.B) {
	clones, _ := separate(b, 3)
	an, ours, plain := clones[0], clones[1], clones[2]
	plain.git("config", "maintenance.auto", "true")             // as git does without the settings of the tests
	plain.git("config", "core.fsync", "committed,loose-object") // the same care for the disk
	limits := func(b *testing.B, unit string, before func(), git ...string) {
		b.Helper()
		var sync, command, pure time.Duration
		for round := 0; b.Loop(); round++ {
			before()
			for turn := range 3 { // in turns, so that no one always comes first
				begin := time.Now()
				switch (turn + round) % 3 {
				case 0:
					ours.mustSync()
					sync += time.Since(begin)
				case 1:
					an.run(tiendo(b), "sync")
					command += time.Since(begin)
				case 2:
					plain.git(git...)
					plain.git("push", "--quiet", "origin", "main")
					pure += time.Since(begin)
				}
			}
		}
		b.ReportMetric(float64(sync)/float64(pure), "×"+unit)
		b.ReportMetric(float64(command)/float64(pure), "command×"+unit)
	}
	b.Run("nothing", func(b *testing.B) { limits(b, "fetch+push", func() {}, "fetch", "--quiet", "origin") })
	sender := an.newClone(strings.TrimSpace(an.git("remote", "get-url", "origin")), coordinator("chi", "Chi"))
	sent := 0
	b.Run("incoming", func(b *testing.B) {
		limits(b, "pull+push", func() {
			sent++
			sender.must("van-phong", "treo-bang-ron", note(fmt.Sprintf("lần %d", sent)))
			sender.mustSync()
		}, "pull", "--quiet", "--no-rebase", "origin", "main")
	})
}

// An old tiendo as git's merge driver is not trusted, whatever it answers: what it says is
// merged is merged once more, here.
func TestSyncTrustsNoDriver(t *testing.T) {
	_, binh := diverged(t)
	binh.driver = "true %O %A %B %P"
	before := binh.picture()
	result, err := binh.sync()
	var refusal *phrase.Refusal
	if !errors.As(err, &refusal) || !strings.Contains(refusal.What.String(), "in another way than it should") {
		t.Errorf("%+v, %v", result, err)
	}
	if now := binh.picture(); now != before {
		t.Errorf("before\n%s\nafter\n%s", before, now)
	}
}
