package duty

import "time"

// Reminder is one letter (đôn đốc) that the Office has sent to a unit.
type Reminder struct {
	Unit   string
	Period string // of the report that it asks for; "" in a plan without periods
	Number int    // counts those to this unit for this period, from 1
	By     string
	At     time.Time
}

// Equal compares the whole reminder.
func (r Reminder) Equal(other Reminder) bool {
	return r.Unit == other.Unit && r.Period == other.Period && r.Number == other.Number && r.By == other.By &&
		r.At.Equal(other.At)
}

// For reports whether two reminders ask the same unit for the same report.
func (r Reminder) For(other Reminder) bool { return r.Unit == other.Unit && r.Period == other.Period }

// NextReminder is a reminder to a unit for a period, with the number that follows those sent. Who sends it and when is
// written with the change.
func NextReminder(sent []Reminder, unit, period string) Reminder {
	next := Reminder{Unit: unit, Period: period, Number: 1}
	for _, reminder := range sent {
		if reminder.For(next) {
			next.Number = max(next.Number, reminder.Number+1)
		}
	}
	return next
}
