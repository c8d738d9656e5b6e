package workspace

import (
	"context"

	"example.org/tiendo/model"
	"example.org/tiendo/model/agenda"
)

// Agenda is what a person has to do, with what they have typed and not saved, and what they have not looked at.
func (w *Workspace) Agenda(ctx context.Context, board *model.Board, person model.Person) ([]agenda.Item, error) {
	beside := agenda.Beside{}
	if drafts := w.Drafts(person); drafts != nil {
		for _, subject := range agenda.Subjects(board) {
			if _, kept := drafts.Kept(person.Unit, subject); kept {
				beside.Unsaved = append(beside.Unsaved, subject)
			}
		}
		drafts.Close()
	}
	if record := w.Timeline(); record != nil && w.Campaign.MayReview(person) == nil {
		unread, err := record.Unread(ctx, person)
		if err != nil {
			return nil, err
		}
		beside.Unseen = len(unread)
	}
	return agenda.Of(board, person, beside), nil
}
