package visit

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"os"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"example.org/tiendo/model"
	"example.org/tiendo/model/text"
)

const (
	// maxSessionLog is how large a log grows, in bytes; then it becomes the older one, in whose place it comes.
	maxSessionLog   = 1 << 20
	olderSessionLog = ".1"
	// refusedLog is added to the name of the log for that of what was refused, and refusalCounts to that for the counts.
	refusedLog, refusalCounts = ".refused", ".json"
	lockPatience              = 2 * time.Second

	// MaxField is the longest string in a log, in bytes.
	MaxField = 200
)

// Log is the log of what one session of OpenSSH's has changed, or was refused. Many processes write to the files at
// once, each a line at a time. Refusals have a file of their own, so that however many there are, no change goes for
// them; and of each person only so many are logged in a minute, the others are counted.
type Log struct {
	path            func() (string, error) // asked once, and only when there is something to log
	now             func() time.Time
	person, address string

	mutex sync.Mutex
	err   error // the first; a log that cannot be written must not end a session
}

// NewLog makes the log of a session. path is asked once for the file, and only when there is something to log.
func NewLog(path func() (string, error), now func() time.Time, person, origin string) *Log {
	address, _, _ := strings.Cut(origin, " ")
	return &Log{path: sync.OnceValues(path), now: now, person: person, address: address}
}

// Refuse logs what is said of a command that is not allowed.
func (l *Log) Refuse(what []slog.Attr) { l.write(refusedEvent, what...) }

// Deny logs that somebody came who may not see the data.
func (l *Log) Deny(why error) { l.write(refusedEvent, Denied(why)) }

// Change logs a change that was made, or refused by the rules.
func (l *Log) Change(change model.Change, receipt model.Receipt, err error) {
	if event, attributes := ChangeEvent(change, receipt, err); event != "" {
		l.write(event, append([]slog.Attr{slog.String("unit", change.Person.Unit)}, attributes...)...)
	}
}

// Failed is why something could not be logged; nil when all was.
func (l *Log) Failed() error {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.err
}

func (l *Log) write(event string, attributes ...slog.Attr) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if err := l.line(event, attributes); l.err == nil {
		l.err = err
	}
}

// line writes one line, unless it is one refusal too many.
func (l *Log) line(event string, attributes []slog.Attr) error {
	path, err := l.path()
	if err != nil {
		return err
	}
	if event == refusedEvent {
		path += refusedLog
		unlogged, logged := l.counted(path + refusalCounts)
		if !logged {
			return nil
		}
		if unlogged > 0 {
			attributes = append(attributes, slog.Int("unlogged_before", unlogged))
		}
	}
	file, err := open(path)
	if err != nil {
		return err
	}
	record := slog.NewRecord(l.now(), slog.LevelInfo, event, 0)
	record.AddAttrs(slog.String("person", loggable(l.person)), slog.String("address", loggable(l.address)))
	record.AddAttrs(attributes...)
	return errors.Join(NewHandler(file).Handle(context.Background(), record), file.Close())
}

// counted counts a refusal among those of all sessions, in a file of their own. Where that cannot be done, the refusal
// is logged.
func (l *Log) counted(path string) (unlogged int, logged bool) {
	ctx, cancel := context.WithTimeout(context.Background(), lockPatience)
	defer cancel()
	lock := flock.New(path, flock.SetPermissions(0o600))
	defer func() { _ = lock.Close() }()
	if locked, err := lock.TryLockContext(ctx, lockPatience/100); err != nil || !locked {
		return 0, true
	}
	var tally Tally
	content, err := os.ReadFile(path)
	if err != nil || json.Unmarshal(content, &tally) != nil {
		tally = Tally{} // a new file, or one that a process has left half written
	}
	unlogged, logged = tally.Count(loggable(l.person), l.now())
	if content, err = json.Marshal(&tally); err != nil || os.WriteFile(path, content, 0o600) != nil {
		return 0, true
	}
	return unlogged, logged
}

// open opens a file to add a line, and a new one when it is full.
func open(path string) (*os.File, error) {
	if isFull(path) {
		if err := putAside(path); err != nil {
			return nil, err
		}
	}
	return os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
}

func isFull(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Size() >= maxSessionLog
}

// putAside makes a full log the older one. Another process may be about to do the same,
// and would then put the new one aside.
func putAside(path string) error {
	lock := flock.New(path, flock.SetPermissions(0o600))
	locked, err := lock.TryLock()
	if err == nil && locked && isFull(path) {
		err = os.Rename(path, path+olderSessionLog)
	}
	return errors.Join(err, lock.Close())
}

// NewHandler writes a line of JSON for each event.
func NewHandler(w io.Writer) slog.Handler {
	return slog.NewJSONHandler(w, &slog.HandlerOptions{ReplaceAttr: func(_ []string, attr slog.Attr) slog.Attr {
		switch attr.Key {
		case slog.LevelKey:
			return slog.Attr{}
		case slog.MessageKey:
			attr.Key = "event"
		}
		return attr
	}})
}

// Denied is why somebody may not see the data.
func Denied(why error) slog.Attr { return slog.String("reason", loggable(why.Error())) }

// RefusedCommand is what a log says of a command line that is not allowed: its first word where that can be the name
// of a command, and one of a few reasons.
func RefusedCommand(line string, why error) []slog.Attr {
	command, _, _ := strings.Cut(line, " ")
	// What the name of a program may look like; anything else may be what a person has written.
	if !regexp.MustCompile(`^(--)?[a-z_][a-zA-Z0-9._/-]{0,39}$`).MatchString(command) {
		command = ""
	}
	reason := why.Error()
	if _, unknown := errors.AsType[*DeniedError](why); unknown {
		reason = "the command may not be used"
	}
	return []slog.Attr{slog.String("command", command), slog.String("reason", loggable(reason))}
}

// refusedEvent is the name in a log of what was not allowed.
const refusedEvent = "refused"

// ChangeEvent is what a log says about a change, without what the person wrote; "" when nothing was changed.
func ChangeEvent(change model.Change, receipt model.Receipt, err error) (event string, attributes []slog.Attr) {
	attributes = []slog.Attr{
		slog.String("of", change.Unit),
		slog.String("subject", string(change.Subject.Kind)+" "+change.Subject.ID),
	}
	var conflict *model.Conflict
	switch {
	case errors.As(err, &conflict):
		return refusedEvent, append(attributes, slog.String("reason", "someone else was first"))
	case err != nil:
		return refusedEvent, append(attributes, slog.String("reason", "the change is not possible"))
	case receipt.Unchanged:
		return "", nil
	}
	return "change", append(attributes, slog.String("hash", receipt.Hash))
}

// Clean makes a string from outside safe and at most limit bytes long.
func Clean(s string, limit int) string {
	s = text.Line(s[:min(len(s), 4*limit)])
	if len(s) <= limit {
		return s
	}
	return strings.Clone(strings.ToValidUTF8(s[:limit], "")) // so that the rest need not be kept
}

func loggable(s string) string { return Clean(s, MaxField) }
