//go:build !windows

package terminal

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// written is what came back from an editor.
type written struct {
	text string
	err  error
}

// once opens the editor, and ends with what came back.
type once struct {
	open tea.Cmd
	got  *written
}

func (o once) Init() tea.Cmd { return o.open }
func (o once) View() string  { return "" }
func (o once) Update(message tea.Msg) (tea.Model, tea.Cmd) {
	if back, is := message.(written); is {
		*o.got = back
		return o, tea.Quit
	}
	return o, nil
}

// edit runs a text through an editor, which is a script.
func edit(t *testing.T, script, text string) (got written, left []os.DirEntry) {
	t.Helper()
	dir := t.TempDir()
	program, temporary := filepath.Join(dir, "my editor"), filepath.Join(dir, "tmp")
	if err := os.WriteFile(program, []byte("#!/bin/sh\n"+script), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(temporary, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", temporary)
	nothing, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer nothing.Close()
	env := func(name string) string { return map[string]string{"EDITOR": "'" + program + "' -x"}[name] }
	open := EditText(context.Background(), env, nothing, nothing)(text, func(text string, err error) tea.Msg {
		return written{text, err}
	})
	keys, typed, err := os.Pipe() // nobody types
	if err != nil {
		t.Fatal(err)
	}
	defer keys.Close()
	defer typed.Close()
	_, err = tea.NewProgram(once{open, &got}, tea.WithInput(keys), tea.WithOutput(io.Discard), tea.WithoutSignals()).Run()
	if err != nil {
		t.Fatal(err)
	}
	if left, err = os.ReadDir(temporary); err != nil {
		t.Fatal(err)
	}
	return got, left
}

// The editor gets the text in a file that only its owner may read, and what it writes comes back; nothing is left behind.
func TestEditText(t *testing.T) {
	got, left := edit(t, `test "$1" = -x && shift
ls -ld "$(dirname "$1")" | cut -c1-10 >>"$1"
ls -l "$1" | cut -c1-10 >>"$1"
cp "$1" "$1~"
`, "dòng một\ndòng hai")
	if want := "dòng một\ndòng hai\ndrwx------\n-rw-------\n"; got.err != nil || got.text != want {
		t.Errorf("came back %q, %v; want %q", got.text, got.err, want)
	}
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// An editor that fails, or that writes more than anybody means, is said to have done so; nothing of it is taken or left.
func TestEditTextFails(t *testing.T) {
	for script, want := range map[string]string{
		"exit 3\n": "exit status 3",
		"shift; head -c 300000 /dev/zero >\"$1\"\n": "longer than 256 KiB",
		"shift; rm \"$1\"\n":                        "no such file",
	} {
		got, left := edit(t, script, "x")
		if got.text != "" || got.err == nil || !strings.Contains(got.err.Error(), want) {
			t.Errorf("%q: came back %q, %v; want %q", script, got.text, got.err, want)
		}
		if len(left) > 0 {
			t.Errorf("%q left behind: %v", script, left)
		}
	}
}
