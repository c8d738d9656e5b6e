package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/edit"
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
	file, conflict := open.find(resolution.Conflict)
	if conflict == nil {
		return resolved, noConflict()
	}
	if err := sameAsSeen(conflict, &resolution); err != nil {
		return resolved, err
	}
	if resolution.Person, err = open.mayResolve(resolution.Person, file); err != nil {
		return resolved, err
	}
	out, whole, value, err := s.settled(open.base, file, conflict, resolution)
	if err != nil {
		return resolved, err
	}
	resolved.Value = value
	if err := s.putSettled(file, out, &resolved); err != nil {
		return resolved, err
	}
	if whole {
		if err := s.merging.Stage(ctx, file.Path); err != nil {
			resolved.Pending = reasonOf(err)
			return resolved, nil // what was chosen stands in the file
		}
	}
	return s.carryOn(ctx, resolution.Person, resolved)
}

// settleDispute makes the change that ends a dispute.
func (s *Store) settleDispute(ctx context.Context, resolution review.Resolution) (review.Resolved, error) {
	resolved := review.Resolved{Resolution: resolution}
	campaign, err := s.Load(ctx)
	if err != nil {
		return resolved, err
	}
	change, err := resolution.Settlement(&campaign.Plan)
	if err != nil {
		return resolved, err
	}
	receipt, err := s.Apply(ctx, change)
	resolved.Value, resolved.Hash, resolved.Pending, resolved.Notices = receipt.Value, receipt.Hash, receipt.Pending, receipt.Notices
	return resolved, err
}

// sameAsSeen refuses what was decided about other versions than those that there are.
func sameAsSeen(conflict *review.MergeConflict, resolution *review.Resolution) error {
	if conflict.Ours.Text == resolution.Conflict.Ours.Text && conflict.Theirs.Text == resolution.Conflict.Theirs.Text {
		return nil
	}
	return phrase.Refuse(phrase.Say("this conflict stands otherwise now, so nothing was changed"), phrase.Say("look at it again"))
}

// settleAside decides about an entry of a file of which this clone's version lies aside: that version is taken up again
// as a change of the file, or left where it is in the history.
func (s *Store) settleAside(ctx context.Context, resolution review.Resolution) (review.Resolved, error) {
	resolved := review.Resolved{Resolution: resolution}
	lock, err := s.lock(ctx, resolution.Person.Signature())
	if err != nil {
		return resolved, err
	}
	defer lock.release()
	ctx = context.WithoutCancel(ctx)
	recovered := s.recover(ctx)
	open, err := s.openFiles(ctx)
	if err != nil {
		return resolved, err
	}
	file, conflict := open.find(resolution.Conflict)
	if conflict == nil || !file.aside {
		return resolved, noConflict()
	}
	if err := sameAsSeen(conflict, &resolution); err != nil {
		return resolved, err
	}
	person, err := open.mayResolve(resolution.Person, file)
	if err != nil {
		return resolved, err
	}
	out, left, err := file.takeUp(conflict, resolution.Take)
	if err != nil {
		return resolved, err
	}
	if resolution.Take == review.TakeOurs {
		receipt := model.Receipt{Notices: recovered.told(s, file.Path)}
		if err := s.putTakenUp(ctx, open.base, file, person, out, &receipt); err != nil {
			return resolved, err
		}
		resolved.Hash, resolved.Pending, resolved.Notices = receipt.Hash, receipt.Pending, receipt.Notices
	}
	return resolved, s.merging.SettleAside(file.Unmerged, left)
}

// takeUp is the file with one side's version of an entry, and what is left aside then; nil: nothing that is open.
func (f *openFile) takeUp(conflict *review.MergeConflict, take review.Take) (out, left []byte, err error) {
	settlement := merge.Settlement{Name: conflict.Entry, Side: merge.Ours}
	switch take {
	case review.TakeOurs:
	case review.TakeTheirs:
		settlement.Side = merge.Theirs
	default:
		return nil, nil, phrase.Refuse(phrase.Say("of this conflict only one side can be taken"), phrase.Say("take one side; the other stays in the history"))
	}
	if f.whole {
		return f.Ours, nil, nil
	}
	result, err := merge.Settle(f.versions, settlement)
	if err != nil {
		return nil, nil, err
	}
	if len(result.Open) > 0 {
		left = result.Settled[merge.Ours]
	}
	return result.Settled[merge.Theirs], left, nil
}

// putTakenUp writes and commits a file that a version of this clone was taken up into.
func (s *Store) putTakenUp(ctx context.Context, base *base, file *openFile, person model.Person, out []byte, receipt *model.Receipt) error {
	known := sentencesOf(decode.Judge(file.Path, file.content))
	for _, problem := range decode.Judge(file.Path, out) {
		if !slices.Contains(known, problem.What.String()) {
			return &phrase.Refusal{What: phrase.Say("%s would hold an error, so nothing was written", s.shownFile(file.Path)), Err: problem,
				Hint: phrase.Say("write it into the file by hand, then commit it")}
		}
	}
	message := filepath.Base(file.Path) + ": " + base.plan.Language.Pick("lấy lại bản đã để riêng", "take up the version that lay aside") + "\n"
	return s.write(ctx, target{path: file.Path, src: file.content, exists: file.exists}, out, s.commitOf(person, file.Path, message), receipt)
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
			phrase.Count(resolved.Left, "%d conflict is still open", "%d conflicts are still open")), phrase.Say("`tiendo resolve` lists them"))
	}
	err = s.finishMerge(ctx, person, open, &resolved)
	return resolved, err
}

