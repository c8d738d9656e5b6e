// Package form is the forms of the dashboard: fields under one another, saved
// or left as a whole.
package form

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/layout"
	"example.org/tiendo/tui/theme"
)

// labelWidth and wideLabels are the column in which the fields begin, where the screen is wide enough, and the last one
// in which they do where it is as wide as wideForm.
const labelWidth, wideLabels, wideForm = 20, 36, 100

// leastBeside is the width of a form from which labels stand beside their fields.
const leastBeside = 46

// mostBox is the widest box of a line; a longer text scrolls in it.
const mostBox = 80

// leastBox is the width of a line's box from which its hint stands beside it; in less room the hint stands
// below, so that a unit of measure and a period are read in full.
const leastBox = 12

// Field is one field with its label. Exactly one of Line, Area and Choice is set.
type Field struct {
	Key   string // in the record, by which a rule names it; "" where no rule does
	Label string
	Hint  string // unit of measure, or how to fill the field
	// Note says what the field means as it stands now, in lines below it; nil: nothing.
	Note func() []string
	// About says what belongs into the field, in paragraphs; where there are none its hint does.
	About  []string
	Line   *Line
	Area   *Area
	Choice *Choice

	spot fieldSpot
}

// fieldSpot is where a field was drawn last, for the mouse: its lines among those of all fields, and where in them its
// body begins, below a label that stands above it and to the right of one that stands beside it.
type fieldSpot struct{ from, to, bodyTop, bodyLeft int }

// Outcome is what a key did to the form as a whole.
type Outcome int

// The outcomes of a key.
const (
	Editing Outcome = iota
	Save
	Leave
	OwnEditor // the text with the cursor is to be opened in the person's own editor
)

// Problem is what is wrong with the values of a form; the zero Problem is nothing.
type Problem struct {
	What  string
	Field int // the field to mend, from 0, or Anywhere
}

// Anywhere is the field of a problem that is not about one field.
const Anywhere = -1

// maxTheirs is the most lines that what somebody else has written may take.
const maxTheirs = 3

// Form is some fields under a title. Problem says what is wrong with the values
// now; while it says something the form is not saved.
type Form struct {
	Title   string
	Does    string // what saving it does, in a word; "" is to save
	Fields  []*Field
	Problem func() Problem
	Theirs  string   // what somebody else has written meanwhile, to be seen beside one's own; "" for nothing
	Changed string   // what has changed in the data since the form was opened; "" for nothing
	About   []string // what all its fields are about, in the plan's own words; paragraphs

	about      bool // what belongs into the field stands in the place of the form
	aboutTop   int
	aboutSpace int
	focus      int
	start      string // the values at the start, to know whether anything was edited
	asking     bool   // whether to throw the edits away
	scroll     int
	head       int // lines above the fields in the last view, for the mouse
}

// New makes a form with the cursor in one of its fields.
func New(title string, fields []*Field, focus int) *Form {
	form := &Form{Title: title, Fields: fields}
	form.start = form.values()
	form.setFocus(focus)
	return form
}

// values joins what stands in the fields.
func (f *Form) values() string { return strings.Join(f.Values(), "\x00") }

// Values is what stands in the fields; of a choice, an x for each option that is chosen.
func (f *Form) Values() []string {
	values := make([]string, len(f.Fields))
	for i, field := range f.Fields {
		switch {
		case field.Line != nil:
			values[i] = field.Line.Value()
		case field.Area != nil:
			values[i] = field.Area.Value()
		default:
			values[i] = field.Choice.values()
		}
	}
	return values
}

// Fill puts kept values into the fields, as if the person had typed them. Those of another form are not taken.
func (f *Form) Fill(values []string) bool {
	if len(values) != len(f.Fields) {
		return false
	}
	for i, field := range f.Fields {
		switch {
		case field.Line != nil:
			field.Line.Set(values[i])
		case field.Area != nil:
			field.Area.Set(values[i])
		default:
			field.Choice.fill(values[i])
		}
	}
	return true
}

// Edited reports whether the values differ from those at the start.
func (f *Form) Edited() bool { return f.values() != f.start }

func (f *Form) setFocus(to int) {
	f.focus = min(max(to, 0), len(f.Fields)-1)
	for i, field := range f.Fields {
		on := i == f.focus
		switch {
		case field.Choice != nil:
			field.Choice.focused = on
		case field.Line != nil && on:
			field.Line.Focus()
		case field.Line != nil:
			field.Line.Blur()
		case on:
			field.Area.Focus()
		default:
			field.Area.Blur()
		}
	}
}

