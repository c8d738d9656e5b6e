package reports

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/report"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/lang"
)

// step is one thing that can be done with a unit's report.
type step struct {
	binding key.Binding
	says    string // what it does, for the detail
	refused error  // nil: it can be done now
}

// steps are what can be done with a unit's report, in the order of its way.
func steps(f *frame.Frame, unit model.UnitRow) []step {
	w, keys, report, check := f.Words, f.Keys, unit.Report, f.Board.Campaign.Check
	written := report.Write(report)
	written.Results += "x" // whether anything may be written at all
	until := f.Board.Reporting.Deadline.LastDay().Add(1)
	return []step{
		{keys.Write, w.T("e writes it"), check(change(f, unit, written))},
		{keys.Submit, w.T("s submits it"), check(change(f, unit, submitted(report)))},
		{keys.Accept, w.T("a accepts it"), check(change(f, unit, report.Accept()))},
		{keys.Return, w.T("r returns it, with a reason"), check(change(f, unit, report.Return(w.T("the reason"))))},
		{keys.Withdraw, w.T("w takes the acceptance back"), mayWithdraw(f, unit)},
		{keys.Remind, w.T("m reminds the unit"), mayRemind(f, unit)},
		{keys.Extend, w.T("x extends"), check(change(f, unit, report.Extend(until, w.T("the reason"))))},
	}
}

// submitted is the report as s leaves it. For the coordinator the same step would take an acceptance back: that is w.
func submitted(report model.Report) model.Report {
	if report.Status == model.Accepted {
		return report.Accept()
	}
	return report.Submit()
}

// mayWithdraw refuses to take back an acceptance that there is not.
func mayWithdraw(f *frame.Frame, unit model.UnitRow) error {
	if unit.Report.Status != model.Accepted {
		return phrase.Refuse(phrase.Say("the report is “%s”, so there is no acceptance to take back", unit.Report.Status),
			phrase.Sentence{})
	}
	return f.Board.Campaign.Check(change(f, unit, unit.Report.Withdraw()))
}

// unitBindings are the keys of a unit's row: the way of its report, others that matter as much, and the rest.
func unitBindings(f *frame.Frame, unit model.UnitRow, others []key.Binding) []key.Binding {
	const way = 5 // steps: from writing to taking an acceptance back
	var own []key.Binding
	for i, step := range steps(f, unit) {
		if i == way {
			own = append(own, others...)
		}
		own = append(own, frame.Offer(step.binding, step.refused))
	}
	return append(own, frame.Offer(f.Keys.CopyReminder, notWaiting(f, unit)))
}

func unitKeys(f *frame.Frame) []key.Binding {
	k := f.Keys
	return []key.Binding{k.Write, k.Submit, k.Accept, k.Return, k.Withdraw, k.Extend, k.Remind, k.CopyReminder}
}

// unitKey does what a key asks for with the report of a unit.
func (t *Tab) unitKey(message tea.KeyMsg, f *frame.Frame, unit model.UnitRow) tea.Cmd {
	w, keys, report := f.Words, f.Keys, unit.Report
	switch {
	case key.Matches(message, keys.Write):
		return t.writeReport(f, unit)
	case key.Matches(message, keys.Submit):
		return t.submit(f, unit)
	case key.Matches(message, keys.Accept):
		question := w.T("Accept the report of %s? It will then be locked.", unit.Unit.Name)
		if f.Board.Period != "" {
			question = w.T("Accept the report of %s? It and the figures of its period are locked then.", unit.Unit.Name)
			question = lang.InPeriod(w, f.Board, question)
		}
		if lacks := lacking(f, unit); lacks != "" {
			question = f.Signs.Problem + " " + lacks + ". " + question
		}
		return t.ask(f, change(f, unit, report.Accept()), question)
	case key.Matches(message, keys.Return):
		return t.returnReport(f, unit)
	case key.Matches(message, keys.Withdraw):
		if err := mayWithdraw(f, unit); err != nil {
			return f.Refused(err)
		}
		return t.ask(f, change(f, unit, report.Withdraw()),
			lang.InPeriod(w, f.Board, w.T("Take back the acceptance of the report of %s?", unit.Unit.Name)))
	case key.Matches(message, keys.Extend):
		return t.extend(f, unit)
	case key.Matches(message, keys.Remind):
		return t.remind(f, unit)
	default:
		return t.copyReminder(f, unit)
	}
}

