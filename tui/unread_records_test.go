package tui_test

import (
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/report"
	"example.org/tiendo/tui/reports"
)

// Before the records are read every key works, and nothing is shown as if it were known.
func TestTheFirstFrameComesBeforeTheRecords(t *testing.T) {
	d := openWith(t, setting{language: phrase.Vietnamese, today: inTheCampaign, colours: termenv.Ascii, files: demoOf(t, 400), starting: true,
		export: func(*model.Board, report.Format, string) (reports.Written, error) {
			t.Error("a paper is made of what has not been read")
			return reports.Written{}, nil
		}})
	d.size(80, 24)
	d.shows("đã đọc 0/400 đơn vị; mọi tổng chỉ tính các đơn vị này", "Văn phòng Sở", "[…]", "chưa đọc")
	d.lacks("0/6", "0/7", "0/0", "quá hạn", "chưa rõ")
	d.press("4")
	d.shows("đã đọc 0/400 đơn vị", "chưa đọc")
	d.lacks("0/6", "chưa gửi", "chưa có")
	d.press("A")
	d.shows("việc này cần sổ của mọi đơn vị")
	d.press("i")
	d.shows("việc này cần sổ của mọi đơn vị")
	d.press("o")
	d.shows("việc này cần sổ của mọi đơn vị")
	d.press("1")
	d.press("2")
	d.press("3", "down") // the record of the unit that the cursor has come to is read before its turn
	d.shows("đã đọc 2/400 đơn vị")
	d.press(" ", "c") // that asks before it takes a completion back
	d.shows("đã lưu: Thanh tra Sở")
	d.size(50, 14)
	d.shows("đã đọc 2/400 đơn vị")
	for line := range strings.SplitSeq(d.app.View(), "\n") {
		if strings.Contains(line, "Thanh tra Sở") && strings.Count(line, "…") > 1 {
			t.Errorf("a unit that was read is shown as unread: %s", line)
		}
	}
}
