package serve

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/crypto/ssh"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/visit"
)

// Login is who came in.
type Login struct {
	Person      model.Person
	Fingerprint string // SHA256:…, of the key that signed
	Address     string // of the client, with its port
}

// Client is one session of someone who has logged in.
type Client struct {
	Login Login
	// Env is the client's environment, "" for what is not set: TERM, COLORTERM, NO_COLOR, LANG, LC_ALL,
	// LC_CTYPE, TIENDO_LANG and TIENDO_THEME. The values are cleaned.
	Env func(name string) string
	// Output takes what is no part of a picture, such as a text for the clipboard. It does not wait for the
	// client. It is nil where there is no dashboard.
	Output io.Writer
	Window Window
	// Note logs an event with the person, unit, fingerprint and address of the session.
	Note func(event string, attrs ...slog.Attr)
}

// Streams are what a command reads and writes. In is nil on a terminal; otherwise it ends with an error when the
// session ends before the client has said all.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// Options are what a server is given from outside. Log and the functions are called by several goroutines.
type Options struct {
	// HostKey is the file of the server's own key. It is made at the first start.
	HostKey string
	// Identify looks up who owns a key, on the roster as it is now.
	Identify func(key ssh.PublicKey) (model.Person, bool)
	// NoLongerWelcome is why somebody who has logged in must go, by the roster as it is now; nil while they may stay.
	NoLongerWelcome func(login Login) *visit.Reason
	// Dashboard makes the root model of one session, and what is to be called at its end: that waits for
	// changes that are being written. ctx ends with the session. The clipboard, the renderer and the language
	// follow from the client. Of Bubble Tea's commands about the terminal those for the mouse and for a new
	// picture are obeyed; nothing can be executed in the terminal, and nothing be suspended.
	Dashboard func(ctx context.Context, client Client) (root tea.Model, end func(), err error)
	// Command answers a command line, or "" for a shell where there is no terminal that can show the
	// dashboard. If the line is not allowed, it has only told the client why, and says for the log what was refused.
	Command func(ctx context.Context, client Client, line string, streams Streams) (exit int, refused []slog.Attr)
	// Words are the language of a client; env knows nothing before its session. Without it Vietnamese is spoken.
	Words func(env func(name string) string) lang.Words
	// Limits are DefaultLimits, or some of them changed.
	Limits Limits
	// Log takes a JSON line for each login, refusal and end of a session.
	Log io.Writer
	// Now is the clock for the log.
	Now func() time.Time
	// Random gives a number from 0 to n-1, for Limits.MaxStartups; nil is math/rand's.
	Random func(n int) int
}

// Server is an SSH server for the people of one roster.
type Server struct {
	options Options
	limits  Limits
	signer  ssh.Signer
	journal *journal

	mutex       sync.Mutex
	connections map[*connection]struct{}
	stopping    bool          // no more are admitted
	empty       chan struct{} // closed when stopping and the last connection has gone
}

// New makes a server. It refuses a host key that others can read.
func New(options Options) (*Server, error) {
	if options.Identify == nil || options.NoLongerWelcome == nil || options.Dashboard == nil ||
		options.Command == nil || options.Now == nil {
		return nil, errors.New("serve: Identify, NoLongerWelcome, Dashboard, Command and Now are needed")
	}
	if options.Words == nil {
		options.Words = func(func(string) string) lang.Words { return lang.Words{} }
	}
	if options.Log == nil {
		options.Log = io.Discard
	}
	if options.Random == nil {
		options.Random = rand.IntN
	}
	signer, err := hostKey(options.HostKey)
	if err != nil {
		return nil, err
	}
	return &Server{
		options:     options,
		limits:      options.Limits,
		signer:      signer,
		journal:     newJournal(options.Log, options.Now),
		connections: map[*connection]struct{}{},
		empty:       make(chan struct{}),
	}, nil
}

// HostKey is the public half of the server's key, for a person to compare.
func (s *Server) HostKey() ssh.PublicKey { return s.signer.PublicKey() }

