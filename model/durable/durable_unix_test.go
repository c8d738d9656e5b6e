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
