package cli

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/tui/frame"
)

// errDue makes the exit code 3 after everything has been said: the Office waits for somebody.
var errDue = errors.New("somebody is late or due soon")

func (p *program) newRemind() *cobra.Command {
	days, send, asJSON := "", false, false
	command := &cobra.Command{
		Use: "remind",
		RunE: func(command *cobra.Command, _ []string) error {
			within := model.DueSoonDays
			if days != "" {
				number, err := strconv.Atoi(days)
				if err != nil || number < 0 {
					return wrongUsage(model.Say("%s: %q is not possible", "--days", days), model.Say("want a whole number"))
				}
				within = number
			}
			return p.runRemind(command.Context(), within, send, asJSON)
		},
	}
	p.describe(command, manual{
		short:    model.Say("list the units whose report is late or due soon"),
		long:     model.Say("With a text for each that can be sent as it is. --send records in report.toml that they were reminded, as one change (coordinator); tiendo itself sends nothing to anybody. The exit code is 3 if anybody is late or due soon, for cron."),
		examples: []string{"tiendo remind", "tiendo remind --days 5", "tiendo remind --send"},
	})
	p.stringFlag(command, command.Flags(), &days, "days", model.Say("N"), model.Say("who has at most so many days left; otherwise %d", model.DueSoonDays))
	p.boolFlag(command, command.Flags(), &send, "send", model.Say("record that they were reminded"))
	p.boolFlag(command, command.Flags(), &asJSON, "json", model.Say("as JSON"))
	return command
}

// remindJSON is `remind --json`.
type remindJSON struct {
	Version int       `json:"version"`
	Today   string    `json:"today"`
	Units   []dueJSON `json:"units"`
}

type dueJSON struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Status    string `json:"status"`
	LastDay   string `json:"last_day"`
	DaysLeft  int    `json:"days_left"` // negative: late by so many
	Reminders int    `json:"reminders"`
	Text      string `json:"text"` // to send
}

func (p *program) runRemind(ctx context.Context, days int, send, asJSON bool) error {
	looked, err := p.loadReadOnly(ctx)
	if err != nil {
		return err
	}
	board := model.NewBoard(looked.campaign, looked.today)
	late, soon := board.Chase(days)
	if asJSON {
		err = p.printJSON(p.dueJSON(board, append(late, soon...)))
	} else {
		p.printDue(board, late, soon)
	}
	if err != nil || len(late)+len(soon) == 0 {
		return err
	}
	if send {
		var units []string
		for _, i := range append(late, soon...) {
			units = append(units, board.Units[i].Unit.ID)
		}
		subject := model.Subject{Kind: model.SubjectReminder}
		err := p.change(ctx, "", subject, func(now *folder, seen model.Value) (model.Value, error) {
			seen.Reminders = now.campaign.Office.RemindAll(units)
			return seen, nil
		})
		if err != nil {
			return err
		}
	}
	return errDue
}

func (p *program) dueJSON(board *model.Board, units []int) remindJSON {
	answer := remindJSON{Version: jsonVersion, Today: board.Today.String(), Units: []dueJSON{}}
	for _, i := range units {
		row := &board.Units[i]
		answer.Units = append(answer.Units, dueJSON{
			ID: row.Unit.ID, Name: row.Unit.Name, Status: newReportJSON(row).Status, LastDay: row.Deadline.LastDay().String(),
			DaysLeft: row.Deadline.DaysLeft(board.Today), Reminders: len(row.Reminders),
			Text: board.ReminderText(row, board.Campaign.Plan.Language),
		})
	}
	return answer
}

// printDue lists who is late and who is due soon, then the text for each.
func (p *program) printDue(board *model.Board, late, soon []int) {
	s := statusText{p, board, &frame.Frame{Board: board, Words: p.words}}
	if len(late)+len(soon) == 0 {
		p.out.line(p.words.T("nobody is late or due soon"))
		return
	}
	section := func(title string, units []int) {
		if len(units) == 0 {
			return
		}
		p.out.line(title)
		for _, i := range units {
			row := &board.Units[i]
			line := row.Unit.Name + ": " + row.Report.Status.Label(p.words.Language) + ", " + p.words.Left(row.Deadline.DaysLeft(board.Today))
			if len(row.Reminders) > 0 {
				line += " · " + p.words.Reminders(board.Campaign, row.Reminders[len(row.Reminders)-1:])
			}
			for n, part := range wrap(line, pageWidth-4) {
				p.out.line([2]string{"  - ", "    "}[min(n, 1)] + part)
			}
		}
	}
	section(p.words.T("Late:"), late)
	section(p.words.T("Due soon:"), soon)
	for _, i := range append(append([]int{}, late...), soon...) {
		p.out.line("")
		p.out.line(strings.Repeat("-", pageWidth))
		for line := range strings.SplitSeq(strings.TrimRight(board.ReminderText(&board.Units[i], board.Campaign.Plan.Language), "\n"), "\n") {
			if line == "" {
				p.out.line("")
			}
			for _, part := range wrap(line, pageWidth) {
				p.out.line(part)
			}
		}
	}
	s.problems()
}
