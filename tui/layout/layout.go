// Package layout does the arithmetic of the screen: where things go, how text
// is cut, padded and wrapped. Widths are terminal cells and heights are lines;
// neither is ever taken below zero.
package layout

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// The smallest screens for which each arrangement is drawn.
const (
	minWidth, minHeight             = 40, 10 // below: one line that says so
	minDetailWidth, minDetailHeight = 60, 9  // of the body: below, no detail beside the list
	minBesideWidth                  = 110    // from here the detail stands beside the list, not below
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
	if len(text) <= width || ansi.StringWidth(text) <= width {
		return text
	}
	return ansi.Truncate(text, width, "…")
}

// Left cuts or pads text to exactly a width, text to the left.
func Left(text string, width int) string {
	text = Cut(text, width)
	return text + Blank(width-ansi.StringWidth(text))
}

// Right cuts or pads text to exactly a width, text to the right.
func Right(text string, width int) string {
	text = Cut(text, width)
	return Blank(width-ansi.StringWidth(text)) + text
}

// Blank is a run of spaces.
func Blank(width int) string { return strings.Repeat(" ", max(width, 0)) }

// Width is the width of text in cells.
func Width(text string) int { return ansi.StringWidth(text) }

// Ends puts one text at the left end and one at the right end of a line; when
// they do not fit, the left one is cut.
func Ends(left, right string, width int) string {
	right = Cut(right, width)
	room := width - ansi.StringWidth(right)
	if right != "" {
		room--
	}
	left = Cut(left, room)
	return left + Blank(width-ansi.StringWidth(left)-ansi.StringWidth(right)) + right
}

// Wrap breaks text into lines no wider than width, at blanks where there are any.
func Wrap(text string, width int) []string {
	if width <= 0 || text == "" {
		return nil
	}
	return strings.Split(ansi.Wrap(text, width, ""), "\n")
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

// Window is the first of the visible rows of a list. The list stays where it is
// while the cursor is in sight; when the cursor meets an edge the list moves by
// half a page, because every moved line is sent again over a slow connection.
func Window(first, cursor, rows, height int) int {
	if height <= 0 || rows <= height {
		return 0
	}
	if cursor < first {
		first = cursor - height/2
	}
	if cursor >= first+height {
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
// use; what it does not need goes to a detail below it.
func Divide(width, height, wanted int) Body {
	switch {
	case width >= minBesideWidth && height >= minDetailHeight:
		list := max(width*11/20, minBesideWidth*11/20)
		return Body{ListWidth: list, ListHeight: height, DetailWidth: width - list - 3, DetailHeight: height, Beside: true}
	case width >= minDetailWidth && height >= minDetailHeight:
		detail := max(height/4, height-1-wanted)
		return Body{ListWidth: width, ListHeight: height - 1 - detail, DetailWidth: width, DetailHeight: detail}
	default:
		return Body{ListWidth: width, ListHeight: height}
	}
}

// Stack puts header, body and footer on top of one another in exactly width ×
// height. When the screen is too low the body gives way first, then the header.
func Stack(width, height int, header []string, body string, footer []string) string {
	room := max(height-len(footer), 0)
	header = header[:min(len(header), room)]
	lines := make([]string, 0, height)
	lines = append(lines, header...)
	if space := room - len(header); space > 0 {
		below := strings.Split(body, "\n")
		for i := range space {
			line := ""
			if i < len(below) {
				line = below[i]
			}
			lines = append(lines, line)
		}
	}
	return Fit(append(lines, footer...), width, height)
}
