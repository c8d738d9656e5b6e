package form

import (
	"math"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/layout"
)

// Choice is a field that offers options: one of them, or any number.
type Choice struct {
	Options []string
	Chosen  []bool
	many    bool
	ids     []string               // of the options, where there may be any number
	name    func(id string) string // of an option
	at      int                    // option under the cursor
	focused bool
	spots   []spot // of the options, as last drawn
}

// spot is where an option stands: its line, its middle on it, and where it begins and ends.
type spot struct{ line, middle, from, to int }

// NewChoice makes a field in which one option is chosen.
func NewChoice(options []string, chosen int) *Choice {
	choice := &Choice{Options: options, Chosen: make([]bool, len(options)), at: chosen}
	choice.Chosen[chosen] = true
	return choice
}

// NewChoices makes a field in which any number of options is chosen. What is chosen besides those offered is offered,
// too.
func NewChoices(offered, chosen []string, name func(id string) string) *Choice {
	choice := &Choice{ids: offered, name: name, many: true}
	choice.choose(chosen)
	return choice
}

func (c *Choice) choose(chosen []string) {
	for _, id := range chosen {
		if !slices.Contains(c.ids, id) {
			c.ids = append(slices.Clip(c.ids), id)
		}
	}
	c.Options, c.Chosen = nil, nil
	for _, id := range c.ids {
		c.Options, c.Chosen = append(c.Options, c.name(id)), append(c.Chosen, slices.Contains(chosen, id))
	}
}

// IDs are the chosen options of a choice of any number.
func (c *Choice) IDs() []string {
	var ids []string
	for i, chosen := range c.Chosen {
		if chosen {
			ids = append(ids, c.ids[i])
		}
	}
	return ids
}

// Index is the chosen option of a choice of one.
func (c *Choice) Index() int {
	return max(slices.Index(c.Chosen, true), 0)
}

// values is an x for each option that is chosen; of any number their ids, since the plan may offer others meanwhile.
func (c *Choice) values() string {
	if c.many {
		return strings.Join(c.IDs(), "\n")
	}
	marks := make([]byte, len(c.Chosen))
	for i, chosen := range c.Chosen {
		marks[i] = '-'
		if chosen {
			marks[i] = 'x'
		}
	}
	return string(marks)
}

// fill chooses what values has marked.
func (c *Choice) fill(values string) {
	if c.many {
		c.choose(strings.FieldsFunc(values, func(r rune) bool { return r == '\n' }))
		return
	}
	if len(values) != len(c.Chosen) {
		return
	}
	for i := range c.Chosen {
		c.Chosen[i] = values[i] == 'x'
		if c.Chosen[i] {
			c.at = i
		}
	}
}

// update moves between the options; in a choice of one, moving chooses.
func (c *Choice) update(message tea.KeyMsg, f *frame.Frame) {
	switch {
	case c.many && key.Matches(message, f.Keys.Up):
		c.at = c.beside(-1)
	case c.many && key.Matches(message, f.Keys.Down):
		c.at = c.beside(+1)
	case key.Matches(message, f.Keys.Left):
		c.at = max(c.at-1, 0)
	case key.Matches(message, f.Keys.Right):
		c.at = min(c.at+1, len(c.Options)-1)
	case key.Matches(message, f.Keys.Cycle):
		if c.many {
			c.Chosen[c.at] = !c.Chosen[c.at]
			return
		}
		c.at = (c.at + 1) % len(c.Options)
	default:
		return
	}
	if !c.many {
		clear(c.Chosen)
		c.Chosen[c.at] = true
	}
}

// click chooses the option at a place, or in a choice of any number takes it back. It reports whether there is one.
func (c *Choice) click(line, column int) bool {
	for i, spot := range c.spots {
		if spot.line != line || column < spot.from || column >= spot.to || i >= len(c.Options) {
			continue
		}
		c.at = i
		if c.many {
			c.Chosen[i] = !c.Chosen[i]
			return true
		}
		clear(c.Chosen)
		c.Chosen[i] = true
		return true
	}
	return false
}

// beside is the option that stands nearest on the line above or below; the same one where there is no such line.
func (c *Choice) beside(by int) int {
	nearest := c.at
	if c.at >= len(c.spots) {
		return nearest
	}
	here, least := c.spots[c.at], math.MaxInt
	for i, spot := range c.spots {
		far := max(spot.middle-here.middle, here.middle-spot.middle)
		if spot.line == here.line+by && far < least {
			nearest, least = i, far
		}
	}
	return nearest
}

// view draws the options one after another, in columns where they take several lines.
func (c *Choice) view(f *frame.Frame, width int) []string {
	mark, gap := "", "  "
	if c.many {
		mark, gap = " ", " " // room for the cursor: without colours nothing else shows where it is
	}
	items, widths := make([]string, len(c.Options)), make([]int, len(c.Options))
	for i, option := range c.Options {
		sign := f.Signs.Unchosen
		if c.Chosen[i] {
			sign = f.Signs.Chosen
		}
		if c.many {
			sign = strings.NewReplacer("(", "[", ")", "]", "•", "x", "*", "x").Replace(sign)
		}
		here := mark
		if c.many && c.focused && i == c.at {
			here = f.Signs.Cursor
		}
		items[i] = layout.Cut(here+sign+" "+option, width)
		widths[i] = layout.Width(items[i])
	}
	c.spots = set(c.spots[:0], widths, width, len(gap))
	lines, used := []string{""}, 0
	for i, item := range items {
		spot := c.spots[i]
		if spot.line == len(lines) {
			lines, used = append(lines, ""), 0
		}
		switch {
		case c.focused && i == c.at:
			item = f.Styles.Accent.Underline(true).Render(item)
		case c.Chosen[i]:
			item = f.Styles.Title.Render(item)
		}
		lines[spot.line] += layout.Blank(spot.from-used) + item
		used = spot.to
	}
	return lines
}

// mostColumns is how many columns of options stand side by side at most.
const mostColumns = 6

// set says where options of some widths stand: one after another where one line holds them, else in as many columns as
// make the fewest lines, in which a long option takes several.
func set(spots []spot, widths []int, width, gap int) []spot {
	best := inColumns(nil, widths, width, gap, 1)
	last := len(best) - 1
	most := best[last].line + 1
	for n := 2; most > 1 && n <= mostColumns; n++ {
		step, long := (width+gap)/n, 0
		for _, wide := range widths {
			if wide+gap > step {
				long++
			}
		}
		if long > len(widths)/3 { // then nothing stands under one another any more
			break
		}
		if aligned := inColumns(nil, widths, width, gap, step); aligned[last].line <= most {
			best, most = aligned, aligned[last].line-1
		}
	}
	return append(spots, best...)
}

// inColumns sets options at multiples of a step.
func inColumns(spots []spot, widths []int, width, gap, step int) []spot {
	line, used := 0, 0
	for _, wide := range widths {
		from := used
		if used > 0 {
			from = (used + gap + step - 1) / step * step
		}
		if used > 0 && from+wide > width {
			line, from = line+1, 0
		}
		spots = append(spots, spot{line, from + wide/2, from, from + wide})
		used = from + wide
	}
	return spots
}
