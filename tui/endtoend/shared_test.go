//go:build unix

package endtoend

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// account is somebody of a machine that several people share.
type account struct {
	t     *testing.T
	id    uint32
	home  string
	umask string
}

// Accounts and groups that no machine has.
const (
	firstAccount, secondAccount = 54_001, 54_002
	sharedGroup, otherGroup     = 54_100, 54_200
)

// newAccount makes a home for somebody.
func newAccount(t *testing.T, name string, id uint32) *account {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("only root can work as two users")
	}
	u := &account{t: t, id: id, home: openFolder(t), umask: "022"}
	settings := fmt.Sprintf("[user]\n\tname = %s\n\temail = %s@example.org\n[safe]\n\tdirectory = *\n", name, name)
	if err := errors.Join(os.WriteFile(filepath.Join(u.home, ".gitconfig"), []byte(settings), 0o644), os.Chown(u.home, int(id), -1)); err != nil {
		t.Fatal(err)
	}
	return u
}

// openFolder makes a folder that everybody may enter.
func openFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, way := range []string{dir, filepath.Dir(dir), workshop} {
		if err := os.Chmod(way, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// try runs a program in a folder, as this user in a group.
func (u *account) try(group uint32, dir, program string, args ...string) (string, error) {
	u.t.Helper()
	command := exec.CommandContext(u.t.Context(), "sh", append([]string{"-c", `umask ` + u.umask + `; exec "$0" "$@"`, program}, args...)...)
	command.Dir = dir
	command.Env = environment(u.home, "GIT_CONFIG_GLOBAL="+filepath.Join(u.home, ".gitconfig"))
	command.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: u.id, Gid: group}}
	out, err := command.CombinedOutput()
	return string(out), err
}

func (u *account) run(group uint32, dir, program string, args ...string) string {
	u.t.Helper()
	out, err := u.try(group, dir, program, args...)
	if err != nil {
		u.t.Errorf("%s %s: %v\n%s", filepath.Base(program), strings.Join(args, " "), err, out)
	}
	return out
}

// chmod gives rights to everything in a folder.
func chmod(t *testing.T, dir string, rights func(fs.FileMode) fs.FileMode) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		return os.Chmod(path, rights(info.Mode()))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Where git keeps a repository for a group, whoever works in it first shuts nobody out: neither by the folder of ours
// in the git directory, nor by what is left in it, whatever the umask.
func TestSharedRepository(t *testing.T) {
	lan, minh := newAccount(t, "lan", firstAccount), newAccount(t, "minh", secondAccount)
	program := tiendo(t)
	for name, test := range map[string]struct {
		umask string
		late  bool // shared only after one of them has worked in it
	}{
		"with a closed umask": {"077", false}, "later": {"022", true},
	} {
		t.Run(name, func(t *testing.T) {
			lan, minh := *lan, *minh
			lan.t, minh.t, lan.umask, minh.umask = t, t, test.umask, test.umask
			dir := filepath.Join(openFolder(t), "plan")
			ticks := 0
			tick := func(u *account, status string) {
				t.Helper()
				ticks++
				out := u.run(sharedGroup, dir, program, "tick", "thanh-tra", "treo-bang-ron", "--status", status, "--note", strconv.Itoa(ticks))
				if !strings.Contains(out, "saved ") {
					t.Error(out)
				}
			}
			if err := errors.Join(os.Mkdir(dir, 0o755), os.Chown(dir, firstAccount, sharedGroup)); err != nil {
				t.Fatal(err)
			}
			lan.run(sharedGroup, dir, program, "init", ".")
			if test.late {
				tick(&lan, "doing")
			}
			lan.run(sharedGroup, dir, "git", "config", "core.sharedRepository", "group")
			chmod(t, dir, func(mode fs.FileMode) fs.FileMode {
				if mode.IsDir() {
					return mode | 0o070 | fs.ModeSetgid
				}
				return mode | 0o060
			})
			if test.late { // as tiendo left it
				chmod(t, filepath.Join(dir, ".git", "tiendo"), func(mode fs.FileMode) fs.FileMode { return mode &^ 0o077 })
			}
			tick(&lan, "doing")
			tick(&minh, "done")
			for _, u := range []*account{&minh, &lan, &minh} {
				paper := filepath.Join(u.home, filepath.Base(t.Name())+".md")
				if out := u.run(sharedGroup, dir, program, "export", "-o", paper); strings.Contains(out, "could not be remembered") {
					t.Error(out)
				}
			}
			tick(&lan, "doing")
			minh.run(sharedGroup, dir, program, "use", "thanh-tra", "m01", "--channel", "website")
			if out, _ := minh.try(sharedGroup, dir, program, "doctor"); strings.Contains(out, "no right") || strings.Contains(out, "you may not") {
				t.Error(out)
			}
			closed := filepath.Join(dir, ".git", "tiendo", "notes", "000000099.json")
			if err := os.WriteFile(closed, []byte("{}"), 0o600); err != nil {
				t.Fatal(err)
			}
			out := minh.run(sharedGroup, dir, program, "tick", "thanh-tra", "treo-bang-ron", "--note", "closed")
			if _, err := os.Stat(closed); err != nil || !strings.Contains(out, "may be read by its owner only") {
				t.Errorf("another one's note of a commit to come: %v\n%s", err, out)
			}
			if left := minh.run(sharedGroup, dir, "git", "status", "--porcelain"); left != "" {
				t.Error(left)
			}
			if _, err := minh.try(otherGroup, dir, "cat", ".git/tiendo/lock"); err == nil {
				t.Error("who is not of the group looks into the folder")
			}
		})
	}
}

