//go:build unix

package store

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/history"
)

// The tests here need processes that can be killed, limited and robbed of their
// rights. Each is this test program again, started with the name of its work.
const workKey = "TIENDO_TEST_WORK"

var works = map[string]func(dir string) error{
	"tick":            tickOnce,
	"tick unprepared": tickWithoutHistory,
	"die":             dieInATick,
	"edited":          editedInATick,
	"no room":         tickWithoutRoom,
	"note and note":   noteAndNote,
	"without rights":  tickWithoutRights,
}

func TestMain(m *testing.M) {
	if work := works[os.Getenv(workKey)]; work != nil {
		if err := work(os.Getenv("TIENDO_TEST_DIR")); err != nil {
			fmt.Println("refused:", err)
			os.Exit(1)
		}
		fmt.Println("made")
		return
	}
	os.Exit(m.Run())
}

// worker is a process that does one of the works in a repository; wrapper comes before it on the command line.
func worker(t testing.TB, work, dir string, wrapper ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	line := append(wrapper, self)
	command := exec.Command(line[0], line[1:]...)
	command.Env = append(os.Environ(), workKey+"="+work, "TIENDO_TEST_DIR="+dir)
	return command
}

// openInProcess opens the data of a repository as the program does.
func openInProcess(dir string) (*Store, error) {
	repository, err := history.Open(context.Background(), filepath.Join(dir, "data"))
	if err != nil {
		return nil, err
	}
	return Open(filepath.Join(dir, "data"), Options{Repository: repository, Now: func() time.Time { return tickTime }, Shown: "data"})
}

func tickOnce(dir string) error {
	store, err := openInProcess(dir)
	if err == nil {
		_, err = store.Apply(context.Background(), tick(lan, "van-phong", "treo-bang-ron", untouched, model.Done))
	}
	return err
}

func tickWithoutHistory(dir string) error {
	store, err := Open(filepath.Join(dir, "data"), Options{Shown: "data"})
	if err == nil {
		_, err = store.Apply(context.Background(), tick(lan, "van-phong", "treo-bang-ron", untouched, model.Done))
	}
	return err
}

func dieInATick(dir string) error {
	store, err := openInProcess(dir)
	if err != nil {
		return err
	}
	store.step = func(at string) {
		if at == os.Getenv("TIENDO_TEST_STEP") {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	}
	_, err = store.Apply(context.Background(), tick(lan, "van-phong", "treo-bang-ron", untouched, model.Done))
	return err
}

// editedInATick ticks while somebody edits the file by hand, after the last look at it.
func editedInATick(dir string) error {
	runtime.LockOSThread() // strace counts the calls of each thread
	store, err := openInProcess(dir)
	if err != nil {
		return err
	}
	path := filepath.Join(dir, "data", "progress", "van-phong.toml")
	store.step = func(at string) {
		if content, err := os.ReadFile(path); at == "looked" && err == nil {
			_ = os.WriteFile(path, append([]byte(byHand), content...), 0o644)
		}
	}
	_, err = store.Apply(context.Background(), tick(lan, "van-phong", "treo-bang-ron", untouched, model.Done))
	return err
}

const byHand = "# sửa tay\n"

// tickWithoutRoom ticks where no file may grow beyond 16 bytes, as on a full disk that takes the first bytes still.
func tickWithoutRoom(dir string) error {
	store, err := openInProcess(dir)
	if err != nil {
		return err
	}
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 16, Max: 16}); err != nil {
		return err
	}
	_, err = store.Apply(context.Background(), tick(lan, "van-phong", "treo-bang-ron", untouched, model.Done))
	return err
}

// tickWithoutRights ticks as a person who owns nothing here, or who took the rights from himself.
func tickWithoutRights(dir string) error {
	if os.Getuid() == 0 {
		const nobody = 65534
		if err := errors.Join(syscall.Setgid(nobody), syscall.Setuid(nobody)); err != nil {
			return err
		}
	}
	store, err := Open(filepath.Join(dir, "data"), Options{Shown: "data"})
	if err != nil {
		return err
	}
	campaign, err := store.Load(context.Background())
	if err != nil {
		return err
	}
	for _, problem := range campaign.Problems {
		fmt.Println(problem.Place()+":", problem.What)
	}
	_, err = store.Apply(context.Background(), tick(lan, "van-phong", "treo-bang-ron", untouched, model.Done))
	return err
}

