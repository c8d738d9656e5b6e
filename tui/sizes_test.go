package tui_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
)

// Before the campaign the last working day fits into the header, too.
func TestBeforeTheCampaignTheLastWorkingDayIsNamed(t *testing.T) {
	for language, said := range map[phrase.Language]string{
		phrase.Vietnamese: "bắt đầu ngày 15/11 · hạn báo cáo 14/12: còn 43 ngày · ngày làm việc cuối 13/12",
		phrase.English:    "begins on 15/11 · report by 14/12: 43 days left · last working day 13/12",
	} {
		d := openDemo(t, setting{language: language, today: calendar.Date(2019, 11, 1)})
		d.size(80, 24)
		d.shows(said)
	}
}

// What is due today is said so beside its status, too.
func TestDueTodayIsSaidInFull(t *testing.T) {
	d := openDemo(t, setting{today: calendar.Date(2019, 11, 29)})
	d.size(80, 24)
	d.press("3", "down", "right", "right", "right", "right")
	d.shows("hạn Thứ Sáu, 29/11\n Thanh tra Sở · chưa thực hiện, đến hạn hôm nay\n")
}

// The first lines of a detail say status, days left, who, and the deadline, also of what is not begun.
func TestADetailBeginsWithStatusAndDeadline(t *testing.T) {
	d := openDemo(t, setting{})
	d.size(80, 24)
	d.press("3", "down", "down", "right", "right")
	d.shows("hạn 12/12\n Phòng Quản lý công nghiệp · chưa thực hiện, còn 2 ngày\n")
	d.press("left", "left")
	d.shows("hạn Chủ Nhật, 15/12\n Phòng Quản lý công nghiệp · đang thực hiện từ 09/12 (Phan Khánh), còn 5 ngày\n")
	d.size(60, 16) // there is room for three lines: these
	d.shows(" 1 · Tuyên truyền, vận động", "hạn 15/12\n P. QL công nghiệp · đang thực hiện từ 09/12 (Phan Khánh)")
}

// A unit that is listed because its report was returned shows why.
func TestTheMatrixShowsReturnedReports(t *testing.T) {
	d := openDemo(t, setting{})
	d.size(80, 24)
	d.press("3", "!")
	d.shows("lọc: quá hạn, đến hạn hôm nay, bị trả lại")
	if row := lineWith(d, "Phòng Quản lý thương mại"); !strings.Contains(row, "↩ 6/6") {
		t.Error(row)
	}
	d.press("4")
	d.shows("lọc: quá hạn, sắp đến hạn, bị trả lại")
}

// lineWith is the first line of the screen that holds words.
func lineWith(d *dashboard, words string) string {
	for line := range strings.SplitSeq(bare(d.app.View()), "\n") {
		if strings.Contains(line, words) {
			return line
		}
	}
	return ""
}

// A list says at its edges that there is more, and below it how much.
func TestListsSayThatThereIsMore(t *testing.T) {
	for ascii, signs := range map[bool][2]string{false: {"▾", "▴"}, true: {"+", "^"}} {
		d := openDemo(t, setting{ascii: ascii})
		d.size(80, 24)
		d.press("2")
		d.shows(" " + signs[0] + " 4 ")
		d.press("end")
		d.shows(" " + signs[1] + " 4 ")
		d.lacks("\n"+signs[0], "\n"+signs[1])
		d.size(50, 14)
		d.shows("\n" + signs[1])
		d.size(120, 40)
		d.lacks("\n"+signs[0], "\n"+signs[1])
	}
}

// Staff begin at their own unit, whatever was told to the tab before it was opened.
func TestReportingBeginsWithOnesOwnUnit(t *testing.T) {
	d := openDemo(t, setting{person: "hang", record: newRecord(t)})
	d.size(80, 24)
	d.press("4")
	d.shows("› Thanh tra Sở")
	d.press("down", "3", "4")
	d.shows("› Phòng Quản lý công nghiệp")
}

// Staff review nothing, so that nothing is said about reviews.
func TestNothingToReviewForStaff(t *testing.T) {
	d := openDemo(t, setting{person: "hang", record: newRecord(t)})
	d.size(80, 24)
	d.press("5", "!")
	d.lacks("duyệt")
	d.shows("Không có bản nào của bạn bị bỏ qua khi hợp nhất.", "lọc: bản của tôi không được giữ")
}

