package model

import (
	"slices"

	"example.org/tiendo/model/document"
	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/phrase"
)

// Limits on what a report may hold.
const (
	MaxText      = 20_000 // characters of one text
	MaxReason    = 1_000  // characters of a reason
	MaxDocuments = 100    // documents issued
)

// checkReport refuses steps that a report cannot take, those that are for the
// coordinator alone, and a submission with something missing.
func (c *Campaign) checkReport(unit *Unit, change Change) error {
	from, to := As[Report](change.Seen), As[Report](change.New)
	coordinator := change.Person.Role == Coordinator
	if change.Restore {
		return checkRestored(coordinator, from, to)
	}
	if err := c.Plan.Reporting.Periods.Known(change.Subject.ID, false); err != nil {
		return err
	}
	if err := field.Check(ReportFields, &to); err != nil {
		return err
	}
	step := [2]ReportStatus{from.Status, to.Status}
	switch {
	case !SameExtension(from, to):
		return c.checkExtension(change)
	case step == [2]ReportStatus{Returned, Returned} && to.Reason == from.Reason:
		return nil // the unit mends what it was asked to
	case step == [2]ReportStatus{Accepted, Accepted} && !from.SameContent(to):
		return acceptedReport()
	case to.Status == Accepted || to.Status == Returned:
		return checkVerdict(change)
	case step == [2]ReportStatus{Accepted, Submitted} && coordinator && sameButStatus(from, to):
		return nil // the acceptance is withdrawn
	case from.Status == Accepted:
		return acceptedReport()
	case step == [2]ReportStatus{Submitted, Submitted} && sameButStatus(from, to):
		return phrase.Refuse(phrase.Say("the report is already submitted and waits for the Office"),
			phrase.Say("to change it, ask the Office to return it"))
	case to.Status == Submitted:
		return c.checkSubmission(unit, change.Subject.ID, from, to)
	case to.Status == from.Status, step == [2]ReportStatus{NotSent, Draft}:
		return nil
	default:
		return phrase.Refuse(phrase.Say("a report cannot go from “%s” to “%s”", from.Status, to.Status),
			phrase.Say("a report is written, submitted, then accepted or returned"))
	}
}

// checkRestored refuses to others what would undo a step of the coordinator.
func checkRestored(coordinator bool, from, to Report) error {
	switch {
	case coordinator:
		return nil
	case !SameExtension(from, to):
		return OnlyCoordinatorExtends()
	case from.Status == Accepted, to.Status == Accepted, from.Status == Returned && to.Status != Returned:
		return OnlyCoordinator()
	}
	return nil
}

// coordinatorsStep refuses to others what only the coordinator does with a report.
func coordinatorsStep(change Change) error {
	from, to := As[Report](change.Seen), As[Report](change.New)
	became := func(status ReportStatus) bool { return to.Status == status && from.Status != status }
	switch {
	case change.Restore:
		return nil
	case !SameExtension(from, to):
		return OnlyCoordinatorExtends()
	case became(Accepted), became(Returned):
		return OnlyCoordinator()
	}
	return nil
}

// OnlyCoordinatorExtends refuses an extension by anybody else.
func OnlyCoordinatorExtends() *phrase.Refusal {
	return onlyCoordinator(phrase.Say("only the coordinator extends a unit's deadline"))
}

// SameExtension reports whether two reports have the same extension, reason included.
func SameExtension(a, b Report) bool {
	return field.Same(ReportFields, &a, &b, PartExtension)
}

// sameButStatus compares everything but how far the report is.
func sameButStatus(a, b Report) bool {
	field.Take(ReportFields, &a, &b, PartStatus)
	return a.SameContent(b)
}

func acceptedReport() error {
	return phrase.Refuse(phrase.Say("the report is accepted and locked"),
		phrase.Say("the coordinator can withdraw the acceptance, or return the report with a reason"))
}

// checkVerdict is about accepting and returning.
func checkVerdict(change Change) error {
	from, to := As[Report](change.Seen), As[Report](change.New)
	switch {
	case change.Person.Role != Coordinator:
		return OnlyCoordinator()
	case to.Status == Returned && to.Reason == "":
		return field.About("reason", phrase.Refuse(phrase.Say("a return needs a reason"),
			phrase.Say("say what is missing, so that the unit can fix it")))
	case from.Status == Accepted && to.Status == Accepted:
		return phrase.Refuse(phrase.Say("the report is already accepted"),
			phrase.Say("the coordinator can withdraw the acceptance, or return the report with a reason"))
	case from.Status == Returned:
		return phrase.Refuse(phrase.Say("the report has been returned"), phrase.Say("the unit has to submit it again"))
	case from.Status != Submitted && (from.Status != Accepted || to.Status != Returned):
		return phrase.Refuse(phrase.Say("the report has not been submitted, so there is nothing to accept or return"),
			phrase.Say("the unit submits its report first"))
	case !sameButStatus(from, to):
		return phrase.Refuse(phrase.Say("who accepts or returns a report changes nothing in it"),
			phrase.Say("save what is to be changed first"))
	}
	return nil
}

// longestExtension is how many days a unit may be given at most: beyond it somebody has mistyped the year.
const longestExtension = 366

