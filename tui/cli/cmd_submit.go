package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
	"example.org/tiendo/model/workspace"
)

// reportStep takes a unit's report one step further; it may refuse.
type reportStep func(model.Report) (model.Report, error)

func newCmdSubmit(app *App) *cobra.Command {
	isNil, reason := false, ""
	command := reportCommand(app, &cobra.Command{
		Use:   "submit " + app.T("UNIT"),
		Short: app.T("hand in a unit's report to the Office"),
		Example: `  tiendo submit thanh-tra
  tiendo submit thanh-tra --nil --reason "đơn vị mới thành lập"`,
	}, func(report model.Report) (model.Report, error) {
		switch {
		case report.Status == model.Accepted: // for the coordinator the same step would withdraw the acceptance
			return report, phrase.Refuse(phrase.Say("the report is accepted and locked"),
				phrase.Say("the coordinator can withdraw the acceptance, or return the report with a reason"))
		case isNil:
			return report.SubmitNil(typedText(reason)), nil
		default:
			return report.Submit(), nil
		}
	})
	flags := command.Flags()
	flags.BoolVar(&isNil, "nil", false, app.T("there is nothing to report"))
	textFlag(flags, &reason, "reason", app.T("TEXT"), app.T("why there is nothing to report"))
	command.PreRunE = func(command *cobra.Command, _ []string) error {
		if isNil != command.Flags().Changed("reason") {
			return wrongUsage(phrase.Say("--nil and --reason go together"), seeHelp(command))
		}
		return nil
	}
	return command
}

func newCmdReturn(app *App) *cobra.Command {
	reason := ""
	command := reportCommand(app, &cobra.Command{
		Use:   "return " + app.T("UNIT…"),
		Short: app.T("send a unit's report back, with the reason (coordinator)"),
		Example: `  tiendo return thanh-tra --reason "thiếu số liệu nữ"
  tiendo return thanh-tra chi-doan --reason "thiếu chữ ký"`,
	}, func(report model.Report) (model.Report, error) { return report.Return(typedText(reason)), nil })
	textFlag(command.Flags(), &reason, "reason", app.T("TEXT"), app.T("what is missing, so that the unit can fix it"))
	command.PreRunE = required("reason")
	return command
}

func newCmdWithdraw(app *App) *cobra.Command {
	return reportCommand(app, &cobra.Command{
		Use:     "withdraw " + app.T("UNIT"),
		Short:   app.T("take an acceptance back (coordinator)"),
		Example: `  tiendo withdraw thanh-tra`,
	}, func(report model.Report) (model.Report, error) {
		if report.Status != model.Accepted {
			return report, phrase.Refuse(phrase.Say("the report is “%s”, so there is no acceptance to take back", report.Status),
				phrase.Sentence{})
		}
		return report.Withdraw(), nil
	})
}

func newCmdExtend(app *App) *cobra.Command {
	until, reason := "", ""
	command := reportCommand(app, &cobra.Command{
		Use:     "extend " + app.T("UNIT…"),
		Short:   app.T("extend the deadline of a unit's report, once, with a reason (coordinator)"),
		Example: `  tiendo extend thanh-tra --until 2019-12-18 --reason "đoàn công tác về ngày 16/12"`,
	}, func(report model.Report) (model.Report, error) {
		day, err := parseDay("--until", until)
		return report.Extend(day, typedText(reason)), err
	})
	flags := command.Flags()
	textFlag(flags, &until, "until", app.T("DAY"), app.T("the last day on which the report is in time"))
	textFlag(flags, &reason, "reason", app.T("TEXT"), app.T("the reason for the extension"))
	command.PreRunE = required("until", "reason")
	return command
}

// typedText makes a text from the command line safe, without blanks around it.
func typedText(typed string) string { return strings.TrimSpace(text.Text(typed)) }

// reportCommand makes a command that takes a unit's report one step further, or those of several units.
func reportCommand(app *App, command *cobra.Command, step reportStep) *cobra.Command {
	command.RunE = func(command *cobra.Command, args []string) error {
		return eachReport(command.Context(), app, args, step)
	}
	if command.ValidArgsFunction = app.offerFirst(units); strings.HasSuffix(command.Use, "…") {
		command.ValidArgsFunction = app.offer(units)
	}
	app.forPeriod(command)
	app.answers(command)
	return command
}

func runReport(ctx context.Context, app *App, unit string, step reportStep) error {
	subject := model.Subject{Kind: model.SubjectReport}
	return app.change(ctx, unit, subject, func(folder *workspace.Workspace, seen model.Value) (model.Value, error) {
		was := model.As[model.Report](seen)
		report, err := step(was)
		if err == nil && report.Status == model.Submitted && was.Status != model.Accepted {
			if subject.ID, err = app.periodOf(folder); err == nil {
				err = app.earlierUnsent(folder, unit, subject.ID)
			}
			if err == nil {
				err = tellDraft(app, folder, unit, subject)
			}
		}
		if judged := report.Status == model.Accepted || report.Status == model.Returned; err == nil && judged &&
			was.Status != model.Submitted && was.Status != model.Accepted && app.period == "" {
			err = earlierSubmitted(app, folder, unit)
		}
		return report, err
	})
}

// earlierSubmitted refuses to accept or return the current report, which is not sent, while an earlier one waits.
func earlierSubmitted(app *App, folder *workspace.Workspace, unit string) error {
	current, err := app.periodOf(folder)
	if earlier := folder.Campaign.EarlierSubmitted(unit, current); err == nil && earlier != nil {
		return phrase.Refuse(phrase.Say("the report for %s waits, that of the current period is not sent", earlier.Name),
			phrase.Say("name the period: --period %s", earlier.ID))
	}
	return err
}

// earlierUnsent refuses to send the current report without its period being named, while an earlier one is not sent.
func (app *App) earlierUnsent(folder *workspace.Workspace, unit, current string) error {
	earlier := folder.Campaign.EarlierUnsent(unit, current)
	if earlier == nil || app.period != "" {
		return nil
	}
	return phrase.Refuse(phrase.Say("the report for %s is not sent yet: which one is meant?", earlier.Name),
		phrase.Say("name it with --period %s or --period %s", earlier.ID, current))
}

// tellDraft says that the person has typed something in the dashboard that was never saved, so that it is not sent.
func tellDraft(app *App, folder *workspace.Workspace, unit string, subject model.Subject) error {
	person, err := app.person(folder)
	if err != nil {
		return err
	}
	drafts := folder.Drafts(person)
	if drafts == nil {
		return nil
	}
	defer drafts.Close()
	if draft, is := drafts.Kept(unit, subject); is {
		app.Out.Note(app.T("what you typed in the dashboard at %s and did not save is no part of the report that is sent",
			app.At(folder.Campaign, draft.At)))
		app.Hint(phrase.Say("open the report in the dashboard and save it there, then submit again"))
	}
	return nil
}
