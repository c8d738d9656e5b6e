package visit

import (
	"context"
	"sync/atomic"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/live"
	"example.org/tiendo/tui/terminal"
)

// Limits is how long a visitor may have a dashboard open.
type Limits struct {
	Idle    time.Duration // without a key of theirs
	Longest time.Duration // in all
}

// Limit ends a dashboard after its time.
func (s Limits) Limit(keys *Keyboard, end *Ending) (stop func()) {
	longest := time.AfterFunc(s.Longest, func() { end.now(tooLong(s.Longest)) })
	idle := time.AfterFunc(s.Idle, func() { end.now(tooIdle(s.Idle)) })
	pressed := func() { idle.Reset(s.Idle) }
	keys.pressed.Store(&pressed)
	return func() {
		keys.pressed.Store(nil)
		idle.Stop()
		longest.Stop()
	}
}

// Keyboard is the local terminal; pressed, if there is one, is called for all that comes.
type Keyboard struct {
	*terminal.TTY
	pressed atomic.Pointer[func()]
}

// Read is the terminal's.
func (k *Keyboard) Read(b []byte) (int, error) {
	n, err := k.TTY.Read(b)
	if pressed := k.pressed.Load(); n > 0 && pressed != nil {
		(*pressed)()
	}
	return n, err
}

// FollowVisitor ends a dashboard when its person or the key with which they came is taken off the roster, or when they
// have another role or unit: what the screen shows as open to them may be so no more.
func FollowVisitor(ctx context.Context, data *live.Data, person model.Person, key string, end *Ending) {
	picture := data.Picture()
	for {
		if why, ok := stillWelcome(picture.Roster, person, key); !ok {
			end.now(why)
			return
		}
		var err error
		if picture, err = data.Next(ctx, picture.Number); err != nil {
			return
		}
	}
}

// stillWelcome says whether a visitor is who they were when they came.
func stillWelcome(roster *model.Roster, person model.Person, key string) (why Reason, ok bool) {
	now := roster.Person(person.ID)
	switch {
	case now == nil:
		return goneFromRoster(), false
	case !hasKey(now, key):
		return keyGone(), false
	case now.Role != person.Role || now.Unit != person.Unit:
		return roleChanged(), false
	default:
		return Reason{}, true
	}
}

func goneFromRoster() Reason {
	return Reason{phrase.Say("you are no longer on the roster, so the session was ended"), true}
}

func keyGone() Reason {
	return Reason{phrase.Say("this key is no longer on the roster, so the session was ended"), true}
}

func roleChanged() Reason {
	return Reason{phrase.Say("your role or unit on the roster was changed; connect again to go on"), true}
}

func tooIdle(limit time.Duration) Reason {
	return Reason{Say: phrase.Say("no key for %d minutes, so the session was ended; what was saved is safe", minutes(limit))}
}

func tooLong(limit time.Duration) Reason {
	return Reason{Say: phrase.Say("a session may last %d minutes; connect again to go on", minutes(limit))}
}

func minutes(d time.Duration) int { return int(d.Round(time.Minute) / time.Minute) }
