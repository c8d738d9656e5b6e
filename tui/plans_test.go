package tui_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
)

// otherPlans are plans of other offices, each with the day on which it is looked at and the keys to its screens.
var otherPlans = map[string]struct {
	today calendar.Day
	shots map[string][]string
}{
	"chuyen-de": {calendar.Date(2026, 7, 6), map[string][]string{
		"matrix": {"3", "down"}, "checklist": {"3", "v"}, "detail": {"3", "v", "down", "enter"}, "goals": {"1"},
		"reports": {"4", "down"}}},
	"hang-thang": {calendar.Date(2026, 5, 12), map[string][]string{
		"matrix": {"3"}, "checklist": {"3", "v"}, "form": {"3", "v", "e", "tab"}, "reports": {"4", "down"}}},
	"su-kien": {calendar.Date(2026, 8, 13), map[string][]string{
		"matrix": {"3"}, "checklist": {"3", "v"}, "no-messages": {"2"}, "no-goals": {"1"}, "no-reports": {"4"}}},
}

// The screens of plans of other shapes, in both languages and at three sizes.
func TestOtherPlans(t *testing.T) {
	for name, plan := range otherPlans {
		for screen, keys := range plan.shots {
			t.Run(name+"/"+screen, func(t *testing.T) {
				var got strings.Builder
				for _, language := range []phrase.Language{phrase.Vietnamese, phrase.English} {
					for _, size := range [][2]int{{80, 24}, {120, 40}, {50, 14}} {
						d := openWith(t, setting{language: language, today: plan.today, colours: termenv.Ascii,
							files: os.DirFS(filepath.Join("testdata", "plans", name))})
						d.size(size[0], size[1])
						d.press(keys...)
						fmt.Fprintf(&got, "== %s %d×%d\n%s\n", language, size[0], size[1], bare(d.app.View()))
					}
				}
				compare(t, filepath.Join("testdata", "golden", "plans", name+"-"+screen+".txt"), got.String())
			})
		}
	}
}
