package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model/text"
	"example.org/tiendo/model/workspace"
	"example.org/tiendo/tui/help"
)

// newRoot builds the tree of commands, in the language that is settled by then.
func (p *program) newRoot() *cobra.Command {
	version := false
	root := &cobra.Command{
		Use:   workspace.ProgramName + " " + p.Words.T("[COMMAND]"),
		Short: p.Words.T("follow the progress of a campaign plan"),
		Example: `  tiendo
  tiendo status --unit van-phong
  tiendo tick van-phong treo-bang-ron --figure bang-ron=4`,
		Args:              p.noSuchCommand,
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: p.checkGlobals,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		RunE: func(command *cobra.Command, _ []string) error {
			if version {
				return p.runVersion(false)
			}
			return p.runRoot(command.Context())
		},
	}
	root.SetOut(p.Out)
	root.SetErr(p.system.Stderr)
	root.SetHelpFunc(func(command *cobra.Command, _ []string) { p.help(command) })
	root.SetFlagErrorFunc(p.flagError)
	if p.visiting {
		p.addVisitorCommands(root)
	} else {
		p.globalFlags(root)
		root.Flags().BoolVar(&version, "version", false, p.Words.T("print the version"))
		p.addCommands(root)
	}
	p.commonFlags(root)
	root.SetHelpCommand(p.newHelp())
	root.InitDefaultHelpCmd()
	p.finish(root, help.Manuals(p.Words.Language))
	return root
}

// addCommands adds all commands, in the groups of the help.
func (p *program) addCommands(root *cobra.Command) {
	group := func(title string, commands ...*cobra.Command) {
		root.AddGroup(&cobra.Group{ID: title, Title: title})
		for _, command := range commands {
			command.GroupID = title
		}
		root.AddCommand(commands...)
	}
	group(p.Words.T("The work:"), p.newStatus(), p.newTick(), p.newUse(), p.newCheck())
	group(p.Words.T("Reports:"), p.newReport(), p.newSubmit(), p.newAccept(), p.newReturn(), p.newWithdraw(), p.newExtend(),
		p.newRemind(), p.newOffice(), p.newExport())
	group(p.Words.T("The history:"), p.newLog(), p.newDiff(), p.newShow(), p.newRevert(), p.newReview())
	group(p.Words.T("Clones and forges:"), p.newSync(), p.newResolve(), p.newCodeOwners(), p.newVerifyPush(), p.newArrived())
	group(p.Words.T("People and the way in:"), p.newPerson(), p.newUnit(), p.newServe(), p.newAuthorizedKeys())
	group(p.Words.T("Plan folders:"), p.newInit(), p.newNew(), p.newDemo(), p.newDoctor())
	root.AddCommand(p.newTextConv(), p.newMergeFile(), p.newSession(), p.newCompletion(), p.newVersion())
}

// finish gives a command and those below it what follows from their usage, and their manuals.
func (p *program) finish(command *cobra.Command, manuals map[string]string) {
	command.Flags().SortFlags = false
	command.Long = manuals[command.CommandPath()]
	if !command.HasParent() && p.visiting {
		command.Long = manuals["ssh"]
	}
	if command.Args == nil {
		command.Args = checkArguments(strings.Fields(command.Use)[1:])
	}
	command.DisableFlagsInUseLine = true // cobra would add them in English
	command.Use += " " + p.Words.T("[flags]")
	for _, child := range command.Commands() {
		p.finish(child, manuals)
	}
}

func (p *program) globalFlags(root *cobra.Command) {
	flags := root.PersistentFlags()
	textFlag(flags, &p.options.data, "data", p.Words.T("DIR"), p.Words.T("the data folder (%s)", envData))
	textFlag(flags, &p.options.as, "as", p.Words.T("PERSON"), p.Words.T("who you are, as on the roster (%s); otherwise git's user.email says it", envAs))
	textFlag(flags, &p.options.today, "today", p.Words.T("DAY"), p.Words.T("judge by this day (%s); what is recorded carries the real time", envToday))
	textFlag(flags, &p.options.at, "at", p.Words.T("REV|DAY"), p.Words.T("show how it was at a commit, or at the end of a day; nothing can be changed then"))
	p.complete(root, "as", p.completePeople)
	p.complete(root, "data", completeFolders)
}

// commonFlags are the global flags that everybody has, whatever way they came in.
func (p *program) commonFlags(root *cobra.Command) {
	flags := root.PersistentFlags()
	flags.SortFlags = false
	textFlag(flags, &p.options.lang, "lang", p.Words.T("vi|en"), p.Words.T("the language (%s); otherwise that of the plan", envLang))
	flags.BoolVar(&p.options.plain, "plain", false, p.Words.T("text instead of the dashboard"))
	flags.BoolP("help", "h", false, p.Words.T("show help"))
	p.complete(root, "lang", completeWords("vi", "en"))
}

// checkGlobals refuses bad values of global flags before anything is done.
func (p *program) checkGlobals(*cobra.Command, []string) error {
	if err := p.checkLanguage(); err != nil {
		return err
	}
	_, _, err := p.todayGiven()
	return err
}

// noSuchCommand refuses arguments of the root: they are no command.
func (p *program) noSuchCommand(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	_, err := p.findCommand(args[:1])
	return err
}

// oneLine makes what a person typed safe, without blanks around it.
func oneLine(typed string) string { return strings.TrimSpace(text.Line(typed)) }
