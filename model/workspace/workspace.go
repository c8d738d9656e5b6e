package workspace

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

// Workspace is a plan folder that a command or a dashboard works on.
type Workspace struct {
	Dir       string // absolute
	Shown     string // as messages write it
	Store     dataStore
	Clock     *Clock
	User      func() Account // git is asked once
	NoHistory error          // why no history is kept, with the way out; nil when one is
	// repository holds the history; nil when there is none, or the folder is only looked at.
	Repository *history.Repository
	past       Timeline     // as dashboards ask for it
	Opened     *store.Store // the same as store, when it is open for changes
	Private    string       // a folder inside the git directory; "" without one

	Campaign   *model.Campaign
	AsOf       model.Day // the day of --at; zero: the present
	AsOfCommit string    // and its commit
	Today      model.Day
	TodaySet   bool // today was chosen, and may differ from the clock's

	at string // the past state that was asked for; "" is the present
}

// Day is the day that is judged by: the chosen one, or that of the clock,
// which moves on while a dashboard is open.
func (w *Workspace) Day() model.Day {
	if w.TodaySet {
		return w.Today
	}
	return w.Clock.Today(w.Campaign.Plan.TimeZone)
}

// marked asks for the history of a folder that is only looked at.
func marked(dir string) func(ctx context.Context) store.History {
	return func(ctx context.Context) store.History {
		repository, err := history.Open(ctx, dir)
		if err != nil {
			return nil // without a history nothing more is known
		}
		return repository
	}
}

// Account is the local user as git knows it.
type Account struct{ Name, Email string }
