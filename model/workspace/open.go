package workspace

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/store"
)

// Request says which plan folder is meant and how it is looked at.
type Request struct {
	Dir, Shown string // as Locate gives them
	Now        func() time.Time
	At         string // a commit or a day; "" is the present
	Write      bool   // open it with its history, for changes; otherwise git is not asked
	// LetsIn says that the roster lets people in here: as long as there is an error in it, the last one without counts.
	LetsIn bool
}

// Open opens a plan folder. Load reads it.
func Open(ctx context.Context, request Request) (*Workspace, error) {
	dir := request.Dir
	w := &Workspace{
		Dir: dir, Shown: request.Shown, at: request.At, Clock: &Clock{System: request.Now},
	}
	w.User = sync.OnceValue(func() Account {
		name, email := history.User(context.Background(), dir)
		return Account{name, email}
	})
	options := store.Options{Now: w.Clock.Now, Shown: request.Shown}
	if cache, err := os.UserCacheDir(); err == nil { // without a home nothing is kept
		options.Cache = filepath.Join(cache, "tiendo")
	}
	if request.LetsIn {
		options.Rosters = newRosters(dir)
	}
	if request.Write {
		w.openHistory(ctx, &options)
	} else if git := store.GitDirectory(dir); git != "" {
		options.Lookout = history.NewLookout(dir, git)
	}
	opened, err := store.Open(dir, options)
	if err != nil {
		return nil, err
	}
	w.Store = opened
	if request.Write {
		w.Opened = opened
	}
	return w, nil
}

func (w *Workspace) openHistory(ctx context.Context, options *store.Options) {
	repository, err := history.Open(ctx, w.Dir)
	if err != nil {
		w.NoHistory, options.Without = err, phrase.Of(err)
		return
	}
	Replaying(repository)
	options.Repository = repository
	w.Repository, w.Private = repository, repository.Dir()
}

// Load reads the campaign. Problems in the files are part of it; only a plan that cannot be used is an error.
func (w *Workspace) Load(ctx context.Context) error {
	return w.load(ctx, func() (*model.Campaign, error) { return w.Store.Load(ctx) })
}

// LoadFor reads what a change of one unit's record needs; "" is none.
func (w *Workspace) LoadFor(ctx context.Context, unit string) error {
	return w.load(ctx, func() (*model.Campaign, error) { return w.Store.LoadFor(ctx, unit) })
}

// LoadStarting reads what the first picture needs; the records may still be unread.
func (w *Workspace) LoadStarting(ctx context.Context) error {
	return w.load(ctx, func() (*model.Campaign, error) { return w.Store.LoadStarting(ctx) })
}

func (w *Workspace) load(ctx context.Context, read func() (*model.Campaign, error)) error {
	if w.at != "" {
		if err := w.goBack(ctx); err != nil {
			return err
		}
	}
	campaign, err := read()
	if err != nil {
		return err
	}
	w.Campaign = campaign
	w.Clock.Plan.Store(&campaign.Plan)
	if !campaign.Plan.MadeUp.IsZero() {
		w.Clock.RunOnFrom(w.lastChange(ctx))
	}
	if !w.AsOf.IsZero() {
		w.Today, w.TodaySet = w.AsOf, true
	}
	w.Today = w.Day()
	return nil
}

// JudgeBy chooses the day to judge by, in place of that of the clock or of the past state.
func (w *Workspace) JudgeBy(day calendar.Day) { w.Today, w.TodaySet = day, true }

// LoadLastCommit takes the plan as it was before a merge, where the plan itself is in conflict.
func (w *Workspace) LoadLastCommit(ctx context.Context) error {
	files, err := w.Repository.Files(ctx, w.Dir, "HEAD")
	if err != nil {
		return err
	}
	w.Campaign, err = store.NewPast(w.Shown).Load(ctx, files)
	return err
}

// goBack puts the state of a commit or a day in the place of the present one, and its day in the place of today.
func (w *Workspace) goBack(ctx context.Context) error {
	repository, err := history.Open(ctx, w.Dir)
	if err != nil {
		return err
	}
	zone := time.UTC
	if present, err := w.Store.Load(ctx); err == nil {
		zone = present.Plan.TimeZone
	}
	commit, day, err := commitAt(ctx, repository, w.at, zone)
	if err != nil {
		return err
	}
	campaign, day, err := new(walk).to(ctx, repository, w, commit, day)
	if err != nil {
		return err
	}
	w.Store = &pastStore{campaign}
	w.AsOf, w.AsOfCommit = day, commit
	return nil
}

// commitAt is the commit of a revision, or the last one of a day, and that day.
func commitAt(ctx context.Context, repository *history.Repository, at string, zone *time.Location) (string,
	calendar.Day, error) {
	if day, err := calendar.ParseDay(at); err == nil {
		commit, err := lastOfDay(ctx, repository, day, zone)
		return commit, day, err
	}
	commit, err := repository.Resolve(ctx, at)
	if refusal, is := errors.AsType[*phrase.Refusal](err); is {
		err = phrase.Refuse(refusal.What, phrase.Say("write a day as %s or %s, or name a commit, a branch or a tag",
			"18/12/2019", "2019-12-18"))
	}
	return commit, calendar.Day{}, err
}
