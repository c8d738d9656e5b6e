package serve

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// grid is a terminal as far as this package writes to one.
type grid struct {
	cells    [][]cell
	row, col int
	style    string
}

func newGrid(size Window) *grid {
	g := &grid{cells: make([][]cell, size.Height)}
	for i := range g.cells {
		g.cells[i] = slices.Repeat([]cell{{text: " "}}, size.Width)
	}
	return g
}

// take takes output. It knows what a picture is made of and nothing else.
func (g *grid) take(output string) error {
	for output != "" {
		switch {
		case strings.HasPrefix(output, "\x1b["):
			end := strings.IndexFunc(output[2:], func(r rune) bool { return r >= '@' })
			if end < 0 {
				return fmt.Errorf("half a sequence: %q", output)
			}
			g.obey(output[2+end], output[2:2+end], output[:3+end])
			output = output[3+end:]
		case output[0] == '\r':
			g.col, output = 0, output[1:]
		case output[0] == '\n':
			g.row, output = g.row+1, output[1:]
		default:
			cluster, width := ansi.FirstGraphemeCluster(output, ansi.GraphemeWidth)
			if g.row >= len(g.cells) || g.col+width > len(g.cells[g.row]) {
				return fmt.Errorf("%q is outside, at %d,%d", cluster, g.row, g.col)
			}
			for i := range width {
				g.cells[g.row][g.col+i] = cell{g.style, cluster}
			}
			g.col, output = g.col+width, output[len(cluster):]
		}
	}
	return nil
}

func (g *grid) obey(what byte, arguments, whole string) {
	switch what {
	case 'm':
		if g.style += whole; whole == reset {
			g.style = ""
		}
	case 'H':
		row, col, _ := strings.Cut(arguments, ";")
		g.row, _ = strconv.Atoi(row)
		g.col, _ = strconv.Atoi(col)
		g.row, g.col = g.row-1, g.col-1
	case 'K', 'J':
		for i := g.col; i < len(g.cells[g.row]); i++ {
			g.cells[g.row][i] = cell{text: " "}
		}
		for i := g.row + 1; i < len(g.cells) && what == 'J'; i++ {
			g.cells[i] = slices.Repeat([]cell{{text: " "}}, len(g.cells[i]))
		}
	}
}

// shows draws pictures one after the other on one terminal, and the last also on
// a new one: both must show the same.
func shows(t *testing.T, size Window, pictures ...string) {
	t.Helper()
	kept, anew := &screen{}, &screen{}
	changed, fresh := newGrid(size), newGrid(size)
	for _, view := range pictures {
		if err := changed.take(string(kept.paint(nil, &picture{view, size}, false))); err != nil {
			t.Fatal(err)
		}
	}
	if err := fresh.take(string(anew.paint(nil, &picture{pictures[len(pictures)-1], size}, true))); err != nil {
		t.Fatal(err)
	}
	for i := range fresh.cells {
		if !slices.Equal(fresh.cells[i], changed.cells[i]) {
			t.Errorf("line %d shows\n%q\nwant\n%q", i+1, changed.cells[i], fresh.cells[i])
		}
	}
}

func TestPaintChanges(t *testing.T) {
	size := Window{40, 4}
	row := "   \x1b[1mVăn phòng Sở\x1b[0m   ✓   \x1b[31m!\x1b[0m   ◐     7/7"
	chosen := " \x1b[1;33m›\x1b[0m \x1b[1mVăn phòng Sở\x1b[0m   ✓  \x1b[1;33m[\x1b[0m\x1b[31m!\x1b[0m\x1b[1;33m]\x1b[0m  ◐     7/7"
	for name, pictures := range map[string][]string{
		"a choice":             {row + "\n" + row, chosen + "\n" + row, row + "\n" + chosen},
		"shorter":              {row, "x", ""},
		"longer":               {"x", row},
		"fewer lines":          {row + "\n" + row + "\n" + row, row},
		"wide letters":         {"報告 abc", "報 abc", "x報告 abc"},
		"only a style":         {"abc", "a\x1b[1mb\x1b[0mc", "abc"},
		"up to the edge":       {strings.Repeat("x", 40), strings.Repeat("y", 40), strings.Repeat("x", 39)},
		"too long":             {strings.Repeat("x", 50), "y" + strings.Repeat("x", 49), "y"},
		"a style in two parts": {"a\x1b[1m\x1b[31mbc\x1b[0m", "a\x1b[1m\x1b[31mb\x1b[32mc\x1b[0m"},
	} {
		t.Run(name, func(t *testing.T) { shows(t, size, pictures...) })
	}
	output := (&screen{shown: []string{row}, size: size}).paint(nil, &picture{chosen, size}, false)
	if len(output) > 100 {
		t.Errorf("a choice takes %d bytes: %q", len(output), output)
	}
}

func FuzzPaintChanges(f *testing.F) {
	f.Add("abc\ndef", "abd\ndef", "")
	f.Add("a\x1b[1mb\x1b[0mc", "a\x1b[31mb\x1b[0mc", "報告")
	f.Add("tiê\u0301n đô\u0323", "tiến độ", "x\x1b[0m\x1b[1m")
	f.Fuzz(func(t *testing.T, first, second, third string) {
		for _, view := range []string{first, second, third} {
			for letter := range strings.SplitSeq(strings.ReplaceAll(view, "\n", ""), "") {
				if letter != "\x1b" && letter < " " || letter == "\x7f" || letter > "\u0180" && letter < "\u1e00" || letter > "\u1eff" {
					t.Skip("no View holds it, or its width is not agreed upon")
				}
			}
			if !utf8.ValidString(view) || strings.Count(view, "\x1b") != strings.Count(view, "\x1b[1m")+strings.Count(view, reset) {
				t.Skip("no View holds it")
			}
		}
		shows(t, Window{12, 3}, first, second, third)
	})
}
