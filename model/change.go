package model

import (
	"errors"
	"slices"
	"time"

	"example.org/tiendo/model/calendar"
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
	SubjectPerson   SubjectKind = "person"   // on the roster
	SubjectUnit     SubjectKind = "unit"     // on the roster
	SubjectText     SubjectKind = "text"     // of the Office; the ID is an OfficeText
	SubjectReminder SubjectKind = "reminder" // of the Office; the ID is that of the unit reminded, "" for reminders to several at once
)

// dataFile is where the subjects of a kind stand.
type dataFile int

const (
	elsewhere dataFile = iota // the plan, or a file as a whole
	inRecord
	onRoster
	ofOffice
)

var dataFiles = map[SubjectKind]dataFile{
	SubjectActivity: inRecord, SubjectMessage: inRecord, SubjectReport: inRecord,
	SubjectPerson: onRoster, SubjectUnit: onRoster,
	SubjectText: ofOffice, SubjectReminder: ofOffice,
}

// InRecord reports whether such a subject stands in a unit's record, where everyone signs what they change.
func (k SubjectKind) InRecord() bool { return dataFiles[k] == inRecord }

// OnRoster reports whether such a subject stands in the roster, units.toml.
func (k SubjectKind) OnRoster() bool { return dataFiles[k] == onRoster }

// OfOffice reports whether such a subject stands in the Office's part, report.toml.
func (k SubjectKind) OfOffice() bool { return dataFiles[k] == ofOffice }

// Subject is what a change is about: within one unit, or on the roster. A report has no ID.
type Subject struct {
	Kind SubjectKind
	ID   string
}

// Value is what a subject holds: the field that fits the subject's kind is used, the others stay empty.
type Value struct {
	Entry  Entry
	Use    Use
	Report Report
	Person *Person // nil: not on the roster
	Unit   *Unit   // nil: not on the roster

	Text      string     // of the Office
	Reminders []Reminder // all that the unit got
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
	// Reverts is the commit that the change undoes; "" for none.
	Reverts string
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
		return Value{Entry: progress.Entry(s.ID)}
	case SubjectMessage:
		return Value{Use: progress.Messages[s.ID]}
	default:
		return Value{Report: progress.Report}
	}
}

// Of gives the value of a person or a unit on the roster.
func (r *Roster) Of(subject Subject) Value {
	if subject.Kind == SubjectPerson {
		return Value{Person: r.Person(subject.ID)}
	}
	return Value{Unit: r.Unit(subject.ID)}
}

// Equal compares two values of a kind with all signatures and times.
func (v Value) Equal(kind SubjectKind, other Value) bool {
	switch kind {
	case SubjectActivity:
		return v.Entry.Equal(other.Entry)
	case SubjectMessage:
		return v.Use.Equal(other.Use)
	case SubjectPerson:
		return same(PersonFields, v.Person, other.Person)
	case SubjectUnit:
		return same(UnitFields, v.Unit, other.Unit)
	case SubjectText:
		return v.Text == other.Text
	case SubjectReminder:
		return equalReminders(v.Reminders, other.Reminders)
	default:
		return v.Report.Equal(other.Report)
	}
}

// SameContent compares what people enter; what they enter unsigned is compared whole.
func (v Value) SameContent(kind SubjectKind, other Value) bool {
	if !kind.InRecord() {
		return v.Equal(kind, other)
	}
	return v.Entry.SameContent(other.Entry) && v.Use.SameContent(other.Use) && v.Report.SameContent(other.Report)
}

// LastChange is who changed the value last, and when.
func (v Value) LastChange(kind SubjectKind) (by string, at time.Time) {
	switch n := len(v.Reminders); {
	case kind == SubjectActivity:
		return v.Entry.LastChange()
	case kind == SubjectMessage:
		return v.Use.By, v.Use.At
	case kind == SubjectReminder && n > 0:
		return v.Reminders[n-1].By, v.Reminders[n-1].At
	}
	return v.Report.By, v.Report.At // none of what carries no signatures: the roster and the texts, which git knows
}

