package cli

import (
	"context"

	"github.com/spf13/cobra"

	"example.org/tiendo/model/phrase"
)

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
	folder, err := p.open(ctx, false)
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
		if err := p.ProblemsJSON(campaign.Problems); err != nil {
			return err
		}
	} else {
		p.Check(campaign)
	}
	if len(campaign.Problems) > 0 {
		return errProblems
	}
	return nil
}
