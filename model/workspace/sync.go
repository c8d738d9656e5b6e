package workspace

import (
	"context"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
)

// Exchange is how a person exchanges changes with the remote; nil where there is no
// history. Without mayAsk git asks for no password.
func (w *Workspace) Exchange(person model.Person, mayAsk bool) func(ctx context.Context,
	progress func(phrase.Sentence)) (review.SyncResult, error) {
	if w.Repository == nil || w.Opened == nil {
		return nil
	}
	return func(ctx context.Context, progress func(phrase.Sentence)) (review.SyncResult, error) {
		driver, err := MergeDriver()
		if err != nil {
			return review.SyncResult{Waiting: -1}, err
		}
		return w.Repository.Sync(ctx, history.SyncOptions{
			PlanDir: w.Dir, Data: w.Opened.Exchanged(person.Signature()), Person: person, Language: w.Campaign.Plan.Language,
			Driver: driver, Progress: progress, MayAsk: mayAsk,
		})
	}
}
