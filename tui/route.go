package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/tui/event"
)

// Update routes one message. What no kind below knows is for the tabs.
func (a *App) Update(message tea.Msg) (tea.Model, tea.Cmd) {
	command := route(a, message)
	return a, tea.Batch(command, formClosed(a))
}

func route(a *App, message tea.Msg) tea.Cmd {
	for _, routed := range []func(*App, tea.Msg) (tea.Cmd, bool){fromTerminal, wished, written, readAgain} {
		if command, is := routed(a, message); is {
			return command
		}
	}
	return tea.Batch(a.everyTab(message), a.wake())
}

// fromTerminal takes what the person does: keys, the mouse, another size of the window.
func fromTerminal(a *App, message tea.Msg) (tea.Cmd, bool) {
	before := a.open
	switch message := message.(type) {
	case tea.WindowSizeMsg:
		return resized(a, message), true
	case tea.KeyMsg:
		return tea.Batch(a.keys(message), a.lookBack(before), readChosen(a), a.wake()), true
	case tea.MouseMsg:
		return tea.Batch(a.mouseEvent(message), a.lookBack(before), a.wake()), true
	}
	return nil, false
}

// wished takes what a tab asks of the whole screen.
func wished(a *App, message tea.Msg) (tea.Cmd, bool) {
	switch message := message.(type) {
	case event.Noticed:
		a.notice = message
	case event.Asked:
		a.question = &message
	case event.Copied:
		return a.copyText(message.Text, message.Named), true
	case event.EditorWanted:
		return a.options.EditText(message.Text, func(text string, err error) tea.Msg {
			return event.EditorClosed{Text: text, Err: err}
		}), true
	case event.EditorClosed:
		return editorClosed(a, message), true
	case event.Chosen:
		return keep(a, message.Key, message.Value), true
	case event.PlaceWanted:
		return reach(a, message), true
	case event.EditWanted:
		return a.goTo(activitiesTab, message), true
	case event.AllWanted:
		return tea.Batch(a.everyTab(message), a.frame.Changes.MakeAll(message.Changes, message.Refused...)), true
	case undoWanted:
		return a.takeBack(), true
	default:
		return nil, false
	}
	return nil, true
}

// written takes what became of a change, of a decision or of an exchange with the remote.
func written(a *App, message tea.Msg) (tea.Cmd, bool) {
	switch message := message.(type) {
	case event.Saved:
		return a.saved(message), true
	case event.SavedAll:
		return a.savedAll(message), true
	case event.Reviewed:
		return tea.Batch(a.reviewed(message), a.everyTab(message)), true
	case event.Settled:
		return a.settled(message), true
	case decided:
		return tea.Batch(a.decided(message), a.wake()), true
	case syncStepped:
		return a.syncStepped(message), true
	case synced:
		return tea.Batch(a.synced(message), a.everyTab(message)), true
	}
	return nil, false
}

// readAgain takes what was read: newer pictures, earlier days, and what the history says.
func readAgain(a *App, message tea.Msg) (tea.Cmd, bool) {
	switch message := message.(type) {
	case reloaded:
		return reread(a, message.picture), true
	case readOne:
		a.take(message.picture)
	case followed:
		return newer(a, message.picture), true
	case unreadCounted:
		return a.unreadCounted(message), true
	case traced:
		a.traced = message
	case lookedBack:
		a.lookingBack = false
		a.frame.BurnUp = message.days
	case wentBack:
		a.wentBack(message)
		return tea.Batch(a.everyTab(message), a.wake()), true
	default:
		return nil, false
	}
	return nil, true
}

// goTo opens a tab, with what it is asked to show.
func (a *App) goTo(tab int, wanted tea.Msg) tea.Cmd {
	before := a.open
	openTab(a, tab)
	return tea.Batch(a.everyTab(wanted), a.lookBack(before))
}

// editorClosed gives what the editor has made of a text to the form that asked for it. The editor has left the terminal
// without the mouse.
func editorClosed(a *App, message event.EditorClosed) tea.Cmd {
	command := a.everyTab(message)
	if a.mouse {
		command = tea.Batch(command, tea.EnableMouseCellMotion)
	}
	return command
}
