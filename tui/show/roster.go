package show

import (
	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// peopleJSON is `person list --json`.
type peopleJSON struct {
	Version  int           `json:"version"`
	People   []personJSON  `json:"people"`
	Problems []problemJSON `json:"problems"`
}

type personJSON struct {
	ID    string     `json:"id"`
	Name  string     `json:"name"`
	Role  model.Role `json:"role"`
	Unit  string     `json:"unit"`
	Email string     `json:"email"`
	Keys  []string   `json:"keys"` // as in id_ed25519.pub
}

// PeopleJSON is `person list --json`.
func (p *Printer) PeopleJSON(campaign *model.Campaign) error {
	answer := peopleJSON{Version: JSONVersion, People: []personJSON{}, Problems: p.problemsJSON(campaign.Problems)}
	for _, person := range campaign.Roster.People {
		answer.People = append(answer.People, personJSON{
			person.ID, person.Name, person.Role, person.Unit, person.Email, append([]string{}, person.Keys...),
		})
	}
	return p.JSON(answer)
}

// People lists the people on the roster.
func (p *Printer) People(campaign *model.Campaign) {
	roster := &campaign.Roster
	var rows [][2]string
	for i := range roster.People {
		rows = append(rows, [2]string{roster.People[i].ID, p.Words.Person(roster, &roster.People[i])})
	}
	if len(rows) == 0 {
		p.Out.Line(p.Words.T("nobody is on the roster yet"))
	}
	p.List(rows, campaign.Problems)
}

// unitsJSON is `unit list --json`.
type unitsJSON struct {
	Version  int              `json:"version"`
	Units    []rosterUnitJSON `json:"units"`
	Problems []problemJSON    `json:"problems"`
}

type rosterUnitJSON struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Short       string `json:"short"`
	Group       string `json:"group"`
	Coordinator bool   `json:"coordinator"`
	Since       string `json:"since"` // the first day on the roster; "": from the beginning
	Until       string `json:"until"` // the last one; "": to the end
}

// UnitsJSON is `unit list --json`.
func (p *Printer) UnitsJSON(campaign *model.Campaign) error {
	answer := unitsJSON{Version: JSONVersion, Units: []rosterUnitJSON{}, Problems: p.problemsJSON(campaign.Problems)}
	for _, unit := range campaign.Roster.Units {
		answer.Units = append(answer.Units, rosterUnitJSON{
			unit.ID, unit.Name, unit.Short, unit.Group, unit.Coordinator, unit.Since.String(), unit.Until.String(),
		})
	}
	return p.JSON(answer)
}

// Units lists the units on the roster.
func (p *Printer) Units(campaign *model.Campaign) {
	roster := &campaign.Roster
	var rows [][2]string
	for i := range roster.Units {
		rows = append(rows, [2]string{roster.Units[i].ID, p.Words.Unit(roster, &roster.Units[i])})
	}
	p.List(rows, campaign.Problems)
}

// List prints ids with what they mean, and after them what could not be read:
// a list that lacks somebody must say so.
func (p *Printer) List(rows [][2]string, problems []phrase.Problem) {
	for _, line := range columnLines(rows, PageWidth) {
		p.Out.Line(line)
	}
	p.problemsBeside(problems)
}
