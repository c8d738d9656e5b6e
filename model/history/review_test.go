package history_test

import (
	"context"
	"fmt"
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
		commits, err := opened.Unread(context.Background(), data, store.NewPast("data"), person, 100)
		if err != nil || len(commits) != want {
			t.Errorf("%s has %d to read, want %d; %v", person.ID, len(commits), want, err)
		}
	}
	unread(lan, 2)
	unread(hoa, 0)
	if err := opened.MarkReviewed(context.Background(), "lan", "HEAD~1"); err != nil {
		t.Fatal(err)
	}
	unread(lan, 1)
	unread(model.Person{}, 2)
	if err := opened.MarkReviewed(context.Background(), "", "HEAD"); err != nil {
		t.Fatal(err)
	}
	unread(model.Person{}, 0)
	unread(lan, 1)
}

func TestUnreadOfNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	git(t, dir, "init", "--quiet")
	commits, err := open(t, dir).Unread(context.Background(), dir, store.NewPast("data"), model.Person{ID: "lan"}, 100)
	if err != nil || len(commits) > 0 {
		t.Errorf("%v, %v", commits, err)
	}
}