// Update takes one key. Nothing that was typed is lost without a question.
func (f *Form) Update(message tea.KeyMsg, fr *frame.Frame) Outcome {
	keys := fr.Keys
	if f.asking {
		switch {
		case key.Matches(message, keys.Yes):
			return Leave
		case key.Matches(message, keys.No):
			f.asking = false
		}
		return Editing
	}
	if f.about {
		f.aboutKey(message, fr)
		return Editing
	}
	field := f.Fields[f.focus]
	switch {
	case key.Matches(message, keys.About):
		f.about, f.aboutTop = true, 0
	case key.Matches(message, keys.Save):
		problem := f.problem(fr)
		if problem.What == "" {
			return Save
		}
		if problem.Field != Anywhere {
			f.setFocus(problem.Field)
		}
	case key.Matches(message, keys.Cancel):
		if !f.Edited() {
			return Leave
		}
		f.asking = true
	case key.Matches(message, keys.OwnEditor) && field.Area != nil:
		return OwnEditor
	case f.leavesField(message, keys.NextField, field, false):
		f.setFocus((f.focus + 1) % len(f.Fields))
	case f.leavesField(message, keys.PreviousField, field, true):
		f.setFocus((f.focus + len(f.Fields) - 1) % len(f.Fields))
	case message.Type == tea.KeyEnter && field.Area == nil:
		f.setFocus((f.focus + 1) % len(f.Fields))
	case field.Choice != nil:
		field.Choice.update(message, fr)
	case field.Line != nil:
		field.Line.Update(message)
	default:
		field.Area.Update(message)
	}
	return Editing
}

// Mouse takes a click, which goes to a field and in a choice chooses, and the wheel, which goes through a text and on
// to the next field. Coordinates are those of the last view.
func (f *Form) Mouse(message tea.MouseMsg) {
	if f.asking || f.about {
		return
	}
	field := f.Fields[f.focus]
	switch {
	case message.Button == tea.MouseButtonWheelUp && field.Area != nil && !field.Area.OnFirstLine():
		field.Area.Update(tea.KeyMsg{Type: tea.KeyUp})
	case message.Button == tea.MouseButtonWheelDown && field.Area != nil && !field.Area.OnLastLine():
		field.Area.Update(tea.KeyMsg{Type: tea.KeyDown})
	case message.Button == tea.MouseButtonWheelUp:
		f.setFocus(f.focus - 1)
	case message.Button == tea.MouseButtonWheelDown:
		f.setFocus(f.focus + 1)
	case message.Button == tea.MouseButtonLeft && message.Action == tea.MouseActionPress && message.Y >= f.head:
		f.click(message.Y-f.head+f.scroll, message.X)
	}
}

// click goes to the field on a line.
func (f *Form) click(line, column int) {
	for i, field := range f.Fields {
		if line < field.spot.from || line >= field.spot.to {
			continue
		}
		f.setFocus(i)
		column -= field.spot.bodyLeft
		switch {
		case field.Choice != nil:
			field.Choice.click(line-field.spot.from-field.spot.bodyTop, column)
		case field.Line != nil && column >= boxEdge:
			field.Line.cursorTo(column - boxEdge)
		}
	}
}

// boxEdge is how many cells the edge of a line's box takes.
const boxEdge = 2

// problem is a text that is too long, else what Problem says.
func (f *Form) problem(fr *frame.Frame) Problem {
	for i, field := range f.Fields {
		value, limit := field.text()
		if length := utf8.RuneCountInString(value); limit > 0 && length > limit {
			words := fr.Words.T("%s: %d characters, at most %d can be saved; shorten it", field.Label, length, limit)
			return Problem{What: words, Field: i}
		}
	}
	if f.Problem == nil {
		return Problem{}
	}
	return f.Problem()
}

// text is what stands in a field for text, and the most characters of it that may be saved; 0 for a choice.
func (f *Field) text() (value string, limit int) {
	switch {
	case f.Line != nil:
		return f.Line.Value(), f.Line.limit
	case f.Area != nil:
		return f.Area.Value(), f.Area.limit
	default:
		return "", 0
	}
}

