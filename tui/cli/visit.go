package cli

import (
	"context"
	"log/slog"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/workspace"
	"example.org/tiendo/tui/visit"
)

// answerVisit does what a visit asks for if it is allowed. If not, it says why to the client, and gives what a log may
// say of it. It touches nothing of the process or of p, so that a server can answer many at once. A client that goes
// away does not stop a change half-way.
func (p *program) answerVisit(ctx context.Context, v visit.Visit) (exit int, refused []slog.Attr) {
	visitor, err := p.visitor(v)
	if err != nil {
		visitor.report(err)
		return exitFailed, visit.RefusedCommand(v.Line, err)
	}
	return visitor.execute(context.WithoutCancel(ctx)), nil
}

// visitor makes the program that carries out a visit. The error says why the
// command is not allowed; the program can then only say so.
func (p *program) visitor(v visit.Visit) (*program, error) {
	words, err := visit.SplitLine(v.Line)
	if len(words) > 0 && words[0] == workspace.ProgramName {
		words = words[1:]
	}
	visitor := &program{
		system: System{
			Args: words, Env: v.Variable, Directory: filepath.Dir(v.Dir),
			Stdin: v.Stdin, Stdout: v.Stdout, Stderr: v.Stderr, Data: p.system.Data, Now: p.system.Now,
		},
		visiting: true, key: v.Key, told: v.Told, barred: v.Barred, enter: v.Enter, stay: v.Stay,
		options: globalOptions{data: filepath.Base(v.Dir), as: v.Person},
	}
	visitor.build()
	if err == nil {
		err = visitor.allows(words)
	}
	return visitor, err
}

// addVisitorCommands makes the tree of commands for visitors: those that look, and
// those that change what is the person's own. Writing the unit's report belongs to
// these, as submitting it does: `report UNIT --results …`. This list is what is allowed;
// what is not in it does not exist here, such as the flags that say who, where and when.
func (p *program) addVisitorCommands(root *cobra.Command) {
	root.AddCommand(
		p.newStatus(), p.newCheck(),
		p.newTick(), p.newUse(), p.newReport(), p.newSubmit(),
		p.newPerson(), p.newUnit(),
		p.newVersion(),
	)
}

// allows refuses words that do not begin with a command for visitors, and flags that are not theirs.
func (p *program) allows(words []string) error {
	if len(words) == 0 {
		return nil
	}
	command := named(words[0], p.root.Commands())
	if command == nil && !strings.HasPrefix(words[0], "-") { // its flags, as those of scp, mean something else
		return p.notAllowed(words[0])
	}
	for _, word := range words {
		if flag := visit.SettledFlag(word); flag != "" {
			return phrase.Refuse(phrase.Say("%s may not be given over SSH", "--"+flag),
				phrase.Say("who you are and what you see is settled by your key; a text that begins with - is written as --note='- text'"))
		}
	}
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
	for _, one := range listed(p.root) {
		if !one.HasSubCommands() {
			names = append(names, one.Name())
		}
		for _, child := range one.Commands() {
			names = append(names, one.Name()+" "+child.Name())
		}
	}
	return &visit.DeniedError{Refusal: phrase.Refusal{What: phrase.Say("%q may not be used over SSH", command), Hint: phrase.Say("these commands may: %s", phrase.List(names))}}
}

// admit lets a visitor see the data only as long as they and their key are on the roster.
func (p *program) admit(campaign *model.Campaign) error {
	if !p.visiting {
		return nil
	}
	err := visit.Admit(campaign, p.options.as, p.key)
	if err == nil && p.enter != nil {
		err = p.enter()
	}
	if err != nil && p.barred != nil {
		p.barred(err)
	}
	return err
}
