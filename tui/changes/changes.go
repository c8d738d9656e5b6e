// Package changes is the tab of what was changed: newest first, by day and
// person, with what the coordinator has not reviewed yet marked.
package changes

import (
	"context"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/review"
	"example.org/tiendo/tui/browse"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/live"
)

// ahead is how close to the end of what was read the cursor may come before more is read.
const ahead = 20

// Tab is the tab.
type Tab struct {
	record    Record         // nil: there is no history
	noHistory error          // why; may be nil
	conflicts live.Conflicts // nil: none can come up
	edits     live.HandEdits // nil: nothing that was edited by hand is saved here
	list      browse.Browser

	board *model.Board // for which the history was read
	tip   string       // and the commit it begins with; "" for the newest
	items []item
	read  int // commits read so far
	// takenBack knows what of it a later change has taken back.
	takenBack review.TakenBack
	more      bool // there are older ones
	reading   bool
	failed    error // why the history could not be read
	beside    error // what of the data is in no commit

	diffs    map[string][]string        // by commit, as far as they were asked for
	asked    string                     // the commit whose diff is being read
	effects  map[string][]review.Effect // by commit, likewise
	weighing string                     // the commit whose effects are being read
	marking  bool
	marked   marked
	settling bool
	looking  bool      // what was edited by hand is being read
	hand     *handEdit // that is shown; nil: nothing is

	of     *event.PlaceWanted // of what alone the changes are listed; nil: of everything
	before string             // the row under the cursor before that
	// beforeOpen says that its detail filled the tab.
	beforeOpen bool
	seek       calendar.Day // the day to which the cursor is to go once so much has been read; zero: none
}

// New makes the tab. Without a record it says why there is no history, and the way out.
func New(record Record, conflicts live.Conflicts, edits live.HandEdits, noHistory error) *Tab {
	return &Tab{record: record, noHistory: noHistory, conflicts: conflicts, edits: edits, diffs: map[string][]string{},
		effects: map[string][]review.Effect{}}
}

// marked is up to where the person has marked changes as reviewed in this session, and where the mark was before.
type marked struct{ commit, before string }

// pageRead is a part of the history that was asked for.
type pageRead struct {
	board *model.Board
	tip   string
	skip  int
	page  review.Page
	err   error
}

// diffRead is the diff of a commit.
type diffRead struct {
	commit string
	lines  []string
	err    error
}

// Capturing reports whether the tab wants every key, because what was edited by hand is shown.
func (t *Tab) Capturing() bool { return t.hand != nil }

// effectsRead are the effects of a commit.
type effectsRead struct {
	commit  string
	effects []review.Effect
}

// Bindings lists the keys of the tab.
func (t *Tab) Bindings(f *frame.Frame) []key.Binding {
	var save []key.Binding
	if t.Edited(f) {
		save = []key.Binding{f.Keys.SaveByHand}
	}
	if t.hand != nil {
		return t.handBindings(f)
	}
	if conflict := t.conflict(f); conflict != nil {
		return append(t.conflictBindings(f, conflict), save...)
	}
	if t.current() == nil {
		return append(save, t.list.Bindings(f)...) // there is nothing to read or to undo
	}
	open := []key.Binding{f.Keys.Open}
	if back := t.list.Bindings(f); back != nil {
		open = back
	}
	return append(append(save, open...), frame.Offer(f.Keys.Revert, t.Refusal(f)),
		frame.Offer(f.Keys.Reviewed, f.Board.Campaign.MayMarkReviewed(f.Person)))
}

// Refusal says why the person may not undo the change under the cursor.
func (t *Tab) Refusal(f *frame.Frame) error {
	if conflict := t.conflict(f); conflict != nil {
		return review.MaySettle(f.Board.Campaign, f.Person, conflict)
	}
	item := t.current()
	if item == nil || item.notTaken != nil {
		return nil
	}
	if err := item.revision.Undoable(); err != nil {
		return err
	}
	change, err := item.difference.Revert(f.Person, f.Board.Campaign, item.revision.Hash)
	if err != nil {
		return err
	}
	return f.Board.Campaign.Check(change)
}

// Wake reads what the tab still has to show; the root asks whenever the tab is on the screen.
func (t *Tab) Wake(f *frame.Frame) tea.Cmd {
	if t.tip != f.Tip { // what came after that day is not shown while the rest is being read
		t.board, t.tip, t.items, t.more = nil, f.Tip, nil, false
	}
	if t.record == nil || t.reading {
		return nil
	}
	if t.board != f.Board {
		return t.readPage(f, f.Board, 0)
	}
	if t.more && t.failed == nil && (t.place() >= len(t.items)-ahead || t.tooFew(f)) {
		return t.readPage(f, t.board, t.read)
	}
	return tea.Batch(t.readDiff(f), t.readEffects(f))
}

