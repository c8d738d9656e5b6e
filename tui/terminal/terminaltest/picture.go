package terminaltest

import (
	"cmp"
	"fmt"
	"html"
	"slices"
	"strings"
)

// The size of a place in a picture, and how far below its top letters stand.
const (
	placeWidth  = 9
	placeHeight = 18
	baseline    = 13
)

// Mark says by classes of CSS how places of one style are drawn. A picture holds no colours: they are in a table of
// styles, so that one picture stands for all themes, and a change of a theme changes that table alone.
type Mark struct {
	Classes string   // of letters and lines
	Grounds []string // of what lies under them, the lowest first
}

// Picture draws what a screen shows as SVG. The same cells always make the same bytes. Each run of letters begins at
// its place and is as long as its places, so that the font of the reader moves nothing; lines are no letters.
func Picture(cells [][]Cell, title string, mark func(style string) Mark) string {
	width := 0
	if len(cells) > 0 {
		width = len(cells[0]) * placeWidth
	}
	var b strings.Builder
	fmt.Fprintf(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "+
		"font-family=\"monospace\" font-size=\"15\">\n", width, len(cells)*placeHeight)
	fmt.Fprintf(&b, "<title>%s</title>\n<rect class=\"screen\" fill=\"#fff\" width=\"100%%\" height=\"100%%\"/>\n",
		html.EscapeString(title))
	marks := map[string]Mark{}
	marked := func(c Cell) Mark {
		if _, known := marks[c.Style]; !known {
			marks[c.Style] = mark(c.Style)
		}
		return marks[c.Style]
	}
	b.WriteString("<g fill=\"#ddd\">\n") // for who sees the file without the table of styles
	for _, g := range grounds(cells, marked) {
		fmt.Fprintf(&b, "<rect class=%q x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n",
			g.class, g.col*placeWidth, g.row*placeHeight, g.columns*placeWidth, g.rows*placeHeight)
	}
	b.WriteString("</g>\n")
	for row, line := range cells {
		for from := 0; from < len(line); {
			from = drawRun(&b, row, from, line, marked)
		}
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// ground is a part of the screen that has a ground of its own.
type ground struct {
	class                   string
	row, col, rows, columns int
}

// grounds are all of them, those of one class that lie below each other as one; the lowest layer comes first.
func grounds(cells [][]Cell, mark func(Cell) Mark) []ground {
	var layers [][]ground
	for row, line := range cells {
		for col := range line {
			for layer, class := range mark(line[col]).Grounds {
				if layer == len(layers) {
					layers = append(layers, nil)
				}
				here := layers[layer]
				if last := len(here) - 1; last >= 0 && here[last].class == class && here[last].row == row &&
					here[last].col+here[last].columns == col {
					here[last].columns++
					continue
				}
				layers[layer] = append(here, ground{class, row, col, 1, 1})
			}
		}
	}
	var all []ground
	for _, layer := range layers {
		slices.SortStableFunc(layer, func(a, b ground) int { return cmp.Compare(a.col, b.col) })
		for _, g := range layer {
			same := func(above ground) bool {
				return above.class == g.class && above.col == g.col && above.columns == g.columns && above.row+above.rows == g.row
			}
			if at := slices.IndexFunc(all, same); at >= 0 {
				all[at].rows++
				continue
			}
			all = append(all, g)
		}
	}
	return all
}

// strokes are the lines among the letters: what part of a place they fill, in pieces.
var strokes = map[string][]stroke{
	"─": {{0, 8, placeWidth, 1}},
	"━": {{0, 8, placeWidth, 2}},
	"╍": {{1, 8, 3, 2}, {5, 8, 3, 2}},
	"│": {{4, 0, 1, placeHeight}},
}

type stroke struct{ x, y, width, height int }

// drawRun draws the letters of one style that stand together from a column on, or the lines of one kind, and gives
// the column behind them. Blanks end a run, but for one between two words.
func drawRun(b *strings.Builder, row, from int, line []Cell, mark func(Cell) Mark) int {
	blank := func(c Cell) bool { return c.Text == " " || c.Text == "\u00a0" }
	if blank(line[from]) {
		return from + 1
	}
	classes := mark(line[from]).Classes
	attribute := ""
	if classes != "" {
		attribute = fmt.Sprintf(" class=%q", classes)
	}
	end := from
	if pieces, is := strokes[line[from].Text]; is {
		for end < len(line) && line[end].Text == line[from].Text && mark(line[end]).Classes == classes {
			end++
		}
		fmt.Fprintf(b, "<path%s d=\"%s\"/>\n", attribute, path(pieces, row, from, end))
		return end
	}
	var words strings.Builder
	for i := from; i < len(line) && mark(line[i]).Classes == classes; i++ {
		if _, is := strokes[line[i].Text]; is {
			break
		}
		if blank(line[i]) {
			if i+1 == len(line) || blank(line[i+1]) {
				break
			}
			continue
		}
		if end > from && i > end {
			words.WriteByte(' ')
		}
		words.WriteString(line[i].Text)
		end = i + 1
		for end < len(line) && line[end].Text == "" { // behind a wide letter
			end++
			i++
		}
	}
	length := ""
	if columns := end - from; columns > 1 {
		length = fmt.Sprintf(" textLength=\"%d\"", columns*placeWidth)
	}
	fmt.Fprintf(b, "<text%s x=\"%d\" y=\"%d\"%s>%s</text>\n", attribute, from*placeWidth, row*placeHeight+baseline, length,
		html.EscapeString(words.String()))
	return end
}

// path draws the strokes of places from one column up to another.
func path(pieces []stroke, row, from, end int) string {
	var b strings.Builder
	rectangle := func(x, y, width, height int) {
		fmt.Fprintf(&b, "M%d %dh%dv%dh-%dz", x, y, width, height, width)
	}
	top := row * placeHeight
	if s := pieces[0]; len(pieces) == 1 && s.width == placeWidth {
		rectangle(from*placeWidth, top+s.y, (end-from)*placeWidth, s.height)
		return b.String()
	}
	for col := from; col < end; col++ {
		for _, s := range pieces {
			rectangle(col*placeWidth+s.x, top+s.y, s.width, s.height)
		}
	}
	return b.String()
}
