package serve

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/crypto/ssh"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/terminal/terminaltest"
	"example.org/tiendo/tui/visit"
)

// limit is generous for a busy machine; nothing waits for it where all is well.
const limit = 20 * time.Second

// Keys that make the test's model do what a model may do wrong.
const (
	ctrlE, ctrlP, ctrlQ, ctrlR, ctrlT, ctrlW, ctrlX, ctrlY, ctrlZ = "\x05", "\x10", "\x11", "\x12", "\x14", "\x17", "\x18", "\x19", "\x1a"
)

// probe is a small dashboard that shows what it is told.
type probe struct {
	client Client
	size   string
	sizes  *atomic.Int64 // how many it was told
	typed  string
	keys   int
	broken bool
}

func (p *probe) Init() tea.Cmd { return nil }

func (p *probe) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.size = fmt.Sprintf("%dx%d", msg.Width, msg.Height)
		p.sizes.Add(1)
	case tea.KeyMsg:
		return p, p.key(msg)
	}
	return p, nil
}

func (p *probe) key(msg tea.KeyMsg) tea.Cmd {
	p.keys++
	broken := func() tea.Msg { panic("secret: a command breaks") }
	switch msg.String() {
	case "ctrl+q":
		return tea.Quit
	case "ctrl+z":
		return tea.Suspend //nolint:forbidigo // to see that it does nothing
	case "ctrl+p":
		panic("secret: Update breaks")
	case "ctrl+w":
		p.broken = true
	case "ctrl+r":
		return broken
	case "ctrl+t":
		return tea.Batch(nil, tea.Sequence(nil, func() tea.Msg { return nil }, broken))
	case "ctrl+x":
		return tea.Exec(neverRun{}, nil)
	case "ctrl+e":
		return tea.Sequence(tea.DisableMouse, tea.EnableMouseCellMotion)
	case "ctrl+y":
		if _, err := io.WriteString(p.client.Output, "\x1b]52;c;U+G7nw==\a"); err != nil {
			panic(err)
		}
	default:
		if msg.Type == tea.KeyRunes || msg.Type == tea.KeySpace {
			p.typed += string(msg.Runes)
		}
	}
	return nil
}

// neverRun is a program that must not be executed on the server.
type neverRun struct{}

func (neverRun) Run() error { panic("executed on the server") }

func (neverRun) SetStdin(io.Reader) {}

func (neverRun) SetStdout(io.Writer) {}

func (neverRun) SetStderr(io.Writer) {}

func (p *probe) View() string {
	if p.broken {
		panic("secret: View breaks")
	}
	return fmt.Sprintf("size [%s]\nkeys [%d]\ntyped [%s]\nperson [%s]\nterm [%s]\nend", p.size, p.keys, p.typed, p.client.Login.Person.ID, p.client.Env("TERM"))
}

// office is a running server with its roster.
type office struct {
	t       testing.TB
	server  *Server
	address string
	log     *journalLines
	sizes   atomic.Int64 // that models were told
	ended   atomic.Int64 // dashboards that were ended properly
	stop    context.CancelFunc
	stopped chan error

	mutex  sync.Mutex
	people map[string]model.Person // by fingerprint
	hold   chan struct{}           // when set, the end of a dashboard waits for it
}

// newOffice starts a server on the loopback. change may change its options.
func newOffice(t testing.TB, change func(*Options)) *office {
	t.Helper()
	o := &office{t: t, log: newJournalLines(), people: map[string]model.Person{}, stopped: make(chan error, 1)}
	options := Options{
		HostKey:   filepath.Join(t.TempDir(), "host_key"),
		Identify:  o.identify,
		Dashboard: o.dashboard,
		Command:   answer,
		Words:     func(func(string) string) lang.Words { return lang.In(phrase.English) },
		Limits:    DefaultLimits(),
		Log:       o.log,
		Now:       time.Now,

		NoLongerWelcome: o.noLongerWelcome,
	}
	if change != nil {
		change(&options)
	}
	server, err := New(options)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	o.server, o.address, o.stop = server, listener.Addr().String(), stop
	go func() { o.stopped <- server.Serve(ctx, listener) }()
	t.Cleanup(func() {
		stop()
		if err := within(o.stopped); err != nil {
			t.Error(err)
		}
	})
	return o
}

// within waits for a value, and for its own error.
func within(c chan error) error {
	select {
	case err := <-c:
		c <- err
		return err
	case <-time.After(limit):
		return errors.New("it does not end")
	}
}

func (o *office) identify(key ssh.PublicKey) (model.Person, bool) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	person, ok := o.people[ssh.FingerprintSHA256(key)]
	return person, ok
}

