package show

import (
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/tui/lang"
)

// Revision prints who and when on one line, and below it what.
func (p *Printer) Revision(revision *review.Revision, zone *time.Location) {
	line := revision.Short + "  " + p.Words.Moment(revision.At, zone)
	if !revision.Boundary { // whoever made it has not changed all that it holds
		line += "  " + revision.Who()
	}
	if revision.Merge {
		line += "  (" + p.Words.T("merge") + ")"
	}
	p.Out.Line(line)
	if revision.Reverts != "" {
		p.Out.Line("  " + p.Words.T("takes back %s", revision.Reverts[:min(len(revision.Reverts), len(revision.Short))]))
	}
	for _, doubt := range revision.Doubts(zone) {
		p.Out.Line("  ! " + p.Words.Say(doubt))
	}
	if untold := revision.Untold(); untold != nil {
		p.Out.Line("  " + p.Words.Error(untold))
		if revision.Boundary { // else the error behind all says it, once
			p.Out.Line("  " + p.Words.T("hint: %s", phrase.HintOf(untold)))
		}
	}
	for _, difference := range revision.Differences {
		where, what := p.Words.Difference(revision.Campaign, difference)
		if difference.TakenBack != "" {
			what += " (" + p.Words.T("taken back by %s", difference.TakenBack) + ")"
		}
		p.Out.Line("  " + where + ": " + what)
	}
	for _, lost := range revision.NotTaken {
		where, what := p.Words.NotTaken(revision.Campaign, lost)
		p.Out.Line("  " + where + ": " + what)
	}
	if len(revision.Effects) > 0 {
		p.Out.Line("  " + lang.Effects(p.Words, revision.Effects))
	}
}

// RevisionData is one revision in JSON.
type RevisionData struct {
	Hash    string   `json:"hash"`
	Author  string   `json:"author"`
	GitName string   `json:"git_name,omitempty"` // what git calls the author, where that is another name
	Email   string   `json:"email"`
	At      string   `json:"at"`
	Title   string   `json:"title"`
	Merge   bool     `json:"merge"`
	Reverts string   `json:"reverts,omitempty"` // the commit that it takes back, as a hash or the beginning of one
	Arrived string   `json:"arrived,omitempty"` // when the server got it, where that is known
	Doubts  []string `json:"doubts,omitempty"`  // in the language of the output
	// Boundary says that a shallow clone ends here, and Unreadable why else it is not known what was changed.
	Boundary   bool   `json:"boundary,omitempty"`
	Unreadable string `json:"unreadable,omitempty"`

	Changes []differenceJSON `json:"changes"`
	// Effects are what a change of plan or roster did to the figures of its day.
	Effects []effectJSON `json:"effects,omitempty"`
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
	Period string `json:"period,omitempty"` // of a report, in a plan with periods
	Where  string `json:"where"`            // in the language of the output
	Change string `json:"change"`
	// TakenBack is the short hash of the commit that has taken it back, in a log that holds both.
	TakenBack string `json:"taken_back,omitempty"`
}

type effectJSON struct {
	Kind   string  `json:"kind"` // overdue, entries, late, done, activities, target, total, reports …, goal
	ID     string  `json:"id,omitempty"`
	Before float64 `json:"before"` // done and activities are shares, 0 to 1
	After  float64 `json:"after"`
	Said   string  `json:"said"` // in the language of the output
}

func (p *Printer) effectsJSON(effects []review.Effect) []effectJSON {
	var said []effectJSON
	for _, effect := range effects {
		said = append(said, effectJSON{effect.Kind, effect.ID, effect.Before, effect.After, p.Words.Say(effect.Said)})
	}
	return said
}

