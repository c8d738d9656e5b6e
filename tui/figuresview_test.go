package tui_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
)

// The figures of all units stand beside one another: what is missing is no 0, what is not confirmed and what is to be
// looked at again is marked, and the totals stand below.
func TestFiguresOfAllUnits(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.someoneElse("thanh-tra", "treo-bang-ron", model.Entry{
		Status: model.Done, Figures: map[string]float64{"bang-ron": 4000, "ap-phich": 0},
	})
	d.size(200, 50)
	d.press("ctrl+r", "4", "v")
	d.shows("Figures: ", "⚠ 1 to look at again", "2·Băng rôn,")
	if row := lineWith(d, "Thanh tra Sở"); !strings.HasPrefix(strings.Join(strings.Fields(row), " "),
		"Thanh tra Sở · · ⚠4,000* · 0* · ") {
		t.Error(row)
	}
	if row := lineWith(d, "Phòng Kế hoạch - Tổng hợp"); !strings.Contains(row, "86 ") || strings.Contains(row, "*") {
		t.Errorf("an accepted report: %s", row)
	}
	if row := strings.Fields(lineWith(d, "Total")); len(row) < 4 || row[3] != "4,018" {
		t.Errorf("the totals: %v", row)
	}
	if row := strings.Fields(lineWith(d, "of them confirmed")); len(row) < 6 || row[5] != "1" {
		t.Errorf("how many are confirmed: %v", row)
	}
	d.press("down", "right", "right")
	d.shows("[    ⚠4,000*]", "Thanh tra Sở · Băng rôn, khẩu hiệu", "4,000 cái · not confirmed: report not sent",
		"⚠ more than 10 times the median of all units (2.5)")
}

// A figure is written where it stands: the form opens at it, and the table is there again once it is saved.
func TestAFigureIsWrittenInPlace(t *testing.T) {
	for _, opens := range []string{"enter", "e"} {
		d := openDemo(t, setting{language: phrase.English})
		d.size(80, 24)
		d.press("4", "down", "v", "right", "right", opens)
		d.shows("Edit · Thanh tra Sở · 2 Treo băng rôn, khẩu hiệu", "› Băng rôn, khẩu hiệu")
		d.press("5", "ctrl+s")
		d.shows("saved", "⚠45*]", "Figures: ")
		if file := read(t, filepath.Join(d.dir, "progress", "thanh-tra.toml")); !strings.Contains(file, "bang-ron = 45") {
			t.Errorf("the file:\n%s", file)
		}
		d.press("3", "down")
		d.shows("[3 Activities]", "Space change status") // no form was left open there
	}
}

// What the rules forbid is said in the table as elsewhere, and no form opens.
func TestALockedFigureIsNotWritten(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(120, 40)
	d.press("4", "v", "e")
	d.shows("the report of Văn phòng Sở is accepted, so its record is locked", "Figures: ")
	d = openDemo(t, setting{language: phrase.English, person: "hang"})
	d.size(120, 40)
	d.press("4", "v", "down", "e")
	d.shows("Bùi Hằng may change only")
	d.lacks("Ctrl+S")
	d.press("a")
	d.shows("this key is for the row of a unit")
}

// What somebody else wrote meanwhile is put beside one's own, and what is kept goes on in the table.
func TestAConflictOfAFigure(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(80, 24)
	d.press("4", "down", "v", "right", "right", "e", "5")
	d.someoneElse("thanh-tra", "treo-bang-ron", model.Entry{Status: model.Done, Figures: map[string]float64{"bang-ron": 6}})
	d.press("ctrl+s")
	d.shows("Someone else has just changed this entry")
	d.press("e")
	d.shows("Edit · Thanh tra Sở · 2 Treo băng rôn, khẩu hiệu", "Theirs:")
	d.press("3", "esc", "y", "3", "down")
	d.shows("[3 Activities]", "Space change status") // given up once, it is given up everywhere
}

// The table goes sideways with its heads, and says that there is more.
func TestFiguresGoSideways(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(60, 16)
	d.press("4", "v")
	d.shows("1·Tin,", "›\n")
	d.press("right", "right", "right", "right", "right", "right")
	d.shows("3·Hội", "‹")
	d.lacks("1·Tin,")
	d.press("right", "right", "right", "right", "right", "right", "right", "right", "right")
	d.shows("7·Bài", "Văn phòng Sở")
	d.press("v", "v", "v")
	d.shows("7·Bài") // where one was
}

// In a plan with periods the figures are those of one of them, and others are gone to from there.
func TestFiguresOfAPeriod(t *testing.T) {
	d := openWith(t, setting{language: phrase.English, files: os.DirFS("testdata/plans/hang-thang"),
		today: calendar.Date(2026, 5, 10)})
	d.size(80, 24)
	d.press("4", "v")
	d.shows("< month 04/2026  [month 05/2026]  month 06/2026 >")
	d.press("e", "12", "ctrl+s")
	d.shows("saved", "[      12*]")
	d.press("<")
	d.shows("[month 04/2026]  month 05/2026 >", "[       · ]", "No figure yet")
	d.press(">", ">")
	d.shows("< month 05/2026  [month 06/2026]", "so far 12 hồ sơ", "target 300 hồ sơ")
}
