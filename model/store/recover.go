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
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/phrase"
)

// Recover finishes what an earlier crash or an unfinished merge has left: it
// makes the commits that are still to come. The sentences name what it had to leave alone.
func (s *Store) Recover(ctx context.Context) ([]phrase.Sentence, error) {
	if s.history == nil || !exists(s.privateDir()) {
		return nil, nil
	}
	lock, err := s.lock(ctx, "tiendo")
	if err != nil {
		return nil, err
	}
	defer lock.release()
	return s.recover(ctx, nil).told(s, ""), nil
}

// recovered is what a recovery had to leave alone.
type recovered struct {
	said   []phrase.Sentence
	edited []string // files edited by hand after a change that is in no commit yet
}

// told puts all of it into words, but for one file whose own answer says more.
func (r recovered) told(s *Store, but string) []phrase.Sentence {
	said := slices.Clone(r.said)
	for _, path := range r.edited {
		if path != but {
			said = append(said, phrase.Say("%s was edited by hand after a change that is in no commit yet; `tiendo save` "+
				"commits it", s.shownFile(path)))
		}
	}
	return said
}

// recover works under the lock. Temporary files of ours are left-overs then: nobody else is writing.
// The progress folder has been listed under this lock, or is listed now, with nil.
func (s *Store) recover(ctx context.Context, list *listing) recovered {
	if list == nil {
		list = s.listTemporary()
	}
	done := recovered{said: s.clean(list)}
	if s.history == nil {
		return done // the notes wait for git
	}
	s.history.Heal(ctx)
	all, said := s.notes()
	done.said = append(done.said, said...)
	for _, chain := range byFile(all) {
		said, byHand := s.finish(ctx, chain)
		for _, sentence := range said { // the reason why commits wait is most often the same for all
			if !slices.ContainsFunc(done.said, func(known phrase.Sentence) bool { return known.String() == sentence.String() }) {
				done.said = append(done.said, sentence)
			}
		}
		if byHand {
			done.edited = append(done.edited, s.notedFile(chain[0]))
		}
	}
	return done
}

// clean takes away the temporary files that a kill has left. What somebody else wrote in the same moment is kept.
func (s *Store) clean(list *listing) (said []phrase.Sentence) {
	durable.Sweep(s.privateDir(), s.now()) // those made without the lock
	for _, file := range s.temporary(list) {
		name, seen := durable.Seen(file)
		if seen {
			_ = os.Remove(file) // tried again the next time
			continue
		}
		said = append(said, phrase.Say("what somebody wrote into %s in the moment of a change that was broken off is kept "+
			"in %s", name, s.shownFile(s.keepReplaced(file))))
	}
	return said
}

// temporary are the files that this store makes for a moment, under the lock.
func (s *Store) temporary(list *listing) []string {
	var files []string
	for _, dir := range []string{s.privateDir(), s.dir} {
		files = append(files, filesLike(dir, durable.Locked, durable.Replaced)...)
	}
	for _, path := range list.dotted {
		if like(filepath.Base(path), durable.Locked, durable.Replaced) {
			files = append(files, path)
		}
	}
	return files
}

// listTemporary lists the progress folder for what is no record.
func (s *reader) listTemporary() *listing {
	list, _ := s.listProgress(context.Background(), new("")) // only its end would be an error
	return list
}

// byFile parts notes into the chains of the files that they are about.
func byFile(all []*note) [][]*note {
	var chains [][]*note
	at := map[string]int{}
	for _, n := range all {
		i, begun := at[n.Path]
		if !begun {
			i = len(chains)
			at[n.Path], chains = i, append(chains, nil)
		}
		chains[i] = append(chains[i], n)
	}
	return chains
}

// filesLike are the files of a folder whose names are like one of some sound patterns, in the
// order of their names; none when it cannot be listed. Unlike Glob it looks at the folder only once.
func filesLike(dir string, patterns ...string) []string {
	entries, _ := os.ReadDir(dir)
	var files []string
	for _, entry := range entries {
		if like(entry.Name(), patterns...) {
			files = append(files, filepath.Join(dir, entry.Name()))
		}
	}
	return files
}

func like(name string, patterns ...string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		is, _ := filepath.Match(pattern, name)
		return is
	})
}

// fate is what becomes of the changes of one file that wait for their commits.
type fate int

const (
	waiting   fate = iota // git does not answer, or is in the middle of something: the notes stay
	arrived               // the last commit holds them
	overtaken             // git has put another version there
	edited                // somebody has edited the file by hand since
	due                   // the commits can be made now
)

// fateOf looks what becomes of one file's notes. They form a chain: each begins with the
// bytes with which the one before it ends. A last note whose bytes never arrived is cut off the chain.
func (s *Store) fateOf(ctx context.Context, chain []*note) (fate, []*note, []byte) {
	last := chain[len(chain)-1]
	path := s.notedFile(last)
	content, _, unread := s.readFile(path)
	now := ""
	if unread == nil {
		now = durable.Sum(content)
	}
	made, err := s.holdsChange(ctx, path, last)
	if err == nil && made {
		return arrived, chain, content
	}
	if now != last.After && !last.Answered && (now == last.Before || unread != nil && last.Before == durable.Sum(nil)) {
		if chain = chain[:len(chain)-1]; len(chain) == 0 {
			return arrived, nil, content
		}
		last = chain[len(chain)-1]
		if made, err = s.holdsChange(ctx, path, last); err == nil && made {
			return arrived, chain, content
		}
	}
	held := false
	if err == nil && now != last.After {
		held, err = s.history.HeadHolds(ctx, path, content)()
	}
	switch {
	case err != nil:
		return waiting, chain, content
	case held || now == last.Before || errors.Is(unread, fs.ErrNotExist): // another version stands there
		if s.history.Ready() != nil {
			return waiting, chain, content // in the middle of a merge or rebase it may still come back
		}
		return overtaken, chain, content
	case now != last.After:
		return edited, chain, content
	}
	return due, chain, content
}

