package history

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/tiendo/model/history/gitfiles"
	"example.org/tiendo/model/history/gitrun"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// Version is the version of git: its first two numbers, and all of it as git says it.
func Version(ctx context.Context) (major, minor int, said string, err error) {
	out, err := gitrun.Run(ctx, "", nil, nil, "version")
	if err != nil {
		return 0, 0, "", err
	}
	said = strings.TrimPrefix(text.Line(strings.TrimSpace(string(out))), "git version ")
	if match := regexp.MustCompile(`^(\d+)\.(\d+)`).FindStringSubmatch(said); match != nil {
		major, _ = strconv.Atoi(match[1]) // digits
		minor, _ = strconv.Atoi(match[2])
	}
	return major, minor, said, nil
}

// ConflictedFiles lists the files whose conflicts are open, as git names them.
func (r *worktree) ConflictedFiles(ctx context.Context) ([]string, error) {
	out, err := r.ask(ctx, "diff", "--name-only", "--diff-filter=U", "-z", "--no-ext-diff", "--no-textconv")
	if err != nil {
		return nil, err
	}
	var files []string
	for name := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		if name != "" {
			files = append(files, text.Line(name))
		}
	}
	return files, nil
}

// Edited lists the data files that stand otherwise in the work tree than in the last
// commit, or those of the given names; what is gone is not among them.
func (r *worktree) Edited(ctx context.Context, dir string, only ...string) ([]string, error) {
	if len(only) > 0 && r.asCommitted(ctx, dir, only) {
		return nil, nil
	}
	arguments := []string{"diff", "--name-only", "--diff-filter=d", "-z", "--no-ext-diff", "--no-textconv", "HEAD", "--"}
	if r.Head() == "" {
		// no commit yet
		if _, err := r.run(ctx, nil, nil, "rev-parse", "--verify", "--quiet", "HEAD"); gitrun.ExitCode(err) == 1 {
			arguments = []string{"ls-files", "--cached", "-z", "--"}
		}
	}
	return r.listData(ctx, dir, only, arguments...)
}

// listData asks git for a list of files, and gives the data files in it; only those of the given names, if there are
// any.
func (r *worktree) listData(ctx context.Context, dir string, only []string, arguments ...string) ([]string, error) {
	folder, err := r.Folder(dir)
	if err != nil {
		return nil, err
	}
	paths := dataPaths(folder)
	if len(only) > 0 {
		paths = nil
		for _, name := range only {
			paths = append(paths, path.Join(folder, name))
		}
	}
	out, err := r.ask(ctx, append(arguments, paths...)...)
	if err != nil {
		return nil, err
	}
	var files []string
	for name := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		if isData(folder, name) {
			files = append(files, filepath.Join(dir, filepath.FromSlash(dataName(folder, name))))
		}
	}
	return files, nil
}

// Stale lists the data files of which the index holds another version than the last commit and the work tree agree
// on: the user's next commit would bring that back. A git that was killed leaves such.
func (r *worktree) Stale(ctx context.Context, dir string) ([]string, error) {
	folder, err := r.Folder(dir)
	if err != nil || r.Head() == "" {
		return nil, err
	}
	differing := func(options ...string) (map[string]bool, error) {
		args := append(append([]string{"diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv"},
			options...), "HEAD", "--")
		out, err := r.ask(ctx, args...)
		names := map[string]bool{}
		for name := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
			names[name] = true
		}
		return names, err
	}
	edited, err := differing()
	if err != nil {
		return nil, err
	}
	staged, err := differing("--cached")
	var files []string
	for _, name := range slices.Sorted(maps.Keys(staged)) {
		file := filepath.Join(r.top, filepath.FromSlash(name))
		if _, gone := os.Lstat(file); gone == nil && isData(folder, name) && !edited[name] {
			files = append(files, file)
		}
	}
	return files, err
}

// Untracked lists the data files that git does not know, so that they are in no commit, and those among them
// that it is told to ignore.
func (r *worktree) Untracked(ctx context.Context, dir string) (unknown, ignored []string, err error) {
	if unknown, err = r.listData(ctx, dir, nil, "ls-files", "--others", "-z", "--"); err != nil || len(unknown) == 0 {
		return nil, nil, err
	}
	ignored, err = r.listData(ctx, dir, nil, "ls-files", "--others", "--ignored", "--exclude-standard", "-z", "--")
	return unknown, ignored, err
}

