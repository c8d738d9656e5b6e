package cli

import (
	"context"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/workspace"
	"github.com/spf13/cobra"
)

// newCmdUnit makes the commands about the units on the roster.
func newCmdUnit(app *App) *cobra.Command {
	unit := commandGroup(&cobra.Command{
		Use:     "unit " + app.T("COMMAND"),
		Short:   app.T("the units on the roster"),
		Example: `  tiendo unit list`,
	})
	if app.visit == nil {
		newCmdUnitAdd(app, unit)
	}
	newCmdUnitList(app, unit)
	return unit
}

func newCmdUnitAdd(app *App, group *cobra.Command) {
	unit, since := model.Unit{}, ""
	command := &cobra.Command{
		Use:     "add " + app.T("UNIT"),
		Short:   app.T("put a unit on the roster (coordinator)"),
		Example: `  tiendo unit add phong-moi --name "Phòng Mới" --group phong-don-vi`,
		PreRunE: required("name", "group"),
		RunE: func(command *cobra.Command, args []string) error {
			unit.ID = args[0]
			return runUnitAdd(command.Context(), app, unit, since)
		},
		ValidArgsFunction: completeWords(),
	}
	group.AddCommand(command)
	flags := command.Flags()
	textFlag(flags, &unit.Name, "name", app.T("NAME"), app.T("the unit's name"))
	textFlag(flags, &unit.Short, "short", app.T("NAME"), app.T("a shorter name for narrow screens"))
	textFlag(flags, &unit.Group, "group", app.T("GROUP"), app.T("the group by which the plan speaks of it"))
	textFlag(flags, &since, "since", app.T("DAY"),
		app.T("the first day on which the unit takes part; if not given, today once the campaign has begun"))
	app.complete(command, "group", app.offer(groups))
	app.answers(command)
}

func runUnitAdd(ctx context.Context, app *App, unit model.Unit, since string) error {
	if since != "" {
		day, err := parseDay("--since", since)
		if err != nil {
			return err
		}
		unit.Since = day
	}
	unit.Name, unit.Short = strings.TrimSpace(unit.Name), strings.TrimSpace(unit.Short)
	return app.change(ctx, "", model.Subject{Kind: model.SubjectUnit, ID: unit.ID},
		func(folder *workspace.Workspace, seen model.Value) (model.Value, error) {
			if err := app.knownToGit(ctx, folder); err != nil {
				return seen, err
			}
			if there := model.As[*model.Unit](seen); there != nil {
				return seen, phrase.Refuse(phrase.Say("%s is on the roster already: %s", unit.ID, there.Name),
					phrase.Say("edit units.toml by hand, then run `tiendo check`; another unit gets another id"))
			}
			plan := &folder.Campaign.Plan
			if today := folder.Clock.Today(plan.TimeZone); unit.Since.IsZero() && !today.Before(plan.Starts) {
				unit.Since = today
			}
			return &unit, nil
		})
}

func newCmdUnitList(app *App, group *cobra.Command) {
	command := &cobra.Command{
		Use:   "list",
		Short: app.T("list the units on the roster"),
		Example: `  tiendo unit list
  tiendo unit list --json`,
		RunE: func(command *cobra.Command, _ []string) error { return runUnitList(command.Context(), app) },
	}
	group.AddCommand(command)
	command.Flags().BoolVar(&app.asJSON, "json", false, app.T("as JSON"))
}

func runUnitList(ctx context.Context, app *App) error {
	folder, err := app.loadReadOnly(ctx)
	if err != nil {
		return err
	}
	if app.asJSON {
		return app.UnitsJSON(folder.Campaign)
	}
	app.Units(folder.Campaign)
	return nil
}
