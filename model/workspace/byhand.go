package workspace

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/merge"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/store"
)

// EditedByHand lists the data files that differ from the last commit, by their paths in the data folder.
func (w *Workspace) EditedByHand(ctx context.Context) ([]string, error) {
	if w.Repository == nil {
		return nil, w.NoHistory
	}
	edited, err := w.Repository.Edited(ctx, w.Dir)
	if err != nil {
		return nil, err
	}
	for i, name := range edited {
		inside, err := filepath.Rel(withoutLinks(w.Dir), withoutLinks(name))
		if err != nil {
			return nil, err
		}
		edited[i] = filepath.ToSlash(inside)
	}
	return edited, nil
}

// SaveByHand commits what was edited by hand and holds no new error: the files that are named, as their paths lead
// there from the working directory, else all of them.
func (w *Workspace) SaveByHand(ctx context.Context, person model.Person, title, directory string, only []string) (
	review.HandEdit, error) {
	names, err := w.EditedByHand(ctx)
	if err != nil {
		return review.HandEdit{}, err
	}
	if len(only) > 0 {
		named, err := w.named(directory, only)
		if err != nil {
			return review.HandEdit{}, err
		}
		committed, err := w.Repository.Files(ctx, w.Dir, "HEAD")
		if err != nil {
			return review.HandEdit{}, err
		}
		names = slices.DeleteFunc(named, func(name string) bool { // a file that git does not know is only saved by its name
			return !slices.Contains(names, name) && committed[name] != nil
		})
	}
	files, left, err := w.byHand(ctx, w.Campaign, names)
	if err != nil || len(files.Names) == 0 {
		return review.HandEdit{Left: left}, err
	}
	files.Title = title
	saved, err := store.SaveByHand(ctx, w.Opened, person, files)
	saved.Left = append(left, saved.Left...)
	return saved, err
}

// byHand are the files of those names that hold no new error, and the errors of the others.
func (w *Workspace) byHand(ctx context.Context, campaign *model.Campaign, names []string) (files store.ByHand,
	left []phrase.Problem, err error) {
	files.Commit = w.Repository.CommitFiles
	if files.Before, err = w.Repository.Files(ctx, w.Dir, "HEAD"); err != nil {
		return files, nil, err
	}
	was, _ := store.NewPast(w.Shown).Load(ctx, files.Before) // without a usable plan there is still what could be read
	for _, name := range names {
		if found := w.newErrorIn(campaign, was, name); found != nil {
			left = append(left, *found)
		} else {
			files.Names = append(files.Names, name)
		}
	}
	return files, left, nil
}

// newErrorIn is the first error in a file of a campaign that the last commit does not hold; nil for none.
func (w *Workspace) newErrorIn(campaign, before *model.Campaign, name string) *phrase.Problem {
	shown := filepath.ToSlash(filepath.Join(w.Shown, filepath.FromSlash(name)))
	inFile := slices.DeleteFunc(slices.Clone(campaign.Problems), func(p phrase.Problem) bool { return p.File != shown })
	return phrase.FirstNew(inFile, before.Problems)
}

// HandEdits is SaveByHand as a dashboard asks for it: what would be saved is looked at first.
type HandEdits struct{ workspace *Workspace }

// HandEdits gives a dashboard what was edited by hand; nil where nothing can be saved.
func (w *Workspace) HandEdits() *HandEdits {
	if w.Repository == nil || w.Opened == nil || w.AsOfCommit != "" {
		return nil
	}
	return &HandEdits{w}
}

// Look is what saving would record now. The error is the problem in the plan where it cannot be read.
func (h *HandEdits) Look(ctx context.Context, person model.Person) (review.HandEdit, error) {
	w := h.workspace
	campaign, err := w.Opened.Load(ctx)
	if err != nil {
		return review.HandEdit{}, err
	}
	names, err := w.EditedByHand(ctx)
	if err != nil {
		return review.HandEdit{}, err
	}
	files, left, err := w.byHand(ctx, campaign, names)
	if err != nil || len(files.Names) == 0 {
		return review.HandEdit{Left: left}, err
	}
	edited, err := store.LookByHand(ctx, w.Opened, campaign, person, files)
	edited.Left = append(left, edited.Left...)
	return edited, err
}

// Save commits what was looked at. It is refused where other bytes stand in one of the files by now.
func (h *HandEdits) Save(ctx context.Context, person model.Person, looked review.HandEdit) (review.HandEdit, error) {
	w := h.workspace
	before, err := w.Repository.Files(ctx, w.Dir, "HEAD")
	if err != nil {
		return looked, err
	}
	saved, err := store.SaveByHand(ctx, w.Opened, person, store.ByHand{Names: looked.Files, Before: before,
		Commit: w.Repository.CommitFiles, Seen: looked.Contents})
	saved.Left = append(looked.Left, saved.Left...)
	return saved, err
}

