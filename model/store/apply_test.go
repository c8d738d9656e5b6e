package store

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
	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/review"
)

var tickTime = time.Date(2019, 11, 18, 9, 20, 11, 0, time.FixedZone("+07", 7*3600))

var lan = model.Person{ID: "lan", Name: "Nguyễn Thị Lan", Email: "lan@example.org", Role: model.Coordinator}

// git runs git in a repository of a test, without anybody's configuration.
func git(t testing.TB, dir string, args ...string) string {
	t.Helper()
	command := exec.Command("git", args...)
	command.Dir = dir
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// repository is a git repository with a copy of the real data, and lan and others on the roster.
func repository(t testing.TB, others ...model.Person) (dir string, open func() *Store) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("git is missing")
		}
		t.Skip("git is missing: apt install git")
	}
	t.Setenv("HOME", t.TempDir())
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	dir = t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "data"), os.DirFS(filepath.Join("..", "..", "data"))); err != nil {
		t.Fatal(err)
	}
	hire(t, filepath.Join(dir, "data"), append(others, lan)...)
	if err := history.Init(context.Background(), dir, review.Commit{AuthorName: "Office", AuthorEmail: "office@example.org", Message: "begin\n"}); err != nil {
		t.Fatal(err)
	}
	return dir, func() *Store {
		t.Helper()
		repository, err := history.Open(context.Background(), filepath.Join(dir, "data"))
		if err != nil {
			t.Fatal(err)
		}
		store, err := Open(filepath.Join(dir, "data"), Options{Repository: repository, Now: func() time.Time { return tickTime }, Shown: "data"})
		if err != nil {
			t.Fatal(err)
		}
		return store
	}
}

// tick is a change of one status.
func tick(person model.Person, unit, activity string, from model.Entry, to model.Status) model.Change {
	next := from
	next.Status = to
	return model.Change{
		Person: person, Unit: unit, Subject: model.Subject{Kind: model.SubjectActivity, ID: activity},
		Seen: from, New: next,
	}
}

var untouched = model.Entry{Status: model.Todo}