// InNoCommit says which data files git does not know, so that the history says nothing of them; nil where it knows all.
func (r *worktree) InNoCommit(ctx context.Context, dir string) error {
	unknown, _, err := r.Untracked(ctx, dir)
	if err != nil || len(unknown) == 0 {
		return err
	}
	names := make([]string, len(unknown))
	for i, file := range unknown {
		name, err := filepath.Rel(r.top, file)
		if err != nil {
			return err
		}
		names[i] = text.Line(filepath.ToSlash(name))
	}
	return phrase.Refuse(phrase.Say("the history says nothing of data files that are in no commit: %s",
		phrase.Some(names)),
		phrase.Say("`tiendo doctor` names them and the way to commit them"))
}

// Overlooked lists the data files that git is told not to compare with what it holds: those that lie in the work tree
// all the same, marked as skip-worktree or as assume-unchanged, and those that are left out of it, as in a sparse
// checkout.
func (r *worktree) Overlooked(ctx context.Context, dir string) (skipped, assumed, leftOut []string, err error) {
	folder, err := r.Folder(dir)
	if err != nil {
		return nil, nil, nil, err
	}
	out, err := r.ask(ctx, append([]string{"ls-files", "-v", "-z", "--"}, dataPaths(folder)...)...)
	if err != nil {
		return nil, nil, nil, err
	}
	for entry := range strings.SplitSeq(string(out), "\x00") {
		tag, name, _ := strings.Cut(entry, " ")
		if !isData(folder, name) {
			continue
		}
		file := filepath.Join(dir, filepath.FromSlash(dataName(folder, name)))
		_, missing := os.Lstat(file)
		switch {
		case strings.ToUpper(tag) == tagSkipped && missing != nil:
			leftOut = append(leftOut, file)
		case strings.ToUpper(tag) == tagSkipped:
			skipped = append(skipped, file)
		case tag != strings.ToUpper(tag):
			assumed = append(assumed, file)
		}
	}
	return skipped, assumed, leftOut, nil
}

// LockFile is a file with which a git program tells others to wait.
type LockFile struct {
	Path     string // within the git directory, for messages
	Modified time.Time
	file     string
}

// GitDirs are the git directory, and where a linked work tree keeps what it shares.
func (r *runner) GitDirs() []string {
	if common := r.common(); common != r.gitDir {
		return []string{r.gitDir, common}
	}
	return []string{r.gitDir}
}

// common is where git keeps what all work trees of the repository share.
func (r *runner) common() string {
	r.finding.Do(func() {
		r.shared = r.gitDir
		if to, err := os.ReadFile(filepath.Join(r.gitDir, "commondir")); err == nil {
			if r.shared = strings.TrimSpace(string(to)); !filepath.IsAbs(r.shared) {
				r.shared = filepath.Join(r.gitDir, r.shared)
			}
		}
	})
	return r.shared
}

// loose is where objects lie that are in no pack yet.
func (r *runner) loose() gitfiles.Objects {
	return gitfiles.Objects(filepath.Join(r.common(), "objects"))
}

// Folders are those of the git directory in which a commit makes files.
func (r *runner) Folders() []string {
	var folders []string
	for _, dir := range r.GitDirs() {
		folders = append(folders, dir)
		for _, name := range []string{"objects", "refs", "logs"} {
			_ = filepath.WalkDir(filepath.Join(dir, name), func(path string, entry fs.DirEntry, err error) error {
				if err == nil && entry.IsDir() {
					folders = append(folders, path)
				}
				return nil // what cannot be looked into is one of them all the same
			})
		}
	}
	return folders
}

