package cli

import (
	"context"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/store"
	"example.org/tiendo/model/workspace"
	"example.org/tiendo/tui/show"
)

func (p *program) newCodeOwners() *cobra.Command {
	asJSON := false
	command := &cobra.Command{
		Use:  "codeowners",
		RunE: func(command *cobra.Command, _ []string) error { return p.runCodeOwners(command.Context(), asJSON) },
	}
	p.describe(command, manual{
		short:    phrase.Say("write the file CODEOWNERS for a forge, from the roster"),
		long:     phrase.Say("The record of a unit belongs to its people, everything else of the plan to the coordinators, each by the address on the roster. A unit without anybody who has an address belongs to the coordinators. Write it anew when the roster has changed. What several plans of one repository write goes into one file, that of a plan at the top first."),
		examples: []string{"tiendo codeowners > CODEOWNERS"},
	})
	p.boolFlag(command, command.Flags(), &asJSON, "json", phrase.Say("as JSON"))
	return command
}

func (p *program) runCodeOwners(ctx context.Context, asJSON bool) error {
	dir, shown, err := p.locate()
	if err != nil {
		return err
	}
	opened, err := store.Open(dir, store.Options{Now: p.system.Now, Shown: shown})
	if err != nil {
		return err
	}
	campaign, err := opened.Load(ctx)
	if err != nil {
		return err
	}
	p.speak(campaign.Plan.Language)
	if broken := model.RosterUnusable(campaign); broken != nil {
		return broken
	}
	// Without git everything is thought to lie in a folder of the usual name.
	folder := path.Base(dir)
	if repository, err := history.Open(ctx, dir); err == nil {
		if folder, err = repository.Folder(dir); err != nil {
			return err
		}
	}
	files, err := opened.RecordFiles(ctx)
	if err != nil {
		return err
	}
	lines, err := p.codeOwners(campaign, folder, files)
	if err != nil {
		return err
	}
	if asJSON {
		return p.JSON(struct {
			Version int      `json:"version"`
			Lines   []string `json:"lines"` // of the file
		}{show.JSONVersion, lines})
	}
	for _, line := range lines {
		p.Out.Line(line)
	}
	return nil
}

// codeOwners are the lines of the file: of those that fit, a forge takes the last.
// records are the files of the units within the data folder.
func (p *program) codeOwners(campaign *model.Campaign, folder string, records map[string]string) ([]string, error) {
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
		return nil, phrase.Refuse(phrase.Say("no coordinator on the roster has an address, so the plan would belong to nobody"),
			phrase.Say("tiendo person add, with --role coordinator and --email"))
	}
	lines := []string{
		"# " + p.Words.T("Written by `tiendo codeowners` from the roster; write it anew when the roster has changed."),
		ownedFolder(folder) + " " + coordinators,
	}
	rule := func(name, owners string) {
		lines = append(lines, ownedPath(path.Join(folder, name))+" "+owners)
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

// ownedFolder is a pattern of all that belongs to a plan: everything, or, where the plan lies in a folder of its own
// and other plans may lie beside it, that folder.
func ownedFolder(data string) string {
	own := data
	if path.Base(data) == workspace.DataFolder {
		own = path.Dir(data)
	}
	if own == "." {
		return "*"
	}
	return ownedPath(own) + "/"
}

// ownedPath writes a path from the top as a pattern that means only itself.
func ownedPath(name string) string {
	return "/" + strings.NewReplacer(`\`, `\\`, " ", `\ `, "*", `\*`, "?", `\?`, "[", `\[`, "]", `\]`).Replace(name)
}
