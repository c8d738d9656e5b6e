package workspace

import (
	"context"
	"sync/atomic"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
)

// Clock is the time that is written into the record: the real time, whatever day
// is looked at. Only a made-up plan has a time of its own.
type Clock struct {
	System func() time.Time
	Plan   atomic.Pointer[model.Plan] // set when the plan has been read
}

// Now is the time to record, in the plan's time zone.
func (c *Clock) Now() time.Time {
	now := c.System()
	plan := c.Plan.Load()
	if plan == nil {
		return now
	}
	now = now.In(plan.TimeZone)
	if plan.MadeUp.IsZero() {
		return now
	}
	day := plan.MadeUp
	return time.Date(day.Year, day.Month, day.Day, now.Hour(), now.Minute(), now.Second(), 0, plan.TimeZone)
}

// Behind says that the machine's clock shows a time before the last commit. A made-up plan has a time of its own.
func (w *Workspace) Behind(ctx context.Context) error {
	if w.Repository == nil || !w.Campaign.Plan.MadeUp.IsZero() {
		return nil
	}
	return w.Repository.ClockBehind(ctx, w.Clock.System().In(w.Campaign.Plan.TimeZone))
}

// Today is the day that the record's clock shows.
func (c *Clock) Today(zone *time.Location) calendar.Day { return calendar.DayIn(c.Now(), zone) }
