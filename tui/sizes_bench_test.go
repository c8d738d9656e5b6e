package tui_test

import (
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/store"
	"example.org/tiendo/model/text"
)

// manyUnits is how many units the large campaigns have that are measured: 1,000, or as many as SIZES_UNITS says.
func manyUnits() int {
	if wanted, err := strconv.Atoi(os.Getenv("SIZES_UNITS")); err == nil {
		return wanted
	}
	return 1000
}

func sized(b *testing.B, units int) *dashboard {
	b.Helper()
	return openWith(b, setting{language: phrase.Vietnamese, today: inTheCampaign, colours: termenv.ANSI, files: demoOf(b, units)})
}

// The promise: with many units a key takes as long as with 100, in 99 of 100 cases at most 1.2 times.
func BenchmarkSizesKey(b *testing.B) {
	boards := []*dashboard{sized(b, 100), sized(b, manyUnits())}
	for _, size := range [][2]int{{80, 24}, {200, 60}} {
		b.Run(strconv.Itoa(size[0])+"x"+strconv.Itoa(size[1]), func(b *testing.B) {
			times := make([][]time.Duration, len(boards))
			for _, d := range boards {
				d.size(size[0], size[1])
				d.press("3")
			}
			runtime.GC()
			for b.Loop() {
				for i := range 400 {
					key := tea.KeyMsg{Type: [2]tea.KeyType{tea.KeyDown, tea.KeyUp}[i/50%2]}
					for at, d := range boards {
						began := time.Now()
						d.app.Update(key)
						_ = d.app.View()
						times[at] = append(times[at], time.Since(began))
					}
				}
			}
			at := func(board, percent int) float64 {
				slices.Sort(times[board])
				return float64(times[board][len(times[board])*percent/100].Microseconds()) / 1000
			}
			b.ReportMetric(at(1, 99), "ms-p99")
			b.ReportMetric(at(1, 99)/at(0, 99), "p99×100units")
			b.ReportMetric(at(1, 50)/at(0, 50), "p50×100units")
		})
	}
}

// The promise: what a letter typed into the filter takes, but for the drawing, is at most 3 times one pass over the
// same names.
func BenchmarkSizesFilter(b *testing.B) {
	d := sized(b, manyUnits())
	d.size(80, 24)
	d.press("3")
	var names []string
	campaign, err := d.store.Load(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	for _, unit := range campaign.Roster.Units {
		names = append(names, text.Fold(unit.Name+" "+unit.Short))
	}
	d.press("/", "d") // what is searched is made now
	d.press("esc", "esc")
	typed, drawn, pass := time.Hour, time.Hour, time.Hour
	for b.Loop() {
		for range 20 {
			d.press("/")
			_ = d.app.View()
			began := time.Now()
			d.app.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("9")})
			_ = d.app.View() // the rows are chosen here
			typed = min(typed, time.Since(began))
			began = time.Now()
			_ = d.app.View() // they are drawn again
			drawn = min(drawn, time.Since(began))
			d.press("esc", "esc")
			began, found := time.Now(), 0
			for _, name := range names {
				if strings.Contains(name, "9") {
					found++
				}
			}
			pass = min(pass, time.Since(began))
			if found == 0 {
				b.Fatal("no name has a 9")
			}
		}
	}
	ours := typed - drawn
	b.ReportMetric(float64(ours)/float64(pass), "×pass")
	b.ReportMetric(float64(ours.Microseconds())/1000, "ms")
}

// The promises: what is held of all files is at most 4 times as many bytes as they have, and a change of one record
// makes a board anew in a small part of the time.
func BenchmarkSizesBoard(b *testing.B) {
	dir, bytes := b.TempDir(), 0
	files := demoOf(b, manyUnits())
	if err := os.CopyFS(dir, files); err != nil {
		b.Fatal(err)
	}
	for _, file := range files {
		bytes += len(file.Data)
	}
	held := func() int64 {
		runtime.GC()
		var memory runtime.MemStats
		runtime.ReadMemStats(&memory)
		return int64(memory.HeapAlloc)
	}
	before := held()
	opened, err := store.Open(dir, store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	campaign, err := opened.Load(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	board := model.NewBoard(campaign, inTheCampaign)
	b.ReportMetric(float64(held()-before)/float64(bytes), "memory×files")
	anew, after := time.Hour, time.Hour
	for b.Loop() {
		began := time.Now()
		model.NewBoard(campaign, inTheCampaign)
		anew = min(anew, time.Since(began))
		began = time.Now()
		board = board.After(campaign, inTheCampaign)
		after = min(after, time.Since(began))
	}
	b.ReportMetric(float64(held()-before)/float64(bytes), "memory×files")
	b.ReportMetric(float64(after)/float64(anew), "change×anew")
	runtime.KeepAlive(board)
}
