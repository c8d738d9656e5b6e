package history

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"example.org/tiendo/model/history/gitfiles"
	"example.org/tiendo/model/history/gitrun"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
)

// answers are what was found in one state of HEAD and index about missing files and plans, and what was committed since
// a mark: a screen asks again at every reading, and many may have the same mark or none.
type answers struct {
	mutex sync.Mutex
	state string
	kept  map[string]map[string]review.MissingFile // by what was asked
	plans string                                   // for which state and plan it was asked
	only  bool                                     // whether there was never another plan
	head  string                                   // and the edge of a shallow clone, for which is kept what follows
	since map[string][]made                        // by what was asked
	index string                                   // the state for which is kept what follows
	named string                                   // the plans in the index, as ls-files names them
}

// StillHas finds, among data files that are missing in the folder dir, those that git still has: the last commit
// holds them, and nobody has told git that they are to go. They are named by their paths within the data folder; a
// record may lie in any folder below that of the records. Git is asked again only once HEAD or the index has changed.
func (r *worktree) StillHas(ctx context.Context, dir string, missing []string) (map[string]review.MissingFile, error) {
	head := r.Head()
	state, question := r.state(head), strings.Join(append([]string{dir}, missing...), "\x00")
	r.asked.mutex.Lock()
	defer r.asked.mutex.Unlock()
	if r.asked.state != state {
		r.asked.state, r.asked.kept = state, map[string]map[string]review.MissingFile{}
	}
	if kept, known := r.asked.kept[question]; known {
		return kept, nil
	}
	kept := map[string]review.MissingFile{}
	if !r.indexLacks(missing) {
		var err error
		if kept, err = r.askStillHas(ctx, head, dir, missing); err != nil {
			return nil, err
		}
	}
	r.asked.kept[question] = kept
	return kept, nil
}

// askStillHas asks git what StillHas wants to know. That a file is to go stands in the index alone.
func (r *worktree) askStillHas(ctx context.Context, head, dir string, missing []string) (map[string]review.MissingFile,
	error) {
	held, err := r.namedIn(dir, missing, func(paths []string) ([]byte, error) { return r.listHead(ctx, head, paths) })
	if err != nil || len(held) == 0 {
		return held, err
	}
	kept, err := r.namedIn(dir, missing, func(paths []string) ([]byte, error) {
		return r.run(ctx, nil, nil, append([]string{"ls-files", "--stage", "-t", "-z", "--"}, paths...)...)
	})
	maps.DeleteFunc(kept, func(name string, _ review.MissingFile) bool { _, is := held[name]; return !is })
	return kept, err
}

// listHead lists files of the last commit as ls-files --stage does those of the index; none before the first commit.
func (r *worktree) listHead(ctx context.Context, head string, paths []string) ([]byte, error) {
	out, err := r.run(ctx, nil, nil, append([]string{"ls-tree", "-r", "-z", "--full-tree", cmp.Or(head, "HEAD"), "--"},
		paths...)...)
	if err == nil || head != "" {
		return out, err
	}
	if _, none := r.run(ctx, nil, nil, "rev-parse", "--verify", "--quiet", "HEAD"); gitrun.ExitCode(none) == 1 {
		return nil, nil
	}
	return nil, err
}

// namedIn finds missing files in a list that git gives of the paths in which they may lie.
func (r *worktree) namedIn(dir string, missing []string,
	list func(paths []string) ([]byte, error)) (map[string]review.MissingFile, error) {
	folder, err := r.Folder(dir)
	if err != nil {
		return nil, err
	}
	out, err := list(dataPaths(folder))
	if err != nil {
		return nil, err
	}
	wanted := make(map[string]bool, len(missing))
	for _, name := range missing {
		wanted[name] = true
	}
	inside, found := past{folder: folder}, map[string]review.MissingFile{}
	for entry := range strings.SplitSeq(string(out), "\x00") {
		description, file, _ := strings.Cut(entry, "\t")
		name := inside.inside(file)
		if unit := inside.unit(file); unit != "" {
			name = path.Join(progressPath, path.Base(file))
		}
		if _, before := found[name]; wanted[name] && !before {
			fields := strings.Fields(description) // of the index: tag, mode, id, stage; of a commit: mode, kind, id
			ofIndex := len(fields) == 4
			found[name] = review.MissingFile{
				Path: inside.inside(file), InConflict: ofIndex && fields[3] != "0", LeftOut: ofIndex && fields[0] == tagSkipped,
			}
		}
	}
	return found, nil
}

// state tells one state of HEAD and of the index from another, without asking git.
func (r *worktree) state(head string) string {
	files := []string{filepath.Join(r.gitDir, "index")}
	if head == "" { // it lies in one of these
		content, _ := os.ReadFile(filepath.Join(r.gitDir, "HEAD")) // without it nothing else is there either
		head = string(content)
		for _, dir := range r.GitDirs() {
			files = append(files, filepath.Join(dir, "packed-refs"), filepath.Join(dir, "reftable", "tables.list"))
		}
	}
	state := strings.Builder{}
	state.WriteString(head)
	for _, file := range files {
		if info, err := os.Stat(file); err == nil {
			fmt.Fprintf(&state, "\x00%s %d %d", file, info.ModTime().UnixNano(), info.Size())
		}
	}
	return state.String()
}

// indexLacks reports whether the index surely names none of the files, so that git need not be asked.
func (r *worktree) indexLacks(missing []string) bool {
	const most = 100 // more of them are found by git sooner
	if len(missing) > most {
		return false
	}
	names := make([]string, len(missing))
	for i, name := range missing {
		names[i] = path.Base(name)
	}
	return gitfiles.Lacks(r.gitDir, len(r.Head()), names...)
}

// Lookout says what git knows to those who only look at a data folder: git is not started before it must be asked.
type Lookout struct {
	dir        string
	near       *Repository // as far as it is known without git
	once       sync.Once
	repository *Repository // nil: git does not work here
}

// NewLookout looks into the git directory of a data folder.
func NewLookout(dir, gitDir string) *Lookout {
	return &Lookout{dir: dir, near: repositoryAt("", gitDir)}
}

// opened is the repository; nil where git does not work, so that there is no history.
func (l *Lookout) opened(ctx context.Context) *Repository {
	l.once.Do(func() { l.repository, _ = Open(ctx, l.dir) })
	return l.repository
}

// StillHas is as Repository.StillHas. Where git does not work there is no history, so that it has nothing.
func (l *Lookout) StillHas(ctx context.Context, dir string, missing []string) (map[string]review.MissingFile, error) {
	if !l.near.indexLacks(missing) {
		if repository := l.opened(ctx); repository != nil {
			return repository.StillHas(ctx, dir, missing)
		}
	}
	return map[string]review.MissingFile{}, nil
}

// ByHand is as Repository.ByHand. Where git does not work nobody knows.
func (l *Lookout) ByHand(ctx context.Context) phrase.Sentence {
	if repository := l.opened(ctx); repository != nil {
		return repository.ByHand(ctx)
	}
	return phrase.Sentence{}
}
