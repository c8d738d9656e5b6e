package cli

import (
	"context"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/demo"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/store"
	"example.org/tiendo/model/text"
	"example.org/tiendo/model/workspace"
)

func newCmdDemo(app *App) *cobra.Command {
	units, seed := "", ""
	command := &cobra.Command{
		Use:   "demo " + app.T("[DIR]"),
		Short: app.T("open a made-up campaign to look around in"),
		Example: `  tiendo demo
  tiendo demo --units 200 vi-du`,
		RunE: func(command *cobra.Command, args []string) error {
			options, err := demoOptions(units, seed)
			if err != nil {
				return err
			}
			return runDemo(command.Context(), app, strings.Join(args, ""), options)
		},
		ValidArgsFunction: completeFolders,
	}
	flags := command.Flags()
	textFlag(flags, &units, "units", app.T("N"), app.T("make up a roster of N units"))
	textFlag(flags, &seed, "seed", app.T("S"), app.T("a number; the same number makes the same files"))
	app.answers(command)
	return command
}

func demoOptions(units, seed string) (demo.Options, error) {
	options := demo.Options{Seed: demo.DefaultSeed}
	var err error
	if units != "" {
		options.Units, err = strconv.Atoi(units)
		if err != nil || options.Units < 1 || options.Units > demo.MaxUnits {
			return options, wrongUsage(phrase.Say("%s: invalid value %q", "--units", units),
				phrase.Say("want a number from 1 to %d", demo.MaxUnits))
		}
	}
	if seed != "" {
		options.Seed, err = strconv.ParseUint(seed, 10, 64)
		if err != nil {
			return options, wrongUsage(phrase.Say("%s: invalid value %q", "--seed", seed), phrase.Say("want a whole number"))
		}
	}
	return options, nil
}

func runDemo(ctx context.Context, app *App, given string, options demo.Options) error {
	leaves(app, unusedAtFirst)
	dir, err := demoFolder(app, given)
	if err != nil {
		return err
	}
	folder, err := makeDemo(ctx, app, dir, options)
	if err != nil {
		return err
	}
	said, data := app.T("The made-up campaign is in %s", dir), filepath.Join(dir, workspace.DataFolder)
	switch {
	case app.asJSON:
		app.folderMade(ctx, dir, dir, said)
		return nil
	case app.Plain || !app.interactive():
		if err = app.read(ctx, folder); err == nil {
			app.Status(model.NewBoard(folder.Campaign, folder.Today), "")
			app.Out.Line("")
		}
	default:
		err = app.dashboard(ctx, data, workspace.ShownFrom(app.system.Directory, data))
	}
	app.Out.Line(said)
	app.Out.Line("  tiendo --data " + text.Quoted(dir))
	return err
}

// demoFolder is the folder named, or a new temporary one.
func demoFolder(app *App, given string) (string, error) {
	if given == "" {
		return os.MkdirTemp("", "tiendo-demo-")
	}
	dir := app.absolute(given)
	return dir, refuseFilled(dir, given)
}

// makeDemo writes the folder with its made-up history, and then makes some single
// changes as people do. Without git there is no history to make up.
func makeDemo(ctx context.Context, app *App, dir string, options demo.Options) (*workspace.Workspace, error) {
	files, err := planFiles(app)
	if err != nil {
		return nil, err
	}
	maps.DeleteFunc(files, func(path string, _ []byte) bool { // the demonstration has units of its own
		return filepath.Dir(path) == workspace.DataFolder+"/progress"
	})
	past, err := demo.Past(app.system.Data, options)
	if err != nil {
		return nil, err
	}
	_, noGit := exec.LookPath("git")
	if noGit != nil {
		past.Changes = nil
		if past.Begin, err = demo.Files(app.system.Data, options); err != nil {
			return nil, err
		}
	}
	maps.Copy(files, past.Begin)
	coordinator := past.Coordinator
	_, err = app.makeFolder(ctx, dir, files, false, review.Commit{
		AuthorName: coordinator.Name, AuthorEmail: coordinator.Email, When: past.At, Recorded: past.At,
	})
	if err != nil {
		return nil, err
	}
	app.changed.Written = app.asJSON // whatever becomes of the rest
	data := filepath.Join(dir, workspace.DataFolder)
	folder, err := app.openAt(ctx, data, data, true)
	if err != nil {
		return nil, err
	}
	if noGit == nil {
		if err := importPast(ctx, folder, dir, past); err != nil {
			return nil, err
		}
	}
	campaign, err := folder.Store.Load(ctx)
	if err != nil {
		return nil, err
	}
	for _, step := range demo.Steps(campaign, options.Seed) {
		folder.Clock.System = func() time.Time { return step.At }
		if _, err := folder.Store.Apply(ctx, step.Change); err != nil {
			return nil, err
		}
	}
	folder.Clock.System = app.system.Now
	return folder, nil
}

// importPast brings the made-up changes into the history, and marks them as reviewed.
func importPast(ctx context.Context, folder *workspace.Workspace, dir string, past *demo.History) error {
	campaign, err := folder.Store.LoadFor(ctx, "") // the messages say nothing of other records
	if err != nil {
		return err
	}
	var versions []history.Imported
	for _, change := range past.Changes {
		person := change.Change.Person
		versions = append(versions, history.Imported{
			Commit: review.Commit{
				Path: filepath.Join(dir, filepath.FromSlash(change.Path)), AuthorName: person.Name, AuthorEmail: person.Email,
				When: change.At, Message: review.CommitMessage(campaign, change.Change),
			},
			Content: change.Content,
		})
	}
	if err := folder.Repository.Import(ctx, versions); err != nil {
		return err
	}
	marks := history.Marks{Dir: folder.Dir, Plan: campaign.Plan.ID, Reader: store.NewPast(folder.Shown)}
	for _, reviewer := range []string{"", past.Coordinator.ID} {
		if err := folder.Repository.MarkReviewed(ctx, marks, reviewer, "HEAD"); err != nil {
			return err
		}
	}
	return nil
}
