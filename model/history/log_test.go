package history_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/store"
)

// logged reads the history of a repository with the real data into lines.
func logged(t testing.TB, dir string, options history.LogOptions) []string {
	t.Helper()
	var lines []string
	data := filepath.Join(dir, "data")
	err := open(t, data).Log(context.Background(), data, store.NewPast("data"), options, func(revision review.Revision) bool {
		var line strings.Builder
		line.WriteString(revision.Author + ": " + revision.Title)
		if revision.Merge {
			line.WriteString(" (merge)")
		}
		for _, d := range revision.Differences {
			fmt.Fprintf(&line, "; %s %s %s", d.Unit, d.Subject.Kind, d.Subject.ID)
			switch {
			case !d.File.IsZero():
				said, _, _ := strings.Cut(d.File.String(), ": ") // without the place
				line.WriteString(" " + said)
			case d.Subject.Kind == model.SubjectActivity:
				fmt.Fprintf(&line, " %s>%s", model.As[model.Entry](d.Before).Status, model.As[model.Entry](d.After).Status)
			case d.Subject.Kind == model.SubjectPlan:
				line.WriteString(d.Part.String() + " " + d.Field.String() + " " + d.From + ">" + d.To)
			}
		}
		for _, lost := range revision.NotTaken {
			how := "not taken"
			if lost.Alone {
				how = "left out"
			}
			fmt.Fprintf(&line, "; %s %s of %s %s", lost.Unit, lost.Entry, lost.By, how)
			if revision.Campaign == nil {
				t.Errorf("%s: nothing names what was lost", revision.Title)
			}
		}
		lines = append(lines, line.String())
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// realData is a repository whose first commit holds the real plan.
func realData(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "data"), os.DirFS(filepath.Join("..", "..", "data"))); err != nil {
		t.Fatal(err)
	}
	git(t, dir, "init", "--quiet", "--initial-branch=main")
	commitAll(t, dir, "begin")
	return dir
}

func commitAll(t testing.TB, dir, message string) {
	t.Helper()
	git(t, dir, "add", "--all")
	git(t, dir, "commit", "--quiet", "--message", message)
}

// changeFile changes the first place of a data file.
func changeFile(t testing.TB, dir, name, old, now string) {
	t.Helper()
	path := filepath.Join(dir, "data", name)
	content, err := os.ReadFile(path)
	if err != nil || !bytes.Contains(content, []byte(old)) {
		t.Fatalf("%s does not hold %q: %v", name, old, err)
	}
	if err := os.WriteFile(path, bytes.Replace(content, []byte(old), []byte(now), 1), 0o600); err != nil {
		t.Fatal(err)
	}
}

const (
	banners = "[activity.treo-bang-ron]\nstatus   = \"todo\""
	office1 = "progress/van-phong.toml"
	inspect = "progress/thanh-tra.toml"
)

func done1(status string) string { return strings.Replace(banners, "todo", status, 1) }

// threeSides makes the branches one and two, each with a tick.
func threeSides(t testing.TB, dir string) {
	t.Helper()
	for _, side := range []struct{ name, file string }{{"one", inspect}, {"two", "progress/khuyen-cong.toml"}} {
		git(t, dir, "checkout", "--quiet", "-b", side.name, "main")
		changeFile(t, dir, side.file, banners, done1("doing"))
		commitAll(t, dir, side.name)
	}
	git(t, dir, "checkout", "--quiet", "main")
}

func TestLog(t *testing.T) {
	begin := "x: begin;  plan  a plan of 8 activities;    a roster of 10 units"
	tests := map[string]struct {
		work func(t *testing.T, dir string)
		want []string // newest first, without the first commit
	}{
		"by hand, two units at once": {
			func(t *testing.T, dir string) {
				t.Helper()
				changeFile(t, dir, office1, banners, done1("done"))
				changeFile(t, dir, inspect, banners, done1("doing"))
				commitAll(t, dir, "both")
			},
			[]string{"x: both; thanh-tra activity treo-bang-ron todo>doing; van-phong activity treo-bang-ron todo>done"},
		},
		"broken, and mended": {
			func(t *testing.T, dir string) {
				t.Helper()
				changeFile(t, dir, office1, "[report]", "[report")
				commitAll(t, dir, "break")
				changeFile(t, dir, office1, banners, done1("done"))
				commitAll(t, dir, "worse")
				changeFile(t, dir, office1, "[report", "[report]")
				commitAll(t, dir, "mend")
			},
			[]string{
				"x: mend; van-phong   the file could not be read before; it can be read now",
				"x: worse; van-phong   the file could not be read before and cannot be read after",
				"x: break; van-phong   the file can no longer be read",
			},
		},
		"a broken plan, and mended with a tick": {
			func(t *testing.T, dir string) {
				t.Helper()
				changeFile(t, dir, office1, banners, done1("done")+"\n[activity.treo-bang-ron.figures]\nbang-ron = 4")
				commitAll(t, dir, "tick")
				changeFile(t, dir, "plan.toml", "[plan]", "[plan")
				commitAll(t, dir, "break")
				changeFile(t, dir, inspect, banners, done1("doing"))
				commitAll(t, dir, "meanwhile")
				changeFile(t, dir, "plan.toml", "[plan", "[plan]")
				changeFile(t, dir, office1, done1("done"), done1("doing"))
				commitAll(t, dir, "mend")
			},
			[]string{
				"x: tick; van-phong activity treo-bang-ron todo>done",
				"x: break;  plan  the file can no longer be read",
				"x: meanwhile; thanh-tra activity treo-bang-ron todo>doing",
				"x: mend;  plan  the file could not be read before; it can be read now; van-phong activity treo-bang-ron done>doing",
			},
		},
		"a broken plan, which has dropped an activity before": {
			func(t *testing.T, dir string) {
				t.Helper()
				changeFile(t, dir, office1, banners, done1("done"))
				commitAll(t, dir, "tick")
				changeFile(t, dir, "plan.toml", "\"treo-bang-ron\"", "\"treo-co\"")
				changeFile(t, dir, "plan.toml", "[plan]", "[plan")
				commitAll(t, dir, "break")
				changeFile(t, dir, "plan.toml", "[plan", "[plan]")
				changeFile(t, dir, office1, "[activity.danh-gia-ket-qua]\nstatus   = \"todo\"", "[activity.danh-gia-ket-qua]\nstatus   = \"doing\"")
				commitAll(t, dir, "mend")
			},
			[]string{
				"x: tick; van-phong activity treo-bang-ron todo>done",
				"x: break;  plan  the file can no longer be read",
				"x: mend;  plan  the file could not be read before; it can be read now; van-phong activity danh-gia-ket-qua todo>doing",
			},
		},
		"a broken roster, and mended with a tick": {
			func(t *testing.T, dir string) {
				t.Helper()
				changeFile(t, dir, "units.toml", "[[unit]]", "[[unit")
				commitAll(t, dir, "break")
				changeFile(t, dir, "units.toml", "[[unit", "[[unit]]")
				changeFile(t, dir, office1, banners, done1("doing"))
				commitAll(t, dir, "mend")
			},
			[]string{
				"x: break;    the file can no longer be read",
				"x: mend;    the file could not be read before; it can be read now; van-phong activity treo-bang-ron todo>doing",
			},
		},
		"the Office's part broken, still broken, and mended": {
			func(t *testing.T, dir string) {
				t.Helper()
				changeFile(t, dir, "report.toml", "schema = 1", "schema = 1\n[text")
				commitAll(t, dir, "break")
				changeFile(t, dir, "report.toml", "[text", "[text ]x")
				commitAll(t, dir, "worse")
				changeFile(t, dir, "report.toml", "[text ]x", "")
				commitAll(t, dir, "mend")
			},
			[]string{
				"x: break;  text  the file can no longer be read",
				"x: worse;  text  the file could not be read before and cannot be read after",
				"x: mend;  text  the file could not be read before; it can be read now",
			},
		},
		"the plan and the roster go and come": {
			func(t *testing.T, dir string) {
				t.Helper()
				git(t, dir, "rm", "--quiet", "data/plan.toml", "data/units.toml")
				git(t, dir, "commit", "--quiet", "--message", "remove")
				git(t, dir, "revert", "--no-edit", "HEAD")
			},
			[]string{
				"x: remove;  plan  the plan was removed;    the roster was removed",
				"x: Revert \"remove\";  plan  a plan of 8 activities;    a roster of 10 units",
			},
		},
		"a file that goes and comes": {
			func(t *testing.T, dir string) {
				t.Helper()
				changeFile(t, dir, office1, banners, done1("done"))
				commitAll(t, dir, "tick")
				git(t, dir, "rm", "--quiet", "data/"+office1)
				git(t, dir, "commit", "--quiet", "--message", "remove")
				git(t, dir, "revert", "--no-edit", "HEAD")
			},
			[]string{
				"x: Revert \"remove\"; van-phong activity treo-bang-ron todo>done",
				"x: remove; van-phong activity treo-bang-ron done>todo",
				"x: tick; van-phong activity treo-bang-ron todo>done",
			},
		},
		"the plan": {
			func(t *testing.T, dir string) {
				t.Helper()
				changeFile(t, dir, "plan.toml", "ends     = 2019-12-15", "ends     = 2019-12-20")
				commitAll(t, dir, "longer")
			},
			[]string{"x: longer;  plan the plan last day 15/12/2019>20/12/2019"},
		},
		"nothing that counts": {
			func(t *testing.T, dir string) {
				t.Helper()
				changeFile(t, dir, office1, "[report]", "# a comment\n[report]")
				commitAll(t, dir, "comment")
				write(t, dir, "README.md", "x")
				commitAll(t, dir, "elsewhere")
			},
			nil,
		},
		"a merge brings nothing of its own": {
			func(t *testing.T, dir string) {
				t.Helper()
				git(t, dir, "checkout", "--quiet", "-b", "side")
				changeFile(t, dir, inspect, banners, done1("doing"))
				commitAll(t, dir, "side")
				git(t, dir, "checkout", "--quiet", "main")
				changeFile(t, dir, office1, banners, done1("done"))
				commitAll(t, dir, "main")
				git(t, dir, "merge", "--quiet", "--no-edit", "side")
			},
			[]string{"x: main; van-phong activity treo-bang-ron todo>done", "x: side; thanh-tra activity treo-bang-ron todo>doing"},
		},
		"a merge decides what both changed": {
			func(t *testing.T, dir string) {
				t.Helper()
				git(t, dir, "checkout", "--quiet", "-b", "side")
				changeFile(t, dir, office1, banners, done1("doing"))
				commitAll(t, dir, "side")
				git(t, dir, "checkout", "--quiet", "main")
				changeFile(t, dir, office1, banners, done1("done"))
				commitAll(t, dir, "main")
				gitStops(t, dir, "merge", "--quiet", "side")
				git(t, dir, "checkout", "--quiet", "--ours", "--", "data")
				changeFile(t, dir, office1, "\"done\"", "\"na\"\nnote = \"no\"")
				commitAll(t, dir, "decide")
			},
			[]string{
				"x: decide (merge); van-phong activity treo-bang-ron done>na",
				"x: main; van-phong activity treo-bang-ron todo>done", "x: side; van-phong activity treo-bang-ron todo>doing",
			},
		},
		"a merge that takes one side shows the other all the same": {
			func(t *testing.T, dir string) {
				t.Helper()
				git(t, dir, "checkout", "--quiet", "-b", "side")
				changeFile(t, dir, office1, banners, done1("doing"))
				commitAll(t, dir, "side")
				git(t, dir, "checkout", "--quiet", "main")
				changeFile(t, dir, office1, banners, done1("done"))
				commitAll(t, dir, "main")
				git(t, dir, "merge", "--quiet", "--no-edit", "--strategy=ours", "side")
			},
			[]string{
				"x: Merge branch 'side' (merge); van-phong activity.treo-bang-ron of User not taken",
				"x: main; van-phong activity treo-bang-ron todo>done", "x: side; van-phong activity treo-bang-ron todo>doing",
			},
		},
		"a merge that drops the change of another unit, a person and a fact of the plan": {
			func(t *testing.T, dir string) {
				t.Helper()
				git(t, dir, "checkout", "--quiet", "-b", "side")
				changeFile(t, dir, inspect, banners, done1("done")+"\nby = \"hang\"\nat = 2019-11-18T09:20:11+07:00")
				changeFile(t, dir, "units.toml", "\n[[unit]]", "\n[[person]]\nid = \"hang\"\nname = \"Hằng\"\nunit = \"thanh-tra\"\nrole = \"staff\"\n\n[[unit]]")
				changeFile(t, dir, "plan.toml", "ends     = 2019-12-15", "ends     = 2019-12-20")
				commitAll(t, dir, "side")
				git(t, dir, "checkout", "--quiet", "main")
				changeFile(t, dir, office1, banners, done1("done"))
				commitAll(t, dir, "main")
				git(t, dir, "merge", "--quiet", "--no-edit", "--strategy=ours", "side")
			},
			[]string{
				"x: Merge branch 'side' (merge);  plan of User left out;  person[\"hang\"] of User left out; thanh-tra activity.treo-bang-ron of hang left out",
				"x: side;  plan the plan last day 15/12/2019>20/12/2019;  person hang; thanh-tra activity treo-bang-ron todo>done",
				"x: main; van-phong activity treo-bang-ron todo>done",
			},
		},
		"a conflict of neighbours settled for one side": {
			func(t *testing.T, dir string) {
				t.Helper()
				git(t, dir, "checkout", "--quiet", "-b", "side")
				changeFile(t, dir, inspect, banners, done1("doing"))
				changeFile(t, dir, inspect, "[report]", "# side\n[report]")
				commitAll(t, dir, "side")
				git(t, dir, "checkout", "--quiet", "main")
				changeFile(t, dir, inspect, "[report]", "# main\n[report]")
				commitAll(t, dir, "main")
				gitStops(t, dir, "merge", "--quiet", "side")
				git(t, dir, "checkout", "--quiet", "--ours", "--", "data")
				commitAll(t, dir, "settle")
			},
			[]string{"x: settle (merge); thanh-tra activity.treo-bang-ron of User left out", "x: side; thanh-tra activity treo-bang-ron todo>doing"},
		},
		"three sides at once, and none of them lost": {
			func(t *testing.T, dir string) {
				t.Helper()
				threeSides(t, dir)
				changeFile(t, dir, office1, banners, done1("done"))
				commitAll(t, dir, "main")
				git(t, dir, "merge", "--quiet", "--no-edit", "one", "two")
			},
			[]string{
				"x: one; thanh-tra activity treo-bang-ron todo>doing", "x: two; khuyen-cong activity treo-bang-ron todo>doing",
				"x: main; van-phong activity treo-bang-ron todo>done",
			},
		},
		"three sides at once, and one of them lost": {
			func(t *testing.T, dir string) {
				t.Helper()
				threeSides(t, dir)
				changeFile(t, dir, office1, banners, done1("done"))
				commitAll(t, dir, "main")
				git(t, dir, "merge", "--quiet", "--no-commit", "--no-ff", "one", "two")
				git(t, dir, "checkout", "main", "--", "data/"+inspect)
				git(t, dir, "commit", "--quiet", "--message", "all")
			},
			[]string{
				"x: all (merge); thanh-tra activity.treo-bang-ron of User left out",
				"x: one; thanh-tra activity treo-bang-ron todo>doing", "x: two; khuyen-cong activity treo-bang-ron todo>doing",
				"x: main; van-phong activity treo-bang-ron todo>done",
			},
		},
		"a side whose file has moved, and that is lost": {
			func(t *testing.T, dir string) {
				t.Helper()
				git(t, dir, "checkout", "--quiet", "-b", "side")
				changeFile(t, dir, inspect, banners, done1("doing"))
				commitAll(t, dir, "side")
				git(t, dir, "checkout", "--quiet", "main")
				write(t, dir, "data/progress/sub/.keep", "")
				git(t, dir, "mv", "data/"+inspect, "data/progress/sub/thanh-tra.toml")
				commitAll(t, dir, "move")
				git(t, dir, "merge", "--quiet", "--no-edit", "--strategy=ours", "side")
			},
			[]string{
				"x: Merge branch 'side' (merge); thanh-tra activity.treo-bang-ron of User left out",
				"x: side; thanh-tra activity treo-bang-ron todo>doing",
			},
		},
		"a side whose file has moved": {
			func(t *testing.T, dir string) {
				t.Helper()
				git(t, dir, "checkout", "--quiet", "-b", "side")
				changeFile(t, dir, inspect, banners, done1("doing"))
				commitAll(t, dir, "side")
				git(t, dir, "checkout", "--quiet", "main")
				write(t, dir, "data/progress/sub/.keep", "")
				git(t, dir, "mv", "data/"+inspect, "data/progress/sub/thanh-tra.toml")
				commitAll(t, dir, "move")
				git(t, dir, "merge", "--quiet", "--no-edit", "side")
			},
			// To git the moved file is another one, so the merge shows it once more; but nothing is lost.
			[]string{
				"x: Merge branch 'side' (merge); thanh-tra activity treo-bang-ron todo>doing",
				"x: side; thanh-tra activity treo-bang-ron todo>doing",
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := realData(t)
			test.work(t, dir)
			got := logged(t, dir, history.LogOptions{})
			for i := range got { // whoever makes the commits of the tests
				_, title, _ := strings.Cut(got[i], ": ")
				got[i] = "x: " + title
			}
			want := append(slices.Clone(test.want), begin)
			// Commits of one second have no order of their own.
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("the log is\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

func TestLogOfNothing(t *testing.T) {
	dir := t.TempDir()
	git(t, dir, "init", "--quiet")
	write(t, dir, "data/plan.toml", "x")
	if got := logged(t, dir, history.LogOptions{}); got != nil {
		t.Errorf("without a commit the log is %q", got)
	}
}

func TestFilesOfAState(t *testing.T) {
	dir := realData(t)
	changeFile(t, dir, office1, banners, done1("doing"))
	if err := os.Symlink("van-phong.toml", filepath.Join(dir, "data", "progress", "link.toml")); err != nil {
		t.Fatal(err)
	}
	commitAll(t, dir, "tick")
	git(t, dir, "tag", "reviewed")
	repository := open(t, filepath.Join(dir, "data"))
	for revision, want := range map[string]string{"HEAD~1": "todo", "HEAD": "doing", "reviewed": "doing", "main": "doing"} {
		files, err := repository.Files(context.Background(), filepath.Join(dir, "data"), revision)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(files[office1]), done1(want)) || len(files["plan.toml"]) == 0 || len(files["report.toml"]) == 0 || files["progress/link.toml"] != nil {
			t.Errorf("%s: %d files, of the office\n%s", revision, len(files), files[office1])
		}
		campaign, err := store.NewPast("data").Load(context.Background(), files)
		if err != nil || len(campaign.Problems) > 0 || len(campaign.Progress) != 10 {
			t.Errorf("%s: %v, %v, %d records", revision, err, campaign.Problems, len(campaign.Progress))
		}
	}
	for _, revision := range []string{"", "--all", "nothing", "HEAD:data"} {
		if _, err := repository.Files(context.Background(), filepath.Join(dir, "data"), revision); refusal(t, err) == nil {
			t.Errorf("%q: %v", revision, err)
		}
	}
}

// manyCommits is a repository with so many ticks, made by git fast-import.
func manyCommits(t testing.TB, count int) string {
	t.Helper()
	dir := realData(t)
	earlier := userGit(dir, "commit", "--amend", "--quiet", "--no-edit") // no commit counts as made before its parent
	earlier.Env = append(earlier.Env, "GIT_COMMITTER_DATE=@1573700000 +0700")
	if out, err := earlier.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var stream bytes.Buffer
	names, err := filepath.Glob(filepath.Join(dir, "data", "progress", "*.toml"))
	if err != nil {
		t.Fatal(err)
	}
	contents := map[string]string{}
	for i := range count {
		name := names[i%len(names)]
		if contents[name] == "" {
			content, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			contents[name] = string(content)
		}
		from, to := "todo", "doing"
		if i/len(names)%2 == 1 {
			from, to = to, from
		}
		contents[name] = strings.Replace(contents[name], `"`+from+`"`, `"`+to+`"`, 1)
		fmt.Fprintf(&stream, "commit refs/heads/main\nauthor Lan <lan@example.org> %d +0700\ncommitter tiendo <tiendo@localhost> %[1]d +0700\ndata 4\ntick\n", 1_573_800_000+i*60)
		if i == 0 {
			stream.WriteString("from refs/heads/main^0\n")
		}
		fmt.Fprintf(&stream, "M 644 inline data/progress/%s\ndata %d\n%s\n", filepath.Base(name), len(contents[name]), contents[name])
	}
	command := userGit(dir, "fast-import", "--quiet")
	command.Stdin = &stream
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	git(t, dir, "reset", "--quiet", "--hard")
	return dir
}

// The promises: all of a log is read in at most 3 times of what git takes to print
// the same patches, and the first screen of it in 100 ms.
func BenchmarkLog(b *testing.B) {
	const count = 10_000
	dir := manyCommits(b, count)
	data := filepath.Join(dir, "data")
	repository := open(b, data)
	var all, first, bare time.Duration
	for b.Loop() {
		start, seen := time.Now(), 0
		err := repository.Log(context.Background(), data, store.NewPast("data"), history.LogOptions{}, func(review.Revision) bool {
			if seen++; seen == 40 {
				first += time.Since(start)
			}
			return true
		})
		all += time.Since(start)
		if err != nil || seen != count+1 {
			b.Fatal(seen, err)
		}
		start = time.Now()
		git(b, dir, "log", "-p", "--format=%H %an %aI %s", "--", "data")
		bare += time.Since(start)
	}
	b.ReportMetric(float64(all)/float64(bare), "x-git-log-p")
	b.ReportMetric(float64(first.Milliseconds())/float64(b.N), "ms-first-screen")
}

// The promise: the state of half of 10,000 commits ago takes at most 1.5 times of
// `git archive | tar` of that commit and a usual load. To find the commit of a day comes before it.
func BenchmarkAsOf(b *testing.B) {
	const count = 10_000
	dir := manyCommits(b, count)
	data := filepath.Join(dir, "data")
	repository := open(b, data)
	moment := time.Unix(1_573_800_000+count/2*60, 0)
	var find, asOf, bare time.Duration
	for b.Loop() {
		start := time.Now()
		commit, err := repository.LastBefore(context.Background(), moment)
		if err != nil {
			b.Fatal(err)
		}
		find += time.Since(start)
		start = time.Now()
		files, err := repository.Files(context.Background(), data, commit)
		if err == nil {
			_, err = store.NewPast("data").Load(context.Background(), files)
		}
		asOf += time.Since(start)
		if err != nil {
			b.Fatal(err)
		}
		extracted := b.TempDir()
		start = time.Now()
		shell(b, dir, "git archive "+commit+" | tar -x -C "+extracted)
		opened, err := store.Open(filepath.Join(extracted, "data"), store.Options{})
		if err == nil {
			_, err = opened.Load(context.Background())
		}
		bare += time.Since(start)
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(asOf)/float64(bare), "x-git-archive")
	b.ReportMetric(float64(find.Microseconds())/1000/float64(b.N), "ms-to-find")
}

// From one state to another only what differs is read; both are what they would be by themselves.
func TestStateAfterAnother(t *testing.T) {
	t.Parallel()
	ctx, dir := context.Background(), repository(t)
	opened, data := open(t, dir), filepath.Join(dir, "data")
	first := head(t, dir)
	write(t, dir, office, done)
	if _, err := opened.Commit(ctx, change(dir, office)); err != nil {
		t.Fatal(err)
	}
	var near history.State
	for _, commit := range []string{head(t, dir), first, head(t, dir)} {
		state, err := opened.State(ctx, data, commit, near)
		if err != nil {
			t.Fatal(err)
		}
		alone, err := opened.Files(ctx, data, commit)
		if err != nil || !reflect.DeepEqual(state.Files, alone) {
			t.Fatalf("%s: %v, the state after another is not what it is alone", commit, err)
		}
		for name, content := range state.Files {
			kept := len(near.Files[name]) > 0 && &near.Files[name][0] == &content[0]
			if changed := filepath.Join("data", name) == office; kept == changed && near.Files != nil {
				t.Errorf("%s: %s kept: %v", commit, name, kept)
			}
		}
		near = state
	}
}
