package history_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model/machine"
	"example.org/tiendo/model/review"
)

// during lets the first git of a kind find that something else happens first in the repository, or instead of it.
func during(t *testing.T, command, lines string) {
	t.Helper()
	wrap(t, `case " $* " in *" `+command+` "*) if [ ! -e "$ONCE" ]; then : > "$ONCE"; `+lines+`; fi;; esac`)
}

// betweenBranchAndIndex is a git that dies when it has moved the branch on, but not the index.
const betweenBranchAndIndex = `cp .git/index "$ONCE.index"; "$GIT" "$@" >&2; cp "$ONCE.index" .git/index; kill -9 $$`

// What a git that died has left in the index is mended before a commit is called made, and the
// user's next commit brings nothing back.
func TestIndexThatWasLeftBehind(t *testing.T) {
	for _, file := range []string{office, fresh} {
		t.Run(file, func(t *testing.T) {
			dir := repository(t)
			opened := open(t, dir)
			write(t, dir, file, done)
			before := head(t, dir)
			command := "commit"
			if file == fresh { // the first try only finds that git does not know the file
				git(t, dir, "add", "--intent-to-add", "--", file)
			}
			during(t, command, betweenBranchAndIndex)
			hash, err := opened.Commit(context.Background(), change(dir, file))
			if err != nil {
				t.Fatal(err)
			}
			exactlyOne(t, dir, before, hash, file, done)
			if now := pictureOf(t, dir); now != "" {
				t.Errorf("git shows\n%s", now)
			}
			write(t, dir, "note.txt", "my own\n")
			git(t, dir, "add", "note.txt")
			git(t, dir, "commit", "--quiet", "-m", "my own")
			if names := git(t, dir, "show", "--format=", "--name-only"); names != "note.txt\n" {
				t.Errorf("the user's commit holds\n%s", names)
			}
		})
	}
}

