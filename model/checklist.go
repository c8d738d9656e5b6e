package model

import (
	"fmt"
	"math"

	"example.org/tiendo/model/field"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/sums"
)

// Finding is one thing that the check before submitting found. An error stops
// the submission, a warning is shown.
type Finding struct {
	What    phrase.Sentence
	Subject Subject // where to mend it: an activity, or the report itself
	Warning bool
	Lack    Lack   // of an activity: what kind of thing it is
	Status  Status // of an activity that lacks a note
	Figure  string // the name of the figure that it is about
}

// Explain is the command that writes the note that an activity lacks and leaves its status; "" for another finding.
func (f Finding) Explain(unit *Unit) string {
	if f.Lack != LacksNote {
		return ""
	}
	return fmt.Sprintf("`tiendo tick %s %s --status %s --note \"…\"`", unit.ID, f.Subject.ID, f.Status)
}

// Lack is what an activity lacks, for those who say it in words of their own.
type Lack string

// The values of Lack.
const (
	LacksNote   Lack = "note"   // it is not done, or does not apply, and nothing explains that
	LacksFigure Lack = "figure" // and nothing explains it
	WrongFigure Lack = "wrong"
	LacksChoice Lack = "choice" // between two versions
)

// Checklist is what is still missing in a unit's report, errors first, in plan
// order (DOMAIN §3): every activity assigned is done, not applicable with a note,
// or explained by a note; its figures are given or explained; no part is more than
// its whole. In a plan with periods it is the period's figures, and the activities whose last day lies in it or before.
// A nil report needs its reason only; what contradicts it is a warning.
func (c *Campaign) Checklist(unit *Unit, period string) []Finding {
	progress := c.Progress[unit.ID]
	return c.ChecklistWith(unit, period, progress.ReportOf(period))
}

// ChecklistWith is the checklist with another report than the one in the file, such as one that is being written.
func (c *Campaign) ChecklistWith(unit *Unit, period string, report Report) []Finding {
	if report.Nil {
		findings := append(c.undecided(unit), report.findings(period)...)
		for _, doubt := range c.NilDoubts(unit, period, report) {
			findings = append(findings, Finding{What: doubt, Subject: Subject{SubjectReport, period}, Warning: true})
		}
		return findings
	}
	progress := c.Progress[unit.ID]
	var all []Finding
	for i := range c.Plan.Activities {
		activity, entry := &c.Plan.Activities[i], progress.Entry(c.Plan.Activities[i].ID)
		if !activity.Role(unit.ID, unit.Group).Answers() && len(entry.Others) == 0 { // two versions stop every report
			continue
		}
		for _, finding := range c.asked(activity, unit, entry, period) {
			finding.Subject = Subject{SubjectActivity, activity.ID}
			all = append(all, finding)
		}
	}
	wrong, doubtful := Sorted(append(all, report.findings(period)...))
	return append(wrong, doubtful...)
}

// asked is what an entry lacks for the report of a period.
func (c *Campaign) asked(activity *Activity, unit *Unit, entry Entry, id string) []Finding {
	period := c.Plan.Reporting.Periods.Find(id)
	if period == nil || len(entry.Others) > 0 {
		return activity.findings(entry, unit.ID, entry.Figures, entry.Note != "")
	}
	last := activity.Deadline.LastDay()
	due := !last.IsZero() && !last.After(period.Last)
	asking, soFar := *activity, map[string]float64{}
	if due { // only then is it time to have reached a target
		soFar = activity.Indicators.Over(entry.Figures, c.Plan.Reporting.Periods.Summed(id))
	}
	entry.Figures = sums.In(entry.Figures, id)
	if period.Sums {
		asking.Indicators = nil
	}
	if !due && entry.Status != NA && len(asking.Indicators) == 0 {
		return nil
	}
	if !due && entry.Status == Doing { // it goes on; only its figures are asked for
		entry.Status = Done
	}
	if !due && entry.Status == Todo {
		return nil
	}
	over := entry.Status == Done && due && last.Before(period.First) // it need not have figures any more
	return asking.findings(entry, unit.ID, soFar, over || entry.Note != "")
}

// undecided are the activities of which there are two versions; with them no report is submitted, a nil report neither.
func (c *Campaign) undecided(unit *Unit) []Finding {
	var all []Finding
	for _, dispute := range c.Disputes(unit.ID) {
		if dispute.Kind == SubjectActivity {
			all = append(all, c.Plan.Activity(dispute.ID).undecided(dispute))
		}
	}
	return all
}

// NilDoubts is what contradicts a nil report: its own texts, which the consolidated report leaves out, and what the
// unit has done all the same, which it prints. A report that is not nil has none.
func (c *Campaign) NilDoubts(unit *Unit, period string, report Report) []phrase.Sentence {
	if !report.Nil {
		return nil
	}
	var doubts []phrase.Sentence
	if !report.Empty() {
		doubts = append(doubts, phrase.Say("it is a nil report, so what else is written in it is not printed: take “nil” "+
			"back, or empty the texts"))
	}
	progress := c.Progress[unit.ID]
	done, figures := 0, 0
	for i := range c.Plan.Activities {
		activity := &c.Plan.Activities[i]
		if !activity.AssignedTo(unit) {
			continue
		}
		entry, answers := progress.Entry(activity.ID), activity.Role(unit.ID, unit.Group).Answers()
		if answers && period == "" && (entry.Status == Doing || entry.Status == Done) {
			done++
		}
		for _, figure := range sums.In(entry.Figures, period) {
			if figure != 0 {
				figures++
			}
		}
	}
	if done+figures > 0 {
		doubts = append(doubts, phrase.Say("it is a nil report, and yet activities in progress or done: %d, figures: %d; "+
			"the consolidated report prints them", done, figures))
	}
	return doubts
}

