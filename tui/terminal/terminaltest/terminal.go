// Package terminaltest is a terminal for tests: it shows what a person would see
// after a program has written its sequences. It knows those that this program writes.
package terminaltest

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Cell is what one place shows.
type Cell struct {
	Style string // the colour sequences that hold here, since the last reset
	Text  string // a letter with its accents; "" behind a wide one
}

// Terminal is a screen of a fixed size. It may be written to and looked at by several goroutines.
type Terminal struct {
	// Bare is set for one on which what is erased has no ground, as in GNU Screen. It is set before anything is written.
	Bare bool

	mutex    sync.Mutex
	cells    [][]Cell
	row, col int
	style    string
	rest     []byte // the beginning of something whose end has not come yet
	err      error
}

// New makes an empty screen.
func New(width, height int) *Terminal {
	t := &Terminal{cells: make([][]Cell, height)}
	for i := range t.cells {
		t.cells[i] = blank(width)
	}
	return t
}

func blank(width int) []Cell { return slices.Repeat([]Cell{{Text: " "}}, width) }

// Write takes what a program writes. It never fails; Err tells what was written outside of the screen.
func (t *Terminal) Write(p []byte) (int, error) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.rest = append(t.rest, p...)
	for len(t.rest) > 0 {
		used := t.take(t.rest)
		if used == 0 {
			break
		}
		t.rest = t.rest[used:]
	}
	return len(p), nil
}

// Err is the first thing that went outside of the screen, if any did.
func (t *Terminal) Err() error {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return t.err
}

// Cells is a copy of what is shown, line by line.
func (t *Terminal) Cells() [][]Cell {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	lines := make([][]Cell, len(t.cells))
	for i, line := range t.cells {
		lines[i] = slices.Clone(line)
	}
	return lines
}

// String is what is shown without colours and without blanks at the ends of lines.
func (t *Terminal) String() string {
	var lines []string
	for _, line := range t.Cells() {
		var text strings.Builder
		for _, cell := range line {
			text.WriteString(cell.Text)
		}
		lines = append(lines, strings.TrimRight(text.String(), " "))
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

// take takes one letter or sequence and gives its length, 0 when it is not whole yet.
func (t *Terminal) take(p []byte) int {
	switch {
	case p[0] == 0x1b:
		return t.sequence(p)
	case p[0] == '\r':
		t.col = 0
	case p[0] == '\n':
		t.row++
	case p[0] < ' ':
	default:
		return t.letter(p)
	}
	return 1
}

func (t *Terminal) letter(p []byte) int {
	if !utf8.FullRune(p) {
		return 0
	}
	cluster, width := ansi.FirstGraphemeCluster(p, ansi.GraphemeWidth)
	if t.row >= len(t.cells) || t.col+width > len(t.cells[t.row]) {
		if t.err == nil {
			t.err = fmt.Errorf("%q is outside, at line %d, column %d", cluster, t.row+1, t.col+1)
		}
		return len(cluster)
	}
	for i := range width {
		t.cells[t.row][t.col+i] = Cell{Style: t.style}
	}
	if width > 0 {
		t.cells[t.row][t.col].Text = string(cluster)
	}
	t.col += width
	return len(cluster)
}

func (t *Terminal) sequence(p []byte) int {
	if len(p) < 2 {
		return 0
	}
	switch p[1] {
	case '[':
		end := bytes.IndexFunc(p[2:], func(r rune) bool { return r >= '@' })
		if end < 0 {
			return 0
		}
		t.obey(p[2+end], string(p[2:2+end]), string(p[:3+end]))
		return 3 + end
	case ']': // a text for the clipboard, which is not seen
		if end := bytes.IndexByte(p, '\a'); end >= 0 {
			return end + 1
		}
		return 0
	default:
		return 2
	}
}

// obey does what a sequence says. Modes, such as that of the mouse, are not seen.
func (t *Terminal) obey(what byte, arguments, whole string) {
	if strings.HasPrefix(arguments, "?") {
		return
	}
	switch what {
	case 'm':
		if t.style += whole; arguments == "" || arguments == "0" {
			t.style = ""
		} else if strings.HasPrefix(arguments, "0;") {
			t.style = whole
		}
	case 'H':
		row, col, _ := strings.Cut(arguments, ";")
		t.row, t.col = place(row, len(t.cells)), place(col, len(t.cells[0]))
	case 'G':
		t.col = place(arguments, len(t.cells[0]))
	case 'K':
		t.clear(t.row, t.col, len(t.cells[0]))
	case 'X':
		t.clear(t.row, t.col, t.col+place(arguments, len(t.cells[0]))+1)
	case 'J':
		from, col := t.row, t.col
		if arguments == "2" {
			from, col = 0, 0
		}
		for row := from; row < len(t.cells); row++ {
			t.clear(row, col, len(t.cells[0]))
			col = 0
		}
	}
}

// place reads a line or column, of which the first is 1 and the last size.
func place(number string, size int) int {
	n, err := strconv.Atoi(number)
	if err != nil {
		return 0
	}
	return min(max(n, 1), size) - 1
}

// clear blanks a line from one column up to another. The ground that is set stays under it.
func (t *Terminal) clear(row, from, to int) {
	if row >= len(t.cells) || from >= len(t.cells[row]) {
		return
	}
	line := t.cells[row][from:min(to, len(t.cells[row]))]
	copy(line, blank(len(line)))
	if set, err := AttributesOf(t.style); err == nil && set.Ground != 0 && !t.Bare {
		for i := range line {
			line[i].Style = fmt.Sprintf("\x1b[48;5;%dm", set.Ground-1)
		}
	}
}
