package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/text"
)

func (p *program) newSubmit() *cobra.Command {
	return p.reportCommand("submit", manual{
		short:    model.Say("hand in a unit's report to the Office"),
		examples: []string{"tiendo submit thanh-tra"},
	}, model.Report.Submit)
}

func (p *program) newAccept() *cobra.Command {
	return p.reportCommand("accept", manual{
		short:    model.Say("accept a unit's report (coordinator)"),
		long:     model.Say("What the unit recorded is locked then. `tiendo return` opens it again."),
		examples: []string{"tiendo accept thanh-tra"},
	}, model.Report.Accept)
}

func (p *program) newReturn() *cobra.Command {
	reason := ""
	command := p.reportCommand("return", manual{
		short:    model.Say("send a unit's report back, with the reason (coordinator)"),
		long:     model.Say("An accepted report can be sent back too: its record is open again then."),
		examples: []string{"tiendo return thanh-tra --reason \"thiếu số liệu nữ\""},
	}, func(report model.Report) model.Report { return report.Return(strings.TrimSpace(text.Text(reason))) })
	p.stringFlag(command, command.Flags(), &reason, "reason", model.Say("TEXT"), model.Say("what is missing, so that the unit can mend it"))
	command.PreRunE = required("reason")
	return command
}

// reportCommand makes a command that takes a unit's report one step further.
func (p *program) reportCommand(name string, text manual, step func(model.Report) model.Report) *cobra.Command {
	command := &cobra.Command{
		Use: name,
		RunE: func(command *cobra.Command, args []string) error {
			return p.runReport(command.Context(), args[0], step)
		},
		ValidArgsFunction: p.completeUnit,
	}
	text.arguments = []argument{{name: model.Say("UNIT")}}
	p.describe(command, text)
	return command
}

func (p *program) runReport(ctx context.Context, unit string, step func(model.Report) model.Report) error {
	return p.change(ctx, unit, model.Subject{Kind: model.SubjectReport}, func(_ *folder, seen model.Value) (model.Value, error) {
		return model.Value{Report: step(seen.Report)}, nil
	})
}
