package tui_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/choices"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/report"
	"example.org/tiendo/tui/reports"
	"example.org/tiendo/tui/theme"
)

var update = flag.Bool("update", false, "write the golden files anew")

// shot is a screen that the goldens keep and that the sweep draws at many sizes.
type shot struct {
	name      string
	issued    bool // the plan as issued, after its end; else the made-up campaign
	today     calendar.Day
	person    string
	view      string // of the activities at the start; "" is the matrix, of staff the checklist
	ascii     bool
	record    bool   // there is a history
	exports   bool   // the report can be written
	conflicts bool   // two sides have changed the same entries
	disputed  bool   // so they have, and the records hold both versions
	broken    string // the file of this unit is broken
	keys      []string
	before    func(d *dashboard) // what happens before the last key
}

// shots are the screens worth keeping. The keys work in both languages.
func shots() []shot {
	const unit, activity = "thanh-tra", "treo-bang-ron"
	return []shot{
		{name: "todo", view: choices.ToDo, person: "lan", record: true, keys: []string{"3", "down"}},
		{name: "todo-staff", view: choices.ToDo, person: "hang", keys: []string{"3"}},
		{name: "todo-returned", view: choices.ToDo, person: "quang", keys: []string{"3"}},
		{name: "todo-last-day", view: choices.ToDo, person: "ngoc", today: calendar.Date(2019, 12, 14), keys: []string{"3"}},
		{name: "todo-overdue", view: choices.ToDo, person: "lan", today: calendar.Date(2019, 12, 16), keys: []string{"3", "end"}},
		{name: "todo-nothing", view: choices.ToDo, person: "phuc", keys: []string{"3"}},
		{name: "todo-disputed", view: choices.ToDo, person: "lan", disputed: true, keys: []string{"3"}},
		{name: "todo-broken", view: choices.ToDo, person: "hang", broken: "thanh-tra", keys: []string{"3"}},
		{name: "todo-ascii", view: choices.ToDo, person: "lan", ascii: true, keys: []string{"3"}},
		{name: "todo-ended", view: choices.ToDo, issued: true, keys: []string{"3"}},
		{name: "goals", keys: []string{"1", "down"}},
		{name: "messages", keys: []string{"2", "right", "down"}},
		{name: "matrix", keys: []string{"3", "down", "right", "right", "right", "right"}},
		{name: "matrix-sorted", keys: []string{"3", "O", "O"}},
		{name: "checklist", keys: []string{"3", "down", "v", "down"}},
		{name: "reports", keys: []string{"4", "down", "down", "down"}},
		{name: "reports-sorted", keys: []string{"4", "O"}},
		{name: "reports-overdue", today: calendar.Date(2019, 12, 16), keys: []string{"4", "down"}},
		{name: "reports-last-day", today: calendar.Date(2019, 12, 14), keys: []string{"4", "down"}},
		{name: "ended-goals", issued: true, keys: []string{"1"}},
		{name: "ended-messages", issued: true, keys: []string{"2"}},
		{name: "ended-matrix", issued: true, keys: []string{"3"}},
		{name: "ended-checklist", issued: true, keys: []string{"3", "v"}},
		{name: "ended-reports", issued: true, keys: []string{"4"}},
		{name: "detail", keys: []string{"3", "down", "right", "enter"}},
		{name: "form", keys: []string{"3", "down", "right", "e", "tab"}},
		{name: "form-about", keys: []string{"3", "down", "right", "e", "tab", "f1"}},
		{name: "report-form-about", person: "hang", keys: []string{"4", "e", "f1"}},
		{name: "form-use", keys: []string{"2", "right", "e", "right"}},
		{name: "form-reason", keys: []string{"4", "r", "Thiếu số liệu nữ"}},
		{name: "form-problem", keys: []string{"3", "down", "right", "e", "tab", "x"}},
		{name: "filter", keys: []string{"3", "/", "thuong mai"}},
		{name: "filter-late", keys: []string{"3", "!", "/", "o", "enter"}},
		{name: "filter-empty", keys: []string{"4", "/", "zzz", "enter"}},
		{name: "help", keys: []string{"3", "down", "?"}},
		{name: "conflict", keys: []string{"3", "down", "right", "e", "right", "ctrl+s"}, before: func(d *dashboard) {
			d.someoneElse(unit, activity, model.Entry{
				Status: model.Done, Note: "Đã treo đủ, có ảnh.", Evidence: []string{"anh/cong.jpg"},
				Figures: map[string]float64{"bang-ron": 6, "pano": 1},
			})
		}},
		{name: "confirmation", keys: []string{"4", "end", "up", "a"}},
		{name: "report-missing", keys: []string{"4", "down", "s"}},
		{name: "report-whole", keys: []string{"4", "down", "down", "down", "enter", "n", "p"}},
		{name: "report-accepted", keys: []string{"4", "enter"}},
		{name: "report-form", keys: []string{"4", "down", "e", "Đã tổ chức hai buổi nói chuyện.", "enter", "64 người dự, 30 nữ."}},
		{name: "report-form-nil", keys: []string{"4", "down", "e", "tab", "tab", "tab", "tab", "tab", "right", "tab"}},
		{name: "report-extension", keys: []string{"4", "down", "x", "14/12", "tab", "Đi công tác"}},
		{name: "report-reminder", keys: []string{"4", "down", "m"}},
		{name: "figures", keys: []string{"4", "down", "v", "right", "right"}},
		{name: "figures-right", keys: []string{"4", "v", "right", "right", "right", "right", "right", "right", "right", "right", "right"}},
		{name: "figures-form", keys: []string{"4", "down", "v", "right", "right", "enter", "5"}},
		{name: "figures-staff", person: "hang", keys: []string{"4", "v", "down", "e"}},
		{name: "figures-ascii", ascii: true, disputed: true, broken: "chi-doan", keys: []string{"4", "down", "v"}},
		{name: "marked", keys: []string{"4", "down", " ", "end", "up", "&", "up", "*"}},
		{name: "marked-question", keys: []string{"4", " ", " ", " ", "m"}},
		{name: "marked-return", keys: []string{"4", "end", "up", " ", "r", "Thiếu số liệu nữ"}},
		{name: "marked-extend", keys: []string{"4", "down", " ", " ", "x", "20/12", "tab", "Đi công tác"}},
		{name: "marked-told", keys: []string{"4", " ", " ", " ", "m", "y"}},
		{name: "marked-status", keys: []string{"3", "*", "*", "*", " "}},
		{name: "marked-checklist", person: "hang", keys: []string{"3", "home", "*", "*"}},
		{name: "marked-ascii", ascii: true, keys: []string{"3", "*", "*"}},
		{name: "preview", person: "lan", keys: []string{"4", "i"}},
		{name: "preview-check", person: "lan", disputed: true, broken: "chi-doan", keys: []string{"4", "i", "down", "down"}},
		{name: "preview-whole", person: "lan", keys: []string{"4", "i", "enter", "pgdown"}},
		{name: "preview-annex", person: "lan", keys: []string{"4", "i", "/", "phụ lục ii", "enter", "p", "enter"}},
		{name: "preview-found", person: "lan", keys: []string{"4", "i", "/", "kinh phi", "enter", "n"}},
		{name: "preview-ascii", person: "lan", ascii: true, keys: []string{"4", "i"}},
		{name: "export", person: "lan", exports: true, keys: []string{"4", "o", "right"}},
		{name: "export-done", person: "lan", exports: true, keys: []string{"4", "o", "ctrl+s"}},
		{name: "office", keys: []string{"4", "v", "v"}},
		{name: "office-overdue", today: calendar.Date(2019, 12, 16), keys: []string{"4", "v", "v", "enter"}},
		{name: "office-text", keys: []string{"4", "v", "v", "down", "down"}},
		{name: "office-form", keys: []string{"4", "v", "v", "down", "e"}},
		{name: "office-staff", person: "hang", keys: []string{"4", "v", "v", "e"}},
		{name: "broken-file", broken: unit, keys: []string{"3", "down"}},
		{name: "saved", keys: []string{"3", "down", "right", "right", "right", " "}},
		{name: "refused", keys: []string{"3", " "}},
		{name: "staff", person: "hang", keys: nil},
		{name: "staff-other-unit", person: "hang", keys: []string{"v", "down"}},
		{name: "viewer", person: "giam-sat", keys: nil},
		{name: "viewer-refused", person: "giam-sat", keys: []string{" "}},
		{name: "ascii", ascii: true, keys: []string{"4"}},
		{name: "changes", record: true, keys: []string{"5", "down", "down"}},
		{name: "changes-none", keys: []string{"5"}},
		{name: "changes-detail", record: true, keys: []string{"5", "down", "enter"}},
		{name: "changes-unread", record: true, keys: []string{"5", "!"}},
		{name: "changes-reviewed", record: true, keys: []string{"5", "m"}},
		{name: "changes-revert", record: true, keys: []string{"5", "down", "r"}},
		{name: "changes-refused", record: true, person: "giam-sat", keys: []string{"5", "r"}},
		{name: "changes-conflicts", record: true, conflicts: true, keys: []string{"5", "home"}},
		{name: "roster", keys: []string{"6", "down", "down"}},
		{name: "roster-person", keys: []string{"6", "end", "up"}},
		{name: "roster-add", keys: []string{"6", "end", "enter", "Trần Thị Hoà", "tab", "tab", "phong"}},
		{name: "roster-unit-form", keys: []string{"6", "down", "down", "down", "E", "tab"}},
		{name: "roster-unit-end", keys: []string{"6", "down", "down", "down", "delete"}},
		{name: "roster-remove", keys: []string{"6", "end", "up", "delete"}},
		{name: "roster-group-used", keys: []string{"6", "delete"}},
		{name: "roster-key", keys: []string{"6", "end", "up", "K", publicKey}},
		{name: "roster-staff", person: "hang", keys: []string{"6", "end"}},
		{name: "roster-refused", person: "giam-sat", keys: []string{"6", "end", "E"}},
		{name: "roster-late", keys: []string{"6", "!"}},
		{name: "roster-ascii", ascii: true, keys: []string{"6", "end"}},
		{name: "plan-which", keys: []string{"3", "down", "right", "E"}},
		{name: "plan-activity", keys: []string{"3", "down", "right", "E", "enter"}},
		{name: "plan-verbatim", keys: []string{"1", "E", "tab", "x"}},
		{name: "plan-add", keys: []string{"2", "+", "enter", "Vì tương lai"}},
		{name: "plan-reporting", keys: []string{"4", "E", "enter"}},
		{name: "plan-remove", keys: []string{"2", "delete", "enter"}},
		{name: "reach-goal", keys: []string{"1", "enter", "down"}},
		{name: "reach-came", keys: []string{"1", "enter", "down", "enter"}},
		{name: "reach-finding", keys: []string{"4", "down", "s", "enter"}},
		{name: "reach-history", record: true, keys: []string{"5", "down", "H"}},
		{name: "go-to-day", record: true, keys: []string{"3", "d", "32/11", "enter"}},
		{name: "as-it-was", record: true, keys: []string{"3", "["}},
		{name: "dispute-goals", disputed: true, keys: []string{"1", "down"}},
		{name: "dispute-matrix", disputed: true, person: "lan", keys: []string{"3", "down", "right"}},
		{name: "dispute-checklist", disputed: true, person: "hang", keys: []string{"3", "up", "up", "up"}},
		{name: "dispute-filter", disputed: true, person: "hang", keys: []string{"3", "!"}},
		{name: "dispute-reports", disputed: true, person: "lan", keys: []string{"4", "down", "down", "down"}},
		{name: "dispute-changes", disputed: true, record: true, person: "lan", keys: []string{"5"}},
		{name: "dispute-decide", disputed: true, record: true, person: "hang", keys: []string{"3", "up", "up", "up", " "}},
		{name: "dispute-decide-report", disputed: true, record: true, person: "lan", keys: []string{"4", "down", "down", "down", "s"}},
		{name: "dispute-ascii", disputed: true, ascii: true, person: "lan", keys: []string{"3", "down"}},
	}
}

