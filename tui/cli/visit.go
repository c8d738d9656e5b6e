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
// say of it. It touches nothing of the process or of app, so that a server can answer many at once. A client that goes
// away does not stop a change half-way.
func (app *App) answerVisit(ctx context.Context, v visit.Visit) (exit int, refused []slog.Attr) {
	visitor, err := app.visitor(v)
	if err != nil {
		visitor.report(err)
		return exitFailed, visit.RefusedCommand(v.Line, err)
	}
	return visitor.execute(context.WithoutCancel(ctx)), nil
}

// visitor makes the App that carries out a visit. The error says why the
// command is not allowed; it can then only say so.
func (app *App) visitor(v visit.Visit) (*App, error) {
	words, err := visit.SplitLine(v.Line)
	if len(words) > 0 && words[0] == workspace.ProgramName {
		words = words[1:]
	}
	visitor := &App{
		system: System{
			Args: words, Env: v.Variable, Directory: filepath.Dir(v.Dir),
			Stdin: v.Stdin, Stdout: v.Stdout, Stderr: v.Stderr, Data: app.system.Data, Now: app.system.Now,
		},
		visit: &v, flags: globalFlags{data: filepath.Base(v.Dir), as: v.Person},
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
func addVisitorCommands(app *App, root *cobra.Command) {
	root.AddCommand(
		newCmdStatus(app), newCmdCheck(app),
		newCmdTick(app), newCmdUse(app), newCmdReport(app), newCmdSubmit(app),
		newCmdPerson(app), newCmdUnit(app),
		newCmdVersion(app),
	)
}

// allows refuses words that do not begin with a command for visitors, and flags that are not theirs.
func (app *App) allows(words []string) error {
	if len(words) == 0 {
		return nil
	}
	command := named(words[0], app.root.Commands())
	if command == nil && !strings.HasPrefix(words[0], "-") { // its flags, as those of scp, mean something else
		return app.notAllowed(words[0])
	}
	for _, word := range words {
		if flag := visit.SettledFlag(word); flag != "" {
			return phrase.Refuse(phrase.Say("%s may not be given over SSH", "--"+flag),
				phrase.Say("who you are and what you see is settled by your key; a text that begins with - is written as "+
					"--note='- text'"))
		}
	}
	if command == nil {
		return app.notAllowed(words[0])
	}
	if command.HasSubCommands() && (len(words) < 2 || named(words[1], command.Commands()) == nil) {
		return app.notAllowed(strings.Join(words[:min(len(words), 2)], " "))
	}
	return nil
}

func (app *App) notAllowed(command string) error {
	var names []string
	for _, one := range listed(app.root) {
		if !one.HasSubCommands() {
			names = append(names, one.Name())
		}
		for _, child := range one.Commands() {
			names = append(names, one.Name()+" "+child.Name())
		}
	}
	return &visit.DeniedError{Refusal: phrase.Refusal{What: phrase.Say("%q may not be used over SSH", command),
		Hint: phrase.Say("these commands may: %s", phrase.List(names))}}
}

// admit lets a visitor see the data only as long as they and their key are on the roster.
func (app *App) admit(campaign *model.Campaign) error {
	if app.visit == nil {
		return nil
	}
	err := visit.Admit(campaign, app.flags.as, app.visit.Key)
	if err == nil && app.visit.Enter != nil {
		err = app.visit.Enter()
	}
	if err != nil && app.visit.Denied != nil {
		app.visit.Denied(err)
	}
	return err
}
