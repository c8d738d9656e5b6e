package tui_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/terminal"
)

// A tick shows once the disk has said yes, stands in the file, and can be undone to the byte.
func TestTickAndUndo(t *testing.T) {
	d := open(t, phrase.Vietnamese, inTheCampaign, termenv.Ascii)
	d.size(80, 24)
	path := filepath.Join(d.dir, "progress", "van-phong.toml")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	d.press("3", " ", " ")
	d.shows("[✓]", "đã lưu: Văn phòng Sở", "hoàn thành")
	after, _ := os.ReadFile(path)
	want := "status   = \"done\"\nby       = \"Lan\"\nat       = 2019-12-10T09:20:11+07:00\n"
	if !strings.Contains(string(after), want) {
		t.Fatalf("the file does not hold the tick:\n%s", after)
	}
	d.press("u", "u")
	d.shows("[·]")
	if again, _ := os.ReadFile(path); string(again) != string(before) {
		t.Errorf("undo left:\n%s", again)
	}
	d.press("u")
	d.shows("không có gì để hoàn tác")
}

// Staff see on the first screen how their report stands, and the filter for what needs them leaves it.
func TestStaffAreGreetedWithTheirReport(t *testing.T) {
	d := openDemo(t, setting{person: "quang"})
	d.size(80, 24)
	d.shows("đã hoàn thành mọi hoạt động", "↩ Báo cáo bị trả lại: Số băng rôn", "· bấm 4", "›")
	d.lacks("đã hoàn thành mọi việc")
	d.press("!")
	d.shows("› ↩     Báo cáo")
	d.press("enter", "e") // goes to the report, and into its form
	d.shows("Lý do trả lại: Số băng rôn trong lời văn và trong bảng số liệu")

	d = openDemo(t, setting{person: "ngoc", today: calendar.Date(2019, 12, 14), language: phrase.English})
	d.size(80, 24)
	d.shows("every activity is done", "Report not sent, due today · press 4")
	d.press("!")
	d.shows("Report", "not sent, due today")
	d.lacks("No matches")
}

// What waits for the coordinator is among what needs attention.
func TestTheCoordinatorSeesWhatWaits(t *testing.T) {
	for _, tab := range []string{"3", "4"} {
		d := openDemo(t, setting{person: "lan"})
		d.size(100, 30)
		d.press(tab, "!")
		d.shows("●", "bị trả lại, chờ xác nhận")
	}
	d := openDemo(t, setting{person: "hang"})
	d.size(100, 30)
	d.press("4", "!")
	d.lacks("●")
}

// What is a step of a report, takes words away or is not in sight is named, and undone only when the person says so.
func TestUndoAsks(t *testing.T) {
	d := openDemo(t, setting{person: "ngoc", today: calendar.Date(2019, 12, 14)})
	d.size(120, 40)
	d.press("4", "e", "Đã tổ chức.", "ctrl+s", "s", "c")
	d.holds("progress/chi-doan.toml", `status = "submitted"`, "submitted_at = 2019-12-10T09:20:11+07:00")
	d.press("2", "u")
	d.shows("Hoàn tác: Chi đoàn Thanh niên Sở · báo cáo: đang soạn → chờ xác nhận?", "Ngày giờ gửi lần đầu vẫn được giữ.", "c có · k không")
	d.press("x") // whatever is not yes is no
	d.shows("không có gì thay đổi")
	d.holds("progress/chi-doan.toml", `status = "submitted"`)
	d.press("u", "c")
	d.shows("đã hoàn tác")
	d.holds("progress/chi-doan.toml", `status = "draft"`, "submitted_at = 2019-12-10T09:20:11+07:00")
	d.press("u", "c") // what was written before it was sent
	d.holds("progress/chi-doan.toml", "submitted_at = 2019-12-10T09:20:11+07:00")
	d.lacks("vừa được người khác sửa")

	d = openDemo(t, setting{person: "hang"})
	d.size(120, 40)
	d.press("3", " ", "2", "u")
	d.shows("Hoàn tác: Thanh tra Sở · Tổ chức quán triệt")
	d.press("k", "3")
	d.shows("xin chào")
	d.press("u")
	d.shows("đã hoàn tác")
	d.press("e", "tab", "tab", "tab", "đang in", "ctrl+s", "u")
	d.shows("Nội dung đã nhập lúc đó sẽ bị")
	d.press("k")
	d.holds("progress/thanh-tra.toml", "đang in")
}

