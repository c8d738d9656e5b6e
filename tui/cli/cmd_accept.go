package cli

import (
	"bufio"
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/terminal"
)

func newCmdAccept(app *App) *cobra.Command {
	all, yes := false, false
	command := &cobra.Command{
		Use:   "accept " + app.T("[UNIT…]"),
		Short: app.T("accept reports of units (coordinator)"),
		Example: `  tiendo accept thanh-tra
  tiendo accept thanh-tra chi-doan
  tiendo accept --all`,
		Args: cobra.ArbitraryArgs,
		RunE: func(command *cobra.Command, args []string) error {
			switch {
			case all && len(args) > 0, !all && len(args) == 0:
				return wrongUsage(phrase.Say("name the units, or give --all"), seeHelp(command))
			case all:
				return runAcceptAll(command.Context(), app, yes)
			default:
				return eachReport(command.Context(), app, args, accept)
			}
		},
		ValidArgsFunction: app.offer(units),
	}
	flags := command.Flags()
	flags.BoolVar(&all, "all", false, app.T("all reports that wait for the Office"))
	flags.BoolVar(&yes, "yes", false, app.T("without asking"))
	app.forPeriod(command)
	app.answers(command)
	return command
}

// runAcceptAll accepts what waits, after showing what that is.
func runAcceptAll(ctx context.Context, app *App, yes bool) error {
	folder, err := app.loadReadOnly(ctx)
	if err != nil {
		return err
	}
	board, err := app.board(folder)
	if err != nil {
		return err
	}
	var units []string
	for i := range board.Units {
		unit := &board.Units[i].Unit
		if row := &board.Units[i]; row.Broken == nil && row.Report.Status == model.Submitted {
			units = append(units, unit.ID)
		}
	}
	if len(units) == 0 {
		app.Out.Line(app.T("no report waits for the Office"))
		if earlier := lang.Awaited(app.Words, folder.Campaign, board.Earlier()); len(earlier) > 0 {
			app.Paragraph(app.T("Earlier periods: %s", strings.Join(earlier, "; ")))
		}
		return nil
	}
	if !yes {
		for _, unit := range units {
			app.Out.Line("  " + folder.Campaign.Roster.Unit(unit).Name)
		}
		if err := confirm(app, lang.AcceptQuestion(app.Words, board, len(units))); err != nil {
			return err
		}
	}
	return eachReport(ctx, app, units, accept)
}

func accept(report model.Report) (model.Report, error) { return report.Accept(), nil }

// eachReport takes the reports of several units a step further. It goes on after a refusal, and fails in the end.
func eachReport(ctx context.Context, app *App, units []string, step reportStep) error {
	return each(app, units, func(i int) (phrase.Sentence, error) {
		return phrase.Say("the report of %s is unchanged", units[i]), runReport(ctx, app, units[i], step)
	})
}

// each makes a change of each of several things by their names. It goes on after a refusal, says what is unchanged, and
// fails in the end.
func each(app *App, names []string, change func(i int) (unchanged phrase.Sentence, err error)) error {
	var refused []string
	for i, name := range names {
		what, err := change(i)
		if err != nil && len(names) == 1 {
			return err
		}
		if err != nil {
			refused = append(refused, name)
			app.report(unchanged(app, what, err))
		}
	}
	if len(refused) == 0 {
		return nil
	}
	app.Out.Note(app.T("%d of %d are changed; unchanged: %s", len(names)-len(refused), len(names),
		strings.Join(refused, ", ")))
	return errProblems
}

// unchanged says what an error is about. Once another thing is changed, nobody may read that nothing has changed: the
// cause alone is said then.
func unchanged(app *App, what phrase.Sentence, err error) error {
	cause := err
	if refusal, ok := errors.AsType[*phrase.Refusal](err); ok && refusal.Err != nil && app.changed.Written {
		cause = refusal.Err
	}
	return &phrase.Refusal{What: what, Err: cause, Hint: phrase.HintOf(err)}
}

// confirm asks on the terminal. Where there is none, nobody can say yes.
func confirm(app *App, question string) error {
	return confirmOr(app, question, phrase.Say("--yes does it without asking"))
}

// confirmOr is confirm with what does it without asking.
func confirmOr(app *App, question string, without phrase.Sentence) error {
	in, out, isFile := app.terminalFiles()
	if !isFile || !terminal.Interactive(in, out, app.env) {
		return wrongUsage(phrase.Say("not a terminal, so nobody can be asked"), without)
	}
	app.Out.Note(question + "  " + app.T("y yes · n no"))
	answer, _ := bufio.NewReader(in).ReadString('\n') // an end of the input is a no
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes", "c", "co", "có":
		return nil
	default:
		app.Out.Note(app.T("nothing was changed"))
		return errProblems
	}
}
