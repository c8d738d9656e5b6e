package cli

import (
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// printReceipt says in one line what was done, and beside it what the store has to tell.
func (p *printer) printReceipt(campaign *model.Campaign, receipt model.Receipt) {
	change := receipt.Change
	where := p.words.SubjectName(campaign, change.Subject)
	if unit := campaign.Roster.Unit(change.Unit); unit != nil {
		where = unit.Name + " · " + where
	}
	what := p.words.Changed(campaign, change.Subject, change.Seen, receipt.Value)
	switch {
	case receipt.Unchanged:
		p.out.line(p.words.T("nothing to change: %s: %s", where, p.standing(campaign, change.Subject, receipt.Value)))
	case receipt.Hash != "":
		p.out.line(p.words.T("saved %s: %s: %s", receipt.Hash, where, what))
	default:
		p.out.line(p.words.T("saved: %s: %s", where, what))
	}
	if !receipt.Unchanged && !receipt.Pending.IsZero() {
		p.out.note(p.words.T("the commit is pending: %s", receipt.Pending))
	}
	p.notices(receipt.Notices)
}

// printConflictError shows what someone else wrote and what the person wanted, so that neither is lost. Without a
// campaign people and entries are shown by their ids.
func (p *printer) printConflictError(conflict *model.Conflict, campaign *model.Campaign) {
	if campaign == nil {
		campaign = &model.Campaign{Plan: model.Plan{TimeZone: time.UTC}}
	}
	change := conflict.Change
	by, at := conflict.Theirs.LastChange(change.Subject.Kind)
	p.out.note("tiendo: " + p.words.T("this entry has just been changed by someone else; nothing was written"))
	p.out.note("  " + p.words.T("theirs (%s): %s", p.signed(campaign, by, at), p.words.Value(campaign, change.Subject, conflict.Theirs)))
	p.out.note("  " + p.words.T("yours: %s", p.words.Value(campaign, change.Subject, change.New)))
	p.hint(phrase.Say("look at what stands there now, and give the command again if yours is still right"))
}

func (p *printer) notices(notices []phrase.Sentence) {
	for _, notice := range notices {
		p.out.note(p.words.Say(notice))
	}
}

// standing says a value in words, with who wrote it and when.
func (p *printer) standing(campaign *model.Campaign, subject model.Subject, value model.Value) string {
	said := p.words.Value(campaign, subject, value)
	by, at := value.LastChange(subject.Kind)
	if by == "" && at.IsZero() {
		return said
	}
	return said + " (" + p.signed(campaign, by, at) + ")"
}

// signed says who wrote something and when.
func (p *printer) signed(campaign *model.Campaign, by string, at time.Time) string {
	if by == "" {
		return p.at(campaign, at)
	}
	return campaign.Roster.PersonName(by) + ", " + p.at(campaign, at)
}

// at writes a time with its whole date: what is printed may be read on another day.
func (p *printer) at(campaign *model.Campaign, at time.Time) string {
	return p.words.When(at, model.Day{}, campaign.Plan.TimeZone)
}
