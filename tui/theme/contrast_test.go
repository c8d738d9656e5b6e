package theme_test

import (
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"example.org/tiendo/tui/terminal/terminaltest"
	"example.org/tiendo/tui/theme"
)

// rgb is a colour.
type rgb = terminaltest.Colour

// palettes are the sixteen colours of terminals that have no more.
var palettes = map[string][]rgb{
	"xterm": terminaltest.Palettes["xterm"].Sixteen, "Campbell": terminaltest.Palettes["Campbell"].Sixteen,
	"VGA": terminaltest.Palettes["VGA"].Sixteen,
}

// grounds are those on which each theme must be read.
var (
	black, white  = rgb{}, rgb{255, 255, 255}
	solarizedDark = terminaltest.Hex("002b36")
	solarized     = terminaltest.Hex("fdf6e3")
	grounds       = map[theme.Theme][]rgb{
		theme.AnyGround:   {black, white, solarizedDark, solarized},
		theme.DarkGround:  {black, solarizedDark},
		theme.LightGround: {white, solarized},
	}
)

// drawn is what a style sends: the text's colour, the ground, and whether both change places. nil is the terminal's own.
func drawn(t *testing.T, style lipgloss.Style, sixteen []rgb) (text, ground *rgb, reversed bool) {
	t.Helper()
	open, _, _ := strings.Cut(style.Render("x"), "x")
	codes := strings.Split(strings.TrimSuffix(strings.TrimPrefix(open, "\x1b["), "m"), ";")
	for i := 0; i < len(codes); i++ {
		code, err := strconv.Atoi(codes[i])
		if err != nil && codes[i] != "" {
			t.Fatalf("%q", open)
		}
		colour := func(c rgb) *rgb { return &c }
		switch {
		case code == 7:
			reversed = true
		case code == 38, code == 48:
			of, err := strconv.Atoi(codes[i+2])
			if err != nil || codes[i+1] != "5" || of < 16 {
				t.Fatalf("%q is none of the fixed colours", open)
			}
			if code == 38 {
				text = colour(terminaltest.Fixed(of))
			} else {
				ground = colour(terminaltest.Fixed(of))
			}
			i += 2
		case code >= 30 && code < 38:
			text = colour(sixteen[code-30])
		case code >= 90 && code < 98:
			text = colour(sixteen[code-82])
		}
	}
	return text, ground, reversed
}

// Every text can be read on every ground for which its theme is made: its contrast is 4.5 to 1 or more, and that of the
// lines of a bar 3 to 1. Text in the terminal's own colour is as its owner chose it, on the terminal's own ground.
func TestContrast(t *testing.T) {
	for of, on := range grounds {
		for _, profile := range []termenv.Profile{termenv.TrueColor, termenv.ANSI256, termenv.ANSI} {
			r := lipgloss.NewRenderer(io.Discard)
			r.SetColorProfile(profile)
			styles := reflect.ValueOf(theme.New(r, of))
			for i := range styles.NumField() {
				name := styles.Type().Field(i).Name
				style, is := reflect.TypeAssert[lipgloss.Style](styles.Field(i))
				if !is {
					t.Fatalf("%s is no style", name)
				}
				least := 4.5
				if strings.HasPrefix(name, "Bar") {
					least = 3
				}
				for palette, sixteen := range palettes {
					where := fmt.Sprintf("theme %d, profile %d, %s, %s", of, profile, palette, name)
					text, ground, reversed := drawn(t, style, sixteen)
					switch {
					case ground != nil && text == nil, reversed && text != nil:
						t.Errorf("%s: half of its colours are the terminal's own", where)
					case ground != nil:
						if found := terminaltest.Contrast(*text, *ground); found < least {
							t.Errorf("%s: contrast %.2f on its own ground", where, found)
						}
					case text != nil:
						for _, screen := range on {
							if profile == termenv.ANSI && screen != black && screen != white {
								continue // Solarized on a terminal of sixteen colours has colours of its own
							}
							if found := terminaltest.Contrast(*text, screen); found < least {
								t.Errorf("%s: contrast %.2f on %v", where, found, screen)
							}
						}
					}
				}
			}
		}
	}
}

