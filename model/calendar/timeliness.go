package calendar

import "example.org/tiendo/model/phrase"

// DueSoonDays is how many days before its last day a thing counts as due soon.
const DueSoonDays = 3

// Judge says how something that is not yet done stands today.
func (d Deadline) Judge(today Day) Timeliness {
	if d.IsZero() {
		return NoDeadline
	}
	switch left := d.DaysLeft(today); {
	case left < 0:
		return Overdue
	case left == 0:
		return DueToday
	case left <= DueSoonDays:
		return DueSoon
	default:
		return OnTrack
	}
}

// Timeliness is derived from a status, its day and a deadline; it is never stored.
type Timeliness string

// The values of Timeliness. DueToday is a state of its own: it is neither late nor "some days left".
const (
	OnTrack       Timeliness = "on_track"
	DueSoon       Timeliness = "due_soon"
	DueToday      Timeliness = "due_today"
	Overdue       Timeliness = "overdue"
	DoneOnTime    Timeliness = "done_on_time"
	DoneLate      Timeliness = "done_late"
	DoneUndated   Timeliness = "done_undated" // done, but the file does not say when: nobody can judge it
	NoDeadline    Timeliness = "no_deadline"  // it has no day, done or not: it is neither in time nor late
	Supports      Timeliness = "support"      // the unit does not answer for it
	NotApplicable Timeliness = "not_applicable"
	Unknown       Timeliness = "unknown"  // the unit's file is broken
	Unread        Timeliness = "unread"   // the unit's file has not been read yet
	Disputed      Timeliness = "disputed" // two people have written different things, and nobody has decided
	SentOnTime    Timeliness = "on_time"  // a report whose first submission met the deadline
	SentLate      Timeliness = "late"
	SentUndated   Timeliness = "undated"
	NotExpected   Timeliness = "not_expected" // the unit was not on the roster on the deadline day
)

var timelinessLabels = map[Timeliness]phrase.Sentence{
	OnTrack:       phrase.Say("on track"),
	DueSoon:       phrase.Say("due soon"),
	DueToday:      phrase.Say("due today"),
	Overdue:       phrase.Say("overdue"),
	DoneOnTime:    phrase.Say("done on time"),
	DoneLate:      phrase.Say("done late"),
	DoneUndated:   phrase.Say("status::done, day not known"),
	NoDeadline:    phrase.Say("no deadline is given"),
	Supports:      phrase.Say("supports"),
	NotApplicable: phrase.Say("not applicable"),
	Unknown:       phrase.Say("not known"),
	Unread:        phrase.Say("not read yet"),
	Disputed:      phrase.Say("status::in dispute"),
	SentOnTime:    phrase.Say("on time"),
	SentLate:      phrase.Say("late"),
	SentUndated:   phrase.Say("report::day not known"),
	NotExpected:   phrase.Say("not expected"),
}

// Label is the timeliness in words.
func (t Timeliness) Label(language phrase.Language) string {
	return phrase.In(language).Say(timelinessLabels[t])
}
