//go:build unix

package endtoend

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// A repository that the program left at commit a076dde, in the midst of things: a merge with an entry that hoa and lan set
// differently, a tick of minh that waits for its commit, something typed and not saved, a review mark.
// Today's program opens it and finishes all of that.
func TestARepositoryOfAnEarlierVersion(t *testing.T) {
	archive, err := filepath.Abs(filepath.Join("testdata", "at-a076dde.tar.gz"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	o := &office{t: t, dir: filepath.Join(dir, "plan"), home: t.TempDir()}
	o.run(needs(t, "tar", "tar"), "-xzf", archive, "-C", dir, "--no-same-owner")
	program := tiendo(t)
	o.run(program, "status", "--unit", "chi-doan")
	says := func(want []string, args ...string) {
		t.Helper()
		out := o.run(program, args...)
		for _, text := range want {
			if !strings.Contains(out, text) {
				t.Errorf("%v: no %q in\n%s", args, text, out)
			}
		}
	}
	says([]string{"git has left conflicts in thanh-tra.toml", "`tiendo resolve --finish`"}, "resolve")
	says([]string{"the merge is finished"}, "--as", "lan", "resolve", "--finish")
	says([]string{"“ours”", "“theirs”", "--take both"}, "resolve")
	says([]string{"saved"}, "--as", "lan", "resolve", "thanh-tra", "treo-bang-ron", "--take", "theirs")
	countsOfToday(t, o.run(program, "--today", "2019-12-10", "status", "--json"))
	o.run(program, "--as", "lan", "tick", "khuyen-cong", "treo-bang-ron", "--status", "doing")
	const want = "lan@example.org khuyen-cong: Treo băng rôn, khẩu hiệu → đang thực hiện\n" +
		"lan@example.org thanh-tra: Treo băng rôn, khẩu hiệu: ghi chú\n" +
		"minh@example.org chi-doan: Treo băng rôn, khẩu hiệu: ghi chú\n" +
		"lan@example.org Hợp nhất thay đổi từ origin/main\n"
	if log := o.git("log", "--first-parent", "--max-count=4", "--format=%ae %s"); log != want {
		t.Errorf("the history is\n%s\nwant\n%s", log, want)
	}
	says([]string{"Treo ở cổng.", "ours", "m05"}, "--as", "lan", "review")
	if out := o.run(program, "--as", "lan", "review"); strings.Contains(out, "→ done, figures") {
		t.Errorf("the mark is not read:\n%s", out)
	}
	o.clean()
	draftIsThere(t, o)
}

// countsOfToday holds what the repository of an earlier version counts now. Then each of the eight units of the website
// was to do it; now the Office, which leads, answers for it, and the others support it.
func countsOfToday(t *testing.T, status string) {
	t.Helper()
	var board struct {
		Activities []struct {
			ID                                               string
			Assigned, Supporting, Todo, Doing, Done, Overdue int
		}
		Tasks map[string]int
	}
	if err := json.Unmarshal([]byte(status), &board); err != nil {
		t.Fatal(err)
	}
	want := map[string][3]int{ // answerable, supporting, done
		"tuyen-truyen-van-dong": {10, 0, 0}, "treo-bang-ron": {10, 0, 2}, "tuyen-truyen-chu-truong": {10, 0, 0},
		"danh-gia-ket-qua": {10, 0, 0}, "quan-triet-can-bo": {8, 0, 0}, "tim-hieu-truyen-thong": {8, 0, 0},
		"trang-thong-tin-dien-tu": {1, 7, 0}, "quan-triet-doan-vien": {2, 0, 0},
	}
	for _, activity := range board.Activities {
		if got := [3]int{activity.Assigned, activity.Supporting, activity.Done}; got != want[activity.ID] {
			t.Errorf("%s: %v answerable, supporting and done; want %v", activity.ID, got, want[activity.ID])
		}
		if rest := activity.Assigned - activity.Done; activity.Todo != rest || activity.Doing+activity.Overdue != 0 {
			t.Errorf("%s: %+v; want %d not started", activity.ID, activity, rest)
		}
	}
	if tasks := board.Tasks; len(board.Activities) != len(want) || tasks["total"] != 8 || tasks["doing"] != 1 ||
		tasks["todo"] != 7 {
		t.Errorf("%d activities, tasks %v", len(board.Activities), board.Tasks)
	}
}

// draftIsThere opens the form in which minh has chosen n/a and did not save.
func draftIsThere(t *testing.T, o *office) {
	t.Helper()
	drafts, _ := filepath.Glob(filepath.Join(o.dir, ".git", "tiendo", "drafts", "*", "*.json"))
	if len(drafts) != 1 {
		t.Fatalf("drafts: %v", drafts)
	}
	content, err := os.ReadFile(drafts[0])
	if err != nil {
		t.Fatal(err)
	}
	now := []byte(`{"At":"` + time.Now().UTC().Format(time.RFC3339) + `"`) // an old one is nobody's any more
	content = regexp.MustCompile(`^{"At":"[^"]*"`).ReplaceAll(content, now)
	if err := os.WriteFile(drafts[0], content, 0o600); err != nil {
		t.Fatal(err)
	}
	w := inTmux(t, o.dir, o.home, "xterm-256color", 100, 30, nil, tiendo(t)+" --as minh")
	w.shows("[3 Activities]", "› ✎  3", "typed, but not saved", "3 · Tuyên truyền")
	w.press("e")
	w.shows("Edit · ", "(•) not applicable")
}
