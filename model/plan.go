package model

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/sums"
)

// Plan is one campaign plan: the administrative document and what the program needs to follow it.
type Plan struct {
	ID         string
	Language   phrase.Language // of the document, and the default of the screen
	TimeZone   *time.Location
	Starts     calendar.Day // both days belong to the campaign
	Ends       calendar.Day
	Theme      string
	Period     string       // as printed
	MadeUp     calendar.Day // set in a demonstration: its progress is invented, and this is its "today"
	Document   Document
	Calendar   *calendar.Calendar // nil: none is given
	Reporting  Reporting
	Goals      []Goal
	Messages   []Message
	Channels   []Channel
	Activities []Activity
}

// Document is the administrative document, word for word.
type Document struct {
	Number          string // as printed, for example "Số: 1714 /KH-SCT"
	Type            string // KẾ HOẠCH
	Place           string
	Date            calendar.Day
	Dateline        string // place and date as printed
	Title           string
	Basis           string
	Issuer          string
	Headings        []Passage
	Closing         string
	RecipientsLabel string
	Recipients      []Passage
	Archive         string
	Signature       Signature
}

// Passage is a printed line. Sic says how it is probably meant where the source misleads.
type Passage struct{ ID, Text, Sic string }

// Signature is the end of the document: the title lines and the name.
type Signature struct {
	Titles []string
	Name   string
}

// Reporting is where the units' reports go and by when.
type Reporting struct {
	To       string // unit that consolidates
	Deadline calendar.Deadline
	Upward   string // who gets the consolidated report
}

// Asked reports whether the plan asks its units for reports at all: it names to whom, or by when.
func (r *Reporting) Asked() bool { return r.To != "" || !r.Deadline.IsZero() }

// GoalKind tells aims from requirements.
type GoalKind string

// The kinds of goals: mục đích and yêu cầu.
const (
	Aim         GoalKind = "aim"
	Requirement GoalKind = "requirement"
)

// Goal is an aim or a requirement of the plan.
type Goal struct {
	ID   string
	Kind GoalKind
	Text string
	Sic  string
}

// Message is one of the plan's slogans (thông điệp).
type Message struct{ ID, Text, Sic string }

// Channel is a way to spread a message. Channels are not from the plan.
type Channel struct{ ID, Name string }

// Section says where in the plan an activity stands.
type Section string

// The sections: nội dung hoạt động and nhiệm vụ (tổ chức thực hiện).
const (
	ActivitySection Section = "activity"
	DutySection     Section = "duty"
)

// Activity is something that units carry out.
type Activity struct {
	ID         string
	Section    Section
	Title      string
	Text       string
	Sic        string
	Assigned   []string // ids of groups or units
	Lead       string   // id of the unit that leads; "" for none
	Goals      []string
	Deadline   calendar.Deadline // never zero: without one of its own, the end of the campaign
	Indicators []Indicator
}

// Sum says how the figures of several units make a total.
type Sum = sums.Rule

// The ways to total an indicator. Percentages are never added: they use SumNone.
const (
	SumAdd, SumLast, SumNone = sums.Add, sums.Last, sums.None
)

// Indicator is a figure that units report on an activity. Indicators are not from the plan.
type Indicator struct {
	ID      string
	Name    string
	Measure string // unit of measure
	Sum     Sum
	PartOf  string   // id of the indicator that it must not exceed
	Target  *float64 // nil: none
}

// Percent reports whether the figure is a share of a whole.
func (i Indicator) Percent() bool { return i.Measure == "%" }

// Counted reports whether the figure counts things one by one, so that a fraction is doubtful: what is measured in
// money, time, length, area, weight or as a share does not.
func (i Indicator) Counted() bool {
	measured := []string{"%", "đồng", "vnđ", "giờ", "km", "m", "m2", "m²", "ha", "kg", "tấn", "lít", "điểm"}
	words := strings.Fields(strings.ToLower(i.Measure))
	return !slices.ContainsFunc(words, func(word string) bool { return slices.Contains(measured, word) })
}

// Most is the largest figure that can be.
func (i Indicator) Most() float64 {
	if i.Percent() {
		return 100
	}
	return MaxFigure
}

// Indicator finds an indicator of the activity by id.
func (a *Activity) Indicator(id string) (Indicator, bool) {
	if found := find(a.Indicators, func(indicator *Indicator) bool { return indicator.ID == id }); found != nil {
		return *found, true
	}
	return Indicator{}, false
}

// FullName is the name of an indicator. That of a part such as “Trong đó nữ” (of them women)
// says nothing by itself, so that the whole stands before it.
func (a *Activity) FullName(indicator Indicator) string {
	whole, isPart := a.Indicator(indicator.PartOf)
	if !isPart {
		return indicator.Name
	}
	first, size := utf8.DecodeRuneInString(indicator.Name)
	return whole.Name + " · " + string(unicode.ToLower(first)) + indicator.Name[size:]
}

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

// LastDay is the last day of the campaign, or that of the reports when it is later.
func (p *Plan) LastDay() calendar.Day {
	if due := p.Reporting.Deadline.LastDay(); due.After(p.end()) {
		return due
	}
	return p.end()
}

// end is the last day on which something may be done that is due at the end of the campaign.
func (p *Plan) end() calendar.Day {
	return calendar.Deadline{Day: p.Ends, Calendar: p.Calendar}.LastDay()
}

// Phase says where a day lies relative to the campaign.
func (p *Plan) Phase(today calendar.Day) Phase {
	switch {
	case today.Before(p.Starts):
		return Upcoming
	case today.After(p.end()):
		return Ended
	default:
		return Running
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

// Phase says where a day lies relative to the campaign.
type Phase string

// The phases of a campaign. After the campaign nothing counts down any more.
const (
	Upcoming Phase = "upcoming"
	Running  Phase = "running"
	Ended    Phase = "ended"
)
