package lang

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/sums"
)

// SubjectName is what a change is about, in the plan's words.
func (w Words) SubjectName(campaign *model.Campaign, subject model.Subject) string {
	switch subject.Kind {
	case model.SubjectActivity:
		if activity := campaign.Plan.Activity(subject.ID); activity != nil {
			return activity.Title
		}
		return subject.ID
	case model.SubjectMessage:
		if message := campaign.Plan.Message(subject.ID); message != nil {
			return w.T("message %s “%s”", subject.ID, message.Text)
		}
		return w.T("the message %s", subject.ID)
	case model.SubjectPerson:
		return w.T("person %s", subject.ID)
	case model.SubjectUnit:
		return w.T("unit %s", subject.ID)
	case model.SubjectPlan:
		return w.T("plan") + " · " + w.Part(subject)
	case model.SubjectGroup:
		return w.T("the group %s", subject.ID)
	case model.SubjectText:
		return w.T("consolidated report") + " · " + model.OfficeText(subject.ID).Label(w.Language)
	case model.SubjectReminder:
		if subject.ID == "" {
			return w.T("reminders")
		}
		return w.T("reminders to %s", campaign.Roster.UnitName(subject.ID))
	default:
		if period := campaign.Plan.Reporting.Periods.Find(subject.ID); period != nil {
			return w.T("report") + " " + w.Say(period.Name)
		}
		if subject.ID == "" && len(campaign.Plan.Reporting.Periods) > 0 {
			return w.T("report from before the plan had periods")
		}
		return strings.TrimSpace(w.T("report") + " " + subject.ID)
	}
}

// Period is the name of the period that a board is of; "" in a plan without periods.
func (w Words) Period(board *model.Board) string {
	period := board.Campaign.Plan.Reporting.Periods.Find(board.Period)
	if period == nil {
		return ""
	}
	return w.Say(period.Name)
}

// Awaited says of each of some periods how many reports are still to come, and how many to be accepted.
func Awaited(w Words, campaign *model.Campaign, periods []model.ReportingRow) []string {
	var said []string
	for _, row := range periods {
		period := campaign.Plan.Reporting.Periods.Find(row.Period)
		if period == nil {
			continue
		}
		var parts []string
		if row.Waiting > 0 {
			parts = append(parts, w.Count(row.Waiting, "%d report is still waited for", "%d reports are still waited for"))
		}
		if row.Submitted > 0 {
			parts = append(parts, w.T("%d to be accepted", row.Submitted))
		}
		said = append(said, w.Say(period.Name)+": "+strings.Join(parts, ", "))
	}
	return said
}

// AcceptQuestion asks before so many reports are accepted: in a plan with periods not the whole record is locked then.
func AcceptQuestion(w Words, board *model.Board, n int) string {
	if period := w.Period(board); period != "" {
		return InPeriod(w, board, w.Count(n, "Accept this %d report? It and the figures of its period are locked then.",
			"Accept these %d reports? They and the figures of their period are locked then."))
	}
	return w.Count(n, "Accept this %d report? It will then be locked.",
		"Accept these %d reports? Their records are locked then.")
}

// InPeriod says in a question which period it is about, in a plan that has some.
func InPeriod(w Words, board *model.Board, question string) string {
	if period := w.Period(board); period != "" {
		return strings.Replace(question, "?", " ("+period+")?", 1)
	}
	return question
}

// Value says everything that people entered in a value, so that two of them can be compared.
func (w Words) Value(campaign *model.Campaign, subject model.Subject, value model.Value) string {
	if model.InDispute(value) {
		return w.twoVersions(campaign, subject, value)
	}
	switch value := value.(type) {
	case model.Entry:
		return w.entry(campaign.Plan.Activity(subject.ID), value)
	case model.Use:
		return w.Channels(&campaign.Plan, value)
	case *model.Person:
		if value == nil {
			return w.T("not on the roster")
		}
		return w.Person(&campaign.Roster, value)
	case *model.Unit:
		if value == nil {
			return w.T("not on the roster")
		}
		return w.Unit(&campaign.Roster, value)
	case *model.Group:
		if value == nil {
			return w.T("not on the roster")
		}
		return value.Name
	case model.Text:
		return w.written(string(value))
	case model.Reminders:
		return w.Reminders(campaign, value)
	default:
		return w.Report(model.As[model.Report](value))
	}
}

