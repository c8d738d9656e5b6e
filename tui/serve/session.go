package serve

import (
	"context"
	"io"
	"log/slog"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/crypto/ssh"

	"example.org/tiendo/model/text"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/visit"
)

// maxValue is the longest value of a variable, in bytes.
const maxValue = 128

// session is one terminal or one command of a client.
type session struct {
	*visit.Ending

	connection *connection
	login      Login
	channel    ssh.Channel
	requests   <-chan *ssh.Request
	over       chan struct{} // closed when its work is done and its channel closed from this side

	// What follows is touched by the goroutine of serve until the work starts, and only read from then on.
	env     map[string]string
	asked   int // variables
	hasPTY  bool
	started bool

	mutex    sync.Mutex
	window   Window
	resizing bool              // the program will be told of window in a moment
	program  func(msg tea.Msg) // sends to the program; nil while there is none
}

func newSession(c *connection) *session {
	return &session{
		connection: c, Ending: visit.NewEnding(), env: map[string]string{}, window: usual(), over: make(chan struct{}),
	}
}

// serve answers the client's requests until it has closed the session, and waits for the work to end.
func (s *session) serve() {
	defer s.connection.remove(s)
	limits := &s.connection.server.limits
	defer limits.EndLongest(s.Ending)()
	unasked := time.AfterFunc(limits.LoginGraceTime, func() { s.End(nothingAsked()) })
	defer unasked.Stop()
	// A session that has no work yet is ended from here.
	closed := make(chan struct{})
	stop := context.AfterFunc(s.Context(), func() {
		_ = s.channel.Close()
		close(closed)
	})
	for request := range s.requests {
		work := s.answer(request)
		if work == nil || !stop() { // not the request for it, or the session has just been ended
			continue
		}
		unasked.Stop()
		s.started = true
		go s.work(work)
	}
	s.End(clientGone())
	if s.started {
		<-s.over
		return
	}
	<-closed
	close(s.over)
}

// answer answers one request. It returns the work that the client wants done, if it may have it.
func (s *session) answer(request *ssh.Request) func() (exit int) {
	reply := func(ok bool) {
		if request.WantReply {
			_ = request.Reply(ok, nil)
		}
	}
	switch request.Type {
	case "pty-req":
		reply(s.takePTY(request.Payload))
	case "env":
		reply(s.takeVariable(request.Payload))
	case "window-change":
		s.resize(request.Payload)
		reply(true)
	case "shell":
		reply(!s.started)
		if !s.started {
			return s.shell()
		}
	case "exec":
		line, ok := parseLine(request.Payload)
		ok = ok && !s.started
		if !ok {
			s.connection.refuse("exec: too long or twice")
		}
		reply(ok)
		if ok {
			return func() int { return s.command(line) }
		}
	case "signal", "break", "eow@openssh.com":
		reply(false)
	default:
		s.connection.refuse("session request " + request.Type)
		reply(false)
	}
	return nil
}

// shell is the dashboard, or plain text where the terminal cannot show it.
func (s *session) shell() func() int {
	if term := s.env["TERM"]; s.hasPTY && term != "" && term != "dumb" {
		return s.dashboard
	}
	return func() int { return s.command("") }
}

// takePTY takes the terminal's name and size; its modes mean nothing here.
func (s *session) takePTY(payload []byte) bool {
	var pty struct {
		Term                         string
		Columns, Rows, Width, Height uint32
		Modes                        string
	}
	if s.started || s.hasPTY || ssh.Unmarshal(payload, &pty) != nil {
		return false
	}
	s.hasPTY = true
	s.env["TERM"] = visit.Clean(pty.Term, maxValue)
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.window = s.connection.server.limits.window(pty.Columns, pty.Rows, s.window)
	return true
}

// takeVariable takes a variable that says something about the terminal or the language. No other ever reaches
// a program.
func (s *session) takeVariable(payload []byte) bool {
	var variable struct{ Name, Value string }
	if s.started || ssh.Unmarshal(payload, &variable) != nil || len(variable.Value) > maxValue {
		return false
	}
	if !slices.Contains(visit.Variables(), variable.Name) {
		return false
	}
	if s.asked++; s.asked > s.connection.server.limits.Environment {
		return false
	}
	if variable.Name != "TERM" || !s.hasPTY {
		s.env[variable.Name] = visit.Clean(variable.Value, maxValue)
	}
	return true
}

func parseLine(payload []byte) (line string, ok bool) {
	var command struct{ Line string }
	if ssh.Unmarshal(payload, &command) != nil || len(command.Line) > visit.MaxLine {
		return "", false
	}
	return command.Line, true
}

