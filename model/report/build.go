package report

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/figures"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/sums"
	"example.org/tiendo/model/text"
)

// builder makes a document from a board.
type builder struct {
	phrase.Printer
	board    *model.Board
	plan     *model.Plan
	office   *model.Office
	marks    []sicMark
	document *Document
}

// New computes the consolidated report in the language of the plan. It fails never: what is missing is blank and named
// in the warnings. Without a trace the figures have no origins.
func New(board *model.Board, trace Trace) *Document { return build(board, trace, false) }

// NewConfirmed is New with the figures of those units only whose report is accepted.
func NewConfirmed(board *model.Board, trace Trace) *Document {
	campaign := board.Campaign.Copy()
	for i := range board.Units {
		row := &board.Units[i]
		progress, has := campaign.Progress[row.Unit.ID]
		if !has {
			continue
		}
		open := func(key string, _ float64) bool {
			period, _ := sums.Split(key)
			report := progress.ReportOf(period)
			return report.Status != model.Accepted || len(report.Others) > 0
		}
		progress.Activities = maps.Clone(progress.Activities)
		for id, entry := range progress.Activities {
			entry.Figures, entry.Others = maps.Clone(entry.Figures), slices.Clone(entry.Others)
			maps.DeleteFunc(entry.Figures, open)
			for j := range entry.Others {
				entry.Others[j].Figures = maps.Clone(entry.Others[j].Figures)
				maps.DeleteFunc(entry.Others[j].Figures, open)
			}
			progress.Activities[id] = entry
		}
		campaign.Progress[row.Unit.ID] = progress
	}
	return build(model.NewBoardOf(campaign, board.Today, board.Period), trace, true)
}

func build(board *model.Board, trace Trace, confirmed bool) *Document {
	plan := &board.Campaign.Plan
	b := &builder{
		Printer: phrase.In(plan.Language), board: board, plan: plan, office: &board.Campaign.Office, marks: sicMarks(plan),
		document: &Document{
			Printer: phrase.In(plan.Language), Today: board.Today, MadeUp: !plan.MadeUp.IsZero(),
			Plan:      PlanFacts{plan.ID, numberOf(plan.Document.Number), plan.Document.Title},
			Reporting: board.Reporting, Traced: trace != nil, Asked: plan.Reporting.Asked(), ConfirmedOnly: confirmed,
			Points: len(plan.Activities), Period: plan.Reporting.Periods.Find(board.Period), Closes: plan.Reporting.Closes,
		},
	}
	d := b.document
	if d.Period != nil {
		d.Closes = d.Period.Closes
	}
	if len(plan.Messages) > 0 {
		d.Points++
	}
	d.Header = b.header()
	asOf, closed := board.Today, !d.Closes.IsZero() && d.Closes.Before(board.Today)
	if closed { // the plan itself says up to when, whenever it is printed
		asOf = d.Closes
		d.Header.FiguresAsOf = b.T("Figures up to the end of %s", asOf.Printed())
	}
	if confirmed {
		d.Header.FiguresAsOf = b.T("Confirmed figures only, as of %s", asOf.Printed())
	}
	d.Title = b.T("REPORT")
	d.Subject = b.T("Results: %s%.0s", plan.Document.Title, lowerFirst(plan.Document.Title))
	if d.Period != nil {
		d.Subject += " (" + b.Say(d.Period.Name) + ")"
	}
	d.Recipients = b.recipients()
	d.Columns, d.Work = b.columns(), b.work()
	b.units(trace)
	b.passages()
	d.LeadIn = b.T("Following %s, %s reports the results as follows:", b.citation(), b.issuer())
	d.Parts = []Part{b.organization(), b.assessment()}
	d.Closing = b.closing()
	d.Distribution = b.distribution()
	d.Signature = plan.Document.Signature
	d.Warnings = b.warnings()
	return d
}

// clean makes a text of several lines safe and marks what it quotes from the plan.
func (b *builder) clean(s string) string { return mark(b.marks, text.Text(s)) }

// issuer is who reports, as inside of a sentence.
func (b *builder) issuer() string {
	if b.office.Header.Issuer != "" {
		return text.Line(b.office.Header.Issuer)
	}
	return b.plan.Document.Issuer
}

func (b *builder) header() Header {
	code := issuerCode(b.plan.Document.Number)
	header := Header{
		Parent:      strings.ToUpper(text.Line(b.office.Header.Parent)),
		Issuer:      strings.ToUpper(b.issuer()),
		Number:      b.T("No.        /BC-%s", code),
		Nation:      b.T("SOCIALIST REPUBLIC OF VIET NAM"),
		Motto:       b.T("Independence - Freedom - Happiness"),
		Dateline:    b.plan.Document.Place + b.T(", day      month      year        "),
		FiguresAsOf: b.T("Figures as of %s", b.board.Today.Printed()),
		WithReport:  b.T("(With Report No.        /BC-%s of day      month      year        of %s)", code, b.issuer()),
	}
	if !b.plan.MadeUp.IsZero() {
		header.MadeUp = b.T("MADE-UP DATA, NOT REAL")
	}
	return header
}

func (b *builder) recipients() []string {
	var recipients []string
	for _, recipient := range b.office.Header.Recipients {
		recipients = append(recipients, strings.TrimRight(text.Line(recipient), " ;."))
	}
	if len(recipients) == 0 && b.plan.Reporting.Upward != "" {
		recipients = []string{b.plan.Reporting.Upward}
	}
	return recipients
}

