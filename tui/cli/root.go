package cli

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
	"example.org/tiendo/model/workspace"
)

// newRoot builds the tree of commands.
func (p *program) newRoot() *cobra.Command {
	version := false
	root := &cobra.Command{
		Use:               workspace.ProgramName,
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
	p.describe(root, p.rootManual())
	if p.visiting {
		p.addVisitorCommands(root)
		return root
	}
	p.globalFlags(root)
	p.boolFlag(root, root.Flags(), &version, "version", phrase.Say("print the version"))
	root.AddCommand(
		p.newStatus(), p.newCheck(),
		p.newTick(), p.newUse(),
		p.newReport(), p.newSubmit(), p.newAccept(), p.newReturn(), p.newWithdraw(), p.newExtend(),
		p.newRemind(), p.newOffice(), p.newExport(),
		p.newLog(), p.newDiff(), p.newShow(), p.newRevert(), p.newReview(), p.newTextConv(),
		p.newCodeOwners(), p.newVerifyPush(), p.newArrived(), p.newDoctor(),
		p.newSync(), p.newResolve(), p.newMergeFile(),
		p.newPerson(), p.newUnit(),
		p.newServe(), p.newAuthorizedKeys(), p.newSession(),
		p.newInit(), p.newNew(), p.newDemo(),
		p.newCompletion(), p.newVersion(),
	)
	root.SetHelpCommand(p.newHelp())
	root.InitDefaultHelpCmd()
	return root
}

func (p *program) rootManual() manual {
	text := manual{
		short:    phrase.Say("follow the progress of a campaign plan"),
		long:     phrase.Say("Without a command it opens the dashboard. When the output is not a terminal, it prints the status as text.\n\nThe data are the files plan.toml, units.toml and progress/*.toml, looked for in the working directory and upward."),
		examples: []string{"tiendo", "tiendo status --unit van-phong", "tiendo tick van-phong treo-bang-ron --figure bang-ron=4"},
	}
	if p.visiting {
		text.long = phrase.Say("You are here over SSH, and your key says who you are. Without a command the dashboard opens: ssh -t HOST. A command is written as one text, with single quotes around what has blanks: ssh HOST \"tick UNIT ACTIVITY --note 'a text'\".")
	}
	return text
}

func (p *program) globalFlags(root *cobra.Command) {
	flags := root.PersistentFlags()
	flags.SortFlags = false
	p.stringFlag(root, flags, &p.options.data, "data", phrase.Say("DIR"), phrase.Say("the data folder (%s)", envData))
	p.stringFlag(root, flags, &p.options.as, "as", phrase.Say("PERSON"), phrase.Say("who you are, as on the roster (%s); otherwise git's user.email says it", envAs))
	p.stringFlag(root, flags, &p.options.today, "today", phrase.Say("DAY"), phrase.Say("judge by this day (%s); what is recorded carries the real time", envToday))
	p.stringFlag(root, flags, &p.options.at, "at", phrase.Say("REV|DAY"), phrase.Say("show how it was at a commit, or at the end of a day; nothing can be changed then"))
	p.commonFlags(root)
	p.complete(root, "as", p.completePeople)
	p.complete(root, "data", completeFolders)
}

// commonFlags are the global flags that everybody has, whatever way they came in.
func (p *program) commonFlags(root *cobra.Command) {
	flags := root.PersistentFlags()
	flags.SortFlags = false
	p.stringFlag(root, flags, &p.options.lang, "lang", phrase.Say("vi|en"), phrase.Say("the language (%s); otherwise that of the plan", envLang))
	p.boolFlag(root, flags, &p.options.plain, "plain", phrase.Say("text instead of the dashboard"))
	help := false
	flags.BoolVarP(&help, "help", "h", false, "")
	p.manuals[root].flags["help"] = flagText{usage: phrase.Say("show help")}
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

// flagError puts pflag's errors into the program's words.
func (p *program) flagError(command *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var noValue *pflag.ValueRequiredError
	var badValue *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		return unknownFlag(command, unknown)
	case errors.As(err, &noValue):
		return wrongUsage(phrase.Say("%s needs a value", "--"+noValue.GetFlag().Name), seeHelp(command))
	case errors.As(err, &badValue):
		return wrongUsage(phrase.Say("%s: %q is not possible", "--"+badValue.GetFlag().Name, badValue.GetValue()), seeHelp(command))
	default:
		return wrongUsage(phrase.Say("the flags cannot be read: %s", err.Error()), seeHelp(command))
	}
}

func unknownFlag(command *cobra.Command, unknown *pflag.NotExistError) error {
	if short := unknown.GetSpecifiedShortnames(); short != "" {
		return wrongUsage(phrase.Say("there is no flag %s", "-"+unknown.GetSpecifiedName()), seeHelp(command))
	}
	var names []string
	command.Flags().VisitAll(func(flag *pflag.Flag) { names = append(names, flag.Name) })
	what := phrase.Say("there is no flag %s", "--"+unknown.GetSpecifiedName())
	near := phrase.Near(unknown.GetSpecifiedName(), names)
	if len(near) == 0 {
		return wrongUsage(what, seeHelp(command))
	}
	return wrongUsage(what, phrase.Say("did you mean %s?", "--"+strings.Join(near, ", --")))
}

// required refuses a command in which one of these flags is missing.
func required(flags ...string) func(*cobra.Command, []string) error {
	return func(command *cobra.Command, _ []string) error {
		for _, flag := range flags {
			if !command.Flags().Changed(flag) {
				return wrongUsage(phrase.Say("missing: %s", "--"+flag), seeHelp(command))
			}
		}
		return nil
	}
}

// oneLine makes what a person typed safe, without blanks around it.
func oneLine(typed string) string { return strings.TrimSpace(text.Line(typed)) }
