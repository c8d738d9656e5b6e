package doctor

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/machine"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/store"
)

// now is the clock of the tests.
var now = time.Date(2019, 12, 10, 3, 0, 0, 0, time.UTC)

// honest stands for the program: it merges two additions, and speaks the plan's words.
const honest = `case $1 in
merge-file) git merge-file --union "$3" "$2" "$4" ;;
textconv) grep -q activity.a "$2" && echo "First of the trial"; true ;;
esac`

const roster = `schema = 1

[[group]]
id   = "phong"
name = "Phòng"

[[unit]]
id          = "van-phong"
name        = "Văn phòng"
group       = "phong"
coordinator = true

[[person]]
id    = "lan"
name  = "Nguyễn Thị Lan"
role  = "coordinator"
email = "lan@example.org"
`

// template is a folder with a healthy repository and its program, made once and copied for each target.
var template string

func TestMain(m *testing.M) { os.Exit(testAll(m)) }

func testAll(m *testing.M) int {
	const memory = "/dev/shm" // the tests are not about the disk, which takes most of the time of so many small repositories
	if info, err := os.Stat(memory); err == nil && info.IsDir() {
		os.Setenv("TMPDIR", memory)
	}
	var err error
	if template, err = os.MkdirTemp("", "tiendo-doctor-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(template)
	for name, value := range map[string]string{"GIT_CONFIG_GLOBAL": os.DevNull, "GIT_CONFIG_NOSYSTEM": "1", "HOME": template} {
		os.Setenv(name, value)
	}
	return m.Run()
}

// makeTemplate makes what every target is a copy of.
var makeTemplate = sync.OnceValue(func() error {
	p := targetIn(template)
	for file, content := range map[string]string{
		filepath.Join(p.Dir, "plan.toml"): trialPlan, filepath.Join(p.Dir, "units.toml"): roster,
		filepath.Join(p.Dir, "progress", "van-phong.toml"): trialBase + trialA, p.Program: "#!/bin/sh\n" + honest,
	} {
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, []byte(content), 0o600)); err != nil {
			return err
		}
	}
	first := review.Commit{AuthorName: "Lan", AuthorEmail: "lan@example.org", Message: "first\n", Recorded: now.Add(-time.Hour)}
	if err := errors.Join(os.Chmod(p.Program, 0o700), history.Init(context.Background(), filepath.Dir(p.Dir), first)); err != nil {
		return err
	}
	repository, err := history.Open(context.Background(), p.Dir)
	if err != nil {
		return err
	}
	return repository.Register(context.Background(), history.Drivers{Program: p.Program, Data: p.Dir})
})

// targetIn is one whose files lie below a folder, and who is not opened yet.
func targetIn(dir string) *Target {
	return &Target{
		Dir: filepath.Join(dir, "plan", "data"), Program: filepath.Join(dir, "bin", "it's tiendo"), Name: "Nguyễn Thị Lan", Email: "LAN@example.org",
		Now: func() time.Time { return now },
		Env: func(name string) (string, bool) {
			value, given := map[string]string{"TERM": "xterm-256color", "LANG": "vi_VN.UTF-8"}[name]
			return value, given
		},
		Access:     func(string, bool) error { return nil },
		FileSystem: func(string) string { return "ext4" },
		Free:       func(string) (uint64, bool) { return 1 << 30, true },
		Running:    func([]string) ([]machine.Process, bool) { return nil, true },
	}
}

// healthy is a target with nothing wrong.
func healthy(t *testing.T) *Target {
	t.Helper()
	if err := makeTemplate(); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	p := targetIn(dir)
	if err := os.CopyFS(dir, os.DirFS(template)); err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(dir, "plan", ".git", "config") // it names the program
	content, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	write(t, config, strings.ReplaceAll(string(content), template, dir))
	open(t, p)
	return p
}

