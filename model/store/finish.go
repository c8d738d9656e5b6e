package store

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/merge"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
)

// finishMerge checks what would be committed and commits the merge. The commits that have
// waited for it are made after it.
func (s *Store) finishMerge(ctx context.Context, person model.Person, open *openMerge,
	resolved *review.Resolved) error {
	for _, file := range open.files {
		if file.aside {
			continue
		}
		if file.joined != nil {
			if err := s.putSettled(file, file.joined, resolved); err != nil {
				return err
			}
		}
		if err := s.history.Stage(ctx, file.Path); err != nil {
			return err
		}
	}
	if err := s.checkMerge(ctx); err != nil {
		return err
	}
	base, err := s.baseAt(ctx, "HEAD")
	if err != nil {
		return err
	}
	files, err := s.history.Merged(ctx, s.dir)
	if err != nil {
		return err
	}
	var trailers []string
	for _, file := range files {
		for _, lost := range s.notTaken(base, file) {
			trailers = append(trailers, lost.String()+"\n")
		}
	}
	resolved.Hash, err = s.history.FinishMerge(ctx, review.Commit{
		AuthorName: person.Name, AuthorEmail: person.Email, When: s.now().Truncate(time.Second),
		Message: strings.Join(trailers, ""),
	})
	if err != nil {
		return err
	}
	resolved.Notices = append(resolved.Notices, s.recover(ctx, nil).told(s, "")...)
	return nil
}

// checkMerge refuses to commit a merge whose data have an error that neither side has.
func (s *Store) checkMerge(ctx context.Context) error {
	tree, err := s.history.IndexTree(ctx)
	if err != nil {
		return err
	}
	var states [][]phrase.Problem
	past := NewPast(s.shown)
	for _, revision := range []string{"HEAD", "MERGE_HEAD", tree} {
		files, err := s.history.Files(ctx, s.dir, revision)
		if err != nil {
			return err
		}
		campaign, _ := past.Load(ctx, files) // an unusable plan is among the problems
		states = append(states, campaign.Problems)
	}
	if found := phrase.FirstNew(states[2], states[:2]...); found != nil {
		return &phrase.Refusal{
			What: phrase.Say("both sides together contain an error that neither has alone, so the merge waits"),
			Hint: phrase.Say("fix the file by hand, `git add` it, then `tiendo resolve --finish`"), Err: *found,
		}
	}
	return nil
}

// notTaken finds the versions of people that stand in no file after a merge of one file.
func (s *Store) notTaken(base *base, merged review.MergedFile) []review.NotTaken {
	file := s.newOpenFile(merged.Unmerged)
	s.findConflicts(base, file)
	if file.unit != "" && !file.whole {
		result, err := merge.Entries(file.Base, file.Ours, file.Theirs)
		if err != nil {
			return nil
		}
		for _, conflict := range result.Open {
			file.conflicts = append(file.conflicts, s.describe(base, file, conflict))
		}
	}
	var lost []review.NotTaken
	for i := range file.conflicts {
		conflict := &file.conflicts[i]
		for _, side := range []*review.MergeVersion{&conflict.Ours, &conflict.Theirs} {
			left := !side.Gone && !conflict.Base.Gone && side.Text == conflict.Base.Text // as it was: no version of theirs
			if side.By == "" || left || s.taken(base, file, conflict, side, merged.Merged) {
				continue
			}
			one := review.NotTaken{Unit: file.unit, Entry: conflict.Entry, By: side.By}
			if !slices.Contains(lost, one) {
				lost = append(lost, one)
			}
		}
	}
	return lost
}

// taken reports whether what one side says about an entry stands in the merged file.
func (s *Store) taken(base *base, file *openFile, conflict *review.MergeConflict, side *review.MergeVersion,
	merged []byte) bool {
	if file.whole {
		source := file.Ours
		if side == &conflict.Theirs {
			source = file.Theirs
		}
		return bytes.Equal(source, merged) && (source == nil) == (merged == nil)
	}
	lines, found := merge.Text(merged, conflict.Entry)
	if side.Gone || !found {
		return side.Gone == !found
	}
	if text.Text(lines) == side.Text {
		return true
	}
	return conflict.Subject.Kind.InRecord() &&
		slices.ContainsFunc(model.Versions(s.valueIn(base, file, conflict.Subject, merged)), func(now model.Value) bool {
			return review.Holds(now, conflict.Base.Value, side.Value)
		})
}
