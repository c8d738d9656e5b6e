package machine

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// git is a program that calls itself git and does nothing in a folder until the test ends.
func git(t *testing.T, folder string, environment []string, arguments ...string) *exec.Cmd {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("only Linux shows its processes")
	}
	sleep, err := exec.LookPath("tail")
	if err != nil {
		t.Skip("tail is missing")
	}
	content, err := os.ReadFile(sleep)
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "git")
	if err := os.WriteFile(program, content, 0o700); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(program, append([]string{"-f", os.DevNull}, arguments...)...)
	command.Args[0] = "git"
	command.Dir, command.Env = folder, append(os.Environ(), environment...)
	Apart(command)
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	})
	return command
}

// A git is found where it works, by its folder or by what it was told, and nowhere else.
func TestGits(t *testing.T) {
	here, elsewhere := t.TempDir(), t.TempDir()
	repository := filepath.Join(here, ".git")
	if err := os.Mkdir(repository, 0o700); err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		folder      string
		environment []string
		arguments   []string
		found       bool
	}{
		"in the folder":        {folder: here, found: true},
		"below the folder":     {folder: repository, found: true},
		"elsewhere":            {folder: elsewhere},
		"by its environment":   {folder: elsewhere, environment: []string{"GIT_DIR=" + repository}, found: true},
		"by another directory": {folder: elsewhere, environment: []string{"GIT_DIR=" + elsewhere}},
		"by its command line":  {folder: elsewhere, arguments: []string{"--", "--git-dir=" + repository}, found: true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			running := git(t, test.folder, test.environment, test.arguments...)
			is := func(process Process) bool { return process.ID == running.Process.Pid }
			// Until the new program is loaded the process is called as this one.
			deadline := time.Now().Add(20 * time.Second)
			for !calledGit(running.Process.Pid) && time.Now().Before(deadline) {
				runtime.Gosched()
			}
			gits, known := Gits([]string{here})
			if found := slices.ContainsFunc(gits, is); !known || found != test.found {
				t.Errorf("found: %v, want %v (known: %v)", found, test.found, known)
			}
		})
	}
}

func calledGit(process int) bool {
	content, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(process), "comm"))
	return err == nil && strings.HasPrefix(string(content), "git")
}

// A process is known by when it was started as long as it lives.
func TestStarted(t *testing.T) {
	running := git(t, t.TempDir(), nil)
	id := running.Process.Pid
	started := Started(id)
	if started == "" || Started(id) != started || Started(os.Getpid()) == "" {
		t.Error("a process that is running is not known")
	}
	if err := running.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = running.Wait() // it was killed
	if Started(id) != "" {
		t.Error("a process that has ended is known")
	}
}

// The machine was started before now.
func TestBooted(t *testing.T) {
	if at, known := Booted(); known && at.After(time.Now()) {
		t.Errorf("the machine was started at %v", at)
	}
}