// leavesField reports whether a key goes on to another field. The arrows leave
// a text or options of several lines only at the first or last line.
func (f *Form) leavesField(message tea.KeyMsg, binding key.Binding, field *Field, up bool) bool {
	if !key.Matches(message, binding) {
		return false
	}
	arrow := message.Type == tea.KeyUp || message.Type == tea.KeyDown
	by := map[bool]int{true: -1, false: +1}[up]
	switch {
	case !arrow, field.Line != nil:
		return true
	case field.Choice != nil:
		return !field.Choice.many || field.Choice.beside(by) == field.Choice.at
	case up:
		return field.Area.OnFirstLine()
	}
	return field.Area.OnLastLine()
}

// Bindings lists the keys that matter in the field with the cursor.
func (f *Form) Bindings(fr *frame.Frame) []key.Binding {
	if f.asking {
		return []key.Binding{fr.Keys.Yes, fr.Keys.No}
	}
	if f.about {
		return []key.Binding{backToField(fr)}
	}
	bindings := []key.Binding{fr.Keys.Save, fr.Keys.Cancel}
	if f.Does != "" {
		bindings[0].SetHelp(bindings[0].Help().Key, f.Does)
	}
	if choice := f.Fields[f.focus].Choice; choice != nil && choice.many {
		bindings = append(bindings, fr.Keys.Mark)
	} else if choice != nil {
		bindings = append(bindings, fr.Keys.Choose)
	}
	if len(f.Fields) > 1 {
		bindings = append(bindings, fr.Keys.NextField)
	}
	if f.Fields[f.focus].Area != nil && fr.EditsText {
		bindings = append(bindings, fr.Keys.OwnEditor)
	}
	return append(bindings, fr.Keys.About)
}

// View draws the form in exactly width × height; the field with the cursor is always in sight.
func (f *Form) View(fr *frame.Frame, width, height int) string {
	if f.about {
		return f.aboutView(fr, width, height)
	}
	inner := max(width-2, 1)
	out, bottom := f.top(fr, inner), f.bottom(fr, inner)
	f.head = len(out)
	space := max(height-len(out)-len(bottom), 1)
	lines, from, to := f.fieldLines(fr, inner, true)
	gaps := len(lines) <= space
	if !gaps {
		lines, from, to = f.fieldLines(fr, inner, false)
	}
	if f.grow(space - len(lines)) {
		lines, from, to = f.fieldLines(fr, inner, gaps)
	}
	if area := f.Fields[f.focus].Area; area != nil && area.open() {
		lines, from, to = f.fieldLines(fr, inner, gaps)
	}
	if to > f.scroll+space {
		f.scroll = to - space
	}
	f.scroll = max(min(f.scroll, from, len(lines)-space), 0)
	end := min(f.scroll+space, len(lines))
	for i, line := range lines[f.scroll:end] {
		margin := " "
		switch {
		case i == 0 && f.scroll > 0:
			margin = fr.Styles.Accent.Render(fr.Signs.Above)
		case f.scroll+i == end-1 && end < len(lines):
			margin = fr.Styles.Accent.Render(fr.Signs.Below)
		}
		out = append(out, margin+line)
	}
	if len(lines) < space && len(bottom) > 0 { // near the fields
		out = append(out, "")
	}
	return layout.Fit(append(out, bottom...), width, height)
}

// fieldLines draws the fields, with a gap between texts of several lines if there is room for it, and says which lines
// are those of the field with the cursor.
func (f *Form) fieldLines(fr *frame.Frame, width int, gaps bool) (lines []string, from, to int) {
	labels := labelWidth
	for _, field := range f.Fields {
		if wide := layout.Width(field.Label); width >= wideForm && wide <= wideLabels {
			labels = max(labels, wide)
		}
	}
	wrong := Anywhere
	if problem := f.problem(fr); problem.What != "" {
		wrong = problem.Field
	}
	for i, field := range f.Fields {
		if gaps && i > 0 && field.Area != nil && f.Fields[i-1].Area != nil {
			lines = append(lines, "")
		}
		if i == f.focus {
			from = len(lines)
		}
		field.spot.from = len(lines)
		lines = append(lines, f.field(fr, i, i == wrong, labels, width)...)
		field.spot.to = len(lines)
		if i == f.focus {
			to = len(lines)
		}
	}
	return lines, from, to
}

// grow gives the lines that are to spare to the texts that need them: to the one with the cursor first, then in their
// order; and takes them back when there is no room. It reports whether any text was changed.
func (f *Form) grow(spare int) bool {
	var areas []*Area
	for i, field := range f.Fields {
		switch {
		case field.Area == nil:
			continue
		case i == f.focus:
			areas = slices.Insert(areas, 0, field.Area)
		default:
			areas = append(areas, field.Area)
		}
		spare += field.Area.grown()
	}
	changed := false
	for _, area := range areas {
		by := max(min(spare, area.rows()-area.lines), 0)
		if spare -= by; by != area.grown() {
			area.grow(by)
			changed = true
		}
	}
	return changed
}

