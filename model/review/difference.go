package review

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/document"
	"example.org/tiendo/model/phrase"
)

// Difference is what one subject held in an earlier state of the data, and what it holds in a later one.
type Difference struct {
	Unit          string // whose record; empty for the roster and the plan
	Subject       model.Subject
	Before, After model.Value
	// Part and Field say what of the plan or the roster differs, From and To what
	// stood there and stands there now; To alone when it is new, From alone when it is gone.
	Part, Field phrase.Sentence
	From, To    string
	key         string // of that fact
	// Signed says that the value bears a signature that does not go without saying: it is named.
	Signed bool
	// Arrived is when the server got it, where the time that it bears is more than a day earlier; else zero.
	Arrived time.Time
	// File says why the record of a unit cannot be compared, or what else happened to a file as a whole.
	File phrase.Sentence
}

// Revision is one commit of the record: who, when, and what it changed, in the order of the plan.
type Revision struct {
	Hash          string // whole
	Short         string
	Author, Email string          // by the name on the roster of that time, where the address is on it
	GitName       string          // what git calls the author, where that is another name; "" is no other
	At            time.Time       // as its author's clock said
	Committed     time.Time       // when it was made, by the clock of who made it
	Latest        time.Time       // the latest of its parents likewise; zero is not known
	Arrived       time.Time       // when the server got it; zero is not known
	Title         string          // the first line of its message
	Merge         bool            // it joins two lines of the history; what both brought in is theirs
	Begins        bool            // there was no plan before it
	Boundary      bool            // a shallow clone ends at it: what it changed is not known here
	Unreadable    error           // why it cannot be told what it changed; nil where it can
	NotTaken      []NotTaken      // whose versions a merge did not take; Differences may be empty then
	Campaign      *model.Campaign // after it, as far as it is needed to name what changed
	Differences   []Difference
}

// Untold says why it is not known what a commit changed, with the way out; nil where it is known.
func (r *Revision) Untold() error {
	if r.Boundary {
		return phrase.Refuse(phrase.Say("the history before it is not in this clone (a shallow clone), so it cannot be "+
			"told here what it changed"),
			phrase.Say("`git fetch --unshallow` brings the rest of the history"))
	}
	return r.Unreadable
}

// Undoable says why a commit cannot be undone whatever it changed.
func (r *Revision) Undoable() error {
	if err := r.Untold(); err != nil {
		return err
	}
	if r.Begins {
		return phrase.Refuse(phrase.Say("commit %s brought the plan here: there was none before it, so nothing can be put "+
			"back", r.Short),
			phrase.Say("change what is to be different instead: `tiendo tick`, `tiendo person`, or the file itself"))
	}
	return nil
}

// Compare lists what differs between two states of the data: first the plan,
// then the roster, the Office's part, and the records in the order of the later roster.
func Compare(before, after *model.Campaign) []Difference {
	differences := slices.Concat(ComparePlans(before, after), CompareRosters(before, after), CompareOffices(before, after))
	units := merged(after.Roster.UnitIDs(), before.Roster.UnitIDs())
	units = merged(merged(units, slices.Sorted(maps.Keys(after.Progress))), slices.Sorted(maps.Keys(before.Progress)))
	return append(differences, CompareRecords(before, after, units)...)
}

// CompareRecords lists what differs in the records of some units.
func CompareRecords(before, after *model.Campaign, units []string) []Difference {
	var differences []Difference
	for _, unit := range units {
		differences = append(differences, compareRecord(before, after, unit)...)
	}
	return differences
}

// compareRecord compares what one unit has done. A state without a usable plan or roster
// keeps everything that the files say, one with them only what they know: so what only the
// former has says nothing.
func compareRecord(before, after *model.Campaign, unit string) []Difference {
	if said, broken := compareBroken(problemIn(before.Broken, unit), problemIn(after.Broken, unit)); broken {
		return []Difference{{Unit: unit, File: said}}
	}
	for _, pair := range [][2]*model.Campaign{{before, after}, {after, before}} {
		if _, there := pair[1].Progress[unit]; pair[0].RosterBroken != nil && pair[1].RosterBroken == nil && !there {
			return nil
		}
	}
	old, now := before.Progress[unit], after.Progress[unit]
	var differences []Difference
	compare := func(subject model.Subject) {
		difference := Difference{Unit: unit, Subject: subject, Before: subject.Of(&old), After: subject.Of(&now)}
		if !difference.Before.Equal(difference.After) {
			differences = append(differences, difference)
		}
	}
	plan := &Naming(before, after).Plan
	oneBroken := (before.PlanBroken == nil) != (after.PlanBroken == nil)
	for _, id := range inOrder(plan.ActivityIDs(), old.Activities, now.Activities) {
		if !oneBroken || plan.Activity(id) != nil {
			compare(model.Subject{Kind: model.SubjectActivity, ID: id})
		}
	}
	for _, id := range inOrder(plan.MessageIDs(), old.Messages, now.Messages) {
		if !oneBroken || plan.Message(id) != nil {
			compare(model.Subject{Kind: model.SubjectMessage, ID: id})
		}
	}
	compare(model.Subject{Kind: model.SubjectReport})
	for _, id := range inOrder(plan.Reporting.Periods.IDs(), old.Reports, now.Reports) {
		compare(model.Subject{Kind: model.SubjectReport, ID: id})
	}
	return differences
}

