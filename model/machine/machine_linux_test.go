package machine

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// A git that is at work in a folder is found there, and nowhere else.
func TestGitAtWork(t *testing.T) {
	dir := t.TempDir()
	if out, err := exec.Command("git", "init", "-q", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	inside := filepath.Join(dir, "sub")
	if err := os.Mkdir(inside, 0o700); err != nil {
		t.Fatal(err)
	}
	command := exec.Command("git", "cat-file", "--batch-check")
	command.Dir = inside
	in, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = in.Close()
		_ = command.Wait()
	}()
	if _, err := in.Write([]byte("HEAD\n")); err != nil {
		t.Fatal(err)
	}
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil { // now it is at work
		t.Fatal(err)
	}
	found := func(folder string) bool {
		gits, known := Gits([]string{folder})
		if !known {
			t.Fatal("nothing is known")
		}
		return slices.ContainsFunc(gits, func(p Process) bool { return p.ID == command.Process.Pid && p.Name == "git" })
	}
	if !found(dir) {
		t.Error("the git at work here is not found")
	}
	if found(t.TempDir()) || found(dir+"x") {
		t.Error("a git is found where none is at work")
	}
}

func TestFileSystem(t *testing.T) {
	if kind := FileSystem("/proc"); kind != "" {
		t.Errorf("/proc is %q", kind)
	}
	if kind := FileSystem("/nowhere"); kind != "" {
		t.Errorf("what is not there is %q", kind)
	}
	if _, err := os.Stat("/dev/shm"); err == nil {
		if kind := FileSystem("/dev/shm"); kind != "tmpfs" {
			t.Errorf("/dev/shm is %q", kind)
		}
	}
}
