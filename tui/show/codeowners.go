package show

import (
	"path"
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// CodeOwners are the lines of a forge's file CODEOWNERS: of those that fit, a forge takes the last.
// plan is the folder of the plan, beside which others may lie; "." is all. data is its data folder, and records are the
// files of the units in that.
func (p *Printer) CodeOwners(campaign *model.Campaign, plan, data string, records map[string]string) ([]string, error) {
	owners := func(is func(*model.Person) bool) string {
		var addresses []string
		for i := range campaign.Roster.People {
			if person := &campaign.Roster.People[i]; person.Email != "" && is(person) {
				addresses = append(addresses, person.Email)
			}
		}
		return strings.Join(addresses, " ")
	}
	coordinators := owners(func(person *model.Person) bool { return person.Role == model.Coordinator })
	if coordinators == "" {
		return nil, phrase.Refuse(phrase.Say("no coordinator on the roster has an address, so the plan would belong to "+
			"nobody"),
			phrase.Say("tiendo person add, with --role coordinator and --email"))
	}
	all := "*"
	if plan != "." {
		all = ownedPath(plan) + "/"
	}
	lines := []string{
		"# " + p.Words.T("Written by `tiendo codeowners` from the roster; write it again when the roster has changed."),
		all + " " + coordinators,
	}
	rule := func(name, owners string) {
		lines = append(lines, ownedPath(path.Join(data, name))+" "+owners)
	}
	for _, name := range []string{"plan.toml", "units.toml", "report.toml"} {
		rule(name, coordinators)
	}
	for _, unit := range campaign.Roster.Units {
		own := owners(func(person *model.Person) bool {
			return person.Unit == unit.ID && slices.Contains([]model.Role{model.Staff, model.Coordinator}, person.Role)
		})
		if own == "" {
			own = coordinators
			lines = append(lines, "# "+p.Words.T("%s has nobody with an address", unit.Name))
		}
		file, there := records[unit.ID]
		if !there {
			file = "progress/" + unit.ID + ".toml"
		}
		rule(file, own)
	}
	return lines, nil
}

// ownedPath writes a path from the top as a pattern that means only itself.
func ownedPath(name string) string {
	return "/" + strings.NewReplacer(`\`, `\\`, " ", `\ `, "*", `\*`, "?", `\?`, "[", `\[`, "]", `\]`).Replace(name)
}
