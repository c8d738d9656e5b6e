// Package cli is the command line: flags, subcommands, and the wiring of the
// parts into a dashboard.
package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/show"
)

// Main runs one command and gives the exit code.
func Main(system System) int {
	return newProgram(system).run()
}

// Commands are all commands in one language, for their man pages.
func Commands(language phrase.Language) *cobra.Command {
	nothing := func(string) (string, bool) { return "", false }
	return newProgram(System{Args: []string{"--lang", string(language)}, Env: nothing, Stdout: io.Discard, Stderr: io.Discard}).root
}

func newProgram(system System) *program {
	p := &program{system: system}
	p.build()
	return p
}

// build makes everything that follows from what the program is given.
func (p *program) build() {
	if p.system.Now == nil {
		p.system.Now = time.Now
	}
	p.Out = show.NewOutput(p.system.Stdout, p.system.Stderr)
	p.dashboard = p.runDashboard
	p.chooseLanguage()
	p.root = p.newRoot()
}

func (p *program) run() int {
	// A reader that has seen enough, as head does, is no reason to die; the write then fails with EPIPE.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a change is finished first; should git hang over it, the next signal ends us
	return p.execute(ctx)
}

// execute carries out the command. Unlike run it touches nothing that belongs to the whole process.
func (p *program) execute(ctx context.Context) int {
	p.root.SetArgs(append([]string{}, p.system.Args...))
	err := p.root.ExecuteContext(ctx)
	code := p.exitCode(err)
	if err := p.Out.Flush(); err != nil {
		p.reportFlush(err)
		return max(code, exitFailed)
	}
	return code
}

// reportFlush says that the answer could not be written. What was changed is changed all the same: to free the disk and
// do it once more would be wrong advice.
func (p *program) reportFlush(err error) {
	if p.changed.Written {
		err = &phrase.Refusal{
			What: phrase.Say("it is saved; only the answer could not be written"), Err: err,
			Hint: phrase.Say("it need not be done again; `tiendo log` shows it"),
		}
	}
	p.report(err)
	for _, line := range p.Out.SavedLines() {
		p.Out.Note(line)
	}
}

// completing reports whether a shell asks what could be typed next.
func (p *program) completing() bool {
	return len(p.system.Args) > 0 && strings.HasPrefix(p.system.Args[0], cobra.ShellCompRequestCmd)
}

// exitCode says what went wrong, if anything, and gives the code that scripts see.
func (p *program) exitCode(err error) int {
	var usage *usageError
	var ended *endedError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errProblems):
		return exitFailed
	case errors.Is(err, errDue):
		return exitDue
	case errors.As(err, &ended):
		return ended.code
	case errors.As(err, &usage):
		p.report(usage.refusal)
		return exitUsage
	default:
		p.report(err)
		return exitFailed
	}
}
