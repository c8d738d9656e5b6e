//go:build unix

package quiet_test

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	_ "github.com/charmbracelet/bubbletea" // asks in its init
	"github.com/charmbracelet/lipgloss"
	"github.com/creack/pty"

	_ "example.org/tiendo/tui/terminal/quiet"
)

const (
	childVariable = "QUIET_TEST_CHILD"
	started       = "started"
	limit         = 20 * time.Second // generous for a busy machine; nothing waits for it
)

// TestMain makes this binary, which links Bubble Tea, the program under test too: when it gets here, every
// init function has run.
func TestMain(m *testing.M) {
	switch os.Getenv(childVariable) {
	case "start":
		fmt.Println(started)
	case "ask":
		fmt.Println(started, lipgloss.NewRenderer(os.Stdout).HasDarkBackground())
	default:
		os.Exit(m.Run())
	}
}

func TestStartAsksTheTerminalNothing(t *testing.T) {
	if got := run(t, "start", nil); strings.TrimSpace(got) != started {
		t.Errorf("the program wrote %q, want only %q", got, started)
	}
}

// The same program in the same place does ask when it may: so the other test can fail.
func TestHereAProgramCouldAsk(t *testing.T) {
	const question = "\x1b[6n"
	got := run(t, "ask", func(terminal *os.File, output string) {
		if strings.HasSuffix(output, question) {
			terminal.WriteString("\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[1;1R")
		}
	})
	if !strings.Contains(got, "\x1b]11;?") || !strings.Contains(got, question) || !strings.Contains(got, started+" false") {
		t.Errorf("the program wrote %q, want a question and the answer understood", got)
	}
}

// run starts this binary on a terminal that answers nothing but what onOutput writes to it, and returns all
// that it wrote.
func run(t *testing.T, child string, onOutput func(terminal *os.File, output string)) string {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = []string{childVariable + "=" + child, "TERM=xterm-256color", "GOCOVERDIR=" + t.TempDir()} // without CI, under which termenv asks nothing
	terminal, err := pty.Start(cmd)
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	stuck := time.AfterFunc(limit, func() { cmd.Process.Kill() })
	defer stuck.Stop()
	output := ""
	for p := make([]byte, 4096); ; {
		n, err := terminal.Read(p)
		output += string(p[:n])
		if err != nil { // the program has ended
			break
		}
		if onOutput != nil {
			onOutput(terminal, output)
		}
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("%v; it wrote %q", err, output)
	}
	return output
}
