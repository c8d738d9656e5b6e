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

func (p *program) newSubmit() *cobra.Command {
	isNil, reason := false, ""
	command := p.reportCommand("submit", manual{
		short:    phrase.Say("hand in a unit's report to the Office"),
		long:     phrase.Say("A report with something missing is refused; `tiendo report UNIT` shows what. A unit in which nothing came up sends a nil report, with the reason."),
		examples: []string{"tiendo submit thanh-tra", "tiendo submit thanh-tra --nil --reason \"đơn vị mới thành lập\""},
	}, func(report model.Report) (model.Report, error) {
		switch {
		case report.Status == model.Accepted: // for the coordinator the same step would withdraw the acceptance
			return report, phrase.Refuse(phrase.Say("the report is accepted and locked"), phrase.Say("the coordinator can withdraw the acceptance, or return the report with a reason"))
		case isNil:
			return report.SubmitNil(typedText(reason)), nil
		default:
			return report.Submit(), nil
		}
	})
	p.boolFlag(command, command.Flags(), &isNil, "nil", phrase.Say("there is nothing to report"))
	p.stringFlag(command, command.Flags(), &reason, "reason", phrase.Say("TEXT"), phrase.Say("why there is nothing to report"))
	command.PreRunE = func(command *cobra.Command, _ []string) error {
		if isNil != command.Flags().Changed("reason") {
			return wrongUsage(phrase.Say("--nil and --reason go together"), seeHelp(command))
		}
		return nil
	}
	return command
}

func (p *program) newReturn() *cobra.Command {
	reason := ""
	command := p.reportCommand("return", manual{
		short:    phrase.Say("send a unit's report back, with the reason (coordinator)"),
		long:     phrase.Say("An accepted report can be sent back too: its record is open again then."),
		examples: []string{"tiendo return thanh-tra --reason \"thiếu số liệu nữ\""},
	}, func(report model.Report) (model.Report, error) { return report.Return(typedText(reason)), nil })
	p.stringFlag(command, command.Flags(), &reason, "reason", phrase.Say("TEXT"), phrase.Say("what is missing, so that the unit can mend it"))
	command.PreRunE = required("reason")
	return command
}

func (p *program) newWithdraw() *cobra.Command {
	return p.reportCommand("withdraw", manual{
		short:    phrase.Say("take an acceptance back (coordinator)"),
		long:     phrase.Say("The report waits for the Office again, and the unit's record is open. The time of the first submission stays."),
		examples: []string{"tiendo withdraw thanh-tra"},
	}, func(report model.Report) (model.Report, error) {
		if report.Status != model.Accepted {
			return report, phrase.Refuse(phrase.Say("the report is “%s”, so there is no acceptance to take back", report.Status), phrase.Sentence{})
		}
		return report.Withdraw(), nil
	})
}

func (p *program) newExtend() *cobra.Command {
	until, reason := "", ""
	command := p.reportCommand("extend", manual{
		short:    phrase.Say("give a unit more time for its report, once, with the reason (coordinator)"),
		long:     phrase.Say("The consolidated report lists the extensions."),
		examples: []string{"tiendo extend thanh-tra --until 2019-12-18 --reason \"đoàn công tác về ngày 16/12\""},
	}, func(report model.Report) (model.Report, error) {
		day, err := parseDay("--until", until)
		return report.Extend(day, typedText(reason)), err
	})
	p.stringFlag(command, command.Flags(), &until, "until", phrase.Say("DAY"), phrase.Say("the last day on which the report is in time"))
	p.stringFlag(command, command.Flags(), &reason, "reason", phrase.Say("TEXT"), phrase.Say("why the unit gets more time"))
	command.PreRunE = required("until", "reason")
	return command
}

// typedText makes a text from the command line safe, without blanks around it.
func typedText(typed string) string { return strings.TrimSpace(text.Text(typed)) }

// reportCommand makes a command that takes a unit's report one step further.
func (p *program) reportCommand(name string, text manual, step reportStep) *cobra.Command {
	command := &cobra.Command{
		Use: name,
		RunE: func(command *cobra.Command, args []string) error {
			return p.runReport(command.Context(), args[0], step)
		},
		ValidArgsFunction: p.completeUnit,
	}
	text.arguments = []argument{{name: phrase.Say("UNIT")}}
	p.describe(command, text)
	p.answers(command)
	return command
}

func (p *program) runReport(ctx context.Context, unit string, step reportStep) error {
	subject := model.Subject{Kind: model.SubjectReport}
	return p.change(ctx, unit, subject, func(folder *workspace.Workspace, seen model.Value) (model.Value, error) {
		report, err := step(seen.Report)
		if err == nil && report.Status == model.Submitted && seen.Report.Status != model.Accepted {
			err = p.tellDraft(folder, unit, subject)
		}
		return model.Value{Report: report}, err
	})
}

// tellDraft says that the person has typed something in the dashboard that was never saved, so that it is not sent.
func (p *program) tellDraft(folder *workspace.Workspace, unit string, subject model.Subject) error {
	person, err := p.person(folder)
	if err != nil {
		return err
	}
	drafts := folder.Drafts(person)
	if drafts == nil {
		return nil
	}
	defer drafts.Close()
	if draft, is := drafts.Kept(unit, subject); is {
		p.Out.Note(p.Words.T("what you typed in the dashboard at %s and did not save is no part of the report that is sent",
			p.At(folder.Campaign, draft.At)))
		p.Hint(phrase.Say("open the report in the dashboard and save it there, then submit again"))
	}
	return nil
}
