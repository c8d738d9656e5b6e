package endtoend

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
)

const disputed = "data/progress/thanh-tra.toml"

// diverged are two clones that have changed the same entries differently; the first has sent it.
func diverged(t testing.TB) (an, binh *clone) {
	t.Helper()
	clones, _ := separate(t, 3)
	an, binh = clones[0], clones[1]
	an.must("thanh-tra", "treo-bang-ron", note("của An"))
	an.must("van-phong", "treo-bang-ron", done)
	an.mustSync()
	binh.now = binh.now.AddDate(0, 0, 1)
	binh.must("thanh-tra", "treo-bang-ron", note("của Bình"))
	binh.must("chi-doan", "treo-bang-ron", done)
	return an, binh
}

// anBinh are the notes of both sides of the entry that is in dispute.
func anBinh() []string { return []string{"của An", "của Bình"} }

// Whatever a merge driver does but lie, and whatever git is at, both sides of an entry are kept: while the merge is
// open, once it is finished, and once it was broken off.
func TestDriversThatFail(t *testing.T) {
	inMemory(t)
	_, binh := diverged(t)
	binh.git("fetch", "--quiet")
	drivers := map[string]string{
		"missing":      "/nicht/da/tiendo merge-file %O %A %B %P",
		"killed":       "kill -9 $$",
		"exits 1":      "false",
		"old":          oldDriver(t) + " merge-file %O %A %B %P",
		"half-way":     "head -n 6 %B > %A; kill -9 $$",
		"half of it":   "head -n 6 %B > %A; false",
		"empties it":   ": > %A; false",
		"takes theirs": "cp %B %A; false",
	}
	theirs := map[string]string{"merge": "origin/main", "rebase": "main", "cherry-pick": "origin/main~1"}
	ours := map[string]string{"merge": "main", "rebase": "origin/main", "cherry-pick": "main"}
	ways := map[string]struct{ begin, abort []string }{
		"merge":       {[]string{"merge", "--quiet", "origin/main"}, []string{"merge", "--abort"}},
		"rebase":      {[]string{"rebase", "--quiet", "origin/main"}, []string{"rebase", "--abort"}},
		"cherry-pick": {[]string{"cherry-pick", "origin/main~1"}, []string{"cherry-pick", "--abort"}},
	}
	for driver, command := range drivers {
		for way, steps := range ways {
			t.Run(driver+" "+way, func(t *testing.T) {
				before := binh.picture()
				if out, err := binh.try("git", append(binh.withDriver(command), steps.begin...)...); err == nil {
					t.Fatalf("git found no conflict:\n%s", out)
				}
				for stage, side := range map[string]string{":2:": ours[way], ":3:": theirs[way]} { // byte for byte
					if kept, whole := binh.git("show", stage+disputed), binh.git("show", side+":"+disputed); kept != whole {
						t.Errorf("git keeps for %s\n%s\nwant\n%s", stage, kept, whole)
					}
				}
				if way == "merge" {
					// What the driver has left in the file decides nothing: tiendo reads the sides as git keeps them.
					if _, err := binh.store.FinishMerge(context.Background(), binh.person); err != nil {
						t.Fatal(err)
					}
					binh.holdsBoth()
					binh.git("reset", "--quiet", "--hard", "HEAD^1")
				} else {
					binh.git(steps.abort...)
				}
				if now := binh.picture(); now != before {
					t.Errorf("before\n%s\nafter\n%s", before, now)
				}
			})
		}
	}
	for _, name := range []string{"missing", "half of it"} {
		t.Run("sync "+name, func(t *testing.T) {
			_, binh := diverged(t)
			binh.driver = drivers[name]
			if result := binh.mustSync(); result.Conflicts != 0 || result.Sent == 0 {
				t.Fatalf("%+v", result)
			}
			binh.holdsBoth()
		})
	}
}

// withDriver are options with which git uses a merge driver for the data files.
func (c *clone) withDriver(command string) []string {
	c.t.Helper()
	attributes := filepath.Join(c.home, "attributes")
	if err := os.WriteFile(attributes, []byte("*.toml merge=tiendo\n"), 0o644); err != nil {
		c.t.Fatal(err)
	}
	return []string{"-c", "user.name=B", "-c", "user.email=b@example.org", "-c", "core.editor=true", "-c", "core.attributesFile=" + attributes, "-c", "merge.tiendo.driver=" + command}
}

