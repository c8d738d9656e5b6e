//go:build unix

package durable

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// A name that is not known to be on the disk is said, and why.
func TestUnconfirmed(t *testing.T) {
	err := confirm(filepath.Join(t.TempDir(), "none", "file"))
	if _, is := errors.AsType[*Unconfirmed](err); !is || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the error is %v", err)
	}
}

func TestOwner(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give a file to somebody else")
	}
	const account = 12345
	dir := t.TempDir()
	if err := os.Chown(dir, account, account); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "file")
	if err := Replace(path, []byte("new"), Options{Owner: dir, Mode: 0o600}); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if owner := info.Sys().(*syscall.Stat_t).Uid; owner != account || info.Mode() != 0o600 {
		t.Errorf("the file belongs to %d with mode %v", owner, info.Mode())
	}
}

// TestOrder looks at what the system is asked: the bytes are on the disk before the name changes, and the name
// before it is said to be done.
func TestOrder(t *testing.T) {
	if path := os.Getenv("DURABLE_TEST_FILE"); path != "" {
		if err := errors.Join(Replace(path, []byte("new"), Options{}), Create(path+"2", []byte("new"), Options{})); err != nil {
			t.Fatal(err)
		}
		return
	}
	if _, err := exec.LookPath("strace"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("strace is missing")
		}
		t.Skip("strace is missing: apt install strace")
	}
	dir := t.TempDir()
	trace := filepath.Join(dir, "trace")
	command := exec.Command("strace", "-f", "-qqq", "-y", "-o", trace, "-e", "trace=fsync,rename,renameat,renameat2,link,linkat",
		os.Args[0], "-test.run=^TestOrder$")
	command.Env = append(os.Environ(), "DURABLE_TEST_FILE="+filepath.Join(dir, "file"))
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	content, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	var steps []string
	for line := range strings.Lines(string(content)) {
		if call := regexp.MustCompile(`\b(fsync|rename|link)\w*\((.*)`).FindStringSubmatch(line); call != nil && strings.Contains(line, dir) {
			what := "folder"
			if strings.Contains(call[2], ".new") {
				what = "file"
			}
			steps = append(steps, call[1]+" "+what)
		}
	}
	want := "fsync file, rename file, fsync folder, fsync file, link file, fsync folder"
	if got := strings.Join(steps, ", "); got != want {
		t.Errorf("the steps are %s\nwant %s", got, want)
	}
}

// A folder of tiendo's own is open to whoever may write to the folder around it, whatever the umask, and to nobody else.
func TestMakeFolder(t *testing.T) {
	for name, test := range map[string]struct{ around, before, want, file fs.FileMode }{
		"for one person":        {around: 0o755, want: 0o700, file: 0o600},
		"for a group":           {around: 0o775 | fs.ModeSetgid, want: 0o770 | fs.ModeSetgid, file: 0o660},
		"for a closed group":    {around: 0o770, want: 0o770, file: 0o660},
		"for everybody":         {around: 0o777, want: 0o777, file: 0o666},
		"one that was closed":   {around: 0o775 | fs.ModeSetgid, before: 0o700, want: 0o770 | fs.ModeSetgid, file: 0o660},
		"one that stays closed": {around: 0o755, before: 0o700, want: 0o700, file: 0o600},
		"one that stays open":   {around: 0o755, before: 0o750, want: 0o750, file: 0o600},
	} {
		t.Run(name, func(t *testing.T) {
			around := filepath.Join(t.TempDir(), "git")
			dir := filepath.Join(around, "tiendo")
			err := errors.Join(os.Mkdir(around, 0o755), os.Chmod(around, test.around))
			if test.before != 0 {
				err = errors.Join(err, os.Mkdir(dir, 0o755), os.Chmod(dir, test.before))
			}
			below := filepath.Join(dir, "notes", "old")
			file := filepath.Join(below, "file")
			err = errors.Join(err, MakeFolder(dir, Own), MakeFolder(below, Own))
			if err != nil {
				t.Fatal(err)
			}
			written, err := Overwrite(file, nil)
			if err = errors.Join(err, written.Close()); err != nil {
				t.Fatal(err)
			}
			for path, want := range map[string]fs.FileMode{around: test.around, dir: test.want, file: test.file} {
				info, err := os.Stat(path)
				if err != nil || info.Mode()&^fs.ModeDir != want {
					t.Errorf("%s has %v, %v; want %v", path, info.Mode(), err, want)
				}
			}
		})
	}
	dir := t.TempDir()
	if err := errors.Join(os.Chmod(dir, 0o755), os.Mkdir(filepath.Join(dir, "data"), 0o755), os.Chmod(dir, 0o777)); err != nil {
		t.Fatal(err)
	}
	if err := MakeFolder(filepath.Join(dir, "data"), Data); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(filepath.Join(dir, "data")); err != nil || info.Mode().Perm() != 0o755 {
		t.Errorf("a folder of people became %v, %v", info.Mode(), err)
	}
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := MakeFolder(filepath.Join(dir, "file"), Own); !errors.Is(err, syscall.ENOTDIR) {
		t.Errorf("a file: %v", err)
	}
}