// checkExtension is about more time: once for each report, with a reason, and to a later day.
func (c *Campaign) checkExtension(change Change) error {
	from, to := As[Report](change.Seen), As[Report](change.New)
	last := c.Plan.Reporting.DeadlineOf(change.Subject.ID).LastDay()
	without := to
	field.Take(ReportFields, &without, &from, PartExtension)
	switch {
	case change.Person.Role != Coordinator:
		return OnlyCoordinatorExtends()
	case last.IsZero():
		return phrase.Refuse(phrase.Say("the reports have no deadline, so there is nothing to extend"),
			phrase.Say("the unit can send its report at any time"))
	case !from.ExtendedUntil.IsZero():
		return phrase.Refuse(phrase.Say("the unit has had its extension, until %s", from.ExtendedUntil),
			phrase.Say("there is one for each report; undo it to give another"))
	case to.ExtensionReason == "":
		return field.About("extension_reason", phrase.Refuse(phrase.Say("an extension needs a reason"),
			phrase.Say("the consolidated report prints it")))
	case to.ExtendedUntil.After(last.Add(longestExtension)):
		return field.About("extended_until", phrase.Refuse(phrase.Say("the extension to %s is more than a year after the "+
			"deadline, %s", to.ExtendedUntil, last), phrase.Say("check the year and the month")))
	case !to.ExtendedUntil.After(last):
		return field.About("extended_until", phrase.Refuse(phrase.Say("the new last day, %s, must be after the deadline, %s",
			to.ExtendedUntil, last), phrase.Say("write a later day, such as %s", last.Add(3))))
	case from.Status == Accepted:
		return acceptedReport()
	case !without.SameContent(from):
		return phrase.Refuse(phrase.Say("an extension changes nothing else"), phrase.Say("make the two changes one by one"))
	}
	return nil
}

// checkSubmission refuses a report with something missing, and names the first
// thing. While a report waits for the Office only what is written in it is looked at.
func (c *Campaign) checkSubmission(unit *Unit, period string, from, report Report) error {
	if !c.Plan.Reporting.Asked() {
		return phrase.Refuse(phrase.Say("this plan asks its units for no reports"),
			phrase.Say("if they are to report, write under [reporting] in plan.toml to whom: `to = …`"))
	}
	findings := report.findings(period)
	if from.Status != Submitted || from.Nil && !report.Nil {
		findings = c.ChecklistWith(unit, period, report)
	}
	wrong, _ := Sorted(findings)
	if len(wrong) == 0 {
		return nil
	}
	explain := wrong[0].Explain(unit)
	if len(wrong) == 1 {
		hint := phrase.Say("fix it, or explain it in the note of the activity, then submit again")
		if explain != "" {
			hint = phrase.Say("fix it, or explain it in the note of the activity (%s), then submit again", explain)
		}
		return phrase.Refuse(phrase.Say("the report is not complete: %s", wrong[0].What), hint)
	}
	hint := phrase.Say("the tab of reporting and `tiendo report %s` list them all", unit.ID)
	if explain != "" {
		hint = phrase.Say("a note explains it (%s); the tab of reporting and `tiendo report %s` list them all", explain,
			unit.ID)
	}
	return phrase.Refuse(phrase.Say("the report is not complete, %d things are missing; the first: %s", len(wrong),
		wrong[0].What), hint)
}

// OnlyCoordinator refuses an acceptance or a return by anybody else.
func OnlyCoordinator() *phrase.Refusal {
	return onlyCoordinator(phrase.Say("only the coordinator accepts or returns a report"))
}

// MayAccept reports whether the person accepts reports at all; nil means yes.
func (c *Campaign) MayAccept(person Person) error {
	return c.coordinators(person, OnlyCoordinator())
}

// MayWriteOffice reports whether the person may write the Office's part at all; nil means yes.
func (c *Campaign) MayWriteOffice(person Person) error {
	only := onlyCoordinator(phrase.Say("only the coordinator writes the Office's part and sends reminders"))
	if err := c.coordinators(person, only); err != nil {
		return err
	}
	if c.OfficeBroken != nil {
		return brokenFile(*c.OfficeBroken)
	}
	return nil
}

// checkOffice is about the Office's own part: the coordinator writes it.
func (c *Campaign) checkOffice(change Change) error {
	if err := c.MayWriteOffice(change.Person); err != nil {
		return err
	}
	if change.Subject.Kind == SubjectText {
		if err := KnownText(change.Subject.ID); err != nil {
			return err
		}
		return field.CheckText(string(As[Text](change.New)), MaxText)
	}
	return c.checkReminders(change)
}

// checkReminders wants what was sent to stay, and new ones after it, each the next
// to its unit. Only an undo takes the last ones away again, and its own undo puts them back.
func (c *Campaign) checkReminders(change Change) error {
	before, after, unit := As[Reminders](change.Seen), As[Reminders](change.New), change.Subject.ID
	if change.Restore && len(after) < len(before) {
		before, after = after, before
	}
	notAdded := phrase.Refuse(phrase.Say("reminders are added after those already sent, each with the next number of "+
		"its unit"), phrase.Sentence{})
	if len(after) <= len(before) || !before.Equal(after[:len(before)]) || unit != "" && len(after) != len(before)+1 {
		return notAdded
	}
	all := Office{Reminders: slices.Clone(before)}
	for _, reminder := range after[len(before):] {
		if _, err := c.Unit(reminder.Unit); err != nil {
			return err
		}
		if err := c.Plan.Reporting.Periods.Known(reminder.Period, false); err != nil && !change.Restore {
			return err
		}
		next := duty.NextReminder(all.Reminders, reminder.Unit, reminder.Period)
		if unit != "" && reminder.Unit != unit || reminder.Number != next.Number {
			return notAdded
		}
		all.Reminders = append(all.Reminders, reminder)
	}
	return nil
}

// KnownText refuses what is no text of the Office.
func KnownText(id string) error {
	texts := document.OfficeTexts()
	if slices.Contains(texts, OfficeText(id)) {
		return nil
	}
	return phrase.Unknown(phrase.Say("there is no text %q", id), id,
		idsOf(texts, func(text *OfficeText) string { return string(*text) }))
}
