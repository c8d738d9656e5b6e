package serve

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

const reset = "\x1b[0m"

// look is how a place is written, in the codes that say so: “38;5;208” for a colour. What is empty is as the terminal
// has it of its own.
type look struct{ text, ground, bold, underlined, reverse string }

// onBlank reports whether a blank shows this look.
func (l look) onBlank() bool { return l.ground != "" || l.underlined != "" || l.reverse != "" }

// take takes the codes of one sequence. It reports false at one that it does not know.
func (l *look) take(codes string) bool {
	for more := true; more; {
		var code string
		code, codes, more = strings.Cut(codes, ";")
		switch {
		case code == "" || code == "0":
			*l = look{}
		case code == "1":
			l.bold = code
		case code == "4":
			l.underlined = code
		case code == "7":
			l.reverse = code
		case code == "27":
			l.reverse = ""
		case code == "38", code == "48":
			var number string
			if codes, more = strings.CutPrefix(codes, "5;"); !more {
				return false
			}
			if number, codes, more = strings.Cut(codes, ";"); number == "" {
				return false
			}
			if code == "38" {
				l.text = "38;5;" + number
			} else {
				l.ground = "48;5;" + number
			}
		case len(code) == 2 && (code[0] == '3' || code[0] == '9') && code[1] < '8':
			l.text = code
		default:
			return false
		}
	}
	return true
}

// codesTo are those that make another look of this one.
func (l look) codesTo(to look) string {
	var codes []string
	for _, part := range [...]struct{ was, is, none string }{
		{l.bold, to.bold, "22"}, {l.underlined, to.underlined, "24"}, {l.reverse, to.reverse, "27"},
		{l.text, to.text, "39"}, {l.ground, to.ground, "49"},
	} {
		switch part.is {
		case part.was:
		case "":
			codes = append(codes, part.none)
		default:
			codes = append(codes, part.is)
		}
	}
	return strings.Join(codes, ";")
}

// change is the shortest sequence that makes another look of this one.
func (l look) change(to look) string {
	switch {
	case l == to:
		return ""
	case to == look{}:
		return "\x1b[m"
	}
	codes := l.codesTo(to)
	if anew := "0;" + (look{}).codesTo(to); len(anew) < len(codes) {
		codes = anew
	}
	return "\x1b[" + codes + "m"
}

// cell is what one place of a line shows: a letter with its accents, in a look.
type cell struct {
	look look
	text string
}

// blank is a place that shows nothing.
func blank() cell { return cell{text: " "} }

// cellsOf takes a line apart, without the blanks at its end. It does so only where every letter surely takes one
// place: about others the terminal may think differently, and then a part that is drawn alone would stand in the wrong
// place.
func cellsOf(line string) (cells []cell, sure bool) {
	var now look
	for line != "" {
		if line[0] == 0x1b {
			end := strings.IndexByte(line, 'm')
			if end < 2 || line[1] != '[' || strings.Trim(line[2:end], "0123456789;") != "" || !now.take(line[2:end]) {
				return nil, false
			}
			line = line[end+1:]
			continue
		}
		cluster, width := ansi.FirstGraphemeCluster(line, ansi.GraphemeWidth)
		if first, _ := utf8.DecodeRuneInString(cluster); width != 1 || first < ' ' || first > 0x2fff {
			return nil, false
		}
		if cells = append(cells, cell{now, cluster}); cluster == " " && !now.onBlank() {
			cells[len(cells)-1] = blank()
		}
		line = line[len(cluster):]
	}
	for len(cells) > 0 && cells[len(cells)-1] == blank() {
		cells = cells[:len(cells)-1]
	}
	return cells, true
}

// leavesStyle reports whether a style holds at the end of a line. The next one is thought of as beginning without one,
// wherever it is drawn from.
func leavesStyle(line string) bool {
	last := strings.LastIndex(line, "\x1b[")
	return last >= 0 && !strings.HasPrefix(line[last:], reset) && !strings.HasPrefix(line[last:], "\x1b[m")
}

// pen writes on the terminal with as few bytes as it can: over a slow line that is what makes a move of the cursor
// quick. It knows where the terminal's cursor is and what look holds there.
type pen struct {
	output   []byte
	row, col int // from 0; -1 where it is not known
	look     look
	fills    bool // what the terminal erases has the ground that is set
}

// fills reports whether a terminal puts the ground that is set under what it erases: all that have one of these names
// do. GNU Screen, which calls itself screen, does not.
func fills(term string) bool {
	return slices.ContainsFunc([]string{
		"xterm", "tmux", "putty", "linux", "rxvt", "vte", "gnome", "konsole", "alacritty", "foot", "mintty", "wezterm",
	}, func(name string) bool { return term == name || strings.HasPrefix(term, name+"-") })
}

