package lang

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/document"
	"example.org/tiendo/model/part"
)

// Part names a part of the plan by its kind and its id.
func (w Words) Part(subject model.Subject) string {
	kind, id := part.Split(subject)
	return strings.TrimSpace(PartKind(w, kind) + " " + id)
}

// PartKind is a kind of part of the plan, or a table that is there once, in words.
func PartKind(w Words, kind string) string {
	said := map[string]string{
		"goal": w.T("goal"), "message": w.T("message"), "channel": w.T("channel"), "section": w.T("heading"),
		"activity": w.T("activity"), "indicator": w.T("indicator"), "period": w.T("reporting period"),
		"heading": w.T("heading of the document"), "recipient": w.T("recipient"), "document": w.T("the document"),
		"signature": w.T("who signs"), "plan": w.T("theme and days of the plan"), "reporting": w.T("reporting"),
		"calendar": w.T("days off"),
	}
	return cmp.Or(said[kind], kind)
}

// partChanged says which keys of a part of the plan differ, and what they say.
func partChanged(w Words, subject model.Subject, before, after model.Part) string {
	switch {
	case before == nil:
		return w.T("added")
	case after == nil:
		return w.T("removed")
	case before.Equal(after):
		return movedTo(w, after)
	}
	kind, _ := part.Split(subject)
	var said []string
	keys := slices.Sorted(maps.Keys(before))
	for _, key := range slices.Sorted(maps.Keys(after)) {
		if _, stood := before[key]; !stood {
			keys = append(keys, key)
		}
	}
	for _, key := range keys {
		switch was, is := written(w, kind, key, before[key]), written(w, kind, key, after[key]); {
		case key == model.Place, before[key].TOML == after[key].TOML:
		case was == "":
			said = append(said, planKey(w, kind, key)+": "+is)
		default:
			said = append(said, planKey(w, kind, key)+": "+was+" → "+cmp.Or(is, w.T("empty")))
		}
	}
	return strings.Join(said, " · ")
}

// movedTo says where a part of the plan stands now.
func movedTo(w Words, to model.Part) string {
	if before, is := to[model.Place].Value.(string); is && before != "" {
		return w.T("moved, now after %s", before)
	}
	return w.T("moved to the front")
}

// planKey is a key of the plan in words; one without words stays as it is in the file.
func planKey(w Words, kind, key string) string {
	if f, known := part.FieldOf(kind, key); known {
		return w.Say(f.Label)
	}
	return key
}

// written is a value of plan.toml as people write it; "" for none.
func written(w Words, kind, key string, value model.PartValue) string {
	f, _ := part.FieldOf(kind, key)
	if choice, is := value.Value.(string); is && (f.Form == part.Choice || f.Refers == part.ToSection) {
		return cmp.Or(w.Say(document.Choice(choice)), choice)
	}
	said := strings.Join(strings.Fields(part.Typed(f, value)), " ")
	_, isText := value.Value.(string)
	if isText && said != "" && !strings.HasPrefix(said, "“") && f.Refers == "" && f.Form != part.Choice {
		return "“" + said + "”"
	}
	return said
}

// Named is what a change is about, as people call it: without an id where there is a name.
func Named(w Words, campaign *model.Campaign, subject model.Subject) string {
	roster := &campaign.Roster
	switch subject.Kind {
	case model.SubjectPlan:
		return partNamed(w, &campaign.Plan, subject)
	case model.SubjectPerson:
		return roster.PersonName(subject.ID)
	case model.SubjectUnit:
		return roster.UnitName(subject.ID)
	case model.SubjectGroup:
		if group := roster.Group(subject.ID); group != nil {
			return group.Name
		}
	default:
	}
	return w.SubjectName(campaign, subject)
}

// partNamed is a part of the plan as people call it.
func partNamed(w Words, plan *model.Plan, subject model.Subject) string {
	kind, id := part.Split(subject)
	title := ""
	switch kind {
	case "goal":
		for i := range plan.Goals {
			if plan.Goals[i].ID == id {
				title = plan.Goals[i].Text
			}
		}
	case "message":
		if message := plan.Message(id); message != nil {
			title = message.Text
		}
	case "channel":
		title = plan.ChannelName(id)
	case "activity":
		if activity := plan.Activity(id); activity != nil {
			title = activity.Title
		}
	case "indicator":
		of, indicator, _ := strings.Cut(id, "/")
		if activity := plan.Activity(of); activity != nil {
			title = activity.FigureName(indicator)
		}
	case "section":
		for i := range plan.Headings {
			if plan.Headings[i].ID == id {
				title = plan.Headings[i].Text
			}
		}
	case "period":
		if period := plan.Reporting.Periods.Find(id); period != nil {
			title = w.Say(period.Name)
		}
	}
	if title == "" {
		return PartKind(w, kind)
	}
	return PartKind(w, kind) + " “" + title + "”"
}
