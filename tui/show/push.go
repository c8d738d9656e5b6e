package show

import (
	"slices"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
)

// maxObjections is how many reasons are listed: more help nobody.
const maxObjections = 50

// Objections say why a push is not taken.
func (p *Printer) Objections(objections []review.Objection) {
	hinted := map[string]bool{}
	for i, objection := range objections {
		if i == maxObjections {
			p.Out.Note(p.Words.T("… and %d more", len(objections)-i))
			break
		}
		if commit := objection.Commit; commit != nil {
			p.Out.Note("tiendo: " + p.Words.T("commit %s “%s”: %s", commit.Hash, commit.Title, objection.Reason))
		} else {
			p.Out.Note("tiendo: " + p.Words.Error(objection.Reason))
		}
		if hint := p.Words.Say(objection.Reason.Hint); !hinted[hint] { // one is enough for many commits
			hinted[hint] = true
			p.Hint(objection.Reason.Hint)
		}
	}
	if slices.ContainsFunc(objections, func(o review.Objection) bool { return o.Commit != nil }) {
		p.Hint(phrase.Say("a commit that was not sent can still be made otherwise: %s, then fix it and commit again",
			review.TakeBack))
	}
}

// objectionJSON is a reason of `verify-push --json`.
type objectionJSON struct {
	Commit *string `json:"commit"` // null where it is about the push as a whole
	Title  string  `json:"title"`  // of the commit
	Reason string  `json:"reason"`
	Hint   string  `json:"hint"`
}

// ObjectionsJSON is `verify-push --json`: all of them, in the order of the commits.
func (p *Printer) ObjectionsJSON(objections []review.Objection) error {
	all := make([]objectionJSON, 0, len(objections))
	for _, objection := range objections {
		one := objectionJSON{Reason: p.Words.Error(objection.Reason), Hint: p.Words.Say(objection.Reason.Hint)}
		if commit := objection.Commit; commit != nil {
			one.Commit, one.Title = &commit.Hash, commit.Title
		}
		all = append(all, one)
	}
	return p.JSON(struct {
		Version    int             `json:"version"`
		Taken      bool            `json:"taken"`
		Objections []objectionJSON `json:"objections"`
	}{JSONVersion, len(all) == 0, all})
}
