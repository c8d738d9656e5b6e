package show

import (
	"encoding/json"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/importer"
	"example.org/tiendo/model/phrase"
)

// Receipt says in one line what was done, and beside it what the store has to tell.
func (p *Printer) Receipt(campaign *model.Campaign, receipt model.Receipt) {
	change := receipt.Change
	where := p.Words.SubjectName(campaign, change.Subject)
	if unit := campaign.Roster.Unit(change.Unit); unit != nil {
		where = unit.Name + " · " + where
	}
	what := p.Words.Changed(campaign, change.Subject, change.Seen, receipt.Value)
	switch {
	case receipt.Unchanged:
		p.Out.Line(p.Words.T("nothing to change: %s: %s", where, p.standing(campaign, change.Subject, receipt.Value)))
	case receipt.Hash != "":
		p.Out.Saved(p.Words.T("saved %s: %s: %s", receipt.Hash, where, what))
	default:
		p.Out.Saved(p.Words.T("saved: %s: %s", where, what))
	}
	if !receipt.Unchanged && !receipt.Pending.IsZero() {
		p.Out.Note(p.Words.T("the commit is pending: %s", receipt.Pending))
		p.Hint(receipt.WayOut)
	}
	p.Notices(receipt.Notices)
}

// Done is one thing that a command has changed.
type Done struct {
	Unit   string  `json:"unit"` // "" for what belongs to no unit
	Kind   string  `json:"kind"` // that of the subject; also merge, review, file, folder
	ID     string  `json:"id"`
	Period string  `json:"period,omitempty"` // of a report, in a plan with periods
	Change string  `json:"change"`           // in the language of the output
	Commit *string `json:"commit"`           // nil: there is none
}

// list is never null in JSON.
type list []Done

// MarshalJSON writes an empty list for nil.
func (l list) MarshalJSON() ([]byte, error) { return json.Marshal(append([]Done{}, l...)) }

// Answer is what a command that changes something answers with --json.
type Answer struct {
	Changes list    `json:"changes"`
	Pending *string `json:"pending"` // why a commit waits; nil when none does
	Written bool    `json:"written"` // at least one file holds the new bytes
	// Coverage is what became of each line of a document that was imported.
	Coverage *importer.Coverage `json:"coverage,omitempty"`
}

// Add takes in one thing that was done. Its commit and why it waits may be "".
func (a *Answer) Add(done Done, commit, pending string) {
	if commit != "" {
		done.Commit = &commit
	}
	if pending != "" {
		a.Pending = &pending
	}
	a.Changes = append(a.Changes, done)
	a.Written = true
}

// Done is what a receipt says that was done.
func (p *Printer) Done(campaign *model.Campaign, receipt model.Receipt) Done {
	change := receipt.Change
	id, period := ofPeriod(change.Subject)
	return Done{
		Unit: change.Unit, Kind: string(change.Subject.Kind), ID: id, Period: period,
		Change: p.Words.Changed(campaign, change.Subject, change.Seen, receipt.Value),
	}
}

// ofPeriod is the id of a subject, or the period of a report.
func ofPeriod(subject model.Subject) (id, period string) {
	if subject.Kind == model.SubjectReport {
		return "", subject.ID
	}
	return subject.ID, ""
}

// AnswerJSON writes what was done.
func (p *Printer) AnswerJSON(answer Answer) error {
	return p.JSON(struct {
		Version int `json:"version"`
		Answer
	}{JSONVersion, answer})
}

// printConflictError shows what someone else wrote and what the person wanted, so that neither is lost. Without a
// campaign people and entries are shown by their ids.
func (p *Printer) printConflictError(conflict *model.Conflict, campaign *model.Campaign) {
	if campaign == nil {
		campaign = &model.Campaign{Plan: model.Plan{TimeZone: time.UTC}}
	}
	change := conflict.Change
	by, at := model.LastChange(conflict.Theirs)
	p.Out.Note("tiendo: " + p.Words.T("this entry has just been changed by someone else; nothing was written"))
	p.Out.Note("  " + p.Words.T("theirs (%s): %s", p.signed(campaign, by, at),
		p.Words.Value(campaign, change.Subject, conflict.Theirs)))
	p.Out.Note("  " + p.Words.T("yours: %s", p.Words.Value(campaign, change.Subject, change.New)))
	p.Hint(phrase.Say("look at what is there now, and give the command again if yours is still right"))
}

// Notices says what else there is to know, each on a line beside the answer.
func (p *Printer) Notices(notices []phrase.Sentence) {
	for _, notice := range notices {
		p.Out.Note(p.Words.Say(notice))
	}
}

// standing says a value in words, with who wrote it and when.
func (p *Printer) standing(campaign *model.Campaign, subject model.Subject, value model.Value) string {
	said := p.Words.Value(campaign, subject, value)
	by, at := model.LastChange(value)
	if by == "" && at.IsZero() {
		return said
	}
	return said + " (" + p.signed(campaign, by, at) + ")"
}

// signed says who wrote something and when.
func (p *Printer) signed(campaign *model.Campaign, by string, at time.Time) string {
	if by == "" {
		return p.At(campaign, at)
	}
	return campaign.Roster.PersonName(by) + ", " + p.At(campaign, at)
}

// At writes a time with its whole date: what is printed may be read on another day.
func (p *Printer) At(campaign *model.Campaign, at time.Time) string {
	return p.Words.When(at, calendar.Day{}, campaign.Plan.TimeZone)
}
