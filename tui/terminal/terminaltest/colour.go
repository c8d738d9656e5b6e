package terminaltest

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Colour is red, green and blue, each from 0 to 255.
type Colour [3]int

// Hex reads a colour written as rrggbb. It panics at anything else, for it reads what tests write.
func Hex(word string) Colour {
	code, err := strconv.ParseUint(word, 16, 24)
	if err != nil {
		panic(err)
	}
	return Colour{int(code) >> 16, int(code) >> 8 & 255, int(code) & 255}
}

// hexes reads several colours.
func hexes(words string) (colours []Colour) {
	for word := range strings.FieldsSeq(words) {
		colours = append(colours, Hex(word))
	}
	return colours
}

// String is the colour as CSS writes it.
func (c Colour) String() string { return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2]) }

// luminance is the relative luminance of WCAG 2.1.
func (c Colour) luminance() float64 {
	sum := 0.0
	for i, share := range [3]float64{0.2126, 0.7152, 0.0722} {
		part := float64(c[i]) / 255
		if part <= 0.04045 {
			sum += share * part / 12.92
			continue
		}
		sum += share * math.Pow((part+0.055)/1.055, 2.4)
	}
	return sum
}

// Contrast is the contrast ratio of WCAG 2.1, from 1 to 21.
func Contrast(a, b Colour) float64 {
	light, dark := a.luminance(), b.luminance()
	if light < dark {
		light, dark = dark, light
	}
	return (light + 0.05) / (dark + 0.05)
}

// Fixed is one of the colours 16 to 255, which are the same on every terminal that has them.
func Fixed(code int) Colour {
	if code >= 232 {
		grey := 8 + 10*(code-232)
		return Colour{grey, grey, grey}
	}
	level := func(n int) int {
		if n == 0 {
			return 0
		}
		return 55 + 40*n
	}
	code -= 16
	return Colour{level(code / 36), level(code / 6 % 6), level(code % 6)}
}

// Palette is the colours that a terminal has of its own.
type Palette struct {
	Text, Ground Colour
	Sixteen      []Colour
}

// sixteen are the sixteen colours of more than one of them.
var sixteen = map[string][]Colour{
	"xterm": hexes("000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 " +
		"7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff"),
	"Solarized": hexes("073642 dc322f 859900 b58900 268bd2 d33682 2aa198 eee8d5 " +
		"002b36 cb4b16 586e75 657b83 839496 6c71c4 93a1a1 fdf6e3"),
}

// Palettes are those of terminals as they come: xterm black on white and the other way round, the console of Windows,
// VGA, and both of Solarized, which colours its sixteen for both grounds.
var Palettes = map[string]Palette{
	"xterm":       {Text: Hex("e5e5e5"), Sixteen: sixteen["xterm"]},
	"xterm white": {Ground: Hex("ffffff"), Sixteen: sixteen["xterm"]},
	"Campbell": {Hex("cccccc"), Hex("0c0c0c"), hexes("0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc " +
		"767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2")},
	"VGA": {Hex("aaaaaa"), Hex("000000"), hexes("000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa " +
		"555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff")},
	"Solarized dark":  {Hex("839496"), Hex("002b36"), sixteen["Solarized"]},
	"Solarized light": {Hex("657b83"), Hex("fdf6e3"), sixteen["Solarized"]},
}

// Attributes is what colour sequences say, in the end.
type Attributes struct {
	Text, Ground              int // colours: 1 to 256 are those with the codes 0 to 255; 0 is the terminal's own
	Bold, Underlined, Reverse bool
}

// AttributesOf reads colour sequences, such as the Style of a Cell. It knows what this program writes: the sixteen
// colours, the fixed ones, bold, underlined and reverse.
func AttributesOf(style string) (Attributes, error) {
	var a Attributes
	for sequence := range strings.SplitSeq(style, "m") {
		codes, is := strings.CutPrefix(sequence, "\x1b[")
		switch {
		case sequence == "":
			continue
		case !is:
			return a, fmt.Errorf("%q is no colour sequence", style)
		case codes == "":
			a = Attributes{}
		}
		for codes != "" {
			var err error
			if codes, err = a.take(codes); err != nil {
				return a, fmt.Errorf("%q: %w", style, err)
			}
		}
	}
	return a, nil
}

// On is what of them is seen on a letter: a blank that nothing lies under looks as one in the terminal's own colours.
func (a Attributes) On(letter string) Attributes {
	if letter == " " && !a.Reverse {
		a.Text, a.Bold = 0, false
	}
	return a
}

// Alike reports whether two places look the same.
func Alike(a, b Cell) bool {
	of, err := AttributesOf(a.Style)
	than, otherErr := AttributesOf(b.Style)
	return a == b || err == nil && otherErr == nil && a.Text == b.Text && of.On(a.Text) == than.On(b.Text)
}

// take takes the first of some codes and gives the others.
func (a *Attributes) take(codes string) (rest string, err error) {
	word, rest, _ := strings.Cut(codes, ";")
	code, err := strconv.Atoi(word)
	if err != nil {
		return "", err
	}
	switch {
	case code == 0:
		*a = Attributes{}
	case code == 1:
		a.Bold = true
	case code == 4:
		a.Underlined = true
	case code == 7, code == 27:
		a.Reverse = code == 7
	case code == 22:
		a.Bold = false
	case code == 24:
		a.Underlined = false
	case code == 39:
		a.Text = 0
	case code == 49:
		a.Ground = 0
	case code >= 30 && code < 38:
		a.Text = code - 30 + 1
	case code >= 40 && code < 48:
		a.Ground = code - 40 + 1
	case code >= 90 && code < 98:
		a.Text = code - 90 + 8 + 1
	case code == 38, code == 48:
		var of int
		if _, err := fmt.Sscanf(rest, "5;%d", &of); err != nil || of < 0 || of > 255 {
			return "", fmt.Errorf("%q is none of 256 colours", rest)
		}
		if code == 38 {
			a.Text = of + 1
		} else {
			a.Ground = of + 1
		}
		_, rest, _ = strings.Cut(rest, ";")
		_, rest, _ = strings.Cut(rest, ";")
	default:
		return "", fmt.Errorf("code %d is not known", code)
	}
	return rest, nil
}

// Look is what a person sees in one place.
type Look struct {
	Text, Ground     Colour
	Bold, Underlined bool
}

// Look is how a terminal with these colours shows attributes.
func (p *Palette) Look(a Attributes) Look {
	colour := func(of int, own Colour) Colour {
		switch {
		case of == 0:
			return own
		case of <= 16:
			return p.Sixteen[of-1]
		default:
			return Fixed(of - 1)
		}
	}
	l := Look{colour(a.Text, p.Text), colour(a.Ground, p.Ground), a.Bold, a.Underlined}
	if a.Reverse {
		l.Text, l.Ground = l.Ground, l.Text
	}
	return l
}
