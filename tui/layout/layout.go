// Package layout does the arithmetic of the screen: where things go, how text
// is cut, padded and wrapped. Widths are terminal cells and heights are lines;
// neither is ever taken below zero.
package layout

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// The smallest screens for which each arrangement is drawn.
const (
	minWidth, minHeight             = 40, 10 // below: one line that says so
	minDetailWidth, minDetailHeight = 60, 9  // of the body: below, no detail beside the list
	leastDetail                     = 3      // lines of a detail below a list: what it is about and how it stands
	minBesideWidth                  = 110    // from here the detail stands beside the list, not below
)

// The largest screen that is drawn. A client of SSH may name a size of 65535 cells each way, which would take
// gigabytes; a larger terminal leaves the rest empty.
const (
	MaxWidth  = 400
	MaxHeight = 200
)

// TooSmall reports whether a screen is too small for anything but one line.
func TooSmall(width, height int) bool { return width < minWidth || height < minHeight }

// Compact reports whether a screen has room for one column only.
func Compact(width, height int) bool { return width < 60 || height < 16 }

// Cut shortens text to a width in cells, with an ellipsis where something is missing.
func Cut(text string, width int) string {
	if width <= 0 {
		return ""
	}
	if len(text) <= width || Width(text) <= width {
		return text
	}
	return ansi.Truncate(text, width, "…")
}

// Left cuts or pads text to exactly a width, text to the left.
func Left(text string, width int) string {
	text = Cut(text, width)
	return text + Blank(width-Width(text))
}

// Right cuts or pads text to exactly a width, text to the right.
func Right(text string, width int) string {
	text = Cut(text, width)
	return Blank(width-Width(text)) + text
}

// Blank is a run of spaces.
func Blank(width int) string { return strings.Repeat(" ", max(width, 0)) }

// Width is the width of text in cells. Most of a screen is letters, lines and
// colours, whose width needs no table; the rest is measured with care.
func Width(text string) int {
	width := 0
	for i := 0; i < len(text); {
		letter := rune(text[i])
		size := 1
		switch {
		case letter == '\x1b':
			end := colourEnd(text[i:])
			if end == 0 {
				return ansi.StringWidth(text)
			}
			i += end
			continue
		case letter >= utf8.RuneSelf:
			letter, size = utf8.DecodeRuneInString(text[i:])
		}
		if !oneCell(letter) {
			return ansi.StringWidth(text)
		}
		width++
		i += size
	}
	return width
}

// colourEnd is the length of the colour sequence with which text begins; 0 when it is something else.
func colourEnd(text string) int {
	for i := 2; i < len(text) && text[1] == '['; i++ {
		switch c := text[i]; {
		case c == 'm':
			return i + 1
		case c != ';' && (c < '0' || c > '9'):
			return 0
		}
	}
	return 0
}

// oneCell reports letters that take one cell whatever stands around them:
// those of Vietnamese and its neighbours, quotation marks and dashes, lines and blocks.
func oneCell(letter rune) bool {
	switch {
	case letter < 0x7f:
		return letter >= ' '
	case letter < 0x300:
		return letter > 0xae || letter > 0xa0 && letter != 0xa9 && letter != 0xad && letter != 0xae
	case letter < 0x1f00:
		return letter >= 0x1e00
	case letter < 0x2028:
		return letter >= 0x2010
	default:
		return letter >= 0x2500 && letter < 0x25a0
	}
}

// Ends puts one text at the left end and one at the right end of a line; when
// they do not fit, the left one is cut.
func Ends(left, right string, width int) string {
	right = Cut(right, width)
	room := width - Width(right)
	if right != "" {
		room--
	}
	left = Cut(left, room)
	return left + Blank(width-Width(left)-Width(right)) + right
}

// heldHyphen stands for a hyphen while text is broken: after one, ansi.Wrap makes lines that are too wide
// (“Kế hoạch - Tổng hợp”). It is a cell wide and of private use, so no text holds it.
const heldHyphen = "\ue000"

// NoBreak is a blank at which Wrap breaks no line: a number and its measure stay together. Wrap makes a usual blank of
// it, for what is copied from the screen must be found again.
const NoBreak = "\u00a0"

