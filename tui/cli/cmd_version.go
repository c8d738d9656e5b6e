package cli

import (
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"example.org/tiendo/tui/show"
)

func newCmdVersion(app *App) *cobra.Command {
	command := &cobra.Command{
		Use:     "version",
		Short:   app.T("print the version"),
		Example: `  tiendo version`,
		RunE:    func(*cobra.Command, []string) error { return runVersion(app) },
	}
	command.Flags().BoolVar(&app.asJSON, "json", false, app.T("as JSON"))
	return command
}

func runVersion(app *App) error {
	version, commit := buildVersion()
	if app.asJSON {
		return app.JSON(struct {
			Version int    `json:"version"`
			Program string `json:"program"`
			Commit  string `json:"commit"`
			Go      string `json:"go"`
			System  string `json:"system"`
		}{show.JSONVersion, version, commit, runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH})
	}
	line := "tiendo " + version
	if commit != "" {
		line += " (" + commit + ")"
	}
	app.Out.Line(line + " " + runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH)
	return nil
}

// buildVersion is what the Go tool wrote into the program when it was built.
func buildVersion() (version, commit string) {
	version = "devel"
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return version, ""
	}
	if info.Main.Version != "" && info.Main.Version != "(devel)" {
		version = info.Main.Version
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" {
			commit = setting.Value[:min(len(setting.Value), 12)]
		}
	}
	return version, commit
}
