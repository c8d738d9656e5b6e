package cli

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/text"
)

// sessionName is the command that OpenSSH is told to run in the place of the client's.
const sessionName = "ssh-session"

// envCommand is where OpenSSH puts the client's command.
const envCommand = "SSH_ORIGINAL_COMMAND"

const (
	maxLogged        = 200 // bytes of a field in the log
	maxLoggedCommand = 40  // bytes of a refused command; the rest may hold what a person has written
)

// newSession makes the hidden command of the lines of `tiendo authorized-keys`.
func (p *program) newSession() *cobra.Command {
	log := ""
	command := &cobra.Command{
		Use:    sessionName,
		Hidden: true,
		// In the place of the root's: what the client has put into the environment must not be asked about.
		PersistentPreRunE: func(command *cobra.Command, _ []string) error {
			for _, flag := range []string{"data", "as"} {
				if !p.root.PersistentFlags().Lookup(flag).Changed {
					return wrongUsage(model.Say("missing: %s", "--"+flag), seeHelp(command))
				}
			}
			return nil
		},
		RunE: func(command *cobra.Command, _ []string) error { return p.runSession(command.Context(), log) },
	}
	p.describe(command, manual{
		short:    model.Say("what OpenSSH runs for a person of the roster"),
		long:     model.Say("It does what the client asks for in %s if that is allowed, and opens the dashboard if the client asks for nothing. `tiendo authorized-keys` writes the lines that run it.", envCommand),
		examples: []string{"tiendo ssh-session --data /srv/ke-hoach/data --as hoa"},
	})
	p.logFlag(command, &log)
	return command
}

func (p *program) logFlag(command *cobra.Command, log *string) {
	p.stringFlag(command, command.Flags(), log, "log", model.Say("FILE"), model.Say("add a line to this file for each command that is refused"))
}

// runSession carries out what a client of OpenSSH asks for.
func (p *program) runSession(ctx context.Context, log string) error {
	dir, _, err := p.locate()
	if err != nil {
		return err
	}
	line, _ := p.system.Env(envCommand)
	origin, _ := p.system.Env("SSH_CONNECTION")
	if err := forgetEnvironment(); err != nil {
		return err
	}
	v := visit{
		person: p.options.as, dir: dir, line: line, env: p.env,
		stdin: p.system.Stdin, stdout: p.system.Stdout, stderr: p.system.Stderr,
	}
	visitor, refused := p.visitor(v)
	if refused != nil {
		visitor.speakPlan()
		visitor.report(refused)
		address, _, _ := strings.Cut(origin, " ")
		if err := logRefusal(log, p.system.Now(), v, address, refused); err != nil {
			visitor.report(err)
		}
		return errProblems
	}
	if code := visitor.execute(context.WithoutCancel(ctx)); code != exitDone {
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

// logRefusal adds a line about a refused command to a file, if one is named. Of the
// command it holds the beginning only.
func logRefusal(path string, now time.Time, v visit, address string, refused error) error {
	if path == "" {
		return nil
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	command, _, _ := strings.Cut(v.line, " ")
	record := slog.NewRecord(now, slog.LevelInfo, "refused", 0)
	record.AddAttrs(
		slog.String("person", loggable(v.person, maxLogged)),
		slog.String("address", loggable(address, maxLogged)),
		slog.String("command", loggable(command, maxLoggedCommand)),
		slog.String("reason", loggable(refused.Error(), maxLogged)),
	)
	handler := slog.NewJSONHandler(file, &slog.HandlerOptions{ReplaceAttr: func(_ []string, attr slog.Attr) slog.Attr {
		switch attr.Key {
		case slog.LevelKey:
			return slog.Attr{}
		case slog.MessageKey:
			attr.Key = "event"
		}
		return attr
	}})
	return errors.Join(handler.Handle(context.Background(), record), file.Close())
}

// loggable makes a string from outside safe, and at most limit bytes long.
func loggable(s string, limit int) string {
	s = text.Line(s[:min(len(s), 4*limit)])
	return strings.ToValidUTF8(s[:min(len(s), limit)], "")
}
