package workspace

import (
	"cmp"
	"context"
	"sync"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/store"
)

// pageSize is how many commits the tab of changes reads at once.
const pageSize = 100

// Timeline is the history of a data folder as all dashboards of the process ask for it. One question is answered at a
// time, beside the count of what is unread: however many people ask, and however often, git takes no more of the
// machine than two of them would.
type Timeline struct {
	workspace *Workspace

	counting sync.Mutex // held while git counts what is unread, which may be long: who reads does not wait for it

	turn   sync.Mutex // held while git is asked for anything else; guards what follows
	burnUp []model.Progression
	known  string // the commit and the day for which the burn-up was read

	effects map[string][]review.Effect // by commit, as far as they were asked for

	past walk // through the days that were asked for

	last   map[string]time.Time
	lastOf string // the commit up to which last was read
}

// Timeline gives the history to a dashboard; nil when there is none.
func (w *Workspace) Timeline() *Timeline {
	if w.Repository == nil {
		return nil
	}
	w.past.turn.Lock()
	defer w.past.turn.Unlock()
	w.past.workspace = w
	return &w.past
}

// Conflicts gives what waits for a decision to a dashboard; nil when nothing can.
func (w *Workspace) Conflicts() *store.Store {
	if w.Repository == nil || w.Opened == nil || w.AsOfCommit != "" {
		return nil
	}
	return w.Opened
}

// Undecided lists what waits for a decision: the conflicts of a merge in progress, and what is in dispute in the
// records.
func (w *Workspace) Undecided(ctx context.Context) ([]review.MergeConflict, error) {
	open, err := w.Opened.Conflicts(ctx)
	return append(open, review.Disputes(w.Campaign)...), err
}

// BurnUp is how the campaign went, day by day. It is read once for every commit.
func (t *Timeline) BurnUp(ctx context.Context) []model.Progression {
	t.turn.Lock()
	defer t.turn.Unlock()
	head := t.workspace.Repository.Head() // "" when only git could tell
	known := head + " " + t.workspace.Day().String()
	if t.known != known || head == "" {
		t.burnUp, _ = t.workspace.BurnUp(ctx) // what cannot be read is said where the history is shown
		t.known = known
	}
	return t.burnUp
}

// LastChanges is history.LastChanges up to now. It is read once for every commit.
func (t *Timeline) LastChanges(ctx context.Context) (map[string]time.Time, error) {
	t.turn.Lock()
	defer t.turn.Unlock()
	head := t.workspace.Repository.Head() // "" when only git could tell
	if t.last != nil && t.lastOf == head && head != "" {
		return t.last, nil
	}
	last, err := history.LastChanges(ctx, t.workspace.Repository, cmp.Or(t.workspace.AsOfCommit, "HEAD"))
	if err == nil {
		t.last, t.lastOf = last, head
	}
	return last, err
}

// Page reads some commits, after passing over those of earlier pages. Without
// a tip it begins with the last commit, or with that of --at.
func (t *Timeline) Page(ctx context.Context, tip string, skip int) (review.Page, error) {
	t.turn.Lock()
	defer t.turn.Unlock()
	page := review.Page{}
	options := history.LogOptions{Max: pageSize, Skip: skip, Read: &page.Read}
	if tip = cmp.Or(tip, t.workspace.AsOfCommit); tip != "" {
		options.Range = []string{tip}
	}
	err := t.workspace.Repository.Log(ctx, t.workspace.Dir, store.NewPast(t.workspace.Shown), options,
		func(revision review.Revision) bool {
			page.Revisions = append(page.Revisions, revision)
			return true
		})
	page.More = page.Read == pageSize
	if skip == 0 {
		page.Beside = t.workspace.Repository.InNoCommit(ctx, t.workspace.Dir)
	}
	return page, err
}

// Diff is what a commit changed, as git shows it.
func (t *Timeline) Diff(ctx context.Context, commit string) ([]string, error) {
	t.turn.Lock()
	defer t.turn.Unlock()
	return t.workspace.Repository.Diff(ctx, t.workspace.Dir, commit)
}

// Effects are what a commit did to the figures of its day. They are read once for every commit.
func (t *Timeline) Effects(ctx context.Context, commit string) ([]review.Effect, error) {
	t.turn.Lock()
	defer t.turn.Unlock()
	if effects, known := t.effects[commit]; known {
		return effects, nil
	}
	var effects []review.Effect
	err := t.workspace.Repository.Log(ctx, t.workspace.Dir, store.NewPast(t.workspace.Shown),
		history.LogOptions{Range: []string{commit}, NoWalk: true, Effects: true}, func(revision review.Revision) bool {
			effects = revision.Effects
			return true
		})
	if err == nil {
		if t.effects == nil {
			t.effects = map[string][]review.Effect{}
		}
		t.effects[commit] = effects
	}
	return effects, err
}

// Effects are what differences between two states do to the figures of the day that is judged by.
func (w *Workspace) Effects(before, after *model.Campaign, differences []review.Difference) []review.Effect {
	if after.Plan.TimeZone == nil || !review.Counts(differences) {
		return nil
	}
	today := w.Today
	if !w.TodaySet {
		today = w.Clock.Today(after.Plan.TimeZone)
	}
	return review.Effects(before, after, today)
}

// Unread lists the commits that a person has still to review.
func (t *Timeline) Unread(ctx context.Context, person model.Person) ([]string, error) {
	t.counting.Lock()
	defer t.counting.Unlock()
	return t.workspace.Repository.Unread(ctx, t.workspace.Marks(), person, MaxUnread)
}

// MarkReviewed keeps up to where a person has reviewed, "" for nowhere, and says where that was before.
func (t *Timeline) MarkReviewed(ctx context.Context, person model.Person, commit string) (before string, err error) {
	repository, marks := t.workspace.Repository, t.workspace.Marks()
	if before, err = repository.Reviewed(ctx, marks, person.ID); err != nil {
		return "", err
	}
	return before, repository.MarkReviewed(ctx, marks, person.ID, commit)
}

// ClockBehind says that the machine's clock shows a time before the last commit, so that a record would bear a wrong
// one.
func (t *Timeline) ClockBehind(ctx context.Context) error { return t.workspace.Behind(ctx) }

// AsOf is the campaign as it was at the end of a day, and the last commit of that day.
func (t *Timeline) AsOf(ctx context.Context, day calendar.Day) (*model.Campaign, string, error) {
	t.turn.Lock()
	defer t.turn.Unlock()
	commit, err := lastOfDay(ctx, t.workspace.Repository, day, t.workspace.Campaign.Plan.TimeZone)
	if err != nil {
		return nil, "", err
	}
	campaign, _, err := t.past.to(ctx, t.workspace.Repository, t.workspace, commit, day)
	return campaign, commit, err
}

// MaxUnread is how many unread changes are counted; nobody reads more at once.
const MaxUnread = 1_000
