package show

import "example.org/tiendo/tui/lang"

// Printer says things in one language, as text or as JSON.
type Printer struct {
	Out   *Output
	Words lang.Words
	Plain bool // no tables: what would stand in columns is said label by label, to be heard
}
