package serve

import (
	"context"
	"io"
	"log/slog"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"example.org/tiendo/model/text"
	"example.org/tiendo/tui/visit"
)

const (
	// maxField is the longest string in the log, in bytes.
	maxField = 200
	// maxStack is the longest record of where a panic happened, in bytes.
	maxStack = 4000
)

// journal writes one JSON line for each event. Its strings are cleaned and cut.
type journal struct {
	handler slog.Handler
	now     func() time.Time

	mutex  sync.Mutex
	counts map[string]*visit.Tally // by event; the person "" are all without login
}

func newJournal(w io.Writer, now func() time.Time) *journal {
	options := slog.HandlerOptions{ReplaceAttr: func(_ []string, attr slog.Attr) slog.Attr {
		switch attr.Key {
		case slog.LevelKey:
			return slog.Attr{}
		case slog.MessageKey:
			attr.Key = "event"
		}
		return attr
	}}
	return &journal{handler: slog.NewJSONHandler(w, &options), now: now, counts: map[string]*visit.Tally{}}
}

// write logs one event. A log that cannot be written must not end a session.
func (j *journal) write(event string, attrs ...slog.Attr) {
	record := slog.NewRecord(j.now(), slog.LevelInfo, event, 0)
	for _, attr := range attrs {
		if attr.Value.Kind() == slog.KindString {
			limit := maxField
			if attr.Key == "stack" {
				limit = maxStack
			}
			attr.Value = slog.StringValue(clean(attr.Value.String(), limit))
		}
		record.AddAttrs(attr)
	}
	_ = j.handler.Handle(context.Background(), record)
}

// limited logs what a person can make happen as often as they like, such as a refusal or a login, unless it is too much.
// The person is "" for one without login.
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

// clean makes a string from outside safe and at most limit bytes long.
func clean(s string, limit int) string {
	s = text.Line(s[:min(len(s), 4*limit)])
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return strings.Clone(s[:limit])
}
