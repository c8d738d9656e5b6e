package reports

import (
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/layout"
	"example.org/tiendo/tui/theme"
)

// chart is what the burn-up shows of so many days, one thing more done each day.
func chart(days, width int, ascii bool) []string {
	renderer := lipgloss.NewRenderer(&strings.Builder{}, termenv.WithProfile(termenv.Ascii))
	begin := calendar.Date(2019, 11, 15)
	f := frame.Frame{Words: lang.In(phrase.English), Styles: theme.New(renderer, theme.AnyGround), Signs: theme.NewSigns(ascii), Board: &model.Board{Campaign: &model.Campaign{}, Today: begin.Add(days)}}
	for i := range days {
		f.BurnUp = append(f.BurnUp, model.Progression{Day: begin.Add(i), Done: i, Total: days - 1, Submitted: 0, Expected: 10})
	}
	return burnUp(&f, width)
}

func TestBurnUp(t *testing.T) {
	if got := chart(1, 80, false); got != nil {
		t.Errorf("of one day: %q", got)
	}
	got := chart(9, 80, false)
	want := " done by day    15/11 ·▁▂▃▄▅▆▇█ 23/11  8/8\n sent by day    15/11 ········· 23/11  0/10\n still missing  15/11 █████████ 23/11  10/10"
	if strings.Join(got, "\n") != want {
		t.Errorf("the chart is\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
	if got := chart(8, 80, true)[0]; !strings.Contains(got, " .:-=+*#@ ") {
		t.Errorf("in ASCII: %q", got)
	}
	for width := 60; width < 200; width++ {
		for _, line := range chart(45, width, false) {
			if layout.Width(line) > width {
				t.Errorf("at %d the line is %d wide: %q", width, layout.Width(line), line)
			}
		}
	}
}
