// Package theme gives the screen its styles and signs. Names say what a style
// means, not which colour it has; a colour never stands without a sign or a word.
package theme

import (
	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
)

// Styles are the styles of one terminal. Every colour can be read on the grounds for which its theme is made; a test
// computes it.
type Styles struct {
	Plain    lipgloss.Style
	Title    lipgloss.Style // the one thing that matters on a line
	Accent   lipgloss.Style // the campaign's colour: the cursor, the open tab
	Muted    lipgloss.Style // what is secondary
	Late     lipgloss.Style // overdue, returned, errors
	Today    lipgloss.Style // due today
	Done     lipgloss.Style
	DoneLate lipgloss.Style
	Doing    lipgloss.Style
	Warning  lipgloss.Style
	MadeUp   lipgloss.Style // marks a demonstration
	Match    lipgloss.Style // what a filter found
	Field    lipgloss.Style // text in a field of a form
	Caret    lipgloss.Style // the letter under the cursor of a field
	BarDone  lipgloss.Style // the lines of a bar, which are no words
	BarDoing lipgloss.Style
	BarRest  lipgloss.Style
	Row      lipgloss.Style // the ground under the cursor's row
	Box      lipgloss.Style // the ground of a field of a form
}

// New builds the styles of a theme for one terminal. Every SSH session has a
// renderer of its own, so nothing here may be shared.
func New(r *lipgloss.Renderer, theme Theme) Styles {
	p := palettes[theme]
	style := func(of ink) lipgloss.Style { return of.style(r) }
	return Styles{
		Plain:    r.NewStyle(),
		Title:    r.NewStyle().Bold(true),
		Accent:   style(p.accent),
		Muted:    style(p.muted),
		Late:     style(p.late),
		Today:    style(p.today),
		Done:     style(p.done),
		DoneLate: style(p.doneLate),
		Doing:    style(p.doing),
		Warning:  style(p.warning),
		MadeUp:   madeUp(r),
		Match:    r.NewStyle().Underline(true),
		Field:    r.NewStyle(),
		Caret:    caret(r),
		BarDone:  style(p.barDone),
		BarDoing: style(p.barDoing),
		BarRest:  style(p.barRest),
		Row:      style(p.row),
		Box:      style(p.box),
	}
}

// caret shows where the next letter goes. Without colours lipgloss drops every
// attribute, reverse video too, which is no colour and is needed to see the place.
func caret(r *lipgloss.Renderer) lipgloss.Style {
	if r.ColorProfile() != termenv.Ascii {
		return r.NewStyle()
	}
	return r.NewStyle().Transform(func(letter string) string { return "\x1b[7m" + letter + "\x1b[27m" })
}

// madeUp stands out from the words beside it, without colours too.
func madeUp(r *lipgloss.Renderer) lipgloss.Style {
	if r.ColorProfile() != termenv.Ascii {
		return r.NewStyle().Reverse(true).Bold(true)
	}
	return r.NewStyle().Transform(func(words string) string { return "[" + words + "]" })
}

// Signs are the marks of the screen, each one cell wide.
type Signs struct {
	Done, DoneLate, Doing, Todo, Overdue, DueToday, Unassigned, Support, NA, Unknown, Unread,
	Disputed string
	Returned, Submitted, Accepted, Draft           string
	Problem, Cursor, Marked, Chosen, Unchosen, Sic string
	// there are more rows above, below
	Above, Below string
	// there is more to the left, to the right
	Less, More                 string
	BarDone, BarDoing, BarRest string
	Rule, Side                 string
	SideBegin, SideEnd         string // the first and the last line of what stands at the side of several
	// of a column in a chart, from nothing to all
	Levels []string
}

