package history

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history/gitrun"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
)

// errNoAnswer says that git ended well without an answer, as happens when its output is lost on the way.
var errNoAnswer = errors.New("git gave no answer")

// maxTries is how often an exchange begins anew when others send at the same time.
const maxTries = 5

// Data is what an exchange asks of the data. model/workspace implements it.
type Data interface {
	Reader
	// Locked does something under the lock of the data folder, in which the commits that
	// wait have been made: nothing else of tiendo writes meanwhile.
	Locked(ctx context.Context, work func(ctx context.Context) error) error
	// Join joins the versions of a data file. It is not possible when one of them cannot be read, or they contradict each
	// other as a whole.
	Join(file review.Unmerged) (joined review.JoinedFile, possible bool)
	// Verify says what is wrong with a merged file; nil: nothing.
	Verify(file review.MergedFile) error
}

// SyncOptions say what is exchanged, and for whom.
type SyncOptions struct {
	PlanDir  string // the data folder, absolute
	Data     Data
	Person   model.Person               // who joins two lines of the history, if that is needed
	Language phrase.Language            // of the commit that does it
	Driver   string                     // the merge driver as git runs it, with %O %A %B %P
	Progress func(step phrase.Sentence) // may be nil
	MayAsk   bool                       // git may ask for a password on the terminal
}

// Sync exchanges what was committed with the remote: fetch → merge → check → push, a few
// times when others send meanwhile. It never rebases and never forces. The remote gets
// what was joined before anything changes here, so that a remote that cannot be reached or
// refuses, or a merge that fails its check, leaves everything as it was. What both sides changed
// differently stops nothing: a record holds both, and in another file the remote's version of it stands,
// while that of this clone is set aside. On an error the result says what was done all the same, and how many commits
// wait.
func (r *Repository) Sync(ctx context.Context, options SyncOptions) (review.SyncResult, error) {
	s := &exchange{Repository: r, SyncOptions: options, states: map[string]state{}, result: review.SyncResult{Waiting: -1}}
	if s.Progress == nil {
		s.Progress = func(phrase.Sentence) {}
	}
	err := s.complete(ctx)
	if err != nil && s.result.Sent == 0 {
		s.forgetJoin()
	}
	return s.result, err
}

// exchange is one run of Sync.
type exchange struct {
	*Repository
	SyncOptions
	upstream *upstream
	agreed   string // the commit that the remote's branch is known to have now
	states   map[string]state
	aside    []aside // of this clone's versions
	// differing is what differs between head and seen, where nothing has to be joined; nil is not known.
	differing []movedPath
	result    review.SyncResult
}

// forgetJoin takes back what the result says of two sides that were joined: it came to nothing, or begins anew.
func (s *exchange) forgetJoin() {
	s.result.Merged, s.result.Conflicts, s.result.Disputes, s.result.Notices, s.aside = "", 0, 0, nil, nil
	s.differing = nil
}

func (s *exchange) complete(ctx context.Context) error {
	waiting := func() error { return s.Data.Locked(ctx, func(context.Context) error { return nil }) }
	if _, begun, _ := s.moving(); begun { // by a process that was killed meanwhile: it is finished first
		if err := waiting(); err != nil {
			return err
		}
	}
	if err := s.mayBegin(); err != nil {
		return err
	}
	if err := waiting(); err != nil { // what waits for its commit is to travel, too
		return err
	}
	for {
		s.result.Tries++
		again, err := s.once(ctx)
		switch {
		case err == nil && !again:
			if n := s.result.Disputes; n > 0 {
				s.result.Notices = append(s.result.Notices,
					phrase.Say("%s: `tiendo resolve` shows them, as does the tab of changes",
						phrase.Count(n, "of %d entry there are two versions", "of %d entries there are two versions")))
			}
			s.exchangeReviewed(ctx, s.upstream, s.MayAsk)
			return s.remember(ctx)
		case err != nil && !errors.Is(err, errOvertaken):
			return err
		case s.result.Tries == maxTries:
			if locked, is := errors.AsType[*phrase.Refusal](err); is {
				return locked
			}
			return phrase.Refuse(phrase.Say("others keep sending at the same time; nothing is lost, and %s",
				phrase.Count(s.result.Waiting, "%d change waits here", "%d changes wait here")),
				phrase.Say("sync again in a moment"))
		}
		if err := sleep(ctx, time.Duration(s.result.Tries)*50*time.Millisecond+rand.N(150*time.Millisecond)); err != nil {
			return err
		}
	}
}

// mayBegin refuses when git is in the middle of something, or on no branch.
func (s *exchange) mayBegin() error {
	if s.Merging() {
		return phrase.Refuse(phrase.Say("a merge is in progress, so nothing is exchanged"),
			phrase.Say("`tiendo resolve` shows what has to be settled, and finishes it"))
	}
	return s.Ready()
}

// once exchanges one time. It says whether to do it again, because this clone has moved on meanwhile.
func (s *exchange) once(ctx context.Context) (again bool, err error) {
	if s.upstream, err = s.Repository.upstream(ctx, ""); err != nil {
		return false, err
	}
	u := s.upstream
	s.result.Remote = u.shown()
	behind, ahead, err := s.apart(ctx)
	s.result.Waiting = ahead
	if err != nil {
		return false, err
	}
	s.Progress(phrase.Say("asking %s", u.shown()))
	news, err := s.fetch(ctx, u, s.MayAsk)
	if err != nil {
		return false, err
	}
	if news {
		if s.upstream, err = s.Repository.upstream(ctx, u.branch); err != nil {
			return false, err
		}
		u = s.upstream
		if behind, ahead, err = s.apart(ctx); err != nil {
			return false, err
		}
	}
	s.result.Waiting, s.agreed = ahead, u.seen
	if ahead > 0 {
		if err := s.checkRewritten(ctx); err != nil {
			return false, err
		}
		if err := s.checkOwn(ctx); err != nil {
			return false, err
		}
	}
	switch {
	case behind == 0 && ahead == 0:
		return false, nil
	case behind == 0:
		return false, s.send(ctx, u.head, ahead)
	}
	s.forgetJoin()
	target, err := s.join(ctx, behind, ahead)
	if err != nil {
		return false, err
	}
	if ahead > 0 {
		if err := s.putAside(ctx, target); err != nil {
			return false, err
		}
		if err := s.send(ctx, target, ahead); err != nil {
			return false, err
		}
	}
	return s.forward(ctx, target, behind)
}

