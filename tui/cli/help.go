package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"example.org/tiendo/tui/help"
)

// help prints how a command is used. The columns are ours: pflag counts the bytes of a line, and what has accents would
// not stand below each other.
func (p *program) help(command *cobra.Command) {
	p.Paragraph(command.CommandPath() + ": " + command.Short)
	if command.Long != "" {
		p.Out.Line("")
		p.lines(command.Long)
	}
	p.Section(p.Words.T("Usage:"), []string{command.UseLine()})
	for _, group := range command.Groups() {
		p.helpCommands(command, group.ID, group.Title)
	}
	title := p.Words.T("Commands:")
	if len(command.Groups()) > 0 {
		title = p.Words.T("Other commands:")
	}
	p.helpCommands(command, "", title)
	global := p.root.PersistentFlags()
	p.Columns(p.Words.T("Flags:"), p.flagRows(command.Flags(), func(name string) bool { return global.Lookup(name) == nil }))
	p.Columns(p.Words.T("Global flags:"), p.flagRows(global, func(string) bool { return true }))
	p.Out.Line("")
	p.Out.Line(p.Words.T("Examples:"))
	p.lines(command.Example)
	if command == p.root {
		p.Columns(p.Words.T("Topics:"), help.Titles(p.Words.Language, p.topics()))
		p.Out.Line("")
		p.Paragraph(p.Words.T("`tiendo help COMMAND` and `tiendo help TOPIC` tell more."))
	}
}

// lines prints a text as it stands.
func (p *program) lines(text string) {
	for line := range strings.Lines(text) {
		p.Out.Line(strings.TrimRight(line, "\n"))
	}
}

// topics are those that are for who works here.
func (p *program) topics() []string {
	if p.visiting {
		return help.ForVisitors()
	}
	return help.Topics()
}

// helpCommands lists the commands of one group below a command.
func (p *program) helpCommands(command *cobra.Command, group, title string) {
	var rows [][2]string
	for _, child := range listed(command) {
		if child.GroupID == group {
			rows = append(rows, [2]string{child.Name(), child.Short})
		}
	}
	p.Columns(title, rows)
}

// flagRows are flags with the names of their values, and what each means.
func (p *program) flagRows(flags *pflag.FlagSet, wanted func(name string) bool) [][2]string {
	var rows [][2]string
	flags.VisitAll(func(flag *pflag.Flag) {
		if flag.Hidden || !wanted(flag.Name) {
			return
		}
		name, usage := "--"+flag.Name, flag.Usage
		if flag.Shorthand != "" {
			name = "-" + flag.Shorthand + ", " + name
		}
		if value := flag.Annotations[valueName]; value != nil {
			name += " " + value[0]
		}
		if !slices.Contains([]string{"", "false", "[]"}, flag.DefValue) {
			usage = p.Words.T("%s; default %s", usage, flag.DefValue)
		}
		rows = append(rows, [2]string{name, usage})
	})
	return rows
}

func (p *program) newHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "help " + p.Words.T("[COMMAND]"),
		Short: p.Words.T("help about a command or a topic"),
		Example: `  tiendo help tick
  tiendo help staff`,
		RunE: func(_ *cobra.Command, args []string) error {
			topic := help.Text(p.Words.Language, strings.Join(args, " "))
			command, err := p.findCommand(args)
			if err == nil {
				p.help(command)
			}
			if topic == "" {
				return err
			}
			p.lines(topic)
			return nil
		},
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: p.completeCommands,
	}
}
