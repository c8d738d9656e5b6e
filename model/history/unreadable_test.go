package history_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/store"
)

// twoTicks is a repository in which the second and the third commit change one record.
func twoTicks(t *testing.T) string {
	t.Helper()
	dir := realData(t)
	changeFile(t, dir, inspect, banners, done1("doing"))
	commitAll(t, dir, "minh")
	changeFile(t, dir, inspect, done1("doing"), done1("done"))
	commitAll(t, dir, "lan")
	return dir
}

// looseObject is the file of an object that was just written.
func looseObject(t *testing.T, dir, name string) string {
	t.Helper()
	id := strings.TrimSpace(git(t, dir, "rev-parse", name))
	return filepath.Join(dir, ".git", "objects", id[:2], id[2:])
}

// told reads the history into the titles of commits, with what is said of those whose changes cannot be told.
func told(t *testing.T, dir string) (lines []string, err error) {
	t.Helper()
	data := filepath.Join(dir, "data")
	err = open(t, data).Log(context.Background(), data, store.NewPast("data"), history.LogOptions{}, func(revision review.Revision) bool {
		line := revision.Title
		if untold := revision.Untold(); untold != nil {
			line += ": " + untold.Error()
			if len(revision.Differences) > 0 || phrase.HintOf(untold).IsZero() {
				t.Errorf("%s has differences or no way out", line)
			}
		}
		lines = append(lines, line)
		return true
	})
	return lines, err
}

