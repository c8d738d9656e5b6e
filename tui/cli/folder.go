package cli

import (
	"context"
	"errors"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/workspace"
	"example.org/tiendo/tui/show"
)

// locate finds the data folder that the command is about, and how messages write it.
func (p *program) locate() (dir, shown string, err error) {
	given, source := p.setting("data", p.options.data, envData)
	return workspace.Locate(given, source, p.system.Directory)
}

// openAt opens a data folder: for changes, with its history, if write is set.
func (p *program) openAt(ctx context.Context, dir, shown string, write bool) (*workspace.Workspace, error) {
	return workspace.Open(ctx, workspace.Request{Dir: dir, Shown: shown, Now: p.system.Now, At: p.options.at, Write: write, LetsIn: p.visiting || p.letsIn})
}

// open opens the data folder that the command is about.
func (p *program) open(ctx context.Context, write bool) (*workspace.Workspace, error) {
	dir, shown, err := p.locate()
	if err != nil {
		return nil, err
	}
	return p.openAt(ctx, dir, shown, write)
}

// load opens the data folder for changes and reads it.
func (p *program) load(ctx context.Context) (*workspace.Workspace, error) {
	folder, err := p.open(ctx, true)
	if err != nil {
		return nil, err
	}
	return folder, p.readAndTell(ctx, folder)
}

// loadReadOnly opens the data folder to look at it; git is not asked.
func (p *program) loadReadOnly(ctx context.Context) (*workspace.Workspace, error) {
	folder, err := p.open(ctx, false)
	if err != nil {
		return nil, err
	}
	return folder, p.readAndTell(ctx, folder)
}

// readAndTell is read for what has no screen to say that the roster is one of before.
func (p *program) readAndTell(ctx context.Context, folder *workspace.Workspace) error {
	err := p.read(ctx, folder)
	if err == nil && folder.Campaign.RosterKept {
		problem := folder.Campaign.RosterProblem
		p.Out.Note(p.Words.T("warning: %s", phrase.Say("%s: the roster holds an error: %s; until it is mended the last one without an error counts", problem.Place(), problem.What)))
	}
	return err
}

// read loads the campaign and settles language and day. Problems in the files
// are part of the campaign; only a plan that cannot be used is an error.
func (p *program) read(ctx context.Context, folder *workspace.Workspace) error {
	if err := folder.Load(ctx); err != nil {
		return err
	}
	p.speak(folder.Campaign.Plan.Language)
	p.loaded = folder.Campaign
	if err := p.admit(folder.Campaign); err != nil {
		return err
	}
	day, given, err := p.todayGiven()
	if given {
		folder.JudgeBy(day)
	}
	return err
}

// person is who gives the command: the one of --as, or whom the workspace knows.
func (p *program) person(folder *workspace.Workspace) (model.Person, error) {
	id, source := p.setting("as", p.options.as, envAs)
	return folder.Person(id, source)
}

// makeFolder makes a new plan folder. That git could not be told how it merges the files
// is only said: it treats them as text then.
func (p *program) makeFolder(ctx context.Context, dir string, files map[string][]byte, needsGit bool, first review.Commit) (model.Person, error) {
	person, untold, err := workspace.Create(ctx, dir, files, needsGit, first)
	if untold != nil {
		p.report(untold)
	}
	return person, err
}

// made says that a new plan folder is there, with its first commit.
func (p *program) made(ctx context.Context, dir, given string, person model.Person) {
	said := p.Words.T("made %s, with its first commit by %s", given, person.Name)
	p.folderMade(ctx, dir, given, said)
	p.Out.Line(said)
}

// folderMade notes a new plan folder, for the answer, with its last commit.
func (p *program) folderMade(ctx context.Context, dir, given, said string) {
	commit := ""
	if p.asJSON {
		if repository, err := history.Open(ctx, dir); err == nil {
			commit, _ = repository.Resolve(ctx, "HEAD") // without it the answer names no commit
		}
	}
	p.changed.Add(show.Done{Kind: "folder", ID: given, Change: said}, commit, "")
}

// todayGiven is the day of --today or TIENDO_TODAY; no day when neither is given.
func (p *program) todayGiven() (calendar.Day, bool, error) {
	value, source := p.setting("today", p.options.today, envToday)
	if source == "" {
		return calendar.Day{}, false, nil
	}
	day, err := parseDay(source, value)
	return day, err == nil, err
}

// parseDay reads the day that a flag, or what stands for it, is given.
func parseDay(flag, value string) (calendar.Day, error) {
	day, err := calendar.ParseDay(value)
	if refusal, ok := errors.AsType[*phrase.Refusal](err); ok {
		return day, wrongUsage(phrase.Say("%s: %s", flag, refusal.What), refusal.Hint)
	}
	return day, err
}