// Who may only read a repository writes papers elsewhere all the same, and is told in words what is not possible.
func TestReadOnlyRepository(t *testing.T) {
	lan, minh := newAccount(t, "lan", firstAccount), newAccount(t, "minh", secondAccount)
	program, dir := tiendo(t), filepath.Join(openFolder(t), "plan")
	if err := errors.Join(os.Mkdir(dir, 0o755), os.Chown(dir, firstAccount, sharedGroup)); err != nil {
		t.Fatal(err)
	}
	lan.run(sharedGroup, dir, program, "init", ".")
	lan.run(sharedGroup, dir, program, "tick", "thanh-tra", "treo-bang-ron", "--status", "doing")
	paper := filepath.Join(minh.home, "x.md")
	out := minh.run(otherGroup, dir, program, "export", "-o", paper)
	const forgotten = "warning: the export could not be remembered, so that the next one will ask for --force: permission denied: "
	if content, err := os.ReadFile(paper); err != nil || len(content) == 0 || !strings.Contains(out, forgotten) {
		t.Errorf("%v, %d bytes: %s", err, len(content), out)
	}
	if out, err := minh.try(otherGroup, dir, program, "export", "-o", paper); err == nil || !strings.Contains(out, "--force") {
		t.Errorf("again: %v %s", err, out)
	}
	minh.run(otherGroup, dir, program, "export", "-o", paper, "--force")
	minh.run(otherGroup, dir, program, "remind", "--days", "0", "--today", "2019-11-16", "--letters", filepath.Join(minh.home, "letters"))
	if out, err := minh.try(otherGroup, dir, program, "review", "HEAD"); err == nil || !strings.HasPrefix(out, "tiendo: git cannot make a folder of its own") || !strings.Contains(out, "hint: ") {
		t.Errorf("review: %v %s", err, out)
	}
	if out, err := minh.try(otherGroup, dir, program, "tick", "thanh-tra", "treo-bang-ron", "--status", "done"); err == nil || !strings.Contains(out, "permission denied") {
		t.Errorf("tick: %v %s", err, out)
	}
	if out, _ := minh.try(otherGroup, dir, program, "doctor"); !strings.Contains(out, "you may not write to ") {
		t.Error(out)
	}
}
