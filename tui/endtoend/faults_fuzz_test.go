//go:build linux && amd64

package endtoend

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

var faultsFuzz = flag.Int("faults.fuzz", 0, "executions of each fuzz target, beside its corpus")

var (
	fuzzTarget = regexp.MustCompile(`(?m)^func (Fuzz\w+)\(`)
	fuzzSeed   = regexp.MustCompile(`(?m)^ +--- (PASS|FAIL|SKIP): (Fuzz\w+)/`)
	fuzzExecs  = regexp.MustCompile(`execs: (\d+)`)
)

// fuzzTargets finds all fuzz targets of the source, by their packages.
func fuzzTargets(t *testing.T) map[string][]string {
	t.Helper()
	targets := map[string][]string{}
	err := filepath.WalkDir(filepath.Join("..", ".."), func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "testdata" || entry.Name() != ".." && strings.HasPrefix(entry.Name(), ".")):
			return fs.SkipDir
		case !strings.HasSuffix(path, "_test.go"):
			return nil
		}
		content, err := os.ReadFile(path)
		for _, found := range fuzzTarget.FindAllSubmatch(content, -1) {
			targets[filepath.Dir(path)] = append(targets[filepath.Dir(path)], string(found[1]))
		}
		return err
	})
	if err != nil || len(targets) == 0 {
		t.Fatalf("no fuzz targets: %v", err)
	}
	return targets
}

// fuzz runs the corpus of each fuzz target, and as many new inputs as the flag asks for.
func fuzz(t *testing.T, l *ledger) {
	all := fuzzTargets(t)
	packages := slices.Sorted(maps.Keys(all))
	out, _ := goTest(append([]string{"-count=1", "-v", "-run=^Fuzz"}, packages...)...)
	ran := map[string]int{}
	for _, seed := range fuzzSeed.FindAllStringSubmatch(out, -1) {
		ran[seed[2]]++
	}
	for _, dir := range packages {
		for _, target := range all[dir] {
			var found []finding
			switch {
			case strings.Contains(out, "--- FAIL: "+target):
				found = append(found, finding{kindOfFuzz(out), out})
			case ran[target] == 0:
				found = append(found, finding{wrong, "its corpus was not run: " + out})
			}
			executed(l, target, "the corpus", ran[target], found)
			if *faultsFuzz > 0 {
				fuzzOne(l, dir, target)
			}
		}
	}
}

// fuzzOne gives new inputs to one target. Inputs that are only of interest are not made smaller: that takes longer
// than all else. What fails is kept by go test in the corpus of the source.
func fuzzOne(l *ledger, dir, target string) {
	out, err := goTest("-run=^$", "-fuzz=^"+target+"$", fmt.Sprintf("-fuzztime=%dx", *faultsFuzz), "-fuzzminimizetime=1x", dir)
	executions, found := 0, []finding(nil)
	for _, count := range fuzzExecs.FindAllStringSubmatch(out, -1) {
		executions, _ = strconv.Atoi(count[1])
	}
	if executions == 0 { // it was over before the first report
		executions = *faultsFuzz
	}
	if err != nil {
		found = append(found, finding{kindOfFuzz(out), out})
	}
	executed(l, target, "new inputs", executions, found)
}

// goTest runs go test as whoever runs the tests does.
func goTest(args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), longest+time.Duration(*faultsFuzz)*time.Second)
	defer cancel()
	command := exec.CommandContext(ctx, "go", append([]string{"test", "-timeout=0"}, args...)...)
	command.WaitDelay = time.Second
	out, err := command.CombinedOutput()
	if ctx.Err() != nil {
		return string(out) + "\nhung or terminated", ctx.Err()
	}
	return string(out), err
}

// kindOfFuzz is what a target that failed says of itself.
func kindOfFuzz(out string) string {
	switch {
	case saidPanic.MatchString(out):
		return panicked
	case strings.Contains(out, "hung or terminated"):
		return hung
	}
	return wrong
}

// executed counts many tries at once.
func executed(l *ledger, target, place string, count int, found []finding) {
	name := "fuzz: " + target
	l.mutex.Lock()
	l.line(name).tries += max(0, count-1)
	l.mutex.Unlock()
	l.tried(name, place, found)
}

// What a fuzz target that fails says is told apart.
func TestKindOfFuzz(t *testing.T) {
	for out, want := range map[string]string{
		"--- FAIL: FuzzX\n    panic: runtime error": panicked, "fuzzing process hung or terminated unexpectedly": hung, "--- FAIL: FuzzX": wrong,
	} {
		if got := kindOfFuzz(out); got != want {
			t.Error(errors.New(out), got)
		}
	}
}
