//go:build unix

package endtoend

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// roster is two people of an office: one of the staff and the coordinator.
const roster = `
[[person]]
id    = "minh"
name  = "Trần Văn Minh"
unit  = "thanh-tra"
role  = "staff"
email = "minh@example.org"

[[person]]
id    = "lan"
name  = "Nguyễn Thị Lan"
unit  = "van-phong"
role  = "coordinator"
email = "lan@example.org"
`

// tmux is a tmux server of its own with one window.
type tmux struct {
	t      testing.TB
	socket string
	env    []string
}

// inTmux starts a command in a window of tmux. What it runs sees TERM as term.
func inTmux(t testing.TB, dir, home, term string, width, height int, env []string, command string) *tmux {
	t.Helper()
	needs(t, "tmux", "tmux")
	folder, err := os.MkdirTemp("", "tmux-") //nolint:usetesting // the path of a socket has to be short
	if err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(folder, "tmux.conf")
	settings := "set -g default-terminal " + term + "\nset -g remain-on-exit on\nset -s escape-time 0\nset -g history-limit 0\nset -g status off\n"
	if err := os.WriteFile(config, []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	w := &tmux{t: t, socket: filepath.Join(folder, "socket"), env: environment(home, env...)}
	t.Cleanup(func() {
		_, _ = w.try("kill-server") // gone already where the test has ended it
		_ = os.RemoveAll(folder)
	})
	w.run("-f", config, "new-session", "-d", "-x", strconv.Itoa(width), "-y", strconv.Itoa(height), "-c", dir, command)
	return w
}

func (w *tmux) try(args ...string) (string, error) {
	command := exec.Command("tmux", append([]string{"-S", w.socket, "-u"}, args...)...)
	command.Env = w.env
	out, err := command.CombinedOutput()
	return string(out), err
}

func (w *tmux) run(args ...string) string {
	w.t.Helper()
	out, err := w.try(args...)
	if err != nil {
		w.t.Fatalf("tmux %v: %v\n%s", args, err, out)
	}
	return out
}

// press sends keys by their names in tmux; a text is typed as it is.
func (w *tmux) press(keys ...string) {
	w.t.Helper()
	w.run(append([]string{"send-keys", "--"}, keys...)...)
}

func (w *tmux) screen() string {
	w.t.Helper()
	return w.run("capture-pane", "-p")
}

// asks gives what tmux knows of its window.
func (w *tmux) asks(format string) string {
	w.t.Helper()
	return strings.TrimSpace(w.run("display-message", "-p", format))
}

// until waits for something, up to a limit.
func until(t testing.TB, what string, happened func() bool, now func() string) {
	t.Helper()
	deadline := time.After(limit)
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for !happened() {
		select {
		case <-look.C:
		case <-deadline:
			t.Fatalf("waited in vain for %s:\n%s", what, now())
		}
	}
}

// shows waits until all the words stand on the screen.
func (w *tmux) shows(words ...string) string {
	w.t.Helper()
	seen := ""
	until(w.t, fmt.Sprintf("%q", words), func() bool {
		seen = w.screen()
		for _, word := range words {
			if !strings.Contains(seen, word) {
				return false
			}
		}
		return true
	}, func() string { return seen })
	return seen
}

// pid is the process in the window.
func (w *tmux) pid() int {
	w.t.Helper()
	pid, err := strconv.Atoi(w.asks("#{pane_pid}"))
	if err != nil {
		w.t.Fatal(err)
	}
	return pid
}

// gone reports whether a process has ended; one that nobody has waited for yet has ended too.
func gone(pid int) bool {
	if errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
		return true
	}
	stat, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	return err == nil && strings.Contains(string(stat), ") Z ")
}

// becomes makes git in the repository belong to somebody.
func (o *office) becomes(name, email string) {
	o.t.Helper()
	o.git("config", "user.name", name)
	o.git("config", "user.email", email)
}

