package live_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/store"
	"example.org/tiendo/tui/live"
)

// slowly hands over records one by one, when it is told to, as they were at the start.
type slowly struct {
	*store.Store
	step  chan string // the unit whose record is handed over; closed: there are no more
	old   *model.Campaign
	begun atomic.Bool
}

func (s *slowly) ReadRecords(_ context.Context, _ string, take func(*model.Campaign)) {
	s.begun.Store(true)
	for unit := range s.step {
		part := &model.Campaign{Progress: map[string]model.Progress{unit: s.old.Progress[unit]}, Broken: map[string]*phrase.Problem{}}
		if problem, broken := s.old.Broken[unit]; broken {
			part.Broken[unit] = problem
		}
		take(part)
	}
}

// many is a data folder of so many units, one more in the roster having no record, and one a broken record.
func many(t testing.TB, units int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "data"))); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "units.toml")
	roster, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range units {
		roster = fmt.Appendf(roster, "\n[[unit]]\nid = \"dv-%d\"\nname = \"Đơn vị %d\"\ngroup = \"phong-don-vi\"\n", i, i)
		record := "[activity.treo-bang-ron]\nstatus = \"done\"\nat = 2019-11-20T08:00:00+07:00\n\n[report]\n"
		if i == 7 {
			record = "[activity"
		}
		if i != 8 {
			if err := os.WriteFile(filepath.Join(dir, "progress", fmt.Sprintf("dv-%d.toml", i)), []byte(record), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := os.WriteFile(path, roster, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// start opens a folder as a dashboard does.
func start(t testing.TB, dir string) (*slowly, *live.Data) {
	t.Helper()
	opened, err := store.Open(dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	slow := &slowly{Store: opened, step: make(chan string)}
	other, err := store.Open(dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if slow.old, err = other.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	campaign, err := slow.LoadStarting(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return slow, live.New(slow, campaign, func() calendar.Day { return day })
}

// total is what only the units come to that have been read.
func checkTotals(t *testing.T, board *model.Board) {
	t.Helper()
	var want model.Tally
	expected, read := 0, 0
	for i := range board.Units {
		row := &board.Units[i]
		if row.Unread() {
			for _, cell := range row.Cells {
				if cell.Timeliness != calendar.Unread && cell.Shown() {
					t.Fatalf("%s is unread, and a cell is %s", row.Unit.ID, cell.Timeliness)
				}
			}
			continue
		}
		read++
		want.AddAll(row.Tally)
		if row.Expected {
			expected++
		}
	}
	if board.Total != want || board.Reporting.Expected != expected {
		t.Errorf("%d units read: total %+v, want %+v; %d reports expected, want %d", read, board.Total, want, board.Reporting.Expected, expected)
	}
}

func TestRecordsComeAfterTheFirstPicture(t *testing.T) {
	dir := many(t, 400)
	slow, data := start(t, dir)
	first := data.Picture().Board
	if first.Campaign.Unread != len(first.Units) || len(first.Units) < 400 {
		t.Fatalf("%d of %d units are unread", first.Campaign.Unread, len(first.Units))
	}
	checkTotals(t, first)
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { data.Run(ctx) })
	defer func() { cancel(); running.Wait() }()

	// A change of a unit that is unread works, and shows.
	lan := model.Person{Name: "Lan", Role: model.Coordinator}
	change := model.Change{Person: lan, Unit: "van-phong", Subject: model.Subject{Kind: model.SubjectActivity, ID: "treo-bang-ron"},
		Seen: model.Entry{Status: model.Todo}, New: model.Entry{Status: model.Doing}}
	if _, err := data.Apply(ctx, change); err != nil {
		t.Fatal(err)
	}
	picture := data.Picture()
	if row := &picture.Board.Units[picture.Board.UnitIndex("van-phong")]; row.Unread() || status(picture) != model.Doing {
		t.Fatalf("the change does not show: unread %v, %s", row.Unread(), status(picture))
	}
	checkTotals(t, picture.Board)

	// Nothing else is read before somebody waits for it: the first picture is on the screen then.
	if unread := picture.Board.Campaign.Unread; unread != len(first.Units)-1 || slow.begun.Load() {
		t.Errorf("%d units are unread; reading has begun: %v", unread, slow.begun.Load())
	}
	go func() { _, _ = data.Next(ctx, picture.Number) }()
	for _, unit := range []string{"dv-3", "dv-7", "van-phong"} {
		slow.step <- unit
	}
	picture = await(t, data, func(p live.Picture) bool {
		at := p.Board.UnitIndex("dv-7")
		return !p.Board.Units[at].Unread()
	})
	if row := &picture.Board.Units[picture.Board.UnitIndex("dv-7")]; row.Broken == nil {
		t.Error("a broken record is not said to be broken")
	}
	slow.step <- "dv-9"
	slow.step <- "dv-10" // van-phong has been handed over by now
	if got := status(data.Picture()); got != model.Doing {
		t.Errorf("what was read before the change takes its place: %s", got)
	}
	checkTotals(t, picture.Board)
	if !data.Read(ctx, "dv-8") {
		t.Error("the unit without a record was not read")
	}
	picture = data.Picture()
	if row := &picture.Board.Units[picture.Board.UnitIndex("dv-8")]; row.Broken != nil || row.Tally.Todo == 0 {
		t.Errorf("a unit without a record has not begun: %+v", row.Broken)
	}

	close(slow.step)
	picture = await(t, data, func(p live.Picture) bool { return p.Board.Campaign.Unread == 0 })
	whole, err := slow.Load(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if want := model.NewBoard(whole, day); !reflect.DeepEqual(picture.Board, want) {
		t.Error("in the end the board is another one than of everything read at once")
	}
	checkTotals(t, picture.Board)
	if data.Read(ctx, "van-phong") {
		t.Error("a unit was read although everything was")
	}
}

// What was read record by record is what is read at once.
func TestReadRecords(t *testing.T) {
	dir := many(t, 400)
	opened, err := store.Open(dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	whole, err := opened.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	again, _ := start(t, dir)
	got := map[string]model.Progress{}
	again.Store.ReadRecords(t.Context(), "dv-399", func(part *model.Campaign) {
		if _, own := part.Progress["dv-399"]; len(got) == 0 && !own {
			t.Error("the person's own unit does not come first")
		}
		for unit, progress := range part.Progress {
			if _, twice := got[unit]; twice {
				t.Errorf("%s comes twice", unit)
			}
			got[unit] = progress
			want := whole.Progress[unit]
			progress.From, want.From = nil, nil
			if _, broken := whole.Broken[unit]; !reflect.DeepEqual(progress, want) || broken != (part.Broken[unit] != nil) {
				t.Errorf("%s is %+v", unit, progress)
			}
		}
	})
	if len(got) == 0 {
		t.Error("nothing came in between")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	again.Store.ReadRecords(ctx, "", func(part *model.Campaign) { t.Errorf("after the end: %v", part) })
}
