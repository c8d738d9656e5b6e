package history_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

// Earlier bytes are recorded while the file has moved on; the next commit records the later ones.
func TestCommitContentThenCommit(t *testing.T) {
	t.Parallel()
	for _, file := range []string{office, fresh} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			dir := repository(t)
			opened := open(t, dir)
			write(t, dir, file, "third\n")
			for _, content := range []string{"first\n", "second\n", ""} {
				before := head(t, dir)
				hash, err := opened.CommitContent(context.Background(), change(dir, file), []byte(content))
				if err != nil {
					t.Fatal(err)
				}
				exactlyOne(t, dir, before, hash, file, content)
				holds(t, dir, file, content, true)
				holds(t, dir, file, "third\n", false)
			}
			before := head(t, dir)
			hash, err := opened.Commit(context.Background(), change(dir, file))
			if err != nil {
				t.Fatal(err)
			}
			exactlyOne(t, dir, before, hash, file, "third\n")
			if now := pictureOf(t, dir); now != "" {
				t.Errorf("git still shows\n%s", now)
			}
			if left, _ := filepath.Glob(filepath.Join(opened.Dir(), "index*")); left != nil {
				t.Errorf("left over: %q", left)
			}
		})
	}
}

// What is remembered of the last commit counts only while HEAD is that commit.
func TestHeadHolds(t *testing.T) {
	t.Parallel()
	byHand := `echo "by hand" > data/progress/van-phong.toml; `
	tests := map[string]struct {
		after string // lines of the shell, after a commit that holds done
		want  bool
	}{
		"nothing":                       {``, true},
		"edited, not committed":         {byHand, true},
		"staged, not committed":         {byHand + `git add data`, true},
		"committed by the user":         {byHand + `git commit --quiet -am user`, false},
		"amended by the user":           {byHand + `git commit --quiet --amend -am user`, false},
		"another file committed":        {`echo more >> README.md; git commit --quiet -am user`, true},
		"taken back":                    {`git reset --quiet --hard HEAD~1`, false},
		"taken back, then forth":        {`git reset --quiet --hard HEAD~1; git reset --quiet --hard ORIG_HEAD`, true},
		"another branch":                {`git checkout --quiet other`, false},
		"another branch and back":       {`git checkout --quiet other; git checkout --quiet main`, true},
		"another branch of that name":   {`git branch --quiet -m main old; git checkout --quiet -b main other`, false},
		"detached earlier":              {`git checkout --quiet --detach HEAD~1`, false},
		"detached here":                 {`git checkout --quiet --detach`, true},
		"unborn branch":                 {`git checkout --quiet --orphan new`, false},
		"deleted by the user":           {`git rm --quiet data/progress/van-phong.toml; git commit --quiet -m user`, false},
		"became a folder":               {`git rm --quiet data/progress/van-phong.toml; mkdir -p data/progress/van-phong.toml; echo x > data/progress/van-phong.toml/x; git add data; git commit --quiet -m user`, false},
		"packed":                        {`git gc --quiet`, true},
		"packed, then committed":        {`git gc --quiet; ` + byHand + `git commit --quiet -am user`, false},
		"memory lost":                   {`rm .git/tiendo/known`, true},
		"memory broken":                 {`echo '{"head":' > .git/tiendo/known`, true},
		"memory half overwritten":       {byHand + `git commit --quiet -am user; sed -i s/'"head":"[^"]*"'/'"head":"'$(git rev-parse HEAD)'"'/ .git/tiendo/known`, false},
		"memory of nothing":             {`echo '{"head":"","files":{}}' > .git/tiendo/known`, true},
		"memory of another commit":      {byHand + `git commit --quiet -am user; sed -i s/'"head":"[^"]*"'/'"head":"'$(git rev-parse HEAD~1)'"'/ .git/tiendo/known`, false},
		"memory is a folder":            {`rm .git/tiendo/known; mkdir .git/tiendo/known`, true},
		"branch is a symbolic ref":      {byHand + `git checkout --quiet -b real; git commit --quiet -am user; git symbolic-ref refs/heads/main refs/heads/real; git symbolic-ref HEAD refs/heads/main`, false},
		"line ends converted from here": {`git config core.autocrlf true`, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := repository(t)
			write(t, dir, office, done)
			if _, err := open(t, dir).Commit(context.Background(), change(dir, office)); err != nil {
				t.Fatal(err)
			}
			shell(t, dir, "set -e\n"+test.after)
			holds(t, dir, office, done, test.want)
			holds(t, dir, office, "something else\n", false)
			holds(t, dir, fresh, done, false)
		})
	}
}