func problemIn(broken map[string]phrase.Problem, unit string) *phrase.Problem {
	if problem, is := broken[unit]; is {
		return &problem
	}
	return nil
}

// compareBroken says what has become of a file that cannot be read at one end or at both:
// nothing of what it holds is compared then.
func compareBroken(before, after *phrase.Problem) (said phrase.Sentence, broken bool) {
	switch {
	case before == nil && after == nil:
		return phrase.Sentence{}, false
	case before != nil && after != nil:
		return phrase.Say("the file could not be read before and cannot be read after: %s: %s", after.Place(), after.What),
			true
	case before != nil:
		return phrase.Say("the file could not be read before; it can be read now"), true
	default:
		return phrase.Say("the file can no longer be read: %s: %s", after.Place(), after.What), true
	}
}

// Naming is the later state with its plan and its roster, or with the earlier ones where
// the later cannot be used or are gone: what differs is named by it.
func Naming(before, after *model.Campaign) *model.Campaign {
	gone := func(c *model.Campaign) (plan, roster bool) {
		return c.PlanBroken != nil || c.Plan.ID == "", c.RosterBroken != nil || len(c.Roster.Units) == 0
	}
	noPlan, noRoster := gone(after)
	hadNoPlan, hadNoRoster := gone(before)
	if !(noPlan && !hadNoPlan) && !(noRoster && !hadNoRoster) {
		return after
	}
	named := *after
	if noPlan && !hadNoPlan {
		named.Plan = before.Plan
	}
	if noRoster && !hadNoRoster {
		named.Roster = before.Roster
	}
	return &named
}

// inOrder lists the keys of two maps, those in order first.
func inOrder[V any](order []string, a, b map[string]V) []string {
	var keys []string
	for _, id := range order {
		_, inA := a[id]
		if _, inB := b[id]; inA || inB {
			keys = append(keys, id)
		}
	}
	rest := slices.Sorted(maps.Keys(a))
	for _, id := range slices.Concat(rest, slices.Sorted(maps.Keys(b))) {
		if !slices.Contains(keys, id) {
			keys = append(keys, id)
		}
	}
	return keys
}

// CompareRosters lists what differs on the roster.
func CompareRosters(earlier, later *model.Campaign) []Difference {
	if said, broken := compareBroken(earlier.RosterBroken, later.RosterBroken); broken {
		return []Difference{{File: said}}
	}
	before, after := &earlier.Roster, &later.Roster
	was, is := len(before.Units)+len(before.People) > 0, len(after.Units)+len(after.People) > 0
	switch {
	case !was && len(after.Units) > 0:
		return []Difference{{File: phrase.Say("a roster of %d units", len(after.Units))}}
	case was && !is:
		return []Difference{{File: phrase.Say("the roster was removed")}}
	}
	var differences []Difference
	if before.OwnKeys != after.OwnKeys {
		said := phrase.Say("everyone on the roster may change their own SSH keys")
		if before.OwnKeys {
			said = phrase.Say("only the coordinator changes SSH keys")
		}
		differences = append(differences, Difference{File: said})
	}
	for _, kind := range model.RosterKinds() {
		for _, id := range merged(after.IDs(kind), before.IDs(kind)) {
			subject := model.Subject{Kind: kind, ID: id}
			difference := Difference{Subject: subject, Before: before.Of(subject), After: after.Of(subject)}
			if !difference.Before.Equal(difference.After) {
				differences = append(differences, difference)
			}
		}
	}
	return differences
}

// merged is first, then what second holds besides.
func merged(first, second []string) []string {
	all := slices.Clone(first)
	for _, id := range second {
		if !slices.Contains(first, id) {
			all = append(all, id)
		}
	}
	return all
}

// fact is one thing that the plan says, for comparing.
type fact struct {
	key         string // unique in the plan, the same in another version of it
	part, field phrase.Sentence
	text        string
}

