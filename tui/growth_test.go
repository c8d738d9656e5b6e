package tui_test

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"example.org/tiendo/model/demo"
	"example.org/tiendo/model/phrase"
)

// demoOf is the data folder of a made-up campaign of so many units.
func demoOf(t testing.TB, units int) fstest.MapFS {
	t.Helper()
	files, err := demo.Files(os.DirFS(".."), demo.Options{Units: units, Seed: demo.DefaultSeed})
	if err != nil {
		t.Fatal(err)
	}
	made := fstest.MapFS{}
	for name, content := range files {
		if inside, err := filepath.Rel("data", name); err == nil {
			made[inside] = &fstest.MapFile{Data: content, Mode: 0o644}
		}
	}
	return made
}

// What a key makes the program do does not grow with the number of units. Work is counted by what is allocated.
func TestAKeyCostsTheSameAtEverySize(t *testing.T) {
	few, many := openWith(t, setting{language: phrase.Vietnamese, today: inTheCampaign, colours: termenv.ANSI, files: demoOf(t, 700)}),
		openWith(t, setting{language: phrase.Vietnamese, today: inTheCampaign, colours: termenv.ANSI, files: demoOf(t, 2100)})
	for _, size := range [][2]int{{80, 24}, {200, 60}} {
		for _, tab := range []string{"1", "2", "3", "4"} {
			cost := func(d *dashboard) float64 {
				d.size(size[0], size[1])
				d.press(tab)
				return testing.AllocsPerRun(10, func() {
					for _, key := range []tea.KeyType{tea.KeyDown, tea.KeyDown, tea.KeyUp} {
						d.app.Update(tea.KeyMsg{Type: key})
						_ = d.app.View()
					}
					d.app.Update(tea.KeyMsg{Type: tea.KeyUp})
				})
			}
			if atFew, atMany := cost(few), cost(many); atMany > 1.2*atFew {
				t.Errorf("tab %s at %v: %.0f allocations at 700 units, %.0f at 2,100", tab, size, atFew, atMany)
			}
		}
	}
}
