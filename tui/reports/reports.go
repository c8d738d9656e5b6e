// Package reports is the tab of reporting progress: the rates, the days left, a
// row for each unit with the way of its report, and the Office's own part.
package reports

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/document"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/part"
	"example.org/tiendo/model/text"
	"example.org/tiendo/tui/browse"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/form"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/layout"
)

// The rows of the Office's part. No id of a unit begins so.
const (
	summaryRow = "=summary"
	textRow    = "=text:" // and the id of a text of the Office
)

// shown is what the tab shows.
type shown int

// The views, in the order in which a key goes through them.
const (
	showsUnits shown = iota
	showsFigures
	showsOffice
	showsPreview // to which a key of its own leads
)

// Tab is the tab.
type Tab struct {
	papers  Papers
	list    browse.Browser
	placed  bool // the cursor has been put on the person's own unit
	units   browse.Filtered
	columns columns // of the rows that were drawn last
	shown   shown
	grid    grid
	preview preview
	editor  form.Editor
	several form.Several // what is written to several units
	// exporting asks for the format of a file; nil while that is not open.
	exporting *exporting
	before    shown // before the person came to what they see now
	// followed is the unit that was chosen last, here or on another tab.
	followed string
	writing  *model.Unit // whose checklist stands beside the open form; nil for none
}

// New makes the tab.
func New(papers Papers) *Tab { return &Tab{papers: papers} }

// Capturing reports whether the tab wants every key: a form is open.
func (t *Tab) Capturing() bool {
	return t.editor.Capturing() || t.several.Capturing() || t.exporting != nil
}

// Holds reports whether the form is open of the entry that a change is about: figures are written here, too.
func (t *Tab) Holds(change model.Change) bool { return t.editor.Holds(change) }

// Bindings lists the keys of the tab, or of its open form.
func (t *Tab) Bindings(f *frame.Frame) []key.Binding {
	switch {
	case t.exporting != nil:
		return t.exportBindings(f)
	case t.several.Capturing():
		return t.several.Bindings(f)
	case t.shown == showsPreview && !t.Capturing():
		return t.previewBindings(f)
	case t.Capturing():
		return t.editor.Bindings(f)
	case f.Units.Any() && t.shown == showsUnits:
		return slices.Concat(markedBindings(f), t.list.Bindings(f))
	}
	// While a report is read, the next one is what matters; else that there is another side.
	back, between := t.list.Bindings(f), []key.Binding{f.Keys.NextUnit, f.Keys.PreviousUnit}
	if t.shown == showsOffice || len(t.rows(f)) < 2 { // there is no other unit
		between = nil
	}
	view := map[shown]key.Binding{showsUnits: f.Keys.ToFigures, showsFigures: f.Keys.Part, showsOffice: f.Keys.ToUnits}
	first, last := []key.Binding{view[t.shown], f.Keys.Preview}, between
	if len(back) > 0 {
		first, last = slices.Concat(back, between), first
	}
	unit, found := t.unit(f)
	campaign := f.Board.Campaign
	switch {
	case t.shown == showsFigures:
		first, last = t.figureBindings(f), []key.Binding{f.Keys.Preview}
	case found && unit.ReportTimeliness == calendar.Disputed:
		first = append([]key.Binding{f.Keys.Decide}, first...)
	case found:
		first = unitBindings(f, unit, first)
	case t.text() != "":
		first = slices.Concat([]key.Binding{frame.Offer(f.Keys.Write, campaign.MayWriteOffice(f.Person))}, first)
	case t.list.Current() == summaryRow:
		first = slices.Concat([]key.Binding{frame.Offer(f.Keys.AcceptAll, nothingFor(waiting(f)))}, first,
			[]key.Binding{
				frame.Offer(f.Keys.Remind, mayRemindAll(f)),
				frame.Offer(f.Keys.CopyReminder, nothingFor(chased(f.Board).all)),
			})
	}
	if t.shown != showsOffice {
		last = append(slices.Clip(last), f.Keys.PickSpace, f.Keys.Sort)
	}
	if f.Board.Period != "" {
		first = append(slices.Clip(first), f.Keys.PeriodBefore, f.Keys.PeriodAfter)
	}
	if t.papers.Write != nil {
		last = append(slices.Clip(last), f.Keys.Export)
	}
	return slices.Concat(first, last)
}

