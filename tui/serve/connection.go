package serve

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"golang.org/x/crypto/ssh"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/visit"
)

// connection is one client. It may have several sessions.
type connection struct {
	server *Server
	socket net.Conn
	source string

	// These are guarded by server.mutex.
	authenticated bool
	person        string // who logged in

	rejected int // keys that are not on the roster; touched by the handshake alone

	// What follows is guarded by mutex.
	mutex    sync.Mutex
	login    Login
	key      ssh.PublicKey // that signed; nil before the login
	offered  string        // fingerprint of the last key that was offered
	version  string        // of the client
	dropped  string        // why the server closed it before the login
	ended    *visit.Reason // no more sessions, and the connection closes with the last
	sessions map[*session]struct{}
	idle     *time.Timer // runs while there is no session
}

func newConnection(s *Server, socket net.Conn) *connection {
	return &connection{server: s, socket: socket, source: source(socket.RemoteAddr()), sessions: map[*session]struct{}{}}
}

// run serves the client until it has gone and all its sessions have ended.
func (c *connection) run() {
	var running sync.WaitGroup
	defer c.server.leave(c)
	defer running.Wait()
	defer c.recovered()
	defer func() { _ = c.socket.Close() }()

	conn, channels, requests, err := c.handshake()
	if err != nil {
		c.refuse(c.whyNot(err))
		return
	}
	if !c.enterRoster(conn) {
		c.refuse("no longer on the roster")
		_ = conn.Close()
		return
	}
	running.Go(func() { c.refuseRequests(requests) })
	stop := c.askWhetherAlive(conn)
	defer stop()
	for channel := range channels {
		if session := c.accept(channel); session != nil {
			running.Go(session.serve)
		}
	}
	c.end(clientGone())
}

// handshake lasts until the client has logged in.
func (c *connection) handshake() (*ssh.ServerConn, <-chan ssh.NewChannel, <-chan *ssh.Request, error) {
	limits := &c.server.limits
	deadline := time.AfterFunc(limits.LoginGraceTime, func() { c.drop("the login took too long") })
	config := &ssh.ServerConfig{
		Config:        algorithms(),
		ServerVersion: "SSH-2.0-tiendo",
		MaxAuthTries:  limits.MaxAuthTries,
		PublicKeyAuthAlgorithms: []string{
			ssh.KeyAlgoED25519, ssh.KeyAlgoSKED25519, ssh.KeyAlgoECDSA256, ssh.KeyAlgoECDSA384, ssh.KeyAlgoECDSA521,
			ssh.KeyAlgoSKECDSA256, ssh.KeyAlgoRSASHA256, ssh.KeyAlgoRSASHA512,
		},
		// A key that is offered proves nothing: anyone can offer the public key of another. This only says
		// for which keys it is worth to sign.
		PublicKeyCallback: func(meta ssh.ConnMetadata, key ssh.PublicKey) (*ssh.Permissions, error) {
			return &ssh.Permissions{}, c.offers(meta, key)
		},
		// Here the client has signed with this very key.
		VerifiedPublicKeyCallback: func(_ ssh.ConnMetadata, key ssh.PublicKey, permissions *ssh.Permissions,
			_ string) (*ssh.Permissions, error) {
			permissions.ExtraData = map[any]any{signedBy{}: key}
			return permissions, c.signed(key)
		},
	}
	config.AddHostKey(c.server.signer)
	conn, channels, requests, err := ssh.NewServerConn(c.socket, config)
	if inTime := deadline.Stop(); err == nil && !inTime {
		err = errors.New("the login took too long")
	}
	return conn, channels, requests, err
}

// algorithms are the library's usual ones without those that rely on SHA-1.
func algorithms() ssh.Config {
	return ssh.Config{
		KeyExchanges: []string{
			ssh.KeyExchangeMLKEM768X25519, ssh.KeyExchangeCurve25519, ssh.KeyExchangeECDHP256, ssh.KeyExchangeECDHP384,
			ssh.KeyExchangeECDHP521, ssh.KeyExchangeDH14SHA256,
		},
		MACs: []string{ssh.HMACSHA256ETM, ssh.HMACSHA512ETM, ssh.HMACSHA256, ssh.HMACSHA512},
	}
}

// signedBy is under what the permissions of a login keep the key that signed.
type signedBy struct{}

