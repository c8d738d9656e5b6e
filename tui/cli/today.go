package cli

import (
	"errors"
	"sync/atomic"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// todayGiven is the day of --today or TIENDO_TODAY; no day when neither is given.
func (p *program) todayGiven() (model.Day, bool, error) {
	value, source := p.setting("today", p.options.today, envToday)
	if source == "" {
		return model.Day{}, false, nil
	}
	day, err := parseDay(source, value)
	return day, err == nil, err
}

// parseDay reads the day that a flag, or what stands for it, is given.
func parseDay(flag, value string) (model.Day, error) {
	day, err := model.ParseDay(value)
	if refusal, ok := errors.AsType[*phrase.Refusal](err); ok {
		return day, wrongUsage(phrase.Say("%s: %s", flag, refusal.What), refusal.Hint)
	}
	return day, err
}

// clock is the time that is written into the record: the real time, whatever day
// is looked at. Only a made-up plan has a time of its own.
type clock struct {
	now  func() time.Time
	plan atomic.Pointer[model.Plan] // set when the plan has been read
}

// Now is the time to record, in the plan's time zone.
func (c *clock) Now() time.Time {
	now := c.now()
	plan := c.plan.Load()
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

// Today is the day that the record's clock shows.
func (c *clock) Today(zone *time.Location) model.Day { return model.DayIn(c.Now(), zone) }
