package history

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// halt is something that git is in the middle of.
type halt struct {
	file string // in the git directory; it lies there meanwhile
	what phrase.Sentence
	out  phrase.Sentence // how a person goes on or back
}

// halts are all of them; during a rebase the marks of others may lie there, too.
func halts() []halt {
	byHand := func(command string) phrase.Sentence {
		return phrase.Say("keep one side of each conflict and git add the files, then: git %s --continue; or go back with: "+
			"git %s --abort", command, command)
	}
	return []halt{
		{mergeHead, phrase.Say("a merge is in progress"),
			phrase.Say("`tiendo resolve` shows what has to be settled, and finishes it; or go back with: git merge --abort")},
		{"rebase-merge", phrase.Say("a rebase is in progress"), byHand("rebase")},
		{"rebase-apply/applying", phrase.Say("git is applying patches (git am)"), byHand("am")},
		{"rebase-apply", phrase.Say("a rebase is in progress"), byHand("rebase")},
		{"CHERRY_PICK_HEAD", phrase.Say("a cherry-pick is in progress"), byHand("cherry-pick")},
		{"REVERT_HEAD", phrase.Say("a revert is in progress"), byHand("revert")},
		{"BISECT_LOG", phrase.Say("a bisect is in progress"), phrase.Say("end it with: git bisect reset")},
	}
}

// mergeHead lies in the git directory while a merge is in progress.
const mergeHead = "MERGE_HEAD"

// halted is what git is in the middle of, if it is.
func (r *worktree) halted() (found halt, is bool, err error) {
	for _, halt := range halts() {
		if _, err := os.Lstat(filepath.Join(r.gitDir, filepath.FromSlash(halt.file))); err == nil {
			return halt, true, nil
		} else if !errors.Is(err, fs.ErrNotExist) {
			return halt, false, err
		}
	}
	return found, false, nil
}

// Ready says why no commit can be made now: the user is in the middle of something, or on no branch.
func (r *worktree) Ready() error {
	halt, is, err := r.halted()
	if err != nil {
		return err
	}
	if is {
		return phrase.Refuse(halt.what, phrase.Say("%s; the next change or start makes the commit", halt.out))
	}
	if _, begun, err := r.moving(); begun {
		r.mutex.Lock()
		defer r.mutex.Unlock()
		return halfWay(cmp.Or(err, r.stopped))
	}
	head, err := os.ReadFile(filepath.Join(r.gitDir, "HEAD"))
	if err != nil {
		return err
	}
	branch, on := bytes.CutPrefix(head, []byte("ref: "))
	if !on {
		return r.noBranch()
	}
	return r.sound(string(bytes.TrimSpace(branch)))
}

// noBranch says that HEAD stands for no branch.
func (r *worktree) noBranch() error {
	return phrase.Refuse(phrase.Say("git is on no branch (detached HEAD)"),
		phrase.Say("go back to a branch: git switch %s; where git refuses that, keep what stands here as a branch of its "+
			"own: git switch --create NAME, to be merged later; the next change or start makes the commit", r.lastBranch()))
}

// headsPath is where the branches lie.
const headsPath = "refs/heads/"

