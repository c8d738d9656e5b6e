// Package messages is the tab of the plan's messages (thông điệp): how many
// units used each and where.
package messages

import (
	"slices"
	"strconv"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/part"
	"example.org/tiendo/model/text"
	"example.org/tiendo/tui/browse"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/form"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/layout"
)

// Tab is the tab.
type Tab struct {
	list   browse.Browser
	board  *model.Board // for which the texts are folded
	folded []text.Folded
	editor form.Editor
}

// New makes the tab.
func New() *Tab { return &Tab{} }

// Capturing reports whether the tab wants every key: a form is open.
func (t *Tab) Capturing() bool { return t.editor.Capturing() }

// Bindings lists the keys of the tab, or of its open form.
func (t *Tab) Bindings(f *frame.Frame) []key.Binding {
	if t.Capturing() {
		return t.editor.Bindings(f)
	}
	own := []key.Binding{f.Keys.Copy, frame.Offer(f.Keys.Channels, t.Refusal(f))}
	if mayChoose(f) {
		own = append(own, f.Keys.OtherUnit)
	}
	return append(own, t.list.Bindings(f)...)
}

// Refusal says why the person may not record where the message under the cursor was used.
func (t *Tab) Refusal(f *frame.Frame) error {
	change, ok := t.current(f)
	if !ok {
		return nil
	}
	return f.Board.Campaign.Check(change)
}

// Shows reports whether the use that a change is about is in sight.
func (t *Tab) Shows(f *frame.Frame, change model.Change) bool {
	at := usingUnit(f)
	return change.Subject.Kind == model.SubjectMessage && at >= 0 && f.Board.Units[at].Unit.ID == change.Unit &&
		t.list.InSight(t.rows(f), change.Subject.ID)
}

// Parts are the message under the cursor and the channels.
func (t *Tab) Parts(f *frame.Frame) []model.Subject {
	var parts []model.Subject
	if t.list.Current() != "" {
		parts = append(parts, part.Subject("message", t.list.Current()))
	}
	for _, channel := range f.Board.Campaign.Plan.Channels {
		parts = append(parts, part.Subject("channel", channel.ID))
	}
	return parts
}

// Settle keeps the cursor on a message that is shown.
func (t *Tab) Settle(f *frame.Frame) { t.list.Keep(t.rows(f)) }

// Update takes one message.
func (t *Tab) Update(message tea.Msg, f *frame.Frame) tea.Cmd {
	if command, taken := t.editor.Update(message, f); taken {
		return command
	}
	rows := t.rows(f)
	switch message := message.(type) {
	case event.EditWanted:
		if message.Change.Subject.Kind == model.SubjectMessage {
			t.editor.Begin(f, newUseEdit(f, message.Change), message.Theirs)
		}
	case event.PlaceWanted:
		return t.show(f, message)
	case tea.KeyMsg:
		return tea.Batch(t.key(message, f, rows), t.list.Going())
	case tea.MouseMsg:
		t.list.Update(message, f, rows)
	}
	return t.list.Going()
}

// show puts the cursor on a message, with the form for where it was used if that is wanted.
func (t *Tab) show(f *frame.Frame, wanted event.PlaceWanted) tea.Cmd {
	id := wanted.Subject.ID
	if wanted.Subject.Kind.InPlan() {
		_, id = part.Split(wanted.Subject)
	}
	if f.Board.Campaign.Plan.Message(id) == nil || wanted.As > event.InItsForm {
		return nil
	}
	t.list.Select(id)
	t.list.Close()
	if wanted.As == event.InItsForm {
		return t.edit(f)
	}
	return nil
}

// Here is the use of the message under the cursor.
func (t *Tab) Here(f *frame.Frame) (unit string, subject model.Subject, ok bool) {
	change, ok := t.current(f)
	return change.Unit, change.Subject, ok
}

func (t *Tab) key(message tea.KeyMsg, f *frame.Frame, rows []browse.Row) tea.Cmd {
	t.list.Keep(rows)
	switch {
	case key.Matches(message, f.Keys.Copy):
		current := f.Board.Campaign.Plan.Message(t.list.Current())
		if current == nil {
			return frame.Notice(event.Info, f.Words.T("there is no entry under the cursor"))
		}
		return func() tea.Msg { return event.Copied{Text: current.Text} }
	case key.Matches(message, f.Keys.Channels):
		return t.edit(f)
	case mayChoose(f) && key.Matches(message, f.Keys.Left):
		return otherUnit(f, -1)
	case mayChoose(f) && key.Matches(message, f.Keys.Right):
		return otherUnit(f, +1)
	case !t.list.Update(message, f, rows):
		return f.Unused(message)
	}
	return nil
}

