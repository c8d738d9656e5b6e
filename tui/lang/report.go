package lang

import (
	"slices"
	"strconv"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/review"
)

// Report says how a report stands, and why it was returned.
func (w Words) Report(report model.Report) string {
	said := report.Status.Label(w.Language)
	if report.Status == model.Returned && report.Reason != "" {
		said += ": " + report.Reason
	}
	if report.Nil && report.Sent() {
		said += " (" + w.T("nil report") + ")"
	}
	return said
}

// reportChanged says what differs between two states of a report.
func (w Words) reportChanged(before, after model.Report) string {
	var parts []string
	if before.Status != after.Status || before.Reason != after.Reason {
		parts = append(parts, before.Status.Label(w.Language)+" → "+w.Report(after))
	}
	if before.Status == after.Status && !field.Same(model.ReportFields, &before, &after, model.PartNil) {
		parts = append(parts, w.T("nil report"))
	}
	if before.ExtendedUntil != after.ExtendedUntil {
		parts = append(parts, w.T("extended until")+" "+w.Day(after.ExtendedUntil))
	}
	parts = append(parts, review.Changed(model.ReportFields, &before, &after, w.Printer)...)
	return strings.Join(append(parts, versionsChanged(w, len(before.Others), len(after.Others))...), ", ")
}

// versionsChanged says that a dispute has begun or ended.
func versionsChanged(w Words, before, after int) []string {
	switch {
	case after < before:
		return []string{w.T("decided between versions")}
	case after > before:
		return []string{w.T("two versions")}
	}
	return nil
}

// reportVersion says what a version of a report says otherwise than another one.
func (w Words) reportVersion(all, one model.Report) string {
	var said []string
	for f := range field.Content(model.ReportFields) {
		fact := f.At(&one)
		switch {
		case all.Every(func(r model.Report) bool { return field.Equal(f.At(&r), fact) }):
		case f.Label.IsZero():
			said = append(said, one.Status.Label(w.Language))
		default:
			said = append(said, w.Say(f.Label)+": “"+strings.Join(strings.Fields(factOf(w, fact)), " ")+"”")
		}
	}
	return strings.Join(said, " · ")
}

// factOf is what a field says, on one line but for a text of several.
func factOf(w Words, fact any) string {
	switch fact := fact.(type) {
	case *[]string:
		return strings.Join(*fact, "; ")
	case *bool:
		return w.yesNo(*fact)
	case *calendar.Day:
		return fact.Printed()
	default:
		return field.Text(fact)
	}
}

// written is a text on one line, or that there is none.
func (w Words) written(words string) string {
	if words == "" {
		return w.T("not yet written")
	}
	return strings.Join(strings.Fields(words), " ")
}

// Reminders lists the reminders that a unit got, with their days.
func (w Words) Reminders(campaign *model.Campaign, sent []model.Reminder) string {
	if len(sent) == 0 {
		return w.T("none sent")
	}
	parts := make([]string, len(sent))
	for i, reminder := range sent {
		parts[i] = w.reminder(campaign, reminder, reminder.Unit)
	}
	return strings.Join(parts, "; ")
}

// RemindersIn lists reminders where it has been said which period they are for.
func RemindersIn(w Words, campaign *model.Campaign, sent []model.Reminder) string {
	sent = slices.Clone(sent)
	for i := range sent {
		sent[i].Period = ""
	}
	return w.Reminders(campaign, sent)
}

// reminder is one reminder with its period, its number, its day and who sent it; and to whom, where unit does not say
// so.
func (w Words) reminder(campaign *model.Campaign, reminder model.Reminder, unit string) string {
	said := w.T("no. %d", reminder.Number) // it always stands below or after its title
	if period := campaign.Plan.Reporting.Periods.Find(reminder.Period); period != nil {
		said = w.Say(period.Name) + ", " + said
	}
	if unit == "" {
		said = campaign.Roster.UnitName(reminder.Unit) + ", " + said
	}
	if !reminder.At.IsZero() {
		said += ", " + w.Day(calendar.DayIn(reminder.At, campaign.Plan.TimeZone))
	}
	if reminder.By != "" {
		said += " (" + campaign.Roster.PersonName(reminder.By) + ")"
	}
	return said
}

// officePlace is what of the Office's part differs.
func (w difference) officePlace() string {
	switch {
	case !w.d.Part.IsZero():
		return w.Say(w.d.Part)
	case !w.d.File.IsZero():
		return w.T("consolidated report")
	case w.d.Subject.Kind == model.SubjectReminder:
		return w.campaign.Roster.UnitName(w.d.Subject.ID) + " · " + w.T("reminders")
	default:
		return w.SubjectName(w.campaign, w.d.Subject)
	}
}

func (w difference) remindersDiffer() string {
	var said changes
	before, after := model.As[model.Reminders](w.d.Before), model.As[model.Reminders](w.d.After)
	add := func(what string, in, without model.Reminders) {
		for _, reminder := range in {
			said = said.add(!slices.ContainsFunc(without, reminder.Equal),
				what+": "+w.reminder(w.campaign, reminder, w.d.Subject.ID))
		}
	}
	add(w.T("sent"), after, before)
	add(w.T("taken back"), before, after)
	if len(said) == 0 {
		return strconv.Itoa(len(before)) + " → " + strconv.Itoa(len(after))
	}
	return strings.Join(said, " · ")
}
