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