// What is too long is said, never cut off unseen: what would be saved is what stands on the screen.
func TestTextThatIsTooLong(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(80, 24)
	pasted := strings.TrimSpace(strings.Repeat("hai mươi ký tự nhé,\n", 210)) + " hết"
	d.press("3", "down", "right", "e", "shift+tab", pasted)
	d.shows("Note: 42", "at most 4000 can be saved", " hết")
	d.press("ctrl+s")
	d.shows("Edit · Thanh tra Sở", "at most 4000 can be saved")
	d.lacks("saved: ")
	d.press("shift+tab", "shift+tab", "1234567890123456789012345")
	d.shows("at most 20 can be saved")
}

// On a narrow screen a label stands above its field, so that an option is read in full.
func TestFormOnANarrowScreen(t *testing.T) {
	d := open(t, phrase.English, inTheCampaign, termenv.Ascii)
	d.size(40, 14)
	d.press("3", "e")
	d.shows("› Status\n", "( ) in progress", "( ) not applicable")
	d.size(80, 24)
	d.shows("› Status               (•) not started")
}

// What is pasted where there is no field never reaches the terminal as it is.
func TestPasteOutsideAForm(t *testing.T) {
	d := open(t, phrase.English, inTheCampaign, termenv.Ascii)
	d.size(80, 24)
	d.update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("a\x1b[31m\u202e\nb"), Paste: true})
	d.shows("there is no field here to paste into")
	d.lacks("[31m")
	d.press("\u202e")
	d.lacks("\u202e")
}

func TestForm(t *testing.T) {
	d := open(t, phrase.Vietnamese, inTheCampaign, termenv.Ascii)
	d.size(80, 24)
	d.press("3", "right", "e", "right", "right", "tab", "4", "tab", "tab", "tab", "tab", "tab", "Treo ở trụ sơ", "\u0309", "ctrl+s")
	d.shows("đã lưu", "Băng rôn, khẩu hiệu: 4 cái")
	d.press("enter")
	d.shows("“Treo ở trụ sở”")
	d.press("esc")
	d.press("e", "tab", "x", "ctrl+s")
	d.shows("không phải là số")
	d.press("esc")
	d.shows("Bỏ những gì vừa nhập?")
	d.press("c")
	d.shows("[✓]")
}

func TestConflictIsShownAndSettled(t *testing.T) {
	d := open(t, phrase.English, inTheCampaign, termenv.Ascii)
	d.size(80, 24)
	d.press("3")
	d.someoneElse("van-phong", "tuyen-truyen-van-dong", model.Entry{Status: model.Done, Note: "xong rồi"})
	d.press(" ")
	d.shows("Someone else has just changed this entry", "Minh", "xong rồi", "in progress")
	d.press("g")
	d.shows("[✓]")
}

func TestCopyFilterAndLanguage(t *testing.T) {
	d := open(t, phrase.Vietnamese, inTheCampaign, termenv.Ascii)
	d.size(80, 24)
	d.press("2", "y")
	if len(d.copied) != 1 || !strings.HasPrefix(d.copied[0], "Hưởng ứng Tháng hành động") {
		t.Errorf("copied %q", d.copied)
	}
	d.press("/", "yeu thuong", "enter")
	d.shows("vun đắp yêu thương", "lọc: “yeu thuong”")
	d.press("esc", "L")
	d.shows("Messages", "Tuesday, 10/12/2019")
	d.press("jjj")
	d.shows("› ", "Chủ động phòng ngừa")
}

func TestAfterTheCampaignNothingCountsDown(t *testing.T) {
	d := open(t, phrase.Vietnamese, afterTheCampaign, termenv.Ascii)
	d.size(80, 24)
	d.shows("Kế hoạch đã kết thúc ngày 15/12/2019", "chưa hoàn thành")
	for _, tab := range []string{"1", "2", "3", "4"} {
		d.press(tab)
		for _, word := range []string{"còn lại", "quá hạn 2", "còn -"} {
			if strings.Contains(d.app.View(), word) {
				t.Errorf("tab %s counts down: %q", tab, word)
			}
		}
	}
}

func benchmarkKey(b *testing.B, width, height int) {
	d := open(b, phrase.Vietnamese, inTheCampaign, termenv.ANSI)
	d.size(width, height)
	d.press("3")
	down, up := tea.KeyMsg{Type: tea.KeyDown}, tea.KeyMsg{Type: tea.KeyUp}
	for i := 0; b.Loop(); i++ {
		if i%2 == 0 {
			d.app.Update(down)
		} else {
			d.app.Update(up)
		}
		_ = d.app.View()
	}
}

// The promise is at most 0.5 ms.
func BenchmarkKey80x24(b *testing.B) { benchmarkKey(b, 80, 24) }

// The promise is at most 1 ms.
func BenchmarkKey200x60(b *testing.B) { benchmarkKey(b, 200, 60) }