// Refusal says why the person may do nothing with what is under the cursor.
func (t *Tab) Refusal(f *frame.Frame) error {
	if t.shown == showsPreview {
		return nil
	}
	if unit, found := t.unit(f); found {
		return f.Board.Campaign.MayChange(f.Person, unit.Unit.ID)
	}
	if t.list.Current() == "" {
		return nil
	}
	return f.Board.Campaign.MayWriteOffice(f.Person)
}

// Parts are the indicator under the cursor where there is one, what the plan says of the reports, its periods that are
// spelled out, and what stands once in it.
func (t *Tab) Parts(f *frame.Frame) []model.Subject {
	rule := f.Board.Campaign.Plan.Reporting.Rule
	var parts []model.Subject
	if t.shown == showsFigures && t.grid.current(f) >= 0 {
		parts = append(parts, part.Subject("indicator", t.grid.of(f).Columns[t.grid.current(f)].Key(f.Board)))
	}
	parts = append(parts, part.Subject("reporting", ""))
	for _, period := range f.Board.Campaign.Plan.Reporting.Periods {
		if period.Sums || rule.Every == "" {
			parts = append(parts, part.Subject("period", period.ID))
		}
	}
	return append(parts, part.Subject("calendar", ""), part.Subject("document", ""), part.Subject("plan", ""),
		part.Subject("signature", ""))
}

// Settle begins with the person's own unit and keeps the cursor on a row that is shown.
func (t *Tab) Settle(f *frame.Frame) {
	if !t.placed {
		t.placed = true
		if f.Board.UnitIndex(f.Person.Unit) >= 0 {
			t.list.Select(f.Person.Unit)
		}
	}
	if t.shown == showsPreview {
		return
	}
	if f.Unit != t.followed { // chosen on another tab
		if t.followed = f.Unit; f.Board.UnitIndex(f.Unit) >= 0 && t.shown != showsOffice && !t.list.Opened() {
			t.list.Select(f.Unit)
		}
	}
	t.list.Keep(t.rows(f))
}

// FilterName says what the filter leaves: what is due soon is shown here too.
func (t *Tab) FilterName(f *frame.Frame) string {
	switch {
	case t.shown == showsPreview:
		return ""
	case f.Show == frame.ShowLate && f.Person.Role == model.Coordinator:
		return f.LateName(f.Words.T("overdue, due soon, returned, to be accepted"))
	case f.Show == frame.ShowLate:
		return f.LateName(f.Words.T("overdue, due soon, returned"))
	}
	return f.Show.Name(f.Words)
}

// Update takes one message.
func (t *Tab) Update(message tea.Msg, f *frame.Frame) tea.Cmd {
	t.Settle(f)
	if command, taken := t.editor.Update(message, f); taken {
		return command
	}
	if command, taken := t.several.Update(message, f); taken {
		return command
	}
	rows := t.rows(f)
	switch message := message.(type) {
	case made:
		t.preview.show(message.board, message.document)
		return t.Wake(f) // the data may have changed meanwhile
	case wroteFile:
		return t.wrote(message, f)
	case writeWanted:
		if at := f.Board.UnitIndex(message.unit); at >= 0 && !t.Capturing() {
			return t.writeReport(f, f.Board.Units[at])
		}
	case event.PlaceWanted:
		return t.show(f, message)
	case event.PlaceLeft:
		if t.before == showsOffice {
			t.list.Select(summaryRow)
			t.list.Open()
		}
		if t.before != showsUnits {
			t.shown, t.before = t.before, showsUnits
		}
	case tea.KeyMsg:
		switch {
		case t.exporting != nil:
			return t.exportKey(message, f)
		case key.Matches(message, f.Keys.Export, f.Keys.Preview) && f.Board.Campaign.Unread > 0:
			return needsAll(f)
		case key.Matches(message, f.Keys.Export):
			return t.export(f)
		case t.shown == showsPreview:
			return t.previewKey(message, f)
		case key.Matches(message, f.Keys.Preview):
			return t.openPreview(f)
		}
		command := tea.Batch(t.key(message, f, rows), t.list.Going())
		t.choose(f)
		return command
	case tea.MouseMsg:
		switch {
		case t.exporting != nil:
			t.exporting.form.Mouse(message)
			return nil
		case t.shown == showsPreview:
			t.preview.list.Update(message, f, t.preview.rows(f))
			return nil
		}
		if t.list.Update(message, f, rows) {
			if t.shown == showsFigures && message.Button == tea.MouseButtonLeft {
				t.grid.clicked(f, message.X)
			}
			t.choose(f)
		}
		if t.shown == showsUnits {
			return tea.Batch(t.list.SortByHead(f, t.columns.order), t.list.Going())
		}
	}
	return t.list.Going()
}

