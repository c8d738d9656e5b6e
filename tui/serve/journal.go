package serve

import (
	"context"
	"io"
	"log/slog"
	"maps"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"example.org/tiendo/model/text"
)

const (
	// maxField is the longest string in the log, in bytes.
	maxField = 200
	// maxStack is the longest record of where a panic happened, in bytes.
	maxStack = 4000
	// maxRefusals is how many refusals are logged in a minute, of all without login together and of each person:
	// nobody must fill the disk, or hide what another is refused.
	maxRefusals = 120
)

// journal writes one JSON line for each event. Its strings are cleaned and cut.
type journal struct {
	handler slog.Handler
	now     func() time.Time

	mutex    sync.Mutex
	minute   time.Time            // in which the refusals are counted
	refusals map[string]*refusals // by person; "" are all without login
}

// refusals are those of one person.
type refusals struct {
	count    int
	unlogged int // that were too many, since the last one that was logged
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
	return &journal{handler: slog.NewJSONHandler(w, &options), now: now, refusals: map[string]*refusals{}}
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

// refuse logs a refusal of a person, "" for one without login, unless there are too many.
func (j *journal) refuse(person string, attrs ...slog.Attr) {
	unlogged, logged := j.counted(person)
	if !logged {
		return
	}
	if unlogged > 0 {
		attrs = append(attrs, slog.Int("unlogged_before", unlogged))
	}
	j.write("refused", attrs...)
}

// counted counts a refusal. It says whether it is to be logged, and how many before it were not.
func (j *journal) counted(person string) (unlogged int, logged bool) {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	if minute := j.now().Truncate(time.Minute); !minute.Equal(j.minute) {
		j.minute = minute
		maps.DeleteFunc(j.refusals, func(_ string, r *refusals) bool {
			r.count = 0
			return r.unlogged == 0
		})
	}
	r := j.refusals[person]
	if r == nil {
		r = &refusals{}
		j.refusals[person] = r
	}
	if r.count++; r.count > maxRefusals {
		r.unlogged++
		return 0, false
	}
	unlogged, r.unlogged = r.unlogged, 0
	return unlogged, true
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
