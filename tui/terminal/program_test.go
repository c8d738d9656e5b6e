//go:build unix

package terminal_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/creack/pty"

	"example.org/tiendo/tui/terminal"
)

const (
	childVariable  = "TERMINAL_TEST_CHILD"
	resultVariable = "TERMINAL_TEST_RESULT"
	limit          = 20 * time.Second // generous for a busy machine; nothing waits for it
)

// TestMain makes this binary a Bubble Tea program too, for the tests that need a whole one on a terminal.
func TestMain(m *testing.M) {
	var err error
	switch os.Getenv(childVariable) {
	case "":
		os.Exit(m.Run())
	case "stop":
		err = hangUpAfterStop()
	default:
		err = runProgram()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// seen is what the program was told.
type seen struct {
	Text          string
	Keys          []string // what is no text
	Width, Height int
	HungUp        bool
	Ignores       bool // hang-ups
}

type hangup struct{}

// program notes what it is told until q is pressed.
type program struct {
	seen   seen
	output *terminal.Output
}

func (p *program) Init() tea.Cmd { return nil }

func (p *program) View() string {
	return fmt.Sprintf("width %d keys %d", p.seen.Width, len(p.seen.Keys))
}

func (p *program) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.seen.Width, p.seen.Height = msg.Width, msg.Height
	case hangup:
		p.seen.HungUp = true
		return p, tea.Quit
	case tea.MouseMsg:
		p.seen.Keys = append(p.seen.Keys, "mouse "+msg.String())
	case tea.KeyMsg:
		switch {
		case msg.String() == "ctrl+q":
			return p, tea.Quit
		case msg.String() == "ctrl+y":
			if err := terminal.CopyTo(p.output, "Sở", os.Getenv); err != nil {
				panic(err)
			}
		case msg.Type == tea.KeyRunes && !msg.Alt:
			p.seen.Text += string(msg.Runes)
		default:
			p.seen.Keys = append(p.seen.Keys, msg.String())
		}
	}
	return p, nil
}

func runProgram() error {
	output := terminal.NewOutput(os.Stdout)
	p := &program{output: output}
	t := tea.NewProgram(p, tea.WithInput(terminal.NewTTY(os.Stdin)), tea.WithOutput(output))
	stop := terminal.OnHangup(func() { t.Send(hangup{}) })
	defer stop()
	p.seen.Ignores = signal.Ignored(syscall.SIGHUP)
	renderer := terminal.NewRenderer(os.Stdout, terminal.Profile(os.Getenv, true, ""))
	if !renderer.HasDarkBackground() {
		return errors.New("the renderer thinks the background light")
	}
	if !terminal.Interactive(os.Stdin, os.Stdout, os.Getenv) {
		return errors.New("not interactive")
	}
	if _, err := t.Run(); err != nil && !p.seen.HungUp {
		return err
	}
	result, err := json.Marshal(p.seen)
	if err != nil {
		return err
	}
	return os.WriteFile(os.Getenv(resultVariable), result, 0o600)
}

// session is a program running on a terminal.
type session struct {
	t        *testing.T
	cmd      *exec.Cmd
	keyboard *os.File
	result   string
	output   string
	arrived  chan string
}

// start runs the program, by way of another command if one is given.
func start(t *testing.T, by ...string) *session {
	t.Helper()
	command := append(by, os.Args[0])
	s := &session{t: t, cmd: exec.Command(command[0], command[1:]...), result: filepath.Join(t.TempDir(), "seen.json"), arrived: make(chan string)}
	s.cmd.Env = []string{childVariable + "=1", resultVariable + "=" + s.result, "TERM=xterm-256color", "GOCOVERDIR=" + t.TempDir()}
	keyboard, err := pty.StartWithSize(s.cmd, &pty.Winsize{Cols: 97, Rows: 31})
	if err != nil {
		t.Fatal(err)
	}
	s.keyboard = keyboard
	stuck := time.AfterFunc(limit, func() { s.cmd.Process.Kill() })
	t.Cleanup(func() { stuck.Stop(); keyboard.Close() })
	go func() {
		defer close(s.arrived)
		for p := make([]byte, 4096); ; {
			n, err := keyboard.Read(p)
			if err != nil {
				return
			}
			s.arrived <- string(p[:n])
		}
	}()
	return s
}

