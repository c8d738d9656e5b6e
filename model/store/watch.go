package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/machine"
)

// How long a watch waits. An editor, git or a copy changes many files in a burst.
const (
	watchQuiet = 100 * time.Millisecond // without a further event: the burst is over
	watchBurst = 500 * time.Millisecond // the longest that a burst is waited for
	watchPoll  = 5 * time.Second        // where no events come, as from a network file system
	watchRest  = time.Minute            // where events tell of every change
	// watchShare is the part of the time that this may take: to look at thousands of files takes longer, so that they
	// are looked at less often.
	watchShare = 500
)

// Watch calls changed after data files have changed, in this process or in any
// other, until the context ends. It never calls it twice at once. Where the
// system gives no events, or not all of them, the files are looked at every five seconds, thousands of them less often;
// else once a minute.
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
	look := func() {
		began := time.Now()
		told := w.look(ctx)
		poll.Reset(pollAfter(w.every, told, time.Since(began)))
	}
	look() // what came between the last reading and now
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
				look()
			}
		case <-quiet.C:
			since = time.Time{}
			look()
		case <-poll.C:
			look()
		}
	}
}

// pollAfter is how long after a look that took some time the next one comes. told is whether events tell of every
// change.
func pollAfter(every time.Duration, told bool, took time.Duration) time.Duration {
	if told {
		every = max(every, watchRest)
	}
	return max(every, watchShare*took)
}

// channels are those of the events; a nil channel never speaks.
func (w *watch) channels() (<-chan fsnotify.Event, <-chan error) {
	if w.events == nil {
		return nil, nil
	}
	return w.events.Events, w.events.Errors
}

// look asks the files themselves, so that an event about nothing of ours ends here. It reports whether events tell of
// every change from now on.
func (w *watch) look(ctx context.Context) (told bool) {
	told = w.follow()
	if differs, err := w.store.Changed(ctx); differs || err != nil {
		w.changed()
	}
	return told
}

// follow asks for the events of the folders that are there now, and reports whether they tell of every change: each can
// be followed, and what another machine writes there nobody is told of.
func (w *watch) follow() (told bool) {
	if w.events == nil {
		return false
	}
	told = true
	add := func(folder string) {
		told = w.events.Add(folder) == nil && machine.Local(folder) && told // adding one again changes nothing
	}
	add(filepath.Dir(w.store.dir)) // a checkout may take the folder away and bring it back
	add(w.store.dir)
	_ = filepath.WalkDir(filepath.Join(w.store.dir, decode.ProgressFolder),
		func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				told = told && errors.Is(err, fs.ErrNotExist)
			case entry.IsDir():
				add(path)
			}
			return nil
		})
	return told
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
