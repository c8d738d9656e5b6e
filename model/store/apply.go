package store

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"example.org/tiendo/model"
	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/merge"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
)

// Apply makes one change, whatever way it came in: permission → lock → read
// again → compare with what was seen → edit → verify → write durably → commit →
// answer. When it returns an error, nothing has changed.
func (s *Store) Apply(ctx context.Context, change model.Change) (model.Receipt, error) {
	if err := checkLetters(change); err != nil {
		return model.Receipt{}, err
	}
	change = cleaned(change)
	lock, err := s.lock(ctx, change.Person.Signature())
	if err != nil {
		return model.Receipt{}, err
	}
	defer lock.release()
	ctx = context.WithoutCancel(ctx) // what has begun is not broken off in the middle of git's work
	records := &change.Unit
	if change.Subject.Kind.InPlan() {
		records = nil // what units have recorded is to keep its place in the plan
	}
	list, err := listFor(ctx, s, change.Unit, records)
	if err != nil {
		return model.Receipt{}, err
	}
	recovered := s.recover(ctx, list)
	campaign, base, err := s.load(ctx, records, list)
	if err != nil {
		return model.Receipt{}, err
	}
	if campaign.RosterKept && change.Subject.Kind.OnRoster() {
		return model.Receipt{}, s.mendFirst(*campaign.RosterProblem)
	}
	if change.Person, err = campaign.AsOnRoster(change.Person); err != nil {
		return model.Receipt{}, err
	}
	target, err := s.target(campaign, base, list, change)
	if err != nil {
		return model.Receipt{}, err
	}
	kind := change.Subject.Kind
	change = change.KeepSubmission(target.now)
	if !target.now.Equal(change.Seen) {
		return model.Receipt{}, &model.Conflict{Change: change, Theirs: target.now}
	}
	if target.now.SameContent(change.New) && !change.Restore {
		return model.Receipt{Change: change, Value: target.now, Unchanged: true}, nil
	}
	value := change.Signed(s.now().In(campaign.Plan.TimeZone))
	commit := s.commitOf(change.Person, target.path, "")
	commit.Unit, commit.Subject = change.Unit, change.Subject
	if !campaign.Plan.MadeUp.IsZero() {
		commit.Recorded = commit.When // its history is made up, too
	}
	if s.history != nil {
		var drop func()
		target.finish, drop = s.history.Begin(ctx, commit)
		defer drop()
	}
	out, err := s.edited(ctx, target, change, value)
	if err != nil {
		return model.Receipt{}, err
	}
	if bytes.Equal(out, target.src) {
		return model.Receipt{Change: change, Value: target.now, Unchanged: true}, nil
	}
	receipt := model.Receipt{Change: change, Value: value, Notices: recovered.told(s, target.path)}
	change.New = value
	receipt.Notices = append(receipt.Notices, campaign.Remarks(change)...)
	commit.Message = review.CommitMessage(campaign, change)
	if target.warned != nil {
		receipt.Notices = append(receipt.Notices, target.warned(out)...)
	}
	if target.told != nil {
		commit.Message = review.PlanMessage(campaign, change, target.told(out))
	}
	target.person = change.Person
	if err := s.write(ctx, target, out, commit, &receipt); err != nil {
		return receipt, err
	}
	if kind == model.SubjectUnit && model.As[*model.Unit](change.Seen) == nil {
		s.prepareProgress(ctx, change, &receipt)
	}
	return receipt, nil
}

// checkLetters refuses a name or an address for the roster that holds what drives or deceives a terminal, such as a
// control character: made safe, it would be another one.
func checkLetters(change model.Change) error {
	var typed []string
	if person := model.As[*model.Person](change.New); person != nil {
		typed = append(typed, person.Name, person.Email)
	}
	if unit := model.As[*model.Unit](change.New); unit != nil {
		typed = append(typed, unit.Name, unit.Short)
	}
	if group := model.As[*model.Group](change.New); group != nil {
		typed = append(typed, group.Name)
	}
	for _, words := range typed {
		safe := text.Line(words)
		if strings.ContainsFunc(words, unicode.IsControl) || strings.ContainsRune(safe, utf8.RuneError) {
			return phrase.Refuse(phrase.Say("%q contains a character that cannot be seen", safe),
				phrase.Say("type it again, letter by letter"))
		}
	}
	return nil
}

