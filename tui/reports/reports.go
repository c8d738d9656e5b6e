// Package reports is the tab of reporting progress: the rates, the days left
// and a row for each unit, with submitting, accepting and returning.
package reports

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/text"
	"example.org/tiendo/tui/browse"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/form"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/layout"
)

// Sizes of the reason for a return.
const (
	reasonLines = 3
	reasonLimit = 1_000 // characters
)

// Tab is the tab.
type Tab struct {
	list    browse.Browser
	board   *model.Board // for which the names are folded
	folded  []text.Folded
	names   nameWidths
	editing *reasonForm
}

// nameWidths are the widths of the longest full and of the longest short name of a unit.
type nameWidths struct{ full, short int }

// reasonForm is the open form that asks why a report is returned.
type reasonForm struct {
	change model.Change
	form   *form.Form
	reason *form.Area
}

// New makes the tab.
func New() *Tab { return &Tab{} }

// Capturing reports whether the tab wants every key: a form is open.
func (t *Tab) Capturing() bool { return t.editing != nil }

// Bindings lists the keys of the tab, or of its open form.
func (t *Tab) Bindings(f *frame.Frame) []key.Binding {
	if t.editing != nil {
		return t.editing.form.Bindings(f)
	}
	unit, found := t.unit(f)
	if !found {
		return nil
	}
	own := []key.Binding{f.Keys.Submit, f.Keys.Accept, f.Keys.Return}
	for i, report := range steps(f, unit) {
		own[i] = frame.Offer(own[i], f.Board.Campaign.Check(change(f, unit, report)))
	}
	return append(own, t.list.Bindings(f)...)
}

// Refusal says why the person may do nothing with the report under the cursor.
func (t *Tab) Refusal(f *frame.Frame) error {
	unit, found := t.unit(f)
	if !found {
		return nil
	}
	return f.Board.Campaign.MayChange(f.Person, unit.Unit.ID)
}

// steps are the report as the keys would leave it: submitted, accepted, returned.
func steps(f *frame.Frame, unit model.UnitRow) []model.Report {
	return []model.Report{unit.Report.Submit(), unit.Report.Accept(), unit.Report.Return(f.Words.T("the reason"))}
}

// Settle keeps the cursor on a unit that is shown.
func (t *Tab) Settle(f *frame.Frame) { t.list.Keep(t.rows(f)) }

// Update takes one message.
func (t *Tab) Update(message tea.Msg, f *frame.Frame) tea.Cmd {
	rows := t.rows(f)
	t.list.Keep(rows)
	switch message := message.(type) {
	case event.Saved:
		if message.Err == nil && t.about(message.Change) {
			t.editing = nil
		}
	case event.EditWanted:
		if t.about(message.Change) {
			t.editing.change.Seen = message.Change.Seen
		}
	case event.Withdrawn:
		if t.about(message.Change) {
			t.editing = nil
		}
	case tea.KeyMsg:
		if t.editing != nil {
			return t.formKey(message, f)
		}
		command := t.key(message, f, rows)
		f.Unit = t.list.Current()
		return command
	case tea.MouseMsg:
		if t.editing == nil && t.list.Update(message, f, rows) {
			f.Unit = t.list.Current()
		}
	}
	return nil
}

func (t *Tab) about(change model.Change) bool {
	return t.editing != nil && t.editing.change.Unit == change.Unit && t.editing.change.Subject == change.Subject
}

func (t *Tab) key(message tea.KeyMsg, f *frame.Frame, rows []browse.Row) tea.Cmd {
	w := f.Words
	unit, found := t.unit(f)
	switch {
	case key.Matches(message, f.Keys.Submit) && found:
		to := f.Board.Campaign.Roster.Unit(f.Board.Campaign.Plan.Reporting.To)
		question := w.T("Submit the report of %s?", unit.Unit.Name)
		if to != nil {
			question = w.T("Submit the report of %s to %s?", unit.Unit.Name, to.Name)
		}
		return t.ask(f, unit, unit.Report.Submit(), question)
	case key.Matches(message, f.Keys.Accept) && found:
		return t.ask(f, unit, unit.Report.Accept(), w.T("Accept the report of %s? Its record is locked then.", unit.Unit.Name))
	case key.Matches(message, f.Keys.Return) && found:
		return t.returnReport(f, unit)
	case !found && key.Matches(message, f.Keys.Submit, f.Keys.Accept, f.Keys.Return):
		return frame.Notice(event.Info, w.T("there is no entry under the cursor"))
	case !t.list.Update(message, f, rows):
		return f.Unused(message)
	}
	return nil
}

