package store

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"example.org/tiendo/model"
)

// The lock lies where a tiendo that can run git has it too, and git never shows it.
func TestTheLockLiesInTheGitDirectoryWithoutGit(t *testing.T) {
	tests := map[string]struct {
		prepare func(t *testing.T, top string)
		want    string // below the folder above the data
	}{
		"no repository": {func(*testing.T, string) {}, "data/.tiendo.lock"},
		"a repository":  {func(t *testing.T, top string) { head(t, filepath.Join(top, ".git")) }, ".git/tiendo/lock"},
		"a linked work tree": {func(t *testing.T, top string) {
			head(t, filepath.Join(top, "main.git", "worktrees", "w"))
			write(t, filepath.Join(top, ".git"), "gitdir: main.git/worktrees/w\n")
		}, "main.git/worktrees/w/tiendo/lock"},
		"something else of that name": {func(t *testing.T, top string) { write(t, filepath.Join(top, ".git"), "x\n") }, "data/.tiendo.lock"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			top := t.TempDir()
			dir := filepath.Join(top, "data")
			if err := os.CopyFS(dir, os.DirFS(smallData(t))); err != nil {
				t.Fatal(err)
			}
			test.prepare(t, top)
			s := openData(t, dir)
			if _, err := s.Apply(context.Background(), tick(lan, "chi-doan", "quan-triet", model.Entry{Status: model.Todo}, model.Doing)); err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(filepath.Join(top, filepath.FromSlash(test.want))); err != nil {
				t.Errorf("the lock lies elsewhere: %v", err)
			}
			if beside := filepath.Join(dir, lockWithoutGit); test.want != "data/.tiendo.lock" && exists(beside) {
				t.Errorf("%s was made", beside)
			}
		})
	}
}

// head makes what tells a git directory from any other folder.
func head(t *testing.T, git string) {
	t.Helper()
	if err := os.MkdirAll(git, 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(git, "HEAD"), "ref: refs/heads/main\n")
}
