package cli

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/help"
)

// help prints the manual of a command.
func (p *program) help(command *cobra.Command) {
	p.speakPlan()
	text := p.manuals[command]
	if text == nil { // a command of cobra's own
		return
	}
	p.Paragraph(command.CommandPath() + ": " + p.Words.Say(text.short))
	if !text.long.IsZero() {
		p.Out.Line("")
		p.Paragraph(p.Words.Say(text.long))
	}
	p.Section(p.Words.T("Usage:"), []string{p.usageLine(command, text)})
	p.helpCommands(command)
	global := p.root.PersistentFlags()
	p.helpFlags(p.Words.T("Flags:"), command.Flags(), text, func(flag *pflag.Flag) bool { return global.Lookup(flag.Name) == nil })
	p.helpFlags(p.Words.T("Global flags:"), global, p.manuals[p.root], func(*pflag.Flag) bool { return true })
	p.Section(p.Words.T("Examples:"), text.examples)
	if command == p.root {
		p.Columns(p.Words.T("Topics:"), help.Titles(p.Words.Language, p.topics()))
		p.Out.Line("")
		p.Paragraph(p.Words.T("`tiendo help COMMAND` and `tiendo help TOPIC` tell more."))
	}
}

// topics are those that are for who works here.
func (p *program) topics() []string {
	if p.visiting {
		return help.ForVisitors()
	}
	return help.Topics()
}

func (p *program) usageLine(command *cobra.Command, text *manual) string {
	parts := []string{command.CommandPath()}
	switch {
	case command == p.root:
		parts = append(parts, p.Words.T("[COMMAND]"))
	case command.HasSubCommands():
		parts = append(parts, p.Words.T("COMMAND"))
	}
	for _, argument := range text.arguments {
		name := p.Words.Say(argument.name)
		if argument.optional {
			name = "[" + name + "]"
		}
		parts = append(parts, name)
	}
	return strings.Join(append(parts, p.Words.T("[flags]")), " ")
}

func (p *program) helpCommands(command *cobra.Command) {
	below := p.commands
	if command != p.root {
		below = command.Commands()
	}
	var rows [][2]string
	for _, child := range below {
		rows = append(rows, [2]string{child.Name(), p.Words.Say(p.manuals[child].short)})
	}
	p.Columns(p.Words.T("Commands:"), rows)
}

func (p *program) helpFlags(title string, flags *pflag.FlagSet, text *manual, wanted func(*pflag.Flag) bool) {
	var rows [][2]string
	flags.VisitAll(func(flag *pflag.Flag) {
		known, ok := text.flags[flag.Name]
		if !ok || !wanted(flag) {
			return
		}
		name := "--" + flag.Name
		if flag.Shorthand != "" {
			name = "-" + flag.Shorthand + ", " + name
		}
		if !known.value.IsZero() {
			name += " " + p.Words.Say(known.value)
		}
		usage := known.usage
		if known.initial != "" {
			usage = phrase.Say("%s; default %s", usage, known.initial)
		}
		rows = append(rows, [2]string{name, p.Words.Say(usage)})
	})
	p.Columns(title, rows)
}

func (p *program) newHelp() *cobra.Command {
	command := &cobra.Command{
		Use: "help",
		RunE: func(_ *cobra.Command, args []string) error {
			p.speakPlan()
			topic := help.Text(p.Words.Language, strings.Join(args, " "))
			command, err := p.findCommand(args)
			if err == nil {
				p.help(command)
			}
			for line := range strings.Lines(topic) {
				p.Out.Line(strings.TrimRight(line, "\n"))
				err = nil
			}
			return err
		},
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: p.completeCommands,
	}
	p.describe(command, manual{
		short:     phrase.Say("help about a command or a topic"),
		arguments: []argument{{name: phrase.Say("COMMAND"), optional: true}},
		examples:  []string{"tiendo help tick", "tiendo help staff"},
	})
	return command
}
