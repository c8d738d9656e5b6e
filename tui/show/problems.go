package show

import (
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// Check lists all problems with their number, or says that there is none.
func (p *Printer) Check(campaign *model.Campaign) {
	if len(campaign.Problems) == 0 {
		p.Out.Line(p.Words.T("no problems: %s, %s",
			p.Words.Count(len(campaign.Plan.Activities), "%d activity", "%d activities"),
			p.Words.Count(len(campaign.Roster.Units), "%d unit", "%d units")))
		return
	}
	p.printProblems(campaign.Problems, "")
	p.Out.Note(p.Words.Count(len(campaign.Problems), "%d problem", "%d problems"))
}

// problemsBeside lists the problems in the files, if any, below what was read of them.
func (p *Printer) problemsBeside(problems []phrase.Problem) {
	if len(problems) == 0 {
		return
	}
	p.Out.Line("")
	p.Out.Line(p.Words.T("Problems in the data files:"))
	p.printProblems(problems, "  ")
}

// printProblems lists problems with their places, each hint on a line of its own.
func (p *Printer) printProblems(problems []phrase.Problem, indent string) {
	for _, problem := range problems {
		if problem.Warning {
			p.Out.Line(indent + problem.Place() + ": " + p.Words.T("warning: %s", problem.What))
		} else {
			p.Out.Line(indent + problem.Place() + ": " + p.Words.Say(problem.What))
		}
		if !problem.Hint.IsZero() {
			p.Out.Line(indent + "  " + p.Words.T("hint: %s", problem.Hint))
		}
	}
}

// LeftByHand names the files that were edited by hand and are not saved, each with what stands in its way.
func LeftByHand(p *Printer, problems []phrase.Problem) {
	p.Out.Note(p.Words.T("left as they are:"))
	for _, problem := range problems {
		p.Out.Note("  " + problem.Place() + ": " + p.Words.Say(problem.What))
		if !problem.Hint.IsZero() {
			p.Out.Note("    " + p.Words.T("hint: %s", problem.Hint))
		}
	}
	p.Hint(phrase.Say("put right what stands there, or put it back as it was (`tiendo diff` shows what differs), and " +
		"give the command again"))
}

// ProblemsJSON is `check --json`.
func (p *Printer) ProblemsJSON(problems []phrase.Problem) error {
	return p.JSON(struct {
		Version  int           `json:"version"`
		Problems []problemJSON `json:"problems"`
	}{JSONVersion, p.problemsJSON(problems)})
}

// Uncommitted names the files, if any, that nobody else has as they stand.
func (p *Printer) Uncommitted(files []string) {
	if len(files) == 0 {
		return
	}
	p.Out.Line("")
	p.Paragraph(p.Words.Say(NotCommitted(files)))
	p.Hint(phrase.Say("look at it with `tiendo diff`, then `tiendo save` it"))
}

// Aside names the files of which somebody has still to take up, or drop, a version of this clone.
func (p *Printer) Aside(files []string) {
	if len(files) == 0 {
		return
	}
	p.Out.Line("")
	p.Paragraph(p.Words.T("the remote had another version, and this clone's is set aside: %s", strings.Join(files, ", ")))
	p.Hint(phrase.Say("`tiendo resolve` shows both and takes it up again"))
}

// NotCommitted says which files nobody else has as they stand.
func NotCommitted(files []string) phrase.Sentence {
	return phrase.Say("in no commit yet, so nobody else has it: %s", strings.Join(files, ", "))
}
