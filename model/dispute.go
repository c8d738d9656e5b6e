package model

import (
	"maps"
	"slices"
	"time"

	"example.org/tiendo/model/field"
	"example.org/tiendo/model/phrase"
)

// Edit says who wrote some fields of an entry, a use or a report, and when, after two clones have been joined.
type Edit struct {
	By   string
	At   time.Time
	Keys []string // of the file, figures.ID among them
}

// Equal compares two of them.
func (e Edit) Equal(other Edit) bool {
	return e.By == other.By && e.At.Equal(other.At) && slices.Equal(e.Keys, other.Keys)
}

// Versions are the value and what others have written at the same time, each as a whole, signed by whoever wrote what
// is in dispute; one that nobody disputes is the only one. What stands in the file above comes first.
func Versions(v Value) []Value {
	var others []Value
	switch above := v.(type) {
	case Entry:
		others, above.Others = values(above.Others), nil
		v = above
	case Report:
		others, above.Others = values(above.Others), nil
		v = above
	}
	return append([]Value{v}, others...)
}

func values[T Value](all []T) (values []Value) {
	for _, one := range all {
		values = append(values, one)
	}
	return values
}

// WrittenTwice is what `check` says of every dispute.
func WrittenTwice() phrase.Sentence {
	return phrase.Say("somebody else has written something different here at the same time")
}

// InDispute reports whether two people have written different things at the same time, and nobody has decided.
func InDispute(v Value) bool { return len(Versions(v)) > 1 }

// FigureInDispute reports whether the versions of an entry differ in a figure; none differs from any.
func (e Entry) FigureInDispute(indicator string) bool {
	figure, given := e.Figures[indicator]
	return slices.ContainsFunc(e.Others, func(other Entry) bool {
		theirs, also := other.Figures[indicator]
		return given != also || figure != theirs
	})
}

// Every reports whether all versions of a report are so; one that nobody disputes is the only one.
func (r Report) Every(is func(Report) bool) bool {
	return is(r) && !slices.ContainsFunc(r.Others, func(other Report) bool { return !is(other) })
}

// Settles reports whether a change decides a dispute: of two versions one is left, of three two.
func (c *Change) Settles() bool {
	return len(Versions(c.New)) < len(Versions(c.Seen))
}

// Disputes lists what is in dispute in a unit's record: the activities in the order of the plan, then the report.
func (c *Campaign) Disputes(unit string) []Subject {
	progress := c.Progress[unit]
	var disputes []Subject
	for i := range c.Plan.Activities {
		activity := c.Plan.Activities[i].ID
		if len(progress.Activities[activity].Others) > 0 {
			disputes = append(disputes, Subject{SubjectActivity, activity})
		}
	}
	if len(progress.Report.Others) > 0 {
		disputes = append(disputes, Subject{Kind: SubjectReport})
	}
	for _, period := range slices.Sorted(maps.Keys(progress.Reports)) {
		if len(progress.Reports[period].Others) > 0 {
			disputes = append(disputes, Subject{SubjectReport, period})
		}
	}
	return disputes
}

// DisputeWaits refuses a change of what is in dispute that does not settle it, and a step of a report while something
// of its record is in dispute.
func (c *Campaign) DisputeWaits(unit *Unit, change Change) error {
	from, to, settles := As[Report](change.Seen).Status, As[Report](change.New).Status, change.Settles()
	others := slices.DeleteFunc(c.Disputes(unit.ID), func(s Subject) bool {
		return s == change.Subject || s.Kind == SubjectReport // that of another period
	})
	hint := phrase.Say("look at both versions and keep one: `tiendo resolve %s`, or Enter on the entry", unit.ID)
	switch {
	case change.Restore:
	case InDispute(change.Seen) && !settles:
		return phrase.Refuse(phrase.Say("two people have written different things here at the same time, and nobody has "+
			"decided yet"), hint)
	case len(others) > 0 && (to == Accepted && (from != to || settles) || to == Submitted && from != to && !settles):
		return phrase.Refuse(phrase.Say("in the record of %s two versions wait for a decision: %s", unit.Name,
			phrase.List(idsOf(others, func(s *Subject) string { return "“" + c.Plan.Activity(s.ID).Title + "”" }))), hint)
	}
	return nil
}

// checkSettling says who settles a dispute, and with what: whoever may change the entry; where an acceptance, a return
// or an extension is in question, the coordinator.
func (c *Campaign) checkSettling(change Change) error {
	if change.Subject.Kind == SubjectActivity {
		activity, err := c.Activity(change.Subject.ID)
		if err != nil {
			return err
		}
		return activity.CheckEntry(As[Entry](change.New))
	}
	first := As[Report](change.Seen)
	for _, version := range append(Versions(change.Seen), change.New) {
		report := As[Report](version)
		if change.Person.Role != Coordinator &&
			(report.Status == Accepted || report.Status == Returned || !SameExtension(report, first)) {
			return onlyCoordinator(phrase.Say("the Office has decided about this report while it was changed: only the " +
				"coordinator says what becomes of that"))
		}
	}
	return field.Check(ReportFields, new(As[Report](change.New)))
}

// settled signs what a dispute is settled with: who set the status keeps their signature, and who settled it stands
// beside it.
func (c Change) settled(now time.Time) Value {
	by := c.Person.Signature()
	if report, is := c.New.(Report); is {
		report.By, report.At, report.Edits = by, now, nil
		return report
	}
	entry := As[Entry](c.New)
	entry.Edits = nil
	for _, version := range Versions(c.Seen) {
		if set := As[Entry](version); set.Status == entry.Status {
			entry.By, entry.At, entry.EditedBy, entry.EditedAt = set.By, set.At, by, now
			return entry
		}
	}
	entry.By, entry.At, entry.EditedBy, entry.EditedAt = by, now, "", time.Time{}
	return entry
}
