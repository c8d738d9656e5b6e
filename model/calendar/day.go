package calendar

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"example.org/tiendo/model/phrase"
)

// Day is a calendar day without a time zone. The zero value means "no day".
type Day struct {
	Year  int
	Month time.Month
	Day   int // of the month, from 1
}

// Date makes a Day and brings out-of-range values into the calendar, as time.Date does.
func Date(year int, month time.Month, day int) Day {
	return dayOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// DayIn is the calendar day of an instant in a time zone.
func DayIn(t time.Time, zone *time.Location) Day {
	if t.IsZero() {
		return Day{}
	}
	return dayOf(t.In(zone))
}

// ParseDay reads a day as people write it, 18/12/2019, or as the data files do, 2019-12-18,
// and refuses days that the calendar does not have.
func ParseDay(s string) (Day, error) {
	for _, form := range []string{time.DateOnly, "2/1/2006"} {
		if t, err := time.Parse(form, s); err == nil {
			return dayOf(t), nil
		}
	}
	return Day{}, phrase.Refuse(phrase.Say("%q is not a day", s),
		phrase.Say("write a day as %s or %s", "18/12/2019", "2019-12-18"))
}

// ParseNear reads a day as ParseDay does, and one without its year, 18/12.
func ParseNear(s string, year int) (Day, error) {
	s = strings.TrimSpace(s)
	if strings.Count(s, "/") == 1 {
		return ParseDay(s + "/" + strconv.Itoa(year))
	}
	return ParseDay(s)
}

// WithYear adds its year to a day that was typed without one, 18/12: that in which it lies from the first to the last
// day of a plan, else that of both. Where this is not plain, or anything else was typed, it stays as it is; a plan
// without days is one of this year.
func WithYear(typed string, first, last, today Day) string {
	if strings.Count(typed, "/") != 1 {
		return typed
	}
	if first.IsZero() || last.IsZero() {
		first, last = Date(today.Year, time.January, 1), Date(today.Year, time.December, 31)
	}
	found := ""
	for year := first.Year; year <= last.Year; year++ {
		with := strings.TrimSpace(typed) + "/" + strconv.Itoa(year)
		day, err := ParseDay(with)
		switch {
		case err != nil:
		case first.Year == last.Year:
			return with
		case day.Before(first) || day.After(last):
		case found != "":
			return typed
		default:
			found = with
		}
	}
	return cmp.Or(found, typed)
}

// Joins is the first day on the roster of a unit that joins today: from the beginning, the zero day, while the campaign
// has not begun or has no activities yet.
func Joins(starts, today Day, activities int) Day {
	if activities == 0 || today.Before(starts) {
		return Day{}
	}
	return today
}

func dayOf(t time.Time) Day {
	year, month, day := t.Date()
	return Day{Year: year, Month: month, Day: day}
}

// IsZero reports whether d is "no day".
func (d Day) IsZero() bool { return d == Day{} }

// String is YYYY-MM-DD, or "" for no day.
func (d Day) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// Printed is the day as people in Vietnam write it, dd/mm/yyyy, in both languages; "" for the zero day.
func (d Day) Printed() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%02d/%02d/%04d", d.Day, int(d.Month), d.Year)
}

// Midnight is the instant at which the day begins in a time zone.
func (d Day) Midnight(zone *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, zone)
}

// Add is the day n days later, or earlier when n is negative.
func (d Day) Add(n int) Day { return Date(d.Year, d.Month, d.Day+n) }

// DaysUntil counts the days from d to other: 0 for the same day, negative when other is earlier.
func (d Day) DaysUntil(other Day) int {
	const day = 24 * time.Hour
	return int(other.Midnight(time.UTC).Sub(d.Midnight(time.UTC)) / day)
}

// Before reports whether d is earlier than other.
func (d Day) Before(other Day) bool { return d.DaysUntil(other) > 0 }

// After reports whether d is later than other.
func (d Day) After(other Day) bool { return d.DaysUntil(other) < 0 }

// Later is the later one of two days; any day is later than none.
func (d Day) Later(other Day) Day {
	if other.After(d) {
		return other
	}
	return d
}

// Weekday is the day of the week.
func (d Day) Weekday() time.Weekday { return d.Midnight(time.UTC).Weekday() }

// Clock writes a moment to the minute as it is in a zone, which is the plan's wherever a person reads it; a nil zone
// leaves the moment in its own.
func Clock(at time.Time, zone *time.Location) string {
	if zone != nil {
		at = at.In(zone)
	}
	return at.Format("02/01/2006 15:04")
}
