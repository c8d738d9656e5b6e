package cli

import (
	"context"
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/workspace"
)

// visit is what somebody asks for who came by SSH. Who it is was settled by a
// key, and the folder by whoever let them in: nothing that comes from the client
// can change either.
type visit struct {
	person         string // the id on the roster
	dir            string // the data folder, absolute
	line           string // what is to be done; "" is the dashboard, or the status where there is no screen for it
	env            func(name string) string
	stdin          io.Reader // may be nil
	stdout, stderr io.Writer
	// told is told of every change that was made or refused by the rules; may be nil.
	told teller
	// barred is told when the person may not see the data; may be nil.
	barred func(why error)
	stay   stay // how long a dashboard may be open
}

// answer does what a visit asks for if it is allowed. If not, it says why to the client, and gives what a log may
// say of it. It touches nothing of the process or of p, so that a server can answer many at once. A client that goes
// away does not stop a change half-way.
func (p *program) answer(ctx context.Context, v visit) (exit int, refused []slog.Attr) {
	visitor, err := p.visitor(v)
	if err != nil {
		visitor.speakPlan()
		visitor.report(err)
		return exitFailed, refusedCommand(v.line, err)
	}
	return visitor.execute(context.WithoutCancel(ctx)), nil
}

// visitor makes the program that carries out a visit. The error says why the
// command is not allowed; the program can then only say so.
func (p *program) visitor(v visit) (*program, error) {
	words, err := splitLine(v.line)
	if len(words) > 0 && words[0] == workspace.ProgramName {
		words = words[1:]
	}
	visitor := &program{
		system: System{
			Args: words, Env: v.variable, Directory: filepath.Dir(v.dir),
			Stdin: v.stdin, Stdout: v.stdout, Stderr: v.stderr, Data: p.system.Data, Now: p.system.Now,
		},
		visiting: true, told: v.told, barred: v.barred, stay: v.stay,
		options: options{data: filepath.Base(v.dir), as: v.person},
	}
	visitor.build()
	if err == nil {
		err = visitor.allows(words)
	}
	return visitor, err
}

// variable is the client's environment: only what says something about its terminal or its language.
func (v visit) variable(name string) (string, bool) {
	if !slices.Contains(visitorVariables(), name) {
		return "", false
	}
	value := v.env(name)
	return value, value != ""
}

func visitorVariables() []string {
	return []string{"TERM", "COLORTERM", "NO_COLOR", "LANG", "LC_ALL", "LC_CTYPE", envLang}
}

// addVisitorCommands makes the tree of commands for visitors: those that look, and
// those that change what is the person's own. Writing the unit's report belongs to
// these, as submitting it does: `report UNIT --results …`. This list is what is allowed;
// what is not in it does not exist here, such as the flags that say who, where and when.
func (p *program) addVisitorCommands(root *cobra.Command) {
	p.commonFlags(root)
	root.AddCommand(
		p.newStatus(), p.newCheck(),
		p.newTick(), p.newUse(), p.newReport(), p.newSubmit(),
		p.newPerson(), p.newUnit(),
		p.newVersion(),
	)
	root.SetHelpCommand(p.newHelp())
	root.InitDefaultHelpCmd()
}

// allows refuses words that do not begin with a command for visitors, and flags that are not theirs.
func (p *program) allows(words []string) error {
	if len(words) == 0 {
		return nil
	}
	for _, word := range words {
		if flag := settledFlag(word); flag != "" {
			return phrase.Refuse(phrase.Say("%s may not be given over SSH", "--"+flag),
				phrase.Say("who you are and what you see is settled by your key; a text that begins with - is written as --note='- text'"))
		}
	}
	command := named(words[0], p.commands)
	if command == nil {
		return p.notAllowed(words[0])
	}
	if command.HasSubCommands() && (len(words) < 2 || named(words[1], command.Commands()) == nil) {
		return p.notAllowed(strings.Join(words[:min(len(words), 2)], " "))
	}
	return nil
}

func (p *program) notAllowed(command string) error {
	var names []string
	for _, one := range p.commands {
		if !one.HasSubCommands() {
			names = append(names, one.Name())
		}
		for _, child := range one.Commands() {
			names = append(names, one.Name()+" "+child.Name())
		}
	}
	return &notAllowedError{phrase.Refusal{What: phrase.Say("%q may not be used over SSH", command), Hint: phrase.Say("these commands may: %s", phrase.List(names))}}
}

// notAllowedError refuses words that begin with none of the commands. They may be anything, such as a note that was
// quoted wrongly.
type notAllowedError struct{ refusal phrase.Refusal }

// Error says it to the person, who may see what they wrote.
func (e *notAllowedError) Error() string { return e.refusal.Error() }

// Unwrap is what is said, with its hint.
func (e *notAllowedError) Unwrap() error { return &e.refusal }

// settledFlag finds the flag about who, where or when that a word means, or might
// mean if flags could be shortened; "" when it means none. Words that may be the
// value of another flag are looked at all the same: no such word is worth a doubt.
func settledFlag(word string) string {
	name, _, _ := strings.Cut(strings.TrimLeft(word, "-"), "=")
	if name == "" || !strings.HasPrefix(word, "-") {
		return ""
	}
	for _, flag := range []string{"as", "data", "today", "at"} {
		if strings.HasPrefix(flag, strings.ToLower(name)) {
			return flag
		}
	}
	return ""
}

// admit lets a visitor see the data only as long as they are on the roster.
func (p *program) admit(campaign *model.Campaign) error {
	if !p.visiting {
		return nil
	}
	_, err := campaign.Person(p.options.as)
	if broken := model.RosterUnusable(campaign); err != nil && broken != nil {
		err = broken
	}
	if err != nil && p.barred != nil {
		p.barred(err)
	}
	return err
}
