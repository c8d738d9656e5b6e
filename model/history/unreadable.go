package history

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.org/tiendo/model/history/gitrun"
	"example.org/tiendo/model/history/trouble"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// UnreadableError says that something of the history is not here or damaged, with git's own reason and the way out.
type UnreadableError struct{ refusal }

// ask runs git to read of the history. What it reads of the work tree may take a lock: git diff brings the index up
// to date where a file only looks changed.
func (r *runner) ask(ctx context.Context, args ...string) ([]byte, error) {
	begun := &started{}
	if args[0] == "diff" {
		begun = r.begin()
		defer r.end(begun)
	}
	out, err := begun.run(ctx, r.top, nil, r.hook, args...)
	if failed, is := errors.AsType[*gitrun.Error](err); is && isDamage(failed.Words) {
		err = unreadable(failed.Words)
	}
	return out, err
}

// unreadable puts git's words about what it cannot read into an error.
func unreadable(words string) *UnreadableError {
	words = text.Line(words)
	if incomplete(words) {
		return &UnreadableError{refusal{phrase.Refuse(
			phrase.Say("this clone holds only a part of the history (a partial clone), and the rest cannot be fetched: %s",
				words),
			phrase.Say("try again when the remote can be reached"))}}
	}
	return &UnreadableError{refusal{phrase.Refuse(phrase.Say("the history is damaged or incomplete: %s", words),
		phrase.Say("`git fsck` names what is missing; `git fetch --refetch` brings it back where the remote has it; "+
			"otherwise go on in a new clone or a backup"))}}
}

// incomplete reports whether git says that it could not fetch what a partial clone has left at its remote.
func incomplete(words string) bool { return strings.Contains(words, "promisor remote") }

// isDamage reports whether git's words are about objects that it cannot read.
func isDamage(words string) bool {
	return trouble.Says(words,
		"promisor remote", "unable to read", "ould not read", "bad object", "bad tree", "corrupt", "inflate:",
		"unable to unpack", "could not get object info",
		"cannot simplify commit", "ailed to traverse", "could not parse", "cannot parse", "not a tree object", "packfile",
		"missing object", "nable to parse")
}

// reasonIn are the lines of git's words that say what went wrong, without its general advice.
func reasonIn(words string) string {
	var said []string
	for line := range strings.Lines(words) {
		line = strings.TrimSpace(line)
		for _, kind := range []string{"fatal: ", "error: "} {
			if reason, is := strings.CutPrefix(line, kind); is && !slices.Contains(said, reason) {
				said = append(said, reason)
			}
		}
	}
	if len(said) == 0 {
		return words
	}
	return strings.Join(said, "; ")
}

// edge are the commits at which a shallow clone ends: what came before them is not here.
func (r *runner) edge() (map[string]bool, error) {
	list, err := os.ReadFile(filepath.Join(r.common(), "shallow"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	edge := map[string]bool{}
	for commit := range strings.FieldsSeq(string(list)) {
		edge[commit] = true
	}
	return edge, nil
}

// Shallow reports whether the clone holds only the later part of the history.
func (r *runner) Shallow() bool {
	edge, err := r.edge()
	return err == nil && len(edge) > 0
}

// Partial reports whether the clone has left objects at a remote, and has not fetched all of them since.
func (r *runner) Partial(ctx context.Context) (bool, error) {
	_, err := r.run(ctx, nil, nil, "config", "--type=bool", "--get-regexp", `^remote\..*\.promisor$`)
	if gitrun.ExitCode(err) == 1 { // there is no such setting
		return false, nil
	}
	if err != nil {
		return false, err
	}
	out, err := r.ask(ctx, "rev-list", "--objects", "--all", "--missing=print", "--quiet")
	return len(out) > 0, err
}

// Whole says what git cannot read of all that it should hold; nil where it can read everything. It reads everything.
func (r *runner) Whole(ctx context.Context) error {
	out, err := r.run(ctx, nil, nil, "fsck", "--no-dangling", "--no-reflogs", "--no-progress")
	failed, is := errors.AsType[*gitrun.Error](err)
	if !is {
		return err
	}
	for line := range strings.Lines(string(out)) {
		if strings.HasPrefix(line, "missing ") {
			return unreadable(strings.TrimSpace(line))
		}
	}
	if isDamage(failed.Words) || strings.Contains(failed.Words, "hash mismatch") {
		return unreadable(failed.Words)
	}
	return nil // objects that git finds fault with can be read all the same
}

// shallowHint is what to do where a shallow clone holds too little.
func shallowHint() phrase.Sentence {
	return phrase.Say("this clone holds only the later part of the history: git fetch --unshallow")
}

// Unborn says that the branch of HEAD has no commit although others have some; nil where that is not so.
func (r *runner) Unborn(ctx context.Context) error {
	head, err := r.run(ctx, nil, nil, "symbolic-ref", "--short", "--quiet", "HEAD")
	if err != nil {
		return nil //nolint:nilerr // on no branch
	}
	if _, err := r.run(ctx, nil, nil, "rev-parse", "--verify", "--quiet", "HEAD"); err == nil {
		return nil
	}
	out, err := r.ask(ctx, "for-each-ref", "--count=2", "--format=%(refname:short)", "refs/heads", "refs/remotes")
	if err != nil {
		return err
	}
	branch, others := text.Line(strings.TrimSpace(string(head))), strings.Fields(string(out))
	if len(others) == 0 {
		return nil
	}
	return phrase.Refuse(phrase.Say("the branch %s has no commit, though others have", branch),
		phrase.Say("go to the branch that holds the data: git switch %s", text.Line(others[0])))
}
