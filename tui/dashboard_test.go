package tui_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"example.org/tiendo/model"
	"example.org/tiendo/model/store"
	"example.org/tiendo/model/text"
	"example.org/tiendo/tui"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/live"
)

// dashboard is the real dashboard on a copy of the real data, without git.
type dashboard struct {
	t      testing.TB
	app    tea.Model
	store  *store.Store
	copied []string
}

// open copies the data, applies some made-up progress and opens the dashboard.
func open(t testing.TB, language model.Language, today model.Day, profile termenv.Profile) *dashboard {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "data"))); err != nil {
		t.Fatal(err)
	}
	zone := time.FixedZone("+07", 7*3600)
	clock := time.Date(2019, 11, 18, 9, 20, 11, 0, zone)
	data, err := store.Open(dir, store.Options{Now: func() time.Time { return clock }, Shown: "data"})
	if err != nil {
		t.Fatal(err)
	}
	campaign, err := data.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	renderer := lipgloss.NewRenderer(os.Stderr)
	renderer.SetColorProfile(profile)
	d := &dashboard{t: t, store: data}
	d.app = tui.New(tui.Options{
		Data:   live.New(data, campaign, func() model.Day { return today }),
		Next:   func(uint64) (live.Picture, error) { return live.Picture{}, context.Canceled },
		Person: model.Person{Name: "Lan", Role: model.Coordinator}, Words: lang.In(language), Renderer: renderer,
		Copy: func(text string) error { d.copied = append(d.copied, text); return nil },
	})
	return d
}

// update gives a message to the dashboard and carries out what it asks for, until it asks for nothing more.
func (d *dashboard) update(message tea.Msg) {
	var command tea.Cmd
	d.app, command = d.app.Update(message)
	d.carryOut(command)
}

func (d *dashboard) carryOut(command tea.Cmd) {
	if command == nil {
		return
	}
	switch answer := command().(type) {
	case nil, tea.QuitMsg:
	case tea.BatchMsg:
		for _, part := range answer {
			d.carryOut(part)
		}
	default:
		d.update(answer)
	}
}

// press types keys: names such as "enter", or letters.
func (d *dashboard) press(keys ...string) {
	d.t.Helper()
	special := map[string]tea.KeyType{
		"enter": tea.KeyEnter, "esc": tea.KeyEsc, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown,
		"left": tea.KeyLeft, "right": tea.KeyRight, "pgdown": tea.KeyPgDown, "ctrl+s": tea.KeyCtrlS, "home": tea.KeyHome, "end": tea.KeyEnd,
	}
	for _, name := range keys {
		switch kind, ok := special[name]; {
		case ok:
			d.update(tea.KeyMsg{Type: kind})
		case name == " ":
			d.update(tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}})
		default:
			d.update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)})
		}
	}
}

func (d *dashboard) size(width, height int) {
	d.update(tea.WindowSizeMsg{Width: width, Height: height})
}

func (d *dashboard) shows(words ...string) {
	d.t.Helper()
	view := d.app.View()
	for _, want := range words {
		if !strings.Contains(view, want) {
			d.t.Fatalf("the screen does not show %q:\n%s", want, view)
		}
	}
}

var inTheCampaign = model.Date(2019, 12, 10)

// screens are the states that the sweep and the goldens look at.
var screens = map[string][]string{
	"goals":       {"1"},
	"messages":    {"2"},
	"matrix":      {"3"},
	"checklist":   {"3", "v"},
	"reports":     {"4"},
	"help":        {"?"},
	"form":        {"3", "e"},
	"detail":      {"3", "enter"},
	"filter":      {"3", "/", "thuong mai"},
	"question":    {"4", "s"},
	"empty":       {"3", "/", "zzz", "enter"},
	"where used":  {"2", "e"},
	"after space": {"3", " "},
}

// No line may be wider than the terminal, no view taller, and nothing but text
// and colours may come out, at any size, in both languages.
func TestEverySizeFits(t *testing.T) {
	for name, keys := range screens {
		for _, language := range []model.Language{model.Vietnamese, model.English} {
			t.Run(fmt.Sprintf("%s/%s", name, language), func(t *testing.T) {
				t.Parallel()
				d := open(t, language, inTheCampaign, termenv.ANSI)
				d.size(80, 24)
				d.press(keys...)
				for _, size := range sizes() {
					d.size(size[0], size[1])
					fits(t, d.app.View(), size[0], size[1])
				}
			})
		}
	}
}

// sizes are all small sizes, and every width and height up to 200×60 at least once.
func sizes() [][2]int {
	var all [][2]int
	for width := 1; width <= 200; width++ {
		for height := 1; height <= 60; height++ {
			if width <= 82 && height <= 25 && (width+height)%5 == 0 || width%40 == 0 || height%24 == 0 || (width*7+height)%97 == 0 {
				all = append(all, [2]int{width, height})
			}
		}
	}
	return all
}

func fits(t *testing.T, view string, width, height int) {
	t.Helper()
	lines := strings.Split(view, "\n")
	if len(lines) != height {
		t.Fatalf("%d×%d: %d lines", width, height, len(lines))
	}
	for _, line := range lines {
		if ansi.StringWidth(line) > width {
			t.Fatalf("%d×%d: line of %d cells: %q", width, height, ansi.StringWidth(line), line)
		}
	}
	if bad, ok := text.OnlySGR(view); !ok {
		t.Fatalf("%d×%d: %q comes out", width, height, bad)
	}
}

