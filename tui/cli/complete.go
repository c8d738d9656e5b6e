package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
)

// completer offers words for what is being typed.
type completer = cobra.CompletionFunc

// noFiles tells the shell not to offer file names where they make no sense.
const noFiles = cobra.ShellCompDirectiveNoFileComp

// complete registers what a flag's value can be. It panics for a flag that does not exist: a slip of the programmer.
// It does so only when a shell asks, because cobra keeps what is registered as long as the process lives.
func (app *App) complete(command *cobra.Command, flag string, complete completer) {
	if !app.completing() {
		return
	}
	if err := command.RegisterFlagCompletionFunc(flag, complete); err != nil {
		panic(err)
	}
}

// offered is a word to choose, with what it means beside it.
func offered(word, meaning string) string {
	return cobra.CompletionWithDesc(word, text.Line(meaning))
}

// campaignToComplete reads the data for a completion; nil when there are none, which is no error to a shell.
func (app *App) campaignToComplete() *model.Campaign {
	if app.loaded == nil {
		_, _ = app.loadReadOnly(context.Background())
	}
	return app.loaded
}

func completeWords(words ...string) completer {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) { return words, noFiles }
}

func completeFolders(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}

// offer makes a completer of words that a campaign gives; args are the arguments that are typed already.
func (app *App) offer(words func(campaign *model.Campaign, args []string) []string) completer {
	return func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		campaign := app.campaignToComplete()
		if campaign == nil {
			return nil, noFiles
		}
		return words(campaign, args), noFiles
	}
}

// offerFirst is offer for commands that have one argument.
func (app *App) offerFirst(words func(campaign *model.Campaign, args []string) []string) completer {
	return app.offer(func(campaign *model.Campaign, args []string) []string {
		if len(args) > 0 {
			return nil
		}
		return words(campaign, args)
	})
}

// wordsOf are the words for things of a list, each with what it means.
func wordsOf[T any](list []T, word func(*T) (id, meaning string)) []string {
	words := make([]string, len(list))
	for i := range list {
		words[i] = offered(word(&list[i]))
	}
	return words
}

func completeStatuses(app *App) completer {
	return completeWords(wordsOf(duty.Statuses(), func(status *model.Status) (string, string) {
		return string(*status), status.Label(app.Words.Language)
	})...)
}

func completeRoles(app *App) completer {
	return completeWords(wordsOf(model.Roles(), func(role *model.Role) (string, string) {
		return string(*role), role.Label(app.Words.Language)
	})...)
}

// completeCommands offers the commands below those that are typed already.
func (app *App) completeCommands(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	command, err := app.findCommand(args)
	if err != nil {
		return nil, noFiles
	}
	var words []string
	for _, child := range listed(command) {
		words = append(words, offered(child.Name(), child.Short))
	}
	if command == app.root {
		words = append(words, app.topics()...)
	}
	return words, noFiles
}

func people(campaign *model.Campaign, _ []string) []string {
	return wordsOf(campaign.Roster.People, func(person *model.Person) (string, string) { return person.ID, person.Name })
}

func units(campaign *model.Campaign, _ []string) []string {
	return wordsOf(campaign.Roster.Units, func(unit *model.Unit) (string, string) { return unit.ID, unit.Name })
}

func groups(campaign *model.Campaign, _ []string) []string {
	return wordsOf(campaign.Roster.Groups, func(group *model.Group) (string, string) { return group.ID, group.Name })
}

// fingerprints are the fingerprints of the keys of the person who is named first, and before that the people.
func fingerprints(campaign *model.Campaign, args []string) []string {
	if len(args) == 0 {
		return people(campaign, nil)
	}
	person := campaign.Roster.Person(args[0])
	if person == nil || len(args) > 1 {
		return nil
	}
	return wordsOf(person.Keys, func(key *string) (string, string) {
		fingerprint, name, _ := strings.Cut(review.KeyName(*key), " ")
		return fingerprint, name
	})
}

func channels(campaign *model.Campaign, _ []string) []string {
	return wordsOf(campaign.Plan.Channels,
		func(channel *model.Channel) (string, string) { return channel.ID, channel.Name })
}

// unitsThenActivities are units, then the activities assigned to the first of them; after an activity no more units.
func unitsThenActivities(campaign *model.Campaign, args []string) []string {
	if len(args) == 0 {
		return units(campaign, nil)
	}
	unit := campaign.Roster.Unit(args[0])
	assigned := slices.DeleteFunc(slices.Clone(campaign.Plan.Activities), func(activity model.Activity) bool {
		return unit != nil && !activity.AssignedTo(unit) || slices.Contains(args[1:], activity.ID)
	})
	words := wordsOf(assigned, func(activity *model.Activity) (string, string) { return activity.ID, activity.Title })
	if last := args[len(args)-1]; len(args) > 1 && campaign.Plan.Activity(last) != nil {
		return words
	}
	others := slices.DeleteFunc(slices.Clone(campaign.Roster.Units), func(unit model.Unit) bool {
		return slices.Contains(args, unit.ID)
	})
	return append(words, wordsOf(others, func(unit *model.Unit) (string, string) { return unit.ID, unit.Name })...)
}

// unitThenMessage are units, then messages.
func unitThenMessage(campaign *model.Campaign, args []string) []string {
	switch len(args) {
	case 0:
		return units(campaign, nil)
	case 1:
		return partsOfKind(campaign, "message")
	default:
		return nil
	}
}

// completeFigures offers the indicators of the activity that is being ticked; the number is left to type.
func completeFigures(app *App) completer {
	figures := app.offer(func(campaign *model.Campaign, args []string) []string {
		if len(args) < 2 {
			return nil
		}
		activity := campaign.Plan.Activity(args[1])
		if activity == nil {
			return nil
		}
		return wordsOf(activity.Indicators, func(indicator *model.Indicator) (string, string) {
			return indicator.ID + "=", strings.TrimSpace(indicator.Name + " " + indicator.Measure)
		})
	})
	return func(command *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		words, directive := figures(command, args, typed)
		return words, directive | cobra.ShellCompDirectiveNoSpace
	}
}
