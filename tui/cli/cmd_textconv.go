package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model/store"
)

// newCmdTextConv makes the command with which git shows data files in the plan's words.
func newCmdTextConv(app *App) *cobra.Command {
	return &cobra.Command{
		Use: "textconv " + app.T("FILE"), Hidden: true,
		Short:   app.T("write a data file in the plan's words, for git diff"),
		Example: `  tiendo textconv data/progress/van-phong.toml`,
		RunE:    func(command *cobra.Command, args []string) error { return runTextConv(command.Context(), app, args[0]) },
	}
}

// runTextConv reads plan and roster, for names, and the file: no other record, for
// git asks once for each version that it shows.
func runTextConv(ctx context.Context, app *App, file string) error {
	dir, shown, err := app.locate()
	if err != nil { // as in a bare repository: names stay unknown
		dir, shown = app.system.Directory, ""
	}
	opened, err := store.Open(dir, store.Options{Now: app.system.Now, Shown: shown})
	if err != nil {
		return err
	}
	version, err := opened.ReadVersion(ctx, app.absolute(file))
	if err != nil {
		return err
	}
	if language := version.Base.Plan.Language; language != "" {
		app.speak(language)
	}
	for _, line := range versionLines(app, version) {
		app.Out.Line(line)
	}
	return nil
}

// versionLines is a file in words, or line by line as it stands: git would show nothing otherwise.
func versionLines(app *App, version *store.Version) []string {
	var lines []string
	switch {
	case version.Plan != nil:
		lines = app.Words.Plan(version.Plan)
	case version.Roster != nil:
		lines = app.Words.Roster(version.Roster)
	case version.Record != nil:
		lines = app.Words.Record(&version.Base, version.Record)
	default:
		for line := range strings.Lines(string(version.Source)) {
			lines = append(lines, strings.TrimRight(line, "\r\n"))
		}
		return lines
	}
	return append(lines, version.Comments...)
}