func (o *office) noLongerWelcome(login Login) *visit.Reason {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if o.people[login.Fingerprint].ID != login.Person.ID {
		return &visit.Reason{Log: "no longer on the roster", Say: phrase.Say("no longer on the roster"), Failed: true}
	}
	return nil
}

// hire puts a person on the roster, dismiss takes a key off.
func (o *office) hire(id string, key ssh.PublicKey) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.people[ssh.FingerprintSHA256(key)] = model.Person{ID: id, Name: id, Unit: "unit-of-" + id}
}

func (o *office) dismiss(key ssh.PublicKey) {
	o.mutex.Lock()
	delete(o.people, ssh.FingerprintSHA256(key))
	o.mutex.Unlock()
	o.server.RosterChanged()
}

func (o *office) dashboard(_ context.Context, client Client) (tea.Model, func(), error) {
	switch client.Env("TERM") {
	case "panics":
		panic("secret: the builder breaks")
	case "fails":
		return nil, nil, errors.New("plan.toml:1:2: it is broken")
	}
	return &probe{client: client, sizes: &o.sizes}, func() {
		o.mutex.Lock()
		hold := o.hold
		o.mutex.Unlock()
		if hold != nil {
			<-hold
		}
		o.ended.Add(1)
	}, nil
}

// answer is the command of the tests.
func answer(ctx context.Context, client Client, line string, streams Streams) (exit int, refused []slog.Attr) {
	stdout, stderr := streams.Out, streams.Err
	switch line {
	case "", "status":
		fmt.Fprintf(stdout, "status for %s\nlanguage %q\n", client.Login.Person.ID, client.Env("TIENDO_LANG"))
		return 0, nil
	case "environment":
		for _, name := range []string{"TERM", "COLORTERM", "NO_COLOR", "LANG", "LC_ALL", "LC_CTYPE", "TIENDO_LANG", "LD_PRELOAD", "GIT_DIR", "GIT_AUTHOR_NAME", "PATH"} {
			fmt.Fprintf(stdout, "%s=%s\n", name, client.Env(name))
		}
		return 0, nil
	case "fail":
		fmt.Fprintln(stderr, "tiendo: no")
		return 3, nil
	case "panic":
		panic("secret: the command breaks")
	case "wait":
		fmt.Fprintln(stdout, "waiting")
		<-ctx.Done()
		return 1, nil
	case "flood":
		chunk := []byte(strings.Repeat("x", 1<<20))
		for {
			if _, err := stdout.Write(chunk); err != nil {
				return 1, nil
			}
		}
	case "read":
		content, err := io.ReadAll(streams.In)
		fmt.Fprintf(stdout, "read %q, %v", content, err)
		return 0, nil
	case "is there input":
		fmt.Fprintf(stdout, "%v", streams.In != nil)
		return 0, nil
	case "note":
		client.Note("change", slog.String("hash", "abc\x1b[31m"))
		return 0, nil
	}
	fmt.Fprintln(stderr, "tiendo: not that")
	return 1, []slog.Attr{slog.String("command", "first\x1b"), slog.String("reason", "not that")}
}

// newKey makes a key of one's own.
func newKey(t testing.TB) ssh.Signer {
	t.Helper()
	_, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := ssh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return signer
}

// dial logs in.
func (o *office) dial(user string, methods ...ssh.AuthMethod) (*ssh.Client, error) {
	return o.dialFrom("127.0.0.1", user, methods...)
}

// dialFrom logs in from another address of this machine.
func (o *office) dialFrom(address, user string, methods ...ssh.AuthMethod) (*ssh.Client, error) {
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}, Timeout: limit}
	socket, err := dialer.Dial("tcp", o.address)
	if err != nil {
		return nil, err
	}
	config := &ssh.ClientConfig{User: user, Auth: methods, HostKeyCallback: ssh.FixedHostKey(o.server.HostKey())}
	conn, channels, requests, err := ssh.NewClientConn(socket, o.address, config)
	if err != nil {
		return nil, err
	}
	return ssh.NewClient(conn, channels, requests), nil
}

// login hires a person with a new key, and logs in.
func (o *office) login(id string) (*ssh.Client, ssh.Signer) {
	o.t.Helper()
	key := newKey(o.t)
	o.hire(id, key.PublicKey())
	client, err := o.dial(id, ssh.PublicKeys(key))
	if err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(func() { client.Close() })
	return client, key
}

// screenOf is a terminal with the dashboard, as its client sees it.
type screenOf struct {
	t        testing.TB
	session  *ssh.Session
	keyboard io.WriteCloser

	mutex sync.Mutex
	seen  bytes.Buffer
	shown *terminaltest.Terminal
	more  chan struct{}
	gone  chan struct{}
}

// open opens the dashboard.
func (o *office) open(client *ssh.Client) *screenOf {
	return o.openSized(client, "xterm-256color", 80, 24)
}