func change(f *frame.Frame, unit model.UnitRow, report model.Report) model.Change {
	return model.Change{
		Person: f.Person, Unit: unit.Unit.ID, Subject: f.Board.ReportSubject(),
		Seen: unit.Report, New: report,
	}
}

// ask puts the question before a step that is hard to undo; what the rules forbid is refused at once.
func (t *Tab) ask(f *frame.Frame, change model.Change, question string) tea.Cmd {
	if hindered := f.Hindered(change); hindered != nil {
		return hindered
	}
	return func() tea.Msg { return event.Asked{Question: question, Change: change} }
}

// writeWanted is the answer yes to the question whether to open what was typed into a report and not saved.
type writeWanted struct{ unit string }

// submit asks before a report is handed in. What is missing is shown, not only counted; what was typed and not saved
// is opened first, for it would not be handed in.
func (t *Tab) submit(f *frame.Frame, unit model.UnitRow) tea.Cmd {
	w, campaign := f.Words, f.Board.Campaign
	wrong, _ := model.Sorted(campaign.Checklist(&unit.Unit, f.Board.Period))
	mayWrite := campaign.MayChange(f.Person, unit.Unit.ID) == nil && unit.Broken == nil
	open := mayWrite && unit.Report.Status != model.Submitted && unit.Report.Status != model.Accepted
	var unsaved []model.Subject
	if open {
		unsaved = f.UnsavedIn(unit.Unit.ID)
	}
	if len(unsaved) > 0 && unsaved[0].Kind == model.SubjectReport {
		question := f.Signs.Draft + " " + w.T(
			"What you have typed into the report of %s and not saved would not be handed in. Open it first?", unit.Unit.Name)
		return func() tea.Msg { return event.Asked{Question: question, Then: writeWanted{unit.Unit.ID}} }
	}
	if open && len(wrong) > 0 {
		t.list.Open()
		return frame.Notice(event.Warning, w.Count(len(wrong),
			"it cannot be submitted yet: %d thing is missing, shown here",
			"it cannot be submitted yet: %d things are missing, shown here"))
	}
	question := w.T("Submit the report of %s?", unit.Unit.Name)
	if to := campaign.Roster.Unit(campaign.Plan.Reporting.To); to != nil {
		question = w.T("Submit the report of %s to %s?", unit.Unit.Name, to.Name)
	}
	question = lang.InPeriod(f.Words, f.Board, question)
	if earlier := campaign.EarlierUnsent(unit.Unit.ID, f.Board.Period); earlier != nil {
		question = w.T("The report for %s is not sent yet.", earlier.Name) + " " + question
	}
	if len(unsaved) > 0 {
		lost := w.T("You have typed something on “%s” and not saved it.", w.SubjectName(campaign, unsaved[0]))
		question = f.Signs.Draft + " " + lost + " " + question
	}
	return t.ask(f, change(f, unit, submitted(unit.Report)), question)
}

// waiting are the rows of the units whose reports wait for the person to accept them. A record with something in
// dispute has to wait.
func waiting(f *frame.Frame) []int {
	if f.Board.Campaign.MayAccept(f.Person) != nil {
		return nil
	}
	return model.Once(f.Board, waitingOn{}, func() (rows []int) {
		for i := range f.Board.Units {
			unit := &f.Board.Units[i]
			if unit.Report.Status == model.Submitted && unit.Broken == nil &&
				len(f.Board.Campaign.Disputes(unit.Unit.ID)) == 0 {
				rows = append(rows, i)
			}
		}
		return rows
	})
}