// apart counts the commits that only the remote has, and those that only this clone has.
func (s *exchange) apart(ctx context.Context) (behind, ahead int, err error) {
	u := s.upstream
	if u.counted || u.seen == u.head {
		return u.behind, u.ahead, nil
	}
	// It was never seen, or git cannot count and says why.
	arguments := []string{"rev-list", "--count", u.head, "--"}
	if u.seen != "" {
		arguments = slices.Insert(arguments, 3, "^"+u.seen)
	}
	out, err := s.run(ctx, nil, nil, arguments...)
	if err != nil {
		return 0, -1, err
	}
	ahead, err = strconv.Atoi(strings.TrimSpace(string(out)))
	return 0, ahead, err
}

// join gives the commit that holds both sides, checked.
func (s *exchange) join(ctx context.Context, behind, ahead int) (commit string, err error) {
	u := s.upstream
	if ahead == 0 {
		refused, err := s.checkIncoming(ctx)
		if err == nil && refused != nil {
			err = refused
		}
		return u.seen, err // whether it fits is looked at before it is taken
	}
	s.Progress(phrase.Say("joining %s from %s with %d of this clone", review.Changes(behind), u.shown(), ahead))
	driver, err := s.withDriver(ctx, s.PlanDir, s.Driver)
	if err != nil {
		return "", err
	}
	if err := s.usesDriver(ctx, driver, s.PlanDir, s.Dir(), s.scratch()); err != nil {
		return "", err
	}
	merged, err := s.mergeTree(ctx, driver, u.head, u.seen)
	if err != nil {
		return "", err
	}
	tree, err := s.sound(ctx, merged)
	if err != nil {
		return "", err
	}
	if err := s.fits(ctx, tree); err != nil {
		return "", err
	}
	message := phrase.In(s.Language).T("Join the changes from %s", u.shown()) + "\n"
	by := review.Commit{AuthorName: s.Person.Name, AuthorEmail: s.Person.Email}
	who := append(author(by), s.committer(ctx, time.Time{}, u.head, u.seen)...)
	out, err := s.run(ctx, []byte(message), who, "commit-tree", tree, "-p", u.head, "-p", u.seen, "-F", "-")
	if err != nil {
		return "", err
	}
	commit = strings.TrimSpace(string(out))
	if !isID(commit) {
		return "", errNoAnswer
	}
	s.result.Merged = commit[:min(len(commit), shortHash)]
	return commit, nil
}

// fits refuses a state that would overwrite work of the user's own, before anything is sent.
func (s *exchange) fits(ctx context.Context, tree string) error {
	begun := s.begin() // after a kill the next start takes away what is made here
	defer s.end(begun)
	c, err := s.carrying()
	if err != nil {
		return err
	}
	defer c.discard()
	if err := c.copy(); err != nil {
		return err
	}
	return ownWork(c.fits(ctx, s.upstream.head, tree))
}

// ownWork puts git's complaint about work of the user's own into words.
func ownWork(err error) error {
	failed, isGit := errors.AsType[*gitrun.Error](err)
	if !isGit || !strings.Contains(failed.Words, "overwritten") && !strings.Contains(failed.Words, "not uptodate") {
		return err
	}
	return &phrase.Refusal{
		What: phrase.Say("work of your own that is in no commit lies where changes of others would go; nothing has changed " +
			"here"),
		Hint: phrase.Say("commit it (`tiendo save` for data files) or put it aside (git stash), then sync again"),
		Err:  fmt.Errorf("%s", text.Line(strings.TrimPrefix(failed.Words, "error: "))),
	}
}

// send sends a commit that holds everything that the remote has.
func (s *exchange) send(ctx context.Context, commit string, ahead int) error {
	s.Progress(phrase.Say("sending %s to %s", review.Changes(ahead), s.upstream.shown()))
	if err := s.push(ctx, s.upstream, commit, s.MayAsk); err != nil {
		return err
	}
	s.result.Sent, s.result.Waiting, s.agreed = s.result.Sent+ahead, 0, commit
	return nil
}

// forward moves this clone on to a commit that holds everything that it has. It is not
// done when the clone has moved on meanwhile: again is true then.
func (s *exchange) forward(ctx context.Context, commit string, behind int) (again bool, err error) {
	err = s.Data.Locked(ctx, func(ctx context.Context) error {
		if err := s.mayBegin(); err != nil {
			return err
		}
		if s.Head() != s.upstream.head { // its file does not always tell
			if now, err := s.Resolve(ctx, "HEAD"); err != nil || now != s.upstream.head {
				again = err == nil
				return err
			}
		}
		m := &move{From: s.upstream.head, To: commit, differing: s.differing}
		if s.upstream.synced != "" { // a ref that is still to be made may be refused, which must hold back no file
			m.Note, s.upstream.synced = s.upstream.note(), commit
		}
		if err := s.move(ctx, m); err != nil {
			return err
		}
		s.result.Received += behind
		s.learn(s.known(m.From).without(m.differing), commit, nil)
		return nil
	})
	return again, err
}
