package serve

import (
	"errors"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/ansi"
)

const (
	// betweenFrames is the least time from one picture to the next. The first after a pause is sent at once.
	betweenFrames = 50 * time.Millisecond

	// maxQueue is how much may wait that is no part of a picture, in bytes: a text for the clipboard at its
	// longest, in the forms that a terminal multiplexer may want.
	maxQueue = 512 << 10

	mouseOn  = "\x1b[?1002h\x1b[?1006h"
	mouseOff = "\x1b[?1002l\x1b[?1006l"

	// begin takes the alternate screen, hides the cursor and asks for pastes in brackets.
	begin = "\x1b[?1049h\x1b[2J\x1b[H\x1b[?25l\x1b[?2004h" + mouseOn
	// restore undoes begin.
	restore = "\x1b[0m" + mouseOff + "\x1b[?2004l\x1b[?25h\x1b[?1049l"
)

// screen draws the pictures of one session on the client's terminal. A goroutine of its own waits for the
// client; what the program hands over never waits. Pictures that come while one is being sent are not even
// made: the program is asked for the newest when there is time.
type screen struct {
	out  io.Writer
	term string // the name of the terminal
	wake chan struct{}
	sent int64 // bytes

	mutex    sync.Mutex
	queue    []byte // to be sent before the next picture
	picture  *picture
	drawing  bool // a picture is being made or sent, or the time between two has not passed
	missed   bool // a picture was refused meanwhile
	anew     bool // the terminal may show something else
	rested   func()
	closing  bool
	farewell string

	started bool
	hurry   chan struct{} // closed when the screen is to be closed
	closed  chan struct{} // closed when it is

	shown []string // the lines on the terminal
	size  Window   // for which they were drawn
}

// picture is what the model wants to be seen.
type picture struct {
	view string
	size Window
}

func newScreen(out io.Writer, term string) *screen {
	return &screen{
		out: out, term: term, wake: make(chan struct{}, 1), hurry: make(chan struct{}), closed: make(chan struct{}),
	}
}

// start takes over the terminal.
func (s *screen) start() {
	s.started = true
	s.send(begin)
	go s.run()
}

// onRest sets what is called, on the screen's own goroutine, when a picture can be taken that was refused.
func (s *screen) onRest(f func()) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.rested = f
}

// wants reports whether a picture can be taken now. If so, show must follow.
func (s *screen) wants() bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.drawing {
		s.missed = true
		return false
	}
	s.drawing = true
	return true
}

// show draws a picture.
func (s *screen) show(view string, size Window) {
	s.mutex.Lock()
	s.picture = &picture{view, size}
	s.mutex.Unlock()
	s.rouse()
}

// repaint draws every line with the next picture.
func (s *screen) repaint() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.anew = true
}

func (s *screen) send(sequence string) { _, _ = s.Write([]byte(sequence)) }

// Write sends p between two pictures. It does not wait.
func (s *screen) Write(p []byte) (int, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	switch {
	case s.closing:
		return 0, io.ErrClosedPipe
	case len(s.queue)+len(p) > maxQueue:
		return 0, errors.New("the terminal takes nothing now")
	}
	s.queue = append(s.queue, p...)
	s.rouse()
	return len(p), nil
}

func (s *screen) rouse() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// close gives the terminal back, with a line of farewell, and waits until that is written or cannot be.
func (s *screen) close(farewell string) {
	s.mutex.Lock()
	s.closing, s.farewell = true, farewell
	s.mutex.Unlock()
	close(s.hurry)
	if !s.started {
		_, _ = io.WriteString(s.out, farewell)
		return
	}
	s.rouse()
	<-s.closed
}

func (s *screen) run() {
	defer close(s.closed)
	for range s.wake {
		s.mutex.Lock()
		output, next, anew, closing := s.queue, s.picture, s.anew, s.closing
		s.queue, s.picture = nil, nil
		if next != nil {
			s.anew = false
		}
		s.mutex.Unlock()
		if next != nil {
			output = s.paint(output, next, anew)
		}
		if closing {
			output = append(append(output, restore...), s.farewell...)
		}
		if len(output) > 0 {
			n, _ := s.out.Write(output) // a client that has gone ends its session elsewhere
			s.sent += int64(n)
		}
		if closing {
			return
		}
		if next != nil {
			s.rest()
		}
	}
}

// rest lets the time between two pictures pass, and asks for one that was refused.
func (s *screen) rest() {
	select {
	case <-time.After(betweenFrames):
	case <-s.hurry:
	}
	s.mutex.Lock()
	missed, rested := s.missed, s.rested
	s.drawing, s.missed = false, false
	s.mutex.Unlock()
	if missed && rested != nil {
		rested()
	}
}

// paint appends what makes the terminal show a picture: the lines that differ from those on it. A line never
// runs over the edge, whatever the model draws.
func (s *screen) paint(output []byte, next *picture, anew bool) []byte {
	lines := strings.Split(next.view, "\n")
	if len(lines) > next.size.Height {
		lines = lines[:next.size.Height]
	}
	all := anew || s.size != next.size
	p := pen{output: output, row: -1, fills: fills(s.term)}
	for i, line := range lines {
		if !all && i < len(s.shown) && (s.shown[i] == line || p.change(i, s.shown[i], line, next.size.Width)) {
			continue
		}
		width := ansi.StringWidth(line)
		if width > next.size.Width {
			line = ansi.Truncate(line, next.size.Width, "")
		}
		p.whole(i, line, width < next.size.Width)
	}
	if len(lines) < next.size.Height && (all || len(lines) < len(s.shown)) {
		p.to(len(lines), 0)
		p.as(look{})
		p.output = append(p.output, "\x1b[J"...)
	}
	p.as(look{})
	s.shown, s.size = lines, next.size
	return p.output
}