func TestTheCoordinatorRecordsTheUseOfMessagesForAnyUnit(t *testing.T) {
	d := openDemo(t, setting{})
	d.size(80, 24)
	d.press("2")
	d.shows("Văn phòng Sở · đã dùng", "← → đơn vị khác")
	d.press("left")
	d.shows("không còn đơn vị nào ở phía này")
	d.press("4", "down", "2")
	d.shows("Thanh tra Sở · đã dùng 3/15")
	d.press("down", "e", " ", "ctrl+s")
	d.shows("đã lưu: Thanh tra Sở · thông điệp m02", "Thanh tra Sở · đã dùng 4/15")
}

func TestStaffRecordTheUseOfMessagesForTheirUnitOnly(t *testing.T) {
	d := openDemo(t, setting{person: "hang"})
	d.size(80, 24)
	d.press("2")
	d.shows("Thanh tra Sở · đã dùng")
	d.lacks("← →")
	d.press("right")
	d.shows("phím → không dùng ở đây", "Thanh tra Sở · đã dùng")
}

// What was typed is not lost by the key that people press to get rid of a screen.
func TestEscapeFromAConflictKeepsWhatWasTyped(t *testing.T) {
	for _, escape := range []string{"esc", "alt+esc"} {
		d := openDemo(t, setting{language: phrase.English})
		d.size(80, 24)
		d.press("3", "down", "right", "e", "tab", "1")
		d.someoneElse("thanh-tra", "treo-bang-ron", model.Entry{Status: model.Doing, Figures: map[string]float64{"bang-ron": 6}})
		d.press("ctrl+s")
		d.shows("Someone else has just changed this entry", "Băng rôn, khẩu hiệu 6 cái", "Băng rôn, khẩu hiệu 41 cái")
		d.press(escape)
		d.shows("Edit · Thanh tra Sở", "[ 41 ")
		d.lacks("Theirs:")
		d.press("ctrl+s") // nothing was agreed to: the question stands
		d.shows("Someone else has just changed this entry")
		d.press("e")
		d.shows("Edit · Thanh tra Sở", "[ 41 ", "Theirs: ", "Băng rôn, khẩu hiệu 6 cái")
		d.press("ctrl+s")
		d.shows("saved: Thanh tra Sở", "in progress", "Băng rôn, khẩu hiệu: 41 cái") // theirs, where it was not touched
	}
}

// A second escape that follows fast comes as one key with Alt.
func TestSecondEscapeIsAnEscape(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(80, 24)
	d.press("3", "down", "e")
	d.shows("Edit · Thanh tra Sở")
	d.press("alt+esc")
	d.lacks("Edit · Thanh tra Sở")
	d.press("enter")
	d.lacks("Unit  ")
	d.press("alt+esc")
	d.shows("Unit  ")
	d.press("/", "zzz", "alt+esc")
	d.lacks("filter:")
	d.press("?", "alt+esc")
	d.shows("Unit  ")
	d.press("4", "end", "up", "a")
	d.shows("y yes · n no")
	d.press("alt+esc")
	d.shows("nothing was changed")
}

func TestFilterOfOnesOwnUnitIsForPeopleWhoHaveOne(t *testing.T) {
	tests := map[string][]string{"": {"not done", "overdue, due today, returned", ""}, "hang": {"not done", "overdue, due today, returned", "my unit", ""}}
	for person, filters := range tests {
		d := openDemo(t, setting{language: phrase.English, person: person})
		d.size(120, 40)
		for _, filter := range filters {
			d.press("f")
			if filter == "" {
				d.lacks("filter:")
			} else {
				d.shows("filter: " + filter)
			}
		}
	}
}

func TestCopyingInTmuxSaysWhatItNeeds(t *testing.T) {
	hint := terminal.CopyHint(func(name string) string { return map[string]string{"TMUX": "/tmp/tmux-1000/default,1,0"}[name] })
	d := openDemo(t, setting{hint: hint})
	d.size(80, 24)
	d.press("2", "y")
	d.shows("✓ đã sao chép (tmux chỉ nhận khi có `set -g set-clipboard on`): Hưởng")
}

func TestEachRoleSeesWhatItNeedsFirst(t *testing.T) {
	tests := map[string]struct{ shows, lacks []string }{
		"lan":      {shows: []string{"Đơn vị    ", "Chi đoàn Thanh niên Sở"}, lacks: []string{"xin chào"}},
		"hang":     {shows: []string{"Thanh tra Sở · xin chào Bùi Hằng", "Phím cách đổi trạng thái"}, lacks: []string{"Chi đoàn Thanh niên Sở"}},
		"giam-sat": {shows: []string{"Đơn vị    ", "chỉ xem: vai trò của bạn là xem"}, lacks: []string{"đổi trạng thái", "e sửa"}},
	}
	for person, test := range tests {
		t.Run(person, func(t *testing.T) {
			d := openDemo(t, setting{person: person})
			d.size(80, 24)
			d.shows(test.shows...)
			d.lacks(test.lacks...)
		})
	}
}