// mayChoose reports whether the person records the use of messages for every unit.
func mayChoose(f *frame.Frame) bool { return f.Person.Role == model.Coordinator }

// usingUnit is the row of the unit whose use of the messages is shown and
// recorded, -1 for none: the one that the coordinator chose last on any tab, else the person's own, else the Office.
func usingUnit(f *frame.Frame) int {
	if at := f.Board.UnitIndex(f.Unit); at >= 0 && mayChoose(f) {
		return at
	}
	if at := f.Board.UnitIndex(f.Person.Unit); at >= 0 {
		return at
	}
	return slices.IndexFunc(f.Board.Units, func(unit model.UnitRow) bool { return unit.Unit.Coordinator })
}

// otherUnit chooses the unit before or after the present one.
func otherUnit(f *frame.Frame, by int) tea.Cmd {
	at := usingUnit(f) + by
	if at < 0 || at >= len(f.Board.Units) {
		return frame.Notice(event.Info, f.Words.T("there is no further unit in this direction"))
	}
	f.Unit = f.Board.Units[at].Unit.ID
	return nil
}

// current is a change of the message under the cursor that does not change it yet.
func (t *Tab) current(f *frame.Frame) (change model.Change, ok bool) {
	at := usingUnit(f)
	if at < 0 || t.list.Current() == "" {
		return model.Change{}, false
	}
	use := f.Board.Units[at].Messages[t.list.Current()]
	return model.Change{
		Person: f.Person, Unit: f.Board.Units[at].Unit.ID,
		Subject: model.Subject{Kind: model.SubjectMessage, ID: t.list.Current()}, Seen: use, New: use,
	}, true
}

func (t *Tab) edit(f *frame.Frame) tea.Cmd {
	change, ok := t.current(f)
	if !ok {
		return frame.Notice(event.Info, f.Words.T("there is no entry under the cursor"))
	}
	if hindered := f.Hindered(change); hindered != nil {
		return hindered
	}
	return t.editor.Open(f, newUseEdit(f, change))
}

// newUseEdit offers the channels of the plan, and those that the file already names.
func newUseEdit(f *frame.Frame, change model.Change) *form.Edit {
	plan, unit := &f.Board.Campaign.Plan, f.Board.Campaign.Roster.Unit(change.Unit)
	var offered []string
	for _, channel := range plan.Channels {
		offered = append(offered, channel.ID)
	}
	channels := form.NewChoices(offered, model.As[model.Use](change.New).Channels, plan.ChannelName)
	title := f.Words.T("Where used") + " · " + unit.Name + " · " + plan.Message(change.Subject.ID).Text
	label, hint := f.Words.T("Channels"), f.Words.T("← → ↑ ↓ go · Space chooses")
	return &form.Edit{
		Change: change, Form: form.New(title, []*form.Field{{Label: label, Hint: hint, Choice: channels}}, 0),
		Read: func(seen model.Value) (model.Value, error) {
			use := model.As[model.Use](seen)
			use.Channels = channels.IDs()
			return use, nil
		},
		Values: func(value model.Value) []string {
			change.New = value
			return newUseEdit(f, change).Form.Values()
		},
	}
}

func (t *Tab) rows(f *frame.Frame) []browse.Row {
	if t.board != f.Board {
		t.board, t.folded = f.Board, nil
		for _, row := range f.Board.Messages {
			t.folded = append(t.folded, text.NewFolded(row.Message.Text))
		}
	}
	var rows []browse.Row
	for i, row := range f.Board.Messages {
		if shows(f, row) && f.Query.Match(t.folded[i]) {
			rows = append(rows, browse.Row{ID: row.Message.ID})
		}
	}
	return rows
}

// shows applies the filters: a message has no deadline, so what is not done or late is what nobody has used.
func shows(f *frame.Frame, row model.MessageRow) bool {
	switch f.Show {
	case frame.ShowOpen, frame.ShowLate:
		return len(row.Units) == 0
	case frame.ShowMine:
		return slices.ContainsFunc(row.Units, func(at int) bool { return f.MyUnit(f.Board.Units[at].Unit.ID) })
	default:
		return true
	}
}

