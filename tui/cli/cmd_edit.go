package cli

import (
	"bytes"
	"context"
	"os"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/store"
	"example.org/tiendo/model/workspace"
	"example.org/tiendo/tui/terminal"
)

func newCmdEdit(app *App) *cobra.Command {
	var yes bool
	command := &cobra.Command{
		Use:   "edit plan|units|report",
		Short: app.T("edit a data file in an editor; it is checked, shown and committed (coordinator)"),
		Example: `  tiendo edit plan
  VISUAL=nano tiendo edit units`,
		RunE: func(command *cobra.Command, args []string) error {
			return runEdit(command.Context(), app, args[0], yes)
		},
		ValidArgsFunction: completeWords("plan", "units", "report"),
	}
	command.Flags().BoolVar(&yes, "yes", false, app.T("without asking"))
	app.answers(command)
	return command
}

func runEdit(ctx context.Context, app *App, what string, yes bool) error {
	files := map[string]string{"plan": decode.PlanFile, "units": decode.RosterFile, "report": decode.ReportFile}
	file, known := files[what]
	if !known {
		return wrongUsage(phrase.Say("there is no kind %q", what), phrase.Say("want one of %s", "plan, units, report"))
	}
	folder, person, err := toChange(ctx, app, true, func(c *model.Campaign, person model.Person) error {
		return store.MayEdit(c, person, file)
	})
	if err != nil {
		return err
	}
	editing, err := folder.StartEditing(file)
	if err != nil {
		return err
	}
	if editing.Kept {
		app.Out.Note(app.T("an unsaved edit of %s has been kept here", file))
		// Only a yes throws it away: neither a lost connection nor the lack of a terminal does.
		if !yes && confirm(app, app.T("Throw it away, and begin with the file as it is?")) == nil {
			if err := editing.Anew(); err != nil {
				return err
			}
		}
	}
	for {
		if err := runEditor(ctx, app, editing.Copy); err != nil {
			return err
		}
		content, err := os.ReadFile(editing.Copy)
		if err != nil {
			return err
		}
		if bytes.Equal(content, editing.Seen) {
			editing.Drop()
			app.Out.Line(app.T("nothing was changed"))
			return nil
		}
		saved, err := saveEdited(ctx, app, folder, person, editing, yes)
		if saved || err == nil {
			return err
		}
		app.report(err)
		app.Out.Note(app.T("the edit is kept aside; what stood there before stays in force"))
		if yes || confirm(app, app.T("Edit it again?")) != nil {
			return errProblems
		}
	}
}

// saveEdited shows what an edit changes, asks, and saves it. An error with saved says that nothing more is to be
// edited.
func saveEdited(ctx context.Context, app *App, folder *workspace.Workspace, person model.Person,
	editing *workspace.Editing, yes bool) (saved bool, err error) {
	later, differences, err := editing.Differences(ctx)
	if err != nil {
		return false, err
	}
	app.Differences(later, differences, folder.Effects(folder.Campaign, later, differences))
	if !yes {
		if err := confirm(app, app.T("Save this?")); err != nil {
			app.Out.Note(app.T("the edit is kept aside; `tiendo edit` offers it again"))
			return true, err
		}
	}
	receipts, err := editing.Save(ctx, person, differences)
	if err != nil {
		return false, err
	}
	for _, receipt := range receipts {
		app.Out.Line(app.T("saved %s: %s", receipt.Hash, editing.Name))
		for _, d := range differences {
			_, what := app.Words.Difference(later, d)
			app.done(ctx, folder, doneOf(d, what), receipt.Hash, app.Words.Say(receipt.Pending))
		}
		app.Notices(receipt.Notices)
	}
	return true, nil
}

// runEditor opens a file in the person's editor.
func runEditor(ctx context.Context, app *App, file string) error {
	name, command := terminal.Editor(ctx, app.env, file)
	command.Stdin, command.Stdout, command.Stderr = app.system.Stdin, app.system.Stdout, app.system.Stderr
	if app.asJSON {
		command.Stdout = app.system.Stderr
	}
	if err := command.Run(); err != nil {
		return terminal.EditorFailed(name, err)
	}
	return nil
}
