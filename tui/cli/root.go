package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
	"example.org/tiendo/model/workspace"
	"example.org/tiendo/tui/help"
	"example.org/tiendo/tui/theme"
)

// newRoot builds the tree of commands, in the language that is settled by then.
func (app *App) newRoot() *cobra.Command {
	version := false
	root := &cobra.Command{
		Use:   workspace.ProgramName + " " + app.T("[COMMAND]"),
		Short: app.T("follow the progress of a campaign plan"),
		Example: `  tiendo
  tiendo status --unit van-phong
  tiendo tick van-phong treo-bang-ron --figure bang-ron=4`,
		Args:              app.noSuchCommand,
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: app.checkGlobals,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		RunE: func(command *cobra.Command, _ []string) error {
			if version {
				return runVersion(app)
			}
			return runRoot(command.Context(), app)
		},
	}
	cobra.EnableCommandSorting = false //nolint:reassign // what is needed most stands first; cobra has no other switch
	root.SetOut(app.Out)
	root.SetErr(app.system.Stderr)
	root.SetHelpFunc(func(command *cobra.Command, _ []string) { showHelp(app, command) })
	root.SetFlagErrorFunc(app.flagError)
	if app.visit != nil {
		addVisitorCommands(app, root)
	} else {
		addGlobalFlags(app, root)
		root.Flags().BoolVar(&version, "version", false, app.T("print the version"))
		addCommands(app, root)
	}
	addCommonFlags(app, root)
	root.SetHelpCommand(newCmdHelp(app))
	root.InitDefaultHelpCmd()
	finish(app, root, help.Manuals(app.Words.Language))
	return root
}

// namedCommand is a command before it is made.
type namedCommand struct {
	name string
	make func(*App) *cobra.Command
}

// addCommands adds the command that the first argument names. All are made, in the groups of the help, where none is
// named so: for the help, the completion of the shell, and what is misspelt.
func addCommands(app *App, root *cobra.Command) {
	var waiting []func()
	group := func(title string, commands []namedCommand) {
		if title != "" {
			root.AddGroup(&cobra.Group{ID: title, Title: title})
		}
		for _, command := range commands {
			add := func() {
				made := command.make(app)
				made.GroupID = title
				root.AddCommand(made)
			}
			if slices.Index(app.system.Args, command.name) == 0 {
				add()
			}
			waiting = append(waiting, add)
		}
	}
	group(app.T("The work:"), []namedCommand{{"status", newCmdStatus}, {"tick", newCmdTick}, {"use", newCmdUse},
		{"check", newCmdCheck}})
	group(app.T("Reports:"), []namedCommand{{"report", newCmdReport}, {"submit", newCmdSubmit}, {"accept", newCmdAccept},
		{"return", newCmdReturn}, {"withdraw", newCmdWithdraw}, {"extend", newCmdExtend}, {"remind", newCmdRemind},
		{"office", newCmdOffice}, {"export", newCmdExport}})
	group(app.T("The history:"), []namedCommand{{"log", newCmdLog}, {"diff", newCmdDiff}, {"show", newCmdShow},
		{"revert", newCmdRevert}, {"review", newCmdReview}})
	group(app.T("Clones and forges:"), []namedCommand{{"sync", newCmdSync}, {"resolve", newCmdResolve},
		{"codeowners", newCmdCodeOwners}, {"verify-push", newCmdVerifyPush}, {"arrived", newCmdArrived}})
	group(app.T("People and the way in:"), []namedCommand{{"person", newCmdPerson}, {"unit", newCmdUnit},
		{"group", newCmdGroup}, {"serve", newCmdServe}, {"authorized-keys", newCmdAuthorizedKeys}})
	group(app.T("Plan folders:"), []namedCommand{{"plan", newCmdPlan}, {"edit", newCmdEdit}, {"save", newCmdSave},
		{"init", newCmdInit}, {"import", newCmdImport}, {"new", newCmdNew}, {"demo", newCmdDemo}, {"doctor", newCmdDoctor}})
	group("", []namedCommand{{"textconv", newCmdTextConv}, {"merge-file", newCmdMergeFile}, {sessionName, newCmdSession},
		{"completion", newCmdCompletion}, {"version", newCmdVersion}})
	if !root.HasSubCommands() {
		for _, add := range waiting {
			add()
		}
	}
}

