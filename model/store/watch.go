package store

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"example.org/tiendo/model/decode"
)

// How long a watch waits. An editor, git or a copy changes many files in a burst.
const (
	watchQuiet = 100 * time.Millisecond // without a further event: the burst is over
	watchBurst = 500 * time.Millisecond // the longest that a burst is waited for
	watchPoll  = 5 * time.Second        // where no events come, as from a network file system
	// watchShare is the part of the time that this may take: to look at thousands of files takes longer, so that they
	// are looked at less often.
	watchShare = 500
)

// Watch calls changed after data files have changed, in this process or in any
// other, until the context ends. It never calls it twice at once. Where the
// system gives no events, or loses some, the files are looked at every five seconds, thousands of them less often.
func (s *Store) Watch(ctx context.Context, changed func()) {
	w := watch{store: s, changed: changed, every: watchPoll}
	if events, err := fsnotify.NewWatcher(); err == nil {
		defer func() { _ = events.Close() }() // it only ends the events
		w.events = events
	}
	w.run(ctx)
}

type watch struct {
	store   *Store
	changed func()
	every   time.Duration     // the files are looked at without an event
	events  *fsnotify.Watcher // nil: the system has no more of them
}

func (w *watch) run(ctx context.Context) {
	poll := time.NewTicker(w.every)
	defer poll.Stop()
	quiet := time.NewTimer(watchQuiet)
	defer quiet.Stop()
	quiet.Stop()
	var since time.Time // of the first event of a burst
	events, errs := w.channels()
	w.look(ctx) // what came between the last reading and now
	for {
		select {
		case <-ctx.Done():
			return
		case event := <-events:
			if !matters(event) {
				continue
			}
			if since.IsZero() {
				since = time.Now()
			}
			quiet.Reset(min(watchQuiet, max(watchBurst-time.Since(since), 0)))
		case lost := <-errs: // some events: look now
			if lost != nil {
				w.look(ctx)
			}
		case <-quiet.C:
			since = time.Time{}
			w.look(ctx)
		case <-poll.C:
			began := time.Now()
			w.look(ctx)
			poll.Reset(pollAfter(w.every, time.Since(began)))
		}
	}
}

// pollAfter is how long after a look that took some time the next one comes.
func pollAfter(every, took time.Duration) time.Duration { return max(every, watchShare*took) }

// channels are those of the events; a nil channel never speaks.
func (w *watch) channels() (<-chan fsnotify.Event, <-chan error) {
	if w.events == nil {
		return nil, nil
	}
	return w.events.Events, w.events.Errors
}

// look asks the files themselves, so that an event about nothing of ours ends here.
func (w *watch) look(ctx context.Context) {
	w.follow()
	if differs, err := w.store.Changed(ctx); differs || err != nil {
		w.changed()
	}
}

// follow asks for the events of the folders that are there now. One that cannot
// be followed is still looked at every few seconds.
func (w *watch) follow() {
	if w.events == nil {
		return
	}
	_ = w.events.Add(filepath.Dir(w.store.dir)) // a checkout may take the folder away and bring it back
	_ = w.events.Add(w.store.dir)
	_ = filepath.WalkDir(filepath.Join(w.store.dir, decode.ProgressFolder),
		func(path string, entry fs.DirEntry, err error) error {
			if err == nil && entry.IsDir() {
				_ = w.events.Add(path) // adding a folder again changes nothing
			}
			return nil
		})
}

// matters leaves out what is written beside the data files: by git, by editors, by tiendo itself.
func matters(event fsnotify.Event) bool {
	name := filepath.Base(event.Name)
	if event.Op == fsnotify.Chmod {
		return false
	}
	if strings.HasSuffix(name, decode.Extension) {
		return !strings.HasPrefix(name, ".")
	}
	info, err := os.Lstat(event.Name)
	return err != nil && filepath.Ext(name) == "" || err == nil && info.IsDir() // a folder that came or went
}
