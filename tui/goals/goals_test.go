package goals

import (
	"strings"
	"testing"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/frame/frametest"
)

// Every aim and requirement is there as printed, in both languages.
func TestGoalsAreShown(t *testing.T) {
	for _, language := range []phrase.Language{phrase.Vietnamese, phrase.English} {
		f, _ := frametest.New(t, language, frametest.Lan())
		tab := New()
		tab.Settle(f)
		shown := tab.View(f, 160, 30)
		for _, row := range f.Board.Goals {
			if begin := string([]rune(row.Goal.Text)[:40]); !strings.Contains(shown, begin) {
				t.Errorf("%s: not shown: %s\n%s", language, begin, shown)
			}
		}
	}
}

// Filters hide goals; the cursor stays on one that is shown, and Enter opens it.
func TestGoalUnderTheCursor(t *testing.T) {
	f, _ := frametest.New(t, phrase.English, frametest.Lan())
	tab := New()
	tab.Settle(f)
	first := tab.list.Current()
	tab.Update(frametest.Key("down"), f)
	if second := tab.list.Current(); second == first || second == "" {
		t.Fatalf("the cursor is on %q, and was on %q", second, first)
	}
	tab.Update(frametest.Key("enter"), f)
	if !tab.list.Opened() {
		t.Error("Enter opens nothing")
	}
	f.Show = frame.ShowMine // of a person without a unit nothing is theirs
	tab.Settle(f)
	if rows, _ := tab.rows(f); len(rows) > 0 && tab.list.Current() == "" {
		t.Errorf("rows are shown, and the cursor is on none: %v", rows)
	}
}