// citation names the plan inside of a sentence.
func (b *builder) citation() string {
	document := &b.plan.Document
	named := b.planNumber()
	if !document.Date.IsZero() {
		named += b.T(" of %s", document.Date.Printed())
	}
	return named + " " + lowerFirst(document.Title)
}

func (b *builder) closing() string {
	to, subject := b.addressees(), lowerFirst(b.document.Subject)
	if to == "" {
		return b.T("This is the report of %s on the results of the campaign./.%.0s", b.issuer(), subject)
	}
	return b.T("This is the report of %s on the results of the campaign, submitted to %s to be consolidated./.%.0s",
		b.issuer(), to, subject)
}

// addressees names the recipients inside of a sentence.
func (b *builder) addressees() string {
	names := b.document.Recipients
	if len(names) < 2 {
		return list(names)
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + b.T(" and %s", names[last])
}

func (b *builder) distribution() Distribution {
	archive := cmp.Or(b.plan.Document.Archive, b.T("File: archive."))
	return Distribution{Label: b.T("Copies to:"), Lines: []string{b.T("As above;"), archive}}
}

func (b *builder) work() []Work {
	headings := map[string]string{}
	for _, heading := range b.plan.Headings {
		headings[heading.ID] = text.Line(heading.Text)
	}
	work := make([]Work, len(b.board.Activities))
	for i := range b.board.Activities {
		row := &b.board.Activities[i]
		work[i] = Work{row.Activity.ID, row.Activity.Title, headings[row.Activity.Heading],
			text.Line(row.Activity.Product), row.Tally}
	}
	return work
}

// over reports whether no time is left for an activity, as far as the period of the board goes.
func (b *builder) over(activity *model.Activity) bool {
	period, last := b.plan.Reporting.Periods.Find(b.board.Period), activity.Deadline.LastDay()
	return period != nil && !last.IsZero() && !last.After(period.Last) && b.board.Today.After(last)
}

func (b *builder) columns() []Column {
	var columns []Column
	for i := range b.board.Activities {
		row := &b.board.Activities[i]
		for _, total := range row.Figures {
			columns = append(columns, Column{Activity: i, Title: row.Activity.Title, ID: row.Activity.ID,
				Over: b.over(&row.Activity), IndicatorTotal: total})
		}
	}
	return columns
}

func (b *builder) units(trace Trace) {
	zone := b.plan.TimeZone
	for i := range b.board.Units {
		row := &b.board.Units[i]
		report := &row.Report
		unit := Unit{
			ID: row.Unit.ID, Name: row.Unit.Name, Figures: b.figures(row, trace), Status: report.Status,
			Timeliness: row.ReportTimeliness,
			Extended:   report.ExtendedUntil, Nil: report.Nil, Broken: row.Broken != nil, Tally: row.Tally,
			Disputed: len(report.Others) > 0,
		}
		if n := len(b.board.Campaign.Disputes(row.Unit.ID)); n > 0 && !unit.Broken {
			unit.Notes = append(unit.Notes, b.Count(n, "%d entry has two versions and is not decided",
				"%d entries have two versions and are not decided"))
		}
		if report.Every(model.Report.Sent) {
			unit.SubmittedAt = calendar.DayIn(report.SubmittedAt, zone)
		}
		if unit.Disputed { // what one version says is not said of the unit
			unit.Extended, unit.Nil, report = calendar.Day{}, false, &model.Report{}
		}
		if unit.Timeliness == calendar.SentLate {
			unit.DaysLate = report.Deadline(b.board.Reporting.Deadline).LastDay().DaysUntil(unit.SubmittedAt)
		}
		note := func(label, reason string) {
			if reason != "" {
				unit.Notes = append(unit.Notes, label+text.Line(reason))
			}
		}
		note(b.T("extension: "), report.ExtensionReason)
		if report.Nil {
			note(b.T("nothing to report: "), report.NilReason)
		}
		if report.Status == model.Returned {
			note(b.T("returned: "), report.Reason)
		}
		if arrived, late := b.board.Campaign.Arrived[unit.ID][b.board.ReportSubject()]; late &&
			report.Sent() {
			note(b.T("arrived on the server on "), calendar.DayIn(arrived, zone).Printed())
		}
		b.document.Units = append(b.document.Units, unit)
	}
}

func (b *builder) figures(row *model.UnitRow, trace Trace) []Figure {
	all := make([]Figure, len(b.document.Columns))
	for i := range b.document.Columns {
		column := &b.document.Columns[i]
		of := figures.Of(b.board, row, column.Activity, &column.Indicator)
		all[i] = Figure{Value: of.Value, Assigned: of.Assigned, NA: of.NA, Confirmed: of.Confirmed, Disputed: of.Disputed}
		if trace != nil && of.Value != nil {
			all[i].Origin = trace(row.Unit.ID, column.ID, sums.Key(b.board.Period, column.Indicator.ID), *of.Value)
		}
	}
	return all
}

func (b *builder) passages() {
	for i := range b.board.Goals {
		row := &b.board.Goals[i]
		b.document.Goals = append(b.document.Goals, Passage{
			row.Goal.ID, string(row.Goal.Kind), row.Goal.Text, row.Goal.Sic, row.Tally.Done, row.Tally.Applicable(),
		})
	}
	for i := range b.board.Messages {
		row := &b.board.Messages[i]
		b.document.Messages = append(b.document.Messages, Passage{
			row.Message.ID, "message", row.Message.Text, row.Message.Sic, len(row.Units), len(b.board.Units),
		})
	}
}
