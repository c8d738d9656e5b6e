package cli

import (
	"context"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/workspace"
	"example.org/tiendo/tui/show"
)

func (p *program) newReview() *cobra.Command {
	command := &cobra.Command{
		Use:   "review " + p.Words.T("[COMMIT]"),
		Short: p.Words.T("show what others have changed since you last reviewed, or mark it as reviewed (coordinator)"),
		Example: `  tiendo review
  tiendo review HEAD`,
		RunE: func(command *cobra.Command, args []string) error {
			if len(args) == 1 {
				return p.markReviewed(command.Context(), args[0])
			}
			return p.looked(p.listUnread(command.Context(), p.asJSON))
		},
	}
	p.answers(command)
	return command
}

// reviewer opens the record for a person whom a rule lets review it.
func (p *program) reviewer(ctx context.Context, may func(*model.Campaign, model.Person) error) (*record, model.Person, error) {
	record, err := p.openRecord(ctx)
	if err != nil {
		return nil, model.Person{}, err
	}
	person, err := p.person(record.Workspace)
	if err == nil {
		err = may(record.Campaign, person)
	}
	return record, person, err
}

func (p *program) listUnread(ctx context.Context, asJSON bool) error {
	record, person, err := p.reviewer(ctx, (*model.Campaign).MayReview)
	if err != nil {
		return err
	}
	unread, err := record.repository.Unread(ctx, record.Marks(), person, workspace.MaxUnread)
	if err != nil {
		return err
	}
	switch {
	case len(unread) > 0:
		return p.printRevisions(ctx, record, history.LogOptions{Range: unread, NoWalk: true}, "", asJSON)
	case asJSON:
		return p.RevisionsJSON([]show.RevisionData{})
	}
	p.Out.Line(p.Words.T("nothing is waiting for your review"))
	return nil
}

func (p *program) markReviewed(ctx context.Context, commit string) error {
	record, person, err := p.reviewer(ctx, (*model.Campaign).MayMarkReviewed)
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
	said := p.Words.T("reviewed up to %s; %s", hash[:7], p.Words.Count(len(unread), "%d change after it is unread", "%d changes after it are unread"))
	p.changed.Add(show.Done{Kind: "review", ID: person.ID, Change: said}, hash, "")
	p.Out.Line(said)
	return nil
}
