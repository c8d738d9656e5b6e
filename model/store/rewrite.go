package store

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/decode"
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

// Rewrite puts whole files in the place of what was seen, in order and each in a commit of its own, as the coordinator
// may. Nothing is written when one of them holds something else by now, or when the data would contain an error that
// they do not hold yet. What is the same already is left alone; receipts are of the files that were written.
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
	if err := wouldLoad(ctx, s, campaign, files); err != nil {
		return nil, err
	}
	var receipts []model.Receipt
	for _, file := range files {
		if bytes.Equal(file.Seen, file.Content) {
			continue
		}
		path := filepath.Join(s.dir, filepath.FromSlash(file.Name))
		receipt := model.Receipt{Notices: recovered.told(s, path)}
		to := target{path: path, src: file.Seen, exists: file.Seen != nil}
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

// SaveByHand records files that were edited by hand in one commit, as the coordinator may, and staff for the record of
// their own unit. Nothing is committed when the data would contain an error that the last commit does not.
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
	if err != nil {
		return edited, err
	}
	contents := map[string][]byte{}
	for name, content := range edited.Contents {
		contents[filepath.Join(s.dir, filepath.FromSlash(name))] = content
	}
	commit := s.commitOf(person, "", review.SaveMessage(edited.Later, files.Title, files.Names, edited.Differences))
	edited.Hash, err = files.Commit(ctx, commit, contents)
	return edited, err
}

// LookByHand is what SaveByHand would record, of the campaign as it stands.
func LookByHand(ctx context.Context, s *Store, campaign *model.Campaign, person model.Person, files ByHand) (
	review.HandEdit, error) {
	edited := review.HandEdit{Files: files.Names, Contents: map[string][]byte{}}
	then := maps.Clone(files.Before)
	for _, name := range files.Names {
		if err := maySaveFile(campaign, person, name); err != nil {
			return edited, err
		}
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
	past := NewPast(s.shown)
	was, _ := past.Load(ctx, files.Before) // without a usable plan there is still what could be read
	is, err := past.Load(ctx, then)
	if err != nil {
		return edited, err
	}
	if found := phrase.FirstNew(is.Problems, was.Problems); found != nil {
		return edited, &phrase.Refusal{What: phrase.Say("the data would contain an error, so nothing was committed"),
			Err: *found, Hint: phrase.Say("edit the file again: what is there now is not lost")}
	}
	edited.Later, edited.Differences = is, review.Compare(was, is)
	return edited, nil
}

// maySaveFile refuses files that are not somebody's to save.
func maySaveFile(campaign *model.Campaign, person model.Person, name string) error {
	if err := campaign.CheckPresent(); err != nil || person.Role == model.Coordinator {
		return err
	}
	unit := strings.TrimSuffix(path.Base(name), decode.Extension)
	if !strings.HasPrefix(name, decode.ProgressFolder+"/") {
		return campaign.MayChangePlan(person)
	}
	return campaign.MayChange(person, unit)
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
	then, err := dataThen(ctx, s, []Whole{{Name: name, Content: content}})
	if err != nil {
		return nil, nil, err
	}
	if found := phrase.FirstNew(then.Problems, campaign.Problems); found != nil {
		return nil, nil, *found
	}
	return then, review.Compare(campaign, then), nil
}

// wouldLoad refuses files with which the data would hold a new error.
func wouldLoad(ctx context.Context, s *Store, campaign *model.Campaign, files []Whole) error {
	then, err := dataThen(ctx, s, files)
	if err != nil {
		return err
	}
	if found := phrase.FirstNew(then.Problems, campaign.Problems); found != nil {
		return &phrase.Refusal{What: phrase.Say("the data would contain an error, so nothing was written"), Err: *found,
			Hint: phrase.Say("edit the file by hand, then `tiendo save`")}
	}
	return nil
}

// dataThen are the data as they would be with these files.
func dataThen(ctx context.Context, s *Store, files []Whole) (*model.Campaign, error) {
	paths, _, err := s.Paths(ctx)
	if err != nil {
		return nil, err
	}
	all := map[string][]byte{}
	for _, path := range paths {
		content, _, err := s.readFile(path)
		if err != nil {
			return nil, err
		}
		name, err := filepath.Rel(s.dir, path)
		if err != nil {
			return nil, err
		}
		all[filepath.ToSlash(name)] = content
	}
	for _, file := range files {
		all[file.Name] = file.Content
	}
	return NewPast(s.shown).Load(ctx, all)
}
