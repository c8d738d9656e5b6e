package tui_test

import (
	"cmp"
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/choices"
	"example.org/tiendo/model/demo"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/report"
	"example.org/tiendo/model/store"
	"example.org/tiendo/tui"
	"example.org/tiendo/tui/changes"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/live"
	"example.org/tiendo/tui/reports"
	"example.org/tiendo/tui/theme"
)

// inTheCampaign is a day on which things are late, due and done; afterTheCampaign
// one on which nothing counts down any more.
var (
	inTheCampaign    = calendar.Date(2019, 12, 10)
	afterTheCampaign = calendar.Date(2026, 11, 23)
)

// dashboard is the real dashboard on a copy of real data, without git.
type dashboard struct {
	t      testing.TB
	app    tea.Model
	dir    string // the data folder
	store  *store.Store
	data   *live.Data
	with   tui.Options // what the app was made with
	copied []string
}

// setting is what a dashboard is opened with.
type setting struct {
	language  phrase.Language
	today     calendar.Day
	colours   termenv.Profile
	files     fs.FS  // the data folder; nil for the plan as issued
	person    string // id on the roster; "" for a local coordinator
	ascii     bool
	hint      phrase.Sentence
	shown     string           // how messages name the data folder; "" for data
	prepare   func(dir string) // changes the copy before it is opened
	record    changes.Record   // the history; nil for none
	noHistory error            // why
	byHand    []string         // files that were edited and not committed
	export    written          // writes the report; nil: not here
	conflicts live.Conflicts
	edits     live.HandEdits // what was edited by hand, to be saved; nil: not here
	drafts    frame.Drafts
	sync      live.Sync                                 // nil: there is no remote
	starting  bool                                      // the records are still to be read
	sort      string                                    // the order of lists of units; "" is that of the roster
	theme     string                                    // by its name; "" is auto
	view      string                                    // of the activities; "" is the matrix, of staff the checklist
	styles    func(theme string) theme.Styles           // nil: those of the theme
	keep      func(key choices.Key, value string) error // what the person chose
	editText  func(string, func(string, error) tea.Msg) tea.Cmd
}

// written writes the report of a board.
type written func(board *model.Board, format report.Format, name string) (reports.Written, error)

// stylesOf are the styles of a theme on a terminal that says nothing of its ground.
func stylesOf(renderer *lipgloss.Renderer, name string) theme.Styles {
	if name == theme.Plain {
		renderer = lipgloss.NewRenderer(io.Discard)
	}
	return theme.New(renderer, theme.Choose(name, func(string) string { return "" }))
}

// open opens the dashboard on a copy of the plan as issued.
func open(t testing.TB, language phrase.Language, today calendar.Day, profile termenv.Profile) *dashboard {
	t.Helper()
	return openWith(t, setting{language: language, today: today, colours: profile})
}

func openWith(t testing.TB, s setting) *dashboard {
	t.Helper()
	if s.files == nil {
		s.files = os.DirFS(filepath.Join("..", "data"))
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, s.files); err != nil {
		t.Fatal(err)
	}
	if s.prepare != nil {
		s.prepare(dir)
	}
	clock := time.Date(2019, 12, 10, 9, 20, 11, 0, time.FixedZone("+07", 7*3600))
	data, err := store.Open(dir, store.Options{Now: func() time.Time { return clock }, Shown: cmp.Or(s.shown, "data")})
	if err != nil {
		t.Fatal(err)
	}
	load := data.Load
	if s.starting {
		load = data.LoadStarting
	}
	campaign, err := load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	person := model.Person{Name: "Lan", Role: model.Coordinator}
	if s.person != "" {
		person = *campaign.Roster.Person(s.person)
	}
	if s.view == "" {
		s.view = map[model.Role]string{model.Staff: choices.Checklist}[person.Role]
		s.view = cmp.Or(s.view, choices.Matrix)
	}
	if s.styles == nil {
		renderer := lipgloss.NewRenderer(os.Stderr)
		renderer.SetColorProfile(s.colours)
		s.styles = func(name string) theme.Styles { return stylesOf(renderer, name) }
	}
	d := &dashboard{t: t, dir: dir, store: data, data: live.New(data, campaign, func() calendar.Day { return s.today })}
	d.with = tui.Options{
		Context: context.Background(),
		Record:  s.record, NoHistory: s.noHistory, Conflicts: s.conflicts, Sync: s.sync, HandEdits: s.edits,
		Papers: reports.Papers{Make: func(board *model.Board) *report.Document { return report.New(board, nil) },
			Write: s.export, Folder: "/nha/lan"},
		Uncommitted: func(context.Context) []string { return s.byHand },
		Data:        d.data, PlanSource: func() ([]byte, error) { return store.PlanSource(data) },
		Next: func(after uint64) (live.Picture, error) {
			if picture := d.data.Picture(); picture.Number > after {
				return picture, nil
			}
			return live.Picture{}, context.Canceled
		},
		Person: person, Words: lang.In(s.language), Styles: s.styles,
		Theme: s.theme, View: s.view, Sort: s.sort, Keep: s.keep, EditText: s.editText, ASCII: s.ascii,
		Copy: func(text string) error { d.copied = append(d.copied, text); return nil }, CopyHint: s.hint, Drafts: s.drafts,
	}
	d.app = tui.New(d.with)
	if s.record != nil {
		d.carryOut(d.app.Init())
	}
	return d
}