// waitFor reads what the program writes until it has written text.
func (s *session) waitFor(text string) {
	s.t.Helper()
	for !strings.Contains(s.output, text) {
		more, ok := <-s.arrived
		if !ok {
			s.t.Fatalf("the program ended before it wrote %q; it wrote %q", text, s.output)
		}
		s.output += more
	}
}

func (s *session) press(keys string) {
	s.t.Helper()
	if _, err := s.keyboard.WriteString(keys); err != nil {
		s.t.Fatal(err)
	}
}

// end waits for the program and returns what it was told.
func (s *session) end() (got seen) {
	s.t.Helper()
	for more := range s.arrived {
		s.output += more
	}
	if err := s.cmd.Wait(); err != nil {
		s.t.Fatalf("%v; it wrote %q", err, s.output)
	}
	result, err := os.ReadFile(s.result)
	if err != nil {
		s.t.Fatal(err)
	}
	if err := json.Unmarshal(result, &got); err != nil {
		s.t.Fatal(err)
	}
	return got
}

const ctrlQ, ctrlY = "\x11", "\x19"

func TestProgramOnATerminal(t *testing.T) {
	s := start(t)
	s.waitFor("width 97")
	want := strings.Repeat("Chấm dứt bạo lực đối với phụ nữ và trẻ em. ", 20)
	for i := range len(want) {
		s.press(want[i : i+1])
	}
	s.press("\x1b[A\x1b[<0;3;4M\x1bOB\x1b[")
	s.press("1;5C" + ctrlY + "\x1b[15~")
	s.waitFor("\x1b]52;c;U+G7nw==\a")
	s.press(ctrlQ)
	got := s.end()
	if spaced := strings.ReplaceAll(want, " ", ""); strings.ReplaceAll(got.Text, " ", "") != spaced {
		t.Errorf("arrived as %q, want %q", got.Text, spaced)
	}
	var keys []string
	for _, k := range got.Keys {
		if k != " " {
			keys = append(keys, k)
		}
	}
	if want := "up, mouse left press, down, ctrl+right, f5"; strings.Join(keys, ", ") != want {
		t.Errorf("keys %q, want %q", keys, want)
	}
	if got.Width != 97 || got.Height != 31 {
		t.Errorf("window %d×%d, want 97×31", got.Width, got.Height)
	}
	for _, question := range []string{"\x1b]11", "\x1b]10", "\x1b[6n", "\x1b[c", "\x1b[>"} {
		if strings.Contains(s.output, question) {
			t.Errorf("the program asked %q: %q", question, s.output)
		}
	}
}

func TestProgramEscAlone(t *testing.T) {
	s := start(t)
	s.waitFor("keys 0")
	s.press("\x1b")
	s.waitFor("keys 1") // and no key after it
	s.press(ctrlQ)
	if got := s.end(); strings.Join(got.Keys, ",") != "esc" {
		t.Errorf("keys %q, want esc", got.Keys)
	}
}

func TestProgramHangsUp(t *testing.T) {
	s := start(t)
	s.waitFor("width 97")
	if err := s.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	if got := s.end(); !got.HungUp {
		t.Error("the program was not told")
	}
}

func TestProgramUnderNohup(t *testing.T) {
	s := start(t, "/bin/sh", "-c", `trap "" HUP; exec "$0"`)
	s.waitFor("width 97")
	if err := s.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	s.press(ctrlQ)
	if got := s.end(); got.HungUp || !got.Ignores {
		t.Errorf("told of the hang-up: %v, ignores it: %v; want false, true", got.HungUp, got.Ignores)
	}
}
