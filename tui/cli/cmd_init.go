package cli

import (
	"context"
	_ "embed"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/edit"
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
	//go:embed template/plan.vi.toml
	emptyPlanVietnamese []byte
	//go:embed template/plan.en.toml
	emptyPlanEnglish []byte
	//go:embed template/units.vi.toml
	emptyRosterVietnamese []byte
	//go:embed template/units.en.toml
	emptyRosterEnglish []byte
)

func newCmdInit(app *App) *cobra.Command {
	empty, from := false, ""
	command := &cobra.Command{
		Use:   "init " + app.T("DIR"),
		Short: app.T("make a new plan folder with its git history"),
		Example: `  tiendo init ke-hoach-2019
  tiendo init --from ke-hoach.docx ke-hoach-2026
  tiendo init --empty ke-hoach-2026`,
		RunE: func(command *cobra.Command, args []string) error {
			switch {
			case from != "" && empty:
				return wrongUsage(phrase.Say("--from fills the plan in and --empty leaves it empty"),
					phrase.Say("keep one of the two"))
			case from != "":
				return runImport(command.Context(), app, from, args[0], false)
			}
			return runInit(command.Context(), app, args[0], empty)
		},
		ValidArgsFunction: completeFolders,
	}
	command.Flags().BoolVar(&empty, "empty", false, app.T("for a plan of one's own, without the example"))
	textFlag(command.Flags(), &from, "from", app.T("FILE"),
		app.T("from the official document, a .docx or a text; as `tiendo import`"))
	app.answers(command)
	return command
}

func runInit(ctx context.Context, app *App, given string, empty bool) error {
	dir := app.absolute(given)
	if err := refuseFilled(dir, given); err != nil {
		return err
	}
	files, err := planFiles(app)
	if err != nil {
		return err
	}
	if empty {
		app.emptyFiles(files)
	} else if err := reopenReturned(files); err != nil {
		return err
	}
	person, err := app.makeFolder(ctx, dir, files, true, review.Commit{})
	if err != nil {
		return err
	}
	app.made(ctx, dir, given, person)
	app.Out.Line(app.T("What comes next:"))
	app.Out.Line("  cd " + text.Quoted(given))
	if empty {
		for _, command := range []string{"group add", "unit add", "plan set plan", "plan add activity"} {
			app.Out.Line("  tiendo " + command + " …")
		}
		app.Out.Line(app.T("  (or fill in %s and %s: `tiendo edit units`, `tiendo edit plan`)", "data/units.toml",
			"data/plan.toml"))
		app.Out.Line("  tiendo check")
		app.Out.Line(app.T("  (is there an official document? `tiendo import FILE.docx DIR` fills in what it says)"))
	} else {
		app.Out.Line("  tiendo status")
	}
	app.Out.Line("  tiendo")
	return nil
}

// reopenReturned has a returned report count as not received, in a plan that is begun anew.
func reopenReturned(files map[string][]byte) error {
	name := path.Join(workspace.DataFolder, decode.PlanFile)
	plan, err := edit.Apply(files[name], edit.Set(edit.Path{"schema"}, 2),
		edit.Set(edit.Path{"reporting", "returned"}, "open"))
	files[name] = plan
	return err
}

// emptyFiles puts a plan and a roster to fill in, in the language that was chosen and not that of the machine, in the
// place of the example, and leaves its records out: the first change of a unit makes its own.
func (app *App) emptyFiles(files map[string][]byte) {
	progress := path.Join(workspace.DataFolder, decode.ProgressFolder) + "/"
	maps.DeleteFunc(files, func(name string, _ []byte) bool { return strings.HasPrefix(name, progress) })
	plan, roster := emptyPlanVietnamese, emptyRosterVietnamese
	if app.chosen && app.Words.Language == phrase.English {
		plan, roster = emptyPlanEnglish, emptyRosterEnglish
	}
	files[path.Join(workspace.DataFolder, decode.PlanFile)] = plan
	files[path.Join(workspace.DataFolder, decode.RosterFile)] = roster
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
// the language that was chosen, and what git must know about the files.
func planFiles(app *App) (map[string][]byte, error) {
	readme := readmeVietnamese
	if app.chosen && app.Words.Language == phrase.English {
		readme = readmeEnglish
	}
	files := map[string][]byte{"README.md": readme, ".gitattributes": gitAttributes}
	err := fs.WalkDir(app.system.Data, workspace.DataFolder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(app.system.Data, name)
		files[name] = content
		return err
	})
	return files, err
}