// show puts the cursor on a unit's report or on a text of the Office, with its form if that is wanted.
func (t *Tab) show(f *frame.Frame, wanted event.PlaceWanted) tea.Cmd {
	kind := wanted.Subject.Kind
	if wanted.As > event.InItsForm || kind != model.SubjectReport && !kind.OfOffice() {
		return nil // it is for another tab
	}
	row := map[bool]string{true: textRow + wanted.Subject.ID, false: wanted.Unit}[kind == model.SubjectText]
	if kind == model.SubjectText && wanted.Subject.ID == "" {
		row = summaryRow
	}
	if kind == model.SubjectReminder {
		row = cmp.Or(wanted.Unit, wanted.Subject.ID)
	}
	t.before, t.shown = t.shown, showsUnits
	if kind == model.SubjectText {
		t.shown = showsOffice
	}
	t.list.Select(row)
	t.list.Close()
	t.list.Keep(t.rows(f))
	switch unit, found := t.unit(f); {
	case wanted.As != event.InItsForm:
	case found:
		return t.writeReport(f, unit)
	case t.text() != "":
		return t.writeText(f, t.text())
	}
	return nil
}

// Here is the report or the text under the cursor; among the figures, the entry to which the one there belongs.
func (t *Tab) Here(f *frame.Frame) (unit string, subject model.Subject, ok bool) {
	switch t.shown {
	case showsPreview:
		return "", model.Subject{}, false
	case showsFigures:
		change, _, ok := t.entryChange(f)
		return change.Unit, change.Subject, ok
	}
	if row, found := t.unit(f); found {
		return row.Unit.ID, f.Board.ReportSubject(), true
	}
	id := t.text()
	return "", model.Subject{Kind: model.SubjectText, ID: string(id)}, id != ""
}

// choose tells the other tabs which unit the person is at.
func (t *Tab) choose(f *frame.Frame) {
	if _, found := t.unit(f); found {
		f.Unit, t.followed = t.list.Current(), t.list.Current()
	}
}

