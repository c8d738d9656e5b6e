package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/text"
)

// completer offers words for what is being typed.
type completer = cobra.CompletionFunc

// noFiles tells the shell not to offer file names where they make no sense.
const noFiles = cobra.ShellCompDirectiveNoFileComp

// complete registers what a flag's value can be. It panics for a flag that does not exist: a slip of the programmer.
// It does so only when a shell asks, because cobra keeps what is registered as long as the process lives.
func (p *program) complete(command *cobra.Command, flag string, complete completer) {
	if !p.completing() {
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
func (p *program) campaignToComplete() *model.Campaign {
	if p.loaded == nil {
		_, _ = p.loadReadOnly(context.Background())
	}
	return p.loaded
}

func completeWords(words ...string) completer {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) { return words, noFiles }
}

func completeFolders(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}

func completeStatuses(p *program) completer {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		var words []string
		for _, status := range model.Statuses() {
			words = append(words, offered(string(status), status.Label(p.Words.Language)))
		}
		return words, noFiles
	}
}

func completeRoles(p *program) completer {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		var words []string
		for _, role := range model.Roles() {
			words = append(words, offered(string(role), role.Label(p.Words.Language)))
		}
		return words, noFiles
	}
}

// completeCommands offers the commands below those that are typed already.
func (p *program) completeCommands(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	command, err := p.findCommand(args)
	if err != nil {
		return nil, noFiles
	}
	var words []string
	for _, child := range listed(command) {
		words = append(words, offered(child.Name(), child.Short))
	}
	if command == p.root {
		words = append(words, p.topics()...)
	}
	return words, noFiles
}

func (p *program) completePeople(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	campaign := p.campaignToComplete()
	if campaign == nil {
		return nil, noFiles
	}
	var words []string
	for _, person := range campaign.Roster.People {
		words = append(words, offered(person.ID, person.Name))
	}
	return words, noFiles
}

func (p *program) completeUnits(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	campaign := p.campaignToComplete()
	if campaign == nil {
		return nil, noFiles
	}
	var words []string
	for _, unit := range campaign.Roster.Units {
		words = append(words, offered(unit.ID, unit.Name))
	}
	return words, noFiles
}

func (p *program) completeGroups(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	campaign := p.campaignToComplete()
	if campaign == nil {
		return nil, noFiles
	}
	var words []string
	for _, group := range campaign.Roster.Groups {
		words = append(words, offered(group.ID, group.Name))
	}
	return words, noFiles
}

// completeUnit is for commands whose only argument is a unit.
func (p *program) completeUnit(command *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, noFiles
	}
	return p.completeUnits(command, args, typed)
}

// completeTick offers units, then the activities assigned to the unit.
func (p *program) completeTick(command *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	if len(args) != 1 {
		return p.completeUnit(command, args, typed)
	}
	campaign := p.campaignToComplete()
	if campaign == nil {
		return nil, noFiles
	}
	unit := campaign.Roster.Unit(args[0])
	var words []string
	for i := range campaign.Plan.Activities {
		activity := &campaign.Plan.Activities[i]
		if unit == nil || activity.AssignedTo(unit) {
			words = append(words, offered(activity.ID, activity.Title))
		}
	}
	return words, noFiles
}

// completeUse offers units, then messages.
func (p *program) completeUse(command *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	if len(args) != 1 {
		return p.completeUnit(command, args, typed)
	}
	campaign := p.campaignToComplete()
	if campaign == nil {
		return nil, noFiles
	}
	var words []string
	for _, message := range campaign.Plan.Messages {
		words = append(words, offered(message.ID, message.Text))
	}
	return words, noFiles
}

func (p *program) completeChannels(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	campaign := p.campaignToComplete()
	if campaign == nil {
		return nil, noFiles
	}
	var words []string
	for _, channel := range campaign.Plan.Channels {
		words = append(words, offered(channel.ID, channel.Name))
	}
	return words, noFiles
}

// completeFigures offers the indicators of the activity that is being ticked; the number is left to type.
func (p *program) completeFigures(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	campaign := p.campaignToComplete()
	if campaign == nil || len(args) < 2 {
		return nil, noFiles
	}
	activity := campaign.Plan.Activity(args[1])
	if activity == nil {
		return nil, noFiles
	}
	var words []string
	for _, indicator := range activity.Indicators {
		words = append(words, offered(indicator.ID+"=", strings.TrimSpace(indicator.Name+" "+indicator.Measure)))
	}
	return words, noFiles | cobra.ShellCompDirectiveNoSpace
}

// isEmptyFolder reports whether a folder can take a new plan: it does not exist yet, or holds nothing.
func isEmptyFolder(dir string) (bool, error) {
	entries, err := os.ReadDir(filepath.Clean(dir))
	if os.IsNotExist(err) {
		return true, nil
	}
	return len(entries) == 0, err
}
