package show

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
)

type conflictJSON struct {
	File    string   `json:"file"`
	Unit    string   `json:"unit"`
	Entry   string   `json:"entry"`
	Where   string   `json:"where"`
	Why     string   `json:"why"`
	Ours    sideJSON `json:"ours"`
	Theirs  sideJSON `json:"theirs"`
	CanBoth bool     `json:"can_both"`
}

type sideJSON struct {
	By   string `json:"by"`
	At   string `json:"at"`
	Gone bool   `json:"gone"`
	Says string `json:"says"`
	Text string `json:"text"`
}

// ConflictsJSON is `resolve --json`.
func (p *Printer) ConflictsJSON(campaign *model.Campaign, conflicts []review.MergeConflict) error {
	all := []conflictJSON{}
	for i := range conflicts {
		all = append(all, p.conflictJSON(campaign, &conflicts[i]))
	}
	return p.JSON(struct {
		Version   int            `json:"version"`
		Conflicts []conflictJSON `json:"conflicts"`
	}{JSONVersion, all})
}

// Conflicts shows both sides of each conflict, with the commands that settle it.
func (p *Printer) Conflicts(campaign *model.Campaign, conflicts []review.MergeConflict) {
	for i := range conflicts {
		if i > 0 {
			p.Out.Line("")
		}
		older := slices.ContainsFunc(conflicts[:i],
			func(newer review.MergeConflict) bool { return newer.Same(&conflicts[i]) })
		p.printConflict(campaign, &conflicts[i], older)
	}
}

// printConflict shows one; an older version than one that is set aside of the same entry waits until that is settled.
func (p *Printer) printConflict(campaign *model.Campaign, conflict *review.MergeConflict, older bool) {
	p.Out.Line(p.Words.ConflictPlace(campaign, conflict))
	for _, why := range []string{p.Words.ConflictWaits(conflict), p.Words.ConflictWhy(campaign, conflict)} {
		if why != "" {
			p.Out.Line("  " + why)
		}
	}
	takes := []string{"ours", "theirs"}
	if ours, theirs := conflict.Ours.By, conflict.Theirs.By; ours != theirs && model.IsID(ours) && model.IsID(theirs) {
		takes = []string{ours, theirs}
	}
	for i, side := range []*review.MergeVersion{&conflict.Ours, &conflict.Theirs} {
		who, what := p.Words.ConflictSide(campaign, conflict, side)
		lines := strings.Split(what, "\n")
		p.Out.Line("  " + who + ": " + lines[0])
		for _, line := range lines[1:] {
			p.Out.Line("    " + line)
		}
		if !older {
			p.Out.Line("    tiendo resolve " + conflictArguments(conflict) + " --take " + takes[i])
		}
	}
	if older {
		p.Out.Line("  " + p.Words.T("an older version; it can be taken once the newer one above is decided"))
		return
	}
	if _, possible := conflict.Both(); possible {
		both := p.Words.T("both:")
		if conflict.Subject.Kind == model.SubjectActivity {
			both = p.Words.T("both notes:")
		}
		p.Out.Line("  " + both)
		p.Out.Line("    tiendo resolve " + conflictArguments(conflict) + " --take both")
	} else if differ := conflict.Differs(&campaign.Plan); !differ.IsZero() {
		p.Out.Line("  " + p.Words.T("they differ, so both cannot be kept: %s", differ))
	}
}

// conflictArguments name a conflict on the command line.
func conflictArguments(conflict *review.MergeConflict) string {
	unit := cmp.Or(conflict.Unit, filepath.Base(conflict.File))
	entry := conflict.Entry
	if conflict.Subject.ID != "" && conflict.Subject.Kind != model.SubjectPlan {
		entry = conflict.Subject.ID
	}
	if entry == "" {
		return unit
	}
	return unit + " " + text.Quoted(entry)
}

func (p *Printer) conflictJSON(campaign *model.Campaign, conflict *review.MergeConflict) conflictJSON {
	side := func(version *review.MergeVersion) sideJSON {
		_, says := p.Words.ConflictSide(campaign, conflict, version)
		return sideJSON{By: version.By, At: timeJSON(version.At), Gone: version.Gone, Says: says, Text: version.Text}
	}
	_, both := conflict.Both()
	return conflictJSON{
		File: conflict.File, Unit: conflict.Unit, Entry: conflict.Entry, Where: p.Words.ConflictPlace(campaign, conflict),
		Why: p.Words.ConflictWhy(campaign, conflict), Ours: side(&conflict.Ours), Theirs: side(&conflict.Theirs),
		CanBoth: both,
	}
}

// Resolved says what is left.
func (p *Printer) Resolved(resolved review.Resolved) {
	switch {
	case resolved.Left > 0:
		p.Out.Line(p.Words.Count(resolved.Left, "%d conflict is still open", "%d conflicts are still open"))
	case resolved.Hash != "" && resolved.Resolution.Conflict.Aside:
		p.Out.Line(p.Words.T("the version that was set aside is back, saved %s; `tiendo sync` sends it", resolved.Hash))
	case !resolved.Pending.IsZero() && resolved.Resolution.Conflict.Aside:
		p.Out.Note(p.Words.T("the version that was set aside is back, commit pending: %s", resolved.Pending))
	case resolved.Hash != "":
		p.Out.Line(p.Words.T("the merge is finished: %s; `tiendo sync` sends it", resolved.Hash))
	case !resolved.Pending.IsZero():
		p.Out.Note(p.Words.T("nothing is open, but the merge is not committed: %s", resolved.Pending))
		p.Hint(phrase.Say("`tiendo resolve --finish` tries again"))
	}
	p.Notices(resolved.Notices)
}