func TestTickIsOneSmallCommit(t *testing.T) {
	dir, open := repository(t)
	// The user's own work: staged, unstaged and untracked. None of it may move.
	for name, content := range map[string]string{"data/units.toml": "# staged\n", "data/report.toml": "# unstaged\n", "new.txt": "new\n"} {
		path := filepath.Join(dir, name)
		old, _ := os.ReadFile(path)
		if err := os.WriteFile(path, append(old, content...), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	git(t, dir, "add", "data/units.toml")
	before := git(t, dir, "status", "--porcelain=v2") + git(t, dir, "diff", "--cached") + git(t, dir, "diff")

	receipt, err := open().Apply(context.Background(), tick(lan, "van-phong", "treo-bang-ron", untouched, model.Done))
	if err != nil {
		t.Fatal(err)
	}
	if after := git(t, dir, "status", "--porcelain=v2") + git(t, dir, "diff", "--cached") + git(t, dir, "diff"); after != before {
		t.Errorf("the user's work moved:\n%s\nwas\n%s", after, before)
	}
	if head := strings.TrimSpace(git(t, dir, "rev-parse", "--short", "HEAD")); receipt.Hash != head {
		t.Errorf("the receipt says %q, HEAD is %q", receipt.Hash, head)
	}
	got := git(t, dir, "log", "-1", "--format=%an <%ae> %ad / %cn%n%B", "--date=iso-strict")
	want := `Nguyễn Thị Lan <lan@example.org> 2019-11-18T09:20:11+07:00 / tiendo
van-phong: Treo băng rôn, khẩu hiệu → hoàn thành

Unit: van-phong
Activity: treo-bang-ron
Status: todo -> done`
	if strings.TrimSpace(got) != want {
		t.Errorf("commit:\n%s\nwant:\n%s", got, want)
	}
	changed := 0
	for line := range strings.SplitSeq(git(t, dir, "show", "--format=", "--unified=0", "HEAD"), "\n") {
		if strings.HasPrefix(line, "+") && !strings.HasPrefix(line, "+++") || strings.HasPrefix(line, "-") && !strings.HasPrefix(line, "---") {
			changed++
		}
	}
	if changed != 4 {
		t.Errorf("the diff has %d changed lines, want 4", changed)
	}
}

// However many units there are, a change reads one record.
func TestAChangeReadsItsOwnRecordOnly(t *testing.T) {
	_, open := repository(t)
	store := open()
	seen, err := store.LoadFor(t.Context(), "van-phong")
	if err != nil {
		t.Fatal(err)
	}
	person, err := seen.Person("lan")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Apply(t.Context(), tick(*person, "van-phong", "treo-bang-ron", untouched, model.Done)); err != nil {
		t.Fatal(err)
	}
	if record := filepath.Join(store.dir, "progress", "van-phong.toml"); len(store.parsed) != 1 || store.parsed[record] == nil {
		t.Errorf("%d records were read; want %s alone", len(store.parsed), record)
	}
}

// A look at one unit's record looks where it lies most often; a change looks whether there is another one.
func TestAChangeLooksForASecondRecord(t *testing.T) {
	dir, open := repository(t)
	data := open().dir
	second := filepath.Join(data, "progress", "khu-vuc", "van-phong.toml")
	if err := os.MkdirAll(filepath.Dir(second), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, second, "[report]\n")
	store := open()
	if _, err := store.LoadFor(t.Context(), "van-phong"); err != nil {
		t.Fatal(err)
	}
	receipt, err := store.Apply(t.Context(), tick(lan, "van-phong", "treo-bang-ron", untouched, model.Done))
	if err == nil || !strings.Contains(err.Error(), "this unit has another progress file") {
		t.Errorf("%+v, %v", receipt, err)
	}
	if err := os.Remove(filepath.Join(data, "progress", "van-phong.toml")); err != nil {
		t.Fatal(err)
	}
	git(t, dir, "add", "--all")
	git(t, dir, "-c", "user.name=An", "-c", "user.email=an@example.org", "commit", "--quiet", "--message", "moved")
	if seen, err := store.LoadFor(t.Context(), "van-phong"); err != nil || len(seen.Broken) > 0 {
		t.Fatalf("%v, %v", seen, err)
	}
	if _, err := store.Apply(t.Context(), tick(lan, "van-phong", "treo-bang-ron", untouched, model.Done)); err != nil {
		t.Error(err)
	}
	if content, err := os.ReadFile(second); err != nil || !strings.Contains(string(content), "done") {
		t.Errorf("%s: %v", content, err)
	}
}

// While git is in the middle of something the changes wait; afterwards each is a commit of its own.
func TestCommitsWaitForAMerge(t *testing.T) {
	minh := model.Person{ID: "minh", Name: "Minh", Email: "minh@example.org", Role: model.Coordinator}
	dir, open := repository(t, minh)
	marker := filepath.Join(dir, ".git", "MERGE_HEAD")
	if err := os.WriteFile(marker, []byte(git(t, dir, "rev-parse", "HEAD")), 0o600); err != nil {
		t.Fatal(err)
	}
	store := open()
	first, err := store.Apply(context.Background(), tick(lan, "van-phong", "treo-bang-ron", untouched, model.Doing))
	if err != nil || first.Pending.IsZero() || first.Hash != "" {
		t.Fatalf("receipt %+v, %v", first, err)
	}
	if _, err := store.Apply(context.Background(), tick(minh, "van-phong", "treo-bang-ron", model.As[model.Entry](first.Value), model.Done)); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(marker); err != nil {
		t.Fatal(err)
	}
	if said, err := open().Recover(context.Background()); err != nil || len(said) > 0 {
		t.Fatalf("recovery says %v, %v", said, err)
	}
	want := "Minh: van-phong: Treo băng rôn, khẩu hiệu → hoàn thành\nNguyễn Thị Lan: van-phong: Treo băng rôn, khẩu hiệu → đang thực hiện\n"
	if got := git(t, dir, "log", "-2", "--format=%an: %s"); got != want {
		t.Errorf("log:\n%s", got)
	}
	if status := git(t, dir, "status", "--porcelain"); status != "" {
		t.Errorf("left over:\n%s", status)
	}
}

// Of several who change one entry at once exactly one wins; the others are told who and when.
func TestOneWins(t *testing.T) {
	_, open := repository(t)
	var group sync.WaitGroup
	var mutex sync.Mutex
	won, told := 0, 0
	for _, status := range []model.Status{model.Done, model.Doing, model.Done, model.Doing} {
		store := open()
		group.Go(func() {
			_, err := store.Apply(context.Background(), tick(lan, "van-phong", "treo-bang-ron", untouched, status))
			mutex.Lock()
			defer mutex.Unlock()
			var conflict *model.Conflict
			switch {
			case err == nil:
				won++
			case errors.As(err, &conflict) && model.As[model.Entry](conflict.Theirs).By == "lan" && model.As[model.Entry](conflict.Theirs).At.Equal(tickTime):
				told++
			default:
				t.Error(err)
			}
		})
	}
	group.Wait()
	if won != 1 || told != 3 {
		t.Errorf("%d won and %d were told, want 1 and 3", won, told)
	}
}

func TestRefusedAndNothingWritten(t *testing.T) {
	staff := model.Person{ID: "minh", Name: "Minh", Unit: "thanh-tra", Role: model.Staff}
	promoted := staff
	promoted.Role = model.Coordinator
	tests := map[string]struct {
		damage func(t *testing.T, path string)
		change model.Change
		want   string
	}{
		"nobody of the roster":            {nil, tick(model.Person{ID: "ai", Name: "Ai", Role: model.Coordinator}, "van-phong", "treo-bang-ron", untouched, model.Done), "no longer on the roster"},
		"another role than on the roster": {nil, tick(promoted, "van-phong", "treo-bang-ron", untouched, model.Done), "may change only"},
		"another unit":                    {nil, tick(staff, "van-phong", "treo-bang-ron", untouched, model.Done), "may change only"},
		"not assigned":                    {nil, tick(lan, "van-phong", "quan-triet-doan-vien", untouched, model.Done), "not assigned"},
		"not applicable without a note":   {nil, tick(lan, "van-phong", "treo-bang-ron", untouched, model.NA), "needs a note"},
		"a broken file": {
			func(t *testing.T, path string) { write(t, path, "[activity\n") },
			tick(lan, "van-phong", "treo-bang-ron", untouched, model.Done), "van-phong.toml:1:",
		},
		"a bad entry": {
			func(t *testing.T, path string) { write(t, path, "[activity.treo-bang-ron]\nstatus = \"dne\"\n") },
			tick(lan, "van-phong", "treo-bang-ron", untouched, model.Done), "van-phong.toml:2:10",
		},
		"a symbolic link": {func(t *testing.T, path string) {
			if err := errors.Join(os.Rename(path, path+".real"), os.Symlink(path+".real", path)); err != nil {
				t.Fatal(err)
			}
		}, tick(lan, "van-phong", "treo-bang-ron", untouched, model.Done), "symbolic link"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir, open := repository(t, staff)
			path := filepath.Join(dir, "data", "progress", "van-phong.toml")
			if test.damage != nil {
				test.damage(t, path)
			}
			before, _ := os.ReadFile(path)
			_, err := open().Apply(context.Background(), test.change)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
			if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
				t.Error("the file has changed")
			}
		})
	}
}