// RevisionJSON puts a revision into the shape that scripts rely on. Times are in the plan's time zone.
func (p *Printer) RevisionJSON(revision *review.Revision, zone *time.Location) RevisionData {
	var lost []notTakenJSON
	for _, one := range revision.NotTaken {
		lost = append(lost, notTakenJSON{one.Unit, one.Entry, one.By, one.Alone})
	}
	var doubts []string
	for _, doubt := range revision.Doubts(zone) {
		doubts = append(doubts, p.Words.Say(doubt))
	}
	unreadable := ""
	if revision.Unreadable != nil {
		unreadable = p.Words.Error(revision.Unreadable)
	}
	return RevisionData{
		Boundary: revision.Boundary, Unreadable: unreadable,
		GitName: revision.GitName, Arrived: timeJSON(revision.Arrived.In(zone)), Doubts: doubts,
		Hash: revision.Hash, Author: revision.Author, Email: revision.Email, At: timeJSON(revision.At.In(zone)),
		Title: revision.Title, Merge: revision.Merge, Reverts: revision.Reverts,
		Changes: p.differencesJSON(revision.Campaign, revision.Differences),
		Effects: p.effectsJSON(revision.Effects), NotTaken: lost,
	}
}

func (p *Printer) differencesJSON(campaign *model.Campaign, differences []review.Difference) []differenceJSON {
	changes := []differenceJSON{}
	for _, difference := range differences {
		where, what := p.Words.Difference(campaign, difference)
		id, period := ofPeriod(difference.Subject)
		changes = append(changes, differenceJSON{difference.Unit, string(difference.Subject.Kind), id, period, where, what,
			difference.TakenBack})
	}
	return changes
}

// Markdown prints a list for each unit, as forges show it in a merge request, and below it what that does to figures.
func (p *Printer) Markdown(campaign *model.Campaign, differences []review.Difference, effects []review.Effect) {
	if len(differences) == 0 {
		p.Out.Line(p.Words.T("nothing in the data differs"))
		return
	}
	heading := ""
	for _, difference := range differences {
		where, what := p.Words.Difference(campaign, difference)
		whose, about, found := strings.Cut(where, " · ")
		if whose != heading {
			if heading != "" {
				p.Out.Line("")
			}
			p.Out.Line("### " + markdown(whose))
			p.Out.Line("")
			heading = whose
		}
		if found {
			what = "**" + markdown(about) + "**: " + markdown(what)
		} else {
			what = markdown(what)
		}
		p.Out.Line("- " + what)
	}
	if len(effects) > 0 {
		p.Out.Line("")
		p.Out.Line("### " + markdown(phrase.Capital(p.Words.T("effect"))))
		p.Out.Line("")
	}
	for _, effect := range effects {
		p.Out.Line("- " + markdown(p.Words.Say(effect.Said)))
	}
}

// markdown makes a text that says in Markdown what it says.
func markdown(text string) string {
	return strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "<", "&lt;", ">", "&gt;", "[", `\[`, "]", `\]`,
		"#", `\#`, "|", `\|`, "@", "@\u200b", "!", `\!`).Replace(text)
}

// Differences prints a line for each difference, and below them what they do to figures.
func (p *Printer) Differences(campaign *model.Campaign, differences []review.Difference, effects []review.Effect) {
	if len(differences) == 0 {
		p.Out.Line(p.Words.T("nothing in the data differs"))
		return
	}
	for _, difference := range differences {
		where, what := p.Words.Difference(campaign, difference)
		p.Out.Line(where + ": " + what)
	}
	if len(effects) > 0 {
		p.Out.Line(lang.Effects(p.Words, effects))
	}
}

// DifferencesJSON is `diff --json`.
func (p *Printer) DifferencesJSON(campaign *model.Campaign, differences []review.Difference,
	effects []review.Effect) error {
	return p.JSON(struct {
		Version int              `json:"version"`
		Changes []differenceJSON `json:"changes"`
		Effects []effectJSON     `json:"effects,omitempty"`
	}{JSONVersion, p.differencesJSON(campaign, differences), p.effectsJSON(effects)})
}

// RevisionsJSON is `log --json` and `show --json`.
func (p *Printer) RevisionsJSON(all []RevisionData) error {
	return p.JSON(struct {
		Version   int            `json:"version"`
		Revisions []RevisionData `json:"revisions"`
	}{JSONVersion, all})
}
