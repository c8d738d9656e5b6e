package terminal

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// MaxCopy is the longest text, in bytes of UTF-8, that Copy accepts. Its sequence stays under 100,000 bytes,
// which the terminals that set a limit accept.
const MaxCopy = 74_000

// ErrTooLong says that a text is longer than terminals take into the clipboard.
var ErrTooLong = errors.New("too long for the terminal's clipboard")

const (
	// screenChunk is how much GNU screen passes through at once, in bytes.
	screenChunk = 76
	// screenString is the longest control string that every GNU screen swallows; it shows the rest as text.
	screenString = 700
)

// Copy returns the sequence that puts a text, cleaned by text.Text, into the clipboard of the person's own
// terminal (OSC 52), so it works over SSH. It is empty for an empty text, which would clear the clipboard, and
// the error is ErrTooLong for one of more than MaxCopy bytes. The terminal does not say whether it obeyed.
//
// tmux takes OSC 52 from a program only with `set-clipboard on`, and passes it through to the terminal
// around it only with `allow-passthrough on` (always, before tmux 3.3). The default of today is neither. It
// ignores the form that is not enabled, so both are sent. GNU screen knows neither and passes through short
// pieces. env is as for Profile.
func Copy(s string, env func(string) string) (string, error) {
	s = text.Text(s)
	switch {
	case s == "":
		return "", nil
	case len(s) > MaxCopy:
		return "", fmt.Errorf("%w: %d bytes, at most %d", ErrTooLong, len(s), MaxCopy)
	}
	plain := ansi.SetSystemClipboard(s)
	switch {
	case inTmux(env):
		return plain + ansi.TmuxPassthrough(plain), nil
	case !strings.HasPrefix(env("TERM"), "screen"):
		return plain, nil
	case env("STY") != "", strings.HasPrefix(env("TERM"), "screen."):
		return ansi.ScreenPassthrough(plain, screenChunk), nil
	case len(plain) > screenString:
		return plain, nil
	}
	// Over SSH, TERM=screen… is screen or tmux. The plain form comes last: tmux takes the first piece of the
	// other for a whole sequence.
	return ansi.ScreenPassthrough(plain, screenChunk) + plain, nil
}

// CopyHint says what a person may have to set before their terminal takes a copy; it is empty where nothing is known
// to be missing. env is as for Profile.
func CopyHint(env func(string) string) phrase.Sentence {
	if inTmux(env) {
		return phrase.Say("tmux takes it with `set -g set-clipboard on` only")
	}
	return phrase.Sentence{}
}

// CopyTo writes the sequence of Copy to w in one Write. With the program's Output it never lands inside a frame.
func CopyTo(w io.Writer, s string, env func(string) string) error {
	sequence, err := Copy(s, env)
	if err != nil || sequence == "" {
		return err
	}
	if _, err := io.WriteString(w, sequence); err != nil {
		return fmt.Errorf("copying to the clipboard: %w", err)
	}
	return nil
}
