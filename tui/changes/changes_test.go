package changes

import (
	"context"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/review"
	"example.org/tiendo/tui/frame"
)

// What the session's end does to what the tab reads and to what a person has changed.
func TestSessionEnds(t *testing.T) {
	session, end := context.WithCancel(t.Context())
	outside := &recorded{}
	f := &frame.Frame{Context: session, Board: &model.Board{Campaign: &model.Campaign{}}, Changes: frame.NewChanges(session, outside)}
	tab := New(outside, nil, nil, nil)
	read, written := tab.Wake(f), f.Changes.Make(model.Change{})
	end()
	for _, command := range []tea.Cmd{read, written} {
		command()
	}
	if outside.read == nil || outside.written != nil {
		t.Errorf("reading goes on with %v, want %v; writing with %v, want no end", outside.read, context.Canceled, outside.written)
	}
}

// recorded notes whether a context that came had ended.
type recorded struct {
	Record

	read, written error
}

func (r *recorded) Page(ctx context.Context, _ string, _ int) (review.Page, error) {
	r.read = ctx.Err()
	return review.Page{}, r.read
}

func (r *recorded) Apply(ctx context.Context, _ model.Change) (model.Receipt, error) {
	r.written = ctx.Err()
	return model.Receipt{}, r.written
}
