package tui

import (
	"slices"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/review"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/live"
)

// counting is whether the unread changes are being counted, and whether there
// may be more since. There is one count at a time, however fast changes come.
type counting struct{ underWay, again bool }

// unreadCounted is what the person has still to review.
type unreadCounted struct {
	commits   []string
	err       error
	clock     error // why the machine's clock cannot be right
	conflicts []review.MergeConflict

	uncommitted []string // files of plan and roster
}

// unreadCount is how many changes are unread; beyond two digits it does not matter.
func unreadCount(n int) string {
	if n > 99 {
		return "99+"
	}
	return strconv.Itoa(n)
}

// countUnread counts what a coordinator has still to review, and lists for everybody
// what waits for a decision.
func (a *App) countUnread() tea.Cmd {
	ctx, record, conflicts, uncommitted, person := a.frame.Context, a.options.Record, a.options.Conflicts,
		a.options.Uncommitted, a.frame.Person
	if record == nil {
		return nil
	}
	if a.counting.underWay {
		a.counting.again = true
		return nil
	}
	a.counting.underWay = true
	reviews := a.picture.Board.Campaign.MayReview(person) == nil
	return func() tea.Msg {
		counted := unreadCounted{clock: record.ClockBehind(ctx)}
		if reviews {
			counted.commits, counted.err = record.Unread(ctx, person)
		}
		if conflicts != nil && counted.err == nil {
			counted.conflicts, counted.err = conflicts.Conflicts(ctx)
		}
		if uncommitted != nil {
			counted.uncommitted = uncommitted(ctx)
		}
		return counted
	}
}

// undecided lists what waits for a decision: in a merge in progress, and in the records.
func (a *App) undecided() []review.MergeConflict {
	found := disputes(a.picture.Board)
	if len(a.conflicts) == 0 {
		return found // shared by all who look at the board
	}
	return slices.Concat(a.conflicts, found)
}

// disputesOf is the key of what is in dispute on a board.
type disputesOf struct{}

func disputes(board *model.Board) []review.MergeConflict {
	return model.Once(board, disputesOf{}, func() []review.MergeConflict { return review.Disputes(board.Campaign) })
}

// decides is how much in the records waits for a decision of this person.
func (a *App) decides() int {
	campaign, n := a.picture.Board.Campaign, 0
	for _, dispute := range disputes(a.picture.Board) {
		if review.MaySettle(campaign, a.frame.Person, &dispute) == nil {
			n++
		}
	}
	return n
}

func (a *App) unreadCounted(message unreadCounted) tea.Cmd {
	a.counting.underWay = false
	a.clock, a.frame.Uncounted = message.clock, message.err
	a.frame.ByHand = message.uncommitted
	if message.err == nil {
		a.conflicts = message.conflicts
		if !a.past.shown() {
			a.frame.Open = a.undecided()
		}
		a.frame.Unread = make(map[string]bool, len(message.commits))
		for _, commit := range message.commits {
			a.frame.Unread[commit] = true
		}
	}
	if a.counting.again {
		a.counting.again = false
		return a.countUnread()
	}
	return nil
}

// reviewed answers the key that marks changes as reviewed.
func (a *App) reviewed(message event.Reviewed) tea.Cmd {
	if message.Err != nil {
		return a.frame.Refused(message.Err)
	}
	w := a.frame.Words
	words := w.T("reviewed up to %s", message.Commit) + " · " +
		w.T("%s again takes it back", a.frame.Keys.Reviewed.Help().Key)
	switch {
	case message.Back && message.Commit == "":
		words = w.T("nothing is marked as reviewed any more")
	case message.Back:
		words = w.T("the mark is back at %s", message.Commit)
	}
	a.notice = event.Noticed{Kind: event.Success, Text: words}
	return a.countUnread()
}

// settled answers the decision of a conflict.
func (a *App) settled(message event.Settled) tea.Cmd {
	w := a.frame.Words
	told := a.everyTab(message)
	if message.Err != nil {
		return tea.Batch(told, a.frame.Refused(message.Err), a.countUnread())
	}
	resolved := message.Resolved
	words := w.T("decided")
	switch {
	case resolved.Left > 0:
		words = w.Count(resolved.Left, "decided; %d entry is left", "decided; %d entries are left")
	case resolved.Hash != "" && resolved.Resolution.Conflict.Aside:
		words = w.T("the version that was set aside is back, saved %s; `tiendo sync` sends it", resolved.Hash)
	case resolved.Hash != "":
		words = w.T("decided; the two sides are joined: %s", resolved.Hash)
	case !resolved.Pending.IsZero():
		words = w.T("decided; the commit is pending: %s", resolved.Pending)
	}
	a.notice = event.Noticed{Kind: event.Success, Text: words}
	ctx, data := a.frame.Context, a.options.Data
	return tea.Batch(told, func() tea.Msg {
		data.Refresh(ctx)
		return decided{data.Picture()}
	})
}

// decided is the picture after a conflict was settled.
type decided struct{ picture live.Picture }

func (a *App) decided(message decided) tea.Cmd {
	a.take(message.picture)
	return a.countUnread()
}

// wake lets the open tab read what it has to show.
func (a *App) wake() tea.Cmd {
	waker, ok := a.tabs[a.open].(interface{ Wake(f *frame.Frame) tea.Cmd })
	if !ok {
		return nil
	}
	a.tabs[a.open].Settle(&a.frame)
	return waker.Wake(&a.frame)
}
