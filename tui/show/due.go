package show

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

// DueJSON lists the units of some rows with the text for each.
func (p *Printer) DueJSON(board *model.Board, due []int, letters []string) error {
	answer := remindJSON{Version: JSONVersion, Today: board.Today.String(), Units: []dueJSON{}}
	for n, i := range due {
		row := &board.Units[i]
		answer.Units = append(answer.Units, dueJSON{
			ID: row.Unit.ID, Name: row.Unit.Name, Status: newReportJSON(row).Status, LastDay: row.Deadline.LastDay().String(),
			DaysLeft: row.Deadline.DaysLeft(board.Today), Reminders: len(row.Reminders),
			Text: letters[n],
		})
	}
	return p.JSON(answer)
}

// Due lists who is late and who is due within so many days, then the text for each.
func (p *Printer) Due(board *model.Board, days int, late, soon []int, letters []string) {
	s := statusText{p, board}
	if len(late)+len(soon) == 0 {
		p.Out.Line(p.Words.T("no unit's report is late, or due within %d days; the last day is %s", days, board.Reporting.Deadline.LastDay()))
		return
	}
	section := func(title string, units []int) {
		if len(units) == 0 {
			return
		}
		p.Out.Line(title)
		for _, i := range units {
			row := &board.Units[i]
			days := row.Deadline.DaysLeft(board.Today)
			left := p.Words.Left(days)
			if days < 0 && row.Report.Status == model.Returned { // its first submission may have been in time
				left = p.Words.T("not sent again")
			}
			line := row.Unit.Name + ": " + row.Report.Status.Label(p.Words.Language) + ", " + left
			if len(row.Reminders) > 0 {
				line += " · " + p.Words.T("reminders") + ": " + p.Words.Reminders(board.Campaign, row.Reminders[len(row.Reminders)-1:])
			}
			for n, part := range wrap(line, PageWidth-4) {
				p.Out.Line([2]string{"  - ", "    "}[min(n, 1)] + part)
			}
		}
	}
	section(p.Words.T("Late:"), late)
	section(p.Words.T("Due soon:"), soon)
	for _, letter := range letters {
		p.Out.Line("")
		p.Out.Line(strings.Repeat("-", PageWidth))
		for line := range strings.SplitSeq(strings.TrimRight(letter, "\n"), "\n") {
			if layout.Width(line) <= PageWidth {
				p.Out.Line(line)
				continue
			}
			for _, part := range wrap(line, PageWidth) {
				p.Out.Line(part)
			}
		}
	}
	s.problems()
}
