//go:build linux && amd64

package endtoend

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// ticksAtOnce lets processes tick the same unit at once; where they are killed, each lives for a random number of
// milliseconds. Every tick that was acknowledged must be in the history once, under its author.
func ticksAtOnce(l *ledger, s stage, name string, writers, ticks int, kill bool) {
	program := tiendo(l.t)
	first := s.commits()
	var all sync.WaitGroup
	for writer := range writers {
		all.Go(func() {
			random := rand.New(rand.NewPCG(1, uint64(writer)))
			for number := range ticks {
				note := fmt.Sprintf("W%d-%d.", writer, number)
				ctx, cancel := context.WithTimeout(context.Background(), 2*limit)
				if kill && random.IntN(2) == 0 {
					cancel()
					ctx, cancel = context.WithTimeout(context.Background(), time.Duration(random.IntN(500))*time.Millisecond)
				}
				command := exec.CommandContext(ctx, program, "--as", "hoa", "tick", "thanh-tra", "treo-bang-ron", "--status", "doing", "--note", note)
				command.Dir, command.Env, command.WaitDelay = s.plan(), environment(s.home), time.Second
				out, err := command.CombinedOutput()
				killed := ctx.Err() != nil
				cancel()
				l.tried(name, note, judgeTick(s, note, string(out), err, kill, killed))
			}
		})
	}
	all.Wait()
	next, err := s.try(s.plan(), program, "--as", "minh", "tick", "chi-doan", "treo-bang-ron", "--status", "doing", "--note", "next")
	var found []finding
	say := func(kind, format string, args ...any) {
		found = append(found, finding{kind, fmt.Sprintf(format, args...)})
	}
	if err != nil {
		say(untidy, "the next tick: %v\n%s", err, next)
	}
	s.inOrder(say)
	own := fmt.Sprintf("--max-count=%d", s.commits()-first-1)
	for author := range strings.FieldsSeq(s.git("log", "--format=%ae", own, "HEAD~1")) {
		if author != "hoa@example.org" {
			say(wrong, "a commit is that of %s", author)
		}
	}
	l.tried(name, "afterwards", found)
}

// judgeTick holds the answer of a tick against the commit that it names.
func judgeTick(s stage, note, out string, err error, kill, killed bool) []finding {
	var found []finding
	if saidPanic.MatchString(out) {
		found = append(found, finding{panicked, out})
	}
	saved := savedAs.FindStringSubmatch(out)
	switch {
	case killed && !kill:
		found = append(found, finding{hung, out})
	case saved == nil && err == nil:
		found = append(found, finding{wrong, "no commit named: " + out})
	case saved == nil && !killed && !saidNo.MatchString(out): // somebody else's came first
		found = append(found, finding{wrong, out})
	case saved == nil && !killed && strings.Contains(s.git("log", "--patch", "--no-textconv", "--format="), note):
		found = append(found, finding{wrong, "refused, and in the history: " + out})
	case saved != nil && !strings.Contains(s.git("show", "--no-textconv", "--format=", saved[1]), note):
		found = append(found, finding{lost, saved[1] + " does not hold it: " + out})
	}
	return found
}

