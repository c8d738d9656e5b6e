package tui_test

import (
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"example.org/tiendo/model/choices"
	"example.org/tiendo/model/phrase"
)

// click presses the left button on the last place on the screen at which some words begin.
func (d *dashboard) click(words string) {
	d.t.Helper()
	lines := strings.Split(bare(d.app.View()), "\n")
	for y, line := range slices.Backward(lines) {
		if before, _, found := strings.Cut(line, words); found {
			d.mouse(lipgloss.Width(before), y, tea.MouseButtonLeft, tea.MouseActionPress)
			return
		}
	}
	d.t.Fatalf("there is no %q to click on:\n%s", words, bare(d.app.View()))
}

func (d *dashboard) mouse(x, y int, button tea.MouseButton, action tea.MouseAction) {
	d.update(tea.MouseMsg{X: x, Y: y, Button: button, Action: action})
}

// In a form a click goes to a field, and in a choice it chooses, where labels stand beside the fields or above them.
func TestAFormByMouse(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {50, 24}, {40, 24}} {
		d := openDemo(t, setting{language: phrase.English})
		d.size(size[0], size[1])
		d.press("3", "down", "right", "right", "right", "e")
		d.click("( ) not started")
		d.shows("(•) not started")
		d.click("( ) done")
		d.shows("(•) done")
		d.lacks("(•) not started")
		for range 3 {
			d.mouse(10, 10, tea.MouseButtonWheelDown, tea.MouseActionPress)
		}
		d.lacks("› Status")
		d.click("Ctrl+S save")
		d.shows("saved: Thanh tra Sở: done")
	}
}

// A click puts the cursor between the letters of a line, and Space-like choices of any number are taken and given back.
func TestTheCursorOfALineByMouse(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(100, 30)
	d.press("3", "down", "down", "right", "e", "tab", "1234") // behind what stands there
	row := lineWith(d, "1234")
	before, _, _ := strings.Cut(row, "234")
	for y, line := range strings.Split(bare(d.app.View()), "\n") {
		if line == row {
			d.mouse(lipgloss.Width(before), y, tea.MouseButtonLeft, tea.MouseActionPress)
		}
	}
	d.press("9")
	d.shows("19234")

	d = openDemo(t, setting{language: phrase.English})
	d.size(100, 30)
	d.press("2", "right", "down", "e")
	off := lineWith(d, "[ ]")
	name := strings.TrimSpace(strings.Split(off[strings.Index(off, "[ ]")+3:], "[")[0])
	d.click("[ ] " + name)
	d.shows("[x] " + name)
	d.click("[x] " + name)
	d.shows("[ ] " + name)
}

// The heads of columns sort: over the names the next order, over a column its own, and a second time that of the roster.
func TestHeadsSortByMouse(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(120, 40)
	d.press("4")
	d.click("Sent  ")
	d.shows("sorted: by day of submission", "Unit · by day")
	d.click("Sent  ")
	d.shows("sorted: as on the roster")
	d.click("Tasks")
	d.shows("Unit · least")
	d.click("Unit · least")
	d.shows("Unit · by day")
	d.press("3")
	for lineWith(d, "Done, all units") == "" { // the matrix is one of three views
		d.press("v")
	}
	d.size(120, 34)
	d.click("done  │")
	d.shows("sorted: least done first", "Unit · least done first")
	d.click("Thanh tra Sở") // what was said gives way to the keys, as at the next key
	d.lacks("sorted: ")
}

// What the footer names is pressed by a click: keys, the answers to a question, the way back.
func TestTheFooterByMouse(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(120, 40)
	d.press("4", "end", "up")
	d.click("a accept  ")
	d.shows("Accept the report of Công đoàn")
	d.click("n no")
	d.shows("nothing was changed")
	d.press("end", "up")
	d.click("a accept  ")
	d.click("y yes")
	d.shows("saved: ")
	d.size(80, 24)
	d.press("3", "down", "down")
	d.click("e edit")
	d.shows("Edit · ")
	d.click("[3 Activities]") // an open form is left by its own keys
	d.shows("a form is open: Ctrl+S saves it, Esc leaves it")
	d.click("Esc leave")
	d.lacks("Edit · ")
	d.click("? keys")
	d.shows("Moving")
	top := lineWith(d, "On this tab")
	d.mouse(10, 10, tea.MouseButtonWheelDown, tea.MouseActionPress)
	d.lacks(top)
}

// Who draws the mouse over text, or presses its right button, is told how text is selected while the mouse is the
// program's; the choice of M is kept.
func TestSelectingIsExplained(t *testing.T) {
	var kept []string
	d := openDemo(t, setting{language: phrase.English, keep: func(key choices.Key, value string) error {
		kept = append(kept, string(key)+"="+value)
		return nil
	}})
	d.size(100, 30)
	const explained = "hold Shift to select or paste text, or press M"
	d.mouse(10, 10, tea.MouseButtonLeft, tea.MouseActionPress)
	d.mouse(11, 10, tea.MouseButtonLeft, tea.MouseActionMotion) // a hand that shakes
	d.mouse(11, 10, tea.MouseButtonNone, tea.MouseActionRelease)
	d.lacks(explained)
	d.mouse(10, 10, tea.MouseButtonLeft, tea.MouseActionPress)
	d.mouse(13, 10, tea.MouseButtonLeft, tea.MouseActionMotion)
	d.shows(explained)
	d.press("down")
	d.lacks(explained)
	d.mouse(5, 5, tea.MouseButtonRight, tea.MouseActionPress)
	d.shows(explained)
	d.press("M", "M")
	if len(kept) != 2 || kept[0] == kept[1] || !strings.HasPrefix(kept[0], "mouse=") {
		t.Errorf("kept %q", kept)
	}
}
