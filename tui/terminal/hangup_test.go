//go:build unix

package terminal_test

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"

	"example.org/tiendo/tui/terminal"
)

func TestOnHangup(t *testing.T) {
	called := make(chan struct{}, 2)
	stop := terminal.OnHangup(func() { called <- struct{}{} })
	defer stop()
	for range 2 { // the second, while the first is still being handled, must not end the process either
		if err := syscall.Kill(os.Getpid(), syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
	}
	select {
	case <-called:
	case <-time.After(limit):
		t.Fatal("not called")
	}
}

// After stop a hang-up ends the process, as it does any other.
func TestOnHangupStop(t *testing.T) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = []string{childVariable + "=stop"}
	stuck := time.AfterFunc(limit, func() { cmd.Process.Kill() })
	defer stuck.Stop()
	output, _ := cmd.CombinedOutput()
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || !status.Signaled() || status.Signal() != syscall.SIGHUP {
		t.Errorf("the process ended with %v, want the hang-up; it wrote %q", cmd.ProcessState, output)
	}
}

// hangUpAfterStop is the program of TestOnHangupStop.
func hangUpAfterStop() error {
	stop := terminal.OnHangup(func() { fmt.Println("called") })
	stop()
	stop()
	if err := syscall.Kill(os.Getpid(), syscall.SIGHUP); err != nil {
		return err
	}
	select {}
}

func TestInteractive(t *testing.T) {
	keyboard, screen, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer keyboard.Close()
	defer screen.Close()
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	defer writer.Close()
	tests := map[string]struct {
		in, out *os.File
		term    string
		want    bool
	}{
		"terminal":           {screen, screen, "xterm", true},
		"input from a pipe":  {reader, screen, "xterm", false},
		"output into a pipe": {screen, writer, "xterm", false},
		"dumb":               {screen, screen, "dumb", false},
		"without TERM":       {screen, screen, "", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := terminal.Interactive(tt.in, tt.out, environment{"TERM": tt.term}.get); got != tt.want {
				t.Errorf("Interactive = %v, want %v", got, tt.want)
			}
		})
	}
}
