package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"example.org/tiendo/model"
	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/merge"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
)

// Resolve settles one conflict of a merge in progress: what is chosen is written as
// durably as every change, and once nothing is left, the merge is committed by
// the person. When it returns an error, nothing has changed.
func (s *Store) Resolve(ctx context.Context, resolution review.Resolution) (review.Resolved, error) {
	switch {
	case resolution.Conflict.Disputed():
		return s.settleDispute(ctx, resolution)
	case resolution.Conflict.Aside:
		return s.settleAside(ctx, resolution)
	}
	resolved := review.Resolved{Resolution: resolution}
	ctx, lock, open, err := s.beginSettling(ctx, resolution.Person)
	if err != nil {
		return resolved, err
	}
	defer lock.release()
	file, conflict, err := open.chosen(&resolution)
	if err != nil {
		return resolved, err
	}
	out, whole, err := file.settled(conflict, resolution.Take)
	if err != nil {
		return resolved, err
	}
	if err := s.putSettled(file, out, &resolved); err != nil {
		return resolved, err
	}
	if whole {
		if err := s.history.Stage(ctx, file.Path); err != nil {
			resolved.Pending = reasonOf(err)
			return resolved, nil // what was chosen stands in the file
		}
	}
	return s.carryOn(ctx, resolution.Person, resolved)
}

// settleDispute makes the change that ends a dispute.
func (s *Store) settleDispute(ctx context.Context, resolution review.Resolution) (review.Resolved, error) {
	resolved := review.Resolved{Resolution: resolution}
	campaign, err := s.LoadFor(ctx, "")
	if err != nil {
		return resolved, err
	}
	change, err := resolution.Settlement(&campaign.Plan)
	if err != nil {
		return resolved, err
	}
	receipt, err := s.Apply(ctx, change)
	resolved.Value, resolved.Hash, resolved.Pending, resolved.Notices = receipt.Value, receipt.Hash, receipt.Pending,
		receipt.Notices
	return resolved, err
}

// settleAside decides about an entry of a file of which this clone's version is set aside: that version is taken up
// again as a change of the file, or left where it is in the history.
func (s *Store) settleAside(ctx context.Context, resolution review.Resolution) (review.Resolved, error) {
	resolved := review.Resolved{Resolution: resolution}
	lock, err := s.lock(ctx, resolution.Person.Signature())
	if err != nil {
		return resolved, err
	}
	defer lock.release()
	ctx = context.WithoutCancel(ctx)
	recovered := s.recover(ctx, nil)
	open, err := s.openFiles(ctx)
	if err != nil {
		return resolved, err
	}
	file, conflict, err := open.chosen(&resolution)
	if err != nil {
		return resolved, err
	}
	out, left, err := file.takeUp(conflict, resolution.Take)
	if err != nil {
		return resolved, err
	}
	if resolution.Take == review.TakeOurs {
		receipt := model.Receipt{Notices: recovered.told(s, file.Path)}
		if err := s.putTakenUp(ctx, open.base, file, resolution.Person, out, &receipt); err != nil {
			return resolved, err
		}
		resolved.Hash, resolved.Pending, resolved.Notices = receipt.Hash, receipt.Pending, receipt.Notices
	}
	return resolved, s.history.SettleAside(file.Unmerged, left)
}

// takeUp is the file with one side's version of an entry, and what is left aside then; nil: nothing that is open.
func (f *openFile) takeUp(conflict *review.MergeConflict, take review.Take) (out, left []byte, err error) {
	side, _, err := f.sideOf(take)
	if err != nil {
		return nil, nil, err
	}
	switch {
	case f.taken != nil:
		return f.taken, nil, nil
	case f.whole:
		return f.Ours, nil, nil
	}
	result, err := merge.Settle(f.versions, merge.Settlement{Name: conflict.Entry, Side: side})
	if err != nil {
		return nil, nil, err
	}
	stands := f.content
	if out, left = result.Settled[merge.Theirs], result.Settled[merge.Ours]; take == review.TakeOurs {
		stands = out
	}
	if bytes.Equal(left, stands) {
		left = nil
	}
	return out, left, nil
}

