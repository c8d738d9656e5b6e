package history

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"time"

	"example.org/tiendo/model/history/gitrun"
	"example.org/tiendo/model/text"
)

// arrivalsRef is where a server writes when each push arrived: an empty commit for each ref of it.
const arrivalsRef = "refs/tiendo/arrivals"

// RefChange is a ref that a push has moved, as git tells it to a hook.
type RefChange struct {
	Ref string `json:"ref"`
	Old string `json:"old"`
	New string `json:"new"`
}

// maxHookInput is how much of a hook's input is read, in bytes.
const maxHookInput = 1 << 20

// ErrNoRefChanges says that an input is not what git tells a hook.
var ErrNoRefChanges = errors.New("no changes of refs")

// ReadRefChanges reads what git tells a hook: OLD NEW REFNAME on each line.
func ReadRefChanges(input io.Reader) ([]RefChange, error) {
	content, err := io.ReadAll(io.LimitReader(input, maxHookInput+1))
	if err != nil {
		return nil, err
	}
	var changes []RefChange
	for line := range strings.Lines(string(content)) {
		fields := strings.Fields(line)
		if len(fields) != 3 || len(content) > maxHookInput {
			return nil, ErrNoRefChanges
		}
		changes = append(changes, RefChange{Old: fields[0], New: fields[1], Ref: fields[2]})
	}
	return changes, nil
}

// Arrived notes in the repository in which git runs a hook that a push has arrived just now.
func Arrived(ctx context.Context, dir, pusher string, now time.Time, changes []RefChange) error {
	r, err := receiving(ctx, dir)
	if err != nil {
		return err
	}
	for _, change := range changes {
		if !isID(change.Old) || !isID(change.New) {
			return r.noRevision(ctx, []string{change.Old, change.New}, "unknown revision", nil)
		}
	}
	for try := 1; ; try++ { // two pushes may arrive at the same time
		err := r.arrived(ctx, pusher, now, changes)
		if err == nil || try == maxTries || !contended(err) {
			return err
		}
		if err := sleep(ctx, time.Duration(try)*50*time.Millisecond+rand.N(50*time.Millisecond)); err != nil {
			return err
		}
	}
}

func (r *archive) arrived(ctx context.Context, pusher string, now time.Time, changes []RefChange) error {
	old := ""
	out, err := r.run(ctx, nil, r.hook, "rev-parse", "--verify", "--quiet", arrivalsRef+"^{commit}")
	switch {
	case err == nil:
		old = strings.TrimSpace(string(out))
	case gitrun.ExitCode(err) != 1:
		return err
	}
	first := ""
	if old == "" { // what was there before arrived at a time that nobody knows
		if first, err = r.heldBefore(ctx, changes); err != nil {
			return err
		}
	}
	if out, err = r.run(ctx, nil, r.hook, "mktree"); err != nil {
		return err
	}
	tree, tip := strings.TrimSpace(string(out)), old
	who := append(committer(now), "GIT_AUTHOR_NAME="+committerName, "GIT_AUTHOR_EMAIL="+committerEmail,
		"GIT_AUTHOR_DATE="+now.Format(time.RFC3339))
	for _, change := range changes {
		message := fmt.Sprintf("%s\n\nPusher: %s\nRef: %s\nOld: %s\nNew: %s\n%s", text.Line(change.Ref), text.Line(pusher),
			text.Line(change.Ref), change.Old, change.New, first)
		arguments := []string{"commit-tree", "-F", "-"}
		if tip != "" {
			arguments = append(arguments, "-p", tip)
		}
		if out, err = r.run(ctx, []byte(message), append(who, r.hook...), append(arguments, tree)...); err != nil {
			return err
		}
		tip, first = strings.TrimSpace(string(out)), ""
	}
	if tip == old {
		return nil
	}
	if old == "" {
		old = strings.Repeat("0", len(tip))
	}
	_, err = r.run(ctx, nil, append(committer(now), r.hook...), "update-ref", "-m", "arrived", arrivalsRef, tip, old)
	return err
}

// heldBefore names the branches and tags that were there before a push.
func (r *archive) heldBefore(ctx context.Context, changes []RefChange) (string, error) {
	out, err := r.run(ctx, nil, r.hook, "for-each-ref", "--format=%(objectname) %(refname)", "refs/heads",
		"refs/tags")
	if err != nil {
		return "", err
	}
	moved := map[string]bool{}
	for _, change := range changes {
		moved[change.Ref] = true
	}
	var lines strings.Builder
	for line := range strings.Lines(string(out)) {
		if id, ref, _ := strings.Cut(strings.TrimSpace(line), " "); !moved[ref] {
			fmt.Fprintf(&lines, "Held: %s\n", id)
		}
	}
	for _, change := range changes {
		if !isNone(change.Old) {
			fmt.Fprintf(&lines, "Held: %s\n", change.Old)
		}
	}
	return lines.String(), nil
}

