package serve

import (
	"time"

	"example.org/tiendo/tui/visit"
)

// Limits bound what clients may take; each has the name of its flag, and what sshd_config has, too, has its name there.
type Limits struct {
	// LoginGraceTime is the time from the connection to the login, however slowly bytes come, and from the opening
	// of a session to its request. In it a person compares the server's fingerprint and types a passphrase.
	LoginGraceTime time.Duration
	// MaxAuthTries is how many keys that are not on the roster one connection may offer, and how many logins may fail
	// on it.
	MaxAuthTries int
	// MaxStartups is about connections that have not logged in yet.
	MaxStartups Startups
	// PerSourceMaxStartups is how many connections of one address may be without login; a whole office may share an
	// address.
	PerSourceMaxStartups int
	// Connections is how many there may be in all, after their logins.
	Connections int
	// Person is how many one person may have.
	Person int
	// MaxSessions is how many one connection may have open at the same time.
	MaxSessions int
	// Environment is how many variables of known names a session may set.
	Environment int
	// Smallest and Largest bound the window of a terminal, in cells.
	Smallest, Largest Window
	// Limits are those of the sessions. A connection may be as long without a session as a session without a key.
	visit.Limits

	// ClientAliveInterval is how often a client is asked whether it is still there, and how long it may take to answer.
	ClientAliveInterval time.Duration
	// Write is how long the client may leave a piece of output unread.
	Write time.Duration
	// Farewell is how long the server waits, when it stops, for changes that are being written and for
	// clients to leave.
	Farewell time.Duration
}

// Window is the size of a terminal in cells.
type Window struct{ Width, Height int }

// Startups are start:rate:full of MaxStartups in sshd_config. Below Start connections without login every new one is
// admitted; from there each is refused by chance, of a hundred Rate at Start and all at Full.
type Startups struct{ Start, Rate, Full int }

// admits says whether one more connection is admitted beside so many that have not logged in.
func (s Startups) admits(count int, random func(n int) int) bool {
	switch {
	case count < s.Start:
		return true
	case count >= s.Full:
		return false
	}
	return random(100) >= s.Rate+(100-s.Rate)*(count-s.Start)/(s.Full-s.Start)
}

// DefaultLimits are the limits of an office of a few hundred people. All who may be connected can log in at the same
// moment, as after a restart, before chance has a say: sshd's own 10:30:100 would turn many of them away. One address
// alone never comes that far.
func DefaultLimits() Limits {
	return Limits{
		LoginGraceTime:       time.Minute,
		MaxAuthTries:         3,
		MaxStartups:          Startups{Start: 256, Rate: 30, Full: 512},
		PerSourceMaxStartups: 128,
		Connections:          256,
		Person:               visit.MostPlaces,
		MaxSessions:          2,
		Environment:          8,
		Smallest:             Window{20, 5},
		Largest:              Window{400, 200},
		Limits:               visit.DefaultLimits(),
		ClientAliveInterval:  time.Minute,
		Write:                30 * time.Second,
		Farewell:             10 * time.Second,
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
