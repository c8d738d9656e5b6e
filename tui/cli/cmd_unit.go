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
	unit := commandGroup(&cobra.Command{
		Use:     "unit " + p.Words.T("COMMAND"),
		Short:   p.Words.T("the units on the roster"),
		Example: `  tiendo unit list`,
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
		Use:     "add " + p.Words.T("UNIT"),
		Short:   p.Words.T("put a unit on the roster (coordinator)"),
		Example: `  tiendo unit add phong-moi --name "Phòng Mới" --group phong-don-vi`,
		PreRunE: required("name", "group"),
		RunE: func(command *cobra.Command, args []string) error {
			unit.ID = args[0]
			return p.runUnitAdd(command.Context(), unit, since)
		},
		ValidArgsFunction: completeWords(),
	}
	group.AddCommand(command)
	flags := command.Flags()
	textFlag(flags, &unit.Name, "name", p.Words.T("NAME"), p.Words.T("the unit's name"))
	textFlag(flags, &unit.Short, "short", p.Words.T("NAME"), p.Words.T("a shorter name for narrow screens"))
	textFlag(flags, &unit.Group, "group", p.Words.T("GROUP"), p.Words.T("the group by which the plan speaks of it"))
	textFlag(flags, &since, "since", p.Words.T("DAY"), p.Words.T("the first day on which the unit takes part; if not given, today once the campaign has begun"))
	p.complete(command, "group", p.completeGroups)
	p.answers(command)
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
		Use:   "list",
		Short: p.Words.T("list the units on the roster"),
		Example: `  tiendo unit list
  tiendo unit list --json`,
		RunE: func(command *cobra.Command, _ []string) error {
			return p.runUnitList(command.Context(), asJSON)
		},
	}
	group.AddCommand(command)
	command.Flags().BoolVar(&asJSON, "json", false, p.Words.T("as JSON"))
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
