package tui_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/report"
	"example.org/tiendo/model/store"
	"example.org/tiendo/tui"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/live"
	"example.org/tiendo/tui/reports"
	"example.org/tiendo/tui/theme"
)

// mostInputs is how many inputs one run takes: longer ones find nothing that shorter ones do not.
const mostInputs = 150

// watched counts what a store has written, and looks at every answer.
type watched struct {
	*store.Store
	t     *testing.T
	saved int
}

func (w *watched) Apply(ctx context.Context, change model.Change) (model.Receipt, error) {
	receipt, err := w.Store.Apply(ctx, change)
	if err == nil && !receipt.Unchanged {
		w.saved++
		first := model.As[model.Report](receipt.Change.Seen).SubmittedAt
		if change.Subject.Kind == model.SubjectReport && !first.IsZero() && !model.As[model.Report](receipt.Value).SubmittedAt.Equal(first) {
			w.t.Errorf("%s: the first submission %v became %v", change.Unit, first, model.As[model.Report](receipt.Value).SubmittedAt)
		}
	}
	return receipt, err
}

// sumOf is a hash of all files of a folder but locks.
func sumOf(t testing.TB, dir string) [sha256.Size]byte {
	t.Helper()
	var all bytes.Buffer
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(path, ".lock") {
			return err
		}
		content, err := os.ReadFile(path)
		all.WriteString(path + "\x00" + string(content) + "\x00")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return sha256.Sum256(all.Bytes())
}

var colours = regexp.MustCompile("\x1b\\[[0-9;:]*m")

// inputs is what a byte of the fuzzer stands for: letters as keys of their own, other keys, and texts.
var (
	inputLetters = []rune(`12345hjklevyesaArwxompSnptgGfuLM?q!/[]cCkdibB0+-=.,;:'"zZ `)
	inputKeys    = []tea.KeyType{
		tea.KeyEnter, tea.KeyEsc, tea.KeyTab, tea.KeyShiftTab, tea.KeyUp, tea.KeyDown, tea.KeyLeft, tea.KeyRight, tea.KeyPgUp,
		tea.KeyPgDown, tea.KeyHome, tea.KeyEnd, tea.KeyBackspace, tea.KeyDelete, tea.KeyCtrlS, tea.KeyCtrlR, tea.KeyCtrlU,
		tea.KeyCtrlW, tea.KeyCtrlK, tea.KeyCtrlA, tea.KeyCtrlE, tea.KeyCtrlV, tea.KeyCtrlT, tea.KeyCtrlN, tea.KeyCtrlP,
		tea.KeyCtrlZ, tea.KeyCtrlD, tea.KeyF1, tea.KeyInsert, tea.KeyCtrlLeft, tea.KeyCtrlRight, tea.KeyCtrlHome,
		tea.KeyShiftUp, tea.KeyCtrlAt, tea.KeyCtrlC, tea.KeyCtrlF, tea.KeyCtrlB,
	}
	inputTexts = []string{
		"ế", "e\u0302\u0301", "đ", "Đã treo", "🇻🇳", "👩‍👩‍👧", "\u202e", "日本", "\t", "‘’“”", "x\u0301\u0301\u0301", "0", "-1",
		"99999999999999999999", "1,5", "\u200b", "\u00a0", "a\r\nb\x1b[31m\x1b]0;x\x07\x00\x7f",
	}
)

// The rest of the bytes.
const (
	inputMouse = 250 + iota // and three bytes: where, and what
	inputSize               // and two bytes
	inputBreak              // another process writes a conflict into a file
	inputMend               // and takes it out
)

// nextInput takes the next input from bytes of the fuzzer.
func nextInput(in []byte) (message tea.Msg, rest []byte) {
	at := func(i int) int {
		if i < len(in) {
			return int(in[i])
		}
		return 0
	}
	letters, keys, texts := len(inputLetters), len(inputKeys), len(inputTexts)
	switch b, rest := at(0), in[1:]; {
	case b < letters && inputLetters[b] == ' ':
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}, rest
	case b < letters:
		return tea.KeyMsg{Type: tea.KeyRunes, Runes: inputLetters[b : b+1]}, rest
	case b < letters+keys:
		return tea.KeyMsg{Type: inputKeys[b-letters]}, rest
	case b < letters+keys+texts:
		return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(inputTexts[b-letters-keys])}, rest
	case b < letters+keys+2*texts:
		return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(inputTexts[b-letters-keys-texts]), Paste: true}, rest
	case b == inputMouse:
		event := tea.MouseEvent{X: at(1) - 2, Y: at(2)/2 - 2, Button: tea.MouseButton(at(3) % 8), Action: tea.MouseAction(at(3) / 8 % 3)}
		return tea.MouseMsg(event), in[min(4, len(in)):]
	case b == inputSize:
		return tea.WindowSizeMsg{Width: 1 + at(1), Height: 1 + at(2)/3}, in[min(3, len(in)):]
	default:
		return nil, rest
	}
}

