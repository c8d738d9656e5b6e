package history_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/store"
)

// Pages make the whole log, however they are cut.
func TestLogByPages(t *testing.T) {
	t.Parallel()
	dir := realData(t)
	for _, status := range []string{"doing", "done", "todo"} {
		from := map[string]string{"doing": "todo", "done": "doing", "todo": "done"}[status]
		changeFile(t, dir, "progress/van-phong.toml", done1(from), done1(status))
		commitAll(t, dir, status)
		git(t, dir, "commit", "--quiet", "--allow-empty", "--message", "empty")
	}
	whole := logged(t, dir, history.LogOptions{})
	var pages []string
	for skip := 0; ; {
		read := 0
		pages = append(pages, logged(t, dir, history.LogOptions{Max: 2, Skip: skip, Read: &read})...)
		if skip += read; read < 2 {
			break
		}
	}
	if len(whole) != 4 || !slices.Equal(whole, pages) {
		t.Errorf("whole:\n%s\npages:\n%s", strings.Join(whole, "\n"), strings.Join(pages, "\n"))
	}
}

// A merge in which somebody decided against a version says so, although it changes nothing itself.
func TestLogNamesWhatWasNotTaken(t *testing.T) {
	t.Parallel()
	dir := realData(t)
	git(t, dir, "checkout", "--quiet", "-b", "other")
	changeFile(t, dir, "progress/van-phong.toml", done1("todo"), done1("na"))
	commitAll(t, dir, "theirs")
	git(t, dir, "checkout", "--quiet", "main")
	changeFile(t, dir, "progress/van-phong.toml", done1("todo"), done1("done"))
	commitAll(t, dir, "ours")
	notTaken := review.NotTaken{Unit: "van-phong", Entry: "activity.treo-bang-ron", By: "hoa"}
	git(t, dir, "merge", "--quiet", "--strategy=ours", "--message", fmt.Sprintf("join\n\n%s", notTaken), "other")
	var found []review.NotTaken
	data := filepath.Join(dir, "data")
	err := open(t, data).Log(context.Background(), data, store.NewPast("data"), history.LogOptions{Max: 1}, func(revision review.Revision) bool {
		found = revision.NotTaken
		return false
	})
	if err != nil || !slices.Equal(found, []review.NotTaken{notTaken}) {
		t.Errorf("found %v, %v", found, err)
	}
}

// What a diff holds is shown, and cannot act on the terminal.
func TestDiffIsSafe(t *testing.T) {
	t.Parallel()
	dir := realData(t)
	changeFile(t, dir, "progress/van-phong.toml", done1("todo"), done1("done")+"\nnote = \"a\x1b]52;c;eA==\x07\u202e\"")
	commitAll(t, dir, "hostile")
	lines, err := open(t, filepath.Join(dir, "data")).Diff(context.Background(), filepath.Join(dir, "data"), "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Join(lines, "\n")
	if !strings.Contains(all, "\n-status   = \"todo\"\n+status   = \"done\"\n") || strings.ContainsAny(all, "\x1b\x07\u202e") {
		t.Errorf("the diff is %q", all)
	}
}

// marksOf are the marks of the real plan in a data folder.
func marksOf(data string) history.Marks {
	return history.Marks{Dir: data, Plan: "thang-hanh-dong-2019", Reader: store.NewPast("data")}
}

// Whoever has no mark has everything to read, but nothing of their own; marks are one for each.
func TestUnread(t *testing.T) {
	t.Parallel()
	dir := realData(t)
	data := filepath.Join(dir, "data")
	opened := open(t, data)
	changeFile(t, dir, "progress/van-phong.toml", done1("todo"), done1("done"))
	commitAll(t, dir, "one")
	author := strings.TrimSpace(git(t, dir, "log", "-1", "--format=%ae"))
	lan, hoa := model.Person{ID: "lan"}, model.Person{ID: "hoa", Email: strings.ToUpper(author)}
	unread := func(person model.Person, want int) {
		t.Helper()
		commits, err := opened.Unread(context.Background(), marksOf(data), person, 100)
		if err != nil || len(commits) != want {
			t.Errorf("%s has %d to read, want %d; %v", person.ID, len(commits), want, err)
		}
	}
	unread(lan, 2)
	unread(hoa, 0)
	if err := opened.MarkReviewed(context.Background(), marksOf(data), "lan", "HEAD~1"); err != nil {
		t.Fatal(err)
	}
	unread(lan, 1)
	unread(model.Person{}, 2)
	for range 2 { // what is not marked any more is nothing to take back
		if err := opened.MarkReviewed(context.Background(), marksOf(data), "lan", ""); err != nil {
			t.Fatal(err)
		}
		unread(lan, 2)
	}
	if err := opened.MarkReviewed(context.Background(), marksOf(data), "lan", "HEAD~1"); err != nil {
		t.Fatal(err)
	}
	if err := opened.MarkReviewed(context.Background(), marksOf(data), "", "HEAD"); err != nil {
		t.Fatal(err)
	}
	unread(model.Person{}, 0)
	unread(lan, 1)
}

func TestUnreadOfNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	git(t, dir, "init", "--quiet")
	commits, err := open(t, dir).Unread(context.Background(), marksOf(dir), model.Person{ID: "lan"}, 100)
	if err != nil || len(commits) > 0 {
		t.Errorf("%v, %v", commits, err)
	}
}

