package history_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model/history"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
)

// The files of the seed, as git names them.
const (
	office     = "data/progress/van-phong.toml"
	inspection = "data/progress/thanh-tra.toml"
	fresh      = "data/progress/cong-doan.toml" // in no commit
	letter     = "thu/công văn.txt"             // the user's own work
)

const (
	todo = "[activity.treo-bang-ron]\nstatus = \"todo\"\n"
	done = "[activity.treo-bang-ron]\nstatus = \"done\"\n"
)

var tickTime = time.Date(2019, 11, 18, 9, 20, 11, 0, time.FixedZone("+07", 7*3600))

var (
	realGit string // the git of this machine, whatever PATH a test sets
	seed    string // a repository that every test copies
)

// patience is how long a test waits for another process before it fails.
const patience = 20 * time.Second

func TestMain(m *testing.M) {
	if dir := os.Getenv(commitsIn); dir != "" {
		os.Exit(commitAsProcess(dir))
	}
	os.Exit(testAll(m))
}

func testAll(m *testing.M) int {
	var err error
	if realGit, err = exec.LookPath("git"); err != nil {
		fmt.Println("git is missing: apt install git")
		return 1
	}
	home, err := os.MkdirTemp("", "tiendo-history-")
	if err != nil {
		fmt.Println(err)
		return 1
	}
	defer os.RemoveAll(home)
	os.Setenv("HOME", home)
	os.Setenv("XDG_CONFIG_HOME", filepath.Join(home, ".config"))
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "GIT_") {
			os.Unsetenv(name)
		}
	}
	seed = filepath.Join(home, "seed")
	if err := makeSeed(); err != nil {
		fmt.Println(err)
		return 1
	}
	return m.Run()
}

