package cli

import (
	"context"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/workspace"
	"example.org/tiendo/tui/show"
)

func (p *program) newOffice() *cobra.Command {
	command := &cobra.Command{
		Use:   "office " + p.Words.T("[TEXT] [VALUE|-]"),
		Short: p.Words.T("show or write the Office's own texts of the consolidated report (coordinator)"),
		Example: `  tiendo office
  tiendo office launch "Lễ phát động ngày 15/11/2019."
  tiendo office assessment - < danh-gia.txt`,
		RunE: func(command *cobra.Command, args []string) error {
			switch len(args) {
			case 0:
				return p.looked(p.listOffice(command.Context()))
			case 1:
				return p.looked(p.showOffice(command.Context(), args[0]))
			default:
				return p.writeOffice(command.Context(), args[0], args[1])
			}
		},
		ValidArgsFunction: p.completeOffice,
	}
	p.answers(command)
	return command
}

func (p *program) completeOffice(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, noFiles
	}
	var words []string
	for _, id := range model.OfficeTexts() {
		words = append(words, offered(string(id), id.Label(p.Words.Language)))
	}
	return words, noFiles
}

// listOffice lists the texts with their beginning, and who was reminded.
func (p *program) listOffice(ctx context.Context) error {
	folder, err := p.loadReadOnly(ctx)
	if err != nil {
		return err
	}
	campaign := folder.Campaign
	if p.asJSON {
		return p.OfficeJSON(campaign, campaign.Office.Texts)
	}
	var rows [][2]string
	for _, id := range model.OfficeTexts() {
		said := p.Words.Value(campaign, model.Subject{Kind: model.SubjectText, ID: string(id)}, model.Value{Text: campaign.Office.Texts[id]})
		rows = append(rows, [2]string{string(id), id.Label(p.Words.Language) + ": " + said})
	}
	for i := range campaign.Roster.Units {
		unit := &campaign.Roster.Units[i]
		if sent := campaign.Office.RemindersTo(unit.ID); len(sent) > 0 {
			rows = append(rows, [2]string{unit.ID, p.Words.T("reminders") + ": " + p.Words.Reminders(campaign, sent)})
		}
	}
	p.List(rows, campaign.Problems)
	return nil
}

func (p *program) showOffice(ctx context.Context, id string) error {
	folder, err := p.loadReadOnly(ctx)
	if err != nil {
		return err
	}
	if err := model.KnownText(id); err != nil {
		return err
	}
	if broken := folder.Campaign.OfficeBroken; broken != nil {
		return *broken
	}
	words := folder.Campaign.Office.Texts[model.OfficeText(id)]
	if p.asJSON {
		return p.OfficeJSON(folder.Campaign, map[model.OfficeText]string{model.OfficeText(id): words})
	}
	for _, line := range show.TextLines(words) {
		p.Out.Line(line)
	}
	return nil
}

func (p *program) writeOffice(ctx context.Context, id, value string) error {
	words := typedText(value)
	if value == "-" {
		var err error
		if words, err = p.readText(); err != nil {
			return err
		}
	}
	return p.change(ctx, "", model.Subject{Kind: model.SubjectText, ID: id}, func(_ *workspace.Workspace, seen model.Value) (model.Value, error) {
		seen.Text = words
		return seen, nil
	})
}
