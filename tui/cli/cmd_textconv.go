package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model/store"
)

// newTextConv makes the command with which git shows data files in the plan's words.
func (p *program) newTextConv() *cobra.Command {
	command := &cobra.Command{
		Use: "textconv " + p.Words.T("FILE"), Hidden: true,
		Short:   p.Words.T("write a data file in the plan's words, for git diff"),
		Example: `  tiendo textconv data/progress/van-phong.toml`,
		RunE:    func(command *cobra.Command, args []string) error { return p.runTextConv(command.Context(), args[0]) },
	}
	return command
}

// runTextConv reads plan and roster, for names, and the file: no other record, for
// git asks once for each version that it shows.
func (p *program) runTextConv(ctx context.Context, file string) error {
	dir, shown, err := p.locate()
	if err != nil { // as in a bare repository: names stay unknown
		dir, shown = p.system.Directory, ""
	}
	opened, err := store.Open(dir, store.Options{Now: p.system.Now, Shown: shown})
	if err != nil {
		return err
	}
	version, err := opened.ReadVersion(ctx, p.absolute(file))
	if err != nil {
		return err
	}
	if language := version.Base.Plan.Language; language != "" {
		p.speak(language)
	}
	for _, line := range p.versionLines(version) {
		p.Out.Line(line)
	}
	return nil
}

// versionLines is a file in words, or line by line as it stands: git would show nothing otherwise.
func (p *program) versionLines(version *store.Version) []string {
	var lines []string
	switch {
	case version.Plan != nil:
		lines = p.Words.Plan(version.Plan)
	case version.Roster != nil:
		lines = p.Words.Roster(version.Roster)
	case version.Record != nil:
		lines = p.Words.Record(&version.Base, version.Record)
	default:
		for line := range strings.Lines(string(version.Source)) {
			lines = append(lines, strings.TrimRight(line, "\r\n"))
		}
		return lines
	}
	return append(lines, version.Comments...)
}