// FilterName says what the filter leaves: of a message nothing is late, it is used or not.
func (t *Tab) FilterName(f *frame.Frame) string {
	if f.Show == frame.ShowOpen || f.Show == frame.ShowLate {
		return f.Words.T("not used")
	}
	return f.Show.Name(f.Words)
}

// View draws the tab.
func (t *Tab) View(f *frame.Frame, width, height int) string {
	if t.Capturing() {
		return t.editor.View(f, width, height)
	}
	rows := t.rows(f)
	at := map[string]int{}
	for i, row := range f.Board.Messages {
		at[row.Message.ID] = i
	}
	wide := 0
	for i := range f.Board.Messages {
		wide = max(wide, layout.Width(f.Board.Messages[i].Message.Text))
	}
	return t.list.View(f, browse.Content{
		Width: wide + around + 1,
		Above: head(f, width),
		Rows:  rows,
		Line: func(row int, current bool, width int) string {
			return line(f, at[rows[row].ID], current, width)
		},
		Detail: func(width int) (string, []string) {
			change, _ := t.current(f)
			return detail(f, f.Board.Messages[at[t.list.Current()]], change, width)
		},
		Empty: []string{f.Words.T("No matches."), f.Words.T("Esc shows everything again.")},
	}, width, height)
}

// Widths of a line of the list beside the message, in cells; numbers is the part of it that numbers take.
const (
	numbers = 4
	around  = 3 + 2 + numbers + 12
)

func line(f *frame.Frame, at int, current bool, width int) string {
	row := f.Board.Messages[at]
	used := layout.Right(f.Words.Count(len(row.Units), "%d unit", "%d units"), 11)
	if len(row.Units) == 0 {
		used = f.Styles.Muted.Render(layout.Right(f.Words.T("not used"), 11))
	}
	sign := " "
	if using := usingUnit(f); using >= 0 && slices.Contains(row.Units, using) {
		sign = f.Styles.Done.Render(f.Signs.Done)
	}
	words := layout.Left(layout.Right(strconv.Itoa(at+1), 2)+"  "+row.Message.Text, width-around+numbers)
	return browse.Margin(f, current, false) + sign + " " + browse.Titled(f, words, current) + used
}

// head says whose use of the messages is marked and recorded.
func head(f *frame.Frame, width int) []string {
	at := usingUnit(f)
	if at < 0 {
		return nil
	}
	unit, used := f.Board.Units[at], 0
	for _, use := range unit.Messages {
		if len(use.Channels) > 0 {
			used++
		}
	}
	name := " " + f.Styles.Title.Render(unit.Unit.ShortName()) + " · " +
		f.Words.T("has used %d of %d", used, len(f.Board.Messages))
	right := ""
	if mayChoose(f) {
		right = f.Styles.Muted.Render(f.Keys.OtherUnit.Help().Key+" "+f.Keys.OtherUnit.Help().Desc) + " "
	}
	return []string{layout.Ends(name, right, width)}
}

// mostUnits is how many of the units that used a message are named: nobody reads thousands.
const mostUnits = 100

// detail is the message word for word and where it was used. The change is the one that the person may make of that.
func detail(f *frame.Frame, row model.MessageRow, change model.Change, width int) (title string, lines []string) {
	plan := &f.Board.Campaign.Plan
	title = row.Message.Text
	lines = append(frame.Lines(f.Styles.Warning, f.Sic(row.Message.Sic), width),
		frame.Lines(f.Styles.Warning, f.Unsaved(change, f.Keys.Channels), width)...)
	if len(row.Units) == 0 {
		unused := f.Words.T("No unit has used it yet.")
		if f.Board.Campaign.Check(change) == nil {
			unused += " " + f.Words.T("Press e to record where one did.")
		}
		return title, append(lines, frame.Lines(f.Styles.Muted, unused, width)...)
	}
	for _, at := range row.Units[:min(len(row.Units), mostUnits)] {
		unit := &f.Board.Units[at]
		use := unit.Messages[row.Message.ID]
		lines = append(lines, layout.Wrap(unit.Unit.Name+": "+f.Words.Channels(plan, use), width)...)
	}
	if more := len(row.Units) - mostUnits; more > 0 {
		lines = append(lines, f.Words.T("… and %d more", more))
	}
	return title, lines
}
