package cli

import (
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/document"
	"example.org/tiendo/model/part"
	"example.org/tiendo/tui/lang"
)

// planWords are the ids of activities and the names of tables and kinds, then the ids of the kind.
func planWords(campaign *model.Campaign, args []string) []string {
	switch len(args) {
	case 0:
		return slices.Concat(activities(campaign), part.Tables(), part.Kinds())
	case 1:
		return partsOfKind(campaign, args[0])
	}
	return nil
}

// partsOfKind are the ids of the parts of a kind.
func partsOfKind(campaign *model.Campaign, kind string) []string {
	plan := &campaign.Plan
	switch kind {
	case "activity":
		return activities(campaign)
	case "goal":
		return wordsOf(plan.Goals, func(goal *model.Goal) (string, string) { return goal.ID, goal.Text })
	case "message":
		return wordsOf(plan.Messages, func(message *model.Message) (string, string) { return message.ID, message.Text })
	case "channel":
		return channels(campaign, nil)
	case "section":
		return wordsOf(plan.Headings, func(heading *model.Heading) (string, string) { return heading.ID, heading.Text })
	case "indicator":
		var words []string
		for i := range plan.Activities {
			activity := &plan.Activities[i]
			words = append(words, wordsOf(activity.Indicators, func(indicator *model.Indicator) (string, string) {
				return activity.ID + "/" + indicator.ID, indicator.Name
			})...)
		}
		return words
	case "period":
		return wordsOf(plan.Reporting.Periods, func(period *calendar.Period) (string, string) {
			return period.ID, period.Name.String()
		})
	case "recipient":
		var words []string
		for i := range plan.Document.Recipients {
			words = append(words, offered(strconv.Itoa(i+1), plan.Document.Recipients[i].Text))
		}
		return words
	case "heading":
		return wordsOf(plan.Document.Headings, func(heading *document.Passage) (string, string) {
			return heading.ID, heading.Text
		})
	}
	return nil
}

// planValues are what the flag for a key can be, of the part that is named.
func planValues(app *App, campaign *model.Campaign, args []string, key string) []string {
	subject, err := partNamed(args)
	kind, id := part.Split(subject)
	field, known := part.FieldOf(kind, key)
	if err != nil || !known {
		return nil
	}
	switch field.Refers {
	case part.ToUnit:
		return units(campaign, nil)
	case part.ToAddressee:
		addressees := slices.Concat(groups(campaign, nil), units(campaign, nil))
		if field.None {
			addressees = append(addressees, part.Nobody)
		}
		return addressees
	case part.ToGoal:
		return partsOfKind(campaign, "goal")
	case part.ToSection:
		return append(choiceWords(app, "activity", "duty"), partsOfKind(campaign, "section")...)
	case part.ToIndicator:
		of, _, _ := strings.Cut(id, "/")
		if activity := campaign.Plan.Activity(of); activity != nil {
			return wordsOf(activity.Indicators, func(indicator *model.Indicator) (string, string) {
				return indicator.ID, indicator.Name
			})
		}
	}
	return choiceWords(app, field.Choices...)
}

// choiceWords are words of plan.toml that stand for choices, each with what it means.
func choiceWords(app *App, choices ...string) []string {
	return wordsOf(choices, func(choice *string) (string, string) {
		return *choice, app.Words.Say(document.Choice(*choice))
	})
}

// offerPlanValues offers what the flag for a key of the plan can be; of a list what comes after the last comma.
func offerPlanValues(app *App, key string) completer {
	return func(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		campaign := app.campaignToComplete()
		if campaign == nil {
			return nil, noFiles
		}
		words, directive := planValues(app, campaign, args, key), noFiles
		subject, _ := partNamed(args)
		kind, _ := part.Split(subject)
		switch field, _ := part.FieldOf(kind, key); field.Form {
		case part.Targets:
			for i, word := range words {
				id, meaning, _ := strings.Cut(word, "\t")
				words[i] = offered(id+"=", meaning)
			}
			directive |= cobra.ShellCompDirectiveNoSpace
		case part.List, part.OneOrMore:
		default:
			return words, directive
		}
		before := typed[:strings.LastIndex(typed, ",")+1]
		for i := range words {
			words[i] = before + words[i]
		}
		return words, directive
	}
}

// completeNewPart offers the kinds of parts, and of a new indicator the activity.
func completeNewPart(app *App) completer {
	words := app.offer(func(campaign *model.Campaign, args []string) []string {
		switch {
		case len(args) == 0:
			return wordsOf(part.Kinds(), func(kind *string) (string, string) {
				return *kind, lang.PartKind(app.Words, *kind)
			})
		case len(args) > 1 || args[0] != "indicator":
			return nil
		}
		return wordsOf(campaign.Plan.Activities, func(activity *model.Activity) (string, string) {
			return activity.ID + "/", activity.Title
		})
	})
	return func(command *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		found, directive := words(command, args, typed)
		if len(args) > 0 { // the id of the indicator is left to type
			directive |= cobra.ShellCompDirectiveNoSpace
		}
		return found, directive
	}
}

func activities(campaign *model.Campaign) []string {
	return wordsOf(campaign.Plan.Activities, func(activity *model.Activity) (string, string) {
		return activity.ID, activity.Title
	})
}
