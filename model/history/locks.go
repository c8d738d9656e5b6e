package history

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/history/gitrun"
	"example.org/tiendo/model/machine"
	"example.org/tiendo/model/phrase"
)

// Waiting for other programs of git.
const (
	lockPatience = 2200 * time.Millisecond // with one and the same lock; longer than lockQuiet
	busyPatience = 10 * time.Second        // while others come and go
	lockQuiet    = 1900 * time.Millisecond // an unchanged lock of that age is nobody's; the commit that waited adds 0.1 s
	lockUnseen   = 3                       // how often to try when git did not see what there is to commit
)

// waiting is what was waited for in vain. As long as a lock lies there as it is nobody waits for it again.
type waiting struct {
	mutex   sync.Mutex
	inVain  LockFile
	stopped error // why an exchange that was stopped in the middle could not be finished
}

// patiently tries again while another git is in the way. A lock that a killed git of ours has left is taken away.
// While one and the same lock lies there only the lock is looked at: to start git for that takes longer.
func (r *runner) patiently(ctx context.Context, try func() error) error {
	begun := time.Now() //nolint:forbidigo // how long to wait, whatever day it is
	since, before := begun, LockFile{}
	for tries := 1; ; tries++ {
		err := try()
		if err == nil || !contended(err) || errors.Is(err, errUnseen) && tries == lockUnseen {
			return err
		}
		lock, named := r.lockIn(err)
		if lock != before {
			since, before = time.Now(), lock //nolint:forbidigo // as above
		}
		for again := false; !again && (!named || r.heal(lock) != nil); again = !named || !r.lies(lock) {
			if named && r.vain(lock, time.Since(since)) { //nolint:forbidigo // as above
				return lockedOut(lock, err)
			}
			if time.Since(begun) > busyPatience { //nolint:forbidigo // as above
				return err
			}
			if err := pause(ctx, lockQuiet-time.Since(lock.Modified)); err != nil { //nolint:forbidigo // the age of a file
				return err
			}
		}
	}
}

// changePatiently runs git where it takes locks of the repository, and tries again while another git is in the way.
func (r *runner) changePatiently(ctx context.Context, args ...string) error {
	return r.patiently(ctx, func() error {
		_, err := r.change(ctx, nil, nil, args...)
		return err
	})
}

// pause waits a moment, and no longer than until a lock is old enough, if that is still to come.
func pause(ctx context.Context, old time.Duration) error {
	moment := 20*time.Millisecond + rand.N(60*time.Millisecond)
	if old > 0 {
		moment = min(moment, old)
	}
	return sleep(ctx, moment)
}