// to moves to a place. Within a line it says the column, so that a sign which a terminal thinks wider than we do moves
// nothing behind it.
func (p *pen) to(row, col int) {
	if p.row == row && p.col == col {
		return
	}
	column := ""
	if col > 0 {
		column = "\x1b[" + strconv.Itoa(col+1) + "G"
	}
	switch {
	case p.row == row && col > 0:
		p.output = append(p.output, column...)
	case p.row >= 0 && p.row == row-1:
		p.output = append(append(p.output, "\r\n"...), column...)
	case col == 0:
		p.output = fmt.Appendf(p.output, "\x1b[%dH", row+1)
	default:
		p.output = fmt.Appendf(p.output, "\x1b[%d;%dH", row+1, col+1)
	}
	p.row, p.col = row, col
}

// as makes a look hold.
func (p *pen) as(l look) {
	p.output = append(p.output, p.look.change(l)...)
	p.look = l
}

// write writes cells where the cursor is.
func (p *pen) write(cells ...cell) {
	for _, c := range cells {
		if c != blank() || p.look.onBlank() {
			p.as(c.look)
		}
		p.output = append(p.output, c.text...)
		p.col++
	}
}

// cost is how many bytes it takes to write cells; it is more than any jump where the look changes.
func (p *pen) cost(cells []cell) (bytes int) {
	for _, c := range cells {
		if c.look != p.look && (c != blank() || p.look.onBlank()) {
			return len("\x1b[1000;1000H")
		}
		bytes += len(c.text)
	}
	return bytes
}

// whole writes a line as it is, and erases what stands behind it. At the edge that would erase its last letter.
func (p *pen) whole(row int, line string, erase bool) {
	p.to(row, 0)
	p.as(look{})
	p.output = append(p.output, line...)
	if leavesStyle(line) {
		p.output = append(p.output, reset...)
	}
	if erase {
		p.output = append(p.output, "\x1b[K"...)
	}
	p.col = -1
}

// change turns the line on the terminal, row rows from its top, into another. It writes only the places that differ,
// or all of it on what was erased before, whichever is shorter. Lines of which it is not sure, or that do not fit, are
// left to be drawn as a whole.
func (p *pen) change(row int, before, after string, width int) (done bool) {
	old, sureOld := cellsOf(before)
	line, sure := cellsOf(after)
	if !sure || !sureOld || len(old) > width || len(line) > width {
		return false
	}
	output := p.output
	best, anew := *p, *p
	best.output, anew.output = nil, nil
	best.differ(row, old, line)
	under := anew.under(line, width)
	anew.to(row, 0)
	anew.as(under)
	anew.output = append(anew.output, "\x1b[K"...)
	if under == (look{}) {
		anew.differ(row, nil, line)
	} else {
		anew.differ(row, slices.Repeat([]cell{{under, " "}}, width), line)
	}
	if len(anew.output) < len(best.output) {
		best = anew
	}
	output = append(output, best.output...)
	*p = best
	p.output = output
	return true
}

// under is the look in which a line is erased before it is written anew: with its ground, where that reaches the edge
// and the terminal puts it under what it erases.
func (p *pen) under(line []cell, width int) look {
	if !p.fills || len(line) < width || width == 0 {
		return look{}
	}
	last := line[width-1]
	if last.text != " " || last.look.underlined != "" || last.look.reverse != "" {
		return look{}
	}
	return last.look
}

// differ writes the places in which a line differs from an old one.
func (p *pen) differ(row int, old, line []cell) {
	const fewBlanks = 10 // are written; more are erased
	for i := 0; i < len(line); i++ {
		if i < len(old) && old[i] == line[i] || i >= len(old) && line[i] == blank() {
			continue
		}
		if p.row == row && p.col >= 0 && p.col < i && p.cost(line[p.col:i]) <= len("\x1b[10G") {
			p.write(line[p.col:i]...)
		}
		p.to(row, i)
		blanks := 0
		for line[i+blanks] == blank() { // a line does not end with one
			blanks++
		}
		if blanks > fewBlanks {
			if p.look.onBlank() {
				p.as(look{})
			}
			p.output = fmt.Appendf(p.output, "\x1b[%dX", blanks)
			i += blanks - 1
			continue
		}
		p.write(line[i])
	}
	if more := len(old) - len(line); more > 0 {
		p.to(row, len(line))
		if p.look.onBlank() {
			p.as(look{})
		}
		if more < len("\x1b[K") {
			p.write([]cell{blank(), blank()}[:more]...)
		} else {
			p.output = append(p.output, "\x1b[K"...)
		}
	}
}
