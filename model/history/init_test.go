package history_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"example.org/tiendo/model/history"
	"example.org/tiendo/model/review"
)

// A new repository has one commit of everything by the user on main, whatever the user's git is set to.
func TestInit(t *testing.T) {
	tests := map[string]func(t *testing.T, home string) string{ // the user's .gitconfig
		"nothing":        func(*testing.T, string) string { return "" },
		"another branch": func(*testing.T, string) string { return "[init]\ndefaultBranch = trunk\n" },
		"signing": func(_ *testing.T, home string) string {
			return "[commit]\ngpgsign = true\n[gpg]\nprogram = " + home + "/trap\n"
		},
		"template": func(*testing.T, string) string {
			return "[commit]\ntemplate = /nowhere\ncleanup = scissors\nverbose = 2\n"
		},
		"editor": func(_ *testing.T, home string) string {
			return "[core]\neditor = " + home + "/trap\npager = " + home + "/trap\n"
		},
		"watcher":         func(_ *testing.T, home string) string { return "[core]\nfsmonitor = " + home + "/trap\n" },
		"line ends":       func(*testing.T, string) string { return "[core]\nautocrlf = true\n" },
		"no guessed name": func(*testing.T, string) string { return "[user]\nuseConfigOnly = true\n" },
		"another name":    func(*testing.T, string) string { return "[user]\nname = Mallory\nemail = mallory@example.org\n" },
		"encoding":        func(*testing.T, string) string { return "[i18n]\ncommitEncoding = ISO-8859-1\n" },
		"bare":            func(*testing.T, string) string { return "[core]\nbare = true\n" },
		"hooks": func(t *testing.T, home string) string {
			for _, hook := range hooks {
				script(t, filepath.Join(home, "hooks", hook), "'"+home+"/trap'")
			}
			return "[core]\nhooksPath = " + home + "/hooks\n"
		},
		"hooks in the template of repositories": func(t *testing.T, home string) string {
			for _, hook := range hooks {
				script(t, filepath.Join(home, "template", "hooks", hook), "'"+home+"/trap'")
			}
			return "[init]\ntemplateDir = " + home + "/template\n"
		},
		"settings in the template of repositories": func(t *testing.T, home string) string {
			write(t, home, "template/config", "[commit]\n\tgpgsign = true\n[core]\n\tfsmonitor = "+home+"/trap\n\thooksPath = "+home+"/hooks\n")
			return "[init]\ntemplateDir = " + home + "/template\n"
		},
	}
	for name, prepare := range tests {
		t.Run(name, func(t *testing.T) {
			home := filepath.Join(t.TempDir(), "home")
			trap := filepath.Join(home, "trap")
			script(t, trap, `: > "`+trap+`.sprung"; exit 1`)
			write(t, home, ".gitconfig", prepare(t, home))
			dir := filepath.Join(t.TempDir(), "-kế hoạch 2019")
			write(t, dir, office, todo)
			write(t, dir, fresh, "crlf\r\n")
			t.Setenv("HOME", home)
			t.Setenv("XDG_CONFIG_HOME", home)
			t.Setenv("GIT_DIR", filepath.Join(seed, ".git"))
			t.Setenv("GIT_INDEX_FILE", filepath.Join(home, "index"))
			t.Setenv("GIT_TEMPLATE_DIR", filepath.Join(home, "nowhere"))
			t.Setenv("GIT_DEFAULT_HASH", "sha256")
			if err := history.Init(context.Background(), dir, review.Commit{AuthorName: "Nguyễn Thị Lan", AuthorEmail: "lan@example.org", Message: "# Bắt đầu\n"}); err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(trap + ".sprung"); err == nil {
				t.Error("a program of the user's settings was run")
			}
			got := git(t, dir, "log", "--all", "--format=%D %an %ae %cn %ce%n%B", "--name-only", "-z")
			want := "HEAD -> main Nguyễn Thị Lan lan@example.org tiendo tiendo@localhost\n# Bắt đầu\n\x00\n" + fresh + "\x00" + office + "\x00"
			if got != want {
				t.Errorf("the history is\n%q\nwant\n%q", got, want)
			}
			if now := pictureOf(t, dir); now != "" && name != "line ends" {
				t.Errorf("git shows\n%s", now)
			}
			write(t, dir, office, done)
			before := head(t, dir)
			hash, err := open(t, dir).Commit(context.Background(), change(dir, office))
			if err != nil {
				t.Fatal(err)
			}
			exactlyOne(t, dir, before, hash, office, done)
		})
	}
}

// Inside another repository the new one is its own.
func TestInitInsideAnother(t *testing.T) {
	t.Parallel()
	outer := repository(t)
	dir := filepath.Join(outer, "new")
	write(t, dir, office, todo)
	before := head(t, outer)
	if err := history.Init(context.Background(), dir, review.Commit{AuthorName: "Lan", AuthorEmail: "lan@example.org", Message: "begin\n"}); err != nil {
		t.Fatal(err)
	}
	if head(t, outer) != before || git(t, dir, "ls-files") != office+"\n" {
		t.Errorf("the new repository holds %q", git(t, dir, "ls-files"))
	}
}

