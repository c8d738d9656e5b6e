package workspace

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/store"
)

// dataStore is what the command line needs of the store.
type dataStore interface {
	Load(ctx context.Context) (*model.Campaign, error)
	LoadFor(ctx context.Context, unit string) (*model.Campaign, error)
	LoadStarting(ctx context.Context) (*model.Campaign, error)
	ReadRecords(ctx context.Context, first string, take func(part *model.Campaign))
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
	looked     looked
	past       Timeline     // as dashboards ask for it
	Opened     *store.Store // the same as store, when it is open for changes
	Private    string       // a folder inside the git directory; "" without one

	Campaign   *model.Campaign
	AsOf       calendar.Day // the day of --at; zero: the present
	AsOfCommit string       // and its commit
	Today      calendar.Day
	TodaySet   bool // today was chosen, and may differ from the clock's

	uncommitted uncommitted

	at string // the past state that was asked for; "" is the present
}

// Day is the day that is judged by: the chosen one, or that of the clock,
// which moves on while a dashboard is open.
func (w *Workspace) Day() calendar.Day {
	if w.TodaySet {
		return w.Today
	}
	return w.Clock.Today(w.Campaign.Plan.TimeZone)
}

// Marks name the plan of which it is kept how far each coordinator has reviewed it.
func (w *Workspace) Marks() history.Marks {
	return history.Marks{Dir: w.Dir, Plan: w.Campaign.Plan.ID, Reader: store.NewPast(w.Shown)}
}

// Beside are problems that the data files have in their repository: a plan whose id another one has, too, and files
// that are in no commit.
func (w *Workspace) Beside(ctx context.Context, campaign *model.Campaign) []phrase.Problem {
	repository, err := history.Open(ctx, w.Dir)
	if err != nil {
		return nil // without a history that is no question
	}
	var problems []phrase.Problem
	if campaign.Plan.ID != "" {
		if err := repository.OnlyPlan(ctx, history.Marks{Dir: w.Dir, Plan: campaign.Plan.ID,
			Reader: store.NewPast(w.Shown)}); err != nil {
			problems = append(problems, phrase.Problem{File: filepath.Join(w.Shown, PlanFile), What: phrase.Of(err),
				Hint: phrase.HintOf(err)})
		}
	}
	unknown, ignored, err := repository.Untracked(ctx, w.Dir)
	if err != nil {
		return append(problems, phrase.Problem{File: w.Shown, What: phrase.Of(err), Hint: phrase.HintOf(err)})
	}
	for _, file := range unknown {
		shown := filepath.Join(w.Shown, strings.TrimPrefix(file, w.Dir))
		problem := phrase.Problem{File: shown, What: phrase.Say("git does not know the file, so it is in no commit"),
			Hint: phrase.Say("`tiendo save %s` puts it into the history", shown), Warning: true}
		if slices.Contains(ignored, file) {
			problem.What = phrase.Say("git is told to ignore the file, so it is in no commit")
			problem.Hint = phrase.Say("`git add --force -- %s`, then `git commit`", shown)
		}
		problems = append(problems, problem)
	}
	return problems
}

// looked is the repository of a folder that is only looked at, once something was asked of it.
type looked struct {
	mutex      sync.Mutex
	repository *history.Repository
}

// reading is the repository to read the history from. It is opened once, and remembers what it has read.
func (w *Workspace) reading(ctx context.Context) (*history.Repository, error) {
	if w.Repository != nil {
		return w.Repository, nil
	}
	w.looked.mutex.Lock()
	defer w.looked.mutex.Unlock()
	if w.looked.repository == nil {
		repository, err := history.Open(ctx, w.Dir)
		if err != nil {
			return nil, err
		}
		w.looked.repository = repository
	}
	return w.looked.repository, nil
}

// Account is the local user as git knows it.
type Account struct{ Name, Email string }