// holdsBoth wants both notes of the entry in dispute in its record, with who and when, and nothing open in git.
func (c *clone) holdsBoth() {
	c.t.Helper()
	open := c.conflicts()
	if len(open) != 1 || !open[0].Disputed() {
		c.t.Fatalf("%+v", open)
	}
	ours, theirs := open[0].Ours, open[0].Theirs
	if model.As[model.Entry](ours.Value).Note != "của An" || model.As[model.Entry](theirs.Value).Note != "của Bình" || ours.By != "an" || theirs.By != "binh" || ours.At.IsZero() || !theirs.At.Equal(ours.At.AddDate(0, 0, 1)) {
		c.t.Errorf("%q by %s at %s, %q by %s at %s", model.As[model.Entry](ours.Value).Note, ours.By, ours.At, model.As[model.Entry](theirs.Value).Note, theirs.By, theirs.At)
	}
	c.clean()
	for _, side := range []string{"HEAD^1:", "HEAD^2:"} {
		c.git("cat-file", "-e", side+disputed)
	}
}

// oldDriver is a tiendo from before there was a merge driver: it does not know the command.
func oldDriver(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "tiendo")
	if err := os.WriteFile(file, []byte("#!/bin/sh\necho \"tiendo: unknown command $1\" >&2\nexit 2\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return file
}

// With the driver git's own merge, and its pull, never stop at a record.
func TestGitMergesRecords(t *testing.T) {
	_, binh := diverged(t)
	binh.git(append(binh.withDriver(tiendo(t)+" merge-file %O %A %B %P"), "pull", "--quiet", "--no-rebase", "origin", "main")...)
	binh.holdsBoth()
}

// What both sides have changed differently stops nobody: it reaches every clone, others go on, and whoever may change
// the entry settles it.
func TestDisputeIsSettled(t *testing.T) {
	an, binh := diverged(t)
	if result := binh.mustSync(); result.Conflicts != 0 || result.Received != 2 || result.Sent != 2 {
		t.Fatalf("%+v", result)
	}
	binh.holdsBoth()
	an.mustSync()
	an.holdsBoth()
	if an.state() != binh.state() {
		t.Error("the states differ")
	}
	if campaign := binh.load(); len(campaign.Broken) != 0 {
		t.Errorf("broken are %v", campaign.Broken)
	}
	for _, activity := range []string{"tuyen-truyen-van-dong", "treo-bang-ron"} {
		receipt, err := binh.tick("thanh-tra", activity, note("khác"))
		if settled := err == nil; settled != (activity == "tuyen-truyen-van-dong") || !receipt.Pending.IsZero() {
			t.Errorf("%s: %+v, %v", activity, receipt, err)
		}
	}
	open := binh.conflicts()
	try := func(person model.Person, conflict review.MergeConflict) error {
		_, err := binh.store.Resolve(context.Background(), review.Resolution{Person: person, Conflict: conflict, Take: review.TakeOurs})
		return err
	}
	before := binh.picture()
	stale := open[0]
	seen := model.As[model.Entry](stale.InFile)
	seen.Note = "khác"
	stale.InFile = seen
	for name, err := range map[string]error{
		"staff of another unit":   try(model.Person{Name: "Hoa", Unit: "van-phong", Role: model.Staff}, open[0]),
		"a viewer":                try(model.Person{Name: "Xem", Role: model.Viewer}, open[0]),
		"who is on no roster now": try(model.Person{ID: "ai-do", Name: "Ai", Role: model.Coordinator}, open[0]),
		"seen otherwise":          try(binh.person, stale),
	} {
		if err == nil {
			t.Errorf("%s: settled", name)
		}
	}
	if now := binh.picture(); now != before {
		t.Errorf("before\n%s\nafter\n%s", before, now)
	}
	resolved := binh.resolve(open[0], review.TakeTheirs)
	if resolved.Hash == "" || !resolved.Pending.IsZero() || model.As[model.Entry](resolved.Value).Note != "của Bình" || model.InDispute(resolved.Value) {
		t.Errorf("%+v", resolved)
	}
	if lost := review.ParseNotTaken(binh.git("log", "-1", "--format=%B")); len(lost) != 1 || lost[0] != (review.NotTaken{Unit: "thanh-tra", Entry: "activity.treo-bang-ron", By: "an"}) {
		t.Errorf("not taken: %v", lost)
	}
	binh.mustSync()
	an.mustSync()
	if an.state() != binh.state() || len(an.conflicts()) != 0 {
		t.Error("the states differ")
	}
	an.clean()
	binh.clean()
}

// Two who settle one dispute differently make another one; nothing is lost, and all have the same.
func TestDisputeIsSettledTwice(t *testing.T) {
	an, binh := diverged(t)
	binh.mustSync()
	an.mustSync()
	an.now = an.now.AddDate(0, 0, 2)
	an.resolve(an.conflicts()[0], review.TakeOurs)
	binh.now = binh.now.AddDate(0, 0, 1)
	binh.resolve(binh.conflicts()[0], review.TakeTheirs)
	for _, c := range []*clone{an, binh, an} {
		c.mustSync()
	}
	if an.state() != binh.state() || len(an.conflicts()) != 1 {
		t.Fatalf("%+v", an.conflicts())
	}
	notes := an.conflicts()[0]
	if got := []string{model.As[model.Entry](notes.Ours.Value).Note, model.As[model.Entry](notes.Theirs.Value).Note}; !slices.Equal(got, anBinh()) {
		t.Errorf("%q", got)
	}
}

// Of the plan and the roster the remote's version stands, and one's own is set aside until the coordinator has looked:
// everything else is exchanged.
func TestVersionLiesAside(t *testing.T) {
	an, binh := diverged(t)
	an.retitle("của an")
	binh.retitle("của binh")
	an.mustSync()
	result := binh.mustSync()
	if result.Conflicts != 1 || result.Sent == 0 || len(result.Notices) != 2 { // of the plan, and of the dispute
		t.Fatalf("%+v", result)
	}
	if got := binh.title(); got != "Treo băng rôn của an" {
		t.Errorf("%q stands", got)
	}
	plans := binh.asides()
	if len(plans) != 1 || !strings.Contains(plans[0].Ours.Text, "của binh") || !strings.Contains(plans[0].Theirs.Text, "của an") {
		t.Fatalf("%+v", plans)
	}
	if plans[0].Ours.By == "" || plans[0].Theirs.By == "" {
		t.Errorf("it is not told whose they are: %+v", plans[0])
	}
	if told, _ := binh.try(tiendo(t), "doctor"); !strings.Contains(told, "is set aside") { // other things are wrong there
		t.Errorf("doctor says\n%s", told)
	}
	if told := binh.run(tiendo(t), "status"); !strings.Contains(told, "is set aside: data/plan.toml") {
		t.Errorf("status says\n%s", told)
	}
	if told := binh.run(tiendo(t), "status", "--json"); !strings.Contains(told, "\"aside\": [\n    \"data/plan.toml\"\n  ]") {
		t.Errorf("status says\n%s", told)
	}
	resolved := binh.resolve(plans[0], review.TakeOurs)
	if resolved.Hash == "" || binh.title() != "Treo băng rôn của binh" {
		t.Errorf("%+v, %q stands", resolved, binh.title())
	}
	if open := binh.asides(); len(open) > 0 {
		t.Errorf("still open: %+v", open)
	}
	binh.clean()
	binh.mustSync()
	an.mustSync()
	if an.state() != binh.state() {
		t.Error("the states differ")
	}
}

// Only what both sides have changed differently is left to be decided: whatever else either has changed in the file is
// exchanged, and stays whichever side is taken.
func TestTheRestOfTheFileIsExchanged(t *testing.T) {
	for _, take := range []review.Take{review.TakeOurs, review.TakeTheirs} {
		clones, _ := separate(t, 2)
		an, binh := clones[0], clones[1]
		an.retitle("của an")
		an.mustSync()
		binh.retitle("của binh")
		binh.run(tiendo(t), "--as", "binh", "plan", "set", "message", "m05", "--text", "lời của binh", "--source", "công văn")
		for _, id := range []string{"viec-moi", "viec-thua"} {
			binh.run(tiendo(t), "--as", "binh", "plan", "add", "activity", id, "--section", "duty", "--title", "Việc mới",
				"--text", "Việc mới", "--assigned", "phong-don-vi", "--source", "công văn")
		}
		binh.must("thanh-tra", "viec-moi", done)
		if result := binh.mustSync(); result.Conflicts != 1 || result.Sent == 0 {
			t.Fatalf("%+v", result)
		}
		an.mustSync()
		an.run(tiendo(t), "check") // nothing is wrong
		an.run(tiendo(t), "--as", "an", "plan", "drop", "activity", "viec-thua")
		an.mustSync()
		binh.mustSync()
		open := binh.asides()
		if len(open) != 1 {
			t.Fatalf("%+v", open)
		}
		binh.resolve(open[0], take)
		want := map[review.Take]string{review.TakeOurs: "của binh", review.TakeTheirs: "của an"}[take]
		if got := binh.title(); got != "Treo băng rôn "+want || len(binh.asides()) > 0 {
			t.Errorf("%q stands; %+v", got, binh.asides())
		}
		plan := binh.load().Plan
		if got := plan.Message("m05").Text; got != "lời của binh" {
			t.Errorf("the message says %q", got)
		}
		if plan.Activity("viec-moi") == nil || plan.Activity("viec-thua") != nil {
			t.Error("an activity is gone, or one that was dropped afterwards has come back")
		}
	}
}

// A file that would contain an error beside the other files is the remote's, and all of one's own lies aside.
func TestAFileWithAnErrorLiesAside(t *testing.T) {
	clones, _ := separate(t, 2)
	an, binh := clones[0], clones[1]
	an.run(tiendo(t), "--as", "an", "group", "add", "nhom-x", "--name", "Nhóm X")
	an.mustSync()
	binh.mustSync()
	an.run(tiendo(t), "--as", "an", "group", "drop", "nhom-x")
	an.mustSync()
	binh.run(tiendo(t), "--as", "binh", "plan", "set", "message", "m05", "--text", "lời của binh", "--source", "công văn")
	binh.run(tiendo(t), "--as", "binh", "plan", "add", "activity", "viec-moi", "--section", "duty", "--title", "Việc mới",
		"--text", "Việc mới", "--assigned", "nhom-x", "--source", "công văn")
	if result := binh.mustSync(); result.Conflicts != 1 {
		t.Fatalf("%+v", result)
	}
	binh.run(tiendo(t), "check")
	open := binh.asides()
	if len(open) != 1 || open[0].Entry != "" || !strings.Contains(open[0].Ours.Text, "lời của binh") {
		t.Fatalf("%+v", open)
	}
	binh.run(tiendo(t), "--as", "binh", "group", "add", "nhom-x", "--name", "Nhóm X")
	binh.resolve(binh.asides()[0], review.TakeOurs)
	binh.run(tiendo(t), "check")
	if plan := binh.load().Plan; plan.Activity("viec-moi") == nil || plan.Message("m05").Text != "lời của binh" {
		t.Error("it was not taken up")
	}
	if open := binh.asides(); len(open) > 0 {
		t.Errorf("still open: %+v", open)
	}
}

// retitle changes the title of an activity in the plan.
func (c *clone) retitle(to string) {
	c.t.Helper()
	plan := filepath.Join(c.data(), "plan.toml")
	content, err := os.ReadFile(plan)
	if err == nil {
		lines := regexp.MustCompile(`"Treo băng rôn[^"]*"`).ReplaceAllString(string(content), `"Treo băng rôn `+to+`"`)
		err = os.WriteFile(plan, []byte(lines), 0o644)
	}
	if err != nil {
		c.t.Fatal(err)
	}
	c.git("commit", "--quiet", "--all", "--message=plan")
}

func (c *clone) title() string { return c.load().Plan.Activity("treo-bang-ron").Title }

// asides are the conflicts of which a version of this clone is set aside.
func (c *clone) asides() []review.MergeConflict {
	c.t.Helper()
	return slices.DeleteFunc(c.conflicts(), func(open review.MergeConflict) bool { return !open.Aside })
}

// twiceAside are two clones that have changed one title of the plan differently twice, and nobody has decided.
func twiceAside(t *testing.T) (an, binh *clone) {
	t.Helper()
	clones, _ := separate(t, 3)
	an, binh = clones[0], clones[1]
	for _, round := range []string{"lần 1", "lần 2"} {
		an.retitle("của an " + round)
		an.mustSync()
		binh.retitle("của binh " + round)
		if result := binh.mustSync(); result.Conflicts != 1 || len(result.Notices) != 1 {
			t.Fatalf("%+v", result)
		}
		an.mustSync()
	}
	return an, binh
}

// A second version of the same title is set aside beside the first one, and each can be taken up.
func TestTwoVersionsLieAside(t *testing.T) {
	for name, test := range map[string]struct {
		which int // the newest is 0
		take  review.Take
		left  string
		want  string
	}{
		"the older":      {1, review.TakeOurs, "của binh lần 2", "Treo băng rôn của binh lần 1"},
		"not the newest": {0, review.TakeTheirs, "của binh lần 1", "Treo băng rôn của an lần 2"},
	} {
		t.Run(name, func(t *testing.T) {
			_, binh := twiceAside(t)
			open := binh.asides()
			if len(open) != 2 || !strings.Contains(open[0].Ours.Text, "của binh lần 2") || !strings.Contains(open[1].Ours.Text, "của binh lần 1") {
				t.Fatalf("%+v", open)
			}
			binh.resolve(open[test.which], test.take)
			if got := binh.title(); got != test.want {
				t.Errorf("%q stands, want %q", got, test.want)
			}
			left := binh.asides()
			if len(left) != 1 || !strings.Contains(left[0].Ours.Text, test.left) {
				t.Fatalf("%+v", left)
			}
			binh.resolve(left[0], review.TakeOurs)
			if got := binh.title(); got != "Treo băng rôn "+test.left || len(binh.asides()) != 0 {
				t.Errorf("%q stands, %+v", got, binh.asides())
			}
			binh.clean()
		})
	}
}

// The command lists both and takes the newer one first.
func TestResolveTwoVersionsAside(t *testing.T) {
	_, binh := twiceAside(t)
	resolve := func(args ...string) string {
		return binh.run(tiendo(t), append([]string{"--lang", "en", "--as", "binh", "resolve"}, args...)...)
	}
	listed := resolve()
	newer, older := strings.Index(listed, "của binh lần 2"), strings.Index(listed, "của binh lần 1")
	if newer < 0 || older < newer || strings.Count(listed, "--take") != 2 || !strings.Contains(listed, "once the newer one above is decided") {
		t.Errorf("it lists\n%s", listed)
	}
	said := resolve("plan.toml", "--take", "ours")
	if !strings.Contains(said, "the version that was set aside is back, saved ") || binh.title() != "Treo băng rôn của binh lần 2" {
		t.Errorf("it says %q, and %q stands", said, binh.title())
	}
	if listed = resolve(); strings.Count(listed, "--take") != 2 || strings.Contains(listed, "once the newer") {
		t.Errorf("it lists\n%s", listed)
	}
	resolve("plan.toml", "--take", "theirs")
	if said := resolve(); said != "no conflict is open\n" || binh.title() != "Treo băng rôn của binh lần 2" {
		t.Errorf("it says %q, and %q stands", said, binh.title())
	}
}

// What was sent before something else stopped the exchange is set aside all the same: the remote holds the other version.
func TestVersionLiesAsideAfterAStop(t *testing.T) {
	for name, stop := range map[string]func(binh *clone){
		"the clone moves on": func(binh *clone) { binh.must("van-phong", "treo-bang-ron", done) },
		"work in the way": func(binh *clone) {
			if err := os.WriteFile(filepath.Join(binh.data(), "plan.toml"), []byte("# của tôi\n"), 0o644); err != nil {
				binh.t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			clones, _ := separate(t, 3)
			an, binh := clones[0], clones[1]
			an.retitle("của an")
			an.mustSync()
			binh.retitle("của binh")
			stopped := false
			binh.progress = func(step phrase.Sentence) {
				if strings.HasPrefix(step.String(), "sending") && !stopped {
					stopped = true
					stop(binh)
				}
			}
			if result, err := binh.sync(); result.Sent == 0 || (err != nil) != (result.Received == 0) || result.Merged == "" {
				t.Fatalf("%+v, %v", result, err)
			}
			binh.git("checkout", "--", "data/plan.toml")
			binh.mustSync()
			if open := binh.asides(); len(open) != 1 || !strings.Contains(open[0].Ours.Text, "của binh") || binh.title() != "Treo băng rôn của an" {
				t.Errorf("%q stands, %+v", binh.title(), open)
			}
		})
	}
}

// What the remote refuses lies nowhere aside: it stands.
func TestNothingLiesAsideOfWhatIsRefused(t *testing.T) {
	clones, remote := separate(t, 3)
	an, binh := clones[0], clones[1]
	an.retitle("của an")
	an.mustSync()
	binh.retitle("của binh")
	hook := filepath.Join(strings.TrimPrefix(remote, "file://"), "hooks", "pre-receive")
	if err := os.WriteFile(hook, []byte("#!/bin/sh\nexit 1\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	binh.refuses(1, "refuses what is sent")
	binh.retitle("của binh, sau")
	if open := binh.asides(); len(open) > 0 {
		t.Errorf("%+v", open)
	}
	if err := os.Remove(hook); err != nil {
		t.Fatal(err)
	}
	binh.mustSync()
	if open := binh.asides(); len(open) != 1 || !strings.Contains(open[0].Ours.Text, "của binh, sau") {
		t.Errorf("%+v", open)
	}
}

// A merge that git made as text, without the driver, is finished with both versions all the same.
func TestPlainTextConflict(t *testing.T) {
	_, binh := diverged(t)
	binh.git("fetch", "--quiet")
	if out, err := binh.try("git", "-c", "user.name=B", "-c", "user.email=b@example.org", "merge", "--quiet", "origin/main"); err == nil {
		t.Fatalf("git found no conflict:\n%s", out)
	}
	marked, err := os.ReadFile(filepath.Join(binh.dir, filepath.FromSlash(disputed)))
	if err != nil || !strings.Contains(string(marked), "<<<<<<<") {
		t.Fatalf("this is no plain merge: %v\n%s", err, marked)
	}
	resolved, err := binh.store.FinishMerge(context.Background(), binh.person)
	if err != nil || resolved.Hash == "" {
		t.Fatalf("%+v, %v", resolved, err)
	}
	binh.holdsBoth()
	if message := strings.TrimSpace(binh.git("log", "-1", "--format=%an%n%cn")); message != "Bình\ntiendo" {
		t.Errorf("the merge is by\n%s", message)
	}
	binh.mustSync()
}

// What was settled by hand in a merge of git's own stays as it is.
func TestFinishByHand(t *testing.T) {
	_, binh := diverged(t)
	binh.git("fetch", "--quiet")
	if out, err := binh.try("git", "-c", "user.name=B", "-c", "user.email=b@example.org", "merge", "--quiet", "origin/main"); err == nil {
		t.Fatalf("git found no conflict:\n%s", out)
	}
	binh.git("checkout", "--theirs", "--", disputed)
	binh.git("add", "--", disputed)
	resolved, err := binh.store.FinishMerge(context.Background(), binh.person)
	if err != nil || resolved.Hash == "" {
		t.Fatalf("%+v, %v", resolved, err)
	}
	if lost := review.ParseNotTaken(binh.git("log", "-1", "--format=%B")); len(lost) != 1 || lost[0].By != "binh" {
		t.Errorf("not taken: %v", lost)
	}
	binh.clean()
	_, err = binh.store.FinishMerge(context.Background(), binh.person)
	if _, refused := errors.AsType[*phrase.Refusal](err); !refused {
		t.Errorf("a merge that is none: %v", err)
	}
}
