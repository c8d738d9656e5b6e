package workspace

import (
	"context"
	"sync/atomic"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
)

// Clock is the time that is written into the record: the real time, whatever day
// is looked at. Only a made-up plan has a time of its own, which runs on from its last change.
type Clock struct {
	System func() time.Time
	Plan   atomic.Pointer[model.Plan] // set when the plan has been read
	madeUp atomic.Pointer[running]    // of a made-up plan; nil: it has no change yet
}

// running is the clock of a made-up plan: it was at from when the system's was at since.
type running struct{ from, since time.Time }

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
	if madeUp := c.madeUp.Load(); madeUp != nil {
		return madeUp.from.Add(now.Sub(madeUp.since)).In(plan.TimeZone).Truncate(time.Second)
	}
	day := plan.MadeUp
	return time.Date(day.Year, day.Month, day.Day, now.Hour(), now.Minute(), now.Second(), 0, plan.TimeZone)
}

// RunOnFrom lets the clock of a made-up plan run on from its last change, a second after it.
func (c *Clock) RunOnFrom(last time.Time) {
	if !last.IsZero() {
		c.madeUp.CompareAndSwap(nil, &running{from: last.Add(time.Second), since: c.System()})
	}
}

// aftermath is for how many days after its end a made-up plan may have changes: a commit by hand bears the real time.
const aftermath = 60

// lastChange is the time of the last change of a made-up plan: that of its last commit, or of what was read of its
// records. It is zero where there is none.
func (w *Workspace) lastChange(ctx context.Context) time.Time {
	plan, last := &w.Campaign.Plan, time.Time{}
	end := plan.LastDay().Add(aftermath).Midnight(plan.TimeZone)
	consider := func(at time.Time) {
		if at.After(last) && at.Before(end) {
			last = at
		}
	}
	if w.Repository != nil {
		consider(w.Repository.LastRecorded(ctx))
	}
	for _, progress := range w.Campaign.Progress {
		consider(progress.Report.At)
		for _, entry := range progress.Activities {
			_, at := model.LastChange(entry)
			consider(at)
		}
		for _, use := range progress.Messages {
			consider(use.At)
		}
	}
	return last
}

// Behind says that the machine's clock shows a time before the last commit. A made-up plan has a time of its own.
func (w *Workspace) Behind(ctx context.Context) error {
	if w.Repository == nil || !w.Campaign.Plan.MadeUp.IsZero() {
		return nil
	}
	return w.Repository.ClockBehind(ctx, w.Clock.System(), w.Campaign.Plan.TimeZone)
}

// Today is the day that the record's clock shows.
func (c *Clock) Today(zone *time.Location) calendar.Day { return calendar.DayIn(c.Now(), zone) }
