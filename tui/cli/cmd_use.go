package cli

import (
	"slices"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/workspace"
)

// useOptions are the flags of use.
type useOptions struct {
	channels, remove []string
	clear            bool
}

func newCmdUse(app *App) *cobra.Command {
	options := useOptions{}
	command := &cobra.Command{
		Use:   "use " + app.T("UNIT MESSAGE"),
		Short: app.T("record where a unit used a message"),
		Example: `  tiendo use van-phong m05 --channel bang-ron --channel website
  tiendo use van-phong m05 --clear`,
		RunE: func(command *cobra.Command, args []string) error {
			return runUse(app, command, args[0], args[1], options)
		},
		ValidArgsFunction: app.offer(unitThenMessage),
	}
	flags := command.Flags()
	listFlag(flags, &options.channels, "channel", app.T("CHANNEL"),
		app.T("where the message was used; may be given several times"))
	listFlag(flags, &options.remove, "remove", app.T("CHANNEL"), app.T("remove a channel"))
	flags.BoolVar(&options.clear, "clear", false, app.T("remove all channels"))
	app.complete(command, "channel", app.offer(channels))
	app.complete(command, "remove", app.offer(channels))
	app.answers(command)
	return command
}

func runUse(app *App, command *cobra.Command, unit, message string, options useOptions) error {
	options.channels, options.remove = cleaned(options.channels), cleaned(options.remove)
	if len(options.channels) == 0 && len(options.remove) == 0 && !options.clear {
		return wrongUsage(phrase.Say("--channel is missing: where was the message used?"), seeHelp(command))
	}
	if slices.Contains(options.channels, "") {
		return wrongUsage(phrase.Say("--channel names no channel"), phrase.Say("--clear removes all channels"))
	}
	subject := model.Subject{Kind: model.SubjectMessage, ID: message}
	return app.change(command.Context(), unit, subject,
		func(folder *workspace.Workspace, seen model.Value) (model.Value, error) {
			if err := knownChannels(&folder.Campaign.Plan, options.channels); err != nil {
				return seen, err
			}
			had := model.As[model.Use](seen).Channels
			if options.clear {
				had = nil
			}
			channels, err := changeList(had, options.channels, options.remove)
			return model.Use{Channels: channels}, err
		})
}

// knownChannels refuses a channel that the plan does not name: it is more likely
// a slip than a new channel, and would be counted apart for ever.
func knownChannels(plan *model.Plan, channels []string) error {
	if len(plan.Channels) == 0 {
		return nil
	}
	known := channelIDs(plan)
	for _, channel := range channels {
		if slices.Contains(known, channel) {
			continue
		}
		what := phrase.Say("there is no channel %q", channel)
		if near := phrase.Suggest(channel, known); len(near) > 0 {
			return phrase.Refuse(what, phrase.Say("did you mean %s?", phrase.List(near)))
		}
		return phrase.Refuse(what, phrase.Say("known ids: %s; others are added to plan.toml as [[channel]]",
			phrase.List(known)))
	}
	return nil
}

func channelIDs(plan *model.Plan) []string {
	ids := make([]string, len(plan.Channels))
	for i, channel := range plan.Channels {
		ids[i] = channel.ID
	}
	return ids
}
