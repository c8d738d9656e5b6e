package history_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Names and addresses from a roster arrive whole, or without what would end them in a commit.
func TestAuthors(t *testing.T) {
	t.Parallel()
	long := strings.TrimSpace(strings.Repeat("Công Tằng Tôn Nữ ", 600))
	tests := map[string]struct{ name, email, want string }{
		"Vietnamese":     {"Nguyễn Thị Lan", "lan@example.org", "Nguyễn Thị Lan <lan@example.org>"},
		"angle brackets": {"Lan <Mallory>", "lan@example.org> 1 +0000\nx <", "Lan Mallory <lan@example.org 1 +0000 x>"},
		"only brackets":  {"<>", "<>", "unknown <unknown@localhost>"},
		"nothing":        {"", "", "unknown <unknown@localhost>"},
		"blanks":         {" \t ", "\n", "unknown <unknown@localhost>"},
		"line break":     {"Lan\ncommitter Mallory", "lan@example.org", "Lan committer Mallory <lan@example.org>"},
		"zero byte":      {"L\x00an", "l\x00an@example.org", "Lan <lan@example.org>"},
		"leading dash":   {"--amend", "-m", "--amend <-m>"},
		"shell":          {"$(touch x) `id`", "a@b;c", "$(touch x) `id` <a@b;c>"},
		"ten kilobytes":  {long, "lan@example.org", long + " <lan@example.org>"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := repository(t)
			commit := change(dir, office)
			commit.AuthorName, commit.AuthorEmail = test.name, test.email
			write(t, dir, office, done)
			before := head(t, dir)
			hash, err := open(t, dir).Commit(context.Background(), commit)
			if err != nil {
				t.Fatal(err)
			}
			exactlyOne(t, dir, before, hash, office, done)
			header, _, _ := strings.Cut(git(t, dir, "cat-file", "commit", "HEAD"), "\n\n")
			lines := strings.Split(header, "\n")
			if want := "author " + test.want + " 1574043611 +0700"; len(lines) != 4 || lines[2] != want {
				t.Errorf("the commit begins\n%s\nwant its third of four lines to be\n%s", header, want)
			}
			if want := "committer tiendo <tiendo@localhost> "; !strings.HasPrefix(lines[len(lines)-1], want) {
				t.Errorf("the commit begins\n%s\nwant %s", header, want)
			}
		})
	}
}

// Without a time of the change, it is git's own.
func TestNoTime(t *testing.T) {
	t.Parallel()
	dir := repository(t)
	write(t, dir, office, done)
	commit := change(dir, office)
	commit.When = time.Time{}
	if _, err := open(t, dir).Commit(context.Background(), commit); err != nil {
		t.Fatal(err)
	}
	author, committer, _ := strings.Cut(strings.TrimSpace(git(t, dir, "log", "-1", "--format=%at %ct")), " ")
	if author != committer {
		t.Errorf("the author's time is %s, the committer's %s", author, committer)
	}
}

