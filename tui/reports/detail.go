package reports

import (
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/browse"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/layout"
)

// page collects the lines of a detail.
type page struct {
	f     *frame.Frame
	width int
	lines []string
	links []browse.Link // of the lines that lead somewhere
}

// leads says that the next line leads to a place.
func (p *page) leads(to event.PlaceWanted) {
	p.links = append(p.links, browse.Link{Line: len(p.lines), To: to})
}

// add wraps words; those of several lines keep them.
func (p *page) add(words string) {
	var lines []string
	for line := range strings.SplitSeq(words, "\n") {
		if line == "" {
			lines = append(lines, "")
		}
		lines = append(lines, layout.Wrap(line, p.width)...)
	}
	p.put(lines)
}

// put adds lines that belong together.
func (p *page) put(lines []string) {
	if last := len(p.links) - 1; last >= 0 && p.links[last].Line == len(p.lines) {
		p.links[last].More = len(lines) - 1
	}
	p.lines = append(p.lines, lines...)
}

// say adds what the program says: a line of a detail begins with a capital, whatever it is about.
func (p *page) say(words string) { p.add(phrase.Capital(words)) }

// muted adds words of less weight.
func (p *page) muted(words string) {
	for _, line := range layout.Wrap(words, p.width) {
		p.lines = append(p.lines, p.f.Styles.Muted.Render(line))
	}
}

// warn adds words that ask for something, if there are any.
func (p *page) warn(words string) {
	if words != "" {
		p.lines = append(p.lines, p.f.Styles.Warning.Render(layout.Cut(words, p.width)))
	}
}

// section adds words under a heading, if there are any.
func (p *page) section(heading, words string) {
	if words != "" {
		p.lines = append(p.lines, p.f.Styles.Title.Render(layout.Cut(heading, p.width)))
		p.add(words)
	}
}

// detail is the whole of a unit's report: how it stands, what can be done with it now, what it lacks, what it says.
func detail(f *frame.Frame, unit model.UnitRow, width int) (title string, p *page) {
	w, report := f.Words, unit.Report
	title = unit.Unit.Name + " · " + w.T("report: %s", report.Status)
	disputed := unit.ReportTimeliness == calendar.Disputed
	if disputed {
		title = unit.Unit.Name + " · " + w.T("report: %s", calendar.Disputed)
	}
	p = &page{f: f, width: width}
	if unit.Unread() {
		return unit.Unit.Name + " · " + w.T("report: %s", unit.ReportTimeliness), p
	}
	if unit.Broken != nil {
		title = unit.Unit.Name + " · " + w.T("not known: the unit's file cannot be read")
		p.add(f.Signs.Problem + " " + unit.Broken.Place() + ": " + w.Say(unit.Broken.What))
		return title, p
	}
	p.warn(f.Unsaved(change(f, unit, report), f.Keys.Write))
	if disputed {
		p.lines = append(p.lines, f.Versions(unit.Unit.ID, f.Board.ReportSubject(), width)...)
	} else if report.Reason != "" {
		p.say(w.T("Returned because: %s", report.Reason))
	}
	p.when(unit)
	if !disputed {
		p.muted(next(f, unit))
	}
	findings := f.Board.Campaign.Checklist(&unit.Unit, f.Board.Period)
	if report.Status != model.Accepted || disputed {
		wrong, _ := model.Sorted(findings)
		p.lines = append(p.lines, verdict(f, findings, report.Sent(), width)[:1]...)
		p.findings(&unit, wrong, f.Signs.Overdue)
	}
	if !disputed {
		p.texts(&report)
	}
	p.activities(unit)
	p.section(w.T("Before there were periods"), strings.Join(lang.ReportBeforePeriods(w, f.Board, unit.Unit.ID), "\n"))
	if _, doubtful := model.Sorted(findings); len(doubtful) > 0 {
		p.lines = append(p.lines, f.Styles.Title.Render(layout.Cut(w.T("To look at again"), width)))
		p.findings(&unit, doubtful, f.Signs.Todo)
	}
	return title, p
}

// findings are what the check found: each leads to the form in which it is mended.
func (p *page) findings(unit *model.UnitRow, findings []model.Finding, sign string) {
	for _, finding := range findings {
		p.leads(event.PlaceWanted{Unit: unit.Unit.ID, Subject: finding.Subject, As: event.InItsForm, Figure: finding.Figure})
		p.put(listed(p.f, []model.Finding{finding}, sign, p.width))
	}
}

// texts are what the unit has written.
func (p *page) texts(report *model.Report) {
	w := p.f.Words
	if report.Nil {
		p.section(w.T("Nil report"), report.NilReason)
	}
	for f := range field.In(model.ReportFields, field.Written) {
		p.section(w.Say(f.Title), field.Text(f.At(report)))
	}
}

