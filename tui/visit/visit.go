package visit

import (
	"io"
	"slices"

	"example.org/tiendo/tui/live"
)

// Visit is what somebody asks for who came by SSH. Who it is was settled by a
// key, and the folder by whoever let them in: nothing that comes from the client
// can change either.
type Visit struct {
	Person         string // the id on the roster
	Key            string // the fingerprint of the key with which they came, SHA256:…
	Dir            string // the data folder, absolute
	Line           string // what is to be done; "" is the dashboard, or the status where there is no screen for it
	Env            func(name string) string
	Stdin          io.Reader // may be nil
	Stdout, Stderr io.Writer
	// Told is told of every change that was made or refused by the rules; may be nil.
	Told live.Observer
	// Denied is told when the person may not see the data; may be nil.
	Denied func(why error)
	// Enter says why somebody may not come in who may see the data; may be nil.
	Enter  func() error
	Limits Limits // how long a dashboard may be open
}

// Variable is the client's environment: only what says something about its terminal or its language.
func (v Visit) Variable(name string) (string, bool) {
	if !slices.Contains(Variables(), name) {
		return "", false
	}
	value := v.Env(name)
	return value, value != ""
}
