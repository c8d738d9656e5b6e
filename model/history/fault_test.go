package history_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model/history"
)

// commitsIn names the variable that makes this test program one of several
// processes which commit in the folder that it holds.
const commitsIn = "TIENDO_TEST_COMMITS_IN"

// rounds is how many commits each process makes.
const rounds = 3

// commitAsProcess commits a file of its own several times, as soon as standard input ends.
func commitAsProcess(dir string) int {
	name := os.Getenv(commitsIn + "_FILE")
	repository, err := history.Open(context.Background(), dir)
	if err == nil {
		_, err = io.Copy(io.Discard, os.Stdin)
	}
	for round := range rounds {
		commit := change(dir, name)
		commit.Message = fmt.Sprintf("%s %d\n", name, round)
		err = errors.Join(err, os.WriteFile(commit.Path, []byte(commit.Message), 0o644))
		if err == nil {
			_, err = repository.Commit(context.Background(), commit)
		}
	}
	if err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

// Several processes commit files of their own at once: every commit is there, each with its one file.
func TestProcessesAtOnce(t *testing.T) {
	t.Parallel()
	dir := repository(t)
	before := head(t, dir)
	files := []string{office, inspection, fresh, "data/progress/chi-doan.toml"}
	var running []*exec.Cmd
	var gates []io.Closer
	for _, file := range files {
		process := exec.Command(os.Args[0])
		process.Env = append(os.Environ(), commitsIn+"="+dir, commitsIn+"_FILE="+file)
		gate, err := process.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		process.Stdout, process.Stderr = &strings.Builder{}, &strings.Builder{}
		if err := process.Start(); err != nil {
			t.Fatal(err)
		}
		running, gates = append(running, process), append(gates, gate)
	}
	for _, gate := range gates {
		gate.Close()
	}
	for _, process := range running {
		if err := process.Wait(); err != nil {
			t.Errorf("%v\n%s%s", err, process.Stdout, process.Stderr)
		}
	}
	got := map[string]int{}
	for commit := range strings.SplitSeq(strings.TrimPrefix(git(t, dir, "log", "--format=%x01%s", "--name-only", before+"..HEAD"), "\x01"), "\x01") {
		subject, path, _ := strings.Cut(strings.TrimSpace(commit), "\n\n")
		if !strings.HasPrefix(subject, path+" ") {
			t.Errorf("the commit %q holds %q", subject, path)
		}
		got[subject]++
	}
	for _, file := range files {
		for round := range rounds {
			if subject := fmt.Sprintf("%s %d", file, round); got[subject] != 1 {
				t.Errorf("%q is %d times in the history", subject, got[subject])
			}
		}
	}
	if len(got) != len(files)*rounds || pictureOf(t, dir) != "" {
		t.Errorf("%d commits, and git shows\n%s", len(got), pictureOf(t, dir))
	}
}

// A git that is killed, before or after it did its work, costs nothing: the file is as it was, and the next commit is made once.
func TestKilledGit(t *testing.T) {
	for _, when := range []string{"before", "after"} {
		for _, command := range []string{"add", "commit"} {
			for _, file := range []string{office, fresh} {
				t.Run(when+" "+command+" "+filepath.Base(file), func(t *testing.T) {
					dir := repository(t)
					opened := open(t, dir)
					write(t, dir, file, done)
					before := head(t, dir)
					kill(t, when, command)
					_, err := opened.Commit(context.Background(), change(dir, file))
					// A known file needs no add; of a new one, the first try only finds that git does not know it. What
					// was done before the kill is found.
					harmless := file == office && command == "add" || when+command == "aftercommit"
					if (err == nil) != harmless {
						t.Fatalf("the first answer is %v", err)
					}
					if now, err := os.ReadFile(change(dir, file).Path); err != nil || string(now) != done {
						t.Fatalf("the file is %q, %v", now, err)
					}
					hash, err := opened.Commit(context.Background(), change(dir, file))
					if err != nil {
						t.Fatal(err)
					}
					exactlyOne(t, dir, before, hash, file, done)
					if now := pictureOf(t, dir); now != "" {
						t.Errorf("git shows\n%s", now)
					}
				})
			}
		}
	}
}

func TestKilledGitWithContent(t *testing.T) {
	tests := []struct{ when, command string }{
		{"before", "read-tree"},
		{"after", "read-tree"},
		{"before", "hash-object"},
		{"before", "update-index"},
		{"after", "update-index"},
		{"after", "write-tree"},
		{"after", "commit-tree"},
		{"before", "update-ref"},
	}
	for _, test := range tests {
		t.Run(test.when+" "+test.command, func(t *testing.T) {
			dir := repository(t)
			opened := open(t, dir)
			before := head(t, dir)
			kill(t, test.when, test.command)
			if _, err := opened.CommitContent(context.Background(), change(dir, office), []byte(done)); err == nil {
				t.Fatal("the first answer is no error")
			}
			if head(t, dir) != before || pictureOf(t, dir) != "" {
				t.Errorf("git shows\n%s", pictureOf(t, dir))
			}
			hash, err := opened.CommitContent(context.Background(), change(dir, office), []byte(done))
			if err != nil {
				t.Fatal(err)
			}
			exactlyOne(t, dir, before, hash, office, done)
		})
	}
}

// kill makes the first such git command die at once, or when its work is done.
func kill(t *testing.T, when, command string) {
	t.Helper()
	die := `: > "$ONCE"; kill -9 $$`
	if when == "after" {
		die = `"$GIT" "$@"; ` + die
	}
	wrap(t, `case " $* " in *" `+command+` "*) if [ ! -e "$ONCE" ]; then `+die+`; fi;; esac`)
}

// A new file whose commit fails is new to git again.
func TestFailedCommitOfANewFile(t *testing.T) {
	dir := repository(t)
	shell(t, dir, "set -e\n"+allWork)
	write(t, dir, fresh, done)
	before, picture := head(t, dir), pictureOf(t, dir)
	opened := open(t, dir)
	wrap(t, `case " $* " in *" commit "*) if [ -e "$ONCE" ]; then echo "fatal: the disk is full" >&2; exit 128; fi; : > "$ONCE";; esac`)
	_, err := opened.Commit(context.Background(), change(dir, fresh))
	if err == nil || !strings.Contains(err.Error(), "the disk is full") {
		t.Errorf("the answer is %v, want git's own words", err)
	}
	if head(t, dir) != before || pictureOf(t, dir) != picture {
		t.Errorf("git shows\n%s\nbefore\n%s", pictureOf(t, dir), picture)
	}
}

// The commit waits while the user's git holds the index, and is made when that ends.
func TestWaitsForTheIndex(t *testing.T) {
	for _, file := range []string{office, fresh} {
		t.Run(file, func(t *testing.T) {
			dir := repository(t)
			opened := open(t, dir)
			write(t, dir, file, done)
			write(t, dir, ".git/index.lock", "")
			before := head(t, dir)
			// The other git ends once a try has failed.
			wrap(t, `case " $* " in *" commit "*|*" add "*) "$GIT" "$@"; code=$?
				[ $code != 128 ] || rm -f '`+filepath.Join(dir, ".git", "index.lock")+`'; exit $code;; esac`)
			hash, err := opened.Commit(context.Background(), change(dir, file))
			if err != nil {
				t.Fatal(err)
			}
			exactlyOne(t, dir, before, hash, file, done)
		})
	}
}

// A lock that nobody takes away ends the waiting with a refusal; when it is gone, the commit is made.
func TestStaleLocks(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		lock  string
		waits bool
	}{
		"index":         {"index.lock", true},
		"HEAD":          {"HEAD.lock", true},
		"branch":        {"refs/heads/main.lock", true},
		"scratch index": {"next-index-1.lock", false},
		"configuration": {"config.lock", false},
		"packed refs":   {"packed-refs.lock", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := repository(t)
			opened := open(t, dir)
			lock := filepath.Join(dir, ".git", filepath.FromSlash(test.lock))
			write(t, dir, fresh, done)
			before, picture := head(t, dir), pictureOf(t, dir)
			write(t, dir, ".git/"+test.lock, "")
			if test.waits {
				_, err := opened.Commit(context.Background(), change(dir, fresh))
				if refused := refusal(t, err); refused.Hint.IsZero() {
					t.Errorf("the answer is %v, without what to do", refused.What)
				}
				if _, err := os.Stat(lock); err != nil {
					t.Errorf("the lock of another git was taken away: %v", err)
				}
				if head(t, dir) != before || pictureOf(t, dir) != picture {
					t.Errorf("git shows\n%s\nbefore\n%s", pictureOf(t, dir), picture)
				}
				if err := os.Remove(lock); err != nil {
					t.Fatal(err)
				}
			}
			hash, err := opened.Commit(context.Background(), change(dir, fresh))
			if err != nil {
				t.Fatal(err)
			}
			exactlyOne(t, dir, before, hash, fresh, done)
		})
	}
}

