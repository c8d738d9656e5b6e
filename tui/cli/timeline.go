package cli

import (
	"cmp"
	"context"
	"sync"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/store"
	"example.org/tiendo/tui/changes"
)

// pageSize is how many commits the tab of changes reads at once.
const pageSize = 100

// timeline is the history of a data folder as all dashboards of the process ask for
// it. One question is answered at a time: however many people ask, and however
// often, git takes no more of the machine than one of them would.
type timeline struct {
	folder *folder

	turn   sync.Mutex // held while git is asked; guards what follows
	burnUp []model.Progression
	known  string // the commit and the day for which the burn-up was read
}

// timeline gives the history to a dashboard; nil when there is none.
func (f *folder) timeline() changes.Record {
	if f.repository == nil {
		return nil
	}
	f.past.turn.Lock()
	defer f.past.turn.Unlock()
	f.past.folder = f
	return &f.past
}

// conflicts gives what waits for a decision to a dashboard; nil when nothing can.
func (f *folder) conflicts() changes.Conflicts {
	if f.repository == nil || f.opened == nil || f.asOfCommit != "" {
		return nil
	}
	return f.opened
}

// BurnUp is how the campaign went, day by day. It is read once for every commit.
func (t *timeline) BurnUp(ctx context.Context) []model.Progression {
	t.turn.Lock()
	defer t.turn.Unlock()
	head := t.folder.repository.Head() // "" when only git could tell
	known := head + " " + t.folder.currentDay().String()
	if t.known != known || head == "" {
		t.burnUp, t.known = t.folder.burnUp(ctx), known
	}
	return t.burnUp
}

// Page reads some commits, after passing over those of earlier pages. Without
// a tip it begins with the last commit, or with that of --at.
func (t *timeline) Page(ctx context.Context, tip string, skip int) (changes.Page, error) {
	t.turn.Lock()
	defer t.turn.Unlock()
	page := changes.Page{}
	options := history.LogOptions{Max: pageSize, Skip: skip, Read: &page.Read}
	if tip = cmp.Or(tip, t.folder.asOfCommit); tip != "" {
		options.Range = []string{tip}
	}
	err := t.folder.repository.Log(ctx, t.folder.dir, store.NewPast(t.folder.shown), options, func(revision review.Revision) bool {
		page.Revisions = append(page.Revisions, revision)
		return true
	})
	page.More = page.Read == pageSize
	return page, err
}

// Diff is what a commit changed, as git shows it.
func (t *timeline) Diff(ctx context.Context, commit string) ([]string, error) {
	t.turn.Lock()
	defer t.turn.Unlock()
	return t.folder.repository.Diff(ctx, t.folder.dir, commit)
}

// Unread lists the commits that a person has still to review.
func (t *timeline) Unread(ctx context.Context, person model.Person) ([]string, error) {
	t.turn.Lock()
	defer t.turn.Unlock()
	return t.folder.repository.Unread(ctx, t.folder.dir, store.NewPast(t.folder.shown), person, maxUnread)
}

// MarkReviewed keeps up to where a person has reviewed.
func (t *timeline) MarkReviewed(ctx context.Context, person model.Person, commit string) error {
	return t.folder.repository.MarkReviewed(ctx, person.ID, commit)
}

// AsOf is the campaign as it was at the end of a day, and the last commit of that day.
func (t *timeline) AsOf(ctx context.Context, day model.Day) (*model.Campaign, string, error) {
	t.turn.Lock()
	defer t.turn.Unlock()
	commit, err := lastOfDay(ctx, t.folder.repository, day, t.folder.campaign.Plan.TimeZone)
	if err != nil {
		return nil, "", err
	}
	campaign, _, err := stateAt(ctx, t.folder.repository, t.folder, commit, day)
	return campaign, commit, err
}
