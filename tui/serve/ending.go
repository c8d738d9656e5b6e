package serve

import (
	"time"

	"example.org/tiendo/model/phrase"
)

// ending is why a session comes to its end.
type ending struct {
	reason string          // for the log
	say    phrase.Sentence // to the person; empty when nobody is there to read it, or nothing has to be said
	failed bool            // the client is told of a failure
}

// Error makes an ending the cause of a context.
func (e *ending) Error() string { return e.reason }

func clientLeft() *ending { return &ending{reason: "left"} }

func clientGone() *ending { return &ending{reason: "client gone"} }

func clientStuck() *ending { return &ending{reason: "client does not read", failed: true} }

func nothingAsked() *ending { return &ending{reason: "nothing asked", failed: true} }

func serverStops() *ending {
	return &ending{reason: "the server stops", say: phrase.Say("the server is being stopped or restarted; what was saved is safe: connect again in a moment"), failed: true}
}

func notOnRoster() *ending {
	return &ending{reason: "no longer on the roster", say: phrase.Say("this key is no longer on the roster, so the session was ended"), failed: true}
}

func rosterChanged() *ending {
	return &ending{reason: "another role or unit", say: phrase.Say("your role or unit on the roster was changed; connect again to go on"), failed: true}
}

func tooIdle(limit time.Duration) *ending {
	return &ending{reason: "idle", say: phrase.Say("no key for %d minutes, so the session was ended; what was saved is safe", minutes(limit))}
}

func tooLong(limit time.Duration) *ending {
	return &ending{reason: "too long", say: phrase.Say("a session may last %d minutes; connect again to go on", minutes(limit))}
}

func panicked() *ending {
	return &ending{reason: "panic", say: phrase.Say("the program met an error of its own and ended this session; what was saved is safe: connect again"), failed: true}
}

func minutes(d time.Duration) int { return int(d.Round(time.Minute) / time.Minute) }