// noteAndNote writes one note after the other, each saying who wrote it and its
// number, and tells of each that it was told is safe.
func noteAndNote(dir string) error {
	store, err := openInProcess(dir)
	if err != nil {
		return err
	}
	name, activity := os.Getenv("TIENDO_TEST_NAME"), os.Getenv("TIENDO_TEST_ACTIVITY")
	for number := range 20 {
		for {
			campaign, err := store.Load(context.Background())
			if err != nil {
				return err
			}
			progress := campaign.Progress["van-phong"]
			entry := progress.Entry(activity)
			change := tick(lan, "van-phong", activity, entry, model.Doing)
			entry = model.As[model.Entry](change.New)
			entry.Note = fmt.Sprintf("%s viết lần %d.", name, number)
			change.New = entry
			receipt, err := store.Apply(context.Background(), change)
			if _, late := errors.AsType[*model.Conflict](err); late {
				continue // somebody else was first: look again
			}
			if err != nil {
				return err
			}
			fmt.Println("safe:", model.As[model.Entry](receipt.Value).Note)
			break
		}
	}
	return nil
}

// A kill at any step leaves the old or the new file, and the next start completes the history.
func TestKilledAtEveryStep(t *testing.T) {
	for _, step := range []string{"before write", "temporary file", "noted", "looked", "renamed", "written"} {
		t.Run(step, func(t *testing.T) {
			dir, open := repository(t)
			path := filepath.Join(dir, "data", "progress", "van-phong.toml")
			old, _ := os.ReadFile(path)
			command := worker(t, "die", dir)
			command.Env = append(command.Env, "TIENDO_TEST_STEP="+step)
			if out, err := command.CombinedOutput(); err == nil || len(out) > 0 {
				t.Fatalf("the process was not killed: %v\n%s", err, out)
			}
			now, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			arrived := step == "renamed" || step == "written"
			if bytes.Equal(now, old) == arrived {
				t.Errorf("the file is not what it must be at %q", step)
			}
			if said, err := open().Recover(context.Background()); err != nil || len(said) > 0 {
				t.Errorf("recovery says %v, %v", said, err)
			}
			commits := strings.Count(git(t, dir, "log", "--format=%h"), "\n")
			if want := map[bool]int{true: 2, false: 1}[arrived]; commits != want {
				t.Errorf("%d commits, want %d", commits, want)
			}
			if arrived && !strings.HasPrefix(git(t, dir, "log", "-1", "--format=%an"), "Nguyễn Thị Lan") {
				t.Error("the author is lost")
			}
			nothingLeft(t, dir)
		})
	}
}

// nothingLeft wants a repository without changes, temporary files and notes.
func nothingLeft(t *testing.T, dir string) {
	t.Helper()
	if status := git(t, dir, "status", "--porcelain", "--", ".", ":!data/"+lockWithoutGit); status != "" {
		t.Errorf("left over:\n%s", status)
	}
	for _, pattern := range []string{
		filepath.Join(dir, ".git", "tiendo", durable.Locked), filepath.Join(dir, ".git", "tiendo", "notes", "*"),
		filepath.Join(dir, "data", durable.Locked), filepath.Join(dir, "data", "progress", durable.Locked),
		filepath.Join(dir, ".git", "tiendo", durable.Replaced), filepath.Join(dir, ".git", "tiendo", ".tiendo-*.new"),
	} {
		if left, _ := filepath.Glob(pattern); len(left) > 0 {
			t.Errorf("left over: %v", left)
		}
	}
}

