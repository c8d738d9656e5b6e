package cli

import (
	"context"
	"slices"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/store"
)

// burnUp is how far all were at the end of each day of the campaign up to today, and on to the
// last report that came in after it, as the history says. Days before the history begins are left out; without a history there are none.
func (f *folder) burnUp(ctx context.Context) []model.Progression {
	repository := f.repository
	if repository == nil {
		var err error
		if repository, err = history.Open(ctx, f.dir); err != nil {
			return nil
		}
	}
	plan := &f.campaign.Plan
	last := f.campaign.LastRecord()
	if today := f.currentDay(); today.Before(last) {
		last = today
	}
	tip := "HEAD"
	if f.asOfCommit != "" {
		tip = f.asOfCommit
	}
	days, err := repository.LastOfDays(ctx, tip, plan.Starts, last, plan.TimeZone)
	if err != nil {
		return nil // a repository without a commit
	}
	commits := slices.DeleteFunc(slices.Compact(slices.Clone(days)), func(commit string) bool { return commit == "" })
	slices.Reverse(commits) // the newest says where the records lie
	states, err := repository.States(ctx, f.dir, commits)
	if err != nil {
		return nil
	}
	campaigns := map[string]*model.Campaign{}
	past := store.NewPast(f.shown)
	for i, commit := range commits {
		if campaign, err := past.Load(ctx, states[i]); err == nil {
			campaigns[commit] = campaign
		}
	}
	var progressions []model.Progression
	for i, commit := range days {
		if campaign := campaigns[commit]; campaign != nil {
			progressions = append(progressions, model.NewBoard(campaign, plan.Starts.Add(i)).Progression())
		}
	}
	return progressions
}
