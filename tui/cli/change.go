package cli

import (
	"context"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/workspace"
)

// change makes one change to a unit's record, or to the roster when unit is "". edit turns the value that stands
// in the files into the new one; it may refuse.
func (p *program) change(ctx context.Context, unit string, subject model.Subject, edit func(*workspace.Workspace, model.Value) (model.Value, error)) error {
	folder, err := p.load(ctx)
	if err != nil {
		return err
	}
	if err := knownIDs(folder.Campaign, unit, subject); err != nil {
		return err
	}
	person, err := p.person(folder)
	if err != nil {
		return err
	}
	seen := folder.Campaign.Value(unit, subject)
	value, err := edit(folder, seen)
	if err != nil {
		return err
	}
	change := model.Change{Person: person, Unit: unit, Subject: subject, Seen: seen, New: value}
	receipt, err := folder.Store.Apply(ctx, change)
	if p.told != nil {
		p.told(change, receipt, err)
	}
	if err != nil {
		return err
	}
	p.receipt(ctx, folder, receipt)
	return nil
}

// knownIDs refuses ids that the plan does not know, before anything else is asked.
func knownIDs(campaign *model.Campaign, unit string, subject model.Subject) error {
	switch {
	case subject.Kind == model.SubjectText:
		return model.KnownText(subject.ID)
	case subject.Kind.OnRoster(), subject.Kind.OfOffice():
		return nil
	}
	if _, err := campaign.Unit(unit); err != nil {
		return err
	}
	switch subject.Kind {
	case model.SubjectActivity:
		_, err := campaign.Activity(subject.ID)
		return err
	case model.SubjectMessage:
		_, err := campaign.Message(subject.ID)
		return err
	default:
		return nil
	}
}

// receipt says in one line what was done, and beside it what else there is to know.
func (p *program) receipt(ctx context.Context, folder *workspace.Workspace, receipt model.Receipt) {
	p.Receipt(folder.Campaign, receipt)
	if receipt.Unchanged {
		return
	}
	if behind := folder.Behind(ctx); behind != nil {
		p.Warn(behind)
	}
	if folder.NoHistory != nil && receipt.Pending.IsZero() {
		p.Out.Note(p.Words.T("there is no history: %s", phrase.Of(folder.NoHistory)))
	}
	_, at := receipt.Value.LastChange(receipt.Change.Subject.Kind)
	if folder.TodaySet && folder.Campaign.Plan.MadeUp.IsZero() && !at.IsZero() {
		p.Out.Note(p.Words.T("the record carries the real time, %s, whatever day --today shows", p.At(folder.Campaign, at)))
	}
}
