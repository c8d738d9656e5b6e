package show

import (
	"fmt"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/phrase"
)

// unit prints one unit's checklist.
func (s statusText) unit(row *model.UnitRow) {
	s.Out.Line("")
	s.Paragraph(fmt.Sprintf("%s (%s)", row.Unit.Name, row.Unit.ID))
	if row.Broken != nil {
		s.printProblems([]phrase.Problem{*row.Broken}, "")
		return
	}
	s.Paragraph(s.Words.T("Activities: %s", s.tally(row.Tally)))
	if s.board.Campaign.Plan.Reporting.Asked() || row.Report.Status != model.NotSent {
		s.Paragraph(s.reportTitle() + ": " + s.reportStanding(row) + s.arrived(row.Unit.ID, s.board.ReportSubject()))
	}
	s.Section(s.Words.T("Versions of the report"), s.versions(row, s.board.ReportSubject()))
	for from := 0; from < len(row.Cells); {
		before := from + 1
		for before < len(row.Cells) && s.board.Activities[before].Activity.SameSection(&s.board.Activities[from].Activity) {
			before++
		}
		s.Section(s.Words.Section(&s.board.Campaign.Plan, &s.board.Activities[from].Activity), s.checklist(row, from, before))
		from = before
	}
	s.Section(s.Words.T("Messages used"), s.messagesOf(row))
	s.missing(row)
	s.Section(s.Words.T("Problems in the data files:"), s.problemsOf(row))
}

// checklist lists the cells of one section of the plan.
func (s statusText) checklist(row *model.UnitRow, from, before int) []string {
	var lines []string
	for i := from; i < before; i++ {
		cell, activity := row.Cells[i], &s.board.Activities[i].Activity
		if !cell.Shown() {
			continue
		}
		role := ""
		if cell.Role == duty.Lead {
			role = " (" + cell.Role.Label(s.Words.Language) + ")"
		}
		title := fmt.Sprintf("%d. %s%s [%s]", i+1, activity.Title, role, activity.ID)
		lines = append(lines, hung("", "   ", title, PageWidth-5)...)
		for _, detail := range s.cellDetails(row.Unit.ID, cell, activity) {
			lines = append(lines, hung("   ", "   ", detail, PageWidth-5)...)
		}
		for _, line := range s.versions(row, model.Subject{Kind: model.SubjectActivity, ID: activity.ID}) {
			lines = append(lines, "   "+line)
		}
	}
	return lines
}

// versions are what there are several of, each with who wrote it; nothing where nobody disputes it.
func (s statusText) versions(row *model.UnitRow, subject model.Subject) []string {
	value := s.board.Campaign.Value(row.Unit.ID, subject)
	if !model.InDispute(value) {
		return nil
	}
	var lines []string
	for _, version := range s.Words.Versions(s.board.Campaign, subject, value) {
		lines = append(lines, hung("- ", "  ", version, PageWidth-7)...)
	}
	return lines
}

// cellDetails says how a cell stands, and below it what was entered, unless there are several versions of that.
func (s statusText) cellDetails(unit string, cell model.Cell, activity *model.Activity) []string {
	if cell.Timeliness == calendar.Disputed {
		return []string{s.Words.Standing(s.board, cell, activity.Deadline)}
	}
	standing := s.Words.StandingBy(s.board, cell, activity.Deadline) +
		s.arrived(unit, model.Subject{Kind: model.SubjectActivity, ID: activity.ID})
	figures := s.Words.FiguresOf(s.board, activity, unit, cell)
	details := []string{strings.Join(append([]string{standing}, figures...), " · ")}
	if cell.Entry.Note != "" {
		details = append(details, "“"+cell.Entry.Note+"”")
	}
	details = append(details, cell.Entry.Evidence...)
	return details
}

// arrived says of what bears an earlier time when the server got it.
func (s statusText) arrived(unit string, subject model.Subject) string {
	at, late := s.board.Campaign.Arrived[unit][subject]
	if !late {
		return ""
	}
	return " · " + s.Words.T("but it arrived only %s", s.Words.Moment(at, s.board.Campaign.Plan.TimeZone))
}

func (s statusText) messagesOf(row *model.UnitRow) []string {
	var lines []string
	for _, message := range s.board.Messages {
		use := row.Messages[message.Message.ID]
		if len(use.Channels) == 0 {
			continue
		}
		said := message.Message.ID + " " + message.Message.Text + " " + s.Words.Channels(&s.board.Campaign.Plan, use) +
			s.arrived(row.Unit.ID, model.Subject{Kind: model.SubjectMessage, ID: message.Message.ID})
		lines = append(lines, hung("", "    ", said, PageWidth-6)...)
	}
	return lines
}

// problemsOf says the problems in the unit's own file.
func (s statusText) problemsOf(row *model.UnitRow) []string {
	var lines []string
	for _, problem := range ProblemsOf(s.board.Campaign, row.Unit.ID) {
		lines = append(lines, problem.Place()+": "+s.Words.Say(problem.What))
	}
	return lines
}

// ProblemsOf finds the problems in a unit's own file.
func ProblemsOf(campaign *model.Campaign, unit string) []phrase.Problem {
	broken, isBroken := campaign.Broken[unit]
	var problems []phrase.Problem
	for _, problem := range campaign.Problems {
		if problem.In(unit+".toml") || isBroken && problem.File == broken.File {
			problems = append(problems, problem)
		}
	}
	return problems
}