// The cursor's row stands out from every ground around it.
func TestRowStandsOut(t *testing.T) {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.ANSI256)
	for of, on := range grounds {
		_, ground, _ := drawn(t, theme.New(r, of).Row, nil)
		for _, screen := range on {
			if found := terminaltest.Contrast(*ground, screen); found < 2 {
				t.Errorf("theme %d: contrast %.2f with %v", of, found, screen)
			}
		}
	}
}

func TestChoose(t *testing.T) {
	tests := map[string]struct {
		name, colours string
		want          theme.Theme
	}{
		"by name":            {theme.Light, "15;0", theme.LightGround},
		"dark by name":       {theme.Dark, "0;15", theme.DarkGround},
		"white on black":     {theme.Auto, "15;0", theme.DarkGround},
		"black on white":     {theme.Auto, "0;15", theme.LightGround},
		"rxvt with a pixmap": {theme.Auto, "0;default;15", theme.LightGround},
		"dark grey":          {"", "7;8", theme.DarkGround},
		"light grey":         {"", "0;7", theme.LightGround},
		"not said":           {theme.Auto, "", theme.AnyGround},
		"not known":          {theme.Auto, "15;default", theme.AnyGround},
		"out of range":       {theme.Auto, "15;99", theme.AnyGround},
		"no pair":            {theme.Auto, "0", theme.AnyGround},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := theme.Choose(tt.name, func(string) string { return tt.colours })
			if got != tt.want {
				t.Errorf("%d; want %d", got, tt.want)
			}
		})
	}
}

func TestJoined(t *testing.T) {
	tests := map[string][2]string{
		"a run":              {"\x1b[32mv\x1b[0m   \x1b[32mv\x1b[0m", "\x1b[32mv   v\x1b[0m"},
		"fixed colours":      {"\x1b[1;38;5;9mv\x1b[0m \x1b[1;38;5;9mv\x1b[0m x", "\x1b[1;38;5;9mv v\x1b[0m x"},
		"another colour":     {"\x1b[32mv\x1b[0m  \x1b[31mv\x1b[0m", "\x1b[32mv\x1b[0m  \x1b[31mv\x1b[0m"},
		"words between":      {"\x1b[32mv\x1b[0m a \x1b[32mv\x1b[0m", "\x1b[32mv\x1b[0m a \x1b[32mv\x1b[0m"},
		"a line under words": {"\x1b[4mv\x1b[0m \x1b[4mv\x1b[0m", "\x1b[4mv\x1b[0m \x1b[4mv\x1b[0m"},
		"a ground":           {"\x1b[38;5;1;48;5;2mv\x1b[0m \x1b[38;5;1;48;5;2mv\x1b[0m", "\x1b[38;5;1;48;5;2mv\x1b[0m \x1b[38;5;1;48;5;2mv\x1b[0m"},
		"blanks at the end":  {"\x1b[32mv\x1b[0m  ", "\x1b[32mv\x1b[0m  "},
		"no colour":          {"v v", "v v"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := theme.Joined(tt[0]); got != tt[1] {
				t.Errorf("%q; want %q", got, tt[1])
			}
		})
	}
}

func TestUnder(t *testing.T) {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.ANSI256)
	ground := r.NewStyle().Background(lipgloss.Color("24"))
	const open, end = "\x1b[48;5;24m", "\x1b[0m"
	if got, want := theme.Under(ground, "a\x1b[7mb\x1b[0mc", 5), open+"a\x1b[7mb"+end+open+"c  "+end; got != want {
		t.Errorf("%q; want %q", got, want)
	}
	r.SetColorProfile(termenv.Ascii)
	if got := theme.Under(r.NewStyle().Background(lipgloss.Color("24")), "a", 5); got != "a" {
		t.Errorf("without colours %q", got)
	}
}