// A file that cannot be read is marked on every tab.
func TestReportingMarksWhatCannotBeRead(t *testing.T) {
	d := openDemo(t, setting{prepare: breakFile(t, "thanh-tra")})
	d.size(80, 24)
	d.press("4")
	if row := lineWith(d, "Thanh tra Sở"); !strings.Contains(row, "⚠ chưa rõ") {
		t.Error(row)
	}
	stale := openDemo(t, setting{})
	stale.size(80, 24)
	path := filepath.Join(stale.dir, "progress", "thanh-tra.toml")
	if err := os.WriteFile(path, []byte("[report\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	stale.press("ctrl+r", "4")
	if row := lineWith(stale, "Thanh tra Sở"); !strings.Contains(row, "⚠ chưa gửi") {
		t.Error(row)
	}
}

// The form offers channels in several rows: the arrows go between them.
func TestChannelsInSeveralRows(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(80, 24)
	d.press("2", "right", "e")
	d.shows("← → ↑ ↓ go · Space chooses", "Ctrl+S save  Esc leave  Space choose")
	first := lineWith(d, "›[")
	d.press("down")
	if second := lineWith(d, "›["); second == first || second == "" {
		t.Errorf("the cursor stays: %s", second)
	}
	d.press("up")
	if again := lineWith(d, "›["); again != first {
		t.Errorf("%q, want %q", again, first)
	}
}

// A long name gives way to the short one, not to an ellipsis.
func TestTheGreetingIsNotCut(t *testing.T) {
	d := openDemo(t, setting{})
	d.size(50, 14)
	d.press("3", "down", "down", "down", "down", "down", "down", "v")
	d.shows("P. KTAT - Môi trường")
	if row := lineWith(d, "KTAT"); strings.Contains(row, "…") {
		t.Error(row)
	}
}

// The wide screen shows no less than the usual one.
func TestFiguresStandOnTheWideScreenToo(t *testing.T) {
	d := openDemo(t, setting{})
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		d.size(size[0], size[1])
		d.press("4")
		d.shows("Số liệu", "12/12")
	}
}

// How the campaign goes is seen in the Office's part without scrolling.
func TestTheOfficeSeesTheCourseAtOnce(t *testing.T) {
	record := newRecord(t)
	for i := range 8 {
		record.days = append(record.days, model.Progression{Day: calendar.Date(2019, 12, 3).Add(i), Done: i, Total: 61})
	}
	d := openDemo(t, setting{record: record})
	d.size(80, 24)
	d.press("4", "v", "v")
	d.shows("hoàn thành theo ngày", "7/61")
}

// The name of the open tab is whole, and what waits on the tab of changes is seen, however small the screen.
func TestTabsOnASmallScreen(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {50, 14}, {40, 10}} {
		d := openDemo(t, setting{record: newRecord(t)})
		d.size(size[0], size[1])
		d.press("1")
		d.shows("[1 Mục tiêu]", "5 ●4")
		d.press("5")
		d.shows("[5 Thay đổi ●4]")
	}
}

// On a wide screen the names of the activities stand over their columns, above the numbers of a narrow one.
func TestNamesStandOverTheColumns(t *testing.T) {
	d := openDemo(t, setting{language: phrase.Vietnamese})
	d.size(200, 50)
	d.press("3")
	d.shows("1         2         3", " Tuyên     Treo      Tuyên     Đánh giá ", " truyền,   băng      truyền    kết quả ")
	for _, size := range [][2]int{{100, 40}, {120, 34}, {200, 24}} {
		d.size(size[0], size[1])
		d.lacks("Treo      Tuyên")
	}
}

// A deadline is said once in a detail: beside the title, with the day that is too late where the plan names that one.
func TestADeadlineIsSaidOnce(t *testing.T) {
	d := openDemo(t, setting{language: phrase.Vietnamese})
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 50}} {
		d.size(size[0], size[1])
		d.press("3", "home", "down", "left", "left", "left", "left", "left", "left", "left", "right", "enter")
		if view := bare(d.app.View()); strings.Count(view, "02/12") != 1 || strings.Contains(view, "Thời hạn:") {
			t.Errorf("%v:\n%s", size, view)
		}
		d.press("esc", "right", "right", "enter")
		d.shows("14/12 (trước ngày 15/12)")
		d.lacks("Thời hạn:")
		d.press("esc")
	}
}

// On a screen that is too small it says first what it needs, and then that the data is made up.
func TestTooSmallForMadeUpData(t *testing.T) {
	d := openDemo(t, setting{language: phrase.Vietnamese, today: calendar.Date(2019, 12, 10), colours: termenv.Ascii})
	for _, width := range []int{20, 12, 39} {
		d.size(width, 5)
		for _, word := range []string{"cần", "40×10", "DỮ", "LIỆU", "ĐỊNH"} {
			d.shows(word)
		}
	}
}
