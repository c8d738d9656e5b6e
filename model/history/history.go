// Package history is the only code that runs git. It makes one commit for each
// change, under the name of the person who made it, and touches nothing else in
// the index or the work tree.
package history

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"

	"example.org/tiendo/model/history/gitfiles"
	"example.org/tiendo/model/history/gitrun"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
)

// committer is who makes the commits; the author is the person.
const (
	committerName  = "tiendo"
	committerEmail = "tiendo@localhost"
)

// Repository is the git repository that holds a data folder: it makes commits, joins and exchanges them, and keeps the
// marks of reviewers and its own settings. What it stands on are types of their own, each of which knows only those
// below it.
type Repository struct {
	archive
}

// archive reads the history: states, logs, days, and when the server got something.
type archive struct {
	worktree
	told   told
	driver func() string // how git runs tiendo's merge driver, for merges that are made anew; "" is not known
}

// worktree is what is there at the moment: the last commit, what is known of it, an operation that git is in, files
// and the index beside it.
type worktree struct {
	runner
	asked answers
}

// runner starts git in a repository. It waits for locks, and takes away those that a killed git of ours has left.
type runner struct {
	top    string   // the work tree
	gitDir string   // of this work tree
	hook   []string // what git has told the hook that this is, of where the objects lie; none otherwise

	finding sync.Once
	shared  string // what common gives, found once
	waiting
}

// repositoryAt is a repository of which it is known where it lies.
func repositoryAt(top, gitDir string) *Repository {
	r := &Repository{}
	r.top, r.gitDir, r.driver = top, gitDir, func() string { return "" }
	return r
}

// refusal is a refusal with a type of its own.
type refusal struct{ *phrase.Refusal }

// Unwrap gives the *phrase.Refusal.
func (r refusal) Unwrap() error { return r.Refusal }

// DamagedError says that a folder has a repository which git cannot read, and the way out.
type DamagedError struct{ refusal }

// NoGitError says that there is no git on this machine, and the way out.
type NoGitError struct{ refusal }

// NoneError says that a folder lies in no repository, and the way out.
type NoneError struct{ refusal }

// Open finds the repository of a folder. Without git or a repository that can be used the error is a
// *phrase.Refusal that says why there is no history, such as a *NoneError: the program works all the same.
func Open(ctx context.Context, dir string) (*Repository, error) {
	if _, err := exec.LookPath("git"); err != nil {
		return nil, &NoGitError{refusal{phrase.Refuse(phrase.Say("git is not installed"),
			phrase.Say("install it: apt install git"))}}
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() || errors.Is(err, fs.ErrNotExist) ||
		errors.Is(err, syscall.ENOTDIR) {
		return nil, none()
	}
	top, gitDir, known := gitfiles.Find(dir)
	if !known {
		out, err := gitrun.Run(ctx, dir, nil, nil, "rev-parse", "--show-toplevel", "--absolute-git-dir",
			"--is-inside-git-dir")
		if err != nil {
			return nil, notOpened(dir, err)
		}
		lines := strings.Split(strings.TrimSpace(string(out)), "\n")
		if len(lines) != 3 || lines[2] != "false" {
			return nil, none()
		}
		top, gitDir = lines[0], lines[1]
	}
	r := repositoryAt(top, gitDir)
	if nearer := repositoryBelow(dir, r.top); nearer != "" {
		return nil, damaged(phrase.Say("git does not take %s for a repository", nearer))
	}
	return r, nil
}

// steered reports whether variables of the environment may give the user's own git other settings than those that git
// is run with here.
func steered() bool {
	harmless := []string{"AUTHOR_", "COMMITTER_", "SSL_", "SSH", "ASKPASS", "EDITOR", "PAGER", "TERMINAL_PROMPT"}
	return slices.ContainsFunc(os.Environ(), func(variable string) bool {
		name, gits := strings.CutPrefix(variable, "GIT_")
		return gits && !slices.ContainsFunc(harmless, func(begin string) bool { return strings.HasPrefix(name, begin) })
	})
}

func none() error {
	return &NoneError{refusal{phrase.Refuse(phrase.Say("the folder is not in a git repository"),
		phrase.Say("`git init` there, or `tiendo init` for a new one"))}}
}

func damaged(why phrase.Sentence) error {
	return &DamagedError{refusal{phrase.Refuse(phrase.Say("the repository is damaged: %s", why),
		phrase.Say("the data files are whole; fix what git names, or put the folder .git of a backup or of a fresh git "+
			"clone there"))}}
}

// notOpened says why git found no repository.
func notOpened(dir string, err error) error {
	if distrusted := gitrun.Distrust(err); distrusted != nil {
		return distrusted
	}
	failed, is := errors.AsType[*gitrun.Error](err)
	if _, refused := errors.AsType[*phrase.Refusal](err); refused || !is || gitrun.ExitCode(err) < 0 {
		return err // it did not come to an answer
	}
	if strings.Contains(failed.Words, "must be run in a work tree") || repositoryBelow(dir, "") == "" {
		return none()
	}
	return damaged(phrase.Say("%s", failed.Words))
}

// repositoryBelow finds what looks like a repository in a folder or above it, but below another folder. Git itself
// passes over one that is damaged, and would take the next one further up.
func repositoryBelow(dir, top string) string {
	resolved, err := filepath.EvalSymlinks(top)
	if top != "" && err != nil {
		return ""
	}
	dir, err = filepath.EvalSymlinks(dir)
	for ; err == nil && dir != resolved; dir = filepath.Dir(dir) {
		git := filepath.Join(dir, ".git")
		if info, err := os.Stat(git); err == nil && !info.IsDir() || exists(filepath.Join(git, "objects")) {
			return git
		}
		if dir == filepath.Dir(dir) {
			break
		}
	}
	return ""
}

// exists reports whether something lies at a path, or may lie there.
func exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR)
}

