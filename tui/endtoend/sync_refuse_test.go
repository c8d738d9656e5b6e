package endtoend

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// picture is everything of a clone that must not change when an exchange fails: the branch,
// what is in progress, the index, and every file.
func (c *clone) picture() string {
	c.t.Helper()
	said := c.git("rev-parse", "HEAD", "--abbrev-ref", "HEAD") + c.git("status", "--porcelain=v2", "--untracked-files=all")
	err := filepath.WalkDir(c.dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() && entry.Name() == ".git" {
			return errors.Join(err, filepath.SkipDir)
		}
		if entry.Type().IsRegular() {
			content, err := os.ReadFile(path)
			said += fmt.Sprintf("%s %x\n", path, content)
			return err
		}
		return nil
	})
	if err != nil && !errors.Is(err, filepath.SkipDir) {
		c.t.Fatal(err)
	}
	return said
}

// refuses wants an exchange to fail with these words and to leave everything as it was.
func (c *clone) refuses(waiting int, words ...string) {
	c.t.Helper()
	before := c.picture()
	result, err := c.sync()
	var refusal *phrase.Refusal
	if !errors.As(err, &refusal) {
		c.t.Fatalf("the answer is %+v, %v", result, err)
	}
	for _, want := range words {
		if said := refusal.Error() + "; " + refusal.Hint.String(); !strings.Contains(said, want) {
			c.t.Errorf("it says %q, not %q", said, want)
		}
	}
	if refusal.Hint.IsZero() {
		c.t.Errorf("%v: nobody knows what to do", err)
	}
	if result.Exchanged() || result.Merged != "" || result.Conflicts+result.Disputes+len(result.Notices) > 0 {
		c.t.Errorf("it says that something was done: %+v", result)
	}
	if result.Waiting != waiting {
		c.t.Errorf("%d changes wait, it says %d", waiting, result.Waiting)
	}
	if now := c.picture(); now != before {
		c.t.Errorf("before\n%s\nafter\n%s", before, now)
	}
}

func done(entry *model.Entry) { entry.Status = model.Done }

func note(text string) func(*model.Entry) {
	return func(entry *model.Entry) { entry.Note = text }
}

// must is for changes that nothing is in the way of.
func (c *clone) must(unit, activity string, edit func(*model.Entry)) {
	c.t.Helper()
	if _, err := c.tick(unit, activity, edit); err != nil {
		c.t.Fatal(err)
	}
}