// offers says why a key that is offered is of no use; nil when it is on the roster. Of keys that are not, so many may
// be offered as logins may fail. The library counts them apart, and each only once.
func (c *connection) offers(meta ssh.ConnMetadata, key ssh.PublicKey) error {
	c.mutex.Lock()
	c.offered, c.version = ssh.FingerprintSHA256(key), string(meta.ClientVersion())
	c.mutex.Unlock()
	tries := c.server.limits.MaxAuthTries
	if c.rejected >= tries {
		c.drop("too many keys")
		return errors.New("too many keys")
	}
	// The roster knows keys; nobody here has checked who issued a certificate.
	if _, certificate := key.(*ssh.Certificate); !certificate {
		if _, ok := c.server.options.Identify(key); ok {
			return nil
		}
	}
	c.rejected++
	unknown := errors.New("the key is not on the roster")
	if c.rejected < tries {
		return unknown
	}
	return c.explained(unknown, phrase.Say(
		"none of the %d keys that were offered is on the roster; if yours was not among them, name it: ssh -i FILE -o "+
			"IdentitiesOnly=yes HOST", tries))
}

// explained is a refusal of a login of which the client's person is told more than that.
func (c *connection) explained(err error, said phrase.Sentence) error {
	words := c.server.options.Words(func(string) string { return "" })
	return &ssh.BannerError{Err: err, Message: "tiendo: " + words.Say(said) + "\n"}
}

// signed notes that the client has signed with a key, unless its person has too many connections already.
func (c *connection) signed(key ssh.PublicKey) error {
	person, ok := c.server.options.Identify(key)
	if !ok {
		return errors.New("no longer on the roster")
	}
	c.mutex.Lock()
	c.login = Login{Person: person, Fingerprint: ssh.FingerprintSHA256(key), Address: c.socket.RemoteAddr().String()}
	c.mutex.Unlock()
	if said, err := c.server.authenticate(c, person.ID); err != nil {
		return c.explained(err, said)
	}
	return nil
}

// enterRoster lets the person in whose key signed. The key counts as seen before the roster is asked again, so that a
// change of the roster at this moment is not missed.
func (c *connection) enterRoster(conn *ssh.ServerConn) bool {
	key, ok := conn.Permissions.ExtraData[signedBy{}].(ssh.PublicKey)
	if !ok {
		return false
	}
	c.mutex.Lock()
	c.key, c.version = key, string(conn.ClientVersion())
	login := c.login
	ok = login.Fingerprint == ssh.FingerprintSHA256(key)
	c.mutex.Unlock()
	if !ok || c.server.options.NoLongerWelcome(login) != nil {
		return false
	}
	c.mutex.Lock()
	c.idle = time.AfterFunc(c.server.limits.Idle, func() { c.end(c.server.limits.TooIdle()) })
	c.mutex.Unlock()
	c.note("login", slog.String("client", c.version))
	return true
}

// rosterChanged ends the connection of someone who is no longer who they were when they came.
func (c *connection) rosterChanged() {
	c.mutex.Lock()
	key, login := c.key, c.login
	c.mutex.Unlock()
	if key == nil {
		return // the roster is asked again at the end of the login
	}
	if why := c.server.options.NoLongerWelcome(login); why != nil {
		c.end(why)
	}
}

// refuseRequests answers what a client asks outside of sessions: forwarding of ports.
func (c *connection) refuseRequests(requests <-chan *ssh.Request) {
	for request := range requests {
		switch request.Type {
		case "keepalive@openssh.com", "no-more-sessions@openssh.com":
		default:
			c.refuse("request " + request.Type)
		}
		if request.WantReply {
			_ = request.Reply(false, nil)
		}
	}
}

// accept opens a session, nil if the channel is refused.
func (c *connection) accept(channel ssh.NewChannel) *session {
	if kind := channel.ChannelType(); kind != "session" {
		c.refuse("channel " + kind)
		_ = channel.Reject(ssh.Prohibited, "only sessions")
		return nil
	}
	s := newSession(c)
	if !c.add(s) {
		c.refuse("too many sessions")
		_ = channel.Reject(ssh.ResourceShortage,
			fmt.Sprintf("at most %d sessions on one connection", c.server.limits.MaxSessions))
		return nil
	}
	accepted, requests, err := channel.Accept()
	if err != nil {
		c.remove(s)
		return nil
	}
	s.channel, s.requests = accepted, requests
	return s
}

