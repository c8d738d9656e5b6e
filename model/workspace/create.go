package workspace

import (
	"context"
	"os/exec"
	"path/filepath"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/store"
)

// Create writes a new plan folder and records it as the first commit, by the local user now, unless first says
// otherwise. untold is why git could not be told how it merges the files.
func Create(ctx context.Context, dir string, files map[string][]byte, needsGit bool,
	first review.Commit) (person model.Person, untold, err error) {
	_, missing := exec.LookPath("git")
	if missing != nil && needsGit {
		return person, nil, phrase.Refuse(phrase.Say("git is not installed"), phrase.Say("install it: apt install git"))
	}
	if err := store.Create(dir, files); err != nil {
		return person, nil, err
	}
	if missing != nil {
		return localPerson("", ""), nil, nil //nolint:nilerr // a folder without a history was asked for
	}
	person = localPerson(history.User(ctx, dir))
	if first.AuthorName == "" {
		first.AuthorName, first.AuthorEmail = person.Name, person.Email
	}
	first.Message = "Bắt đầu kế hoạch\n" // the first commit is of the plan, so it speaks the plan's language
	if err := history.Init(ctx, dir, first); err != nil {
		return person, nil, &phrase.Refusal{
			What: phrase.Say("the files are in %s, but their first commit failed", dir),
			Hint: phrase.Say("fix what git complains about, then in that folder: git add --all; git commit"), Err: err,
		}
	}
	if untold = registerDrivers(ctx, dir); !needsGit {
		untold = nil
	}
	return person, untold, nil
}

// registerDrivers tells git how it merges and shows the data files of a new folder.
func registerDrivers(ctx context.Context, dir string) error {
	program, err := ProgramFile()
	if err != nil {
		return err
	}
	repository, err := history.Open(ctx, dir)
	if err != nil {
		return err
	}
	return repository.Register(ctx, history.Drivers{Program: program, Data: filepath.Join(dir, DataFolder)})
}