// What somebody writes into a file in the moment of a change of it is never overwritten without a word, whatever dies
// or fails then.
func TestEditedInTheMomentOfAChange(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("two files change places in one step only on Linux")
	}
	tests := map[string]struct {
		inject string // for strace; "" needs none
		said   string
		kept   bool // the edit stands in a copy, else in the file
		commit bool // the next start makes the commit of the tick
	}{
		"nothing else":                {said: "the file was changed by another program in this moment"},
		"killed before it is undone":  {inject: "renameat2:signal=KILL:when=3", kept: true, commit: true},
		"killed when it was undone":   {inject: "unlinkat:signal=KILL:when=1"},
		"it cannot be undone":         {inject: "renameat2:error=EIO:when=3", said: "what stood there is kept in", kept: true, commit: true},
		"a rename that fails at once": {inject: "renameat2:error=EIO:when=2", said: "input/output error"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir, open := repository(t)
			path := filepath.Join(dir, "data", "progress", "van-phong.toml")
			old, _ := os.ReadFile(path)
			edit := byHand + string(old)
			var wrapper []string
			if test.inject != "" {
				needs(t, "strace")
				wrapper = []string{"strace", "-f", "-qqq", "-o", os.DevNull, "-e", "inject=" + test.inject}
			}
			out, err := worker(t, "edited", dir, wrapper...).CombinedOutput()
			if err == nil || !strings.Contains(string(out), test.said) {
				t.Errorf("said %q, %v; want %q", out, err, test.said)
			}
			said, err := open().Recover(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			if told := len(said) > 0 && strings.Contains(said[0].String(), "van-phong.toml"); told != (test.said == "") {
				t.Errorf("the next start says %v", said)
			}
			if now, err := os.ReadFile(path); err != nil || (string(now) == edit) == test.kept {
				t.Errorf("the file holds, %v:\n%s", err, now)
			}
			copies, _ := filepath.Glob(filepath.Join(dir, ".git", "tiendo", "undone", "van-phong-*.toml"))
			if (len(copies) == 1) != test.kept {
				t.Errorf("the copies are %v", copies)
			}
			for _, file := range copies {
				if content, err := os.ReadFile(file); err != nil || string(content) != edit {
					t.Errorf("the copy holds %q, %v", content, err)
				}
			}
			if commits := strings.Count(git(t, dir, "log", "--format=%h"), "\n"); (commits == 2) != test.commit {
				t.Errorf("%d commits", commits)
			}
		})
	}
}

// Where two files cannot change places in one step, a change goes through as it did before.
func TestWithoutExchange(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("strace")
	}
	needs(t, "strace")
	for _, refusal := range []string{"EINVAL", "ENOSYS", "EPERM", "EINVAL:when=2+"} {
		dir, _ := repository(t)
		out, err := worker(t, "tick", dir, "strace", "-f", "-qqq", "-o", os.DevNull, "-e", "inject=renameat2:error="+refusal).CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v\n%s", refusal, err, out)
		}
		if commits := strings.Count(git(t, dir, "log", "--format=%h"), "\n"); commits != 2 {
			t.Errorf("%s: %d commits", refusal, commits)
		}
		nothingLeft(t, dir)
	}
}

// A copy of the roster or a draft is written without the lock: what a kill has left of it goes when it is old.
func TestOldTemporaryFilesGo(t *testing.T) {
	dir, open := repository(t)
	if err := durable.MakeFolder(filepath.Join(dir, ".git", "tiendo"), durable.Own); err != nil {
		t.Fatal(err)
	}
	old, young := filepath.Join(dir, ".git", "tiendo", ".tiendo-1.new"), filepath.Join(dir, ".git", "tiendo", ".tiendo-2.new")
	for file, age := range map[string]time.Duration{old: 2 * time.Hour, young: time.Minute} {
		at := tickTime.Add(-age)
		if err := errors.Join(os.WriteFile(file, nil, 0o600), os.Chtimes(file, at, at)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := open().Recover(context.Background()); err != nil {
		t.Fatal(err)
	}
	if exists(old) || !exists(young) {
		t.Errorf("the old one is there: %v, the young one: %v", exists(old), exists(young))
	}
}

// When the system refuses a step before the new file is in place, the old file stays and nothing lies about.
func TestTheSystemRefuses(t *testing.T) {
	tests := map[string]struct {
		work   string
		inject string // for strace; "" needs none
		said   string
	}{
		"a full disk":                     {work: "no room", said: "file too large"},
		"no space at the end of a write":  {work: "tick unprepared", inject: "fsync:error=ENOSPC", said: "no space left on device"},
		"bytes that never reach the disk": {work: "tick", inject: "fsync:error=EIO", said: "input/output error"},
		"a rename that fails":             {work: "tick unprepared", inject: "renameat:error=EIO", said: "input/output error"},
		"a rename across file systems":    {work: "tick unprepared", inject: "renameat:error=EXDEV", said: "invalid cross-device link"},
		"rights that cannot be set":       {work: "tick unprepared", inject: "fchmod:error=EPERM", said: "operation not permitted"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir, open := repository(t)
			path := filepath.Join(dir, "data", "progress", "van-phong.toml")
			old, _ := os.ReadFile(path)
			var wrapper []string
			if test.inject != "" {
				needs(t, "strace")
				wrapper = []string{"strace", "-f", "-qqq", "-o", os.DevNull, "-e", "inject=" + test.inject}
			}
			out, err := worker(t, test.work, dir, wrapper...).CombinedOutput()
			if err == nil || !strings.Contains(string(out), "refused:") || !strings.Contains(string(out), test.said) {
				t.Errorf("said %q, want %q", out, test.said)
			}
			if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, old) {
				t.Errorf("the file has changed: %v", err)
			}
			if _, err := open().Recover(context.Background()); err != nil {
				t.Error(err)
			}
			nothingLeft(t, dir)
			if out, err := worker(t, "tick", dir).CombinedOutput(); err != nil {
				t.Errorf("afterwards a tick is refused: %s", out)
			}
		})
	}
}