// finish gives a command and those below it what follows from their usage, and their manuals.
func finish(app *App, command *cobra.Command, manuals map[string]string) {
	command.Flags().SortFlags = false
	command.Long = manuals[command.CommandPath()]
	if !command.HasParent() && app.visit != nil {
		command.Long = manuals["ssh"]
	}
	if command.Args == nil {
		command.Args = checkArguments(strings.Fields(command.Use)[1:])
	}
	command.DisableFlagsInUseLine = true // cobra would add them in English
	command.Use += " " + app.T("[flags]")
	for _, child := range command.Commands() {
		finish(app, child, manuals)
	}
}

func addGlobalFlags(app *App, root *cobra.Command) {
	flags := root.PersistentFlags()
	textFlag(flags, &app.flags.data, "data", app.T("DIR"), app.T("the data folder (%s)", envData))
	textFlag(flags, &app.flags.as, "as", app.T("PERSON"),
		app.T("who you are, as on the roster (%s); otherwise git's user.email says it", envAs))
	textFlag(flags, &app.flags.today, "today", app.T("DAY"),
		app.T("judge by this day (%s); what is recorded carries the real time", envToday))
	textFlag(flags, &app.flags.at, "at", app.T("REV|DAY"),
		app.T("show how it was at a commit, or at the end of a day; nothing can be changed then"))
	app.complete(root, "as", app.offer(people))
	app.complete(root, "data", completeFolders)
}

// addCommonFlags adds the global flags that everybody has, whatever way they came in.
func addCommonFlags(app *App, root *cobra.Command) {
	flags := root.PersistentFlags()
	flags.SortFlags = false
	textFlag(flags, &app.flags.lang, "lang", app.T("vi|en"),
		app.T("the language (%s); otherwise that of the plan", envLang))
	textFlag(flags, &app.flags.theme, "theme", app.T("COLOURS"),
		app.T("auto, dark or light, as the ground is, or plain: no colours (%s)", envTheme))
	flags.BoolVar(&app.Plain, "plain", false,
		app.T("text without tables instead of the dashboard (%s=1), as a screen reader reads it", envAccessible))
	if accessible := app.env(envAccessible); accessible != "" && accessible != "0" {
		app.Plain = true
	}
	flags.BoolP("help", "h", false, app.T("show help"))
	app.complete(root, "lang", completeWords("vi", "en"))
	app.complete(root, "theme", completeWords(theme.Names()...))
}

// checkGlobals refuses bad values of global flags before anything is done.
func (app *App) checkGlobals(*cobra.Command, []string) error {
	if err := app.checkLanguage(); err != nil {
		return err
	}
	if _, err := themeName(app); err != nil {
		return err
	}
	_, _, err := app.todayGiven()
	return err
}

// noSuchCommand refuses arguments of the root: they are no command.
func (app *App) noSuchCommand(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	_, err := app.findCommand(args[:1])
	return err
}

// oneLine makes what a person typed safe, without blanks around it.
func oneLine(typed string) string { return strings.TrimSpace(text.Line(typed)) }

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
func (app *App) findCommand(words []string) (*cobra.Command, error) {
	found := app.root
	for _, word := range words {
		hint := phrase.Say("`tiendo help` lists the commands")
		if found != app.root {
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

// unknownCommand says that there is no such command, and which is meant or near.
func unknownCommand(name string, known []*cobra.Command, hint phrase.Sentence) error {
	var names, near []string
	for _, command := range known {
		names = append(names, command.Name())
		if slices.Contains(command.SuggestFor, name) {
			near = append(near, command.Name())
		}
	}
	if len(near) == 0 {
		near = phrase.Suggest(name, names)
	}
	if len(near) > 0 {
		hint = phrase.Say("did you mean %s?", phrase.List(near))
	}
	return wrongUsage(phrase.Say("there is no command %q", name), hint)
}
