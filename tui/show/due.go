package show

import (
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/layout"
)

// remindJSON is `remind --json`.
type remindJSON struct {
	Version int       `json:"version"`
	Today   string    `json:"today"`
	Units   []dueJSON `json:"units"`
	*Answer           // what was recorded and written, where that was asked for
}

type dueJSON struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Period    string `json:"period,omitempty"` // of the report
	Status    string `json:"status"`
	LastDay   string `json:"last_day"`
	DaysLeft  int    `json:"days_left"` // negative: late by so many
	Reminders int    `json:"reminders"`
	Text      string `json:"text"` // to send

	Report     bool              `json:"report"` // it is late or due, too
	Activities []dueActivityJSON `json:"activities"`
}

type dueActivityJSON struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Status   string `json:"status"`
	LastDay  string `json:"last_day"`
	DaysLeft int    `json:"days_left"`
}

// DueJSON lists the units that are chased on a day with the text for each. answer may be nil.
func (p *Printer) DueJSON(today calendar.Day, due []model.Chased, letters []string, answer *Answer) error {
	all := remindJSON{Version: JSONVersion, Today: today.String(), Units: []dueJSON{}, Answer: answer}
	for n, chased := range due {
		board, row := chased.Board, chased.Unit()
		unit := dueJSON{
			ID: row.Unit.ID, Name: row.Unit.Name, Period: board.Period, Status: reportStatus(row),
			LastDay: row.Deadline.LastDay().String(), DaysLeft: row.Deadline.DaysLeft(today), Reminders: len(row.Reminders),
			Text: letters[n], Report: chased.Report, Activities: []dueActivityJSON{},
		}
		for _, i := range chased.Activities {
			activity := &board.Activities[i].Activity
			unit.Activities = append(unit.Activities, dueActivityJSON{
				activity.ID, activity.Title, string(row.Cells[i].Entry.Status),
				activity.Deadline.LastDay().String(), activity.Deadline.DaysLeft(today),
			})
		}
		all.Units = append(all.Units, unit)
	}
	return p.JSON(all)
}

// Due lists who is late and who is due within so many days, then the text for each.
func (p *Printer) Due(board *model.Board, days int, due []model.Chased, letters []string) {
	s := statusText{p, board}
	if len(due) == 0 {
		said := p.Words.T("nothing is late, or due within %d days; the last day for the reports is %s", days,
			board.Reporting.Deadline.LastDay())
		if board.Reporting.Deadline.IsZero() {
			said = p.Words.T("nothing is late, or due within %d days; the reports have no deadline", days)
		}
		p.Out.Line(said)
		s.problems()
		return
	}
	title := ""
	for _, chased := range due {
		above := p.Words.T("Due soon:")
		if chased.Late {
			above = p.Words.T("Late:")
		}
		if above != title {
			title = above
			p.Out.Line(title)
		}
		statusText{p, chased.Board}.due(chased)
	}
	for _, letter := range letters {
		p.Out.Line("")
		if !p.Plain {
			p.Out.Line(strings.Repeat("-", PageWidth))
		}
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

// due says what one unit is chased for: the report on the line of its name, each activity below.
func (s statusText) due(chased model.Chased) {
	row := chased.Unit()
	line := row.Unit.Name
	if chased.Report {
		days := row.Deadline.DaysLeft(s.board.Today)
		left := s.Words.Left(row.Deadline, s.board.Today)
		if days < 0 && row.Report.Status == model.Returned { // its first submission may have been in time
			left = s.Words.T("not sent again")
		}
		status := row.Report.Status.Label(s.Words.Language)
		if row.ReportTimeliness == calendar.Disputed {
			status = s.Words.InDispute(1 + len(row.Report.Others))
		}
		if period := s.Words.Period(s.board); period != "" {
			line += " · " + period
		}
		line += ": " + status + ", " + left
	}
	if len(row.Reminders) > 0 {
		line += " · " + s.Words.T("reminders") + ": " +
			lang.RemindersIn(s.Words, s.board.Campaign, row.Reminders[len(row.Reminders)-1:])
	}
	s.set("  - ", line)
	for _, i := range chased.Activities {
		activity := &s.board.Activities[i].Activity
		s.set("    · ", activity.Title+": "+s.Words.Standing(s.board, row.Cells[i], activity.Deadline))
	}
}

// set prints an item, no wider than the page.
func (s statusText) set(sign, item string) {
	indent := strings.Repeat(" ", layout.Width(sign))
	for _, line := range hung(sign, indent, item, PageWidth-len(indent)) {
		s.Out.Line(line)
	}
}
