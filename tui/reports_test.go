package tui_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/review"
)

// memory keeps drafts as the command line does, without a disk.
type memory map[string]review.Unsaved

func (m memory) key(unit string, subject model.Subject) string {
	return unit + " " + string(subject.Kind) + " " + subject.ID
}

func (m memory) Keep(unit string, subject model.Subject, draft review.Unsaved) {
	m[m.key(unit, subject)] = draft
}

func (m memory) Kept(unit string, subject model.Subject) (review.Unsaved, bool) {
	draft, ok := m[m.key(unit, subject)]
	return draft, ok
}

func (m memory) Drop(unit string, subject model.Subject) { delete(m, m.key(unit, subject)) }

// aligned is a key whose equals sign stands below those of its neighbours.
var aligned = regexp.MustCompile(`(?m)^(\S+) +=`)

// holds wants words in a data file.
func (d *dashboard) holds(name string, words ...string) {
	d.t.Helper()
	content, err := os.ReadFile(filepath.Join(d.dir, name))
	if err != nil {
		d.t.Fatal(err)
	}
	said := aligned.ReplaceAllString(string(content), "$1 =")
	for _, want := range words {
		if !strings.Contains(said, want) {
			d.t.Errorf("%s lacks %q:\n%s", name, want, content)
		}
	}
}

func TestReports(t *testing.T) {
	d := openDemo(t, setting{})
	d.size(80, 24)
	d.press("4", "down", "a")
	d.shows("chưa có gì để xác nhận")
	d.press("end", "up")
	d.shows("› Công đoàn cơ sở cơ quan Sở ● chờ xác nhận")
	d.press("r", "Thiếu số liệu nữ", "ctrl+s")
	d.shows("↩ bị trả lại: Thiếu", "Lý do trả lại: Thiếu số liệu nữ")
	d.press("s", "c", "a", "c")
	d.shows("đã xác nhận 3")
	d.press("3", " ")
	d.shows("đã khóa")
	d.press("4", "s")
	d.shows("báo cáo đã được xác nhận")
	d.press("e")
	d.shows("báo cáo đã được xác nhận")
	d.press("w", "c")
	d.shows("● chờ xác nhận", "đã xác nhận 2")
	d.press("w")
	d.shows("không có xác nhận để rút")
}

// What is missing is shown, not only counted, and what is shown can be mended and sent.
func TestAReportIsWrittenAndSent(t *testing.T) {
	d := openDemo(t, setting{person: "hang"})
	d.size(80, 24)
	d.press("4", "s") // the cursor is on their own unit
	d.shows("chưa gửi được báo cáo: còn thiếu 2 mục, liệt kê ở đây", "! chưa viết kết quả")
	d.press("esc", "e")
	d.shows("Báo cáo của Thanh tra Sở", "còn thiếu 2 mục")
	d.press("Đã tổ chức hai buổi nói chuyê", "\u0323", "n.", "enter", "64 người dự.", "tab", "Ít thời gian.", "tab", "tab", "tab", "Công văn 12/TTS", "enter", "Kế hoạch 3")
	d.shows("còn thiếu 1 mục")
	d.press("ctrl+s")
	d.shows("đã lưu", "đang soạn")
	d.holds("progress/thanh-tra.toml", "status = \"draft\"", "results = \"\"\"\nĐã tổ chức hai buổi nói chuyện.\n64 người dự.\"\"\"", `documents = ["Công văn 12/TTS", "Kế hoạch 3"]`)
	d.press("e", "ctrl+s")
	d.shows("không có gì thay đổi")
	d.press("e", "tab", "tab", "tab", "tab", "tab", "right", "tab", "Đơn vị mới thành lập.")
	d.shows("báo cáo không phát sinh", "Đã đủ")
	d.press("ctrl+s", "s", "c")
	d.shows("› Thanh tra Sở               ● không phát sinh")
	d.holds("progress/thanh-tra.toml", "nil = true", "nil_reason = \"Đơn vị mới thành lập.\"")
}

// What was typed about an activity comes again, too.
func TestEntrySurvivesALostConnection(t *testing.T) {
	kept := memory{}
	lost := openDemo(t, setting{person: "hang", drafts: kept})
	lost.size(80, 24)
	lost.press("3", "home", "e", "tab", "tab", "tab", "tab", "đang in tờ rơi")

	d := openDemo(t, setting{person: "hang", drafts: kept})
	d.size(80, 24)
	d.press("3", "home")
	d.shows("có nội dung bạn viết mà chưa lưu: e mở lại")
	d.press("e")
	d.shows("đã mở lại nội dung bạn viết mà chưa lưu", "đang in tờ rơi")
	d.press("ctrl+s")
	d.holds("progress/thanh-tra.toml", "đang in tờ rơi")
	if len(kept) != 0 {
		t.Errorf("saved, and yet kept: %v", kept)
	}
	d.press("e", " x", "esc", "c")
	if len(kept) != 0 {
		t.Errorf("thrown away, and yet kept: %v", kept)
	}
}

