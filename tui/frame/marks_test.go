package frame_test

import (
	"testing"

	"example.org/tiendo/tui/frame"
)

// A range goes from what was marked last, in the order that is shown, either way, and passes over headings.
func TestMarks(t *testing.T) {
	shown := []string{"", "a", "b", "", "c", "d"}
	var marks frame.Marks
	has := func(want ...string) {
		t.Helper()
		if marks.Len() != len(want) || marks.Any() != (len(want) > 0) {
			t.Errorf("%d are marked, want %v", marks.Len(), want)
		}
		for _, id := range want {
			if !marks.Has(id) {
				t.Errorf("%s is not marked, want %v", id, want)
			}
		}
	}
	marks.Toggle("")
	has()
	marks.Reach(shown, "c") // from nowhere: it alone
	has("c")
	marks.Reach(shown, "a")
	has("a", "b", "c")
	marks.Toggle("b")
	has("a", "c")
	marks.Toggle("d")
	marks.Toggle("d")
	marks.Reach(shown, "b") // what was marked last is not any more
	has("a", "b", "c")
	marks.Reach(shown, "gone")
	has("a", "b", "c", "gone") // the row under the cursor, whatever is shown
	marks.Clear()
	has()
}
