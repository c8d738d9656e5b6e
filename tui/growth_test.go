package tui_test

import (
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"testing/fstest"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"example.org/tiendo/model/choices"
	"example.org/tiendo/model/demo"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui"
	"example.org/tiendo/tui/lang"
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
		for _, tab := range []string{"1", "2", "3", "v", "v", "4", "6"} {
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

// Sessions share what is as long as the roster: what a further one takes does not grow with the number of units. Work is
// counted by the bytes that are allocated.
func TestAFurtherSessionCostsTheSameAtEverySize(t *testing.T) {
	steps := []string{"down", "v", "down", "v", "down", "1", "2", "3", "4", "v", "down", "right", "v", "6", "end", "up"}
	cost := func(units int) []uint64 {
		costs := make([]uint64, len(steps)+1)
		first := openWith(t, setting{language: phrase.Vietnamese, today: inTheCampaign, colours: termenv.ANSI,
			files: demoOf(t, units), view: choices.ToDo})
		for session := range 5 {
			d := &dashboard{t: t, data: first.data, with: first.with}
			var memory runtime.MemStats
			for i := range costs {
				runtime.ReadMemStats(&memory)
				before := memory.TotalAlloc
				if i == 0 {
					d.app = tui.New(d.with)
					d.size(200, 60)
				} else {
					d.press(steps[i-1])
				}
				_ = d.app.View()
				runtime.ReadMemStats(&memory)
				if session > 0 { // the first works it out for all
					costs[i] += memory.TotalAlloc - before
				}
			}
		}
		return costs
	}
	few, many := cost(700), cost(2100)
	for i, at := range append([]string{"the start"}, steps...) {
		if many[i] > few[i]*12/10 {
			t.Errorf("%s (%d): %d bytes at 700 units, %d at 2,100", at, i, few[i], many[i])
		}
	}
}

// Sessions that look at one board at once see what each would see alone, whoever looks and in whichever language.
func TestSessionsShareABoardAtOnce(t *testing.T) {
	keys := []string{"down", "right", "/", "9", "enter", "1", "2", "3", "esc", "v", "down", "!", "v", "v", "4", "v", "down", "v",
		"/", "a", "enter", "v", "6", "end"}
	files := demoOf(t, 300)
	made := func() *dashboard {
		return openWith(t, setting{language: phrase.Vietnamese, today: inTheCampaign, colours: termenv.ANSI, files: files})
	}
	walk := func(of *dashboard, person string, language phrase.Language) (seen []string) {
		with := of.with
		with.Person, with.Words = *with.Data.Picture().Roster.Person(person), lang.In(language)
		with.View = choices.ToDo
		d := &dashboard{t: t, app: tui.New(with)}
		d.size(200, 60)
		for _, key := range keys {
			d.press(key)
			seen = append(seen, d.app.View())
		}
		return seen
	}
	shared := made()
	var all sync.WaitGroup
	for _, person := range []string{"lan", "hang", "quang"} {
		for _, language := range []phrase.Language{phrase.Vietnamese, phrase.English} {
			alone := walk(made(), person, language)
			for range 3 {
				all.Go(func() {
					for i, view := range walk(shared, person, language) {
						if view != alone[i] {
							t.Errorf("%s in %s after %q:\n%s\nwant\n%s", person, language, keys[:i+1], view, alone[i])
							return
						}
					}
				})
			}
		}
	}
	all.Wait()
}
