package cli

import (
	"context"
	"os/exec"
	"sync"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/store"
	"example.org/tiendo/model/workspace"
)

// openReadOnly opens the data folder that the command is about, to look at it.
func (p *program) openReadOnly() (*workspace.Workspace, error) {
	dir, shown, err := p.locate()
	if err != nil {
		return nil, err
	}
	return p.openReadOnlyAt(dir, shown)
}

// openReadOnlyAt opens a data folder to look at it. Git is not asked, which would cost time, unless a file is missing.
func (p *program) openReadOnlyAt(dir, shown string) (*workspace.Workspace, error) {
	folder := p.newFolder(dir, shown)
	options := store.Options{Now: folder.Clock.Now, Shown: shown, Marked: workspace.Marked(dir)}
	if git := store.GitDirectory(dir); git != "" {
		options.Keeper = history.NewLookout(git)
	}
	opened, err := store.Open(dir, options)
	if err != nil {
		return nil, err
	}
	folder.Store = opened
	return folder, nil
}

// openAt opens a data folder with its history, if it has one.
func (p *program) openAt(ctx context.Context, dir, shown string) (*workspace.Workspace, error) {
	folder := p.newFolder(dir, shown)
	options := store.Options{Now: folder.Clock.Now, Shown: shown}
	repository, err := history.Open(ctx, dir)
	if err == nil {
		workspace.Replaying(repository)
		options.History, options.Merging = repository, repository
		folder.Repository = repository
		folder.Private = repository.Dir()
	} else {
		folder.NoHistory, options.Without = err, phrase.Of(err)
	}
	opened, err := store.Open(dir, options)
	if err != nil {
		return nil, err
	}
	folder.Store, folder.Opened = opened, opened
	return folder, nil
}

func (p *program) newFolder(dir, shown string) *workspace.Workspace {
	return &workspace.Workspace{
		Dir:   dir,
		Shown: shown,
		Clock: &workspace.Clock{System: p.system.Now},
		User: sync.OnceValue(func() workspace.Account {
			name, email := history.User(context.Background(), dir)
			return workspace.Account{Name: name, Email: email}
		}),
	}
}

// makeFolder writes a new plan folder and records it as the first commit, by the
// local user now, unless first says somebody and some time else. Where git is missing it refuses before anything is written, unless
// the folder is worth having without a history.
func (p *program) makeFolder(ctx context.Context, dir string, files map[string][]byte, needsGit bool, first model.Commit) (model.Person, error) {
	_, missing := exec.LookPath("git")
	if missing != nil && needsGit {
		return model.Person{}, phrase.Refuse(phrase.Say("git is not installed"), phrase.Say("install it: apt install git"))
	}
	if err := store.Create(dir, files); err != nil {
		return model.Person{}, err
	}
	if missing != nil {
		return workspace.LocalPerson("", ""), nil //nolint:nilerr // a folder without a history was asked for
	}
	person := workspace.LocalPerson(history.User(ctx, dir))
	// The first commit is of the plan, so it speaks the plan's language.
	if first.AuthorName == "" {
		first.AuthorName, first.AuthorEmail = person.Name, person.Email
	}
	first.Message = "Bắt đầu kế hoạch\n"
	if err := history.Init(ctx, dir, first); err != nil {
		return person, &phrase.Refusal{
			What: phrase.Say("the files are in %s, but their first commit failed", dir),
			Hint: phrase.Say("mend what git complains about, then in that folder: git add --all; git commit"), Err: err,
		}
	}
	p.registerDrivers(ctx, dir, needsGit)
	return person, nil
}
