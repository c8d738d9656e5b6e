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
	"example.org/tiendo/tui/reports"
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
		"matrix": {"3"}, "checklist": {"3", "v"}, "form": {"3", "v", "e", "tab"}, "reports": {"4", "down"},
		"figures": {"4", "v"}}},
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

// openPlan opens one of the other plans with some records, by unit.
func openPlan(t *testing.T, name string, today calendar.Day, records map[string]string) *dashboard {
	t.Helper()
	return openWith(t, setting{language: phrase.Vietnamese, today: today, colours: termenv.Ascii,
		files: os.DirFS(filepath.Join("testdata", "plans", name)),
		prepare: func(dir string) {
			folder := filepath.Join(dir, "progress")
			if err := os.Mkdir(folder, 0o755); err != nil {
				t.Fatal(err)
			}
			for unit, record := range records {
				if err := os.WriteFile(filepath.Join(folder, unit+".toml"), []byte(record), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}})
}

// A target is of who answers for an activity; who supports it gives a figure and has none.
func TestWhoSupportsHasNoTarget(t *testing.T) {
	d := openPlan(t, "chuyen-de", calendar.Date(2026, 6, 1), nil)
	d.size(160, 45)
	d.press("3", "right", "enter")
	d.shows("Cuộc kiểm tra: — cuộc (chỉ tiêu 4)")
	d.press("esc", "down", "enter")
	d.shows("Cuộc kiểm tra: — cuộc (chỉ tiêu 2)")
	d.press("esc", "down", "down", "enter")
	d.shows("UBND xã Đông · phối hợp")
	if view := bare(d.app.View()); strings.Contains(view, "cuộc (chỉ tiêu") {
		t.Errorf("who supports has a target:\n%s", view)
	}
}

// A question, and the title of a form, names the period that it is about, and what is locked by a yes.
func TestQuestionsNameThePeriod(t *testing.T) {
	const record = `[activity.so-hoa]
status = "doing"
note   = "Đang làm."

[report.2026-05]
status       = "submitted"
submitted_at = 2026-05-11T08:00:00+07:00
results      = "Tháng 5."
`
	d := openPlan(t, "hang-thang", calendar.Date(2026, 5, 12), map[string]string{"cong-nghiep": record})
	d.size(160, 40)
	d.press("4", "down", "e")
	d.shows("Báo cáo của Phòng Quản lý công nghiệp · tháng 05/2026")
	d.press("esc", "r")
	d.shows("Trả lại báo cáo của Phòng Quản lý công nghiệp · tháng 05/2026")
	d.press("esc", "a")
	d.shows("Xác nhận báo cáo của Phòng Quản lý công nghiệp (tháng 05/2026)? Sau khi xác nhận, báo cáo và số liệu của kỳ")
	d.press("n", "A")
	d.shows("Xác nhận 1 báo cáo này (tháng 05/2026)? Báo cáo và số liệu của kỳ sẽ bị khóa.")
	d.press("n", "up", "m")
	d.shows("Ghi nhận đôn đốc lần 1 tới Văn phòng (tháng 05/2026)?")
}

// What a unit wrote before its plan had periods is shown as such, and beside a figure of a period stands its sum so
// far, which holds none of it.
func TestBeforeThePlanHadPeriods(t *testing.T) {
	const record = `[activity.so-hoa]
status = "doing"

[activity.so-hoa.figures]
ho-so = 7

[activity.so-hoa.figures.2026-04]
ho-so = 40
ty-le = 85

[activity.so-hoa.figures.2026-05]
ho-so = 70

[report]
status       = "submitted"
submitted_at = 2026-03-17T08:00:00+07:00
results      = "Đã số hóa đợt đầu."
`
	d := openPlan(t, "hang-thang", calendar.Date(2026, 5, 12), map[string]string{"cong-nghiep": record})
	d.size(160, 45)
	d.press("3", "down", "enter")
	said := func() string { return strings.Join(strings.Fields(bare(d.app.View())), " ") }
	for _, want := range []string{
		"Số liệu (tháng 05/2026): Hồ sơ đã số hóa: 70 hồ sơ, lũy kế 110 (chỉ tiêu 100)",
		"Tỷ lệ hồ sơ trực tuyến: — %, gần nhất 85 (chỉ tiêu 80)", "Trước khi có kỳ: Hồ sơ đã số hóa 7 hồ sơ",
	} {
		if !strings.Contains(said(), want) {
			t.Errorf("the activity does not say %q:\n%s", want, said())
		}
	}
	d.press("esc", "4", "enter") // the unit chosen on one tab is that of the others
	for _, want := range []string{"Trước khi có kỳ chờ xác nhận Kết quả: Đã số hóa đợt đầu.",
		"lũy kế 110 (chỉ tiêu 100)", "trong kỳ chưa có, gần nhất 85", "trước khi có kỳ: Hồ sơ đã số hóa 7 hồ sơ"} {
		if !strings.Contains(said(), want) {
			t.Errorf("the report does not say %q:\n%s", want, said())
		}
	}
}

// The screen and the paper say the same of figures and targets, of one period and so far.
func TestScreenShowsTheTotalsOfOtherPlans(t *testing.T) {
	const monthly = `[activity.so-hoa]
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
	yearly := map[string]string{
		"tai-nguyen": "[activity.kiem-tra-dinh-ky.figures.2026]\ncuoc-kiem-tra = 3\n",
		"thanh-tra":  "[activity.kiem-tra-dinh-ky.figures.2026]\ncuoc-kiem-tra = 2\n",
		"xa-dong":    "[activity.pho-bien.figures.2026]\nhoi-nghi = 2\n",
	}
	for name, test := range map[string]struct {
		today   calendar.Day
		records map[string]string
		want    []string // of the indicators with a figure, in the order of the plan
	}{
		"hang-thang": {calendar.Date(2026, 5, 12), map[string]string{"cong-nghiep": monthly},
			[]string{"Hồ sơ đã số hóa 110 hồ sơ (1 đơn vị có số liệu, 0 đã xác nhận; chỉ tiêu 600 hồ sơ, đạt 18%)"}},
		"chuyen-de": {calendar.Date(2026, 7, 6), yearly, []string{
			"Hội nghị 2 cuộc (1 đơn vị có số liệu, 0 đã xác nhận; chỉ tiêu 10 cuộc, đạt 20%)",
			"Cuộc kiểm tra 5 cuộc (2 đơn vị có số liệu, 0 đã xác nhận; chỉ tiêu 6 cuộc, đạt 83%)"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := openPlan(t, name, test.today, test.records)
			campaign, err := d.store.Load(context.Background())
			if err != nil || len(campaign.Problems) > 0 {
				t.Fatal(err, campaign.Problems)
			}
			d.size(120, 40)
			d.press("3", "home")
			document, shown := report.New(model.NewBoard(campaign, test.today), nil), 0
			for i := range campaign.Plan.Activities {
				d.press("enter")
				view := strings.Join(strings.Fields(bare(d.app.View())), " ")
				d.press("esc", "right")
				for j := range document.Columns {
					column := &document.Columns[j]
					if column.Activity != i || column.Total == nil {
						continue
					}
					said := column.Indicator.Name + " " + column.Said(document.Printer, column.Indicator.Measure, true)
					if shown++; said != test.want[shown-1] || !strings.Contains(view, said) {
						t.Errorf("the paper says %q, want %q, and so says the screen:\n%s", said, test.want[shown-1], view)
					}
				}
			}
			if shown != len(test.want) {
				t.Errorf("%d totals were shown", shown)
			}
		})
	}
}

// < and > go through the periods, and what is entered then belongs to the one that is shown.
func TestPeriodsOnTheScreen(t *testing.T) {
	d := openWith(t, setting{language: phrase.Vietnamese, today: calendar.Date(2026, 5, 12), colours: termenv.Ascii,
		files: os.DirFS(filepath.Join("testdata", "plans", "hang-thang"))})
	d.size(120, 40)
	d.press("4", "down")
	d.shows("Tháng 05/2026: đã gửi 0/3 ")
	d.press("<")
	d.shows("Tháng 04/2026: đã gửi 0/3", "hạn báo cáo 20/04") // 18/04 is a Saturday
	d.press("<")
	d.shows("đây là kỳ đầu tiên", "Tháng 04/2026: đã gửi 0/3")
	d.press("up", "3", "v", "e", "tab")
	d.press("4", "0", "ctrl+s")
	d.holds("progress/van-phong.toml", "[activity.so-hoa.figures.2026-04]\nho-so = 40\n")
	d.press(">")
	d.shows("tháng 05/2026")
	d.press(">", ">")
	d.shows("đây là kỳ cuối cùng", "tháng 06/2026")
}

// A plan without reports has no tab that prints; its paper is written from the others.
func TestExportOfAPlanWithoutReports(t *testing.T) {
	written, warnings := 0, []report.Warning(nil)
	export := func(_ *model.Board, format report.Format, _ string) (reports.Written, error) {
		written++
		return reports.Written{Document: &report.Document{Warnings: warnings}, File: "bao-cao." + string(format),
			Folder: "/nha/su-kien"}, nil
	}
	d := openWith(t, setting{language: phrase.Vietnamese, today: calendar.Date(2026, 8, 13), colours: termenv.Ascii,
		files: os.DirFS(filepath.Join("testdata", "plans", "su-kien")), export: export})
	d.size(160, 40)
	d.shows("o xuất báo cáo")
	d.press("o")
	d.shows("đã xuất bao-cao.docx vào /nha/su-kien")
	warnings = []report.Warning{{What: phrase.Say("x")}, {What: phrase.Say("y")}}
	d.press("5", "o")
	d.shows("còn 2 nội dung cần xem trước khi ký: `tiendo export` liệt kê")
	d.press("?")
	d.shows("o          xuất báo cáo")
	if written != 2 {
		t.Errorf("it was written %d times", written)
	}
	d = openWith(t, setting{language: phrase.Vietnamese, today: calendar.Date(2026, 5, 12), colours: termenv.Ascii,
		files: os.DirFS(filepath.Join("testdata", "plans", "hang-thang")), export: export})
	d.size(120, 30)
	d.press("3", "o")
	if written != 2 {
		t.Error("a plan with reports was printed from the tab of activities")
	}
}
