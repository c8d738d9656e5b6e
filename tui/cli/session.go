package cli

import (
	"context"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"example.org/tiendo/model/history"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/visit"
)

// sessionName is the command that OpenSSH is told to run in the place of the client's.
const sessionName = "ssh-session"

// envCommand is where OpenSSH puts the client's command.
const envCommand = "SSH_ORIGINAL_COMMAND"

// newSession makes the hidden command of the lines of `tiendo authorized-keys`.
func (p *program) newSession() *cobra.Command {
	options := sessionOptions{}
	command := &cobra.Command{
		Use:    sessionName,
		Hidden: true,
		// In the place of the root's: what the client has put into the environment must not be asked about.
		PersistentPreRunE: func(command *cobra.Command, _ []string) error {
			for _, flag := range []string{"data", "as"} {
				if !p.root.PersistentFlags().Lookup(flag).Changed {
					return wrongUsage(phrase.Say("missing: %s", "--"+flag), seeHelp(command))
				}
			}
			return nil
		},
		RunE: func(command *cobra.Command, _ []string) error { return p.runSession(command.Context(), options) },
	}
	p.describe(command, manual{
		short:    phrase.Say("what OpenSSH runs for a person of the roster"),
		long:     phrase.Say("It does what the client asks for in %s if that is allowed, and opens the dashboard if the client asks for nothing. `tiendo authorized-keys` writes the lines that run it.", envCommand),
		examples: []string{"tiendo ssh-session --data /srv/ke-hoach/data --as hoa --key SHA256:/BEx1Q61IW7ojy1AbPypNfFzBNRQ0jmxBSVRyYDJyhs"},
	})
	p.sessionFlags(command, &options)
	p.stringFlag(command, command.Flags(), &options.key, "key", phrase.Say("FINGERPRINT"), phrase.Say("the key with which they came; it must still be theirs"))
	return command
}

// sessionOptions are the flags of a session, which the lines of `tiendo authorized-keys` pass on.
type sessionOptions struct {
	log  string
	stay visit.Limits
	key  string // of ssh-session alone
}

func (p *program) sessionFlags(command *cobra.Command, options *sessionOptions) {
	p.stayFlags(command, &options.stay)
	p.stringFlag(command, command.Flags(), &options.log, "log", phrase.Say("FILE"), phrase.Say("the log, a line for each change and each refusal; without it %s in the git directory", sessionLogName))
}

// sessionLogName is the file of the log unless another one is named.
const sessionLogName = "ssh.log"

// runSession carries out what a client of OpenSSH asks for.
func (p *program) runSession(ctx context.Context, options sessionOptions) error {
	dir, _, err := p.locate()
	if err != nil {
		return err
	}
	line, _ := p.system.Env(envCommand)
	origin, _ := p.system.Env("SSH_CONNECTION")
	if err := visit.ForgetEnvironment(); err != nil {
		return err
	}
	journal := visit.NewLog(func() (string, error) { return sessionLog(ctx, options.log, dir) }, p.system.Now, p.options.as, origin)
	code, refused := p.answer(ctx, visit.Visit{
		Person: p.options.as, Key: options.key, Dir: dir, Line: line, Env: p.env,
		Stdin: p.system.Stdin, Stdout: p.system.Stdout, Stderr: p.system.Stderr,
		Told: journal.Change, Barred: journal.Bar, Stay: options.stay,
	})
	if refused != nil {
		journal.Refuse(refused)
	}
	if err := journal.Failed(); err != nil {
		p.speakPlan()
		p.report(err)
	}
	if code != exitDone {
		return &endedError{code}
	}
	return nil
}

// sessionLog is the file of the log: the given one, or one in tiendo's folder inside the git directory, or beside
// the lock of a data folder that lies in no repository.
func sessionLog(ctx context.Context, given, dir string) (string, error) {
	if given != "" {
		return given, nil
	}
	repository, err := history.Open(ctx, dir)
	if err != nil {
		return filepath.Join(dir, ".tiendo-"+sessionLogName), nil //nolint:nilerr // there is no repository
	}
	return filepath.Join(repository.Dir(), sessionLogName), os.MkdirAll(repository.Dir(), 0o700)
}
