package model

import (
	"example.org/tiendo/model/calendar"
)

// DueSoonDays is how many days before its last day a thing counts as due soon.
const DueSoonDays = 3

// stateBy says how something not yet done stands today.
func stateBy(deadline calendar.Deadline, today calendar.Day) Timeliness {
	switch left := deadline.DaysLeft(today); {
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
	NotApplicable Timeliness = "not_applicable"
	Unknown       Timeliness = "unknown"  // the unit's file is broken
	Disputed      Timeliness = "disputed" // two people have written different things, and nobody has decided
	SentOnTime    Timeliness = "on_time"  // a report whose first submission met the deadline
	SentLate      Timeliness = "late"
	SentUndated   Timeliness = "undated"
	NotExpected   Timeliness = "not_expected" // the unit was not on the roster on the deadline day
)

// Phase says where a day lies relative to the campaign.
type Phase string

// The phases of a campaign. After the campaign nothing counts down any more.
const (
	Upcoming Phase = "upcoming"
	Running  Phase = "running"
	Ended    Phase = "ended"
)
