//go:build linux && amd64

package endtoend

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
	"time"
)

var (
	faultsEvery   = flag.Int("faults.every", 307, "inject at every nth counted call of tick, accept and resolve; 1 is each")
	faultsCall    = flag.Int("faults.call", 0, "inject at that call only, as a finding names it")
	faultsCoarse  = flag.Int("faults.coarse", 7, "of the other commands, that many times fewer")
	faultsOnly    = flag.String("faults.only", "", "only the commands whose name fits this expression")
	faultsWriters = flag.String("faults.parallel", "4x5", "processes x ticks of each, at once")
	faultsKilled  = flag.String("faults.killed", "4x5", "processes x ticks of each, at once, with kill -9")
)

// A trial is one line of the table: what was tried, and what came of it.
type trial struct {
	tries, lost, half, wrong, hung, panicked, untidy int
}

// The kinds of findings, which are the columns of the table.
const (
	lost     = "lost"
	half     = "half-written"
	wrong    = "wrong answer"
	hung     = "hung"
	panicked = "panicked"
	untidy   = "left over" // the next change did not put it in order
)

// ledger keeps the table of a run.
type ledger struct {
	t      testing.TB
	mutex  sync.Mutex
	order  []string
	trials map[string]*trial
}

// line gives a line of the table, and makes it.
func (l *ledger) line(name string) *trial {
	if l.trials[name] == nil {
		l.trials[name] = &trial{}
		l.order = append(l.order, name)
	}
	return l.trials[name]
}

// tried counts one try with its findings, each of which fails the test.
func (l *ledger) tried(name, place string, findings []finding) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	line := l.line(name)
	line.tries++
	for _, found := range findings {
		switch found.kind {
		case lost:
			line.lost++
		case half:
			line.half++
		case hung:
			line.hung++
		case panicked:
			line.panicked++
		case untidy:
			line.untidy++
		default:
			line.wrong++
		}
		l.t.Errorf("%s, %s: %s: %s", name, place, found.kind, found.what)
	}
}

func (l *ledger) print() {
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, strings.Join([]string{"", "tries", lost, half, wrong, hung, panicked, untidy, ""}, "\t"))
	for _, name := range l.order {
		line := l.trials[name]
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t\n", name, line.tries, line.lost, line.half, line.wrong, line.hung, line.panicked, line.untidy)
	}
	_ = w.Flush()
	l.t.Log("\n" + table.String())
}

type finding struct{ kind, what string }

// TestFaults tries what a disk, a system and other people do to the program, and prints a table of what came of it.
func TestFaults(t *testing.T) {
	needs(t, "git", "git")
	l := &ledger{t: t, trials: map[string]*trial{}}
	defer l.print()
	base := newStage(t)
	injections(t, l, base)
	for i, count := range []string{*faultsWriters, *faultsKilled} {
		name := []string{"ticks at once", "ticks at once, kill -9"}[i]
		var writers, ticks int
		if _, err := fmt.Sscanf(count, "%dx%d", &writers, &ticks); err != nil {
			t.Fatalf("%q: want processes x ticks, such as 16x50", count)
		}
		ticksAtOnce(l, base.copy(t.TempDir()), name, writers, ticks, i == 1)
	}
	gitStates(t, l, base)
	pushes(t, l, base)
	fuzz(t, l)
}

// stage is a folder with a plan in "plan", its home, and what lies beside the plan.
type stage struct{ dir, home string }

func (s stage) plan() string { return filepath.Join(s.dir, "plan") }

