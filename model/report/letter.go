package report

import (
	"io"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/document"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// Letter reminds one unit (công văn đôn đốc): what is late or due, what to send, to
// whom and by when. It is in the language of the plan.
type Letter struct {
	phrase.Printer
	Unit      string // id
	Period    string // id of that of the report asked for; "" for none
	Header    Header
	Recipient string
	Body      []Paragraph
	Copies    Distribution
	Signature document.Signature
}

// NewLetter writes the letter to a unit. One that has nothing to send gets none.
func NewLetter(board *model.Board, unit string) (*Letter, error) {
	at := board.UnitIndex(unit)
	if at < 0 {
		_, err := board.Campaign.Unit(unit)
		return nil, err
	}
	row := &board.Units[at]
	waits := func(r model.Report) bool { return r.Status != model.Submitted && r.Status != model.Accepted }
	if len(row.Report.Others) > 0 && !row.Report.Every(waits) {
		return nil, phrase.Refuse(phrase.Say("of the report of %s there are two versions, so nobody can say what to remind "+
			"of", row.Unit.Name),
			phrase.Say("look at both versions and keep one: `tiendo resolve %s`, or Enter on the entry", row.Unit.ID))
	}
	if status := row.Report.Status; status == model.Submitted || status == model.Accepted {
		return nil, phrase.Refuse(phrase.Say("the report of %s is “%s”: there is nothing to remind of", row.Unit.Name,
			status), phrase.Sentence{})
	}
	b, letter := newLetter(board, row)
	letter.Header.Concerning = b.T("Reminder: report on %s", b.planNumber())
	if period := b.plan.Reporting.Periods.Find(board.Period); period != nil {
		letter.Period = period.ID
		letter.Header.Concerning += " (" + b.Say(period.Name) + ")"
	}
	letter.Body = b.reminder(row)
	return letter, nil
}

// NewReminder writes the letter to a unit that is chased: about its report, with its activities, or about activities
// alone as long as the report is not what is waited for.
func NewReminder(chased model.Chased) (*Letter, error) {
	row := chased.Unit()
	if chased.Report {
		return NewLetter(chased.Board, row.Unit.ID)
	}
	b, letter := newLetter(chased.Board, row)
	letter.Header.Concerning = b.T("Reminder: activities of %s", b.planNumber())
	letter.Body = b.activityReminder(row, chased.Activities)
	return letter, nil
}

// newLetter is a letter to a unit that has no words yet, with what writes them.
func newLetter(board *model.Board, row *model.UnitRow) (*builder, *Letter) {
	plan := &board.Campaign.Plan
	b := &builder{Printer: phrase.In(plan.Language), board: board, plan: plan, office: &board.Campaign.Office,
		marks: sicMarks(plan)}
	letter := &Letter{
		Printer: b.Printer, Unit: row.Unit.ID, Header: b.header(), Recipient: row.Unit.Name,
		Copies: b.distribution(), Signature: plan.Document.Signature,
	}
	letter.Header.Number = b.T("No.        /%s", issuerCode(plan.Document.Number))
	return b, letter
}

// activityReminder asks for activities that are late or due, before the report is.
func (b *builder) activityReminder(row *model.UnitRow, activities []int) []Paragraph {
	name, today := row.Unit.Name, b.board.Today.Printed()
	var body []Paragraph
	add := func(kind Kind, said string) { body = append(body, Paragraph{Kind: kind, Text: mark(b.marks, said)}) }
	add(Body, b.T("Following %s, %s carries out its activities in time. As of %s these are not done:", b.citation(), name,
		today))
	var items []string
	for _, i := range activities {
		items = append(items, b.activityItem(i, row.Cells[i].Entry.Status))
	}
	for _, item := range listed(items) {
		add(Item, item)
	}
	b.again(row, add)
	add(Body, b.T("%.0sPlease carry them out and record them, or give the reason, so that %s can follow them./.", name,
		b.officeName()))
	return body
}

// again says which reminder it is, from the second on.
func (b *builder) again(row *model.UnitRow, add func(Kind, string)) {
	if n := len(row.Reminders); n > 0 {
		add(Body, b.T("This is reminder number %d.", n+1))
	}
}

// activityItem names an activity with its deadline, how it stands and what is asked for.
func (b *builder) activityItem(i int, status model.Status) string {
	activity := &b.board.Activities[i].Activity
	said, last := b.explain(status), activity.Deadline.LastDay()
	open := status == model.Todo || status == model.Doing
	switch left := activity.Deadline.DaysLeft(b.board.Today); {
	case last.IsZero():
	case open && left < 0 && !b.board.Ended():
		said = b.T("deadline %s, overdue by %d days; %s", last.Printed(), -left, said)
	default:
		said = b.T("deadline %s; %s", last.Printed(), said)
	}
	return b.T("The activity “%s” (%s)", text.Line(activity.Title), said)
}

// planNumber names the plan shortly.
func (b *builder) planNumber() string {
	named := upperFirst(b.plan.Document.Type)
	if named == "" {
		named = b.T("Plan")
	}
	if number := cited(b.plan.Document.Number); number != "" {
		named += b.T(" No. %s", number)
	}
	return named
}

func (b *builder) reminder(row *model.UnitRow) []Paragraph {
	name, office := row.Unit.Name, b.officeName()
	deadline, due := row.Deadline, b.by(b.board.Reporting.Deadline)
	said := b.T("Following %s, the units report their results to %s %s.", b.citation(), office, due)
	if period := b.plan.Reporting.Periods.Find(b.board.Period); period != nil {
		said = b.T("Following %s, the units report their results (%s) to %s %s.", b.citation(), period.Name, office, due)
	}
	body := []Paragraph{{Kind: Body, Text: said}}
	add := func(kind Kind, said string) { body = append(body, Paragraph{Kind: kind, Text: mark(b.marks, said)}) }
	if !row.Report.ExtendedUntil.IsZero() {
		add(Body, b.T("The deadline of the unit has been extended to %s.", row.Report.ExtendedUntil.Printed()))
	}
	add(Body, b.standing(row, deadline))
	b.again(row, add)
	own := row.Unit.ID == b.plan.Reporting.To // the Office itself reports, too
	if own {
		add(Body, b.T("%.0sPlease complete the report of the unit itself, for the consolidated report:", name))
	} else {
		add(Body, b.T("%.0sPlease complete and send to %s:", name, office))
	}
	for _, wanted := range listed(b.wanted(row)) {
		add(Item, wanted)
	}
	until := b.T("To be sent: ")
	if own {
		until = b.T("To be completed: ")
	}
	if !deadline.IsZero() && deadline.DaysLeft(b.board.Today) < 0 {
		add(Body, until+b.T("at once on receipt of this letter."))
	} else {
		add(Body, until+b.by(deadline)+".")
	}
	if own {
		add(Body, b.T("%.0sThe reports are then consolidated./.", name))
	} else {
		add(Body, b.T("The reports are then consolidated by %s./.", office))
	}
	return body
}

// wanted are the things that the unit is asked for: its report, and what the checklist misses in its activities.
func (b *builder) wanted(row *model.UnitRow) []string {
	wanted := []string{b.T("The report: results, difficulties and recommendations (with nothing to report, a nil report " +
		"with its reason)")}
	if row.Report.Status == model.Returned {
		wanted[0] = b.T("The report, completed as the reason above asks")
	}
	findings, _ := model.Sorted(b.board.Campaign.Checklist(&row.Unit, b.board.Period))
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
				wanted = append(wanted, b.T("A decision on the activity %s (there are two versions)", title))
			case model.LacksNote:
				asked = true
			case model.LacksFigure:
				missing = append(missing, text.Line(finding.Figure))
			case model.WrongFigure:
				wrong = append(wrong, strings.TrimRight(text.Line(b.Say(finding.What)), "."))
			}
		}
		if asked {
			wanted = append(wanted, b.activityItem(i, row.Cells[i].Entry.Status))
		}
		if len(missing) > 0 {
			wanted = append(wanted, b.T("The figures of the activity %s: %s (or the reason why there are none)", title,
				strings.Join(missing, ", ")))
		}
		if len(wrong) > 0 {
			wanted = append(wanted, b.T("The figures, looked at again, of the activity %s (%s)", title,
				strings.Join(wrong, ", ")))
		}
	}
	return wanted
}

