package cli

import (
	"context"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/store"
)

// dataStore is what the command line needs of the store.
type dataStore interface {
	Load(ctx context.Context) (*model.Campaign, error)
	Apply(ctx context.Context, change model.Change) (model.Receipt, error)
	Watch(ctx context.Context, changed func())
	Recover(ctx context.Context) ([]phrase.Sentence, error)
}

// folder is a data folder that a command works on.
type folder struct {
	dir       string // absolute
	shown     string // as messages write it
	store     dataStore
	clock     *clock
	user      func() account // git is asked once
	noHistory error          // why no history is kept, with the way out; nil when one is
	// repository holds the history; nil when there is none, or the folder is only looked at.
	repository *history.Repository
	past       timeline     // as dashboards ask for it
	opened     *store.Store // the same as store, when it is open for changes
	private    string       // a folder inside the git directory; "" without one

	campaign   *model.Campaign
	asOf       model.Day // the day of --at; zero: the present
	asOfCommit string    // and its commit
	today      model.Day
	todaySet   bool // today was chosen, and may differ from the clock's
}

// currentDay is the day that is judged by: the chosen one, or that of the clock,
// which moves on while a dashboard is open.
func (f *folder) currentDay() model.Day {
	if f.todaySet {
		return f.today
	}
	return f.clock.Today(f.campaign.Plan.TimeZone)
}

// load opens the data folder for changes and reads it.
func (p *program) load(ctx context.Context) (*folder, error) {
	dir, shown, err := p.locate()
	if err != nil {
		return nil, err
	}
	folder, err := p.openAt(ctx, dir, shown)
	if err != nil {
		return nil, err
	}
	return folder, p.read(ctx, folder)
}

// loadReadOnly opens the data folder to look at it; git is not asked.
func (p *program) loadReadOnly(ctx context.Context) (*folder, error) {
	folder, err := p.openReadOnly()
	if err != nil {
		return nil, err
	}
	return folder, p.read(ctx, folder)
}

// read loads the campaign and settles language and day. Problems in the files
// are part of the campaign; only a plan that cannot be used is an error.
func (p *program) read(ctx context.Context, folder *folder) error {
	if p.options.at != "" {
		if err := p.goBack(ctx, folder); err != nil {
			return err
		}
	}
	campaign, err := folder.store.Load(ctx)
	if err != nil {
		return err
	}
	p.speak(campaign.Plan.Language)
	p.loaded = campaign
	if err := p.admit(campaign); err != nil {
		return err
	}
	folder.campaign = campaign
	folder.clock.plan.Store(&campaign.Plan)
	if folder.today, folder.todaySet, err = p.todayGiven(); err != nil {
		return err
	}
	if !folder.todaySet && !folder.asOf.IsZero() {
		folder.today, folder.todaySet = folder.asOf, true
	}
	folder.today = folder.currentDay()
	return nil
}

// speakPlan takes the plan's language for what is said before or without the
// data: help, and what is wrong with a command.
func (p *program) speakPlan() {
	if p.chosen || p.loaded != nil {
		return
	}
	// Without a plan there is no language to take; Vietnamese stays.
	_, _ = p.loadReadOnly(context.Background())
}