// What git cannot read is said of the commits that it concerns, and of no others: a missing file is not taken for none.
func TestLogOfWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	damage := func(t *testing.T, file string, content []byte) {
		t.Helper()
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		if content != nil {
			if err := os.WriteFile(file, content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	flipped := func(t *testing.T, file string) []byte {
		t.Helper()
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		content[len(content)-3] ^= 0xff
		return content
	}
	const blob, tree, parent = "HEAD~1:data/" + inspect, "HEAD~1:data", "HEAD~1"
	tests := map[string]struct {
		damage func(t *testing.T, dir string)
		want   []string // beginnings
		err    string
	}{
		"a file is gone": {
			func(t *testing.T, dir string) { damage(t, looseObject(t, dir, blob), nil) },
			[]string{"lan: the history is damaged or incomplete: ", "minh: the history is damaged or incomplete: ", "begin"}, "",
		},
		"a file is rubbish": {
			func(t *testing.T, dir string) { damage(t, looseObject(t, dir, blob), []byte("rubbish")) },
			[]string{"lan: the history is damaged or incomplete: ", "minh: the history is damaged or incomplete: ", "begin"}, "",
		},
		"git ends while it reads a file": {
			func(t *testing.T, dir string) {
				file := looseObject(t, dir, blob)
				damage(t, file, flipped(t, file))
			},
			[]string{"lan: the history is damaged or incomplete: inflate", "minh: the history is damaged or incomplete: inflate", "begin"}, "",
		},
		"a folder is gone": {
			func(t *testing.T, dir string) { damage(t, looseObject(t, dir, tree), nil) },
			nil, "the history is damaged or incomplete: ",
		},
		"a commit is gone": {
			func(t *testing.T, dir string) { damage(t, looseObject(t, dir, parent), nil) },
			nil, "the history is damaged or incomplete: ",
		},
		"the last commit is gone": {
			func(t *testing.T, dir string) { damage(t, looseObject(t, dir, "HEAD"), nil) },
			nil, "the history is damaged or incomplete: ",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := twoTicks(t)
			test.damage(t, dir)
			lines, err := told(t, dir)
			if test.err == "" && err != nil || test.err != "" && (err == nil || !strings.HasPrefix(err.Error(), test.err) || phrase.HintOf(err).IsZero()) {
				t.Errorf("the error is %v, want %q", err, test.err)
			}
			if len(lines) != len(test.want) {
				t.Fatalf("got %q, want %q", lines, test.want)
			}
			for i, want := range test.want {
				if !strings.HasPrefix(lines[i], want) || want == "begin" && lines[i] != want {
					t.Errorf("got %q, want %q", lines[i], want)
				}
			}
		})
	}
}

// A state that holds a file that cannot be read is none, in whichever way it is asked for.
func TestStateThatCannotBeRead(t *testing.T) {
	t.Parallel()
	dir := twoTicks(t)
	data := filepath.Join(dir, "data")
	if err := os.Remove(looseObject(t, dir, "HEAD~1:data/"+inspect)); err != nil {
		t.Fatal(err)
	}
	repository, ctx := open(t, data), context.Background()
	commit := strings.TrimSpace(git(t, dir, "rev-parse", "HEAD~1"))
	for name, ask := range map[string]func() error{
		"files":  func() error { _, err := repository.Files(ctx, data, commit); return err },
		"states": func() error { _, err := repository.States(ctx, data, []string{"HEAD", commit}); return err },
		"diff":   func() error { _, err := repository.Diff(ctx, data, commit); return err },
	} {
		err := ask()
		if _, is := errors.AsType[*history.UnreadableError](err); !is {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A merge one of whose sides cannot be read is told as one of which that cannot be said.
func TestMergeThatCannotBeRead(t *testing.T) {
	t.Parallel()
	dir := realData(t)
	threeSides(t, dir)
	git(t, dir, "merge", "--quiet", "--no-ff", "--no-edit", "one")
	git(t, dir, "merge", "--quiet", "--no-ff", "--strategy=ours", "--no-edit", "two")
	if err := os.Remove(looseObject(t, dir, "two:data/progress/khuyen-cong.toml")); err != nil {
		t.Fatal(err)
	}
	lines, err := told(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	if all := strings.Join(lines, "\n"); strings.Count(all, "the history is damaged") != 2 || !strings.Contains(all, "Merge branch 'two'") {
		t.Errorf("got\n%s", all)
	}
}

// partialClone is a clone of two ticks without the contents of its older files, whose remote is away.
func partialClone(t *testing.T) string {
	t.Helper()
	origin, dir := twoTicks(t), filepath.Join(t.TempDir(), "clone")
	git(t, origin, "config", "uploadpack.allowFilter", "true")
	git(t, origin, "clone", "--quiet", "--filter=blob:none", "file://"+origin, dir)
	if err := os.Rename(origin, origin+".away"); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestPartialCloneWithoutItsRemote(t *testing.T) {
	t.Parallel()
	dir := partialClone(t)
	data := filepath.Join(dir, "data")
	lines, err := told(t, dir)
	if err != nil || len(lines) != 3 {
		t.Fatalf("%q, %v", lines, err)
	}
	for _, line := range lines[:2] {
		if !strings.Contains(line, ": this clone holds only a part of the history (a partial clone), and the rest cannot be fetched: ") ||
			!strings.Contains(line, "does not appear to be a git repository") {
			t.Errorf("got %q", line)
		}
	}
	for _, ask := range []func() error{
		func() error { _, err := open(t, data).Files(context.Background(), data, "HEAD~1"); return err },
		func() error {
			commit := strings.TrimSpace(git(t, dir, "rev-parse", "HEAD~1"))
			_, err := open(t, data).Diff(context.Background(), data, commit)
			return err
		},
	} {
		if err := ask(); err == nil || !strings.HasPrefix(err.Error(), "this clone holds only a part of the history") {
			t.Errorf("got %v", err)
		}
	}
}

// Nobody is said to have changed what the oldest commit of a shallow clone holds.
func TestShallowClone(t *testing.T) {
	t.Parallel()
	origin, dir := twoTicks(t), filepath.Join(t.TempDir(), "clone")
	git(t, origin, "clone", "--quiet", "--depth=2", "file://"+origin, dir)
	data := filepath.Join(dir, "data")
	lines, err := told(t, dir)
	if err != nil || len(lines) != 2 || lines[0] != "lan" || !strings.HasPrefix(lines[1], "minh: the history before it is not in this clone") {
		t.Fatalf("%q, %v", lines, err)
	}
	repository := open(t, data)
	if _, err := repository.Diff(context.Background(), data, strings.TrimSpace(git(t, dir, "rev-parse", "HEAD~1"))); err == nil {
		t.Error("the oldest commit has a diff")
	}
	if _, err := repository.Resolve(context.Background(), "HEAD~2"); !strings.Contains(phrase.HintOf(err).String(), "--unshallow") {
		t.Errorf("got %v, %s", err, phrase.HintOf(err))
	}
	git(t, dir, "fetch", "--quiet", "--unshallow") // as the hint says
	if lines, err := told(t, dir); err != nil || strings.Join(lines, " ") != "lan minh begin" {
		t.Errorf("%q, %v", lines, err)
	}
}

// The commit that brought the plan is not one to be undone: nothing of it was there before.
func TestBeginningIsNotUndone(t *testing.T) {
	t.Parallel()
	dir := twoTicks(t)
	data := filepath.Join(dir, "data")
	var undoable []string
	err := open(t, data).Log(context.Background(), data, store.NewPast("data"), history.LogOptions{}, func(revision review.Revision) bool {
		if revision.Undoable() == nil {
			undoable = append(undoable, revision.Title)
		}
		return true
	})
	if err != nil || strings.Join(undoable, " ") != "lan minh" {
		t.Errorf("%q, %v", undoable, err)
	}
}

// A branch without commits is none to read from when others have some.
func TestUnbornBranchBesideOthers(t *testing.T) {
	t.Parallel()
	dir := twoTicks(t)
	data := filepath.Join(dir, "data")
	git(t, dir, "symbolic-ref", "HEAD", "refs/heads/gone")
	_, logged := told(t, dir)
	_, unread := open(t, data).Unread(context.Background(), marksOf(data), model.Person{ID: "lan"}, 100)
	_, resolved := open(t, data).Resolve(context.Background(), "HEAD")
	for _, err := range []error{logged, unread, resolved} {
		if err == nil || err.Error() != "the branch gone has no commit, though others have" || phrase.HintOf(err).String() != "go to the branch that holds the data: git switch main" {
			t.Errorf("got %v, %s", err, phrase.HintOf(err))
		}
	}
	git(t, dir, "switch", "--quiet", "main")
	if lines, err := told(t, dir); err != nil || len(lines) != 3 {
		t.Errorf("%q, %v", lines, err)
	}
}
