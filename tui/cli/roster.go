package cli

import (
	"context"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/workspace"
)

// onRoster is what stands on the roster: a group, a unit or a person.
type onRoster[T any] interface {
	*T
	model.Value
}

// addToRoster puts something new on the roster. another says what to do where its id is taken.
func addToRoster[T any, P onRoster[T]](ctx context.Context, app *App, subject model.Subject, another phrase.Sentence,
	added func(*workspace.Workspace) P) error {
	return changeRoster(ctx, app, subject, func(folder *workspace.Workspace, there P) (model.Value, error) {
		if there != nil {
			return there, phrase.Refuse(phrase.Say("%s is on the roster already: %s", subject.ID,
				app.Words.Value(folder.Campaign, subject, there)), another)
		}
		return added(folder), nil
	})
}

// setOnRoster changes what the roster says of something that stands there.
func setOnRoster[T any, P onRoster[T]](ctx context.Context, app *App, subject model.Subject, set func(P) error) error {
	return changeRoster(ctx, app, subject, func(folder *workspace.Workspace, there P) (model.Value, error) {
		if err := folder.Campaign.KnownOnRoster(subject); err != nil {
			return there, err
		}
		one := *there
		err := set(&one)
		return P(&one), err
	})
}

// dropFromRoster takes something off the roster.
func dropFromRoster[T any, P onRoster[T]](ctx context.Context, app *App, subject model.Subject) error {
	return changeRoster(ctx, app, subject, func(folder *workspace.Workspace, _ P) (model.Value, error) {
		return P(nil), folder.Campaign.KnownOnRoster(subject)
	})
}

// changeRoster makes one change of the roster, by somebody whom git can name in it.
func changeRoster[T any, P onRoster[T]](ctx context.Context, app *App, subject model.Subject,
	change func(*workspace.Workspace, P) (model.Value, error)) error {
	return app.change(ctx, "", subject, func(folder *workspace.Workspace, seen model.Value) (model.Value, error) {
		if _, err := app.knownToGit(ctx, folder); err != nil {
			return seen, err
		}
		return change(folder, model.As[P](seen))
	})
}

// answersWithReason gives a command that changes the roster the flags for an answer in JSON and for a reason.
func answersWithReason(app *App, command *cobra.Command) {
	app.answers(command)
	textFlag(command.Flags(), &app.reason, "reason", app.T("TEXT"), app.T("why, for whoever reads the history"))
}

// newCmdList makes the command that lists what of one kind stands on the roster.
func newCmdList(app *App, parent *cobra.Command, kind model.SubjectKind, short string,
	inJSON func(*model.Campaign) error) {
	command := &cobra.Command{
		Use:     "list",
		Short:   short,
		Example: "  tiendo " + string(kind) + " list\n  tiendo " + string(kind) + " list --json",
		RunE: func(command *cobra.Command, _ []string) error {
			folder, err := app.loadReadOnly(command.Context())
			switch {
			case err != nil:
				return err
			case app.asJSON:
				return inJSON(folder.Campaign)
			}
			app.Roster(folder.Campaign, kind)
			return nil
		},
	}
	parent.AddCommand(command)
	command.Flags().BoolVar(&app.asJSON, "json", false, app.T("as JSON"))
}
