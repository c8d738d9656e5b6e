package part

import (
	"slices"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/sums"
)

// Check refuses a change of words of the document without the document that changes them, and another id. Who may
// change the plan is asked before; what else the values may be is known to whoever reads the file.
func Check(change model.Change) error {
	before, after := model.As[model.Part](change.Seen), model.As[model.Part](change.New)
	if before == nil || after == nil {
		return nil
	}
	kind, id := Split(change.Subject)
	for _, f := range Fields(kind) {
		was, stood := before[f.Key]
		filled := was.Value != "" && was.Value != nil
		if f.Verbatim && stood && filled && after[f.Key].TOML != was.TOML && change.Source == "" && !change.Restore {
			return phrase.Refuse(phrase.Say("%s: these are words of the official document", f.Key),
				phrase.Say("name the document that changes them: --source \"Công văn số …\""))
		}
	}
	if id != "" && before["id"].TOML != after["id"].TOML {
		return phrase.Refuse(phrase.Say("an id stays: records refer to it"),
			phrase.Say("change the title; the id is for files and commands only"))
	}
	return nil
}

// CheckRecords refuses a plan in which something has no place any more that units have recorded.
func CheckRecords(c *model.Campaign, later *model.Plan) error {
	for i := range c.Plan.Activities {
		before := &c.Plan.Activities[i]
		after := later.Activity(before.ID)
		var left []string
		for j := range c.Roster.Units {
			unit := &c.Roster.Units[j]
			entry, is := recorded(c, unit, before)
			if !is {
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
	return checkChannels(c, later)
}

// checkChannels refuses a plan without a channel that units have used.
func checkChannels(c *model.Campaign, later *model.Plan) error {
	for _, channel := range c.Plan.Channels {
		if slices.ContainsFunc(later.Channels, func(other model.Channel) bool { return other.ID == channel.ID }) {
			continue
		}
		var users []string
		for i := range c.Roster.Units {
			for _, use := range c.Progress[c.Roster.Units[i].ID].Messages {
				if slices.Contains(use.Channels, channel.ID) {
					users = append(users, c.Roster.Units[i].Name)
					break
				}
			}
		}
		if len(users) > 0 {
			return phrase.Refuse(phrase.Say("units have recorded something for “%s” that would have no place any more: %s",
				channel.Name, phrase.List(users)), phrase.Say("leave it in the plan; give it another name if it has one"))
		}
	}
	return nil
}

// loses reports whether an entry has a figure whose indicator is gone.
func loses(before, after *model.Activity, entry model.Entry) bool {
	for name := range entry.Figures {
		_, id := sums.Split(name)
		_, was := before.Indicator(id)
		if _, is := after.Indicator(id); was && !is {
			return true
		}
	}
	return false
}

// recorded is what a unit has recorded for an activity, if it is anything.
func recorded(c *model.Campaign, unit *model.Unit, activity *model.Activity) (entry model.Entry, is bool) {
	entry, is = c.Progress[unit.ID].Activities[activity.ID]
	return entry, is && !entry.SameContent(model.Entry{Status: model.Todo})
}

// Recorded are the names of the units that have recorded something for an activity.
func Recorded(c *model.Campaign, activity *model.Activity) []string {
	var names []string
	for i := range c.Roster.Units {
		if _, is := recorded(c, &c.Roster.Units[i], activity); is {
			names = append(names, c.Roster.Units[i].Name)
		}
	}
	return names
}

// AsNA are the changes that take an activity with records out of all that is counted: it stays in the plan, and becomes
// n/a with the reason for each unit that answers for it. A note that stands there stays above the reason.
func AsNA(c *model.Campaign, activity *model.Activity, person model.Person, reason string) ([]model.Change, error) {
	if reason == "" {
		return nil, phrase.Refuse(phrase.Say("not applicable needs a note that says why"),
			phrase.Say("name it with --reason"))
	}
	var changes []model.Change
	for i := range c.Roster.Units {
		unit := &c.Roster.Units[i]
		progress := c.Progress[unit.ID]
		entry := progress.Entry(activity.ID)
		if !activity.Role(unit.ID, unit.Group).Answers() || entry.Status == model.NA {
			continue
		}
		later := entry
		later.Status, later.Note = model.NA, reason
		if entry.Note != "" {
			later.Note = entry.Note + "\n" + reason
		}
		change := model.Change{Person: person, Unit: unit.ID, Seen: entry, New: later,
			Subject: model.Subject{Kind: model.SubjectActivity, ID: activity.ID}}
		if err := c.Check(change); err != nil {
			return nil, err
		}
		changes = append(changes, change)
	}
	if len(changes) == 0 {
		return nil, phrase.Refuse(phrase.Say("“%s” is n/a for each unit already", activity.Title),
			phrase.Say("it stays in the plan for what units have recorded, and counts nowhere"))
	}
	return changes, nil
}

// Unused refuses to take out of the plan what others in it refer to.
func Unused(plan *model.Plan, subject model.Subject) error {
	kind, id := Split(subject)
	var users []string
	for i := range plan.Activities {
		activity := &plan.Activities[i]
		switch kind {
		case "goal":
			if slices.Contains(activity.Goals, id) {
				users = append(users, activity.ID)
			}
		case "section":
			if activity.Heading == id {
				users = append(users, activity.ID)
			}
		case "indicator":
			for _, indicator := range activity.Indicators {
				if indicator.PartOf != "" && activity.ID+"/"+indicator.PartOf == id {
					users = append(users, activity.ID+"/"+indicator.ID)
				}
			}
		}
	}
	if len(users) == 0 {
		return nil
	}
	what := map[string]phrase.Sentence{"goal": phrase.Say("the goal %s", id), "section": phrase.Say("the section %s", id),
		"indicator": phrase.Say("the indicator %s", id)}[kind]
	return phrase.Refuse(phrase.Say("%s is still used: %s", what, phrase.List(users)),
		phrase.Say("change these first, with `tiendo plan set`"))
}
