package store

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
)

// Whole is a file of the data folder that is written anew as a whole.
type Whole struct {
	Name    string // its path in the data folder, with slashes
	Seen    []byte // what stood there when it was made; nil: no file
	Content []byte
	Message string // of its commit
}

// Rewrite puts whole files in the place of what was seen, in order and each in a commit of its own, as the
// coordinator may. Nothing is written when one of them holds something else by now, or when the data would contain
// an error that they do not hold yet. What is the same already is left alone; receipts are of the files that were
// written.
func Rewrite(ctx context.Context, s *Store, person model.Person, files []Whole) ([]model.Receipt, error) {
	lock, err := s.lock(ctx, person.Signature())
	if err != nil {
		return nil, err
	}
	defer lock.release()
	ctx = context.WithoutCancel(ctx)
	list, err := s.listProgress(ctx, nil)
	if err != nil {
		return nil, err
	}
	recovered := s.recover(ctx, list)
	campaign, _, err := s.load(ctx, nil, list)
	if err != nil {
		return nil, err
	}
	if err := campaign.CheckPresent(); err != nil {
		return nil, err
	}
	if person, err = campaign.AsOnRoster(person); err != nil {
		return nil, err
	}
	if person.Role != model.Coordinator {
		return nil, phrase.Refuse(phrase.Say("only the coordinator can replace the plan"),
			phrase.Say("ask the Office that consolidates the reports"))
	}
	for _, file := range files {
		if err := s.stillAs(file); err != nil {
			return nil, err
		}
	}
	if _, found, err := dataThen(ctx, s, campaign, files); err != nil {
		return nil, err
	} else if found != nil {
		return nil, &phrase.Refusal{What: phrase.Say("the data would contain an error, so nothing was written"), Err: *found,
			Hint: phrase.Say("edit the file by hand, then `tiendo save`")}
	}
	var receipts []model.Receipt
	for _, file := range files {
		if bytes.Equal(file.Seen, file.Content) {
			continue
		}
		path := filepath.Join(s.dir, filepath.FromSlash(file.Name))
		receipt := model.Receipt{Notices: recovered.told(s, path)}
		to := target{path: path, src: file.Seen, exists: file.Seen != nil, person: person}
		if err := s.write(ctx, to, file.Content, s.commitOf(person, path, file.Message), &receipt); err != nil {
			return receipts, err
		}
		receipts = append(receipts, receipt)
	}
	return receipts, nil
}

// ByHand are files that people have edited where they lie.
type ByHand struct {
	Names  []string          // paths in the data folder, with slashes
	Before map[string][]byte // all data files as the last commit holds them, by the same paths
	// Commit makes the commit of these files, by their absolute paths.
	Commit func(ctx context.Context, commit review.Commit, contents map[string][]byte) (hash string, err error)
	Title  string // of the commit; "" is what differs, in the plan's words
	// Seen are the bytes that somebody has looked at and said yes to, by the same paths; nil: whatever stands there.
	Seen map[string][]byte
}

// SaveByHand records files that were edited by hand in one commit, as far as a server would take them from the person;
// the others are left. Nothing is committed when the data would contain an error that the last commit does not.
func SaveByHand(ctx context.Context, s *Store, person model.Person, files ByHand) (review.HandEdit, error) {
	lock, err := s.lock(ctx, person.Signature())
	if err != nil {
		return review.HandEdit{}, err
	}
	defer lock.release()
	ctx = context.WithoutCancel(ctx)
	list, err := s.listProgress(ctx, nil)
	if err != nil {
		return review.HandEdit{}, err
	}
	s.recover(ctx, list)
	campaign, _, err := s.load(ctx, nil, list)
	if err != nil {
		return review.HandEdit{}, err
	}
	if person, err = campaign.AsOnRoster(person); err != nil {
		return review.HandEdit{}, err
	}
	edited, err := LookByHand(ctx, s, campaign, person, files)
	if err != nil || len(edited.Files) == 0 {
		return edited, err
	}
	contents := map[string][]byte{}
	for name, content := range edited.Contents {
		contents[filepath.Join(s.dir, filepath.FromSlash(name))] = content
	}
	commit := s.commitOf(person, "", review.SaveMessage(edited.Later, files.Title, edited.Files, edited.Differences))
	edited.Hash, err = files.Commit(ctx, commit, contents)
	return edited, err
}

