package store

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"

	"example.org/tiendo/model"
	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/merge"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
)

// Merging is what the store needs of git to settle the conflicts of a merge in progress.
type Merging interface {
	// Settling says why there is no merge whose conflicts could be settled here; nil during a merge.
	Settling() error
	// Unmerged lists the data files in conflict with their versions as git keeps them,
	// and names the other files in conflict.
	Unmerged(ctx context.Context, dir string) (files []review.Unmerged, others []string, err error)
	// Merged gives the data files that both sides of the merge have changed, with what was settled.
	Merged(ctx context.Context, dir string) ([]review.MergedFile, error)
	// Aside are the versions of data files that this clone had when an exchange took those of the remote, the newest
	// first.
	Aside(ctx context.Context, dir string) ([]review.Unmerged, error)
	// SettleAside keeps what is left of one of them to be decided; nil: nothing is.
	SettleAside(version review.Unmerged, left []byte) error
	// Stage tells git that a file is settled as it stands in the work tree.
	Stage(ctx context.Context, path string) error
	// IndexTree is the id of what would be committed.
	IndexTree(ctx context.Context) (string, error)
	// Files are the data files of a commit or a tree.
	Files(ctx context.Context, dir, revision string) (map[string][]byte, error)
	// FinishMerge makes the commit of the merge; commit.Message stands below its title.
	FinishMerge(ctx context.Context, commit review.Commit) (hash string, err error)
}

// Locked does something under the lock of the data folder, after making the commits that
// wait. What has begun is not broken off.
func (s *Store) Locked(ctx context.Context, who string, work func(ctx context.Context) error) error {
	lock, err := s.lock(ctx, who)
	if err != nil {
		return err
	}
	defer lock.release()
	ctx = context.WithoutCancel(ctx)
	s.recover(ctx, nil) // what it leaves alone is told at the next change
	return work(ctx)
}

// Conflicts lists the conflicts of a merge in progress that are still open, in the order
// in which git names the files, then as they stand in them.
func (s *Store) Conflicts(ctx context.Context) ([]review.MergeConflict, error) {
	open, err := s.openFiles(ctx)
	if err != nil {
		return nil, err
	}
	var all []review.MergeConflict
	for _, file := range open.files {
		all = append(all, file.conflicts...)
	}
	return all, nil
}

// Joins names the records of a merge in progress that git has left in conflict and finishing it joins, so that nobody
// has to decide before; nil when they cannot be read.
func Joins(ctx context.Context, s *Store) []string {
	open, err := s.openFiles(ctx)
	if err != nil {
		return nil
	}
	var names []string
	for _, file := range open.files {
		if file.joined != nil {
			names = append(names, filepath.Base(file.Path))
		}
	}
	return names
}

// openMerge is a merge in progress.
type openMerge struct {
	base   *base // plan and roster as they were here before the merge
	files  []*openFile
	others []string // files in conflict that are no data
}

// openFile is one data file in conflict.
type openFile struct {
	review.Unmerged
	unit    string
	content []byte // in the work tree now
	exists  bool
	// versions are what is merged: those of git, or, where somebody has settled some of the
	// conflicts already, the same with that.
	versions  merge.Versions
	whole     bool // the file as a whole is in conflict
	edited    bool // the work tree holds something else than what tiendo would have left there
	conflicts []review.MergeConflict
	aside     bool   // no merge is in progress: what stands in the work tree is the remote's version
	taken     []byte // of what is set aside, the file with all of it; nil where each entry is decided by itself
	joined    []byte // the record as it comes out of the merge, where nobody has settled it by hand; nil for another file
}

