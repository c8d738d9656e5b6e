package workspace

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// inGit is the plan as issued in a repository of its own, opened to be changed, and what runs git there.
func inGit(t *testing.T) (w *Workspace, git func(args ...string) string) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is missing: apt install git")
	}
	dir := t.TempDir()
	for name, value := range map[string]string{"HOME": dir, "XDG_CACHE_HOME": dir, "GIT_CONFIG_GLOBAL": "/dev/null",
		"GIT_CONFIG_NOSYSTEM": "1"} {
		t.Setenv(name, value)
	}
	data := filepath.Join(dir, "plan", "data")
	if err := os.CopyFS(data, os.DirFS(filepath.Join("..", "..", "data"))); err != nil {
		t.Fatal(err)
	}
	git = func(args ...string) string {
		t.Helper()
		command := exec.Command("git", append([]string{"-C", data, "-c", "user.name=Lan", "-c", "user.email=lan@example.org"},
			args...)...)
		out, err := command.CombinedOutput()
		if err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
		return string(out)
	}
	git("init", "--quiet", "--initial-branch=main")
	git("add", ".")
	git("commit", "--quiet", "--message=begin")
	w, err := Open(t.Context(), Request{Dir: data, Shown: "data", Now: time.Now, Write: true})
	if err == nil {
		err = w.Load(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	return w, git
}

// replaceIn replaces words in a data file.
func replaceIn(t *testing.T, w *Workspace, name, old, now string) {
	t.Helper()
	path := filepath.Join(w.Dir, name)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(content), old) {
		t.Fatalf("%s does not hold %q", name, old)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(content), old, now, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
}

// What was edited by hand is looked at first; what is saved is what was looked at, and nothing that came since.
func TestHandEditsAreSavedAsLookedAt(t *testing.T) {
	w, git := inGit(t)
	lan := model.Person{Name: "Lan", Email: "lan@example.org", Role: model.Coordinator}
	edits := w.HandEdits()
	if looked, err := edits.Look(t.Context(), lan); err != nil || len(looked.Files)+len(looked.Left) > 0 {
		t.Fatalf("nothing was edited, and yet %v, %v", looked, err)
	}
	replaceIn(t, w, "plan.toml", "ends     = 2019-12-15", "ends     = 2019-12-20")
	looked, err := edits.Look(t.Context(), lan)
	if err != nil || len(looked.Files) != 1 || len(looked.Differences) != 1 || looked.Differences[0].To != "20/12/2019" {
		t.Fatalf("%v, %v", looked, err)
	}
	if head := git("rev-list", "--count", "HEAD"); head != "1\n" {
		t.Fatalf("looking has made a commit: %s", head)
	}
	replaceIn(t, w, "plan.toml", "ends     = 2019-12-20", "ends     = 2019-12-21")
	if saved, err := edits.Save(t.Context(), lan, looked); err == nil || !strings.Contains(err.Error(), "was changed meanwhile") ||
		saved.Hash != "" {
		t.Errorf("what nobody has looked at is saved: %v, %v", saved.Hash, err)
	}
	if looked, err = edits.Look(t.Context(), lan); err != nil {
		t.Fatal(err)
	}
	saved, err := edits.Save(t.Context(), lan, looked)
	if err != nil || saved.Hash == "" {
		t.Fatalf("%v, %v", saved, err)
	}
	if said := git("log", "-1", "--format=%an|%s"); !strings.HasPrefix(said, "Lan|Kế hoạch: ") ||
		!strings.Contains(said, "15/12/2019 → 21/12/2019") {
		t.Errorf("the commit says %q", said)
	}
	if left := git("status", "--porcelain"); left != "" {
		t.Errorf("left over: %s", left)
	}
}

// A file with a new error is left as it is, and named with its place; the others are saved. Who may not change the plan
// does not save it.
func TestBrokenHandEditsAreLeft(t *testing.T) {
	w, git := inGit(t)
	lan := model.Person{Name: "Lan", Email: "lan@example.org", Role: model.Coordinator}
	replaceIn(t, w, "plan.toml", `"nang-cao-nhan-thuc", "phuong-phap"`, `"nang-cao", "phuong-phap"`)
	replaceIn(t, w, "units.toml", `short       = "Văn phòng Sở"`, `short       = "VP Sở"`)
	looked, err := w.HandEdits().Look(t.Context(), lan)
	if err != nil || len(looked.Left) != 1 || looked.Left[0].Line == 0 || looked.Left[0].File != "data/plan.toml" ||
		len(looked.Files) != 1 || looked.Files[0] != "units.toml" {
		t.Fatalf("%v, %v", looked, err)
	}
	hoa := model.Person{Name: "Hoa", Email: "hoa@example.org", Role: model.Staff, Unit: "thanh-tra"}
	if looked, err := w.HandEdits().Look(t.Context(), hoa); err != nil || len(looked.Files) > 0 || len(looked.Left) != 2 ||
		looked.Left[1].Place() != "data/units.toml:24:1" {
		t.Errorf("staff may save the roster: %v, %v", looked, err)
	}
	if saved, err := w.HandEdits().Save(t.Context(), lan, looked); err != nil || len(saved.Left) != 1 {
		t.Fatalf("%v, %v", saved, err)
	}
	if left := git("status", "--porcelain"); left != " M plan.toml\n" {
		t.Errorf("left over: %q", left)
	}
	replaceIn(t, w, "plan.toml", "[[goal]]", "[[goal")
	_, err = w.HandEdits().Look(t.Context(), lan)
	if problem, is := errors.AsType[phrase.Problem](err); !is || problem.Line == 0 {
		t.Errorf("a plan that cannot be read: %v", err)
	}
}

// What staff have done by hand is saved from tab 5 as far as a server would take it from them; the rest is left, with
// its place, and what it stands for is not committed by a change beside it either.
func TestHandEditsOfStaffAreJudged(t *testing.T) {
	w, git := inGit(t)
	for _, id := range []string{"lan", "hoa"} {
		role := map[string]string{"lan": "coordinator", "hoa": "staff\"\nunit = \"thanh-tra"}[id]
		appendTo(t, w, "units.toml", "\n[[person]]\nid = \""+id+"\"\nname = \""+id+"\"\nrole = \""+role+
			"\"\nemail = \""+id+"@example.org\"\n")
	}
	git("commit", "--quiet", "--all", "--message=people")
	if err := w.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	hoa, err := w.Person("hoa", "")
	if err != nil {
		t.Fatal(err)
	}
	replaceIn(t, w, "progress/thanh-tra.toml", `status   = "todo"`, `status   = "doing"`)
	replaceIn(t, w, "progress/chi-doan.toml", `status   = "todo"`, `status   = "doing"`)
	looked, err := w.HandEdits().Look(t.Context(), hoa)
	if err != nil || len(looked.Files) != 1 || len(looked.Left) != 1 ||
		looked.Left[0].File != "data/progress/chi-doan.toml" || looked.Left[0].Line == 0 {
		t.Fatalf("%v, %v", looked, err)
	}
	if saved, err := w.HandEdits().Save(t.Context(), hoa, looked); err != nil || saved.Hash == "" || len(saved.Left) != 1 {
		t.Fatalf("%v, %v", saved, err)
	}
	appendTo(t, w, "progress/thanh-tra.toml", "status = \"accepted\"\n")
	looked, err = w.HandEdits().Look(t.Context(), hoa)
	if err != nil || len(looked.Files) > 0 || len(looked.Left) != 2 {
		t.Fatalf("%v, %v", looked, err)
	}
	// Roles that somebody gives themselves by hand are not theirs yet.
	replaceIn(t, w, "units.toml", `role = "staff"`, `role = "coordinator"`)
	if err := w.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	if hoa, err = w.Person("hoa", ""); err != nil || hoa.Role != model.Coordinator {
		t.Fatal(hoa, err)
	}
	saved, err := w.SaveByHand(t.Context(), hoa, "", w.Dir, nil)
	if err != nil || saved.Hash != "" || len(saved.Left) != 3 {
		t.Errorf("%v, %v", saved, err)
	}
}

// appendTo puts words at the end of a data file.
func appendTo(t *testing.T, w *Workspace, name, words string) {
	t.Helper()
	file, err := os.OpenFile(filepath.Join(w.Dir, name), os.O_APPEND|os.O_WRONLY, 0)
	if err == nil {
		_, err = file.WriteString(words)
		err = errors.Join(err, file.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
}
