package cli

import (
	"fmt"
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// unit prints one unit's checklist.
func (s statusText) unit(row *model.UnitRow) {
	s.out.line("")
	s.paragraph(fmt.Sprintf("%s (%s)", row.Unit.Name, row.Unit.ID))
	if row.Broken != nil {
		s.printProblems([]phrase.Problem{*row.Broken}, "")
		return
	}
	s.paragraph(s.words.T("Activities: %s", s.tally(row.Tally)))
	s.paragraph(s.words.T("Report: %s", s.reportStanding(row)))
	s.section(s.words.T("Activities"), s.checklist(row, model.ActivitySection))
	s.section(s.words.T("Duties"), s.checklist(row, model.DutySection))
	s.section(s.words.T("Messages used"), s.messagesOf(row))
	s.missing(row)
	s.section(s.words.T("Problems in the data files:"), s.problemsOf(row))
}

// checklist lists the cells of one section of the plan.
func (s statusText) checklist(row *model.UnitRow, section model.Section) []string {
	var lines []string
	for i, cell := range row.Cells {
		activity := &s.board.Activities[i].Activity
		if !cell.Assigned || activity.Section != section {
			continue
		}
		lead := ""
		if cell.Lead {
			lead = " (" + s.words.T("leads") + ")"
		}
		lines = append(lines, indented(fmt.Sprintf("%d. %s%s [%s]", i+1, activity.Title, lead, activity.ID), "   ")...)
		for _, detail := range s.cellDetails(cell, activity) {
			for _, line := range wrap(detail, pageWidth-5) {
				lines = append(lines, "   "+line)
			}
		}
	}
	return lines
}

// cellDetails says how a cell stands, and below it what was entered.
func (s statusText) cellDetails(cell model.Cell, activity *model.Activity) []string {
	standing := s.words.StandingBy(s.board, cell, activity.Deadline)
	details := []string{strings.Join(append([]string{standing}, s.words.Figures(activity, cell.Entry)...), " · ")}
	if cell.Entry.Note != "" {
		details = append(details, "“"+cell.Entry.Note+"”")
	}
	details = append(details, cell.Entry.Evidence...)
	return details
}

func (s statusText) messagesOf(row *model.UnitRow) []string {
	var lines []string
	for _, message := range s.board.Messages {
		use := row.Messages[message.Message.ID]
		if len(use.Channels) == 0 {
			continue
		}
		said := message.Message.ID + " " + message.Message.Text + " " + s.words.Channels(&s.board.Campaign.Plan, use)
		lines = append(lines, indented(said, "    ")...)
	}
	return lines
}

// problemsOf finds the problems in the unit's own file.
func (s statusText) problemsOf(row *model.UnitRow) []string {
	var lines []string
	for _, problem := range s.board.Campaign.Problems {
		parts := strings.Split(problem.File, "/")
		if slices.Contains(parts, row.Unit.ID+".toml") {
			lines = append(lines, problem.Place()+": "+s.words.Say(problem.What))
		}
	}
	return lines
}

// indented wraps text for a section; the lines after the first are set in.
func indented(text, indent string) []string {
	lines := wrap(text, pageWidth-2-len(indent))
	for i := range lines[1:] {
		lines[i+1] = indent + lines[i+1]
	}
	return lines
}