// Whatever is pressed, by whomever and in whatever order: nothing panics, the screen keeps its size and shows no
// control character, a file changes exactly when a change is made, and no report loses its first submission.
// An input takes long, and go test spends up to a minute on making shorter each that is of interest: it seems to hang
// unless -fuzzminimizetime=1x says otherwise.
func FuzzKeys(f *testing.F) {
	made, err := madeUp()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		if len(in) < 2 {
			return
		}
		dir := t.TempDir()
		if err := os.CopyFS(dir, made); err != nil {
			t.Fatal(err)
		}
		clock := time.Date(2019, 12, 10, 9, 20, 11, 0, time.FixedZone("+07", 7*3600))
		now := func() time.Time { clock = clock.Add(time.Second); return clock }
		data, err := store.Open(dir, store.Options{Now: now, Shown: "data"})
		if err != nil {
			t.Fatal(err)
		}
		campaign, err := data.Load(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		people := campaign.Roster.PersonIDs()
		person := *campaign.Roster.Person(people[int(in[0])%len(people)])
		language := []phrase.Language{phrase.Vietnamese, phrase.English}[in[1]%2]
		saving := &watched{Store: data, t: t}
		d := &dashboard{t: t, dir: dir, store: data}
		d.app = tui.New(tui.Options{
			Context: context.Background(),
			Papers:  reports.Papers{Make: func(board *model.Board) *report.Document { return report.New(board, nil) }},
			Data:    live.New(saving, campaign, func() calendar.Day { return inTheCampaign }),
			Next:    func(uint64) (live.Picture, error) { return live.Picture{}, context.Canceled },
			Person:  person, Words: lang.In(language), Styles: func(name string) theme.Styles { return stylesOf(lipgloss.NewRenderer(os.Stderr), name) },
			ASCII: in[1]&2 != 0,
			Copy:  func(string) error { return nil }, Drafts: memory{},
		})
		width, height := 80, 24
		d.size(width, height)
		record := filepath.Join(dir, "progress", "thanh-tra.toml")
		rest := in[2:]
		for range mostInputs {
			if len(rest) == 0 {
				break
			}
			before, had, first := sumOf(t, dir), saving.saved, int(rest[0])
			var message tea.Msg
			message, rest = nextInput(rest)
			switch size, is := message.(tea.WindowSizeMsg); {
			case is:
				width, height = size.Width, size.Height
			case first == inputBreak || first == inputMend:
				content, err := os.ReadFile(record)
				if err != nil {
					t.Fatal(err)
				}
				content = bytes.ReplaceAll(content, []byte("<<<<<<< HEAD\n"), nil)
				if first == inputBreak {
					content = append([]byte("<<<<<<< HEAD\n"), content...)
				}
				if err := os.WriteFile(record, content, 0o644); err != nil {
					t.Fatal(err)
				}
				before, message = sumOf(t, dir), tea.KeyMsg{Type: tea.KeyCtrlR}
			}
			d.update(message)
			if changed := sumOf(t, dir) != before; changed != (saving.saved != had) {
				t.Fatalf("after %v: files changed: %v, changes made: %d", message, changed, saving.saved-had)
			}
			checkView(t, d.app.View(), width, height)
		}
		if _, err := data.Load(context.Background()); err != nil {
			t.Error(err)
		}
	})
}

// checkView looks whether a view fills exactly its size and holds nothing that drives a terminal.
func checkView(t *testing.T, view string, width, height int) {
	t.Helper()
	lines := strings.Split(view, "\n")
	if len(lines) != height {
		t.Fatalf("%d lines instead of %d:\n%s", len(lines), height, view)
	}
	for _, line := range lines {
		if got := ansi.StringWidth(line); got > width {
			t.Fatalf("a line of %d cells in %d: %q", got, width, line)
		}
		hostile := func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 || r == 0x202e }
		if plain := colours.ReplaceAllString(line, ""); strings.ContainsFunc(plain, hostile) {
			t.Fatalf("control characters: %q", plain)
		}
	}
}
