package cli

import (
	"context"
	"path"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/store"
	"example.org/tiendo/model/workspace"
	"example.org/tiendo/tui/show"
)

func newCmdCodeOwners(app *App) *cobra.Command {
	command := &cobra.Command{
		Use:     "codeowners",
		Short:   app.T("write the file CODEOWNERS for a forge, from the roster"),
		Example: `  tiendo codeowners > CODEOWNERS`,
		RunE:    func(command *cobra.Command, _ []string) error { return runCodeOwners(command.Context(), app) },
	}
	command.Flags().BoolVar(&app.asJSON, "json", false, app.T("as JSON"))
	return command
}

func runCodeOwners(ctx context.Context, app *App) error {
	dir, shown, err := app.locate()
	if err != nil {
		return err
	}
	opened, err := store.Open(dir, store.Options{Now: app.system.Now, Shown: shown})
	if err != nil {
		return err
	}
	campaign, err := opened.Load(ctx)
	if err != nil {
		return err
	}
	app.speak(campaign.Plan.Language)
	if broken := model.RosterUnusable(campaign); broken != nil {
		return broken
	}
	// Without git everything is thought to lie in a folder of the usual name.
	folder := path.Base(dir)
	if repository, err := history.Open(ctx, dir); err == nil {
		if folder, err = repository.Folder(dir); err != nil {
			return err
		}
	}
	files, err := opened.RecordFiles(ctx)
	if err != nil {
		return err
	}
	plan := folder
	if path.Base(folder) == workspace.DataFolder {
		plan = path.Dir(folder)
	}
	lines, err := app.CodeOwners(campaign, plan, folder, files)
	if err != nil {
		return err
	}
	if app.asJSON {
		return app.JSON(struct {
			Version int      `json:"version"`
			Lines   []string `json:"lines"` // of the file
		}{show.JSONVersion, lines})
	}
	for _, line := range lines {
		app.Out.Line(line)
	}
	return nil
}
