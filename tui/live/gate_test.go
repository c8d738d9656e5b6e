package live

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"example.org/tiendo/model"
	"example.org/tiendo/model/review"
)

// slowData takes a change only when it is told to.
type slowData struct {
	Source
	begun, end chan struct{}
}

func (s *slowData) Apply(context.Context, model.Change) (model.Receipt, error) {
	close(s.begun)
	<-s.end
	return model.Receipt{}, nil
}

// Resolve settles a conflict when it is told to.
func (s *slowData) Resolve(context.Context, review.Resolution) (review.Resolved, error) {
	close(s.begun)
	<-s.end
	return review.Resolved{Hash: "abc"}, nil
}

func (s *slowData) Conflicts(context.Context) ([]review.MergeConflict, error) { return nil, nil }

func TestLeavingWaitsForTheChangeThatIsBeingWritten(t *testing.T) {
	apply := func(data *Gate, _ Conflicts) error {
		_, err := data.Apply(t.Context(), model.Change{Subject: model.Subject{Kind: "file", ID: "x"}})
		return err
	}
	resolve := func(_ *Gate, open Conflicts) error {
		_, err := open.Resolve(t.Context(), review.Resolution{Conflict: review.MergeConflict{File: "x"}})
		return err
	}
	for name, change := range map[string]func(*Gate, Conflicts) error{"a change": apply, "a conflict": resolve} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var told []model.Change
				slow := &slowData{begun: make(chan struct{}), end: make(chan struct{})}
				data := NewGate(slow, func(change model.Change, _ model.Receipt, _ error) { told = append(told, change) })
				conflicts := data.Conflicts(slow)
				left := make(chan struct{})
				go func() { _ = change(data, conflicts) }()
				<-slow.begun
				go func() {
					data.Close()
					close(left)
				}()
				synctest.Wait()
				select {
				case <-left:
					t.Fatal("left while a change was being written")
				default:
				}
				close(slow.end)
				<-left
				if err := change(data, conflicts); !errors.Is(err, context.Canceled) {
					t.Errorf("a change after the end: %v", err)
				}
				if len(told) != 1 || told[0].Subject != (model.Subject{Kind: "file", ID: "x"}) {
					t.Errorf("told of %v", told)
				}
			})
		})
	}
}