// cleaned makes what a person typed safe before anything else sees it.
func cleaned(change model.Change) model.Change {
	change.Person.ID, change.Person.Name = text.Line(change.Person.ID), text.Line(change.Person.Name)
	change.Person.Email, change.Reason = text.Line(change.Person.Email), text.Line(change.Reason)
	change.Source = text.Line(change.Source)
	switch value := change.New.(type) {
	case *model.Person:
		if value != nil {
			change.New = clean(model.PersonFields, new(*value), text.Line)
		}
	case *model.Unit:
		if value != nil {
			change.New = clean(model.UnitFields, new(*value), text.Line)
		}
	case *model.Group:
		if value != nil {
			change.New = clean(model.GroupFields, new(*value), text.Line)
		}
	case model.Entry:
		change.New = *clean(model.EntryFields, &value, text.Text)
	case model.Use:
		change.New = *clean(model.UseFields, &value, text.Text)
	case model.Report:
		change.New = *clean(model.ReportFields, &value, text.Text)
	case model.Text:
		change.New = model.Text(text.Text(string(value)))
	}
	return change
}

// clean makes every text of a record safe; signatures are not typed.
func clean[T any](fields []field.Field[T], record *T, safe func(string) string) *T {
	for f := range field.Content(fields) {
		switch fact := f.At(record).(type) {
		case *string:
			*fact = safe(*fact)
		case *[]string:
			lines := *fact
			*fact = nil
			for _, line := range lines {
				*fact = append(*fact, text.Line(line))
			}
		}
	}
	return record
}

// edited is the file with the new value. It is read again by the loader's own rules: the subject must hold the value,
// and everything else what it held before.
func (s *Store) edited(ctx context.Context, target target, change model.Change, value model.Value) ([]byte, error) {
	if out := restored(ctx, s, target, change); out != nil && target.check(out, value) == nil {
		return out, nil
	}
	src := target.src
	if !target.exists {
		src = target.begins
	}
	out, err := edit.Apply(src, target.operations(value)...)
	if err != nil {
		return nil, &phrase.Refusal{What: phrase.Say("%s cannot be edited, so nothing was written", s.shownFile(target.path)),
			Err: err}
	}
	if target.filled != nil {
		out = target.filled(out, value)
	}
	if target.version != nil {
		out = target.version(ctx, out)
	}
	if err := target.check(out, value); err != nil {
		return nil, err
	}
	return out, nil
}

// restored is the file with the bytes that stood there before the commit that a change undoes, comments and all: where
// others have come after it in plan or roster, joined with theirs. It is nil where there is no such commit, and where
// the same entry was changed again.
func restored(ctx context.Context, s *Store, target target, change model.Change) []byte {
	commit := cmp.Or(change.Reverts, change.Undoes)
	if !change.Restore || commit == "" || s.history == nil {
		return nil
	}
	was, left := s.history.Around(ctx, target.path, commit)
	switch kind := change.Subject.Kind; {
	case was == nil || left == nil:
		return nil
	case bytes.Equal(left, target.src):
		return was
	case !kind.InPlan() && !kind.OnRoster():
		return nil
	}
	joined, err := merge.Entries(left, target.src, was)
	if err != nil || len(joined.Conflicts) > 0 {
		return nil
	}
	if target.version != nil {
		return target.version(ctx, joined.Content)
	}
	return joined.Content
}

// commitOf is the commit to come of a file that is about to be written.
func (s *Store) commitOf(person model.Person, path, message string) review.Commit {
	return review.Commit{
		Path: path, AuthorName: person.Name, AuthorEmail: person.Email,
		When: s.now().Truncate(time.Second), Message: message,
	}
}

