package gitfiles_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"example.org/tiendo/model/history/gitfiles"
)

// git runs git in a folder, with no settings but those there.
func git(t *testing.T, dir string, args ...string) string {
	t.Helper()
	said, err := tryGit(t, dir, args...)
	if err != nil {
		t.Fatalf("git %s: %v", strings.Join(args, " "), err)
	}
	return said
}

func tryGit(t *testing.T, dir string, args ...string) (string, error) {
	t.Helper()
	command := exec.Command("git", append([]string{"-c", "user.name=Lan", "-c", "user.email=lan@example.org"}, args...)...)
	command.Dir = dir
	out, err := command.CombinedOutput()
	return strings.TrimSpace(string(out)), err
}

func write(t *testing.T, path, content string) {
	t.Helper()
	err := os.MkdirAll(filepath.Dir(path), 0o755)
	if err == nil {
		err = os.WriteFile(path, []byte(content), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// repository makes one with a commit of a file, and gives its top.
func repository(t *testing.T, files ...string) string {
	t.Helper()
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", home)
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	git(t, dir, "init", "--quiet", "--initial-branch=main")
	for _, file := range append(files, "data/plan.toml") {
		write(t, filepath.Join(dir, file), "schema = 1\n")
	}
	git(t, dir, "add", "--all")
	git(t, dir, "commit", "--quiet", "--message", "begin")
	return dir
}

// What is found is what git finds; what lies otherwise is left to git.
func TestFind(t *testing.T) {
	here := func(t *testing.T, dir string, args ...string) string {
		t.Helper()
		git(t, dir, args...)
		return filepath.Join(dir, "data")
	}
	tests := map[string]struct {
		prepare func(t *testing.T, dir string) string // the folder to look from
		known   bool
	}{
		"plain":            {func(_ *testing.T, dir string) string { return filepath.Join(dir, "data") }, true},
		"at the top":       {func(_ *testing.T, dir string) string { return dir }, true},
		"with settings":    {func(t *testing.T, dir string) string { return here(t, dir, "config", "merge.x.driver", `a "b" \c`) }, true},
		"no commit yet":    {func(t *testing.T, dir string) string { return here(t, dir, "checkout", "--quiet", "--orphan", "new") }, true},
		"on no branch":     {func(t *testing.T, dir string) string { return here(t, dir, "checkout", "--quiet", "--detach") }, false},
		"bare by settings": {func(t *testing.T, dir string) string { return here(t, dir, "config", "core.bare", "true") }, false},
		"other work tree":  {func(t *testing.T, dir string) string { return here(t, dir, "config", "core.worktree", dir) }, false},
		"extended": {func(t *testing.T, dir string) string {
			return here(t, dir, "config", "extensions.worktreeConfig", "true")
		}, false},
		"of another format": {func(t *testing.T, dir string) string {
			return here(t, dir, "config", "core.repositoryFormatVersion", "1")
		}, false},
		"includes": {func(t *testing.T, dir string) string { return here(t, dir, "config", "include.path", "other") }, false},
		"broken settings": {func(t *testing.T, dir string) string {
			write(t, filepath.Join(dir, ".git", "config"), "[[[")
			return dir
		}, false},
		"without objects": {func(t *testing.T, dir string) string {
			if err := os.RemoveAll(filepath.Join(dir, ".git", "objects")); err != nil {
				t.Fatal(err)
			}
			return dir
		}, false},
		"inside .git": {func(_ *testing.T, dir string) string { return filepath.Join(dir, ".git", "refs") }, false},
		"nowhere":     {func(t *testing.T, _ string) string { return t.TempDir() }, false},
		"no folder":   {func(_ *testing.T, dir string) string { return filepath.Join(dir, "none") }, false},
		"a second work tree": {func(t *testing.T, dir string) string {
			other := filepath.Join(t.TempDir(), "other")
			git(t, dir, "worktree", "add", "--quiet", other)
			return filepath.Join(other, "data")
		}, false},
		"through a link": {func(t *testing.T, dir string) string {
			link := filepath.Join(t.TempDir(), "link")
			if err := os.Symlink(filepath.Join(dir, "data"), link); err != nil {
				t.Fatal(err)
			}
			return link
		}, true},
		"a link to .git": {func(t *testing.T, dir string) string {
			away := filepath.Join(t.TempDir(), "away")
			if err := os.Rename(filepath.Join(dir, ".git"), away); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(away, filepath.Join(dir, ".git")); err != nil {
				t.Fatal(err)
			}
			return dir
		}, false},
		"of another": {func(t *testing.T, dir string) string {
			if os.Geteuid() != 0 {
				t.Skip("only root can give a folder to somebody else")
			}
			if err := os.Chown(filepath.Join(dir, ".git"), 12345, 12345); err != nil {
				t.Fatal(err)
			}
			return dir
		}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			folder := test.prepare(t, repository(t))
			top, gitDir, known := gitfiles.Find(folder)
			if known != test.known {
				t.Fatalf("known: %v, want %v", known, test.known)
			}
			if !known {
				return
			}
			if want := git(t, folder, "rev-parse", "--show-toplevel", "--absolute-git-dir"); top+"\n"+gitDir != want {
				t.Errorf("it lies at %s and %s, git says %s", top, gitDir, want)
			}
		})
	}
}

// Whatever is read of a user's settings is what git reads, and what everybody writes is read.
func TestUser(t *testing.T) {
	const plain = "[user]\n\tname = Trần Thị Hoa\n\temail = hoa@example.org\n"
	tests := map[string]struct {
		settings, own string
		known         bool
	}{
		"plain":                 {plain, "", true},
		"in capitals":           {"[USER]\nName=Hoa\nEMAIL = hoa@example.org", "", true},
		"of the repository":     {plain, "[user]\n\tname = Hoa 2\n", true},
		"beside other settings": {"[alias]\n\tx = \"!f() { a; }; f\" # y\n" + plain + "[core]\n\teditor = vi\n", "", true},
		"with comments":         {"# x\n;y\n" + plain + "\n", "", true},
		"twice":                 {plain + "[user]\nname = Minh\n", "", true},
		"line ends of Windows":  {strings.ReplaceAll(plain, "\n", "\r\n"), "", true},
		"many blanks":           {"[user]\n  name   =   Hoa   Trần  \nemail=hoa@example.org\n", "", true},
		"another of its kind":   {plain + "[user \"x\"]\nname = Minh\n[user.y]\nname = Lan\n", "", true},
		"half":                  {"[user]\nname = Hoa\n", "", false},
		"empty":                 {plain + "[user]\nname =\n", "", true},
		"quoted":                {"[user]\nname = \"Hoa\"\nemail = hoa@example.org\n", "", false},
		"a comment behind":      {"[user]\nname = Hoa # x\nemail = hoa@example.org\n", "", false},
		"goes on":               {"[alias]\nx = a \\\n[user]\nname = y\n" + plain, "", false},
		"behind the heading":    {"[user] name = Hoa\nemail = hoa@example.org\n", "", false},
		"includes":              {plain + "[include]\npath = other\n", "", false},
		"includes if":           {plain + "[includeIf \"gitdir:/\"]\npath = other\n", "", false},
		"a tab":                 {"[user]\nname = Hoa\tTrần\nemail = hoa@example.org\n", "", false},
		"no value":              {plain + "[user]\nname\n", "", false},
		"broken":                {plain + "[[[\n", "", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := repository(t)
			write(t, filepath.Join(os.Getenv("HOME"), ".gitconfig"), test.settings)
			write(t, filepath.Join(os.Getenv("HOME"), "git", "config"), "[user]\nname = first\n")
			own, err := os.ReadFile(filepath.Join(dir, ".git", "config"))
			if err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(dir, ".git", "config"), string(own)+test.own)
			name, email, known := gitfiles.User(dir)
			if known != test.known {
				t.Fatalf("known: %v, want %v", known, test.known)
			}
			command := exec.Command("git", "config", "user.name")
			command.Dir = dir
			said, _ := command.Output() // it may not read them either
			if want := strings.TrimSuffix(string(said), "\n"); known && (name != want && want != "" || email != "hoa@example.org") {
				t.Errorf("%q, %q; git says %q", name, email, want)
			}
		})
	}
}

