package cli

import (
	"context"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// checkJSON is `check --json`.
type checkJSON struct {
	Version  int           `json:"version"`
	Problems []problemJSON `json:"problems"`
}

func (p *program) newCheck() *cobra.Command {
	asJSON := false
	command := &cobra.Command{
		Use:  "check",
		RunE: func(command *cobra.Command, _ []string) error { return p.runCheck(command.Context(), asJSON) },
	}
	p.describe(command, manual{
		short:    phrase.Say("list every problem in the data files"),
		long:     phrase.Say("Each problem is named as file:line:column. The exit code is 1 if there is any, a warning too."),
		examples: []string{"tiendo check", "tiendo check --json"},
	})
	p.boolFlag(command, command.Flags(), &asJSON, "json", phrase.Say("as JSON"))
	return command
}

func (p *program) runCheck(ctx context.Context, asJSON bool) error {
	folder, err := p.openReadOnly()
	if err != nil {
		return err
	}
	campaign, err := folder.Store.Load(ctx)
	if campaign == nil || err != nil && len(campaign.Problems) == 0 {
		return err
	}
	p.speak(campaign.Plan.Language)
	if err := p.admit(campaign); err != nil {
		return err
	}
	campaign.Problems = append(campaign.Problems, folder.Beside(ctx, campaign)...)
	if asJSON {
		if err := p.printJSON(checkJSON{Version: jsonVersion, Problems: p.problemsJSON(campaign.Problems)}); err != nil {
			return err
		}
	} else {
		p.printCheck(campaign)
	}
	if len(campaign.Problems) > 0 {
		return errProblems
	}
	return nil
}

func (p *program) printCheck(campaign *model.Campaign) {
	if len(campaign.Problems) == 0 {
		p.out.line(p.words.T("no problems: %s, %s",
			p.words.Count(len(campaign.Plan.Activities), "%d activity", "%d activities"),
			p.words.Count(len(campaign.Roster.Units), "%d unit", "%d units")))
		return
	}
	p.printProblems(campaign.Problems, "")
	p.out.note(p.words.Count(len(campaign.Problems), "%d problem", "%d problems"))
}

// problemsBeside lists the problems in the files, if any, below what was read of them.
func (p *program) problemsBeside(problems []phrase.Problem) {
	if len(problems) == 0 {
		return
	}
	p.out.line("")
	p.out.line(p.words.T("Problems in the data files:"))
	p.printProblems(problems, "  ")
}

// printProblems lists problems with their places, each hint on a line of its own.
func (p *program) printProblems(problems []phrase.Problem, indent string) {
	for _, problem := range problems {
		if problem.Warning {
			p.out.line(indent + problem.Place() + ": " + p.words.T("warning: %s", problem.What))
		} else {
			p.out.line(indent + problem.Place() + ": " + p.words.Say(problem.What))
		}
		if !problem.Hint.IsZero() {
			p.out.line(indent + "  " + p.words.T("hint: %s", problem.Hint))
		}
	}
}
