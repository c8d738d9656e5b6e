package cli

import (
	"context"
	_ "embed"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
	"example.org/tiendo/model/workspace"
)

var (
	//go:embed template/README.vi.md
	readmeVietnamese []byte
	//go:embed template/README.en.md
	readmeEnglish []byte
	//go:embed template/gitattributes
	gitAttributes []byte
)

func newCmdInit(app *App) *cobra.Command {
	command := &cobra.Command{
		Use:     "init " + app.T("DIR"),
		Short:   app.T("make a new plan folder with its git history"),
		Example: `  tiendo init ke-hoach-2019`,
		RunE:    func(command *cobra.Command, args []string) error { return runInit(command.Context(), app, args[0]) },
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveFilterDirs
		},
	}
	app.answers(command)
	return command
}

func runInit(ctx context.Context, app *App, given string) error {
	dir := app.absolute(given)
	if err := refuseFilled(dir, given); err != nil {
		return err
	}
	files, err := planFiles(app)
	if err != nil {
		return err
	}
	person, err := app.makeFolder(ctx, dir, files, true, review.Commit{})
	if err != nil {
		return err
	}
	app.made(ctx, dir, given, person)
	app.Out.Line(app.T("What comes next:"))
	app.Out.Line("  cd " + text.Quoted(given))
	app.Out.Line("  tiendo status")
	app.Out.Line("  tiendo")
	return nil
}

// absolute is a folder as named on the command line.
func (app *App) absolute(given string) string {
	if filepath.IsAbs(given) {
		return filepath.Clean(given)
	}
	return filepath.Join(app.system.Directory, given)
}

// refuseFilled refuses a folder that holds anything: nothing there may be overwritten.
func refuseFilled(dir, given string) error {
	if given == "" {
		return wrongUsage(phrase.Say("the name of the folder is empty"),
			phrase.Say("name a folder that is empty or does not exist yet"))
	}
	entries, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	if len(entries) > 0 {
		return phrase.Refuse(phrase.Say("%s is not empty", given),
			phrase.Say("name a folder that is empty or does not exist yet"))
	}
	return nil
}

// planFiles are the files of a new plan folder: the embedded data, a README in
// the language of the screen, and what git must know about the files.
func planFiles(app *App) (map[string][]byte, error) {
	readme := readmeVietnamese
	if app.Words.Language == phrase.English {
		readme = readmeEnglish
	}
	files := map[string][]byte{"README.md": readme, ".gitattributes": gitAttributes}
	err := fs.WalkDir(app.system.Data, workspace.DataFolder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(app.system.Data, path)
		files[path] = content
		return err
	})
	return files, err
}
