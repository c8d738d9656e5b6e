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
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/choices"
	"example.org/tiendo/model/phrase"
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

// App is what every command gets: what is outside, the words, where to write, and how to open the plan.
type App struct {
	show.Printer

	system     System
	flags      globalFlags
	visit      *visit.Visit     // of somebody who came over SSH: who they are and what they see is settled; otherwise nil
	chosen     bool             // the language was chosen by flag or environment, whatever the plan says
	choices    choices.Choices  // what the person has chosen for the screen; none of a visitor
	unreadable []phrase.Problem // what of that cannot be read
	letsIn     bool             // this is a way in, so that the roster must say who comes, also while it is edited
	changed    show.Answer      // what this run has changed so far
	asJSON     bool             // and it is answered as JSON
	period     string           // of the reports and figures; "" is the current one
	reason     string           // of a change of plan or roster; "" is none given
	source     string           // the document that changes words of the plan; "" is none given
	root       *cobra.Command
	loaded     *model.Campaign                                    // what has been read, if anything
	dashboard  func(ctx context.Context, dir, shown string) error // runs the screen; tests replace it
}

// globalFlags are the values of the global flags.
type globalFlags struct {
	data, as, lang, today, at, theme string
}

// T says a sentence in the language of the command.
func (app *App) T(format string, args ...any) string {
	return app.Words.Say(phrase.Sentence{Format: format, Args: args})
}

// How much memory may lie unused, in percent of what is used, before it is looked for: with thousands of records that
// takes a third of the time. Who stays looks for it as usual.
const (
	unusedUsually    = 100
	unusedByCommands = 200
	unusedAtFirst    = 800 // until the first picture of a dashboard stands
)

// leaves lets so much memory lie unused, unless the environment says how much.
func leaves(app *App, percent int) {
	if app.env("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}

// Main runs one command and gives the exit code.
func Main(system System) int {
	app := newApp(system)
	leaves(app, unusedByCommands)
	return app.run()
}

// Commands are all commands in one language, for their man pages.
func Commands(language phrase.Language) *cobra.Command {
	nothing := func(string) (string, bool) { return "", false }
	return newApp(System{Args: []string{"--lang", string(language)}, Env: nothing, Stdout: io.Discard,
		Stderr: io.Discard}).root
}

func newApp(system System) *App {
	app := &App{system: system}
	app.build()
	return app
}

// build makes everything that follows from what the program is given.
func (app *App) build() {
	if app.system.Now == nil {
		app.system.Now = time.Now
	}
	app.Out = show.NewOutput(app.system.Stdout, app.system.Stderr)
	app.dashboard = app.runDashboard
	app.chooseLanguage()
	app.root = app.newRoot()
}

func (app *App) run() int {
	// A reader that has seen enough, as head does, is no reason to die; the write then fails with EPIPE.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a change is finished first; should git hang over it, the next signal ends us
	return app.execute(ctx)
}

// execute carries out the command. Unlike run it touches nothing that belongs to the whole process.
func (app *App) execute(ctx context.Context) int {
	app.root.SetArgs(append([]string{}, app.system.Args...))
	err := app.root.ExecuteContext(ctx)
	code := app.exitCode(err)
	if err := app.Out.Flush(); err != nil {
		app.reportFlush(err)
		return max(code, exitFailed)
	}
	return code
}

// reportFlush says that the answer could not be written. What was changed is changed all the same: to free the disk and
// do it once more would be wrong advice.
func (app *App) reportFlush(err error) {
	if app.changed.Written {
		err = &phrase.Refusal{
			What: phrase.Say("it is saved; only the answer could not be written"), Err: err,
			Hint: phrase.Say("it need not be done again; `tiendo log` shows it"),
		}
	}
	app.report(err)
	for _, line := range app.Out.SavedLines() {
		app.Out.Note(line)
	}
}

// completing reports whether a shell asks what could be typed next.
func (app *App) completing() bool {
	return len(app.system.Args) > 0 && strings.HasPrefix(app.system.Args[0], cobra.ShellCompRequestCmd)
}

// exitCode says what went wrong, if anything, and gives the code that scripts see.
func (app *App) exitCode(err error) int {
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
		app.report(usage.refusal)
		return exitUsage
	default:
		app.report(err)
		return exitFailed
	}
}
