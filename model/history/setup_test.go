package history_test

import (
	"crypto/sha1"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model/history"
)

// stranger stands for the program: its merge takes the other side, and its words are loud.
const stranger = `test "$1" = --data && { echo "data=$2" >> "$0.log"; shift 2; }
case $1 in
merge-file) cp "$4" "$3"; printf '%s\n' "$5" >> "$0.log" ;;
textconv) tr a-z A-Z < "$2" ;;
esac`

// The drivers are found and run wherever program and data lie, and used for data files only.
func TestDrivers(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		program, folder string
		data            string // as the program is told
	}{
		"plain":                  {"tiendo", "data", ""},
		"everything is data":     {"tiendo", "", ""},
		"signs of the shell":     {`it's 100% "$HOME" %A & ; #/tiendo`, "data", ""},
		"data deep inside":       {"tiendo", "phòng/kế hoạch 'a' %O/data", "phòng/kế hoạch 'a' %O/data"},
		"data with another name": {"tiendo", "kế hoạch", "kế hoạch"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			program := filepath.Join(t.TempDir(), test.program)
			script(t, program, stranger)
			dir := t.TempDir()
			data := filepath.Join(dir, test.folder)
			record := filepath.ToSlash(filepath.Join(test.folder, "progress/sâu/x.toml"))
			write(t, data, "plan.toml", "a = 1\n")
			write(t, data, "progress/sâu/x.toml", "one\n")
			write(t, dir, "other.txt", "one\n")
			git(t, dir, "init", "-q", "-b", "main")
			git(t, dir, "add", "-A")
			git(t, dir, "commit", "-qm", "first")
			r, err := history.Open(t.Context(), dir)
			if err != nil {
				t.Fatal(err)
			}
			drivers := history.Drivers{Program: program, Data: data}
			registered := func(want bool) {
				t.Helper()
				told, used, err := r.Registered(t.Context(), drivers)
				if err != nil || told != want || used != want {
					t.Errorf("told %v, used %v, %v; want %v", told, used, err, want)
				}
			}
			registered(false)
			for range 2 { // telling it twice changes nothing
				if err := r.Register(t.Context(), drivers); err != nil {
					t.Fatal(err)
				}
				registered(true)
			}
			attributes, err := os.ReadFile(filepath.Join(dir, ".git/info/attributes"))
			if err != nil || strings.Count(string(attributes), "\n") != 3 {
				t.Errorf("attributes are %q, %v", attributes, err)
			}
			if changed := git(t, dir, "status", "--porcelain"); changed != "" {
				t.Errorf("git sees %q", changed)
			}
			git(t, dir, "switch", "-qc", "side")
			write(t, data, "progress/sâu/x.toml", "theirs\n")
			git(t, dir, "commit", "-qam", "theirs")
			git(t, dir, "switch", "-q", "main")
			write(t, data, "progress/sâu/x.toml", "ours\n")
			write(t, dir, "other.txt", "two\n")
			if diff := git(t, dir, "diff"); !strings.Contains(diff, "+OURS") || !strings.Contains(diff, "+two") {
				t.Errorf("git diff says\n%s", diff)
			}
			git(t, dir, "commit", "-qam", "ours")
			git(t, dir, "merge", "-q", "--no-edit", "side")
			if merged := read(t, filepath.Join(dir, filepath.FromSlash(record))); merged != "theirs\n" {
				t.Errorf("merged is %q", merged)
			}
			log := read(t, program+".log")
			if want := record + "\n"; !strings.HasSuffix(log, want) {
				t.Errorf("the driver was told %q, want %q", log, want)
			}
			if told := strings.Contains(log, "data="); told != (test.data != "") || told && !strings.Contains(log, "data="+test.data+"\n") {
				t.Errorf("the driver was told %q, want the data %q", log, test.data)
			}

			// Without the program git does what it does without a driver: no side is lost.
			if err := os.Remove(program); err != nil {
				t.Fatal(err)
			}
			git(t, dir, "reset", "-q", "--hard", "HEAD~1")
			merge := userGit(dir, "merge", "-q", "side")
			if out, err := merge.CombinedOutput(); err == nil {
				t.Fatalf("no conflict: %s", out)
			}
			merged := read(t, filepath.Join(dir, filepath.FromSlash(record)))
			if !strings.Contains(merged, "<<<<<<< ours\nours\n=======\ntheirs\n>>>>>>> theirs\n") {
				t.Errorf("the conflict is\n%s", merged)
			}
			git(t, dir, "reset", "-q", "--hard")
			if diff := git(t, dir, "log", "-1", "-p"); !strings.Contains(diff, "+ours") {
				t.Errorf("git log says\n%s", diff)
			}
		})
	}
}

