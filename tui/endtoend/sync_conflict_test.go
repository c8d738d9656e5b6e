package endtoend

import (
	"context"
	"errors"
	"os"
	"path/filepath"
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
	clones, _ := three(t)
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

// Whatever a merge driver does but lie, and whatever git is at, both sides of an entry are kept:
// while the conflict is open, once it is settled, and once it was broken off.
func TestDriversThatFail(t *testing.T) {
	inMemory(t)
	an, binh := diverged(t)
	binh.git("fetch", "--quiet")
	drivers := map[string]string{
		"right":        tiendo(t) + " merge-file %O %A %B %P",
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
				attributes := filepath.Join(binh.home, "attributes")
				if err := os.WriteFile(attributes, []byte("*.toml merge=tiendo\n"), 0o644); err != nil {
					t.Fatal(err)
				}
				with := []string{"-c", "user.name=B", "-c", "user.email=b@example.org", "-c", "core.editor=true", "-c", "core.attributesFile=" + attributes, "-c", "merge.tiendo.driver=" + command}
				if out, err := binh.try("git", append(with, steps.begin...)...); err == nil {
					t.Fatalf("git found no conflict:\n%s", out)
				}
				for stage, side := range map[string]string{":2:": ours[way], ":3:": theirs[way]} { // byte for byte
					if kept, whole := binh.git("show", stage+disputed), binh.git("show", side+":"+disputed); kept != whole {
						t.Errorf("git keeps for %s\n%s\nwant\n%s", stage, kept, whole)
					}
				}
				inFile, err := os.ReadFile(filepath.Join(binh.dir, filepath.FromSlash(disputed)))
				if err != nil {
					t.Fatal(err)
				}
				for _, want := range anBinh() {
					if driver == "right" && !strings.Contains(string(inFile), want) {
						t.Errorf("the file does not hold %q:\n%s", want, inFile)
					}
				}
				if way == "merge" {
					// What the driver has left in the file decides nothing: tiendo reads the sides as git keeps them.
					open := binh.conflicts()
					if len(open) != 1 || open[0].Ours.Value.Entry.Note != "của Bình" || open[0].Theirs.Value.Entry.Note != "của An" {
						t.Fatalf("%+v", open)
					}
					if resolved := binh.resolve(open[0], review.TakeBoth); resolved.Value.Entry.Note != "của An\ncủa Bình" || resolved.Left != 0 {
						t.Errorf("%+v", resolved)
					}
					settled, err := os.ReadFile(filepath.Join(binh.dir, filepath.FromSlash(disputed)))
					if err != nil {
						t.Fatal(err)
					}
					rest := binh.git("show", "main~0^1:"+disputed) // whatever else Bình has in the file; An was the first to set the status
					for line := range strings.Lines(rest) {
						signed := strings.Contains(line, "edited_") || strings.HasPrefix(line, "by ") || strings.HasPrefix(line, "at ")
						if !strings.Contains(line, "note") && !signed && !strings.Contains(string(settled), line) {
							t.Errorf("%q is gone", line)
						}
					}
					for _, parent := range []string{"HEAD^1", "HEAD^2"} {
						binh.git("cat-file", "-e", parent+":"+disputed)
					}
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
	for name, command := range drivers {
		t.Run("sync "+name, func(t *testing.T) {
			right := binh.driver
			defer func() { binh.driver = right }()
			binh.driver = command
			if result := binh.mustSync(); result.Conflicts != 1 {
				t.Fatalf("%+v", result)
			}
			open := binh.conflicts()
			if len(open) != 1 || open[0].Entry != "activity.treo-bang-ron" || open[0].Ours.Value.Entry.Note != "của Bình" || open[0].Theirs.Value.Entry.Note != "của An" {
				t.Fatalf("%+v", open)
			}
			if open[0].Ours.By != "binh" || open[0].Theirs.By != "an" || !open[0].Ours.At.Equal(binh.now) || !open[0].Theirs.At.Equal(an.now) {
				t.Errorf("by %s at %s, by %s at %s", open[0].Ours.By, open[0].Ours.At, open[0].Theirs.By, open[0].Theirs.At)
			}
			binh.git("merge", "--abort")
			for _, want := range anBinh() {
				if !strings.Contains(binh.git("show", "main:"+disputed)+binh.git("show", "origin/main:"+disputed), want) {
					t.Errorf("%q is gone", want)
				}
			}
		})
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

// While a conflict is open, its unit is broken on the board, others go on, and the last one
// settled ends the merge.
func TestConflictIsSettled(t *testing.T) {
	an, binh := diverged(t)
	if result := binh.mustSync(); result.Conflicts != 1 || result.Received != 2 || result.Sent != 0 {
		t.Fatalf("%+v", result)
	}
	campaign := binh.load()
	if problem, broken := campaign.Broken["thanh-tra"]; !broken || !strings.Contains(problem.What.String(), "conflict") || len(campaign.Broken) != 1 {
		t.Errorf("broken are %v", campaign.Broken)
	}
	receipt, err := binh.tick("van-phong", "tuyen-truyen-van-dong", done)
	if err != nil || receipt.Pending.IsZero() {
		t.Errorf("the change of another unit: %+v, %v", receipt, err)
	}
	if _, err := binh.tick("thanh-tra", "tuyen-truyen-van-dong", done); err == nil {
		t.Error("the file in conflict was written to")
	}
	binh.refuses(-1, "a merge is in progress")

	open := binh.conflicts()
	try := func(person model.Person, conflict review.MergeConflict) error {
		_, err := binh.store.Resolve(context.Background(), review.Resolution{Person: person, Conflict: conflict, Take: review.TakeOurs})
		return err
	}
	before := binh.picture()
	stale := open[0]
	stale.Theirs.Text += "note = \"khác\"\n"
	for name, err := range map[string]error{
		"staff of another unit":   try(model.Person{Name: "Hoa", Unit: "van-phong", Role: model.Staff}, open[0]),
		"a viewer":                try(model.Person{Name: "Xem", Role: model.Viewer}, open[0]),
		"who is on no roster now": try(model.Person{ID: "ai-do", Name: "Ai", Role: model.Coordinator}, open[0]),
		"seen otherwise":          try(binh.person, stale),
		"no such conflict":        try(binh.person, review.MergeConflict{File: open[0].File, Entry: "report"}),
	} {
		if err == nil {
			t.Errorf("%s: settled", name)
		}
	}
	if now := binh.picture(); now != before {
		t.Errorf("before\n%s\nafter\n%s", before, now)
	}
	resolved := binh.resolve(open[0], review.TakeBoth)
	if resolved.Hash == "" || resolved.Left != 0 || !resolved.Pending.IsZero() || resolved.Value.Entry.Note != "của An\ncủa Bình" {
		t.Errorf("%+v", resolved)
	}
	if message := binh.git("log", "-1", "--merges", "--format=%an%n%cn%n%B"); !strings.HasPrefix(message, "Bình\ntiendo\nHợp nhất thay đổi từ origin/main\n") || strings.Contains(message, "Not-taken") {
		t.Errorf("the merge says\n%s", message)
	}
	if result := binh.mustSync(); result.Sent != 4 { // its three changes and the merge
		t.Errorf("%+v", result)
	}
	an.mustSync()
	if an.state() != binh.state() {
		t.Error("the states differ")
	}
	an.clean()
	binh.clean()
}

// Several conflicts in several files are settled one after the other, in any order, and
// whose version was not taken stands in the merge.
func TestConflictsOneByOne(t *testing.T) {
	an, binh := diverged(t)
	for _, c := range []*clone{an, binh} {
		c.now = c.now.AddDate(0, 0, 2)
		c.must("thanh-tra", "tuyen-truyen-van-dong", note("tuyên truyền: "+c.name))
		c.must("cong-doan", "treo-bang-ron", note("công đoàn: "+c.name))
	}
	an.mustSync()
	if result := binh.mustSync(); result.Conflicts != 2 {
		t.Fatalf("%+v", result)
	}
	takes := map[string]review.Take{"thanh-tra activity.treo-bang-ron": review.TakeTheirs, "thanh-tra activity.tuyen-truyen-van-dong": review.TakeOurs, "cong-doan activity.treo-bang-ron": review.TakeValue}
	for left := 3; left > 0; left-- {
		open := binh.conflicts()
		if len(open) != left {
			t.Fatalf("%d are open, want %d: %+v", len(open), left, open)
		}
		conflict := open[len(open)-1]
		resolution := review.Resolution{Person: binh.person, Conflict: conflict, Take: takes[conflict.Unit+" "+conflict.Entry]}
		resolution.Value = conflict.Ours.Value
		resolution.Value.Entry.Note = "khác hẳn"
		resolved, err := binh.store.Resolve(context.Background(), resolution)
		if err != nil || resolved.Left != left-1 || (resolved.Hash == "") != (left > 1) {
			t.Fatalf("%+v, %v", resolved, err)
		}
	}
	progress := binh.load().Progress
	for where, want := range map[[2]string]string{
		{"thanh-tra", "treo-bang-ron"}: "của An", {"thanh-tra", "tuyen-truyen-van-dong"}: "tuyên truyền: binh", {"cong-doan", "treo-bang-ron"}: "khác hẳn",
	} {
		unit := progress[where[0]]
		if got := unit.Entry(where[1]).Note; got != want {
			t.Errorf("%v: %q, want %q", where, got, want)
		}
	}
	lost := review.ParseNotTaken(binh.git("log", "-1", "--merges", "--format=%B"))
	want := []review.NotTaken{
		{Unit: "cong-doan", Entry: "activity.treo-bang-ron", By: "binh"},
		{Unit: "cong-doan", Entry: "activity.treo-bang-ron", By: "an"},
		{Unit: "thanh-tra", Entry: "activity.tuyen-truyen-van-dong", By: "an"},
		{Unit: "thanh-tra", Entry: "activity.treo-bang-ron", By: "binh"},
	}
	if len(lost) != len(want) {
		t.Errorf("not taken: %v", lost)
	}
	for _, one := range want {
		found := false
		for _, got := range lost {
			found = found || got == one
		}
		if !found {
			t.Errorf("%v is not among %v", one, lost)
		}
	}
	if by, _ := progress["cong-doan"].Activities["treo-bang-ron"].LastChange(); by != "binh" {
		t.Errorf("the value of one's own is signed by %q", by)
	}
	binh.clean()
}

// A merge that git made as text, without the driver, is settled entry by entry all the same.
func TestPlainTextConflict(t *testing.T) {
	_, binh := diverged(t)
	binh.git("fetch", "--quiet")
	if out, err := binh.try("git", "-c", "user.name=B", "-c", "user.email=b@example.org", "merge", "--quiet", "origin/main"); err == nil {
		t.Fatalf("git found no conflict:\n%s", out)
	}
	marked, err := os.ReadFile(filepath.Join(binh.dir, filepath.FromSlash(disputed)))
	if err != nil || strings.Contains(string(marked), "||||||| base") {
		t.Fatalf("this is no plain merge: %v\n%s", err, marked)
	}
	open := binh.conflicts()
	if len(open) != 1 || !open[0].Edited || open[0].Entry != "activity.treo-bang-ron" {
		t.Fatalf("%+v", open)
	}
	resolved := binh.resolve(open[0], review.TakeTheirs)
	if resolved.Hash == "" || len(resolved.Notices) != 1 {
		t.Fatalf("%+v", resolved)
	}
	kept, _ := filepath.Glob(filepath.Join(binh.dir, ".git", "tiendo", "conflicts", "*"))
	if len(kept) != 1 {
		t.Fatalf("kept are %v", kept)
	}
	if content, err := os.ReadFile(kept[0]); err != nil || string(content) != string(marked) {
		t.Errorf("%v: the copy is another\n%s", err, content)
	}
	unit := binh.load().Progress["thanh-tra"]
	if got := unit.Entry("treo-bang-ron").Note; got != "của An" {
		t.Errorf("the note is %q", got)
	}
	binh.mustSync()
}

// What was settled by hand and staged is finished with --finish.
func TestFinishByHand(t *testing.T) {
	_, binh := diverged(t)
	binh.mustSync()
	if _, err := binh.store.FinishMerge(context.Background(), binh.person); err == nil {
		t.Fatal("a merge with an open conflict was committed")
	}
	binh.git("checkout", "--theirs", "--", disputed)
	if open := binh.conflicts(); len(open) != 1 {
		t.Fatalf("one side without marks counts as a decision: %v", open)
	}
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
