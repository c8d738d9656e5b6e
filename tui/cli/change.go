package cli

import (
	"context"
	"time"

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
	p.receipt(folder, receipt)
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
func (p *program) receipt(folder *workspace.Workspace, receipt model.Receipt) {
	campaign, change := folder.Campaign, receipt.Change
	where := p.words.SubjectName(campaign, change.Subject)
	if unit := campaign.Roster.Unit(change.Unit); unit != nil {
		where = unit.Name + " · " + where
	}
	if receipt.Unchanged {
		p.out.line(p.words.T("nothing to change: %s: %s", where, p.standing(folder, change.Subject, receipt.Value)))
		p.notices(receipt.Notices)
		return
	}
	what := p.words.Changed(campaign, change.Subject, change.Seen, receipt.Value)
	if receipt.Hash != "" {
		p.out.line(p.words.T("saved %s: %s: %s", receipt.Hash, where, what))
	} else {
		p.out.line(p.words.T("saved: %s: %s", where, what))
	}
	if !receipt.Pending.IsZero() {
		p.out.note(p.words.T("the commit is pending: %s", receipt.Pending))
		p.hint(receipt.WayOut)
	}
	p.notices(receipt.Notices)
	if folder.NoHistory != nil && receipt.Pending.IsZero() {
		p.out.note(p.words.T("there is no history: %s", phrase.Of(folder.NoHistory)))
	}
	if _, at := receipt.Value.LastChange(change.Subject.Kind); folder.TodaySet && campaign.Plan.MadeUp.IsZero() && !at.IsZero() {
		p.out.note(p.words.T("the record carries the real time, %s, whatever day --today shows", p.at(campaign, at)))
	}
}

func (p *program) notices(notices []phrase.Sentence) {
	for _, notice := range notices {
		p.out.note(p.words.Say(notice))
	}
}

// standing says a value in words, with who wrote it and when.
func (p *program) standing(folder *workspace.Workspace, subject model.Subject, value model.Value) string {
	said := p.words.Value(folder.Campaign, subject, value)
	by, at := value.LastChange(subject.Kind)
	if by == "" && at.IsZero() {
		return said
	}
	return said + " (" + p.signed(folder.Campaign, by, at) + ")"
}

// signed says who wrote something and when.
func (p *program) signed(campaign *model.Campaign, by string, at time.Time) string {
	if by == "" {
		return p.at(campaign, at)
	}
	return campaign.Roster.PersonName(by) + ", " + p.at(campaign, at)
}

// at writes a time with its whole date: what is printed may be read on another day.
func (p *program) at(campaign *model.Campaign, at time.Time) string {
	return p.words.When(at, model.Day{}, campaign.Plan.TimeZone)
}

// reportConflict shows what someone else wrote and what the person wanted, so
// that neither is lost.
func (p *program) reportConflict(conflict *model.Conflict) {
	campaign := p.loaded
	if campaign == nil { // a conflict comes from a change, and a change from a campaign
		campaign = &model.Campaign{Plan: model.Plan{TimeZone: time.UTC}}
	}
	change := conflict.Change
	by, at := conflict.Theirs.LastChange(change.Subject.Kind)
	p.out.note("tiendo: " + p.words.T("this entry has just been changed by someone else; nothing was written"))
	p.out.note("  " + p.words.T("theirs (%s): %s", p.signed(campaign, by, at), p.words.Value(campaign, change.Subject, conflict.Theirs)))
	p.out.note("  " + p.words.T("yours: %s", p.words.Value(campaign, change.Subject, change.New)))
	p.hint(phrase.Say("look at what stands there now, and give the command again if yours is still right"))
}