// What cannot be read is said, not taken for "no".
func TestHeadHoldsNeedsGit(t *testing.T) {
	dir := repository(t)
	opened := open(t, dir)
	t.Setenv("PATH", t.TempDir())
	if held, err := opened.HeadHolds(context.Background(), change(dir, office).Path, []byte(todo))(); err == nil {
		t.Errorf("HEAD holds it: %v, without git", held)
	}
}

// The files of a repository with longer ids are compared by those.
func TestLongIDs(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	git(t, dir, "init", "--quiet", "--template=", "--initial-branch=main", "--object-format=sha256")
	write(t, dir, office, todo)
	opened := open(t, dir)
	for _, content := range []string{todo, done} {
		write(t, dir, office, content)
		hash, err := opened.Commit(context.Background(), change(dir, office))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.RemoveAll(opened.Dir()); err != nil { // so that git is asked
			t.Fatal(err)
		}
		holds(t, dir, office, content, true)
		holds(t, dir, office, "something else\n", false)
		if full := head(t, dir); len(full) != 64 || full[:len(hash)] != hash {
			t.Errorf("the answer is %q, the commit %s", hash, full)
		}
	}
	before := head(t, dir)
	hash, err := opened.CommitContent(context.Background(), change(dir, office), []byte(todo))
	if err != nil {
		t.Fatal(err)
	}
	exactlyOne(t, dir, before, hash, office, todo)
}

// A commit that somebody else makes in between stays on the branch, with what it says.
func TestCommitContentBesideAnotherCommit(t *testing.T) {
	dir := repository(t)
	opened := open(t, dir)
	write(t, dir, office, "later\n")
	wrap(t, `case "$*" in *commit-tree*)
if test ! -e "$ONCE"; then : >"$ONCE"; ( export GIT_INDEX_FILE="$ONCE.index"; echo theirs >other.txt
"$GIT" read-tree HEAD && "$GIT" add other.txt && "$GIT" update-ref HEAD $(echo between | "$GIT" commit-tree $("$GIT" write-tree) -p HEAD) ); fi;; esac`)
	if _, err := opened.CommitContent(context.Background(), change(dir, office), []byte("first\n")); err != nil {
		t.Fatal(err)
	}
	if log := git(t, dir, "log", "-2", "--format=%s"); log != "van-phong: Treo băng rôn → hoàn thành\nbetween\n" {
		t.Errorf("log:\n%s", log)
	}
	if theirs := git(t, dir, "show", "HEAD:other.txt"); theirs != "theirs\n" {
		t.Errorf("their file is %q", theirs)
	}
	holds(t, dir, office, "first\n", true)
}

// A file keeps its mode.
func TestCommitContentKeepsTheMode(t *testing.T) {
	t.Parallel()
	dir := repository(t)
	if err := os.Chmod(filepath.Join(dir, filepath.FromSlash(office)), 0o755); err != nil {
		t.Fatal(err)
	}
	git(t, dir, "commit", "--quiet", "--all", "--message", "executable")
	if _, err := open(t, dir).CommitContent(context.Background(), change(dir, office), []byte("first\n")); err != nil {
		t.Fatal(err)
	}
	if listed := git(t, dir, "ls-tree", "HEAD", "--", office); listed[:6] != "100755" {
		t.Errorf("listed: %s", listed)
	}
}
