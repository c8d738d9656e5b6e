// Package gitrun runs git: with nothing of the process's surroundings or the repository's settings that would steer it
// elsewhere, and with a failure in git's own words or, where it has nothing to do with what git was asked for, in ours.
package gitrun

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"

	"example.org/tiendo/model/machine"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// Environment is the process's without anything that would steer git elsewhere.
func Environment(extra ...string) []string {
	var env []string
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "GIT_") && !strings.HasPrefix(variable, "LC_ALL=") {
			env = append(env, variable)
		}
	}
	// Without optional locks looking takes none: a kill would leave it, and the user's own git would find it in its way.
	env = append(env, "LC_ALL=C", "GIT_LITERAL_PATHSPECS=1", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0",
		"GIT_EDITOR=true")
	return append(env, extra...)
}

// quiet keeps the folder's own programs from running and the answer to the
// disk: without core.fsync a power cut can leave HEAD unreadable.
var quiet = []string{
	"-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false",
	"-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "core.quotePath=false",
	"-c", "i18n.commitEncoding=UTF-8", "-c", "core.fsync=committed,loose-object",
	"-c", "core.abbrev=auto", "-c", "commit.verbose=false", "-c", "diff.orderFile=" + os.DevNull,
}

// Command is a git in a folder that has not been started, with more variables.
func Command(ctx context.Context, dir string, variables []string, args ...string) *exec.Cmd {
	machine.BeforeStart()
	command := exec.CommandContext(ctx, "git", append(append([]string{}, quiet...), args...)...)
	command.Dir, command.Env = dir, Environment(variables...)
	return command
}

// Process is a git that runs.
type Process struct {
	*exec.Cmd
	out, complaint bytes.Buffer
}

// Start starts git in a folder, with more variables. Files are what it finds as its files 3, 4 and so on.
func Start(ctx context.Context, dir string, stdin io.Reader, files []*os.File, variables []string,
	args ...string) (*Process, error) {
	p := &Process{Cmd: Command(ctx, dir, variables, args...)}
	p.Stdin, p.ExtraFiles, p.Stdout, p.Stderr = stdin, files, &p.out, &p.complaint
	machine.Apart(p.Cmd)
	return p, p.failed(ctx, p.Start())
}

// End waits for the end, and gives what git has answered. The error holds git's own words, cleaned.
func (p *Process) End(ctx context.Context) ([]byte, error) {
	err := p.failed(ctx, p.Wait())
	return p.out.Bytes(), err
}

func (p *Process) failed(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	args := p.Args[1+len(quiet):]
	for args[0] == "-c" { // a setting for this command
		args = args[2:]
	}
	failed := &Error{Command: args[0], Words: text.Line(strings.TrimSpace(p.complaint.String())), Err: err}
	if ctx.Err() != nil {
		return failed // it was ended
	}
	return failed.Explained()
}

// Run runs git in a folder, with more variables. The error holds git's own words, cleaned.
func Run(ctx context.Context, dir string, stdin []byte, variables []string, args ...string) ([]byte, error) {
	process, err := Start(ctx, dir, bytes.NewReader(stdin), nil, variables, args...)
	if err != nil {
		return nil, err
	}
	return process.End(ctx)
}

// Error is a failure of git with its own words.
type Error struct {
	Command, Words string
	Err            error
}

// Error says which command failed, and why.
func (e *Error) Error() string {
	return fmt.Sprintf("git %s: %s", e.Command, cmp.Or(e.Words, e.Err.Error()))
}

// Unwrap gives what git ended with.
func (e *Error) Unwrap() error { return e.Err }

// Explained puts into words what has nothing to do with what git was asked for.
func (e *Error) Explained() error {
	says := func(words ...string) bool {
		return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(e.Words, word) })
	}
	refuse := func(what, hint phrase.Sentence) error { return &phrase.Refusal{What: what, Hint: hint, Err: e} }
	if distrusted := Distrust(e); distrusted != nil {
		return distrusted
	}
	switch exited, is := errors.AsType[*exec.ExitError](e.Err); {
	case !is:
		return refuse(phrase.Say("git could not be started: %s", text.Line(e.Err.Error())),
			phrase.Say("end programs that are not needed, or look whether git may be run: git version"))
	case exited.ExitCode() < 0:
		return refuse(phrase.Say("git was killed in the middle of its work (%s)", exited.String()),
			phrase.Say("the next change or start looks what it left and goes on"))
	case says("No space left on device", "Out of diskspace", "disk is not full", "Disk quota exceeded", "File too large"):
		return refuse(phrase.Say("the disk is full, or your share of it"), phrase.Say("free some space"))
	case says("Read-only file system"):
		return refuse(phrase.Say("the file system of the repository is read-only"), phrase.Say("make it writable"))
	case says("Input/output error"):
		return refuse(phrase.Say("the disk reports an error"), phrase.Say("copy the folder to another disk"))
	case says("Permission denied", "insufficient permission"):
		return refuse(phrase.Say("git: permission denied: %s", e.Words),
			phrase.Say("ask whoever owns the folder .git for the right to write to all of it"))
	case says("unable to create directory for"): // git does not say why not
		return refuse(phrase.Say("git cannot make a folder of its own"),
			phrase.Say("look whether you may write to all of the folder .git, and whether the disk is full; `tiendo doctor` "+
				"looks at both"))
	case says("index file corrupt", "bad index file", "index file smaller", "bad signature 0x",
		"unknown index entry format"):
		return refuse(phrase.Say("git's index is damaged: %s", e.Words),
			phrase.Say("put the file .git/index aside, then: git reset; it changes no file"))
	}
	return e
}

// ExitCode is what git ended with, -1 when it did not run.
func ExitCode(err error) int {
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode()
	}
	return -1
}

// DistrustError says that git does not work with a repository because it belongs to
// another user of the machine, and the way out.
type DistrustError struct{ *phrase.Refusal }

// Unwrap gives the *phrase.Refusal.
func (d *DistrustError) Unwrap() error { return d.Refusal }

// Distrust finds out from git's own words whether it distrusts a repository. They end with the
// command that makes it trust the repository, whose folder only git knows here.
func Distrust(err error) *DistrustError {
	var failed *Error
	if !errors.As(err, &failed) {
		return nil
	}
	_, top, found := strings.Cut(failed.Words, "--add safe.directory ")
	if !found {
		return nil
	}
	return &DistrustError{phrase.Refuse(phrase.Say("the repository belongs to another user, so git does not work with it"),
		phrase.Say("work as that user, or: git config --global --add safe.directory %s", top))}
}
