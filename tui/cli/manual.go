package cli

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/workspace"
)

// manual is what help and messages about wrong usage say about a command. It
// holds sentences, because the language is known only when something is said.
type manual struct {
	short     phrase.Sentence
	long      phrase.Sentence // more than short says; may be empty
	arguments []argument
	examples  []string
	flags     map[string]flagText
}

// argument is a positional argument.
type argument struct {
	name     phrase.Sentence // in capitals
	optional bool
}

// flagText describes a flag. initial is what holds without it, where that is worth saying.
type flagText struct {
	value, usage phrase.Sentence
	initial      string
}

// describe gives a command its manual, and its arguments their check. The root checks its own.
// A command of a group must have been added to it.
func (p *program) describe(command *cobra.Command, text manual) {
	text.flags = map[string]flagText{}
	p.manuals[command] = &text
	command.Flags().SortFlags = false
	if command.Name() != workspace.ProgramName && !command.HasParent() && !command.Hidden {
		p.commands = append(p.commands, command)
	}
	if command.Args == nil {
		command.Args = func(command *cobra.Command, args []string) error {
			return checkArguments(command, text.arguments, args)
		}
	}
}

func checkArguments(command *cobra.Command, wanted []argument, args []string) error {
	if len(args) > len(wanted) {
		return wrongUsage(phrase.Say("%q is one argument too many", args[len(wanted)]), seeHelp(command))
	}
	for _, missing := range wanted[len(args):] {
		if !missing.optional {
			return wrongUsage(phrase.Say("missing: %s", missing.name), seeHelp(command))
		}
	}
	return nil
}

func (p *program) stringFlag(command *cobra.Command, flags *pflag.FlagSet, target *string, name string, value, usage phrase.Sentence) {
	flags.StringVar(target, name, "", "")
	p.manuals[command].flags[name] = flagText{value: value, usage: usage}
}

// listFlag makes a flag that can be given several times; commas belong to the value.
func (p *program) listFlag(command *cobra.Command, target *[]string, name string, value, usage phrase.Sentence) {
	command.Flags().StringArrayVar(target, name, nil, "")
	p.manuals[command].flags[name] = flagText{value: value, usage: usage}
}

func (p *program) boolFlag(command *cobra.Command, flags *pflag.FlagSet, target *bool, name string, usage phrase.Sentence) {
	flags.BoolVar(target, name, false, "")
	p.manuals[command].flags[name] = flagText{usage: usage}
}

// limitFlag makes a flag for a limit. Its value at the moment is what holds without it.
func (p *program) limitFlag(command *cobra.Command, target pflag.Value, name string, value, usage phrase.Sentence) {
	command.Flags().Var(target, name, "")
	p.manuals[command].flags[name] = flagText{value: value, usage: usage, initial: target.String()}
}

// fillShorts puts the language's words where cobra itself shows them: beside
// the completions of commands and flags.
func (p *program) fillShorts() {
	for command, text := range p.manuals {
		command.Short = p.Words.Say(text.short)
		for name, flag := range text.flags {
			if found := command.Flags().Lookup(name); found != nil {
				found.Usage = p.Words.Say(flag.usage)
			} else if found := command.PersistentFlags().Lookup(name); found != nil {
				found.Usage = p.Words.Say(flag.usage)
			}
		}
	}
}