// A tick shows once the disk has said yes, stands in the file, and can be undone to the byte.
func TestTickAndUndo(t *testing.T) {
	d := open(t, model.Vietnamese, inTheCampaign, termenv.Ascii)
	d.size(80, 24)
	path := filepath.Join(d.store.Dir(), "progress", "van-phong.toml")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	d.press("3", " ", " ")
	d.shows("[✓]", "đã lưu: Văn phòng Sở", "hoàn thành")
	after, _ := os.ReadFile(path)
	want := "status   = \"done\"\nby       = \"Lan\"\nat       = 2019-11-18T09:20:11+07:00\n"
	if !strings.Contains(string(after), want) {
		t.Fatalf("the file does not hold the tick:\n%s", after)
	}
	d.press("u", "u")
	d.shows("[·]")
	if again, _ := os.ReadFile(path); string(again) != string(before) {
		t.Errorf("undo left:\n%s", again)
	}
	d.press("u")
	d.shows("không có gì để hoàn tác")
}

func TestForm(t *testing.T) {
	d := open(t, model.Vietnamese, inTheCampaign, termenv.Ascii)
	d.size(80, 24)
	d.press("3", "right", "e", "right", "right", "tab", "4", "tab", "tab", "tab", "tab", "tab", "Treo ở trụ sơ", "\u0309", "ctrl+s")
	d.shows("đã lưu", "Băng rôn, khẩu hiệu 4 cái")
	d.press("enter")
	d.shows("“Treo ở trụ sở”")
	d.press("esc")
	d.press("e", "tab", "x", "ctrl+s")
	d.shows("không phải là số")
	d.press("esc")
	d.shows("Bỏ những gì vừa nhập?")
	d.press("c")
	d.shows("[✓]")
}

func TestConflictIsShownAndSettled(t *testing.T) {
	d := open(t, model.English, inTheCampaign, termenv.Ascii)
	d.size(80, 24)
	d.press("3")
	other := model.Change{
		Person: model.Person{Name: "Minh", Role: model.Coordinator}, Unit: "van-phong",
		Subject: model.Subject{Kind: model.SubjectActivity, ID: "tuyen-truyen-van-dong"},
		Seen:    model.Value{Entry: model.Entry{Status: model.Todo}},
		New:     model.Value{Entry: model.Entry{Status: model.Done, Note: "xong rồi"}},
	}
	if _, err := d.store.Apply(context.Background(), other); err != nil {
		t.Fatal(err)
	}
	d.press(" ")
	d.shows("Someone else has just changed this entry", "Minh", "xong rồi", "in progress")
	d.press("g")
	d.shows("[✓]")
}

func TestCopyFilterAndLanguage(t *testing.T) {
	d := open(t, model.Vietnamese, inTheCampaign, termenv.Ascii)
	d.size(80, 24)
	d.press("2", "y")
	if len(d.copied) != 1 || !strings.HasPrefix(d.copied[0], "Hưởng ứng Tháng hành động") {
		t.Errorf("copied %q", d.copied)
	}
	d.press("/", "yeu thuong", "enter")
	d.shows("vun đắp yêu thương", "đang lọc")
	d.press("esc", "L")
	d.shows("Messages", "Tuesday, 10/12/2019")
	d.press("jjj")
	d.shows("› ", "Chủ động phòng ngừa")
}

func TestAfterTheCampaignNothingCountsDown(t *testing.T) {
	d := open(t, model.Vietnamese, model.Date(2026, 11, 23), termenv.Ascii)
	d.size(80, 24)
	d.shows("Kế hoạch đã kết thúc ngày 15/12/2019", "chưa hoàn thành")
	for _, tab := range []string{"1", "2", "3", "4"} {
		d.press(tab)
		for _, word := range []string{"còn lại", "quá hạn 2", "còn -"} {
			if strings.Contains(d.app.View(), word) {
				t.Errorf("tab %s counts down: %q", tab, word)
			}
		}
	}
}

func TestReports(t *testing.T) {
	d := open(t, model.Vietnamese, inTheCampaign, termenv.Ascii)
	d.size(80, 24)
	d.press("4", "a")
	d.shows("chưa có gì để xác nhận")
	d.press("s", "c")
	d.shows("chờ xác nhận", "Đã gửi 1/10 (10 %)")
	d.press("r", "Thiếu số liệu nữ", "ctrl+s")
	d.shows("bị trả lại", "lý do trả lại: Thiếu số liệu nữ")
	d.press("s", "c", "a", "c")
	d.shows("đã xác nhận 1")
	d.press("3", " ")
	d.shows("đã khóa")
}

func benchmarkKey(b *testing.B, width, height int) {
	d := open(b, model.Vietnamese, inTheCampaign, termenv.ANSI)
	d.size(width, height)
	d.press("3")
	down, up := tea.KeyMsg{Type: tea.KeyDown}, tea.KeyMsg{Type: tea.KeyUp}
	for i := 0; b.Loop(); i++ {
		if i%2 == 0 {
			d.app.Update(down)
		} else {
			d.app.Update(up)
		}
		_ = d.app.View()
	}
}

// The promise is at most 0.5 ms.
func BenchmarkKey80x24(b *testing.B) { benchmarkKey(b, 80, 24) }

// The promise is at most 1 ms.
func BenchmarkKey200x60(b *testing.B) { benchmarkKey(b, 200, 60) }
