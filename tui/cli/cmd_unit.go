package cli

import (
	"context"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/workspace"
	"github.com/spf13/cobra"
)

// newUnit makes the commands about the units on the roster.
func (p *program) newUnit() *cobra.Command {
	unit := p.commandGroup("unit", manual{
		short:    phrase.Say("the units on the roster"),
		examples: []string{"tiendo unit list"},
	})
	if !p.visiting {
		p.newUnitAdd(unit)
	}
	p.newUnitList(unit)
	return unit
}

func (p *program) newUnitAdd(group *cobra.Command) {
	unit, since := model.Unit{}, ""
	command := &cobra.Command{
		Use:     "add",
		PreRunE: required("name", "group"),
		RunE: func(command *cobra.Command, args []string) error {
			unit.ID = args[0]
			return p.runUnitAdd(command.Context(), unit, since)
		},
		ValidArgsFunction: completeWords(),
	}
	group.AddCommand(command)
	p.describe(command, manual{
		short:     phrase.Say("put a unit on the roster (coordinator)"),
		long:      phrase.Say("The unit gets a file of its own below progress, with everything that the plan gives to its group. Once the campaign has begun it is written down since when it takes part: only units that are on the roster on the day on which the reports are due are expected to report. A unit is taken off by hand, in units.toml."),
		arguments: []argument{{name: phrase.Say("UNIT")}},
		examples:  []string{"tiendo unit add phong-moi --name \"Phòng Mới\" --group phong-don-vi"},
	})
	flags := command.Flags()
	p.stringFlag(command, flags, &unit.Name, "name", phrase.Say("NAME"), phrase.Say("the unit's name"))
	p.stringFlag(command, flags, &unit.Short, "short", phrase.Say("NAME"), phrase.Say("a shorter name for narrow screens"))
	p.stringFlag(command, flags, &unit.Group, "group", phrase.Say("GROUP"), phrase.Say("the group by which the plan speaks of it"))
	p.stringFlag(command, flags, &since, "since", phrase.Say("DAY"), phrase.Say("the first day on which the unit takes part; if not given, today once the campaign has begun"))
	p.complete(command, "group", p.completeGroups)
}

func (p *program) runUnitAdd(ctx context.Context, unit model.Unit, since string) error {
	if since != "" {
		day, err := parseDay("--since", since)
		if err != nil {
			return err
		}
		unit.Since = day
	}
	unit.Name, unit.Short = strings.TrimSpace(unit.Name), strings.TrimSpace(unit.Short)
	return p.change(ctx, "", model.Subject{Kind: model.SubjectUnit, ID: unit.ID}, func(folder *workspace.Workspace, seen model.Value) (model.Value, error) {
		if err := p.knownToGit(ctx, folder); err != nil {
			return seen, err
		}
		if seen.Unit != nil {
			return seen, phrase.Refuse(phrase.Say("%s is on the roster already: %s", unit.ID, seen.Unit.Name),
				phrase.Say("change what stands in units.toml by hand, then run `tiendo check`; another unit gets another id"))
		}
		plan := &folder.Campaign.Plan
		if today := folder.Clock.Today(plan.TimeZone); unit.Since.IsZero() && !today.Before(plan.Starts) {
			unit.Since = today
		}
		return model.Value{Unit: &unit}, nil
	})
}

func (p *program) newUnitList(group *cobra.Command) {
	asJSON := false
	command := &cobra.Command{
		Use: "list",
		RunE: func(command *cobra.Command, _ []string) error {
			return p.runUnitList(command.Context(), asJSON)
		},
	}
	group.AddCommand(command)
	p.describe(command, manual{
		short:    phrase.Say("list the units on the roster"),
		examples: []string{"tiendo unit list", "tiendo unit list --json"},
	})
	p.boolFlag(command, command.Flags(), &asJSON, "json", phrase.Say("as JSON"))
}

func (p *program) runUnitList(ctx context.Context, asJSON bool) error {
	folder, err := p.loadReadOnly(ctx)
	if err != nil {
		return err
	}
	if asJSON {
		return p.UnitsJSON(folder.Campaign)
	}
	p.Units(folder.Campaign)
	return nil
}
