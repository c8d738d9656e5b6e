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
)

const (
	// maxField is the longest string in the log, in bytes.
	maxField = 200
	// maxStack is the longest record of where a panic happened, in bytes.
	maxStack = 4000
	// maxRefusals is how many refusals are logged in a minute: strangers must not fill the disk.
	maxRefusals = 120
)

// journal writes one JSON line for each event. Its strings are cleaned and cut.
type journal struct {
	handler slog.Handler
	now     func() time.Time

	mutex    sync.Mutex
	minute   time.Time // in which the refusals are counted
	refusals int
	unlogged int // refusals of the last minute that were too many
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
	return &journal{handler: slog.NewJSONHandler(w, &options), now: now}
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

// refuse logs a refusal, unless there are too many.
func (j *journal) refuse(attrs ...slog.Attr) {
	j.mutex.Lock()
	if minute := j.now().Truncate(time.Minute); !minute.Equal(j.minute) {
		j.minute, j.refusals = minute, 0
	}
	j.refusals++
	if j.refusals > maxRefusals {
		j.unlogged++
		j.mutex.Unlock()
		return
	}
	unlogged := j.unlogged
	j.unlogged = 0
	j.mutex.Unlock()
	if unlogged > 0 {
		attrs = append(attrs, slog.Int("unlogged_before", unlogged))
	}
	j.write("refused", attrs...)
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
