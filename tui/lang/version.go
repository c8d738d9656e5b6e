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
		lines = append(lines, w.textLines(w.Say(fact.Field), fact.To)...)
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
		lines = append(lines, w.T("unit %s", unit.ID)+": "+unit.Name)
		lines = append(lines, w.textLines(w.T("short name"), unit.Short)...)
		lines = append(lines, w.textLines(w.T("group"), groupName(roster, unit.Group))...)
		if unit.Coordinator {
			lines = append(lines, "  "+model.Coordinator.Label(w.Language))
		}
	}
	for i := range roster.People {
		person := &roster.People[i]
		lines = append(lines, w.T("person %s", person.ID)+": "+person.Name)
		lines = append(lines, w.textLines(w.T("role"), person.Role.Label(w.Language))...)
		lines = append(lines, w.textLines(w.T("unit"), unitName(roster, person.Unit))...)
		lines = append(lines, w.textLines(w.T("address"), person.Email)...)
		for _, key := range person.Keys {
			lines = append(lines, w.textLines(w.T("SSH key"), key)...)
		}
	}
	return lines
}

func groupName(roster *model.Roster, id string) string {
	for _, group := range roster.Groups {
		if group.ID == id {
			return group.Name
		}
	}
	return id
}
