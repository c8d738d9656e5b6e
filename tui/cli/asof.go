package cli

import (
	"context"
	"errors"
	"time"

	"example.org/tiendo/model"
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

// Apply refuses every change.
func (s *pastStore) Apply(_ context.Context, change model.Change) (model.Receipt, error) {
	return model.Receipt{}, s.campaign.Check(change)
}

// Watch waits: the past does not change.
func (s *pastStore) Watch(ctx context.Context, _ func()) { <-ctx.Done() }

// Recover finds nothing to do.
func (s *pastStore) Recover(context.Context) ([]phrase.Sentence, error) { return nil, nil }

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
	campaign, day, err := stateAt(ctx, repository, folder, commit, day)
	if err != nil {
		return err
	}
	folder.store = &pastStore{campaign}
	folder.asOf, folder.asOfCommit = day, commit
	return nil
}

// stateAt is the data as of a commit, and the day: the given one, or that of the commit.
func stateAt(ctx context.Context, repository *history.Repository, folder *folder, commit string, day model.Day) (*model.Campaign, model.Day, error) {
	files, err := repository.Files(ctx, folder.dir, commit)
	if err != nil {
		return nil, day, err
	}
	campaign, err := store.NewPast(folder.shown).Load(ctx, files)
	if err != nil {
		return nil, day, err
	}
	if day.IsZero() {
		moment, err := repository.Moment(ctx, commit)
		if err != nil {
			return nil, day, err
		}
		day = model.DayIn(moment, campaign.Plan.TimeZone)
	}
	asOf := *campaign
	asOf.AsOf = phrase.Say("%s (%s)", day, commit[:min(len(commit), 7)])
	return &asOf, day, nil
}

// lastOfDay is the last commit by the end of a day.
func lastOfDay(ctx context.Context, repository *history.Repository, day model.Day, zone *time.Location) (string, error) {
	return repository.LastBefore(ctx, day.Add(1).Midnight(zone))
}

// pastCommit is the commit that --at means: that of a revision, or the last one of a day, and that day.
func (p *program) pastCommit(ctx context.Context, repository *history.Repository, zone *time.Location) (commit string, day model.Day, err error) {
	if day, err := model.ParseDay(p.options.at); err == nil {
		commit, err := lastOfDay(ctx, repository, day, zone)
		return commit, day, err
	}
	commit, err = repository.Resolve(ctx, p.options.at)
	if refusal, is := errors.AsType[*phrase.Refusal](err); is {
		err = phrase.Refuse(refusal.What, phrase.Say("write a day as %s or %s, or name a commit, a branch or a tag", "18/12/2019", "2019-12-18"))
	}
	return commit, model.Day{}, err
}
