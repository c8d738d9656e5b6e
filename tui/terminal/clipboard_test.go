package terminal_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"example.org/tiendo/tui/terminal"
)

func TestCopy(t *testing.T) {
	const plain = "\x1b]52;c;U+G7nw==\a" // "Sở"
	const tmux = "\x1bPtmux;\x1b" + plain + "\x1b\\"
	const screen = "\x1bP" + plain + "\x1b\\"
	tests := map[string]struct {
		env  environment
		want string
	}{
		"xterm":               {environment{"TERM": "xterm-256color"}, plain},
		"no TERM":             {environment{}, plain},
		"tmux":                {environment{"TERM": "tmux-256color"}, plain + tmux},
		"tmux as screen":      {environment{"TERM": "screen-256color", "TMUX": "/tmp/x,1,0"}, plain + tmux},
		"tmux as xterm":       {environment{"TERM": "xterm-256color", "TMUX": "/tmp/x,1,0"}, plain + tmux},
		"screen":              {environment{"TERM": "screen", "STY": "123.pts-0"}, screen},
		"screen by its name":  {environment{"TERM": "screen.xterm-256color"}, screen},
		"screen or tmux, SSH": {environment{"TERM": "screen-256color"}, screen + plain},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got, err := terminal.Copy("Sở", tt.env.get); got != tt.want || err != nil {
				t.Errorf("Copy = %q, %v; want %q", got, err, tt.want)
			}
		})
	}
}

func TestCopyCleansTheText(t *testing.T) {
	got, err := terminal.Copy("o\u0302\r\n\x1b[31m", environment{}.get)
	want := "\x1b]52;c;" + base64.StdEncoding.EncodeToString([]byte("ô\n\ufffd[31m")) + "\a"
	if got != want || err != nil {
		t.Errorf("Copy = %q, %v; want %q", got, err, want)
	}
}

func TestCopyLongTexts(t *testing.T) {
	long := strings.Repeat("a", terminal.MaxCopy)
	got, err := terminal.Copy(long, environment{}.get)
	if err != nil || len(got) > 100_000 {
		t.Errorf("%d bytes: sequence of %d bytes, %v", len(long), len(got), err)
	}
	if got, err := terminal.Copy(long+"a", environment{}.get); got != "" || !errors.Is(err, terminal.ErrTooLong) {
		t.Errorf("one byte more: sequence of %d bytes, %v; want ErrTooLong", len(got), err)
	}

	screen, err := terminal.Copy(long, environment{"TERM": "screen", "STY": "1"}.get)
	if err != nil {
		t.Fatal(err)
	}
	var joined strings.Builder
	for piece := range strings.SplitSeq(strings.TrimSuffix(screen, "\x1b\\"), "\x1b\\") {
		if len(piece) > 80 {
			t.Fatalf("screen gets a piece of %d bytes", len(piece))
		}
		joined.WriteString(strings.TrimPrefix(piece, "\x1bP"))
	}
	if joined.String() != got {
		t.Error("the pieces for screen are not the sequence")
	}

	// Over SSH, where it may be screen, a long one could only go wrong in the form for screen.
	if ambiguous, _ := terminal.Copy(long, environment{"TERM": "screen"}.get); ambiguous != got {
		t.Errorf("screen or tmux: %.20q… of %d bytes", ambiguous, len(ambiguous))
	}
}

func TestCopyNothing(t *testing.T) {
	for _, s := range []string{"", "\u200b"} {
		if got, err := terminal.Copy(s, environment{"TERM": "tmux"}.get); got != "" || err != nil {
			t.Errorf("Copy(%q) = %q, %v; want nothing, or it would clear the clipboard", s, got, err)
		}
	}
}

func TestCopyTo(t *testing.T) {
	var w bytes.Buffer
	env := environment{"TERM": "xterm"}.get
	if err := terminal.CopyTo(&w, "Sở", env); err != nil || w.String() != "\x1b]52;c;U+G7nw==\a" {
		t.Errorf("wrote %q, %v", w.String(), err)
	}
	w.Reset()
	if err := terminal.CopyTo(&w, "", env); err != nil || w.Len() > 0 {
		t.Errorf("wrote %q, %v; want nothing", w.String(), err)
	}
	if err := terminal.CopyTo(&w, strings.Repeat("a", terminal.MaxCopy+1), env); !errors.Is(err, terminal.ErrTooLong) || w.Len() > 0 {
		t.Errorf("wrote %d bytes, %v; want ErrTooLong", w.Len(), err)
	}
	broken := errors.New("gone")
	if err := terminal.CopyTo(writerFunc(func([]byte) (int, error) { return 0, broken }), "a", env); !errors.Is(err, broken) {
		t.Errorf("%v, want %v", err, broken)
	}
}

type writerFunc func(p []byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }
