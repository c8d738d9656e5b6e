package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model/review"
	"example.org/tiendo/tui/show"
)

func newCmdSave(app *App) *cobra.Command {
	var title string
	command := &cobra.Command{
		Use:        "save " + app.T("[FILE]..."),
		SuggestFor: []string{"commit"},
		Short:      app.T("commit what was edited by hand in the data files, once it contains no new error"),
		Example: `  tiendo save
  tiendo save -m "Sửa theo Công văn 99/SCT-VP" data/plan.toml`,
		Args: cobra.ArbitraryArgs,
		RunE: func(command *cobra.Command, args []string) error {
			return runSave(command.Context(), app, title, args)
		},
	}
	command.Flags().StringVarP(&title, "message", "m", "",
		app.T("the title of the commit; otherwise it says what differs"))
	nameValue(command.Flags(), "message", app.T("TEXT"))
	app.answers(command)
	return command
}

func runSave(ctx context.Context, app *App, title string, files []string) error {
	folder, err := app.load(ctx)
	if err != nil {
		return err
	}
	person, err := app.knownToGit(ctx, folder)
	if err != nil {
		return err
	}
	saved, err := folder.SaveByHand(ctx, person, oneLine(title), app.system.Directory, files)
	if err != nil {
		return err
	}
	if saved.Hash != "" {
		app.Out.Line(app.T("saved %s: %s", saved.Hash, strings.Join(saved.Files, ", ")))
		app.Differences(folder.Campaign, saved.Differences, nil)
		for _, d := range saved.Differences {
			_, what := app.Words.Difference(folder.Campaign, d)
			app.done(ctx, folder, doneOf(d, what), saved.Hash, "")
		}
		app.changed.Written = true
	}
	switch {
	case len(saved.Left) > 0:
		show.LeftByHand(&app.Printer, saved.Left)
		return errProblems
	case saved.Hash == "":
		app.Out.Line(app.T("nothing was edited by hand"))
	}
	return nil
}

// doneOf is a difference in what somebody edited by hand, for the answer.
func doneOf(d review.Difference, what string) show.Done {
	return show.Done{Unit: d.Unit, Kind: string(d.Subject.Kind), ID: d.Subject.ID, Change: what}
}
