package terminal

import (
	"io"
	"runtime"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// Profile decides from the environment which colours a terminal shows; the terminal itself is not asked.
//
// force, a person's explicit wish, goes before all else: "none", "16", "256" or "truecolor"; anything else is
// no wish. Then there are no colours if NO_COLOR is set and not empty (https://no-color.org), if TERM is
// "dumb" or empty, if CLICOLOR is 0, or if the output is no terminal; CLICOLOR_FORCE, set and not 0, overrules
// the last two (https://bixense.com/clicolors). What is left is decided by COLORTERM and TERM.
//
// env is os.Getenv, or the environment that the client of a network session sent.
func Profile(env func(string) string, isTerminal bool, force string) termenv.Profile {
	switch force {
	case "none":
		return termenv.Ascii
	case "16":
		return termenv.ANSI
	case "256":
		return termenv.ANSI256
	case "truecolor":
		return termenv.TrueColor
	}
	forced := env("CLICOLOR_FORCE") != "" && env("CLICOLOR_FORCE") != "0"
	switch {
	case env("NO_COLOR") != "", isDumb(env):
		return termenv.Ascii
	case !forced && (env("CLICOLOR") == "0" || !isTerminal):
		return termenv.Ascii
	case env("TERM") == "": // a console of Windows
		return termenv.TrueColor
	}
	profile := byTerm(env)
	if forced && profile == termenv.Ascii {
		return termenv.ANSI
	}
	return profile
}

// byTerm is the profile by COLORTERM and TERM.
func byTerm(env func(string) string) termenv.Profile {
	term := env("TERM")
	switch colorTerm := strings.ToLower(env("COLORTERM")); {
	case colorTerm != "truecolor" && colorTerm != "24bit":
	case strings.HasPrefix(term, "screen") && !inTmux(env):
		return termenv.ANSI256 // screen passes COLORTERM on and cannot do it
	default:
		return termenv.TrueColor
	}
	trueColours := []string{"alacritty", "contour", "foot", "rio", "wezterm", "xterm-ghostty", "xterm-kitty"}
	switch {
	case slices.Contains(trueColours, term), strings.HasSuffix(term, "-direct"):
		return termenv.TrueColor
	case strings.Contains(term, "256color"):
		return termenv.ANSI256
	case strings.HasPrefix(term, "vt"), strings.HasSuffix(term, "-m"), strings.HasSuffix(term, "-mono"):
		return termenv.Ascii
	}
	return termenv.ANSI
}

// isDumb reports a terminal that cannot even move its cursor. Without TERM nothing is known about it, except
// on Windows, whose console sets none.
func isDumb(env func(string) string) bool {
	term := env("TERM")
	return term == "dumb" || term == "" && runtime.GOOS != "windows"
}

// NewRenderer returns a renderer of its own for the output w of one terminal or session. Profile and
// background are set, so that it never asks the terminal; colours must not depend on the background.
func NewRenderer(w io.Writer, profile termenv.Profile) *lipgloss.Renderer {
	// Lip Gloss uses the profile set on the renderer, termenv the one in its options.
	r := lipgloss.NewRenderer(w, termenv.WithProfile(profile))
	r.SetColorProfile(profile)
	r.SetHasDarkBackground(true)
	return r
}