// LookByHand is what SaveByHand would record, of the campaign as it stands. A file in which the person has done what a
// server would not take from them is left, and named with its place.
func LookByHand(ctx context.Context, s *Store, campaign *model.Campaign, person model.Person, files ByHand) (
	review.HandEdit, error) {
	edited := review.HandEdit{Contents: map[string][]byte{}}
	if err := campaign.CheckPresent(); err != nil {
		return edited, err
	}
	then := maps.Clone(files.Before)
	for _, name := range files.Names {
		path := filepath.Join(s.dir, filepath.FromSlash(name))
		content, _, err := s.readFile(path)
		if err != nil {
			return edited, err
		}
		if files.Seen != nil && !bytes.Equal(content, files.Seen[name]) {
			return edited, phrase.Refuse(phrase.Say("%s was changed meanwhile, so nothing was committed", s.shownFile(path)),
				phrase.Say("look at it again, and save it then"))
		}
		edited.Contents[name], then[name] = content, content
	}
	judge := newHandJudge(ctx, s, campaign, person, files.Before)
	is, _ := judge.past.Load(ctx, then) // what is wrong as a whole is said below
	for _, name := range files.Names {
		found := judge.objection(ctx, is, name, edited.Contents[name])
		if found == nil {
			edited.Files = append(edited.Files, name)
			continue
		}
		edited.Left = append(edited.Left, *found)
		delete(edited.Contents, name)
		delete(then, name)
		if before, stood := files.Before[name]; stood {
			then[name] = before
		}
	}
	is, err := judge.past.Load(ctx, then)
	if err != nil || len(edited.Files) == 0 {
		return edited, err
	}
	if found := phrase.FirstNew(is.Problems, judge.was.Problems); found != nil {
		return edited, &phrase.Refusal{What: phrase.Say("the data would contain an error, so nothing was committed"),
			Err: *found, Hint: phrase.Say("edit the file again: what is there now is not lost")}
	}
	edited.Later, edited.Differences = is, review.Compare(judge.was, is)
	return edited, nil
}

// handJudge holds what a person has edited by hand against the rules by which a server judges their commits.
type handJudge struct {
	store     *Store
	past      *Past
	before    map[string][]byte // the data files as the last commit holds them
	was, held *model.Campaign   // what they say, and the campaign by which is judged: of the last commit, too
	person    model.Person      // as the last commit knows them
}

// newHandJudge reads the last commit. The campaign as it stands is what is judged by where the roster of that commit is
// of no use; without one nothing is held then.
func newHandJudge(ctx context.Context, s *Store, campaign *model.Campaign, person model.Person,
	before map[string][]byte) *handJudge {
	j := &handJudge{store: s, past: NewPast(s.shown), before: before, person: person}
	j.was, _ = j.past.Load(ctx, before) // without a usable plan there is still what could be read
	j.held = j.was
	switch {
	case model.RosterUnusable(j.was) == nil:
	case campaign == nil:
		j.held = nil
		return j
	default:
		now := *campaign
		now.Progress, j.held = j.was.Progress, &now
	}
	then := j.held.Roster.ByEmail(person.Email)
	if person.ID != "" {
		then = j.held.Roster.Person(person.ID)
	}
	if then != nil {
		j.person = *then
	}
	return j
}

// editedByHand reports whether somebody has edited a file since the commit of its last change, made or still to come.
func editedByHand(file target, earlier []*note, held func() (bool, error)) bool {
	if !file.exists || len(earlier) > 0 && earlier[len(earlier)-1].After == durable.Sum(file.src) {
		return false
	}
	was, err := held()
	return !was && err == nil
}

