package serve

import (
	"reflect"
	"sync/atomic"

	tea "github.com/charmbracelet/bubbletea"
)

// redraw asks the program for a picture.
type redraw struct{}

// guard stands between Bubble Tea and the root model of a session. It keeps panics from Bubble Tea, which
// would write them to the server's own output, and hands the pictures to the session's screen.
type guard struct {
	root   tea.Model
	window Window // as the model was told last
	screen *screen
	// survived is given what recover returned; it logs a panic, ends the session and returns true.
	survived func(value any) bool
	broken   atomic.Bool // the model has panicked and is not asked again
}

// Init tells the model the size of its window too, so that the first picture is whole.
func (g *guard) Init() tea.Cmd {
	_, command := g.try(func() tea.Cmd {
		first := g.root.Init()
		root, second := g.root.Update(tea.WindowSizeMsg{Width: g.window.Width, Height: g.window.Height})
		g.root = root
		return tea.Batch(first, second)
	})
	return command
}

// Update passes a message on.
func (g *guard) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case redraw:
		return g, nil
	case tea.WindowSizeMsg:
		g.window = Window{msg.Width, msg.Height}
	}
	switch msg {
	case tea.EnableMouseCellMotion():
		g.screen.send(mouseOn)
	case tea.DisableMouse():
		g.screen.send(mouseOff)
	case tea.ClearScreen():
		g.screen.repaint()
	}
	return g.try(func() tea.Cmd {
		root, command := g.root.Update(msg)
		g.root = root
		return command
	})
}

// View hands the picture to the screen, if it can take one now; if not, it will ask for it. To Bubble Tea
// there is nothing to show.
func (g *guard) View() string {
	if !g.screen.wants() {
		return ""
	}
	picture := g.picture()
	g.screen.show(picture, g.window)
	return ""
}

func (g *guard) picture() string {
	if g.broken.Load() {
		return ""
	}
	defer func() {
		if g.survived(recover()) {
			g.broken.Store(true)
		}
	}()
	return g.root.View()
}

// try calls the model and guards the command that it returns.
func (g *guard) try(call func() tea.Cmd) (model tea.Model, command tea.Cmd) {
	if g.broken.Load() {
		return g, nil
	}
	defer func() {
		if g.survived(recover()) {
			g.broken.Store(true)
			model, command = g, nil
		}
	}()
	return g, g.guarded(call())
}

// guarded makes a command that cannot panic.
func (g *guard) guarded(command tea.Cmd) tea.Cmd {
	if command == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if g.survived(recover()) {
				g.broken.Store(true)
				msg = nil
			}
		}()
		return g.guardedInside(command())
	}
}

// guardedInside guards the commands that a message holds: those of tea.Batch, and of tea.Sequence, whose type
// is not exported.
func (g *guard) guardedInside(msg tea.Msg) tea.Msg {
	held := reflect.ValueOf(msg)
	if held.Kind() != reflect.Slice || held.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
		return msg
	}
	guarded := reflect.MakeSlice(held.Type(), held.Len(), held.Len())
	for i := range held.Len() {
		command, _ := reflect.TypeAssert[tea.Cmd](held.Index(i))
		guarded.Index(i).Set(reflect.ValueOf(g.guarded(command)))
	}
	return guarded.Interface()
}
