package layout_test

import (
	"strings"
	"testing"

	"example.org/tiendo/tui/layout"
)

// No line is wider than the room, wherever a hyphen falls, and nothing is lost.
func TestWrapKeepsTheWidth(t *testing.T) {
	const text = "Tổ chức quán triệt: Phòng Kế hoạch - Tổng hợp; Phòng Kỹ thuật an toàn - Môi trường; tháng 11-12/2019"
	for width := 9; width < 110; width++ {
		lines := layout.Wrap(text, width)
		for _, line := range lines {
			if layout.Width(line) > width {
				t.Errorf("at %d a line is %d wide: %q", width, layout.Width(line), line)
			}
		}
		if got := strings.Join(lines, " "); width > 10 && got != text {
			t.Errorf("at %d it reads %q", width, got)
		}
	}
}

// A number and its measure stay on one line, and what is copied from the screen holds a usual blank between them.
func TestWrapKeepsAMeasure(t *testing.T) {
	text := "Băng rôn: 22" + layout.NoBreak + "cái"
	if got := strings.Join(layout.Wrap(text, 14), "|"); got != "Băng rôn:|22 cái" {
		t.Errorf("it reads %q", got)
	}
}

// The dot between two items stands at the end of a line, not at the beginning of the next.
func TestWrapBeginsNoLineWithADot(t *testing.T) {
	const text = "Hội nghị 4 cuộc · Buổi nói chuyện 3 buổi · Người tham dự 30 lượt người"
	for width := 16; width < 72; width++ {
		lines := layout.Wrap(text, width)
		for _, line := range lines {
			if strings.HasPrefix(line, "·") || layout.Width(line) > width {
				t.Errorf("at %d: %q", width, lines)
			}
		}
		if got := strings.Join(lines, " "); got != text {
			t.Errorf("at %d it reads %q", width, got)
		}
	}
}