// work does the work, tells the client how it ended, and closes the session.
func (s *session) work(work func() (exit int)) {
	defer close(s.over)
	exit := work()
	s.End(s.Given()) // that they left, unless there is another reason
	status := struct{ Status uint32 }{uint32(exit)}
	_, _ = s.channel.SendRequest("exit-status", false, ssh.Marshal(&status))
	_ = s.channel.Close()
}

// command answers a command line.
func (s *session) command(line string) (exit int) {
	started := s.connection.server.options.Now()
	out := s.output(s.channel)
	stdout, stderr := io.Writer(out), io.Writer(s.output(s.channel.Stderr()))
	if s.hasPTY {
		stdout, stderr = &lineEnds{out: out}, &lineEnds{out: out}
	}
	defer func() {
		if s.survived(recover()) {
			exit = 1
		}
		why := s.Given()
		if !why.Say.IsZero() {
			_, _ = io.WriteString(stderr, "tiendo: "+s.words().Say(why.Say)+"\n")
		}
		s.note("end", slog.String("kind", "command"), slog.Int("exit", exit), slog.String("reason", why.Log),
			slog.Int64("milliseconds", s.connection.server.options.Now().Sub(started).Milliseconds()))
	}()
	streams := Streams{Out: stdout, Err: stderr}
	if !s.hasPTY { // on a terminal nobody could say where the input ends
		streams.In = &input{session: s}
	}
	exit, refused := s.connection.server.options.Command(s.Context(), s.client(nil), line, streams)
	if refused != nil {
		s.note("refused", refused...)
	}
	return exit
}

// survived logs a panic and ends the session for it. value is what recover returned.
func (s *session) survived(value any) bool {
	if value == nil {
		return false
	}
	s.connection.logPanic(value, debug.Stack())
	s.End(panicked())
	return true
}

// client is what the outside is told about the session.
func (s *session) client(output io.Writer) Client {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return Client{Login: s.login, Env: s.variable, Output: output, Window: s.window, Note: s.note}
}

func (s *session) variable(name string) string { return s.env[name] }

func (s *session) words() lang.Words { return s.connection.server.options.Words(s.variable) }

func (s *session) note(event string, attrs ...slog.Attr) { s.connection.note(event, attrs...) }

// input is what the client sends to a command. Nothing is taken from the client before the command asks.
type input struct {
	session *session
	once    sync.Once
	pipe    *io.PipeReader
}

func (i *input) Read(p []byte) (int, error) {
	i.once.Do(i.start)
	return i.pipe.Read(p)
}

// start passes on what comes until the session ends, which it does when nothing comes for too long.
func (i *input) start() {
	s := i.session
	reader, writer := io.Pipe()
	i.pipe = reader
	pressed, stopIdle := s.connection.server.limits.EndIdle(s.Ending)
	stop := context.AfterFunc(s.Context(), func() { _ = writer.CloseWithError(s.Given()) })
	go func() {
		defer stop()
		defer stopIdle()
		_, err := io.Copy(writer, &visit.Keyboard{Reader: s.channel, Pressed: pressed})
		if err == nil && !s.there() {
			err = io.ErrUnexpectedEOF
		}
		_ = writer.CloseWithError(err)
	}()
}

// there reports whether the client still answers: the end of its input may be its own end, and half a text must
// not be taken for the whole.
func (s *session) there() bool {
	_, err := s.channel.SendRequest("keepalive@openssh.com", true, nil)
	return err == nil
}

// lineEnds writes lines as a terminal in raw mode wants them.
type lineEnds struct{ out io.Writer }

func (l *lineEnds) Write(p []byte) (int, error) {
	if _, err := io.WriteString(l.out, strings.ReplaceAll(string(p), "\n", "\r\n")); err != nil {
		return 0, err
	}
	return len(p), nil
}

// patient writes to the client. A client that leaves output unread for too long loses its session, and its
// connection when that does not help.
type patient struct {
	session *session
	mutex   sync.Mutex
	out     io.Writer
}

func (s *session) output(out io.Writer) *patient { return &patient{session: s, out: out} }

func (p *patient) Write(b []byte) (int, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	limit := p.session.connection.server.limits.Write
	hopeless := time.AfterFunc(2*limit, func() { _ = p.session.connection.socket.Close() })
	defer hopeless.Stop()
	stuck := time.AfterFunc(limit, func() {
		p.session.End(clientStuck())
		_ = p.session.channel.Close()
	})
	defer stuck.Stop()
	return p.out.Write(b)
}

// say makes a sentence of the program's a line of the terminal.
func (s *session) say(said string) string { return "tiendo: " + text.Line(said) + "\r\n" }
