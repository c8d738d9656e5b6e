package model

import (
	"slices"
	"time"

	"example.org/tiendo/model/document"
	"example.org/tiendo/model/duty"
)

// Office is the Office's own part of the consolidated report, as report.toml holds
// it: what nobody can compute from the records of the units.
type Office struct {
	Header    OfficeHeader
	Texts     map[OfficeText]string // a missing text is one not yet written
	Reminders Reminders             // in the order in which they were sent
}

// OfficeHeader is the head of the Office's paper.
type OfficeHeader = document.OfficeHeader

// OfficeText names one of its texts.
type OfficeText = document.OfficeText

// Reminder is one letter (đôn đốc) that the Office has sent to a unit.
type Reminder = duty.Reminder

// RemindersTo lists the reminders that one unit got, for whatever period.
func (o *Office) RemindersTo(unit string) Reminders {
	return slices.DeleteFunc(slices.Clone(o.Reminders), func(reminder Reminder) bool { return reminder.Unit != unit })
}

// Text is what the Office has written under one of its headings.
type Text string

// Equal compares two texts.
func (t Text) Equal(v Value) bool { return v == t }

// SameContent compares two texts; they carry no signatures.
func (t Text) SameContent(v Value) bool { return v == t }

func (t Text) signed(Value, string, time.Time) Value { return t }

// Reminders are all that one unit got, or all that there are.
type Reminders []Reminder

// Equal compares all reminders.
func (r Reminders) Equal(v Value) bool {
	other, is := v.(Reminders)
	return is && slices.EqualFunc(r, other, Reminder.Equal)
}

// SameContent compares all reminders: nothing in them is entered.
func (r Reminders) SameContent(v Value) bool { return r.Equal(v) }

// signed signs those that are new.
func (r Reminders) signed(seen Value, by string, at time.Time) Value {
	r = slices.Clone(r)
	for i := len(As[Reminders](seen)); i < len(r); i++ {
		r[i].By, r[i].At = by, at
	}
	return r
}

// Of gives the value of a subject in the Office's part.
func (o *Office) Of(subject Subject) Value {
	switch {
	case subject.Kind == SubjectReminder && subject.ID == "":
		return o.Reminders
	case subject.Kind == SubjectReminder:
		return o.RemindersTo(subject.ID)
	}
	return Text(o.Texts[OfficeText(subject.ID)])
}