// Remarks are what a person should know who has just made a change that was right.
func (c *Campaign) Remarks(change Change) []phrase.Sentence {
	unit := c.Roster.Unit(change.Unit)
	if change.Subject.Kind == SubjectActivity {
		return c.fractions(change)
	}
	if unit == nil || change.Subject.Kind != SubjectReport {
		return nil
	}
	remarks := c.NilDoubts(unit, change.Subject.ID, As[Report](change.New))
	if As[Report](change.New).Status == Accepted && As[Report](change.Seen).Status != Accepted {
		wrong, _ := Sorted(c.ChecklistWith(unit, change.Subject.ID, As[Report](change.New)))
		if len(wrong) > 0 { // changed since it was sent
			remarks = append(remarks, phrase.Say("things missing in what was accepted: %d; the first: %s", len(wrong),
				wrong[0].What))
		}
	}
	return remarks
}

// fractions names the new figures that count things one by one and are no whole number.
func (c *Campaign) fractions(change Change) []phrase.Sentence {
	activity := c.Plan.Activity(change.Subject.ID)
	if activity == nil {
		return nil
	}
	var remarks []phrase.Sentence
	was, is := As[Entry](change.Seen).Figures, As[Entry](change.New).Figures
	for key := range field.DifferingKeys(was, is) {
		_, id := sums.Split(key)
		figure, given := is[key]
		indicator, known := activity.Indicator(id)
		if given && known && indicator.Counted() && figure != math.Trunc(figure) {
			remarks = append(remarks, phrase.Say("%s is %v %s: is a fraction meant?", indicator.Name, figure, indicator.Measure))
		}
	}
	return remarks
}

// Sorted parts findings into errors and warnings; each keeps its order.
func Sorted(findings []Finding) (wrong, doubtful []Finding) {
	for _, finding := range findings {
		if finding.Warning {
			doubtful = append(doubtful, finding)
		} else {
			wrong = append(wrong, finding)
		}
	}
	return wrong, doubtful
}

// findings checks what the unit writes besides its activities.
func (r Report) findings(period string) []Finding {
	var findings []Finding
	add := func(what phrase.Sentence, warning bool) {
		findings = append(findings, Finding{What: what, Subject: Subject{SubjectReport, period}, Warning: warning})
	}
	switch {
	case len(r.Others) > 0:
		add(phrase.Say("of the report there are two versions, and nobody has decided yet"), false)
		return findings
	case r.Nil && r.NilReason == "":
		add(phrase.Say("a nil report needs a reason"), false)
	case r.Nil:
	case r.Results == "":
		add(phrase.Say("the results are not written yet; a unit with nothing to report sends a nil report"), false)
	}
	if !r.Nil && r.Difficulties == "" {
		add(phrase.Say("no difficulties are named"), true)
	}
	return findings
}

// undecided is what is missing where there are two versions.
func (a *Activity) undecided(subject Subject) Finding {
	return Finding{What: phrase.Say("of “%s” there are two versions, and nobody has decided yet", a.Title),
		Subject: subject, Lack: LacksChoice}
}

// findings checks one entry of a unit, and its figures so far against the targets. What is explained may lack figures.
func (a *Activity) findings(entry Entry, unit string, soFar map[string]float64, explained bool) []Finding {
	switch {
	case len(entry.Others) > 0:
		return []Finding{a.undecided(Subject{SubjectActivity, a.ID})}
	case entry.Status != Done && !explained:
		return []Finding{{What: phrase.Say("“%s” is %s, and no note explains it", a.Title, entry.Status), Lack: LacksNote,
			Status: entry.Status}}
	case entry.Status == NA, entry.Status == Todo:
		return nil // explained: there are no figures to expect
	}
	var findings []Finding
	for _, indicator := range a.Indicators {
		_, given := entry.Figures[indicator.ID]
		reached, counted := soFar[indicator.ID]
		switch target := indicator.TargetOf(unit); {
		case !given && !explained:
			findings = append(findings, Finding{What: phrase.Say("“%s” has no figure for %s, and no note explains it", a.Title,
				a.FullName(indicator)), Lack: LacksFigure, Figure: a.FullName(indicator)})
		case !given:
			findings = append(findings, Finding{What: phrase.Say("“%s” has no figure for %s", a.Title, a.FullName(indicator)),
				Warning: true, Figure: a.FullName(indicator)})
		case target != nil && counted && reached < *target:
			findings = append(findings, Finding{What: phrase.Say("“%s”: %s is %v, the target is %v", a.Title,
				a.FullName(indicator), reached, *target), Warning: true, Figure: a.FullName(indicator)})
		}
		if err := a.CheckFigure(indicator.ID, entry.Figures); given && err != nil {
			findings = append(findings, Finding{What: phrase.Of(err), Lack: WrongFigure, Figure: a.FullName(indicator)})
		}
	}
	return findings
}
