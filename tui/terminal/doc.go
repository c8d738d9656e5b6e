// Package terminal is everything about the terminal itself: a start that asks it nothing, input that arrives
// whole, the colours and signs it can show, its clipboard, and its hang-up.
//
// For a program on the local terminal:
//
//	in, out := terminal.NewTTY(os.Stdin), terminal.NewOutput(os.Stdout)
//	tea.NewProgram(app, tea.WithInput(in), tea.WithOutput(out))
//
// and for a network session NewInput in place of NewTTY. A child process that needs the terminal (an editor
// run by tea.ExecProcess) must be given os.Stdin and os.Stdout themselves, or it finds itself on pipes.
package terminal

import _ "example.org/tiendo/tui/terminal/quiet" // whoever uses the terminal starts quietly
