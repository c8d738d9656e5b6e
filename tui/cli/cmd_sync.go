package cli

import (
	"context"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/show"
)

func newCmdSync(app *App) *cobra.Command {
	every := ""
	command := &cobra.Command{
		Use:        "sync",
		SuggestFor: []string{"push", "pull", "fetch"},
		Short:      app.T("exchange changes with the remote repository"),
		Example: `  tiendo sync
  tiendo sync --every 15`,
		RunE: func(command *cobra.Command, _ []string) error { return runSync(command.Context(), app, every) },
	}
	flags := command.Flags()
	textFlag(flags, &every, "every", app.T("MINUTES"), app.T("go on and do it again after so many minutes"))
	flags.BoolVar(&app.asJSON, "json", false, app.T("as JSON"))
	return command
}

func runSync(ctx context.Context, app *App, every string) error {
	pause := time.Duration(0)
	if every != "" {
		minutes, err := strconv.ParseUint(every, 10, 16)
		if err != nil || minutes == 0 {
			return wrongUsage(phrase.Say("%s: invalid value %q", "--every", every),
				phrase.Say("write a number of minutes, from 1"))
		}
		pause = time.Duration(minutes) * time.Minute
	}
	for {
		err := syncOnce(ctx, app, pause == 0)
		if pause == 0 || ctx.Err() != nil {
			return err
		}
		if err != nil { // the next time may be better
			app.report(err)
		}
		_ = app.Out.Flush() // whoever reads along sees it now; a failure is told at the end
		wait := time.NewTimer(pause)
		select {
		case <-wait.C:
		case <-ctx.Done():
			wait.Stop()
			return nil
		}
	}
}

func syncOnce(ctx context.Context, app *App, mayAsk bool) error {
	folder, err := app.loadFor(ctx, "") // what the units have written is exchanged unread
	if err != nil {
		return err
	}
	person, err := app.person(folder)
	if err != nil {
		return err
	}
	if err := folder.Campaign.CheckPresent(); err != nil {
		return err
	}
	exchange := folder.Exchange(person, mayAsk)
	if exchange == nil {
		return folder.NoHistory
	}
	result, err := exchange(ctx, func(step phrase.Sentence) { app.Out.Note(app.T("%s…", step)) })
	app.changed.Written = app.changed.Written || result.Exchanged()
	if files := folder.Uncommitted(ctx); len(files) > 0 {
		result.Notices = append(result.Notices, show.NotCommitted(files))
	}
	if app.asJSON {
		if told := app.SyncJSON(result, err); told != nil || err == nil {
			return told
		}
		return errProblems
	}
	if err == nil || result.Exchanged() {
		app.Out.Line(app.Words.Say(result.Sentence()))
	}
	app.Notices(result.Notices)
	if err != nil && result.Waiting > 0 {
		app.Out.Note(app.Words.Count(result.Waiting, "%d change waits to be sent", "%d changes wait to be sent"))
	}
	return err
}
