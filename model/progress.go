package model

import (
	"cmp"
	"slices"
	"time"

	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/field"
)

// Status is how far a unit is with an activity, as stored.
type Status = duty.Status

// The values of Status. NA needs a note that says why.
const (
	Todo  = duty.Todo
	Doing = duty.Doing
	Done  = duty.Done
	NA    = duty.NA
)

// ReportStatus is how far a unit's report is, as stored. The zero value is "not sent".
type ReportStatus = duty.ReportStatus

// The values of ReportStatus.
const (
	NotSent   = duty.NotSent
	Draft     = duty.Draft
	Submitted = duty.Submitted
	Accepted  = duty.Accepted
	Returned  = duty.Returned
)

// Progress is what one unit has done. A nil map is an empty one.
type Progress struct {
	Unit       string
	Activities map[string]Entry
	Messages   map[string]Use
	Report     Report
	Reports    map[string]Report // by period
	From       *byte             // of what it was read from: the same one, the same reading; nil: it was not read
}

// Entry is a unit's progress on one activity. By and At say who set the status
// and when; a later change of the note, evidence or figures is signed by
// EditedBy and EditedAt, so that completing a note never makes a thing look done later than it was.
type Entry struct {
	Status   Status // "" is read as Todo
	By       string
	At       time.Time
	EditedBy string
	EditedAt time.Time
	Note     string
	Evidence []string           // links or file names
	Figures  map[string]float64 // by indicator id; a missing figure is blank, not zero
	Edits    []Edit             // who wrote some of it, where that is somebody else
	Others   []Entry            // what others have written at the same time, each as a whole; nobody has decided yet
	Whole    bool               // of one of Others: somebody has let it stand as it is, so it is not joined field by field
}

// Use is where a unit used a message.
type Use struct {
	Channels []string
	By       string
	At       time.Time
	Edits    []Edit // who wrote some of it, where that is somebody else
}

// Report is a unit's report to the Office.
type Report struct {
	Status          ReportStatus
	By              string // who changed it last, and when
	At              time.Time
	SubmittedAt     time.Time // the first submission; a resubmission keeps it
	Reason          string    // of a return
	Nil             bool      // nothing to report, for NilReason
	NilReason       string
	ExtendedUntil   calendar.Day
	ExtensionReason string
	Results         string
	Difficulties    string
	Recommendations string
	Documents       []string // documents that the unit has issued for the campaign, one each
	Funding         string   // in words; the amount is a figure like any other
	Edits           []Edit   // who wrote some of it, where that is somebody else
	Others          []Report // what others have written at the same time, each as a whole; nobody has decided yet
	Whole           bool     // as that of Entry
}

// ReportOf gives the report of a period, or with "" that of a plan without periods.
func (p *Progress) ReportOf(period string) Report {
	if period == "" {
		return p.Report
	}
	return p.Reports[period]
}

// Entry gives the unit's entry for an activity; an activity without one is not started.
func (p *Progress) Entry(activity string) Entry {
	entry := p.Activities[activity]
	entry.Status = cmp.Or(entry.Status, Todo)
	return entry
}

// SameContent compares what people enter; signatures and times are left out.
func (e Entry) SameContent(v Value) bool {
	other, is := v.(Entry)
	return is && field.SameContent(EntryFields, &e, &other) &&
		slices.EqualFunc(values(e.Others), values(other.Others), Value.SameContent)
}

// Equal compares the whole entry.
func (e Entry) Equal(v Value) bool {
	other, is := v.(Entry)
	return is && e.SameContent(other) && field.Same(EntryFields, &e, &other, field.Signing) &&
		slices.EqualFunc(e.Edits, other.Edits, Edit.Equal) &&
		slices.EqualFunc(values(e.Others), values(other.Others), Value.Equal)
}

