// Package cli is the command line: flags, subcommands, and the wiring of the
// parts into a dashboard.
package cli

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/tui/live"
	"example.org/tiendo/tui/show"
	"example.org/tiendo/tui/visit"
)

// The exit codes.
const (
	exitDone   = 0
	exitFailed = 1 // it failed, or problems were found
	exitUsage  = 2 // the command was written wrongly
	exitDue    = 3 // somebody is late or due soon
)

// System is what the process is given from outside.
type System struct {
	Args           []string                         // without the program's own name
	Env            func(name string) (string, bool) // as os.LookupEnv
	Directory      string                           // the working directory, absolute
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Data           fs.FS            // the plan's own files, below "data"
	Now            func() time.Time // the clock; nil is time.Now
}

// program is one run of the command line.
type program struct {
	show.Printer

	system    System
	chosen    bool // the language was chosen by flag or environment, whatever the plan says
	options   options
	visiting  bool // for a person who came by SSH: who they are and what they see is settled
	told      live.Observer
	barred    func(why error)
	stay      visit.Limits // of a visitor
	manuals   map[*cobra.Command]*manual
	root      *cobra.Command
	commands  []*cobra.Command                                   // below the root, in the order of the help
	loaded    *model.Campaign                                    // what has been read, if anything
	dashboard func(ctx context.Context, dir, shown string) error // runs the screen; tests replace it
}

// Main runs one command and gives the exit code.
func Main(system System) int {
	return newProgram(system).run()
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
	p.manuals = map[*cobra.Command]*manual{}
	p.dashboard = p.runDashboard
	p.chooseLanguage()
	p.root = p.newRoot()
}

func (p *program) run() int {
	// A reader that has seen enough, as head does, is no reason to die; the write then fails with EPIPE.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return p.execute(ctx)
}

// execute carries out the command. Unlike run it touches nothing that belongs to the whole process.
func (p *program) execute(ctx context.Context) int {
	if p.completing() {
		p.speakPlan()
		p.fillShorts()
	}
	p.root.SetArgs(append([]string{}, p.system.Args...))
	err := p.root.ExecuteContext(ctx)
	code := p.exitCode(err)
	if err := p.Out.Flush(); err != nil {
		p.reportFlush(err)
		return max(code, exitFailed)
	}
	return code
}

// reportFlush says that the answer could not be written. What was saved is saved all the same, and not to be tried again.
func (p *program) reportFlush(err error) {
	saved := p.Out.SavedLines()
	if len(saved) == 0 {
		p.report(err)
		return
	}
	p.Out.Note("tiendo: " + p.Words.Error(err))
	for _, line := range saved {
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
		p.speakPlan()
		p.report(usage.refusal)
		return exitUsage
	default:
		p.report(err)
		return exitFailed
	}
}