// putTakenUp writes and commits a file that a version of this clone was taken up into.
func (s *Store) putTakenUp(ctx context.Context, base *base, file *openFile, person model.Person, out []byte,
	receipt *model.Receipt) error {
	if found := phrase.FirstNew(decode.Judge(file.Path, out), decode.Judge(file.Path, file.content)); found != nil {
		return &phrase.Refusal{What: phrase.Say("%s would contain an error, so nothing was written", s.shownFile(file.Path)),
			Err:  *found,
			Hint: phrase.Say("write it into the file with `tiendo edit`")}
	}
	message := filepath.Base(file.Path) + ": " +
		phrase.In(base.plan.Language).T("take up the version that was set aside") + "\n"
	return s.write(ctx, target{path: file.Path, src: file.content, exists: file.exists}, out,
		s.commitOf(person, file.Path, message), receipt)
}

// FinishMerge commits the merge in progress once nothing is in conflict any more, as when
// people have settled the rest by hand.
func (s *Store) FinishMerge(ctx context.Context, person model.Person) (review.Resolved, error) {
	resolved := review.Resolved{}
	ctx, lock, open, err := s.beginSettling(ctx, person)
	if err != nil {
		return resolved, err
	}
	defer lock.release()
	for _, file := range open.files {
		if file.aside {
			continue
		}
		if person, err = open.mayResolve(person, file); err != nil {
			return resolved, err
		}
		resolved.Left += len(file.conflicts)
	}
	if resolved.Left += len(open.others); resolved.Left > 0 {
		return resolved, phrase.Refuse(phrase.Say("%s, so the merge is not finished",
			phrase.Count(resolved.Left, "%d conflict is still open", "%d conflicts are still open")),
			phrase.Say("`tiendo resolve` lists them"))
	}
	err = s.finishMerge(ctx, person, open, &resolved)
	return resolved, err
}

// beginSettling locks the data, and reads the conflicts of the merge in progress. The context
// that it returns lasts until everything is written.
func (s *Store) beginSettling(ctx context.Context, person model.Person) (context.Context, *held, *openMerge, error) {
	if s.history == nil {
		return ctx, nil, nil, noConflict()
	}
	if err := s.history.Settling(); err != nil {
		return ctx, nil, nil, err
	}
	lock, err := s.lock(ctx, person.Signature())
	if err != nil {
		return ctx, nil, nil, err
	}
	ctx = context.WithoutCancel(ctx)
	open, err := s.openFiles(ctx)
	if err != nil {
		lock.release()
		return ctx, nil, nil, err
	}
	return ctx, lock, open, nil
}

func noConflict() error {
	return phrase.Refuse(phrase.Say("there is no such conflict"), phrase.Say("`tiendo resolve` lists those that are open"))
}

// find finds a conflict by file and entry; of several versions that are set aside, the one that was seen.
func (o *openMerge) find(seen review.MergeConflict) (file *openFile, conflict *review.MergeConflict) {
	for _, one := range o.files {
		for i := range one.conflicts {
			c := &one.conflicts[i]
			if !c.Same(&seen) {
				continue
			}
			if c.Ours.Text == seen.Ours.Text {
				return one, c
			}
			file, conflict = one, c
		}
	}
	return file, conflict
}

// chosen finds the conflict that a resolution is about, and makes its person the one of the roster. It is refused when
// it was decided about other versions than those that there are, or by somebody who may not.
func (o *openMerge) chosen(resolution *review.Resolution) (*openFile, *review.MergeConflict, error) {
	seen := &resolution.Conflict
	file, conflict := o.find(*seen)
	if conflict == nil || seen.Aside && !file.aside {
		return nil, nil, noConflict()
	}
	if conflict.Ours.Text != seen.Ours.Text || conflict.Theirs.Text != seen.Theirs.Text {
		return nil, nil, phrase.Refuse(phrase.Say("this conflict has changed, so nothing was changed"),
			phrase.Say("look at it again"))
	}
	var err error
	resolution.Person, err = o.mayResolve(resolution.Person, file)
	return file, conflict, err
}