// What was typed and not saved is not left out of a report in silence.
func TestSubmitAsksForWhatIsNotSaved(t *testing.T) {
	kept := memory{}
	lost := openDemo(t, setting{person: "quang", drafts: kept})
	lost.size(120, 40)
	lost.press("4", "e", "Sửa trước khi gửi ")

	d := openDemo(t, setting{person: "quang", drafts: kept})
	d.size(120, 40)
	d.press("4", "s")
	d.shows("Nội dung bạn viết vào báo cáo của Phòng Quản lý thương mại mà chưa lưu sẽ không được gửi. Mở lại trước?")
	d.press("k")
	d.holds("progress/quan-ly-thuong-mai.toml", `status = "returned"`)
	d.press("s", "c")
	d.shows("Sửa trước khi gửi")
	d.press("ctrl+s", "s")
	d.shows("Gửi báo cáo của Phòng Quản lý thương mại về Văn phòng Sở?")
	d.press("c")
	d.holds("progress/quan-ly-thuong-mai.toml", `status = "submitted"`, "Sửa trước khi gửi")

	lost = openDemo(t, setting{person: "quang", drafts: kept})
	lost.size(120, 40)
	lost.press("3", "home", "e", "tab", "tab", "tab", "tab", "đang in")
	d = openDemo(t, setting{person: "quang", drafts: kept})
	d.size(120, 40)
	d.press("4", "s")
	d.shows("Bạn đã viết mà chưa lưu ở mục “")
}

// A connection that is lost costs nothing of what was typed, and what others wrote meanwhile is seen.
func TestWhatWasTypedSurvivesALostConnection(t *testing.T) {
	kept := memory{}
	lost := openDemo(t, setting{person: "hang", drafts: kept})
	lost.size(80, 24)
	lost.press("4", "e", "Hai buổi")

	d := openDemo(t, setting{person: "hang", drafts: kept})
	d.size(80, 24)
	d.press("4", "enter")
	d.shows("có nội dung bạn viết mà chưa lưu: e mở lại")
	d.press("e")
	d.shows("đã mở lại nội dung bạn viết mà chưa lưu", "Hai buổi")
	change := reportChange(t, d, "thanh-tra", func(r model.Report) model.Report { return r.Write(model.Report{Results: "Của Lan"}) })
	if _, err := d.store.Apply(context.Background(), change); err != nil {
		t.Fatal(err)
	}
	d.press("ctrl+s")
	d.shows("Mục này vừa được người khác sửa")
	d.press("e", "ctrl+s")
	d.holds("progress/thanh-tra.toml", `results = "Hai buổi"`)
	if len(kept) != 0 {
		t.Errorf("saved, and yet kept: %v", kept)
	}
	d.press("e", " x", "esc", "c")
	if len(kept) != 0 {
		t.Errorf("thrown away, and yet kept: %v", kept)
	}
	d.press("e")
	d.lacks("đã mở lại")
}

func reportChange(t *testing.T, d *dashboard, unit string, step func(model.Report) model.Report) model.Change {
	t.Helper()
	campaign, err := d.store.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	report := campaign.Progress[unit].Report
	return model.Change{
		Person: model.Person{Name: "Lan", Role: model.Coordinator}, Unit: unit, Subject: model.Subject{Kind: model.SubjectReport},
		Seen: report, New: step(report),
	}
}

// What was whole when it was sent need not be so now: who accepts it is told.
func TestReportChangedAfterItWasSent(t *testing.T) {
	d := openDemo(t, setting{})
	d.size(80, 24)
	d.someoneElse("cong-doan", "treo-bang-ron", model.Entry{Status: model.Todo})
	d.press("ctrl+r", "4", "end", "up", "enter")
	d.shows("Công đoàn cơ sở cơ quan Sở", "Còn thiếu 1 mục:")
	d.press("a")
	d.shows("thiếu 1 mục. Xác nhận báo cáo của")
	d.press("k", "esc", "A")
	d.shows("CĐCS cơ quan Sở (⚠ thiếu 1 mục): Xác nhận")
}

func TestAllThatWaitIsAcceptedAtOnce(t *testing.T) {
	d := openDemo(t, setting{})
	d.size(80, 24)
	d.press("4", "down", "down", "down", "s", "c")
	d.shows("● chờ xác nhận")
	d.press("A")
	d.shows("P. QL thương mại, CĐCS cơ quan Sở: Xác nhận 2 báo cáo này?", "c có · k không")
	d.press("k")
	d.shows("đã xác nhận 2", "không có gì thay đổi")
	d.press("A", "c")
	d.shows("✓ đã lưu 2 thay đổi", "đã xác nhận 4")
	d.press("A")
	d.shows("không có báo cáo nào chờ xác nhận")
	d.press("u", "c", "u", "c")
	d.shows("đã xác nhận 2")
}

