package layout_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"example.org/tiendo/tui/layout"
)

// The short way of measuring must agree with the long one for every letter, alone and among others.
func TestWidthIsThatOfTheTerminal(t *testing.T) {
	for letter := range rune(0x30000) {
		if letter >= 0xd800 && letter < 0xe000 {
			continue
		}
		for _, text := range []string{string(letter), "ế" + string(letter) + "\u0309x", "\x1b[1;31m" + string(letter) + "\x1b[0m!"} {
			if got, want := layout.Width(text), ansi.StringWidth(text); got != want {
				t.Fatalf("%q (%U) has width %d, want %d", text, letter, got, want)
			}
		}
	}
	for _, text := range []string{"", "\x1b", "\x1b[", "\x1b[31", "\x1b[31x y", "\x1b]0;title\x07x", "\xff\xfeab", "👩‍👩‍👧 và 🇻🇳", "❤️"} {
		if got, want := layout.Width(text), ansi.StringWidth(text); got != want {
			t.Errorf("%q has width %d, want %d", text, got, want)
		}
	}
}

func TestFlowAndFirst(t *testing.T) {
	if got := strings.Join(layout.Flow([]string{"một", "hai", "ba", "bốn"}, " · ", 9), "|"); got != "một · hai|ba · bốn" {
		t.Errorf("flows as %q", got)
	}
	lines := []string{"một", "hai ba", "bốn"}
	if got := strings.Join(layout.First(lines, 2, 6), "|"); got != "một|hai b…" {
		t.Errorf("the first two are %q", got)
	}
	if got := strings.Join(lines, "|"); got != "một|hai ba|bốn" {
		t.Errorf("First changed what it was given: %q", got)
	}
}

// People are called by the last word of their name: that one is never cut away.
func TestEnd(t *testing.T) {
	tests := map[int]string{20: "Nguyễn Thị Lan", 14: "Nguyễn Thị Lan", 13: "…Thị Lan", 8: "…Thị Lan", 7: "…Lan", 4: "…Lan",
		3: "Ng…", 0: ""}
	for width, want := range tests {
		if got := layout.End("Nguyễn Thị Lan", width); got != want {
			t.Errorf("%d: %q; want %q", width, got, want)
		}
	}
}
