package live_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/store"
	"example.org/tiendo/tui/live"
)

// limit is how long a test waits for what must come.
const limit = 4 * time.Second

var day = calendar.Day{Year: 2019, Month: 12, Day: 10}

// follow opens a copy of the real data and follows it.
func follow(t testing.TB) (dir string, data *live.Data) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "data")
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "data"))); err != nil {
		t.Fatal(err)
	}
	opened, err := store.Open(dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	campaign, err := opened.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	data = live.New(opened, campaign, func() calendar.Day { return day })
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { data.Run(ctx) })
	t.Cleanup(func() { cancel(); running.Wait() })
	return dir, data
}

// status is how a picture shows the banners of the Office.
func status(picture live.Picture) model.Status {
	board := picture.Board
	for i := range board.Activities {
		if board.Activities[i].Activity.ID == "treo-bang-ron" {
			return board.Units[board.UnitIndex("van-phong")].Cells[i].Entry.Status
		}
	}
	return "?"
}

// await waits for a picture that fits.
func await(t testing.TB, data *live.Data, fits func(live.Picture) bool) live.Picture {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	picture := data.Picture()
	for !fits(picture) {
		var err error
		if picture, err = data.Next(ctx, picture.Number); err != nil {
			t.Fatalf("no such picture came; the last one: %s, %v", status(picture), picture.Err)
		}
	}
	return picture
}

func is(want model.Status) func(live.Picture) bool {
	return func(picture live.Picture) bool { return picture.Err == nil && status(picture) == want }
}

// edited is the file of the Office with another status of the banners.
func edited(t testing.TB, dir string, from, to model.Status) (path string, content []byte) {
	t.Helper()
	path = filepath.Join(dir, "progress", "van-phong.toml")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	head, tail, found := bytes.Cut(content, []byte("[activity.treo-bang-ron]\n"))
	if !found {
		t.Fatal("the file has no banners")
	}
	tail = bytes.Replace(tail, []byte(`"`+string(from)+`"`), []byte(`"`+string(to)+`"`), 1)
	return path, append(append(head, "[activity.treo-bang-ron]\n"...), tail...)
}

func write(t testing.TB, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestOthersAreSeen(t *testing.T) {
	t.Run("written in place", func(t *testing.T) {
		dir, data := follow(t)
		path, content := edited(t, dir, model.Todo, model.Done)
		write(t, path, content)
		await(t, data, is(model.Done))
	})
	t.Run("renamed over, as editors do", func(t *testing.T) {
		dir, data := follow(t)
		path, content := edited(t, dir, model.Todo, model.Doing)
		write(t, path+"~", content)
		if err := os.Rename(path+"~", path); err != nil {
			t.Fatal(err)
		}
		await(t, data, is(model.Doing))
	})
	t.Run("a folder inside comes later", func(t *testing.T) {
		dir, data := follow(t)
		path, content := edited(t, dir, model.Todo, model.Done)
		if err := os.Mkdir(filepath.Join(dir, "progress", "phong"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, "progress", "phong", "van-phong.toml"), content)
		await(t, data, is(model.Done))
		path = filepath.Join(dir, "progress", "phong", "van-phong.toml")
		write(t, path, bytes.Replace(content, []byte(`"done"`), []byte(`"doing"`), 1))
		await(t, data, is(model.Doing))
	})
	t.Run("a plan in mid-edit", func(t *testing.T) {
		dir, data := follow(t)
		path := filepath.Join(dir, "plan.toml")
		good, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		write(t, path, good[:len(good)/2+7])
		broken := await(t, data, func(p live.Picture) bool { return p.Err != nil })
		if status(broken) != model.Todo {
			t.Errorf("the last good picture is gone: %s", status(broken))
		}
		write(t, path, good)
		await(t, data, func(p live.Picture) bool { return p.Err == nil })
	})
	t.Run("the folder goes and comes back", func(t *testing.T) {
		dir, data := follow(t)
		_, content := edited(t, dir, model.Todo, model.Done)
		if err := os.Rename(dir, dir+".aside"); err != nil {
			t.Fatal(err)
		}
		await(t, data, func(p live.Picture) bool { return p.Err != nil })
		if err := os.Rename(dir+".aside", dir); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, "progress", "van-phong.toml"), content)
		await(t, data, is(model.Done))
	})
	t.Run("git checkout", func(t *testing.T) {
		if _, err := exec.LookPath("git"); err != nil {
			if os.Getenv("CI") != "" {
				t.Fatal("git is missing")
			}
			t.Skip("git is missing: apt install git")
		}
		dir, data := follow(t)
		git := func(args ...string) {
			t.Helper()
			command := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.org"}, args...)...)
			command.Dir, command.Env = dir, append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1")
			if out, err := command.CombinedOutput(); err != nil {
				t.Fatalf("git %v: %v\n%s", args, err, out)
			}
		}
		git("init", "--quiet", "--initial-branch=main")
		git("add", "--all")
		git("commit", "--quiet", "--message=begin")
		path, content := edited(t, dir, model.Todo, model.Done)
		write(t, path, content)
		await(t, data, is(model.Done))
		git("commit", "--quiet", "--all", "--message=done")
		git("checkout", "--quiet", "HEAD~1")
		await(t, data, is(model.Todo))
		git("checkout", "--quiet", "main")
		await(t, data, is(model.Done))
	})
}