// What git says against a new repository is passed on.
func TestInitFails(t *testing.T) {
	tests := map[string]struct{ git, want string }{
		"git too old": {`case " $* " in *" init "*) echo "error: unknown option 'initial-branch=main'" >&2; exit 129;; esac`, "unknown option"},
		"disk full":   {`case " $* " in *" add "*) echo "fatal: no space left on device" >&2; exit 128;; esac`, "no space left"},
		"no commit":   {`case " $* " in *" commit "*) echo "fatal: cannot" >&2; exit 1;; esac`, "cannot"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, office, todo)
			wrap(t, test.git)
			if err := history.Init(context.Background(), dir, review.Commit{AuthorName: "Lan", AuthorEmail: "lan@example.org", Message: "begin\n"}); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("the answer is %v, want %q", err, test.want)
			}
		})
	}
}

func TestUser(t *testing.T) {
	tests := map[string]struct {
		settings    string // of the user
		own         string // of the repository
		variables   []string
		name, email string
	}{
		"nobody":              {"", "", nil, "", ""},
		"of the user":         {"[user]\nname = Lan\nemail = lan@example.org\n", "", nil, "Lan", "lan@example.org"},
		"of the repository":   {"[user]\nname = Lan\nemail = lan@example.org\n", "[user]\nname = Lan 2\n", nil, "Lan 2", "lan@example.org"},
		"several":             {"[user]\nname = Minh\nname = Lan\n", "", nil, "Lan", ""},
		"only a name":         {"[user]\nname = Nguyễn Thị Lan\n", "", nil, "Nguyễn Thị Lan", ""},
		"controls":            {"[user]\nname = \"L\\tan\\bx\x1b[31m\"\nemail = \"lan\x07@example.org\"\n", "", nil, "L an\uFFFDx\uFFFD[31m", "lan\uFFFD@example.org"},
		"by the environment":  {"[user]\nname = Lan\nemail = lan@example.org\n", "", []string{"GIT_AUTHOR_NAME=Minh\x1b", "GIT_AUTHOR_EMAIL=minh@example.org"}, "Minh\uFFFD", "minh@example.org"},
		"half by environment": {"[user]\nname = Lan\nemail = lan@example.org\n", "", []string{"GIT_AUTHOR_NAME=Minh"}, "Minh", "lan@example.org"},
		"environment alone":   {"", "", []string{"GIT_AUTHOR_NAME=Minh", "GIT_AUTHOR_EMAIL=minh@example.org"}, "Minh", "minh@example.org"},
		"similar keys":        {"[user]\nname = Lan\nnamex = x\n[user \"name\"]\nemail = x\n[xuser]\nname = y\n", "", nil, "Lan", ""},
		"blanks":              {"[user]\nname = \"\"\nemail =\n", "", nil, "", ""},
		"no value":            {"[user]\nname\n", "", nil, "", ""},
		"broken settings":     {"[[[\n", "", nil, "", ""},
		"broken, environment": {"[[[\n", "", []string{"GIT_AUTHOR_NAME=Minh", "GIT_AUTHOR_EMAIL=minh@example.org"}, "Minh", "minh@example.org"},
		"without any git":     {"[user]\nname = Lan\n", "", []string{"PATH=/nowhere"}, "", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			home, dir := t.TempDir(), t.TempDir()
			git(t, dir, "init", "--quiet", "--template=")
			write(t, home, ".gitconfig", test.settings)
			if test.own != "" {
				write(t, dir, ".git/config", test.own)
			}
			t.Setenv("HOME", home)
			t.Setenv("XDG_CONFIG_HOME", home)
			for _, variable := range test.variables {
				key, value, _ := strings.Cut(variable, "=")
				t.Setenv(key, value)
			}
			gotName, gotEmail := history.User(context.Background(), dir)
			if gotName != test.name || gotEmail != test.email {
				t.Errorf("the user is %q %q, want %q %q", gotName, gotEmail, test.name, test.email)
			}
		})
	}
}

// A long list of records waits for the disk once, not once for each.
func TestInitPacksManyFiles(t *testing.T) {
	for _, files := range []int{10, 600} {
		dir := t.TempDir()
		for i := range files {
			if err := os.WriteFile(filepath.Join(dir, strconv.Itoa(i)), []byte(fmt.Sprintln("record", i)), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := history.Init(t.Context(), dir, review.Commit{AuthorName: "Lan", AuthorEmail: "lan@example.org", Message: "x"}); err != nil {
			t.Fatal(err)
		}
		counted := git(t, dir, "count-objects", "-v")
		loose, packed := files, 0
		if files > 500 {
			loose, packed = 0, files
		}
		want := fmt.Sprintf("count: %d\n", loose+2) // the tree and the commit
		if !strings.Contains(counted, want) || !strings.Contains(counted, fmt.Sprintf("in-pack: %d\n", packed)) {
			t.Errorf("%d files:\n%s", files, counted)
		}
	}
}