func (t *Tab) key(message tea.KeyMsg, f *frame.Frame, rows []browse.Row) tea.Cmd {
	keys := f.Keys
	unit, found := t.unit(f)
	if t.shown != showsOffice {
		if command, taken := t.list.MarkKey(message, f, rows, &f.Units, keys.PickSpace); taken {
			return command
		}
	}
	if t.shown == showsUnits {
		if command, taken := t.markedKey(message, f); taken {
			return command
		}
	}
	switch {
	case key.Matches(message, keys.Part):
		t.turn(f)
	case key.Matches(message, keys.Sort):
		return browse.NextOrder(f)
	case t.shown == showsFigures:
		return t.figureKey(message, f, rows)
	case key.Matches(message, keys.NextUnit):
		return t.step(f, rows, +1)
	case key.Matches(message, keys.PreviousUnit):
		return t.step(f, rows, -1)
	case f.Board.Campaign.Unread > 0 && (key.Matches(message, keys.AcceptAll) || !found && key.Matches(message,
		keys.Remind, keys.CopyReminder)):
		return needsAll(f)
	case key.Matches(message, keys.AcceptAll):
		return t.acceptAll(f)
	case found && unit.ReportTimeliness == calendar.Disputed &&
		key.Matches(message, keys.Open, keys.Write, keys.Submit, keys.Accept):
		return frame.Decide(unit.Unit.ID, f.Board.ReportSubject())
	case found && key.Matches(message, unitKeys(f)...):
		return t.unitKey(message, f, unit)
	case t.text() != "" && key.Matches(message, keys.Write):
		return t.writeText(f, t.text())
	case t.list.Current() == summaryRow && key.Matches(message, keys.Remind):
		return t.remindAll(f)
	case t.list.Current() == summaryRow && key.Matches(message, keys.CopyReminder):
		return t.copyAll(f)
	case t.list.Current() == "" && key.Matches(message, unitKeys(f)...):
		return frame.Notice(event.Info, f.Words.T("there is no entry under the cursor"))
	case key.Matches(message, keys.Submit, keys.Accept, keys.Return, keys.Withdraw, keys.Extend):
		return frame.Notice(event.Info, f.Words.T("this key is for the row of a unit"))
	case !t.list.Update(message, f, rows):
		return f.Unused(message)
	}
	return nil
}

// turn goes on to the next view: the units, the figures where there are any, the Office's part.
func (t *Tab) turn(f *frame.Frame) {
	t.shown = (t.shown + 1) % (showsOffice + 1)
	if t.shown == showsFigures && t.grid.current(f) < 0 {
		t.shown = showsOffice
	}
	t.list.Close()
	switch t.shown {
	case showsUnits:
		t.list.Select(f.Unit)
	case showsOffice:
		t.list.Select(summaryRow)
	default: // the figures are about the unit that was under the cursor
	}
	t.list.Keep(t.rows(f))
}

// needsAll says that a key works once all records are read.
func needsAll(f *frame.Frame) tea.Cmd {
	return frame.Notice(event.Info, f.Words.T("this needs all records: press the key again when they are read"))
}

// step goes to the next or the previous row; while a report is read, to the next report.
func (t *Tab) step(f *frame.Frame, rows []browse.Row, by int) tea.Cmd {
	if !t.list.Step(rows, by) {
		return frame.Notice(event.Info, f.Words.T("there is no further unit in this direction"))
	}
	return nil
}

func (t *Tab) unit(f *frame.Frame) (model.UnitRow, bool) {
	if at := f.Board.UnitIndex(t.list.Current()); at >= 0 {
		return f.Board.Units[at], true
	}
	return model.UnitRow{}, false
}

// text is the text of the Office under the cursor; "" for none.
func (t *Tab) text() model.OfficeText {
	id, found := strings.CutPrefix(t.list.Current(), textRow)
	if !found {
		return ""
	}
	return model.OfficeText(id)
}

func (t *Tab) rows(f *frame.Frame) []browse.Row {
	if t.shown == showsOffice && !f.Filtered() { // a filter is about units
		rows := []browse.Row{{ID: summaryRow}}
		for _, id := range document.OfficeTexts() {
			rows = append(rows, browse.Row{ID: textRow + string(id)})
		}
		return rows
	}
	aboutUnits := sync.OnceValue(func() bool { // else about what they have written
		return f.Query.Empty() || browse.UnitsOf(f.Board.Campaign.Roster.Units).Names().Any(f.Query)
	})
	return t.units.Of(f, aboutUnits, func(unit *model.UnitRow) bool {
		return shows(f, unit) && (aboutUnits() || f.Query.Match(written(f.Board)[f.Board.UnitIndex(unit.Unit.ID)]))
	}, func(a, b *model.UnitRow) int { return cmp.Or(browse.ReportFirst(f, a, b), browse.MoreLate(a, b)) })
}

