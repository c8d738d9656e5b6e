package store

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"example.org/tiendo/model"
)

// A change that a person was told is saved does not vanish without a word when git
// takes it away before its commit could be made.
func TestSavedChangeTakenAwayByGit(t *testing.T) {
	tests := map[string]struct {
		middle, end func(t *testing.T, dir string)
	}{
		"a rebase is aborted": {
			func(t *testing.T, dir string) {
				conflict(t, dir)
				gitFails(t, dir, "rebase", "other")
			},
			func(t *testing.T, dir string) { git(t, dir, "rebase", "--abort") },
		},
		"a branch is checked out by force": {
			func(t *testing.T, dir string) { git(t, dir, "checkout", "--quiet", "--detach") },
			func(t *testing.T, dir string) { git(t, dir, "checkout", "--quiet", "--force", "main") },
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir, open := repository(t)
			asOwner(t, dir)
			test.middle(t, dir)
			change := tick(lan, "thanh-tra", "treo-bang-ron", untouched, model.Done)
			change.New.Entry.Note = "Treo tại trụ sở."
			receipt, err := open().Apply(context.Background(), change)
			if err != nil || receipt.Pending.IsZero() {
				t.Fatalf("receipt %+v, %v", receipt, err)
			}
			test.end(t, dir)
			next, err := open().Apply(context.Background(), tick(lan, "van-phong", "treo-bang-ron", untouched, model.Done))
			if err != nil || len(next.Notices) != 1 {
				t.Fatalf("receipt %+v, %v", next, err)
			}
			said := next.Notices[0].String()
			if !strings.Contains(said, "thanh-tra: Treo băng rôn, khẩu hiệu → hoàn thành") || !strings.Contains(said, "Nguyễn Thị Lan") {
				t.Errorf("it says %q", said)
			}
			kept, err := filepath.Glob(filepath.Join(dir, ".git", "tiendo", "undone", "thanh-tra-*.toml"))
			if err != nil || len(kept) != 1 {
				t.Fatalf("kept: %q, %v", kept, err)
			}
			if content, err := os.ReadFile(kept[0]); err != nil || !strings.Contains(string(content), "Treo tại trụ sở.") {
				t.Errorf("kept is %q, %v", content, err)
			}
			if again, err := open().Recover(context.Background()); err != nil || len(again) > 0 {
				t.Errorf("it is said again: %v, %v", again, err)
			}
		})
	}
}

// What a person has committed by hand together with more is nothing to speak of.
func TestSavedChangeCommittedByHand(t *testing.T) {
	dir, open := repository(t)
	asOwner(t, dir)
	git(t, dir, "checkout", "--quiet", "--detach")
	if _, err := open().Apply(context.Background(), tick(lan, "thanh-tra", "treo-bang-ron", untouched, model.Done)); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "data", "progress", "thanh-tra.toml")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	write(t, path, "# của Thanh tra\n"+string(content))
	git(t, dir, "commit", "--quiet", "--all", "--message", "by hand")
	git(t, dir, "branch", "--force", "main")
	git(t, dir, "checkout", "--quiet", "main")
	if said, err := open().Recover(context.Background()); err != nil || len(said) > 0 {
		t.Errorf("recovery says %v, %v", said, err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".git", "tiendo", "notes", "*")); len(left) > 0 {
		t.Errorf("left over: %q", left)
	}
}

// asOwner lets the owner of the files commit by hand.
func asOwner(t *testing.T, dir string) {
	t.Helper()
	git(t, dir, "config", "user.name", "Chủ máy")
	git(t, dir, "config", "user.email", "chu@example.org")
}

// conflict makes a branch other that cannot be rebased onto.
func conflict(t *testing.T, dir string) {
	t.Helper()
	path := filepath.Join(dir, "data", "report.toml")
	git(t, dir, "branch", "other")
	for _, branch := range []string{"main", "other"} {
		git(t, dir, "checkout", "--quiet", branch)
		write(t, path, "schema = 1 # "+branch+"\n")
		git(t, dir, "commit", "--quiet", "--all", "--message", branch)
	}
	git(t, dir, "checkout", "--quiet", "main")
}

// gitFails runs git where it has to stop.
func gitFails(t *testing.T, dir string, args ...string) {
	t.Helper()
	command := exec.Command("git", args...)
	command.Dir = dir
	if out, err := command.CombinedOutput(); err == nil {
		t.Fatalf("git %s went through:\n%s", strings.Join(args, " "), out)
	}
}
