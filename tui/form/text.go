package form

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textarea"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model/text"
	"example.org/tiendo/tui/layout"
	"example.org/tiendo/tui/theme"
)

// Line is a field of one line. Its value is always in NFC and free of control
// characters, whatever form the keys or a paste come in.
type Line struct {
	input textinput.Model
	limit int
}

// slack is how many times its limit a field holds: what is too long is shown and said, never cut off unseen.
const slack = 5

// NewLine makes a field of one line for at most limit characters; a form with more is not saved.
func NewLine(styles theme.Styles, value string, limit int) *Line {
	input := textinput.New()
	input.Prompt = ""
	input.CharLimit = slack * limit
	input.KeyMap.Paste = key.NewBinding() // it would read the clipboard of the machine that runs the program
	input.TextStyle, input.PromptStyle = styles.Field, styles.Field
	input.PlaceholderStyle, input.CompletionStyle = styles.Muted, styles.Muted
	styleCursor(&input.Cursor, styles)
	input.SetValue(text.Line(value))
	return &Line{input, limit}
}

// Value is what stands in the field.
func (l *Line) Value() string { return l.input.Value() }

// Set puts a value into the field.
func (l *Line) Set(value string) { l.input.SetValue(text.Line(value)) }

// Limit is the most characters that may be saved.
func (l *Line) Limit() int { return l.limit }

// Focus puts the cursor into the field.
func (l *Line) Focus() { l.input.Focus() }

// Blur takes the cursor out of the field.
func (l *Line) Blur() { l.input.Blur() }

// Update takes one key.
func (l *Line) Update(message tea.KeyMsg) {
	before := []rune(l.input.Value())[:l.input.Position()]
	for _, message := range compose(message, before, text.Line) {
		l.input, _ = l.input.Update(message)
	}
}

// cursorTo puts the cursor before the character at a column of what is in sight, or behind the last one. A text that is
// longer than its box has been scrolled: there the cursor stays.
func (l *Line) cursorTo(column int) {
	if letters := []rune(l.input.Value()); layout.Width(l.input.Value()) < l.input.Width {
		at, width := 0, 0
		for ; at < len(letters) && width < column; at++ {
			width += layout.Width(string(letters[at]))
		}
		l.input.SetCursor(at)
	}
}

// View draws the field in one line of a width.
func (l *Line) View(width int) string {
	l.input.Width = max(width-1, 1) // the cursor may stand behind the last letter
	return l.input.View()
}

// Area is a field of several lines, clean and in NFC like Line.
type Area struct {
	area   textarea.Model
	lines  int
	limit  int
	opened bool // it has been drawn with the cursor in it
}

// NewArea makes a field that shows some lines, for at most limit characters; a form with more is not saved.
func NewArea(styles theme.Styles, value string, lines, limit int) *Area {
	area := textarea.New()
	area.Prompt, area.ShowLineNumbers = "", false
	area.CharLimit, area.MaxHeight = slack*limit, 0
	area.KeyMap.Paste = key.NewBinding()
	plain := textarea.Style{
		Base: styles.Field, CursorLine: styles.Field, CursorLineNumber: styles.Field, EndOfBuffer: styles.Field,
		LineNumber: styles.Field, Placeholder: styles.Muted, Prompt: styles.Field, Text: styles.Field,
	}
	area.FocusedStyle, area.BlurredStyle = plain, plain
	styleCursor(&area.Cursor, styles)
	field := &Area{area: area, lines: lines, limit: limit}
	field.area.Blur() // takes up the new styles
	field.area.SetHeight(lines)
	field.area.SetValue(text.Text(value))
	return field
}

// Value is what stands in the field, without blank lines at the end.
func (a *Area) Value() string { return strings.TrimRight(a.area.Value(), " \n") }

// Set puts a value into the field, whole: one that is too long is said to be so, and not cut off.
func (a *Area) Set(value string) {
	value = strings.TrimRight(text.Text(value), " \n")
	a.area.CharLimit = max(a.area.CharLimit, utf8.RuneCountInString(value))
	a.area.SetValue(value)
}

// rows is about how many lines its text takes, with one to write on.
func (a *Area) rows() int {
	rows := 1
	for line := range strings.SplitSeq(a.area.Value(), "\n") {
		rows += max(len(layout.Wrap(line, max(a.area.Width()-1, 1))), 1)
	}
	return rows
}