// A commit whose git was begun before its file was in place is like any other, whatever has happened in between. Without
// an end it is none, and leaves nothing behind.
func TestBegunCommit(t *testing.T) {
	t.Parallel()
	begin := func(t *testing.T, dir, file string) (func() (string, error), func()) {
		finish, drop := open(t, dir).Begin(t.Context(), change("", ""))
		return func() (string, error) { return finish(t.Context(), change(dir, file)) }, drop
	}
	left := func(t *testing.T, dir string) {
		t.Helper()
		for _, pattern := range []string{"*.lock", "refs/heads/*.lock", "tiendo/started-*"} {
			if files, _ := filepath.Glob(filepath.Join(dir, ".git", pattern)); len(files) > 0 {
				t.Errorf("left behind: %q", files)
			}
		}
	}
	for name, meanwhile := range map[string]string{
		"nothing": ":", "another commit": "echo x > x; git add x; git commit --quiet -m other",
		"packed": "git pack-refs --all", "another branch": "git switch --quiet -c third",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := repository(t)
			for _, file := range []string{fresh, office} { // the first one is new to git
				finish, drop := begin(t, dir, file)
				if file == office {
					shell(t, dir, meanwhile)
				}
				write(t, dir, file, done)
				before := head(t, dir)
				hash, err := finish()
				drop()
				if err != nil {
					t.Fatal(err)
				}
				exactlyOne(t, dir, before, hash, file, done)
				left(t, dir)
			}
		})
	}
	t.Run("dropped", func(t *testing.T) {
		t.Parallel()
		dir := repository(t)
		before := head(t, dir)
		_, drop := begin(t, dir, office)
		write(t, dir, office, done)
		drop()
		if head(t, dir) != before || git(t, dir, "diff", "--cached", "--name-only") != "" {
			t.Error("something was committed, or staged")
		}
		left(t, dir)
	})
	t.Run("nothing to commit", func(t *testing.T) { // git ends before it reads the message
		t.Parallel()
		dir := repository(t)
		opened := open(t, dir)
		write(t, dir, office, done)
		first, err := opened.Commit(t.Context(), change(dir, office))
		if err != nil {
			t.Fatal(err)
		}
		finish, drop := opened.Begin(t.Context(), change("", ""))
		again := change(dir, office)
		again.Message = strings.Repeat("chữ ", 50_000)
		if hash, err := finish(t.Context(), again); err != nil || hash != first {
			t.Errorf("the answer is %q, %v; want %q", hash, err, first)
		}
		drop()
		left(t, dir)
	})
	t.Run("a merge since", func(t *testing.T) {
		t.Parallel()
		dir := repository(t)
		shell(t, dir, "git branch other; echo x > x; git add x; git commit --quiet -m one; git switch --quiet other; "+
			"echo y > x; git add x; git commit --quiet -m other; git switch --quiet main")
		before := head(t, dir)
		finish, drop := begin(t, dir, office)
		shell(t, dir, "git merge other >/dev/null || :")
		write(t, dir, office, done)
		if _, err := finish(); err == nil || !strings.Contains(err.Error(), "a merge is in progress") {
			t.Errorf("the answer is %v", err)
		}
		drop()
		if git(t, dir, "rev-parse", "MERGE_HEAD"); head(t, dir) != before {
			t.Error("the merge was ended")
		}
		left(t, dir)
	})
}

// A message is kept byte for byte, and nothing in it is an option, a comment or an answer of git.
func TestMessages(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"trailers":            "van-phong: Treo băng rôn → hoàn thành\n\nUnit: van-phong\nActivity: treo-bang-ron\nStatus: todo -> done\n",
		"comment sign first":  "# 1 of the plan\n\n# two\n",
		"dash first":          "--amend\n",
		"at sign first":       "@file\n",
		"blank lines":         "a\n\n\n\nb\n\n\n",
		"blanks at line ends": "a  \n\nb\t\n",
		"blank lines first":   "\n\na\n",
		"no final line break": "a",
		"scissors":            "a\n\n# ------------------------ >8 ------------------------\nb\n",
		"one long line":       strings.Repeat("chữ ", 5000) + "\n",
		"fixup":               "fixup! begin\n",
		"carriage returns":    "a\r\n\r\nb\r\n",
		"brackets":            "van-phong: Tập huấn [đợt 2] → hoàn thành\n",
		"like a mail":         "From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001\nFrom: x <y@z>\nSubject: s\n\nb\n",
	}
	for name, message := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := repository(t)
			opened := open(t, dir)
			for _, file := range []string{office, inspection} {
				commit := change(dir, file)
				commit.Message = message
				before := head(t, dir)
				commitNow := func() (string, error) {
					return opened.CommitContent(context.Background(), commit, []byte(done))
				}
				if file == office {
					write(t, dir, file, done)
					commitNow = func() (string, error) { return opened.Commit(context.Background(), commit) }
				}
				hash, err := commitNow()
				if err != nil {
					t.Fatal(err)
				}
				exactlyOne(t, dir, before, hash, file, done)
				if _, got, _ := strings.Cut(git(t, dir, "cat-file", "commit", "HEAD"), "\n\n"); got != message {
					t.Errorf("the message is\n%q\nwant\n%q", got, message)
				}
			}
		})
	}
}

