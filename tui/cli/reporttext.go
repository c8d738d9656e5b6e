package cli

import (
	"fmt"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// printReport prints the report of a unit with what it still lacks.
func (p *printer) printReport(board *model.Board, unit string) {
	statusText{p, board}.wholeReport(&board.Units[board.UnitIndex(unit)])
}

// wholeReport prints a unit's report: how it stands, its words, and what it lacks.
func (s statusText) wholeReport(row *model.UnitRow) {
	s.paragraph(fmt.Sprintf("%s (%s)", row.Unit.Name, row.Unit.ID))
	if row.Broken != nil {
		s.printProblems([]phrase.Problem{*row.Broken}, "")
		return
	}
	s.paragraph(s.words.T("Report: %s", s.reportStanding(row)))
	report := &row.Report
	if report.By != "" || !report.At.IsZero() {
		s.paragraph(s.words.T("last change: %s", s.signed(s.board.Campaign, report.By, report.At)))
	}
	if !report.ExtendedUntil.IsZero() {
		s.paragraph(s.words.T("extended until %s: %s", report.ExtendedUntil, report.ExtensionReason))
	}
	if len(row.Reminders) > 0 {
		s.paragraph(s.words.T("reminders") + ": " + s.words.Reminders(s.board.Campaign, row.Reminders))
	}
	if report.Nil {
		s.section(s.words.T("Nil report"), wrap(report.NilReason, pageWidth-2))
	}
	s.section(s.words.T("Results"), textLines(report.Results))
	s.section(s.words.T("Difficulties"), textLines(report.Difficulties))
	s.section(s.words.T("Recommendations"), textLines(report.Recommendations))
	s.section(s.words.T("Funding"), textLines(report.Funding))
	s.section(s.words.T("Documents issued"), report.Documents)
	s.missing(row)
}

// textLines are the lines of a text, no wider than the page.
func textLines(words string) []string {
	var lines []string
	for line := range strings.SplitSeq(strings.TrimRight(words, "\n"), "\n") {
		if words != "" {
			lines = append(lines, wrap(line, pageWidth-2)...)
		}
	}
	return lines
}

// missing lists what the check before submitting finds.
func (s statusText) missing(row *model.UnitRow) {
	if row.Report.Status == model.Accepted {
		return
	}
	unit := row.Unit
	wrong, doubtful := model.Sorted(s.board.Campaign.Checklist(&unit))
	said := func(findings []model.Finding) []string {
		var lines []string
		for _, finding := range findings {
			for n, line := range wrap(s.words.Say(finding.What), pageWidth-4) {
				lines = append(lines, [2]string{"- ", "  "}[min(n, 1)]+line)
			}
		}
		return lines
	}
	if len(wrong) == 0 {
		s.section(s.words.T("Check before submitting"), []string{s.words.T("nothing is missing")})
	}
	lines := said(wrong)
	for _, finding := range wrong {
		if command := finding.Explain(&unit); command != "" { // one shows the way
			lines = append(lines, s.words.T("a note explains it and leaves the status:"), "  "+strings.Trim(command, "`"))
			break
		}
	}
	s.section(s.words.T("Missing; the report cannot be submitted yet"), lines)
	s.section(s.words.T("To look at again"), said(doubtful))
}