// Wrap breaks text into lines no wider than width, at blanks where there are any. No line begins with the dot that
// stands between two items.
func Wrap(text string, width int) []string {
	if width <= 0 || text == "" {
		return nil
	}
	wrapped := ansi.Wrap(strings.NewReplacer("-", heldHyphen, " · ", NoBreak+"· ").Replace(text), width, "")
	return strings.Split(strings.NewReplacer(heldHyphen, "-", NoBreak, " ").Replace(wrapped), "\n")
}

// Flow sets items one after another, as many on a line as fit; none is broken.
func Flow(items []string, between string, width int) []string {
	var lines []string
	line := ""
	for _, item := range items {
		switch {
		case line == "":
			line = item
		case Width(line)+Width(between)+Width(item) <= width:
			line += between + item
		default:
			lines, line = append(lines, line), item
		}
	}
	return append(lines, line)
}

// First is the first lines of a text, with an ellipsis at the end where some are left out.
func First(lines []string, count, width int) []string {
	if len(lines) <= count {
		return lines
	}
	shown := append([]string{}, lines[:max(count, 0)]...)
	if last := len(shown) - 1; last >= 0 {
		shown[last] = Cut(shown[last]+"…", width)
	}
	return shown
}

// Fit makes exactly height lines, each no wider than width: what is missing is
// blank, what is too much is cut away.
func Fit(lines []string, width, height int) string {
	var b strings.Builder
	for i := range max(height, 0) {
		if i > 0 {
			b.WriteByte('\n')
		}
		if i < len(lines) {
			b.WriteString(Cut(lines[i], width))
		}
	}
	return b.String()
}

// End shortens a name to a width from the left, at a word: people are called by the last one. A name whose last
// word does not fit is cut at its end.
func End(name string, width int) string {
	if Width(name) <= width {
		return name
	}
	words := strings.Fields(name)
	for i := 1; i < len(words); i++ {
		if end := "…" + strings.Join(words[i:], " "); Width(end) <= width {
			return end
		}
	}
	return Cut(name, width)
}

// Window is the first of the visible rows of a list. The list stays where it is
// while the cursor is in sight; when the cursor meets an edge the list moves by
// half a page, because every moved line is sent again over a slow connection.
func Window(first, cursor, rows, height int) int {
	if height <= 0 || rows <= height {
		return 0
	}
	if cursor < first || cursor >= first+height {
		first = cursor - height/2
	}
	return min(max(first, 0), rows-height)
}

// Body says how a tab divides its space between a list and the detail of the row under the cursor.
type Body struct {
	ListWidth, ListHeight     int
	DetailWidth, DetailHeight int // zero when there is no detail
	Beside                    bool
}

// Divide divides the space of a tab: detail beside the list when wide, below it
// at the usual size, none when small. wanted is how many lines the list could
// use; what it does not need goes to a detail below it. columns is how many cells
// a line of the list could use beside a detail; 0 is not known.
func Divide(width, height, wanted, columns int) Body {
	if width < minBesideWidth || height < minDetailHeight {
		return Under(width, height, wanted)
	}
	list := max(width*11/20, minBesideWidth*11/20)
	if columns > 0 {
		list = min(max(columns, minBesideWidth/2), width*3/5)
	}
	return Body{ListWidth: list, ListHeight: height, DetailWidth: width - list - 3, DetailHeight: height, Beside: true}
}

// Under is Divide for a list that needs the whole width: the detail stands below it.
func Under(width, height, wanted int) Body {
	if width < minDetailWidth || height < minDetailHeight {
		return Body{ListWidth: width, ListHeight: height}
	}
	detail := max(height/4, leastDetail, height-1-wanted)
	return Body{ListWidth: width, ListHeight: height - 1 - detail, DetailWidth: width, DetailHeight: detail}
}

// Stack puts header, body and footer on top of one another in exactly width ×
// height. When the screen is too low the body gives way first, then the header.
func Stack(width, height int, header []string, body string, footer []string) string {
	room := max(height-len(footer), 0)
	header = header[:min(len(header), room)]
	lines := make([]string, 0, height)
	lines = append(lines, header...)
	if space := room - len(header); space > 0 {
		below := make([]string, space)
		copy(below, strings.Split(body, "\n"))
		lines = append(lines, below...)
	}
	return Fit(append(lines, footer...), width, height)
}
