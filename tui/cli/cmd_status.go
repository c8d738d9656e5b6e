package cli

import (
	"context"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/show"
)

func newCmdStatus(app *App) *cobra.Command {
	unit, history, figures, mine := "", false, false, false
	command := &cobra.Command{
		Use:   "status",
		Short: app.T("show the progress as text or JSON"),
		Example: `  tiendo status
  tiendo status --mine
  tiendo status --unit van-phong
  tiendo status --figures
  tiendo status --json --today 2019-12-10
  tiendo status --json --history`,
		RunE: func(command *cobra.Command, _ []string) error {
			switch {
			case mine && (unit != "" || history || figures):
				return wrongUsage(phrase.Say("--mine goes with neither --unit nor --history nor --figures"), seeHelp(command))
			case mine:
				return runMine(command.Context(), app)
			}
			return runStatus(command.Context(), app, unit, history, figures)
		},
	}
	flags := command.Flags()
	textFlag(flags, &unit, "unit", app.T("ID"), app.T("only this unit"))
	flags.BoolVar(&figures, "figures", false,
		app.T("all figures, unit by unit: which are missing, confirmed, or to be looked at again"))
	flags.BoolVar(&app.asJSON, "json", false, app.T("as JSON"))
	flags.BoolVar(&mine, "mine", false, app.T("only what you have to do, in order, each with the command for it"))
	flags.BoolVar(&history, "history", false, app.T("with --json: also how far all units were on each day"))
	app.complete(command, "unit", app.offer(units))
	app.forPeriod(command)
	return command
}

func runStatus(ctx context.Context, app *App, unit string, history, figures bool) error {
	folder, err := app.open(ctx, false)
	if err != nil {
		return err
	}
	uncommitted, aside := make(chan []string, 1), make(chan []string, 1) // git is asked while the files are read
	go func() {
		uncommitted <- folder.Uncommitted(ctx)
		aside <- folder.Aside(ctx)
	}()
	if err := app.readAndTell(ctx, folder); err != nil {
		return err
	}
	var units []string // all
	if unit != "" {
		if _, err := folder.Campaign.Unit(unit); err != nil {
			return err
		}
		units = []string{unit}
	}
	if app.asJSON || unit != "" {
		if err := folder.TellArrivals(ctx, folder.Campaign, units...); err != nil {
			app.Warn(err)
		}
	}
	// A wrong --as is refused here too, though only the JSON names the person.
	as, _ := app.setting("as", app.flags.as, envAs)
	var person model.Person
	if app.asJSON || as != "" {
		if person, err = app.person(folder); err != nil {
			return err
		}
	}
	board, err := app.board(folder)
	if err != nil {
		return err
	}
	problems := folder.Campaign.Problems
	if unit != "" {
		problems = show.ProblemsOf(folder.Campaign, unit)
	}
	if figures && !app.asJSON {
		show.Figures(&app.Printer, board, unit)
		return lacking(problems)
	}
	if !app.asJSON {
		app.Status(board, unit)
		app.Uncommitted(<-uncommitted)
		app.Aside(<-aside)
		return lacking(problems)
	}
	var days []model.Progression
	var untold error
	if history {
		days, untold = folder.BurnUp(ctx)
		days = append([]model.Progression{}, days...) // none is an answer, too
	}
	if err := app.StatusJSON(board, days, person, unit, <-uncommitted, <-aside); err != nil {
		return err
	}
	if untold != nil {
		return &phrase.Refusal{What: phrase.Say("the days of the campaign cannot be told"), Hint: phrase.HintOf(untold),
			Err: untold}
	}
	return lacking(problems)
}

// runMine shows what the person has to do, as the first screen does.
func runMine(ctx context.Context, app *App) error {
	folder, err := app.load(ctx) // with its history, which knows what the person has not looked at
	if err != nil {
		return err
	}
	person, err := app.person(folder)
	if err != nil {
		return err
	}
	board, err := app.board(folder)
	if err != nil {
		return err
	}
	items, err := folder.Agenda(ctx, board, person)
	if err != nil {
		return err
	}
	if app.asJSON {
		err = show.ToDoJSON(&app.Printer, board, person, items)
	} else {
		show.ToDo(&app.Printer, board, person, items)
	}
	if err != nil {
		return err
	}
	return lacking(folder.Campaign.Problems)
}
