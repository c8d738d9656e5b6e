package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
)

func (p *program) newRevert() *cobra.Command {
	command := &cobra.Command{
		Use:  "revert",
		RunE: func(command *cobra.Command, args []string) error { return p.runRevert(command.Context(), args[0]) },
	}
	p.describe(command, manual{
		short:     model.Say("undo what one commit changed, by a new commit"),
		long:      model.Say("It puts back what stood before, with its signatures and times. An entry that was changed again later is left alone: undo the later change first."),
		arguments: []argument{{model.Say("COMMIT"), false}},
		examples:  []string{"tiendo revert ab55710"},
	})
	return command
}

func (p *program) runRevert(ctx context.Context, commit string) error {
	record, err := p.openRecord(ctx)
	if err != nil {
		return err
	}
	hash, err := record.repository.Resolve(ctx, commit)
	if err != nil {
		return err
	}
	var differences []model.Difference
	read := func(revision model.Revision) bool {
		differences = revision.Differences
		return false
	}
	if err := record.repository.Log(ctx, record.dir, record.past, history.LogOptions{Range: []string{hash}, NoWalk: true}, read); err != nil {
		return err
	}
	if len(differences) == 0 {
		return model.Refuse(model.Say("commit %s changed nothing in the data", commit), model.Say("`tiendo log` shows those that did"))
	}
	folder, err := p.load(ctx)
	if err != nil {
		return err
	}
	person, err := p.person(folder)
	if err != nil {
		return err
	}
	changes := make([]model.Change, len(differences))
	for i := range differences { // all can be undone, or none is
		change, err := differences[i].Revert(person, folder.campaign, hash)
		if err == nil {
			err = folder.campaign.Check(change)
		}
		if err != nil {
			return err
		}
		changes[i] = change
	}
	for _, change := range slices.Backward(changes) {
		receipt, err := folder.store.Apply(ctx, change)
		if err != nil {
			return err
		}
		p.receipt(folder, receipt)
	}
	return nil
}
