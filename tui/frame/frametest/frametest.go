// Package frametest makes the frame that tests of tabs, and of what they are built from, are given: over the plan as
// issued, without colours, and with changes that are noted and not written.
package frametest

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/store"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/keys"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/theme"
)

// Hoa is of the staff of a unit.
func Hoa(unit string) model.Person {
	return model.Person{ID: "hoa", Name: "Hoa", Role: model.Staff, Unit: unit}
}

// Lan coordinates.
func Lan() model.Person { return model.Person{ID: "lan", Name: "Lan", Role: model.Coordinator} }

// Made are the changes that were asked for.
type Made []model.Change

// Apply notes a change, as if it had been written.
func (m *Made) Apply(_ context.Context, change model.Change) (model.Receipt, error) {
	*m = append(*m, change)
	return model.Receipt{Change: change, Value: change.New}, nil
}

// Key is a key as a terminal sends it.
func Key(name string) tea.KeyMsg {
	for of, is := range map[string]tea.KeyType{
		"enter": tea.KeyEnter, "esc": tea.KeyEsc, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft,
		"right": tea.KeyRight, "tab": tea.KeyTab, "ctrl+s": tea.KeyCtrlS, " ": tea.KeySpace,
	} {
		if of == name {
			return tea.KeyMsg{Type: is, Runes: []rune(strings.Repeat(" ", strings.Count(name, " ")))}
		}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
}

// New makes a frame for a person, on a day of the campaign. Tests run two folders below that of the plan.
func New(tb testing.TB, language phrase.Language, person model.Person) (*frame.Frame, *Made) {
	tb.Helper()
	data, err := store.Open(filepath.Join("..", "..", "data"), store.Options{Shown: "data"})
	if err != nil {
		tb.Fatal(err)
	}
	campaign, err := data.Load(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	made, words := &Made{}, lang.In(language)
	return &frame.Frame{
		Context: tb.Context(), Board: model.NewBoard(campaign, calendar.Date(2019, 12, 10)),
		Person: person, Words: words, Keys: keys.New(words),
		Styles: theme.New(lipgloss.NewRenderer(io.Discard), theme.AnyGround), Signs: theme.NewSigns(false),
		Changes: frame.NewChanges(tb.Context(), made),
	}, made
}