// openFiles reads the merge in progress; nothing is open when there is none.
func (s *Store) openFiles(ctx context.Context) (*openMerge, error) {
	open := &openMerge{}
	if s.history == nil {
		return open, nil
	}
	files, others, err := s.history.Unmerged(ctx, s.dir)
	if err != nil {
		return open, err
	}
	aside, err := s.history.Aside(ctx, s.dir)
	if err != nil || len(files)+len(others)+len(aside) == 0 {
		return open, err
	}
	open.others = others
	if open.base, err = s.baseAt(ctx, "HEAD"); err != nil {
		return nil, err
	}
	for _, file := range files {
		one := s.newOpenFile(file)
		content, _, err := s.readFile(file.Path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		one.content, one.exists = content, err == nil
		s.findConflicts(open.base, one)
		open.files = append(open.files, one)
	}
	for _, file := range aside {
		one, err := s.asideFile(open.base, file)
		if err != nil {
			return nil, err
		}
		if len(one.conflicts) > 0 { // else it has come to the same meanwhile
			open.files = append(open.files, one)
		}
	}
	return open, nil
}

// asideFile is a file of which this clone's version is set aside: what it has otherwise than the work tree is open.
func (s *Store) asideFile(base *base, file review.Unmerged) (*openFile, error) {
	content, _, err := s.readFile(file.Path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	file.Theirs = content
	one := s.newOpenFile(file)
	one.content, one.exists, one.aside = content, err == nil, true
	s.findConflicts(base, one)
	if merged := MergeFile(file.Path, file.Base, file.Ours, content); len(one.conflicts) == 0 && merged.Clean &&
		!isRecord(file.Path) && !bytes.Equal(merged.Content, content) { // it would contain an error beside the other files
		one.whole, one.taken = true, merged.Content
		one.conflicts = []review.MergeConflict{describeWhole(s, base, one)}
	}
	return one, nil
}

func (s *Store) newOpenFile(file review.Unmerged) *openFile {
	one := &openFile{Unmerged: file, versions: merge.Versions{Base: file.Base, Ours: file.Ours, Theirs: file.Theirs}}
	if relative, err := filepath.Rel(s.dir, file.Path); err == nil {
		one.unit = unitOf(relative)
	}
	return one
}

// about is what is the same of every conflict of the file.
func (f *openFile) about() review.MergeConflict {
	return review.MergeConflict{Unit: f.unit, Edited: f.edited, Aside: f.aside,
		Accepted: f.unit != "" && (accepted(f.Ours) || accepted(f.Theirs))}
}

// accepted reports whether a version of a record says that its report is accepted.
func accepted(source []byte) bool {
	document, _ := edit.Parse(source)
	report := document.Find("report")
	is := report.Child("status").Value() == string(model.Accepted)
	for _, period := range report.Keys() {
		is = is || report.Child(period).Child("status").Value() == string(model.Accepted)
	}
	return is
}

// baseAt is the plan and the roster of a commit, which can be read while those in the work tree are in conflict.
func (s *Store) baseAt(ctx context.Context, revision string) (*base, error) {
	files, err := s.history.Files(ctx, s.dir, revision)
	if err != nil {
		return nil, err
	}
	return NewPast(s.shown).of(files).loadBase(ctx, nil), nil
}

// findConflicts lists the conflicts of a file. What people decide about is what git keeps of
// the three versions, never what stands between marks; but where the marks agree
// with that, the rest of the file is as somebody has settled it.
func (s *Store) findConflicts(base *base, file *openFile) {
	merged := MergeFile(file.Path, file.Base, file.Ours, file.Theirs)
	if isRecord(file.Path) && merged.Clean && file.Ours != nil && file.Theirs != nil {
		if !file.settledByHand(merged.Content) {
			file.joined = merged.Content
		}
		return
	}
	result, err := merge.Entries(file.Base, file.Ours, file.Theirs)
	file.whole = file.Ours == nil || file.Theirs == nil || !merged.Why.IsZero() || err != nil ||
		slices.ContainsFunc(result.Open, func(c merge.Conflict) bool { return c.Name == "" })
	if file.whole {
		// A merge driver leaves both sides between marks, git itself one of them.
		as := [][]byte{merged.Content, merge.Whole(file.Base, file.Ours, file.Theirs), file.Ours, file.Theirs}
		file.edited = file.exists && !file.aside &&
			!slices.ContainsFunc(as, func(content []byte) bool { return bytes.Equal(content, file.content) })
		emptied := len(bytes.TrimSpace(file.content)) == 0
		if file.edited && !emptied && !merge.Marked(file.content) && len(decode.Judge(file.Path, file.content)) == 0 {
			return // settled by hand
		}
		file.conflicts = []review.MergeConflict{describeWhole(s, base, file)}
		return
	}
	// A driver that fails leaves one side without marks: that is nobody's decision.
	oneSide := bytes.Equal(file.content, file.Ours) || bytes.Equal(file.content, file.Theirs)
	file.edited = !oneSide && !bytes.Equal(file.content, result.Content)
	if versions, ok := merge.Apart(file.content); ok && file.exists && !oneSide {
		if now, err := merge.Settle(versions); err == nil && within(now.Open, result.Open) && complete(versions, result) {
			file.versions, file.edited = versions, false
			result.Open = slices.DeleteFunc(result.Open,
				func(c merge.Conflict) bool { return !slices.ContainsFunc(now.Open, c.Same) })
		}
	}
	for _, conflict := range result.Open {
		file.conflicts = append(file.conflicts, s.describe(base, file, conflict))
	}
}

// settledByHand reports whether somebody has decided about a record, and lost none of the entries that it has when it
// is joined. A driver that fails leaves one side, or half of one.
func (f *openFile) settledByHand(joined []byte) bool {
	if !f.exists || merge.Marked(f.content) || len(decode.Judge(f.Path, f.content)) > 0 ||
		bytes.Equal(f.content, f.Ours) || bytes.Equal(f.content, f.Theirs) {
		return false
	}
	has := merge.Names(f.content)
	return !slices.ContainsFunc(merge.Names(joined), func(name string) bool { return !slices.Contains(has, name) })
}

// complete reports whether what lies in the work tree holds every entry that comes out of the
// merge however its conflicts are settled. A merge driver that was killed half-way, or has
// emptied the file, leaves no marks either, and has decided nothing.
func complete(versions merge.Versions, result merge.Result) bool {
	has := append(merge.Names(versions.Ours), merge.Names(versions.Theirs)...)
	other := merge.Names(result.Settled[merge.Theirs])
	return !slices.ContainsFunc(merge.Names(result.Settled[merge.Ours]), func(name string) bool {
		return slices.Contains(other, name) && !slices.Contains(has, name)
	})
}

// within reports whether all of some conflicts are among others, with the same sides.
func within(some, all []merge.Conflict) bool {
	return !slices.ContainsFunc(some, func(one merge.Conflict) bool { return !slices.ContainsFunc(all, one.Same) })
}

// describeWhole says that the whole file is in conflict.
func describeWhole(s *Store, base *base, file *openFile) review.MergeConflict {
	return s.describe(base, file, merge.Conflict{
		Texts: [3]string{string(file.Base), string(file.Ours), string(file.Theirs)},
		Has:   [3]bool{file.Base != nil, file.Ours != nil, file.Theirs != nil},
	})
}

// describe says a conflict in the plan's terms.
func (s *Store) describe(base *base, file *openFile, conflict merge.Conflict) review.MergeConflict {
	told := file.about()
	told.File, told.Entry = s.shownFile(file.Path), conflict.Name
	told.Subject = review.SubjectOfEntry(conflict.Name)
	if inRecord := told.Subject.Kind != model.SubjectPlan &&
		!told.Subject.Kind.OnRoster(); (file.unit != "") != inRecord && told.Subject.Kind != "" {
		told.Subject = model.Subject{Kind: model.SubjectPlan, ID: conflict.Name} // a key that means nothing here
	}
	sources := [3][]byte{file.Base, file.Ours, file.Theirs}
	made := [3]review.Authorship{merge.Ours: file.OursBy, merge.Theirs: file.TheirsBy}
	for side, version := range []*review.MergeVersion{&told.Base, &told.Ours, &told.Theirs} {
		version.Text, version.Gone = text.Text(conflict.Texts[side]), !conflict.Has[side]
		version.By, version.At = base.roster.SignatureOf(made[side].Name, made[side].Email), made[side].At
		if told.Subject.Kind == model.SubjectPlan || told.Subject.Kind == "" {
			continue
		}
		version.Value = s.valueIn(base, file, told.Subject, sources[side])
		if by, at := model.LastChange(version.Value); !version.Gone && !at.IsZero() {
			if _, before := model.LastChange(told.Base.Value); side == int(merge.Base) || !at.Equal(before) {
				version.By, version.At = by, at
			}
		}
	}
	return told
}

// valueIn is what a version of a file says about a subject.
func (s *Store) valueIn(base *base, file *openFile, subject model.Subject, source []byte) model.Value {
	if subject.Kind.OnRoster() {
		roster := decode.Roster(decode.Parse(s.shownFile(file.Path), source), decode.NewNames())
		return roster.Of(subject)
	}
	record := s.parseAnew(base, file.unit, file.Path, source)
	return subject.Of(&record.progress)
}
