package history_test

import (
	"context"
	"maps"
	"os"
	"strings"
	"testing"
)

// work is what a user may have at hand in a repository, by name; each leaves other files alone.
var work = map[string]string{
	"staged":                    `echo more >> README.md; git add README.md`,
	"not staged":                `echo more >> README.md`,
	"partly staged":             `sed -i 1s/1/first/ thu/c*.txt; git add thu/c*.txt; sed -i s/nine/9/ thu/c*.txt`,
	"untracked":                 `echo new > new.txt`,
	"new and staged":            `echo new > new.txt; git add new.txt`,
	"new, staged and changed":   `echo new > new.txt; git add new.txt; echo newer > new.txt`,
	"new, staged and deleted":   `echo new > new.txt; git add new.txt; rm new.txt`,
	"to be added":               `echo new > new.txt; git add --intent-to-add new.txt`,
	"deleted":                   `rm thu/k*.txt`,
	"deleted and staged":        `git rm --quiet thu/k*.txt`,
	"removed from git only":     `git rm --quiet --cached thu/k*.txt`,
	"renamed":                   `git mv README.md LIESMICH.md`,
	"mode":                      `chmod +x README.md; git add README.md`,
	"mode not staged":           `chmod +x README.md`,
	"file became folder":        `rm README.md; mkdir README.md; echo x > README.md/x`,
	"link":                      `ln -s nowhere link; git add link`,
	"assumed unchanged":         `git update-index --assume-unchanged README.md; echo more >> README.md`,
	"skipped":                   `git update-index --skip-worktree README.md; echo more >> README.md`,
	"ignored":                   `echo new.txt > .gitignore; git add .gitignore; echo new > new.txt`,
	"data of another unit":      `echo "# by hand" >> data/progress/thanh-tra.toml; git add data; echo "# more" >> data/progress/thanh-tra.toml`,
	"stash":                     `echo more >> README.md; git stash --quiet; echo other >> README.md`,
	"conflict of a stash":       `echo a > README.md; git stash --quiet; echo b > README.md; git commit --quiet -am b; ! git stash pop --quiet`,
	"resolved conflict":         `echo a > README.md; git stash --quiet; echo b > README.md; git commit --quiet -am b; ! git stash pop --quiet; echo c > README.md; git add README.md`,
	"squashed merge, not ended": `! git merge --squash --quiet other; git checkout --theirs thu; git add thu`,
}

// allWork is much of it at once.
const allWork = `echo more >> README.md; git add README.md
sed -i 1s/1/first/ thu/c*.txt; git add thu/c*.txt; sed -i s/nine/9/ thu/c*.txt
echo new > new.txt; git add --intent-to-add new.txt; echo untracked > untracked.txt
rm thu/k*.txt; git rm --quiet thu/b*.txt
echo "# by hand" >> data/progress/thanh-tra.toml`

// Whatever the user has staged, changed, added or deleted, it stays as it was.
func TestTheUsersWorkStays(t *testing.T) {
	t.Parallel()
	tests := maps.Clone(work)
	tests["everything"] = allWork
	for name, lines := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := repository(t)
			shell(t, dir, "set -e\n"+lines)
			picture, stash := pictureOf(t, dir), git(t, dir, "stash", "list")
			if name != "assumed unchanged" && name != "skipped" && picture == "" {
				t.Fatal("the user has nothing at hand")
			}
			opened := open(t, dir)
			for _, file := range []string{office, fresh} {
				write(t, dir, file, done)
				before := head(t, dir)
				if _, err := opened.Commit(context.Background(), change(dir, file)); err != nil {
					t.Fatalf("%s: %v", file, err)
				}
				exactlyOne(t, dir, before, head(t, dir), file, done)
				if now := pictureOf(t, dir); now != picture {
					t.Errorf("after %s git shows\n%s\nbefore\n%s", file, now, picture)
				}
			}
			if git(t, dir, "stash", "list") != stash {
				t.Error("the stash changed")
			}
			index := indexBut(t, dir, office)
			before := head(t, dir)
			hash, err := opened.CommitContent(context.Background(), change(dir, office), []byte("earlier\n"))
			if err != nil {
				t.Fatal(err)
			}
			exactlyOne(t, dir, before, hash, office, "earlier\n")
			if now := indexBut(t, dir, office); now != index {
				t.Errorf("the index holds\n%s\nbefore\n%s", now, index)
			}
			if staged := git(t, dir, "cat-file", "blob", ":"+office); staged != "earlier\n" {
				t.Errorf("the index holds %q, which the next commit would bring back", staged)
			}
			if now, err := os.ReadFile(change(dir, office).Path); err != nil || string(now) != done {
				t.Errorf("the file in the work tree is %q, %v", now, err)
			}
		})
	}
}

// The file itself is recorded as it stands in the work tree: what the user had
// staged of it, or changed by hand, is in the commit and no longer apart.
func TestOwnEditsInTheSameFile(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"staged":                  `echo "# by hand" >> data/progress/van-phong.toml; git add data`,
		"partly staged":           `echo "# by hand" >> data/progress/van-phong.toml; git add data; echo "# more" >> data/progress/van-phong.toml`,
		"staged, then taken back": `cp data/progress/van-phong.toml keep; echo "# by hand" >> data/progress/van-phong.toml; git add data; mv keep data/progress/van-phong.toml`,
		"taken out of git":        `git rm --quiet --cached data/progress/van-phong.toml`,
	}
	for name, lines := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := repository(t)
			shell(t, dir, "set -e\n"+lines)
			content, err := os.ReadFile(change(dir, office).Path)
			if err != nil {
				t.Fatal(err)
			}
			want := string(content) + "# tiendo\n"
			write(t, dir, office, want)
			before := head(t, dir)
			hash, err := open(t, dir).Commit(context.Background(), change(dir, office))
			if err != nil {
				t.Fatal(err)
			}
			exactlyOne(t, dir, before, hash, office, want)
			if now := pictureOf(t, dir); now != "" {
				t.Errorf("git still shows\n%s", now)
			}
		})
	}
}

// indexBut is all that the index says of files but one, with its marks.
func indexBut(t *testing.T, dir, file string) string {
	t.Helper()
	var lines []string
	for line := range strings.Lines(git(t, dir, "ls-files", "--stage", "-v") + git(t, dir, "diff", "--cached", "--raw")) {
		if !strings.Contains(line, "\t"+file) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}
