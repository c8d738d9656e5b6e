package cli

import (
	"context"

	"example.org/tiendo/model/workspace"
)

// load opens the data folder for changes and reads it.
func (p *program) load(ctx context.Context) (*workspace.Workspace, error) {
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
func (p *program) loadReadOnly(ctx context.Context) (*workspace.Workspace, error) {
	folder, err := p.openReadOnly()
	if err != nil {
		return nil, err
	}
	return folder, p.read(ctx, folder)
}

// read loads the campaign and settles language and day. Problems in the files
// are part of the campaign; only a plan that cannot be used is an error.
func (p *program) read(ctx context.Context, folder *workspace.Workspace) error {
	if p.options.at != "" {
		if err := p.goBack(ctx, folder); err != nil {
			return err
		}
	}
	campaign, err := folder.Store.Load(ctx)
	if err != nil {
		return err
	}
	p.speak(campaign.Plan.Language)
	p.loaded = campaign
	if err := p.admit(campaign); err != nil {
		return err
	}
	folder.Campaign = campaign
	folder.Clock.Plan.Store(&campaign.Plan)
	if folder.Today, folder.TodaySet, err = p.todayGiven(); err != nil {
		return err
	}
	if !folder.TodaySet && !folder.AsOf.IsZero() {
		folder.Today, folder.TodaySet = folder.AsOf, true
	}
	folder.Today = folder.Day()
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
