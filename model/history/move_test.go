package history_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// onTheWay is a repository with a note of a move from its last commit to another one, which changes files in every way.
func onTheWay(t *testing.T) (dir, from, to string) {
	t.Helper()
	dir = repository(t)
	write(t, dir, "other/one/deep.txt", "a folder to come to nothing\n")
	write(t, dir, "other/two", "a file to become a folder\n")
	write(t, dir, "other/script", "echo\n")
	write(t, dir, "other/crlf.txt", "a line\n")
	write(t, dir, ".gitattributes", "crlf.txt text eol=crlf\n")
	commitAll(t, dir, "before")
	from = head(t, dir)
	shell(t, dir, "rm -r other/one other/two && mkdir other/two && echo file > other/one && echo deep > other/two/deep && "+
		"chmod +x other/script && ln -s one other/link && printf 'another line\\r\\n' > other/crlf.txt && rm "+inspection)
	write(t, dir, office, "# Văn phòng\n")
	commitAll(t, dir, "after")
	to = head(t, dir)
	git(t, dir, "reset", "--quiet", "--hard", from)
	note(t, dir, from, to)
	return dir, from, to
}

func note(t *testing.T, dir, from, to string) {
	t.Helper()
	content, err := json.Marshal(map[string]string{"from": from, "to": to})
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, ".git/tiendo/move.json", string(content))
}

// An exchange that was stopped in the middle is finished by the next start, wherever it was stopped.
func TestHealFinishesAMove(t *testing.T) {
	t.Parallel()
	for name, halfWay := range map[string]string{
		"before the first file": "",
		"some files":            "git restore --source TO -- " + office + " && rm other/one/deep.txt && rmdir other/one",
		"a file is missing":     "rm " + office,
		"all files":             "git read-tree -m -u FROM TO && git read-tree FROM",
		"the index too":         "git read-tree -m -u FROM TO",
		"the branch, no index":  "git reset --quiet --hard TO && git read-tree FROM",
		"all but the note":      "git reset --quiet --hard TO",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, from, to := onTheWay(t)
			if name == "a file is missing" { // nobody knows whose doing that is
				shell(t, dir, halfWay)
				open(t, dir).Heal(t.Context())
				if status := git(t, dir, "status", "--porcelain"); strings.TrimSpace(status) != "D "+office || head(t, dir) != to {
					t.Errorf("HEAD is %s, and git status:\n%s", head(t, dir), status)
				}
				return
			}
			shell(t, dir, strings.NewReplacer("FROM", from, "TO", to).Replace("true "+strings.TrimRight(" && "+halfWay, " &")))
			opened := open(t, dir)
			if opened.Ready() == nil {
				t.Error("a commit could be made meanwhile")
			}
			opened.Heal(t.Context())
			if status := git(t, dir, "status", "--porcelain"); status != "" || head(t, dir) != to {
				t.Errorf("HEAD is %s, and git status:\n%s", head(t, dir), status)
			}
			if err := opened.Ready(); err != nil {
				t.Errorf("no commit can be made afterwards: %v", err)
			}
			left, err := filepath.Glob(filepath.Join(dir, ".git", "tiendo", "move*"))
			if err != nil || len(left) > 0 {
				t.Errorf("left over: %v %v", left, err)
			}
		})
	}
}

// Where the branch has gone elsewhere meanwhile, what had come so far is taken back.
func TestHealTakesAMoveBack(t *testing.T) {
	t.Parallel()
	dir, from, to := onTheWay(t)
	shell(t, dir, strings.NewReplacer("FROM", from, "TO", to).Replace("git read-tree -m -u FROM TO && git read-tree FROM"))
	elsewhere := strings.TrimSpace(shell(t, dir, "git commit-tree -p "+from+" -m elsewhere "+from+"^{tree}"))
	git(t, dir, "update-ref", "HEAD", elsewhere)
	open(t, dir).Heal(t.Context())
	if status := git(t, dir, "status", "--porcelain"); status != "" || head(t, dir) != elsewhere {
		t.Errorf("HEAD is %s, and git status:\n%s", head(t, dir), status)
	}
}

// What a person has written meanwhile stays, also what comes while the new files are made.
func TestHealKeepsWhatAPersonWrote(t *testing.T) {
	t.Parallel()
	for name, edit := range map[string]func(t *testing.T, dir string){
		"before": func(t *testing.T, dir string) { t.Helper(); write(t, dir, office, "# by hand\n") },
		"meanwhile": func(t *testing.T, dir string) { // git runs a filter when it makes a file
			t.Helper()
			write(t, dir, ".git/info/attributes", office+" filter=hand\n")
			git(t, dir, "config", "filter.hand.smudge", "cat; printf '# by hand\n' >"+office)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, _, to := onTheWay(t)
			edit(t, dir)
			open(t, dir).Heal(t.Context())
			if status := git(t, dir, "status", "--porcelain"); strings.TrimSpace(status) != "M "+office || head(t, dir) != to {
				t.Errorf("HEAD is %s, and git status:\n%s", head(t, dir), status)
			}
			if now, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(office))); err != nil || string(now) != "# by hand\n" {
				t.Errorf("the file holds %q: %v", now, err)
			}
		})
	}
}
