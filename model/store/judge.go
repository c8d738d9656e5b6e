package store

import (
	"bytes"
	"context"
	"errors"
	"path"
	"path/filepath"
	"strings"

	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/merge"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
)

// MergedFile is what becomes of a data file that two sides have changed.
type MergedFile struct {
	Content   []byte
	Clean     bool            // nothing waits for a person
	Conflicts []string        // the entries that do; none when it is the whole file
	Why       phrase.Sentence // why the whole file does
	Settled   [3][]byte       // as merge.Result has it; nil where the whole file waits
}

// MergeFile merges the versions of a data file with this path entry by entry. The record of a unit
// holds what both sides have changed differently, and is clean; a result of another file that is clean has been
// read again by the rules of the loader, as far as the file can be judged without the others. What cannot be merged
// or judged is kept whole, both sides of it.
func MergeFile(name string, base, ours, theirs []byte) MergedFile {
	record := isRecord(name)
	result, err := merge.Settle(merge.Versions{Base: base, Ours: ours, Theirs: theirs, Record: record})
	whole := func(why phrase.Sentence) MergedFile {
		return MergedFile{Content: merge.Whole(base, ours, theirs), Why: why}
	}
	if unreadable, is := errors.AsType[*merge.Unreadable](err); is {
		return whole(phrase.Say("one of the versions cannot be read: %s", unreadable.Problem.What))
	}
	if err != nil {
		return whole(reasonOf(err))
	}
	if record {
		return MergedFile{Content: result.Content, Clean: true}
	}
	for _, settled := range [][]byte{result.Settled[merge.Ours], result.Settled[merge.Theirs]} {
		if found := phrase.FirstNew(decode.Judge(name, settled), decode.Judge(name, ours),
			decode.Judge(name, theirs)); found != nil {
			return whole(phrase.Say("the two versions contradict each other: %s", found.What))
		}
	}
	return MergedFile{Content: result.Content, Clean: len(result.Conflicts) == 0, Conflicts: result.Conflicts,
		Settled: result.Settled}
}

// isRecord reports whether a path is that of the record of a unit.
func isRecord(name string) bool {
	for folder := path.Dir(filepath.ToSlash(name)); folder != "." && folder != "/"; folder = path.Dir(folder) {
		if path.Base(folder) == decode.ProgressFolder {
			return strings.HasSuffix(name, decode.Extension)
		}
	}
	return false
}

// unitOf is the unit whose record lies at a path within the data folder; "" when it is no record.
func unitOf(relative string) string {
	inside, is := strings.CutPrefix(filepath.ToSlash(relative), decode.ProgressFolder+"/")
	if !is || !strings.HasSuffix(inside, decode.Extension) {
		return ""
	}
	return strings.TrimSuffix(path.Base(inside), decode.Extension)
}

// Exchanged is what an exchange with a remote asks of the data, for a person.
func (s *Store) Exchanged(who string) *Exchanged { return &Exchanged{NewPast(s.shown), s, who} }

// Exchanged reads, joins and locks the data while they are exchanged.
type Exchanged struct {
	*Past
	store *Store
	who   string
}

// Locked does something under the lock of the data folder, after making the commits that wait.
func (e *Exchanged) Locked(ctx context.Context, work func(ctx context.Context) error) error {
	return e.store.Locked(ctx, e.who, work)
}

// Join joins the versions of a data file. It is not possible when one of them cannot be read, or they contradict each
// other as a whole.
func (e *Exchanged) Join(file review.Unmerged) (joined review.JoinedFile, possible bool) {
	merged := MergeFile(file.Path, file.Base, file.Ours, file.Theirs)
	if merged.Clean {
		return review.JoinedFile{Content: merged.Content}, true
	}
	settled := merged.Settled
	return review.JoinedFile{Content: settled[merge.Theirs], Base: settled[merge.Base], Ours: settled[merge.Ours]},
		settled[merge.Base] != nil
}

// Verify compares what git took for the merge of a file that both sides changed with
// what must come out: a merge driver that did nothing, or text that was merged by
// lines, is not taken.
func (e *Exchanged) Verify(file review.MergedFile) error {
	if file.Ours == nil || file.Theirs == nil {
		return nil // taken away on one side: git has decided that by itself, or left it in conflict
	}
	if bytes.Equal(file.Ours, file.Theirs) && bytes.Equal(file.Ours, file.Merged) {
		return nil
	}
	if merged := MergeFile(file.Path, file.Base, file.Ours, file.Theirs); !merged.Clean ||
		!bytes.Equal(merged.Content, file.Merged) {
		return phrase.Refuse(phrase.Say("git has merged %s in another way than it should, so nothing was taken",
			text.Line(filepath.Base(file.Path))),
			phrase.Say("`tiendo doctor` looks into it"))
	}
	return nil
}