// A file name is never an option nor a pattern: exactly that file is committed.
func TestFileNames(t *testing.T) {
	t.Parallel()
	names := []string{
		"-x.toml", "--all", ":(top)x.toml", ":x.toml", ":!x.toml", ":/x.toml", "*.toml", "data/[ab]?.toml", "data/a b.toml",
		`data/"q".toml`, `data/back\slash.toml`, "data/new\nline.toml", "data/tab\t.toml", "data/phòng.toml", "data/pho\u0300ng.toml",
		"data/a,b.toml", "HEAD", "main", "data/@{u}.toml", "data/#c.toml", "data/ lead.toml", "data/trail ", "data/\xff.toml", "~/x.toml", "data/$(id).toml",
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := repository(t)
			opened := open(t, dir)
			for _, neighbour := range []string{"y.toml", "x.toml", "data/a.toml"} { // what a pattern would also mean
				write(t, dir, neighbour, todo)
			}
			for _, content := range []string{todo, done} {
				write(t, dir, name, content)
				before := head(t, dir)
				hash, err := opened.Commit(context.Background(), change(dir, name))
				if err != nil {
					t.Fatal(err)
				}
				exactlyOne(t, dir, before, hash, name, content)
			}
			before := head(t, dir)
			hash, err := opened.CommitContent(context.Background(), change(dir, name), []byte(todo))
			if err != nil {
				t.Fatal(err)
			}
			exactlyOne(t, dir, before, hash, name, todo)
			holds(t, dir, name, todo, true)
		})
	}
}

// When the last commit holds the file already, none is made, and the answer is the commit that did.
func TestNothingChanged(t *testing.T) {
	t.Parallel()
	dir := repository(t)
	opened := open(t, dir)
	write(t, dir, office, done)
	first, err := opened.Commit(context.Background(), change(dir, office))
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, letter, "on the way\n")
	git(t, dir, "commit", "--quiet", "-am", "the user's")
	before := head(t, dir)
	again, err := opened.Commit(context.Background(), change(dir, office))
	if err != nil || again != first || head(t, dir) != before {
		t.Errorf("the answer is %q, %v; want %q and no commit", again, err, first)
	}
}

// The first commit of a branch without any may be tiendo's.
func TestUnbornBranch(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	git(t, dir, "init", "--quiet", "--template=", "--initial-branch=main")
	write(t, dir, letter, "the user's\n")
	git(t, dir, "add", letter)
	write(t, dir, office, done)
	holds(t, dir, office, done, false)
	hash, err := open(t, dir).Commit(context.Background(), change(dir, office))
	if err != nil {
		t.Fatal(err)
	}
	if full := head(t, dir); len(hash) < 4 || !strings.HasPrefix(full, hash) {
		t.Errorf("the answer is %q, the commit %s", hash, full)
	}
	if got := git(t, dir, "ls-tree", "-r", "--name-only", "HEAD"); got != office+"\n" {
		t.Errorf("the commit holds %q", got)
	}
	if got, want := git(t, dir, "diff", "--cached", "--name-status", "-z"), "A\x00"+letter+"\x00"; got != want {
		t.Errorf("staged is %q, want %q", got, want)
	}
	holds(t, dir, office, done, true)
}