// What git says is not enough: where the last commit does not hold the content, nothing is called saved, no commit
// stays that says otherwise, and the reason is told with a way out that helps.
func TestNotCommitted(t *testing.T) {
	tests := map[string]struct {
		prepare func(t *testing.T, dir string)
		said    string
		way     string // what to do then
		file    string // as it stands then; "" is done
	}{
		"git is told to look past the file": {
			prepare: func(t *testing.T, dir string) { git(t, dir, "update-index", "--skip-worktree", office) },
			said:    "git is told to look past this file (skip-worktree)", way: "git update-index --no-skip-worktree " + office,
		},
		"a filter that hides the change": {
			prepare: func(t *testing.T, dir string) {
				configure(t, dir, "filter.hide.clean", "sed s/done/todo/")
				write(t, dir, ".git/info/attributes", "data/** filter=hide\n")
			},
			said: "git's filter makes of this file what the last commit holds already, so there is nothing to commit", way: "rm .git/info/attributes",
		},
		"a message that cannot be written": {
			prepare: func(t *testing.T, _ string) {
				wrap(t, `case " $* " in *" commit "*) if [ ! -e .git/room ]; then echo "Aborting commit due to empty commit message." >&2; exit 1; fi;; esac`)
			},
			said: "git could not write down the message of the commit: the disk may be full", way: "touch .git/room",
		},
		"no room for the index": {
			prepare: func(t *testing.T, _ string) {
				wrap(t, `case " $* " in *" commit "*) if [ ! -e .git/room ]; then echo "fatal: .git/index.lock' write error. Out of diskspace" >&2; exit 128; fi;; esac`)
			},
			said: "the disk is full, or your share of it", way: "touch .git/room",
		},
		"git is killed": {
			prepare: func(t *testing.T, _ string) { kill(t, "before", "commit") },
			said:    "git was killed in the middle of its work (signal: killed)", way: "true",
		},
		"the file is taken away": {
			prepare: func(t *testing.T, _ string) { during(t, "commit", "rm "+office) },
			said:    "the file was changed by another program in this moment", way: "printf '" + strings.ReplaceAll(done, "\n", `\n`) + "' > " + office,
			file: "gone",
		},
		"the file is put back": {
			prepare: func(t *testing.T, _ string) { during(t, "commit", `"$GIT" reset -q --hard`) },
			said:    "the file was changed by another program in this moment", way: "printf '" + strings.ReplaceAll(done, "\n", `\n`) + "' > " + office,
			file: todo,
		},
		"the file is edited": {
			prepare: func(t *testing.T, _ string) { during(t, "commit", "echo '# by hand' > "+office) },
			said:    "the file was changed by another program in this moment", way: "printf '" + strings.ReplaceAll(done, "\n", `\n`) + "' > " + office,
			file: "# by hand\n",
		},
		"git leaves the branch": {
			prepare: func(t *testing.T, _ string) { during(t, "commit", `"$GIT" checkout -q --detach`) },
			said:    "git is on no branch (detached HEAD)", way: "git switch -q main",
		},
		"the file of the branch is empty": {
			prepare: func(t *testing.T, dir string) {
				write(t, dir, ".git/head", head(t, dir)+"\n")
				write(t, dir, ".git/refs/heads/main", "")
			},
			said: "the file of the branch main is damaged: it names no commit", way: "sed 's/.* \\(.*\\) User.*/\\1/;$!d' .git/logs/refs/heads/main > .git/refs/heads/main",
		},
		"the branch is gone": {
			prepare: func(t *testing.T, dir string) { git(t, dir, "symbolic-ref", "HEAD", "refs/heads/gone") },
			said:    "git is on the branch gone, which has no commit, while others have: main, other", way: "git symbolic-ref HEAD refs/heads/main",
		},
		"the branch is gone, and others are packed": {
			prepare: func(t *testing.T, dir string) {
				git(t, dir, "pack-refs", "--all")
				git(t, dir, "symbolic-ref", "HEAD", "refs/heads/gone")
			},
			said: "git is on the branch gone, which has no commit, while others have: main, other", way: "git symbolic-ref HEAD refs/heads/main",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := repository(t)
			opened := open(t, dir)
			before, logs := head(t, dir), git(t, dir, "rev-list", "--all")
			write(t, dir, office, done)
			commit := change(dir, office)
			commit.Content = []byte(done)
			test.prepare(t, dir)
			hash, err := opened.Commit(context.Background(), commit)
			if err == nil {
				t.Fatalf("the answer is %q", hash)
			}
			if refused := refusal(t, err); refused.What.String() != test.said || refused.Hint.IsZero() {
				t.Errorf("the answer is %v, %v", refused.What, refused.Hint)
			}
			if held, _ := open(t, dir).HeadHolds(context.Background(), commit.Path, []byte(done))(); held != (name == "a filter that hides the change") {
				t.Errorf("the last commit is taken to hold it: %v", held)
			}
			now, _ := os.ReadFile(commit.Path)
			switch {
			case test.file == "" && string(now) != done, test.file == "gone" && now != nil, test.file != "" && test.file != "gone" && string(now) != test.file:
				t.Errorf("the file is %q", now)
			}
			shell(t, dir, test.way)
			if now := git(t, dir, "rev-list", "--all"); now != logs {
				t.Errorf("the branches hold\n%s\nbefore\n%s", now, logs)
			}
			if hash, err = opened.Commit(context.Background(), commit); err != nil {
				t.Fatalf("after %s: %v", test.way, err)
			}
			exactlyOne(t, dir, before, hash, office, done)
			if now := pictureOf(t, dir); now != "" && name != "a filter that hides the change" {
				t.Errorf("git shows\n%s", now)
			}
		})
	}
}

// A new record is committed whatever the user's git leaves out by a pattern.
func TestIgnoredFile(t *testing.T) {
	t.Parallel()
	dir := repository(t)
	write(t, dir, ".git/patterns", "*.toml\n")
	configure(t, dir, "core.excludesFile", filepath.Join(dir, ".git", "patterns"))
	write(t, dir, fresh, done)
	before := head(t, dir)
	hash, err := open(t, dir).Commit(context.Background(), change(dir, fresh))
	if err != nil {
		t.Fatal(err)
	}
	exactlyOne(t, dir, before, hash, fresh, done)
}

// An earlier content is not committed where git is told to look past the file, and behind the lock of another git.
func TestContentNotCommitted(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ way, said, back string }{
		"skip-worktree": {"git update-index --skip-worktree " + office, "git is told to look past this file (skip-worktree)", "git update-index --no-skip-worktree " + office},
		"a lock":        {": > .git/index.lock", "git's lock index.lock is there: another git program is at work, or was killed", "rm .git/index.lock"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := repository(t)
			opened, before := open(t, dir), head(t, dir)
			shell(t, dir, test.way)
			_, err := opened.CommitContent(context.Background(), change(dir, office), []byte(done))
			if refused := refusal(t, err); refused.What.String() != test.said {
				t.Errorf("the answer is %v", refused.What)
			}
			if head(t, dir) != before {
				t.Error("HEAD moved")
			}
			shell(t, dir, test.back)
			hash, err := opened.CommitContent(context.Background(), change(dir, office), []byte(done))
			if err != nil {
				t.Fatal(err)
			}
			exactlyOne(t, dir, before, hash, office, done)
		})
	}
}

