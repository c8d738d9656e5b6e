package model

import (
	"errors"
	"slices"
	"time"

	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/phrase"
)

// SubjectKind is what kind of thing a change is about.
type SubjectKind string

// The kinds of subjects.
const (
	SubjectActivity SubjectKind = "activity"
	SubjectMessage  SubjectKind = "message"
	SubjectReport   SubjectKind = "report"
	SubjectPerson   SubjectKind = "person" // on the roster
	SubjectUnit     SubjectKind = "unit"   // on the roster
	SubjectGroup    SubjectKind = "group"  // of units, on the roster
	SubjectPlan     SubjectKind = "plan"   // a part of the plan
	SubjectText     SubjectKind = "text"   // of the Office; the ID is an OfficeText
	// SubjectReminder is of the Office; the ID is that of the unit reminded, "" for reminders to several at once.
	SubjectReminder SubjectKind = "reminder"
)

// dataFile is where the subjects of a kind stand.
type dataFile int

const (
	elsewhere dataFile = iota // a file as a whole
	inPlan
	inRecord
	onRoster
	ofOffice
)

var dataFiles = map[SubjectKind]dataFile{
	SubjectActivity: inRecord, SubjectMessage: inRecord, SubjectReport: inRecord,
	SubjectPerson: onRoster, SubjectUnit: onRoster, SubjectGroup: onRoster,
	SubjectPlan: inPlan,
	SubjectText: ofOffice, SubjectReminder: ofOffice,
}

// InRecord reports whether such a subject stands in a unit's record, where everyone signs what they change.
func (k SubjectKind) InRecord() bool { return dataFiles[k] == inRecord }

// OnRoster reports whether such a subject stands in the roster, units.toml.
func (k SubjectKind) OnRoster() bool { return dataFiles[k] == onRoster }

// InPlan reports whether such a subject stands in plan.toml.
func (k SubjectKind) InPlan() bool { return dataFiles[k] == inPlan }

// OfOffice reports whether such a subject stands in the Office's part, report.toml.
func (k SubjectKind) OfOffice() bool { return dataFiles[k] == ofOffice }

// Subject is what a change is about: within one unit, or on the roster. The ID of a report is that of its period, ""
// in a plan without periods.
type Subject struct {
	Kind SubjectKind
	ID   string
}

// Value is what a subject holds: an Entry, a Use, a Report, a Text, Reminders, a Part, a *Person, a *Unit or a *Group,
// which is nil for one that is not on the roster. Values of two kinds are never equal.
type Value interface {
	Equal(other Value) bool       // with all signatures and times
	SameContent(other Value) bool // what people enter; what they enter unsigned is compared whole
	signed(seen Value, by string, at time.Time) Value
}

// As is a value as one kind; nothing of that kind where it is of another one.
func As[T Value](v Value) T {
	is, _ := v.(T)
	return is
}

// Change is the one shape of every update, whatever way it comes in: who, which
// unit, what, the value that was seen, and the new value. A change of the roster names no unit.
type Change struct {
	Person  Person
	Unit    string
	Subject Subject
	Seen    Value
	New     Value
	// Restore makes an undo: the signatures and times of New are put back as they
	// were, where otherwise Person and now are written.
	Restore bool
	// Reverts is the commit that the change undoes, as somebody has named it; "" for none.
	Reverts string
	Undoes  string // the commit of what an undo takes back, where there is one
	Reason  string // why, for whoever reads the commit; "" for none
	Source  string // the document from which words of the plan are, where they are changed; "" for none
}

// Receipt answers a change that was made.
type Receipt struct {
	Change    Change
	Value     Value             // as it stands in the file now
	Hash      string            // short hash of the commit; "" when there is none
	Pending   phrase.Sentence   // why the commit has to wait; empty when it is made or there is no history
	WayOut    phrase.Sentence   // what to do about that; may be empty
	Notices   []phrase.Sentence // what else the person should know
	Unchanged bool              // the file said so already; nothing was written
}

// Of gives the value of a subject in a unit's progress.
func (s Subject) Of(progress *Progress) Value {
	switch s.Kind {
	case SubjectActivity:
		return progress.Entry(s.ID)
	case SubjectMessage:
		return progress.Messages[s.ID]
	default:
		return progress.ReportOf(s.ID)
	}
}

// Subjects are those of a unit's record, in no order.
func (p *Progress) Subjects() []Subject {
	all := []Subject{{Kind: SubjectReport}}
	for period := range p.Reports {
		all = append(all, Subject{SubjectReport, period})
	}
	for id := range p.Activities {
		all = append(all, Subject{SubjectActivity, id})
	}
	for id := range p.Messages {
		all = append(all, Subject{SubjectMessage, id})
	}
	return all
}

