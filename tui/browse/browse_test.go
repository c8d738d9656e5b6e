package browse

import (
	"strconv"
	"strings"
	"testing"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/frame/frametest"
)

func rowsOf(ids ...string) (rows []Row) {
	for _, id := range ids {
		rows = append(rows, Row{ID: id})
	}
	return rows
}

// The cursor stays on its id when the list changes around it, and takes the next one when that has gone.
func TestCursorStaysOnItsID(t *testing.T) {
	var b Browser
	b.Keep(rowsOf("", "a", "b", "c"))
	if b.Current() != "a" {
		t.Fatalf("it begins on %q, want the first that is no heading", b.Current())
	}
	b.Select("b")
	b.Keep(rowsOf("", "new", "a", "b", "c"))
	if b.Current() != "b" {
		t.Errorf("it went to %q with the rows above", b.Current())
	}
	b.Keep(rowsOf("", "new", "a", "c"))
	if b.Current() != "c" {
		t.Errorf("it is on %q, want what stands in the place of what has gone", b.Current())
	}
	b.Keep(nil)
	b.Keep(rowsOf("", "new", "a", "c"))
	if b.Current() != "c" {
		t.Errorf("it is on %q after everything was hidden for a moment", b.Current())
	}
}

// Of a long list only what is visible is drawn.
func TestOnlyVisibleRowsAreDrawn(t *testing.T) {
	f, _ := frametest.New(t, phrase.English, frametest.Lan())
	var b Browser
	ids := make([]string, 10000)
	for i := range ids {
		ids[i] = "id" + strconv.Itoa(i)
	}
	rows, drawn := rowsOf(ids...), 0
	content := Content{Rows: rows, Line: func(row int, _ bool, _ int) string { drawn++; return ids[row] }}
	b.Keep(rows)
	b.Update(frametest.Key("G"), f, rows)
	if shown := b.View(f, content, 80, 20); !strings.Contains(shown, "id9999") || drawn > 20 {
		t.Errorf("%d rows were drawn:\n%s", drawn, shown)
	}
}