// when says when the report came or is due, whether there is more time, and who was reminded.
func (p *page) when(unit model.UnitRow) {
	f, report := p.f, unit.Report
	w := f.Words
	if signed := f.Signed(report.By, report.At); signed != "" && len(report.Others) == 0 {
		p.say(w.T("Last change: %s", signed))
	}
	first := w.T("First sent: %s", w.When(report.SubmittedAt, f.Board.Today, f.Board.Campaign.Plan.TimeZone))
	switch {
	case unit.ReportTimeliness == calendar.Disputed && !report.SubmittedAt.IsZero():
		p.say(first)
	case !report.SubmittedAt.IsZero() && report.Sent() && unit.ReportTimeliness == calendar.NoDeadline:
		p.say(first)
	case !report.SubmittedAt.IsZero() && report.Sent():
		p.say(first + " · " + unit.ReportTimeliness.Label(w.Language))
	case !report.SubmittedAt.IsZero(): // the submission was undone
		p.say(first + " · " + report.Status.Label(w.Language))
	case !f.Board.Campaign.Plan.Reporting.Expects(&unit.Unit):
		p.say(w.T("The plan asks this unit for no report."))
	case !unit.Expected:
		p.say(w.T("The unit was not on the roster on the deadline day, so no report is expected."))
	case unit.Deadline.IsZero():
		p.say(w.T("Deadline: %s", calendar.NoDeadline))
	default:
		p.say(w.T("Deadline: %s", w.LongDay(unit.Deadline.LastDay())) + " · " + f.Left(unit.Deadline))
	}
	if late := changedSince(unit); late > 0 {
		p.warn(f.Signs.Problem + " " + w.Count(late, "%d activity was changed after the report was sent",
			"%d activities were changed after the report was sent"))
	}
	if !report.ExtendedUntil.IsZero() && len(report.Others) == 0 {
		p.say(w.T("Extended until %s: %s", report.ExtendedUntil, report.ExtensionReason))
	}
	if len(unit.Reminders) > 0 {
		p.say(w.T("reminders") + ": " + lang.RemindersIn(w, f.Board.Campaign, unit.Reminders))
	}
	counts := w.T("Activities: %s", lang.Counts(w, unit.Tally))
	if unit.Figures.Asked > 0 {
		counts += " · " + w.T("figures: %d of %d", unit.Figures.Given, unit.Figures.Asked)
	}
	p.say(counts)
}

// changedSince counts the activities that the unit has changed while its report waits for the Office.
func changedSince(unit model.UnitRow) int {
	changed := 0
	for _, cell := range unit.Cells {
		if _, at := model.LastChange(cell.Entry); unit.Report.Status == model.Submitted && at.After(unit.Report.At) {
			changed++
		}
	}
	return changed
}

// activities says what the unit has recorded on each activity that is its own. Each leads to its entry, and the heading
// to the checklist.
func (p *page) activities(unit model.UnitRow) {
	f := p.f
	if !slices.ContainsFunc(unit.Cells, func(cell model.Cell) bool { return cell.Shown() }) {
		return
	}
	p.leads(event.PlaceWanted{Unit: unit.Unit.ID})
	p.lines = append(p.lines, f.Styles.Title.Render(layout.Cut(f.Words.T("Activities"), p.width)))
	for i, cell := range unit.Cells {
		if !cell.Shown() {
			continue
		}
		activity := &f.Board.Activities[i].Activity
		p.leads(event.PlaceWanted{Unit: unit.Unit.ID, Subject: model.Subject{Kind: model.SubjectActivity, ID: activity.ID}})
		sign, _ := f.Signs.Cell(f.Styles, cell, f.Board.Phase)
		said := []string{f.Words.Standing(f.Board, cell, activity.Deadline)}
		if cell.Timeliness == calendar.Disputed { // what one version says is not said of the unit
			p.add(sign + " " + activity.Title + ": " + said[0])
			continue
		}
		said = append(said, f.Words.FiguresOf(f.Board, activity, unit.Unit.ID, cell)...)
		line := sign + " " + activity.Title + ": " + strings.Join(said, " · ")
		if cell.Entry.Note != "" {
			line += " “" + strings.Join(strings.Fields(cell.Entry.Note), " ") + "”"
		}
		p.add(line)
	}
}

// verdict says whether the report can be submitted, and what is missing where it cannot; or what is missing
// now in one that was sent.
func verdict(f *frame.Frame, findings []model.Finding, sent bool, width int) []string {
	w := f.Words
	wrong, doubtful := model.Sorted(findings)
	words := w.T("nothing is missing")
	switch {
	case len(wrong) > 0 && sent:
		words = w.Count(len(wrong), "%d thing is missing:", "%d things are missing:")
	case len(wrong) > 0:
		words = w.Count(len(wrong), "%d thing is missing before it can be submitted:",
			"%d things are missing before it can be submitted:")
	case len(doubtful) > 0:
		words = w.Count(len(doubtful), "nothing is missing; %d thing should be looked at again",
			"nothing is missing; %d things should be looked at again")
	}
	words = layout.Cut(phrase.Capital(words), width-2)
	if len(wrong) == 0 {
		return []string{f.Styles.Done.Render(f.Signs.Done + " " + words)}
	}
	return append(f.Alarm(words, width), listed(f, wrong, f.Signs.Overdue, width)...)
}