// What is read of the last commit and of the index is what git says of them; what git has packed, or noted more of, is
// left to git.
func TestHeldAndStaged(t *testing.T) {
	const path = "data/progress/van-phong.toml"
	others := []string{"data/progress/xvan-phong.toml", "data/progress/x van-phong.toml", "xdata/progress/van-phong.toml"}
	for i := range 1000 { // more than is read at once
		others = append(others, fmt.Sprintf("data/progress/a%04d.toml", i))
	}
	tests := map[string]struct {
		prepare      []string
		held, staged bool
	}{
		"plain":            {nil, true, true},
		"packed":           {[]string{"repack -a -d --quiet"}, false, true},
		"not in the index": {[]string{"rm --quiet --cached " + path}, true, false},
		"looked past":      {[]string{"update-index --skip-worktree " + path}, true, false},
		"taken for whole":  {[]string{"update-index --assume-unchanged " + path}, true, false},
		"with another":     {[]string{"rm --quiet --cached data/progress/a0000.toml"}, true, true},
		"another format":   {[]string{"update-index --index-version 4"}, true, false},
		"in parts":         {[]string{"config core.splitIndex true", "config splitIndex.maxPercentChange 100", "update-index --split-index"}, true, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := repository(t, append(others, path)...)
			for _, command := range test.prepare {
				git(t, dir, strings.Fields(command)...)
			}
			objects := gitfiles.Objects(filepath.Join(dir, ".git", "objects"))
			tree, parents, _, known := objects.Commit(git(t, dir, "rev-parse", "HEAD"))
			if known != test.held || known && (len(parents) > 0 || tree != git(t, dir, "rev-parse", "HEAD^{tree}")) {
				t.Errorf("the commit: %v, folder %s, parents %q", known, tree, parents)
			}
			if held, known := objects.Held(tree, path); known != test.held || known && held != git(t, dir, "rev-parse", "HEAD:"+path) {
				t.Errorf("held: %s, %v", held, known)
			}
			for _, none := range []string{"data/progress/none.toml", "data/progress", "none/x", "data/plan.toml/x"} {
				if held, known := objects.Held(tree, none); known && none != "data/progress" {
					t.Errorf("%s: %s", none, held)
				}
			}
			staged, together, known := gitfiles.Staged(filepath.Join(dir, ".git"), path, 40)
			if known != test.staged ||
				known && staged != git(t, dir, "rev-parse", ":0:"+path) {
				t.Errorf("staged: %s, %v", staged, known)
			}
			if same := name == "plain" || name == "packed"; known && (together == git(t, dir, "rev-parse", "HEAD^{tree}")) != same {
				t.Errorf("all files together: %s", together)
			}
			if _, _, known := gitfiles.Staged(filepath.Join(dir, ".git"), "progress/van-phong.toml", 40); known {
				t.Error("the end of a path was taken for a path")
			}
			whole := name != "another format" && name != "in parts"
			if gitfiles.Lacks(filepath.Join(dir, ".git"), 40, "none.toml", "other.toml") != whole {
				t.Errorf("lacks what is not there: %v", !whole)
			}
			if gitfiles.Lacks(filepath.Join(dir, ".git"), 40, "none.toml", "a0999.toml") {
				t.Error("lacks what is there")
			}
		})
	}
}

// A file in conflict has no one version.
func TestStagedInConflict(t *testing.T) {
	dir := repository(t)
	file := filepath.Join(dir, "data", "plan.toml")
	git(t, dir, "checkout", "--quiet", "-b", "other")
	write(t, file, "a\n")
	git(t, dir, "commit", "--quiet", "--all", "--message", "a")
	git(t, dir, "checkout", "--quiet", "main")
	write(t, file, "b\n")
	git(t, dir, "commit", "--quiet", "--all", "--message", "b")
	if _, err := tryGit(t, dir, "merge", "--quiet", "other"); err == nil {
		t.Fatal("there is no conflict")
	}
	if staged, _, known := gitfiles.Staged(filepath.Join(dir, ".git"), "data/plan.toml", 40); known {
		t.Errorf("staged: %s", staged)
	}
}
