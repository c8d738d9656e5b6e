package cli

import (
	"context"

	"github.com/spf13/cobra"
)

func newCmdCheck(app *App) *cobra.Command {
	strict := false
	command := &cobra.Command{
		Use:   "check",
		Short: app.T("list every problem in the data files"),
		Example: `  tiendo check
  tiendo check --strict
  tiendo check --json`,
		RunE: func(command *cobra.Command, _ []string) error { return runCheck(command.Context(), app, strict) },
	}
	flags := command.Flags()
	flags.BoolVar(&strict, "strict", false, app.T("fail for a warning, too"))
	flags.BoolVar(&app.asJSON, "json", false, app.T("as JSON"))
	return command
}

func runCheck(ctx context.Context, app *App, strict bool) error {
	folder, err := app.open(ctx, false)
	if err != nil {
		return err
	}
	campaign, err := folder.Store.Load(ctx)
	if campaign == nil || err != nil && len(campaign.Problems) == 0 {
		return err
	}
	app.speak(campaign.Plan.Language)
	if err := app.admit(campaign); err != nil {
		return err
	}
	campaign.Problems = append(campaign.Problems, folder.Beside(ctx, campaign)...)
	if app.asJSON {
		if err := app.ProblemsJSON(campaign.Problems); err != nil {
			return err
		}
	} else {
		app.Check(campaign)
	}
	if strict && len(campaign.Problems) > 0 {
		return errProblems
	}
	return lacking(campaign.Problems)
}