func (t *Tab) unit(f *frame.Frame) (model.UnitRow, bool) {
	if at := f.Board.UnitIndex(t.list.Current()); at >= 0 {
		return f.Board.Units[at], true
	}
	return model.UnitRow{}, false
}

func change(f *frame.Frame, unit model.UnitRow, report model.Report) model.Change {
	return model.Change{
		Person: f.Person, Unit: unit.Unit.ID, Subject: model.Subject{Kind: model.SubjectReport},
		Seen: model.Value{Report: unit.Report}, New: model.Value{Report: report},
	}
}

// ask puts the question before a step that is hard to undo; what the rules forbid is refused at once.
func (t *Tab) ask(f *frame.Frame, unit model.UnitRow, report model.Report, question string) tea.Cmd {
	change := change(f, unit, report)
	if f.Changes.Busy(change.Unit, change.Subject) {
		return frame.Notice(event.Info, f.Words.T("the last change of this entry is still being written"))
	}
	if err := f.Board.Campaign.Check(change); err != nil {
		return f.Refused(err)
	}
	return func() tea.Msg { return event.Asked{Question: question, Change: change} }
}

// returnReport opens the form for the reason.
func (t *Tab) returnReport(f *frame.Frame, unit model.UnitRow) tea.Cmd {
	w := f.Words
	change := change(f, unit, unit.Report.Return(w.T("the reason")))
	if err := f.Board.Campaign.Check(change); err != nil {
		return f.Refused(err)
	}
	reason := form.NewArea(f.Styles, "", reasonLines, reasonLimit)
	fields := []*form.Field{{Label: w.T("Reason"), Hint: w.T("what is missing, so that the unit can mend it"), Area: reason}}
	t.editing = &reasonForm{change: change, reason: reason, form: form.New(w.T("Return the report of %s", unit.Unit.Name), fields, 0)}
	return nil
}

func (t *Tab) formKey(message tea.KeyMsg, f *frame.Frame) tea.Cmd {
	switch t.editing.form.Update(message, f) {
	case form.Leave:
		t.editing = nil
	case form.Save:
		change := t.editing.change
		change.New.Report.Reason = strings.TrimSpace(t.editing.reason.Value())
		if err := f.Board.Campaign.Check(change); err != nil {
			return f.Refused(err)
		}
		return f.Changes.Make(change)
	case form.Editing:
	}
	return nil
}

func (t *Tab) rows(f *frame.Frame) []browse.Row {
	if t.board != f.Board {
		t.board, t.folded, t.names = f.Board, nil, nameWidths{}
		for _, row := range f.Board.Units {
			t.folded = append(t.folded, text.NewFolded(row.Unit.Name+" "+row.Unit.Short))
			t.names.full = max(t.names.full, layout.Width(row.Unit.Name))
			t.names.short = max(t.names.short, layout.Width(row.Unit.ShortName()))
		}
	}
	var rows []browse.Row
	for i, unit := range f.Board.Units {
		if shows(f, unit) && f.Query.Match(t.folded[i]) {
			rows = append(rows, browse.Row{ID: unit.Unit.ID})
		}
	}
	return rows
}

func shows(f *frame.Frame, unit model.UnitRow) bool {
	switch f.Show {
	case frame.ShowOpen:
		return unit.Report.Status != model.Accepted
	case frame.ShowLate:
		return unit.ReportTimeliness == model.Overdue || unit.ReportTimeliness == model.DueToday ||
			unit.Report.Status == model.Returned || unit.Broken != nil
	case frame.ShowMine:
		return f.MyUnit(unit.Unit.ID)
	default:
		return true
	}
}