// However an exchange fails, everything is as it was, and a sentence says why.
func TestSyncLeavesEverythingAsItWas(t *testing.T) {
	clones, remote := separate(t, 3)
	an, binh := clones[0], clones[1]
	bare := strings.TrimPrefix(remote, "file://")
	an.must("van-phong", "treo-bang-ron", done)
	an.mustSync()
	binh.must("thanh-tra", "treo-bang-ron", done)

	t.Run("unreachable", func(t *testing.T) {
		if err := os.Rename(bare, bare+".away"); err != nil {
			t.Fatal(err)
		}
		defer os.Rename(bare+".away", bare)
		binh.refuses(1, "at the address of origin there is no repository", "the changes wait here")
	})
	t.Run("refusing", func(t *testing.T) {
		hook := filepath.Join(bare, "hooks", "pre-receive")
		if err := os.MkdirAll(filepath.Dir(hook), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(hook, []byte("#!/bin/sh\necho 'kho đã khóa' >&2\nexit 1\n"), 0o755); err != nil {
			t.Fatal(err)
		}
		defer os.Remove(hook)
		binh.refuses(1, "origin refuses what is sent; nothing has changed here: kho đã khóa;")
		silent := "#!/bin/sh\nexit 1\n"
		if err := os.WriteFile(hook, []byte(silent), 0o755); err != nil {
			t.Fatal(err)
		}
		binh.refuses(1, "origin refuses what is sent and gives no reason; nothing has changed here;")
	})
	t.Run("own work in the way", func(t *testing.T) {
		file := filepath.Join(binh.data(), "progress", "van-phong.toml")
		before, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		defer os.WriteFile(file, before, 0o644)
		if err := os.WriteFile(file, append([]byte("# của tôi\n"), before...), 0o644); err != nil {
			t.Fatal(err)
		}
		binh.refuses(1, "work of your own", "van-phong.toml")
		binh.git("add", "--all")
		binh.refuses(1, "work of your own", "van-phong.toml")
		binh.git("reset", "--quiet")
	})
	t.Run("no upstream", func(*testing.T) {
		binh.git("branch", "--unset-upstream")
		defer binh.git("branch", "--set-upstream-to=origin/main")
		binh.refuses(-1, "exchanges with no remote", "git push --set-upstream origin main")
	})
	t.Run("on no branch", func(*testing.T) {
		binh.git("checkout", "--quiet", "--detach")
		defer binh.git("checkout", "--quiet", "main")
		binh.refuses(-1, "detached HEAD")
	})
	t.Run("another way of merging", func(t *testing.T) {
		attributes := filepath.Join(binh.dir, ".git", "info", "attributes")
		if err := os.MkdirAll(filepath.Dir(attributes), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(attributes, []byte("*.toml merge=union\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		defer os.Remove(attributes)
		binh.refuses(1, "otherwise than entry by entry", "info/attributes")
	})
	t.Run("a driver that does nothing", func(*testing.T) {
		an.must("thanh-tra", "tuyen-truyen-van-dong", done)
		an.mustSync()
		right := binh.driver
		defer func() { binh.driver = right }()
		binh.driver = "true %O %A %B %P"
		binh.refuses(1, "git has merged thanh-tra.toml in another way than it should")
	})
	t.Run("a check that fails", func(t *testing.T) {
		// One side assigns something to a unit that the other side calls otherwise now.
		for _, edit := range []struct {
			clone          *clone
			file, old, now string
		}{
			{an, "plan.toml", `"phong-don-vi", "doan-the"`, `"phong-don-vi", "doan-the", "chi-doan"`},
			{binh, "units.toml", `id    = "chi-doan"`, `id    = "doan-vien"`},
		} {
			file := filepath.Join(edit.clone.data(), edit.file)
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(strings.Replace(string(content), edit.old, edit.now, 1)), 0o644); err != nil {
				t.Fatal(err)
			}
			if edit.clone == binh { // the record goes with its unit
				binh.git("mv", "data/progress/chi-doan.toml", "data/progress/doan-vien.toml")
			}
			edit.clone.git("commit", "--quiet", "--all", "--message=sửa")
		}
		an.mustSync()
		before := binh.git("rev-parse", "HEAD")
		binh.refuses(2, "both sides together would contain an error that neither has alone")
		binh.git("reset", "--quiet", "--hard", strings.TrimSpace(before)+"~1")
	})
	t.Run("an error of one's own", func(t *testing.T) {
		file := filepath.Join(binh.data(), "progress", "cong-doan.toml")
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Count(string(content), "\n")
		if err := os.WriteFile(file, append(content, "x = = 1\n"...), 0o644); err != nil {
			t.Fatal(err)
		}
		binh.git("commit", "--quiet", "--all", "--message=nhầm")
		binh.refuses(2, fmt.Sprintf("data/progress/cong-doan.toml:%d:5: ", lines+1), "was sent", "`tiendo save`")
		binh.git("fetch", "--quiet")
		binh.git("reset", "--quiet", "--hard", "HEAD~1")
	})
	t.Run("nothing in the way", func(t *testing.T) {
		if result := binh.mustSync(); result.Sent == 0 || result.Received == 0 {
			t.Errorf("%+v", result)
		}
		an.mustSync()
		if an.state() != binh.state() {
			t.Error("the states differ")
		}
	})
	t.Run("rewritten", func(t *testing.T) {
		an.git("reset", "--quiet", "--hard", "HEAD~1")
		an.git("push", "--quiet", "--force")
		binh.must("thanh-tra", "treo-bang-ron", note("sau đó"))
		binh.refuses(1, "the history of origin/main was rewritten")
		// A git fetch moves what git knows of the remote, not what was exchanged.
		binh.git("fetch", "--quiet")
		waiting, _ := strconv.Atoi(strings.TrimSpace(binh.git("rev-list", "--count", "origin/main..main")))
		binh.refuses(waiting, "the history of origin/main was rewritten")
		// Whoever gives up what was taken away goes on.
		binh.git("reset", "--quiet", "--hard", "origin/main")
		binh.must("thanh-tra", "treo-bang-ron", note("sau cùng"))
		if result := binh.mustSync(); result.Sent != 1 {
			t.Errorf("%+v", result)
		}
	})
	t.Run("gone", func(*testing.T) {
		binh.git("--git-dir="+bare, "update-ref", "-d", "refs/heads/main")
		binh.refuses(0, "origin/main does not exist any more")
		binh.git("fetch", "--quiet", "--prune")
		all, _ := strconv.Atoi(strings.TrimSpace(binh.git("rev-list", "--count", "main")))
		binh.refuses(all, "origin/main does not exist any more")
	})
	t.Run("a stranger's repository", func(t *testing.T) {
		other := newOffice(t, "\n# khác\n")
		binh.git("remote", "set-url", "origin", other.newRemote())
		binh.git("update-ref", "-d", "refs/remotes/origin/main")
		result, err := binh.sync()
		if err == nil || !strings.Contains(err.Error(), "nothing in common") {
			t.Errorf("%+v, %v", result, err)
		}
	})
}

// Work of the user's own that is in nobody's way stays as it is, staged or not.
func TestSyncBesideOwnWork(t *testing.T) {
	clones, _ := separate(t, 3)
	an, binh := clones[0], clones[1]
	an.must("van-phong", "treo-bang-ron", done)
	an.mustSync()
	binh.must("thanh-tra", "treo-bang-ron", done)
	letter, staged := filepath.Join(binh.dir, "thư.txt"), filepath.Join(binh.dir, "nháp.txt")
	plan := filepath.Join(binh.data(), "plan.toml")
	before, err := os.ReadFile(plan)
	if err != nil {
		t.Fatal(err)
	}
	for path, content := range map[string]string{letter: "a", staged: "b", plan: "# của tôi\n" + string(before)} {
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	binh.git("add", "nháp.txt")
	status := binh.git("status", "--porcelain")
	if result := binh.mustSync(); result.Received != 1 || result.Sent != 1 {
		t.Errorf("%+v", result)
	}
	if now := binh.git("status", "--porcelain"); now != status {
		t.Errorf("before\n%s\nafter\n%s", status, now)
	}
	if listed := binh.git("ls-tree", "-r", "--name-only", "HEAD"); strings.Contains(listed, "txt") {
		t.Errorf("swept up:\n%s", listed)
	}
}

// Changes that could not be committed when they were made travel all the same.
func TestSyncMakesWaitingCommits(t *testing.T) {
	clones, _ := separate(t, 3)
	an, binh := clones[0], clones[1]
	an.git("checkout", "--quiet", "--detach")
	receipt, err := an.tick("van-phong", "treo-bang-ron", done)
	if err != nil || receipt.Pending.IsZero() {
		t.Fatalf("%+v, %v", receipt, err)
	}
	an.git("checkout", "--quiet", "main")
	if result := an.mustSync(); result.Sent != 1 {
		t.Errorf("%+v", result)
	}
	binh.mustSync()
	progress := binh.load().Progress["van-phong"]
	if progress.Entry("treo-bang-ron").Status != model.Done {
		t.Error("the change did not arrive")
	}
}

// When somebody else sends in between, it begins anew, a few times.
func TestSyncWhileOthersSend(t *testing.T) {
	clones, _ := separate(t, 3)
	an, binh := clones[0], clones[1]
	sent, times := 0, 1
	binh.progress = func(step phrase.Sentence) {
		if !strings.HasPrefix(step.String(), "sending") || sent == times {
			return
		}
		sent++
		an.must("van-phong", "treo-bang-ron", note(fmt.Sprintf("lần %d.%d", times, sent)))
		an.mustSync()
	}
	binh.must("thanh-tra", "treo-bang-ron", done)
	if result := binh.mustSync(); result.Tries != 2 || result.Sent != 1 || result.Received != 1 {
		t.Errorf("%+v", result)
	}
	binh.must("thanh-tra", "treo-bang-ron", note("sau"))
	sent, times = 0, 100
	before := binh.git("rev-parse", "HEAD")
	result, err := binh.sync()
	if err == nil || !strings.Contains(err.Error(), "others keep sending") || result.Tries != 5 || result.Waiting != 1 {
		t.Errorf("%+v, %v", result, err)
	}
	if binh.git("rev-parse", "HEAD") != before {
		t.Error("the clone has moved although nothing was sent")
	}
	binh.progress = nil
	binh.mustSync()
	an.mustSync()
	if an.state() != binh.state() {
		t.Error("the states differ")
	}
}

// A ref in which git cannot note what was exchanged keeps no change of others from its place, and none of one's own.
func TestRefThatCannotBeMade(t *testing.T) {
	clones, _ := separate(t, 2)
	an, binh := clones[0], clones[1]
	binh.git("update-ref", "refs/tiendo/synced/origin/main/x", "HEAD") // so that git refuses …/origin/main
	an.must("van-phong", "treo-bang-ron", done)
	an.mustSync()
	result, err := binh.sync()
	if result.Received != 1 || an.state() != binh.state() {
		t.Errorf("%+v, %v", result, err)
	}
	binh.must("van-phong", "treo-bang-ron", note("xong"))
	if result, err = binh.sync(); result.Sent != 1 {
		t.Errorf("%+v, %v", result, err)
	}
}

// The marks of reviewers travel, forward only, and nothing else of ours does.
func TestSyncReviewed(t *testing.T) {
	clones, remote := separate(t, 3)
	an, binh := clones[0], clones[1]
	an.must("van-phong", "treo-bang-ron", done)
	an.git("update-ref", "refs/tiendo/review/thang-hanh-dong-2019/an", "HEAD")
	an.git("update-ref", "refs/tiendo/secret", "HEAD")
	an.mustSync()
	binh.mustSync()
	want := strings.TrimSpace(an.git("rev-parse", "HEAD"))
	if got := strings.TrimSpace(binh.git("rev-parse", "refs/tiendo/review/thang-hanh-dong-2019/an")); got != want {
		t.Errorf("the mark is %s, want %s", got, want)
	}
	if all := an.git("ls-remote", remote); strings.Contains(all, "secret") || strings.Contains(all, "fetched") {
		t.Errorf("more than the marks travels:\n%s", all)
	}
	binh.git("update-ref", "refs/tiendo/review/thang-hanh-dong-2019/an", "HEAD~1") // an older mark goes nowhere
	binh.mustSync()
	if got := strings.TrimSpace(binh.git("rev-parse", "refs/tiendo/review/thang-hanh-dong-2019/an")); got != want {
		t.Errorf("the mark is %s, want %s", got, want)
	}
}

// Work of one's own in the way of what only comes in is refused too, however it lies there.
func TestReceivedOverOwnWork(t *testing.T) {
	clones, _ := separate(t, 2)
	an, binh := clones[0], clones[1]
	an.must("van-phong", "treo-bang-ron", done)
	an.mustSync()
	binh.mustSync()
	an.must("van-phong", "treo-bang-ron", note("thêm một băng rôn"))
	an.mustSync()
	file := filepath.Join(binh.data(), "progress", "van-phong.toml")
	write := func() error { return os.WriteFile(file, []byte("# của tôi\n"), 0o644) }
	for name, edit := range map[string]func() error{
		"edited": write,
		"staged": func() error {
			err := write()
			binh.git("add", file)
			return err
		},
		"deleted": func() error { return os.Remove(file) },
	} {
		t.Run(name, func(t *testing.T) {
			if err := edit(); err != nil {
				t.Fatal(err)
			}
			binh.refuses(0, "work of your own")
			binh.git("reset", "--quiet", "--hard")
		})
	}
	binh.mustSync()
	if status := binh.git("status", "--porcelain"); status != "" {
		t.Errorf("left over:\n%s", status)
	}
}
