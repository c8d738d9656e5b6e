package visit

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/terminal"
)

// EndPatience is how long a dashboard that was told to end may take for it. One that is
// stuck, as on a terminal that takes no more output, must not outlive whoever it was for.
const EndPatience = 2 * time.Second

// ErrStuck says that a dashboard was told to end and did not.
var ErrStuck = errors.New("the dashboard does not end by itself")

// Ending brings a dashboard to its end from outside, for the first reason that is given.
type Ending struct {
	quit func() // asks the dashboard; it may block
	once sync.Once
	told chan struct{} // closed when it was asked
	why  Reason
}

// Reason is why a dashboard is ended from outside.
type Reason struct {
	Say    phrase.Sentence // to the person; zero when nobody is there to read it
	Failed bool            // the exit code says so, too
}

// NewEnding makes the ending of a dashboard; quit asks it to leave.
func NewEnding(quit func()) *Ending { return &Ending{quit: quit, told: make(chan struct{})} }

// now ends the dashboard.
func (e *Ending) now(why Reason) {
	e.tell(why)
	e.quit()
}

// tell notes that the dashboard is to end.
func (e *Ending) tell(why Reason) {
	e.once.Do(func() {
		e.why = why
		close(e.told)
	})
}

// Given is why the dashboard was told to end; zero when it was not.
func (e *Ending) Given() Reason {
	select {
	case <-e.told:
		return e.why
	default:
		return Reason{}
	}
}

// OnSignals ends the dashboard when the terminal is gone, or the system wants the process to end.
func (e *Ending) OnSignals() (stop func()) {
	stopHangup := terminal.OnHangup(func() { e.now(Reason{}) })
	// These Bubble Tea obeys by itself. Whoever asks it a second time at that moment makes it wait for ever.
	ctx, stopSignals := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	stopWaiting := context.AfterFunc(ctx, func() { e.tell(Reason{}) })
	return func() {
		stopHangup()
		stopWaiting()
		stopSignals()
	}
}

// Await runs a dashboard until it has ended. When it was told to end and does not, it
// is left behind: the process is about to end.
func (e *Ending) Await(run func() error, patience time.Duration) error {
	ended := make(chan error, 1)
	go func() { ended <- run() }()
	select {
	case err := <-ended:
		return err
	case <-e.told:
	}
	select {
	case err := <-ended:
		return err
	case <-time.After(patience):
		return ErrStuck
	}
}
