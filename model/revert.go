package model

import (
	"maps"
	"slices"

	"example.org/tiendo/model/phrase"
)

// Revert is the change that undoes one difference: it puts back what stood
// before, with its signature and time, and names the commit that it undoes. It is
// refused when the entry has been changed again since, and where tiendo makes no changes.
func (d *Difference) Revert(person Person, now *Campaign, commit string) (Change, error) {
	if err := now.CheckPresent(); err != nil {
		return Change{}, err
	}
	if err := d.byHand(commit); err != nil {
		return Change{}, err
	}
	change := Change{Person: person, Unit: d.Unit, Subject: d.Subject, Seen: d.After, New: d.Before, Restore: true, Reverts: commit}
	if d.Subject.Kind.OfOffice() {
		change.Unit = "" // it stands in the Office's part, whichever unit it is about
	}
	stands := now.Value(d.Unit, d.Subject)
	switch {
	case stands.Equal(d.Subject.Kind, d.After):
		return change, nil
	case stands.SameContent(d.Subject.Kind, d.Before):
		return Change{}, phrase.Refuse(phrase.Say("it stands again as it did before"), phrase.Sentence{})
	}
	by, at := stands.LastChange(d.Subject.Kind)
	if by == "" {
		return Change{}, phrase.Refuse(phrase.Say("the entry has been changed again since then"), phrase.Say("undo the later change first"))
	}
	return Change{}, phrase.Refuse(phrase.Say("the entry has been changed again since then: by %s on %s", now.Roster.PersonName(by), DayIn(at, now.Plan.TimeZone)),
		phrase.Say("undo the later change first"))
}

// byHand refuses to undo what tiendo itself never changes.
func (d *Difference) byHand(commit string) error {
	hint := phrase.Say("`git revert %s` undoes the whole commit", commit)
	byHand := phrase.Refuse(phrase.Say("what people change in a file by hand is undone by hand"), hint)
	if !d.File.IsZero() || !d.Field.IsZero() {
		return byHand
	}
	switch d.Subject.Kind {
	case SubjectActivity, SubjectMessage, SubjectReport, SubjectText, SubjectReminder:
		return nil
	case SubjectPerson:
		if d.Before.Person == nil || d.After.Person == nil {
			return nil
		}
	case SubjectUnit: // tiendo adds them, and nothing else
		if d.Before.Unit == nil {
			return nil
		}
	default:
		return byHand
	}
	return phrase.Refuse(phrase.Say("what people change in the roster by hand is undone by hand"), hint)
}

// RevertAll are the changes that undo all differences of a commit, in the order in which they are
// to be made. It is refused as a whole when one of them would be, after those before it.
func RevertAll(differences []Difference, person Person, now *Campaign, commit string) ([]Change, error) {
	after := now.copied()
	changes := make([]Change, 0, len(differences))
	for i := len(differences) - 1; i >= 0; i-- { // what came last goes first
		change, err := differences[i].Revert(person, now, commit)
		if err == nil {
			err = after.Check(change)
		}
		if err != nil {
			return nil, err
		}
		after.put(change)
		changes = append(changes, change)
	}
	return changes, nil
}

// copied is a campaign in which changes can be put without changing this one.
func (c *Campaign) copied() *Campaign {
	copied := *c
	copied.Roster.People, copied.Progress = slices.Clone(c.Roster.People), maps.Clone(c.Progress)
	return &copied
}

// put makes a change in memory, as far as the rules look at it. The campaign must be copied.
func (c *Campaign) put(change Change) {
	switch change.Subject.Kind {
	case SubjectReport:
		progress := c.Progress[change.Unit]
		progress.Report = change.New.Report
		c.Progress[change.Unit] = progress
	case SubjectPerson:
		c.Roster.People = slices.DeleteFunc(c.Roster.People, func(p Person) bool { return p.ID == change.Subject.ID })
		if person := change.New.Person; person != nil {
			c.Roster.People = append(c.Roster.People, *person)
		}
	default: // no rule about one entry asks how another one stands
	}
}

// Value is what a subject holds: of a unit's record, of the roster, or of the Office's part.
func (c *Campaign) Value(unit string, subject Subject) Value {
	switch {
	case subject.Kind.OnRoster():
		return c.Roster.Of(subject)
	case subject.Kind.OfOffice():
		return c.Office.Of(subject)
	}
	progress := c.Progress[unit]
	return subject.Of(&progress)
}

// MayMarkReviewed refuses the mark up to where somebody has reviewed: to everybody but a coordinator, and in the past.
func (c *Campaign) MayMarkReviewed(person Person) error {
	if err := c.CheckPresent(); err != nil {
		return err
	}
	if person.Role == Coordinator {
		return nil
	}
	return phrase.Refuse(phrase.Say("only the coordinator marks changes as reviewed"), phrase.Say("ask the Office that consolidates the reports"))
}

// MayReview refuses the list of what is not reviewed yet to everybody but a coordinator: it
// is counted from a coordinator's own mark.
func (c *Campaign) MayReview(person Person) error {
	if person.Role == Coordinator {
		return nil
	}
	return phrase.Refuse(phrase.Say("what is not reviewed yet is counted from the coordinator's own mark, so only the coordinator has such a list"),
		phrase.Say("`tiendo log` and the tab of changes show every change"))
}
