package store

import (
	"context"
	"os"
	"path/filepath"

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
	return s.recover(ctx), nil
}

// recover works under the lock. Temporary files of ours are left-overs then: nobody else is writing.
func (s *Store) recover(ctx context.Context) []model.Sentence {
	for _, dir := range []string{s.privateDir(), s.dir, filepath.Join(s.dir, progressName)} {
		left, _ := filepath.Glob(filepath.Join(dir, tempPattern)) // the pattern is sound
		for _, file := range left {
			_ = os.Remove(file) // tried again the next time
		}
	}
	if s.history == nil {
		return nil
	}
	all, said := s.notes()
	chains := map[string][]*note{}
	var order []string
	for _, n := range all {
		if chains[n.Path] == nil {
			order = append(order, n.Path)
		}
		chains[n.Path] = append(chains[n.Path], n)
	}
	for _, path := range order {
		said = append(said, s.finish(ctx, chains[path])...)
	}
	return said
}

// finish makes the commits of one file's notes. They form a chain: each begins
// with the bytes with which the one before it ends.
func (s *Store) finish(ctx context.Context, chain []*note) []model.Sentence {
	last := chain[len(chain)-1]
	path := s.notedFile(last)
	content, _, err := s.readFile(path)
	now := ""
	if err == nil {
		now = sum(content)
	}
	if now != last.After && (now == last.Before || err != nil && last.Before == sum(nil)) {
		last.drop() // its bytes never arrived
		if chain = chain[:len(chain)-1]; len(chain) == 0 {
			return nil
		}
		last = chain[len(chain)-1]
	}
	held, err := s.history.HeadHolds(ctx, path, content)
	switch {
	case err != nil:
		return nil // git does not answer now: the notes stay
	case held:
		dropAll(chain)
		return nil
	case now != last.After:
		return []model.Sentence{model.Say("%s was edited by hand after a change that is in no commit yet; commit it in git yourself", s.shownFile(path))}
	}
	for _, n := range chain[:len(chain)-1] {
		if held, err := s.history.HeadHolds(ctx, path, n.Content); err != nil {
			return nil
		} else if !held {
			if _, err := s.history.CommitContent(ctx, s.notedCommit(n), n.Content); err != nil {
				return []model.Sentence{reasonOf(err)}
			}
		}
		n.drop()
	}
	if _, err := s.commit(ctx, last); err != nil {
		return []model.Sentence{reasonOf(err)}
	}
	return nil
}

func dropAll(chain []*note) {
	for _, n := range chain {
		n.drop()
	}
}
