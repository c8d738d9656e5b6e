package serve

import (
	"io"
	"log/slog"
	"reflect"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/crypto/ssh"

	"example.org/tiendo/tui/terminal"
	"example.org/tiendo/tui/visit"
)

// dashboard runs the dashboard until the person leaves it or the session ends.
func (s *session) dashboard() (exit int) {
	options := &s.connection.server.options
	started := options.Now()
	screen := newScreen(s.output(s.channel), s.variable("TERM"))
	farewell := ""
	defer func() {
		if s.survived(recover()) {
			exit = 1
		}
		why := s.Given()
		if !why.Say.IsZero() {
			farewell = s.say(s.words().Say(why.Say))
		}
		if why.Failed {
			exit = 1
		}
		screen.close(farewell)
		s.note("end", slog.String("kind", "dashboard"), slog.String("reason", why.Log),
			slog.Int64("seconds", int64(options.Now().Sub(started).Seconds())), slog.Int64("bytes", screen.sent))
	}()
	client := s.client(screen)
	root, end, err := options.Dashboard(s.Context(), client)
	if err != nil {
		farewell = s.say(s.words().Error(err))
		return 1
	}
	if end != nil {
		defer end()
	}
	screen.start()
	s.runProgram(&guard{root: root, window: client.Window, screen: screen, survived: s.survived}, screen)
	return 0
}

// runProgram runs Bubble Tea on the guarded model. The program ends with the session's context.
func (s *session) runProgram(model *guard, screen *screen) {
	pressed, stopIdle := s.connection.server.limits.EndIdle(s.Ending)
	defer stopIdle()
	input := terminal.NewInput(&visit.Keyboard{Reader: s.channel, Pressed: pressed})
	defer func() { _ = input.Close() }()
	program := tea.NewProgram(model, tea.WithContext(s.Context()), tea.WithInput(input), tea.WithOutput(io.Discard),
		tea.WithEnvironment([]string{}), tea.WithoutRenderer(), tea.WithoutSignalHandler(), tea.WithFilter(keepOff()))
	screen.onRest(func() { program.Send(redraw{}) })
	s.attach(program.Send, model.window)
	defer s.attach(nil, Window{})
	go func() {
		select {
		case <-input.Done():
			s.End(clientGone())
		case <-s.Context().Done():
		}
	}()
	_, _ = program.Run() // how it ended is known from the context
}

// keepOff drops what would act on the server's own process and terminal, for all sessions at once: suspending
// it, and running a program in its terminal.
func keepOff() func(tea.Model, tea.Msg) tea.Msg {
	execution := reflect.TypeOf(tea.Exec(nil, nil)())
	return func(_ tea.Model, msg tea.Msg) tea.Msg {
		if _, suspend := msg.(tea.SuspendMsg); suspend || reflect.TypeOf(msg) == execution {
			return nil
		}
		return msg
	}
}

// attach gives the session the program that is told of new sizes. told is the size that it knows.
func (s *session) attach(send func(tea.Msg), told Window) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.program = send
	if send != nil && s.window != told {
		s.tellSoon()
	}
}

// resize takes a new size. While someone drags the edge of a window many come in a second; the program is told
// of the last.
func (s *session) resize(payload []byte) {
	var size struct{ Columns, Rows, Width, Height uint32 }
	if ssh.Unmarshal(payload, &size) != nil {
		return
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	window := s.connection.server.limits.window(size.Columns, size.Rows, s.window)
	if window == s.window {
		return
	}
	s.window = window
	if s.program != nil {
		s.tellSoon()
	}
}

func (s *session) tellSoon() {
	if !s.resizing {
		s.resizing = true
		time.AfterFunc(betweenFrames, s.tell)
	}
}

// tell tells the program the size of the window.
func (s *session) tell() {
	s.mutex.Lock()
	send, window := s.program, s.window
	s.resizing = false
	s.mutex.Unlock()
	if send != nil {
		send(tea.WindowSizeMsg{Width: window.Width, Height: window.Height})
	}
}
