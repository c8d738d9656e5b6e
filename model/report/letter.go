package report

import (
	"io"
	"strconv"
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// Letter reminds one unit (công văn đôn đốc): what is late or due, what to send, to
// whom and by when. It is in the language of the plan.
type Letter struct {
	Unit      string // id
	Language  phrase.Language
	Header    Header
	Recipient string
	Body      []Paragraph
	Copies    Distribution
	Signature model.Signature
}

// NewLetter writes the letter to a unit. say puts what the checklist found into the
// plan's language; nil is English. A unit that has nothing to send gets no letter.
func NewLetter(board *model.Board, unit string, say func(phrase.Sentence) string) (*Letter, error) {
	at := board.UnitIndex(unit)
	if at < 0 {
		_, err := board.Campaign.Unit(unit)
		return nil, err
	}
	row := &board.Units[at]
	waits := func(r model.Report) bool { return r.Status != model.Submitted && r.Status != model.Accepted }
	if len(row.Report.Others) > 0 && !row.Report.Every(waits) {
		return nil, phrase.Refuse(phrase.Say("of the report of %s there are two versions, so nobody can say what to remind of", row.Unit.Name),
			phrase.Say("look at both versions and keep one: `tiendo resolve %s`, or Enter on the entry", row.Unit.ID))
	}
	if status := row.Report.Status; status == model.Submitted || status == model.Accepted {
		return nil, phrase.Refuse(phrase.Say("the report of %s is “%s”: there is nothing to remind of", row.Unit.Name, status), phrase.Sentence{})
	}
	if say == nil {
		say = phrase.Sentence.String
	}
	b, letter := newLetter(board, row)
	letter.Header.Concerning = b.pick("V/v đôn đốc báo cáo kết quả thực hiện ", "Reminder: report on ") + b.planNumber()
	letter.Body = b.reminder(row, say)
	return letter, nil
}

// NewReminder writes the letter to a unit that is chased: about its report, with its activities, or about activities
// alone as long as the report is not what is waited for.
func NewReminder(board *model.Board, chased model.Chased, say func(phrase.Sentence) string) (*Letter, error) {
	row := &board.Units[chased.Row]
	if chased.Report {
		return NewLetter(board, row.Unit.ID, say)
	}
	b, letter := newLetter(board, row)
	letter.Header.Concerning = b.pick("V/v đôn đốc thực hiện ", "Reminder: activities of ") + b.planNumber()
	letter.Body = b.activityReminder(row, chased.Activities)
	return letter, nil
}

// newLetter is a letter to a unit that has no words yet, with what writes them.
func newLetter(board *model.Board, row *model.UnitRow) (*builder, *Letter) {
	plan := &board.Campaign.Plan
	b := &builder{board: board, plan: plan, office: &board.Campaign.Office, language: plan.Language, marks: sicMarks(plan)}
	letter := &Letter{
		Unit: row.Unit.ID, Language: b.language, Header: b.header(), Recipient: row.Unit.Name,
		Copies: b.distribution(b.pick("Như trên;", "As above;")), Signature: plan.Document.Signature,
	}
	letter.Header.Number = b.pick("Số:        /", "No.        /") + issuerCode(plan.Document.Number)
	return b, letter
}

// activityReminder asks for activities that are late or due, before the report is.
func (b *builder) activityReminder(row *model.UnitRow, activities []int) []Paragraph {
	name, today := row.Unit.Name, b.board.Today.Printed()
	var body []Paragraph
	add := func(kind Kind, said string) { body = append(body, Paragraph{Kind: kind, Text: mark(b.marks, said)}) }
	add(Body, b.pick("Theo "+b.citation()+", "+name+" thực hiện các nội dung được giao đúng thời hạn. Đến ngày "+today+" các nội dung sau chưa hoàn thành:",
		"Following "+b.citation()+", "+name+" carries out its activities in time. As of "+today+" these are not done:"))
	var items []string
	for _, i := range activities {
		items = append(items, b.activityItem(i, row.Cells[i].Entry.Status))
	}
	for _, item := range listed(items) {
		add(Item, item)
	}
	b.again(row, add)
	add(Body, b.pick("Đề nghị "+name+" khẩn trương thực hiện, cập nhật tiến độ hoặc nêu rõ lý do để "+b.officeName()+" theo dõi, tổng hợp./.",
		"Please carry them out and record them, or give the reason, so that "+b.officeName()+" can follow them./."))
	return body
}

// again says which reminder it is, from the second on.
func (b *builder) again(row *model.UnitRow, add func(Kind, string)) {
	if n := len(b.office.RemindersTo(row.Unit.ID)); n > 0 {
		add(Body, b.pick("Đây là lần đôn đốc thứ "+strconv.Itoa(n+1)+".", "This is reminder number "+strconv.Itoa(n+1)+"."))
	}
}

// activityItem names an activity with its deadline, how it stands and what is asked for.
func (b *builder) activityItem(i int, status model.Status) string {
	activity := &b.board.Activities[i].Activity
	said := ""
	if last := activity.Deadline.LastDay(); !last.IsZero() {
		said = b.pick("thời hạn đến hết ngày ", "deadline ") + last.Printed()
		open := status == model.Todo || status == model.Doing
		if left := activity.Deadline.DaysLeft(b.board.Today); open && left < 0 && !b.board.Ended() {
			said += b.pick(", quá hạn "+strconv.Itoa(-left)+" ngày", ", overdue by "+strconv.Itoa(-left)+" days")
		}
		said += "; "
	}
	return b.pick("Nội dung ", "The activity ") + "“" + text.Line(activity.Title) + "” (" + said + b.explain(status) + ")"
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

func (b *builder) reminder(row *model.UnitRow, say func(phrase.Sentence) string) []Paragraph {
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
	b.again(row, add)
	own := row.Unit.ID == b.plan.Reporting.To // the Office itself reports, too
	if own {
		add(Body, b.pick("Đề nghị "+name+" hoàn thành báo cáo của đơn vị để đưa vào báo cáo tổng hợp:", "Please complete the report of the unit itself, for the consolidated report:"))
	} else {
		add(Body, b.pick("Đề nghị "+name+" hoàn thành và gửi về "+office+":", "Please complete and send to "+office+":"))
	}
	for _, wanted := range listed(b.wanted(row, say)) {
		add(Item, wanted)
	}
	until := b.pick("Thời hạn gửi: ", "To be sent: ")
	if own {
		until = b.pick("Thời hạn hoàn thành: ", "To be completed: ")
	}
	if deadline.DaysLeft(b.board.Today) < 0 {
		add(Body, until+b.pick("ngay sau khi nhận được văn bản này.", "at once on receipt of this letter."))
	} else {
		add(Body, until+b.by(deadline)+".")
	}
	if own {
		add(Body, b.pick("Đề nghị "+name+" quan tâm thực hiện để việc tổng hợp báo cáo đúng quy định./.", "The reports are then consolidated./."))
	} else {
		add(Body, b.pick("Đề nghị đơn vị quan tâm thực hiện để "+office+" tổng hợp báo cáo đúng quy định./.", "The reports are then consolidated by "+office+"./."))
	}
	return body
}

// wanted are the things that the unit is asked for: its report, and what the checklist misses in its activities.
func (b *builder) wanted(row *model.UnitRow, say func(phrase.Sentence) string) []string {
	wanted := []string{b.pick("Báo cáo kết quả thực hiện, gồm kết quả, khó khăn, vướng mắc và kiến nghị, đề xuất (trường hợp không phát sinh, báo cáo nêu rõ lý do)",
		"The report: results, difficulties and recommendations (with nothing to report, a nil report with its reason)")}
	if row.Report.Status == model.Returned {
		wanted[0] = b.pick("Báo cáo kết quả thực hiện đã bổ sung, hoàn chỉnh theo lý do trả lại nêu trên", "The report, completed as the reason above asks")
	}
	findings, _ := model.Sorted(b.board.Campaign.Checklist(&row.Unit))
	for i := range b.board.Activities {
		activity := &b.board.Activities[i].Activity
		title := "“" + text.Line(activity.Title) + "”"
		var missing, wrong []string
		asked := row.Cells[i].Late() && !b.board.Ended() // with a note it still is to be done
		for _, finding := range findings {
			if (finding.Subject != model.Subject{Kind: model.SubjectActivity, ID: activity.ID}) {
				continue
			}
			switch finding.Lack {
			case model.LacksChoice:
				wanted = append(wanted, b.pick("Thống nhất nội dung "+title+" (hiện có hai bản khác nhau, chưa quyết định)", "A decision on the activity "+title+" (there are two versions)"))
			case model.LacksNote:
				asked = true
			case model.LacksFigure:
				missing = append(missing, text.Line(finding.Figure))
			case model.WrongFigure:
				wrong = append(wrong, strings.TrimRight(text.Line(say(finding.What)), "."))
			}
		}
		if asked {
			wanted = append(wanted, b.activityItem(i, row.Cells[i].Entry.Status))
		}
		if len(missing) > 0 {
			wanted = append(wanted, b.pick("Số liệu của nội dung ", "The figures of the activity ")+title+": "+strings.Join(missing, ", ")+b.pick(" (trường hợp chưa có, nêu rõ lý do)", " (or the reason why there are none)"))
		}
		if len(wrong) > 0 {
			wanted = append(wanted, b.pick("Số liệu đã kiểm tra lại của nội dung ", "The figures, looked at again, of the activity ")+title+" ("+strings.Join(wrong, ", ")+")")
		}
	}
	return wanted
}

// explain says how an activity stands and what is asked for.
func (b *builder) explain(status model.Status) string {
	switch status {
	case model.NA:
		return b.pick("không áp dụng; đề nghị nêu rõ lý do", "not applicable; please give the reason")
	case model.Doing:
		return b.pick("đang thực hiện; đề nghị hoàn thành hoặc nêu rõ lý do", "in progress; please complete it or give the reason")
	default:
		return b.pick("chưa thực hiện; đề nghị thực hiện hoặc nêu rõ lý do", "not started; please carry it out or give the reason")
	}
}

// officeName is the unit that the reports go to.
func (b *builder) officeName() string {
	if unit := b.board.Campaign.Roster.Unit(b.plan.Reporting.To); unit != nil {
		return unit.Name
	}
	return b.pick("đơn vị đầu mối", "the coordinator")
}

// by says a deadline as the plan does, with its last day and the last working day.
func (b *builder) by(deadline calendar.Deadline) string {
	var beside []string
	said := b.pick("chậm nhất ngày ", "by ") + deadline.LastDay().Printed()
	if deadline.Excluded {
		beside = append(beside, said)
		said = b.pick("trước ngày ", "before ") + deadline.Day.Printed()
	}
	if moved := deadline.Written(); moved != deadline.LastDay() {
		beside = append(beside, b.pick("ngày "+moved.Printed()+" là ngày nghỉ", moved.Printed()+" is a day off"))
	}
	if working := deadline.LastWorkingDay(); working != deadline.LastDay() {
		day := [...]string{"thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu"}[working.Weekday()-time.Monday]
		named := b.pick("ngày làm việc cuối cùng là "+day+", ", "the last working day is "+working.Weekday().String()+", ") + working.Printed()
		if !deadline.Calendar.KnowsHolidays() {
			named += b.pick(", chưa trừ ngày lễ", ", public holidays not taken into account")
		}
		beside = append(beside, named)
	}
	if len(beside) == 0 {
		return said
	}
	return said + " (" + list(beside) + ")"
}

// standing says how the unit's report stands on the day of the letter, in words that stay true when it is read later.
func (b *builder) standing(row *model.UnitRow, deadline calendar.Deadline) string {
	today, left := b.board.Today.Printed(), deadline.DaysLeft(b.board.Today)
	said := b.pick("Đến ngày "+today+", "+row.Unit.Name+" chưa gửi báo cáo", "As of "+today+" "+row.Unit.Name+" has not reported")
	if row.Unit.ID == b.plan.Reporting.To {
		said = b.pick("Đến ngày "+today+", "+row.Unit.Name+" chưa hoàn thành báo cáo của đơn vị", "As of "+today+" "+row.Unit.Name+" has not completed its own report")
	}
	returned := row.Report.Status == model.Returned
	if returned {
		said = b.pick("Báo cáo của "+row.Unit.Name+" đã được trả lại để bổ sung", "The report of "+row.Unit.Name+" was returned")
		if reason := text.Line(row.Report.Reason); reason != "" {
			said += b.pick(" (lý do: ", " (reason: ") + strings.TrimRight(reason, ". ") + ")"
		}
		said += b.pick("; đến ngày "+today+" đơn vị chưa gửi lại", "; as of "+today+" it has not been sent again")
	}
	switch {
	case left < 0 && returned: // when it came first is what counts as late
		return said + "."
	case left < 0:
		return said + b.pick(", quá hạn "+strconv.Itoa(-left)+" ngày.", ", "+strconv.Itoa(-left)+" days after the deadline.")
	case left == 0:
		last := deadline.LastDay().Printed()
		return said + b.pick("; thời hạn gửi là hết ngày "+last+".", "; the time to send it ends with "+last+".")
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