// newStage makes a plan with the people of the tests.
func newStage(t testing.TB) stage {
	t.Helper()
	s := stage{t.TempDir(), t.TempDir()}
	s.must(t, s.dir, tiendo(t), "init", s.plan())
	for _, setting := range []string{"user.name Owner", "user.email owner@example.org", "gc.auto 0", "maintenance.auto false"} {
		key, value, _ := strings.Cut(setting, " ")
		s.must(t, s.plan(), "git", "config", key, value)
	}
	for _, person := range []string{"lan coordinator van-phong", "hoa staff thanh-tra", "minh staff chi-doan", "nam staff cong-doan"} {
		of := strings.Fields(person)
		s.tiendo(t, "person", "add", of[0], "--name", "Nguyễn Thị "+of[0], "--role", of[1], "--unit", of[2], "--email", of[0]+"@example.org")
	}
	s.tiendo(t, "--as", "hoa", "tick", "thanh-tra", "treo-bang-ron", "--status", "doing")
	return s
}

// copy copies a stage; the home is shared.
func (s stage) copy(dir string) stage {
	if out, err := exec.Command("cp", "-a", s.dir+"/.", dir).CombinedOutput(); err != nil {
		panic(fmt.Sprintf("%v: %s", err, out))
	}
	return stage{dir, s.home}
}

// try runs a program; err is that of its end, and a deadline that passed.
func (s stage) try(dir, program string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*limit)
	defer cancel()
	command := exec.CommandContext(ctx, program, args...)
	command.Dir, command.Env, command.WaitDelay = dir, environment(s.home), time.Second
	out, err := command.CombinedOutput()
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return string(out), err
}

func (s stage) must(t testing.TB, dir, program string, args ...string) string {
	t.Helper()
	out, err := s.try(dir, program, args...)
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", filepath.Base(program), strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(out)
}

func (s stage) tiendo(t testing.TB, args ...string) string {
	t.Helper()
	return s.must(t, s.plan(), tiendo(t), args...)
}

// git gives what git says, and nothing when it fails.
func (s stage) git(args ...string) string {
	out, err := s.try(s.plan(), "git", args...)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(out)
}

// A deed is a command that is made to fail.
type deed struct {
	name      string
	main      bool // injected at every call, the others coarser
	args      []string
	input     string
	author    string // of its commits; "" makes none
	before    func(t testing.TB, s stage)
	editor    string
	outside   bool // runs beside the plan
	fresh     bool // makes a new folder, which may be half there as long as nobody was told that it is made
	takesBack bool // when one of its changes fails, those before it are undone by changes of their own
	later     bool // what it has begun the next start finishes
}

