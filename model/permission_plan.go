package model

import (
	"slices"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/sums"
)

// verbatim are the keys whose values are words of the official document.
var verbatim = []string{"text", "theme", "period", "number", "type", "place", "date", "dateline", "basis", "issuer",
	"closing", "recipients_label", "archive"}

// checkPlan refuses changes of the plan that are not the coordinator's, and of words of the document without the
// document that changes them. What the values may be is known to whoever reads the file.
func (c *Campaign) checkPlan(change Change) error {
	if err := c.coordinators(change.Person,
		onlyCoordinator(phrase.Say("only the coordinator changes the plan"))); err != nil {
		return err
	}
	before, after := As[Part](change.Seen), As[Part](change.New)
	for _, key := range verbatim {
		was, stood := before[key]
		if stood && after != nil && !after[key].same(was) && change.Source == "" && !change.Restore {
			return phrase.Refuse(phrase.Say("%s: these are words of the official document", key),
				phrase.Say("name the document that changes them: --source \"Công văn số …\""))
		}
	}
	if before != nil && after != nil && !slices.Contains(PlanTables(), change.Subject.ID) &&
		!before["id"].same(after["id"]) {
		return phrase.Refuse(phrase.Say("an id stays: records refer to it"), phrase.Sentence{})
	}
	return nil
}

// CheckRecords refuses a plan in which something has no place any more that units have recorded.
func (c *Campaign) CheckRecords(later *Plan) error {
	for i := range c.Plan.Activities {
		before := &c.Plan.Activities[i]
		after := later.Activity(before.ID)
		var left []string
		for j := range c.Roster.Units {
			unit := &c.Roster.Units[j]
			entry, recorded := c.Progress[unit.ID].Activities[before.ID]
			if !recorded || entry.SameContent(Entry{Status: Todo}) {
				continue
			}
			if before.AssignedTo(unit) && (after == nil || !after.AssignedTo(unit)) ||
				after != nil && loses(before, after, entry) {
				left = append(left, unit.Name)
			}
		}
		if len(left) > 0 {
			return phrase.Refuse(phrase.Say("units have recorded something for “%s” that would have no place any more: %s",
				before.Title, phrase.List(left)),
				phrase.Say("leave it to them, and let them set it to n/a with a note where it no longer applies"))
		}
	}
	return nil
}

// loses reports whether an entry has a figure whose indicator is gone.
func loses(before, after *Activity, entry Entry) bool {
	for name := range entry.Figures {
		_, id := sums.Split(name)
		_, was := before.Indicator(id)
		if _, is := after.Indicator(id); was && !is {
			return true
		}
	}
	return false
}
