package tui_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/muesli/termenv"

	"example.org/tiendo/model/phrase"
)

// withoutMessages takes the messages out of the plan.
func withoutMessages(t testing.TB) func(dir string) {
	return func(dir string) {
		path := filepath.Join(dir, "plan.toml")
		plan, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		plan = regexp.MustCompile(`(?m)^\[\[message\]\]\n(.+\n)+`).ReplaceAll(plan, nil)
		if err := os.WriteFile(path, plan, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// A tab that the plan has no use for is left out, the others keep their numbers, and its key says so.
func TestTabWithoutUse(t *testing.T) {
	d := openWith(t, setting{language: phrase.English, today: inTheCampaign, colours: termenv.Ascii,
		prepare: withoutMessages(t)})
	for _, size := range [][2]int{{80, 24}, {120, 40}, {50, 14}} {
		d.size(size[0], size[1])
		d.shows("[3 Activities]")
		d.lacks("2 Messages")
		d.press("2")
		d.shows("[3 Activities]", "this plan has no messages")
	}
	d.size(80, 24)
	d.shows("1 Goals", "4 Reporting", "5 Changes")
	d.press("1", "tab")
	d.shows("[3 Activities]")
	d.press("?")
	d.shows("Messages (not now)")
	d.press("esc")
	d.press("shift+tab")
	d.shows("[1 Goals]")
}
