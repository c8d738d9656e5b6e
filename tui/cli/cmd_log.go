package cli

import (
	"context"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"example.org/tiendo/model/history"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/store"
	"example.org/tiendo/model/workspace"
	"example.org/tiendo/tui/show"
)

// logOptions are the values of the flags of `tiendo log`.
type logOptions struct {
	unit, since string
}

func newCmdLog(app *App) *cobra.Command {
	options := logOptions{}
	command := &cobra.Command{
		Use:        "log " + app.T("[REV..REV]"),
		SuggestFor: []string{"history", "changes"},
		Short:      app.T("show who changed what, newest first"),
		Example: `  tiendo log
  tiendo log --unit van-phong --since 2019-12-01
  tiendo log v1..main --json`,
		RunE: func(command *cobra.Command, args []string) error {
			return runLog(command.Context(), app, args, &options)
		},
	}
	flags := command.Flags()
	textFlag(flags, &options.unit, "unit", app.T("ID"), app.T("only this unit"))
	textFlag(flags, &options.since, "since", app.T("DAY"), app.T("not earlier than this day"))
	flags.BoolVar(&app.asJSON, "json", false, app.T("as JSON"))
	app.complete(command, "unit", app.offer(units))
	return command
}

func newCmdShow(app *App) *cobra.Command {
	command := &cobra.Command{
		Use:   "show " + app.T("COMMIT"),
		Short: app.T("show what one commit changed"),
		Example: `  tiendo show HEAD
  tiendo show ab55710 --json`,
		RunE: func(command *cobra.Command, args []string) error { return runShow(command.Context(), app, args[0]) },
	}
	command.Flags().BoolVar(&app.asJSON, "json", false, app.T("as JSON"))
	return command
}

// record is a data folder and the history that is read of it.
type record struct {
	*workspace.Workspace
	repository *history.Repository
	past       *store.Past
}

// openRecord opens a data folder that has a history, to read it. Of the present it reads plan and roster, and the
// records only if they are asked for.
func openRecord(ctx context.Context, app *App, records bool) (*record, error) {
	dir, shown, err := app.locate()
	if err != nil {
		return nil, err
	}
	repository, err := history.Open(ctx, dir)
	if err != nil {
		return nil, err
	}
	workspace.Replaying(repository)
	folder, err := app.openAt(ctx, dir, shown, false)
	if err != nil {
		return nil, err
	}
	if records {
		err = folder.Load(ctx)
	} else {
		err = folder.LoadFor(ctx, "")
	}
	if err == nil {
		err = app.settle(folder)
	}
	if err != nil {
		if app.flags.at != "" {
			return nil, err // the present is no answer to a question about the past
		}
		campaign, unusable := folder.Store.Load(ctx)
		if unusable == nil {
			return nil, err
		}
		// The history can be read although the plan cannot be used at the moment: then it may say why.
		if campaign.Plan.Language != "" {
			app.speak(campaign.Plan.Language)
		}
		folder.Campaign = campaign
	}
	if err := repository.InNoCommit(ctx, dir); err != nil {
		app.Warn(err)
	}
	return &record{folder, repository, store.NewPast(shown)}, nil
}

func runLog(ctx context.Context, app *App, args []string, options *logOptions) error {
	record, err := openRecord(ctx, app, false)
	if err != nil {
		return err
	}
	wanted := history.LogOptions{Range: args}
	if options.unit != "" && record.Campaign.Plan.ID != "" {
		if _, err := record.Campaign.Unit(options.unit); err != nil {
			return err
		}
	}
	if options.since != "" {
		day, err := parseDay("--since", options.since)
		if err != nil {
			return err
		}
		wanted.Since = time.Date(day.Year, day.Month, day.Day, 0, 0, 0, 0, record.Campaign.Plan.TimeZone)
	}
	return printRevisions(ctx, app, record, wanted, options.unit)
}

func runShow(ctx context.Context, app *App, commit string) error {
	record, err := openRecord(ctx, app, false)
	if err != nil {
		return err
	}
	hash, err := record.repository.Resolve(ctx, commit)
	if err != nil {
		return err
	}
	return printRevisions(ctx, app, record, history.LogOptions{Range: []string{hash}, NoWalk: true}, "")
}

// printRevisions prints each revision as soon as it is read, as far as it is about a unit; "" is all of it. What could
// not be read is an error behind all that could; that a log ends at the edge of a shallow clone is none.
func printRevisions(ctx context.Context, app *App, record *record, wanted history.LogOptions, unit string) error {
	all := []show.RevisionData{}
	var takenBack review.TakenBack
	found, untold := false, error(nil)
	wanted.Effects = unit == ""
	err := record.repository.Log(ctx, record.Dir, record.past, wanted, func(revision review.Revision) bool {
		if untold == nil && (!revision.Boundary || wanted.NoWalk) {
			untold = revision.Untold()
		}
		takenBack.Mark(&revision)
		if unit != "" && revision.Untold() == nil {
			revision.Differences = slices.DeleteFunc(slices.Clone(revision.Differences),
				func(d review.Difference) bool { return d.Unit != unit })
			revision.NotTaken = slices.DeleteFunc(revision.NotTaken, func(n review.NotTaken) bool { return n.Unit != unit })
			if len(revision.Differences)+len(revision.NotTaken) == 0 {
				return true
			}
		}
		if app.asJSON {
			all = append(all, app.RevisionJSON(&revision, record.Campaign.Plan.TimeZone))
			return true
		}
		if found {
			app.Out.Line("")
		}
		found = true
		app.Revision(&revision, record.Campaign.Plan.TimeZone)
		return app.Out.Alive()
	})
	switch {
	case err != nil:
		return err
	case app.asJSON:
		err = app.RevisionsJSON(all)
	case !found:
		app.Out.Line(app.T("nothing in the data was changed there"))
	}
	if err == nil && untold != nil {
		return &phrase.Refusal{What: phrase.Say("not everything can be told"), Hint: phrase.HintOf(untold), Err: untold}
	}
	return err
}