func compareFacts(before, after []fact) []Difference {
	old := map[string]fact{}
	for _, fact := range before {
		old[fact.key] = fact
	}
	var differences []Difference
	for _, now := range after {
		was, there := old[now.key]
		delete(old, now.key)
		if now.text != was.text || !there && now.text != "" {
			differences = append(differences, Difference{Subject: model.Subject{Kind: model.SubjectPlan}, key: now.key,
				Part: now.part, Field: now.field, From: was.text, To: now.text})
		}
	}
	for _, was := range before { // in their order
		if _, gone := old[was.key]; gone && was.text != "" {
			differences = append(differences, Difference{Subject: model.Subject{Kind: model.SubjectPlan}, key: was.key,
				Part: was.part, Field: was.field, From: was.text})
		}
	}
	return differences
}

// ComparePlans lists what differs in the plan.
func ComparePlans(earlier, later *model.Campaign) []Difference {
	whole := func(said phrase.Sentence) []Difference {
		return []Difference{{Subject: model.Subject{Kind: model.SubjectPlan}, File: said}}
	}
	if said, broken := compareBroken(earlier.PlanBroken, later.PlanBroken); broken {
		return whole(said)
	}
	before, after := &earlier.Plan, &later.Plan
	there := func(plan *model.Plan) bool { return plan.ID != "" || plan.Language != "" || len(plan.Activities) > 0 }
	was, is := there(before), there(after)
	switch {
	case !was && after.ID != "":
		return whole(phrase.Say("a plan of %d activities", len(after.Activities)))
	case was && !is:
		return whole(phrase.Say("the plan was removed"))
	}
	return append(compareFacts(planFacts(before), planFacts(after)), compareOrders(before, after)...)
}

// compareOrders tells which of what stands in both plans has another place among the others.
func compareOrders(before, after *model.Plan) []Difference {
	var differences []Difference
	was, is := orders(before), orders(after)
	for i := range was {
		others := func(all, in []string) []string {
			return slices.DeleteFunc(slices.Clone(all), func(id string) bool { return !slices.Contains(in, id) })
		}
		first, second := others(was[i].ids, is[i].ids), others(is[i].ids, was[i].ids)
		if !slices.Equal(first, second) {
			differences = append(differences, Difference{Subject: model.Subject{Kind: model.SubjectPlan},
				key: was[i].key, Part: phrase.Say("the plan"), Field: was[i].label,
				From: strings.Join(first, ", "), To: strings.Join(second, ", ")})
		}
	}
	return differences
}

// order is the order of some parts of a plan.
type order struct {
	key   string
	label phrase.Sentence
	ids   []string
}

func orders(plan *model.Plan) []order {
	all := []order{
		{key: "goals", label: phrase.Say("order of the goals")},
		{key: "messages", label: phrase.Say("order of the messages")},
		{key: "channels", label: phrase.Say("order of the channels")},
		{key: "activities", label: phrase.Say("order of the activities"), ids: plan.ActivityIDs()},
		{key: "indicators", label: phrase.Say("order of the indicators")},
	}
	for _, goal := range plan.Goals {
		all[0].ids = append(all[0].ids, goal.ID)
	}
	for _, message := range plan.Messages {
		all[1].ids = append(all[1].ids, message.ID)
	}
	for _, channel := range plan.Channels {
		all[2].ids = append(all[2].ids, channel.ID)
	}
	activities := slices.Sorted(slices.Values(plan.ActivityIDs())) // so that one that moves takes its own along
	for _, id := range activities {
		for _, indicator := range plan.Activity(id).Indicators {
			all[4].ids = append(all[4].ids, id+"/"+indicator.ID)
		}
	}
	return all
}

