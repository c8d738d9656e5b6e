package tui_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// A filter is named for what it leaves on the tab that is open.
func TestFiltersAreNamedForTheTab(t *testing.T) {
	d := openDemo(t, setting{})
	d.size(80, 24)
	for _, test := range []struct{ tab, key, name string }{
		{"3", "!", "lọc: quá hạn, đến hạn hôm nay, bị trả lại"},
		{"2", "", "lọc: chưa dùng"},
		{"2", "!", ""},
		{"2", "f", "lọc: chưa dùng"},
		{"3", "", "lọc: chưa hoàn thành"},
	} {
		d.press(test.tab)
		if test.key != "" {
			d.press(test.key)
		}
		if test.name == "" {
			d.lacks("lọc:")
		} else {
			d.shows(test.name)
		}
	}
}

// A key is spelled as the help spells it.
func TestAKeyThatDoesNothingIsSpelledAsInTheHelp(t *testing.T) {
	d := openDemo(t, setting{})
	d.size(80, 24)
	d.press("1")
	for name, said := range map[string]string{"ctrl+s": "phím Ctrl+S không", "backspace": "phím Backspace không", "x": "phím x không", " ": "phím cách không"} {
		d.press(name)
		d.shows(said)
	}
}

// While the form asks, only the keys that answer are shown.
func TestAFormThatAsksShowsTheKeysThatAnswer(t *testing.T) {
	d := openDemo(t, setting{})
	d.size(80, 24)
	d.press("3", "down", "right", "e", "right", "esc")
	d.shows("Bỏ những gì vừa nhập?", "c có  k không")
	d.lacks("Ctrl+S")
	d.press("k")
	d.shows("Ctrl+S")
}

func TestKeepingTheirsIsAnswered(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(80, 24)
	d.press("3", "down", "right", "e", "tab", "1")
	d.someoneElse("thanh-tra", "treo-bang-ron", model.Entry{Status: model.Doing, Figures: map[string]float64{"bang-ron": 6}})
	d.press("ctrl+s", "g")
	d.shows("theirs is kept; what you entered was not written")
}

// The place of a problem is what somebody needs, however deep the folder lies.
func TestTheBannerKeepsThePlace(t *testing.T) {
	d := openDemo(t, setting{shown: filepath.Join("/srv", strings.Repeat("mot-thu-muc-rat-dai/", 6), "data"), prepare: breakFile(t, "thanh-tra")})
	for _, width := range []int{60, 80, 120} {
		d.size(width, 24)
		d.shows("…/", "thanh-tra.toml:2:10")
	}
	d.size(50, 14)
	d.shows("⚠ 1 · …/thanh-tra.toml:2:10")
}

// A screen that is too small says how large it is before how large it should be.
func TestTooSmallSaysThePresentSizeFirst(t *testing.T) {
	for _, language := range []phrase.Language{phrase.Vietnamese, phrase.English} {
		d := openDemo(t, setting{language: language, colours: termenv.Ascii})
		d.size(39, 9)
		d.shows("39×9: ", " 40×10")
	}
}

func TestTheHelpExplainsBarsAndSigns(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(120, 60)
	d.press("?")
	d.shows("━ in a bar: done", "╍ in a bar: in progress", "─ in a bar: the rest", "⚠ a problem in the data files", "✎ report: draft")
}

// Where the columns do not all fit, a sign says on which side there are more.
func TestTheMatrixShowsThatThereIsMore(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(50, 14)
	d.press("3")
	d.shows("1  2  3  4    5  6 ›  done")
	d.press("right", "right", "right", "right", "right", "right", "right")
	d.shows("‹3  4    5  6  7  8    done")
	d.size(80, 24)
	d.lacks("‹", "8 ›")
}

// What the screen has no room for in a line goes on in the next one.
func TestAHintIsNotCutInTheDetail(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(120, 40)
	d.press("2", "f")
	d.lacks("Press e") // the record of this unit is locked
	d.press("right")
	d.shows("Press e to", " one did.")
}

// The keys that go to both ends work in the help too.
func TestTheHelpGoesToBothEnds(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(50, 14)
	d.press("?", "end")
	d.shows("[sic] the plan's own words")
	d.press("down", "home")
	d.shows("On this tab: ")
	d.press("G", "g")
	d.shows("On this tab: ")
}

// With an input method on, a key that became a Vietnamese letter says so, and what Telex takes has a twin.
func TestAnInputMethodIsNamed(t *testing.T) {
	d := openDemo(t, setting{person: "lan"})
	d.size(120, 40)
	for _, letter := range []string{"ư", "ơ", "â", "Đ", "ế"} {
		d.press("4", letter)
		d.shows("bộ gõ tiếng Việt đang bật nên phím thành " + letter + ": chuyển bộ gõ sang E")
	}
	d.press("ö1") // the tab of goals after a letter that no Vietnamese method makes is reached all the same
	d.shows("[1 Mục tiêu]")
	d.press("4", "home", "t")
	d.shows("Rút xác nhận báo cáo của Văn phòng Sở?")
}

// In another year than the plan's no date reads as one of the plan, and the status stands beside that it is too late.
func TestDatesInAnotherYear(t *testing.T) {
	d := openWith(t, setting{today: afterTheCampaign, language: phrase.English, prepare: func(dir string) {
		replace(t, filepath.Join(dir, "progress", "van-phong.toml"), "status   = \"todo\"", "status   = \"done\"\nby = \"lan\"\nat = 2026-11-20T09:00:00+07:00")
	}})
	d.size(120, 40)
	d.press("3")
	d.shows("done late, 20/11/2026", "Last change: 09:00 20/11/2026")
	d.press("right", " ")
	d.shows("in progress since 10/12/2019", "(Lan), not done when the plan ended")
}

func replace(t *testing.T, path, old, replacement string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(content), old, replacement, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}