// holdsChange reports whether the last commit holds what a note says, whatever has become of the file since. It does
// not where a filter of git's makes the same of the file before and after the change.
func (s *Store) holdsChange(ctx context.Context, path string, n *note) (bool, error) {
	held, err := s.history.HeadHolds(ctx, path, n.Content)()
	if err != nil || !held || n.Base == nil || n.Before == n.After {
		return held, err
	}
	before, err := s.history.HeadHolds(ctx, path, n.Base)()
	return !before, err
}

// finish makes the commits of one file's notes. A file that was edited by hand since is left alone.
func (s *Store) finish(ctx context.Context, chain []*note) (said []phrase.Sentence, byHand bool) {
	path := s.notedFile(chain[0])
	fate, left, content := s.fateOf(ctx, chain)
	dropAll(chain[len(left):]) // its bytes never arrived
	switch fate {
	case waiting:
		return nil, false
	case arrived:
		if len(left) > 0 {
			if err := s.history.Mend(ctx, path); err != nil {
				return []phrase.Sentence{reasonOf(err)}, false
			}
		}
		dropAll(left)
		return nil, false
	case overtaken:
		return s.overtake(ctx, path, left, content), false
	case edited:
		return nil, true
	case due:
	}
	if err := s.commitContents(ctx, path, left[:len(left)-1]); err != nil {
		return []phrase.Sentence{reasonOf(err)}, false
	}
	last := left[len(left)-1]
	if _, err := last.settled(s.history.Commit(ctx, s.notedCommit(last))); err != nil {
		return []phrase.Sentence{reasonOf(err)}, false
	}
	return nil, false
}

// commitContents makes the commits of earlier contents of a file.
func (s *Store) commitContents(ctx context.Context, path string, chain []*note) error {
	for _, n := range chain {
		held, err := s.history.HeadHolds(ctx, path, n.Content)()
		switch {
		case err == nil && held:
			err = s.history.Mend(ctx, path)
		case err == nil:
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

// overtake ends the waiting of changes whose bytes stand in the file no more: git
// has put another version there. What a person was told is saved is named when it
// is gone, and its text is kept beside.
func (s *Store) overtake(ctx context.Context, path string, chain []*note, content []byte) []phrase.Sentence {
	var said []phrase.Sentence
	for _, n := range s.gone(ctx, path, chain, content) {
		kept, err := s.putAside(filepath.Base(n.Path), n.When, n.Content)
		if err != nil {
			return append(said, reasonOf(err)) // the notes stay, and are tried again
		}
		subject, _, _ := strings.Cut(n.Message, "\n")
		said = append(said, phrase.Say("a saved change is no longer in the file, git has put another version there: “%s” "+
			"by %s; its text is kept in %s",
			subject, n.Author, s.shownFile(kept)))
	}
	dropAll(chain)
	return said
}

// gone are the changes of a chain of which a person was told that they are saved, and of
// which a content of the file says nothing.
func (s *Store) gone(ctx context.Context, path string, chain []*note, content []byte) []*note {
	latest := map[model.Subject]*note{}
	for _, n := range chain {
		latest[n.subject()] = n
	}
	return slices.DeleteFunc(slices.Clone(chain), func(n *note) bool {
		return !n.Answered || latest[n.subject()] != n || s.standsIn(ctx, n, path, content)
	})
}

// standsIn reports whether a content of the file says of the note's subject what the note says.
func (s *Store) standsIn(ctx context.Context, n *note, path string, content []byte) bool {
	if bytes.Equal(content, n.Content) {
		return true
	}
	subject := n.subject()
	if subject.Kind == "" {
		return false
	}
	if subject.Kind.OnRoster() {
		roster := func(src []byte) model.Roster {
			return decode.Roster(decode.Parse(s.shownFile(path), src), decode.NewNames())
		}
		was, now := roster(n.Content), roster(content)
		return was.Of(subject).Equal(now.Of(subject))
	}
	base := s.loadBase(ctx, nil)
	was, now := s.parseAnew(base, n.Unit, path, n.Content).progress, s.parseAnew(base, n.Unit, path, content).progress
	return subject.Of(&was).Equal(subject.Of(&now))
}

func (s *Store) undoneDir() string { return filepath.Join(s.privateDir(), "undone") }

// putAside keeps bytes that stand in a file no more, where a person can look at them.
func (s *Store) putAside(name string, when time.Time, content []byte) (string, error) {
	name = strings.TrimSuffix(name, decode.Extension) + when.UTC().Format("-20060102-150405-") +
		durable.Sum(content)[:7] + decode.Extension
	return keepIn(s.privateDir(), s.undoneDir(), name, content)
}

// keepIn keeps bytes in a folder of a store's private one, under a name that says what they are.
func keepIn(private, dir, name string, content []byte) (string, error) {
	if err := durable.MakeFolder(dir, durable.Own); err != nil {
		return "", err
	}
	kept := filepath.Join(dir, name)
	return kept, durable.Replace(kept, content,
		durable.Options{Temp: private, Pattern: durable.Locked, Mode: durable.OwnMode(kept)})
}

func dropAll(chain []*note) {
	for _, n := range chain {
		n.drop()
	}
}
