package review

import (
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// order is the order of some parts of a plan.
type order struct {
	key   string
	label phrase.Sentence
	part  phrase.Sentence // its argument is the id
	ids   []string
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
		if slices.Equal(first, second) {
			continue
		}
		difference := Difference{Subject: model.Subject{Kind: model.SubjectPlan}, key: was[i].key}
		if id, behind, one := moved(first, second); one {
			difference.Part, difference.Field = was[i].part, phrase.Say("moved to the front")
			difference.Part.Args = []any{id}
			if behind != "" {
				difference.Field = phrase.Say("moved, now after %s", behind[strings.Index(behind, "/")+1:])
			}
		} else {
			difference.Part, difference.Field, difference.Form = phrase.Say("the plan"), was[i].label, Plain
			difference.From, difference.To = strings.Join(first, ", "), strings.Join(second, ", ")
		}
		differences = append(differences, difference)
	}
	return differences
}

// moved finds the one id that has another place among the others, and the id behind which it stands now; "" is the
// front. Of two neighbours that changed places it is the one that came to the front, or else the one that went back.
func moved(first, second []string) (id, behind string, one bool) {
	at := 0
	for first[at] == second[at] {
		at++
	}
	either := []string{first[at], second[at]}
	if at == 0 {
		slices.Reverse(either)
	}
	for _, id := range either {
		without := func(list []string) []string {
			return slices.DeleteFunc(slices.Clone(list), func(other string) bool { return other == id })
		}
		if place := slices.Index(second, id); slices.Equal(without(first), without(second)) {
			if place > 0 {
				behind = second[place-1]
			}
			return id, behind, true
		}
	}
	return "", "", false
}

func orders(plan *model.Plan) []order {
	all := []order{
		{key: "goals", label: phrase.Say("order of the goals"), part: phrase.Say("the goal %s")},
		{key: "messages", label: phrase.Say("order of the messages"), part: phrase.Say("the message %s"),
			ids: plan.MessageIDs()},
		{key: "channels", label: phrase.Say("order of the channels"), part: phrase.Say("the channel %s")},
		{key: "activities", label: phrase.Say("order of the activities"), part: phrase.Say("the activity %s"),
			ids: plan.ActivityIDs()},
		{key: "indicators", label: phrase.Say("order of the indicators"), part: phrase.Say("the indicator %s")},
		{key: "sections", label: phrase.Say("order of the headings"), part: phrase.Say("the section %s")},
	}
	for _, goal := range plan.Goals {
		all[0].ids = append(all[0].ids, goal.ID)
	}
	for _, channel := range plan.Channels {
		all[2].ids = append(all[2].ids, channel.ID)
	}
	for _, heading := range plan.Headings {
		all[5].ids = append(all[5].ids, heading.ID)
	}
	for _, id := range slices.Sorted(slices.Values(plan.ActivityIDs())) { // so that one that moves takes its own along
		for _, indicator := range plan.Activity(id).Indicators {
			all[4].ids = append(all[4].ids, id+"/"+indicator.ID)
		}
	}
	return all
}
