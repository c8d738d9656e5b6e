package tui_test

import (
	"strings"
	"testing"

	"example.org/tiendo/model/phrase"
)

// The names of activities stand over their columns on a usual wide screen, with the detail below. One wider still says
// below the list how the activity under the cursor stands in every unit, as long as all of it fits.
func TestAWideScreenShowsMore(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	const name, total = "băng      truyền", "   Total  "
	d.press("3", "down", "right")
	d.size(120, 40)
	d.shows(name, "\n 2 · Treo băng rôn, khẩu hiệu")
	d.lacks(total)
	d.size(120, 30)
	d.lacks(name, total)
	d.size(200, 50)
	d.shows(name, "│  2 · Treo băng rôn, khẩu hiệu", total,
		"P. KTAT - Môi trường   in progress since 09/12 (Võ Hải), overdue by 8 days")
	for line := range strings.SplitSeq(bare(d.app.View()), "\n") {
		if strings.HasPrefix(line, "   Thanh tra Sở           done 15/11 (Bùi Hằng)") && strings.Join(strings.Fields(line[40:80]), " ") == "" {
			t.Errorf("no figures: %q", line)
		}
	}
	d.size(200, 30)
	d.lacks(total)
	d.size(200, 50)
	d.press("end", "right", "right", "right", "right", "right", "right") // an activity of two units, with no figures
	d.shows("   CĐCS cơ quan Sở        done 22/11 (Phạm Sơn)  “Quán triệt trong buổi")
	d.lacks(total, "   Thanh tra Sở     ·")
}
