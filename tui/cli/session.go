package cli

import (
	"context"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model/phrase"
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
		examples: []string{"tiendo ssh-session --data /srv/ke-hoach/data --as hoa"},
	})
	p.sessionFlags(command, &options)
	return command
}

// sessionOptions are the flags of a session, which the lines of `tiendo authorized-keys` pass on.
type sessionOptions struct {
	log  string
	stay stay
}

func (p *program) sessionFlags(command *cobra.Command, options *sessionOptions) {
	p.stayFlags(command, &options.stay)
	p.stringFlag(command, command.Flags(), &options.log, "log", phrase.Say("FILE"), phrase.Say("the log, a line for each change and each refusal; without it %s in the git directory", sessionLogName))
}

// runSession carries out what a client of OpenSSH asks for.
func (p *program) runSession(ctx context.Context, options sessionOptions) error {
	dir, _, err := p.locate()
	if err != nil {
		return err
	}
	line, _ := p.system.Env(envCommand)
	origin, _ := p.system.Env("SSH_CONNECTION")
	if err := forgetEnvironment(); err != nil {
		return err
	}
	journal := newSessionLog(options.log, dir, p.system.Now, p.options.as, origin)
	code, refused := p.answer(ctx, visit{
		person: p.options.as, dir: dir, line: line, env: p.env,
		stdin: p.system.Stdin, stdout: p.system.Stdout, stderr: p.system.Stderr,
		told: journal.change, barred: journal.bar, stay: options.stay,
	})
	if refused != nil {
		journal.refuse(refused)
	}
	if err := journal.failed(); err != nil {
		p.speakPlan()
		p.report(err)
	}
	if code != exitDone {
		return &endedError{code}
	}
	return nil
}

// forgetEnvironment takes away what a client may have put into the environment of
// this process, and with it of git: sshd passes on whatever AcceptEnv names. What
// stays is set by sshd itself, or says something about the terminal or the language.
func forgetEnvironment() error {
	keep := append(visitorVariables(), "PATH", "HOME", "USER", "LOGNAME", "SHELL")
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); name != "" && !slices.Contains(keep, name) {
			if err := os.Unsetenv(name); err != nil {
				return err
			}
		}
	}
	return nil
}
