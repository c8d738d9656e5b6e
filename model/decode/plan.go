package decode

import (
	"time"
	_ "time/tzdata" // small machines come without time zones, and Windows always does

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
)

// Plan reads plan.toml, and fills named with the ids that other files may
// refer to. The roster is read before it.
func Plan(r *File, named *Names) model.Plan {
	root := r.root()
	var plan model.Plan
	if !root.readable(required, 2) {
		plan.Language, plan.TimeZone = r.speech(root)
		return plan
	}
	if t := root.table("plan", required); t != nil {
		readPlanTable(t, &plan)
	}
	if t := root.table("calendar", optional); t != nil {
		plan.Calendar = readCalendar(t)
		if t.schema == 1 {
			t.warn(t.keyAt(), phrase.Say("an older tiendo misreads %s", "calendar"), phrase.Say("write schema = %d", 2))
		}
	}
	if t := root.table("document", required); t != nil {
		plan.Document = readDocument(t)
	}
	if t := root.table("reporting", required); t != nil {
		plan.Reporting = readReporting(t, &plan, named)
	}
	for _, t := range root.tables("goal") {
		plan.Goals = append(plan.Goals, model.Goal{
			ID:   t.newID(named.goals),
			Kind: choice(t, "kind", required, model.Aim, model.Requirement),
			Text: t.text("text", required),
			Sic:  t.text("sic", optional),
		})
		t.close()
	}
	for _, t := range root.tables("message") {
		plan.Messages = append(plan.Messages, model.Message{
			ID: t.newID(named.messages), Text: t.text("text", required), Sic: t.text("sic", optional),
		})
		t.close()
	}
	channels := newIDs()
	for _, t := range root.tables("channel") {
		plan.Channels = append(plan.Channels, model.Channel{ID: t.newID(channels), Name: t.line("name", required)})
		t.close()
	}
	for _, t := range root.tables("activity") {
		plan.Activities = append(plan.Activities, readActivity(t, &plan, named))
	}
	if len(plan.Activities) == 0 && plan.TimeZone != nil {
		root.warn(root.at("activity"), phrase.Say("the plan has no activities yet"),
			phrase.Say("write each under [[activity]]; `tiendo help data` names the keys"))
	}
	root.close()
	return plan
}

// speech is the language and the time zone of a broken plan, as far as they can be read: what
// is said about it is said in them.
func (f *File) speech(root *table) (language phrase.Language, zone *time.Location) {
	said := len(f.Problems)
	if t := root.table("plan", optional); t != nil {
		language, zone = choice(t, "language", optional, phrase.Vietnamese, phrase.English), timeZone(t)
	}
	f.Problems = f.Problems[:said]
	return language, zone
}

func readPlanTable(t *table, plan *model.Plan) {
	plan.ID = t.newID(newIDs())
	plan.Language = choice(t, "language", required, phrase.Vietnamese, phrase.English)
	plan.TimeZone = timeZone(t)
	plan.Starts = t.day("starts", required)
	plan.Ends = t.day("ends", required)
	plan.Theme = t.line("theme", optional)
	plan.Period = t.line("period", optional)
	plan.MadeUp = t.day("made_up", optional)
	if !plan.Starts.IsZero() && !plan.Ends.IsZero() && plan.Ends.Before(plan.Starts) {
		t.problem(t.at("ends"), phrase.Say("ends (%s) is before starts (%s)", plan.Ends, plan.Starts),
			phrase.Say("both days belong to the campaign"))
	}
	t.close()
}

// timeZone reads the zone in which days begin and end. UTC stands in for one that is not known.
func timeZone(t *table) *time.Location {
	name := t.line("timezone", required)
	if name == "" {
		return time.UTC
	}
	zone, err := time.LoadLocation(name)
	if err != nil || zone == time.Local {
		t.problem(t.at("timezone"), wanted("timezone", t.raw("timezone"), phrase.Say("a time zone")),
			phrase.Say("zones are named after a city: %s", "Asia/Ho_Chi_Minh"))
		return time.UTC
	}
	return zone
}

func readDocument(t *table) model.Document {
	document := model.Document{
		Number:          t.line("number", optional),
		Type:            t.line("type", optional),
		Place:           t.line("place", optional),
		Date:            t.day("date", optional),
		Dateline:        t.line("dateline", optional),
		Title:           t.line("title", required),
		Basis:           t.text("basis", optional),
		Issuer:          t.line("issuer", optional),
		Closing:         t.text("closing", optional),
		RecipientsLabel: t.line("recipients_label", optional),
		Archive:         t.line("archive", optional),
	}
	if signature := t.table("signature", optional); signature != nil {
		document.Signature = model.Signature{Titles: signature.lines("titles"), Name: signature.line("name", optional)}
		signature.close()
	}
	headings := newIDs()
	for _, heading := range t.tables("headings") {
		passage := model.Passage{ID: heading.newID(headings), Text: heading.line("text", required),
			Sic: heading.text("sic", optional)}
		document.Headings = append(document.Headings, passage)
		heading.close()
	}
	for _, recipient := range t.tables("recipients") {
		passage := model.Passage{Text: recipient.line("text", required), Sic: recipient.text("sic", optional)}
		document.Recipients = append(document.Recipients, passage)
		recipient.close()
	}
	t.close()
	return document
}