// arrivals say when commits came to the server, as far as it has told.
type arrivals map[string]time.Time

// push is one push as its arrival was noted.
type push struct {
	at        time.Time
	held      []string // arrived before it, at a time that is not known
	old, tips string
}

// parsePush reads the time of an arrival, and below it the message.
func parsePush(noted string) (one push) {
	for line := range strings.Lines(noted) {
		line = strings.TrimSpace(line)
		key, value, found := strings.Cut(line, ": ")
		switch {
		case !found && one.at.IsZero():
			one.at = unixTime(line)
		case key == "Held":
			one.held = append(one.held, value)
		case key == "Old":
			one.old = value
		case key == "New":
			one.tips = value
		}
	}
	return one
}

// KnowsArrivals reports whether a server has told of anything when it arrived.
func (r *archive) KnowsArrivals(ctx context.Context) bool {
	out, err := r.run(ctx, nil, r.hook, "for-each-ref", "--count=1", "--format=%(refname)", arrivalsRef)
	return err == nil && len(out) > 0
}

// told are the arrivals as they were read in one state of all refs.
type told struct {
	mutex    sync.Mutex
	refs     string
	arrivals arrivals
}

// arrivals are all that the server has told. They are read again only once a ref has moved.
func (r *archive) arrivals(ctx context.Context) (arrivals, error) {
	refs, err := r.run(ctx, nil, r.hook, "for-each-ref", "--format=%(objectname) %(refname)")
	if err != nil || !strings.Contains(string(refs), " "+arrivalsRef+"\n") {
		return arrivals{}, err
	}
	r.told.mutex.Lock()
	defer r.told.mutex.Unlock()
	if r.told.arrivals != nil && r.told.refs == string(refs) {
		return r.told.arrivals, nil
	}
	found, err := r.readArrivals(ctx)
	if err == nil {
		r.told.refs, r.told.arrivals = string(refs), found
	}
	return found, err
}

// readArrivals reads them all: a commit arrived with the first push whose ref led to it.
func (r *archive) readArrivals(ctx context.Context) (arrivals, error) {
	out, err := r.run(ctx, nil, r.hook, "log", "--reverse", "-z", "--no-show-signature", "--format=%ct%n%B",
		arrivalsRef)
	if err != nil {
		return nil, err
	}
	var pushes []push
	var tips strings.Builder
	for message := range strings.SplitSeq(string(out), "\x00") {
		one := parsePush(message)
		for _, tip := range append(one.held, one.old, one.tips) {
			if isID(tip) && !isNone(tip) {
				fmt.Fprintln(&tips, tip)
			}
		}
		pushes = append(pushes, one)
	}
	if out, err = r.run(ctx, []byte(tips.String()), r.hook, "rev-list", "--stdin", "--parents",
		"--ignore-missing"); err != nil {
		return nil, err
	}
	parents := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		if ids := strings.Fields(line); len(ids) > 0 {
			parents[ids[0]] = ids[1:]
		}
	}
	found := arrivals{}
	mark := func(tip string, at time.Time) {
		for next := []string{tip}; len(next) > 0; {
			commit := next[len(next)-1]
			next = next[:len(next)-1]
			if _, known := found[commit]; known {
				continue
			}
			if of, is := parents[commit]; is {
				found[commit] = at
				next = append(next, of...)
			}
		}
	}
	for _, push := range pushes {
		for _, held := range append(push.held, push.old) {
			mark(held, time.Time{})
		}
		mark(push.tips, push.at)
	}
	return found, nil
}

// date finds the latest of each commit's parents.
func (r *archive) date(ctx context.Context, all []*commit) error {
	times := map[string]time.Time{}
	for _, commit := range all {
		times[commit.hash] = commit.committed
	}
	var held strings.Builder
	for _, commit := range all {
		for _, parent := range commit.parents {
			if _, known := times[parent]; !known {
				times[parent] = time.Time{}
				fmt.Fprintln(&held, parent)
			}
		}
	}
	if held.Len() > 0 {
		out, err := r.run(ctx, []byte(held.String()), r.hook, "log", "--stdin", "--ignore-missing", "--no-walk=unsorted",
			"--no-show-signature", "--no-patch", "--format=%H %ct")
		if err != nil {
			return err
		}
		for line := range strings.Lines(string(out)) {
			hash, at, _ := strings.Cut(strings.TrimSpace(line), " ")
			times[hash] = unixTime(at)
		}
	}
	for _, commit := range all {
		for _, parent := range commit.parents {
			if times[parent].After(commit.latest) {
				commit.latest = times[parent]
			}
		}
	}
	return nil
}

// unixTime reads seconds since 1970; zero when they are none.
func unixTime(seconds string) time.Time {
	at, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.Unix(at, 0)
}
