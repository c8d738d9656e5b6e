// Package history is the only code that runs git. It makes one commit for each
// change, under the name of the person who made it, and touches nothing else in
// the index or the work tree.
package history

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// committer is who makes the commits; the author is the person.
const (
	committerName  = "tiendo"
	committerEmail = "tiendo@localhost"
)

// Repository is the git repository that holds a data folder.
type Repository struct {
	top    string   // the work tree
	gitDir string   // of this work tree
	hook   []string // what git has told the hook that this is, of where the objects lie; none otherwise
	asked  answers
	driver string // how git runs tiendo's merge driver; "" is not known
}

// DistrustError says that git does not work with a repository because it belongs to
// another user of the machine, and the way out.
type DistrustError struct{ *phrase.Refusal }

// Unwrap gives the *model.Refusal.
func (d *DistrustError) Unwrap() error { return d.Refusal }

// distrust finds out from git's own words whether it distrusts a repository. They end with the
// command that makes it trust the repository, whose folder only git knows here.
func distrust(err error) *DistrustError {
	var failed *gitError
	if !errors.As(err, &failed) {
		return nil
	}
	_, top, found := strings.Cut(failed.words, "--add safe.directory ")
	if !found {
		return nil
	}
	return &DistrustError{phrase.Refuse(phrase.Say("the repository belongs to another user, so git does not work with it"),
		phrase.Say("work as that user, or: git config --global --add safe.directory %s", top))}
}

// Open finds the repository of a folder. Without git or without a repository
// the error is a *model.Refusal that says why there is no history, or a *DistrustError: the program works all the same.
func Open(ctx context.Context, dir string) (*Repository, error) {
	if _, err := exec.LookPath("git"); err != nil {
		return nil, phrase.Refuse(phrase.Say("git is not installed"), phrase.Say("install it: apt install git"))
	}
	out, err := run(ctx, dir, nil, nil, "rev-parse", "--show-toplevel", "--absolute-git-dir", "--is-inside-git-dir")
	if distrusted := distrust(err); distrusted != nil {
		return nil, distrusted
	}
	if err != nil {
		return nil, phrase.Refuse(phrase.Say("the folder lies in no git repository"), phrase.Say("`git init` there, or `tiendo init` for a new one"))
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(lines) != 3 || lines[2] != "false" {
		return nil, phrase.Refuse(phrase.Say("the folder lies in no git repository"), phrase.Say("`git init` there, or `tiendo init` for a new one"))
	}
	return &Repository{top: lines[0], gitDir: lines[1]}, nil
}

// Dir is tiendo's own folder inside the git directory; git never shows what lies there.
func (r *Repository) Dir() string { return filepath.Join(r.gitDir, "tiendo") }

// Top is the folder of the work tree.
func (r *Repository) Top() string { return r.top }

// environment is the process's without anything that would steer git elsewhere.
func environment(extra ...string) []string {
	var env []string
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "GIT_") && !strings.HasPrefix(variable, "LC_ALL=") {
			env = append(env, variable)
		}
	}
	env = append(env, "LC_ALL=C", "GIT_LITERAL_PATHSPECS=1", "GIT_TERMINAL_PROMPT=0", "GIT_EDITOR=true")
	return append(env, extra...)
}

// quiet keeps the folder's own programs from running and the answer to the
// disk: without core.fsync a power cut can leave HEAD unreadable.
var quiet = []string{
	"-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false",
	"-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "core.quotePath=false",
	"-c", "i18n.commitEncoding=UTF-8", "-c", "core.fsync=committed,loose-object",
}

// run runs git in a folder. The error holds git's own words, cleaned.
func run(ctx context.Context, dir string, stdin []byte, extra []string, args ...string) ([]byte, error) {
	command := exec.CommandContext(ctx, "git", append(append([]string{}, quiet...), args...)...)
	command.Dir = dir
	command.Env = environment(extra...)
	command.Stdin = bytes.NewReader(stdin)
	var out, complaint bytes.Buffer
	command.Stdout, command.Stderr = &out, &complaint
	if err := command.Run(); err != nil {
		return out.Bytes(), &gitError{command: args[0], words: text.Line(strings.TrimSpace(complaint.String())), err: err}
	}
	return out.Bytes(), nil
}

// gitError is a failure of git with its own words.
type gitError struct {
	command, words string
	err            error
}

func (e *gitError) Error() string { return fmt.Sprintf("git %s: %s", e.command, e.words) }

func (e *gitError) Unwrap() error { return e.err }

// exitCode is what git ended with, -1 when it did not run.
func exitCode(err error) int {
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode()
	}
	return -1
}

// relative is a path as git names it within the work tree.
func (r *Repository) relative(path string) (string, error) {
	top, err := filepath.EvalSymlinks(r.top)
	if err != nil {
		return "", err
	}
	dir, err := filepath.EvalSymlinks(filepath.Dir(path))
	if err != nil {
		return "", err
	}
	relative, err := filepath.Rel(top, filepath.Join(dir, filepath.Base(path)))
	return filepath.ToSlash(relative), err
}

// User is the name and e-mail that the user has given git; empty where there are none.
func User(ctx context.Context, dir string) (name, email string) {
	name, email = os.Getenv("GIT_AUTHOR_NAME"), os.Getenv("GIT_AUTHOR_EMAIL")
	command := exec.CommandContext(ctx, "git", "config", "--get-regexp", `^user\.(name|email)$`)
	command.Dir = dir
	out, err := command.Output()
	if err != nil {
		return text.Line(name), text.Line(email)
	}
	for line := range strings.SplitSeq(string(out), "\n") {
		key, value, _ := strings.Cut(line, " ")
		switch {
		case key == "user.name" && os.Getenv("GIT_AUTHOR_NAME") == "":
			name = value
		case key == "user.email" && os.Getenv("GIT_AUTHOR_EMAIL") == "":
			email = value
		}
	}
	return text.Line(name), text.Line(email)
}

// Init makes a repository of a folder and commits everything in it: as commit says, but for its path.
func Init(ctx context.Context, dir string, commit model.Commit) error {
	if _, err := exec.LookPath("git"); err != nil {
		return phrase.Refuse(phrase.Say("git is not installed"), phrase.Say("install it: apt install git"))
	}
	who := append(author(commit), committer(commit.Recorded)...)
	for _, step := range [][]string{
		{"init", "--quiet", "--initial-branch=main"},
		{"add", "--all"},
		{"commit", "--quiet", "--no-verify", "--cleanup=verbatim", "--file=-"},
	} {
		if _, err := run(ctx, dir, []byte(commit.Message), who, step...); err != nil {
			return err
		}
	}
	return nil
}
