package cli

import (
	"context"
	"io"
	"io/fs"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/tui/live"
	"example.org/tiendo/tui/show"
	"example.org/tiendo/tui/visit"
	"github.com/spf13/cobra"
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
	options   globalOptions
	visiting  bool   // for a person who came by SSH: who they are and what they see is settled
	key       string // with which a visitor came
	letsIn    bool   // this is a way in, so that the roster must say who comes, also while it is edited
	told      live.Observer
	barred    func(why error)
	enter     func() error
	changed   show.Answer  // what this run has changed so far
	asJSON    bool         // and it is answered as JSON
	stay      visit.Limits // of a visitor
	root      *cobra.Command
	loaded    *model.Campaign                                    // what has been read, if anything
	dashboard func(ctx context.Context, dir, shown string) error // runs the screen; tests replace it
}

// globalOptions are the values of the global flags.
type globalOptions struct {
	data, as, lang, today, at string
	plain                     bool
}