// View draws the tab.
func (t *Tab) View(f *frame.Frame, width, height int) string {
	if t.editing != nil {
		return t.editing.form.View(f, width, height)
	}
	rows := t.rows(f)
	above := summary(f, width, height >= heightForBar)
	if height >= heightForBurnUp {
		above = append(above, burnUp(f, width)...)
	}
	body := layout.Divide(width, height-len(above), 1+len(rows))
	columns := fit(t.names, body.ListWidth)
	return t.list.View(f, browse.Content{
		Above: above,
		Top:   []string{titles(f, columns, body.ListWidth)},
		Rows:  rows,
		Line: func(row int, current bool, _ int) string {
			return line(f, columns, f.Board.Units[f.Board.UnitIndex(rows[row].ID)], current)
		},
		Detail: func(width int) (string, []string) {
			unit, _ := t.unit(f)
			return detail(f, unit, width)
		},
		Empty: []string{f.Words.T("Nothing fits the filter."), f.Words.T("Esc shows everything again.")},
	}, width, height)
}

// columns are the widths of a row: name, report, day of submission, activities, figures.
type columns struct{ name, report, day, done, figures int }

// The report's column is at least usualReport wide where there is room, and leastReport elsewhere.
const (
	usualReport = 24
	leastReport = 15
)

// fit divides a width: what the longest full names do not need goes to the
// report; where that is too little, the longest short names have to do.
func fit(names nameWidths, width int) columns {
	c := columns{day: 10, done: 7, figures: 9}
	if width < 72 {
		c.figures = 0
	}
	if width < 60 {
		c.day = 0
	}
	room := width - 3 - c.day - c.done - c.figures
	switch {
	case room-names.full > usualReport:
		c.name = names.full + 1
	case room-names.short > leastReport:
		c.name = max(names.short+1, room-usualReport)
	default:
		c.name = max(room-leastReport, room/2)
	}
	c.report = room - c.name
	return c
}

// heightForBar is the height of the tab from which there is room for a bar.
const heightForBar = 12

// heightForBurnUp is the height from which there is room for the burn-up too.
const heightForBurnUp = 24

// summary is the rates and the bar.
func summary(f *frame.Frame, width int, withBar bool) []string {
	w, r := f.Words, f.Board.Reporting
	items := []string{
		w.T("Sent %d of %d (%d%%)", r.Received, r.Expected, r.ReceivedPercent()),
		w.T("on time %d (%d%%)", r.OnTime, r.OnTimePercent()),
		w.T("accepted %d", r.Accepted),
	}
	if r.Returned > 0 {
		items = append(items, w.T("returned %d", r.Returned))
	}
	deadline := w.T("deadline %s", w.ShortDay(r.Deadline.LastDay(), f.Board.Today))
	left := deadline + " · " + f.Left(r.Deadline)
	if f.Ended() {
		left = f.Left(r.Deadline)
	} else if !withBar { // the header of a small screen does not say it
		items = append(items, deadline)
	}
	lines := layout.Flow(items, " · ", width-2)
	for i := range lines {
		lines[i] = " " + lines[i]
	}
	if withBar && len(lines) == 1 && layout.Width(lines[0])+layout.Width(left)+2 <= width {
		lines[0] = layout.Ends(lines[0], left+" ", width)
	}
	if !withBar {
		return lines
	}
	bar := f.Bar(model.Tally{Assigned: r.Expected, Done: r.Accepted, Doing: r.Received - r.Accepted}, width-2)
	return append(lines, " "+bar)
}

// titles names the columns.
func titles(f *frame.Frame, c columns, width int) string {
	w := f.Words
	words := layout.Blank(3) + layout.Left(w.T("Unit"), c.name) + layout.Left(w.T("Report"), c.report) +
		layout.Left(w.T("Sent"), c.day) + layout.Right(w.T("Tasks"), c.done) + layout.Right(w.T("Figures"), c.figures)
	return f.Styles.Muted.Render(layout.Cut(words, width))
}