// write puts the new bytes on the disk and into the history.
func (s *Store) write(ctx context.Context, file target, out []byte, commit review.Commit,
	receipt *model.Receipt) error {
	stays := func(err error) error { return s.stays(file.path, err) }
	var earlier []*note
	var held func() (bool, error) // of the commit before this one; git may answer while this one is made
	if s.history != nil {
		earlier = s.noted(file.path)
		held = s.history.HeadHolds(ctx, file.path, file.src)
		if file.exists && file.person.Role != "" {
			if err := checkAlong(ctx, s, file, earlier, held); err != nil {
				return err
			}
		}
	}
	if err := durable.MakeFolder(filepath.Dir(file.path), durable.Data); err != nil {
		return stays(err)
	}
	var pending *note
	if s.keepsNotes() {
		var err error
		if pending, err = s.keepNote(commit, file.src, out); err != nil {
			return stays(err)
		}
	}
	s.at("before write")
	err := s.replace(file.path, file.src, file.exists, out, pending)
	if failed, ok := errors.AsType[*durable.Unconfirmed](err); ok {
		receipt.Notices = append(receipt.Notices,
			phrase.Say("the disk did not confirm the write: %s", text.Line(failed.Error())))
	} else if err != nil {
		// else the new bytes may stand there
		if changed, is := errors.AsType[*durable.Changed](err); !is || changed.Kept == "" {
			pending.drop()
		}
		return stays(err)
	}
	s.at("written")
	if s.history == nil {
		if pending != nil {
			receipt.Pending = s.without
			s.keepAnswered(pending, receipt)
		}
		return nil
	}
	s.commitEarlier(ctx, file.path, earlier)
	finish := file.finish
	if finish == nil {
		finish = s.history.Commit
	}
	hash, err := pending.settled(finish(ctx, s.notedCommit(pending)))
	if editedByHand(file, earlier, held) {
		receipt.Notices = append(receipt.Notices,
			phrase.Say("%s also held edits that were in no commit yet; they are in this one", s.shownFile(file.path)))
	}
	if errors.Is(err, model.ErrHeldElsewhere) {
		receipt.Notices = append(receipt.Notices, reasonOf(err))
		return nil
	}
	if err != nil {
		if lost := s.lostMeanwhile(ctx, pending); lost != nil {
			return lost
		}
		receipt.Pending, receipt.WayOut = reasonOf(err), phrase.HintOf(err)
		said := receipt.Pending.String() // for the changes before this one, too
		receipt.Notices = slices.DeleteFunc(receipt.Notices,
			func(notice phrase.Sentence) bool { return notice.String() == said })
		s.keepAnswered(pending, receipt)
		return nil
	}
	receipt.Hash = hash
	return nil
}

// lostMeanwhile says that another program has taken a change out of its file before its commit could be made, and
// where its text is kept; nil when that is not so, or may still come to nothing.
func (s *Store) lostMeanwhile(ctx context.Context, pending *note) error {
	path := s.notedFile(pending)
	content, _, err := s.readFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) || s.standsIn(ctx, pending, path, content) ||
		s.history.Ready() != nil {
		return nil //nolint:nilerr // that is said elsewhere, or may still come to nothing
	}
	if held, err := s.history.HeadHolds(ctx, path, content)(); err != nil ||
		!held && content != nil && durable.Sum(content) != pending.Before {
		return nil //nolint:nilerr // somebody has edited it by hand
	}
	kept, err := s.putAside(filepath.Base(pending.Path), pending.When, pending.Content)
	if err != nil {
		return nil //nolint:nilerr // the note stays, and with it the text
	}
	pending.drop()
	return phrase.Refuse(phrase.Say("%s was changed by another program in this moment, and the change is no longer "+
		"there", s.shownFile(path)),
		phrase.Say("look at the file, and make the change again; its text is kept in %s", s.shownFile(kept)))
}

// keepAnswered keeps that the person is told that the change is saved.
func (s *Store) keepAnswered(pending *note, receipt *model.Receipt) {
	if err := pending.answered(); err != nil {
		receipt.Notices = append(receipt.Notices,
			phrase.Say("the disk did not confirm the write: %s", text.Line(err.Error())))
	}
}

// reasonOf is an error as a sentence.
func reasonOf(err error) phrase.Sentence {
	if refusal, ok := errors.AsType[*phrase.Refusal](err); ok {
		return refusal.What
	}
	if cause := phrase.DescribeOSError(err); cause != nil {
		return cause.What
	}
	return phrase.Say("git says: %s", text.Line(err.Error()))
}

// manyFiles is from how many files on the disk is waited for once, for everything that is on its way there; a few are
// there sooner by themselves.
const manyFiles = 500

// Create makes a data folder's files, each with its folders. It overwrites nothing.
func Create(dir string, files map[string][]byte) error {
	const atOnce = 8 // the disk confirms several files in the time of one
	many := len(files) > manyFiles
	names, failed := make(chan string), make([]error, atOnce)
	var writers sync.WaitGroup
	for i := range failed {
		writers.Go(func() {
			for name := range names {
				if failed[i] == nil {
					failed[i] = create(filepath.Join(dir, filepath.FromSlash(name)), files[name], !many)
				}
			}
		})
	}
	for name := range files {
		names <- name
	}
	close(names)
	writers.Wait()
	if err := cmp.Or(failed...); err != nil {
		return err
	}
	if many {
		return durable.SyncAll(dir)
	}
	return nil
}

func create(path string, content []byte, confirmed bool) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if confirmed {
		err = errors.Join(err, file.Sync())
	}
	return errors.Join(err, file.Close())
}

// exists reports whether something lies at a path.
func exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}
