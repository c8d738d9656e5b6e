package history_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/tiendo/model/history"
)

// The name of the folder is the user's affair.
func TestFolderNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{" lead", "trail ", "-dash", `"quotes"`, "a'b", "tiến độ", "tie\u0302\u0301n", "$(id)", "tab\t", ":(top)", "#x", "back\\slash", "x.lock"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), name)
			copySeed(t, dir)
			opened := open(t, filepath.Join(dir, "data", "progress"))
			if want := filepath.Join(dir, ".git", "tiendo"); opened.Dir() != want {
				t.Errorf("its folder is %q, want %q", opened.Dir(), want)
			}
			for _, file := range []string{office, fresh} {
				write(t, dir, file, done)
				before := head(t, dir)
				hash, err := opened.Commit(context.Background(), change(dir, file))
				if err != nil {
					t.Fatal(err)
				}
				exactlyOne(t, dir, before, hash, file, done)
			}
		})
	}
}

// A repository is found, and its user known, without a start of git, and with some where it lies in another way than
// most do or the environment tells the user's own git of other settings: what is found is the same.
func TestOpenStarts(t *testing.T) {
	tests := map[string]struct {
		prepare func(t *testing.T, dir string) string // the folder to open
		starts  int
		name    string
	}{
		"plain":      {func(_ *testing.T, dir string) string { return filepath.Join(dir, "data") }, 0, "Lan"},
		"at the top": {func(_ *testing.T, dir string) string { return dir }, 0, "Lan"},
		"its user": {func(t *testing.T, dir string) string {
			git(t, dir, "config", "user.name", "Minh")
			return filepath.Join(dir, "data")
		}, 0, "Minh"},
		"by the environment": {func(t *testing.T, dir string) string {
			t.Setenv("GIT_AUTHOR_NAME", "Hoa")
			return filepath.Join(dir, "data")
		}, 0, "Hoa"},
		"other settings": {func(t *testing.T, dir string) string {
			t.Setenv("GIT_CONFIG_COUNT", "1")
			t.Setenv("GIT_CONFIG_KEY_0", "user.name")
			t.Setenv("GIT_CONFIG_VALUE_0", "Minh")
			return filepath.Join(dir, "data")
		}, 1, "Minh"},
		"a second work tree": {func(t *testing.T, dir string) string {
			other := filepath.Join(t.TempDir(), "other")
			git(t, dir, "worktree", "add", "--quiet", other)
			return filepath.Join(other, "data")
		}, 2, "Lan"},
		"through a link": {func(t *testing.T, dir string) string {
			link := filepath.Join(t.TempDir(), "link")
			if err := os.Symlink(dir, link); err != nil {
				t.Fatal(err)
			}
			return filepath.Join(link, "data")
		}, 0, "Lan"},
		"its folder elsewhere": {func(t *testing.T, dir string) string {
			shell(t, dir, "mv .git ../elsewhere && ln -s ../elsewhere .git")
			return filepath.Join(dir, "data")
		}, 2, "Lan"},
		"its folder elsewhere by name": {func(t *testing.T, dir string) string {
			shell(t, dir, "mv .git ../elsewhere && echo gitdir: ../elsewhere > .git")
			return filepath.Join(dir, "data")
		}, 2, "Lan"},
		"another work tree": {func(t *testing.T, dir string) string {
			git(t, dir, "config", "core.worktree", filepath.Join(dir, "data"))
			return filepath.Join(dir, "data")
		}, 2, "Lan"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "repository")
			copySeed(t, dir)
			home := t.TempDir()
			write(t, home, ".gitconfig", "[user]\nname = Lan\nemail = lan@example.org\n")
			t.Setenv("HOME", home)
			t.Setenv("XDG_CONFIG_HOME", home)
			folder := test.prepare(t, dir)
			top := strings.TrimSpace(git(t, folder, "rev-parse", "--show-toplevel"))
			gitDir := strings.TrimSpace(git(t, folder, "rev-parse", "--absolute-git-dir"))
			log := filepath.Join(home, "starts")
			wrap(t, "echo >> '"+log+"'")
			opened := open(t, folder)
			user, email := history.User(context.Background(), folder)
			starts, _ := os.ReadFile(log) // none without a start
			if user != test.name || email != "lan@example.org" || len(starts) != test.starts {
				t.Errorf("the user is %q %q after %d starts, want %q after %d", user, email, len(starts), test.name, test.starts)
			}
			if opened.Top() != top || opened.Dir() != filepath.Join(gitDir, "tiendo") {
				t.Errorf("it lies at %q and %q, git says %q and %q", opened.Top(), opened.Dir(), top, gitDir)
			}
		})
	}
}

