package live

import (
	"context"
	"sync"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
)

// Source is the data as a dashboard sees and changes it.
type Source interface {
	// Picture is the newest picture of the data.
	Picture() Picture
	// Apply makes a change; the newest picture then holds it.
	Apply(ctx context.Context, change model.Change) (model.Receipt, error)
	// Refresh reads the files now.
	Refresh(ctx context.Context)
	// Read reads the record of one unit now, while others are still to be read; false: none is.
	Read(ctx context.Context, unit string) bool
}

// Conflicts are the entries that wait for a decision after two lines of the history were joined.
type Conflicts interface {
	// Conflicts lists them; none is the usual answer.
	Conflicts(ctx context.Context) ([]review.MergeConflict, error)
	// Resolve settles one of them.
	Resolve(ctx context.Context, resolution review.Resolution) (review.Resolved, error)
}

// HandEdits is what people edit in the data files themselves.
type HandEdits interface {
	// Look is what saving would record now.
	Look(ctx context.Context, person model.Person) (review.HandEdit, error)
	// Save records what was looked at, and nothing that has come since.
	Save(ctx context.Context, person model.Person, looked review.HandEdit) (review.HandEdit, error)
}

// Sync exchanges changes with the remote and tells each of its steps as it begins.
type Sync func(ctx context.Context, progress func(step phrase.Sentence)) (review.SyncResult, error)

// Observer is told of a change that was made, or refused.
type Observer func(change model.Change, receipt model.Receipt, err error)

// Gate is where the changes of one dashboard go through: it tells them to an observer, and
// when the dashboard is left it waits for those being written and lets no more begin.
type Gate struct {
	Source
	// Refuse says why a change is not to begin; nil where nothing stands in the way of any.
	Refuse func(ctx context.Context, change model.Change) error

	observer Observer // may be nil
	mutex    sync.Mutex
	closed   bool
	writing  sync.WaitGroup
	cancel   []func() // of what can be broken off
}

// NewGate makes the gate to a source; observer may be nil.
func NewGate(source Source, observer Observer) *Gate {
	return &Gate{Source: source, observer: observer}
}

// begin counts a change in, unless the gate is closed. After it g.writing.Done is called.
func (g *Gate) begin() bool {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if g.closed {
		return false
	}
	g.writing.Add(1)
	return true
}

func (g *Gate) tell(change model.Change, receipt model.Receipt, err error) {
	if g.observer != nil {
		g.observer(change, receipt, err)
	}
}

// Apply makes a change. The error is context.Canceled once the gate is closed.
func (g *Gate) Apply(ctx context.Context, change model.Change) (model.Receipt, error) {
	if !g.begin() {
		return model.Receipt{}, context.Canceled
	}
	defer g.writing.Done()
	if g.Refuse != nil {
		if err := g.Refuse(ctx, change); err != nil {
			return model.Receipt{}, err
		}
	}
	receipt, err := g.Source.Apply(ctx, change)
	g.tell(change, receipt, err)
	return receipt, err
}

// Conflicts lets conflicts be settled through the gate, as a change like any other.
func (g *Gate) Conflicts(open Conflicts) Conflicts { return &gatedConflicts{open, g} }

type gatedConflicts struct {
	open Conflicts
	gate *Gate
}

// Conflicts lists them.
func (c *gatedConflicts) Conflicts(ctx context.Context) ([]review.MergeConflict, error) {
	return c.open.Conflicts(ctx)
}

// Resolve settles a conflict. The error is context.Canceled once the gate is closed.
func (c *gatedConflicts) Resolve(ctx context.Context, resolution review.Resolution) (review.Resolved, error) {
	if !c.gate.begin() {
		return review.Resolved{Resolution: resolution}, context.Canceled
	}
	defer c.gate.writing.Done()
	resolved, err := c.open.Resolve(ctx, resolution)
	c.gate.tell(resolution.Change(), model.Receipt{Hash: resolved.Hash}, err)
	return resolved, err
}

// HandEdits lets what was edited by hand be saved through the gate, as a change like any other.
func (g *Gate) HandEdits(edits HandEdits) HandEdits { return &gatedEdits{edits, g} }

type gatedEdits struct {
	HandEdits
	gate *Gate
}

// Save records what was looked at; the newest picture then knows of it. The error is context.Canceled once the gate is
// closed.
func (e *gatedEdits) Save(ctx context.Context, person model.Person, looked review.HandEdit) (review.HandEdit, error) {
	if !e.gate.begin() {
		return looked, context.Canceled
	}
	defer e.gate.writing.Done()
	saved, err := e.HandEdits.Save(ctx, person, looked)
	e.gate.Refresh(ctx)
	return saved, err
}

// Sync lets an exchange with the remote through the gate. Closing breaks it off, but never while it changes files.
func (g *Gate) Sync(ctx context.Context, exchange Sync) Sync {
	ctx, cancel := context.WithCancel(ctx)
	g.cancel = append(g.cancel, cancel)
	return func(_ context.Context, progress func(phrase.Sentence)) (review.SyncResult, error) {
		if !g.begin() {
			return review.SyncResult{Waiting: -1}, context.Canceled
		}
		defer g.writing.Done()
		return exchange(ctx, progress)
	}
}

// Close lets no more changes begin and waits for those under way.
func (g *Gate) Close() {
	g.mutex.Lock()
	g.closed = true
	for _, cancel := range g.cancel {
		cancel()
	}
	g.mutex.Unlock()
	g.writing.Wait()
}
