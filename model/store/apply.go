package store

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/text"
)

// Apply makes one change, whatever way it came in: permission → lock → read
// again → compare with what was seen → edit → verify → write durably → commit →
// answer. When it returns an error, nothing has changed.
func (s *Store) Apply(ctx context.Context, change model.Change) (model.Receipt, error) {
	change = cleaned(change)
	lock, err := s.lock(ctx, change.Person.Signature())
	if err != nil {
		return model.Receipt{}, err
	}
	defer lock.release()
	notices := s.recover(ctx)
	campaign, base, err := s.load(ctx)
	if err != nil {
		return model.Receipt{}, err
	}
	file, err := s.current(campaign, base, change)
	if err != nil {
		return model.Receipt{}, err
	}
	now := change.Subject.Of(&file.progress)
	kind := change.Subject.Kind
	if !now.Equal(kind, change.Seen) {
		return model.Receipt{}, &model.Conflict{Change: change, Theirs: now}
	}
	if now.SameContent(kind, change.New) && !change.Restore {
		return model.Receipt{Change: change, Value: now, Unchanged: true}, nil
	}
	value := change.Signed(s.now().In(campaign.Plan.TimeZone))
	out, err := s.edited(base, file, change, value)
	if err != nil {
		return model.Receipt{}, err
	}
	if bytes.Equal(out, file.src) {
		return model.Receipt{Change: change, Value: now, Unchanged: true}, nil
	}
	receipt := model.Receipt{Change: change, Value: value, Notices: notices}
	err = s.write(ctx, campaign, file, out, &receipt)
	return receipt, err
}

// cleaned makes what a person typed safe before anything else sees it.
func cleaned(change model.Change) model.Change {
	change.Person.ID, change.Person.Name = text.Line(change.Person.ID), text.Line(change.Person.Name)
	change.Person.Email = text.Line(change.Person.Email)
	entry, use, report := &change.New.Entry, &change.New.Use, &change.New.Report
	entry.Note = text.Text(entry.Note)
	entry.Evidence = cleanedLines(entry.Evidence)
	use.Channels = cleanedLines(use.Channels)
	for _, field := range []*string{&report.Reason, &report.NilReason, &report.ExtensionReason, &report.Results, &report.Difficulties, &report.Recommendations} {
		*field = text.Text(*field)
	}
	return change
}

func cleanedLines(lines []string) []string {
	var out []string
	for _, line := range lines {
		out = append(out, text.Line(line))
	}
	return out
}

// current reads the unit's file as it stands now and checks the change against it.
func (s *Store) current(campaign *model.Campaign, base *base, change model.Change) (progressFile, error) {
	if _, err := campaign.Unit(change.Unit); err != nil {
		return progressFile{}, err
	}
	if err := campaign.MayChange(change.Person, change.Unit); err != nil {
		return progressFile{}, err
	}
	file, err := s.readProgress(base, change.Unit)
	if err != nil {
		return file, err
	}
	fresh := *campaign
	fresh.Progress = map[string]model.Progress{change.Unit: file.progress}
	if err := fresh.Check(change); err != nil {
		return file, err
	}
	problem, bad := file.bad[change.Subject]
	if file.broken != nil {
		problem, bad = *file.broken, true
	}
	if bad {
		return file, model.Refuse(
			model.Say("%s: nothing is written here while there is an error: %s", problem.Place(), problem.What),
			model.Say("mend the file by hand, then try again; `tiendo check` lists every problem"))
	}
	return file, nil
}

// edited is the file with the new value. It is read again by the loader's own
// rules: the subject must hold the value, and everything else what it held before.
func (s *Store) edited(base *base, file progressFile, change model.Change, value model.Value) ([]byte, error) {
	now := change.Subject.Of(&file.progress)
	out, err := edit.Apply(file.src, operations(change.Subject, now, value)...)
	if err != nil {
		return nil, &model.Refusal{What: model.Say("%s cannot be edited, so nothing was written", s.shownFile(file.path)), Err: err}
	}
	after := s.parseProgress(base, change.Unit, file.path, out)
	got := change.Subject.Of(&after.progress)
	if !got.Equal(change.Subject.Kind, value) || !othersEqual(file.progress, after.progress, change.Subject) {
		return nil, model.Refuse(model.Say("%s would not read back as it was meant, so nothing was written", s.shownFile(file.path)),
			model.Say("this is a fault of tiendo: keep the file and report it"))
	}
	return out, nil
}

// othersEqual compares everything but one subject.
func othersEqual(before, after model.Progress, except model.Subject) bool {
	for _, subject := range subjects(before, after) {
		if subject != except && !subject.Of(&before).Equal(subject.Kind, subject.Of(&after)) {
			return false
		}
	}
	return true
}

func subjects(files ...model.Progress) []model.Subject {
	all := []model.Subject{{Kind: model.SubjectReport}}
	for _, file := range files {
		for id := range file.Activities {
			all = append(all, model.Subject{Kind: model.SubjectActivity, ID: id})
		}
		for id := range file.Messages {
			all = append(all, model.Subject{Kind: model.SubjectMessage, ID: id})
		}
	}
	return all
}

// write puts the new bytes on the disk and into the history.
func (s *Store) write(ctx context.Context, campaign *model.Campaign, file progressFile, out []byte, receipt *model.Receipt) error {
	change := receipt.Change
	stays := func(err error) error {
		return &model.Refusal{What: model.Say("%s was not written; nothing has changed", s.shownFile(file.path)), Err: err}
	}
	change.New = receipt.Value
	commit := model.Commit{
		Path: file.path, AuthorName: change.Person.Name, AuthorEmail: change.Person.Email,
		When: s.now().Truncate(time.Second), Message: campaign.CommitMessage(change),
	}
	own := make(chan bool, 1)
	if s.history != nil {
		go func() {
			held, err := s.history.HeadHolds(ctx, file.path, file.src)
			own <- file.exists && !held && err == nil && !s.noted(file.path)
		}()
	}
	if err := os.MkdirAll(filepath.Dir(file.path), 0o755); err != nil {
		return stays(err)
	}
	var pending *note
	var ownEdits bool
	prepare := func() error {
		if s.history == nil {
			return nil
		}
		ownEdits = <-own
		var err error
		pending, err = s.keepNote(commit, file.src, out)
		return err
	}
	s.at("before write")
	err := s.replace(file.path, file.src, file.exists, out, prepare)
	if failed, ok := errors.AsType[*notDurable](err); ok {
		receipt.Notices = append(receipt.Notices, model.Say("the disk did not confirm the write: %s", text.Line(failed.Error())))
	} else if err != nil {
		pending.drop()
		return stays(err)
	}
	s.at("written")
	if s.history == nil {
		return nil
	}
	if ownEdits {
		receipt.Notices = append(receipt.Notices, model.Say("%s also held edits that were in no commit yet; they are in this one", s.shownFile(file.path)))
	}
	hash, err := s.commit(ctx, pending)
	if err != nil {
		receipt.Pending = reasonOf(err)
		return nil
	}
	receipt.Hash = hash
	return nil
}

// reasonOf is an error as a sentence.
func reasonOf(err error) model.Sentence {
	if refusal, ok := errors.AsType[*model.Refusal](err); ok {
		return refusal.What
	}
	return model.Say("git says: %s", text.Line(err.Error()))
}

// Create makes a data folder's files, each with its folders. It overwrites nothing.
func Create(dir string, files map[string][]byte) error {
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return err
		}
		_, err = file.Write(content)
		if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
			return err
		}
	}
	return nil
}

// exists reports whether something lies at a path.
func exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}
