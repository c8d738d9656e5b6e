package tui_test

import (
	"errors"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model/phrase"
)

// ownEditor is an editor that writes what it is told to.
func ownEditor(given *string, writes string, fails error) func(string, func(string, error) tea.Msg) tea.Cmd {
	return func(text string, closed func(string, error) tea.Msg) tea.Cmd {
		*given = text
		return func() tea.Msg { return closed(writes, fails) }
	}
}

// Ctrl+O in a long text opens the person's own editor; what comes back is cleaned, and saved only by the form's own key.
func TestALongTextInTheOwnEditor(t *testing.T) {
	given := ""
	d := openDemo(t, setting{language: phrase.English,
		editText: ownEditor(&given, "Kết quả\x1b[31m mới\r\nti\u0302eng\u202e Vie\u0323\u0302t\n\n", nil)})
	d.size(100, 30)
	d.press("4", "down", "e")
	d.shows("Ctrl+O open in your editor")
	d.press("cũ", "ctrl+o")
	if given != "cũ" {
		t.Errorf("the editor was given %q", given)
	}
	d.shows("┌ Kết quả", "│ tîeng Việt")
	d.press("ctrl+s")
	d.holds("progress/thanh-tra.toml", "mới\ntîeng Việt")

	d = openDemo(t, setting{language: phrase.English, editText: ownEditor(&given, "lost", errors.New("it broke"))})
	d.size(100, 30)
	d.press("4", "down", "e", "cũ", "ctrl+o")
	d.shows("it broke", "┌ cũ")

	long := strings.Repeat("dài ", 10000) // more than the field takes from keys
	d = openDemo(t, setting{language: phrase.English, editText: ownEditor(&given, long+"HẾT", nil)})
	d.size(100, 30)
	d.press("4", "down", "e", "ctrl+o")
	d.shows("40003 characters, at most", "HẾT")
	d.press("ctrl+s")
	d.lacks("saved:")

	d = openDemo(t, setting{language: phrase.English}) // over SSH
	d.size(100, 30)
	d.press("4", "down", "e")
	d.lacks("Ctrl+O")
	d.press("ctrl+o")
	d.shows("only where the program runs on your own machine")
}

// A box grows with its text, as far as the screen has room, and is as small as before when the text is gone.
func TestABoxGrowsWithItsText(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(80, 40)
	d.press("4", "down", "e")
	lines := func() int {
		n := 0
		for line := range strings.SplitSeq(bare(d.app.View()), "\n") {
			if strings.Contains(line, "│") {
				n++
			}
		}
		return n
	}
	before := lines()
	for range 9 {
		d.press("dòng", "enter")
	}
	if after := lines(); after < before+4 {
		t.Errorf("%d lines of text are shown, before %d:\n%s", after, before, bare(d.app.View()))
	}
	for range 9 * 5 {
		d.press("backspace")
	}
	if after := lines(); after != before {
		t.Errorf("%d lines of text are shown, before %d:\n%s", after, before, bare(d.app.View()))
	}
}
