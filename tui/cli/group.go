package cli

import (
	"slices"

	"github.com/spf13/cobra"

	"example.org/tiendo/model/phrase"
)

// commandGroup makes a command that does nothing itself and has others below it.
func commandGroup(group *cobra.Command) *cobra.Command {
	group.Args = func(command *cobra.Command, args []string) error {
		if len(args) > 0 {
			return unknownCommand(args[0], command.Commands(), seeHelp(command))
		}
		return wrongUsage(phrase.Say("missing: %s", phrase.Say("COMMAND")), seeHelp(command))
	}
	group.RunE = func(*cobra.Command, []string) error { return nil } // without it the arguments would not be looked at
	return group
}

// findCommand finds the command that words name, below the root.
func (p *program) findCommand(words []string) (*cobra.Command, error) {
	found := p.root
	for _, word := range words {
		hint := phrase.Say("`tiendo help` lists the commands")
		if found != p.root {
			hint = seeHelp(found)
		}
		next := named(word, found.Commands()) // those that git runs are not listed, but have help
		if next == nil {
			return nil, unknownCommand(word, listed(found), hint)
		}
		found = next
	}
	return found, nil
}

// listed are the commands below one that people give.
func listed(command *cobra.Command) []*cobra.Command {
	return slices.DeleteFunc(slices.Clone(command.Commands()), func(child *cobra.Command) bool { return child.Hidden })
}

func named(name string, commands []*cobra.Command) *cobra.Command {
	for _, command := range commands {
		if command.Name() == name {
			return command
		}
	}
	return nil
}

// unknownCommand says that there is no such command, and which are near.
func unknownCommand(name string, known []*cobra.Command, hint phrase.Sentence) error {
	names := make([]string, len(known))
	for i, command := range known {
		names[i] = command.Name()
	}
	if near := phrase.Near(name, names); len(near) > 0 {
		hint = phrase.Say("did you mean %s?", phrase.List(near))
	}
	return wrongUsage(phrase.Say("there is no command %q", name), hint)
}
