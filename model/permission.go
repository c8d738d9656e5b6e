package model

import (
	"cmp"
	"maps"
	"slices"
	"unicode/utf8"

	"example.org/tiendo/model/field"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/sums"
)

// Limits on what one entry may hold, so that a file stays readable in a diff.
const (
	MaxNote      = 4_000 // characters
	MaxEvidence  = 50    // references
	MaxReference = field.MaxReference
	MaxChannels  = 20
	MaxFigure    = sums.MaxFigure
)

// Check refuses a change that the rules forbid: wrong ids, no right, a locked
// report, a step that a report cannot take, or a value that cannot be. Every
// way in obeys it. The campaign must hold the unit's progress as it stands now.
func (c *Campaign) Check(change Change) error {
	if change.Subject.Kind.OnRoster() {
		return c.checkRoster(change)
	}
	if change.Subject.Kind.InPlan() {
		return c.MayChangePlan(change.Person)
	}
	if change.Subject.Kind.OfOffice() {
		return c.checkOffice(change)
	}
	unit, err := c.Unit(change.Unit)
	if err != nil {
		return err
	}
	if change.Subject.Kind == SubjectReport && change.Person.Role == Staff { // whose report it is does not matter then
		if err := coordinatorsStep(change); err != nil {
			return err
		}
	}
	if err := c.mayChange(change.Person, unit); err != nil {
		return err
	}
	for _, unreadable := range []map[string]*phrase.Problem{c.Broken, c.Stale} {
		if problem, broken := unreadable[unit.ID]; broken {
			return brokenFile(*problem)
		}
	}
	progress := c.Progress[unit.ID]
	if progress.Report.Status == Accepted && change.Subject.Kind != SubjectReport && len(c.Plan.Reporting.Periods) == 0 {
		return phrase.Refuse(phrase.Say("the report of %s is accepted, so its record is locked", unit.Name),
			phrase.Say("the coordinator can withdraw the acceptance, or return the report with a reason")).
			InBrief(phrase.Say("report accepted"))
	}
	if err := c.lockedFigures(unit, change); err != nil {
		return err
	}
	if err := c.DisputeWaits(unit, change); err != nil {
		return err
	}
	if change.Settles() && !change.Restore {
		return c.checkSettling(change)
	}
	switch change.Subject.Kind {
	case SubjectActivity:
		return c.checkEntry(unit, change)
	case SubjectMessage:
		return c.checkUse(change)
	default:
		return c.checkReport(unit, change)
	}
}

func brokenFile(problem phrase.Problem) error {
	if problem.Unread {
		return phrase.Refuse(problem.What, phrase.Say("press the key again in a moment"))
	}
	if problem.Lost {
		return phrase.Refuse(phrase.Say("%s: nothing is written: %s", problem.Place(), problem.What), MendHint(problem)).
			InBrief(phrase.Say("file missing"))
	}
	return phrase.Refuse(phrase.Say("%s: the file is broken, so nothing is written to it: %s", problem.Place(),
		problem.What), MendHint(problem)).InBrief(phrase.Say("error in the file"))
}

// MendHint says what to do before anything is written to a file with a problem: settle what
// two sides have changed, or bring back the file, where that is the problem, else mend it by hand.
func MendHint(problem phrase.Problem) phrase.Sentence {
	if problem.InConflict {
		return phrase.Say("both sides of a merge have changed something here: `tiendo resolve` settles it, as does the tab " +
			"of changes")
	}
	if problem.Lost {
		return problem.Hint
	}
	return phrase.Say("fix the file by hand, then try again; `tiendo check` lists every problem")
}

// MayChange reports whether the person may change the unit's progress at all; nil means yes.
// Screens ask it to show what is not open to the person.
func (c *Campaign) MayChange(person Person, unit string) error {
	found, err := c.Unit(unit)
	if err != nil {
		return err
	}
	return c.mayChange(person, found)
}

// CheckPresent refuses every change of a past state.
func (c *Campaign) CheckPresent() error {
	if c.AsOf.IsZero() {
		return nil
	}
	return phrase.Refuse(phrase.Say("this is how it was as of %s; nothing is changed in the past", c.AsOf),
		phrase.Say("the key ] comes back to the present; on the command line leave out --at")).
		InBrief(phrase.Say("as of %s", c.AsOf))
}

func (c *Campaign) mayChange(person Person, unit *Unit) error {
	if err := c.CheckPresent(); err != nil {
		return err
	}
	switch person.Role {
	case Coordinator:
		return nil
	case Staff:
		if person.Unit == unit.ID {
			return nil
		}
		own := c.Roster.UnitName(person.Unit)
		return phrase.Refuse(phrase.Say("%s may change only the record of %s, not that of %s", person.Name, own, unit.Name),
			phrase.Say("ask that unit or the coordinator to make the change")).
			InBrief(phrase.Say("record of another unit"))
	default:
		return phrase.Refuse(phrase.Say("%s may look but not change anything", person.Name),
			phrase.Say("the coordinator gives roles, with `tiendo person set`")).InBrief(phrase.Say("your role is to view"))
	}
}