// While a lock lies there only the lock is looked at; git is not started for that, nor for any further commit once the
// lock was waited for in vain.
func TestOneWaitingForALock(t *testing.T) {
	dir := repository(t)
	opened := open(t, dir)
	wrap(t, `case " $* " in *" commit "*) echo >> "$0.count";; esac`)
	tries := func() int {
		content, _ := os.ReadFile(filepath.Join(strings.Split(os.Getenv("PATH"), string(os.PathListSeparator))[0], "git.count"))
		return len(content)
	}
	write(t, dir, ".git/refs/heads/main.lock", "")
	for number, file := range []string{office, inspection} {
		write(t, dir, file, done)
		begun := tries()
		_, err := opened.Commit(context.Background(), change(dir, file))
		if refused := refusal(t, err); !strings.Contains(refused.What.String(), "refs/heads/main.lock") || !strings.Contains(refused.Hint.String(), "refs/heads/main.lock") {
			t.Errorf("the answer is %v, %v", refused.What, refused.Hint)
		}
		if more := tries() - begun; more != 1-number {
			t.Errorf("git was started %d times for %s", more, file)
		}
	}
}

// The locks that a killed git of ours has left are taken away once nobody can hold them, and no others are.
func TestLocksOfAKilledGit(t *testing.T) {
	if _, known := machine.Gits(nil); !known {
		t.Skip("what is running is not shown here")
	}
	dies := `: > .git/index.lock; : > .git/HEAD.lock; kill -9 $$`
	tests := map[string]struct {
		after func(t *testing.T, dir string)
		heals bool
	}{
		"its locks": {func(*testing.T, string) {}, true},
		"a git is at work": {func(t *testing.T, dir string) {
			command := exec.Command(realGit, "cat-file", "--batch")
			command.Dir = dir
			in, err := command.StdinPipe()
			if err == nil {
				err = command.Start()
			}
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				_ = in.Close()
				_ = command.Wait()
			})
		}, false},
		"locks from before it was started": {func(t *testing.T, dir string) {
			for _, lock := range []string{"index.lock", "HEAD.lock"} {
				earlier := time.Now().Add(-time.Minute)
				if err := os.Chtimes(filepath.Join(dir, ".git", lock), earlier, earlier); err != nil {
					t.Fatal(err)
				}
			}
		}, false},
		"it is not known that it was started": {func(t *testing.T, dir string) { shell(t, dir, "rm .git/tiendo/started-*") }, false},
		"it was started on another machine": {func(t *testing.T, dir string) {
			shell(t, dir, `sed -i 's/"host":"[^"]*"/"host":"elsewhere"/' .git/tiendo/started-*`)
		}, false},
		"it is running still": {func(t *testing.T, dir string) {
			notes, _ := filepath.Glob(filepath.Join(dir, ".git", "tiendo", "started-*"))
			for _, note := range notes {
				shell(t, dir, `sed -i 's/"process":[0-9]*,"start":"[^"]*"/"process":`+strconv.Itoa(os.Getpid())+`,"start":"`+machine.Started(os.Getpid())+`"/' '`+note+`'`)
			}
		}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := repository(t)
			if err := os.MkdirAll(filepath.Join(dir, ".git", "tiendo"), 0o700); err != nil {
				t.Fatal(err)
			}
			during(t, "commit", dies)
			write(t, dir, office, done)
			before := head(t, dir)
			if hash, err := open(t, dir).Commit(context.Background(), change(dir, office)); err == nil {
				t.Fatalf("the answer is %q", hash)
			}
			test.after(t, dir)
			hash, err := open(t, dir).Commit(context.Background(), change(dir, office))
			if (err == nil) != test.heals {
				t.Fatalf("the answer is %q, %v", hash, err)
			}
			if test.heals {
				exactlyOne(t, dir, before, hash, office, done)
			} else if _, err := os.Stat(filepath.Join(dir, ".git", "index.lock")); err != nil {
				t.Errorf("the lock was taken away: %v", err)
			}
		})
	}
}