// gitStates tries repositories that are not as they should be. The commands must neither crash nor claim what is not so.
func gitStates(t *testing.T, l *ledger, base stage) {
	states := map[string]func(s stage) error{
		"a stale index.lock": func(s stage) error { return os.WriteFile(filepath.Join(s.plan(), ".git", "index.lock"), nil, 0o600) },
		"a stale HEAD.lock":  func(s stage) error { return os.WriteFile(filepath.Join(s.plan(), ".git", "HEAD.lock"), nil, 0o600) },
		"a stale branch lock": func(s stage) error {
			return os.WriteFile(filepath.Join(s.plan(), ".git", "refs", "heads", "main.lock"), nil, 0o600)
		},
		"a detached HEAD":   func(s stage) error { return s.do("git", "checkout", "--quiet", "--detach") },
		"a merge under way": mergeUnderWay,
		"a shallow clone":   shallow,
		"a broken branch": func(s stage) error {
			return os.WriteFile(filepath.Join(s.plan(), ".git", "refs", "heads", "main"), []byte("broken\n"), 0o600)
		},
		"an unborn branch":     func(s stage) error { return s.do("git", "symbolic-ref", "HEAD", "refs/heads/unborn") },
		"a missing tree":       func(s stage) error { return s.removeObject("HEAD^{tree}") },
		"a missing file":       func(s stage) error { return s.removeObject("HEAD:data/progress/thanh-tra.toml") },
		"a missing old commit": func(s stage) error { return s.removeObject("HEAD~1") },
		"an empty index":       func(s stage) error { return os.WriteFile(filepath.Join(s.plan(), ".git", "index"), nil, 0o600) },
	}
	commands := [][]string{
		{"status"}, {"check"}, {"log"}, {"show", "HEAD"}, {"review"}, {"doctor"}, {"resolve"}, {"export", "--format", "md", "-o", "-"},
		{"--as", "lan", "revert", "HEAD"},
		{"--as", "hoa", "tick", "thanh-tra", "treo-bang-ron", "--status", "done", "--note", "W"},
	}
	var all sync.WaitGroup
	defer all.Wait()
	for _, name := range slices.Sorted(maps.Keys(states)) {
		s := base.copy(t.TempDir())
		if err := states[name](s); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		all.Go(func() { tryAll(t, l, name, s, commands) })
	}
}

// tryAll gives the commands, one after the other, to a repository that is not as it should be.
func tryAll(t *testing.T, l *ledger, name string, s stage, commands [][]string) {
	for _, command := range commands {
		head := s.git("rev-parse", "HEAD")
		out, err := s.try(s.plan(), tiendo(t), command...)
		var found []finding
		if saidPanic.MatchString(out) {
			found = append(found, finding{panicked, out})
		}
		if errors.Is(err, context.DeadlineExceeded) {
			found = append(found, finding{hung, out})
		}
		saved := savedAs.FindStringSubmatch(out)
		if now := s.git("rev-parse", "HEAD"); saved != nil && (now == head || !strings.HasPrefix(now, saved[1])) {
			found = append(found, finding{wrong, "HEAD is " + now + ": " + out})
		}
		l.tried("git: "+name, strings.Join(command, " "), found)
	}
	record, err := os.ReadFile(filepath.Join(s.plan(), "data", "progress", "thanh-tra.toml"))
	if err != nil || !strings.Contains(string(record), "treo-bang-ron") {
		l.tried("git: "+name, "the record", []finding{{lost, string(record)}})
	}
}

func (s stage) do(program string, args ...string) error {
	out, err := s.try(s.plan(), program, args...)
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

// removeObject takes a loose object away.
func (s stage) removeObject(name string) error {
	hash := s.git("rev-parse", name)
	if len(hash) < 3 {
		return fmt.Errorf("no object %s", name)
	}
	return os.Remove(filepath.Join(s.plan(), ".git", "objects", hash[:2], hash[2:]))
}

func mergeUnderWay(s stage) error {
	return errors.Join(
		s.do("git", "checkout", "--quiet", "-b", "other", "HEAD~1"),
		s.do("git", "commit", "--quiet", "--allow-empty", "--message=other"),
		s.do("git", "checkout", "--quiet", "main"),
		s.do("git", "merge", "--quiet", "--no-commit", "--no-ff", "other"))
}

func shallow(s stage) error {
	clone := filepath.Join(s.dir, "clone")
	if err := s.do("git", "clone", "--quiet", "--depth=2", "file://"+s.plan(), clone); err != nil {
		return err
	}
	return errors.Join(os.RemoveAll(s.plan()), os.Rename(clone, s.plan()),
		s.do("git", "config", "user.name", "Owner"), s.do("git", "config", "user.email", "owner@example.org"))
}