// checkAlong refuses to change a file in which somebody has done by hand what a server would not take from the person:
// the commit of the change would hold that, too. Where git has no version of the file, or is in the middle of
// something, nobody can tell what was done by hand.
func checkAlong(ctx context.Context, s *Store, file target, earlier []*note, held func() (bool, error)) error {
	if edited := editedByHand(file, earlier, held) && s.history.Ready() == nil; !edited {
		return nil
	}
	before, err := s.history.Files(ctx, s.dir, "HEAD")
	name, outside := filepath.Rel(s.dir, file.path)
	name = filepath.ToSlash(name)
	if err != nil || outside != nil || before[name] == nil {
		return nil //nolint:nilerr // whoever asks git for more is told
	}
	maps.DeleteFunc(before, func(other string, _ []byte) bool { return other != name && unitOf(other) != "" })
	if len(earlier) > 0 {
		before[name] = earlier[len(earlier)-1].Content
	}
	judge := newHandJudge(ctx, s, nil, file.person, before)
	if judge.held == nil {
		return nil
	}
	then := maps.Clone(before)
	then[name] = file.src
	is, _ := judge.past.Load(ctx, then) // a plan that is of no use is refused before
	found := judge.objection(ctx, is, name, file.src)
	if found == nil {
		return nil
	}
	return &phrase.Refusal{
		What: phrase.Say("an edit by hand would go along that is not yours to make, so nothing was written"), Err: *found,
		Hint: phrase.Say("put it back as it was (`tiendo diff` shows what differs), or ask whoever made it to `tiendo " +
			"save` it; then make the change again"),
	}
}

// objection is the first rule that other bytes in a file break, and where; nil is none. The campaign is read with them.
func (j *handJudge) objection(ctx context.Context, is *model.Campaign, name string, content []byte) *phrase.Problem {
	s, now := j.store, j.store.now()
	shown := s.shownFile(filepath.Join(s.dir, filepath.FromSlash(name)))
	file := &review.PushedFile{Path: shown, Data: name, Unit: unitOf(name), Size: int64(len(content)), Same: []bool{false},
		Before: []model.Progress{{}}}
	if name == decode.RosterFile {
		file.OnRoster = review.CompareRosters(j.was, is)
	}
	if file.Unit != "" {
		file.After, file.Before[0] = is.Progress[file.Unit], j.was.Progress[file.Unit]
		_, file.Unread = j.was.Broken[file.Unit]
	}
	breach := review.JudgeByHand(j.held, j.person, file, now)
	if breach != nil && file.Unit != "" {
		file.Earlier = j.earlier(ctx, file.Unit, name)
		breach = review.JudgeByHand(j.held, j.person, file, now)
	}
	if breach == nil {
		return nil
	}
	problem := &phrase.Problem{File: shown, What: breach.What, Hint: breach.Hint}
	if !breach.ByHand.IsZero() {
		problem.Hint = breach.ByHand
	}
	problem.Line, problem.Column = edit.Position(content, placeOf(j.before[name], content, breach))
	return problem
}

// earlier is what a record was in its last versions.
func (j *handJudge) earlier(ctx context.Context, unit, name string) (records []model.Progress) {
	files := maps.Clone(j.before)
	maps.DeleteFunc(files, func(name string, _ []byte) bool { return unitOf(name) != "" })
	path := filepath.Join(j.store.dir, filepath.FromSlash(name))
	for _, version := range j.store.history.Earlier(ctx, path, review.MaxEarlier) {
		files[name] = version
		campaign, _ := j.past.Load(ctx, files) // the record can be read without a usable plan
		records = append(records, campaign.Progress[unit])
	}
	return records
}