// makeSeed makes a repository of two commits on main, and a branch "other" that conflicts with it in the letter.
func makeSeed() error {
	files := []struct{ name, content string }{
		{office, todo},
		{inspection, todo},
		{letter, "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n"},
		{"thu/khác.txt", "text\n"},
		{"thu/bỏ.txt", "text\n"},
		{"README.md", "# Kế hoạch\n"},
	}
	for _, file := range files {
		path := filepath.Join(seed, filepath.FromSlash(file.name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(file.content), 0o644); err != nil {
			return err
		}
	}
	change := func(content string) error {
		return os.WriteFile(filepath.Join(seed, filepath.FromSlash(letter)), []byte(content), 0o644)
	}
	steps := []func() error{
		func() error { return seedGit("init", "--quiet", "--template=", "--initial-branch=main") },
		func() error { return seedGit("add", "--all") },
		func() error { return seedGit("commit", "--quiet", "-m", "begin") },
		func() error { return seedGit("checkout", "--quiet", "-b", "other") },
		func() error { return change("other\n") },
		func() error { return seedGit("commit", "--quiet", "-am", "other") },
		func() error { return seedGit("checkout", "--quiet", "main") },
		func() error { return change("1\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n") },
		func() error { return seedGit("commit", "--quiet", "-am", "main") },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func seedGit(args ...string) error {
	out, err := userGit(seed, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("git %s: %w\n%s", strings.Join(args, " "), err, out)
	}
	return nil
}

// userGit is git as the user runs it: with the configuration of the repository and with nobody's environment.
func userGit(dir string, args ...string) *exec.Cmd {
	command := exec.Command(realGit, args...)
	command.Dir = dir
	command.Env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "LC_ALL=C", "GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=User", "GIT_AUTHOR_EMAIL=user@example.org", "GIT_COMMITTER_NAME=User", "GIT_COMMITTER_EMAIL=user@example.org",
		"GIT_LITERAL_PATHSPECS=1", "GIT_OPTIONAL_LOCKS=0", "GIT_MERGE_AUTOEDIT=no", "GIT_EDITOR=true",
	}
	return command
}

// git runs git as the user and gives what it says.
func git(t testing.TB, dir string, args ...string) string {
	t.Helper()
	command := userGit(dir, args...)
	var complaint strings.Builder
	command.Stderr = &complaint
	out, err := command.Output()
	if err != nil {
		t.Fatalf("git %s: %v\n%s%s", strings.Join(args, " "), err, out, complaint.String())
	}
	return string(out)
}

// gitStops runs a git command that must stop with an error, as a merge with a conflict does.
func gitStops(t testing.TB, dir string, args ...string) {
	t.Helper()
	if out, err := userGit(dir, args...).CombinedOutput(); err == nil {
		t.Fatalf("git %s did not stop\n%s", strings.Join(args, " "), out)
	}
}

// configure gives a repository settings, by key and value in turn.
func configure(t testing.TB, dir string, settings ...string) {
	t.Helper()
	for i := 0; i < len(settings); i += 2 {
		git(t, dir, "config", settings[i], settings[i+1])
	}
}

// repository is a copy of the seed in a folder of its own.
func repository(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "kế hoạch")
	copySeed(t, dir)
	return dir
}

func copySeed(t testing.TB, dir string) {
	t.Helper()
	if err := os.CopyFS(dir, os.DirFS(seed)); err != nil {
		t.Fatal(err)
	}
}

func open(t testing.TB, dir string) *history.Repository {
	t.Helper()
	opened, err := history.Open(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return opened
}

func write(t testing.TB, dir, name, content string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// script writes a program of the shell.
func script(t testing.TB, path, body string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+body+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
}

// change is the commit that records a file of the repository in dir.
func change(dir, name string) review.Commit {
	return review.Commit{
		Path: filepath.Join(dir, filepath.FromSlash(name)), AuthorName: "Nguyễn Thị Lan", AuthorEmail: "lan@example.org",
		When: tickTime, Message: "van-phong: Treo băng rôn → hoàn thành\n\nUnit: van-phong\nStatus: todo -> done\n",
	}
}

func head(t testing.TB, dir string) string {
	t.Helper()
	return strings.TrimSpace(git(t, dir, "rev-parse", "HEAD"))
}

// exactlyOne fails unless there is one commit after before, which changes one path, holds the content there and has the hash.
func exactlyOne(t testing.TB, dir, before, hash, name, content string) {
	t.Helper()
	out := git(t, dir, "log", "--format=%x01%H", "--name-only", "-z", before+"..HEAD")
	full, paths, _ := strings.Cut(out, "\x00")
	if full = strings.TrimPrefix(full, "\x01"); strings.Trim(paths, "\n\x00") != strings.Trim(name, "\n") {
		t.Errorf("commits since %s: %q; want one of %q only", before, out, name)
	}
	if len(hash) < 4 || !strings.HasPrefix(full, hash) {
		t.Errorf("the answer is %q, the commit %q", hash, full)
	}
	if held := git(t, dir, "cat-file", "blob", "HEAD:"+name); held != content {
		t.Errorf("the commit holds %q, want %q", held, content)
	}
}

// pictureOf is all that the user sees in git: status, what is staged and what is not.
func pictureOf(t testing.TB, dir string) string {
	t.Helper()
	return git(t, dir, "status", "--porcelain=v2", "--untracked-files=all") + git(t, dir, "diff") + git(t, dir, "diff", "--cached")
}

// holds asks whether HEAD holds a content, of a repository opened anew: what it remembers comes from the disk.
func holds(t testing.TB, dir, name, content string, want bool) {
	t.Helper()
	got, err := open(t, dir).HeadHolds(context.Background(), change(dir, name).Path, []byte(content))()
	if err != nil || got != want {
		t.Errorf("HEAD holds %q in %s: %v, %v; want %v", content, name, got, err, want)
	}
}

// shell runs a line of the shell as the user in a repository.
func shell(t testing.TB, dir, line string) string {
	t.Helper()
	command := exec.Command("sh", "-c", line)
	command.Dir, command.Env = dir, userGit(dir).Env
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", line, err, out)
	}
	return string(out)
}

// wrap puts a program before git: the lines of the shell, in which $GIT is the
// real git, then the real git itself. $ONCE names a file that is not there yet.
func wrap(t *testing.T, lines string) {
	t.Helper()
	bin := t.TempDir()
	script(t, filepath.Join(bin, "git"), "GIT='"+realGit+"'\nONCE=\"$0.once\"\n"+lines+"\nexec \"$GIT\" \"$@\"")
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// refusal is an error as what it says to a person.
func refusal(t testing.TB, err error) *phrase.Refusal {
	t.Helper()
	var refused *phrase.Refusal
	if !errors.As(err, &refused) {
		t.Fatalf("the answer is %v, want a refusal", err)
	}
	return refused
}
