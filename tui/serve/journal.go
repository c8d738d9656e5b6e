package serve

import (
	"context"
	"io"
	"log/slog"
	"sync"
	"time"

	"example.org/tiendo/tui/visit"
)

// maxStack is the longest record of where a panic happened, in bytes.
const maxStack = 4000

// journal writes one JSON line for each event. Its strings are cleaned and cut.
type journal struct {
	handler slog.Handler
	now     func() time.Time

	mutex  sync.Mutex
	counts map[string]*visit.Tally // by event; the person "" are all without login
}

func newJournal(w io.Writer, now func() time.Time) *journal {
	return &journal{handler: visit.NewHandler(w), now: now, counts: map[string]*visit.Tally{}}
}

// write logs one event. A log that cannot be written must not end a session.
func (j *journal) write(event string, attrs ...slog.Attr) {
	record := slog.NewRecord(j.now(), slog.LevelInfo, event, 0)
	for _, attr := range attrs {
		if attr.Value.Kind() == slog.KindString {
			limit := visit.MaxField
			if attr.Key == "stack" {
				limit = maxStack
			}
			attr.Value = slog.StringValue(visit.Clean(attr.Value.String(), limit))
		}
		record.AddAttrs(attr)
	}
	_ = j.handler.Handle(context.Background(), record)
}

// limited logs what a person can make happen as often as they like, such as a refusal or a login, unless it is too
// much. The person is "" for one without login.
func (j *journal) limited(event, person string, attrs ...slog.Attr) {
	unlogged, logged := j.counted(event, person)
	if !logged {
		return
	}
	if unlogged > 0 {
		attrs = append(attrs, slog.Int("unlogged_before", unlogged))
	}
	j.write(event, attrs...)
}

// counted counts such an event. It says whether it is to be logged, and how many before it were not.
func (j *journal) counted(event, person string) (unlogged int, logged bool) {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	tally := j.counts[event]
	if tally == nil {
		tally = &visit.Tally{}
		j.counts[event] = tally
	}
	return tally.Count(person, j.now())
}
