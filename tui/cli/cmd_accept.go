package cli

import (
	"bufio"
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/terminal"
)

func (p *program) newAccept() *cobra.Command {
	all, yes := false, false
	command := &cobra.Command{
		Use:   "accept " + p.Words.T("[UNIT…]"),
		Short: p.Words.T("accept reports of units (coordinator)"),
		Example: `  tiendo accept thanh-tra
  tiendo accept thanh-tra chi-doan
  tiendo accept --all`,
		Args: cobra.ArbitraryArgs,
		RunE: func(command *cobra.Command, args []string) error {
			switch {
			case all && len(args) > 0, !all && len(args) == 0:
				return wrongUsage(phrase.Say("name the units, or give --all"), seeHelp(command))
			case all:
				return p.runAcceptAll(command.Context(), yes)
			default:
				return p.acceptEach(command.Context(), args)
			}
		},
		ValidArgsFunction: p.completeUnits,
	}
	command.Flags().BoolVar(&all, "all", false, p.Words.T("all reports that wait for the Office"))
	command.Flags().BoolVar(&yes, "yes", false, p.Words.T("without asking"))
	p.answers(command)
	return command
}

// runAcceptAll accepts what waits, after showing what that is.
func (p *program) runAcceptAll(ctx context.Context, yes bool) error {
	folder, err := p.loadReadOnly(ctx)
	if err != nil {
		return err
	}
	var units []string
	for i := range folder.Campaign.Roster.Units {
		unit := &folder.Campaign.Roster.Units[i]
		if _, broken := folder.Campaign.Broken[unit.ID]; !broken && folder.Campaign.Progress[unit.ID].Report.Status == model.Submitted {
			units = append(units, unit.ID)
		}
	}
	if len(units) == 0 {
		p.Out.Line(p.Words.T("no report waits for the Office"))
		return nil
	}
	if !yes {
		for _, unit := range units {
			p.Out.Line("  " + folder.Campaign.Roster.Unit(unit).Name)
		}
		if err := p.confirm(p.Words.Count(len(units), "Accept this %d report? Its record is locked then.", "Accept these %d reports? Their records are locked then.")); err != nil {
			return err
		}
	}
	return p.acceptEach(ctx, units)
}

// acceptEach goes on after a refusal, and fails in the end.
func (p *program) acceptEach(ctx context.Context, units []string) error {
	var refused []string
	for _, unit := range units {
		err := p.runReport(ctx, unit, func(report model.Report) (model.Report, error) { return report.Accept(), nil })
		if err != nil && len(units) == 1 {
			return err
		}
		if err != nil {
			refused = append(refused, unit)
			p.report(p.notAccepted(unit, err))
		}
	}
	if len(refused) == 0 {
		return nil
	}
	p.Out.Note(p.Words.T("%d of %d reports are accepted; not accepted: %s", len(units)-len(refused), len(units), strings.Join(refused, ", ")))
	return errProblems
}

// notAccepted says which report an error is about. Once another one is accepted, nobody may read that nothing has
// changed: the cause alone is said then.
func (p *program) notAccepted(unit string, err error) error {
	cause := err
	if refusal, ok := errors.AsType[*phrase.Refusal](err); ok && refusal.Err != nil && p.changed.Written {
		cause = refusal.Err
	}
	return &phrase.Refusal{What: phrase.Say("the report of %s is not accepted", unit), Err: cause, Hint: phrase.HintOf(err)}
}

// confirm asks on the terminal. Where there is none, nobody can say yes.
func (p *program) confirm(question string) error {
	in, out, isFile := p.terminalFiles()
	if !isFile || !terminal.Interactive(in, out, p.env) {
		return wrongUsage(phrase.Say("nobody can be asked here"), phrase.Say("--yes does it without asking"))
	}
	p.Out.Note(question + "  " + p.Words.T("y yes · n no"))
	answer, _ := bufio.NewReader(in).ReadString('\n') // an end of the input is a no
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes", "c", "co", "có":
		return nil
	default:
		p.Out.Note(p.Words.T("nothing was changed"))
		return errProblems
	}
}
