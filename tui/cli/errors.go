package cli

import (
	"context"
	"errors"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// printError says an error as `tiendo: …`, and what to do about it on a line of its own. The campaign, which may be
// nil, gives names to what a conflict is about.
func (p *printer) printError(err error, campaign *model.Campaign) {
	var conflict *model.Conflict
	var refusal *phrase.Refusal
	var problem phrase.Problem
	switch {
	case errors.As(err, &conflict):
		p.printConflictError(conflict, campaign)
		return
	case errors.As(err, &refusal):
		p.out.note("tiendo: " + p.words.Error(refusal))
	case errors.As(err, &problem):
		p.out.note("tiendo: " + p.words.Error(problem))
		p.hint(problem.Hint)
		return
	case errors.Is(err, context.Canceled):
		p.out.note("tiendo: " + p.words.T("interrupted; nothing more is done"))
	default:
		p.out.note("tiendo: " + p.words.Error(err))
	}
	p.hint(phrase.HintOf(err))
}

// hint says what to do, if there is anything to say.
func (p *printer) hint(hint phrase.Sentence) {
	if !hint.IsZero() {
		p.out.note(p.words.T("hint: %s", hint))
	}
}