// add counts a session in, unless there are too many. A client that has read how its session ended may open the next
// one before its own close of the first has come: what has ended hardly counts.
func (c *connection) add(s *session) bool {
	const closing = 4 // times as many may still wait for the client to close them
	c.mutex.Lock()
	defer c.mutex.Unlock()
	most, working := c.server.limits.MaxSessions, 0
	for other := range c.sessions {
		if other.Context().Err() == nil {
			working++
		}
	}
	if c.ended != nil || working >= most || len(c.sessions) >= closing*most {
		return false
	}
	s.login = c.login
	c.sessions[s] = struct{}{}
	c.idle.Stop()
	return true
}

// remove forgets a session whose client has closed it too.
func (c *connection) remove(s *session) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	delete(c.sessions, s)
	switch {
	case len(c.sessions) > 0:
	case c.ended != nil:
		_ = c.socket.Close()
	default:
		c.idle.Reset(c.server.limits.Idle)
	}
}

// end ends all sessions, and then the connection: with the last session that the client closes too, for which
// it has not long.
func (c *connection) end(why *visit.Reason) {
	const patience = 2 * time.Second
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.ended != nil {
		return
	}
	c.ended = why
	if c.idle != nil {
		c.idle.Stop()
	}
	if len(c.sessions) == 0 {
		_ = c.socket.Close()
		return
	}
	ending := slices.Collect(maps.Keys(c.sessions))
	for _, s := range ending {
		s.End(why)
	}
	go func() {
		for _, s := range ending {
			<-s.over
		}
		time.AfterFunc(patience, func() { _ = c.socket.Close() })
	}()
}

// drop closes the connection without a word.
func (c *connection) drop(reason string) {
	c.mutex.Lock()
	c.dropped = reason
	c.mutex.Unlock()
	_ = c.socket.Close()
}

// askWhetherAlive closes the connection when the client does not answer.
func (c *connection) askWhetherAlive(conn ssh.Conn) (stop func()) {
	interval := c.server.limits.ClientAliveInterval
	var asking *time.Timer
	asking = time.AfterFunc(time.Hour, func() {
		deadline := time.AfterFunc(interval, func() { _ = c.socket.Close() })
		_, _, err := conn.SendRequest("keepalive@openssh.com", true, nil)
		if deadline.Stop() && err == nil {
			asking.Reset(interval)
		}
	})
	asking.Reset(interval)
	return func() { asking.Stop() }
}

// whyNot is why a handshake failed, for the log.
func (c *connection) whyNot(err error) string {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	var failed *ssh.ServerAuthError
	switch {
	case c.dropped != "":
		return c.dropped
	case errors.As(err, &failed) && len(failed.Errors) > 0:
		return "no login: " + failed.Errors[len(failed.Errors)-1].Error()
	case errors.Is(err, io.EOF):
		return "no login: the client went away"
	}
	return "no login: " + err.Error()
}

func (c *connection) refuse(reason string) { c.note("refused", slog.String("reason", reason)) }

// note logs an event with who it was. What was changed is always logged, and so is an error of the program's own.
func (c *connection) note(event string, attrs ...slog.Attr) {
	if event == "change" || event == "panic" {
		c.server.journal.write(event, c.attrs(attrs...)...)
		return
	}
	c.mutex.Lock()
	person := c.login.Person.ID
	c.mutex.Unlock()
	c.server.journal.limited(event, person, c.attrs(attrs...)...)
}

// attrs says in the log who it was.
func (c *connection) attrs(more ...slog.Attr) []slog.Attr {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	attrs := []slog.Attr{slog.String("address", c.socket.RemoteAddr().String())}
	if c.key == nil {
		if c.offered != "" {
			attrs = append(attrs, slog.String("offered", c.offered), slog.String("client", c.version))
		}
		return append(attrs, more...)
	}
	attrs = append(attrs, slog.String("fingerprint", c.login.Fingerprint),
		slog.String("person", c.login.Person.ID), slog.String("unit", c.login.Person.Unit))
	return append(attrs, more...)
}

// recovered keeps a panic in the handling of one client from the others.
func (c *connection) recovered() {
	if value := recover(); value != nil {
		c.logPanic(value, debug.Stack())
		c.end(panicked())
	}
}

// logPanic logs where a panic happened. Its value may hold what a person has written, so of others than the
// runtime's own only the type is logged.
func (c *connection) logPanic(value any, stack []byte) {
	what := fmt.Sprintf("%T", value)
	if err, ok := value.(interface {
		error
		RuntimeError()
	}); ok {
		what = err.Error()
	}
	c.note("panic", slog.String("panic", what), slog.String("stack", string(stack)))
}
