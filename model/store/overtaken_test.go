package store

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
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
			entry := model.As[model.Entry](change.New)
			entry.Note = "Treo tại trụ sở."
			change.New = entry
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

// A change that somebody else has committed by hand before its own commit could be made is theirs to answer for.
func TestChangeTakenAlongByAnotherCommit(t *testing.T) {
	dir, open := repository(t)
	asOwner(t, dir)
	store := open()
	store.step = func(at string) {
		if at == "written" {
			git(t, dir, "commit", "--quiet", "--all", "--message", "by hand")
		}
	}
	receipt, err := store.Apply(context.Background(), tick(lan, "thanh-tra", "treo-bang-ron", untouched, model.Done))
	if err != nil || receipt.Hash != "" || !receipt.Pending.IsZero() || len(receipt.Notices) != 1 {
		t.Fatalf("receipt %+v, %v", receipt, err)
	}
	hash := strings.TrimSpace(git(t, dir, "rev-parse", "HEAD"))[:7]
	if said := receipt.Notices[0].String(); !strings.Contains(said, hash) || !strings.Contains(said, "Chủ máy") {
		t.Errorf("it says %q", said)
	}
	store.step = nil
	if said, err := store.Recover(context.Background()); err != nil || len(said) > 0 {
		t.Errorf("recovery says %v, %v", said, err)
	}
	next, err := store.Apply(context.Background(), tick(lan, "van-phong", "treo-bang-ron", untouched, model.Done))
	if err != nil || next.Hash == "" || len(next.Notices) > 0 {
		t.Errorf("receipt %+v, %v", next, err)
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

// A change that still waits for its commit and an edit by hand after it do not come
// under the name of whoever changes the file next: first the one is committed under the
// name of who made it, and the answer names the other.
func TestEachUnderTheirOwnName(t *testing.T) {
	minh := model.Person{ID: "minh", Name: "Lê Minh", Role: model.Coordinator, Email: "minh@example.org"}
	tests := map[string]struct {
		pending func(t *testing.T, dir string, open func() *Store) *Store // the store that makes the change that waits
		hand    bool
		notices []string
	}{
		"a detached head": {
			func(t *testing.T, dir string, open func() *Store) *Store {
				t.Helper()
				git(t, dir, "checkout", "--quiet", "--detach")
				return open()
			}, false, nil,
		},
		"a detached head, then by hand": {
			func(t *testing.T, dir string, open func() *Store) *Store {
				t.Helper()
				git(t, dir, "checkout", "--quiet", "--detach")
				return open()
			}, true, []string{"data/progress/thanh-tra.toml also held edits that were in no commit yet; they are in this one"},
		},
		"git cannot be run": {
			func(t *testing.T, dir string, _ func() *Store) *Store {
				t.Helper()
				store, err := Open(filepath.Join(dir, "data"), Options{Without: phrase.Say("git is not installed")})
				if err != nil {
					t.Fatal(err)
				}
				return store
			}, false, nil,
		},
		"git cannot be run, then by hand": {
			func(t *testing.T, dir string, _ func() *Store) *Store {
				t.Helper()
				store, err := Open(filepath.Join(dir, "data"), Options{})
				if err != nil {
					t.Fatal(err)
				}
				return store
			}, true, []string{"data/progress/thanh-tra.toml also held edits that were in no commit yet; they are in this one"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir, open := repository(t, minh)
			asOwner(t, dir)
			first := git(t, dir, "rev-parse", "HEAD")
			store := test.pending(t, dir, open)
			receipt, err := store.Apply(context.Background(), tick(lan, "thanh-tra", "treo-bang-ron", untouched, model.Done))
			if err != nil || receipt.Pending.IsZero() {
				t.Fatalf("receipt %+v, %v", receipt, err)
			}
			path := filepath.Join(dir, "data", "progress", "thanh-tra.toml")
			if test.hand {
				content, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				write(t, path, "# của Thanh tra\n"+string(content))
			}
			git(t, dir, "checkout", "--quiet", "main")
			next, err := open().Apply(context.Background(), tick(minh, "thanh-tra", "quan-triet-can-bo", untouched, model.Doing))
			if err != nil || next.Hash == "" {
				t.Fatalf("receipt %+v, %v", next, err)
			}
			var notices []string
			for _, notice := range next.Notices {
				notices = append(notices, notice.String())
			}
			if !slices.Equal(notices, test.notices) {
				t.Errorf("it says %q", notices)
			}
			got := git(t, dir, "log", "--reverse", "--format=%an: %s", strings.TrimSpace(first)+"..")
			want := "Nguyễn Thị Lan: thanh-tra: Treo băng rôn, khẩu hiệu → hoàn thành\nLê Minh: thanh-tra: Tổ chức quán triệt đến toàn thể cán bộ, côn… → đang thực hiện\n"
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if earlier := git(t, dir, "show", "HEAD~1"); strings.Contains(earlier, "của Thanh tra") || !strings.Contains(earlier, `"done"`) {
				t.Errorf("the first commit:\n%s", earlier)
			}
			if status := git(t, dir, "status", "--porcelain"); status != "" {
				t.Errorf("left over: %s", status)
			}
			nothingWaits(t, open())
		})
	}
}

// nothingWaits wants no commit to come.
func nothingWaits(t *testing.T, store *Store) {
	t.Helper()
	left, err := store.Leftovers(context.Background())
	if err != nil || len(left.Waiting) > 0 || len(left.Unreadable) > 0 {
		t.Errorf("left over: %+v, %v", left, err)
	}
	if again, err := store.Recover(context.Background()); err != nil || len(again) > 0 {
		t.Errorf("it is said again: %v, %v", again, err)
	}
}

// What somebody has done by hand that is not theirs does not go along with a change of the same file: neither under
// their name, nor under that of a colleague. What is theirs does, and so does anything where nobody can tell.
func TestWhatGoesAlongIsJudged(t *testing.T) {
	hang := model.Person{ID: "hang", Name: "Hằng", Role: model.Staff, Unit: "thanh-tra", Email: "hang@example.org"}
	for name, test := range map[string]struct {
		person   model.Person
		old, now string
		unborn   bool   // git has no version of the file
		want     string // how the refusal ends; "" is none
	}{
		"more time":           {hang, "[report]", "[report]\nextended_until = 2019-12-20\nextension_reason = \"x\"", false, "only the coordinator extends a unit's deadline"},
		"another's signature": {hang, "[activity.danh-gia-ket-qua]\nstatus   = \"todo\"", "[activity.danh-gia-ket-qua]\nstatus = \"done\"\nby = \"lan\"\nat = 2019-11-18T08:00:00+07:00", false, "but the commit is by Hằng"},
		"by the coordinator":  {lan, "[report]", "[report]\nextended_until = 2019-12-20\nextension_reason = \"x\"", false, ""},
		"of their own":        {hang, "[activity.danh-gia-ket-qua]\nstatus   = \"todo\"", "[activity.danh-gia-ket-qua]\nstatus = \"doing\"", false, ""},
		"a comment":           {hang, "[report]", "# x\n[report]", false, ""},
		"never committed":     {hang, "[report]", "[report]\nextended_until = 2019-12-20\nextension_reason = \"x\"", true, ""},
	} {
		t.Run(name, func(t *testing.T) {
			dir, open := repository(t, hang)
			path := filepath.Join(dir, "data", "progress", "thanh-tra.toml")
			content, err := os.ReadFile(path)
			if err != nil || !strings.Contains(string(content), test.old) {
				t.Fatalf("%v, or no %q in\n%s", err, test.old, content)
			}
			if test.unborn {
				asOwner(t, dir)
				git(t, dir, "rm", "--quiet", "--cached", path)
				git(t, dir, "commit", "--quiet", "--message", "x")
			}
			byHand := strings.Replace(string(content), test.old, test.now, 1)
			write(t, path, byHand)
			head := git(t, dir, "rev-parse", "HEAD")
			_, err = open().Apply(t.Context(), tick(test.person, "thanh-tra", "treo-bang-ron", untouched, model.Doing))
			if test.want == "" {
				if err != nil {
					t.Errorf("refused: %v", err)
				}
				return
			}
			if err == nil || !strings.Contains(phrase.Of(err).String(), test.want) ||
				!strings.Contains(phrase.Of(err).String(), "data/progress/thanh-tra.toml:") {
				t.Errorf("said %v, want %q", err, test.want)
			}
			if now, err := os.ReadFile(path); err != nil || string(now) != byHand || git(t, dir, "rev-parse", "HEAD") != head {
				t.Errorf("something was written: %v\n%s", err, now)
			}
		})
	}
}
