package activities

import (
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/frame/frametest"
)

// The space bar takes an activity of one's own unit one status further; of another unit it changes nothing.
func TestSpaceChangesTheStatus(t *testing.T) {
	for unit, want := range map[string]int{"van-phong": 1, "thanh-tra": 0} {
		f, made := frametest.New(t, phrase.English, frametest.Hoa(unit))
		f.Unit = "van-phong"
		tab := New("")
		tab.checklist, tab.decided = true, true
		tab.Settle(f)
		if command := tab.Update(frametest.Key(" "), f); command != nil {
			tab.Update(command(), f)
		}
		for _, change := range *made {
			if entry := model.As[model.Entry](change.New); change.Unit != unit || entry.Status != model.Doing {
				t.Errorf("%s: %+v", unit, change)
			}
		}
		if len(*made) != want {
			t.Errorf("%s: %d changes, want %d\n%s", unit, len(*made), want, tab.View(f, 80, 20))
		}
	}
}
