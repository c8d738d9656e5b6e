package cli

import (
	"context"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/workspace"
	"example.org/tiendo/tui/show"
)

func newCmdReview(app *App) *cobra.Command {
	command := &cobra.Command{
		Use:   "review " + app.T("[COMMIT]"),
		Short: app.T("show what others have changed since you last reviewed, or mark it as reviewed (coordinator)"),
		Example: `  tiendo review
  tiendo review HEAD`,
		RunE: func(command *cobra.Command, args []string) error {
			if len(args) == 1 {
				return markReviewed(command.Context(), app, args[0])
			}
			return app.looked(listUnread(command.Context(), app))
		},
	}
	app.answers(command)
	return command
}

// reviewer opens the record for a person whom a rule lets review it.
func reviewer(ctx context.Context, app *App,
	may func(*model.Campaign, model.Person) error) (*record, model.Person, error) {
	record, err := openRecord(ctx, app, false)
	if err != nil {
		return nil, model.Person{}, err
	}
	person, err := app.person(record.Workspace)
	if err == nil {
		err = may(record.Campaign, person)
	}
	return record, person, err
}

func listUnread(ctx context.Context, app *App) error {
	record, person, err := reviewer(ctx, app, (*model.Campaign).MayReview)
	if err != nil {
		return err
	}
	unread, err := record.repository.Unread(ctx, record.Marks(), person, workspace.MaxUnread)
	if err != nil {
		return err
	}
	switch {
	case len(unread) > 0:
		return printRevisions(ctx, app, record, history.LogOptions{Range: unread, NoWalk: true}, "")
	case app.asJSON:
		return app.RevisionsJSON([]show.RevisionData{})
	}
	app.Out.Line(app.T("nothing is waiting for your review"))
	return nil
}

func markReviewed(ctx context.Context, app *App, commit string) error {
	record, person, err := reviewer(ctx, app, (*model.Campaign).MayMarkReviewed)
	if err != nil {
		return err
	}
	hash, err := record.repository.Resolve(ctx, commit)
	if err != nil {
		return err
	}
	if err := record.repository.MarkReviewed(ctx, record.Marks(), person.ID, hash); err != nil {
		return err
	}
	unread, err := record.repository.Unread(ctx, record.Marks(), person, workspace.MaxUnread)
	if err != nil {
		return err
	}
	said := app.T("reviewed up to %s; %s", hash[:7],
		app.Words.Count(len(unread), "%d change after it is unread", "%d changes after it are unread"))
	app.changed.Add(show.Done{Kind: "review", ID: person.ID, Change: said}, hash, "")
	app.Out.Line(said)
	return nil
}