func (c *Campaign) checkEntry(unit *Unit, change Change) error {
	activity, err := c.Activity(change.Subject.ID)
	if err != nil {
		return err
	}
	if !activity.AssignedTo(unit) {
		return phrase.Refuse(phrase.Say("%q is not assigned to %s", activity.Title, unit.Name),
			phrase.Say("plan.toml says who carries out what, under `assigned` and `lead`"))
	}
	if change.Restore {
		return nil
	}
	was, is := As[Entry](change.Seen), As[Entry](change.New)
	if is.Status != cmp.Or(was.Status, Todo) && is.Status != Todo {
		if err := MaySetStatus(activity, unit); err != nil {
			return err
		}
	}
	if err := c.checkPeriods(was.Figures, is.Figures); err != nil {
		return err
	}
	return activity.CheckEntry(is)
}

// lockedFigures refuses a change of figures that are locked with the report of their period.
func (c *Campaign) lockedFigures(unit *Unit, change Change) error {
	progress := c.Progress[unit.ID]
	for key := range field.DifferingKeys(As[Entry](change.Seen).Figures, As[Entry](change.New).Figures) {
		id, _ := sums.Split(key)
		if period := c.Plan.Reporting.Periods.Find(id); period != nil && progress.Reports[id].Status == Accepted {
			return phrase.Refuse(phrase.Say("the report of %s for %s is accepted, so its figures are locked", unit.Name,
				period.Name), phrase.Say("the coordinator can withdraw the acceptance, or return the report with a reason"))
		}
	}
	return nil
}

// checkPeriods refuses new figures of a period that there is not. Those that stand there already may stay, or go.
func (c *Campaign) checkPeriods(was, is map[string]float64) error {
	for key := range field.DifferingKeys(was, is) {
		id, _ := sums.Split(key)
		_, given := is[key]
		if err := c.Plan.Reporting.Periods.Known(id, true); given && err != nil {
			return err
		}
	}
	return nil
}

// MaySetStatus refuses a status by a unit that supports an activity: it does not answer for it.
func MaySetStatus(activity *Activity, unit *Unit) error {
	if activity.Role(unit.ID, unit.Group).Answers() {
		return nil
	}
	return phrase.Refuse(phrase.Say("%s supports “%s”: note, evidence, figures", unit.Name, activity.Title),
		phrase.Say("only who answers for it has a status there: `tiendo status` names them"))
}

// CheckEntry refuses an entry that cannot be: an unknown status, not applicable
// without a note, figures that are negative, unknown, or more than their whole.
func (a *Activity) CheckEntry(entry Entry) error {
	switch entry.Status {
	case Todo, Doing, Done:
	case NA:
		if entry.Note == "" {
			return field.About("note", phrase.Refuse(phrase.Say("not applicable needs a note that says why"),
				phrase.Say("write the reason in the note")))
		}
	default:
		return phrase.Refuse(phrase.Say("status is %q; want todo, doing, done or na", string(entry.Status)),
			phrase.Sentence{})
	}
	if utf8.RuneCountInString(entry.Note) > MaxNote {
		return field.About("note", phrase.Refuse(phrase.Say("the note is longer than %d characters", MaxNote),
			phrase.Say("put the long text into a document and name it as evidence")))
	}
	if err := field.Check(EntryFields, &entry); err != nil {
		return err
	}
	// in order: with two wrong ones it says the same each time
	for _, id := range slices.Sorted(maps.Keys(entry.Figures)) {
		if err := a.CheckFigure(id, entry.Figures); err != nil {
			return err
		}
	}
	return nil
}

// CheckFigure refuses a figure that cannot be, by itself or beside the others of its entry.
func (a *Activity) CheckFigure(id string, figures map[string]float64) error {
	if asked, err := a.Indicators.Check(id, figures); asked {
		return err
	}
	_, id = sums.Split(id)
	known := idsOf(a.Indicators, func(one *Indicator) string { return one.ID })
	if len(known) == 0 {
		return phrase.Refuse(phrase.Say("%q asks for no figures", a.Title), phrase.Say("write it into the note"))
	}
	return phrase.Unknown(phrase.Say("%q has no figure %q", a.Title, id), id, known)
}

func (c *Campaign) checkUse(change Change) error {
	if _, err := c.Message(change.Subject.ID); err != nil {
		return err
	}
	return field.Check(UseFields, new(As[Use](change.New)))
}

// MayMarkReviewed refuses the mark up to where somebody has reviewed: to everybody but a coordinator, and in the past.
func (c *Campaign) MayMarkReviewed(person Person) error {
	return c.coordinators(person, onlyCoordinator(phrase.Say("only the coordinator marks changes as reviewed")))
}

// coordinators refuses what only a coordinator does, and that to nobody in the past.
func (c *Campaign) coordinators(person Person, refusal *phrase.Refusal) error {
	if err := c.CheckPresent(); err != nil || person.Role == Coordinator {
		return err
	}
	return refusal
}

func onlyCoordinator(what phrase.Sentence) *phrase.Refusal {
	return phrase.Refuse(what, phrase.Say("ask the Office that consolidates the reports")).
		InBrief(phrase.Say("for the coordinator"))
}

// MayChangePlan refuses changes of the plan to everybody but a coordinator, and in the past.
func (c *Campaign) MayChangePlan(person Person) error {
	return c.coordinators(person, onlyCoordinator(phrase.Say("only the coordinator changes the plan")))
}

// MayReview refuses the list of what is not reviewed yet to everybody but a coordinator: it
// is counted from a coordinator's own mark.
func (c *Campaign) MayReview(person Person) error {
	if person.Role == Coordinator {
		return nil
	}
	return phrase.Refuse(phrase.Say("what is not reviewed yet is counted from the coordinator's own mark, so only the "+
		"coordinator has such a list"),
		phrase.Say("`tiendo log` and the tab of changes show every change"))
}
