package model

import (
	"slices"
	"time"

	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/document"
	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/sums"
)

// Plan is one campaign plan: the administrative document and what the program needs to follow it.
type Plan struct {
	ID         string
	Language   phrase.Language // of the document, and the default of the screen
	TimeZone   *time.Location
	Starts     calendar.Day // both days belong to the campaign; zero: none is given
	Ends       calendar.Day
	Theme      string
	Period     string       // as printed
	MadeUp     calendar.Day // set in a demonstration: its progress is invented, and this is its "today"
	Document   document.Document
	Calendar   *calendar.Calendar // nil: none is given
	Reporting  Reporting
	Goals      []Goal
	Messages   []Message
	Channels   []Channel
	Headings   []Heading
	Activities []Activity
}

// Reporting is where the units' reports go and by when.
type Reporting struct {
	To       string            // unit that consolidates; "" for none
	From     []string          // ids of groups or units that report; nil: all on the roster
	Deadline calendar.Deadline // of the one report, in a plan without periods; zero: none
	Closes   calendar.Day      // the last day whose figures belong to the one report; zero: it is not said
	Upward   string            // who gets the consolidated report
	Rule     calendar.Rule     // makes most of Periods; one that makes none has no Every
	Periods  calendar.Periods  // in the order in which they are over; none: there is one report
	Reopens  bool              // a report that is returned counts as not received again
}

// Asked reports whether the plan asks its units for reports at all: it names to whom, or by when.
func (r *Reporting) Asked() bool { return r.To != "" || !r.Deadline.IsZero() || len(r.Periods) > 0 }

// DeadlineOf is the deadline of the reports of a period; with "" that of the one report.
func (r *Reporting) DeadlineOf(id string) calendar.Deadline {
	if period := r.Periods.Find(id); period != nil {
		return period.Deadline
	}
	return r.Deadline
}

// Expects reports whether the plan asks a unit for a report; that it is on the roster then is another question.
func (r *Reporting) Expects(unit *Unit) bool {
	return r.Asked() && (r.From == nil || slices.Contains(r.From, unit.ID) || slices.Contains(r.From, unit.Group))
}

type (
	// Goal is an aim or a requirement.
	Goal = document.Goal
	// GoalKind tells aims from requirements.
	GoalKind = document.GoalKind
	// Message is a slogan that the plan gives.
	Message = document.Message
	// Channel is a way of spreading messages.
	Channel = document.Channel
	// Section tells activities from duties.
	Section = document.Section
	// Heading stands above some activities, as printed.
	Heading = document.Heading
)

// The kinds of goals, and the sections.
const (
	Aim             = document.Aim
	Requirement     = document.Requirement
	ActivitySection = document.ActivitySection
	DutySection     = document.DutySection
)

// Activity is something that units carry out.
type Activity struct {
	duty.Duty
	ID         string
	Section    Section
	Heading    string // id of the heading above it; "" for none
	Title      string
	Text       string
	Sic        string
	Goals      []string
	From       calendar.Day      // the first day; zero: it is not said
	When       string            // a time in words, as printed
	Deadline   calendar.Deadline // without one of its own or a time in words, the end of the campaign; zero: none
	Product    string            // what is to come of it
	Indicators sums.Indicators
}

// SameSection reports whether two activities stand under one heading.
func (a *Activity) SameSection(b *Activity) bool {
	return a.Section == b.Section && a.Heading == b.Heading
}

// Indicator is a figure that units report on an activity. Indicators are not from the plan.
type Indicator = sums.Indicator

// Indicator finds an indicator of the activity by id.
func (a *Activity) Indicator(id string) (Indicator, bool) { return a.Indicators.Find(id) }

// FigureName is the name of the indicator of a figure, with its period if it has one.
func (a *Activity) FigureName(key string) string { return a.Indicators.FigureName(key) }

// FullName is the name of an indicator, of a part with that of its whole.
func (a *Activity) FullName(indicator Indicator) string { return a.Indicators.FullName(indicator) }

// Activity finds an activity by id, nil when there is none.
func (p *Plan) Activity(id string) *Activity {
	return find(p.Activities, func(activity *Activity) bool { return activity.ID == id })
}

// Message finds a message by id, nil when there is none.
func (p *Plan) Message(id string) *Message {
	return find(p.Messages, func(message *Message) bool { return message.ID == id })
}

// ChannelName is the name of a channel, or its id where the plan does not name it.
func (p *Plan) ChannelName(id string) string {
	if found := find(p.Channels, func(channel *Channel) bool { return channel.ID == id }); found != nil {
		return found.Name
	}
	return id
}

// LastDay is the last day of the campaign, or that of a report or an activity when it is later; zero: none has one.
func (p *Plan) LastDay() calendar.Day {
	last := calendar.Deadline{Day: p.Ends, Calendar: p.Calendar}.LastDay().Later(p.Reporting.Deadline.LastDay())
	for _, period := range p.Reporting.Periods {
		last = last.Later(period.End())
	}
	for i := range p.Activities {
		last = last.Later(p.Activities[i].Deadline.LastDay())
	}
	return last
}

// Phase says where a day lies relative to the campaign; one without an end does not end, nor does one of which
// something is still to come: a day after its end is normal.
func (p *Plan) Phase(today calendar.Day) calendar.Phase {
	switch {
	case today.Before(p.Starts):
		return calendar.Upcoming
	case !p.Ends.IsZero() && today.After(p.LastDay()):
		return calendar.Ended
	default:
		return calendar.Running
	}
}

// ActivityIDs lists the ids in plan order.
func (p *Plan) ActivityIDs() []string {
	return idsOf(p.Activities, func(activity *Activity) string { return activity.ID })
}

// MessageIDs lists the ids in plan order.
func (p *Plan) MessageIDs() []string {
	return idsOf(p.Messages, func(message *Message) string { return message.ID })
}

// MaxID is the length of the longest id.
const MaxID = 64

// IsID reports the form that every id in the data files has: ^[a-z0-9][a-z0-9-]{0,63}$.
func IsID(s string) bool {
	if s == "" || len(s) > MaxID || s[0] == '-' {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if c != '-' && (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}