// A git that dies of SIGKILL while it holds the index leaves its lock: the
// file keeps its bytes, the refusal says what to delete, and then all goes on.
func TestGitKilledWithTheIndexLocked(t *testing.T) {
	t.Parallel()
	dir := repository(t)
	opened := open(t, dir)
	configure(t, dir, "filter.deadly.clean", "kill -9 $PPID; cat")
	write(t, dir, ".git/info/attributes", "data/** filter=deadly\n")
	write(t, dir, office, done)
	before := head(t, dir)
	if hash, err := opened.Commit(context.Background(), change(dir, office)); err == nil {
		t.Fatalf("the answer is %q", hash)
	}
	configure(t, dir, "filter.deadly.clean", "cat")
	lock := filepath.Join(dir, ".git", "index.lock")
	if _, err := os.Stat(lock); err != nil {
		t.Fatalf("git did not die with its lock: %v", err)
	}
	_, err := opened.Commit(context.Background(), change(dir, office))
	if refused := refusal(t, err); !strings.Contains(refused.Hint.String(), "index.lock") {
		t.Errorf("the hint is %v", refused.Hint)
	}
	if err := os.Remove(lock); err != nil {
		t.Fatal(err)
	}
	hash, err := opened.Commit(context.Background(), change(dir, office))
	if err != nil {
		t.Fatal(err)
	}
	exactlyOne(t, dir, before, hash, office, done)
}

// Who gives up waiting is not held by the lock of another.
func TestGivingUp(t *testing.T) {
	t.Parallel()
	dir := repository(t)
	opened := open(t, dir)
	write(t, dir, office, done)
	write(t, dir, ".git/index.lock", "")
	before := head(t, dir)
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	ended := make(chan error, 1)
	go func() {
		_, err := opened.Commit(ctx, change(dir, office))
		ended <- err
	}()
	select {
	case err := <-ended:
		if err == nil {
			t.Error("a commit was made against the lock")
		}
	case <-time.After(patience):
		t.Fatal("the commit does not end")
	}
	if head(t, dir) != before {
		t.Error("HEAD moved")
	}
}
