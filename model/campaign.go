package model

import (
	"iter"
	"maps"
	"slices"
	"time"

	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
)

// Campaign is everything that the data files say at one moment.
type Campaign struct {
	Plan     Plan
	Roster   Roster
	Progress map[string]Progress        // by unit id; a unit without a file has none
	Broken   map[string]*phrase.Problem // by unit id: why the unit's progress is not known
	Unread   int                        // of Broken: those whose file has only not been read yet
	Stale    map[string]*phrase.Problem // by unit id: why the file cannot be read now; Progress holds what it said last
	Office   Office                     // the Office's own part of the consolidated report
	// PlanBroken and RosterBroken are not nil when plan.toml or units.toml is there but cannot
	// be used: Plan and Roster hold no more than what could be read of them.
	PlanBroken, RosterBroken *phrase.Problem
	// OfficeBroken is not nil when report.toml cannot be used, so that nothing is written to it.
	OfficeBroken *phrase.Problem
	// RosterProblem is the first error in units.toml: as long as there is one, as in the middle of an edit, the
	// roster does not say who anybody is.
	RosterProblem *phrase.Problem
	// RosterKept says that Roster is not what units.toml says now, with that error, but the last one without.
	RosterKept bool
	Problems   []phrase.Problem // everything wrong in the files, in file order
	// Arrived is by unit id when the server got what bears a time of more than a day before: the rest came in time, or
	// it is not known when.
	Arrived map[string]map[Subject]time.Time
	AsOf    phrase.Sentence // which past state this is; empty: it is the present
}

// Unit finds a unit, or refuses with the ids that are near.
func (c *Campaign) Unit(id string) (*Unit, error) {
	if unit := c.Roster.Unit(id); unit != nil {
		return unit, nil
	}
	return nil, phrase.Unknown(phrase.Say("there is no unit %q", id), id, c.Roster.UnitIDs())
}

// gathering is how many days after its last day a campaign is still followed: reports that are late come in then.
const gathering = 60

// LastRecord is the day of the latest entry or report, as far as it belongs to the campaign: not before its
// last day (Plan.LastDay), and at most sixty days after it. Where there is none, every record belongs to the campaign.
func (c *Campaign) LastRecord() calendar.Day {
	last, end := c.Plan.LastDay(), c.Plan.LastDay().Add(gathering)
	for day := range c.recorded() {
		last = last.Later(day)
	}
	if last.After(end) && !c.Plan.LastDay().IsZero() {
		return end
	}
	return last
}

// FirstDay is the first day of the campaign; where the plan names none, that of the first record, or none.
func (c *Campaign) FirstDay() calendar.Day {
	first := c.Plan.Starts
	for day := range c.recorded() {
		if c.Plan.Starts.IsZero() && (first.IsZero() || day.Before(first)) {
			first = day
		}
	}
	return first
}

// recorded are the days of all entries and reports.
func (c *Campaign) recorded() iter.Seq[calendar.Day] {
	return func(yield func(calendar.Day) bool) {
		for _, progress := range c.Progress {
			all := []time.Time{progress.Report.At}
			for _, report := range progress.Reports {
				all = append(all, report.At)
			}
			for _, entry := range progress.Activities {
				all = append(all, entry.At)
			}
			for _, at := range all {
				if !at.IsZero() && !yield(calendar.DayIn(at, c.Plan.TimeZone)) {
					return
				}
			}
		}
	}
}

// Activity finds an activity, or refuses with the ids that are near.
func (c *Campaign) Activity(id string) (*Activity, error) {
	if activity := c.Plan.Activity(id); activity != nil {
		return activity, nil
	}
	return nil, phrase.Unknown(phrase.Say("there is no activity %q", id), id, c.Plan.ActivityIDs())
}

// Message finds a message, or refuses with the ids that are near.
func (c *Campaign) Message(id string) (*Message, error) {
	if message := c.Plan.Message(id); message != nil {
		return message, nil
	}
	return nil, phrase.Unknown(phrase.Say("there is no message %q", id), id, c.Plan.MessageIDs())
}

// Person finds a person, or refuses with the ids that are near.
func (c *Campaign) Person(id string) (*Person, error) {
	if person := c.Roster.Person(id); person != nil {
		return person, nil
	}
	if len(c.Roster.People) == 0 {
		return nil, phrase.Refuse(phrase.Say("there is no person %q", id),
			phrase.Say("nobody is on the roster yet: `tiendo person add`"))
	}
	return nil, phrase.Unknown(phrase.Say("there is no person %q", id), id, c.Roster.PersonIDs())
}

// AsOnRoster gives a person as the roster has them now, so that a role or a
// unit that was taken away counts no more, however long their dashboard has been
// open. Who has no id is on no roster: the owner of the files.
func (c *Campaign) AsOnRoster(person Person) (Person, error) {
	if person.ID == "" {
		return person, nil
	}
	if now := c.Roster.Person(person.ID); now != nil {
		return *now, nil
	}
	return Person{}, phrase.Refuse(phrase.Say("%s is no longer on the roster, so nothing was changed", person.Name),
		phrase.Say("ask the coordinator; units.toml is the roster"))
}

// Copy is a campaign in which changes can be put without changing this one.
func (c *Campaign) Copy() *Campaign {
	copied := *c
	copied.Progress = maps.Clone(c.Progress)
	return &copied
}

// Put makes a change in memory, as far as the rules look at it. The campaign must be copied.
func (c *Campaign) Put(change Change) {
	at := slices.Index(c.Roster.IDs(change.Subject.Kind), change.Subject.ID)
	switch value := change.New.(type) {
	case Report:
		progress := c.Progress[change.Unit]
		if period := change.Subject.ID; period != "" {
			progress.Reports = maps.Clone(progress.Reports)
			if progress.Reports == nil {
				progress.Reports = map[string]Report{}
			}
			progress.Reports[period] = value
		} else {
			progress.Report = value
		}
		c.Progress[change.Unit] = progress
	case *Person:
		c.Roster.People = put(c.Roster.People, at, value)
	case *Unit:
		c.Roster.Units = put(c.Roster.Units, at, value)
	case *Group:
		c.Roster.Groups = put(c.Roster.Groups, at, value)
	default: // no rule about one entry asks how another one stands
	}
}

// put is a list with a new value at a place, where -1 is none: nil takes it away, or leaves the list as it is.
func put[T any](all []T, at int, value *T) []T {
	all = slices.Clone(all)
	switch {
	case value == nil && at >= 0:
		return slices.Delete(all, at, at+1)
	case value != nil && at >= 0:
		all[at] = *value
	case value != nil:
		all = append(all, *value)
	}
	return all
}

// Value is what a subject holds: of a unit's record, of the roster, or of the Office's part.
func (c *Campaign) Value(unit string, subject Subject) Value {
	switch {
	case subject.Kind.OnRoster():
		return c.Roster.Of(subject)
	case subject.Kind.OfOffice():
		return c.Office.Of(subject)
	}
	progress := c.Progress[unit]
	return subject.Of(&progress)
}

// RosterUnusable refuses to say who is on a roster in which there is an error; nil when there is none, or when the last
// one without was kept.
func RosterUnusable(campaign *Campaign) error {
	problem := campaign.RosterProblem
	if problem == nil || campaign.RosterKept {
		return nil
	}
	return phrase.Refuse(phrase.Say("%s: the roster cannot be relied on: %s", problem.Place(), problem.What),
		phrase.Say("fix the file by hand, then try again; `tiendo check` lists every problem"))
}
