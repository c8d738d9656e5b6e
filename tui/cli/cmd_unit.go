package cli

import (
	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
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
		newCmdUnitSet(app, unit)
		newCmdUnitEnd(app, unit)
	}
	newCmdList(app, unit, model.SubjectUnit, app.T("list the units on the roster"), app.UnitsJSON)
	return unit
}

// unitFlags are the flags for the fields of a unit.
func unitFlags(app *App, command *cobra.Command, since string) (set func(*model.Unit) error) {
	set = fieldFlags(command, model.UnitFields,
		fieldFlag{"name", app.T("NAME"), app.T("the unit's name")},
		fieldFlag{"short", app.T("NAME"), app.T("a shorter name for narrow screens")},
		fieldFlag{"group", app.T("GROUP"), app.T("the group by which the plan speaks of it")},
		fieldFlag{"since", app.T("DAY"), since},
		fieldFlag{"until", app.T("DAY"), app.T("the last day on which the unit takes part")})
	app.complete(command, "group", app.offer(groups))
	answersWithReason(app, command)
	return set
}

func newCmdUnitAdd(app *App, group *cobra.Command) {
	var set func(*model.Unit) error
	var coordinator bool
	command := &cobra.Command{
		Use:     "add " + app.T("UNIT"),
		Short:   app.T("put a unit on the roster (coordinator)"),
		Example: `  tiendo unit add phong-moi --name "Phòng Mới" --group phong-don-vi`,
		PreRunE: required("name", "group"),
		RunE: func(command *cobra.Command, args []string) error {
			unit := model.Unit{ID: args[0], Coordinator: coordinator}
			if err := set(&unit); err != nil {
				return err
			}
			return addToRoster(command.Context(), app, model.Subject{Kind: model.SubjectUnit, ID: unit.ID},
				phrase.Say("`tiendo unit set %s` changes it; another unit gets another id", unit.ID),
				func(folder *workspace.Workspace) *model.Unit {
					plan := &folder.Campaign.Plan
					if unit.Since.IsZero() {
						unit.Since = calendar.Joins(plan.Starts, folder.Clock.Today(plan.TimeZone), len(plan.Activities))
					}
					return &unit
				})
		},
		ValidArgsFunction: completeWords(),
	}
	command.Flags().BoolVar(&coordinator, "coordinator", false, app.T("the one unit to which the others report"))
	set = unitFlags(app, command,
		app.T("the first day on which the unit takes part; if not given, today once the campaign has begun"))
	group.AddCommand(command)
}

func newCmdUnitSet(app *App, group *cobra.Command) {
	var set func(*model.Unit) error
	command := &cobra.Command{
		Use:   "set " + app.T("UNIT"),
		Short: app.T("change what the roster says of a unit (coordinator)"),
		Example: `  tiendo unit set thanh-tra --short "T. tra"
  tiendo unit set thanh-tra --until "" --reason "không giải thể nữa"`,
		PreRunE: anyFlag("name", "short", "group", "since", "until"),
		RunE: func(command *cobra.Command, args []string) error {
			return setOnRoster(command.Context(), app, model.Subject{Kind: model.SubjectUnit, ID: args[0]}, set)
		},
		ValidArgsFunction: app.offerFirst(units),
	}
	set = unitFlags(app, command, app.T("the first day on which the unit takes part"))
	group.AddCommand(command)
}

func newCmdUnitEnd(app *App, group *cobra.Command) {
	last := ""
	command := &cobra.Command{
		Use:     "end " + app.T("UNIT"),
		Short:   app.T("give a unit its last day; its record stays (coordinator)"),
		Example: `  tiendo unit end chi-doan --on 10/12/2019 --reason "sáp nhập"`,
		PreRunE: required("on"),
		RunE: func(command *cobra.Command, args []string) error {
			day, err := parseDay("--on", last)
			if err != nil {
				return err
			}
			return setOnRoster(command.Context(), app, model.Subject{Kind: model.SubjectUnit, ID: args[0]},
				func(unit *model.Unit) error {
					unit.Until = day
					return nil
				})
		},
		ValidArgsFunction: app.offerFirst(units),
	}
	textFlag(command.Flags(), &last, "on", app.T("DAY"), app.T("the last day on which the unit takes part"))
	answersWithReason(app, command)
	group.AddCommand(command)
}
