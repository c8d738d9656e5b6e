package workspace

import (
	"context"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/store"
)

// Exchange is how a person exchanges changes with the remote; nil where there is no
// history. Without mayAsk git asks for no password.
func (w *Workspace) Exchange(person model.Person, mayAsk bool) func(ctx context.Context, progress func(phrase.Sentence)) (model.SyncResult, error) {
	if w.Repository == nil || w.Opened == nil {
		return nil
	}
	return func(ctx context.Context, progress func(phrase.Sentence)) (model.SyncResult, error) {
		driver, err := MergeDriver()
		if err != nil {
			return model.SyncResult{Waiting: -1}, err
		}
		return w.Repository.Sync(ctx, history.SyncOptions{
			Data: w.Dir, Person: person, Language: w.Campaign.Plan.Language, Driver: driver, Reader: store.NewPast(w.Shown),
			Locked: func(ctx context.Context, work func(context.Context) error) error {
				return w.Opened.Locked(ctx, person.Signature(), work)
			},
			Verify: store.VerifyMerged, Progress: progress, MayAsk: mayAsk,
		})
	}
}
