package cli

import (
	"context"
	"errors"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/workspace"
)

// goBack puts the state of --at in the place of the present one, and its day in the place of today.
func (p *program) goBack(ctx context.Context, folder *workspace.Workspace) error {
	repository, err := history.Open(ctx, folder.Dir)
	if err != nil {
		return err
	}
	zone := time.UTC
	if present, err := folder.Store.Load(ctx); err == nil {
		zone = present.Plan.TimeZone
	}
	commit, day, err := p.pastCommit(ctx, repository, zone)
	if err != nil {
		return err
	}
	campaign, day, err := workspace.StateAt(ctx, repository, folder, commit, day)
	if err != nil {
		return err
	}
	folder.Store = &workspace.PastStore{Campaign: campaign}
	folder.AsOf, folder.AsOfCommit = day, commit
	return nil
}

// pastCommit is the commit that --at means: that of a revision, or the last one of a day, and that day.
func (p *program) pastCommit(ctx context.Context, repository *history.Repository, zone *time.Location) (commit string, day model.Day, err error) {
	if day, err := model.ParseDay(p.options.at); err == nil {
		commit, err := workspace.LastOfDay(ctx, repository, day, zone)
		return commit, day, err
	}
	commit, err = repository.Resolve(ctx, p.options.at)
	if refusal, is := errors.AsType[*phrase.Refusal](err); is {
		err = phrase.Refuse(refusal.What, phrase.Say("write a day as %s or %s, or name a commit, a branch or a tag", "18/12/2019", "2019-12-18"))
	}
	return commit, model.Day{}, err
}
