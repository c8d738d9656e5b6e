package history_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/history"
)

// recordAt makes a commit that a clock dates.
func recordAt(t *testing.T, dir, title string, at time.Time) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, "x.txt"), []byte(title), 0o600); err != nil {
		t.Fatal(err)
	}
	git(t, dir, "add", "--all")
	command := userGit(dir, "commit", "--quiet", "--message", title)
	command.Env = append(command.Environ(), fmt.Sprintf("GIT_COMMITTER_DATE=@%d +0000", at.Unix()))
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// A commit that a wrong clock dates before its parent was not there before it.
func TestDaysGoOnThoughAClockWentBack(t *testing.T) {
	t.Parallel()
	dir, ctx := t.TempDir(), context.Background()
	git(t, dir, "init", "--quiet", "--initial-branch=main")
	day := func(day int) time.Time { return time.Date(2019, 11, day, 8, 0, 0, 0, time.UTC) }
	for _, commit := range []struct {
		title string
		day   int
	}{{"a", 10}, {"b", 20}, {"c", 15}, {"d", 25}} {
		recordAt(t, dir, commit.title, day(commit.day))
	}
	repository := open(t, dir)
	title := func(commit string) string {
		if commit == "" {
			return "-"
		}
		return strings.TrimSpace(git(t, dir, "log", "-1", "--format=%s", commit))
	}
	for at, want := range map[int]string{12: "a", 17: "a", 20: "a", 21: "c", 26: "d"} {
		commit, err := repository.LastBefore(ctx, day(at))
		if err != nil || title(commit) != want {
			t.Errorf("before %d November it is %s, want %s; %v", at, title(commit), want, err)
		}
	}
	if commit, err := repository.LastBefore(ctx, day(9)); err == nil {
		t.Errorf("before the first there is %s", commit)
	}
	days, err := repository.LastOfDays(ctx, "HEAD", calendar.Date(2019, 11, 9), calendar.Date(2019, 11, 26), time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, commit := range days {
		titles = append(titles, title(commit))
	}
	if got, want := strings.Join(titles, ""), "-"+strings.Repeat("a", 10)+strings.Repeat("c", 5)+"dd"; got != want {
		t.Errorf("the days are %s, want %s", got, want)
	}
	if moment, err := repository.Moment(ctx, "HEAD~1"); err != nil || !moment.Equal(day(20)) {
		t.Errorf("c was recorded on %s, %v", moment, err)
	}
}

// A commit was there when it arrived on the server, however far ahead a clock has dated it or one before it.
func TestDaysEndWithTheArrival(t *testing.T) {
	t.Parallel()
	dir, ctx := t.TempDir(), context.Background()
	git(t, dir, "init", "--quiet", "--initial-branch=main")
	day := func(day int) time.Time { return time.Date(2019, 11, day, 8, 0, 0, 0, time.UTC) }
	old := strings.Repeat("0", 40)
	for _, commit := range []struct {
		title        string
		day, arrives int // 0: with the next, or not yet
	}{{"a", 30, 11}, {"b", 12, 13}, {"c", 29, 0}, {"d", 14, 15}, {"e", 16, 0}} {
		recordAt(t, dir, commit.title, day(commit.day))
		if commit.arrives == 0 {
			continue
		}
		head := strings.TrimSpace(git(t, dir, "rev-parse", "HEAD"))
		sent := []history.RefChange{{Ref: "refs/heads/main", Old: old, New: head}}
		if err := history.Arrived(ctx, dir, "hoa", day(commit.arrives), sent); err != nil {
			t.Fatal(err)
		}
		old = head
	}
	repository := open(t, dir)
	for back, want := range map[int]int{4: 11, 3: 12, 2: 15, 1: 15, 0: 16} {
		moment, err := repository.Moment(ctx, fmt.Sprintf("HEAD~%d", back))
		if err != nil || !moment.Equal(day(want)) {
			t.Errorf("HEAD~%d was there on %s, want %s; %v", back, moment, day(want), err)
		}
	}
}

// A commit of tiendo is not dated before the one that it follows, wherever git keeps that one.
func TestCommitIsNotDatedBeforeItsParent(t *testing.T) {
	t.Parallel()
	ahead := time.Date(2100, 1, 2, 3, 4, 5, 0, time.UTC)
	ways := map[string]func(t *testing.T, dir string) (recorded time.Time, content bool){
		"loose": func(*testing.T, string) (time.Time, bool) { return time.Time{}, false },
		"packed": func(t *testing.T, dir string) (time.Time, bool) {
			git(t, dir, "gc", "--quiet")
			return time.Time{}, false
		},
		"a clock of the plan": func(*testing.T, string) (time.Time, bool) { return ahead.Add(-time.Hour), false },
		"an earlier content":  func(*testing.T, string) (time.Time, bool) { return time.Time{}, true },
	}
	for name, prepare := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := repository(t)
			recordAt(t, dir, "ahead", ahead)
			commit := change(dir, office)
			var content bool
			commit.Recorded, content = prepare(t, dir)
			write(t, dir, office, done)
			var err error
			if content {
				_, err = open(t, dir).CommitContent(context.Background(), commit, []byte(done))
			} else {
				_, err = open(t, dir).Commit(context.Background(), commit)
			}
			if err != nil {
				t.Fatal(err)
			}
			dates := strings.Fields(git(t, dir, "log", "-2", "--format=%ct"))
			if !slices.Equal(dates, []string{"4102542245", "4102542245"}) {
				t.Errorf("the commits are dated %v", dates)
			}
		})
	}
}

func TestClockBehind(t *testing.T) {
	t.Parallel()
	dir := repository(t)
	last := time.Date(2019, 12, 1, 8, 0, 0, 0, time.UTC)
	recordAt(t, dir, "last", last)
	for name, test := range map[string]struct {
		now    time.Time
		behind bool
	}{
		"after it":         {last.Add(time.Hour), false},
		"somewhat before":  {last.Add(-9 * time.Minute), false},
		"far before":       {last.Add(-11 * time.Minute), true},
		"years before":     {time.Unix(0, 0), true},
		"at the same time": {last, false},
	} {
		err := open(t, dir).ClockBehind(context.Background(), test.now, time.FixedZone("the plan's", 7*60*60))
		if (err != nil) != test.behind || err != nil && !strings.Contains(err.Error(), "01/12/2019 15:00") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Everybody's last change is known by their address, however it is spelled, or by their name where git had none.
func TestLastChanges(t *testing.T) {
	t.Parallel()
	dir, ctx := t.TempDir(), context.Background()
	git(t, dir, "init", "--quiet", "--initial-branch=main")
	at := func(day int) time.Time { return time.Date(2019, 11, day, 8, 0, 0, 0, time.UTC) }
	for _, commit := range []struct {
		name, email string
		day         int
	}{
		{"Lan", "Lan@Example.org", 10}, {"Minh", "unknown@localhost", 11}, {"Lan", "lan@example.org", 12},
	} {
		if err := os.WriteFile(filepath.Join(dir, "x.txt"), fmt.Append(nil, commit.day), 0o600); err != nil {
			t.Fatal(err)
		}
		git(t, dir, "add", "--all")
		command := userGit(dir, "commit", "--quiet", "--message=x", "--author="+commit.name+" <"+commit.email+">",
			"--date="+at(commit.day).Format(time.RFC3339))
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	repository, err := history.Open(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	last, err := history.LastChanges(ctx, repository, "HEAD")
	if err != nil || len(last) != 2 || !last["lan@example.org"].Equal(at(12)) || !last["Minh"].Equal(at(11)) {
		t.Errorf("%v, %v", last, err)
	}
}