// Who may not write is told so; who may not read one file sees the others.
func TestWithoutRights(t *testing.T) {
	tests := map[string]struct {
		rights map[string]os.FileMode
		said   []string
		read   bool // the tick is made
	}{
		"the folders are read-only": {
			map[string]os.FileMode{"data": 0o555, "data/progress": 0o555},
			[]string{"refused: the data folder cannot be written to, so the change was not made", "permission denied"},
			false,
		},
		"one file is unreadable": {
			map[string]os.FileMode{"data/progress/thanh-tra.toml": 0, "data/progress": 0o777, "data": 0o777},
			[]string{"data/progress/thanh-tra.toml: the file cannot be read: permission denied", "made"},
			true,
		},
		"the file itself is unreadable": {
			map[string]os.FileMode{"data/progress/van-phong.toml": 0, "data/progress": 0o777, "data": 0o777},
			[]string{"refused:", "data/progress/van-phong.toml", "permission denied"},
			false,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := errors.Join(os.Chmod(filepath.Dir(dir), 0o755), os.CopyFS(filepath.Join(dir, "data"), os.DirFS(filepath.Join("..", "..", "data")))); err != nil {
				t.Fatal(err)
			}
			hire(t, filepath.Join(dir, "data"), lan)
			for file, mode := range test.rights {
				path := filepath.Join(dir, file)
				if err := os.Chmod(path, mode); err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { _ = os.Chmod(path, 0o755) })
			}
			before := folder(t, dir)
			out, err := worker(t, "without rights", dir).CombinedOutput()
			if (err == nil) != test.read {
				t.Errorf("the process ended with %v", err)
			}
			for _, said := range test.said {
				if !strings.Contains(string(out), said) {
					t.Errorf("said:\n%s\nwant %q", out, said)
				}
			}
			if after := folder(t, dir); !test.read && after != before {
				t.Errorf("the folder was\n%s\nand is\n%s", before, after)
			}
		})
	}
}

