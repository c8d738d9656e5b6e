package cli

import (
	"context"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/store"
)

// pastStore is a data folder as it was. It can be looked at only.
type pastStore struct {
	campaign *model.Campaign
}

// Load gives the state, which is always the same.
func (s *pastStore) Load(context.Context) (*model.Campaign, error) { return s.campaign, nil }

// Apply refuses every change.
func (s *pastStore) Apply(_ context.Context, change model.Change) (model.Receipt, error) {
	return model.Receipt{}, s.campaign.Check(change)
}

// Watch waits: the past does not change.
func (s *pastStore) Watch(ctx context.Context, _ func()) { <-ctx.Done() }

// Recover finds nothing to do.
func (s *pastStore) Recover(context.Context) ([]model.Sentence, error) { return nil, nil }

// goBack puts the state of --at in the place of the present one, and its day in the place of today.
func (p *program) goBack(ctx context.Context, folder *folder) error {
	repository, err := history.Open(ctx, folder.dir)
	if err != nil {
		return err
	}
	zone := time.UTC
	if present, err := folder.store.Load(ctx); err == nil {
		zone = present.Plan.TimeZone
	}
	commit, day, err := p.pastCommit(ctx, repository, zone)
	if err != nil {
		return err
	}
	files, err := repository.Files(ctx, folder.dir, commit)
	if err != nil {
		return err
	}
	campaign, err := store.NewPast(folder.shown).Load(ctx, files)
	if err != nil {
		return err
	}
	if day.IsZero() {
		moment, err := repository.Moment(ctx, commit)
		if err != nil {
			return err
		}
		day = model.DayIn(moment, campaign.Plan.TimeZone)
	}
	asOf := *campaign
	asOf.AsOf = model.Say("%s (%s)", day, commit[:min(len(commit), 7)])
	folder.store = &pastStore{&asOf}
	folder.asOf, folder.asOfCommit = day, commit
	return nil
}

// pastCommit is the commit that --at means: that of a revision, or the last one of a day, and that day.
func (p *program) pastCommit(ctx context.Context, repository *history.Repository, zone *time.Location) (commit string, day model.Day, err error) {
	if day, err := model.ParseDay(p.options.at); err == nil {
		next := day.Add(1)
		commit, err := repository.LastBefore(ctx, time.Date(next.Year, next.Month, next.Day, 0, 0, 0, 0, zone))
		return commit, day, err
	}
	commit, err = repository.Resolve(ctx, p.options.at)
	return commit, model.Day{}, err
}