// twoPlans is a repository with two plans of different ids and a tick in the second.
func twoPlans(t *testing.T) (dir, first, second string) {
	t.Helper()
	dir = realData(t)
	first, second = filepath.Join(dir, "data"), filepath.Join(dir, "sau", "data")
	if err := os.CopyFS(second, os.DirFS(first)); err != nil {
		t.Fatal(err)
	}
	changeFile(t, filepath.Join(dir, "sau"), "plan.toml", "thang-hanh-dong-2019", "ke-hoach-2020")
	commitAll(t, dir, "second")
	changeFile(t, filepath.Join(dir, "sau"), "progress/van-phong.toml", done1("todo"), done1("done"))
	commitAll(t, dir, "tick")
	return dir, first, second
}

// Who has reviewed one plan has not read what was changed in another one.
func TestMarksAreOfOnePlan(t *testing.T) {
	t.Parallel()
	dir, first, second := twoPlans(t)
	ctx, lan := context.Background(), model.Person{ID: "lan"}
	other := marksOf(second)
	other.Plan = "ke-hoach-2020"
	if err := open(t, first).MarkReviewed(ctx, marksOf(first), "lan", "HEAD"); err != nil {
		t.Fatal(err)
	}
	if commits, err := open(t, first).Unread(ctx, marksOf(first), lan, 100); err != nil || len(commits) != 0 {
		t.Errorf("of the plan that was reviewed %v are unread, %v", commits, err)
	}
	if commits, err := open(t, second).Unread(ctx, other, lan, 100); err != nil || len(commits) != 2 {
		t.Errorf("of the other plan %v are unread, %v", commits, err)
	}
	if refs := git(t, dir, "for-each-ref", "--format=%(refname)", "refs/tiendo"); refs != "refs/tiendo/review/thang-hanh-dong-2019/lan\n" {
		t.Errorf("the marks are %q", refs)
	}
}

