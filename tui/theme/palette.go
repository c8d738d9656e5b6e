package theme

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// Theme is the ground for which colours are chosen.
type Theme int

// The themes. Of AnyGround the ground is not known: what has a meaning stands on a ground of its own or is bold, and
// all other words are in the terminal's own colour.
const (
	AnyGround Theme = iota
	DarkGround
	LightGround
)

// The names of the themes, as a person gives them.
const (
	Auto  = "auto" // by what the terminal says of itself in COLORFGBG
	Dark  = "dark"
	Light = "light"
	Plain = "plain" // no colours
)

// Names are all names of themes.
func Names() []string { return []string{Auto, Dark, Light, Plain} }

// Choose is the theme of a name. Where the name leaves it to the terminal, COLORFGBG says which ground it has, as rxvt
// and Konsole set it: “15;0” is white on black. The terminal is not asked: one that does not answer would be waited
// for.
func Choose(name string, env func(string) string) Theme {
	switch name {
	case Dark:
		return DarkGround
	case Light:
		return LightGround
	default:
	}
	parts := strings.Split(env("COLORFGBG"), ";")
	ground, err := strconv.Atoi(parts[len(parts)-1])
	switch {
	case err != nil, len(parts) < 2, ground < 0, ground > 15:
		return AnyGround
	case ground == 7, ground > 8:
		return LightGround
	default:
		return DarkGround
	}
}

// shade is a colour: one of the fixed colours from 16 on where a terminal has 256, and one of the sixteen where it has
// no more. 0 is the terminal's own colour; black is 16.
//
// Of the sixteen, which every terminal colours as it likes, none can be read as text on white, on black and on both
// grounds of Solarized: its red on its own dark ground has a contrast of 3.2 to 1. So they are used only where there is
// nothing else.
type shade struct{ fixed, sixteen int }

func (s shade) colour() lipgloss.TerminalColor {
	name := func(code int) string {
		if code == 0 {
			return ""
		}
		return strconv.Itoa(code)
	}
	return lipgloss.CompleteColor{TrueColor: name(s.fixed), ANSI256: name(s.fixed), ANSI: name(s.sixteen)}
}

// ink is how words of one meaning are written. reversed is for terminals of sixteen colours, where it stands for a
// ground.
type ink struct {
	text, ground   shade
	bold, reversed bool
}

func (i ink) style(r *lipgloss.Renderer) lipgloss.Style {
	style := r.NewStyle().Bold(i.bold)
	if i.text != (shade{}) {
		style = style.Foreground(i.text.colour())
	}
	if i.ground != (shade{}) {
		style = style.Background(i.ground.colour())
	}
	if i.reversed && r.ColorProfile() == termenv.ANSI {
		style = style.Reverse(true)
	}
	return style
}

// palette is the inks of one theme, by meaning.
type palette struct {
	accent, muted, late, today, done, doneLate, doing, warning ink
	barDone, barDoing, barRest                                 ink
	row, box                                                   ink
}

// cursorRow is loud on every ground: white on a blue of its own.
func cursorRow() ink { return ink{text: shade{fixed: 231}, ground: shade{fixed: 24}, reversed: true} }

var palettes = [...]palette{
	AnyGround: {
		accent:   ink{bold: true},
		late:     ink{text: shade{fixed: 231}, ground: shade{fixed: 160}, bold: true, reversed: true},
		today:    ink{text: shade{fixed: 16}, ground: shade{fixed: 214}, bold: true, reversed: true},
		warning:  ink{bold: true},
		barDone:  ink{text: shade{fixed: 28}},
		barDoing: ink{text: shade{fixed: 33}},
		barRest:  ink{text: shade{fixed: 243}},
		row:      cursorRow(),
		box:      ink{text: shade{fixed: 231}, ground: shade{fixed: 240}, reversed: true},
	},
	DarkGround: {
		accent:   ink{text: shade{208, 11}, bold: true},
		muted:    ink{text: shade{246, 7}},
		late:     ink{text: shade{203, 9}, bold: true},
		today:    ink{text: shade{214, 11}, bold: true},
		done:     ink{text: shade{114, 2}},
		doneLate: ink{text: shade{179, 11}},
		doing:    ink{text: shade{111, 14}},
		warning:  ink{text: shade{221, 11}},
		barDone:  ink{text: shade{114, 2}},
		barDoing: ink{text: shade{111, 14}},
		barRest:  ink{text: shade{244, 7}},
		row:      cursorRow(),
		box:      ink{text: shade{fixed: 231}, ground: shade{fixed: 238}, reversed: true},
	},
	LightGround: {
		accent:   ink{text: shade{94, 4}, bold: true},
		muted:    ink{text: shade{fixed: 242}},
		late:     ink{text: shade{160, 1}, bold: true},
		today:    ink{text: shade{94, 5}, bold: true},
		done:     ink{text: shade{fixed: 22}},
		doneLate: ink{text: shade{58, 5}},
		doing:    ink{text: shade{25, 4}},
		warning:  ink{text: shade{94, 5}},
		barDone:  ink{text: shade{fixed: 22}},
		barDoing: ink{text: shade{25, 4}},
		barRest:  ink{text: shade{fixed: 244}},
		row:      cursorRow(),
		box:      ink{text: shade{fixed: 16}, ground: shade{fixed: 252}, reversed: true},
	},
}