// readEffects reads what the change under the cursor did to figures. All records of its time are read for that: in a
// large plan only of what is open.
func (t *Tab) readEffects(f *frame.Frame) tea.Cmd {
	const large = 1_000 // units
	item := t.current()
	if item == nil || item.revision.Merge || !review.Counts([]review.Difference{item.difference}) ||
		len(f.Board.Units) > large && !t.list.Opened() {
		return nil
	}
	commit := item.revision.Hash
	if _, known := t.effects[commit]; known || t.weighing == commit {
		return nil
	}
	t.weighing = commit
	ctx, record := f.Context, t.record
	return func() tea.Msg {
		effects, _ := record.Effects(ctx, commit) // what cannot be read is said where the history is shown
		return effectsRead{commit, effects}
	}
}

// tooFew reports whether more is to be read before what is wanted fills the screen, or the day is reached.
func (t *Tab) tooFew(f *frame.Frame) bool {
	const fills = 60
	if !t.seek.IsZero() {
		return true
	}
	return t.of != nil && len(t.rows(f)) < fills
}

func (t *Tab) readPage(f *frame.Frame, board *model.Board, skip int) tea.Cmd {
	t.reading = true
	ctx, record, tip := f.Context, t.record, t.tip
	return func() tea.Msg {
		page, err := record.Page(ctx, tip, skip)
		return pageRead{board, tip, skip, page, err}
	}
}

// readDiff reads the diff of what is open.
func (t *Tab) readDiff(f *frame.Frame) tea.Cmd {
	item := t.current()
	if item == nil || !t.list.Opened() {
		return nil
	}
	commit := item.revision.Hash
	if _, known := t.diffs[commit]; known || t.asked == commit {
		return nil
	}
	t.asked = commit
	ctx, record := f.Context, t.record
	return func() tea.Msg {
		lines, err := record.Diff(ctx, commit)
		return diffRead{commit, lines, err}
	}
}

// Update takes one message.
func (t *Tab) Update(message tea.Msg, f *frame.Frame) tea.Cmd {
	switch message := message.(type) {
	case pageRead:
		t.take(message, f)
	case diffRead:
		if message.err != nil {
			message.lines = []string{f.Explain(message.err)}
		}
		t.diffs[message.commit] = message.lines
	case handLooked:
		return t.looked(f, message)
	case handSaved:
		return t.saved(f, message)
	case effectsRead:
		t.effects[message.commit] = message.effects
	case event.Reviewed:
		t.marking = false
		if message.Err == nil {
			t.marked = marked{message.Hash, message.Before}
		}
	case event.Settled:
		t.settling = false
	case event.PlaceLeft:
		if t.of != nil {
			t.of = nil
			t.list.Close()
			if t.list.Select(t.before); t.beforeOpen {
				t.list.Open()
			}
		}
	case event.PlaceWanted:
		if message.As == event.AsItsHistory {
			if t.of == nil {
				t.before, t.beforeOpen = t.list.Current(), t.list.Opened()
			}
			t.of = &message
			t.list.Close()
			t.list.First(t.rows(f))
			return nil
		}
		if message.As != event.AsItsVersions {
			return nil
		}
		t.of = nil
		for i := range f.Open {
			if f.Open[i].Unit == message.Unit && f.Open[i].Subject == message.Subject {
				t.list.Select(conflictID(&f.Open[i]))
				t.list.Open()
			}
		}
	case tea.KeyMsg:
		return tea.Batch(t.key(message, f), t.list.Going())
	case tea.MouseMsg:
		if t.hand == nil {
			t.list.Update(message, f, t.rows(f))
		}
	}
	return t.list.Going()
}

// Here is what the change under the cursor is about.
func (t *Tab) Here(*frame.Frame) (unit string, subject model.Subject, ok bool) {
	item := t.current()
	if item == nil || item.untold != nil || item.notTaken != nil {
		return "", model.Subject{}, false
	}
	place, ok := item.place()
	return place.Unit, place.Subject, ok
}

// GoToDay puts the cursor on the last change that was made on a day or before, as soon as so much has been read.
func (t *Tab) GoToDay(f *frame.Frame, day calendar.Day) {
	t.seek = day
	t.list.Close()
	t.goOn(f)
}