func line(f *frame.Frame, c columns, unit model.UnitRow, current bool) string {
	w := f.Words
	sign, style := f.Signs.Report(f.Styles, unit, f.Board.Phase)
	name := unit.Unit.Name
	if layout.Width(name) > c.name-1 {
		name = unit.Unit.ShortName()
	}
	name = layout.Left(name, c.name-1) + " "
	mark := "   "
	if current {
		mark, name = " "+f.Styles.Accent.Render(f.Signs.Cursor)+" ", f.Styles.Title.Render(name)
	}
	sent := "—"
	if !unit.Report.SubmittedAt.IsZero() {
		sent = w.ShortDay(model.DayIn(unit.Report.SubmittedAt, f.Board.Campaign.Plan.TimeZone), f.Board.Today)
		if unit.ReportTimeliness == model.SentLate {
			sent += " " + f.Signs.DoneLate
		}
	}
	report := style.Render(layout.Left(sign+" "+standing(f, unit), c.report-1)) + " "
	return mark + name + report + layout.Left(sent, c.day) +
		layout.Right(fmt.Sprintf("%d/%d", unit.Tally.Done, unit.Tally.Applicable()), c.done) +
		layout.Right(rightOrNothing(unit, c), c.figures)
}

func rightOrNothing(unit model.UnitRow, c columns) string {
	if c.figures == 0 || unit.Broken != nil {
		return ""
	}
	return strconv.Itoa(unit.Figures.Given) + "/" + strconv.Itoa(unit.Figures.Asked)
}

// standing says how a unit's report stands, in words.
func standing(f *frame.Frame, unit model.UnitRow) string {
	w := f.Words
	words := unit.Report.Status.Label(w.Language)
	switch {
	case unit.Broken != nil:
		return w.T("not known: the unit's file is broken")
	case unit.Report.Status == model.Returned && unit.Report.Reason != "":
		return words + ": " + unit.Report.Reason
	case unit.Report.Sent():
		return words
	case unit.ReportTimeliness == model.DueToday:
		return unit.ReportTimeliness.Label(w.Language) // that it is not sent goes without saying
	case unit.ReportTimeliness == model.Overdue && !f.Ended():
		return words + ", " + unit.ReportTimeliness.Label(w.Language)
	default:
		return words
	}
}

// detail is the unit's report and what can be done with it now.
func detail(f *frame.Frame, unit model.UnitRow, width int) (title string, lines []string) {
	w, report := f.Words, unit.Report
	title = unit.Unit.Name + " · " + w.T("report: %s", report.Status)
	add := func(words string) { lines = append(lines, layout.Wrap(words, width)...) }
	if unit.Broken != nil {
		add(f.Signs.Problem + " " + unit.Broken.Place() + ": " + w.Say(unit.Broken.What))
		return title, lines
	}
	if report.Reason != "" {
		add(w.T("returned because: %s", report.Reason))
	}
	if signed := f.Signed(report.By, report.At); signed != "" {
		add(w.T("last change: %s", signed))
	}
	if !report.SubmittedAt.IsZero() {
		add(w.T("first sent: %s", w.When(report.SubmittedAt, f.Board.Today, f.Board.Campaign.Plan.TimeZone)) + " · " + unit.ReportTimeliness.Label(w.Language))
	} else {
		add(w.T("deadline: %s", w.LongDay(f.Board.Reporting.Deadline.LastDay())) + " · " + f.Left(f.Board.Reporting.Deadline))
	}
	add(w.T("activities: %d of %d done, %d in progress, %d not applicable", unit.Tally.Done, unit.Tally.Applicable(), unit.Tally.Doing, unit.Tally.NA) +
		" · " + w.T("figures: %d of %d", unit.Figures.Given, unit.Figures.Asked))
	for _, line := range layout.Wrap(next(f, unit), width) {
		lines = append(lines, f.Styles.Muted.Render(line))
	}
	for _, part := range []struct{ label, words string }{
		{w.T("Results"), report.Results},
		{w.T("Difficulties"), report.Difficulties},
		{w.T("Recommendations"), report.Recommendations},
	} {
		if part.words != "" {
			add(part.label + ": " + part.words)
		}
	}
	return title, lines
}

// next says what the person can do with the report now, or why nothing.
func next(f *frame.Frame, unit model.UnitRow) string {
	w := f.Words
	words := []string{w.T("s submits it"), w.T("a accepts it"), w.T("r returns it, with a reason")}
	var open []string
	for i, report := range steps(f, unit) {
		if f.Board.Campaign.Check(change(f, unit, report)) == nil {
			open = append(open, words[i])
		}
	}
	if len(open) > 0 {
		return strings.Join(open, " · ")
	}
	if err := f.Board.Campaign.MayChange(f.Person, unit.Unit.ID); err != nil {
		return w.Error(err)
	}
	return w.T("there is nothing to do with it now")
}