// publicKey is a key as somebody sends it.
const publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJp0Lk0Y1mZ5l2oSW0dUuZ8gWk0bCk2Jt8pVQvYxXk1o hoa@van-phong"

// breakFile makes the file of a unit one that does not parse.
func breakFile(t testing.TB, unit string) func(dir string) {
	return func(dir string) {
		t.Helper()
		path := filepath.Join(dir, "progress", unit+".toml")
		if err := os.WriteFile(path, []byte("[activity.treo-bang-ron]\nstatus = \"done\nnote = 1\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// disputes plants a second version of an entry and one of a report, as a merge writes them.
func disputes(t testing.TB) func(dir string) {
	return func(dir string) {
		t.Helper()
		plant := func(unit, before, other string) {
			path := filepath.Join(dir, "progress", unit+".toml")
			record := read(t, path)
			at := len(record)
			if before != "" {
				at = strings.Index(record, before)
			}
			if err := os.WriteFile(path, []byte(record[:at]+other+record[at:]), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		plant("thanh-tra", "[activity.tuyen-truyen-chu-truong]", `[[activity.treo-bang-ron.other]]
status = "na"
by = "lan"
at = 2019-11-18T09:31:40+07:00
note = "Không phải treo."
figures = { bang-ron = 6 }

`)
		plant("quan-ly-thuong-mai", "", `
[[report.other]]
by = "quang"
at = 2019-12-07T09:31:40+07:00
results = "Đã treo 6 băng rôn, tổ chức 02 buổi tuyên truyền cho 80 lượt người."
`)
	}
}

// take opens the screen.
func (s *shot) take(t testing.TB, language phrase.Language, profile termenv.Profile) *dashboard {
	t.Helper()
	return s.takeWith(t, setting{language: language, colours: profile})
}

// takeWith opens the screen with a language and colours.
func (s *shot) takeWith(t testing.TB, given setting) *dashboard {
	t.Helper()
	given.today, given.person, given.view, given.ascii = s.today, s.person, s.view, s.ascii
	if s.broken != "" {
		given.prepare = breakFile(t, s.broken)
	}
	if s.disputed {
		given.prepare = disputes(t)
	}
	if s.record {
		given.record = newRecord(t)
	}
	if s.exports {
		given.export = func(board *model.Board, format report.Format, _ string) (reports.Written, error) {
			return reports.Written{Document: report.New(board, nil), File: report.FileName(&board.Campaign.Plan, format),
				Folder: "/nha/lan"}, nil
		}
	}
	if s.conflicts {
		given.conflicts = newConflicts()
	}
	var d *dashboard
	if s.issued {
		given.today = afterTheCampaign
		d = openWith(t, given)
	} else {
		d = openDemo(t, given)
	}
	d.size(80, 24)
	for i, key := range s.keys {
		if s.before != nil && i == len(s.keys)-1 {
			s.before(d)
		}
		d.press(key)
	}
	return d
}

func TestGoldens(t *testing.T) {
	for _, s := range shots() {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			var got strings.Builder
			for _, language := range []phrase.Language{phrase.Vietnamese, phrase.English} {
				d := s.take(t, language, termenv.Ascii)
				for _, size := range [][2]int{{80, 24}, {120, 40}, {50, 14}} {
					d.size(size[0], size[1])
					fmt.Fprintf(&got, "=== %s %d×%d\n%s\n", language, size[0], size[1], bare(d.app.View()))
				}
			}
			compare(t, filepath.Join("testdata", "golden", s.name+".txt"), got.String())
		})
	}
}

// bare is a view without the blanks at the ends of its lines and without the
// reverse video of a cursor, which is there even without colours.
func bare(view string) string {
	lines := strings.Split(strings.ReplaceAll(ansi.Strip(view), "\u00a0", " "), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

// compare fails with the lines that differ, under the name of their screen.
func compare(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	kept, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v\n`go test ./tui -update` makes it", err)
	}
	if got != string(kept) {
		t.Errorf("%s is not what is drawn now (- kept, + drawn); if the new one is right: go test ./tui -update\n%s",
			path, difference(string(kept), got))
	}
}

// difference lists the lines that differ, each pair under the header of its screen.
func difference(kept, drawn string) string {
	was, is := strings.Split(kept, "\n"), strings.Split(drawn, "\n")
	var b strings.Builder
	header, said := "", ""
	for i := range max(len(was), len(is)) {
		before, after := lineAt(was, i), lineAt(is, i)
		if strings.HasPrefix(after, "=== ") {
			header = fmt.Sprintf("%s, from line %d", after, i+1)
		}
		if before == after {
			continue
		}
		if header != said {
			b.WriteString(header + "\n")
			said = header
		}
		fmt.Fprintf(&b, "%4d - %s\n     + %s\n", i+1, before, after)
	}
	return b.String()
}

func lineAt(lines []string, at int) string {
	if at < len(lines) {
		return lines[at]
	}
	return "(nothing)"
}

// The four tabs are drawn at every size up to this, the other screens at a sample.
const (
	widest  = 200
	tallest = 60
)

// A terminal that does not know its size is taken for the usual one.
func TestNoSize(t *testing.T) {
	d := open(t, phrase.Vietnamese, inTheCampaign, termenv.Ascii)
	d.size(80, 24)
	want := d.app.View()
	d.size(0, 0)
	if got := d.app.View(); got != want {
		t.Errorf("without a size the screen is\n%s", got)
	}
}

// No line may be wider than the terminal, no view taller, and nothing but text
// and colours may come out, at any size.
func TestEverySizeFits(t *testing.T) {
	whole := map[string]bool{"goals": true, "messages": true, "matrix": true, "reports": true}
	for _, s := range shots() {
		if whole[s.name] {
			t.Run(s.name, func(t *testing.T) {
				t.Parallel()
				sweep(t, s.take(t, phrase.Vietnamese, termenv.ANSI), func(int, int) bool { return true })
			})
		}
		for _, language := range []phrase.Language{phrase.Vietnamese, phrase.English} {
			t.Run(fmt.Sprintf("%s/%s", s.name, language), func(t *testing.T) {
				t.Parallel()
				sweep(t, s.take(t, language, termenv.ANSI), sampled)
			})
		}
	}
}

// The ground of the cursor's row goes over the whole list and nothing else; a field of a form has one, also when it is
// empty.
func TestGrounds(t *testing.T) {
	const row, box = "48;5;24m", "48;5;238m"
	for _, keys := range [][]string{{"1"}, {"2"}, {"3"}, {"3", "v"}, {"4"}} {
		for _, size := range [][2]int{{50, 14}, {80, 24}, {120, 40}} {
			d := openDemo(t, setting{language: phrase.Vietnamese, colours: termenv.ANSI256, theme: theme.Dark})
			d.size(size[0], size[1])
			d.press(keys...)
			var grounded []string
			for line := range strings.SplitSeq(d.app.View(), "\n") {
				if strings.Contains(line, row) {
					grounded = append(grounded, line)
				}
			}
			if len(grounded) != 1 {
				t.Fatalf("%v at %v: %d lines have the cursor's ground", keys, size, len(grounded))
			}
			line, _, _ := strings.Cut(grounded[0], "\x1b[0m")
			want := size[0]
			if size[0] >= 110 {
				want = size[0] * 11 / 20
			}
			switch {
			case size[0] >= 110 && keys[0] == "4": // the report's column is as wide as its words
				want = size[0] * 3 / 5
			case size[0] >= 110 && len(keys) == 1 && keys[0] == "3": // the names of the activities stand over their columns
				want = size[0]
			}
			if ansi.StringWidth(line) != want || !strings.HasPrefix(ansi.Strip(line), " ›") {
				t.Errorf("%v at %v: the ground is %d cells of %d: %q", keys, size, ansi.StringWidth(line), want, line)
			}
		}
	}
	d := openDemo(t, setting{language: phrase.Vietnamese, colours: termenv.ANSI256, theme: theme.Dark})
	d.size(80, 24)
	d.press("3", "down", "right", "right", "right", "e")
	if fields := strings.Count(d.app.View(), box); fields < 3 {
		t.Errorf("%d lines of fields have a ground:\n%s", fields, d.app.View())
	}
}

// sampled picks every width and every height at least once, close together where the layout changes.
func sampled(width, height int) bool {
	step := 61
	if width <= 82 && height <= 25 {
		step = 23
	}
	return (width*7+height)%step == 0
}

func sweep(t *testing.T, d *dashboard, picked func(width, height int) bool) {
	t.Helper()
	for width := 1; width <= widest; width++ {
		fit := map[string]bool{} // lines of this width that have been looked at
		for height := 1; height <= tallest; height++ {
			if picked(width, height) {
				d.size(width, height)
				fits(t, d.app.View(), width, height, fit)
			}
		}
	}
}

func fits(t *testing.T, view string, width, height int, fit map[string]bool) {
	t.Helper()
	lines := strings.Split(view, "\n")
	if len(lines) != height {
		t.Fatalf("%d×%d: %d lines", width, height, len(lines))
	}
	for _, line := range lines {
		if fit[line] {
			continue
		}
		if ansi.StringWidth(line) > width {
			t.Fatalf("%d×%d: line of %d cells: %q", width, height, ansi.StringWidth(line), line)
		}
		if bad, ok := onlySGR(line); !ok {
			t.Fatalf("%d×%d: %q comes out", width, height, bad)
		}
		fit[line] = true
	}
}
