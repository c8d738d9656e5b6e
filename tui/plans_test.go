package tui_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/report"
)

// otherPlans are plans of other offices, each with the day on which it is looked at and the keys to its screens.
var otherPlans = map[string]struct {
	today calendar.Day
	shots map[string][]string
}{
	"chuyen-de": {calendar.Date(2026, 7, 6), map[string][]string{
		"matrix": {"3", "down"}, "checklist": {"3", "v"}, "detail": {"3", "v", "down", "enter"}, "goals": {"1"},
		"reports": {"4", "down"}}},
	"hang-thang": {calendar.Date(2026, 5, 12), map[string][]string{
		"matrix": {"3"}, "checklist": {"3", "v"}, "form": {"3", "v", "e", "tab"}, "reports": {"4", "down"}}},
	"su-kien": {calendar.Date(2026, 8, 13), map[string][]string{
		"matrix": {"3"}, "checklist": {"3", "v"}, "no-messages": {"2"}, "no-goals": {"1"}, "no-reports": {"4"}}},
}

// The screens of plans of other shapes, in both languages and at three sizes.
func TestOtherPlans(t *testing.T) {
	for name, plan := range otherPlans {
		for screen, keys := range plan.shots {
			t.Run(name+"/"+screen, func(t *testing.T) {
				var got strings.Builder
				for _, language := range []phrase.Language{phrase.Vietnamese, phrase.English} {
					for _, size := range [][2]int{{80, 24}, {120, 40}, {50, 14}} {
						d := openWith(t, setting{language: language, today: plan.today, colours: termenv.Ascii,
							files: os.DirFS(filepath.Join("testdata", "plans", name))})
						d.size(size[0], size[1])
						d.press(keys...)
						fmt.Fprintf(&got, "== %s %d×%d\n%s\n", language, size[0], size[1], bare(d.app.View()))
					}
				}
				compare(t, filepath.Join("testdata", "golden", "plans", name+"-"+screen+".txt"), got.String())
			})
		}
	}
}

// The screen and the paper say the same of figures and targets.
func TestScreenShowsTheTotalsOfOtherPlans(t *testing.T) {
	const record = `[activity.so-hoa]
status = "doing"

[activity.so-hoa.figures.2026-04]
ho-so = 40

[activity.so-hoa.figures.2026-05]
ho-so = 70

[report.2026-04]
status       = "accepted"
submitted_at = 2026-04-17T08:00:00+07:00
results      = "Tháng 4."
`
	today := calendar.Date(2026, 5, 12)
	d := openWith(t, setting{language: phrase.Vietnamese, today: today, colours: termenv.Ascii,
		files: os.DirFS(filepath.Join("testdata", "plans", "hang-thang")),
		prepare: func(dir string) {
			folder := filepath.Join(dir, "progress")
			if err := os.Mkdir(folder, 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(folder, "cong-nghiep.toml"), []byte(record), 0o600); err != nil {
				t.Fatal(err)
			}
		}})
	campaign, err := d.store.Load(context.Background())
	if err != nil || len(campaign.Problems) > 0 {
		t.Fatal(err, campaign.Problems)
	}
	document := report.New(model.NewBoard(campaign, today), nil)
	said := document.Columns[0].Said(document.Printer, "hồ sơ", true)
	if want := "110 hồ sơ (1 đơn vị có số liệu, 0 đã xác nhận; chỉ tiêu 600 hồ sơ, đạt 18%)"; said != want {
		t.Fatalf("the paper says %q, want %q", said, want)
	}
	d.size(120, 40)
	d.press("3", "v", "enter")
	view := strings.Join(strings.Fields(bare(d.app.View())), " ")
	if !strings.Contains(view, said) {
		t.Errorf("the screen does not say %q:\n%s", said, d.app.View())
	}
}

// < and > go through the periods, and what is entered then belongs to the one that is shown.
func TestPeriodsOnTheScreen(t *testing.T) {
	d := openWith(t, setting{language: phrase.Vietnamese, today: calendar.Date(2026, 5, 12), colours: termenv.Ascii,
		files: os.DirFS(filepath.Join("testdata", "plans", "hang-thang"))})
	d.size(120, 40)
	d.press("4", "down")
	d.shows("tháng 05/2026: Đã gửi 0/3")
	d.press("<")
	d.shows("tháng 04/2026: Đã gửi 0/3", "hạn báo cáo 20/04") // 18/04 is a Saturday
	d.press("<")
	d.shows("đây là kỳ đầu tiên", "tháng 04/2026: Đã gửi 0/3")
	d.press("3", "v", "e", "tab")
	d.press("4", "0", "ctrl+s")
	d.holds("progress/van-phong.toml", "[activity.so-hoa.figures.2026-04]\nho-so = 40\n")
	d.press(">")
	d.shows("tháng 05/2026")
	d.press(">", ">")
	d.shows("đây là kỳ cuối cùng", "tháng 06/2026")
}