func readReporting(t *table, plan *model.Plan, named *Names) model.Reporting {
	reporting := model.Reporting{
		To:       t.ref("to", required, named.units),
		Deadline: readDeadline(t, plan, true),
		Upward:   t.line("upward", optional),
	}
	t.close()
	return reporting
}

func readCalendar(t *table) *calendar.Calendar {
	calendar := &calendar.Calendar{
		Holidays: t.days("holidays"),
		Next:     choice(t, "weekend", optional, "strict", "next") == "next",
	}
	t.close()
	return calendar
}

// readDeadline reads until or before. Without either it is the end of the campaign. A report may be due after it.
func readDeadline(t *table, plan *model.Plan, report bool) calendar.Deadline {
	until, before := t.day("until", optional), t.day("before", optional)
	deadline, at := calendar.Deadline{Day: plan.Ends, Calendar: plan.Calendar}, 0
	switch {
	case !until.IsZero() && !before.IsZero():
		t.problem(t.at("before"), phrase.Say("both until (%s) and before (%s) are given", until, before),
			phrase.Say("`until = D` includes the day, `before = D` does not: keep one of them"))
		return deadline
	case !until.IsZero():
		deadline.Day, at = until, t.at("until")
	case !before.IsZero():
		deadline.Day, deadline.Excluded, at = before, true, t.at("before")
	default:
		return deadline
	}
	last := deadline.Written()
	if outside := last.Before(plan.Starts) ||
		last.After(plan.Ends) && !report; outside && !plan.Starts.IsZero() && !plan.Ends.IsZero() {
		t.warn(at, phrase.Say("the deadline %s is outside the campaign (%s to %s)", last, plan.Starts, plan.Ends),
			phrase.Say("check the year and the month"))
	}
	return deadline
}

func readActivity(t *table, plan *model.Plan, named *Names) model.Activity {
	activity := model.Activity{
		ID:       t.newID(named.activities),
		Section:  choice(t, "section", required, model.ActivitySection, model.DutySection),
		Title:    t.line("title", required),
		Text:     t.text("text", required),
		Sic:      t.text("sic", optional),
		Assigned: t.refs("assigned", required, named.addressees),
		Lead:     t.ref("lead", optional, named.units),
		Goals:    t.refs("goals", optional, named.goals),
		Deadline: readDeadline(t, plan, false),
	}
	indicators := t.tables("indicator")
	for _, table := range indicators {
		activity.Indicators = append(activity.Indicators, readIndicator(table, named))
	}
	for i, table := range indicators {
		checkPartOf(table, &activity, i)
		table.close()
	}
	t.close()
	return activity
}

func readIndicator(t *table, named *Names) model.Indicator {
	indicator := model.Indicator{
		ID:      t.newID(named.indicators),
		Name:    t.line("name", required),
		Measure: t.line("measure", required),
		Sum:     choice(t, "sum", required, model.SumAdd, model.SumLast, model.SumNone),
		PartOf:  t.line("part_of", optional),
		Target:  t.figure("target"),
	}
	if indicator.Percent() && indicator.Sum == model.SumAdd { // DOMAIN §3: percentages are never added
		t.warn(t.at("sum"), phrase.Say("percentages are never added, so there is no total of them"),
			phrase.Say("write sum = %q", model.SumNone))
		indicator.Sum = model.SumNone
	}
	return indicator
}

// checkPartOf wants the whole to be an indicator of the same activity, and no
// indicator to be a part of itself, whatever lies between.
func checkPartOf(t *table, activity *model.Activity, index int) {
	indicator := activity.Indicators[index]
	if indicator.PartOf == "" {
		return
	}
	whole, found := activity.Indicator(indicator.PartOf)
	if !found {
		siblings := newIDs()
		for _, sibling := range activity.Indicators {
			if sibling.ID != indicator.ID {
				siblings.add(sibling.ID, "")
			}
		}
		t.problem(t.at("part_of"), phrase.Say("the activity has no indicator %q", indicator.PartOf),
			siblings.hint(indicator.PartOf))
		return
	}
	for range activity.Indicators {
		if !found {
			return
		}
		if whole.ID == indicator.ID {
			t.problem(t.at("part_of"), phrase.Say("%q is a part of itself", indicator.ID),
				phrase.Say("name the whole that it is counted in"))
			return
		}
		whole, found = activity.Indicator(whole.PartOf)
	}
}