var deeds = []deed{
	{name: "tick", main: true, author: "hoa", args: []string{"--as", "hoa", "tick", "thanh-tra", "treo-bang-ron", "--status", "done", "--note", "Đã treo"}},
	{name: "first tick", main: true, author: "hoa", args: []string{"--as", "hoa", "tick", "thanh-tra", "treo-bang-ron", "--status", "done"}, before: func(t testing.TB, s stage) {
		s.must(t, s.plan(), "git", "rm", "--quiet", "data/progress/thanh-tra.toml")
		s.must(t, s.plan(), "git", "commit", "--quiet", "--message=gone")
	}},
	{name: "accept --all", main: true, author: "lan", args: []string{"--as", "lan", "accept", "--all", "--yes"}, before: func(t testing.TB, s stage) {
		for _, who := range []string{"hoa thanh-tra", "minh chi-doan", "nam cong-doan"} {
			person, unit, _ := strings.Cut(who, " ")
			s.tiendo(t, "--as", person, "submit", unit, "--nil", "--reason", "không có")
		}
	}},
	{name: "resolve", main: true, author: "lan", args: []string{"--as", "lan", "resolve", "thanh-tra", "treo-bang-ron", "--take", "theirs"}, before: dispute},
	{name: "sync, sent", later: true, args: []string{"--as", "lan", "sync"}, before: func(t testing.TB, s stage) {
		s.elsewhere(t, "treo-bang-ron")
		s.tiendo(t, "--as", "lan", "sync")
		s.tiendo(t, "--as", "hoa", "report", "thanh-tra", "--results", "ours")
	}},
	{name: "sync, received", later: true, args: []string{"--as", "lan", "sync"}, before: func(t testing.TB, s stage) {
		s.elsewhere(t, "treo-bang-ron")
	}},
	{name: "sync, both", later: true, args: []string{"--as", "lan", "sync"}, before: func(t testing.TB, s stage) {
		s.elsewhere(t, "treo-bang-ron")
		s.tiendo(t, "--as", "hoa", "report", "thanh-tra", "--results", "ours")
	}},
	{name: "sync, disputed", later: true, args: []string{"--as", "lan", "sync"}, before: func(t testing.TB, s stage) {
		s.elsewhere(t, "treo-bang-ron")
		s.tiendo(t, "--as", "hoa", "tick", "thanh-tra", "treo-bang-ron", "--status", "doing", "--note", "ours")
	}},
	{name: "report", author: "hoa", args: []string{"--as", "hoa", "report", "thanh-tra", "--results", "-"}, input: "Kết quả một\nhai\n"},
	{name: "submit", author: "hoa", args: []string{"--as", "hoa", "submit", "thanh-tra", "--nil", "--reason", "Không có"}},
	{name: "person add", author: "lan", args: []string{"--as", "lan", "person", "add", "tu", "--name", "Tú", "--role", "viewer"}},
	{name: "unit add", author: "lan", args: []string{"--as", "lan", "unit", "add", "to-moi", "--name", "Tổ mới", "--group", "doan-the"}},
	{name: "plan set", author: "lan", args: []string{"--as", "lan", "plan", "set", "activity", "treo-bang-ron", "--until", "12/12/2019"}},
	{name: "plan drop", author: "lan", args: []string{"--as", "lan", "plan", "drop", "activity", "treo-bang-ron", "--as-na", "--reason", "Không còn cần"}, takesBack: true},
	{name: "plan move", author: "lan", args: []string{"--as", "lan", "plan", "move", "message", "m05", "--first"}},
	{name: "edit plan", author: "lan", args: []string{"--as", "lan", "edit", "plan", "--yes"}, editor: "sed -i 340s/2019-12-15/2019-12-16/"},
	{name: "revert of the plan", author: "lan", args: []string{"--as", "lan", "revert", "HEAD"}, before: func(t testing.TB, s stage) {
		s.tiendo(t, "--as", "lan", "plan", "set", "activity", "treo-bang-ron", "--until", "12/12/2019")
	}},
	{name: "revert", author: "lan", args: []string{"--as", "lan", "revert", "HEAD"}},
	{name: "export", args: []string{"export", "--format", "md", "-o", "../bao-cao.md"}},
	{name: "new", args: []string{"new", "--from", ".", "--starts", "2020-11-15", "--ends", "2020-12-15", "../next"}, fresh: true},
	{name: "init", args: []string{"init", "other"}, outside: true, fresh: true},
	{name: "remind --send", author: "lan", args: []string{"--as", "lan", "--today", "2019-12-20", "remind", "--letters", "../letters", "--send"}},
}

// dispute leaves a value that two people set differently.
func dispute(t testing.TB, s stage) {
	t.Helper()
	s.elsewhere(t, "treo-bang-ron")
	s.tiendo(t, "--as", "hoa", "tick", "thanh-tra", "treo-bang-ron", "--status", "doing", "--note", "ours")
	s.tiendo(t, "--as", "lan", "sync")
}

// elsewhere lets somebody change an activity, and records of other units, in another clone.
func (s stage) elsewhere(t testing.TB, activity string) {
	t.Helper()
	remote, clone := filepath.Join(s.dir, "remote.git"), stage{filepath.Join(s.dir, "there"), s.home}
	s.must(t, s.dir, "git", "init", "--quiet", "--bare", "--initial-branch=main", remote)
	s.must(t, s.plan(), "git", "remote", "add", "origin", "../remote.git")
	s.must(t, s.plan(), "git", "push", "--quiet", "--set-upstream", "origin", "main")
	s.must(t, s.dir, "git", "clone", "--quiet", remote, clone.plan())
	for _, unit := range []string{"thanh-tra", "chi-doan", "cong-doan"} {
		clone.tiendo(t, "--as", "lan", "tick", unit, activity, "--status", "done", "--note", "theirs")
	}
	clone.tiendo(t, "--as", "lan", "sync")
	if err := os.RemoveAll(clone.dir); err != nil {
		t.Fatal(err)
	}
}

