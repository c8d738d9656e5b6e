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

// groupsJSON is `group list --json`.
type groupsJSON struct {
	Version  int           `json:"version"`
	Groups   []groupJSON   `json:"groups"`
	Problems []problemJSON `json:"problems"`
}

type groupJSON struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// GroupsJSON is `group list --json`.
func (p *Printer) GroupsJSON(campaign *model.Campaign) error {
	answer := groupsJSON{Version: JSONVersion, Groups: []groupJSON{}, Problems: p.problemsJSON(campaign.Problems)}
	for _, group := range campaign.Roster.Groups {
		answer.Groups = append(answer.Groups, groupJSON(group))
	}
	return p.JSON(answer)
}

// Roster lists what of one kind stands on the roster.
func (p *Printer) Roster(campaign *model.Campaign, kind model.SubjectKind) {
	var rows [][2]string
	for _, id := range campaign.Roster.IDs(kind) {
		subject := model.Subject{Kind: kind, ID: id}
		rows = append(rows, [2]string{id, p.Words.Value(campaign, subject, campaign.Roster.Of(subject))})
	}
	if kind == model.SubjectPerson && len(rows) == 0 {
		p.Out.Line(p.Words.T("nobody is on the roster yet"))
	}
	p.List(rows, campaign.Problems)
}

// List prints ids with what they mean, and after them what could not be read:
// a list that lacks somebody must say so.
func (p *Printer) List(rows [][2]string, problems []phrase.Problem) {
	for _, line := range p.columnLines(rows, PageWidth) {
		p.Out.Line(line)
	}
	p.problemsBeside(problems)
}