// No commit is made into something that the user has begun; when that is over, it is.
func TestInTheMiddleOfSomething(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		begin, end []string
		stops      bool // the beginning ends with an error
		what       string
	}{
		"merge with conflict":        {[]string{"merge", "other"}, []string{"merge", "--abort"}, true, "a merge is in progress"},
		"merge without conflict":     {[]string{"merge", "--strategy=ours", "--no-commit", "other"}, []string{"merge", "--abort"}, false, "a merge is in progress"},
		"rebase":                     {[]string{"rebase", "other"}, []string{"rebase", "--abort"}, true, "a rebase is in progress"},
		"rebase by patches":          {[]string{"rebase", "--apply", "other"}, []string{"rebase", "--abort"}, true, "a rebase is in progress"},
		"cherry-pick":                {[]string{"cherry-pick", "other"}, []string{"cherry-pick", "--abort"}, true, "a cherry-pick is in progress"},
		"revert":                     {[]string{"revert", "--no-commit", "HEAD"}, []string{"revert", "--abort"}, false, "a revert is in progress"},
		"bisect":                     {[]string{"bisect", "start"}, []string{"bisect", "reset"}, false, "a bisect is in progress"},
		"detached HEAD":              {[]string{"checkout", "--quiet", "--detach"}, []string{"checkout", "--quiet", "main"}, false, "git is on no branch (detached HEAD)"},
		"detached at a branch's tip": {[]string{"checkout", "--quiet", "origin/main"}, []string{"checkout", "--quiet", "main"}, false, "git is on no branch (detached HEAD)"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := repository(t)
			opened := open(t, dir)
			git(t, dir, "update-ref", "refs/remotes/origin/main", "HEAD")
			if test.stops {
				gitStops(t, dir, test.begin...)
			} else {
				git(t, dir, test.begin...)
			}
			write(t, dir, fresh, done)
			before, picture := head(t, dir), pictureOf(t, dir)
			for call, try := range map[string]func() (string, error){
				"Commit": func() (string, error) { return opened.Commit(context.Background(), change(dir, fresh)) },
				"CommitContent": func() (string, error) {
					return opened.CommitContent(context.Background(), change(dir, fresh), []byte(todo))
				},
			} {
				hash, err := try()
				if refused := refusal(t, err); hash != "" || refused.What.String() != test.what || refused.Hint.IsZero() {
					t.Errorf("%s: the answer is %q, %v, %v; want %q and what to do", call, hash, refused.What, refused.Hint, test.what)
				}
			}
			if head(t, dir) != before || pictureOf(t, dir) != picture {
				t.Errorf("something changed:\n%s\nwas\n%s", pictureOf(t, dir), picture)
			}
			git(t, dir, test.end...)
			before = head(t, dir)
			hash, err := opened.Commit(context.Background(), change(dir, fresh))
			if err != nil {
				t.Fatal(err)
			}
			exactlyOne(t, dir, before, hash, fresh, done)
		})
	}
}

// A linked work tree has a branch and a merge of its own.
func TestLinkedWorkTree(t *testing.T) {
	t.Parallel()
	main := repository(t)
	linked := filepath.Join(filepath.Dir(main), "linked")
	git(t, main, "worktree", "add", "--quiet", "-b", "linked", linked)
	gitStops(t, main, "merge", "other")
	theirs, picture := head(t, main), pictureOf(t, main)
	opened := open(t, filepath.Join(linked, "data"))
	for _, file := range []string{office, fresh} {
		write(t, linked, file, done)
		before := head(t, linked)
		hash, err := opened.Commit(context.Background(), change(linked, file))
		if err != nil {
			t.Fatal(err)
		}
		exactlyOne(t, linked, before, hash, file, done)
		holds(t, linked, file, done, true)
	}
	if head(t, main) != theirs || pictureOf(t, main) != picture || pictureOf(t, linked) != "" {
		t.Errorf("the main work tree is\n%s\nthe linked one\n%s", pictureOf(t, main), pictureOf(t, linked))
	}
	if open(t, main).Dir() == opened.Dir() {
		t.Error("two work trees share one folder for notes and lock")
	}
	gitStops(t, linked, "merge", "other")
	write(t, linked, office, todo)
	_, err := opened.Commit(context.Background(), change(linked, office))
	refusal(t, err)
}

// The data may lie anywhere below the top, also behind a symbolic link.
func TestDataInALargerRepository(t *testing.T) {
	t.Parallel()
	dir := repository(t)
	name := "a/b c/kế hoạch/data/progress/van-phong.toml"
	write(t, dir, name, todo)
	link := filepath.Join(t.TempDir(), "link")
	shell(t, dir, "ln -s \"$PWD/a/b c\" '"+link+"'")
	for _, base := range []string{filepath.Join(dir, "a/b c"), link} {
		write(t, dir, name, base)
		before := head(t, dir)
		commit := change(base, "kế hoạch/data/progress/van-phong.toml")
		opened := open(t, filepath.Join(base, "kế hoạch", "data"))
		hash, err := opened.Commit(context.Background(), commit)
		if err != nil {
			t.Fatal(err)
		}
		exactlyOne(t, dir, before, hash, name, base)
		if held, err := opened.HeadHolds(context.Background(), commit.Path, []byte(base))(); err != nil || !held {
			t.Errorf("HEAD holds it: %v, %v", held, err)
		}
	}
}
