package review

import (
	"slices"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
)

// Revert is the change that undoes one difference: it puts back what stood
// before, with its signature and time, and names the commit that it undoes. It is
// refused when the entry has been changed again since, and where tiendo makes no changes.
func (d *Difference) Revert(person model.Person, now *model.Campaign, commit string) (model.Change, error) {
	if err := now.CheckPresent(); err != nil {
		return model.Change{}, err
	}
	if err := d.byHand(commit); err != nil {
		return model.Change{}, err
	}
	change := model.Change{Person: person, Unit: d.Unit, Subject: d.Subject, Seen: d.After, New: d.Before, Restore: true,
		Reverts: commit}
	if d.Subject.Kind.OfOffice() {
		change.Unit = "" // it stands in the Office's part, whichever unit it is about
	}
	stands := now.Value(d.Unit, d.Subject)
	change = change.KeepSubmission(stands)
	switch {
	case stands.Equal(change.Seen):
		return change, nil
	case stands.SameContent(d.Before):
		return model.Change{}, phrase.Refuse(phrase.Say("it is already back to its earlier state"),
			phrase.Say("`tiendo log` says who took it back"))
	}
	by, at := model.LastChange(stands)
	if by == "" {
		return model.Change{}, phrase.Refuse(phrase.Say("the entry has been changed again since then"),
			phrase.Say("undo the later change first"))
	}
	return model.Change{}, phrase.Refuse(phrase.Say("the entry has been changed again since then: by %s on %s",
		now.Roster.PersonName(by), calendar.DayIn(at, now.Plan.TimeZone)),
		phrase.Say("undo the later change first"))
}

// byHand refuses to undo what tiendo itself never changes.
func (d *Difference) byHand(commit string) error {
	kind := d.Subject.Kind
	if d.File.IsZero() && d.Field.IsZero() && (kind.InRecord() || kind.OfOffice() || kind.OnRoster()) {
		return nil
	}
	return phrase.Refuse(phrase.Say("what people change in a file by hand is undone by hand"),
		phrase.Say("`git revert %s` undoes the whole commit", commit))
}

// RevertAll are the changes that undo all differences of a commit, in the order in which they are
// to be made. It is refused as a whole when one of them would be, after those before it.
func RevertAll(differences []Difference, person model.Person, now *model.Campaign, commit string) ([]model.Change,
	error) {
	after := now.Copy()
	changes := make([]model.Change, 0, len(differences))
	for _, difference := range slices.Backward(differences) { // what came last goes first
		change, err := difference.Revert(person, now, commit)
		if err == nil {
			err = after.Check(change)
		}
		if err != nil {
			return nil, err
		}
		after.Put(change)
		changes = append(changes, change)
	}
	return changes, nil
}
