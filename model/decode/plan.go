package decode

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // small machines come without time zones, and Windows always does

	"example.org/tiendo/model"
	"example.org/tiendo/model/document"
	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/sums"
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
	root.since2("calendar", "section")
	if t := root.table("calendar", optional); t != nil {
		plan.Calendar = readCalendar(t)
	}
	if t := root.table("document", required); t != nil {
		plan.Document = readDocument(t)
	}
	root.absentSince2("reporting")
	reporting := root.table("reporting", optional)
	if reporting != nil {
		plan.Reporting = readReporting(reporting, &plan, named)
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
	sections := newIDs()
	for _, t := range root.tables("section") {
		plan.Headings = append(plan.Headings, readHeading(t, sections))
	}
	for _, t := range root.tables("activity") {
		plan.Activities = append(plan.Activities, readActivity(t, &plan, named))
	}
	orderByHeading(&plan)
	if len(plan.Activities) == 0 && plan.TimeZone != nil {
		root.warn(root.at("activity"), phrase.Say("the plan has no activities yet"),
			phrase.Say("write each under [[activity]]; `tiendo help data` names the keys"))
	}
	if reporting != nil {
		reporting.checkPeriodIDs(&plan.Reporting, named)
	}
	r.warnOfGaps()
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
	t.absentSince2("starts", "ends")
	plan.Starts = t.day("starts")
	plan.Ends = t.day("ends")
	plan.Theme = t.line("theme", optional)
	plan.Period = t.line("period", optional)
	plan.MadeUp = t.day("made_up")
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

func readDocument(t *table) document.Document {
	read := document.Document{
		Number:          t.line("number", optional),
		Type:            t.line("type", optional),
		Place:           t.line("place", optional),
		Date:            t.day("date"),
		Dateline:        t.line("dateline", optional),
		Title:           t.line("title", required),
		Basis:           t.text("basis", optional),
		Issuer:          t.line("issuer", optional),
		Closing:         t.text("closing", optional),
		RecipientsLabel: t.line("recipients_label", optional),
		Archive:         t.line("archive", optional),
	}
	if signature := t.table("signature", optional); signature != nil {
		read.Signature = document.Signature{Titles: signature.lines("titles"), Name: signature.line("name", optional)}
		signature.close()
	}
	headings := newIDs()
	for _, heading := range t.tables("headings") {
		passage := document.Passage{ID: heading.newID(headings), Text: heading.line("text", required),
			Sic: heading.text("sic", optional)}
		read.Headings = append(read.Headings, passage)
		heading.close()
	}
	for _, recipient := range t.tables("recipients") {
		passage := document.Passage{Text: recipient.line("text", required), Sic: recipient.text("sic", optional)}
		read.Recipients = append(read.Recipients, passage)
		recipient.close()
	}
	t.close()
	return read
}

// readHeading reads what stands above some activities, as printed.
func readHeading(t *table, sections *ids) model.Heading {
	heading := model.Heading{ID: t.newID(sections), Text: t.line("text", required),
		Kind: choice(t, "kind", required, model.ActivitySection, model.DutySection)}
	if kind := model.Section(heading.ID); kind == model.ActivitySection || kind == model.DutySection {
		t.problem(t.at("id"), phrase.Say("%q is a kind of section already", heading.ID),
			phrase.Say("give the section another id, for example %s", "muc-"+heading.ID))
	}
	t.close()
	return heading
}

// orderByHeading puts the activities in the order of the headings, as the document prints them; of each kind those
// under none come first.
func orderByHeading(plan *model.Plan) {
	if len(plan.Headings) == 0 {
		return
	}
	place := map[string]int{}
	for i, heading := range plan.Headings {
		place[heading.ID] = i + 1
	}
	slices.SortStableFunc(plan.Activities, func(a, b model.Activity) int {
		return cmp.Or(strings.Compare(string(a.Section), string(b.Section)), place[a.Heading]-place[b.Heading])
	})
}

// readSection reads where an activity stands: under a heading, or just in a kind of section.
func readSection(t *table, headings []model.Heading) (kind model.Section, heading string) {
	if len(headings) == 0 {
		return choice(t, "section", required, model.ActivitySection, model.DutySection), ""
	}
	known := newIDs()
	known.add(string(model.ActivitySection), "")
	known.add(string(model.DutySection), "")
	for i := range headings {
		if headings[i].ID == t.node.Child("section").Value() {
			kind, heading = headings[i].Kind, headings[i].ID
		}
		known.add(headings[i].ID, "")
	}
	section := t.ref("section", required, known)
	if heading == "" && known.has(section) {
		kind = model.Section(section)
	}
	return kind, heading
}

// readDuty reads who does an activity.
func readDuty(t *table, named *Names) duty.Duty {
	t.since2("support")
	d := duty.Duty{Leads: t.oneOrMore("lead", named.addressees)}
	if t.schema < 2 && t.has("lead") {
		if list := t.node.Child("lead").Kind() == edit.Array; list || len(d.Leads) == 1 && named.groups.has(d.Leads[0]) {
			t.misread("lead", t.at("lead"))
		}
	}
	need := need(len(d.Leads) == 0 || t.has("assigned"))
	if d.Assigned = t.refs("assigned", need, named.addressees); need == optional {
		t.absentSince2("assigned")
	}
	if t.has("support") {
		d.Support = append([]string{}, t.refs("support", optional, named.addressees)...)
	}
	if len(d.Leads) > 0 && t.has("support") && t.has("assigned") {
		t.warn(t.at("assigned"), phrase.Say("assigned says nothing beside lead and support"),
			phrase.Say("who leads answers for it, and who supports stands under `support`: take assigned away"))
	}
	return d
}

// namedDay is a day in words, such as “15/12” or “15/12/2026”; a month is none.
var namedDay = regexp.MustCompile(`\b(0?[1-9]|[12]\d|3[01])/(0?[1-9]|1[012])(/\d{4})?\b`)

func readActivity(t *table, plan *model.Plan, named *Names) model.Activity {
	t.since2("from", "when", "product")
	activity := model.Activity{
		Duty:     readDuty(t, named),
		ID:       t.newID(named.activities),
		Title:    t.line("title", required),
		Text:     t.text("text", required),
		Sic:      t.text("sic", optional),
		Goals:    t.refs("goals", optional, named.goals),
		From:     t.day("from"),
		When:     t.line("when", optional),
		Deadline: readDeadline(t, plan, false),
		Product:  t.text("product", optional),
	}
	activity.Section, activity.Heading = readSection(t, plan.Headings)
	if last := activity.Deadline.LastDay(); !last.IsZero() && activity.From.After(last) {
		t.warn(t.at("from"), phrase.Say("from (%s) is after the last day, %s", activity.From, last),
			phrase.Say("check the year and the month"))
	}
	if day := namedDay.FindString(activity.When); day != "" && !t.has("until") && !t.has("before") {
		t.warn(t.at("when"), phrase.Say("when names a day, %s, and it is no deadline", day),
			phrase.Say("if it is one, write `until` or `before` too: what stands in words is never late"))
	}
	t.elsewhere(phrase.Say("it stands under [[activity.indicator]]"), "target", "targets", "total")
	indicators := t.tables("indicator")
	for _, table := range indicators {
		activity.Indicators = append(activity.Indicators, readIndicator(table, &activity, named))
	}
	for i, table := range indicators {
		checkPartOf(table, &activity, i)
		table.close()
	}
	t.close()
	return activity
}

func readIndicator(t *table, activity *model.Activity, named *Names) model.Indicator {
	t.since2("targets", "total")
	indicator := model.Indicator{
		ID:      t.newID(named.indicators),
		Name:    t.line("name", required),
		Measure: t.line("measure", required),
		Sum:     choice(t, "sum", required, sums.Add, sums.Last, sums.None),
		PartOf:  t.line("part_of", optional),
		Target:  t.figure("target"),
		Targets: readTargets(t, activity, named),
		Total:   t.figure("total"),
	}
	if indicator.Percent() && indicator.Sum == sums.Add { // DOMAIN §3: percentages are never added
		t.warn(t.at("sum"), phrase.Say("percentages are never added, so there is no total of them"),
			phrase.Say("write sum = %q", sums.None))
		indicator.Sum = sums.None
	}
	return indicator
}

// readTargets reads the targets of single units: those that answer for the activity.
func readTargets(t *table, activity *model.Activity, named *Names) map[string]float64 {
	listed := t.table("targets", optional)
	if listed == nil {
		return nil
	}
	targets := make(map[string]float64, len(listed.keys()))
	for _, unit := range listed.keys() {
		target := listed.figure(unit)
		at := listed.node.Child(unit).KeyOffset()
		listed.checkRef("targets", unit, at, named.units)
		if target == nil || !named.units.has(unit) {
			continue
		}
		targets[unit] = *target
		if !named.units.partial && !activity.Role(unit, named.group(unit)).Answers() {
			t.warn(at, phrase.Say("targets names %q, which does not answer for the activity", unit),
				phrase.Say("who leads answers for it, or who is assigned where nobody leads"))
		}
	}
	return targets
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
