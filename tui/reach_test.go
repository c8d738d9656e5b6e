package tui_test

import (
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	tea "github.com/charmbracelet/bubbletea"
)

// From what is missing in a report Enter goes to the form in which it is mended, at the figure that is missing; saved,
// the report is there again, and what was mended is missing no more. Esc comes back likewise.
func TestFromAFindingToItsForm(t *testing.T) {
	d := openDemo(t, setting{person: "hang"})
	d.size(100, 30)
	d.press("4", "s")
	d.shows("Chưa gửi được, còn thiếu", " › ! “Tổ chức quán triệt")
	d.press("enter")
	d.shows("Sửa · Thanh tra Sở · 5 Tổ chức quán triệt", "› Trạng thái")
	d.press("esc")
	d.shows("[4 Báo cáo]", " › ! “Tổ chức quán triệt")
	d.press("enter", "right", "right", "ctrl+s")
	d.shows("[4 Báo cáo]", "đã lưu")
	d.lacks("! “Tổ chức quán triệt đến toàn thể cán bộ, công chức” chưa thực hiện")

	d = openDemo(t, setting{language: phrase.English, files: nil})
	d.size(100, 30)
	d.press("3", "down", "down", "e", "right", "ctrl+s") // done, and its figures are not given
	d.press("4", "enter")
	for range 12 {
		if view := bare(d.app.View()); strings.Contains(view, " › · “Tuyên truyền, vận động công chức, viên chức” has no figure for Tờ rơi") {
			break
		}
		d.press("down")
	}
	d.shows(" › · “Tuyên truyền, vận động công chức, viên chức” has no figure for Tờ rơi")
	d.press("enter")
	d.shows("› Tờ rơi")
}

// What was typed into a form that a finding led to is not lost by the way back: Esc asks first.
func TestTheWayBackAsksFirst(t *testing.T) {
	d := openDemo(t, setting{person: "hang"})
	d.size(100, 30)
	d.press("4", "s")
	d.shows(" › ! “Tổ chức quán triệt")
	d.press("enter", "right", "esc")
	d.shows("Bỏ những gì vừa nhập?", "Sửa · Thanh tra Sở")
	d.press("k")
	d.shows("Sửa · Thanh tra Sở")
	d.press("esc", "c")
	d.shows("[4 Báo cáo]")
}

// From a report Enter on its activities goes to the checklist of the unit, and Esc comes back to the report.
func TestFromAReportToItsChecklist(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(80, 24)
	d.press("4", "down", "down", "down", "enter")
	d.shows(" › Activities")
	d.press("enter")
	d.shows("[3 Activities]", "Phòng Quản lý thương mại", "Report  returned", "Esc back to Reporting")
	d.press("esc")
	d.shows("[4 Reporting]", " › Activities")
	d.press("3")
	d.shows("Unit  ", "› Phòng Quản lý thương mại") // the matrix again
	d.press("4", "down")
	d.shows("[4 Reporting]", " › ✓ Tuyên truyền, vận động")
	d.press("enter")
	d.shows("[3 Activities]", "› Phòng Quản lý thương mại", "[✓]")
	d.press("esc", "esc", "esc", "esc") // nothing is left to go back to
	d.shows("[4 Reporting]")
}

// From a goal Enter goes to the activities that serve it.
func TestFromAGoalToItsActivities(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(80, 24)
	d.press("1", "enter")
	d.shows(" ›  1  Tuyên truyền", "Enter go there")
	d.press("down", "enter")
	d.shows("[3 Activities]", "4 · Đánh giá kết quả", "Esc back to Goals")
	d.press("esc")
	d.shows("[1 Goals]", " ›  4  Đánh giá")
}

// From a change Enter goes to its entry, and H shows what was changed of the entry under the cursor.
func TestFromAChangeToItsEntryAndItsHistory(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English, record: newRecord(t)})
	d.size(100, 30)
	d.press("5", "down", "enter")
	d.shows(" › Draft → submitted")
	d.press("enter")
	d.shows("[4 Reporting]", "Esc back to Changes")
	unit := lineWith(d, "› ")
	d.press("H")
	d.shows("[5 Changes", "History: ", "draft → submitted")
	if name := strings.Fields(unit)[1]; !strings.Contains(bare(d.app.View()), "History: "+name) {
		t.Errorf("the history is not that of %q:\n%s", unit, bare(d.app.View()))
	}
	for line := range strings.SplitSeq(bare(d.app.View()), "\n") {
		if strings.Contains(line, "not started → done") {
			t.Errorf("the history of a report holds %q", line)
		}
	}
	d.press("esc")
	d.shows("[4 Reporting]")
	d.press("esc")
	d.shows("[5 Changes", " › Draft → submitted")
	d.press("esc")
	d.lacks("History: ")

	d.press("3", "home", "down", "right", "H")
	d.shows("History: Thanh tra Sở · Treo băng rôn")
	d.press("5", "1", "5") // by hand: it is the list of everything again
	d.lacks("History: ")
}

// The history of what was never changed says so, and without a history the key says why.
func TestNoHistory(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English, record: newRecord(t)})
	d.size(80, 24)
	d.press("6", "end", "up", "H")
	d.shows("Nothing of it has been changed yet.", "Esc goes back.")
	d = openDemo(t, setting{language: phrase.English})
	d.size(80, 24)
	d.press("3", "H")
	d.shows("there is no history")
}