// Git goes on and ends well when the disk keeps it from taking a lock away. That lock heals as if git had been killed,
// and so does the one of a git that has failed.
func TestLockThatStaysBehindGit(t *testing.T) {
	if _, known := machine.Gits(nil); !known {
		t.Skip("what is running is not shown here")
	}
	for name, lines := range map[string]string{
		"it ended well": `"$GIT" "$@"; code=$?; : > .git/HEAD.lock; exit $code`,
		"it failed":     `: > .git/index.lock; echo "fatal: cannot write: Read-only file system" >&2; exit 128`,
	} {
		t.Run(name, func(t *testing.T) {
			dir := repository(t)
			if err := os.MkdirAll(filepath.Join(dir, ".git", "tiendo"), 0o700); err != nil {
				t.Fatal(err)
			}
			during(t, "commit", lines)
			write(t, dir, office, done)
			_, _ = open(t, dir).Commit(t.Context(), change(dir, office))
			write(t, dir, inspection, done)
			before := head(t, dir)
			hash, err := open(t, dir).Commit(t.Context(), change(dir, inspection))
			if err != nil {
				t.Fatal(err)
			}
			exactlyOne(t, dir, before, hash, inspection, done)
			open(t, dir).Heal(t.Context())
			if notes, _ := filepath.Glob(filepath.Join(dir, ".git", "tiendo", "started-*")); len(notes) > 0 {
				t.Errorf("%v stays", notes)
			}
		})
	}
}

// What is asked of the index while git's own lock is in the way waits for it to heal, as changes do.
func TestIndexTreeBehindALock(t *testing.T) {
	if _, known := machine.Gits(nil); !known {
		t.Skip("what is running is not shown here")
	}
	dir := repository(t)
	if err := os.MkdirAll(filepath.Join(dir, ".git", "tiendo"), 0o700); err != nil {
		t.Fatal(err)
	}
	during(t, "commit", `: > .git/index.lock; kill -9 $$`)
	write(t, dir, office, done)
	if hash, err := open(t, dir).Commit(t.Context(), change(dir, office)); err == nil {
		t.Fatalf("the answer is %q", hash)
	}
	if tree, err := open(t, dir).IndexTree(t.Context()); err != nil || len(tree) != 40 {
		t.Errorf("the answer is %q, %v", tree, err)
	}
}

// A merge that is committed, but which git was kept from calling over, is not committed once more.
func TestMergeThatIsCommittedAlready(t *testing.T) {
	dir := repository(t)
	shell(t, dir, `git checkout -q -b there && git commit -q --allow-empty -m theirs && git checkout -q - &&
		git commit -q --allow-empty -m ours && git merge -q --no-edit there && git rev-parse there > .git/MERGE_HEAD`)
	before := head(t, dir)
	opened := open(t, dir)
	hash, err := opened.FinishMerge(t.Context(), review.Commit{AuthorName: "Lan", AuthorEmail: "lan@example.org"})
	if err != nil || hash == "" || !strings.HasPrefix(before, hash) {
		t.Errorf("the answer is %q, %v; want %s", hash, err, before)
	}
	if now := head(t, dir); now != before || opened.Merging() {
		t.Errorf("the last commit is %s, want %s; a merge is in progress: %v", now, before, opened.Merging())
	}
}

// An answer that is lost on its way is no answer.
func TestEmptyAnswer(t *testing.T) {
	dir := repository(t)
	opened := open(t, dir)
	wrap(t, "exit 0")
	if hash, err := opened.Resolve(t.Context(), "HEAD"); err == nil {
		t.Errorf("HEAD is %q", hash)
	}
	if tree, err := opened.IndexTree(t.Context()); err == nil {
		t.Errorf("the index is %q", tree)
	}
	if base, err := opened.MergeBase(t.Context(), "HEAD", "HEAD"); err == nil {
		t.Errorf("the base is %q", base)
	}
}

// Git takes the lock of the index also where it is only to compare. What a kill leaves of that heals like the rest.
func TestGitKilledWhileItLooks(t *testing.T) {
	if _, known := machine.Gits(nil); !known {
		t.Skip("what is running is not shown here")
	}
	dir := repository(t)
	if err := os.MkdirAll(filepath.Join(dir, ".git", "tiendo"), 0o700); err != nil {
		t.Fatal(err)
	}
	during(t, "diff", `: > .git/index.lock; kill -9 $$`)
	if files, err := open(t, dir).Edited(t.Context(), filepath.Join(dir, "data")); err == nil {
		t.Fatalf("the answer is %q", files)
	}
	write(t, dir, office, done)
	before := head(t, dir)
	hash, err := open(t, dir).Commit(t.Context(), change(dir, office))
	if err != nil {
		t.Fatal(err)
	}
	exactlyOne(t, dir, before, hash, office, done)
}