// A tick from the real program on a copy of the real data: the file, the commit,
// its author, and the terminal afterwards.
func TestTickInTmux(t *testing.T) {
	for _, term := range []string{"screen", "screen-256color", "tmux-256color", "xterm-256color"} {
		for _, language := range []struct{ code, saved, hello string }{
			{"vi", "đã lưu ", "Việc cần làm · Thanh tra Sở"}, {"en", "saved ", "What you have to do · Thanh tra Sở"},
		} {
			t.Run(term+"/"+language.code, func(t *testing.T) {
				t.Parallel()
				o := newOffice(t, roster)
				o.becomes("whoever", "minh@example.org")
				env := []string{"TIENDO_LANG=" + language.code, "TIENDO_TODAY=2019-12-10"}
				w := inTmux(t, o.dir, o.home, term, 80, 24, env, "echo what stood here before; '"+tiendo(t)+"'; echo ended with $?; exec cat")
				w.shows(language.hello, "Minh · Thanh tra Sở · ", "10/12/2019")
				if on := w.asks("#{alternate_on}#{mouse_any_flag}"); on != "11" {
					t.Errorf("alternate screen and mouse are %s", on)
				}
				w.press("Down", "Space")
				seen := w.shows(language.saved, "◐  2")
				hash := strings.TrimSpace(o.git("log", "-1", "--format=%h"))
				if !strings.Contains(seen, language.saved+hash) {
					t.Errorf("the screen does not name the commit %s:\n%s", hash, seen)
				}
				w.press("q")
				w.shows("what stood here before\nended with 0\n")
				if modes := w.asks("#{alternate_on}#{mouse_any_flag}#{cursor_flag}"); modes != "001" {
					t.Errorf("alternate screen, mouse and cursor are left as %s", modes)
				}

				if who := strings.TrimSpace(o.git("log", "-1", "--format=%an <%ae>")); who != "Trần Văn Minh <minh@example.org>" {
					t.Errorf("the author is %s", who)
				}
				o.changedOneTick("data/progress/thanh-tra.toml")
				if o.commits() != 1 {
					t.Errorf("%d commits", o.commits())
				}
				o.clean()
			})
		}
	}
}

// changedOneTick wants the last commit to change one file in at most four lines.
func (o *office) changedOneTick(path string) {
	o.t.Helper()
	diff := o.git("show", "--format=", "--unified=0", "HEAD")
	if names := strings.TrimSpace(o.git("show", "--format=", "--name-only", "HEAD")); names != path {
		o.t.Errorf("the commit changes %s", names)
	}
	changed := 0
	for line := range strings.SplitSeq(diff, "\n") {
		if strings.HasPrefix(line, "+") && !strings.HasPrefix(line, "+++") || strings.HasPrefix(line, "-") && !strings.HasPrefix(line, "---") {
			changed++
		}
	}
	if changed == 0 || changed > 4 {
		o.t.Errorf("%d lines have changed:\n%s", changed, diff)
	}
}

// prefers chooses how the activities are shown at every start.
func (o *office) prefers(view string) {
	o.t.Helper()
	folder := filepath.Join(o.home, ".config", "tiendo")
	err := os.MkdirAll(folder, 0o700)
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, "config.toml"), []byte(fmt.Sprintf("view = %q\n", view)), 0o600)
	}
	if err != nil {
		o.t.Fatal(err)
	}
}

// demo makes a made-up campaign and the window that shows it.
func demo(t testing.TB, language string, width, height int, env ...string) (*office, *tmux) {
	t.Helper()
	needs(t, "git", "git")
	o := &office{t: t, dir: filepath.Join(t.TempDir(), "demo"), home: t.TempDir()}
	o.run(tiendo(t), "demo", o.dir)
	o.run(tiendo(t), "review", "HEAD") // the goldens have no record to be read
	o.prefers("matrix")
	o.becomes("Lan", "lan@elsewhere.example") // who is on no roster, as in the goldens
	env = append([]string{"TIENDO_LANG=" + language, "TIENDO_TODAY=2019-12-10"}, env...)
	return o, inTmux(t, o.dir, o.home, "tmux-256color", width, height, env, tiendo(t))
}

