//go:build unix

package endtoend

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// click presses and lets go the left button where some words begin on the screen, as a terminal tells it (SGR).
func (w *tmux) click(words string) {
	w.t.Helper()
	lines := strings.Split(w.shows(words), "\n")
	for y, line := range lines {
		if before, _, found := strings.Cut(line, words); found {
			at := fmt.Sprintf("0;%d;%d", ansi.StringWidth(before)+1, y+1)
			w.run("send-keys", "-l", "\x1b[<"+at+"M\x1b[<"+at+"m")
			return
		}
	}
}

// An activity is ticked and its record committed by the mouse alone: tab, unit, choice and footer. M gives the mouse back
// to the terminal, and the next start leaves it there.
func TestTickByMouseInTmux(t *testing.T) {
	o, w := demo(t, "en", 120, 40)
	w.shows("[3 Activities]")
	if on := w.asks("#{mouse_any_flag}#{mouse_sgr_flag}"); on != "11" {
		t.Errorf("the mouse is asked for as %s", on)
	}
	w.click("4 Reporting")
	w.shows("[4 Reporting]", "still missing") // what comes with the history moves the list
	w.click("Tasks")
	w.shows("Unit · least")
	w.click("3 Activities")
	w.shows("[3 Activities]")
	w.click("Thanh tra Sở")
	w.shows("› Thanh tra Sở")
	w.click("e edit")
	w.click("( ) in progress")
	w.shows("(•) in progress")
	w.click("Ctrl+S save")
	w.shows("saved ")
	if subject := o.git("log", "-1", "--format=%s"); !strings.HasPrefix(subject, "thanh-tra: ") {
		t.Errorf("the last commit is %s", subject)
	}
	o.clean()

	w.press("M")
	w.shows("the mouse is off")
	w.press("q")
	until(t, "the choice", func() bool {
		kept, _ := os.ReadFile(filepath.Join(o.home, ".config", "tiendo", "config.toml"))
		return strings.Contains(string(kept), "mouse = false")
	}, w.screen)
	again := inTmux(t, o.dir, o.home, "tmux-256color", 120, 40, []string{"TIENDO_LANG=en"}, tiendo(t))
	again.shows("[3 Activities]")
	if on := again.asks("#{mouse_any_flag}"); on != "0" {
		t.Errorf("at the next start the mouse is asked for as %s", on)
	}
}
