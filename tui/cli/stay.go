package cli

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/live"
	"example.org/tiendo/tui/serve"
	"example.org/tiendo/tui/terminal"
)

// stay is how long a visitor may have a dashboard open.
type stay struct {
	idle    time.Duration // without a key of theirs
	longest time.Duration // in all
}

func defaultStay() stay {
	limits := serve.DefaultLimits()
	return stay{limits.Idle, limits.Longest}
}

// stayFlags makes a flag for each, as those of `tiendo serve` are.
func (p *program) stayFlags(command *cobra.Command, s *stay) {
	*s = defaultStay()
	p.limitFlag(command, (*durationLimit)(&s.idle), "idle", phrase.Say("TIME"), phrase.Say("how long a session lasts without a key"))
	p.limitFlag(command, (*durationLimit)(&s.longest), "longest", phrase.Say("TIME"), phrase.Say("how long a session lasts at most"))
}

// limit ends a dashboard after its time.
func (s stay) limit(keys *keyboard, end *ending) (stop func()) {
	longest := time.AfterFunc(s.longest, func() { end.now(tooLong(s.longest)) })
	idle := time.AfterFunc(s.idle, func() { end.now(tooIdle(s.idle)) })
	pressed := func() { idle.Reset(s.idle) }
	keys.pressed.Store(&pressed)
	return func() {
		keys.pressed.Store(nil)
		idle.Stop()
		longest.Stop()
	}
}

// keyboard is the local terminal; pressed, if there is one, is called for all that comes.
type keyboard struct {
	*terminal.TTY
	pressed atomic.Pointer[func()]
}

// Read is the terminal's.
func (k *keyboard) Read(b []byte) (int, error) {
	n, err := k.TTY.Read(b)
	if pressed := k.pressed.Load(); n > 0 && pressed != nil {
		(*pressed)()
	}
	return n, err
}

// followVisitor ends a dashboard when its person is taken off the roster, or has another
// role or unit: what the screen shows as open to them may be so no more.
func followVisitor(ctx context.Context, data *live.Data, person model.Person, end *ending) {
	picture := data.Picture()
	for {
		if why, ok := stillWelcome(picture.Roster, person); !ok {
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
func stillWelcome(roster *model.Roster, person model.Person) (why reason, ok bool) {
	now := roster.Person(person.ID)
	switch {
	case now == nil:
		return goneFromRoster(), false
	case now.Role != person.Role || now.Unit != person.Unit:
		return roleChanged(), false
	default:
		return reason{}, true
	}
}

func goneFromRoster() reason {
	return reason{phrase.Say("you are no longer on the roster, so the session was ended"), true}
}

func roleChanged() reason {
	return reason{phrase.Say("your role or unit on the roster was changed; connect again to go on"), true}
}

func tooIdle(limit time.Duration) reason {
	return reason{say: phrase.Say("no key for %d minutes, so the session was ended; what was saved is safe", minutes(limit))}
}

func tooLong(limit time.Duration) reason {
	return reason{say: phrase.Say("a session may last %d minutes; connect again to go on", minutes(limit))}
}

func minutes(d time.Duration) int { return int(d.Round(time.Minute) / time.Minute) }
