package report

import (
	"io"
	"strconv"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/text"
)

// Letter reminds one unit (công văn đôn đốc): what is late or due, what to send, to
// whom and by when. It is in the language of the plan.
type Letter struct {
	Unit      string // id
	Language  model.Language
	Header    Header
	Recipient string
	Body      []Paragraph
	Copies    Distribution
	Signature model.Signature
}

// NewLetter writes the letter to a unit. say puts what the checklist found into the
// plan's language; nil is English. A unit that has nothing to send gets no letter.
func NewLetter(board *model.Board, unit string, say func(model.Sentence) string) (*Letter, error) {
	at := board.UnitIndex(unit)
	if at < 0 {
		_, err := board.Campaign.Unit(unit)
		return nil, err
	}
	row := &board.Units[at]
	if status := row.Report.Status; status == model.Submitted || status == model.Accepted {
		return nil, model.Refuse(model.Say("the report of %s is “%s”: there is nothing to remind of", row.Unit.Name, status), model.Sentence{})
	}
	if say == nil {
		say = model.Sentence.String
	}
	plan := &board.Campaign.Plan
	b := &builder{board: board, plan: plan, office: &board.Campaign.Office, language: plan.Language, marks: sicMarks(plan)}
	letter := &Letter{Unit: unit, Language: b.language, Header: b.header(), Recipient: row.Unit.Name, Copies: b.distribution(b.pick("Như trên;", "As above;")), Signature: b.plan.Document.Signature}
	letter.Header.Number = b.pick("Số:        /", "No.        /") + issuerCode(b.plan.Document.Number)
	letter.Header.Concerning = b.pick("V/v đôn đốc báo cáo kết quả thực hiện ", "Reminder: report on ") + b.planNumber()
	letter.Body = b.reminder(row, say)
	return letter, nil
}

// planNumber names the plan shortly.
func (b *builder) planNumber() string {
	named := upperFirst(b.plan.Document.Type)
	if named == "" {
		named = b.pick("Kế hoạch", "Plan")
	}
	if number := cited(b.plan.Document.Number); number != "" {
		named += b.pick(" số ", " No. ") + number
	}
	return named
}

func (b *builder) reminder(row *model.UnitRow, say func(model.Sentence) string) []Paragraph {
	name, office := row.Unit.Name, b.officeName()
	deadline := row.Report.Deadline(b.plan.Reporting.Deadline)
	body := []Paragraph{
		{Kind: Body, Text: b.pick(
			"Theo "+b.citation()+", các đơn vị gửi báo cáo kết quả thực hiện về "+office+" "+b.by(b.plan.Reporting.Deadline)+".",
			"Following "+b.citation()+", the units report their results to "+office+" "+b.by(b.plan.Reporting.Deadline)+".")},
	}
	add := func(kind Kind, said string) { body = append(body, Paragraph{Kind: kind, Text: mark(b.marks, said)}) }
	if !row.Report.ExtendedUntil.IsZero() {
		add(Body, b.pick("Đơn vị đã được gia hạn đến hết ngày ", "The unit has had more time, until ")+row.Report.ExtendedUntil.Printed()+".")
	}
	add(Body, b.standing(row, deadline))
	if n := len(b.office.RemindersTo(row.Unit.ID)); n > 0 {
		add(Body, b.pick("Đây là lần đôn đốc thứ "+strconv.Itoa(n+1)+".", "This is reminder number "+strconv.Itoa(n+1)+"."))
	}
	add(Body, b.pick("Đề nghị "+name+" hoàn thành và gửi về "+office+":", "Please complete and send to "+office+":"))
	add(Item, b.pick("Báo cáo kết quả thực hiện, gồm kết quả, khó khăn, vướng mắc và kiến nghị, đề xuất; trường hợp không phát sinh, báo cáo nêu rõ lý do.",
		"The report: results, difficulties and recommendations; with nothing to report, a nil report with its reason."))
	for _, finding := range b.board.Campaign.Checklist(&row.Unit) {
		if !finding.Warning && finding.Subject.Kind == model.SubjectActivity {
			add(Item, ended(text.Line(say(finding.What))))
		}
	}
	left := deadline.DaysLeft(b.board.Today)
	if left < 0 {
		add(Body, b.pick("Thời hạn gửi: ngay sau khi nhận được văn bản này.", "To be sent: at once on receipt of this letter."))
	} else {
		add(Body, b.pick("Thời hạn gửi: ", "To be sent: ")+b.by(deadline)+".")
	}
	add(Body, b.pick("Đề nghị đơn vị quan tâm thực hiện để "+office+" tổng hợp báo cáo đúng quy định./.", "The reports are then consolidated by "+office+"./."))
	return body
}

