package tui_test

import (
	"slices"
	"strings"
	"testing"

	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/choices"
	"example.org/tiendo/model/phrase"
)

// unitsShown are the short names of the units on the screen, from the top.
func unitsShown(d *dashboard) []string {
	var shown []string
	for line := range strings.SplitSeq(bare(d.app.View()), "\n") {
		for _, unit := range d.data.Picture().Board.Campaign.Roster.Units {
			for _, name := range []string{unit.Name, unit.ShortName()} {
				if len([]rune(line)) > 3 && strings.HasPrefix(string([]rune(line)[3:]), name+" ") &&
					!slices.Contains(shown, unit.ID) {
					shown = append(shown, unit.ID)
				}
			}
		}
	}
	return shown
}

// The units stand in the order that was chosen, on both tabs that list them; the cursor stays on its unit, and what is
// chosen is kept.
func TestUnitsAreSorted(t *testing.T) {
	var kept []string
	d := openDemo(t, setting{language: phrase.English, keep: func(key choices.Key, value string) error {
		kept = append(kept, string(key)+"="+value)
		return nil
	}})
	d.size(80, 24)
	begins := func(tab, order string, units ...string) {
		t.Helper()
		d.press(tab)
		if shown := unitsShown(d); len(shown) != 10 || !slices.Equal(shown[:len(units)], units) {
			t.Errorf("tab %s, %s: %v; want %v first", tab, order, shown, units)
		}
	}
	begins("4", "roster", "van-phong", "thanh-tra", "quan-ly-cong-nghiep")
	d.press("down", "down", "O")
	d.shows("sorted: late first", "Unit · late first", "› Phòng Quản lý công nghiệp")
	// Returned, then waiting for the Office, then the units that have most overdue.
	begins("4", "late", "quan-ly-thuong-mai", "cong-doan", "thanh-tra", "ky-thuat-an-toan",
		"quan-ly-cong-nghiep")
	begins("3", "late", "thanh-tra", "ky-thuat-an-toan", "khuyen-cong", "quan-ly-thuong-mai")
	d.press("O")
	begins("3", "done", "khuyen-cong", "quan-ly-cong-nghiep", "quan-ly-nang-luong", "ky-thuat-an-toan", "thanh-tra")
	begins("4", "done", "khuyen-cong", "quan-ly-cong-nghiep")
	d.press("=")
	begins("4", "submission", "quan-ly-thuong-mai", "ke-hoach-tong-hop", "van-phong", "cong-doan", "thanh-tra")
	d.press("!")
	if shown := unitsShown(d); !slices.Equal(shown, []string{"quan-ly-thuong-mai", "cong-doan"}) {
		t.Errorf("filtered: %v", shown)
	}
	d.press("esc", "O")
	begins("4", "roster again", "van-phong", "thanh-tra")
	d.lacks("Unit ·")
	if want := []string{"sort=late", "sort=done", "sort=submission", "sort=roster"}; !slices.Equal(kept, want) {
		t.Errorf("kept %v; want %v", kept, want)
	}
}

// What was kept holds from the start; what has no report in time comes by its deadline.
func TestTheOrderHoldsFromTheStart(t *testing.T) {
	d := openDemo(t, setting{sort: choices.Late, today: calendar.Date(2019, 12, 20)})
	d.size(80, 24)
	d.press("4")
	shown := unitsShown(d)
	last := slices.Index(shown, "khuyen-cong") // it had time until 18/12
	for _, unit := range []string{"thanh-tra", "quan-ly-nang-luong", "chi-doan"} {
		if at := slices.Index(shown, unit); at < 0 || at > last {
			t.Errorf("%s stands behind the unit that had more time: %v", unit, shown)
		}
	}
}

// A key for the order of units does nothing where one unit is shown, and says so.
func TestTheChecklistIsNotSorted(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(80, 24)
	d.press("3", "v", "O")
	d.shows("the key O does nothing here")
}
