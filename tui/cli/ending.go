package cli

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

// endPatience is how long a dashboard that was told to end may take for it. One that is
// stuck, as on a terminal that takes no more output, must not outlive whoever it was for.
const endPatience = 2 * time.Second

// errStuck says that a dashboard was told to end and did not.
var errStuck = errors.New("the dashboard does not end by itself")

// ending brings a dashboard to its end from outside, for the first reason that is given.
type ending struct {
	quit func() // asks the dashboard; it may block
	once sync.Once
	told chan struct{} // closed when it was asked
	why  reason
}

// reason is why a dashboard is ended from outside.
type reason struct {
	say    phrase.Sentence // to the person; zero when nobody is there to read it
	failed bool            // the exit code says so, too
}

func newEnding(quit func()) *ending { return &ending{quit: quit, told: make(chan struct{})} }

// now ends the dashboard.
func (e *ending) now(why reason) {
	e.tell(why)
	e.quit()
}

// tell notes that the dashboard is to end.
func (e *ending) tell(why reason) {
	e.once.Do(func() {
		e.why = why
		close(e.told)
	})
}

// given is why the dashboard was told to end; zero when it was not.
func (e *ending) given() reason {
	select {
	case <-e.told:
		return e.why
	default:
		return reason{}
	}
}

// onSignals ends the dashboard when the terminal is gone, or the system wants the process to end.
func (e *ending) onSignals() (stop func()) {
	stopHangup := terminal.OnHangup(func() { e.now(reason{}) })
	// These Bubble Tea obeys by itself. Whoever asks it a second time at that moment makes it wait for ever.
	ctx, stopSignals := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	stopWaiting := context.AfterFunc(ctx, func() { e.tell(reason{}) })
	return func() {
		stopHangup()
		stopWaiting()
		stopSignals()
	}
}

// await runs a dashboard until it has ended. When it was told to end and does not, it
// is left behind: the process is about to end.
func (e *ending) await(run func() error, patience time.Duration) error {
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
		return errStuck
	}
}