// Where there can be no history, the refusal says so, and nothing is made.
func TestNoHistory(t *testing.T) {
	nowhere := "the folder is not in a git repository"
	tests := map[string]struct {
		prepare func(t *testing.T, dir string) string // the folder to open
		what    string
	}{
		"no repository": {func(t *testing.T, _ string) string { return t.TempDir() }, nowhere},
		"no folder":     {func(_ *testing.T, dir string) string { return filepath.Join(dir, "nowhere") }, nowhere},
		"a file":        {func(_ *testing.T, dir string) string { return filepath.Join(dir, "README.md") }, nowhere},
		"inside .git":   {func(_ *testing.T, dir string) string { return filepath.Join(dir, ".git") }, nowhere},
		"bare": {func(t *testing.T, dir string) string {
			git(t, dir, "clone", "--quiet", "--bare", dir, dir+".git")
			return dir + ".git"
		}, nowhere},
		"broken": {func(t *testing.T, dir string) string {
			write(t, dir, ".git/config", "[[[")
			return dir
		}, "the repository is damaged: fatal: bad config line 1 in file .git/config"},
		"without HEAD": {func(t *testing.T, dir string) string {
			shell(t, dir, "rm .git/HEAD")
			return filepath.Join(dir, "data")
		}, "the repository is damaged: fatal: not a git repository"},
		"damaged, within another one": {func(t *testing.T, dir string) string {
			inner := filepath.Join(dir, "data", "plan")
			git(t, dir, "init", "--quiet", inner)
			shell(t, inner, "rm .git/HEAD")
			return inner
		}, "the repository is damaged: git does not take DIR/data/plan/.git for a repository"},
		"git cannot start": {func(t *testing.T, dir string) string {
			bin := t.TempDir()
			write(t, bin, "git", "no program")
			if err := os.Chmod(filepath.Join(bin, "git"), 0o755); err != nil {
				t.Fatal(err)
			}
			t.Setenv("PATH", bin)
			return asked(t, dir)
		}, "git could not be started: fork/exec PATH/git: exec format error"},
		"git is killed": {func(t *testing.T, dir string) string {
			wrap(t, "kill -9 $$")
			return asked(t, dir)
		}, "git was killed in the middle of its work (signal: killed)"},
		"no git": {func(t *testing.T, dir string) string {
			t.Setenv("PATH", t.TempDir())
			return dir
		}, "git is not installed"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := repository(t)
			_, err := history.Open(context.Background(), test.prepare(t, dir))
			refused := refusal(t, err)
			said := strings.NewReplacer(dir, "DIR", os.Getenv("PATH"), "PATH").Replace(refused.What.String())
			said, _, _ = strings.Cut(said, " (or any ") // git says how far up it has looked
			if said != test.what || refused.Hint.IsZero() {
				t.Errorf("the answer is %v, %v; want %q and what to do", said, refused.Hint, test.what)
			}
			if advised := strings.Contains(refused.Hint.String(), "git init"); advised != (test.what == nowhere) {
				t.Errorf("the way out is %v", refused.Hint)
			}
		})
	}
}

// asked makes a repository one that lies otherwise than most do, so that git is asked where it is.
func asked(t *testing.T, dir string) string {
	t.Helper()
	if err := os.Rename(filepath.Join(dir, ".git"), filepath.Join(dir, ".elsewhere")); err != nil {
		t.Fatal(err)
	}
	write(t, dir, ".git", "gitdir: .elsewhere\n")
	return dir
}

// When git disappears or distrusts the folder while the program runs, the commit waits and the file stays.
func TestGitGoesAway(t *testing.T) {
	tests := map[string]struct {
		prepare func(t *testing.T)
		words   string
	}{
		"not there":          {func(t *testing.T) { t.Setenv("PATH", t.TempDir()) }, ""},
		"folder of another":  {func(t *testing.T) { wrap(t, "export GIT_TEST_ASSUME_DIFFERENT_OWNER=1") }, "belongs to another user"},
		"says unsafe things": {func(t *testing.T) { wrap(t, `printf 'fatal: \033[31mred\007\n' >&2; exit 128`) }, "fatal: \uFFFD[31mred"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := repository(t)
			opened := open(t, dir)
			write(t, dir, fresh, done)
			before, picture := head(t, dir), pictureOf(t, dir)
			test.prepare(t)
			hash, err := opened.Commit(context.Background(), change(dir, fresh))
			if err == nil || hash != "" || !strings.Contains(err.Error(), test.words) || strings.ContainsAny(err.Error(), "\x1b\x07\n") {
				t.Errorf("the answer is %q, %v", hash, err)
			}
			if head(t, dir) != before || pictureOf(t, dir) != picture {
				t.Errorf("git shows\n%s\nbefore\n%s", pictureOf(t, dir), picture)
			}
			if now, err := os.ReadFile(change(dir, fresh).Path); err != nil || string(now) != done {
				t.Errorf("the file is %q, %v", now, err)
			}
		})
	}
}

// A folder of another owner is opened only as git itself allows.
func TestFolderOfAnother(t *testing.T) {
	dir := asked(t, repository(t))
	wrap(t, "export GIT_TEST_ASSUME_DIFFERENT_OWNER=1")
	_, err := history.Open(context.Background(), filepath.Join(dir, "data"))
	refused := refusal(t, err)
	if want := "the repository belongs to another user, so git does not work with it"; refused.What.String() != want {
		t.Errorf("it says %q, want %q", refused.What, want)
	}
	top, err := filepath.EvalSymlinks(dir)
	if err != nil {
		t.Fatal(err)
	}
	if want := "work as that user, or: git config --global --add safe.directory '" + top + "'"; refused.Hint.String() != want {
		t.Errorf("it advises %q, want %q", refused.Hint, want)
	}
	home := t.TempDir()
	write(t, home, ".gitconfig", "[safe]\n\tdirectory = "+dir+"\n")
	t.Setenv("HOME", home)
	write(t, dir, office, done)
	hash, err := open(t, dir).Commit(context.Background(), change(dir, office))
	if err != nil {
		t.Fatal(err)
	}
	if full := head(t, dir); len(hash) < 4 || !strings.HasPrefix(full, hash) {
		t.Errorf("the answer is %q, the commit %s", hash, full)
	}
}