// The program in a terminal shows what the goldens of its views say, to the letter.
func TestTmuxShowsTheGoldens(t *testing.T) {
	for _, language := range []string{"vi", "en"} {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			_, w := demo(t, language, 80, 24, "NO_COLOR=1")
			w.shows("1714/KH-SCT", "3 ") // the first picture may be that of any tab
			for _, screen := range []struct {
				golden string
				keys   []string
			}{
				{"matrix", []string{"4", "3", "j", "l", "l", "l", "l"}},
				{"help", []string{"?"}},
				{"form", []string{"Escape", "h", "h", "h", "e", "Tab"}},
				{"detail", []string{"Escape", "Enter"}},
				{"checklist", []string{"Escape", "v"}},
				{"reports", []string{"4", "g", "j", "j", "j"}},
				{"goals", []string{"1", "j"}},
			} {
				content, err := os.ReadFile(filepath.Join("..", "testdata", "golden", screen.golden+".txt"))
				if err != nil {
					t.Fatal(err)
				}
				_, want, found := strings.Cut(string(content), "=== "+language+" 80×24\n")
				if !found {
					t.Fatalf("%s has no such screen", screen.golden)
				}
				want, _, _ = strings.Cut(want, "=== ")
				for _, key := range screen.keys {
					before := w.screen()
					w.press(key) // each by itself: an arrow behind an escape in one read would be another key
					until(t, "an answer to "+key, func() bool { return w.screen() != before }, w.screen)
				}
				until(t, "the golden "+screen.golden, func() bool { return w.screen() == want }, w.screen)
			}
		})
	}
}

// A window that changes its size is drawn anew, whole, at every size.
func TestResizeInTmux(t *testing.T) {
	_, w := demo(t, "vi", 80, 24)
	w.shows("KẾ HOẠCH 1714/KH-SCT", "? phím")
	for _, size := range []struct {
		width, height int
		words         []string
	}{
		{50, 14, []string{"DỮ LIỆU GIẢ ĐỊNH 1714/KH-SCT", "· 10/12/2019", "1 · Tuyên truyền", "? phím"}},
		{120, 40, []string{" 1 · Tuyên truyền, vận động", "Chi đoàn", "Tất cả: hoàn thành", "? phím"}},
		{39, 9, []string{"39×9: cần 40×10\nDỮ LIỆU GIẢ ĐỊNH"}},
		{80, 24, []string{"KẾ HOẠCH 1714/KH-SCT", "Chi đoàn Thanh niên Sở", "? phím"}},
	} {
		w.run("resize-window", "-x", strconv.Itoa(size.width), "-y", strconv.Itoa(size.height))
		w.shows(size.words...)
		if lines := strings.Count(w.screen(), "\n"); lines != size.height {
			t.Errorf("%d×%d: %d lines", size.width, size.height, lines)
		}
	}
}

// The message is on tmux's clipboard once tmux takes it, and the footer says what it needs.
func TestCopyInTmux(t *testing.T) {
	_, w := demo(t, "en", 120, 40)
	w.run("set", "-s", "set-clipboard", "on")
	w.shows("? keys")
	w.press("2", "y")
	w.shows("copied (tmux takes it with `set -g set-clipboard on` only): Hưởng ứng Tháng hành động")
	const message = "Hưởng ứng Tháng hành động vì bình đẳng giới và phòng chống, bạo lực trên cơ sở giới năm 2019."
	copied := ""
	until(t, "the message in tmux's buffer", func() bool {
		copied, _ = w.try("show-buffer") // there is none at first
		return copied == message
	}, func() string { return copied })
}

// Whatever ends the terminal, a file is as it was before a change or as it is
// after it, and the next start makes the commit that is still to come.
func TestKilledTmuxLeavesWholeFiles(t *testing.T) {
	for presses := range 6 {
		for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGKILL} {
			t.Run(fmt.Sprintf("%v after %d", signal, presses), func(t *testing.T) {
				t.Parallel()
				o, w := demo(t, "en", 80, 24)
				w.shows("? keys")
				w.press("j", "j") // a unit whose record is open, and an activity that it has begun
				pid := w.pid()
				server, err := strconv.Atoi(w.asks("#{pid}"))
				if err != nil {
					t.Fatal(err)
				}
				for range presses {
					w.press("Space")
				}
				if err := syscall.Kill(server, signal); err != nil {
					t.Fatal(err)
				}
				until(t, "the end of the program", func() bool { return gone(pid) }, func() string { return "it runs on" })

				if out, err := o.try(tiendo(t), "check"); err != nil {
					t.Errorf("%v: %s", err, out)
				}
				again := inTmux(t, o.dir, o.home, "screen", 80, 24, []string{"TIENDO_TODAY=2019-12-10"}, tiendo(t))
				again.shows("? keys")
				again.press("j", "j", "Space")
				again.shows("saved ")
				again.press("q")
				until(t, "the end", func() bool { return again.asks("#{pane_dead}") == "1" }, again.screen)
				o.clean()
			})
		}
	}
}
