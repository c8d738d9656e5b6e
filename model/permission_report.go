package model

import (
	"slices"
	"unicode/utf8"
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
	from, to := change.Seen.Report, change.New.Report
	coordinator := change.Person.Role == Coordinator
	if change.Restore {
		if coordinator || (from.Status != Accepted && to.Status != Accepted && sameExtension(from, to)) {
			return nil
		}
		return onlyCoordinator()
	}
	if err := checkReportTexts(to); err != nil {
		return err
	}
	if !sameExtension(from, to) {
		return c.checkExtension(change)
	}
	switch {
	case to.Status == Accepted || to.Status == Returned:
		return checkVerdict(change)
	case from.Status == Accepted && to.Status == Submitted && from.SameText(to):
		if !coordinator {
			return onlyCoordinator()
		}
		return nil
	case from.Status == Accepted:
		return Refuse(Say("the report is accepted and locked"), Say("the coordinator can withdraw the acceptance, or return the report with a reason"))
	case to.Status == Submitted && from.Status == Submitted && from.SameText(to):
		return Refuse(Say("the report is already submitted and waits for the Office"), Sentence{})
	case to.Status == Submitted && (from.Status != Submitted || to.Nil != from.Nil):
		return c.checkSubmission(unit, to)
	case to.Status == Draft && (from.Status == Submitted || from.Status == Returned):
		return Refuse(Say("a report cannot go from “%s” to “%s”", from.Status, to.Status), Sentence{})
	case to.Status == Submitted, to.Status == Draft, to.Status == from.Status:
		return nil
	default:
		return Refuse(Say("a report cannot go from “%s” to “%s”", from.Status, to.Status), Sentence{})
	}
}

func sameExtension(a, b Report) bool {
	return a.ExtendedUntil == b.ExtendedUntil && a.ExtensionReason == b.ExtensionReason
}

// checkVerdict is about accepting and returning.
func checkVerdict(change Change) error {
	from, to := change.Seen.Report.Status, change.New.Report.Status
	switch {
	case change.Person.Role != Coordinator:
		return onlyCoordinator()
	case to == Returned && change.New.Report.Reason == "":
		return Refuse(Say("a return needs a reason"), Say("say what is missing, so that the unit can mend it"))
	case from == Accepted && to == Accepted:
		return Refuse(Say("the report is already accepted"), Say("the coordinator can withdraw the acceptance, or return the report with a reason"))
	case from == Submitted, from == Accepted && to == Returned:
		return nil
	default:
		return Refuse(Say("the report is “%s”, so there is nothing to accept or return", from), Say("the unit submits its report first"))
	}
}

// checkExtension is about more time: once for each unit, with a reason, and to a later day.
func (c *Campaign) checkExtension(change Change) error {
	from, to := change.Seen.Report, change.New.Report
	last := c.Plan.Reporting.Deadline.LastDay()
	switch {
	case change.Person.Role != Coordinator:
		return Refuse(Say("only the coordinator gives a unit more time"), Say("ask the Office that consolidates the reports"))
	case !from.ExtendedUntil.IsZero():
		return Refuse(Say("the unit has had its extension, until %s", from.ExtendedUntil), Say("there is one for each unit; undo it to give another"))
	case to.ExtensionReason == "":
		return Refuse(Say("an extension needs a reason"), Say("the consolidated report prints it"))
	case !to.ExtendedUntil.After(last):
		return Refuse(Say("the extension to %s is no later than the deadline, %s", to.ExtendedUntil, last), Say("check the year and the month"))
	case from.Status == Accepted:
		return Refuse(Say("the report is accepted and locked"), Say("the coordinator can withdraw the acceptance, or return the report with a reason"))
	case from.Status != to.Status || !from.SameText(to):
		return Refuse(Say("an extension changes nothing else"), Sentence{})
	}
	return nil
}

// checkSubmission refuses a report with something missing, and names the first thing.
func (c *Campaign) checkSubmission(unit *Unit, report Report) error {
	progress := c.Progress[unit.ID]
	first, count := firstError(c.checklist(unit, &progress, report))
	switch {
	case count == 0:
		return nil
	case count == 1:
		return Refuse(Say("the report is not complete: %s", first.What), Say("mend it or explain it in the note of the activity, then submit again"))
	}
	return Refuse(Say("the report is not complete, %d things are missing; the first: %s", count, first.What),
		Say("the tab of reporting and `tiendo status --unit %s` list them all", unit.ID))
}

func checkReportTexts(report Report) error {
	for _, text := range []string{report.Results, report.Difficulties, report.Recommendations, report.Funding} {
		if utf8.RuneCountInString(text) > MaxText {
			return tooLong(MaxText)
		}
	}
	for _, text := range []string{report.Reason, report.NilReason, report.ExtensionReason} {
		if utf8.RuneCountInString(text) > MaxReason {
			return tooLong(MaxReason)
		}
	}
	return checkReferences(report.Documents, MaxDocuments)
}

func tooLong(most int) error {
	return Refuse(Say("a text is longer than %d characters", most), Say("put the long text into a document and name it as evidence"))
}

func onlyCoordinator() error {
	return Refuse(Say("only the coordinator accepts or returns a report"), Say("ask the Office that consolidates the reports"))
}

// checkOffice is about the Office's own part: the coordinator writes it.
func (c *Campaign) checkOffice(change Change) error {
	if err := c.checkPresent(); err != nil {
		return err
	}
	if change.Person.Role != Coordinator {
		return Refuse(Say("only the coordinator writes the Office's part and sends reminders"), Say("ask the Office that consolidates the reports"))
	}
	if c.OfficeBroken != nil {
		return brokenFile(*c.OfficeBroken)
	}
	if change.Subject.Kind == SubjectText {
		texts := OfficeTexts()
		if !slices.Contains(texts, OfficeText(change.Subject.ID)) {
			known := make([]string, len(texts))
			for i, text := range texts {
				known[i] = string(text)
			}
			return unknownID(Say("there is no text %q", change.Subject.ID), change.Subject.ID, known)
		}
		if utf8.RuneCountInString(change.New.Text) > MaxText {
			return tooLong(MaxText)
		}
		return nil
	}
	if _, err := c.Unit(change.Subject.ID); err != nil {
		return err
	}
	if n := len(change.Seen.Reminders); !change.Restore && len(change.New.Reminders) != n+1 {
		return Refuse(Say("a reminder is added after those already sent"), Sentence{})
	}
	return nil
}