// Focus puts the cursor into the field.
func (a *Area) Focus() { a.area.Focus() }

// Blur takes the cursor out of the field.
func (a *Area) Blur() { a.area.Blur() }

// Update takes one key.
func (a *Area) Update(message tea.KeyMsg) {
	info := a.area.LineInfo()
	line := []rune(strings.Split(a.area.Value(), "\n")[a.area.Line()])
	before := line[:min(info.StartColumn+info.ColumnOffset, len(line))]
	for _, message := range compose(message, before, text.Text) {
		a.area, _ = a.area.Update(message)
	}
	a.follow()
}

// OnFirstLine reports whether the cursor can go up no further.
func (a *Area) OnFirstLine() bool { return a.area.Line() == 0 && a.area.LineInfo().RowOffset == 0 }

// OnLastLine reports whether the cursor can go down no further.
func (a *Area) OnLastLine() bool {
	info := a.area.LineInfo()
	return a.area.Line() == a.area.LineCount()-1 && info.RowOffset == info.Height-1
}

// open puts the cursor before a text that does not fit, when it is first drawn with the cursor in it: it is read from
// its beginning. Behind a text that is in sight one goes on writing. It reports whether the cursor was moved.
func (a *Area) open() bool {
	if a.opened {
		return false
	}
	if a.opened = true; a.rows()-1 <= a.area.Height() {
		return false
	}
	for a.area.Line() > 0 {
		a.area.CursorUp()
	}
	a.area.CursorStart()
	a.follow()
	return true
}

// grown is how many lines more the field shows than it has at least.
func (a *Area) grown() int { return a.area.Height() - a.lines }

// grow sets that; the cursor stays in sight.
func (a *Area) grow(by int) {
	a.area.SetHeight(a.lines + by)
	a.follow()
}

// fromTop scrolls a text that is in sight as a whole to its beginning: in less room it may have been scrolled.
func (a *Area) fromTop() {
	if a.rows()-1 > a.area.Height() {
		return
	}
	line, info := a.area.Line(), a.area.LineInfo()
	for a.area.Line() > 0 {
		a.area.CursorUp()
	}
	a.area.CursorStart()
	a.follow()
	for a.area.Line() < line {
		a.area.CursorDown()
	}
	a.area.SetCursor(info.StartColumn + info.ColumnOffset)
}

// follow scrolls to the cursor: the area scrolls over what it drew last, which after a paste is not what it shows.
func (a *Area) follow() {
	_ = a.area.View()
	a.area, _ = a.area.Update(nil)
}

// View draws the field in lines of a width.
func (a *Area) View(width int) []string {
	if before := a.area.Width(); before != max(width, 1) {
		a.area.SetWidth(max(width, 1))
		a.fromTop()
	}
	lines := strings.Split(a.area.View(), "\n")
	for i := range lines {
		lines[i] = layout.Cut(lines[i], width)
	}
	return lines[:min(len(lines), a.area.Height())]
}

// styleCursor makes the cursor a steady block: a blinking one sends bytes for ever.
func styleCursor(c *cursor.Model, styles theme.Styles) {
	c.Style, c.TextStyle = styles.Caret, styles.Field
	c.SetMode(cursor.CursorStatic)
}

// compose cleans what a key message would insert. A combining mark that comes by
// itself is joined with the letter in front of the cursor: the letter is
// deleted and typed again with its mark.
func compose(message tea.KeyMsg, before []rune, clean func(string) string) []tea.KeyMsg {
	if message.Type != tea.KeyRunes || message.Alt {
		return []tea.KeyMsg{message}
	}
	runes := message.Runes
	var out []tea.KeyMsg
	if len(runes) > 0 && unicode.Is(unicode.Mn, runes[0]) && len(before) > 0 {
		last := before[len(before)-1]
		out = append(out, tea.KeyMsg{Type: tea.KeyBackspace})
		runes = append([]rune{last}, runes...)
	}
	cleaned := []rune(clean(string(runes)))
	return append(out, tea.KeyMsg{Type: tea.KeyRunes, Runes: cleaned, Paste: message.Paste})
}
