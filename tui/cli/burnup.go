package cli

import (
	"context"
	"slices"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/store"
)

// burnUp is the board at the end of each day of the campaign up to today, as the
// history says. Days before the history begins are left out; without a history there are none.
func (p *program) burnUp(ctx context.Context, folder *folder) []*model.Board {
	repository, err := history.Open(ctx, folder.dir)
	if err != nil {
		return nil
	}
	plan := &folder.campaign.Plan
	last := plan.Ends
	if due := plan.Reporting.Deadline.LastDay(); due.After(last) {
		last = due
	}
	if folder.today.Before(last) {
		last = folder.today
	}
	tip := "HEAD"
	if folder.asOfCommit != "" {
		tip = folder.asOfCommit
	}
	days, err := repository.LastOfDays(ctx, tip, plan.Starts, last, plan.TimeZone)
	if err != nil {
		return nil // a repository without a commit
	}
	commits := slices.DeleteFunc(slices.Compact(slices.Clone(days)), func(commit string) bool { return commit == "" })
	slices.Reverse(commits) // the newest says where the records lie
	states, err := repository.States(ctx, folder.dir, commits)
	if err != nil {
		return nil
	}
	campaigns := map[string]*model.Campaign{}
	past := store.NewPast(folder.shown)
	for i, commit := range commits {
		if campaign, err := past.Load(ctx, states[i]); err == nil {
			campaigns[commit] = campaign
		}
	}
	var boards []*model.Board
	for i, commit := range days {
		if campaign := campaigns[commit]; campaign != nil {
			boards = append(boards, model.NewBoard(campaign, plan.Starts.Add(i)))
		}
	}
	return boards
}