// beginSettling locks the data, and reads the conflicts of the merge in progress. The context
// that it returns lasts until everything is written.
func (s *Store) beginSettling(ctx context.Context, person model.Person) (context.Context, *held, *openMerge, error) {
	if s.merging == nil {
		return ctx, nil, nil, noConflict()
	}
	if err := s.merging.Settling(); err != nil {
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

// find finds a conflict by file and entry; of several versions that lie aside, the one that was seen.
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
func (s *Store) settled(base *base, file *openFile, conflict *review.MergeConflict, resolution review.Resolution) (out []byte, whole bool, value model.Value, err error) {
	value, hasValue := resolution.Value, resolution.Take == review.TakeValue
	switch resolution.Take {
	case review.TakeOurs, review.TakeTheirs:
		value = conflict.Side(resolution.Take).Value
	case review.TakeBoth:
		if value, hasValue = conflict.Both(); !hasValue {
			return nil, false, value, conflict.NoBoth(&base.plan)
		}
	case review.TakeValue:
		if kind := conflict.Subject.Kind; kind != model.SubjectActivity && kind != model.SubjectMessage && kind != model.SubjectReport {
			return nil, false, value, phrase.Refuse(phrase.Say("of this conflict only one side can be taken"), phrase.Say("take one side; the other stays in the history"))
		}
	default:
		return nil, false, value, phrase.Refuse(phrase.Say("%q is no way of settling a conflict", string(resolution.Take)), phrase.Sentence{})
	}
	if file.whole {
		source := file.Ours
		if resolution.Take == review.TakeTheirs {
			source = file.Theirs
		}
		return source, true, value, nil
	}
	settlement := merge.Settlement{Name: conflict.Entry, Side: merge.Ours}
	if resolution.Take == review.TakeTheirs {
		settlement.Side = merge.Theirs
	}
	if hasValue {
		if settlement, value, err = s.written(base, file, conflict, resolution.Person, value); err != nil {
			return nil, false, value, err
		}
	}
	result, err := merge.Settle(file.versions, settlement)
	if err != nil {
		return nil, false, value, err
	}
	if hasValue {
		if got := s.valueIn(base, file, conflict.Subject, result.Settled[merge.Ours]); !got.Equal(conflict.Subject.Kind, value) {
			return nil, false, value, s.unfaithful(file.Path)
		}
	}
	return result.Content, len(result.Open) == 0, value, nil
}

// written makes the text of an entry that holds a value of its own, signed by the person:
// the later side, edited.
func (s *Store) written(base *base, file *openFile, conflict *review.MergeConflict, person model.Person, value model.Value) (merge.Settlement, model.Value, error) {
	subject := conflict.Subject
	later, side := conflict.Later(), merge.Ours
	if later == &conflict.Theirs {
		side = merge.Theirs
	}
	settlement := merge.Settlement{Name: conflict.Entry, Side: side}
	change := cleaned(model.Change{Person: person, Unit: file.unit, Subject: subject, Seen: conflict.Seen(), New: value})
	if activity := base.plan.Activity(subject.ID); subject.Kind == model.SubjectActivity && activity != nil {
		if err := activity.CheckEntry(change.New.Entry); err != nil {
			return settlement, value, err
		}
	}
	if subject.Kind == model.SubjectReport {
		if err := model.CheckReportTexts(change.New.Report); err != nil {
			return settlement, value, err
		}
	}
	joined, possible := conflict.Join()
	switch {
	case possible && joined.Signed && change.New.SameContent(subject.Kind, joined.Value):
		value = joined.Value
	case change.New.SameContent(subject.Kind, later.Value):
		value = later.Value
	default:
		zone := base.plan.TimeZone
		if zone == nil {
			zone = time.UTC
		}
		value = change.Signed(s.now().In(zone))
	}
	taken, err := merge.Settle(file.versions, settlement)
	if err != nil {
		return settlement, value, err
	}
	document := taken.Settled[merge.Ours]
	out, err := edit.Apply(document, operations(document, subject, s.valueIn(base, file, subject, document), value)...)
	if err != nil {
		return settlement, value, &phrase.Refusal{What: phrase.Say("%s cannot be edited, so nothing was written", s.shownFile(file.Path)), Err: err}
	}
	lines, found := merge.Text(out, conflict.Entry)
	if !found {
		return settlement, value, s.unfaithful(file.Path)
	}
	settlement.Text = lines
	return settlement, value, nil
}

// putSettled writes the file, durably. What somebody has done to it by hand is kept aside.
func (s *Store) putSettled(file *openFile, out []byte, resolved *review.Resolved) error {
	stays := func(err error) error { return s.stays(file.Path, err) }
	if file.edited {
		copied, err := s.keepCopy(file)
		if err != nil {
			return stays(err)
		}
		resolved.Notices = append(resolved.Notices, phrase.Say("what stood in %s is kept in %s", s.shownFile(file.Path), copied))
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
		resolved.Notices = append(resolved.Notices, phrase.Say("the disk did not confirm the write: %s", text.Line(failed.Error())))
	} else if err != nil {
		return stays(err)
	}
	return nil
}

// keepCopy keeps what lies in the work tree before it is overwritten, in the git directory.
func (s *Store) keepCopy(file *openFile) (path string, err error) {
	dir := filepath.Join(s.privateDir(), "conflicts")
	if err := durable.MakeFolder(dir, durable.Own); err != nil {
		return "", err
	}
	path = filepath.Join(dir, fmt.Sprintf("%s-%.8s", filepath.Base(file.Path), durable.Sum(file.content)))
	return path, durable.Replace(path, file.content, durable.Options{Temp: s.privateDir(), Pattern: durable.Locked, Mode: durable.OwnMode(path)})
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