// A lock from before the machine was started is nobody's.
func TestLockFromBeforeTheStart(t *testing.T) {
	t.Parallel()
	dir := repository(t)
	booted, known := machine.Booted()
	if !known || !machine.Local(dir) {
		t.Skip("it is not known when this machine was started, or what the files lie on")
	}
	write(t, dir, ".git/index.lock", "")
	earlier := booted.Add(-time.Hour)
	if err := os.Chtimes(filepath.Join(dir, ".git", "index.lock"), earlier, earlier); err != nil {
		t.Fatal(err)
	}
	write(t, dir, office, done)
	before := head(t, dir)
	hash, err := open(t, dir).Commit(context.Background(), change(dir, office))
	if err != nil {
		t.Fatal(err)
	}
	exactlyOne(t, dir, before, hash, office, done)
}

// What a killed git has left is taken away also where it is in nobody's way.
func TestHeal(t *testing.T) {
	if _, known := machine.Gits(nil); !known {
		t.Skip("what is running is not shown here")
	}
	dir := repository(t)
	during(t, "commit", `: > .git/next-index-1.lock; kill -9 $$`)
	if err := os.MkdirAll(filepath.Join(dir, ".git", "tiendo"), 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, dir, office, done)
	opened := open(t, dir)
	if _, err := opened.Commit(context.Background(), change(dir, office)); err == nil {
		t.Fatal("the answer is no error")
	}
	until(t, func() bool {
		opened.Heal(t.Context())
		locks, err := opened.LockFiles()
		return err == nil && len(locks) == 0
	})
	if left, _ := filepath.Glob(filepath.Join(dir, ".git", "tiendo", "started-*")); len(left) > 0 {
		t.Errorf("left over: %q", left)
	}
}

// git runs in a process group of its own: the terminal's Ctrl+C is for tiendo alone.
func TestGroupOfItsOwn(t *testing.T) {
	if _, known := machine.Gits(nil); !known {
		t.Skip("what is running is not shown here")
	}
	dir := repository(t)
	opened := open(t, dir)
	wrap(t, `case " $* " in *" commit "*) set -- "$$" $(cut -d' ' -f5 /proc/$$/stat); [ "$1" = "$2" ] || { echo "process $1 is in group $2" >&2; exit 128; }; exit 0;; esac`)
	write(t, dir, office, done)
	if _, err := opened.Commit(context.Background(), change(dir, office)); err != nil && strings.Contains(err.Error(), "is in group") {
		t.Error(err)
	}
}

// until waits, with a limit, for what must become true.
func until(t *testing.T, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !is(); {
		if time.Now().After(deadline) {
			t.Fatal("it does not come true")
		}
	}
}

// The answer names the commit that was made, also where somebody has gone on from it before anybody looked, and where
// git is told to keep no log of the branch.
func TestTheCommitThatIsNamed(t *testing.T) {
	const goOn = `"$GIT" "$@" || exit; echo x > other.txt; "$GIT" add other.txt; "$GIT" commit --quiet --message other; exit 0`
	for name, settings := range map[string][]string{
		"as usual":      {"core.logAllRefUpdates", "true"},
		"without a log": {"core.logAllRefUpdates", "false"},
	} {
		for then, lines := range map[string]string{"": ":", ", and somebody goes on": goOn} {
			t.Run(name+then, func(t *testing.T) {
				dir := repository(t)
				if name != "as usual" {
					shell(t, dir, "rm -r .git/logs")
				}
				git(t, dir, append([]string{"config"}, settings...)...)
				opened := open(t, dir)
				write(t, dir, office, done)
				during(t, "commit", lines)
				hash, err := opened.Commit(context.Background(), change(dir, office))
				if err != nil {
					t.Fatal(err)
				}
				if want := git(t, dir, "log", "-1", "--format=%H", "--", office); !strings.HasPrefix(want, hash) || hash == "" {
					t.Errorf("the answer is %s, the commit %s", hash, want)
				}
			})
		}
	}
}
