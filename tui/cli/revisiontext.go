package cli

import (
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/review"
)

// printRevision prints who and when on one line, and below it what.
func (p *printer) printRevision(revision *review.Revision, zone *time.Location) {
	line := revision.Short + "  " + p.words.Moment(revision.At, zone) + "  " + revision.Author
	if revision.Merge {
		line += "  (" + p.words.T("merge") + ")"
	}
	p.out.line(line)
	for _, difference := range revision.Differences {
		where, what := p.words.Difference(revision.Campaign, difference)
		p.out.line("  " + where + ": " + what)
	}
	for _, lost := range revision.NotTaken {
		where, what := p.words.NotTaken(revision.Campaign, lost)
		p.out.line("  " + where + ": " + what)
	}
}

// revisionsJSON is `log --json`, `show --json` and `diff --json`.
type revisionsJSON struct {
	Version   int            `json:"version"`
	Revisions []revisionJSON `json:"revisions"`
}

type revisionJSON struct {
	Hash    string           `json:"hash"`
	Author  string           `json:"author"`
	Email   string           `json:"email"`
	At      string           `json:"at"`
	Title   string           `json:"title"`
	Merge   bool             `json:"merge"`
	Changes []differenceJSON `json:"changes"`
	// NotTaken are the versions that a merge has not taken.
	NotTaken []notTakenJSON `json:"not_taken,omitempty"`
}

type notTakenJSON struct {
	Unit  string `json:"unit"` // "" for the plan and the roster
	Entry string `json:"entry"`
	By    string `json:"by"`
	Alone bool   `json:"alone"` // nobody else had changed it
}

type differenceJSON struct {
	Unit   string `json:"unit"` // "" for the plan and the roster
	Kind   string `json:"kind"` // activity, message, report, person, unit, plan; "" for a file as a whole
	ID     string `json:"id"`
	Where  string `json:"where"` // in the language of the output
	Change string `json:"change"`
}

func (p *printer) revisionJSON(revision *review.Revision, zone *time.Location) revisionJSON {
	var lost []notTakenJSON
	for _, one := range revision.NotTaken {
		lost = append(lost, notTakenJSON{one.Unit, one.Entry, one.By, one.Alone})
	}
	return revisionJSON{
		Hash: revision.Hash, Author: revision.Author, Email: revision.Email, At: timeJSON(revision.At.In(zone)),
		Title: revision.Title, Merge: revision.Merge, Changes: p.differencesJSON(revision.Campaign, revision.Differences), NotTaken: lost,
	}
}

func (p *printer) differencesJSON(campaign *model.Campaign, differences []review.Difference) []differenceJSON {
	changes := []differenceJSON{}
	for _, difference := range differences {
		where, what := p.words.Difference(campaign, difference)
		changes = append(changes, differenceJSON{difference.Unit, string(difference.Subject.Kind), difference.Subject.ID, where, what})
	}
	return changes
}

// printMarkdown prints a list for each unit, as forges show it in a merge request.
func (p *printer) printMarkdown(campaign *model.Campaign, differences []review.Difference) {
	if len(differences) == 0 {
		p.out.line(p.words.T("nothing in the data differs"))
		return
	}
	heading := ""
	for _, difference := range differences {
		where, what := p.words.Difference(campaign, difference)
		whose, about, found := strings.Cut(where, " · ")
		if whose != heading {
			if heading != "" {
				p.out.line("")
			}
			p.out.line("### " + markdown(whose))
			p.out.line("")
			heading = whose
		}
		if found {
			what = "**" + markdown(about) + "**: " + markdown(what)
		} else {
			what = markdown(what)
		}
		p.out.line("- " + what)
	}
}

// markdown makes a text that says in Markdown what it says.
func markdown(text string) string {
	return strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "<", "&lt;", ">", "&gt;", "[", `\[`, "]", `\]`, "#", `\#`, "|", `\|`, "@", "@\u200b", "!", `\!`).Replace(text)
}

// printDifferences prints a line for each difference.
func (p *printer) printDifferences(campaign *model.Campaign, differences []review.Difference) {
	if len(differences) == 0 {
		p.out.line(p.words.T("nothing in the data differs"))
		return
	}
	for _, difference := range differences {
		where, what := p.words.Difference(campaign, difference)
		p.out.line(where + ": " + what)
	}
}

// printDifferencesJSON is `diff --json`.
func (p *printer) printDifferencesJSON(campaign *model.Campaign, differences []review.Difference) error {
	return p.printJSON(struct {
		Version int              `json:"version"`
		Changes []differenceJSON `json:"changes"`
	}{jsonVersion, p.differencesJSON(campaign, differences)})
}

// printRevisionsJSON is `log --json` and `show --json`.
func (p *printer) printRevisionsJSON(all []revisionJSON) error {
	return p.printJSON(revisionsJSON{Version: jsonVersion, Revisions: all})
}