// madeUp is the data folder of `tiendo demo`, made once for all tests.
var madeUp = sync.OnceValues(func() (fstest.MapFS, error) {
	files, err := demo.Files(os.DirFS(".."), demo.Options{Seed: demo.DefaultSeed})
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "tiendo-demo-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return nil, err
		}
	}
	data := filepath.Join(dir, "data")
	var now time.Time
	changes, err := store.Open(data, store.Options{Now: func() time.Time { return now }})
	if err != nil {
		return nil, err
	}
	campaign, err := changes.Load(context.Background())
	if err != nil {
		return nil, err
	}
	for _, step := range demo.Steps(campaign, demo.DefaultSeed) {
		now = step.At
		if _, err := changes.Apply(context.Background(), step.Change); err != nil {
			return nil, err
		}
	}
	made := fstest.MapFS{}
	err = fs.WalkDir(os.DirFS(data), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".toml") {
			return err
		}
		content, err := os.ReadFile(filepath.Join(data, path))
		made[path] = &fstest.MapFile{Data: content, Mode: 0o644}
		return err
	})
	return made, err
})

// openDemo opens the dashboard on the made-up campaign.
func openDemo(t testing.TB, s setting) *dashboard {
	t.Helper()
	made, err := madeUp()
	if err != nil {
		t.Fatal(err)
	}
	s.files = made
	if s.today.IsZero() {
		s.today = inTheCampaign
	}
	return openWith(t, s)
}

// update gives a message to the dashboard and carries out what it asks for, until it asks for nothing more.
func (d *dashboard) update(message tea.Msg) {
	var command tea.Cmd
	d.app, command = d.app.Update(message)
	_ = d.app.View() // as the program draws after every message
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
	special := map[string]tea.Key{
		"enter": {Type: tea.KeyEnter}, "esc": {Type: tea.KeyEsc}, "alt+esc": {Type: tea.KeyEsc, Alt: true},
		"tab": {Type: tea.KeyTab}, "shift+tab": {Type: tea.KeyShiftTab}, "up": {Type: tea.KeyUp}, "down": {Type: tea.KeyDown}, "left": {Type: tea.KeyLeft},
		"right": {Type: tea.KeyRight}, "pgdown": {Type: tea.KeyPgDown}, "ctrl+s": {Type: tea.KeyCtrlS}, "ctrl+o": {Type: tea.KeyCtrlO},
		"backspace": {Type: tea.KeyBackspace}, "delete": {Type: tea.KeyDelete},
		"home": {Type: tea.KeyHome}, "f1": {Type: tea.KeyF1}, "ctrl+g": {Type: tea.KeyCtrlG}, "end": {Type: tea.KeyEnd}, "ctrl+r": {Type: tea.KeyCtrlR},
		" ": {Type: tea.KeySpace, Runes: []rune{' '}},
	}
	for _, name := range keys {
		key, ok := special[name]
		if !ok {
			key = tea.Key{Type: tea.KeyRunes, Runes: []rune(name)}
		}
		d.update(tea.KeyMsg(key))
	}
}

// reload lets the dashboard see what has changed in the files, as it does by itself.
func (d *dashboard) reload() {
	d.data.Refresh(context.Background())
	d.carryOut(d.app.Init())
}

func (d *dashboard) size(width, height int) {
	d.update(tea.WindowSizeMsg{Width: width, Height: height})
}

func (d *dashboard) shows(words ...string) {
	d.t.Helper()
	view := bare(d.app.View())
	for _, want := range words {
		if !strings.Contains(view, want) {
			d.t.Fatalf("the screen does not show %q:\n%s", want, view)
		}
	}
}

// lacks is the opposite of shows.
func (d *dashboard) lacks(words ...string) {
	d.t.Helper()
	view := bare(d.app.View())
	for _, word := range words {
		if strings.Contains(view, word) {
			d.t.Fatalf("the screen shows %q:\n%s", word, view)
		}
	}
}

// someoneElse makes a change past the dashboard, as another process does.
func (d *dashboard) someoneElse(unit, activity string, entry model.Entry) {
	d.t.Helper()
	campaign, err := d.store.Load(context.Background())
	if err != nil {
		d.t.Fatal(err)
	}
	subject := model.Subject{Kind: model.SubjectActivity, ID: activity}
	seen := campaign.Progress[unit]
	change := model.Change{
		Person: model.Person{Name: "Minh", Role: model.Coordinator}, Unit: unit, Subject: subject,
		Seen: subject.Of(&seen), New: entry,
	}
	if _, err := d.store.Apply(context.Background(), change); err != nil {
		d.t.Fatal(err)
	}
}
