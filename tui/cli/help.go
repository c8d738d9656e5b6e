package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"example.org/tiendo/tui/help"
)

// showHelp prints how a command is used. The columns are ours: pflag counts the bytes of a line, and what has accents
// would not stand below each other.
func showHelp(app *App, command *cobra.Command) {
	app.Paragraph(command.CommandPath() + ": " + command.Short)
	if command.Long != "" {
		app.Out.Line("")
		lines(app, command.Long)
	}
	app.Section(app.T("Usage:"), []string{command.UseLine()})
	for _, group := range command.Groups() {
		helpCommands(app, command, group.ID, group.Title)
	}
	title := app.T("Commands:")
	if len(command.Groups()) > 0 {
		title = app.T("Other commands:")
	}
	helpCommands(app, command, "", title)
	global := app.root.PersistentFlags()
	app.Columns(app.T("Flags:"), flagRows(app, command.Flags(),
		func(name string) bool { return global.Lookup(name) == nil }))
	app.Columns(app.T("Global flags:"), flagRows(app, global, func(string) bool { return true }))
	app.Out.Line("")
	app.Out.Line(app.T("Examples:"))
	lines(app, command.Example)
	if command == app.root {
		app.Columns(app.T("Topics:"), help.Titles(app.Words.Language, app.topics()))
		app.Out.Line("")
		app.Paragraph(app.T("`tiendo help COMMAND` and `tiendo help TOPIC` tell more."))
	}
}

// lines prints a text as it stands.
func lines(app *App, text string) {
	for line := range strings.Lines(text) {
		app.Out.Line(strings.TrimRight(line, "\n"))
	}
}

// topics are those that are for who works here.
func (app *App) topics() []string {
	if app.visit != nil {
		return help.ForVisitors()
	}
	return help.Topics()
}

// helpCommands lists the commands of one group below a command.
func helpCommands(app *App, command *cobra.Command, group, title string) {
	var rows [][2]string
	for _, child := range listed(command) {
		if child.GroupID == group {
			rows = append(rows, [2]string{child.Name(), child.Short})
		}
	}
	app.Columns(title, rows)
}

// flagRows are flags with the names of their values, and what each means.
func flagRows(app *App, flags *pflag.FlagSet, wanted func(name string) bool) [][2]string {
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
			usage = app.T("%s; default %s", usage, flag.DefValue)
		}
		rows = append(rows, [2]string{name, usage})
	})
	return rows
}

func newCmdHelp(app *App) *cobra.Command {
	return &cobra.Command{
		Use:   "help " + app.T("[COMMAND]"),
		Short: app.T("help about a command or a topic"),
		Example: `  tiendo help tick
  tiendo help staff`,
		RunE: func(_ *cobra.Command, args []string) error {
			topic := help.Text(app.Words.Language, strings.Join(args, " "))
			command, err := app.findCommand(args)
			if err == nil {
				showHelp(app, command)
			}
			if topic == "" {
				return err
			}
			lines(app, topic)
			return nil
		},
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: app.completeCommands,
	}
}
