package serve

import (
	"cmp"
	"time"
)

// Limits bound what clients may take. A field that is zero stands for its default.
type Limits struct {
	// Handshake is the time from the connection to the login, however slowly bytes come, and from the opening
	// of a session to its request.
	Handshake time.Duration
	// Passphrase takes the place of what is left of Handshake once a client has offered a key of the roster:
	// its person may have to type the key's passphrase.
	Passphrase time.Duration
	// Tries is how many keys that are not on the roster one connection may offer, and how many logins may fail on it.
	Tries int
	// Connections is how many there may be in all. At the limit a new one takes the place of one that has not
	// logged in.
	Connections int
	// Person is how many one person may have.
	Person int
	// Strangers is how many connections of one address may be without login for long; a whole office may share an
	// address. Beyond it those go that make no progress towards a login, whatever else they say: half a second
	// after they have said something, at the latest three seconds after they have come a step further. For that
	// time there may be eight times as many, as when all log in at once; who comes then takes the place of another.
	Strangers int
	// Sessions is how many one connection may have open at the same time.
	Sessions int
	// Environment is how many variables of known names a session may set.
	Environment int
	// Smallest and Largest bound the window of a terminal, in cells.
	Smallest, Largest Window
	// Idle is how long a session goes on without a key of the person, and a connection without a session.
	Idle time.Duration
	// Longest is how long a session may last.
	Longest time.Duration
	// Alive is how often a client is asked whether it is still there, and how long it may take to answer.
	Alive time.Duration
	// Write is how long the client may leave a piece of output unread.
	Write time.Duration
	// Farewell is how long the server waits, when it stops, for changes that are being written and for
	// clients to leave.
	Farewell time.Duration
}

// Window is the size of a terminal in cells.
type Window struct{ Width, Height int }

// DefaultLimits are the limits of an office of a few hundred people.
func DefaultLimits() Limits {
	return Limits{
		Handshake:   10 * time.Second,
		Passphrase:  time.Minute,
		Tries:       3,
		Connections: 256,
		Person:      32,
		Strangers:   16,
		Sessions:    2,
		Environment: 8,
		Smallest:    Window{20, 5},
		Largest:     Window{400, 200},
		Idle:        30 * time.Minute,
		Longest:     12 * time.Hour,
		Alive:       time.Minute,
		Write:       30 * time.Second,
		Farewell:    10 * time.Second,
	}
}

func (l Limits) orDefault() Limits {
	d := DefaultLimits()
	return Limits{
		Handshake:   cmp.Or(l.Handshake, d.Handshake),
		Passphrase:  cmp.Or(l.Passphrase, d.Passphrase),
		Tries:       cmp.Or(l.Tries, d.Tries),
		Connections: cmp.Or(l.Connections, d.Connections),
		Person:      cmp.Or(l.Person, d.Person),
		Strangers:   cmp.Or(l.Strangers, d.Strangers),
		Sessions:    cmp.Or(l.Sessions, d.Sessions),
		Environment: cmp.Or(l.Environment, d.Environment),
		Smallest:    cmp.Or(l.Smallest, d.Smallest),
		Largest:     cmp.Or(l.Largest, d.Largest),
		Idle:        cmp.Or(l.Idle, d.Idle),
		Longest:     cmp.Or(l.Longest, d.Longest),
		Alive:       cmp.Or(l.Alive, d.Alive),
		Write:       cmp.Or(l.Write, d.Write),
		Farewell:    cmp.Or(l.Farewell, d.Farewell),
	}
}

// usual is the window of a client that does not know its own.
func usual() Window { return Window{80, 24} }

// window bounds what a client says about its terminal. A dimension of 0 is not known (RFC 4254, 6.2) and
// stays as it was.
func (l *Limits) window(width, height uint32, before Window) Window {
	w := before
	if width != 0 {
		w.Width = int(min(max(int64(width), int64(l.Smallest.Width)), int64(l.Largest.Width)))
	}
	if height != 0 {
		w.Height = int(min(max(int64(height), int64(l.Smallest.Height)), int64(l.Largest.Height)))
	}
	return w
}
