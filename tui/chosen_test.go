package tui_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"example.org/tiendo/model/choices"
	"example.org/tiendo/model/phrase"
)

// What the person chooses with a key is handed on to be kept, and holds at once, on every tab.
func TestChosenIsKept(t *testing.T) {
	var kept []string
	d := openDemo(t, setting{language: phrase.English, colours: termenv.ANSI256,
		keep: func(key choices.Key, value string) error {
			kept = append(kept, string(key)+"="+value)
			return nil
		}})
	d.size(80, 24)
	d.press("T", "T", "v", "M", "L", "T")
	want := []string{"theme=dark", "theme=light", "view=checklist", "mouse=true", "language=vi", "theme=plain"}
	if !slices.Equal(kept, want) {
		t.Errorf("%v; want %v", kept, want)
	}
	for _, tab := range []string{"1", "2", "3", "v", "4", "5"} {
		d.press(tab)
		if view := d.app.View(); strings.Contains(view, "\x1b[") {
			t.Errorf("tab %s has colours without colours: %q", tab, view)
		}
	}
	d.press("T", "T", "3")
	if view := d.app.View(); !strings.Contains(view, "38;5;114m") {
		t.Errorf("no colours for a dark ground: %q", view)
	}
}

func TestChosenCannotBeKept(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English, keep: func(choices.Key, string) error { return errors.New("disk full") }})
	d.size(120, 24)
	d.press("T")
	d.shows("only until the end", "disk full")
}