// lacking says how much is missing in a report; "" when nothing is. What was whole when it was sent need not be so now.
func lacking(f *frame.Frame, unit model.UnitRow) string {
	wrong, _ := model.Sorted(f.Board.Campaign.Checklist(&unit.Unit, f.Board.Period))
	if len(wrong) == 0 {
		return ""
	}
	return f.Words.Count(len(wrong), "%d thing is missing", "%d things are missing")
}

// lacksBeside is how much is missing in a report, behind the name of its unit; "" when nothing is.
func lacksBeside(f *frame.Frame, unit model.UnitRow) string {
	if lacks := lacking(f, unit); lacks != "" {
		return " (" + f.Signs.Problem + " " + lacks + ")"
	}
	return ""
}

// nothingFor refuses a key for several units when there is none.
func nothingFor[T any](changes []T) error {
	if len(changes) == 0 {
		return phrase.Refuse(phrase.Say("there is nothing to do with it now"), phrase.Sentence{})
	}
	return nil
}

func (t *Tab) acceptAll(f *frame.Frame) tea.Cmd {
	w := f.Words
	if err := f.Board.Campaign.MayAccept(f.Person); err != nil {
		return f.Refused(err)
	}
	rows := waiting(f)
	if len(rows) == 0 {
		words := w.T("no report waits for the Office")
		if f.Board.Total.Disputed+f.Board.Reporting.Disputed > 0 {
			words = w.T("no report waits for the Office but those in whose record something is in dispute")
		}
		return frame.Notice(event.Info, words)
	}
	names, changes := make([]string, len(rows)), make([]model.Change, len(rows))
	for i, row := range rows {
		unit := f.Board.Units[row]
		changes[i] = change(f, unit, unit.Report.Accept())
		names[i] = unit.Unit.ShortName() + lacksBeside(f, unit)
	}
	question := strings.Join(names, ", ") + ": " +
		lang.AcceptQuestion(w, f.Board, len(changes))
	return func() tea.Msg { return event.Asked{Question: question, Change: changes[0], Also: changes[1:]} }
}

// notWaiting refuses to remind a unit of which the Office waits for nothing.
func notWaiting(f *frame.Frame, unit model.UnitRow) error {
	if unit.Waiting() {
		return nil
	}
	switch {
	case unit.Broken != nil:
		return *unit.Broken
	case unit.ReportTimeliness == calendar.Disputed:
		return phrase.Refuse(phrase.Say("of the report of %s there are two versions, so nobody can say what to remind of",
			unit.Unit.Name),
			phrase.Say("look at both versions and keep one: `tiendo resolve %s`, or Enter on the entry", unit.Unit.ID))
	case !f.Board.Campaign.Plan.Reporting.Expects(&unit.Unit):
		return phrase.Refuse(phrase.Say("the plan asks %s for no report", unit.Unit.Name), phrase.Sentence{})
	case !unit.Expected:
		return phrase.Refuse(phrase.Say("no report of %s is expected: it was not on the roster on the deadline day",
			unit.Unit.Name), phrase.Sentence{})
	default: // submitted or accepted
		return phrase.Refuse(phrase.Say("the report of %s is here already: %s", unit.Unit.Name, unit.Report.Status),
			phrase.Sentence{})
	}
}

func mayRemind(f *frame.Frame, unit model.UnitRow) error {
	if err := f.Board.Campaign.MayWriteOffice(f.Person); err != nil {
		return err
	}
	return notWaiting(f, unit)
}

// reminded is the change that records a reminder to a unit.
func reminded(f *frame.Frame, unit model.UnitRow) model.Change {
	id := unit.Unit.ID
	sent := f.Board.Campaign.Office.RemindersTo(id)
	return model.Change{Person: f.Person, Subject: model.Subject{Kind: model.SubjectReminder, ID: id}, Seen: sent,
		New: sent.Remind(model.Chased{Board: f.Board, Row: f.Board.UnitIndex(id)})}
}