// injections makes the faults of every kind at the calls of every deed that the flags ask for.
func injections(t *testing.T, l *ledger, base stage) {
	number := 0
	only := regexp.MustCompile(*faultsOnly)
	for _, d := range deeds {
		if !only.MatchString(d.name) {
			continue
		}
		every := *faultsEvery
		if !d.main {
			every *= *faultsCoarse
		}
		template := base.copy(t.TempDir())
		if d.before != nil {
			d.before(t, template)
		}
		a := &act{deed: d, base: template, tiendo: tiendo(t), old: template.files()}
		whole := a.run(t, 0, 0)
		if whole.code != 0 && d.name != "remind --send" || whole.count == 0 {
			t.Fatalf("%s without a fault: exit %d, %d calls\n%s", d.name, whole.code, whole.count, whole.out)
		}
		a.new, a.commits = whole.stage.files(), whole.stage.commits()-template.commits()
		work := make(chan [2]int)
		var workers sync.WaitGroup
		for range runtime.GOMAXPROCS(0) {
			workers.Go(func() {
				for at := range work {
					after := a.run(t, at[0], at[1])
					l.tried(faults[at[0]].kind, fmt.Sprintf("%s, call %d of %d", d.name, at[1], whole.count), a.judge(after, faults[at[0]]))
					_ = os.RemoveAll(after.stage.dir)
				}
			})
		}
		for call := 1; call <= whole.count; call++ {
			for kind := range faults {
				if number++; *faultsCall == call || *faultsCall == 0 && number%every == 0 {
					work <- [2]int{kind, call}
				}
			}
		}
		close(work)
		workers.Wait()
		if d.main || d.later {
			powerCuts(t, l, a, whole)
		}
	}
}

// act is a deed with what was before it and what is after it when nothing fails.
type act struct {
	deed
	base     stage
	tiendo   string
	old, new map[string]string
	commits  int
}

// outcome is what a deed came to.
type outcome struct {
	stage stage
	code  int
	out   string
	count int
	hung  bool
}

func (a *act) run(t testing.TB, kind, at int) outcome {
	dir, err := os.MkdirTemp(t.TempDir(), "") //nolint:usetesting // it is taken away when the run is over, not at the end of the test
	if err != nil {
		t.Fatal(err)
	}
	return a.runIn(t, a.base.copy(dir), "", kind, at)
}

// runIn runs the deed in a copy of its stage, with one more variable for the tracer.
func (a *act) runIn(t testing.TB, s stage, variable string, kind, at int) outcome {
	after := outcome{stage: s}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*limit)
	defer cancel()
	counts := filepath.Join(t.TempDir(), "count")
	command := exec.CommandContext(ctx, self)
	command.Dir, command.Stdin, command.WaitDelay = after.stage.plan(), strings.NewReader(a.input), time.Second
	if a.outside {
		command.Dir = after.stage.dir
	}
	command.Env = environment(a.base.home, injectKey+"="+strings.Join(append([]string{a.tiendo}, a.args...), "\x1f"),
		faultKey+"="+fmt.Sprint(kind, "\x1f", at, "\x1f", s.dir), countKey+"="+counts, "EDITOR="+a.editor, variable)
	out, err := command.CombinedOutput()
	after.out, after.code, after.hung = string(out), command.ProcessState.ExitCode(), ctx.Err() != nil
	counted, _ := os.ReadFile(counts)
	after.count, _ = strconv.Atoi(string(counted))
	if bytes.HasPrefix(out, []byte("injection:")) || after.code == 125 {
		t.Errorf("%s, call %d: %v %s", a.name, at, err, out)
	}
	return after
}

