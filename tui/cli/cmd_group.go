package cli

import (
	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/workspace"
)

// newCmdGroup makes the commands about the groups of units.
func newCmdGroup(app *App) *cobra.Command {
	group := commandGroup(&cobra.Command{
		Use:     "group " + app.T("COMMAND"),
		Short:   app.T("the groups by which the plan speaks of the units"),
		Example: `  tiendo group list`,
	})
	newCmdGroupAdd(app, group)
	newCmdGroupSet(app, group)
	newCmdGroupDrop(app, group)
	newCmdList(app, group, model.SubjectGroup, app.T("list the groups on the roster"), app.GroupsJSON)
	return group
}

// groupFlags are the flags for the fields of a group.
func groupFlags(app *App, command *cobra.Command) (set func(*model.Group) error) {
	answersWithReason(app, command)
	return fieldFlags(command, model.GroupFields, fieldFlag{"name", app.T("NAME"), app.T("the group's name")})
}

func newCmdGroupAdd(app *App, parent *cobra.Command) {
	var set func(*model.Group) error
	command := &cobra.Command{
		Use:     "add " + app.T("GROUP"),
		Short:   app.T("put a group on the roster (coordinator)"),
		Example: `  tiendo group add truong-hoc --name "Các trường trực thuộc"`,
		PreRunE: required("name"),
		RunE: func(command *cobra.Command, args []string) error {
			group := model.Group{ID: args[0]}
			if err := set(&group); err != nil {
				return err
			}
			return addToRoster(command.Context(), app, model.Subject{Kind: model.SubjectGroup, ID: group.ID},
				phrase.Say("`tiendo group set %s` changes its name; another group gets another id", group.ID),
				func(*workspace.Workspace) *model.Group { return &group })
		},
		ValidArgsFunction: completeWords(),
	}
	set = groupFlags(app, command)
	parent.AddCommand(command)
}

func newCmdGroupSet(app *App, parent *cobra.Command) {
	var set func(*model.Group) error
	command := &cobra.Command{
		Use:     "set " + app.T("GROUP"),
		Short:   app.T("change the name of a group (coordinator)"),
		Example: `  tiendo group set doan-the --name "Công đoàn, Chi đoàn"`,
		PreRunE: required("name"),
		RunE: func(command *cobra.Command, args []string) error {
			return setOnRoster(command.Context(), app, model.Subject{Kind: model.SubjectGroup, ID: args[0]}, set)
		},
		ValidArgsFunction: app.offerFirst(groups),
	}
	set = groupFlags(app, command)
	parent.AddCommand(command)
}

func newCmdGroupDrop(app *App, parent *cobra.Command) {
	command := &cobra.Command{
		Use:     "drop " + app.T("GROUP"),
		Short:   app.T("take a group off the roster that nothing uses (coordinator)"),
		Example: `  tiendo group drop truong-hoc`,
		RunE: func(command *cobra.Command, args []string) error {
			return dropFromRoster[model.Group](command.Context(), app, model.Subject{Kind: model.SubjectGroup, ID: args[0]})
		},
		ValidArgsFunction: app.offerFirst(groups),
	}
	answersWithReason(app, command)
	parent.AddCommand(command)
}