// twoVersions says on one line that there are several, and which.
func (w Words) twoVersions(campaign *model.Campaign, subject model.Subject, value model.Value) string {
	versions := w.Versions(campaign, subject, value)
	return w.InDispute(len(versions)) + ": " + strings.Join(versions, "; ")
}

func (w Words) entry(activity *model.Activity, entry model.Entry) string {
	parts := append([]string{entry.Status.Label(w.Language)}, w.Figures(activity, entry)...)
	if len(entry.Evidence) > 0 {
		parts = append(parts, w.T("Evidence: %s", strings.Join(entry.Evidence, ", ")))
	}
	if entry.Note != "" {
		parts = append(parts, "“"+entry.Note+"”")
	}
	return strings.Join(parts, " · ")
}

// Section names what activities stand under: their heading as printed, else their kind.
func (w Words) Section(plan *model.Plan, activity *model.Activity) string {
	for i := range plan.Headings {
		if plan.Headings[i].ID == activity.Heading {
			return plan.Headings[i].Text
		}
	}
	if activity.Section == model.DutySection {
		return w.T("Duties")
	}
	return w.T("Activities")
}

// Target is what stands behind the figure of a unit that has a target; "" for none.
func (w Words) Target(indicator *model.Indicator, unit string) string {
	target := indicator.TargetOf(unit)
	if target == nil {
		return ""
	}
	return " (" + w.T("target %s", w.Number(*target)) + ")"
}

// FiguresOf says the figures of a unit on an activity in the period of a board: beside each its sum so far, where that
// is another one, and its target; then those from before the plan had periods.
func (w Words) FiguresOf(board *model.Board, activity *model.Activity, unit string, cell model.Cell) []string {
	var said []string
	for i := range activity.Indicators {
		indicator := &activity.Indicators[i]
		figure, given := cell.Figures[indicator.ID]
		switch _, counted := cell.SoFar[indicator.ID]; {
		case given:
			said = append(said, Figure(w, indicator, figure)+Beside(w, indicator, unit, cell))
		case counted:
			said = append(said, indicator.Name+": "+w.T("none in the period")+Beside(w, indicator, unit, cell))
		}
	}
	if len(board.Campaign.Plan.Reporting.Periods) == 0 {
		return append(said, unasked(w, activity, cell.Figures)...)
	}
	if before := BeforePeriods(w, board, activity, cell.Entry); before != "" {
		said = append(said, before)
	}
	return said
}

// Beside says behind a figure of a unit its sum so far, where that is another one, and the target of who answers.
func Beside(w Words, indicator *model.Indicator, unit string, cell model.Cell) string {
	said := ""
	figure, given := cell.Figures[indicator.ID]
	if soFar, counted := cell.SoFar[indicator.ID]; counted && (!given || soFar != figure) {
		if said = ", " + w.T("latest %s", w.Number(soFar)); indicator.Sum == sums.Add {
			said = ", " + w.T("so far %s", w.Number(soFar))
		}
	}
	if cell.Assigned {
		said += w.Target(indicator, unit)
	}
	return said
}

// BeforePeriods says the figures of an entry from before the plan had periods, which no sum holds; "" for none.
func BeforePeriods(w Words, board *model.Board, activity *model.Activity, entry model.Entry) string {
	if len(board.Campaign.Plan.Reporting.Periods) == 0 {
		return ""
	}
	entry.Figures = sums.In(entry.Figures, "")
	if len(entry.Figures) == 0 {
		return ""
	}
	return w.T("before there were periods: %s", strings.Join(w.Figures(activity, entry), "; "))
}

// ReportBeforePeriods says a unit's report from before the plan had periods, which counts nowhere; nothing without one.
func ReportBeforePeriods(w Words, board *model.Board, unit string) []string {
	report := board.Campaign.Progress[unit].Report
	if len(board.Campaign.Plan.Reporting.Periods) == 0 || report.Equal(model.Report{}) {
		return nil
	}
	said := []string{w.Report(report)}
	for f := range field.In(model.ReportFields, field.Written) {
		if words := field.Text(f.At(&report)); words != "" {
			said = append(said, w.Say(f.Title)+": "+strings.Join(strings.Fields(words), " "))
		}
	}
	return said
}