// top is the title and what somebody else has written meanwhile.
func (f *Form) top(fr *frame.Frame, width int) []string {
	lines := []string{" " + fr.Styles.Title.Render(layout.Cut(f.Title, width))}
	for _, told := range []string{f.Theirs, f.Changed} {
		if told == "" {
			continue
		}
		for _, line := range layout.First(layout.Wrap(fr.Signs.Problem+" "+told, width), maxTheirs, width) {
			lines = append(lines, " "+fr.Styles.Warning.Render(line))
		}
	}
	return append(lines, "")
}

// bottom is what stands below the fields: a question, or what is wrong.
func (f *Form) bottom(fr *frame.Frame, width int) []string {
	switch problem := f.problem(fr).What; {
	case f.asking:
		question := fr.Words.T("Discard what you have typed?")
		return []string{" " + fr.Styles.Title.Render(layout.Cut(question+"  "+fr.Words.T("y yes · n no"), width))}
	case problem != "":
		lines := fr.Alarm(problem, width)
		for i := range lines {
			lines[i] = " " + lines[i]
		}
		return lines
	default:
		return nil
	}
}

// field draws one of the fields, with a sign where it is the one to mend.
func (f *Form) field(fr *frame.Frame, at int, wrong bool, labels, width int) []string {
	field, mark, style := f.Fields[at], "  ", fr.Styles.Plain
	if at == f.focus {
		mark, style = fr.Styles.Accent.Render(fr.Signs.Cursor)+" ", fr.Styles.Title
	}
	name, gap := field.Label, " " // between label and field
	above := layout.Width(name) > labels || width < leastBeside
	switch {
	case wrong && !above && layout.Width(name)+1 >= labels: // so that the field stays where it is
		gap, style = fr.Styles.Late.Render(fr.Signs.Problem), fr.Styles.Late
	case wrong:
		name, style = name+" "+fr.Signs.Problem, fr.Styles.Late
	}
	indent := labels + 3
	if width < leastBeside {
		indent = 3
	}
	room := width - indent
	var body []string
	hint := field.Hint
	switch {
	case field.Choice != nil:
		body = field.Choice.view(fr, room)
	case field.Line != nil:
		wide := min(field.Line.Limit()+1, mostBox)
		if beside := room - layout.Width(hint) - 5; beside >= min(wide, leastBox) {
			wide, body = min(wide, beside), []string{fr.Styles.Muted.Render(hint)}
			hint = ""
		} else {
			wide, body = min(wide, room-4), []string{""}
		}
		wide = max(wide, 4)
		body[0] = "[ " + theme.Under(fr.Styles.Box, layout.Left(field.Line.View(wide), wide), wide) + " ] " + body[0]
	default:
		body = field.Area.View(room - 2)
		for i := range body { // without colours nothing else shows where the field is, and where the next one begins
			side := fr.Signs.Side
			switch {
			case i == len(body)-1:
				side = fr.Signs.SideEnd
			case i == 0:
				side = fr.Signs.SideBegin
			}
			body[i] = fr.Styles.Muted.Render(side) + " " + theme.Under(fr.Styles.Box, body[i], room-2)
		}
	}
	if hint != "" {
		for _, line := range layout.Wrap(hint, room) {
			body = append(body, fr.Styles.Muted.Render(line))
		}
	}
	if field.Note != nil {
		for _, note := range field.Note() {
			for _, line := range layout.Wrap(note, room) {
				body = append(body, fr.Styles.Muted.Render(line))
			}
		}
	}
	field.spot.bodyTop, field.spot.bodyLeft = 0, 1+indent // the form has a margin of one cell
	label := []string{layout.Left(name, labels)}
	if above { // the label stands above its field, in full
		label = layout.Wrap(name, width-2)
		body = slices.Concat(make([]string, len(label)), body)
		field.spot.bodyTop = len(label)
	}
	for i, line := range body {
		switch {
		case i < len(label) && line == "":
			body[i] = layout.Blank(2) + style.Render(label[i])
		case i < len(label):
			body[i] = layout.Blank(2) + style.Render(label[i]) + gap + line
		default:
			body[i] = layout.Blank(indent) + line
		}
	}
	body[0] = mark + body[0][2:]
	return body
}