// Of gives the value of a person, a unit or a group on the roster.
func (r *Roster) Of(subject Subject) Value {
	switch subject.Kind {
	case SubjectPerson:
		return r.Person(subject.ID)
	case SubjectGroup:
		return r.Group(subject.ID)
	default:
		return r.Unit(subject.ID)
	}
}

// LastChange is who changed a value last, and when; nobody of what carries no signatures. Of an entry that was decided
// and edited in one second it is the edit, so that nobody's words pass for those of who set the status.
func LastChange(v Value) (by string, at time.Time) {
	switch v := v.(type) {
	case Entry:
		if !v.EditedAt.IsZero() && !v.EditedAt.Before(v.At) {
			return v.EditedBy, v.EditedAt
		}
		return v.By, v.At
	case Use:
		return v.By, v.At
	case Report:
		return v.By, v.At
	case Reminders:
		if n := len(v); n > 0 {
			return v[n-1].By, v[n-1].At
		}
	}
	return "", time.Time{}
}

// Signed is the value to write: New with the person and the time of the change,
// or New as it stands when the change restores an earlier value. Times are whole seconds.
func (c Change) Signed(now time.Time) Value {
	now = now.Truncate(time.Second)
	switch {
	case c.Restore:
		return c.restored()
	case c.Settles():
		return c.settled(now)
	}
	return c.New.signed(c.Seen, c.Person.Signature(), now)
}

// restored is New as it stood, but that a report which was handed in once keeps the time of its first submission:
// sent again later, it still counts from there.
func (c Change) restored() Value {
	report, is := c.New.(Report)
	if seen := As[Report](c.Seen); is && report.SubmittedAt.IsZero() && report.Status != seen.Status {
		report.SubmittedAt = seen.SubmittedAt
		return report
	}
	return c.New
}

// KeepSubmission is an undo of a report where only the time of the first submission was added since what it has seen,
// as when the submission itself was undone before: that time is nothing to undo.
func (c Change) KeepSubmission(now Value) Change {
	seen, is := c.Seen.(Report)
	if !is || !c.Restore || !seen.SubmittedAt.IsZero() {
		return c
	}
	seen.SubmittedAt = As[Report](now).SubmittedAt
	c.Seen = seen
	if after := As[Report](c.New); after.SubmittedAt.IsZero() {
		after.SubmittedAt = seen.SubmittedAt
		c.New = after
	}
	return c
}

// Undo is the change that puts back what a receipt replaced.
func (r Receipt) Undo(person Person) Change {
	return Change{
		Person: person, Unit: r.Change.Unit, Subject: r.Change.Subject,
		Seen: r.Value, New: r.Change.Seen, Restore: true, Undoes: r.Hash,
	}
}

// Submit is the report as the unit hands it in.
func (r Report) Submit() Report {
	r.Status, r.Reason = Submitted, ""
	return r
}

// SubmitNil is the report of a unit that has nothing to report, with the reason.
func (r Report) SubmitNil(reason string) Report {
	r = r.Submit()
	r.Nil, r.NilReason = true, reason
	return r
}

// Extend is the report with more time, with the reason.
func (r Report) Extend(until calendar.Day, reason string) Report {
	r.ExtendedUntil, r.ExtensionReason = until, reason
	return r
}

// Withdraw is the report with its acceptance taken back: it waits for the Office again.
func (r Report) Withdraw() Report {
	r.Status = Submitted
	return r
}

// Remind is reminders with one more to each unit that is chased: all that there are, or those of one unit.
func (r Reminders) Remind(due ...Chased) Reminders {
	r = slices.Clone(r)
	for _, chased := range due {
		r = append(r, duty.NextReminder(r, chased.Unit().Unit.ID, chased.Board.Period))
	}
	return r
}

// Write is the report with what the unit writes; a report that was not begun becomes a draft.
func (r Report) Write(written Report) Report {
	field.Take(ReportFields, &r, &written, field.Written, PartNil)
	if r.Status == NotSent {
		r.Status = Draft
	}
	return r
}

// Accept is the report as the Office takes it.
func (r Report) Accept() Report {
	r.Status = Accepted
	return r
}

// Return is the report as the Office sends it back, with the reason.
func (r Report) Return(reason string) Report {
	r.Status, r.Reason = Returned, reason
	return r
}

// ErrHeldElsewhere is in the error of a commit that was needless: one that somebody else made holds the change already.
var ErrHeldElsewhere = errors.New("another commit holds the change")

// Conflict refuses a change because someone else was first.
type Conflict struct {
	Change Change
	Theirs Value // as it stands in the file now
}

// Error names who was first and when, in English.
func (c *Conflict) Error() string {
	by, at := LastChange(c.Theirs)
	return phrase.Say("this entry has just been changed by someone else: %s, %s", by, at.Format(time.RFC3339)).String()
}