// explain says how an activity stands and what is asked for.
func (b *builder) explain(status model.Status) string {
	switch status {
	case model.NA:
		return b.T("not applicable; please give the reason")
	case model.Doing:
		return b.T("in progress; please complete it or give the reason")
	default:
		return b.T("not started; please carry it out or give the reason")
	}
}

// officeName is the unit that the reports go to.
func (b *builder) officeName() string {
	if unit := b.board.Campaign.Roster.Unit(b.plan.Reporting.To); unit != nil {
		return unit.Name
	}
	return b.T("the coordinator")
}

// by says a deadline as the plan does, with its last day and the last working day.
func (b *builder) by(deadline calendar.Deadline) string {
	if deadline.IsZero() {
		return b.T("without a deadline")
	}
	var beside []string
	said := b.T("by %s", deadline.LastDay().Printed())
	if deadline.Excluded {
		beside = append(beside, said)
		said = b.T("before %s", deadline.Day.Printed())
	}
	if moved := deadline.Written(); moved != deadline.LastDay() {
		beside = append(beside, b.T("besides::%s is a day off", moved.Printed()))
	}
	if working := deadline.LastWorkingDay(); working != deadline.LastDay() {
		named := b.T("the last working day is %s, %s", b.DayName(working.Weekday()), working.Printed())
		if !deadline.Calendar.KnowsHolidays() {
			named += b.T(", public holidays not taken into account")
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
	said := b.T("As of %s %s has not reported", today, row.Unit.Name)
	if row.Unit.ID == b.plan.Reporting.To {
		said = b.T("As of %s %s has not completed its own report", today, row.Unit.Name)
	}
	returned := row.Report.Status == model.Returned
	if returned {
		said = b.T("The report of %s was returned", row.Unit.Name)
		if reason := text.Line(row.Report.Reason); reason != "" {
			said += b.T(" (reason: %s)", strings.TrimRight(reason, ". "))
		}
		said += b.T("; as of %s it has not been sent again", today)
	}
	switch {
	case deadline.IsZero():
		return said + "."
	case left < 0 && returned: // when it came first is what counts as late
		return said + "."
	case left < 0:
		return said + b.T(", %d days after the deadline.", -left)
	case left == 0:
		return said + b.T("; the time to send it ends with %s.", deadline.LastDay().Printed())
	default:
		return said + b.T("; %d days are left.", left)
	}
}

// FileName is what the letter is called, without its ending.
func (l *Letter) FileName() string {
	name := l.Language.Pick("don-doc-", "reminder-") + l.Unit
	if l.Period != "" {
		name += "-" + l.Period
	}
	return name
}

// WriteDocx writes the letter as it is printed and signed.
func (l *Letter) WriteDocx(w io.Writer) error {
	return writeWord(w, l.Header.Concerning, l.Header.MadeUp, l.Language, func(t *wordText) {
		t.head(&l.Header)
		t.recipients(l.T("To:"), []string{l.Recipient})
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
	b.WriteString(l.Header.Concerning + "\n\n" + l.T("To: %s", listed([]string{l.Recipient})[0]) + "\n")
	for _, p := range l.Body {
		if p.Kind == Item {
			b.WriteString("- " + p.Text + "\n")
			continue
		}
		b.WriteString("\n" + p.Text + "\n")
	}
	return b.String()
}
