package store

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// Whole is a file of the data folder that is written anew as a whole.
type Whole struct {
	Name    string // its path in the data folder, with slashes
	Seen    []byte // what stood there when it was made; nil: no file
	Content []byte
	Message string // of its commit
}

// Rewrite puts whole files in the place of what was seen, in order and each in a commit of its own, as the coordinator
// may. Nothing is written when one of them holds something else by now, or when the data would hold an error that they
// do not hold yet. What is the same already is left alone; receipts are of the files that were written.
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
		return nil, phrase.Refuse(phrase.Say("only the coordinator writes the plan anew"),
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

// wouldLoad refuses files with which the data would hold a new error.
func wouldLoad(ctx context.Context, s *Store, campaign *model.Campaign, files []Whole) error {
	paths, _, err := s.Paths(ctx)
	if err != nil {
		return err
	}
	all := map[string][]byte{}
	for _, path := range paths {
		content, err := s.read(path, nil)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(s.dir, path)
		if err != nil {
			return err
		}
		all[filepath.ToSlash(name)] = content
	}
	for _, file := range files {
		all[file.Name] = file.Content
	}
	then, err := NewPast(s.shown).Load(ctx, all)
	if err != nil {
		return err
	}
	if found := phrase.FirstNew(then.Problems, campaign.Problems); found != nil {
		return &phrase.Refusal{What: phrase.Say("the data would hold an error, so nothing was written"), Err: *found,
			Hint: phrase.Say("edit the file by hand, then commit it")}
	}
	return nil
}