// What the files of the repository say already is not said again beside them.
func TestDriversNamedInTheRepository(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "data/plan.toml", "a = 1\n")
	write(t, dir, ".gitattributes", "*.toml -text\n/data/*.toml merge=tiendo diff=tiendo\n/data/progress/**/*.toml merge=tiendo diff=tiendo\n")
	git(t, dir, "init", "-q", "-b", "main")
	r, err := history.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	drivers := history.Drivers{Program: "/bin/tiendo", Data: filepath.Join(dir, "data")}
	if err := r.Register(t.Context(), drivers); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, ".git/info/attributes")); !os.IsNotExist(err) {
		t.Errorf("there are attributes beside the repository: %v", err)
	}
	told, used, err := r.Registered(t.Context(), history.Drivers{Program: "/usr/bin/tiendo", Data: drivers.Data})
	if err != nil || told || !used {
		t.Errorf("another program counts as told %v, used %v, %v", told, used, err)
	}
}

func read(t testing.TB, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// Once many objects lie about, git packs them after a change, unless its settings say that it is not to.
func TestPack(t *testing.T) {
	dir := repository(t)
	names := filepath.Join(t.TempDir(), "names")
	var list strings.Builder
	for i, found := 0, 0; found < 30; i++ { // git guesses by this folder how many there are
		content := fmt.Sprintf("%d\n", i)
		if sha1.Sum(fmt.Appendf(nil, "blob %d\x00%s", len(content), content))[0] == 0x17 {
			found++
			write(t, filepath.Dir(names), strconv.Itoa(i), content)
			fmt.Fprintln(&list, filepath.Join(filepath.Dir(names), strconv.Itoa(i)))
		}
	}
	store := userGit(dir, "hash-object", "-w", "--stdin-paths")
	store.Stdin = strings.NewReader(list.String())
	if out, err := store.CombinedOutput(); err != nil {
		t.Fatal(err, string(out))
	}
	r := open(t, dir)
	tick := func(content string) {
		t.Helper()
		write(t, dir, office, content)
		if _, err := r.Commit(t.Context(), change(dir, office)); err != nil {
			t.Fatal(err)
		}
	}
	asked := filepath.Join(r.Dir(), "packed")
	tick(done)
	if _, err := os.Stat(asked); err != nil {
		t.Fatal("git was not asked")
	}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		packs, _ := filepath.Glob(filepath.Join(dir, ".git", "objects", "pack", "*.idx"))
		_, busy := os.Stat(filepath.Join(dir, ".git", "gc.pid"))
		if len(packs) == 1 && busy != nil && exec.Command(realGit, "-C", dir, "verify-pack", packs[0]).Run() == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("nothing is packed")
		}
	}
	before, err := os.Stat(asked)
	if err != nil {
		t.Fatal(err)
	}
	tick(todo)
	if after, err := os.Stat(asked); err != nil || !after.ModTime().Equal(before.ModTime()) {
		t.Error("git is asked at every change")
	}
	if said := git(t, dir, "fsck", "--strict", "--no-dangling"); said != "" {
		t.Error(said)
	}
}
