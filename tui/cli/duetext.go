package cli

import (
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/tui/layout"
)

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

// printDueJSON lists the units of some rows with the text for each.
func (p *printer) printDueJSON(board *model.Board, due []int, letters []string) error {
	answer := remindJSON{Version: jsonVersion, Today: board.Today.String(), Units: []dueJSON{}}
	for n, i := range due {
		row := &board.Units[i]
		answer.Units = append(answer.Units, dueJSON{
			ID: row.Unit.ID, Name: row.Unit.Name, Status: newReportJSON(row).Status, LastDay: row.Deadline.LastDay().String(),
			DaysLeft: row.Deadline.DaysLeft(board.Today), Reminders: len(row.Reminders),
			Text: letters[n],
		})
	}
	return p.printJSON(answer)
}

// printDue lists who is late and who is due within so many days, then the text for each.
func (p *printer) printDue(board *model.Board, days int, late, soon []int, letters []string) {
	s := statusText{p, board}
	if len(late)+len(soon) == 0 {
		p.out.line(p.words.T("no unit's report is late, or due within %d days; the last day is %s", days, board.Reporting.Deadline.LastDay()))
		return
	}
	section := func(title string, units []int) {
		if len(units) == 0 {
			return
		}
		p.out.line(title)
		for _, i := range units {
			row := &board.Units[i]
			days := row.Deadline.DaysLeft(board.Today)
			left := p.words.Left(days)
			if days < 0 && row.Report.Status == model.Returned { // its first submission may have been in time
				left = p.words.T("not sent again")
			}
			line := row.Unit.Name + ": " + row.Report.Status.Label(p.words.Language) + ", " + left
			if len(row.Reminders) > 0 {
				line += " · " + p.words.T("reminders") + ": " + p.words.Reminders(board.Campaign, row.Reminders[len(row.Reminders)-1:])
			}
			for n, part := range wrap(line, pageWidth-4) {
				p.out.line([2]string{"  - ", "    "}[min(n, 1)] + part)
			}
		}
	}
	section(p.words.T("Late:"), late)
	section(p.words.T("Due soon:"), soon)
	for _, letter := range letters {
		p.out.line("")
		p.out.line(strings.Repeat("-", pageWidth))
		for line := range strings.SplitSeq(strings.TrimRight(letter, "\n"), "\n") {
			if layout.Width(line) <= pageWidth {
				p.out.line(line)
				continue
			}
			for _, part := range wrap(line, pageWidth) {
				p.out.line(part)
			}
		}
	}
	s.problems()
}
