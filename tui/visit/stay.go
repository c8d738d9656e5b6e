package visit

import (
	"context"
	"io"
	"os"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/live"
	"example.org/tiendo/tui/terminal"
)

// Limits is how long a visitor may stay.
type Limits struct {
	// Idle is how long a session goes on without a key of the person.
	Idle time.Duration
	// Longest is how long a session may last.
	Longest time.Duration
}

// DefaultLimits are the limits of a working day.
func DefaultLimits() Limits { return Limits{Idle: 30 * time.Minute, Longest: 12 * time.Hour} }

// EndLongest ends a session that lasts too long.
func (l Limits) EndLongest(end *Ending) (stop func()) {
	timer := time.AfterFunc(l.Longest, func() {
		end.End(&Reason{Log: "too long", Say: phrase.Say("a session may last %d minutes; connect again to go on",
			minutes(l.Longest))})
	})
	return func() { timer.Stop() }
}

// EndIdle ends a session in which nothing comes for too long; pressed is to be called when something does.
func (l Limits) EndIdle(end *Ending) (pressed, stop func()) {
	timer := time.AfterFunc(l.Idle, func() { end.End(l.TooIdle()) })
	pressed = func() {
		if end.ctx.Err() == nil {
			timer.Reset(l.Idle)
		}
	}
	return pressed, func() { timer.Stop() }
}

// TooIdle ends what has been idle for too long.
func (l Limits) TooIdle() *Reason {
	return &Reason{Log: "idle", Say: phrase.Say("no key for %d minutes, so the session was ended; what was saved is safe",
		minutes(l.Idle))}
}

func minutes(d time.Duration) int { return int(d.Round(time.Minute) / time.Minute) }

// Keyboard is what comes from a person; Pressed is called for all of it.
type Keyboard struct {
	io.Reader

	Pressed func()
}

// Read is the source's.
func (k *Keyboard) Read(b []byte) (int, error) {
	n, err := k.Reader.Read(b)
	if n > 0 {
		k.Pressed()
	}
	return n, err
}

// TTY is the local terminal as a keyboard. To Bubble Tea it is a file.
type TTY struct {
	*terminal.TTY

	keyboard Keyboard
}

// NewTTY reads from file, as terminal.NewTTY does.
func NewTTY(file *os.File, pressed func()) *TTY {
	tty := terminal.NewTTY(file)
	return &TTY{tty, Keyboard{tty, pressed}}
}

// Read is the keyboard's.
func (t *TTY) Read(b []byte) (int, error) { return t.keyboard.Read(b) }

// FollowVisitor ends a dashboard whose person is no longer welcome.
func FollowVisitor(ctx context.Context, data *live.Data, person model.Person, key string, end *Ending) {
	picture := data.Picture()
	for {
		if why := NoLongerWelcome(picture.Roster, person, key); why != nil {
			end.End(why)
			return
		}
		var err error
		if picture, err = data.Next(ctx, picture.Number); err != nil {
			return
		}
	}
}

// NoLongerWelcome is why somebody must go: they, or the key with which they came, are off the roster, or they have
// another role or unit, so that what the screen shows as open to them may be so no more. It is nil while they may stay.
func NoLongerWelcome(roster *model.Roster, person model.Person, key string) *Reason {
	now := roster.Person(person.ID)
	switch {
	case now == nil:
		return &Reason{Log: "no longer on the roster", Failed: true,
			Say: phrase.Say("you are no longer on the roster, so the session was ended")}
	case !hasKey(now, key):
		return &Reason{Log: "no longer on the roster", Failed: true,
			Say: phrase.Say("this key is no longer on the roster, so the session was ended")}
	case now.Role != person.Role || now.Unit != person.Unit:
		return &Reason{Log: "another role or unit", Failed: true,
			Say: phrase.Say("your role or unit on the roster was changed; connect again to go on")}
	default:
		return nil
	}
}
