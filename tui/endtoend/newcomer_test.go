//go:build unix

package endtoend

import (
	"strings"
	"testing"
)

// newcomer counts what a person presses, beside the text that they write.
type newcomer struct {
	*tmux
	keys int
}

func (c *newcomer) key(names ...string) {
	c.t.Helper()
	for _, name := range names {
		c.keys++
		c.press(name)
	}
}

// text is written, and not counted.
func (c *newcomer) text(words string) {
	c.t.Helper()
	c.run("send-keys", "-l", "--", words)
	c.shows(words)
}

// enoughKeys is how many keys are enough from the first frame to a tick with its figure and a sent report.
const enoughKeys = 25

// Somebody who has never seen the program finds what is late, ticks it with its figure, sends the report, sees that it
// was returned and why, mends it and sends it again. They press only what the screen names, and never open the help.
func TestANewcomersWeek(t *testing.T) {
	for _, language := range []struct{ code, late, sendIt, yes, answers, sent, back, done string }{
		{"vi", "quá hạn 11 ngày", "s gửi", "c", "c có · k không", "chờ xác nhận", "bị trả lại: thiếu số liệu nữ", "báo cáo của đơn vị đã gửi"},
		{"en", "overdue by 11 days", "s submit", "y", "y yes · n no", "submitted", "eturned: thiếu số liệu nữ", "report of your unit has been sent"},
	} {
		t.Run(language.code, func(t *testing.T) {
			t.Parallel()
			o, _ := demo(t, language.code, 80, 24)
			env := []string{"TIENDO_LANG=" + language.code, "HOME=" + t.TempDir()} // nothing was chosen there
			w := &newcomer{tmux: inTmux(t, o.dir, o.home, "tmux-256color", 80, 24, env, tiendo(t)+" --as hang")}

			w.shows("› !  5  Tổ chức quán triệt", language.late, "Enter ")
			w.key("Enter")
			w.shows("( ) ", "Ctrl+S", "← →")
			w.key("Right", "Right", "Tab")
			w.text("97")
			w.key("C-s")
			w.shows("› ◐  4  Đánh giá kết quả")
			w.key("Enter", "Right", "Tab")
			w.text("500000")
			w.key("C-s")
			report := map[string]string{"vi": "› ·     Báo cáo", "en": "› ·     Report"}[language.code]
			w.shows(report)
			w.key("Enter")
			w.shows("[4 ", "› Thanh tra Sở", "e ")
			w.key("e")
			w.shows("Ctrl+S")
			w.text("Đã quán triệt cho 97% cán bộ.")
			w.key("C-s")
			w.shows("› Thanh tra Sở               ✎")
			w.key("s")
			w.shows(language.answers)
			w.key(language.yes)
			w.shows("› Thanh tra Sở               ●")
			if w.keys > enoughKeys {
				t.Errorf("%d keys from the first frame to a sent report; want at most %d", w.keys, enoughKeys)
			}
			t.Logf("%d keys from the first frame to a sent report", w.keys)
			w.key("Escape")
			w.shows(language.done)

			o.run(tiendo(t), "--as", "lan", "return", "thanh-tra", "--reason", "thiếu số liệu nữ")
			w.shows("› ↩", language.back)
			w.key("Enter")
			w.shows("[4 ", "thiếu số liệu nữ", language.sendIt)
			w.key("e")
			w.shows("thiếu số liệu nữ", "97%")
			w.key("C-End")
			w.text(" Trong đó nữ 40.")
			w.key("C-s")
			w.shows("✓ ", "› Thanh tra Sở               ↩") // the list again, with the form saved
			w.key("s")
			w.shows(language.answers)
			w.key(language.yes)
			w.shows("› Thanh tra Sở               ●")
			w.key("Escape")
			w.shows(language.done)
			w.key("q")
			until(t, "the end", func() bool { return w.asks("#{pane_dead}") == "1" }, w.screen)
			told := o.git("show", "HEAD:data/progress/thanh-tra.toml")
			if !strings.Contains(told, "Trong đó nữ 40.") || !strings.Contains(told, `status   = "submitted"`) {
				t.Errorf("the record is\n%s", told)
			}
			o.clean()
		})
	}
}
