package changes

import (
	"context"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/frame/frametest"
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

// What a change of the plan does to figures stands below it, and is asked for only where it can do something.
func TestEffectsOfAPlanChange(t *testing.T) {
	f, _ := frametest.New(t, phrase.Vietnamese, frametest.Lan())
	later, renamed := *f.Board.Campaign, *f.Board.Campaign
	later.Plan.Activities = slices.Clone(later.Plan.Activities)
	later.Plan.Activities[0].Deadline.Day = calendar.Date(2019, 12, 1)
	renamed.Plan.Theme = "x"
	effects := []review.Effect{{Said: phrase.Say("%d overdue", 2)}}
	for name, after := range map[string]*model.Campaign{"a deadline": &later, "a theme": &renamed} {
		record := &planned{effects: effects, revision: review.Revision{Hash: "a1", Short: "a1", Campaign: after,
			Differences: review.Compare(f.Board.Campaign, after)}}
		tab := New(record, nil, nil, nil)
		tab.Update(tab.Wake(f)(), f)
		tab.Settle(f)
		for range 2 {
			if command := tab.Wake(f); command != nil {
				tab.Update(command(), f)
			}
		}
		shown := strings.Contains(tab.View(f, 80, 20), "Ảnh hưởng: 2 quá hạn")
		if wanted := after == &later; shown != wanted || (record.asked == 1) != wanted {
			t.Errorf("%s: effects shown: %t, asked for %d times", name, shown, record.asked)
		}
	}
}

// planned is a history of one commit.
type planned struct {
	Record

	revision review.Revision
	effects  []review.Effect
	asked    int
}

func (p *planned) Page(context.Context, string, int) (review.Page, error) {
	return review.Page{Revisions: []review.Revision{p.revision}, Read: 1}, nil
}

func (p *planned) Effects(context.Context, string) ([]review.Effect, error) {
	p.asked++
	return p.effects, nil
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