func open(t *testing.T, p *Target) {
	t.Helper()
	repository, err := history.Open(t.Context(), p.Dir)
	if err != nil {
		t.Fatal(err)
	}
	p.Repository = repository
	p.Store, err = store.Open(p.Dir, store.Options{Repository: repository, Shown: "data", Now: p.Now})
	if err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func git(t *testing.T, p *Target, args ...string) {
	t.Helper()
	command := exec.Command("git", append([]string{"-c", "user.name=x", "-c", "user.email=x@example.org"}, args...)...)
	command.Dir, command.Env = filepath.Dir(p.Dir), append(os.Environ(), "GIT_COMMITTER_DATE="+now.Format(time.RFC3339))
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// said writes findings as lines `check state: what | do`, those that are well left out.
func said(findings []Finding) string {
	var lines []string
	for _, finding := range findings {
		if finding.State == Well {
			continue
		}
		line := finding.Check + " " + string(finding.State) + ": " + finding.What.String()
		if !finding.Do.IsZero() {
			line += " | " + finding.Do.String()
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestNothingIsWrong(t *testing.T) {
	p := healthy(t)
	findings := p.Examine(t.Context())
	if wrong := said(findings); wrong != "" {
		t.Errorf("found\n%s", wrong)
	}
	if mended := said(p.Fix(t.Context())); mended != "" {
		t.Errorf("mended\n%s", mended)
	}
	for _, check := range []string{"git", "repository", "locks", "leftovers", "edits", "drivers", "trial", "permissions", "filesystem", "space", "identity", "data", "terminal"} {
		if !slices.ContainsFunc(findings, func(f Finding) bool { return f.Check == check }) {
			t.Errorf("%s was not looked at", check)
		}
	}
}

// Each fault is found; what is safe is mended, and found no more. What is not safe stays as it is.
func TestFaults(t *testing.T) {
	lock := func(name string, age time.Duration) func(*testing.T, *Target) {
		return func(t *testing.T, p *Target) {
			file := filepath.Join(filepath.Dir(p.Dir), ".git", name)
			write(t, file, "")
			if err := os.Chtimes(file, now.Add(-age), now.Add(-age)); err != nil {
				t.Fatal(err)
			}
		}
	}
	both := func(faults ...func(*testing.T, *Target)) func(*testing.T, *Target) {
		return func(t *testing.T, p *Target) {
			for _, fault := range faults {
				fault(t, p)
			}
		}
	}
	waits := func(t *testing.T, p *Target) { // as after a change while git is on no branch
		git(t, p, "checkout", "-q", "--detach")
		campaign, err := p.Store.Load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		subject := model.Subject{Kind: model.SubjectActivity, ID: "b"}
		change := model.Change{
			Person: *campaign.Roster.Person("lan"), Unit: "van-phong", Subject: subject,
			Seen: model.Entry{Status: model.Todo}, New: model.Entry{Status: model.Done},
		}
		if _, err := p.Store.Apply(t.Context(), change); err != nil {
			t.Fatal(err)
		}
	}
	tests := map[string]struct {
		fault func(t *testing.T, p *Target)
		found []string // the beginning of each finding
		after []string // the same after mending
	}{
		"an old lock": {
			lock("index.lock", 11*time.Minute),
			[]string{"locks wrong: git's lock index.lock has lain there for 11 minutes, and no git program is running here | `tiendo doctor --fix`"},
			[]string{"locks mended: removed git's lock index.lock, which was 11 minutes old"},
		},
		"old locks of refs": {
			both(lock("refs/heads/main.lock", 3*24*time.Hour), lock("HEAD.lock", 3*time.Hour)),
			[]string{"locks wrong: git's lock HEAD.lock has lain there for 3 hours", "locks wrong: git's lock refs/heads/main.lock has lain there for 3 days"},
			[]string{"locks mended: removed git's lock HEAD.lock", "locks mended: removed git's lock refs/heads/main.lock"},
		},
		"a young lock": {
			lock("index.lock", 9*time.Minute),
			[]string{"locks wrong: git's lock index.lock has lain there for 9 minutes | no git program is running here, but the lock is young: wait 10 minutes"},
			[]string{"locks wrong: git's lock index.lock has lain there for 9 minutes | no git"},
		},
		"a lock while git is at work": {
			both(lock("index.lock", time.Hour), func(_ *testing.T, p *Target) {
				p.Running = func([]string) ([]machine.Process, bool) { return []machine.Process{{ID: 42, Name: "git"}}, true }
			}),
			[]string{"locks wrong: git's lock index.lock has lain there for 60 minutes; it may belong to git (42) | wait until"},
			[]string{"locks wrong: git's lock index.lock has lain there for 60 minutes; it may belong to git (42) | wait until"},
		},
		"a lock where nobody can tell": {
			both(lock("index.lock", time.Hour), func(_ *testing.T, p *Target) {
				p.Running = func([]string) ([]machine.Process, bool) { return nil, false }
			}),
			[]string{"locks wrong: git's lock index.lock has lain there for 60 minutes | if no git program is running here"},
			[]string{"locks wrong: git's lock index.lock has lain there for 60 minutes | if no git program is running here"},
		},
		"a full disk": {
			func(_ *testing.T, p *Target) { p.Free = func(string) (uint64, bool) { return 300 << 10, true } },
			[]string{"space wrong: the disk is full or nearly so: 300 KB are free at data | free some space there"},
			[]string{"space wrong: the disk is full or nearly so: 300 KB are free at data"},
		},
		"a full disk of the git directory": {
			func(_ *testing.T, p *Target) {
				p.Free = func(path string) (uint64, bool) {
					return map[bool]uint64{false: 1 << 30}[filepath.Base(path) == ".git"], true
				}
			},
			[]string{"space wrong: the disk is full or nearly so: 0 KB are free at "},
			[]string{"space wrong: the disk is full or nearly so: 0 KB are free at "},
		},
		"edits by hand": {
			func(t *testing.T, p *Target) {
				write(t, filepath.Join(p.Dir, "progress/van-phong.toml"), trialBase+trialA+"# by hand\n")
				write(t, filepath.Join(p.Dir, "../README.md"), "no data\n")
			},
			[]string{"edits note: edited by hand, and in no commit yet: data/progress/van-phong.toml | look at it with `tiendo diff`"},
			[]string{"edits note: edited by hand, and in no commit yet: data/progress/van-phong.toml"},
		},
		"temporary files": {
			func(t *testing.T, p *Target) { write(t, filepath.Join(p.Dir, ".tiendo-1.tmp"), "half") },
			[]string{"leftovers wrong: 1 temporary files"},
			[]string{"leftovers mended: removed 1 temporary files"},
		},
		"a commit that waits": {
			both(waits, func(t *testing.T, p *Target) { git(t, p, "checkout", "-q", "main") }),
			[]string{"leftovers wrong: changes are saved whose commits are still to come: data/progress/van-phong.toml | `tiendo doctor --fix`"},
			// git dates that commit by the machine's clock, and not by that of the test
			[]string{"leftovers mended: made the commits of changes that were saved: data/progress/van-phong.toml", "clock wrong: this machine's clock shows 10/12/2019"},
		},
		"a commit that cannot be made yet": {
			waits,
			[]string{
				"repository wrong: no commit can be made now: git is on no branch (detached HEAD) | go back to a branch: git switch main",
				"leftovers wrong: changes are saved whose commits are still to come: data/progress/van-phong.toml | they are made as soon as",
			},
			[]string{"repository wrong: no commit can be made now", "leftovers wrong: changes are saved"},
		},
		"a note that cannot be read": {
			func(t *testing.T, p *Target) {
				write(t, filepath.Join(p.Repository.Dir(), "notes/000000001.json"), "{")
			},
			[]string{"leftovers wrong: notes of commits to come cannot be read: 000000001.json | the data are in the files all the same"},
			[]string{"leftovers wrong: notes of commits to come cannot be read: 000000001.json"},
		},
		"a merge that is open": {
			func(t *testing.T, p *Target) {
				git(t, p, "checkout", "-q", "-b", "side")
				write(t, filepath.Join(p.Dir, "../x.txt"), "side\n")
				git(t, p, "add", "-A")
				git(t, p, "commit", "-qm", "side")
				git(t, p, "checkout", "-q", "main")
				write(t, filepath.Join(p.Dir, "../x.txt"), "main\n")
				git(t, p, "add", "-A")
				git(t, p, "commit", "-qm", "main")
				command := exec.Command("git", "-c", "user.name=x", "-c", "user.email=x@example.org", "merge", "-q", "side")
				command.Dir = p.Dir
				if command.Run() == nil {
					t.Fatal("no conflict")
				}
			},
			[]string{"repository wrong: conflicts are open: x.txt | settle them", "repository wrong: no commit can be made now: a merge is in progress"},
			[]string{"repository wrong: conflicts are open: x.txt | settle them", "repository wrong: no commit can be made now: a merge is in progress"},
		},
		"drivers that git is not told of": {
			func(t *testing.T, p *Target) { git(t, p, "config", "--unset", "merge.tiendo.driver") },
			[]string{"drivers wrong: git is not told"},
			[]string{"drivers mended: told git of "},
		},
		"attributes that are missing": {
			func(t *testing.T, p *Target) {
				if err := os.Remove(filepath.Join(p.Dir, "../.git/info/attributes")); err != nil {
					t.Fatal(err)
				}
			},
			[]string{"drivers wrong: git is not told"},
			[]string{"drivers mended: told git of "},
		},
		"another program that git was told of": {
			func(t *testing.T, p *Target) {
				if err := p.Repository.Register(t.Context(), history.Drivers{Program: "/old/tiendo", Data: p.Dir}); err != nil {
					t.Fatal(err)
				}
			},
			[]string{"drivers wrong: git is not told"},
			[]string{"drivers mended: told git of "},
		},
		"a program for one run only": {
			func(_ *testing.T, p *Target) {
				p.NoProgram = phrase.Refuse(phrase.Say("built"), phrase.Say("build it"))
			},
			[]string{"drivers note: built | build it"},
			[]string{"drivers note: built | build it"},
		},
		"a program that fails": {
			func(t *testing.T, p *Target) { write(t, p.Program, "#!/bin/sh\necho old >&2; exit 2") },
			[]string{"trial wrong: a trial merge of two ticks went wrong: old", "trial wrong: git diff does not show"},
			[]string{"trial wrong: a trial merge of two ticks went wrong: old", "trial wrong: git diff does not show"},
		},
		"a program that loses a side and says nothing": {
			func(t *testing.T, p *Target) {
				write(t, p.Program, "#!/bin/sh\n"+strings.Replace(honest, `git merge-file --union "$3" "$2" "$4"`, "true", 1))
			},
			[]string{"trial wrong: a trial merge of two ticks went wrong: nothing was said"},
			[]string{"trial wrong: a trial merge of two ticks went wrong: nothing was said"},
		},
		"files that may not be written": {
			func(_ *testing.T, p *Target) {
				p.Access = func(path string, write bool) error {
					if write && filepath.Base(path) != "units.toml" {
						return fs.ErrPermission
					}
					return nil
				}
			},
			[]string{"permissions wrong: you may not write to data, data/progress, "},
			[]string{"permissions wrong: you may not write to data, data/progress, "},
		},
		"objects that may not be written": {
			func(_ *testing.T, p *Target) {
				p.Access = func(path string, write bool) error {
					if write && filepath.Base(filepath.Dir(path)) == "objects" {
						return fs.ErrPermission
					}
					return nil
				}
			},
			[]string{"permissions wrong: you may not write to "},
			[]string{"permissions wrong: you may not write to "},
		},
		"a file that may not be read": {
			func(_ *testing.T, p *Target) {
				p.Access = func(path string, _ bool) error {
					if filepath.Base(path) == "units.toml" {
						return fs.ErrPermission
					}
					return nil
				}
			},
			[]string{"permissions wrong: you may not read data/units.toml | "},
			[]string{"permissions wrong: you may not read data/units.toml | "},
		},
		"a share": {
			func(_ *testing.T, p *Target) { p.FileSystem = func(string) string { return "nfs" } },
			[]string{"filesystem note: the data are on a file system of the network or of a program (nfs)"},
			[]string{"filesystem note: "},
		},
		"a container": {
			func(_ *testing.T, p *Target) { p.FileSystem = func(string) string { return "overlay" } },
			[]string{"filesystem note: the data are in the layer of a container (overlay)"},
			[]string{"filesystem note: "},
		},
		"a host key that others can read": {
			func(t *testing.T, p *Target) {
				p.HostKey = filepath.Join(t.TempDir(), "host_key")
				write(t, p.HostKey, "")
				if err := os.Chmod(p.HostKey, 0o640); err != nil {
					t.Fatal(err)
				}
			},
			[]string{"hostkey wrong: others can read the host key "},
			[]string{"hostkey wrong: others can read the host key "},
		},
		"no name": {
			func(_ *testing.T, p *Target) { p.Name = "" },
			[]string{"identity note: git does not know your name"},
			[]string{"identity note: git does not know your name"},
		},
		"somebody else": {
			func(_ *testing.T, p *Target) { p.Email = "hoa@example.org" },
			[]string{"identity note: git knows you as Nguyễn Thị Lan <hoa@example.org>, who is not on the roster"},
			[]string{"identity note: "},
		},
		"an error in the data": {
			func(t *testing.T, p *Target) {
				write(t, filepath.Join(p.Dir, "progress/van-phong.toml"), "[activity.a]\nstatus = \"dne\"\n")
			},
			[]string{"edits note: ", "data wrong: problems in the data files: 1 errors, 0 warnings | `tiendo check`", `data wrong: data/progress/van-phong.toml:2:10: status is "dne"`},
			[]string{"edits note: ", "data wrong: ", "data wrong: "},
		},
		"a warning in the data": {
			func(t *testing.T, p *Target) { write(t, filepath.Join(p.Dir, "progress/van-phong.toml"), "mau = 1\n") },
			[]string{"edits note: ", "data note: problems in the data files: 0 errors, 1 warnings", "data note: data/progress/van-phong.toml:1:1: unknown key"},
			[]string{"edits note: ", "data note: ", "data note: "},
		},
		"no plan": {
			func(t *testing.T, p *Target) { write(t, filepath.Join(p.Dir, "plan.toml"), "[plan") },
			[]string{"edits note: ", "data wrong: problems in the data files: 1 errors", "data wrong: data/plan.toml:1:"},
			[]string{"edits note: ", "data wrong: ", "data wrong: "},
		},
		"a poor terminal": {
			func(_ *testing.T, p *Target) {
				p.Env = func(name string) (string, bool) {
					return map[string]string{"LC_ALL": "C", "LANG": "vi_VN.UTF-8"}[name], true
				}
			},
			[]string{"terminal note: this terminal can show text only", `terminal note: the language settings are not in UTF-8 ("C")`},
			[]string{"terminal note: ", "terminal note: "},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := healthy(t)
			test.fault(t, p)
			begin(t, "found", said(p.Examine(t.Context())), test.found)
			begin(t, "mended", said(p.Fix(t.Context())), test.after)
			var left []string
			for _, line := range test.after {
				if !strings.Contains(line, " mended: ") {
					left = append(left, line)
				}
			}
			if len(left) < len(test.after) {
				begin(t, "left", said(p.Examine(t.Context())), left)
			}
		})
	}
}

// begin wants lines that begin so.
func begin(t *testing.T, what, got string, want []string) {
	t.Helper()
	var lines []string
	if got != "" {
		lines = strings.Split(got, "\n")
	}
	if len(lines) != len(want) {
		t.Fatalf("%s\n%s\nwant %d lines", what, got, len(want))
	}
	for i := range want {
		if !strings.HasPrefix(lines[i], want[i]) {
			t.Errorf("%s\n%s\nwant\n%s", what, lines[i], want[i])
		}
	}
}

func TestWithoutRepository(t *testing.T) {
	p := healthy(t)
	if err := os.RemoveAll(filepath.Join(p.Dir, "../.git")); err != nil {
		t.Fatal(err)
	}
	var err error
	if p.Store, err = store.Open(p.Dir, store.Options{Shown: "data", Now: p.Now}); err != nil {
		t.Fatal(err)
	}
	p.Repository = nil
	begin(t, "found", said(p.Examine(t.Context())), []string{"repository note: the data are not in a git repository"})
	write(t, filepath.Join(p.Dir, "progress/.tiendo-1.tmp"), "half")
	begin(t, "mended", said(p.Fix(t.Context())), []string{"repository note: ", "leftovers mended: removed 1"})
}

// A repository that git cannot read is no missing one: nobody is told to begin another beside it.
func TestDamagedRepository(t *testing.T) {
	p := healthy(t)
	if err := os.Remove(filepath.Join(p.Dir, "../.git/HEAD")); err != nil {
		t.Fatal(err)
	}
	p.Repository, p.Without = history.Open(t.Context(), p.Dir)
	var err error
	if p.Store, err = store.Open(p.Dir, store.Options{Shown: "data", Now: p.Now}); err != nil {
		t.Fatal(err)
	}
	found := said(p.Examine(t.Context()))
	if !strings.HasPrefix(found, "repository wrong: the repository is damaged: ") || strings.Contains(found, "git init") {
		t.Errorf("found\n%s", found)
	}
}

// What git's index holds otherwise than the last commit and the files is named, and mended.
func TestIndex(t *testing.T) {
	p := healthy(t)
	record := filepath.Join(p.Dir, "progress", "van-phong.toml")
	content, err := os.ReadFile(record)
	if err != nil {
		t.Fatal(err)
	}
	write(t, record, "# older\n")
	git(t, p, "add", record)
	write(t, record, string(content))
	begin(t, "found", said(p.Examine(t.Context())), []string{"edits wrong: git's index holds older versions, which your next git commit would bring back: data/progress/van-phong.toml"})
	begin(t, "mended", said(p.Fix(t.Context())), []string{"edits mended: put into git's index what the last commit holds: data/progress/van-phong.toml"})
	begin(t, "found", said(p.Examine(t.Context())), nil)
	git(t, p, "update-index", "--skip-worktree", record)
	begin(t, "found", said(p.Examine(t.Context())), []string{"edits wrong: git is told not to look at data files (skip-worktree): data/progress/van-phong.toml"})
}

// What git is too old for.
func TestVersionOfGit(t *testing.T) {
	p := healthy(t)
	tests := map[string]struct {
		says, want string
	}{
		"new":           {"echo git version 2.54.1", ""},
		"as on a Mac":   {"echo 'git version 2.39.5 (Apple Git-154)'", ""},
		"next":          {"echo git version 3.0.0", ""},
		"no sync":       {"echo git version 2.37.9", "git note: git 2.37.9 is too old for `tiendo sync`"},
		"no fsync":      {"echo git version 2.35.8", "git note: git 2.35.8 does not put commits on the disk at once"},
		"no log":        {"echo git version 2.30.2", "git wrong: git 2.30.2 is too old: the log"},
		"no init":       {"echo git version 2.25.1", "git wrong: git 2.25.1 is too old: neither"},
		"not a version": {"echo hello", "git wrong: git hello is too old"},
		"none":          {"exit 127", "git wrong: git is missing"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			bin := t.TempDir()
			write(t, filepath.Join(bin, "git"), "#!/bin/sh\n"+test.says)
			if err := os.Chmod(filepath.Join(bin, "git"), 0o700); err != nil {
				t.Fatal(err)
			}
			t.Setenv("PATH", bin)
			got := said(p.git(t.Context()))
			if !strings.HasPrefix(got, test.want) || (got == "") != (test.want == "") {
				t.Errorf("found %q, want %q", got, test.want)
			}
		})
	}
}

// A mend that fails is said, and what was to be mended is still named.
func TestMendThatFails(t *testing.T) {
	p := healthy(t)
	file := filepath.Join(p.Dir, "../.git/index.lock")
	write(t, file, "")
	old := now.Add(-time.Hour)
	if err := os.Chtimes(file, old, old); err != nil {
		t.Fatal(err)
	}
	asked := 0
	p.Running = func([]string) ([]machine.Process, bool) {
		if asked++; asked == 2 {
			return []machine.Process{{ID: 7, Name: "git"}}, true // it has started meanwhile
		}
		return nil, true
	}
	begin(t, "mended", said(p.Fix(t.Context())), []string{"locks wrong: this could not be fixed: a git program has just started here", "locks wrong: git's lock index.lock"})
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		t.Error("the lock is gone")
	}
}
