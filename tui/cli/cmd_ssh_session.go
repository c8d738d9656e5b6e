package cli

import (
	"context"
	"os"
	"path/filepath"
	"sync"

	"github.com/spf13/cobra"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/store"
	"example.org/tiendo/tui/visit"
)

// sessionName is the command that OpenSSH is told to run in the place of the client's.
const sessionName = "ssh-session"

// envCommand is where OpenSSH puts the client's command.
const envCommand = "SSH_ORIGINAL_COMMAND"

// newCmdSession makes the hidden command of the lines of `tiendo authorized-keys`.
func newCmdSession(app *App) *cobra.Command {
	options := sessionOptions{}
	command := &cobra.Command{
		Use:     sessionName,
		Short:   app.T("what OpenSSH runs for a person of the roster"),
		Example: `  tiendo ssh-session --data data --as hoa --key SHA256:/BEx1Q61IW7ojy1AbPypNfFzBNRQ0jmxBSVRyYDJyhs`,
		Hidden:  true,
		// In the place of the root's: what the client has put into the environment must not be asked about.
		PersistentPreRunE: func(command *cobra.Command, _ []string) error {
			for _, flag := range []string{"data", "as"} {
				if !app.root.PersistentFlags().Lookup(flag).Changed {
					return wrongUsage(phrase.Say("missing: %s", "--"+flag), seeHelp(command))
				}
			}
			return nil
		},
		RunE: func(command *cobra.Command, _ []string) error { return runSession(command.Context(), app, options) },
	}
	sessionFlags(app, command, &options)
	textFlag(command.Flags(), &options.key, "key", app.T("FINGERPRINT"),
		app.T("the key with which they came; it must still be theirs"))
	return command
}

// sessionOptions are the flags of a session, which the lines of `tiendo authorized-keys` pass on.
type sessionOptions struct {
	log    string
	limits visit.Limits
	most   countLimit // sessions of one person
	key    string     // of ssh-session alone
}

func sessionFlags(app *App, command *cobra.Command, options *sessionOptions) {
	sessionLimitFlags(app, command, &options.limits)
	options.most = visit.MostPlaces
	flags := command.Flags()
	valueFlag(flags, &options.most, "person", app.T("N"), app.T("sessions of one person"))
	textFlag(flags, &options.log, "log", app.T("FILE"),
		app.T("the log, a line for each change; refusals go to FILE.refused. Without it %s in the git directory",
			sessionLogName))
}

// sessionLogName is the file of the log unless another one is named.
const sessionLogName = "ssh.log"

// runSession carries out what a client of OpenSSH asks for.
func runSession(ctx context.Context, app *App, options sessionOptions) error {
	dir, _, err := app.locate()
	if err != nil {
		return err
	}
	line, _ := app.system.Env(envCommand)
	origin, _ := app.system.Env("SSH_CONNECTION")
	if err := visit.ForgetEnvironment(); err != nil {
		return err
	}
	private := privateFolder(dir)
	free := func() {}
	enter := sync.OnceValue(func() (err error) {
		free, err = visit.TakePlace(private("sessions"), app.flags.as, int(options.most))
		return err
	})
	defer func() { free() }() //nolint:gocritic // it is another one by then
	journal := visit.NewLog(func() (string, error) { return sessionLog(options.log, private(sessionLogName)) },
		app.system.Now, app.flags.as, origin)
	code, refused := app.answerVisit(ctx, visit.Visit{
		Person: app.flags.as, Key: options.key, Dir: dir, Line: line, Env: app.env,
		Stdin: app.system.Stdin, Stdout: app.system.Stdout, Stderr: app.system.Stderr,
		Told: journal.Change, Denied: journal.Deny, Enter: enter, Limits: options.limits,
	})
	if refused != nil {
		journal.Refuse(refused)
	}
	if err := journal.Failed(); err != nil {
		app.report(err)
	}
	if code != exitDone {
		return &endedError{code}
	}
	return nil
}

// privateFolder gives the paths of tiendo's own files for a data folder: inside the git directory, where git never
// shows them, or beside the lock of a data folder that lies in no repository.
func privateFolder(dir string) func(name string) string {
	if git := store.GitDirectory(dir); git != "" {
		return func(name string) string { return filepath.Join(git, "tiendo", name) }
	}
	return func(name string) string { return filepath.Join(dir, ".tiendo-"+name) }
}

// sessionLog is the file of the log: the given one, or the usual one.
func sessionLog(given, usual string) (string, error) {
	if given != "" {
		return given, nil
	}
	return usual, os.MkdirAll(filepath.Dir(usual), 0o700)
}

// sessionLimitFlags makes a flag for each, as those of `tiendo serve` are.
func sessionLimitFlags(app *App, command *cobra.Command, s *visit.Limits) {
	*s = visit.DefaultLimits()
	flags := command.Flags()
	valueFlag(flags, (*durationLimit)(&s.Idle), "idle", app.T("TIME"), app.T("how long a session lasts without a key"))
	valueFlag(flags, (*durationLimit)(&s.Longest), "longest", app.T("TIME"), app.T("how long a session lasts at most"))
}