// mayResolve says whether a person may settle conflicts of a file. It gives the person as
// the roster has them.
func (o *openMerge) mayResolve(person model.Person, file *openFile) (model.Person, error) {
	campaign := &model.Campaign{Plan: o.base.plan, Roster: o.base.roster}
	person, err := campaign.AsOnRoster(person)
	if err != nil {
		return person, err
	}
	about := file.about()
	return person, review.MaySettle(campaign, person, &about)
}

// settled is the file once a conflict is settled, nil when it goes, and whether it then is
// whole, without another conflict.
func (f *openFile) settled(conflict *review.MergeConflict, take review.Take) (out []byte, whole bool, err error) {
	side, source, err := f.sideOf(take)
	if err != nil || f.whole {
		return source, true, err
	}
	result, err := merge.Settle(f.versions, merge.Settlement{Name: conflict.Entry, Side: side})
	if err != nil {
		return nil, false, err
	}
	return result.Content, len(result.Open) == 0, nil
}

// sideOf is the side that is to be taken, with its version of the file. No conflict of a merge, nor of what is set
// aside, is one of an entry of which there could be both: those are disputes.
func (f *openFile) sideOf(take review.Take) (side merge.Side, source []byte, err error) {
	switch take {
	case review.TakeOurs:
		return merge.Ours, f.Ours, nil
	case review.TakeTheirs:
		return merge.Theirs, f.Theirs, nil
	}
	return side, nil, phrase.Refuse(phrase.Say("of this conflict only one side can be taken"),
		phrase.Say("take one side; the other stays in the history"))
}

// putSettled writes the file, durably. What somebody has done to it by hand is kept aside.
func (s *Store) putSettled(file *openFile, out []byte, resolved *review.Resolved) error {
	stays := func(err error) error { return s.stays(file.Path, err) }
	if file.edited {
		copied, err := s.keepCopy(file)
		if err != nil {
			return stays(err)
		}
		resolved.Notices = append(resolved.Notices,
			phrase.Say("what stood in %s is kept in %s", s.shownFile(file.Path), copied))
	}
	if out == nil {
		if err := os.Remove(file.Path); err != nil && !os.IsNotExist(err) {
			return stays(err)
		}
		return durable.SyncFolder(filepath.Dir(file.Path))
	}
	if file.exists && bytes.Equal(out, file.content) {
		return nil
	}
	if err := durable.MakeFolder(filepath.Dir(file.Path), durable.Data); err != nil {
		return stays(err)
	}
	err := s.replace(file.Path, file.content, file.exists, out, nil)
	if failed, ok := errors.AsType[*durable.Unconfirmed](err); ok {
		resolved.Notices = append(resolved.Notices,
			phrase.Say("the disk did not confirm the write: %s", text.Line(failed.Error())))
	} else if err != nil {
		return stays(err)
	}
	return nil
}

// keepCopy keeps what lies in the work tree before it is overwritten, in the git directory.
func (s *Store) keepCopy(file *openFile) (path string, err error) {
	return keepIn(s.privateDir(), filepath.Join(s.privateDir(), "conflicts"),
		fmt.Sprintf("%s-%.8s", filepath.Base(file.Path), durable.Sum(file.content)), file.content)
}

// carryOn counts what is left, and finishes the merge when that is nothing.
func (s *Store) carryOn(ctx context.Context, person model.Person, resolved review.Resolved) (review.Resolved, error) {
	open, err := s.openFiles(ctx)
	if err != nil {
		resolved.Pending = reasonOf(err)
		return resolved, nil
	}
	for _, file := range open.files {
		if !file.aside {
			resolved.Left += len(file.conflicts)
		}
	}
	if resolved.Left += len(open.others); resolved.Left > 0 {
		return resolved, nil
	}
	if err := s.finishMerge(ctx, person, open, &resolved); err != nil {
		resolved.Pending = reasonOf(err)
	}
	return resolved, nil
}
