package cli

import (
	"context"

	"github.com/spf13/cobra"
)

func (p *program) newCheck() *cobra.Command {
	strict, asJSON := false, false
	command := &cobra.Command{
		Use:   "check",
		Short: p.Words.T("list every problem in the data files"),
		Example: `  tiendo check
  tiendo check --strict
  tiendo check --json`,
		RunE: func(command *cobra.Command, _ []string) error { return p.runCheck(command.Context(), strict, asJSON) },
	}
	command.Flags().BoolVar(&strict, "strict", false, p.Words.T("fail for a warning, too"))
	command.Flags().BoolVar(&asJSON, "json", false, p.Words.T("as JSON"))
	return command
}

func (p *program) runCheck(ctx context.Context, strict, asJSON bool) error {
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
	if strict && len(campaign.Problems) > 0 {
		return errProblems
	}
	return lacking(campaign.Problems)
}
