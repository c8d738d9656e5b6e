package show

import (
	"context"
	"errors"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// Error says an error as `tiendo: …`, and what to do about it on a line of its own. The campaign, which may be
// nil, gives names to what a conflict is about.
func (p *Printer) Error(err error, campaign *model.Campaign) {
	var conflict *model.Conflict
	var refusal *phrase.Refusal
	var problem phrase.Problem
	switch {
	case errors.As(err, &conflict):
		p.printConflictError(conflict, campaign)
		return
	case errors.As(err, &refusal):
		p.Out.Note("tiendo: " + p.Words.Error(refusal))
	case errors.As(err, &problem):
		p.Out.Note("tiendo: " + p.Words.Error(problem))
		p.Hint(problem.Hint)
		return
	case errors.Is(err, context.Canceled):
		p.Out.Note("tiendo: " + p.Words.T("interrupted; nothing more is done"))
	default:
		p.Out.Note("tiendo: " + p.Words.Error(err))
	}
	p.Hint(phrase.HintOf(err))
}

// Warn says beside an answer what does not keep it from being given, and what to do about it.
func (p *Printer) Warn(err error) {
	p.Out.Note(p.Words.T("warning: %s", p.Words.Error(err)))
	p.Hint(phrase.HintOf(err))
}

// Hint says what to do, if there is anything to say.
func (p *Printer) Hint(hint phrase.Sentence) {
	if !hint.IsZero() {
		p.Out.Note(p.Words.T("hint: %s", hint))
	}
}