// signed keeps the signature of the status where only the rest was edited.
func (e Entry) signed(v Value, by string, at time.Time) Value {
	seen := As[Entry](v)
	decided, edited := e.Status != seen.Status || seen.At.IsZero(), !field.Same(EntryFields, &e, &seen, field.Written)
	field.Take(EntryFields, &e, &seen, field.Signing)
	e.Edits = seen.Edits
	if edited {
		e.Edits = nil
	}
	switch {
	case decided && edited: // what an earlier person wrote is no longer theirs
		e.By, e.At, e.EditedBy, e.EditedAt = by, at, "", time.Time{}
	case decided:
		e.By, e.At = by, at
	default:
		e.EditedBy, e.EditedAt = by, at
	}
	return e
}

// SameContent compares the channels.
func (u Use) SameContent(v Value) bool {
	other, is := v.(Use)
	return is && field.SameContent(UseFields, &u, &other)
}

// Equal compares the whole use.
func (u Use) Equal(v Value) bool {
	other, is := v.(Use)
	return is && field.Same(UseFields, &u, &other, field.Written, field.Signing) &&
		slices.EqualFunc(u.Edits, other.Edits, Edit.Equal)
}

func (u Use) signed(_ Value, by string, at time.Time) Value {
	u.By, u.At, u.Edits = by, at, nil
	return u
}

// SameContent compares all but signature and times.
func (r Report) SameContent(v Value) bool {
	other, is := v.(Report)
	return is && field.SameContent(ReportFields, &r, &other) &&
		slices.EqualFunc(values(r.Others), values(other.Others), Value.SameContent)
}

// Empty reports whether the unit has written nothing: an empty report is not a nil report.
func (r Report) Empty() bool { return field.Same(ReportFields, &r, &Report{}, field.Written) }

// Deadline is the deadline of this unit's report: an extension moves it.
func (r Report) Deadline(deadline calendar.Deadline) calendar.Deadline {
	if !r.ExtendedUntil.IsZero() {
		return calendar.Deadline{Day: r.ExtendedUntil, Calendar: deadline.Calendar}
	}
	return deadline
}

// Equal compares the whole report.
func (r Report) Equal(v Value) bool {
	other, is := v.(Report)
	return is && r.SameContent(other) && field.Same(ReportFields, &r, &other, field.Signing) &&
		slices.EqualFunc(r.Edits, other.Edits, Edit.Equal) &&
		slices.EqualFunc(values(r.Others), values(other.Others), Value.Equal)
}

// signed keeps the time of the first submission.
func (r Report) signed(v Value, by string, at time.Time) Value {
	seen := As[Report](v)
	r.By, r.At, r.Edits, r.SubmittedAt = by, at, nil, seen.SubmittedAt
	if r.Status == Submitted && !seen.Sent() && r.SubmittedAt.IsZero() {
		r.SubmittedAt = at
	}
	return r
}

// Judge says how an activity stands: what is not done by today, what is done by the day on which it was done.
func (e Entry) Judge(deadline calendar.Deadline, today calendar.Day, zone *time.Location) calendar.Timeliness {
	if len(e.Others) > 0 {
		return calendar.Disputed
	}
	switch e.Status {
	case NA:
		return calendar.NotApplicable
	case Done:
		switch {
		case deadline.IsZero():
			return calendar.NoDeadline
		case e.At.IsZero():
			return calendar.DoneUndated
		case deadline.Met(calendar.DayIn(e.At, zone)):
			return calendar.DoneOnTime
		default:
			return calendar.DoneLate
		}
	default:
		return deadline.Judge(today)
	}
}

// Sent reports whether the unit has submitted at least once; a nil report counts, a returned one too.
func (r Report) Sent() bool {
	return r.Status == Submitted || r.Status == Accepted || r.Status == Returned
}

// Judge says how a report stands against the deadline, which an extension moves for this unit.
func (r Report) Judge(deadline calendar.Deadline, today calendar.Day, zone *time.Location) calendar.Timeliness {
	switch deadline = r.Deadline(deadline); {
	case deadline.IsZero(), !r.Sent():
		return deadline.Judge(today)
	case r.SubmittedAt.IsZero():
		return calendar.SentUndated
	case deadline.Met(calendar.DayIn(r.SubmittedAt, zone)):
		return calendar.SentOnTime
	default:
		return calendar.SentLate
	}
}
