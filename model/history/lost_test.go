package history_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
)

// twoMerges is a history with a merge that leaves out a tick and one that takes all.
func twoMerges(t *testing.T) (dir string) {
	t.Helper()
	dir = realData(t)
	threeSides(t, dir)
	changeFile(t, dir, office1, banners, done1("done"))
	commitAll(t, dir, "main")
	git(t, dir, "merge", "--quiet", "--message=left out", "--strategy=ours", "one")
	git(t, dir, "merge", "--quiet", "--message=taken", "two")
	return dir
}

// A merge that left something out waits for the reviewer; one that did nothing of its own does not.
func TestUnreadMerges(t *testing.T) {
	t.Parallel()
	dir := twoMerges(t)
	data := filepath.Join(dir, "data")
	commits, err := open(t, data).Unread(context.Background(), marksOf(data), model.Person{ID: "lan"}, 100)
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, commit := range commits {
		titles = append(titles, strings.TrimSpace(git(t, dir, "log", "-1", "--format=%s", commit)))
	}
	slices.Sort(titles)
	if want := []string{"begin", "left out", "main", "one", "two"}; !slices.Equal(titles, want) {
		t.Errorf("to read are %q, want %q", titles, want)
	}
}

// Where git cannot merge once more, what was left out is found all the same.
func TestLostWithoutRemerge(t *testing.T) {
	dir := twoMerges(t)
	want := logged(t, dir, history.LogOptions{})
	wrap(t, `case "$*" in *remerge*) echo "fatal: unknown value" >&2; exit 128;; esac`)
	if got := logged(t, dir, history.LogOptions{}); !slices.Equal(got, want) || !strings.Contains(strings.Join(got, "\n"), "left out") {
		t.Errorf("the log is\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
