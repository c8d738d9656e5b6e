package tui_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/choices"
	"example.org/tiendo/model/phrase"
)

// todoOf opens the dashboard on what a person of the made-up campaign has to do.
func todoOf(t *testing.T, person string) *dashboard {
	t.Helper()
	d := openDemo(t, setting{language: phrase.English, person: person, view: choices.ToDo})
	d.size(80, 24)
	return d
}

// Whose report was returned reads that first, and is never told that everything is done.
func TestAReturnedReportComesFirst(t *testing.T) {
	for _, view := range []string{choices.ToDo, choices.Checklist} {
		d := openDemo(t, setting{language: phrase.English, person: "quang", view: view})
		for _, size := range [][2]int{{80, 24}, {50, 14}, {200, 50}} {
			d.size(size[0], size[1])
			d.shows("eturned: Số băng rôn")
			d.lacks("verything is done", "Nothing waits")
		}
	}
	d := todoOf(t, "quang")
	d.press("enter")
	d.shows("[4 Reporting]", "Returned because: Số băng rôn")
}

// Enter opens the form of an activity, and Esc comes back to the list; what was ticked leaves it.
func TestEnterGoesToWhatIsToDo(t *testing.T) {
	d := todoOf(t, "hang")
	d.shows("Hằng · Thanh tra Sở", "To do now", "› !  5  Tổ chức quán triệt", "overdue by 11 days")
	d.press("enter")
	d.shows("Status", "Evidence")
	d.press("esc")
	d.shows("› !  5  Tổ chức quán triệt")
	d.press(" ", " ")
	d.shows("no figure yet: Tỷ lệ c")
	d.press("e", "tab", "9", "5", "ctrl+s")
	d.shows("saved", "2 things later") // once the figure stands, the assessment and the report are left
	d.lacks("no figure yet", "overdue by 11 days")
}

// The Office goes from a late unit to its checklist and back, and from a report that waits to that report.
func TestTheOfficeGoesToWhoIsLate(t *testing.T) {
	d := todoOf(t, "lan")
	d.shows("› ●     Công đoàn cơ sở cơ quan Sở", "to be accepted", "Units that are late")
	d.press("down", "enter")
	d.shows("Thanh tra Sở", "1 overdue", "› !  5")
	d.press("esc")
	d.shows("Units that are late", "› !     Thanh tra Sở")
	d.press("up", "enter")
	d.shows("[4 Reporting]", "Công đoàn cơ sở cơ quan Sở · report: submitted")
	d.press("esc")
	d.shows("[3 Activities]", "› ●     Công đoàn cơ sở cơ quan Sở")
	d.press("enter", "a", "y", "esc")
	d.shows("What you have to do")
	d.lacks("to be accepted")
}

// The matrix and the checklist are one key away, and where the person goes is where the next start begins.
func TestTheViewsAreOneKeyAway(t *testing.T) {
	for person, want := range map[string][2]string{"lan": {choices.Matrix, choices.Checklist},
		"hang": {choices.Checklist, choices.Matrix}} {
		for i, key := range []string{"v", "V"} {
			kept := ""
			d := openDemo(t, setting{language: phrase.English, person: person, view: choices.ToDo,
				keep: func(key choices.Key, value string) error { kept = string(key) + "=" + value; return nil }})
			d.size(80, 24)
			d.press(key)
			if kept != "view="+want[i] {
				t.Errorf("%s, %s: %s kept; want %s", person, key, kept, want[i])
			}
			d.lacks("What you have to do")
			d.press(map[string]string{"v": "V", "V": "v"}[key])
			d.shows("What you have to do")
			if kept != "view=todo" {
				t.Errorf("%s, %s and back: %s kept", person, key, kept)
			}
		}
	}
}

// What the filters hide is not on the list: only what cannot wait, only one's own, only what is sought.
func TestFiltersOfWhatIsToDo(t *testing.T) {
	d := todoOf(t, "hang")
	d.press("!")
	d.shows("quán triệt")
	d.lacks("Đánh giá kết quả")
	d.press("esc", "/", "danh gia", "enter")
	d.shows("Đánh giá kết quả")
	d.lacks("overdue by 11 days")
	d.press("esc", "/", "zzz", "enter")
	d.shows("No matches.", "Esc shows everything again.")
}