// A mark of the repository as a whole counts while there was never another plan and no newer mark, wherever the plan lay.
func TestMarkOfTheWholeRepository(t *testing.T) {
	t.Parallel()
	ctx, lan := context.Background(), model.Person{ID: "lan"}
	unread := func(t *testing.T, data string, want int) {
		t.Helper()
		if commits, err := open(t, data).Unread(ctx, marksOf(data), lan, 100); err != nil || len(commits) != want {
			t.Errorf("%v are unread, want %d; %v", commits, want, err)
		}
	}
	t.Run("one plan", func(t *testing.T) {
		t.Parallel()
		dir := realData(t)
		git(t, dir, "update-ref", "refs/tiendo/reviewed/lan", "HEAD")
		unread(t, filepath.Join(dir, "data"), 0)
		if err := os.Mkdir(filepath.Join(dir, "p"), 0o700); err != nil {
			t.Fatal(err)
		}
		git(t, dir, "mv", "data", "p/data")
		commitAll(t, dir, "elsewhere")
		moved := filepath.Join(dir, "p", "data")
		unread(t, moved, 1)
		if err := open(t, moved).MarkReviewed(ctx, marksOf(moved), "lan", "HEAD~1"); err != nil {
			t.Fatal(err)
		}
		git(t, dir, "update-ref", "refs/tiendo/reviewed/lan", "HEAD")
		unread(t, moved, 1) // the newer one counts
	})
	t.Run("two plans", func(t *testing.T) {
		t.Parallel()
		dir, first, _ := twoPlans(t)
		git(t, dir, "update-ref", "refs/tiendo/reviewed/lan", "HEAD")
		unread(t, first, 1)
		git(t, dir, "rm", "-rq", "sau")
		commitAll(t, dir, "gone")
		unread(t, first, 1) // it may have been set for the other
	})
}

// An id that two plans have tells of neither how far it was reviewed.
func TestTwoPlansOfOneID(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dir, first, second := twoPlans(t)
	changeFile(t, filepath.Join(dir, "sau"), "plan.toml", "ke-hoach-2020", "thang-hanh-dong-2019")
	commitAll(t, dir, "the same id")
	for _, data := range []string{first, second} {
		opened := open(t, data)
		_, unread := opened.Unread(ctx, marksOf(data), model.Person{ID: "lan"}, 100)
		for _, err := range []error{opened.OnlyPlan(ctx, marksOf(data)), opened.MarkReviewed(ctx, marksOf(data), "lan", "HEAD"), unread} {
			if err == nil || !strings.HasPrefix(err.Error(), `two plans of this repository have the id "thang-hanh-dong-2019": `) {
				t.Errorf("got %v", err)
			}
		}
	}
	changeFile(t, filepath.Join(dir, "sau"), "plan.toml", "thang-hanh-dong-2019", "ke-hoach-2020") // as the hint says
	if err := open(t, first).MarkReviewed(ctx, marksOf(first), "lan", "HEAD"); err != nil {
		t.Error(err)
	}
}

// However many have to review the same, git lists it, and the plans of the repository, once for every commit.
func TestWhatIsUnreadIsListedOnce(t *testing.T) {
	dir := realData(t)
	data := filepath.Join(dir, "data")
	opened := open(t, data)
	git, err := exec.LookPath("git")
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	listed := filepath.Join(folder, "listed")
	script(t, filepath.Join(folder, "git"), `case " $* " in *" log "*|*" ls-files "*) echo >> "`+listed+`";; esac; exec "`+git+`" "$@"`)
	t.Setenv("PATH", folder+string(os.PathListSeparator)+os.Getenv("PATH"))
	for round := range 2 {
		changeFile(t, dir, "progress/van-phong.toml", done1([]string{"todo", "done"}[round]), done1([]string{"done", "doing"}[round]))
		commitAll(t, dir, "one")
		if err := os.RemoveAll(listed); err != nil {
			t.Fatal(err)
		}
		for i := range 20 {
			commits, err := opened.Unread(t.Context(), marksOf(data), model.Person{ID: fmt.Sprint("p", i)}, 100)
			if err != nil || len(commits) != 2+round {
				t.Errorf("%d has %d to read, want %d; %v", i, len(commits), 2+round, err)
			}
		}
		if lines, err := os.ReadFile(listed); err != nil || len(lines) != 2 {
			t.Errorf("git was asked %d times for 20 people; %v", len(lines), err)
		}
	}
}
