package frame_test

import (
	"io"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/frame/frametest"
	"example.org/tiendo/tui/theme"
)

// Of what is late, the words that say so have a ground, and nothing beside them.
func TestColourMarksTheWordsThatSayWhy(t *testing.T) {
	const late, bold, end = "\x1b[1;38;5;231;48;5;160m", "\x1b[1m", "\x1b[0m"
	f, _ := frametest.New(t, phrase.English, frametest.Lan())
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.ANSI256)
	f.Styles = theme.New(r, theme.AnyGround)
	for words, want := range map[string]string{
		"2 activities overdue by 8 days · 1 activity 2 days left": "2 activities " + late + "overdue by 8 days" + end + " · 1 activity 2 days left",
		"not started, overdue by 1 day":                           "not started, " + late + "overdue by 1 day" + end,
		"returned: no figures":                                    late + "returned" + end + ": no figures",
		"in progress, due today (Lan)":                            "in progress, " + late + "due today" + end + " (Lan)",
		"something else":                                          bold + "something else" + end,
	} {
		if got := f.Colour(f.Styles.Late, words); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := f.Colour(f.Styles.Plain, "overdue by 1 day"); got != "overdue by 1 day" {
		t.Errorf("what is not late is %q", got)
	}
	if got := f.ColourLines(f.Styles.Late, "one two: not started, overdue by 8 days", 30); len(got) != 2 ||
		got[0] != "one two: not started," || got[1] != late+"overdue by 8 days"+end {
		t.Errorf("%q", got)
	}
	if got := f.Alarm("the disk is full", 12); len(got) != 2 || got[0] != late+"⚠"+end+" "+bold+"the disk"+end {
		t.Errorf("%q", got)
	}
}
