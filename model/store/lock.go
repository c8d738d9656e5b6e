package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/phrase"
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
	return cmp.Or(s.private, s.dir)
}

// keepsNotes reports whether changes are noted for commits to come: in a repository, also while git cannot be run.
// It is called by whoever has the turn.
func (s *Store) keepsNotes() bool { return s.privateDir() != s.dir }

// lockPlace chooses where the lock lies: in the git directory, also while git cannot be run, so that a tiendo
// with git and one without wait for each other and git shows no file of ours; else beside the data.
// It is called by whoever has the turn.
func (s *Store) lockPlace() (path string, err error) {
	if s.history != nil {
		dir := s.history.Dir()
		return filepath.Join(dir, "lock"), durable.MakeFolder(dir, durable.Own)
	}
	s.private = s.dir
	if git := GitDirectory(s.dir); git != "" {
		dir := filepath.Join(git, "tiendo") // as model/history calls it
		path = filepath.Join(dir, "lock")
		if durable.MakeFolder(dir, durable.Own) == nil && canWrite(path) {
			s.private = dir
			return path, nil
		}
	}
	return filepath.Join(s.dir, lockWithoutGit), nil
}

// canWrite reports whether a file can be written, and makes it where there is none.
func canWrite(path string) bool {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, durable.OwnMode(path))
	return err == nil && file.Close() == nil
}

// GitDirectory finds the git directory of the work tree around a folder without running git; "" where there
// is none. In a linked work tree .git is a file that names it.
func GitDirectory(dir string) string {
	dir, err := filepath.EvalSymlinks(dir)
	for err == nil {
		git := filepath.Join(dir, ".git")
		if content, err := os.ReadFile(git); err == nil {
			if named, linked := strings.CutPrefix(strings.TrimSpace(string(content)), "gitdir: "); linked {
				git = named
				if !filepath.IsAbs(git) {
					git = filepath.Join(dir, git)
				}
			}
		}
		for _, sign := range []string{"HEAD", "objects"} { // a damaged one may lack either
			if _, err := os.Stat(filepath.Join(git, sign)); err == nil {
				return git
			}
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
	return ""
}

// lock waits for its turn: first among those of this process, in the order in
// which they came, then among the processes. It waits as long as the others get
// on; only a holder that stays the same is taken for one that hangs.
func (s *Store) lock(ctx context.Context, who string) (*held, error) {
	select {
	case s.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, busy(filepath.Join(s.privateDir(), "lock"))
	}
	path, err := s.lockPlace()
	if err != nil {
		<-s.turn
		return nil, notWritable(err)
	}
	lock := &held{flock.New(path, flock.SetPermissions(durable.OwnMode(path))), s.turn}
	if err := lock.waitFor(ctx, path); err != nil {
		<-s.turn
		return nil, err
	}
	// Only a help for whoever waits: without it the lock holds all the same.
	if file, err := durable.Overwrite(path,
		fmt.Appendf(nil, "%s, process %d, %s\n", who, os.Getpid(), s.now().Format(time.DateTime))); err == nil {
		_ = file.Close()
	}
	return lock, nil
}

// waitFor waits while other processes write.
func (h *held) waitFor(ctx context.Context, path string) error {
	if locked, err := h.file.TryLock(); locked {
		return nil
	} else if err != nil {
		return notWritable(err)
	}
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
	return phrase.Refuse(phrase.Say("another tiendo is writing and does not end: %s", holder(path)),
		phrase.Say("try again; if it hangs, end that process"))
}

func notWritable(err error) error {
	return &phrase.Refusal{What: phrase.Say("the data folder cannot be written to, so the change was not made"), Err: err}
}

func (h *held) release() {
	_ = h.file.Unlock() // the system releases it at the latest when the process ends
	<-h.turn
}