// named are files that somebody has named, by their paths in the data folder. What is no data file is refused.
func (w *Workspace) named(directory string, files []string) ([]string, error) {
	var names []string
	for _, file := range files {
		path := file
		if !filepath.IsAbs(path) {
			path = filepath.Join(directory, file)
		}
		name, err := filepath.Rel(withoutLinks(w.Dir), withoutLinks(path))
		name = filepath.ToSlash(name)
		isData := slices.Contains([]string{decode.PlanFile, decode.RosterFile, decode.ReportFile}, name) ||
			strings.HasPrefix(name, decode.ProgressFolder+"/") && strings.HasSuffix(name, decode.Extension)
		if err != nil || !isData {
			return nil, phrase.Refuse(phrase.Say("%s is no data file of this plan", file),
				phrase.Say("want plan.toml, units.toml, report.toml or a record below progress/"))
		}
		names = append(names, name)
	}
	return names, nil
}

// Editing is a copy of a data file that somebody works on in an editor.
type Editing struct {
	Name string // the file in the data folder
	Copy string // its path
	Kept bool   // it lay there from an earlier time
	Seen []byte // what the file held when the copy was made

	w *Workspace
}

// StartEditing makes a copy of a data file to be edited, or finds the one that was left.
func (w *Workspace) StartEditing(name string) (*Editing, error) {
	if w.Repository == nil {
		return nil, w.NoHistory
	}
	folder := filepath.Join(w.Repository.Dir(), "editing")
	if err := durable.MakeFolder(folder, durable.Own); err != nil {
		return nil, err
	}
	e := &Editing{Copy: filepath.Join(folder, digest(w.Dir)[:12]+"-"+name), Name: name, w: w}
	var err error
	if e.Seen, err = os.ReadFile(e.Copy + ".seen"); err == nil {
		if _, err = os.Stat(e.Copy); err == nil {
			e.Kept = true
			return e, nil
		}
	}
	return e, e.Anew()
}

// Anew makes the copy anew from the file as it stands.
func (e *Editing) Anew() error {
	content, err := os.ReadFile(filepath.Join(e.w.Dir, e.Name))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	e.Seen, e.Kept = content, false
	e.Drop() // an earlier copy must never stand beside what this one was made from
	return errors.Join(os.WriteFile(e.Copy+".seen", content, 0o600), os.WriteFile(e.Copy, content, 0o600))
}

// Differences are what the copy changes, or the first error that the data would hold with it.
func (e *Editing) Differences(ctx context.Context) (later *model.Campaign, differences []review.Difference, err error) {
	content, err := e.joined()
	if err != nil {
		return nil, nil, err
	}
	return store.WithFile(ctx, e.w.Opened, e.Name, content)
}

// joined is the copy with what others have changed in the file since it was made, entry by entry.
func (e *Editing) joined() ([]byte, error) {
	content, err := os.ReadFile(e.Copy)
	if err != nil {
		return nil, err
	}
	now, err := os.ReadFile(filepath.Join(e.w.Dir, e.Name))
	if err != nil && !errors.Is(err, os.ErrNotExist) || bytes.Equal(now, e.Seen) {
		return content, err
	}
	joined, err := merge.Entries(e.Seen, now, content)
	if err != nil {
		return nil, err
	}
	if len(joined.Conflicts) > 0 {
		return nil, phrase.Refuse(phrase.Say("%s was changed meanwhile, in what you have changed too: %s", e.Name,
			strings.Join(joined.Conflicts, ", ")), phrase.Say("`tiendo diff` and `tiendo log` show it; edit it again"))
	}
	e.Seen = now
	// The copy first: stopped between the two, joining once more gives the same. The other way round the copy would
	// take back what others have changed.
	if err := os.WriteFile(e.Copy, joined.Content, 0o600); err != nil {
		return nil, err
	}
	return joined.Content, os.WriteFile(e.Copy+".seen", now, 0o600)
}

// Save puts the copy in the place of the file, in a commit; whoever has changed the file since is not overwritten.
func (e *Editing) Save(ctx context.Context, person model.Person, differences []review.Difference) ([]model.Receipt,
	error) {
	content, err := os.ReadFile(e.Copy)
	if err != nil {
		return nil, err
	}
	receipts, err := store.Rewrite(ctx, e.w.Opened, person, []store.Whole{{Name: e.Name, Seen: e.Seen, Content: content,
		Message: review.SaveMessage(e.w.Campaign, "", []string{e.Name}, differences)}})
	if err == nil {
		e.Drop()
	}
	return receipts, err
}

// Drop takes the copy away.
func (e *Editing) Drop() {
	_, _ = os.Remove(e.Copy), os.Remove(e.Copy+".seen")
}
