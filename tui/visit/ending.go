package visit

import (
	"context"
	"errors"
	"os"
	"os/signal"
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

// Reason is why a session comes to its end.
type Reason struct {
	Log    string          // what a log says
	Say    phrase.Sentence // to the person; zero when nobody is there to read it, or nothing has to be said
	Failed bool            // the exit code says so, too

	obeyed bool // Bubble Tea ends by itself for it
}

// Error makes a reason the cause of a context.
func (r *Reason) Error() string { return r.Log }

// Ending brings a session to its end, for the first reason that is given.
type Ending struct {
	ctx    context.Context //nolint:containedctx // it is the life of the session
	cancel context.CancelCauseFunc
}

// NewEnding makes the ending of a session that begins.
func NewEnding() *Ending {
	e := &Ending{}
	e.ctx, e.cancel = context.WithCancelCause(context.Background())
	return e
}

// Context ends with the session.
func (e *Ending) Context() context.Context { return e.ctx }

// End ends the session.
func (e *Ending) End(why *Reason) { e.cancel(why) }

// Given is why the session was ended; that the person left, unless another reason was given.
func (e *Ending) Given() *Reason {
	if why, given := errors.AsType[*Reason](context.Cause(e.ctx)); given {
		return why
	}
	return &Reason{Log: "left"}
}

// OnSignals ends a dashboard when the terminal is gone, or the system wants the process to end.
func (e *Ending) OnSignals() (stop func()) {
	stopHangup := terminal.OnHangup(func() { e.End(&Reason{Log: "terminal gone"}) })
	ctx, stopSignals := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	stopWaiting := context.AfterFunc(ctx, func() { e.End(&Reason{Log: "signal", obeyed: true}) })
	return func() {
		stopHangup()
		stopWaiting()
		stopSignals()
	}
}

// Await runs a dashboard until it has ended; quit asks it to, and may block. When it was told to end and does not, it
// is left behind: the process is about to end.
func (e *Ending) Await(run func() error, quit func(), patience time.Duration) error {
	ended := make(chan error, 1)
	go func() { ended <- run() }()
	select {
	case err := <-ended:
		return err
	case <-e.ctx.Done():
	}
	if !e.Given().obeyed { // whoever asks Bubble Tea a second time at that moment makes it wait for ever
		go quit()
	}
	select {
	case err := <-ended:
		return err
	case <-time.After(patience):
		return ErrStuck
	}
}
