package endtoend

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// effort is what a program did, as the system saw it.
type effort struct {
	processes int // started, itself among them
	records   int // opened
	listings  int // openings of the folder of the records: one to list it, and one to have the disk confirm the write
}

// traced runs the program and counts what it does; what git does within its processes is git's.
func (o *office) traced(args ...string) effort {
	o.t.Helper()
	log := filepath.Join(o.t.TempDir(), "trace")
	o.run(needs(o.t, "strace", "strace"), append([]string{"-f", "-qq", "-o", log, "-e", "trace=execve,openat", tiendo(o.t)}, args...)...)
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

// A change does the same with any number of units: it starts as many processes, reads the record that it changes, and
// lists the records once.
func TestAChangeDoesTheSameAtEverySize(t *testing.T) {
	var first effort
	for _, units := range []int{10, 100, 1000} {
		o, _ := demonstration(t, units)
		o.tick() // the roster is known from here on
		did := o.traced("--data", o.data(), "tick", "thanh-tra", "treo-bang-ron", "--note", fmt.Sprint("of ", units))
		if first == (effort{}) {
			first = did
		}
		if did != first || did.listings != 2 || did.records == 0 {
			t.Errorf("%d units: %+v; with ten %+v", units, did, first)
		}
		t.Logf("%d units: %+v", units, did)
	}
}
