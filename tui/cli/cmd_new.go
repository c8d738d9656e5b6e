package cli

import (
	"context"
	"maps"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/store"
	"example.org/tiendo/model/text"
	"example.org/tiendo/model/workspace"
)

// newOptions are the values of the flags of `tiendo new`.
type newOptions struct{ from, starts, ends string }

func newCmdNew(app *App) *cobra.Command {
	options := newOptions{}
	command := &cobra.Command{
		Use:     "new " + app.T("DIR"),
		Short:   app.T("make the plan folder of the next campaign from this one"),
		Example: `  tiendo new --from ke-hoach-2019 --starts 2020-11-15 --ends 2020-12-15 ke-hoach-2020`,
		RunE: func(command *cobra.Command, args []string) error {
			return runNew(command.Context(), app, args[0], options)
		},
		ValidArgsFunction: completeFolders,
	}
	flags := command.Flags()
	textFlag(flags, &options.from, "from", app.T("DIR"), app.T("the plan folder to begin with; otherwise as --data"))
	textFlag(flags, &options.starts, "starts", app.T("DAY"), app.T("the first day of the new campaign"))
	textFlag(flags, &options.ends, "ends", app.T("DAY"), app.T("its last day, which belongs to it"))
	app.complete(command, "from", completeFolders)
	app.answers(command)
	return command
}

func runNew(ctx context.Context, app *App, given string, options newOptions) error {
	starts, ends, err := options.days()
	if err != nil {
		return err
	}
	source, shown, err := locateFrom(app, options.from, "--from")
	if err != nil {
		return err
	}
	folder, err := app.openAt(ctx, source, shown, false)
	if err != nil {
		return err
	}
	if err := app.read(ctx, folder); err != nil {
		return err
	}
	dir := app.absolute(given)
	if err := refuseFilled(dir, given); err != nil {
		return err
	}
	next := &workspace.NextYear{Plan: &folder.Campaign.Plan, Roster: &folder.Campaign.Roster, Starts: starts, Ends: ends}
	files, err := next.Files(source)
	if err != nil {
		return err
	}
	if err := checkNew(ctx, files, shown); err != nil {
		return err
	}
	whole, err := planFiles(app)
	if err != nil {
		return err
	}
	maps.DeleteFunc(whole, func(path string, _ []byte) bool { return strings.HasPrefix(path, workspace.DataFolder+"/") })
	maps.Copy(whole, workspace.InDataFolder(files))
	person, err := app.makeFolder(ctx, dir, whole, true, review.Commit{})
	if err != nil {
		return err
	}
	app.made(ctx, dir, given, person)
	if len(next.Marked) > 0 {
		app.Out.Line(app.T("These places still name the old year; look at each:"))
		for _, place := range next.Marked {
			app.Out.Line("  " + filepath.Join(given, workspace.DataFolder, place))
		}
	}
	app.Out.Line(app.T("What comes next:"))
	app.Out.Line("  cd " + text.Quoted(given))
	app.Out.Line("  tiendo check")
	app.Out.Line("  tiendo")
	return nil
}

// days are the first and the last day of the new campaign.
func (o newOptions) days() (starts, ends calendar.Day, err error) {
	for _, flag := range []struct {
		name, value string
		day         *calendar.Day
	}{{"--starts", o.starts, &starts}, {"--ends", o.ends, &ends}} {
		if flag.value == "" {
			return starts, ends, wrongUsage(phrase.Say("missing: %s", flag.name),
				phrase.Say("write a day as %s or %s", "15/11/2020", "2020-11-15"))
		}
		if *flag.day, err = parseDay(flag.name, flag.value); err != nil {
			return starts, ends, err
		}
	}
	if ends.Before(starts) {
		return starts, ends, wrongUsage(phrase.Say("the campaign would end (%s) before it starts (%s)", ends, starts),
			phrase.Say("both days belong to the campaign"))
	}
	return starts, ends, nil
}

// locateFrom finds a folder that source names, or the one of --data where none is given.
func locateFrom(app *App, given, source string) (dir, shown string, err error) {
	if given == "" {
		return app.locate()
	}
	return workspace.Locate(given, source, app.system.Directory)
}

// checkNew refuses what `tiendo check` would complain about, before anything is written.
func checkNew(ctx context.Context, files map[string][]byte, shown string) error {
	campaign, err := store.NewPast(shown).Load(ctx, files)
	if err != nil {
		return err
	}
	if len(campaign.Problems) > 0 {
		return &phrase.Refusal{
			What: phrase.Say("the new plan folder would not be free of problems"), Err: campaign.Problems[0],
			Hint: phrase.Say("fix the old one first; `tiendo check` lists every problem"),
		}
	}
	return nil
}
