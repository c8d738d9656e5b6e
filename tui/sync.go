package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/live"
)

// syncStepped is a step of an exchange that goes on; more brings the next one.
type syncStepped struct {
	step phrase.Sentence
	more <-chan phrase.Sentence
}

// synced answers an exchange with the remote, with what the files hold after it.
type synced struct {
	result  review.SyncResult
	err     error
	picture live.Picture
}

// synchronise exchanges changes with the remote, beside the screen.
func (a *App) synchronise() tea.Cmd {
	w := a.frame.Words
	if a.syncing {
		a.notice = event.Noticed{Kind: event.Info, Text: w.T("a sync is still running")}
		return nil
	}
	if err := a.frame.Board.Campaign.CheckPresent(); err != nil {
		return a.frame.Refused(err)
	}
	a.syncing = true
	a.notice = event.Noticed{Kind: event.Info, Text: w.T("syncing with the remote…")}
	ctx, exchange, data := a.frame.Context, a.options.Sync, a.options.Data
	const room = 8 // more steps than one exchange has between two pictures
	steps := make(chan phrase.Sentence, room)
	run := func() tea.Msg {
		defer close(steps)
		result, err := exchange(ctx, func(step phrase.Sentence) {
			select {
			case steps <- step:
			default: // nobody has looked at the last ones yet
			}
		})
		data.Refresh(ctx)
		return synced{result, err, data.Picture()}
	}
	return tea.Batch(run, nextStep(steps))
}

// nextStep waits for a step.
func nextStep(steps <-chan phrase.Sentence) tea.Cmd {
	return func() tea.Msg {
		step, goesOn := <-steps
		if !goesOn {
			return nil
		}
		return syncStepped{step, steps}
	}
}

// syncStepped says a step in the footer.
func (a *App) syncStepped(message syncStepped) tea.Cmd {
	if a.syncing {
		a.notice = event.Noticed{Kind: event.Info, Text: a.frame.Words.T("%s…", message.step)}
	}
	return nextStep(message.more)
}

// synced says how the exchange went.
func (a *App) synced(message synced) tea.Cmd {
	a.syncing = false
	a.take(message.picture)
	w, result := a.frame.Words, message.result
	switch {
	case message.err != nil:
		text := w.Error(message.err)
		if result.Exchanged() {
			text = w.Say(result.Sentence()) + " · " + text
		}
		if result.Waiting > 0 {
			text += " · " + w.Count(result.Waiting, "%d change waits to be sent", "%d changes wait to be sent")
		}
		if hint := phrase.HintOf(message.err); !hint.IsZero() {
			text += " · " + w.Say(hint)
		}
		a.notice = event.Noticed{Kind: event.Failure, Text: text}
	case len(result.Notices) > 0:
		a.notice = event.Noticed{Kind: event.Warning, Text: w.Say(result.Sentence()) + " · " + w.Say(result.Notices[0])}
	default:
		a.notice = event.Noticed{Kind: event.Success, Text: w.Say(result.Sentence())}
	}
	return tea.Batch(a.countUnread(), a.wake())
}
