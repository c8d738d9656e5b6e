package tui_test

import (
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"example.org/tiendo/model/phrase"
)

// evaluation puts the cursor on the activity with a figure in money and opens its form.
func evaluation(t *testing.T, language phrase.Language) *dashboard {
	t.Helper()
	d := open(t, language, inTheCampaign, termenv.Ascii)
	d.size(80, 24)
	d.press("3", "down", "right", "right", "right", "e")
	d.shows("Kinh phí")
	return d
}

// The form takes a figure as the command line does, and says the way out where it does not.
func TestFormTakesFiguresAsTheCommandLineDoes(t *testing.T) {
	tests := map[string]struct{ typed, shows, recorded string }{
		"the other language's fraction": {typed: "3.5", recorded: "kinh-phi = 3.5"},
		"fifteen thousand, plainly":     {typed: "15000", recorded: "kinh-phi = 15000"},
		"two ways":                      {typed: "15.000", shows: "có thể hiểu theo hai cách — viết 15000 hoặc 15"},
		"no number":                     {typed: "mười", shows: `"mười" không phải là số — viết số như 1.234,5`},
		"far too large": {
			typed: "99999999999999999999",
			shows: "Kinh phí là 100.000.000.000.000.000.000; cần một số từ 0 đến 1.000.000.000.000.000",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d := evaluation(t, phrase.Vietnamese)
			d.press("tab", test.typed)
			if test.shows != "" {
				if view := strings.Join(strings.Fields(bare(d.app.View())), " "); !strings.Contains(view, test.shows) {
					t.Fatalf("the form does not say %q:\n%s", test.shows, bare(d.app.View()))
				}
				return
			}
			d.press("ctrl+s")
			d.shows("đã lưu")
			if file := wholeFolder(t, d.dir); !strings.Contains(file, test.recorded) {
				t.Errorf("the files hold no %q", test.recorded)
			}
			d.press("e", "tab")
			d.press("ctrl+s")
			d.shows("không có gì thay đổi")
		})
	}
}

// A save that is refused leads to the field that is to be mended.
func TestRefusedSaveGoesToTheWrongField(t *testing.T) {
	d := evaluation(t, phrase.English)
	d.press("tab", "x", "tab", "tab")
	d.shows("› Note")
	d.press("ctrl+s")
	d.shows("› Kinh phí", `"x" is not a number — write a number such as 1,234.5`)
	d.press("backspace", "4")
	d.lacks("is not a number")

	d = evaluation(t, phrase.English)
	d.press("right", "right", "right", "ctrl+s") // not applicable, without a note
	d.shows("› Note", "not applicable needs a note")
}
