package endtoend

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/tiendo/tui/terminal/terminaltest"
)

// limit is generous for a busy machine; nothing waits for it where all is well. As long as something comes, a machine
// may be busier still.
const limit, longest = 30 * time.Second, 5 * time.Minute

// workshop is a folder for what is made once for all tests.
var workshop string

func TestMain(m *testing.M) {
	if code, is := startedToInject(); is {
		os.Exit(code)
	}
	os.Exit(testAll(m))
}

func testAll(m *testing.M) int {
	var err error
	if workshop, err = os.MkdirTemp("", "tiendo-endtoend-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(workshop)
	return m.Run()
}

var build = sync.OnceValue(func() error {
	command := exec.Command("go", "build", "-o", filepath.Join(workshop, "tiendo"), "example.org/tiendo")
	command.Env = append(os.Environ(), "CGO_ENABLED=0") // as README.md says
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
})

// tiendo is the path of the built program.
func tiendo(t testing.TB) string {
	t.Helper()
	if err := build(); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(workshop, "tiendo")
}

// needs finds a program. A test without it is skipped, and fails where every program must be there.
func needs(t testing.TB, program, debian string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil { // not everybody's PATH holds it
		path, err = exec.LookPath(filepath.Join("/usr/sbin", program))
	}
	switch {
	case err == nil:
		return path
	case os.Getenv("CI") != "":
		t.Fatalf("%s is missing", program)
	default:
		t.Skipf("%s is missing: apt install %s", program, debian)
	}
	return ""
}

// environment is that of a person on a machine of their own: nothing of whoever runs the tests.
func environment(home string, more ...string) []string {
	config, err := filepath.Abs(filepath.Join("..", "cli", "testdata", "gitconfig"))
	if err != nil {
		panic(err)
	}
	return append([]string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + home, "LANG=C.UTF-8", "TERM=xterm-256color", "TIENDO_LANG=en",
		"GIT_CONFIG_GLOBAL=" + config, "GIT_CONFIG_NOSYSTEM=1",
	}, more...)
}

// office is a git repository with the real plan and some people on the roster, and their home.
type office struct {
	t         testing.TB
	dir, home string
}

// newOffice makes a repository as `tiendo init` does, and puts these tables at the end of its roster.
func newOffice(t testing.TB, roster string) *office {
	t.Helper()
	needs(t, "git", "git")
	o := &office{t: t, dir: filepath.Join(t.TempDir(), "plan"), home: t.TempDir()}
	o.run(tiendo(t), "init", o.dir)
	path := filepath.Join(o.data(), "units.toml")
	content, err := os.ReadFile(path)
	if err == nil {
		err = os.WriteFile(path, append(content, roster...), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	o.git("commit", "--quiet", "--all", "--message=roster")
	return o
}

// data is the folder with plan.toml.
func (o *office) data() string { return filepath.Join(o.dir, "data") }

// run runs a program in the repository and gives what it wrote.
func (o *office) run(program string, args ...string) string {
	o.t.Helper()
	out, err := o.try(program, args...)
	if err != nil {
		o.t.Fatalf("%s %s: %v\n%s", filepath.Base(program), strings.Join(args, " "), err, out)
	}
	return out
}

// try is run for what may fail.
func (o *office) try(program string, args ...string) (string, error) {
	o.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	command := exec.CommandContext(ctx, program, args...)
	if _, err := os.Stat(o.dir); err == nil {
		command.Dir = o.dir
	}
	command.Env = environment(o.home)
	out, err := command.CombinedOutput()
	return string(out), errors.Join(err, ctx.Err())
}

// git runs git as the owner of the repository.
func (o *office) git(args ...string) string {
	o.t.Helper()
	return o.run("git", append([]string{"-c", "user.name=Owner", "-c", "user.email=owner@example.org"}, args...)...)
}

// commits counts the commits since the roster was written.
func (o *office) commits() int {
	o.t.Helper()
	since, _, _ := strings.Cut("\n"+o.git("log", "--format=%s"), "\nroster\n")
	return strings.Count(since, "\n")
}

// clean wants a work tree without changes and a git folder without notes and temporary files of ours.
func (o *office) clean() {
	o.t.Helper()
	if status := o.git("status", "--porcelain"); status != "" {
		o.t.Errorf("left over:\n%s", status)
	}
	for _, pattern := range []string{".tiendo-*", filepath.Join("notes", "*")} {
		left, _ := filepath.Glob(filepath.Join(o.dir, ".git", "tiendo", pattern))
		left = slices.DeleteFunc(left, func(path string) bool { return filepath.Ext(path) == ".new" }) // goes once it is an hour old
		if len(left) > 0 {
			o.t.Errorf("left over: %v", left)
		}
	}
	o.git("fsck", "--strict")
}

// transcript is what a program has written so far.
type transcript struct {
	t     testing.TB
	name  string
	mutex sync.Mutex
	seen  bytes.Buffer
	shown *terminaltest.Terminal // what a terminal of 80×24 shows of it
	more  chan struct{}
}

func newTranscript(t testing.TB, name string) *transcript {
	return &transcript{t: t, name: name, shown: terminaltest.New(80, 24), more: make(chan struct{}, 1)}
}

// Write takes more.
func (s *transcript) Write(p []byte) (int, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	defer func() {
		select {
		case s.more <- struct{}{}:
		default:
		}
	}()
	_, _ = s.shown.Write(p)
	return s.seen.Write(p)
}

func (s *transcript) text() string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.seen.String()
}

// await waits until a text has come or is shown, and gives all that came.
func (s *transcript) await(text string) string {
	s.t.Helper()
	return s.awaitAll(func(seen string) bool {
		return strings.Contains(seen, text) || strings.Contains(s.shown.String(), text)
	}, text)
}

// awaitAll waits until what came fits.
func (s *transcript) awaitAll(fits func(seen string) bool, what string) string {
	s.t.Helper()
	silent, over := time.NewTimer(limit), time.After(longest)
	defer silent.Stop()
	for {
		seen := s.text()
		if fits(seen) {
			return seen
		}
		select {
		case <-s.more:
			silent.Reset(limit)
			continue
		case <-silent.C:
		case <-over:
		}
		s.t.Fatalf("%s: no %q came:\n%q", s.name, what, seen)
	}
}

// awaitShown waits until what a terminal shows fits.
func (s *transcript) awaitShown(fits func(shown string) bool, what string) {
	s.t.Helper()
	s.awaitAll(func(string) bool {
		s.mutex.Lock()
		shown := s.shown.String()
		s.mutex.Unlock()
		return fits(shown)
	}, what)
}

var _ io.Writer = (*transcript)(nil)
