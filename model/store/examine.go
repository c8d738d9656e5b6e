package store

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gofrs/flock"

	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// Leftovers is what lies beside the data files, or in the git directory, for a
// moment only, unless something went wrong. Nothing is touched to find it.
type Leftovers struct {
	Waiting    []string // files with changes whose commits are still to come, as messages show them
	Gone       []string // files in which such changes stand no more, since git has put another version there
	Unreadable []string // notes of commits to come that cannot be read
	Temporary  []string // temporary files of ours
	Holder     string   // who is writing now; "" for nobody
}

// Leftovers looks for what an earlier crash has left.
func (s *Store) Leftovers(ctx context.Context) (*Leftovers, error) {
	left := &Leftovers{Temporary: s.temporary(s.listTemporary())}
	name := "lock"
	if s.history == nil {
		name = lockWithoutGit
	}
	if path := filepath.Join(s.privateDir(), name); exists(path) {
		lock := flock.New(path)
		free, err := lock.TryLock()
		if err != nil {
			return nil, err
		}
		if free {
			err = lock.Unlock()
		} else if left.Holder = holder(path); left.Holder == "" {
			left.Holder = "tiendo"
		}
		if err != nil {
			return nil, err
		}
	}
	if s.history == nil {
		return left, nil
	}
	var all []*note
	for _, file := range filesLike(s.notesDir(), "*.json") {
		n := &note{}
		content, err := os.ReadFile(file)
		if err != nil || json.Unmarshal(content, n) != nil || durable.Sum(n.Content) != n.After {
			left.Unreadable = append(left.Unreadable, text.Line(filepath.Base(file)))
			continue
		}
		all = append(all, n)
	}
	for _, chain := range byFile(all) {
		path := s.notedFile(chain[0])
		fate, chain, content := s.fateOf(ctx, chain)
		switch {
		case fate == overtaken && len(s.gone(ctx, path, chain, content)) > 0:
			left.Gone = append(left.Gone, s.shownFile(path))
		case fate != overtaken && fate != arrived:
			left.Waiting = append(left.Waiting, s.shownFile(path))
		}
	}
	for _, file := range filesLike(s.notesDir(), "*.unreadable") {
		left.Unreadable = append(left.Unreadable, text.Line(filepath.Base(file)))
	}
	return left, nil
}

// Paths lists what must be readable and writable for every change to succeed:
// the data files that are there, and the folders in which they, notes and temporary files lie.
func (s *Store) Paths(ctx context.Context) (files, folders []string, err error) {
	list, err := s.listProgress(ctx, nil)
	if err != nil {
		return nil, nil, err
	}
	folders = []string{s.dir}
	for _, name := range []string{decode.PlanFile, decode.RosterFile, decode.ReportFile} {
		if path := filepath.Join(s.dir, name); exists(path) {
			files = append(files, path)
		}
	}
	for _, entry := range list.entries {
		if !strings.HasSuffix(entry.path, decode.Extension) {
			continue
		}
		files = append(files, entry.path)
		if folder := filepath.Dir(entry.path); !slices.Contains(folders, folder) {
			folders = append(folders, folder)
		}
	}
	if dir := s.privateDir(); dir != s.dir && exists(dir) {
		folders = append(folders, dir)
		if notes := s.notesDir(); exists(notes) {
			folders = append(folders, notes)
		}
	}
	return files, folders, nil
}

// Undone is the folder that keeps the text of changes that git has taken out of their files.
func (s *Store) Undone() string { return s.shownFile(s.undoneDir()) }

// Shown is a path as messages write it.
func (s *reader) Shown(path string) string { return s.shownFile(path) }

// Sweep finishes what an earlier crash has left, and takes away temporary files, also
// where nothing was ever written. The sentences name what it had to leave alone.
func (s *Store) Sweep(ctx context.Context) ([]phrase.Sentence, error) {
	lock, err := s.lock(ctx, "tiendo doctor")
	if err != nil {
		return nil, err
	}
	defer lock.release()
	return s.recover(ctx, nil).told(s, ""), nil
}
