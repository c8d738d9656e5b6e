package cli

import (
	"context"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

func (p *program) newStatus() *cobra.Command {
	unit, asJSON := "", false
	command := &cobra.Command{
		Use:  "status",
		RunE: func(command *cobra.Command, _ []string) error { return p.runStatus(command.Context(), unit, asJSON) },
	}
	p.describe(command, manual{
		short:    phrase.Say("show the progress as text or JSON"),
		long:     phrase.Say("With --unit it shows what one unit has to do, with the ids that `tiendo tick` asks for."),
		examples: []string{"tiendo status", "tiendo status --unit van-phong", "tiendo status --json --today 2019-12-10"},
	})
	p.stringFlag(command, command.Flags(), &unit, "unit", phrase.Say("ID"), phrase.Say("only this unit"))
	p.boolFlag(command, command.Flags(), &asJSON, "json", phrase.Say("as JSON"))
	p.complete(command, "unit", p.completeUnits)
	return command
}

func (p *program) runStatus(ctx context.Context, unit string, asJSON bool) error {
	folder, err := p.loadReadOnly(ctx)
	if err != nil {
		return err
	}
	if unit != "" {
		if _, err := folder.Campaign.Unit(unit); err != nil {
			return err
		}
	}
	// A wrong --as is refused here too, though only the JSON names the person.
	as, _ := p.setting("as", p.options.as, envAs)
	var person model.Person
	if asJSON || as != "" {
		if person, err = p.person(folder); err != nil {
			return err
		}
	}
	board := model.NewBoard(folder.Campaign, folder.Today)
	if asJSON {
		days, untold := folder.BurnUp(ctx)
		if err := p.StatusJSON(board, days, person, unit); err != nil || untold == nil {
			return err
		}
		return &phrase.Refusal{What: phrase.Say("the days of the campaign cannot be told"), Hint: phrase.HintOf(untold), Err: untold}
	}
	p.Status(board, unit)
	return nil
}