// listed are findings, each after a sign.
func listed(f *frame.Frame, findings []model.Finding, sign string, width int) []string {
	var lines []string
	for _, finding := range findings {
		for n, line := range layout.Wrap(f.Words.Say(finding.What), width-2) {
			lines = append(lines, [2]string{sign + " ", "  "}[min(n, 1)]+line)
		}
	}
	return lines
}

// findingLines says all that the check before submitting found: errors, then warnings.
func findingLines(f *frame.Frame, findings []model.Finding, width int) []string {
	_, doubtful := model.Sorted(findings)
	return append(verdict(f, findings, false, width), listed(f, doubtful, f.Signs.Todo, width)...)
}

// next says what the person can do with the report now, or why nothing.
func next(f *frame.Frame, unit model.UnitRow) string {
	var open []string
	for _, step := range steps(f, unit) {
		if step.refused == nil {
			open = append(open, step.says)
		}
	}
	if len(open) > 0 {
		return strings.Join(open, " · ")
	}
	if err := f.Board.Campaign.MayChange(f.Person, unit.Unit.ID); err != nil {
		return f.Words.Error(err)
	}
	return f.Words.T("there is nothing to do with it now")
}

// textDetail is a text of the Office.
func textDetail(f *frame.Frame, id model.OfficeText, width int) (title string, p *page) {
	w := f.Words
	p = &page{f: f, width: width}
	if broken := f.Board.Campaign.OfficeBroken; broken != nil {
		p.add(f.Signs.Problem + " " + broken.Place() + ": " + w.Say(broken.What))
		return w.T("The Office: %s", id), p
	}
	p.muted(w.T("A part of the consolidated report that the Office itself writes."))
	subject := model.Change{Subject: model.Subject{Kind: model.SubjectText, ID: string(id)}}
	p.warn(f.Unsaved(subject, f.Keys.Write))
	if words := f.Board.Campaign.Office.Texts[id]; words != "" {
		p.add(words)
	} else {
		p.add(w.T("not yet written") + " · " + w.T("e writes it"))
	}
	return w.T("The Office: %s", id), p
}

// overview is the whole: the rates, who is late and who is due soon, and how it went. Who is to be chased comes first.
func overview(f *frame.Frame, width int) (title string, p *page) {
	w, r := f.Words, f.Board.Reporting
	p = &page{f: f, width: width}
	counts := append(rates(f), w.T("missing %d", r.Missing()), w.T("extended %d", r.Extended))
	p.lines = append(p.lines, layout.Flow(counts, " · ", width)...)
	chased := chased(f.Board)
	nobody := len(chased.all) == 0
	if nobody {
		p.course()
	}
	if f.Board.Campaign.MayWriteOffice(f.Person) == nil {
		possible := w.T("A accepts all that wait")
		if !nobody {
			possible += " · " + w.T("m records a reminder to all below · y copies the texts")
		}
		p.muted(possible)
	}
	if earlier := earlier(f.Board); len(earlier) > 0 {
		p.section(w.T("Earlier periods (%s shows them)", f.Keys.PeriodBefore.Help().Key),
			strings.Join(lang.Awaited(w, f.Board.Campaign, earlier), "\n"))
	}
	p.dueUnits(w.T("Late:"), chased.all[:chased.late])
	p.dueUnits(w.T("Due soon:"), chased.all[chased.late:])
	if nobody {
		p.say(w.T("no report is late or due soon"))
	} else {
		p.course()
	}
	return w.T("Summary: rates, who is late, reminders"), p
}

// course adds how it went, day by day.
func (p *page) course() {
	for _, line := range burnUp(p.f, p.width) {
		p.lines = append(p.lines, strings.TrimPrefix(line, " "))
	}
}

// dueUnits are units for whose reports the Office waits: each leads to its report.
func (p *page) dueUnits(heading string, rows []int) {
	w := p.f.Words
	if len(rows) > 0 {
		p.lines = append(p.lines, p.f.Styles.Title.Render(layout.Cut(heading, p.width)))
	}
	for _, i := range rows {
		row := &p.f.Board.Units[i]
		status := row.Report.Status.Label(w.Language)
		if row.ReportTimeliness == calendar.Disputed {
			status = calendar.Disputed.Label(w.Language)
		}
		said := row.Unit.Name + ": " + status + ", " + w.Left(row.Deadline, p.f.Board.Today)
		if n := len(row.Reminders); n > 0 {
			said += " · " + w.T("reminder %d", row.Reminders[n-1].Number)
		}
		p.leads(event.PlaceWanted{Unit: row.Unit.ID, Subject: p.f.Board.ReportSubject()})
		p.add(said)
	}
}