func (o *office) openSized(client *ssh.Client, term string, width, height int) *screenOf {
	o.t.Helper()
	session, err := client.NewSession()
	if err != nil {
		o.t.Fatal(err)
	}
	s := &screenOf{t: o.t, session: session, shown: terminaltest.New(500, 200), more: make(chan struct{}, 1), gone: make(chan struct{})}
	if s.keyboard, err = session.StdinPipe(); err != nil {
		o.t.Fatal(err)
	}
	output, err := session.StdoutPipe()
	if err != nil {
		o.t.Fatal(err)
	}
	if err := session.RequestPty(term, height, width, nil); err != nil {
		o.t.Fatal(err)
	}
	if err := session.Shell(); err != nil {
		o.t.Fatal(err)
	}
	go s.follow(output)
	return s
}

func (s *screenOf) follow(output io.Reader) {
	defer close(s.gone)
	chunk := make([]byte, 32<<10)
	for {
		n, err := output.Read(chunk)
		s.mutex.Lock()
		s.seen.Write(chunk[:n])
		_, _ = s.shown.Write(chunk[:n])
		s.mutex.Unlock()
		select {
		case s.more <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

func (s *screenOf) text() string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.seen.String()
}

// shows reports whether a text has come, or is seen.
func (s *screenOf) shows(text string) bool {
	return strings.Contains(s.text(), text) || strings.Contains(s.shown.String(), text)
}

// await waits until the text has come.
func (s *screenOf) await(text string) {
	s.t.Helper()
	deadline := time.After(limit)
	for !s.shows(text) {
		select {
		case <-s.more:
		case <-s.gone:
			if !s.shows(text) {
				s.t.Fatalf("the session ended without %q: %q", text, s.text())
			}
		case <-deadline:
			s.t.Fatalf("no %q came: %q", text, s.text())
		}
	}
}

func (s *screenOf) press(keys string) {
	s.t.Helper()
	if _, err := io.WriteString(s.keyboard, keys); err != nil {
		s.t.Fatal(err)
	}
}

// ended waits for the end of the session and returns its exit status, -1 if it had none.
func (s *screenOf) ended() int {
	s.t.Helper()
	done := make(chan error, 1)
	go func() { done <- s.session.Wait() }()
	select {
	case err := <-done:
		var failed *ssh.ExitError
		switch {
		case err == nil:
			return 0
		case errors.As(err, &failed):
			return failed.ExitStatus()
		}
		return -1
	case <-time.After(limit):
		s.t.Fatalf("the session does not end: %q", s.text())
		return 0
	}
}

// leftClean fails when the terminal is not as it was.
func (s *screenOf) leftClean() {
	s.t.Helper()
	<-s.gone
	cleanTerminal(s.t, s.text())
}

func cleanTerminal(t testing.TB, seen string) {
	t.Helper()
	for _, mode := range []string{"1049", "1002", "1006", "2004"} {
		on, off := strings.LastIndex(seen, "\x1b[?"+mode+"h"), strings.LastIndex(seen, "\x1b[?"+mode+"l")
		if on < 0 || off < on {
			t.Errorf("mode %s is not put back: %q", mode, seen)
		}
	}
	if strings.LastIndex(seen, "\x1b[?25l") > strings.LastIndex(seen, "\x1b[?25h") {
		t.Errorf("the cursor is left hidden: %q", seen)
	}
}

// journalLines is the log as the tests read it.
type journalLines struct {
	mutex sync.Mutex
	raw   bytes.Buffer
	lines []map[string]any
	more  chan struct{}
}

func newJournalLines() *journalLines { return &journalLines{more: make(chan struct{}, 1)} }

func (j *journalLines) Write(p []byte) (int, error) {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	j.raw.Write(p)
	var line map[string]any
	if err := json.Unmarshal(p, &line); err != nil {
		return 0, err
	}
	j.lines = append(j.lines, line)
	select {
	case j.more <- struct{}{}:
	default:
	}
	return len(p), nil
}

func (j *journalLines) find(event, reason string) map[string]any {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	for _, line := range j.lines {
		if said, _ := line["reason"].(string); line["event"] == event && strings.Contains(said, reason) {
			return line
		}
	}
	return nil
}

// await waits for a line of an event whose reason contains a text.
func (o *office) await(event, reason string) map[string]any {
	o.t.Helper()
	deadline := time.After(limit)
	for {
		if line := o.log.find(event, reason); line != nil {
			return line
		}
		select {
		case <-o.log.more:
		case <-deadline:
			o.t.Fatalf("no %s with reason %q was logged:\n%s", event, reason, o.log.all())
		}
	}
}

func (j *journalLines) all() string {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	return j.raw.String()
}
