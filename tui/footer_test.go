package tui_test

import (
	"strings"
	"testing"

	"example.org/tiendo/model/phrase"
)

// The footer names first what is done every day, then what looks after all units, at last what changes the plan; the
// same on every tab.
func TestHintsInOrder(t *testing.T) {
	order := []string{"  / find", "  u undo", "  E edit the plan", "  + add to the plan"}
	for _, person := range []string{"lan", "hang"} {
		for _, keys := range []string{"1", "2", "3", "3v", "4", "4v", "5", "6"} {
			d := openDemo(t, setting{language: phrase.English, person: person, record: newRecord(t)})
			d.size(300, 40)
			d.press(strings.Split(keys, "")...)
			lines := strings.Split(bare(d.app.View()), "\n")
			foot, before := lines[len(lines)-1], 0
			for _, hint := range order {
				at := strings.Index(foot, hint)
				if at >= 0 && at < before {
					t.Errorf("%s at %s: %q comes too early: %s", person, keys, hint, foot)
				}
				before = max(before, at)
			}
			if own := strings.Index(foot, order[0]); own == 0 || !strings.HasSuffix(strings.TrimSpace(foot), "? keys") {
				t.Errorf("%s at %s: %s", person, keys, foot)
			}
		}
	}
}

// An answer leaves the keys beside it, as far as there is room.
func TestAnAnswerLeavesTheKeys(t *testing.T) {
	for width, want := range map[int]string{80: "u undo  ? keys", 120: "e edit"} {
		d := openDemo(t, setting{language: phrase.English})
		d.size(width, 30)
		d.press("3", "down", "right", "right", "right", " ")
		d.shows("saved: Thanh tra Sở: done", want)
	}
	d := openDemo(t, setting{language: phrase.English})
	d.size(120, 30)
	d.press("3", "x")
	d.shows("the key x does nothing here", "v checklist", "? keys")
}
