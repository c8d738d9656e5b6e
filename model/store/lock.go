package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"example.org/tiendo/model"
	"example.org/tiendo/model/text"
)

// Waiting for the lock.
const (
	lockPatience = 10 * time.Second // with one holder
	lockRounds   = 6                // of patience, while the holders change
	lockRetry    = 3 * time.Millisecond
)

// lockWithoutGit is the lock's name in a data folder that lies in no repository.
const lockWithoutGit = ".tiendo.lock"

// held is the lock of the data folder. The system releases it when the process dies.
type held struct {
	file *flock.Flock
	turn chan struct{} // holds one: whose turn it is in this process
}

// privateDir is where lock, temporary files and notes lie.
func (s *Store) privateDir() string {
	if s.history != nil {
		return s.history.Dir()
	}
	return s.dir
}

// lock waits for its turn: first among those of this process, in the order in
// which they came, then among the processes. It waits as long as the others get
// on; only a holder that stays the same is taken for one that hangs.
func (s *Store) lock(ctx context.Context, who string) (*held, error) {
	dir, name := s.privateDir(), "lock"
	if s.history == nil {
		name = lockWithoutGit
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, notWritable(err)
	}
	path := filepath.Join(dir, name)
	select {
	case s.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, busy(path)
	}
	lock := &held{flock.New(path), s.turn}
	if err := lock.waitFor(ctx, path); err != nil {
		<-s.turn
		return nil, err
	}
	// Only a help for whoever waits: without it the lock holds all the same.
	_ = os.WriteFile(path, fmt.Appendf(nil, "%s, process %d, %s\n", who, os.Getpid(), s.now().Format(time.DateTime)), 0o600)
	return lock, nil
}

// waitFor waits while other processes write.
func (h *held) waitFor(ctx context.Context, path string) error {
	before := holder(path)
	for range lockRounds {
		round, cancel := context.WithTimeout(ctx, lockPatience)
		locked, err := h.file.TryLockContext(round, lockRetry)
		cancel()
		switch now := holder(path); {
		case locked:
			return nil
		case !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, context.Canceled):
			return notWritable(err)
		case now == before || ctx.Err() != nil:
			return busy(path)
		default:
			before = now
		}
	}
	return busy(path)
}

// holder is who wrote last that they hold the lock.
func holder(path string) string {
	said, _ := os.ReadFile(path) // nobody: it is only a help
	return text.Line(strings.TrimSpace(string(said)))
}

func busy(path string) error {
	return model.Refuse(model.Say("another tiendo is writing and does not end: %s", holder(path)),
		model.Say("try again; if it hangs, end that process"))
}

func notWritable(err error) error {
	return &model.Refusal{What: model.Say("the data folder cannot be written to; nothing has changed"), Err: err}
}

func (h *held) release() {
	_ = h.file.Unlock() // the system releases it at the latest when the process ends
	<-h.turn
}
