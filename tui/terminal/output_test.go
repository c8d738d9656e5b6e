package terminal_test

import (
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/charmbracelet/x/term"

	"example.org/tiendo/tui/terminal"
)

var _ term.File = (*terminal.Output)(nil) // what Bubble Tea looks for

// A connection that takes its bytes one by one, as slow ones do, gets every Write whole.
func TestOutputKeepsWritesApart(t *testing.T) {
	var received strings.Builder
	output := terminal.NewOutput(writerFunc(func(p []byte) (int, error) {
		for _, c := range p {
			received.WriteByte(c)
			runtime.Gosched()
		}
		return len(p), nil
	}))
	frame, copied := strings.Repeat("khung", 20)+"\n", "\x1b]52;c;U+G7nw==\a"
	const times = 100
	var writers sync.WaitGroup
	writers.Go(func() {
		for range times {
			io.WriteString(output, frame)
		}
	})
	writers.Go(func() {
		for range times {
			terminal.CopyTo(output, "Sở", environment{}.get)
		}
	})
	writers.Wait()
	if n := strings.Count(received.String(), frame); n != times {
		t.Errorf("%d of %d frames arrived whole", n, times)
	}
	if n := strings.Count(received.String(), copied); n != times {
		t.Errorf("%d of %d copies arrived whole", n, times)
	}
}

func TestOutputOverAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	output := terminal.NewOutput(file)
	if output.Fd() != file.Fd() {
		t.Errorf("Fd is %d, want %d", output.Fd(), file.Fd())
	}
	if n, err := output.Write([]byte("Sở")); n != 4 || err != nil {
		t.Errorf("Write = %d, %v", n, err)
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	p := make([]byte, 8)
	if n, _ := output.Read(p); string(p[:n]) != "Sở" {
		t.Errorf("Read %q", p[:n])
	}
	if err := output.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := file.WriteString("x"); err == nil {
		t.Error("Close did not close the file")
	}
}

func TestOutputOverAConnection(t *testing.T) {
	output := terminal.NewOutput(io.Discard)
	if fd := output.Fd(); fd <= os.Stderr.Fd() || term.IsTerminal(fd) {
		t.Errorf("pretends to be the file %d", fd)
	}
	if _, _, err := term.GetSize(output.Fd()); err == nil {
		t.Error("has a size")
	}
	if n, err := output.Read(make([]byte, 1)); n != 0 || err != io.EOF {
		t.Errorf("Read = %d, %v; want 0, EOF", n, err)
	}
	if err := output.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}
