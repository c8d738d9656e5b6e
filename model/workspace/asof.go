package workspace

import (
	"context"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/store"
)

// pastStore is a data folder as it was. It can be looked at only.
type pastStore struct {
	campaign *model.Campaign
}

// Load gives the state, which is always the same.
func (s *pastStore) Load(context.Context) (*model.Campaign, error) { return s.campaign, nil }

// LoadFor gives the same.
func (s *pastStore) LoadFor(context.Context, string) (*model.Campaign, error) { return s.campaign, nil }

// LoadStarting gives the same.
func (s *pastStore) LoadStarting(context.Context) (*model.Campaign, error) { return s.campaign, nil }

// ReadRecords has nothing left to read.
func (s *pastStore) ReadRecords(context.Context, string, func(*model.Campaign)) {}

// Apply refuses every change.
func (s *pastStore) Apply(_ context.Context, change model.Change) (model.Receipt, error) {
	return model.Receipt{}, s.campaign.Check(change)
}

// Watch waits: the past does not change.
func (s *pastStore) Watch(ctx context.Context, _ func()) { <-ctx.Done() }

// Recover finds nothing to do.
func (s *pastStore) Recover(context.Context) ([]phrase.Sentence, error) { return nil, nil }

// walk goes from one past state to another: of each only what the one before did not hold is read.
type walk struct {
	state  history.State
	reader *store.Past // nil: it has not begun
}

// to is the data as of a commit, and the day: the given one, or that of the commit.
func (w *walk) to(ctx context.Context, repository *history.Repository, folder *Workspace, commit string,
	day calendar.Day) (*model.Campaign, calendar.Day, error) {
	if w.reader == nil {
		w.reader = store.NewPast(folder.Shown)
	}
	state, err := repository.State(ctx, folder.Dir, commit, w.state)
	if err != nil {
		return nil, day, err
	}
	w.state = state
	campaign, err := w.reader.Load(ctx, state.Files)
	if err != nil {
		return nil, day, err
	}
	if day.IsZero() {
		moment, err := repository.Moment(ctx, commit)
		if err != nil {
			return nil, day, err
		}
		day = calendar.DayIn(moment, campaign.Plan.TimeZone)
	}
	asOf := *campaign
	asOf.AsOf = phrase.Say("%s (%s)", day, commit[:min(len(commit), 7)])
	return &asOf, day, nil
}

// lastOfDay is the last commit by the end of a day.
func lastOfDay(ctx context.Context, repository *history.Repository, day calendar.Day, zone *time.Location) (string,
	error) {
	return repository.LastBefore(ctx, day.Add(1).Midnight(zone))
}