// goOn looks for the day that is sought in what has been read.
func (t *Tab) goOn(f *frame.Frame) {
	if t.seek.IsZero() || t.board == nil {
		return
	}
	rows, at := t.visible(f)
	last := ""
	for i, row := range rows {
		if row.ID == "" || at[i] < 0 || at[i] >= len(t.items) {
			continue
		}
		if last = row.ID; !t.items[at[i]].day.After(t.seek) {
			t.list.Select(row.ID)
			t.seek = calendar.Day{}
			return
		}
	}
	if !t.more { // everything is later: the first that there is
		t.list.Select(last)
		t.seek = calendar.Day{}
	}
}

// take keeps a page. The newest one replaces what was read before.
func (t *Tab) take(read pageRead, f *frame.Frame) {
	t.reading = false
	if read.tip != f.Tip {
		return // another day is shown by now
	}
	t.failed = read.err
	if read.skip == 0 {
		t.board, t.items, t.read, t.beside = read.board, nil, 0, read.page.Beside
		t.takenBack = review.TakenBack{}
	}
	for _, revision := range read.page.Revisions {
		t.takenBack.Mark(&revision)
		t.items = append(t.items, newItems(f, revision)...)
	}
	t.read += read.page.Read
	t.more = read.page.More && read.err == nil
	t.goOn(f)
}

func (t *Tab) key(message tea.KeyMsg, f *frame.Frame) tea.Cmd {
	if t.hand != nil {
		return t.handKey(f, message)
	}
	if conflict := t.conflict(f); conflict != nil {
		if take, wanted := t.choice(message, f); wanted {
			return t.settle(f, conflict, take)
		}
	}
	switch {
	case key.Matches(message, f.Keys.Revert):
		return t.revert(f)
	case key.Matches(message, f.Keys.Reviewed):
		return t.markReviewed(f)
	case key.Matches(message, f.Keys.SaveByHand):
		return t.lookByHand(f, message)
	case t.list.Update(message, f, t.rows(f)):
		return nil
	}
	return f.Unused(message)
}

// revert asks before it undoes the change under the cursor.
func (t *Tab) revert(f *frame.Frame) tea.Cmd {
	item := t.current()
	if item == nil || item.notTaken != nil {
		return frame.Notice(event.Info, f.Words.T("there is no change here"))
	}
	if err := t.Refusal(f); err != nil {
		return f.Refused(err)
	}
	change, err := item.difference.Revert(f.Person, f.Board.Campaign, item.revision.Hash)
	if err != nil {
		return f.Refused(err)
	}
	where, what := f.Words.Difference(item.revision.Campaign, item.difference)
	question := event.Asked{Question: f.Words.T("Undo this change? %s: %s", where, what), Change: change}
	return func() tea.Msg { return question }
}

// markReviewed keeps that everything up to the change under the cursor has been reviewed. Where that is what was marked
// last, it puts the mark back to where it was.
func (t *Tab) markReviewed(f *frame.Frame) tea.Cmd {
	if err := f.Board.Campaign.MayMarkReviewed(f.Person); err != nil {
		return f.Refused(err)
	}
	item := t.current()
	if item == nil || t.marking {
		return nil
	}
	t.marking = true
	ctx, record, person, revision := context.WithoutCancel(f.Context), t.record, f.Person, item.revision
	if t.marked.commit == revision.Hash {
		to := t.marked.before
		return func() tea.Msg {
			_, err := record.MarkReviewed(ctx, person, to)
			return event.Reviewed{Commit: to[:min(len(to), len(revision.Short))], Back: true, Err: err}
		}
	}
	return func() tea.Msg {
		before, err := record.MarkReviewed(ctx, person, revision.Hash)
		return event.Reviewed{Commit: revision.Short, Hash: revision.Hash, Before: before, Err: err}
	}
}

// Settle keeps the cursor on a change that is shown.
func (t *Tab) Settle(f *frame.Frame) {
	before := t.list.Current()
	t.list.Keep(t.rows(f))
	if before != t.list.Current() && strings.HasPrefix(before, dispute) {
		t.list.Close() // it is decided: a second press must not decide the next one
	}
}

// current is the change under the cursor; nil when there is none.
func (t *Tab) current() *item {
	if at := t.place(); at < len(t.items) {
		return &t.items[at]
	}
	return nil
}

// place is where in what was read the cursor stands; behind everything when it stands nowhere.
func (t *Tab) place() int {
	id := t.list.Current()
	for i := range t.items {
		if t.items[i].id == id {
			return i
		}
	}
	return len(t.items)
}