// sleep waits, and no longer than until ctx ends.
func sleep(ctx context.Context, length time.Duration) error {
	wait := time.NewTimer(length)
	defer wait.Stop()
	select {
	case <-wait.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// lies reports whether a lock lies there as it did.
func (r *runner) lies(lock LockFile) bool {
	locks, err := r.LockFiles()
	return err == nil && slices.Contains(locks, lock)
}

// liesInVain is the lock that was waited for in vain, if it lies there still.
func (r *runner) liesInVain() (LockFile, bool) {
	r.mutex.Lock()
	lock := r.inVain
	r.mutex.Unlock()
	return lock, lock != (LockFile{}) && r.lies(lock) && r.heal(lock) != nil
}

// lockedOut says which lock is in the way.
func lockedOut(lock LockFile, err error) error {
	return &phrase.Refusal{
		What: phrase.Say("git's lock %s is there: another git program is at work, or was killed", lock.Path),
		Hint: phrase.Say("when no git program is running here, delete the file %s; the next change or start makes the commit",
			lock.file), Err: err,
	}
}

// vain reports whether to wait for a lock no longer.
func (r *runner) vain(lock LockFile, waited time.Duration) bool {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if waited > lockPatience {
		r.inVain = lock
	}
	return r.inVain == lock
}

// heldLock finds in git's words the lock file that is in the way.
func heldLock() *regexp.Regexp { return regexp.MustCompile(`'([^']*\.lock)': File exists`) }

// movedOn is how git says that a branch is not where it was a moment ago.
func movedOn() *regexp.Regexp {
	return regexp.MustCompile(`cannot lock ref .*: (is at [0-9a-f]+ but expected|reference already exists)`)
}

// errUnseen says that git found nothing to commit in a file that differs. It happens beside other programs of git.
var errUnseen = errors.New("git does not see that the file has changed")

// contended reports whether another program was in the way, so that it helps to try again.
func contended(err error) bool {
	failed, is := errors.AsType[*gitrun.Error](err)
	return errors.Is(err, errUnseen) || is && (heldLock().MatchString(failed.Words) || movedOn().MatchString(failed.Words))
}

// lockIn finds the lock file that git's words name.
func (r *runner) lockIn(err error) (lock LockFile, found bool) {
	failed, is := errors.AsType[*gitrun.Error](err)
	if !is {
		return lock, false
	}
	match := heldLock().FindStringSubmatch(failed.Words)
	if match == nil {
		return lock, false
	}
	locks, err := r.LockFiles()
	if err != nil {
		return lock, false
	}
	for _, lock := range locks {
		if name := filepath.ToSlash(match[1]); name == lock.Path || strings.HasSuffix(name, "/"+lock.Path) {
			return lock, true
		}
	}
	return lock, false
}

// started is the note that a git of ours has been started, or that tiendo itself takes git's locks. It lies in
// tiendo's folder of the git directory until that has ended by itself.
type started struct {
	Host    string    `json:"host"`
	Run     string    `json:"run"`     // of the machine, from one start to the next
	Process int       `json:"process"` // its number
	Start   string    `json:"start"`   // of the process, as the system counts
	Since   time.Time `json:"since"`   // by the clock of the file system
	file    string
}

const (
	startedPattern = "started-*"
	startedLength  = 512 // of a note; the name of a machine is shorter by far
)

// begin notes that work begins which takes locks of git. Where that cannot be noted, a kill leaves locks that only a
// person removes.
func (r *runner) begin() *started {
	s := &started{}
	s.Host, s.Run = machine.Host()
	file, err := os.CreateTemp(r.Dir(), startedPattern) // one of its own: that of a git that was killed before stays
	if err != nil {
		return s
	}
	s.file = file.Name()
	durable.Share(file) // whoever comes next looks whether this one was killed
	if info, err := file.Stat(); err == nil && file.Close() == nil {
		s.Since = info.ModTime()
	}
	s.by(os.Getpid())
	return s
}

// by notes the process that does the work. It may be over by now.
func (s *started) by(process int) {
	s.Process, s.Start = process, cmp.Or(machine.Started(process), ended)
	s.write()
}

// run runs git in a folder, and notes its process.
func (s *started) run(ctx context.Context, dir string, stdin []byte, extra []string, args ...string) ([]byte, error) {
	git, err := gitrun.Start(ctx, dir, bytes.NewReader(stdin), nil, extra, args...)
	if err != nil {
		return nil, err
	}
	if s.file != "" {
		s.by(git.Process.Pid)
	}
	return git.End(ctx)
}

// over notes that the process is no more, and may have left its locks.
func (s *started) over() {
	s.Process, s.Start = 0, ended
	s.write()
}

// write puts the note over the one before it, as long as that: a kill leaves either, for git may have begun already.
func (s *started) write() {
	content, err := json.Marshal(s)
	if s.file == "" || err != nil {
		return
	}
	file, err := durable.Overwrite(s.file, fmt.Appendf(nil, "%-*s", startedLength, content))
	if err == nil {
		_ = file.Close()
	}
}

// forget takes the note away.
func (s *started) forget() {
	if s.file != "" {
		_ = os.Remove(s.file)
	}
}

// ended is the start of a process of which nothing is left but its locks.
const ended = "ended"

// end says that the work has ended by itself. A git that the disk keeps from taking its lock away goes on and
// ends well, so the note stays as long as a lock lies there that may be its own.
func (r *runner) end(s *started) {
	locks, err := r.LockFiles()
	if err == nil && !slices.ContainsFunc(locks, func(lock LockFile) bool { return !lock.Modified.Before(s.Since) }) {
		s.forget()
		return
	}
	s.over()
}

// gone reports whether the process was killed: it was one of this machine in its present run, and is no more.
func (s *started) gone() bool {
	host, run := machine.Host()
	return s.Host == host && s.Run == run && run != "" && s.Start != "" && machine.Started(s.Process) != s.Start
}

// killed are the notes of work that has begun here and did not end by itself.
func (r *runner) killed() []started {
	files, err := filepath.Glob(filepath.Join(escapeGlob(r.Dir()), startedPattern))
	if err != nil {
		return nil
	}
	host, run := machine.Host()
	var all []started
	for _, file := range files {
		one := started{file: file}
		content, err := os.ReadFile(file)
		info, noStat := os.Stat(file)
		if err != nil || noStat != nil {
			continue
		}
		unread := json.Unmarshal(content, &one) != nil
		switch {
		//nolint:forbidigo // the age of a file
		case unread && time.Since(info.ModTime()) > lockQuiet, !unread && one.Host == host && one.Run != run:
			_ = os.Remove(file) // of a kill before anything was begun, or of an earlier run of this machine
		case !unread && one.gone():
			all = append(all, one)
		}
	}
	return all
}

// heal takes a lock away that is nobody's any more, by one of two rules. Either it is older than this machine's
// start and lies on a local file system; or a git of ours that was started here has gone without its end, the lock
// was made since, no program of git works in this repository, and it has not changed for a while.
func (r *runner) heal(lock LockFile) error {
	if booted, known := machine.Booted(); known && lock.Modified.Before(booted) && machine.Local(filepath.Dir(lock.file)) {
		return lock.Remove()
	}
	ours := func(one started) bool { return !lock.Modified.Before(one.Since) }
	young := time.Since(lock.Modified) < lockQuiet //nolint:forbidigo // the age of a file
	if !slices.ContainsFunc(r.killed(), ours) || young {
		return errLocked
	}
	if gits, known := machine.Gits(append(r.GitDirs(), r.top)); len(gits) > 0 || !known {
		return errLocked
	}
	return lock.Remove()
}

// errLocked says that a lock may be held by somebody.
var errLocked = errors.New("the lock may be held")

// Heal takes the locks away that a killed git of ours, or one from before the machine's start, has left, as far as
// that is certain now, and finishes an exchange that was stopped in the middle. It is called under the lock of the data
// folder.
func (r *Repository) Heal(ctx context.Context) {
	r.healLocks()
	if _, begun, _ := r.moving(); begun {
		err := r.patiently(ctx, func() error { return r.resume(ctx) })
		r.mutex.Lock()
		r.stopped = err // Ready tells it
		r.mutex.Unlock()
	}
}

func (r *Repository) healLocks() {
	killed := r.killed()
	if len(killed) > 0 {
		r.sweepMoves()
	}
	locks, err := r.LockFiles()
	for _, lock := range locks {
		if r.heal(lock) != nil {
			err = errLocked
		}
	}
	if err != nil {
		return
	}
	for _, one := range killed {
		one.forget()
	}
}
