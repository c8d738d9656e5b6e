package terminal

import (
	"os"
	"time"

	"golang.org/x/term"
)

// everyModeOff undoes what a dashboard asks of a terminal: colours, mouse, pastes in brackets, the hidden
// cursor, the alternate screen.
const everyModeOff = "\x1b[0m\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[?25h\x1b[?1049l"

// Restorer keeps how the terminal is now. What it returns puts that back for a program that cannot do it itself
// any more. A terminal that takes no output is waited for as long as told, and then left.
func Restorer(in, out *os.File) (restore func(patience time.Duration)) {
	state, err := term.GetState(int(in.Fd()))
	if err != nil {
		return func(time.Duration) {}
	}
	return func(patience time.Duration) {
		_ = term.Restore(int(in.Fd()), state) // it may be gone
		written := make(chan struct{})
		go func() {
			_, _ = out.WriteString(everyModeOff)
			close(written)
		}()
		select {
		case <-written:
		case <-time.After(patience):
		}
	}
}