// Serve lets clients in until ctx ends. Then it closes the listener, tells every session, waits for changes
// that are being written, and returns once all have gone, at the latest after Limits.Farewell. It can be
// called once.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	stop := context.AfterFunc(ctx, func() { _ = listener.Close() })
	defer stop()
	err := s.accept(ctx, listener)
	_ = listener.Close() // a second close is no harm
	s.stop()
	return err
}

// accept lets clients in until the listener is closed. What passes, such as too many open files, is waited for.
func (s *Server) accept(ctx context.Context, listener net.Listener) error {
	const first, longest = 5 * time.Millisecond, time.Second
	pause := first
	for {
		socket, err := listener.Accept()
		switch {
		case err == nil:
			pause = first
			s.enter(socket)
		case ctx.Err() != nil:
			return nil //nolint:nilerr // that is why it was closed
		case errors.Is(err, net.ErrClosed):
			return err
		default:
			s.journal.limited("refused", "", slog.String("reason", "accept: "+err.Error()))
			select {
			case <-time.After(pause):
				pause = min(2*pause, longest)
			case <-ctx.Done():
			}
		}
	}
}

// enter admits a connection and runs it, or closes it.
func (s *Server) enter(socket net.Conn) {
	c := newConnection(s, socket)
	if reason := s.admit(c); reason != "" {
		c.refuse(reason)
		_ = socket.Close()
		return
	}
	go c.run()
}

// admit counts a connection in, unless so many have not logged in yet that MaxStartups or PerSourceMaxStartups is
// against it. Those who have logged in are not asked to make room, nor do they take any.
func (s *Server) admit(c *connection) (refused string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	all, here := 0, 0
	for other := range s.connections {
		if other.authenticated {
			continue
		}
		all++
		if other.source == c.source {
			here++
		}
	}
	switch {
	case s.stopping:
		return "the server stops"
	case here >= s.limits.PerSourceMaxStartups:
		return "too many connections without login" // of this address, so that it may be blocked for it
	case !s.limits.MaxStartups.admits(all, s.options.Random):
		return "past max-startups"
	}
	s.connections[c] = struct{}{}
	return ""
}

// authenticate makes a connection that of a person, unless they or all together have the most that they may have; said
// is what the person is told then.
func (s *Server) authenticate(c *connection, person string) (said phrase.Sentence, err error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	all, own := 0, 0
	for other := range s.connections {
		if other.authenticated {
			all++
			if other.person == person {
				own++
			}
		}
	}
	switch most := s.limits.Person; {
	case own >= most:
		return phrase.Say("you have %d connections already, and may not have more; close some of them first", most),
			errors.New("too many connections of " + person)
	case all >= s.limits.Connections:
		return phrase.Say("the server has as many connections as it may have; try again in a while"),
			errors.New("too many connections in all")
	}
	c.authenticated, c.person = true, person
	return said, nil
}

// leave counts a connection out.
func (s *Server) leave(c *connection) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	delete(s.connections, c)
	if s.stopping && len(s.connections) == 0 {
		close(s.empty)
	}
}

// RosterChanged ends the sessions of those who are no longer welcome.
func (s *Server) RosterChanged() {
	for _, c := range s.all() {
		c.rosterChanged()
	}
}

func (s *Server) all() []*connection {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return slices.Collect(maps.Keys(s.connections))
}

// stop tells every session and waits until all have gone.
func (s *Server) stop() {
	s.mutex.Lock()
	s.stopping = true
	if len(s.connections) == 0 {
		close(s.empty)
	}
	s.mutex.Unlock()
	for _, c := range s.all() {
		c.end(serverStops())
	}
	select {
	case <-s.empty:
	case <-time.After(s.limits.Farewell):
		for _, c := range s.all() {
			c.drop("the server has stopped")
		}
	}
}

// source is the address for PerSourceMaxStartups: without the port, and of IPv6 the part that is given to one place.
func source(address net.Addr) string {
	parsed, err := netip.ParseAddrPort(address.String())
	if err != nil {
		return address.String()
	}
	ip := parsed.Addr().Unmap().WithZone("")
	if ip.Is4() {
		return ip.String()
	}
	return netip.PrefixFrom(ip, 64).Masked().String()
}
