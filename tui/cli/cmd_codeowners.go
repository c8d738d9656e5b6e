package cli

import (
	"context"
	"path"

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
	plan := folder
	if path.Base(folder) == workspace.DataFolder {
		plan = path.Dir(folder)
	}
	lines, err := p.CodeOwners(campaign, plan, folder, files)
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
