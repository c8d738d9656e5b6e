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
	lockPatience = 10 * time.Second
	lockRetry    = 3 * time.Millisecond
)

// lockWithoutGit is the lock's name in a data folder that lies in no repository.
const lockWithoutGit = ".tiendo.lock"

// held is the lock of the data folder. The system releases it when the process dies.
type held struct{ file *flock.Flock }

// privateDir is where lock, temporary files and notes lie.
func (s *Store) privateDir() string {
	if s.history != nil {
		return s.history.Dir()
	}
	return s.dir
}

func (s *Store) lock(ctx context.Context, who string) (*held, error) {
	dir, name := s.privateDir(), "lock"
	if s.history == nil {
		name = lockWithoutGit
	}
	refuse := func(err error) error {
		return &model.Refusal{What: model.Say("the data folder cannot be written to; nothing has changed"), Err: err}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, refuse(err)
	}
	path := filepath.Join(dir, name)
	file := flock.New(path)
	ctx, cancel := context.WithTimeout(ctx, lockPatience)
	defer cancel()
	locked, err := file.TryLockContext(ctx, lockRetry)
	if errors.Is(err, context.DeadlineExceeded) {
		holder, _ := os.ReadFile(path)
		return nil, model.Refuse(model.Say("another tiendo is writing and does not end: %s", text.Line(strings.TrimSpace(string(holder)))),
			model.Say("try again; if it hangs, end that process"))
	}
	if err != nil || !locked {
		return nil, refuse(err)
	}
	// Only a help for whoever waits: without it the lock holds all the same.
	_ = os.WriteFile(path, fmt.Appendf(nil, "%s, process %d, %s\n", who, os.Getpid(), s.now().Format(time.DateTime)), 0o600)
	return &held{file}, nil
}

func (h *held) release() { _ = h.file.Unlock() } // the system releases it at the latest when the process ends