func write(t testing.TB, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// untilCommit is a history whose commit says when it began: by then the file is durable.
type untilCommit struct {
	Repository
	began time.Time
}

// Commit makes the commit.
func (u *untilCommit) Commit(ctx context.Context, commit review.Commit) (string, error) {
	u.began = time.Now()
	return u.Repository.Commit(ctx, commit)
}

// bareWrite is the yardstick: the same bytes by write, fsync, rename and fsync of the folder.
func bareWrite(b testing.TB, path string, content []byte) {
	b.Helper()
	temp := path + ".bare"
	file, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		b.Fatal(err)
	}
	_, err = file.Write(content)
	if err := errors.Join(err, file.Sync(), file.Close(), os.Rename(temp, path), durable.SyncFolder(filepath.Dir(path))); err != nil {
		b.Fatal(err)
	}
}

// The promise is at most 2.5 times a bare write, fsync, rename and fsync of the folder:
// from the key to the durable file, in a repository, the commit apart.
func BenchmarkTickUntilDurable(b *testing.B) {
	dir, open := repository(b)
	store := open()
	history := &untilCommit{Repository: store.history}
	store.history = history
	path := filepath.Join(dir, "data", "progress", "van-phong.toml")
	entry := untouched
	var bare, ticks time.Duration
	for b.Loop() {
		start := time.Now()
		receipt, err := store.Apply(context.Background(), tick(lan, "van-phong", "treo-bang-ron", entry, entry.Status.Next()))
		ticks += history.began.Sub(start)
		if err != nil || receipt.Hash == "" {
			b.Fatal(err, receipt.Pending)
		}
		entry = model.As[model.Entry](receipt.Value)
		content, _ := os.ReadFile(path)
		start = time.Now()
		bareWrite(b, path, content)
		bare += time.Since(start)
	}
	b.ReportMetric(float64(ticks)/float64(bare), "x-bare")
}

