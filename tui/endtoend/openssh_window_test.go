package endtoend

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A client names whatever size it likes for its terminal, and OpenSSH passes it on. The process that serves it
// stays small, answers, and is gone when its client is.
func TestOpenSSHWindow(t *testing.T) {
	s := openSSH(t, minh)
	const most = 65535 // cells: what a terminal of the system can hold
	for _, size := range []int{0, most} {
		screen, visitor := s.openWatched(minh, size, size)
		visitor.awaits(screen, help)
		visitor.outlived(screen)
	}
	screen, visitor := s.openWatched(minh, 80, 24)
	visitor.awaits(screen, help)
	for i := range 400 { // a storm of sizes
		width, height := 1+i*37%500, 1+i*11%250
		if i%20 == 0 {
			width, height = most, most
		}
		if err := screen.session.WindowChange(height, width); err != nil {
			t.Fatal(err)
		}
	}
	if err := screen.session.WindowChange(24, 80); err != nil {
		t.Fatal(err)
	}
	screen.press("\x1a") // ctrl+z: nobody could bring a stopped one back
	screen.press("2")
	visitor.awaits(screen, "[2 Messages]")
	if state := visitor.status("State"); strings.HasPrefix(state, "T") {
		t.Errorf("the process was stopped: %s", state)
	}
	screen.press("q")
	if err := screen.session.Wait(); err != nil {
		t.Errorf("it was left with q: %v", err)
	}
	visitor.gone()
	t.Logf("peak memory of a process that was told every size: %s", visitor.peak)
}

// visitor is the process that serves one session of OpenSSH's.
type visitor struct {
	t       testing.TB
	process int
	peak    string // memory
}

// openWatched opens a dashboard through OpenSSH's server on a terminal of any size.
func (s *sshd) openWatched(p person, width, height int) (*screen, *visitor) {
	s.t.Helper()
	if _, err := os.Stat("/proc/self/status"); err != nil {
		s.t.Skip("memory is read from Linux's /proc")
	}
	before := s.visitors()
	screen := s.dialAs(p, s.account).openSized(width, height)
	deadline := time.After(limit)
	for {
		for _, process := range s.visitors() {
			if !slices.Contains(before, process) {
				return screen, &visitor{t: s.t, process: process}
			}
		}
		select {
		case <-time.After(time.Millisecond):
		case <-deadline:
			s.t.Fatalf("no process came: %q", screen.text())
		}
	}
}

// visitors are the processes that serve sessions on this repository.
func (s *sshd) visitors() []int {
	var found []int
	lines, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, path := range lines {
		content, _ := os.ReadFile(path) // some end meanwhile
		words := strings.Split(string(content), "\x00")
		if len(words) > 3 && filepath.Base(words[0]) == "tiendo" && words[1] == "ssh-session" && slices.Contains(words, s.data()) {
			process, _ := strconv.Atoi(filepath.Base(filepath.Dir(path)))
			found = append(found, process)
		}
	}
	return found
}

// status is a line of what the system says about the process; "" when it has ended.
func (v *visitor) status(name string) string {
	content, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", v.process))
	_, after, _ := strings.Cut(string(content), "\n"+name+":")
	line, _, _ := strings.Cut(after, "\n")
	return strings.TrimSpace(line)
}

// small fails as soon as the process has taken more than any screen can need, and ends it: it may be on its way
// to take all that the machine has.
func (v *visitor) small() {
	v.t.Helper()
	const most = 128 << 10 // KiB
	var peak int
	if said := v.status("VmHWM"); said != "" { // when it has ended nothing is said
		v.peak = said
	}
	_, _ = fmt.Sscan(v.peak, &peak)
	if peak > most {
		_ = syscall.Kill(v.process, syscall.SIGKILL)
		v.t.Fatalf("the process took %d MiB", peak>>10)
	}
}

// awaits waits for a text while the process stays small.
func (v *visitor) awaits(s *screen, text string) {
	v.t.Helper()
	v.until(func() bool { return strings.Contains(s.text(), text) }, func() string { return fmt.Sprintf("no %q came: %.2000q", text, s.text()) })
}

// outlived closes the client's connection and wants the process to end.
func (v *visitor) outlived(s *screen) {
	v.t.Helper()
	if err := s.client.Close(); err != nil {
		v.t.Fatal(err)
	}
	v.gone()
}

func (v *visitor) gone() {
	v.t.Helper()
	v.until(func() bool { state := v.status("State"); return state == "" || state[0] == 'Z' }, func() string {
		_ = syscall.Kill(v.process, syscall.SIGKILL)
		return "the process goes on without its client"
	})
}

func (v *visitor) until(fits func() bool, otherwise func() string) {
	v.t.Helper()
	deadline := time.After(limit)
	for !fits() {
		v.small()
		select {
		case <-time.After(5 * time.Millisecond):
		case <-deadline:
			v.t.Fatal(otherwise())
		}
	}
	v.small()
}
