package cli

import (
	"cmp"
	"context"
	"errors"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/store"
	"example.org/tiendo/model/workspace"
	"example.org/tiendo/tui/show"
)

// envPusher is the environment variable that stands for --pusher.
const envPusher = "TIENDO_PUSHER"

func newCmdVerifyPush(app *App) *cobra.Command {
	pusher, carriers := "", []string{}
	command := &cobra.Command{
		Use:     "verify-push " + app.T("[REFNAME] [OLD] [NEW]"),
		Short:   app.T("judge a push, in a hook of git"),
		Example: `  tiendo verify-push --pusher "$GL_USER"`,
		RunE: func(command *cobra.Command, args []string) error {
			changes, err := refChanges(app, command, args)
			if err != nil {
				return err
			}
			return runVerifyPush(command.Context(), app, changes,
				review.Pusher{Name: pusher, Carrier: slices.Contains(carriers, pusher)})
		},
		ValidArgsFunction: completeWords(),
	}
	flags := command.Flags()
	pusherFlag(app, command, &pusher)
	listFlag(flags, &carriers, "carrier", app.T("PERSON"),
		app.T("who may push commits of others, such as a host on which staff work over SSH; each is judged by the rights "+
			"of its author"))
	flags.BoolVar(&app.asJSON, "json", false, app.T("as JSON"))
	return command
}

func newCmdArrived(app *App) *cobra.Command {
	pusher := ""
	command := &cobra.Command{
		Use:     "arrived " + app.T("[REFNAME] [OLD] [NEW]"),
		Short:   app.T("note when a push arrived, in a hook of git"),
		Example: `  tiendo arrived --pusher "$GL_USER"`,
		RunE: func(command *cobra.Command, args []string) error {
			changes, err := refChanges(app, command, args)
			if err != nil {
				return err
			}
			err = history.Arrived(command.Context(), app.system.Directory, pusher, app.system.Now(), changes)
			if err == nil && app.asJSON {
				err = app.JSON(struct {
					Version int                 `json:"version"`
					Noted   []history.RefChange `json:"noted"`
				}{show.JSONVersion, changes})
			}
			return err
		},
		ValidArgsFunction: completeWords(),
	}
	flags := command.Flags()
	pusherFlag(app, command, &pusher)
	flags.BoolVar(&app.asJSON, "json", false, app.T("as JSON"))
	return command
}

// pusherFlag makes the flag that says who pushes; a hook has it in the environment.
func pusherFlag(app *App, command *cobra.Command, pusher *string) {
	textFlag(command.Flags(), pusher, "pusher", app.T("PERSON"),
		app.T("who pushes, as the server knows it: the id or the address on the roster"))
	command.PreRun = func(*cobra.Command, []string) { *pusher = cmp.Or(*pusher, app.env(envPusher)) }
}

// refChanges are what git tells a hook: three arguments, or lines of the standard input.
func refChanges(app *App, command *cobra.Command, args []string) ([]history.RefChange, error) {
	switch {
	case len(args) == 3:
		return []history.RefChange{{Ref: args[0], Old: args[1], New: args[2]}}, nil
	case len(args) > 0:
		return nil, wrongUsage(phrase.Say("missing: %s",
			[]phrase.Sentence{phrase.Say("OLD"), phrase.Say("NEW")}[len(args)-1]), seeHelp(command))
	case !handedOn(app):
		return nil, wrongUsage(phrase.Say("missing: %s", phrase.Say("REFNAME")), seeHelp(command))
	}
	changes, err := history.ReadRefChanges(app.system.Stdin)
	if errors.Is(err, history.ErrNoRefChanges) {
		return nil, wrongUsage(phrase.Say("the input is not what git tells a hook: OLD NEW REFNAME on each line"),
			seeHelp(command))
	}
	return changes, err
}

// handedOn reports whether the standard input comes from another program and no person.
func handedOn(app *App) bool {
	file, isFile := app.system.Stdin.(*os.File)
	if !isFile {
		return app.system.Stdin != nil
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice == 0
}

func runVerifyPush(ctx context.Context, app *App, changes []history.RefChange, pusher review.Pusher) error {
	objections, err := objections(ctx, app, changes, pusher)
	switch {
	case err != nil:
		return err
	case app.asJSON:
		err = app.ObjectionsJSON(objections)
	default:
		app.Objections(objections)
	}
	if err == nil && len(objections) > 0 {
		return errProblems
	}
	return err
}

// objections are the reasons not to take a push.
func objections(ctx context.Context, app *App, changes []history.RefChange,
	pusher review.Pusher) ([]review.Objection, error) {
	if len(changes) == 0 {
		return nil, nil
	}
	driver, err := workspace.MergeDriver()
	if err != nil {
		return nil, err
	}
	server, err := history.OpenServer(ctx, app.system.Directory, app.flags.data, driver, store.NewPast(""))
	if err != nil {
		return nil, err
	}
	held, err := server.Held(ctx, changes[0].New)
	if held != nil && held.Plan.Language != "" {
		app.speak(held.Plan.Language)
	}
	if err != nil {
		return nil, err
	}
	if broken := model.RosterUnusable(held); broken != nil {
		return nil, broken
	}
	var objections []review.Objection
	for _, change := range changes {
		push, err := server.Push(ctx, change)
		if err != nil {
			return nil, err
		}
		push.Now = app.system.Now()
		objections = append(objections, review.JudgePush(held, pusher, push)...)
	}
	return objections, nil
}

// knownToGit is who gives the command, with an address: it is asked for before something begins whose commits a server
// would take from nobody unknown.
func (app *App) knownToGit(ctx context.Context, folder *workspace.Workspace) (model.Person, error) {
	person, err := app.person(folder)
	if err == nil {
		err = unknownToGit(ctx, folder, person)
	}
	return person, err
}

// unknownToGit refuses a person for whom git has no address in a history that goes to others.
func unknownToGit(ctx context.Context, folder *workspace.Workspace, person model.Person) error {
	if person.Email != "" || folder.Repository == nil || !folder.Repository.HasRemote(ctx) {
		return nil
	}
	return phrase.Refuse(phrase.Say("the history goes to a remote, and git has no address for who works here"),
		phrase.Say("once: git config user.email ADDRESS, the coordinator's as it stands on the roster; or --as PERSON, of "+
			"whom the roster has one"))
}
