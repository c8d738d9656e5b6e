package cli

import (
	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// checkJSON is `check --json`.
type checkJSON struct {
	Version  int           `json:"version"`
	Problems []problemJSON `json:"problems"`
}

func (p *printer) printCheck(campaign *model.Campaign) {
	if len(campaign.Problems) == 0 {
		p.out.line(p.words.T("no problems: %s, %s",
			p.words.Count(len(campaign.Plan.Activities), "%d activity", "%d activities"),
			p.words.Count(len(campaign.Roster.Units), "%d unit", "%d units")))
		return
	}
	p.printProblems(campaign.Problems, "")
	p.out.note(p.words.Count(len(campaign.Problems), "%d problem", "%d problems"))
}

// problemsBeside lists the problems in the files, if any, below what was read of them.
func (p *printer) problemsBeside(problems []phrase.Problem) {
	if len(problems) == 0 {
		return
	}
	p.out.line("")
	p.out.line(p.words.T("Problems in the data files:"))
	p.printProblems(problems, "  ")
}

// printProblems lists problems with their places, each hint on a line of its own.
func (p *printer) printProblems(problems []phrase.Problem, indent string) {
	for _, problem := range problems {
		if problem.Warning {
			p.out.line(indent + problem.Place() + ": " + p.words.T("warning: %s", problem.What))
		} else {
			p.out.line(indent + problem.Place() + ": " + p.words.Say(problem.What))
		}
		if !problem.Hint.IsZero() {
			p.out.line(indent + "  " + p.words.T("hint: %s", problem.Hint))
		}
	}
}

// printProblemsJSON is `check --json`.
func (p *printer) printProblemsJSON(problems []phrase.Problem) error {
	return p.printJSON(checkJSON{Version: jsonVersion, Problems: p.problemsJSON(problems)})
}
