package calendar

import (
	"slices"
	"time"
)

// InPlaceOf is the key of plan.toml that goes when another one comes, since a deadline is told in one way only: until
// and before. It is "" for all other keys.
func InPlaceOf(key string) string {
	return map[string]string{"until": "before", "before": "until"}[key]
}

// Deadline is the end of the time in which something must be done. Vietnamese
// plans write "trước ngày D" (before D): the day itself is then too late.
type Deadline struct {
	Day      Day
	Excluded bool      // the day itself is too late
	Calendar *Calendar // of the plan; nil: it has none
}

// Calendar says which days are off beside Saturdays and Sundays, and what becomes of a last day that is one of them.
type Calendar struct {
	Holidays []Day // nil: the plan does not name them
	Next     bool  // such a last day moves to the next working day (Civil Code 2015, Art. 148); else it stays
}

// Off reports whether nobody works on a day.
func (c *Calendar) Off(d Day) bool {
	weekday := d.Weekday()
	return weekday == time.Saturday || weekday == time.Sunday || c != nil && slices.Contains(c.Holidays, d)
}

// KnowsHolidays reports whether the plan says which days are holidays.
func (c *Calendar) KnowsHolidays() bool { return c != nil && c.Holidays != nil }

// IsZero reports whether there is no deadline.
func (d Deadline) IsZero() bool { return d.Day.IsZero() }

// LastDay is the last acceptable day.
func (d Deadline) LastDay() Day {
	last := d.Written()
	for d.Calendar != nil && d.Calendar.Next && !last.IsZero() && d.Calendar.Off(last) {
		last = last.Add(1)
	}
	return last
}

// Written is the last day by what the plan says of it alone, whether anybody works then or not.
func (d Deadline) Written() Day {
	if d.Excluded && !d.Day.IsZero() {
		return d.Day.Add(-1)
	}
	return d.Day
}

// LastWorkingDay is the last working day that is not after LastDay. It may be a holiday where the plan does not name
// them.
func (d Deadline) LastWorkingDay() Day {
	last := d.LastDay()
	for !last.IsZero() && d.Calendar.Off(last) {
		last = last.Add(-1)
	}
	return last
}

// DaysLeft counts the days from today to the last acceptable day: 0 on the day itself, negative when it has passed.
func (d Deadline) DaysLeft(today Day) int { return today.DaysUntil(d.LastDay()) }

// Met reports whether something done on a day met the deadline.
func (d Deadline) Met(done Day) bool { return !done.After(d.LastDay()) }
