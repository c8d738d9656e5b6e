package workspace

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/store"
)

// BurnUp is how far all were at the end of each day of the campaign up to today, and on to the
// last report that came in after it, as the history says. Days before the history begins are left out; without a
// history there are none. The error says why the history cannot be read.
func (w *Workspace) BurnUp(ctx context.Context) ([]model.Progression, error) {
	repository, err := w.reading(ctx)
	if err != nil {
		return nil, nil //nolint:nilerr // without a history there is nothing to read
	}
	present := w.Campaign
	if present.Unread > 0 { // it is the picture with which a dashboard has begun
		if present, err = w.Store.Load(ctx); err != nil {
			return nil, nil //nolint:nilerr // the dashboard says it
		}
	}
	plan := &present.Plan
	first, last := present.FirstDay(), present.LastRecord()
	if today := w.Day(); today.Before(last) {
		last = today
	}
	if first.IsZero() { // the plan has no period, and nobody has recorded anything
		return nil, nil
	}
	days, err := repository.LastOfDays(ctx, cmp.Or(w.AsOfCommit, "HEAD"), first, last, plan.TimeZone)
	if err != nil {
		return nil, unreadable(err)
	}
	commits := slices.DeleteFunc(slices.Compact(slices.Clone(days)), func(commit string) bool { return commit == "" })
	slices.Reverse(commits) // the newest says where the records lie
	states, err := repository.States(ctx, w.Dir, commits)
	if err != nil {
		return nil, unreadable(err)
	}
	campaigns := map[string]*model.Campaign{}
	past := store.NewPast(w.Shown)
	for i, commit := range commits {
		if campaign, err := past.Load(ctx, states[i]); err == nil {
			campaigns[commit] = campaign
		}
	}
	var progressions []model.Progression
	var board *model.Board
	for i, commit := range days {
		if campaign := campaigns[commit]; campaign != nil {
			board = board.Onward(campaign, first.Add(i)) // of a day only the records that it has changed are counted
			progressions = append(progressions, board.Progression())
		}
	}
	return progressions, nil
}

// unreadable is an error if it says that the history cannot be read: without a commit there is none yet.
func unreadable(err error) error {
	if unread, is := errors.AsType[*history.UnreadableError](err); is {
		return unread
	}
	return nil
}
