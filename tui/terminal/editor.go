package terminal

import (
	"cmp"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model/phrase"
)

// maxEdited is the most bytes that are taken from an editor.
const maxEdited = 256 << 10

// Editor opens a file in the person's editor, as git chooses it: VISUAL, then EDITOR, then what the system has. It
// returns what to call the editor.
func Editor(ctx context.Context, env func(string) string, file string) (name string, command *exec.Cmd) {
	name = cmp.Or(env("VISUAL"), env("EDITOR"))
	if runtime.GOOS == "windows" {
		name = cmp.Or(name, "notepad")
		return name, exec.CommandContext(ctx, "cmd", "/c", name, file)
	}
	name = cmp.Or(name, "vi")
	return name, exec.CommandContext(ctx, "sh", "-c", name+` "$@"`, name, file)
}

// EditorFailed says that the editor could not be started or ended with an error.
func EditorFailed(name string, err error) error {
	return phrase.Refuse(phrase.Say("the editor %s failed: %s", name, err),
		phrase.Say("VISUAL or EDITOR names another one"))
}

// EditText gives a text to the person's editor while the dashboard waits, and then says what came back. The text lies
// in a folder that only its owner may open; it is gone, with all that the editor left there, once that is closed.
func EditText(ctx context.Context, env func(string) string, in, out *os.File) func(text string,
	closed func(text string, err error) tea.Msg) tea.Cmd {
	return func(text string, closed func(text string, err error) tea.Msg) tea.Cmd {
		folder, err := os.MkdirTemp("", "tiendo-")
		file := filepath.Join(folder, "text.txt")
		if err == nil {
			err = os.WriteFile(file, []byte(text+"\n"), 0o600)
		}
		if err != nil {
			_ = os.RemoveAll(folder)
			return func() tea.Msg { return closed("", err) }
		}
		name, command := Editor(ctx, env, file)
		command.Stdin, command.Stdout, command.Stderr = in, out, out
		return tea.ExecProcess(command, func(err error) tea.Msg {
			defer func() { _ = os.RemoveAll(folder) }()
			if err != nil {
				return closed("", EditorFailed(name, err))
			}
			return closed(readEdited(file))
		})
	}
}

// readEdited reads what an editor has written.
func readEdited(file string) (string, error) {
	edited, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer func() { _ = edited.Close() }() // it was only read
	content, err := io.ReadAll(io.LimitReader(edited, maxEdited+1))
	switch {
	case err != nil:
		return "", err
	case len(content) > maxEdited:
		return "", phrase.Refuse(phrase.Say("what the editor wrote is longer than %d KiB, so nothing of it was taken",
			maxEdited>>10), phrase.Sentence{})
	}
	return string(content), nil
}