// officeName is the unit that the reports go to.
func (b *builder) officeName() string {
	if unit := b.board.Campaign.Roster.Unit(b.plan.Reporting.To); unit != nil {
		return unit.Name
	}
	return b.pick("đơn vị đầu mối", "the coordinator")
}

// by says a deadline as the plan does, with its last day.
func (b *builder) by(deadline model.Deadline) string {
	if deadline.Excluded {
		return b.pick("trước ngày ", "before ") + deadline.Day.Printed() + b.pick(" (chậm nhất ngày ", " (by ") + deadline.LastDay().Printed() + ")"
	}
	return b.pick("chậm nhất ngày ", "by ") + deadline.Day.Printed()
}

// standing says how the unit's report stands today.
func (b *builder) standing(row *model.UnitRow, deadline model.Deadline) string {
	today, left := b.board.Today.Printed(), deadline.DaysLeft(b.board.Today)
	said := b.pick("Đến ngày "+today+", "+row.Unit.Name+" chưa gửi báo cáo", "As of "+today+" "+row.Unit.Name+" has not reported")
	if row.Report.Status == model.Returned {
		said = b.pick("Báo cáo của "+row.Unit.Name+" đã được trả lại để bổ sung", "The report of "+row.Unit.Name+" was returned")
		if reason := text.Line(row.Report.Reason); reason != "" {
			said += b.pick(" (lý do: ", " (reason: ") + strings.TrimRight(reason, ". ") + ")"
		}
		said += b.pick("; đến ngày "+today+" đơn vị chưa gửi lại", "; as of "+today+" it has not been sent again")
	}
	switch {
	case left < 0:
		return said + b.pick(", quá hạn "+strconv.Itoa(-left)+" ngày.", ", "+strconv.Itoa(-left)+" days after the deadline.")
	case left == 0:
		return said + b.pick("; hôm nay là ngày cuối.", "; today is the last day.")
	default:
		return said + b.pick("; còn "+strconv.Itoa(left)+" ngày.", "; "+strconv.Itoa(left)+" days are left.")
	}
}

// FileName is what the letter is called, without its ending.
func (l *Letter) FileName() string { return l.Language.Pick("don-doc-", "reminder-") + l.Unit }

// WriteDocx writes the letter as it is printed and signed.
func (l *Letter) WriteDocx(w io.Writer) error {
	return writeWord(w, l.Header.Concerning, l.Header.MadeUp, l.Language, func(t *wordText) {
		t.head(&l.Header)
		t.recipients(l.Language.Pick("Kính gửi:", "To:"), []string{l.Recipient})
		for i, p := range l.Body {
			if i == len(l.Body)-1 {
				t.paragraph(styleBody, p.Text, look{keep: true})
				break
			}
			t.said(p)
		}
		t.foot(l.Copies, l.Signature.Titles, l.Signature.Name)
		t.section(false, true)
	})
}

// Text is the letter for an e-mail or the clipboard, without the head and the foot of the paper.
func (l *Letter) Text() string {
	var b strings.Builder
	if l.Header.MadeUp != "" {
		b.WriteString("[" + l.Header.MadeUp + "]\n\n")
	}
	b.WriteString(l.Header.Concerning + "\n\n" + l.Language.Pick("Kính gửi: ", "To: ") + listed([]string{l.Recipient})[0] + "\n")
	for _, p := range l.Body {
		if p.Kind == Item {
			b.WriteString("- " + p.Text + "\n")
			continue
		}
		b.WriteString("\n" + p.Text + "\n")
	}
	return b.String()
}