// LockFiles lists the lock files of git that lie there now. A git that was killed leaves its own.
func (r *runner) LockFiles() ([]LockFile, error) {
	var locks []LockFile
	for _, dir := range r.GitDirs() {
		found, err := filepath.Glob(filepath.Join(escapeGlob(dir), "*.lock"))
		if err != nil {
			return nil, err
		}
		err = filepath.WalkDir(filepath.Join(dir, "refs"), func(file string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() && strings.HasSuffix(file, ".lock") {
				found = append(found, file)
			}
			if errors.Is(err, fs.ErrNotExist) { // it has just gone
				return nil
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		for _, file := range found {
			info, err := os.Lstat(file)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return nil, err
			}
			name, err := filepath.Rel(dir, file)
			if err != nil {
				return nil, err
			}
			locks = append(locks, LockFile{text.Line(filepath.ToSlash(name)), info.ModTime(), file})
		}
	}
	return locks, nil
}

func escapeGlob(dir string) string {
	return strings.NewReplacer(`*`, `\*`, `?`, `\?`, `[`, `\[`, `\`, `\\`).Replace(dir)
}

// Remove takes a lock file away, if it is still the one that was seen.
func (l LockFile) Remove() error {
	info, err := os.Lstat(l.file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.ModTime().Equal(l.Modified):
		return errors.New("the lock has just been taken anew")
	}
	return os.Remove(l.file)
}

// Trial are two versions of a record and their common beginning, with which the
// registered drivers are tried, beside the other files of a data folder. Paths are within it.
type Trial struct {
	Files              map[string]string
	Record             string
	Base, Ours, Theirs string
}

// TrialResult is what the drivers made of a trial.
type TrialResult struct {
	Conflict bool   // git found the merge unsettled
	Merged   string // the record afterwards
	Shown    string // what git diff said of one side
	Said     string // what was said meanwhile, cleaned
}

// Try tries the drivers as they are registered, in a repository of its own which is
// taken away again: the registered program runs, and nothing of this repository is touched.
func (r *worktree) Try(ctx context.Context, data string, trial Trial) (*TrialResult, error) {
	folder, err := r.Folder(data)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "tiendo-doctor-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }() // only a scratch folder of our own
	try := &scratch{dir: dir}
	try.git(ctx, "init", "--quiet", "--initial-branch=main")
	for _, key := range []string{"merge." + Driver + ".driver", "diff." + Driver + ".textconv"} {
		value, err := r.run(ctx, nil, nil, "config", "--get", key)
		if err != nil && gitrun.ExitCode(err) != 1 { // 1: there is none
			return nil, err
		}
		if err == nil {
			try.git(ctx, "config", key, strings.TrimSuffix(string(value), "\n"))
		}
	}
	try.write(".gitattributes", "*.toml -text merge="+Driver+" diff="+Driver+"\n")
	for name, content := range trial.Files {
		try.write(path.Join(folder, name), content)
	}
	record := path.Join(folder, trial.Record)
	try.commit(ctx, record, trial.Base)
	try.git(ctx, "checkout", "--quiet", "-b", "theirs")
	try.commit(ctx, record, trial.Theirs)
	try.git(ctx, "checkout", "--quiet", "main")
	try.commit(ctx, record, trial.Ours)
	result := &TrialResult{Shown: try.git(ctx, "diff", "--no-color", "main~1", "main", "--", record)}
	if try.err != nil {
		return nil, try.err
	}
	_, err = gitrun.Run(ctx, dir, nil, trialEnvironment, "merge", "--quiet", "--no-edit", "--no-ff", "theirs")
	if failed, is := errors.AsType[*gitrun.Error](err); is {
		result.Conflict, result.Said = true, failed.Words
	} else if err != nil {
		return nil, err
	}
	merged, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(record)))
	result.Merged = string(merged)
	return result, err
}

// trialEnvironment names the author, and keeps the user's own settings of tiendo away.
var trialEnvironment = []string{
	"GIT_AUTHOR_NAME=tiendo", "GIT_AUTHOR_EMAIL=" + committerEmail, "GIT_COMMITTER_NAME=" + committerName,
	"GIT_COMMITTER_EMAIL=" + committerEmail,
	"TIENDO_DATA=", "TIENDO_LANG=", "TIENDO_THEME=",
}

// scratch is a repository for a trial. After an error it does nothing more.
type scratch struct {
	dir string
	err error
}

func (s *scratch) git(ctx context.Context, args ...string) string {
	if s.err != nil {
		return ""
	}
	out, err := gitrun.Run(ctx, s.dir, nil, trialEnvironment, args...)
	s.err = err
	return string(out)
}

func (s *scratch) write(name, content string) {
	file := filepath.Join(s.dir, filepath.FromSlash(name))
	if s.err == nil {
		s.err = os.MkdirAll(filepath.Dir(file), 0o700)
	}
	if s.err == nil {
		s.err = os.WriteFile(file, []byte(content), 0o600)
	}
}

func (s *scratch) commit(ctx context.Context, name, content string) {
	s.write(name, content)
	s.git(ctx, "add", "--all")
	s.git(ctx, "commit", "--quiet", "--no-verify", "--message=trial")
}
