package report

import (
	"strconv"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// builder makes a document from a board.
type builder struct {
	board    *model.Board
	plan     *model.Plan
	office   *model.Office
	language phrase.Language
	marks    []sicMark
	document *Document
}

// New computes the consolidated report. It fails never: what is missing is blank and named in the warnings.
func New(board *model.Board, options Options) *Document {
	plan := &board.Campaign.Plan
	b := &builder{
		board: board, plan: plan, office: &board.Campaign.Office, language: plan.Language, marks: sicMarks(plan),
		document: &Document{
			Language: plan.Language, Today: board.Today, MadeUp: !plan.MadeUp.IsZero(),
			Plan:      PlanFacts{plan.ID, numberOf(plan.Document.Number), plan.Document.Title},
			Reporting: board.Reporting, Traced: options.Trace != nil, say: options.Say,
		},
	}
	if b.document.say == nil {
		b.document.say = phrase.Sentence.String
	}
	d := b.document
	d.Header = b.header()
	d.Title = b.pick("BÁO CÁO", "REPORT")
	d.Subject = b.pick("Kết quả "+lowerFirst(plan.Document.Title), "Results: "+plan.Document.Title)
	d.Recipients = b.recipients()
	d.Columns = b.columns()
	b.units(options.Trace)
	b.passages()
	d.LeadIn = b.leadIn()
	d.Parts = []Part{b.organization(), b.assessment()}
	d.Closing = b.closing()
	d.Distribution = b.distribution(b.pick("Như trên;", "As above;"))
	d.Signature = plan.Document.Signature
	d.Warnings = b.warnings()
	return d
}

func (b *builder) pick(vietnamese, english string) string {
	return b.language.Pick(vietnamese, english)
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
		Number:      b.pick("Số:        /BC-", "No.        /BC-") + code,
		Nation:      b.pick("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SOCIALIST REPUBLIC OF VIET NAM"),
		Motto:       b.pick("Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness"),
		Dateline:    b.plan.Document.Place + b.pick(", ngày      tháng      năm        ", ", day      month      year        "),
		FiguresAsOf: b.pick("Số liệu tính đến ngày ", "Figures as of ") + b.board.Today.Printed(),
		WithReport:  b.pick("(Kèm theo Báo cáo số        /BC-", "(With Report No.        /BC-") + code + b.pick(" ngày      tháng      năm        của ", " of day      month      year        of ") + b.issuer() + ")",
	}
	if !b.plan.MadeUp.IsZero() {
		header.MadeUp = b.pick("DỮ LIỆU GIẢ ĐỊNH, KHÔNG CÓ THẬT", "MADE-UP DATA, NOT REAL")
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
		named += b.pick(" ngày ", " of ") + document.Date.Printed()
	}
	return named + " " + lowerFirst(document.Title)
}

func (b *builder) leadIn() string {
	if b.language == phrase.English {
		return "Following " + b.citation() + ", " + b.issuer() + " reports the results as follows:"
	}
	return "Thực hiện " + b.citation() + ", " + b.issuer() + " báo cáo kết quả như sau:"
}

func (b *builder) closing() string {
	to := b.addressees()
	if b.language == phrase.English {
		return "This is the report of " + b.issuer() + " on the results of the campaign, submitted to " + to + " to be consolidated./."
	}
	closing := "Trên đây là báo cáo " + lowerFirst(b.document.Subject)
	if to == "" {
		return closing + "./."
	}
	return closing + "; " + b.issuer() + " kính báo cáo " + to + " để tổng hợp./."
}

// addressees names the recipients inside of a sentence.
func (b *builder) addressees() string {
	names := b.document.Recipients
	if len(names) < 2 {
		return list(names)
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + b.pick(" và ", " and ") + names[last]
}

func (b *builder) distribution(first string) Distribution {
	d := Distribution{Label: b.pick("Nơi nhận:", "Copies to:"), Lines: []string{first}}
	archive := b.plan.Document.Archive
	if archive == "" {
		archive = b.pick("Lưu: VT.", "File: archive.")
	}
	d.Lines = append(d.Lines, archive)
	return d
}

func (b *builder) columns() []Column {
	var columns []Column
	for i := range b.board.Activities {
		row := &b.board.Activities[i]
		for _, total := range row.Figures {
			columns = append(columns, Column{Activity: i, Title: row.Activity.Title, ID: row.Activity.ID, IndicatorTotal: total})
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
			ID: row.Unit.ID, Name: row.Unit.Name, Figures: b.figures(row, trace), Status: report.Status, Timeliness: row.ReportTimeliness,
			Extended: report.ExtendedUntil, Nil: report.Nil, Broken: row.Broken != nil, Tally: row.Tally, Disputed: len(report.Others) > 0,
		}
		if n := len(b.board.Campaign.Disputes(row.Unit.ID)); n > 0 && !unit.Broken {
			unit.Notes = append(unit.Notes, b.undecided(n))
		}
		if report.Every(model.Report.Sent) {
			unit.SubmittedAt = calendar.DayIn(report.SubmittedAt, zone)
		}
		if unit.Disputed { // what one version says is not said of the unit
			unit.Extended, unit.Nil, report = calendar.Day{}, false, &model.Report{}
		}
		if unit.Timeliness == model.SentLate {
			unit.DaysLate = report.Deadline(b.board.Reporting.Deadline).LastDay().DaysUntil(unit.SubmittedAt)
		}
		note := func(label, reason string) {
			if reason != "" {
				unit.Notes = append(unit.Notes, label+text.Line(reason))
			}
		}
		note(b.pick("gia hạn: ", "extension: "), report.ExtensionReason)
		if report.Nil {
			note(b.pick("không phát sinh: ", "nothing to report: "), report.NilReason)
		}
		if report.Status == model.Returned {
			note(b.pick("trả lại: ", "returned: "), report.Reason)
		}
		if arrived, late := b.board.Campaign.Arrived[unit.ID][model.Subject{Kind: model.SubjectReport}]; late && report.Sent() {
			note(b.pick("đến máy chủ ngày ", "arrived on the server on "), calendar.DayIn(arrived, zone).Printed())
		}
		b.document.Units = append(b.document.Units, unit)
	}
}

// undecided says of how many entries of a unit there are two versions.
func (b *builder) undecided(n int) string {
	if n == 1 {
		return b.pick("còn 1 mục có hai bản chưa quyết định", "1 entry has two versions and is not decided")
	}
	return b.pick("còn "+strconv.Itoa(n)+" mục có hai bản chưa quyết định", strconv.Itoa(n)+" entries have two versions and are not decided")
}

func (b *builder) figures(row *model.UnitRow, trace Trace) []Figure {
	figures := make([]Figure, len(b.document.Columns))
	for i := range b.document.Columns {
		column := &b.document.Columns[i]
		cell := &row.Cells[column.Activity]
		figures[i].Assigned = cell.Assigned
		if cell.Entry.FigureInDispute(column.Indicator.ID) && row.Broken == nil {
			figures[i].Disputed = true
			continue
		}
		value, given := cell.Entry.Figures[column.Indicator.ID]
		if !given || row.Broken != nil {
			continue
		}
		figures[i].Value = &value
		if trace != nil {
			figures[i].Origin = trace(row.Unit.ID, column.ID, column.Indicator.ID, value)
		}
	}
	return figures
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
