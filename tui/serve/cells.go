package serve

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// cell is what one place of a line shows: a letter with its accents, in a style.
type cell struct {
	style string // the colour sequences that hold here, since the last reset
	text  string
}

const reset = "\x1b[0m"

// cellsOf takes a line apart. It does so only where every letter surely takes one place: about others the
// terminal may think differently, and then a part that is drawn alone would stand in the wrong place.
func cellsOf(line string) (cells []cell, sure bool) {
	style := ""
	for line != "" {
		if line[0] == 0x1b {
			end := strings.IndexByte(line, 'm')
			if end < 0 || len(line) < 3 || line[1] != '[' || strings.Trim(line[2:end], "0123456789;") != "" {
				return nil, false
			}
			if style += line[:end+1]; line[:end+1] == reset || line[:end+1] == "\x1b[m" {
				style = ""
			}
			line = line[end+1:]
			continue
		}
		cluster, width := ansi.FirstGraphemeCluster(line, ansi.GraphemeWidth)
		if first, _ := utf8.DecodeRuneInString(cluster); width != 1 || first < ' ' || first > 0x2fff {
			return nil, false
		}
		cells = append(cells, cell{style, cluster})
		line = line[len(cluster):]
	}
	return cells, true
}

// changeLine appends what turns the line on the terminal, row rows from its top, into another. It writes only
// the places that differ: over a slow line that is what makes a move of the cursor quick. Lines of which it is
// not sure, or that do not fit, are left to be drawn as a whole.
func changeLine(output []byte, row int, before, after string, width int) (_ []byte, done bool) {
	old, sureOld := cellsOf(before)
	line, sure := cellsOf(after)
	if !sure || !sureOld || len(old) > width || len(line) > width {
		return output, false
	}
	const gap = 8 // places that are cheaper to write again than to jump over
	for i := 0; i < len(line); i++ {
		if i < len(old) && old[i] == line[i] {
			continue
		}
		end := i + 1 // of what is written now
		for next := end; next < len(line) && next-end < gap; next++ {
			if next >= len(old) || old[next] != line[next] {
				end = next + 1
			}
		}
		output = fmt.Appendf(output, "\x1b[%d;%dH", row+1, i+1)
		output = appendCells(output, line[i:end])
		i = end
	}
	if len(line) < len(old) {
		output = fmt.Appendf(output, "\x1b[%d;%dH\x1b[K", row+1, len(line)+1)
	}
	return output, true
}

// leavesStyle reports whether a style holds at the end of a line. The next one is thought of as beginning without one,
// wherever it is drawn from.
func leavesStyle(line string) bool {
	last := strings.LastIndex(line, "\x1b[")
	return last >= 0 && !strings.HasPrefix(line[last:], reset) && !strings.HasPrefix(line[last:], "\x1b[m")
}

// appendCells writes cells and leaves no style behind.
func appendCells(output []byte, cells []cell) []byte {
	style := ""
	for _, cell := range cells {
		if cell.style != style {
			if style != "" && !strings.HasPrefix(cell.style, style) {
				output = append(output, reset...)
				style = ""
			}
			output = append(output, cell.style[len(style):]...)
			style = cell.style
		}
		output = append(output, cell.text...)
	}
	if style != "" {
		output = append(output, reset...)
	}
	return output
}
