package tui

import (
	"context"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/frame"
)

// counting is whether the unread changes are being counted, and whether there
// may be more since. There is one count at a time, however fast changes come.
type counting struct{ underWay, again bool }

// unreadCounted is what the person has still to review.
type unreadCounted struct {
	commits []string
	err     error
}

// unreadCount is how many changes are unread; beyond two digits it does not matter.
func unreadCount(n int) string {
	if n > 99 {
		return "99+"
	}
	return strconv.Itoa(n)
}

// countUnread counts for those who review.
func (a *App) countUnread() tea.Cmd {
	record, person := a.options.Record, a.frame.Person
	if record == nil || a.picture.Board.Campaign.MayReview(person) != nil {
		a.frame.Unread = nil
		return nil
	}
	if a.counting.underWay {
		a.counting.again = true
		return nil
	}
	a.counting.underWay = true
	return func() tea.Msg {
		commits, err := record.Unread(context.Background(), person)
		return unreadCounted{commits, err}
	}
}

func (a *App) unreadCounted(message unreadCounted) tea.Cmd {
	a.counting.underWay = false
	if message.err == nil {
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
	a.notice = event.Noticed{Kind: event.Success, Text: a.frame.Words.T("reviewed up to %s", message.Commit)}
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