func planFacts(plan *model.Plan) []fact {
	document := &plan.Document
	whole := phrase.Say("the plan")
	zone := ""
	if plan.TimeZone != nil {
		zone = plan.TimeZone.String()
	}
	holidays, weekend := "", ""
	if calendar := plan.Calendar; calendar != nil {
		days := make([]string, len(calendar.Holidays))
		for i, day := range calendar.Holidays {
			days[i] = day.Printed()
		}
		holidays, weekend = strings.Join(days, ", "), "strict"
		if calendar.Next {
			weekend = "next"
		}
	}
	facts := []fact{
		{"id", whole, phrase.Say("id"), plan.ID},
		{"language", whole, phrase.Say("language"), string(plan.Language)},
		{"timezone", whole, phrase.Say("time zone"), zone},
		{"starts", whole, phrase.Say("first day"), plan.Starts.Printed()},
		{"ends", whole, phrase.Say("last day"), plan.Ends.Printed()},
		{"theme", whole, phrase.Say("theme"), plan.Theme},
		{"period", whole, phrase.Say("period"), plan.Period},
		{"made up", whole, phrase.Say("made-up data as of"), plan.MadeUp.Printed()},
	}
	facts = append(facts, reportingFacts(&plan.Reporting)...)
	facts = append(facts, []fact{
		{"holidays", whole, phrase.Say("public holidays"), holidays},
		{"weekend", whole, phrase.Say("last day off"), weekend},
		{"number", whole, phrase.Say("number"), document.Number},
		{"document", whole, phrase.Say("words of the document"), strings.Join(slices.Concat(
			[]string{document.Type, document.Place, document.Date.Printed(), document.Dateline, document.Title, document.Basis,
				document.Issuer, document.Closing, document.RecipientsLabel, document.Archive},
			passages(document.Headings), passages(document.Recipients), document.Signature.Titles,
			[]string{document.Signature.Name}), "\n")},
	}...)
	for _, heading := range plan.Headings {
		facts = append(facts, fact{"section " + heading.ID, phrase.Say("the section %s", heading.ID), phrase.Say("text"),
			string(heading.Kind) + ": " + heading.Text})
	}
	for _, goal := range plan.Goals {
		facts = append(facts, fact{"goal " + goal.ID, phrase.Say("the goal %s", goal.ID), phrase.Say("text"),
			string(goal.Kind) + ": " + withSic(goal.Text, goal.Sic)})
	}
	for _, message := range plan.Messages {
		facts = append(facts, fact{"message " + message.ID, phrase.Say("the message %s", message.ID), phrase.Say("text"),
			withSic(message.Text, message.Sic)})
	}
	for _, channel := range plan.Channels {
		facts = append(facts, fact{"channel " + channel.ID, phrase.Say("the channel %s", channel.ID), phrase.Say("name"),
			channel.Name})
	}
	for i := range plan.Activities {
		facts = append(facts, activityFacts(&plan.Activities[i], plan.Ends)...)
	}
	return facts
}

// activityFacts leaves out a deadline that is that of the campaign: it is told there.
func activityFacts(activity *model.Activity, ends calendar.Day) []fact {
	part, deadline := phrase.Say("the activity %s", activity.ID), ""
	if last := activity.Deadline.Written(); last != ends {
		deadline = last.Printed()
	}
	support := strings.Join(activity.Support, ", ")
	if activity.Support != nil && support == "" {
		support = "[]" // nobody, where otherwise the others assigned do
	}
	facts := []fact{
		{"title", part, phrase.Say("title"), activity.Title},
		{"text", part, phrase.Say("text"), withSic(activity.Text, activity.Sic)},
		{"section", part, phrase.Say("section"), cmp.Or(activity.Heading, string(activity.Section))},
		{"assigned", part, phrase.Say("assigned to"), strings.Join(activity.Assigned, ", ")},
		{"lead", part, phrase.Say("lead"), strings.Join(activity.Leads, ", ")},
		{"support", part, phrase.Say("support"), support},
		{"goals", part, phrase.Say("goals"), strings.Join(activity.Goals, ", ")},
		{"from", part, phrase.Say("first day"), activity.From.Printed()},
		{"when", part, phrase.Say("time in words"), activity.When},
		{"deadline", part, phrase.Say("deadline"), deadline},
		{"product", part, phrase.Say("product"), activity.Product},
	}
	for _, indicator := range activity.Indicators {
		said := []string{indicator.Name, indicator.Measure, string(indicator.Sum)}
		if indicator.PartOf != "" {
			said = append(said, "≤ "+indicator.PartOf)
		}
		said = append(said, targetFacts(indicator)...)
		facts = append(facts, fact{"indicator " + indicator.ID, part, phrase.Say("indicator %s", indicator.ID),
			strings.Join(said, " · ")})
	}
	for i := range facts {
		facts[i].key = "activity " + activity.ID + " " + facts[i].key
	}
	return facts
}

func passages(all []document.Passage) []string {
	var texts []string
	for _, passage := range all {
		texts = append(texts, withSic(passage.Text, passage.Sic))
	}
	return texts
}

// withSic is a text with the note that the source misleads.
func withSic(text, sic string) string {
	if sic == "" {
		return text
	}
	return text + " [sic: " + sic + "]"
}

// Common are the differences that stand in both lists: what a merge changed against each of its parents.
func Common(a, b []Difference) []Difference {
	var both []Difference
	for _, difference := range a {
		if slices.ContainsFunc(b, difference.sameSubject) {
			both = append(both, difference)
		}
	}
	return both
}

func (d Difference) sameSubject(other Difference) bool {
	return d.Unit == other.Unit && d.Subject == other.Subject && d.Part.String() == other.Part.String() &&
		d.Field.String() == other.Field.String() && d.File.String() == other.File.String()
}
