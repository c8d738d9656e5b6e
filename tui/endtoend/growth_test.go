package endtoend

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
)

// effort is what a program did, as the system saw it.
type effort struct {
	processes int // started, itself among them
	records   int // opened
	listings  int // openings of the folder of the records: one has the disk confirm the write
}

// traced runs the program and counts what it does, for a user whose settings lie where they do most often; what git does
// within its processes is git's.
func (o *office) traced(args ...string) effort {
	o.t.Helper()
	log := filepath.Join(o.t.TempDir(), "trace")
	o.run(needs(o.t, "strace", "strace"), append([]string{"-f", "-qq", "-o", log, "-e", "trace=execve,openat",
		"-E", "GIT_CONFIG_GLOBAL", "-E", "GIT_CONFIG_NOSYSTEM", tiendo(o.t)}, args...)...)
	content, err := os.ReadFile(log)
	if err != nil {
		o.t.Fatal(err)
	}
	var did effort
	git := map[string]bool{} // the processes that have become git
	for line := range strings.Lines(string(content)) {
		process, call, _ := strings.Cut(line, " ")
		switch call = strings.TrimLeft(call, " "); {
		case strings.HasPrefix(call, "execve(") && (strings.Contains(line, "= 0") || strings.Contains(line, "unfinished")):
			did.processes++
			git[process] = strings.Contains(call, "git\"")
		case git[process] || !strings.HasPrefix(call, "openat("):
		case regexp.MustCompile(`/progress/[^/]*\.toml"`).MatchString(call):
			did.records++
		case strings.Contains(call, `/progress"`):
			did.listings++
		}
	}
	return did
}

// A change does the same with any number of units: git makes the commit, and is started for nothing else; the record
// that is changed is opened to show, to change, to look once more before and after, and for the commit; no other is, and
// nobody looks through the records.
func TestAChangeDoesTheSameAtEverySize(t *testing.T) {
	want := effort{processes: 2, records: 5, listings: 1}
	for _, units := range []int{10, 100, 1000} {
		o, _ := demonstration(t, units)
		settings := []byte("[user]\n\tname = Lan\n\temail = lan@example.org\n")
		if err := os.WriteFile(filepath.Join(o.home, ".gitconfig"), settings, 0o600); err != nil {
			t.Fatal(err)
		}
		o.tick() // the roster is known from here on
		did := o.traced("--data", o.data(), "tick", "thanh-tra", "treo-bang-ron", "--note", fmt.Sprint("of ", units))
		if did != want {
			t.Errorf("%d units: %+v, want %+v", units, did, want)
		}
	}
}

// An exchange starts few processes of git: where nothing has come only those that find the repository, its branches and
// the remote (here also the user, since the environment has settings of its own), and with what has come not one for
// what is known already, after the first time. Git's own helpers are git's.
func TestAnExchangeStartsFewProcesses(t *testing.T) {
	clones, _ := separate(t, 2)
	an, binh := clones[0], clones[1]
	for round, limit := range []struct{ incoming, nothing int }{{12, 4}, {11, 4}} {
		an.must("van-phong", "treo-bang-ron", note(fmt.Sprint("lần ", round)))
		an.mustSync()
		binh.mustSync() // the marks of reviewers and what else comes only once
		an.must("thanh-tra", "treo-bang-ron", note(fmt.Sprint("lần ", round)))
		an.mustSync()
		if started := binh.startsOfGit("sync"); started > limit.incoming {
			t.Errorf("with a change that has come git was started %d times, want %d", started, limit.incoming)
		}
		if started := binh.startsOfGit("sync"); started > limit.nothing {
			t.Errorf("with nothing to exchange git was started %d times, want %d", started, limit.nothing)
		}
	}
}

// heard counts the data files that an exchange reads.
type heard struct {
	history.Data
	files []int // of each state
}

func (h *heard) Load(ctx context.Context, files map[string][]byte) (*model.Campaign, error) {
	h.files = append(h.files, len(files))
	return h.Data.Load(ctx, files)
}

