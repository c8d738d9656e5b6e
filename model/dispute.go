package model

import (
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
func (v Value) Versions() []Value {
	above := v
	above.Entry.Others, above.Report.Others = nil, nil
	all := []Value{above}
	for _, other := range v.Entry.Others {
		all = append(all, Value{Entry: other})
	}
	for _, other := range v.Report.Others {
		all = append(all, Value{Report: other})
	}
	return all
}

// WrittenTwice is what `check` says of every dispute.
func WrittenTwice() phrase.Sentence {
	return phrase.Say("somebody else has written something different here at the same time")
}

// Disputed reports whether two people have written different things at the same time, and nobody has decided.
func (v Value) Disputed() bool { return len(v.Entry.Others)+len(v.Report.Others) > 0 }

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
	return len(c.New.Entry.Others) < len(c.Seen.Entry.Others) || len(c.New.Report.Others) < len(c.Seen.Report.Others)
}

// Disputes lists what is in dispute in a unit's record: the activities in the order of the plan, then the report.
func (c *Campaign) Disputes(unit string) []Subject {
	progress := c.Progress[unit]
	var disputes []Subject
	for _, activity := range c.Plan.ActivityIDs() {
		if len(progress.Activities[activity].Others) > 0 {
			disputes = append(disputes, Subject{SubjectActivity, activity})
		}
	}
	if len(progress.Report.Others) > 0 {
		disputes = append(disputes, Subject{Kind: SubjectReport})
	}
	return disputes
}

// disputeWaits refuses a change of what is in dispute that does not settle it, and a step of a report while something
// of its record is in dispute.
func (c *Campaign) disputeWaits(unit *Unit, change Change) error {
	from, to, settles := change.Seen.Report.Status, change.New.Report.Status, change.Settles()
	others := slices.DeleteFunc(c.Disputes(unit.ID), func(s Subject) bool { return s == change.Subject })
	hint := phrase.Say("look at both versions and keep one: `tiendo resolve %s`, or Enter on the entry", unit.ID)
	switch {
	case change.Restore:
	case change.Seen.Disputed() && !settles:
		return phrase.Refuse(phrase.Say("two people have written different things here at the same time, and nobody has decided yet"), hint)
	case len(others) > 0 && (to == Accepted && (from != to || settles) || to == Submitted && from != to && !settles):
		return phrase.Refuse(phrase.Say("in the record of %s two versions wait for a decision: %s", unit.Name, c.titles(others)), hint)
	}
	return nil
}

// titles name activities of the plan.
func (c *Campaign) titles(activities []Subject) string {
	var titles []string
	for _, subject := range activities {
		titles = append(titles, "“"+c.Plan.Activity(subject.ID).Title+"”")
	}
	return phrase.List(titles)
}

// checkSettling says who settles a dispute, and with what: whoever may change the entry; where an acceptance, a return
// or an extension is in question, the coordinator.
func (c *Campaign) checkSettling(change Change) error {
	if change.Subject.Kind == SubjectActivity {
		activity, err := c.Activity(change.Subject.ID)
		if err != nil {
			return err
		}
		return activity.CheckEntry(change.New.Entry)
	}
	first := change.Seen.Report
	for _, version := range append(change.Seen.Versions(), change.New) {
		report := version.Report
		if change.Person.Role != Coordinator && (report.Status == Accepted || report.Status == Returned || !SameExtension(report, first)) {
			return phrase.Refuse(phrase.Say("the Office has decided about this report while it was changed: only the coordinator says what becomes of that"),
				phrase.Say("ask the Office that consolidates the reports"))
		}
	}
	return field.Check(ReportFields, &change.New.Report)
}

// settled signs what a dispute is settled with: who set the status keeps their signature, and who settled it stands
// beside it.
func (c Change) settled(now time.Time) Value {
	value, signature := c.New, c.Person.Signature()
	value.Entry.Edits, value.Report.Edits = nil, nil
	if c.Subject.Kind == SubjectReport {
		value.Report.By, value.Report.At = signature, now
		return value
	}
	entry := &value.Entry
	versions := c.Seen.Versions()
	if i := slices.IndexFunc(versions, func(v Value) bool { return v.Entry.Status == entry.Status }); i >= 0 {
		entry.By, entry.At = versions[i].Entry.By, versions[i].Entry.At
		entry.EditedBy, entry.EditedAt = signature, now
	} else {
		entry.By, entry.At, entry.EditedBy, entry.EditedAt = signature, now, "", time.Time{}
	}
	return value
}