// The unit that is chosen on one tab is that of the others, but staff tick off what is their own.
func TestTheChosenUnitFollows(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(80, 24)
	d.press("4", "down", "down", "down")
	unit := "Phòng Quản lý thương mại"
	d.press("3")
	d.shows("› " + unit)
	d.press("6")
	d.shows("›   " + unit)
	d.press("home", "down", "down", "down")
	d.press("2")
	d.shows("Văn phòng Sở")
	d.press("4")
	d.shows("› Văn phòng Sở")

	d = openDemo(t, setting{language: phrase.English, person: "hang"})
	d.size(80, 24)
	d.press("4", "down", "down", "3")
	d.shows("Thanh tra Sở · hello")
}

// What is sought on one tab leaves the others whole, and is there again.
func TestASearchIsThatOfItsTab(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(80, 24)
	d.press("3", "/", "bang ron", "enter")
	d.shows("filter: “bang ron”")
	d.press("4")
	d.lacks("bang ron", "No matches")
	d.shows("Văn phòng Sở", "Thanh tra Sở")
	d.press("3")
	d.shows("filter: “bang ron”")
	d.press("1", "/", "zzz", "enter")
	d.shows("No matches")
	d.press("3", "esc")
	d.lacks("filter: ")
	d.press("1")
	d.shows("filter: “zzz”")
}

// What people have written is found: notes on the tab of activities, the words of a report on that of reporting.
func TestWordsAreFound(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(80, 24)
	d.someoneElse("thanh-tra", "treo-bang-ron", model.Entry{Status: model.Doing, Note: "chờ pano ở ngã tư Hùng Vương"})
	d.reload()
	d.press("3", "/", "hung vuong", "enter")
	d.shows("› Thanh tra Sở")
	d.lacks("Văn phòng Sở")
	d.press("v")
	d.shows("Treo băng rôn")
	d.lacks("Tuyên truyền, vận động công chức")
	d.press("4", "/", "trong lời văn", "enter")
	d.shows("Phòng Quản lý thương mại")
	d.lacks("Văn phòng Sở")
}

// A day is reached by typing it: the campaign as it was then, and in the list of changes the changes of that day.
func TestADayIsTyped(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English, record: newRecord(t)})
	d.size(80, 24)
	d.press("3", "d")
	d.shows("Day: ", "such as 10/12")
	d.press("32/11", "enter")
	d.shows("is not a day")
	d.press("esc", "d", "09/12", "enter")
	d.shows("AS IT WAS", "as it was on 09/12/2019")
	d.press("d", "10/12/2019", "enter")
	d.shows("this is the present")
	d.press("d", "1/1", "enter")
	d.shows("the campaign begins on")

	d.press("5", "d", "09/12", "enter")
	d.lacks("AS IT WAS")
	if at := lineWith(d, "› "); !strings.Contains(at, "16:37") {
		t.Errorf("the cursor is not on the newest change of the day: %q", at)
	}
	d.press("d", "01/12", "enter") // before everything
	if at := lineWith(d, "› "); !strings.Contains(at, "08:36") {
		t.Errorf("the cursor is not on the oldest change: %q", at)
	}
}

// In an open detail a click goes where a line leads, beside a list it opens the detail, and the wheel scrolls it.
func TestLinesThatLeadSomewhereByMouse(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English, record: newRecord(t)})
	d.size(120, 40)
	d.press("1")
	click := func(words string) {
		t.Helper()
		for y, line := range strings.Split(bare(d.app.View()), "\n") {
			if before, _, found := strings.Cut(line, words); found {
				d.update(tea.MouseMsg{X: len([]rune(before)), Y: y, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress})
				return
			}
		}
		t.Fatalf("there is no %q to click on:\n%s", words, bare(d.app.View()))
	}
	click("Activities:")
	d.shows(" ›  1  Tuyên truyền")
	click("4  Đánh giá")
	d.shows("[3 Activities]", "4 · Đánh giá")
	d.press("esc", "esc")
	d.size(80, 24)
	d.press("4", "end", "enter")
	d.shows("PgDn scrolls")
	before := bare(d.app.View())
	d.update(tea.MouseMsg{X: 10, Y: 12, Button: tea.MouseButtonWheelDown, Action: tea.MouseActionPress})
	if title := lineWith(d, "report: "); !strings.Contains(before, title) && bare(d.app.View()) == before {
		t.Errorf("the wheel went to another report: %q", title)
	}
	if bare(d.app.View()) == before {
		t.Error("the wheel does not scroll an open report")
	}
}

// The history of what has a name is headed by the name, not by its id.
func TestHistoryNamesWhatItIsOf(t *testing.T) {
	for keys, want := range map[string][2]string{
		"1": {"History: goal “", "nang-cao-nhan-thuc"}, "2": {"History: Văn phòng Sở · message", "History: Plan"},
		"6": {"History: Các phòng, đơn vị trực thuộc Sở", "phong-ban"},
	} {
		d := openDemo(t, setting{language: phrase.English, record: newRecord(t)})
		d.size(100, 30)
		d.press(keys, "home", "H")
		head := lineWith(d, "History: ")
		if !strings.Contains(head, want[0]) || strings.Contains(head, want[1]) {
			t.Errorf("%s: %q", keys, head)
		}
	}
}
