package store

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.org/tiendo/model"
)

// Recover finishes what an earlier crash or an unfinished merge has left: it
// makes the commits that are still to come. The sentences name what it had to leave alone.
func (s *Store) Recover(ctx context.Context) ([]model.Sentence, error) {
	if s.history == nil || !exists(s.privateDir()) {
		return nil, nil
	}
	lock, err := s.lock(ctx, "tiendo")
	if err != nil {
		return nil, err
	}
	defer lock.release()
	return s.recover(ctx).told(s, ""), nil
}

// recovered is what a recovery had to leave alone.
type recovered struct {
	said   []model.Sentence
	edited []string // files edited by hand after a change that is in no commit yet
}

// told puts all of it into words, but for one file whose own answer says more.
func (r recovered) told(s *Store, but string) []model.Sentence {
	said := slices.Clone(r.said)
	for _, path := range r.edited {
		if path != but {
			said = append(said, model.Say("%s was edited by hand after a change that is in no commit yet; commit it in git yourself", s.shownFile(path)))
		}
	}
	return said
}

// recover works under the lock. Temporary files of ours are left-overs then: nobody else is writing.
func (s *Store) recover(ctx context.Context) recovered {
	for _, dir := range []string{s.privateDir(), s.dir, filepath.Join(s.dir, progressName)} {
		for _, file := range filesLike(dir, tempPattern) {
			_ = os.Remove(file) // tried again the next time
		}
	}
	if s.history == nil {
		return recovered{} // the notes wait for git
	}
	all, said := s.notes()
	done := recovered{said: said}
	chains := map[string][]*note{}
	var order []string
	for _, n := range all {
		if chains[n.Path] == nil {
			order = append(order, n.Path)
		}
		chains[n.Path] = append(chains[n.Path], n)
	}
	for _, path := range order {
		said, edited := s.finish(ctx, chains[path])
		done.said = append(done.said, said...)
		if edited {
			done.edited = append(done.edited, s.notedFile(chains[path][0]))
		}
	}
	return done
}

// filesLike are the files of a folder whose names are like a sound pattern, in the
// order of their names; none when it cannot be listed. Unlike Glob it looks at the folder only once.
func filesLike(dir, pattern string) []string {
	entries, _ := os.ReadDir(dir)
	var files []string
	for _, entry := range entries {
		if like, _ := filepath.Match(pattern, entry.Name()); like {
			files = append(files, filepath.Join(dir, entry.Name()))
		}
	}
	return files
}

// finish makes the commits of one file's notes. They form a chain: each begins
// with the bytes with which the one before it ends. A file that was edited by hand since is left alone.
func (s *Store) finish(ctx context.Context, chain []*note) (said []model.Sentence, edited bool) {
	last := chain[len(chain)-1]
	path := s.notedFile(last)
	content, _, unread := s.readFile(path)
	now := ""
	if unread == nil {
		now = sum(content)
	}
	if now != last.After && !last.Answered && (now == last.Before || unread != nil && last.Before == sum(nil)) {
		last.drop() // its bytes never arrived
		if chain = chain[:len(chain)-1]; len(chain) == 0 {
			return nil, false
		}
		last = chain[len(chain)-1]
	}
	held, err := s.history.HeadHolds(ctx, path, content)()
	switch {
	case err != nil:
		return nil, false // git does not answer now: the notes stay
	case held && now == last.After:
		dropAll(chain)
		return nil, false
	case held || now == last.Before || errors.Is(unread, fs.ErrNotExist): // another version stands there
		if s.history.Ready() != nil {
			return nil, false // in the middle of a merge or rebase it may still come back
		}
		return s.overtaken(path, chain, content), false
	case now != last.After:
		return nil, true
	}
	if err := s.commitContents(ctx, path, chain[:len(chain)-1]); err != nil {
		return []model.Sentence{reasonOf(err)}, false
	}
	if _, err := s.commit(ctx, last); err != nil {
		return []model.Sentence{reasonOf(err)}, false
	}
	return nil, false
}

// commitContents makes the commits of earlier contents of a file.
func (s *Store) commitContents(ctx context.Context, path string, chain []*note) error {
	for _, n := range chain {
		held, err := s.history.HeadHolds(ctx, path, n.Content)()
		if err == nil && !held {
			_, err = s.history.CommitContent(ctx, s.notedCommit(n), n.Content)
		}
		if err != nil {
			return err
		}
		n.drop()
	}
	return nil
}

// commitEarlier makes the commits that others still wait for in a file that somebody
// edited by hand since, before another change of it is committed: each under the name of
// who made it. Where they cannot be made on top of the last commit they are part of the next one.
func (s *Store) commitEarlier(ctx context.Context, path string, chain []*note) {
	if len(chain) == 0 || chain[0].Base == nil {
		return
	}
	if held, err := s.history.HeadHolds(ctx, path, chain[0].Base)(); err == nil && held {
		_ = s.commitContents(ctx, path, chain) // the notes stay where it fails, and the next commit holds their bytes
	}
}

// overtaken ends the waiting of changes whose bytes stand in the file no more: git
// has put another version there. What a person was told is saved is named when it
// is gone, and its text is kept beside.
func (s *Store) overtaken(path string, chain []*note, content []byte) []model.Sentence {
	var said []model.Sentence
	latest := map[model.Subject]*note{}
	for _, n := range chain {
		latest[n.subject()] = n
	}
	for _, n := range chain {
		if n.Answered && latest[n.subject()] == n && !s.standsIn(n, path, content) {
			kept, err := s.putAside(n)
			if err != nil {
				return append(said, reasonOf(err)) // the notes stay, and are tried again
			}
			subject, _, _ := strings.Cut(n.Message, "\n")
			said = append(said, model.Say("a saved change stands in the file no more, git has put another version there: “%s” by %s; its text is kept in %s",
				subject, n.Author, s.shownFile(kept)))
		}
	}
	dropAll(chain)
	return said
}

// standsIn reports whether a content of the file says of the note's subject what the note says.
func (s *Store) standsIn(n *note, path string, content []byte) bool {
	if bytes.Equal(content, n.Content) {
		return true
	}
	subject := n.subject()
	if subject.Kind == "" {
		return false
	}
	if subject.Kind.OnRoster() {
		roster := func(src []byte) model.Roster { return readRoster(newReader(s.shownFile(path), src), newNames()) }
		was, now := roster(n.Content), roster(content)
		return was.Of(subject).Equal(subject.Kind, now.Of(subject))
	}
	base := s.loadBase(nil)
	was, now := s.parseAnew(base, n.Unit, path, n.Content).progress, s.parseAnew(base, n.Unit, path, content).progress
	return subject.Of(&was).Equal(subject.Kind, subject.Of(&now))
}

// putAside keeps the bytes of a change that git has taken away, where a person can look at them.
func (s *Store) putAside(n *note) (string, error) {
	dir := filepath.Join(s.privateDir(), "undone")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	name := strings.TrimSuffix(filepath.Base(n.Path), extension) + n.When.UTC().Format("-20060102-150405-") + n.After[:7] + extension
	kept := filepath.Join(dir, name)
	return kept, os.WriteFile(kept, n.Content, 0o600)
}

func dropAll(chain []*note) {
	for _, n := range chain {
		n.drop()
	}
}