// The keys of what is worked out of a board once for all who look at it.
type (
	writtenOn   struct{}
	earlierThan struct{}
	waitingOn   struct{}
	chasedOn    struct{}
)

// written is what stands in the reports of the units of a board, ready to be sought.
func written(board *model.Board) []text.Folded {
	return model.Once(board, writtenOn{}, func() []text.Folded {
		all := make([]text.Folded, len(board.Units))
		for i := range board.Units {
			report := board.Units[i].Report
			words := []string{report.NilReason, report.Reason, report.ExtensionReason}
			for fact := range field.In(model.ReportFields, field.Written) {
				words = append(words, field.Text(fact.At(&report)))
			}
			all[i] = text.NewFolded(strings.Join(words, "\n"))
		}
		return all
	})
}

// earlier are the earlier periods of which a report is still to come, or to be accepted.
func earlier(board *model.Board) []model.ReportingRow {
	return model.Once(board, earlierThan{}, board.Earlier)
}

func shows(f *frame.Frame, unit *model.UnitRow) bool {
	switch f.Show {
	case frame.ShowOpen:
		return unit.Report.Status != model.Accepted || unit.ReportTimeliness == calendar.Disputed
	case frame.ShowLate:
		switch unit.ReportTimeliness {
		case calendar.Overdue, calendar.DueToday, calendar.DueSoon:
			return true
		default:
			return f.ReportLate(*unit) || unit.Broken != nil
		}
	case frame.ShowMine:
		return f.MyUnit(unit.Unit.ID)
	default:
		return true
	}
}

// View draws the tab.
func (t *Tab) View(f *frame.Frame, width, height int) string {
	switch {
	case t.exporting != nil:
		return t.exporting.form.View(f, width, height)
	case t.several.Capturing():
		return t.several.View(f, width, height)
	case t.shown == showsPreview && !t.Capturing():
		return t.viewPreview(f, width, height)
	case t.Capturing():
		return t.viewForm(f, width, height)
	}
	if t.shown == showsFigures {
		return t.viewFigures(f, width, height)
	}
	rows := t.rows(f)
	above := summary(f, width, height >= heightForBar)
	if height >= heightForBurnUp {
		above = append(above, burnUp(f, width)...)
	}
	names := browse.UnitsOf(f.Board.Campaign.Roster.Units)
	body := layout.Divide(width, height-len(above), 1+len(rows), wholeWidth(names))
	columns := fit(names, body.ListWidth-map[bool]int{false: 1}[body.Beside]) // nothing runs into the last column
	t.columns = columns
	return t.list.View(f, browse.Content{
		Above: above,
		Top:   t.top(f, columns, body.ListWidth),
		Rows:  rows,
		Line: func(row int, current bool, width int) string {
			id := rows[row].ID
			if at := f.Board.UnitIndex(id); at >= 0 {
				return line(f, columns, f.Board.Units[at], current)
			}
			return officeLine(f, id, current, width-1)
		},
		Width: wholeWidth(names),
		Detail: func(width int) (string, []string) {
			title, page := t.detail(f, width)
			return title, page.lines
		},
		Links: func(width int) []browse.Link {
			_, page := t.detail(f, width)
			return page.links
		},
		Under: func(width, height int) []string { return t.totals(f, width, height) },
		Empty: []string{f.Words.T("No matches."), f.Words.T("Esc shows everything again.")},
	}, width, height)
}

// top names the columns of the units.
func (t *Tab) top(f *frame.Frame, c columns, width int) []string {
	if t.shown == showsOffice && !f.Filtered() {
		return []string{f.Styles.Muted.Render(layout.Cut(layout.Blank(3)+f.Words.T("The Office's part"), width))}
	}
	return []string{titles(f, c, width)}
}

func (t *Tab) detail(f *frame.Frame, width int) (title string, p *page) {
	if unit, found := t.unit(f); found {
		return detail(f, unit, width)
	}
	if id := t.text(); id != "" {
		return textDetail(f, id, width)
	}
	return overview(f, width)
}