// Where records come, and nothing is to be joined, plan, roster and these records are read, and no other record.
func TestAnExchangeReadsWhatHasCome(t *testing.T) {
	clones, _ := separate(t, 2)
	an, binh := clones[0], clones[1]
	units := []string{"van-phong", "thanh-tra", "quan-ly-cong-nghiep"}
	for round, changed := range [][]string{units, units[:1], units[1:]} {
		for _, unit := range changed {
			an.must(unit, "treo-bang-ron", note(fmt.Sprint("lần ", round)))
		}
		an.mustSync()
		options := binh.syncOptions()
		data := &heard{Data: options.Data}
		options.Data = data
		if _, err := binh.repository.Sync(t.Context(), options); err != nil {
			t.Fatal(err)
		}
		if want := []int{2 + len(changed)}; !slices.Equal(data.files, want) {
			t.Errorf("%d records have come: it read %v files, want %v", len(changed), data.files, want)
		}
	}
}

// startsOfGit runs the program and counts how often it starts git.
func (o *office) startsOfGit(args ...string) (starts int) {
	o.t.Helper()
	log := filepath.Join(o.t.TempDir(), "trace")
	o.run(needs(o.t, "strace", "strace"), append([]string{
		"-f", "-qq", "-s", "1000", "-o", log, "-e", "trace=execve", tiendo(o.t),
	}, args...)...)
	content, err := os.ReadFile(log)
	if err != nil {
		o.t.Fatal(err)
	}
	return strings.Count(string(content), `["git", "-c", "core.fsmonitor=false"`) + strings.Count(string(content), `["git", "config"`)
}

// What a clone leaves out stays out, whatever comes of it, also where its index lies in parts.
func TestReceivedInASparseClone(t *testing.T) {
	const record = "data/progress/van-phong.toml"
	tests := map[string][][]string{
		"sparse":  {{"sparse-checkout", "set", "--no-cone", "/*", "!/" + record}},
		"skipped": {{"update-index", "--skip-worktree", record}},
		"in parts": {
			{"update-index", "--skip-worktree", record},
			{"config", "core.splitIndex", "true"},
			{"config", "splitIndex.maxPercentChange", "100"},
			{"update-index", "--split-index"},
		},
	}
	for name, commands := range tests {
		t.Run(name, func(t *testing.T) {
			clones, _ := separate(t, 2)
			an, binh := clones[0], clones[1]
			an.must("van-phong", "treo-bang-ron", done)
			an.mustSync()
			binh.mustSync()
			for _, command := range commands {
				binh.git(command...)
			}
			file := filepath.Join(binh.dir, filepath.FromSlash(record))
			before, _ := os.ReadFile(file) // it may have gone
			an.must("van-phong", "treo-bang-ron", note("lần hai"))
			an.mustSync()
			if result := binh.mustSync(); result.Received != 1 {
				t.Errorf("%+v", result)
			}
			if after, _ := os.ReadFile(file); string(before) != string(after) {
				t.Errorf("the file was\n%s\nand is\n%s", before, after)
			}
		})
	}
}

// A made-up campaign waits for the disk about as often whatever its size, once its files are many, and starts git as
// often.
func TestADemonstrationWaitsForTheDiskSeldom(t *testing.T) {
	first := map[string]int{}
	for _, units := range []int{600, 1200} {
		o := &office{t: t, dir: filepath.Join(t.TempDir(), "plan"), home: t.TempDir()}
		log := filepath.Join(t.TempDir(), "trace")
		o.measured(needs(t, "strace", "strace"), "-f", "-qq", "-o", log, "-e", "trace=execve,fsync,syncfs", tiendo(t), "demo",
			"--units", strconv.Itoa(units), o.dir)
		content, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		for call, few := range map[string]int{"execve(": 10, "fsync(": 20, "syncfs(": 0} {
			count := strings.Count(string(content), call)
			if before, counted := first[call]; counted && count > before+few || count == 0 {
				t.Errorf("%d units: %s) %d times, with fewer units %d", units, call, count, before)
			}
			first[call] = count
		}
	}
}