// remind asks before it is recorded that a unit was reminded.
func (t *Tab) remind(f *frame.Frame, unit model.UnitRow) tea.Cmd {
	if err := mayRemind(f, unit); err != nil {
		return f.Refused(err)
	}
	sent := f.Board.Campaign.Office.RemindersTo(unit.Unit.ID)
	change := reminded(f, unit)
	question := f.Words.T("Record reminder %d to %s? The program itself sends nothing.",
		model.As[model.Reminders](change.New)[len(sent)].Number, unit.Unit.Name)
	return t.ask(f, change, lang.InPeriod(f.Words, f.Board, question))
}

// chasedRows are the rows of the units that are late, and behind them of those that are due soon.
type chasedRows struct {
	all  []int
	late int // how many are late
}

func chased(board *model.Board) chasedRows {
	return model.Once(board, chasedOn{}, func() chasedRows {
		late, soon := board.Chase(calendar.DueSoonDays)
		return chasedRows{slices.Concat(late, soon), len(late)}
	})
}

// mayRemindAll refuses who may not write, and where there is nobody to remind.
func mayRemindAll(f *frame.Frame) error {
	if err := f.Board.Campaign.MayWriteOffice(f.Person); err != nil {
		return err
	}
	return nothingFor(chased(f.Board).all)
}

// remindAll asks before it is recorded that all who are late or due soon were reminded: one change.
func (t *Tab) remindAll(f *frame.Frame) tea.Cmd {
	rows := chased(f.Board).all
	if err := f.Board.Campaign.MayWriteOffice(f.Person); err != nil {
		return f.Refused(err)
	}
	if len(rows) == 0 {
		return frame.Notice(event.Info, f.Words.T("no report is late or due soon"))
	}
	var due []model.Chased
	for _, row := range rows {
		due = append(due, model.Chased{Board: f.Board, Row: row})
	}
	sent := f.Board.Campaign.Office.Reminders
	change := model.Change{
		Person: f.Person, Subject: model.Subject{Kind: model.SubjectReminder}, Seen: sent, New: sent.Remind(due...),
	}
	question := f.Words.Count(len(due), "Record a reminder to %d unit that is late or due soon?",
		"Record a reminder to the %d units that are late or due soon?")
	return t.ask(f, change, lang.InPeriod(f.Words, f.Board, question))
}

// letter is the reminder to a unit, in the language of the plan.
func letter(board *model.Board, unit string) (string, error) {
	written, err := report.NewLetter(board, unit)
	if err != nil {
		return "", err
	}
	return written.Text(), nil
}

// copyReminder copies the text of a reminder to the clipboard.
func (t *Tab) copyReminder(f *frame.Frame, unit model.UnitRow) tea.Cmd {
	if err := notWaiting(f, unit); err != nil {
		return f.Refused(err)
	}
	said, err := letter(f.Board, unit.Unit.ID)
	if err != nil {
		return f.Refused(err)
	}
	copied := event.Copied{
		Text:  said,
		Named: f.Words.T("the reminder to %s", unit.Unit.Name),
	}
	return func() tea.Msg { return copied }
}

// copyAll copies the texts for all who are late or due soon.
func (t *Tab) copyAll(f *frame.Frame) tea.Cmd {
	rows := chased(f.Board).all
	if len(rows) == 0 {
		return frame.Notice(event.Info, f.Words.T("no report is late or due soon"))
	}
	var texts []string
	for _, row := range rows {
		said, err := letter(f.Board, f.Board.Units[row].Unit.ID)
		if err != nil {
			return f.Refused(err)
		}
		texts = append(texts, said)
	}
	copied := event.Copied{Text: strings.Join(texts, "\n"), Named: f.Words.Count(len(rows), "%d reminder", "%d reminders")}
	return func() tea.Msg { return copied }
}
