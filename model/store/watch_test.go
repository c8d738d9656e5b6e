package store

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"

	"example.org/tiendo/model/machine"
)

// watched runs a watch on a folder that has been read, until the test ends. told has room for one call.
func watched(t *testing.T, w watch) (told <-chan struct{}) {
	t.Helper()
	if _, err := w.store.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	calls := make(chan struct{}, 1)
	w.changed = func() {
		select {
		case calls <- struct{}{}:
		default:
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { w.run(ctx) })
	t.Cleanup(func() { cancel(); running.Wait() })
	return calls
}

// On a local disk a change is seen by its event, without the regular look at the files.
func TestWatchSeesEvents(t *testing.T) {
	t.Parallel()
	dir := smallData(t)
	events, err := fsnotify.NewWatcher()
	if err != nil {
		t.Fatal(err)
	}
	defer events.Close()
	w := watch{store: openData(t, dir), every: time.Hour, events: events}
	if told := w.follow(); told != machine.Local(dir) { // now, so that the event cannot come too early
		t.Errorf("events tell of every change: %v", told)
	}
	told := watched(t, w)
	path := filepath.Join(dir, "progress", "chi-doan.toml")
	statuses := []string{"todo", "doing", "done", "todo"}
	for i, status := range statuses[1:] { // the first may be seen by the look with which the watch begins
		written := time.Now()
		replaceIn(t, path, statuses[i], status)
		select {
		case <-told:
		case <-time.After(20 * time.Second):
			t.Fatal("the change was not seen")
		}
		took := time.Since(written)
		t.Logf("a change was seen after %v", took.Round(time.Millisecond))
		if took > 4*time.Second {
			t.Errorf("a change was seen after %v", took)
		}
		if _, err := w.store.Load(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// Where no events come, the files are looked at every five seconds.
func TestWatchLooksWithoutEvents(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := smallData(t)
		told := watched(t, watch{store: openData(t, dir), every: watchPoll})
		synctest.Wait()
		replaceIn(t, filepath.Join(dir, "progress", "chi-doan.toml"), "todo", "done")
		time.Sleep(5 * time.Second) // of the test's own clock
		synctest.Wait()
		select {
		case <-told:
		default:
			t.Error("the change was not seen within five seconds")
		}
	})
}

// To look at many files takes no more of a machine than to look at few.
func TestManyFilesAreLookedAtLessOften(t *testing.T) {
	for took, want := range map[time.Duration]time.Duration{
		0: watchPoll, time.Millisecond: watchPoll, 40 * time.Millisecond: 20 * time.Second, time.Second: 500 * time.Second,
	} {
		if got := pollAfter(watchPoll, false, took); got != want {
			t.Errorf("after a look of %v the next one comes after %v, want %v", took, got, want)
		}
		if got := pollAfter(watchPoll, true, took); got != max(want, time.Minute) {
			t.Errorf("where events come, after a look of %v the next one comes after %v", took, got)
		}
	}
}

// A folder that cannot be followed, or on which another machine may write, is looked at as if no events came.
func TestWatchTrustsEventsOfAllFoldersOnly(t *testing.T) {
	dir := smallData(t)
	events, err := fsnotify.NewWatcher()
	if err != nil {
		t.Fatal(err)
	}
	w := watch{store: openData(t, dir), every: watchPoll, events: events}
	if err := os.MkdirAll(filepath.Join(dir, "progress", "phia-bac"), 0o750); err != nil {
		t.Fatal(err)
	}
	if told := w.follow(); told != machine.Local(dir) || len(events.WatchList()) != 4 {
		t.Errorf("follows %q, and events tell of every change: %v", events.WatchList(), told)
	}
	if err := events.Close(); err != nil { // no folder can be followed any more
		t.Fatal(err)
	}
	if w.follow() {
		t.Error("trusts events that do not come")
	}
}