// The promise is at most 1.3 times the same change made by git commit --only with the
// same options, here in a repository of its own: there, too, nobody else commits.
func BenchmarkTickWithCommit(b *testing.B) {
	dir, open := repository(b)
	bareDir, _ := repository(b)
	store := open()
	path := filepath.Join("data", "progress", "van-phong.toml")
	entry := untouched
	var bare, ticks time.Duration
	for b.Loop() {
		start := time.Now()
		receipt, err := store.Apply(context.Background(), tick(lan, "van-phong", "treo-bang-ron", entry, entry.Status.Next()))
		ticks += time.Since(start)
		if err != nil || receipt.Hash == "" {
			b.Fatal(err, receipt.Pending)
		}
		entry = model.As[model.Entry](receipt.Value)
		content, _ := os.ReadFile(filepath.Join(dir, path))
		start = time.Now()
		bareWrite(b, filepath.Join(bareDir, path), content)
		commit := exec.Command("git", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false", "-c", "gc.auto=0", "-c", "maintenance.auto=false",
			"-c", "core.fsync=committed,loose-object", "-c", "user.name=Lan", "-c", "user.email=lan@example.org",
			"commit", "--only", "--no-verify", "--cleanup=verbatim", "--no-status", "--file=-", "--", path)
		commit.Dir, commit.Stdin = bareDir, strings.NewReader("yardstick\n")
		if out, err := commit.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		bare += time.Since(start)
	}
	b.ReportMetric(float64(ticks)/float64(bare), "x-git-commit")
}

// What a settlement has let stand says that it stands as a whole, so that no clone joins its fields with another version's.
func TestWhatIsLeftOfADisputeIsWhole(t *testing.T) {
	for name, keys := range map[string][]edit.KeyValue{
		"entry":  entryKeys(&model.Entry{Status: model.Done, Note: "A"}, &model.Entry{Status: model.Done, Note: "B", Whole: true}),
		"report": reportKeys(&model.Report{Results: "A"}, &model.Report{Results: "B", Whole: true}),
	} {
		if last := keys[len(keys)-1]; last.Key != "whole" || last.Value != true {
			t.Errorf("%s: %v", name, keys)
		}
	}
}