// sound says what is wrong with the branch that HEAD names: its file is damaged, or it is gone while others are there.
// Branches that are stored otherwise than in files are for git alone to judge.
func (r *worktree) sound(branch string) error {
	name := strings.TrimPrefix(branch, headsPath)
	if !filepath.IsLocal(filepath.FromSlash(branch)) || name == ".invalid" {
		return nil
	}
	common := r.common()
	file := filepath.Join(common, filepath.FromSlash(branch))
	content, err := os.ReadFile(file)
	switch {
	case err == nil && (isID(strings.TrimSpace(string(content))) || bytes.HasPrefix(content, []byte("ref: "))):
		return nil
	case err == nil:
		return r.brokenBranch(name, file, filepath.Join(common, "logs", filepath.FromSlash(branch)))
	}
	packed, _ := os.ReadFile(filepath.Join(common, "packed-refs")) // most often there is none
	var others []string
	for line := range strings.Lines(string(packed)) {
		if _, ref, _ := strings.Cut(strings.TrimSpace(line), " "); ref == branch {
			return nil
		} else if other, is := strings.CutPrefix(ref, headsPath); is {
			others = append(others, other)
		}
	}
	folder := filepath.Join(common, filepath.FromSlash(headsPath))
	// what cannot be read names no branch
	_ = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && !strings.HasSuffix(path, ".lock") {
			if other, err := filepath.Rel(folder, path); err == nil {
				others = append(others, filepath.ToSlash(other))
			}
		}
		return nil
	})
	if len(others) == 0 {
		return nil // the first commit is still to come
	}
	slices.Sort(others)
	others = slices.Compact(others)
	return phrase.Refuse(phrase.Say("git is on the branch %s, which has no commit, while others have: %s", text.Line(name),
		text.Line(phrase.List(others))),
		phrase.Say("name the right one: git symbolic-ref HEAD refs/heads/%s; the next change or start makes the commit",
			text.Line(others[0])))
}

// brokenBranch says that the file of a branch does not name its last commit, and which commit git's own log names.
func (r *worktree) brokenBranch(name, file, log string) error {
	what := phrase.Say("the file of the branch %s is damaged: it names no commit", text.Line(name))
	said, _ := os.ReadFile(log) // without one git fsck helps
	lines := strings.Split(strings.TrimSpace(string(said)), "\n")
	if fields := strings.Fields(lines[len(lines)-1]); len(fields) > 1 && isID(fields[1]) {
		return phrase.Refuse(what, phrase.Say(
			"git's own log names its last commit: echo %s > %s; the next change or start makes the commit", fields[1], file))
	}
	return phrase.Refuse(what, phrase.Say("git fsck --lost-found lists the last commits: write the id of the right one "+
		"into %s", file))
}

// isID reports whether a text is the id of an object.
func isID(s string) bool {
	return (len(s) == 40 || len(s) == 64) && strings.Trim(s, "0123456789abcdef") == ""
}

// lastBranch is the branch that git was on last, as its own log says; main where that does not tell.
func (r *worktree) lastBranch() string {
	log, _ := os.ReadFile(filepath.Join(r.gitDir, "logs", "HEAD")) // there may be none
	for _, line := range slices.Backward(strings.Split(string(log), "\n")) {
		_, move, is := strings.Cut(line, "\tcheckout: moving from ")
		if branch, _, found := strings.Cut(move, " to "); is && found {
			if _, err := os.Lstat(filepath.Join(r.gitDir, "refs", "heads", filepath.FromSlash(branch))); err == nil {
				return text.Line(branch)
			}
		}
	}
	return "main"
}

// Settling says why there is no merge whose conflicts could be settled here: git is in the
// middle of something else, which it ends itself, or of nothing. It is nil during a merge.
func (r *worktree) Settling() error {
	if r.Merging() {
		return nil
	}
	halt, is, err := r.halted()
	switch {
	case err != nil:
		return err
	case is:
		return phrase.Refuse(phrase.Say("%s: git has to end that, not tiendo", halt.what), halt.out)
	}
	return phrase.Refuse(phrase.Say("no merge is in progress, so there is nothing to settle or to finish"),
		phrase.Sentence{})
}

// Halted reports whether git is in the middle of something.
func (r *worktree) Halted() bool {
	_, is, err := r.halted()
	return err != nil || is
}

// ByHand is how to settle the conflict whose marks a data file holds; zero during a merge, in which tiendo settles it.
func (r *worktree) ByHand(context.Context) phrase.Sentence {
	if r.Merging() {
		return phrase.Sentence{}
	}
	return r.WayOut()
}

// WayOut is how to settle the conflict that git has left in a file.
func (r *worktree) WayOut() phrase.Sentence {
	if halt, is, err := r.halted(); err == nil && is {
		return halt.out
	}
	return phrase.Say("keep one side by hand, delete the lines <<<<<<<, ======= and >>>>>>>, then git add the file")
}
