package tui_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/muesli/termenv"

	"example.org/tiendo/model/phrase"
)

// On the cell Space leads to both versions, a key keeps one, and `u` brings both back, byte for byte. Deciding one
// dispute opens no other one: a key pressed twice would decide that, too.
func TestDisputeIsDecidedAndTakenBack(t *testing.T) {
	var record string
	d := openDemo(t, setting{language: phrase.English, colours: termenv.Ascii, person: "lan", record: newRecord(t), prepare: func(dir string) {
		disputes(t)(dir)
		record = filepath.Join(dir, "progress", "thanh-tra.toml")
	}})
	d.size(120, 40)
	planted := read(t, record)
	d.shows("2 entries have two versions and wait for your decision: press 5", "2 in dispute")
	d.press("3", "down", "right", " ")
	d.shows("Until one version is chosen", "A 14:10 15/11 (Bùi Hằng)", "B 09:31 18/11 (Nguyễn Thị Lan)", "a take version A")
	d.press("b")
	d.shows("not applicable", "Phòng Quản lý thương mại · report", "1 in dispute", "1 entry was changed on both sides")
	d.press("b")
	d.lacks("1 entry was changed on both sides")
	d.shows("report: returned")
	d.press("u", "y")
	d.shows("1 entry was changed on both sides")
	d.press("u", "y")
	d.shows("2 in dispute")
	if now := read(t, record); now != planted {
		t.Errorf("taken back, the record is\n%s\nand not\n%s", now, planted)
	}
}

// Nothing is submitted, accepted or reminded of while it is in dispute, and every key says so or leads to the decision.
func TestReportInDisputeWaits(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English, colours: termenv.Ascii, person: "lan", record: newRecord(t), prepare: disputes(t)})
	d.size(120, 40)
	for _, key := range []string{"enter", "e", "s", "a"} {
		d.press("4", "home", "down", "down", "down", key)
		d.shows("Phòng Quản lý thương mại · report", "Until one version is chosen", "neither submitted nor accepted", "c keep both")
		d.press("esc")
	}
	d.press("4", "home", "down", "down", "down", "m")
	d.shows("Record reminder 1 to Phòng Quản lý thương mại?") // all versions say that it was returned
	d.press("n")
	d.press("r")
	d.shows("nobody has decided yet")
}

func read(t testing.TB, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