// One who writes sees it at once; the others are told, however slow they are.
func TestOwnChangesAreSeenByAll(t *testing.T) {
	_, data := follow(t)
	lan := model.Person{Name: "Lan", Role: model.Coordinator} // on no roster: the owner
	seen := data.Picture()
	for _, to := range []model.Status{model.Doing, model.Done} {
		entry := data.Picture().Board.Units[data.Picture().Board.UnitIndex("van-phong")].Cells[1].Entry
		next := entry
		next.Status = to
		_, err := data.Apply(t.Context(), model.Change{
			Person: lan, Unit: "van-phong", Subject: model.Subject{Kind: model.SubjectActivity, ID: "treo-bang-ron"},
			Seen: entry, New: next,
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := status(data.Picture()); got != to {
			t.Errorf("after the change to %s the picture shows %s", to, got)
		}
	}
	late, err := data.Next(t.Context(), seen.Number)
	if err != nil || status(late) != model.Done {
		t.Errorf("who was slow sees %s, %v", status(late), err)
	}
}

// countingStore counts how often it is read.
type countingStore struct {
	live.Store
	campaign *model.Campaign
	err      error
	poke     chan chan struct{}
}

func (c *countingStore) Load(context.Context) (*model.Campaign, error) { return c.campaign, c.err }

func (c *countingStore) Apply(context.Context, model.Change) (model.Receipt, error) {
	return model.Receipt{Unchanged: true}, nil
}

func (c *countingStore) Watch(ctx context.Context, changed func()) {
	for {
		select {
		case done := <-c.poke:
			changed()
			close(done)
		case <-ctx.Done():
			return
		}
	}
}

// What stays unreadable is said once: a screen that has nothing new to show sends nothing.
func TestNothingNewIsNotShown(t *testing.T) {
	campaign := &model.Campaign{Plan: model.Plan{TimeZone: time.UTC}}
	fake := &countingStore{campaign: campaign, poke: make(chan chan struct{})}
	data := live.New(fake, campaign, func() calendar.Day { return day })
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { data.Run(ctx) })
	defer func() { cancel(); running.Wait() }()
	fake.err = errors.New("unreadable")
	for range 3 {
		done := make(chan struct{})
		fake.poke <- done
		<-done
	}
	if number := data.Picture().Number; number != 2 {
		t.Errorf("%d pictures; want 2", number)
	}
	if _, err := data.Apply(ctx, model.Change{}); err != nil || data.Picture().Number != 2 {
		t.Errorf("a change that changed nothing made a picture: %v", err)
	}
}

// BenchmarkOthers is the time from a write by somebody else to the picture.
func BenchmarkOthers(b *testing.B) {
	dir, data := follow(b)
	path, done := edited(b, dir, model.Todo, model.Done)
	todo := bytes.Replace(done, []byte(`"done"`), []byte(`"todo"`), 1)
	want, content := model.Done, done
	for b.Loop() {
		write(b, path, content)
		await(b, data, is(want))
		if want == model.Done {
			want, content = model.Todo, todo
		} else {
			want, content = model.Done, done
		}
	}
}

// A file in mid-edit keeps what it said last, and nothing is written to it meanwhile.
func TestFileInMidEdit(t *testing.T) {
	dir, data := follow(t)
	path, content := edited(t, dir, model.Todo, model.Done)
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
	await(t, data, is(model.Done))
	if err := os.WriteFile(path, append(bytes.Clone(content), "[activity.danh"...), 0o644); err != nil {
		t.Fatal(err)
	}
	picture := await(t, data, func(picture live.Picture) bool { return len(picture.Board.Campaign.Stale) == 1 })
	board := picture.Board
	row := board.Units[board.UnitIndex("van-phong")]
	if row.Broken != nil || row.Stale == nil || row.Stale.Line == 0 || status(picture) != model.Done {
		t.Errorf("the row is %v, stale because of %v", status(picture), row.Stale)
	}
	change := model.Change{
		Person: model.Person{Name: "Lan", Role: model.Coordinator}, Unit: "van-phong",
		Subject: model.Subject{Kind: model.SubjectActivity, ID: "danh-gia-ket-qua"}, New: model.Entry{Status: model.Done},
	}
	if board.Campaign.Check(change) == nil {
		t.Error("the screen offers to change what cannot be read")
	}
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
	await(t, data, func(picture live.Picture) bool {
		return len(picture.Board.Campaign.Stale) == 0 && status(picture) == model.Done
	})
}

// person is an entry of the roster.
func person(id, key string) string {
	return "\n[[person]]\nid = \"" + id + "\"\nname = \"" + id + "\"\nrole = \"viewer\"\nkeys = [\"" + key + "\"]\n"
}

// A roster with an error, as in the middle of an edit, says nothing about who is who, and takes nothing off the screen.
func TestRosterInMidEdit(t *testing.T) {
	const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGmNpgn1Vd8Rz0hC0X7oxQGIuFSXQk/bXWUdPMZtcRop"
	for name, test := range map[string]struct {
		edited func(whole string) string
		stale  bool // the units, too, are as they were
	}{
		"empty":            {func(string) string { return "" }, true},
		"half":             {func(whole string) string { return whole[:len(whole)/2] }, true},
		"without one unit": {func(whole string) string { return strings.Replace(whole, "[[unit]]", "[[unti]]", 1) }, true},
		"copied":           {func(whole string) string { return whole + person("an", key) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			dir, data := follow(t)
			path := filepath.Join(dir, "units.toml")
			source, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			whole := string(source) + person("hoa", key)
			write(t, path, []byte(whole))
			sound := await(t, data, func(p live.Picture) bool { return p.Roster.Person("hoa") != nil })
			write(t, path, []byte(test.edited(whole)))
			broken := await(t, data, func(p live.Picture) bool { return p.Err != nil })
			if broken.Roster != sound.Roster || len(broken.Roster.Person("hoa").Keys) != 1 {
				t.Error("somebody is another")
			}
			if board := broken.Board; len(board.Units) != len(sound.Board.Units) || len(board.Activities) != len(sound.Board.Activities) || status(broken) != model.Todo || len(board.Campaign.Roster.People) != 1 {
				t.Errorf("%d units, %d activities, %s", len(board.Units), len(board.Activities), status(broken))
			}
			record, content := edited(t, dir, model.Todo, model.Done)
			write(t, record, content)
			if !test.stale {
				await(t, data, func(p live.Picture) bool { return p.Err != nil && status(p) == model.Done })
			} else if change := (model.Change{Person: model.Person{Role: model.Coordinator}, Unit: "van-phong", Subject: model.Subject{Kind: model.SubjectActivity, ID: "treo-bang-ron"}}); broken.Board.Campaign.Check(change) == nil {
				t.Error("the screen offers to change what it does not show")
			}
			write(t, path, []byte(whole))
			await(t, data, is(model.Done))
		})
	}
}

// Who is taken off the roster is off it, whatever else cannot be read.
func TestRosterBesideABrokenPlan(t *testing.T) {
	dir, data := follow(t)
	path := filepath.Join(dir, "units.toml")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	write(t, path, append(bytes.Clone(whole), person("hoa", "")...))
	await(t, data, func(p live.Picture) bool { return p.Roster.Person("hoa") != nil })
	write(t, filepath.Join(dir, "plan.toml"), []byte("[[x"))
	await(t, data, func(p live.Picture) bool { return p.Err != nil })
	write(t, path, whole)
	gone := await(t, data, func(p live.Picture) bool { return p.Roster.Person("hoa") == nil })
	if gone.Err == nil || status(gone) != model.Todo {
		t.Errorf("%v, %s", gone.Err, status(gone))
	}
}

// A roster in which nobody coordinates yet is shown as it grows: there is no sound one to keep in its place. One that
// was sound is kept when its coordinator goes, and when the file cannot be read.
func TestBegunRosterIsShown(t *testing.T) {
	for name, test := range map[string]struct {
		first, then string
		groups      int
		err         bool
	}{
		"begun":         {"schema = 1\n", "schema = 1\n[[group]]\nid = \"a\"\nname = \"A\"\n", 1, false},
		"begun, broken": {"schema = 1\n", "schema = 1\n[[group]]\nid = \"a\n", 0, true},
		"sound before": {
			"schema = 1\n[[group]]\nid = \"a\"\nname = \"A\"\n[[unit]]\nid = \"u\"\nname = \"U\"\ngroup = \"a\"\ncoordinator = true\n",
			"schema = 1\n[[group]]\nid = \"a\"\nname = \"A\"\n[[group]]\nid = \"b\"\nname = \"B\"\n", 1, true,
		},
	} {
		dir := t.TempDir()
		for file, content := range map[string]string{
			"plan.toml":  "schema = 1\n[plan]\nid = \"p\"\nlanguage = \"vi\"\ntimezone = \"Asia/Ho_Chi_Minh\"\n[document]\ntitle = \"P\"\n",
			"units.toml": test.first,
		} {
			if err := os.WriteFile(filepath.Join(dir, file), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		opened, err := store.Open(dir, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		campaign, err := opened.Load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		data := live.New(opened, campaign, func() calendar.Day { return day })
		if err := os.WriteFile(filepath.Join(dir, "units.toml"), []byte(test.then), 0o600); err != nil {
			t.Fatal(err)
		}
		data.Refresh(t.Context())
		picture := data.Picture()
		if groups := len(picture.Board.Campaign.Roster.Groups); groups != test.groups || (picture.Err != nil) != test.err ||
			len(picture.Roster.Groups) != groups {
			t.Errorf("%s: %d groups, %v; want %d", name, groups, picture.Err, test.groups)
		}
	}
}

// While the plan cannot be read, nobody can tell whether a record that was broken before is mended: the plan is named,
// and afterwards nothing.
func TestRecordBesideABrokenPlan(t *testing.T) {
	dir, data := follow(t)
	path, content := edited(t, dir, model.Todo, model.Done)
	write(t, path, append(bytes.Clone(content), "[activity.danh"...))
	await(t, data, func(p live.Picture) bool { return len(p.Board.Campaign.Stale)+len(p.Board.Campaign.Broken) == 1 })
	plan := filepath.Join(dir, "plan.toml")
	whole, err := os.ReadFile(plan)
	if err != nil {
		t.Fatal(err)
	}
	write(t, plan, []byte("[[x"))
	broken := await(t, data, func(p live.Picture) bool { return p.Err != nil }).Board
	if stale := broken.Units[broken.UnitIndex("van-phong")].Stale; stale == nil || !strings.HasSuffix(stale.File, "plan.toml") {
		t.Errorf("it is stale because of %v", stale)
	}
	write(t, path, content)
	write(t, plan, whole)
	await(t, data, func(p live.Picture) bool {
		return p.Err == nil && len(p.Board.Campaign.Stale) == 0 && is(model.Done)(p)
	})
}