// Who has sent the report and done everything is told so, and it is true; what the Office returns is on the list at once.
func TestNothingIsLeft(t *testing.T) {
	d := todoOf(t, "phuc")
	d.shows("Phúc ·", "Everything is done, and the report of your unit has been sent.")
	campaign, err := d.store.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	row := model.NewBoard(campaign, inTheCampaign).Units[5]
	if row.Unit.ID != "ke-hoach-tong-hop" || row.Tally.Open() > 0 || !row.Report.Sent() {
		t.Errorf("%s: %+v, %s", row.Unit.ID, row.Tally, row.Report.Status)
	}
	change := model.Change{Person: model.Person{Name: "Lan", Role: model.Coordinator}, Unit: row.Unit.ID,
		Subject: model.Subject{Kind: model.SubjectReport}, Seen: row.Report, New: row.Report.Return("thiếu số liệu nữ")}
	if _, err := d.store.Apply(t.Context(), change); err != nil {
		t.Fatal(err)
	}
	d.reload()
	d.shows("Report returned: thiếu số liệu nữ")
	d.lacks("Everything is done")
}

// F1 says what belongs into a field, in the words of the plan, and Esc returns to the field with what was typed.
func TestF1SaysWhatBelongsIntoAField(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English, person: "loan", prepare: func(dir string) {
		path := filepath.Join(dir, "plan.toml")
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		content = bytes.Replace(content, []byte("id      = \"hoi-nghi\"\n"), []byte("id      = \"hoi-nghi\"\ntarget  = 12\n"), 1)
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}, view: choices.ToDo})
	d.size(80, 24)
	d.press("enter", "tab", "7", "f1")
	d.shows("Hội nghị, counted in: cuộc.", "The target of this unit: 12 cuộc.", "Tuyên truyền về chủ trương của Đảng",
		"Deadline: Thursday, 12/12/2019", "Esc back to the field")
	d.lacks("[ 7")
	d.press("esc")
	d.shows("[ 7", "Ctrl+S save")
	d.press("tab", "tab", "tab", "ctrl+g")
	d.shows("It is a part of “Người tham dự”")
	d.press("down", "x", "ctrl+s")
	d.shows("saved", "[3 Activities]")
}

// A report of an earlier period opens in its own period, and Esc comes back to the present one; so does another tab.
func TestAnEarlierReportOpensInItsPeriod(t *testing.T) {
	d := openPlan(t, "hang-thang", calendar.Date(2026, 5, 12), map[string]string{"cong-nghiep": `[report.2026-04]
status       = "submitted"
submitted_at = 2026-04-17T08:00:00+07:00
results      = "Đã số hóa đợt đầu."
`})
	d.size(100, 30)
	d.press("v", "v")
	d.shows("Phòng Quản lý công nghiệp", "Báo cáo của Phòng Quản lý công nghiệp · tháng 04/2026",
		"Báo cáo đã gửi ngày 17/04, đang chờ xác nhận.")
	for _, leave := range [][]string{{"esc"}, {"3"}} {
		d.press("enter")
		d.shows("[4 Báo cáo]", "tháng 04/2026", "Đã số hóa đợt đầu.", "báo cáo: chờ xác nhận")
		d.press(leave...)
		d.shows("[3 Hoạt động]", "Báo cáo đã gửi ngày 17/04")
		d.press("4")
		d.shows("tháng 05/2026")
		d.lacks("Đã số hóa đợt đầu.")
		d.press("3")
	}
	d.press("enter", ">", "<", "a", "c", "esc") // accepted there, it is to do no more
	d.shows("[3 Hoạt động]")
	d.lacks("Báo cáo đã gửi ngày 17/04")
}

// How late something is stays whole on a small screen; what it is about gives way.
func TestLatenessIsWholeOnASmallScreen(t *testing.T) {
	d := openDemo(t, setting{person: "hang", view: choices.ToDo})
	d.size(50, 14)
	d.shows("…  quá hạn 11 ngày")
}
