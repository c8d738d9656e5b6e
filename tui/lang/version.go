package lang

import (
	"example.org/tiendo/model"
	"example.org/tiendo/model/review"
)

// Plan says everything that a plan holds, one fact a line, in its order: so that
// two versions of it can be compared line by line.
func (w Words) Plan(plan *model.Plan) []string {
	var lines []string
	part := ""
	for _, fact := range review.Facts(plan) {
		if now := w.Say(fact.Part); now != part {
			part = now
			lines = append(lines, part)
		}
		lines = append(lines, w.textLines(w.Say(fact.Field), fact.Said(w.Printer, fact.To))...)
	}
	return lines
}

// Roster says everything that a roster holds, one fact a line, in its order.
func (w Words) Roster(roster *model.Roster) []string {
	var lines []string
	for _, group := range roster.Groups {
		lines = append(lines, w.T("the group %s", group.ID)+": "+group.Name)
	}
	for i := range roster.Units {
		unit := &roster.Units[i]
		lines = append(lines, w.T("unit %s", unit.ID))
		lines = append(lines, factLines(w, nil, model.UnitFields, unit,
			map[string]string{"group": groupName(roster, unit.Group)})...)
	}
	for i := range roster.People {
		person := &roster.People[i]
		lines = append(lines, w.T("person %s", person.ID))
		lines = append(lines, factLines(w, nil, model.PersonFields, person, map[string]string{
			"role": person.Role.Label(w.Language), "unit": roster.UnitName(person.Unit),
		})...)
	}
	return lines
}

func groupName(roster *model.Roster, id string) string {
	if group := roster.Group(id); group != nil {
		return group.Name
	}
	return id
}