var (
	aTime     = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)`)
	savedAs   = regexp.MustCompile(`saved ([0-9a-f]{7,})`)
	saidNo    = regexp.MustCompile(`nothing has changed|nothing was written|was not made`)
	saidSome  = regexp.MustCompile(`changes are made and could not be taken back`)
	saidFile  = regexp.MustCompile(`(\S+) was not written`)
	saidPanic = regexp.MustCompile(`panic: |goroutine \d+ \[`)
)

// files gives every file outside of git's folders, without the times in it.
func (s stage) files() map[string]string {
	files := map[string]string{}
	_ = filepath.WalkDir(s.dir, func(path string, entry fs.DirEntry, err error) error {
		name, _ := filepath.Rel(s.dir, path)
		switch {
		case err != nil:
			return nil //nolint:nilerr // gone meanwhile
		case entry.IsDir() && (entry.Name() == ".git" || entry.Name() == "remote.git"):
			return fs.SkipDir
		case entry.IsDir():
			return nil
		}
		content, _ := os.ReadFile(path)
		files[name] = aTime.ReplaceAllString(string(content), "TIME")
		return nil
	})
	return files
}

func (s stage) commits() int {
	count, _ := strconv.Atoi(s.git("rev-list", "--first-parent", "--count", "HEAD"))
	return count
}

// judge says what is wrong after a fault and after the next tick of somebody else.
func (a *act) judge(after outcome, f fault) []finding {
	var found []finding
	say := func(kind, format string, args ...any) {
		found = append(found, finding{kind, fmt.Sprintf(format, args...) + "\n" + after.out})
	}
	if after.hung {
		return []finding{{hung, after.out}}
	}
	if saidPanic.MatchString(after.out) {
		say(panicked, "the program")
	}
	state, changed := a.state(after.stage, say)
	ended := f.signal != 0 && after.code > 128
	saved := savedAs.FindStringSubmatch(after.out)
	switch {
	case after.code == 0 && state != "new" && !strings.Contains(after.out, "is not made yet"): // what comes with the next change is no part of this one
		say(wrong, "exit 0, and the files are %s", state)
	case saved != nil && state == "old":
		say(wrong, "said to be saved, and is not")
	case a.main && a.commits > 1: // each is a change of its own
		if told := strings.Count("\n"+after.out, "\nsaved"); told > changed || told < changed && !ended {
			say(wrong, "%d changes said to be saved, and %d are", told, changed)
		}
	case after.code != 0 && !ended && state != "old" && (changed > 0 || a.fresh) && saidNo.MatchString(after.out) &&
		!saidSome.MatchString(after.out) && !strings.Contains(after.out, "wrote "): // a file that it names
		say(wrong, "said that nothing changed, and the files are %s", state)
	}
	// Whether the machine of the remote syncs what it was sent is for whoever looks after it.
	if head := after.stage.git("rev-parse", "HEAD"); a.later && after.code == 0 && f.kind != powerCut.kind && !strings.HasPrefix(after.stage.git("ls-remote", "origin", "refs/heads/main"), head) {
		say(wrong, "exit 0, and the remote does not have what is here, %s", head)
	}
	if said := saidFile.FindStringSubmatch(after.out); said != nil && !ended {
		file := filepath.Join("plan", said[1])
		if now := after.stage.files()[file]; now != a.old[file] {
			say(wrong, "said that %s was not written, and it is\n%s", file, now)
		}
	}
	if a.outside {
		return found
	}
	if after.stage.merging() {
		say(wrong, "a merge is in progress")
	}
	tick := []string{"--as", "lan", "tick", "khuyen-cong", "treo-bang-ron", "--status", "doing", "--note", "next"}
	next, err := after.stage.try(after.stage.plan(), a.tiendo, tick...)
	if err != nil || !savedAs.MatchString(next) {
		say(untidy, "the next tick: %v\n%s", err, next)
	}
	for begun := time.Now(); a.later && after.stage.locked() && time.Since(begun) < limit; { // until a lock that was in nobody's way is old enough
		_, _ = after.stage.try(after.stage.plan(), a.tiendo, tick...) // it changes nothing any more
	}
	after.stage.inOrder(say)
	if a.later {
		if state, _ = a.state(after.stage, say); state != "old" && state != "new" {
			say(half, "after the next start the files are still %s", state)
		}
	}
	made := after.stage.commits() - a.base.commits()
	if savedAs.MatchString(next) {
		made--
	}
	undone := a.takesBack && state != "new" && made <= 2*a.commits
	if !undone && (state == "new" && made != a.commits || state == "old" && made != 0 || made > a.commits) {
		say(lost, "%d commits, %d without a fault; the files were %s", made, a.commits, state)
	}
	if a.author != "" && made > 0 {
		authors := after.stage.git("log", "--first-parent", "--format=%ae", fmt.Sprintf("--max-count=%d", made), "HEAD~1")
		if strings.ReplaceAll(authors, a.author+"@example.org", "") != strings.Repeat("\n", made-1) {
			say(wrong, "the commits are those of %q", authors)
		}
	}
	if saved != nil && after.stage.git("merge-base", saved[1], "HEAD") != after.stage.git("rev-parse", saved[1]) {
		say(lost, "commit %s is not in the history", saved[1])
	}
	return found
}

func (s stage) merging() bool {
	_, err := os.Stat(filepath.Join(s.plan(), ".git", "MERGE_HEAD"))
	return err == nil
}

// state compares the files with those before and after: old, new or some of each, and how many are new.
func (a *act) state(s stage, say func(kind, format string, args ...any)) (state string, changed int) {
	now := s.files()
	isOld, isNew := true, true
	names := maps.Clone(a.old)
	maps.Copy(names, a.new)
	for name := range names {
		old, before := a.old[name]
		wanted, later := a.new[name]
		if old == wanted && before == later {
			continue
		}
		content, there := now[name]
		switch {
		case content == old && there == before:
			isNew = false
		case content == wanted && there == later:
			isOld = false
			changed++
		case a.fresh:
			isOld, isNew = false, false
		default:
			say(half, "%s is neither old nor new:\n%s", name, content)
		}
	}
	switch {
	case isNew:
		return "new", changed
	case isOld:
		return "old", changed
	}
	return "some old, some new", changed
}

// locked reports whether a lock of git lies there.
func (s stage) locked() bool {
	found := false
	_ = filepath.WalkDir(filepath.Join(s.plan(), ".git"), func(path string, _ fs.DirEntry, err error) error {
		found = found || err == nil && filepath.Ext(path) == ".lock"
		return nil
	})
	return found
}

// inOrder wants HEAD, index and work tree to agree, every object to be there, and nothing to lie about.
func (s stage) inOrder(say func(kind, format string, args ...any)) {
	if out, err := s.try(s.plan(), "git", "status", "--porcelain"); err != nil || out != "" {
		say(untidy, "git status: %v\n%s", err, out)
	}
	if out, err := s.try(s.plan(), "git", "fsck", "--strict", "--no-dangling"); err != nil {
		say(lost, "git fsck: %v\n%s", err, out)
	}
	_ = filepath.WalkDir(s.plan(), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return nil //nolint:nilerr // gone meanwhile
		}
		note := filepath.Base(filepath.Dir(path)) == "notes"
		lock := filepath.Ext(path) == ".lock" && !strings.HasPrefix(entry.Name(), "next-index")
		copied := filepath.Ext(path) == ".new" && filepath.Base(filepath.Dir(path)) == "tiendo" // goes once it is an hour old
		if note || lock || strings.HasPrefix(entry.Name(), ".tiendo-") && !copied {
			say(untidy, "%s", path)
		}
		return nil
	})
}