// placeOf is where in a file a rule is broken: the key of which the rule speaks, else the first that differs.
func placeOf(before, content []byte, breach *review.Breach) int {
	was, _ := edit.Parse(before)
	is, _ := edit.Parse(content) // without a document nothing is found in it
	old, table := was.Root(), is.Root()
	if breach.Entry != "" {
		for key := range strings.SplitSeq(breach.Entry, ".") {
			old, table = old.Child(key), table.Child(key)
		}
	}
	if breach.Key != "" && table.Child(breach.Key) != nil {
		return table.Child(breach.Key).KeyOffset()
	}
	if found := firstDiffering(old, table); found != nil {
		return found.KeyOffset()
	}
	if breach.Entry != "" && table != nil {
		return table.KeyOffset()
	}
	at := 0
	for at < min(len(before), len(content)) && before[at] == content[at] {
		at++
	}
	return bytes.LastIndexByte(content[:at], '\n') + 1
}

// firstDiffering is the first key of a table, or of the tables of an array, that others have not, or not so; nil for
// none.
func firstDiffering(old, table *edit.Node) *edit.Node {
	inside := func(was, is *edit.Node) *edit.Node {
		switch {
		case reflect.DeepEqual(was.Value(), is.Value()):
			return nil
		case is.Kind() == edit.Table, is.Kind() == edit.TableArray:
			return cmp.Or(firstDiffering(was, is), is)
		}
		return is
	}
	for _, key := range table.Keys() {
		if found := inside(old.Child(key), table.Child(key)); found != nil {
			return found
		}
	}
	for i := range table.Len() - len(table.Keys()) {
		if found := inside(old.Elem(i), table.Elem(i)); found != nil {
			return found
		}
	}
	return nil
}

// MayEdit refuses plan, roster or the Office's texts, by their paths in the data folder, to whom they are not to edit.
func MayEdit(campaign *model.Campaign, person model.Person, name string) error {
	if err := campaign.CheckPresent(); err != nil || person.Role == model.Coordinator {
		return err
	}
	switch name {
	case decode.RosterFile:
		return campaign.MayChangeRoster(person)
	case decode.ReportFile:
		return campaign.MayWriteOffice(person)
	}
	return campaign.MayChangePlan(person)
}

// stillAs refuses a file that holds something else than what was seen.
func (s *reader) stillAs(file Whole) error {
	now, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(file.Name)))
	switch {
	case errors.Is(err, fs.ErrNotExist) && file.Seen == nil:
		return nil
	case err != nil:
		return err
	case file.Seen == nil || !bytes.Equal(now, file.Seen):
		return phrase.Refuse(phrase.Say("%s was changed meanwhile, so nothing was written",
			s.shownFile(filepath.Join(s.dir, filepath.FromSlash(file.Name)))), phrase.Say("give the command again"))
	}
	return nil
}

// WithFile are the data with other bytes in one file, and what differs. The error is the first one that they would hold
// and do not hold yet.
func WithFile(ctx context.Context, s *Store, name string, content []byte) (*model.Campaign, []review.Difference,
	error) {
	campaign, err := s.Load(ctx)
	if err != nil {
		return nil, nil, err
	}
	then, found, err := dataThen(ctx, s, campaign, []Whole{{Name: name, Content: content}})
	if err != nil {
		return nil, nil, err
	}
	if found != nil {
		return nil, nil, *found
	}
	return then, review.Compare(campaign, then), nil
}

// dataThen are the data as they would be with these files, and the first error in them that they do not hold now; nil
// for none.
func dataThen(ctx context.Context, s *Store, now *model.Campaign, files []Whole) (then *model.Campaign,
	found *phrase.Problem, err error) {
	paths, _, err := s.Paths(ctx)
	if err != nil {
		return nil, nil, err
	}
	all := map[string][]byte{}
	for _, path := range paths {
		content, _, err := s.readFile(path)
		if err != nil {
			return nil, nil, err
		}
		name, err := filepath.Rel(s.dir, path)
		if err != nil {
			return nil, nil, err
		}
		all[filepath.ToSlash(name)] = content
	}
	for _, file := range files {
		all[file.Name] = file.Content
	}
	if then, err = NewPast(s.shown).Load(ctx, all); err != nil {
		return nil, nil, err
	}
	return then, phrase.FirstNew(then.Problems, now.Problems), nil
}
