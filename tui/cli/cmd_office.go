package cli

import (
	"context"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/document"
	"example.org/tiendo/model/workspace"
	"example.org/tiendo/tui/show"
)

func newCmdOffice(app *App) *cobra.Command {
	command := &cobra.Command{
		Use:   "office " + app.T("[PART] [VALUE|-]"),
		Short: app.T("show or write the Office's own texts of the consolidated report (coordinator)"),
		Example: `  tiendo office
  tiendo office launch "Lễ phát động ngày 15/11/2019."
  tiendo office assessment - < danh-gia.txt`,
		RunE: func(command *cobra.Command, args []string) error {
			switch len(args) {
			case 0:
				return app.looked(listOffice(command.Context(), app))
			case 1:
				return app.looked(showOffice(command.Context(), app, args[0]))
			default:
				return writeOffice(command.Context(), app, args[0], args[1])
			}
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, noFiles
			}
			return wordsOf(document.OfficeTexts(), func(id *model.OfficeText) (string, string) {
				return string(*id), id.Label(app.Words.Language)
			}), noFiles
		},
	}
	app.answers(command)
	return command
}

// listOffice lists the texts with their beginning, and who was reminded.
func listOffice(ctx context.Context, app *App) error {
	folder, err := app.loadReadOnly(ctx)
	if err != nil {
		return err
	}
	campaign := folder.Campaign
	if app.asJSON {
		return app.OfficeJSON(campaign, campaign.Office.Texts)
	}
	var rows [][2]string
	for _, id := range document.OfficeTexts() {
		said := app.Words.Value(campaign, model.Subject{Kind: model.SubjectText, ID: string(id)},
			model.Text(campaign.Office.Texts[id]))
		rows = append(rows, [2]string{string(id), id.Label(app.Words.Language) + ": " + said})
	}
	for i := range campaign.Roster.Units {
		unit := &campaign.Roster.Units[i]
		if sent := campaign.Office.RemindersTo(unit.ID); len(sent) > 0 {
			rows = append(rows, [2]string{unit.ID, app.T("reminders") + ": " + app.Words.Reminders(campaign, sent)})
		}
	}
	app.List(rows, campaign.Problems)
	return nil
}

func showOffice(ctx context.Context, app *App, id string) error {
	folder, err := app.loadReadOnly(ctx)
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
	if app.asJSON {
		return app.OfficeJSON(folder.Campaign, map[model.OfficeText]string{model.OfficeText(id): words})
	}
	for _, line := range show.TextLines(words) {
		app.Out.Line(line)
	}
	return nil
}

func writeOffice(ctx context.Context, app *App, id, value string) error {
	words := typedText(value)
	if value == "-" {
		var err error
		if words, err = readText(app); err != nil {
			return err
		}
	}
	return app.change(ctx, "", model.Subject{Kind: model.SubjectText, ID: id},
		func(*workspace.Workspace, model.Value) (model.Value, error) { return model.Text(words), nil })
}
