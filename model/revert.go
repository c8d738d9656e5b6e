package model

// Revert is the change that undoes one difference: it puts back what stood
// before, with its signature and time, and names the commit that it undoes. It is
// refused when the entry has been changed again since, and where tiendo makes no changes.
func (d *Difference) Revert(person Person, now *Campaign, commit string) (Change, error) {
	if err := now.CheckPresent(); err != nil {
		return Change{}, err
	}
	switch d.Subject.Kind {
	case SubjectActivity, SubjectMessage, SubjectReport, SubjectPerson, SubjectUnit:
	default:
		return Change{}, Refuse(Say("what people change in a file by hand is undone by hand"), Say("`git revert %s` undoes the whole commit", commit))
	}
	if !d.File.IsZero() {
		return Change{}, Refuse(Say("what people change in a file by hand is undone by hand"), Say("`git revert %s` undoes the whole commit", commit))
	}
	change := Change{Person: person, Unit: d.Unit, Subject: d.Subject, Seen: d.After, New: d.Before, Restore: true, Reverts: commit}
	stands := now.Value(d.Unit, d.Subject)
	switch {
	case stands.Equal(d.Subject.Kind, d.After):
		return change, nil
	case stands.SameContent(d.Subject.Kind, d.Before):
		return Change{}, Refuse(Say("it stands again as it did before"), Sentence{})
	}
	by, at := stands.LastChange(d.Subject.Kind)
	if by == "" {
		return Change{}, Refuse(Say("the entry has been changed again since then"), Say("undo the later change first"))
	}
	return Change{}, Refuse(Say("the entry has been changed again since then: by %s on %s", now.Roster.PersonName(by), DayIn(at, now.Plan.TimeZone)),
		Say("undo the later change first"))
}

// Value is what a subject holds: of a unit's record, or of the roster.
func (c *Campaign) Value(unit string, subject Subject) Value {
	if subject.Kind.OnRoster() {
		return c.Roster.Of(subject)
	}
	progress := c.Progress[unit]
	return subject.Of(&progress)
}

// MayMarkReviewed refuses the mark up to where somebody has reviewed: to everybody but a coordinator, and in the past.
func (c *Campaign) MayMarkReviewed(person Person) error {
	if err := c.CheckPresent(); err != nil {
		return err
	}
	return c.MayReview(person)
}

// MayReview refuses to mark changes as reviewed to everybody but a coordinator.
func (c *Campaign) MayReview(person Person) error {
	if person.Role == Coordinator {
		return nil
	}
	return Refuse(Say("only the coordinator marks changes as reviewed"), Say("ask the Office that consolidates the reports"))
}
