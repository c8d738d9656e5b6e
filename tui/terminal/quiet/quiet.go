// Package quiet keeps Bubble Tea from asking the terminal for its background colour when the program starts.
//
// Bubble Tea v1 asks in an init function, in every process that links it: `tiendo version` would write escape
// sequences too, wait up to five seconds where nothing answers, and take a late answer for typed keys. Lip
// Gloss asks only if it was not told, so this package tells it, in an init function that runs first: Go
// initialises packages that are ready in the order of their import paths, this one is ready as soon as Lip
// Gloss is, and its path sorts before github.com/charmbracelet/bubbletea. So it must import nothing but Lip
// Gloss, and the module's path must keep sorting before "github.com/c".
//
// Import it for its effect only. Nothing here says that the background is dark: colours that depend on it are
// chosen by the theme.
package quiet

import "github.com/charmbracelet/lipgloss"

func init() { lipgloss.SetHasDarkBackground(true) }
