package changes

import (
	"context"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/review"
)

// Record is the history as the tab needs it. Commands call it beside the screen.
type Record interface {
	// Page reads some commits, newest first, after passing over so many. It begins
	// with a commit, or with the newest one where tip is "".
	Page(ctx context.Context, tip string, skip int) (review.Page, error)
	// Diff is what a commit changed, line by line, as git shows it.
	Diff(ctx context.Context, commit string) ([]string, error)
	// Effects are what a commit did to the figures of its day.
	Effects(ctx context.Context, commit string) ([]review.Effect, error)
	// Unread lists the commits that a person has still to review.
	Unread(ctx context.Context, person model.Person) ([]string, error)
	// MarkReviewed keeps up to which commit a person has reviewed, "" for none, and says up to which it was before.
	MarkReviewed(ctx context.Context, person model.Person, commit string) (before string, err error)
	// BurnUp is how the campaign went, day by day, up to now.
	BurnUp(ctx context.Context) []model.Progression
	// ClockBehind says that the machine's clock shows a time before the last commit; nil: it does not.
	ClockBehind(ctx context.Context) error
	// AsOf is the campaign as it was at the end of a day, and the last commit of that day.
	AsOf(ctx context.Context, day calendar.Day) (campaign *model.Campaign, commit string, err error)
}