// Signed is the value to write: New with the person and the time of the change,
// or New as it stands when the change restores an earlier value. Times are whole seconds.
func (c Change) Signed(now time.Time) Value {
	if c.Restore {
		return c.restored()
	}
	now = now.Truncate(time.Second)
	signature := c.Person.Signature()
	if c.Settles() {
		return c.settled(now)
	}
	value := c.New
	switch c.Subject.Kind {
	case SubjectActivity:
		entry, seen := &value.Entry, c.Seen.Entry
		entry.By, entry.At, entry.EditedBy, entry.EditedAt, entry.Edits = seen.By, seen.At, seen.EditedBy, seen.EditedAt, seen.Edits
		decided, edited := entry.Status != seen.Status || seen.At.IsZero(), !field.Same(EntryFields, entry, &seen, field.Written)
		if edited {
			entry.Edits = nil
		}
		switch {
		case decided && edited: // what an earlier person wrote is no longer theirs
			entry.By, entry.At, entry.EditedBy, entry.EditedAt = signature, now, "", time.Time{}
		case decided:
			entry.By, entry.At = signature, now
		default:
			entry.EditedBy, entry.EditedAt = signature, now
		}
	case SubjectMessage:
		value.Use.By, value.Use.At, value.Use.Edits = signature, now, nil
	case SubjectReminder:
		value.Reminders = slices.Clone(value.Reminders)
		for i := len(c.Seen.Reminders); i < len(value.Reminders); i++ {
			value.Reminders[i].By, value.Reminders[i].At = signature, now
		}
	case SubjectReport:
		report := &value.Report
		report.By, report.At, report.Edits = signature, now, nil
		report.SubmittedAt = c.Seen.Report.SubmittedAt
		if report.Status == Submitted && !c.Seen.Report.Sent() && report.SubmittedAt.IsZero() {
			report.SubmittedAt = now
		}
	}
	return value
}

// restored is New as it stood, but that a report which was handed in once keeps the time of its first submission:
// sent again later, it still counts from there.
func (c Change) restored() Value {
	value, seen := c.New, c.Seen.Report
	if value.Report.SubmittedAt.IsZero() && value.Report.Status != seen.Status {
		value.Report.SubmittedAt = seen.SubmittedAt
	}
	return value
}

// KeepSubmission is an undo of a report where only the time of the first submission was added since what it has seen,
// as when the submission itself was undone before: that time is nothing to undo.
func (c Change) KeepSubmission(now Report) Change {
	if c.Restore && c.Subject.Kind == SubjectReport && c.Seen.Report.SubmittedAt.IsZero() {
		c.Seen.Report.SubmittedAt = now.SubmittedAt
		if c.New.Report.SubmittedAt.IsZero() {
			c.New.Report.SubmittedAt = now.SubmittedAt
		}
	}
	return c
}

// Undo is the change that puts back what a receipt replaced.
func (r Receipt) Undo(person Person) Change {
	return Change{
		Person: person, Unit: r.Change.Unit, Subject: r.Change.Subject,
		Seen: r.Value, New: r.Change.Seen, Restore: true,
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

// Remind is the reminders of a unit with one more. Who sent it and when is written with the change.
func Remind(unit string, sent []Reminder) []Reminder {
	return append(slices.Clone(sent), Reminder{Unit: unit, Number: NextReminder(sent)})
}

// RemindAll is all reminders with one more to each of some units.
func (o *Office) RemindAll(units []string) []Reminder {
	all := slices.Clone(o.Reminders)
	for _, unit := range units {
		all = append(all, Reminder{Unit: unit, Number: NextReminder(o.RemindersTo(unit))})
	}
	return all
}

// NextReminder is the number of the next reminder to a unit.
func NextReminder(sent []Reminder) int {
	next := 1
	for _, reminder := range sent {
		next = max(next, reminder.Number+1)
	}
	return next
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
	by, at := c.Theirs.LastChange(c.Change.Subject.Kind)
	return phrase.Say("this entry has just been changed by someone else: %s, %s", by, at.Format(time.RFC3339)).String()
}