// folder lists the files of a folder but the lock, with their sizes and times.
func folder(t *testing.T, dir string) string {
	t.Helper()
	var list strings.Builder
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() && info.Name() != lockWithoutGit {
			fmt.Fprintln(&list, path, info.Size(), info.ModTime())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list.String()
}

// Eight processes write into one file while some are killed: what was called
// safe stands in the history, the file is whole, and nothing waits.
func TestManyAndKilled(t *testing.T) {
	dir, open := repository(t)
	campaign, err := open().Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var activities []string
	for i := range campaign.Plan.Activities {
		if activity := &campaign.Plan.Activities[i]; activity.AssignedTo(campaign.Roster.Unit("van-phong")) {
			activities = append(activities, activity.ID)
		}
	}
	random := rand.New(rand.NewPCG(7, 11))
	var group sync.WaitGroup
	var mutex sync.Mutex
	safe := map[string]bool{}
	for number := range 8 {
		name, fatal := "Người "+strconv.Itoa(number), 1+random.IntN(12)
		if number%2 == 0 {
			fatal = 0 // lives on
		}
		command := worker(t, "note and note", dir)
		command.Env = append(command.Env, "TIENDO_TEST_NAME="+name, "TIENDO_TEST_ACTIVITY="+activities[number/2%len(activities)])
		out, err := command.StdoutPipe()
		if err == nil {
			err = command.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		group.Go(func() {
			lines := bufio.NewScanner(out)
			told := 0
			for lines.Scan() {
				line := lines.Text()
				if note, is := strings.CutPrefix(line, "safe: "); is {
					mutex.Lock()
					safe[note] = true
					mutex.Unlock()
					told++
				} else if line != "made" {
					t.Errorf("%s: %s", name, line)
				}
				if told == fatal && fatal > 0 {
					_ = command.Process.Kill()
				}
			}
			if err := command.Wait(); (err == nil) != (fatal == 0) {
				t.Errorf("%s ended with %v, after %d notes", name, err, told)
			}
		})
	}
	group.Wait()
	if said, err := open().Recover(context.Background()); err != nil || len(said) > 0 {
		t.Errorf("recovery says %v, %v", said, err)
	}
	if campaign, err = open().Load(context.Background()); err != nil || len(campaign.Problems) > 0 {
		t.Errorf("afterwards: %v, %v", err, said(campaign.Problems))
	}
	written := map[string]int{}
	for line := range strings.Lines(git(t, dir, "log", "-p", "--format=", "--", "data/progress/van-phong.toml")) {
		if note, is := strings.CutPrefix(line, "+note"); is {
			written[strings.Trim(strings.TrimSpace(note), `= "`)]++
		}
	}
	lost := 0
	for note := range safe {
		if written[note] != 1 {
			lost++
			t.Errorf("%q was called safe and stands in %d commits", note, written[note])
		}
	}
	t.Logf("%d changes called safe, %d lost; %d in the history", len(safe), lost, len(written))
	git(t, dir, "fsck", "--strict")
	nothingLeft(t, dir)
}

// beforeGit puts lines of the shell before git, in which $GIT is the real one. A git that has been started for a commit
// comes to them when it is told the file.
func beforeGit(t testing.TB, lines string) {
	t.Helper()
	program, err := exec.LookPath("git")
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	write(t, filepath.Join(bin, "git"), "#!/bin/sh\nGIT='"+program+"'\nONCE=\"$0.once\"\n"+
		`case " $* " in *" --pathspec-from-file=/dev/fd/3 "*) cat <&3 >"$0.paths"; exec 3<"$0.paths";; esac`+"\n"+
		lines+"\nexec \"$GIT\" \"$@\"\n")
	if err := os.Chmod(filepath.Join(bin, "git"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// A kill that takes git between the branch and the index leaves an index with which the user's next commit would
// undo the change, or delete a record that is new to git. Recovery mends it before the note goes, whatever has
// become of the file since.
func TestKilledBetweenBranchAndIndex(t *testing.T) {
	since := map[string]func(t *testing.T, path string, old []byte){
		"as it was":        func(*testing.T, string, []byte) {},
		"edited by hand":   func(t *testing.T, path string, _ []byte) { write(t, path, "# by hand\n") },
		"put back by hand": func(t *testing.T, path string, old []byte) { write(t, path, string(old)) },
	}
	for name, meanwhile := range since {
		for _, fresh := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, new to git %v", name, fresh), func(t *testing.T) {
				dir, open := repository(t)
				asOwner(t, dir)
				path := filepath.Join(dir, "data", "progress", "van-phong.toml")
				old, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if fresh {
					git(t, dir, "rm", "--quiet", "--cached", path)
					git(t, dir, "commit", "--quiet", "-m", "not yet")
				}
				beforeGit(t, `case " $* " in *" commit "*) cp .git/index "$ONCE"
"$GIT" "$@" 2>"$ONCE.said" && { cp "$ONCE" .git/index; kill -9 $PPID $$; }
code=$?; cat "$ONCE.said" >&2; exit $code;; esac`)
				if out, err := worker(t, "tick", dir).CombinedOutput(); err == nil {
					t.Fatalf("the process was not killed\n%s", out)
				}
				t.Setenv("PATH", strings.SplitN(os.Getenv("PATH"), string(os.PathListSeparator), 2)[1])
				meanwhile(t, path, old)
				if said, err := open().Recover(context.Background()); err != nil || len(said) > 0 {
					t.Errorf("recovery says %v, %v", said, err)
				}
				if staged := git(t, dir, "diff", "--cached", "--name-only"); staged != "" {
					t.Errorf("the user's next commit would change\n%s", staged)
				}
				if notes, _ := filepath.Glob(filepath.Join(dir, ".git", "tiendo", "notes", "*")); len(notes) > 0 {
					t.Errorf("left over: %q", notes)
				}
			})
		}
	}
}

// A note that a power cut has emptied is of a change that was never made, so that nobody hears of it.
func TestEmptiedNote(t *testing.T) {
	dir, open := repository(t)
	if err := os.MkdirAll(filepath.Join(dir, ".git", "tiendo", "notes"), 0o700); err != nil {
		t.Fatal(err)
	}
	for number, content := range []string{"", strings.Repeat("\x00", 700)} {
		write(t, filepath.Join(dir, ".git", "tiendo", "notes", fmt.Sprintf("%09d.json", number+1)), content)
	}
	if said, err := open().Recover(t.Context()); err != nil || len(said) > 0 {
		t.Errorf("recovery says %v, %v", said, err)
	}
	nothingLeft(t, dir)
}

// What another program does to the file before its commit is made is seen and told: nobody is told that a change is
// saved which stands nowhere, and its text is kept.
func TestTakenAwayBeforeTheCommit(t *testing.T) {
	for name, line := range map[string]string{
		"removed": "rm data/progress/van-phong.toml", "put back": `"$GIT" reset -q --hard`, "put aside": `"$GIT" -c user.name=x -c user.email=x@example.org stash -q`,
	} {
		t.Run(name, func(t *testing.T) {
			dir, open := repository(t)
			beforeGit(t, `case " $* " in *" commit "*) if [ ! -e "$ONCE" ]; then : > "$ONCE"; `+line+`; fi;; esac`)
			receipt, err := open().Apply(context.Background(), tick(lan, "van-phong", "treo-bang-ron", untouched, model.Done))
			if err == nil || !strings.Contains(err.Error(), "the change is no longer there") {
				t.Errorf("receipt %+v, %v", receipt, err)
			}
			if log := git(t, dir, "log", "--format=%s", "main"); log != "begin\n" {
				t.Errorf("log:\n%s", log)
			}
			if kept, _ := filepath.Glob(filepath.Join(dir, ".git", "tiendo", "undone", "van-phong-*.toml")); len(kept) != 1 {
				t.Errorf("kept: %q", kept)
			}
			if said, err := open().Recover(context.Background()); err != nil || len(said) > 0 {
				t.Errorf("recovery says %v, %v", said, err)
			}
		})
	}
}

// The promise: after a kill that leaves git's lock behind, the next tick takes at most 2 s longer than usual.
func BenchmarkTickAfterAKill(b *testing.B) {
	var longest time.Duration
	for b.Loop() {
		dir, open := repository(b)
		usual := timedTick(b, open(), "thanh-tra", "treo-bang-ron")
		path := os.Getenv("PATH")
		beforeGit(b, `case " $* " in *" commit "*) : > .git/index.lock; kill -9 $PPID $$;; esac`)
		if out, err := worker(b, "tick", dir).CombinedOutput(); err == nil {
			b.Fatalf("the process was not killed\n%s", out)
		}
		b.Setenv("PATH", path)
		longest = max(longest, timedTick(b, open(), "thanh-tra", "tuyen-truyen-van-dong")-usual)
		if left := git(b, dir, "status", "--porcelain") + git(b, dir, "log", "--format=%s", "--grep=^Unit: van-phong"); !strings.HasPrefix(left, "van-phong: ") {
			b.Fatalf("after the next tick: %s", left)
		}
	}
	b.ReportMetric(longest.Seconds(), "s-longer")
}

// The promise: with the changes of 10 units waiting behind a stranger's lock a tick answers within 3 s.
func BenchmarkTickBehindALock(b *testing.B) {
	var longest time.Duration
	for b.Loop() {
		dir, open := repository(b)
		write(b, filepath.Join(dir, ".git", "index.lock"), "")
		records, err := filepath.Glob(filepath.Join(dir, "data", "progress", "*.toml"))
		if err != nil || len(records) != 10 {
			b.Fatalf("%d units: %v", len(records), err)
		}
		waiting := open()
		for _, record := range records {
			timedTick(b, waiting, strings.TrimSuffix(filepath.Base(record), ".toml"), "treo-bang-ron")
		}
		longest = max(longest, timedTick(b, open(), "thanh-tra", "tuyen-truyen-van-dong"))
		if notes, _ := filepath.Glob(filepath.Join(dir, ".git", "tiendo", "notes", "*")); len(notes) < 10 {
			b.Fatalf("only %d changes wait", len(notes))
		}
	}
	b.ReportMetric(longest.Seconds(), "s-to-answer")
}

// timedTick is how long a tick takes until it is answered.
func timedTick(b *testing.B, store *Store, unit, activity string) time.Duration {
	b.Helper()
	begun := time.Now()
	if _, err := store.Apply(context.Background(), tick(lan, unit, activity, untouched, model.Done)); err != nil {
		b.Fatal(err)
	}
	return time.Since(begun)
}
