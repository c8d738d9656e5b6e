package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/part"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/workspace"
)

func newCmdRevert(app *App) *cobra.Command {
	command := &cobra.Command{
		Use:        "revert " + app.T("COMMIT"),
		SuggestFor: []string{"undo"},
		Short:      app.T("undo what one commit changed, by a new commit"),
		Example:    `  tiendo revert ab55710`,
		RunE:       func(command *cobra.Command, args []string) error { return runRevert(command.Context(), app, args[0]) },
	}
	app.answers(command)
	return command
}

func runRevert(ctx context.Context, app *App, commit string) error {
	record, err := openRecord(ctx, app, true)
	if err != nil {
		return err
	}
	hash, err := record.repository.Resolve(ctx, commit)
	if err != nil {
		return err
	}
	var differences []review.Difference
	var undoable error
	read := func(revision review.Revision) bool {
		differences, undoable = revision.Differences, revision.Undoable()
		return false
	}
	if err := record.repository.Log(ctx, record.Dir, record.past, history.LogOptions{Range: []string{hash}, NoWalk: true},
		read); err != nil {
		return err
	}
	if undoable != nil {
		return undoable
	}
	if len(differences) == 0 {
		return phrase.Refuse(phrase.Say("commit %s changed nothing in the data", commit),
			phrase.Say("`tiendo log` shows those that did"))
	}
	folder, err := app.load(ctx)
	if err != nil {
		return err
	}
	person, err := app.person(folder)
	if err != nil {
		return err
	}
	ofPlan := func(d review.Difference) bool { return d.Subject.Kind == model.SubjectPlan && d.File.IsZero() }
	var changes []model.Change
	if slices.ContainsFunc(differences, ofPlan) {
		if changes, err = undoPlan(ctx, folder, person, hash); err != nil {
			return err
		}
		differences = slices.DeleteFunc(differences, ofPlan)
	}
	others, err := review.RevertAll(differences, person, folder.Campaign, hash)
	if err != nil {
		return err
	}
	changes = append(changes, others...)
	return applyAll(ctx, app, folder, changes)
}

// undoPlan are the changes that take back what a commit made of the plan.
func undoPlan(ctx context.Context, folder *workspace.Workspace, person model.Person, commit string) ([]model.Change,
	error) {
	before, err := folder.Repository.Files(ctx, folder.Dir, commit+"^")
	if err != nil {
		return nil, err
	}
	after, err := folder.Repository.Files(ctx, folder.Dir, commit)
	if err != nil {
		return nil, err
	}
	changes, err := part.Undo(before[decode.PlanFile], after[decode.PlanFile])
	if err != nil {
		return nil, phrase.Refuse(phrase.Of(err), phrase.Say("`git revert %s` undoes the whole commit", commit))
	}
	for i := range changes {
		changes[i].Person, changes[i].Reverts = person, commit
	}
	return changes, nil
}

// applyAll makes all of several changes, or none: when one fails, as when somebody else was first, those
// before it are undone.
func applyAll(ctx context.Context, app *App, folder *workspace.Workspace, changes []model.Change) error {
	var receipts []model.Receipt
	for _, change := range changes {
		receipt, err := folder.Store.Apply(ctx, change)
		if err != nil {
			for i, made := range slices.Backward(receipts) {
				if _, failed := folder.Store.Apply(ctx, made.Undo(change.Person)); failed != nil {
					app.changed.Written = true
					what := phrase.Say("%d of %d changes are made and could not be taken back", i+1, len(changes))
					return &phrase.Refusal{What: what, Hint: phrase.Say("`tiendo log` shows those that did"), Err: err}
				}
			}
			return err
		}
		receipts = append(receipts, receipt)
	}
	for _, receipt := range receipts {
		app.receipt(ctx, folder, receipt)
	}
	return nil
}