func TestMoreTimeIsGivenOnce(t *testing.T) {
	d := openDemo(t, setting{})
	d.size(80, 24)
	d.press("4", "down", "x", "14/12", "tab", "Đi công tác")
	d.shows("ngày gia hạn 14/12/2019 phải sau thời hạn 14/12/2019")
	d.press("esc", "c", "x", "32/12", "tab", "Đi công tác")
	d.shows("\"32/12/2019\" không phải là ngày")
	d.press("esc", "c", "x", "18/12", "tab", "Đi công tác", "ctrl+s")
	d.shows("đã lưu: Thanh tra Sở · gia hạn đến 18/12/2019")
	d.press("enter")
	d.shows("Gia hạn đến 18/12/2019: Đi công tác", "Thứ Tư, 18/12/2019 · còn 8 ngày")
	d.holds("progress/thanh-tra.toml", "extended_until = 2019-12-18\nextension_reason = \"Đi công tác\"")
	d.press("x")
	d.shows("đơn vị đã được gia hạn đến 18/12/2019")
}

func TestRemindersAreRecordedAndCopied(t *testing.T) {
	d := openDemo(t, setting{today: calendar.Date(2019, 12, 16)})
	d.size(80, 24)
	d.press("4", "down", "y")
	if len(d.copied) != 1 || !strings.Contains(d.copied[0], "Kính gửi: Thanh tra Sở") || !strings.Contains(d.copied[0], "quá hạn 2 ngày") {
		t.Errorf("copied %q", d.copied)
	}
	d.shows("đã sao chép: lời nhắc Thanh tra Sở")
	d.press("m")
	d.shows("Ghi nhận đôn đốc lần 1 tới Thanh tra Sở?")
	d.press("c")
	d.shows("đã lưu: đôn đốc Thanh tra Sở")
	d.holds("report.toml", "[[reminder]]\nunit = \"thanh-tra\"\nnumber = 1\n")
	d.press("home", "m")
	d.shows("báo cáo của Văn phòng Sở đã gửi về rồi: đã xác nhận")
	d.press("v", "v", "m")
	d.shows("Ghi nhận đã đôn đốc 7 đơn vị")
	d.press("c", "enter")
	d.shows("Thanh tra Sở: chưa gửi, quá hạn 2 ngày · đôn đốc lần 2", "Sắp đến hạn:")
	d.press("y")
	if len(d.copied) != 2 || strings.Count(d.copied[1], "Kính gửi:") != 7 {
		t.Errorf("copied %q", d.copied)
	}
	d.press("u", "c", "u", "c")
	d.lacks("đôn đốc lần")
}

func TestTheOfficeWritesItsPart(t *testing.T) {
	kept := memory{}
	d := openDemo(t, setting{drafts: kept})
	d.size(80, 24)
	d.press("4", "down", "v", "v", "down", "down", "down", "e", "Không có kinh phí riêng.", "ctrl+s")
	d.shows("đã lưu: báo cáo tổng hợp · Kinh phí", "✓ Kinh phí · “Không có kinh phí riêng.”")
	d.holds("report.toml", `funding = "Không có kinh phí riêng."`)
	d.press("v")
	d.shows("› Thanh tra Sở")
	d.press("v", "v", "s")
	d.shows("phím này dùng ở dòng của đơn vị")

	staff := openDemo(t, setting{person: "hang"})
	staff.size(80, 24)
	staff.press("4", "v", "v", "down", "e")
	staff.shows("chỉ cán bộ đầu mối được viết phần của Văn phòng")
}

// A figure stands beside its target, and one that falls short of it is named.
func TestTargetsStandBesideFigures(t *testing.T) {
	d := openDemo(t, setting{prepare: func(dir string) {
		path := filepath.Join(dir, "plan.toml")
		plan, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		changed := strings.Replace(string(plan), "  id      = \"bang-ron\"\n", "  id      = \"bang-ron\"\n  target  = 1000\n", 1)
		if changed == string(plan) {
			t.Fatal("the plan has no such indicator")
		}
		if err := os.WriteFile(path, []byte(changed), 0o644); err != nil {
			t.Fatal(err)
		}
	}})
	d.size(120, 60)
	d.press("4", "down", "enter")
	d.shows("Băng rôn, khẩu hiệu 4 cái (chỉ tiêu 1.000)", "“Treo băng rôn, khẩu hiệu”: Băng rôn, khẩu hiệu đạt 4, chỉ tiêu 1.000")
}

// From within a report the next and the previous one are one key away.
func TestReportsAreReadOneAfterAnother(t *testing.T) {
	d := openDemo(t, setting{})
	d.size(80, 24)
	d.press("4", "enter", "n")
	d.shows("Thanh tra Sở · báo cáo: chưa gửi")
	d.press("right")
	d.shows("Phòng Quản lý công nghiệp · báo cáo")
	d.press("p", "p")
	d.shows("Văn phòng Sở · báo cáo: đã xác nhận")
	d.press("p")
	d.shows("không còn đơn vị nào ở phía này")
}
