package cli

import "example.org/tiendo/tui/lang"

// printer says things in one language, as text or as JSON.
type printer struct {
	out   *output
	words lang.Words
}