// A viewer changes nothing, whatever they press, and each key says why.
func TestAViewerChangesNothingAndSeesWhy(t *testing.T) {
	d := openDemo(t, setting{person: "giam-sat"})
	d.size(80, 24)
	before := wholeFolder(t, d.dir)
	for _, keys := range [][]string{{"3", " "}, {"3", "e"}, {"3", "v", " "}, {"2", "e"}, {"4", "s"}, {"4", "a"}, {"4", "r"}} {
		d.press(keys...)
		d.shows("⚠ Trương Văn An chỉ được xem, không được cập nhật")
	}
	if after := wholeFolder(t, d.dir); after != before {
		t.Error("the files have changed")
	}
}

// wholeFolder joins all data files.
func wholeFolder(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		b.WriteString(path + "\n" + string(content))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTabsAreClickedUnderABannerToo(t *testing.T) {
	s := shot{broken: "thanh-tra"}
	d := s.take(t, phrase.Vietnamese, termenv.Ascii)
	for i, name := range []string{"[1 Mục tiêu]", "[2 Thông điệp]", "[3 Hoạt động]", "[4 Báo cáo]"} {
		lines := strings.Split(bare(d.app.View()), "\n")
		at := lipgloss.Width(lines[3][:strings.Index(lines[3], strconv.Itoa(i+1))])
		d.update(tea.MouseMsg{X: at, Y: 3, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress})
		d.shows(name, "chỗ cần xem trong các tệp")
	}
}

// The cursor is where it was when a filter that lets nothing through is gone.
func TestTheCursorComesBackAfterAnEmptyFilter(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(80, 24)
	d.press("4", "down", "down", "/", "zzz", "enter")
	d.shows("No matches.")
	d.press("a")
	d.shows("there is no entry under the cursor")
	d.press("esc")
	d.shows("› Phòng Quản lý công nghiệp")
}

// Space must never change an entry that the filter hides.
func TestTheCursorOfTheMatrixIsOnAColumnThatIsShown(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(80, 24)
	d.press("3", "down", "right", "right", "right", "right", "/", "bang ron", "enter")
	d.shows("[✓]", "2 · Treo băng rôn")
	d.press(" ")
	d.shows("Clear the completion of 15/11/2019?")
	d.press("n")
	d.lacks("saved: Thanh tra")
	d.press(" ", "y")
	d.shows("saved: Thanh tra Sở: not started · Treo băng rôn")
	d.press("u")
	d.shows("✓ undone · saved: Thanh tra Sở: done · Treo băng rôn")
}

func TestAcceptingTwiceSaysSo(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(80, 24)
	d.press("4", "a")
	d.shows("⚠ the report is already accepted")
}

// A document that has no number yet is named as an office leaves it to be filled in.
func TestNumberNotGivenYet(t *testing.T) {
	d := openWith(t, setting{language: phrase.Vietnamese, today: inTheCampaign, prepare: func(dir string) {
		plan := filepath.Join(dir, "plan.toml")
		content, err := os.ReadFile(plan)
		if err != nil {
			t.Fatal(err)
		}
		content = bytes.Replace(content, []byte(`"Số: 1714 /KH-SCT"`), []byte(`"Số:        /KH-SCT"`), 1)
		if err := os.WriteFile(plan, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}})
	d.size(80, 24)
	d.shows("KẾ HOẠCH …/KH-SCT ")
}

// What was refused because the plan could not be read is not said any more once it can.
func TestARefusalGoesWithItsError(t *testing.T) {
	plan, whole := "", []byte(nil)
	d := openWith(t, setting{language: phrase.English, today: inTheCampaign, prepare: func(dir string) {
		var err error
		plan = filepath.Join(dir, "plan.toml")
		if whole, err = os.ReadFile(plan); err != nil {
			t.Fatal(err)
		}
	}})
	d.size(120, 24)
	put := func(content []byte) {
		t.Helper()
		if err := os.WriteFile(plan, content, 0o600); err != nil {
			t.Fatal(err)
		}
		d.reload()
	}
	put([]byte("[[x"))
	d.press("3", " ")
	d.shows("the plan cannot be used: data/plan.toml:1")
	put(whole)
	d.lacks("plan.toml:1")
}
