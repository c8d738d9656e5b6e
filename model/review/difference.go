package review

import (
	"maps"
	"slices"
	"strings"
	"time"

	"example.org/tiendo/model"
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
	Form        Form // of From and To
	From, To    string
	Whole       []Difference // of a part that came or went: all that it says, each as To
	key         string       // of that fact
	// Signed says that the value bears a signature that does not go without saying: it is named.
	Signed bool
	// TakenBack is the short hash of the commit that has taken the difference back; "" where none is known, see TakenBack.
	TakenBack string
	// Arrived is when the server got it, where the time that it bears is more than a day earlier; else zero.
	Arrived time.Time
	// File says why the record of a unit cannot be compared, or what else happened to a file as a whole.
	File phrase.Sentence
}

// Place is the subject in which the difference stands, as it is gone to and looked up: of the plan its goal, activity
// and so on. It is false where there is no one place, as of a file as a whole.
func (d *Difference) Place() (subject model.Subject, known bool) {
	if !d.File.IsZero() || d.Subject.Kind == "" {
		return model.Subject{}, false
	}
	if !d.Subject.Kind.InPlan() || d.Subject.ID != "" {
		return d.Subject, true
	}
	words := strings.Fields(d.key)
	switch {
	case len(words) < 2 || !slices.Contains([]string{"section", "goal", "message", "channel", "activity"}, words[0]):
		return model.Subject{}, false
	case len(words) == 4 && words[2] == "indicator":
		return model.Subject{Kind: model.SubjectPlan, ID: "indicator/" + words[1] + "/" + words[3]}, true
	}
	return model.Subject{Kind: model.SubjectPlan, ID: words[0] + "/" + words[1]}, true
}

// IsOfPart reports whether a difference of the plan is about a part of it, named by its kind and its id or, of a table
// that is there once, by its name.
func (d *Difference) IsOfPart(kind, id string) bool {
	if d.Subject.Kind != model.SubjectPlan || d.key == "" {
		return false
	}
	words := kind + " " + id
	switch kind {
	case "period":
		words = "reporting period " + id
	case "indicator":
		activity, indicator, _ := strings.Cut(id, "/")
		words = "activity " + activity + " indicator " + indicator
	}
	if id != "" {
		return d.key == words || strings.HasPrefix(d.key, words+" ") && !strings.HasPrefix(d.key, words+" indicator ")
	}
	return tableOfFact(d.key) == kind
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
	Reverts       string          // the commit that it takes back, as a hash or the beginning of one; "" for none
	Begins        bool            // there was no plan before it
	Boundary      bool            // a shallow clone ends at it: what it changed is not known here
	Unreadable    error           // why it cannot be told what it changed; nil where it can
	NotTaken      []NotTaken      // whose versions a merge did not take; Differences may be empty then
	Campaign      *model.Campaign // after it, as far as it is needed to name what changed
	Differences   []Difference
	Effects       []Effect // of the changes of plan and roster, where they were asked for
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
			phrase.Say("change what is to be different instead: `tiendo tick`, `tiendo plan set`, `tiendo person set`"))
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
	if said, broken := compareBroken(before.Broken[unit], after.Broken[unit]); broken {
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
		differences = append(differences, differing(unit, subject, subject.Of(&old), subject.Of(&now))...)
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

// differing is the difference of one subject; none where both values are equal.
func differing(unit string, subject model.Subject, before, after model.Value) []Difference {
	if before.Equal(after) {
		return nil
	}
	return []Difference{{Unit: unit, Subject: subject, Before: before, After: after}}
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
	all := merged(slices.Sorted(maps.Keys(a)), slices.Sorted(maps.Keys(b)))
	return merged(slices.DeleteFunc(slices.Clone(order), func(id string) bool { return !slices.Contains(all, id) }), all)
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
			differences = append(differences, differing("", subject, before.Of(subject), after.Of(subject))...)
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
	differences := sameDeadline(compareFacts(planFacts(before), planFacts(after)), before, after)
	return append(differences, compareOrders(before, after)...)
}

// Common are the differences that stand in both lists: what a merge changed against each of its parents.
func Common(a, b []Difference) []Difference {
	return slices.DeleteFunc(slices.Clone(a), func(d Difference) bool { return !slices.ContainsFunc(b, d.sameSubject) })
}

func (d Difference) sameSubject(other Difference) bool {
	return d.Unit == other.Unit && d.Subject == other.Subject && d.Part.String() == other.Part.String() &&
		d.Field.String() == other.Field.String() && d.File.String() == other.File.String()
}