// Dir is tiendo's own folder inside the git directory; git never shows what lies there.
func (r *runner) Dir() string { return filepath.Join(r.gitDir, "tiendo") }

// Top is the folder of the work tree.
func (r *runner) Top() string { return r.top }

// run runs git in the work tree, with more variables.
func (r *runner) run(ctx context.Context, stdin []byte, variables []string, args ...string) ([]byte, error) {
	return gitrun.Run(ctx, r.top, stdin, variables, args...)
}

// change runs git where it takes locks of the repository. It is not broken off: that would leave its locks.
func (r *runner) change(ctx context.Context, stdin []byte, extra []string, args ...string) ([]byte, error) {
	begun := r.begin()
	out, err := begun.run(context.WithoutCancel(ctx), r.top, stdin, extra, args...)
	r.ended(begun, err)
	return out, err
}

// ended says how a git has ended that takes locks of the repository.
func (r *runner) ended(begun *started, err error) {
	switch {
	case contended(err):
		begun.forget() // the lock is that of another
	case err == nil || gitrun.ExitCode(err) >= 0:
		r.end(begun)
	default: // killed: what it has started may go on for a moment
		begun.over()
	}
}

// relative is a path as git names it within the work tree.
func (r *runner) relative(path string) (string, error) {
	top, err := filepath.EvalSymlinks(r.top)
	if err != nil {
		return "", err
	}
	dir, err := filepath.EvalSymlinks(filepath.Dir(path))
	if err != nil {
		return "", err
	}
	relative, err := filepath.Rel(top, filepath.Join(dir, filepath.Base(path)))
	return filepath.ToSlash(relative), err
}

// User is the name and e-mail that the user has given git; empty where there are none.
func User(ctx context.Context, dir string) (name, email string) {
	name, email = os.Getenv("GIT_AUTHOR_NAME"), os.Getenv("GIT_AUTHOR_EMAIL")
	if name != "" && email != "" {
		return text.Line(name), text.Line(email) // whatever git says
	}
	saidName, saidEmail, known := gitfiles.User(dir)
	if !known || steered() {
		command := exec.CommandContext(ctx, "git", "config", "--get-regexp", `^user\.(name|email)$`)
		command.Dir = dir
		out, err := command.Output()
		if err != nil {
			return text.Line(name), text.Line(email)
		}
		saidName, saidEmail = "", ""
		for line := range strings.SplitSeq(string(out), "\n") {
			switch key, value, _ := strings.Cut(line, " "); key {
			case "user.name":
				saidName = value
			case "user.email":
				saidEmail = value
			}
		}
	}
	return text.Line(cmp.Or(name, saidName)), text.Line(cmp.Or(email, saidEmail))
}

// manyFiles is how many files a new repository may have before they are packed at once.
const manyFiles = 500

// filesIn counts what lies in a folder and below it, as far as it can be seen.
func filesIn(dir string) (count int) {
	_ = filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, _ error) error { // what is hidden git complains about
		if entry != nil && !entry.IsDir() {
			count++
		}
		return nil
	})
	return count
}

// Init makes a repository of a folder and commits everything in it: as commit says, but for its path.
func Init(ctx context.Context, dir string, commit review.Commit) error {
	if _, err := exec.LookPath("git"); err != nil {
		return phrase.Refuse(phrase.Say("git is not installed"), phrase.Say("install it: apt install git"))
	}
	who := append(author(commit), committer(commit.Recorded)...)
	add := []string{"add", "--all"}
	if filesIn(dir) > manyFiles { // into one pack, for which the disk is waited for once
		add = append([]string{"-c", "core.bigFileThreshold=1"}, add...)
	}
	for _, step := range [][]string{
		{"init", "--quiet", "--initial-branch=main"},
		add,
		{"commit", "--quiet", "--no-verify", "--cleanup=verbatim", "--file=-"},
	} {
		if _, err := gitrun.Run(ctx, dir, []byte(commit.Message), who, step...); err != nil {
			return err
		}
	}
	return nil
}