// NewSigns gives the signs of Unicode, or plain ASCII ones for terminals that show nothing else.
// In ASCII, too, a sign means one thing, and no two differ by case alone; only a rule and the columns of a chart draw
// with signs of their own.
func NewSigns(ascii bool) Signs {
	if ascii {
		return Signs{
			Done: "v", DoneLate: "L", Doing: "o", Todo: ".", Overdue: "!", DueToday: "T", Unassigned: "-", Support: "s", NA: "x",
			Unknown: "?", Unread: ":",
			Disputed: "D",
			Returned: "R", Submitted: "@", Accepted: "*", Draft: "~",
			Problem: "&", Cursor: ">", Marked: "%", Chosen: "(*)", Unchosen: "( )", Sic: "[sic]",
			Less: "{", More: "}", Above: "^", Below: "+",
			BarDone: "#", BarDoing: "=", BarRest: "_",
			Rule: "-", Side: "|", SideBegin: "/", SideEnd: `\`, Levels: []string{".", ":", "-", "=", "+", "*", "#", "@"},
		}
	}
	return Signs{
		Done: "✓", DoneLate: "»", Doing: "◐", Todo: "·", Overdue: "!", DueToday: "▸", Unassigned: "–", Support: "◦", NA: "×",
		Unknown: "?", Unread: "…",
		Disputed: "≠",
		Returned: "↩", Submitted: "●", Accepted: "★", Draft: "✎",
		Problem: "⚠", Cursor: "›", Marked: "▌", Chosen: "(•)", Unchosen: "( )", Sic: "[sic]",
		Less: "‹", More: "›", Above: "▴", Below: "▾",
		BarDone: "━", BarDoing: "╍", BarRest: "─",
		Rule: "─", Side: "│", SideBegin: "┌", SideEnd: "└", Levels: []string{"·", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"},
	}
}

// Cell is the sign and the style of a cell. When the campaign is over, what was
// not done is no longer urgent and is shown calmly.
func (s Signs) Cell(styles Styles, cell model.Cell, phase calendar.Phase) (string, lipgloss.Style) {
	if !cell.Shown() {
		return s.Unassigned, styles.Muted
	}
	switch cell.Timeliness {
	case calendar.Unread:
		return s.Unread, styles.Muted
	case calendar.Unknown:
		return s.Unknown, styles.Warning
	case calendar.Disputed:
		return s.Disputed, styles.Late
	case calendar.Supports: // what it says of its status counts nowhere
		if sign, _ := s.Status(styles, cell.Entry.Status, cell.Timeliness); cell.Entry.Status != model.Todo {
			return sign, styles.Muted
		}
		return s.Support, styles.Muted
	case calendar.Overdue:
		if phase == calendar.Ended {
			sign, _ := s.Status(styles, cell.Entry.Status, cell.Timeliness)
			return sign, styles.Muted
		}
		return s.Overdue, styles.Late
	case calendar.DueToday:
		return s.DueToday, styles.Today
	default:
		return s.Status(styles, cell.Entry.Status, cell.Timeliness)
	}
}

// Status is the sign and the style of a status that is not late.
func (s Signs) Status(styles Styles, status model.Status, timeliness calendar.Timeliness) (string, lipgloss.Style) {
	switch status {
	case model.Done:
		if timeliness == calendar.DoneLate {
			return s.DoneLate, styles.DoneLate
		}
		return s.Done, styles.Done
	case model.Doing:
		return s.Doing, styles.Doing
	case model.NA:
		return s.NA, styles.Muted
	default:
		return s.Todo, styles.Muted
	}
}

// Report is the sign and the style of a unit's report.
func (s Signs) Report(styles Styles, row model.UnitRow, phase calendar.Phase) (string, lipgloss.Style) {
	if row.ReportTimeliness == calendar.Disputed {
		return s.Disputed, styles.Late
	}
	switch row.Report.Status {
	case model.Accepted:
		return s.Accepted, styles.Done
	case model.Submitted:
		return s.Submitted, styles.Doing
	case model.Returned:
		return s.Returned, styles.Late
	default:
	}
	switch row.ReportTimeliness {
	case calendar.Unread:
		return s.Unread, styles.Muted
	case calendar.Unknown:
		return s.Unknown, styles.Warning
	case calendar.Overdue:
		if phase == calendar.Ended { // calmly: nothing counts down any more
			return s.Overdue, styles.Muted
		}
		return s.Overdue, styles.Late
	case calendar.DueToday:
		return s.DueToday, styles.Today
	default:
	}
	if row.Report.Status == model.Draft {
		return s.Draft, styles.Muted
	}
	return s.Todo, styles.Muted
}
