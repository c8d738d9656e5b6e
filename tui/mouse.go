package tui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"example.org/tiendo/model/choices"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/layout"
)

// leastDrag is over how many cells the mouse is drawn before somebody means to select text.
const leastDrag = 2

// wheelLines is how many lines of the help one step of the wheel moves.
const wheelLines = 3

// foot is the footer as it was drawn last, and the keys that it names.
type foot struct {
	top   int
	lines []string
	hints []key.Binding
}

func (a *App) switchMouse() tea.Cmd {
	a.mouse = !a.mouse
	w := a.frame.Words
	if a.mouse {
		return tea.Batch(tea.EnableMouseCellMotion, keep(a, choices.Mouse, choices.On),
			frame.Notice(event.Info, w.T("the mouse is on; hold Shift to select text")))
	}
	return tea.Batch(tea.DisableMouse, keep(a, choices.Mouse, choices.Off),
		frame.Notice(event.Info, w.T("the mouse is off; the terminal selects text again")))
}

// mouseEvent routes a click or the wheel: the keys that the footer names, the names of the tabs, then the tab below the
// header.
func (a *App) mouseEvent(message tea.MouseMsg) tea.Cmd {
	press := message.Action == tea.MouseActionPress
	left := press && message.Button == tea.MouseButtonLeft
	if left && message.Y < a.foot.top { // as a key does
		a.notice = event.Noticed{}
	}
	switch {
	case press && (message.Button == tea.MouseButtonRight || message.Button == tea.MouseButtonMiddle),
		selects(a, message):
		return frame.Notice(event.Info, a.frame.Words.T("the mouse is the program's: hold Shift to select or paste text, or "+
			"press %s", a.frame.Keys.Mouse.Help().Key))
	case left && message.Y >= a.foot.top:
		return clickFoot(a, message)
	case a.help && message.Button == tea.MouseButtonWheelUp:
		a.helpTop -= wheelLines
	case a.help && message.Button == tea.MouseButtonWheelDown:
		a.helpTop += wheelLines
	case a.help, a.conflict != nil, a.question != nil, a.filter != nil, a.day != nil:
	case left && message.Y == a.tabTop:
		return clickTab(a, message)
	case message.Y >= a.bodyTop && message.Y < a.foot.top:
		message.Y -= a.bodyTop
		return a.tabs[a.open].Update(message, &a.frame)
	}
	return nil
}

// selects reports whether somebody draws the mouse as to select text, which the terminal leaves to the program. It is
// said once for each time that the button is pressed.
func selects(a *App, message tea.MouseMsg) bool {
	switch {
	case message.Action == tea.MouseActionPress:
		a.pressed = message
	case message.Action == tea.MouseActionRelease:
		a.pressed = tea.MouseMsg{}
	case message.Button == tea.MouseButtonLeft && a.pressed.Button == tea.MouseButtonLeft &&
		max(message.X-a.pressed.X, a.pressed.X-message.X) >= leastDrag:
		a.pressed = tea.MouseMsg{}
		return true
	}
	return false
}

// clickTab opens the tab whose name was clicked. An open form is left by its own keys.
func clickTab(a *App, message tea.MouseMsg) tea.Cmd {
	if a.tabs[a.open].Capturing() {
		return frame.Notice(event.Info, a.frame.Words.T("a form is open: %s saves it, %s leaves it",
			a.frame.Keys.Save.Help().Key, a.frame.Keys.Cancel.Help().Key))
	}
	for i, end := range a.tabEnds {
		if message.X < end {
			changeTab(a, i)
			return nil
		}
	}
	return nil
}

// clickFoot presses the key whose name in the footer was clicked.
func clickFoot(a *App, message tea.MouseMsg) tea.Cmd {
	at := message.Y - a.foot.top
	if at >= len(a.foot.lines) {
		return nil
	}
	line := ansi.Strip(a.foot.lines[at])
	for _, binding := range a.foot.hints {
		before, _, named := strings.Cut(line, hint(binding))
		from := layout.Width(before)
		if named && message.X >= from && message.X < from+layout.Width(hint(binding)) {
			return a.keys(keyOf(binding.Keys()[0]))
		}
	}
	return nil
}

// keyOf is a key as a terminal sends it, by its name in a binding.
func keyOf(name string) tea.KeyMsg {
	if kind, special := map[string]tea.KeyType{
		"enter": tea.KeyEnter, "esc": tea.KeyEsc, "tab": tea.KeyTab, "shift+tab": tea.KeyShiftTab, "up": tea.KeyUp,
		"down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "ctrl+s": tea.KeyCtrlS, "ctrl+r": tea.KeyCtrlR,
		"ctrl+o": tea.KeyCtrlO, "delete": tea.KeyDelete, "home": tea.KeyHome, "f1": tea.KeyF1, "end": tea.KeyEnd,
	}[name]; special {
		return tea.KeyMsg{Type: kind}
	}
	if name == " " {
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
}