// Figures says the figures of an entry, in the order in which the plan asks for
// them, then by their ids those that it does not ask for.
func (w Words) Figures(activity *model.Activity, entry model.Entry) []string {
	if activity == nil {
		activity = &model.Activity{}
	}
	var said []string
	for _, indicator := range activity.Indicators {
		if figure, given := entry.Figures[indicator.ID]; given {
			said = append(said, Figure(w, &indicator, figure))
		}
	}
	return append(said, unasked(w, activity, entry.Figures)...)
}

// Figure says a figure of an indicator.
func Figure(w Words, indicator *model.Indicator, figure float64) string {
	return strings.TrimSpace(fmt.Sprintf("%s %s %s", indicator.Name, w.Number(figure), indicator.Measure))
}

// unasked says by their ids the figures that an activity does not ask for; so stand those of a period.
func unasked(w Words, activity *model.Activity, figures map[string]float64) []string {
	var said []string
	for _, id := range slices.Sorted(maps.Keys(figures)) {
		if _, known := activity.Indicator(id); !known {
			said = append(said, activity.FigureName(id)+" "+w.Number(figures[id]))
		}
	}
	return said
}

// Channels names where a message was used.
func (w Words) Channels(plan *model.Plan, use model.Use) string {
	if len(use.Channels) == 0 {
		return w.T("not used")
	}
	names := make([]string, len(use.Channels))
	for i, channel := range use.Channels {
		names[i] = plan.ChannelName(channel)
	}
	return strings.Join(names, "; ")
}

// Person says everything that the roster holds of a person but the id, and how many keys there are.
func (w Words) Person(roster *model.Roster, person *model.Person) string {
	parts := []string{person.Name}
	if person.Role != "" { // what stands in the file may be none
		parts = append(parts, person.Role.Label(w.Language))
	}
	if person.Unit != "" {
		parts = append(parts, roster.UnitName(person.Unit))
	}
	if person.Email != "" {
		parts = append(parts, person.Email)
	}
	if len(person.Keys) > 0 {
		parts = append(parts, w.Count(len(person.Keys), "%d SSH key", "%d SSH keys"))
	}
	return strings.Join(parts, " · ")
}

// Unit says everything that the roster holds of a unit but the id.
func (w Words) Unit(roster *model.Roster, unit *model.Unit) string {
	parts := []string{unit.Name}
	if unit.Short != "" && unit.Short != unit.Name {
		parts = append(parts, unit.Short)
	}
	if group := roster.Group(unit.Group); group != nil {
		parts = append(parts, group.Name)
	}
	if unit.Coordinator {
		parts = append(parts, w.T("coordinating unit"))
	}
	if !unit.Since.IsZero() {
		parts = append(parts, w.T("since %s", unit.Since))
	}
	if !unit.Until.IsZero() {
		parts = append(parts, w.T("until %s", unit.Until))
	}
	return strings.Join(parts, " · ")
}

// Changed says what differs between two values.
func (w Words) Changed(campaign *model.Campaign, subject model.Subject, before, after model.Value) string {
	switch now := after.(type) {
	case model.Entry:
		return w.entryChanged(model.As[model.Entry](before), now)
	case model.Use:
		return w.Channels(&campaign.Plan, now)
	case model.Part:
		return partChanged(w, subject, model.As[model.Part](before), now)
	case *model.Person, *model.Unit, *model.Group:
		return rosterChanged(w, campaign, subject, before, after)
	case model.Text:
		return w.fromTo(string(model.As[model.Text](before)), string(now))
	case model.Reminders:
		return difference{w, campaign, &review.Difference{Before: before, After: after}}.remindersDiffer()
	default:
		return w.reportChanged(model.As[model.Report](before), model.As[model.Report](after))
	}
}

func (w Words) entryChanged(before, after model.Entry) string {
	var parts []string
	if before.Status != after.Status {
		parts = append(parts, before.Status.Label(w.Language)+" → "+after.Status.Label(w.Language))
	}
	parts = append(parts, review.Changed(model.EntryFields, &before, &after, w.Printer)...)
	return strings.Join(append(parts, versionsChanged(w, len(before.Others), len(after.Others))...), ", ")
}
