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
func (app *App) locate() (dir, shown string, err error) {
	given, source := app.setting("data", app.flags.data, envData)
	return workspace.Locate(given, source, app.system.Directory)
}

// openAt opens a data folder: for changes, with its history, if write is set.
func (app *App) openAt(ctx context.Context, dir, shown string, write bool) (*workspace.Workspace, error) {
	folder, err := workspace.Open(ctx, workspace.Request{Dir: dir, Shown: shown, Now: app.system.Now, At: app.flags.at,
		Write: write, LetsIn: app.visit != nil || app.letsIn})
	if as, _ := app.setting("as", app.flags.as, envAs); err == nil && write && as == "" {
		go folder.User() // git says it while the files are read
	}
	return folder, err
}

// open opens the data folder that the command is about.
func (app *App) open(ctx context.Context, write bool) (*workspace.Workspace, error) {
	dir, shown, err := app.locate()
	if err != nil {
		return nil, err
	}
	return app.openAt(ctx, dir, shown, write)
}

// load opens the data folder for changes and reads it.
func (app *App) load(ctx context.Context) (*workspace.Workspace, error) {
	folder, err := app.open(ctx, true)
	if err != nil {
		return nil, err
	}
	return folder, app.readAndTell(ctx, folder)
}

// loadReadOnly opens the data folder to look at it; git is not asked.
func (app *App) loadReadOnly(ctx context.Context) (*workspace.Workspace, error) {
	folder, err := app.open(ctx, false)
	if err != nil {
		return nil, err
	}
	return folder, app.readAndTell(ctx, folder)
}

// loadFor opens the data folder for a change of one unit's record, "" for none, and reads what that needs.
func (app *App) loadFor(ctx context.Context, unit string) (*workspace.Workspace, error) {
	folder, err := app.open(ctx, true)
	if err != nil {
		return nil, err
	}
	if err := folder.LoadFor(ctx, unit); err != nil {
		return folder, err
	}
	return folder, app.settleAndTell(folder)
}

// readAndTell is read for what has no screen to say that the roster is one of before.
func (app *App) readAndTell(ctx context.Context, folder *workspace.Workspace) error {
	if err := folder.Load(ctx); err != nil {
		return err
	}
	return app.settleAndTell(folder)
}

func (app *App) settleAndTell(folder *workspace.Workspace) error {
	err := app.settle(folder)
	if err == nil && folder.Campaign.RosterKept {
		problem := folder.Campaign.RosterProblem
		app.Out.Note(app.T("warning: %s",
			phrase.Say("%s: the roster contains an error: %s; until it is fixed the last one without an error counts",
				problem.Place(), problem.What)))
	}
	return err
}

// read loads the campaign and settles language and day. Problems in the files
// are part of the campaign; only a plan that cannot be used is an error.
func (app *App) read(ctx context.Context, folder *workspace.Workspace) error {
	if err := folder.Load(ctx); err != nil {
		return err
	}
	return app.settle(folder)
}

// settle settles language and day by what was read.
func (app *App) settle(folder *workspace.Workspace) error {
	app.speak(folder.Campaign.Plan.Language)
	app.loaded = folder.Campaign
	if err := app.admit(folder.Campaign); err != nil {
		return err
	}
	day, given, err := app.todayGiven()
	if given {
		folder.JudgeBy(day)
	}
	return err
}

// person is who gives the command: the one of --as, or whom the workspace knows.
func (app *App) person(folder *workspace.Workspace) (model.Person, error) {
	id, source := app.setting("as", app.flags.as, envAs)
	return folder.Person(id, source)
}

// makeFolder makes a new plan folder. That git could not be told how it merges the files
// is only said: it treats them as text then.
func (app *App) makeFolder(ctx context.Context, dir string, files map[string][]byte, needsGit bool,
	first review.Commit) (model.Person, error) {
	person, untold, err := workspace.Create(ctx, dir, files, needsGit, first)
	if untold != nil {
		app.report(untold)
	}
	return person, err
}

// made says that a new plan folder is there, with its first commit.
func (app *App) made(ctx context.Context, dir, given string, person model.Person) {
	said := app.T("created %s (first commit by %s)", given, person.Name)
	app.folderMade(ctx, dir, given, said)
	app.Out.Line(said)
}

// folderMade notes a new plan folder, for the answer, with its last commit.
func (app *App) folderMade(ctx context.Context, dir, given, said string) {
	commit := ""
	if app.asJSON {
		if repository, err := history.Open(ctx, dir); err == nil {
			commit, _ = repository.Resolve(ctx, "HEAD") // without it the answer names no commit
		}
	}
	app.changed.Add(show.Done{Kind: "folder", ID: given, Change: said}, commit, "")
}

// todayGiven is the day of --today or TIENDO_TODAY; no day when neither is given.
func (app *App) todayGiven() (calendar.Day, bool, error) {
	value, source := app.setting("today", app.flags.today, envToday)
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
