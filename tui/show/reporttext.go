package show

import (
	"fmt"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/lang"
)

// Report prints the report of a unit with what it still lacks.
func (p *Printer) Report(board *model.Board, unit string) {
	statusText{p, board}.wholeReport(&board.Units[board.UnitIndex(unit)])
}

// wholeReport prints a unit's report: how it stands, its words, and what it lacks.
func (s statusText) wholeReport(row *model.UnitRow) {
	s.Paragraph(fmt.Sprintf("%s (%s)", row.Unit.Name, row.Unit.ID))
	if row.Broken != nil {
		s.printProblems([]phrase.Problem{*row.Broken}, "")
		return
	}
	s.Paragraph(s.reportTitle() + ": " + s.reportStanding(row))
	report := &row.Report
	if (report.By != "" || !report.At.IsZero()) && len(report.Others) == 0 {
		s.Paragraph(s.Words.T("Last change: %s", s.signed(s.board.Campaign, report.By, report.At)))
	}
	if !report.ExtendedUntil.IsZero() && report.Every(func(r model.Report) bool {
		return model.SameExtension(r,
			*report)
	}) {
		s.Paragraph(s.Words.T("Extended until %s: %s", report.ExtendedUntil, report.ExtensionReason))
	}
	if len(row.Reminders) > 0 {
		s.Paragraph(s.Words.T("reminders") + ": " + lang.RemindersIn(s.Words, s.board.Campaign, row.Reminders))
	}
	if report.Every(func(r model.Report) bool { return r.Nil && r.NilReason == report.NilReason }) {
		s.Section(s.Words.T("Nil report"), wrap(report.NilReason, PageWidth-2))
	}
	s.Section(s.Words.T("Versions of the report"), s.versions(row, s.board.ReportSubject()))
	for f := range field.In(model.ReportFields, field.Written) {
		if fact := f.At(report); report.Every(func(r model.Report) bool { return field.Equal(f.At(&r), fact) }) {
			s.Section(s.Words.Say(f.Title), TextLines(field.Text(fact)))
		}
	}
	var before []string
	for _, said := range lang.ReportBeforePeriods(s.Words, s.board, row.Unit.ID) {
		before = append(before, TextLines(said)...)
	}
	s.Section(s.Words.T("Before there were periods"), before)
	s.missing(row)
}

// reportTitle names the report, and its period in a plan that has some.
func (s statusText) reportTitle() string {
	if period := s.Words.Period(s.board); period != "" {
		return s.Words.T("Report") + " (" + period + ")"
	}
	return s.Words.T("Report")
}

// TextLines are the lines of a text, no wider than the page.
func TextLines(words string) []string {
	var lines []string
	for line := range strings.SplitSeq(strings.TrimRight(words, "\n"), "\n") {
		if words != "" {
			lines = append(lines, wrap(line, PageWidth-2)...)
		}
	}
	return lines
}

// missing lists what the check before submitting finds.
func (s statusText) missing(row *model.UnitRow) {
	accepted := row.Report.Every(func(r model.Report) bool { return r.Status == model.Accepted })
	if accepted || !s.board.Campaign.Plan.Reporting.Asked() {
		return
	}
	unit := row.Unit
	wrong, doubtful := model.Sorted(s.board.Campaign.Checklist(&unit, s.board.Period))
	said := func(findings []model.Finding) []string {
		var lines []string
		for _, finding := range findings {
			lines = append(lines, hung("- ", "  ", s.Words.Say(finding.What), PageWidth-4)...)
		}
		return lines
	}
	if len(wrong) == 0 {
		s.Section(s.Words.T("Check before submitting"), []string{s.Words.T("nothing is missing")})
	}
	lines := said(wrong)
	for _, finding := range wrong {
		if command := finding.Explain(&unit); command != "" { // one shows the way
			lines = append(lines, s.Words.T("a note explains it and leaves the status:"), "  "+strings.Trim(command, "`"))
			break
		}
	}
	s.Section(s.Words.T("Missing; the report cannot be submitted yet"), lines)
	s.Section(s.Words.T("To look at again"), said(doubtful))
}
