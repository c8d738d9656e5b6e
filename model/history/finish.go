package history

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
)

// Stage tells git that a file that was in conflict is settled: as it stands in the work
// tree, or gone when it does not stand there.
func (r *Repository) Stage(ctx context.Context, path string) error {
	name, err := r.relative(path)
	if err != nil {
		return err
	}
	args := []string{"add", "--", name}
	if _, err := os.Lstat(path); os.IsNotExist(err) {
		args = []string{"rm", "--cached", "--quiet", "--ignore-unmatch", "--", name}
	}
	return r.patiently(ctx, func() error {
		_, err := r.change(ctx, nil, nil, args...)
		return err
	})
}

// Merged gives the versions of the data files that both sides of the merge in progress
// have changed, and what stands in the index for them; nil is a version without the file.
func (r *Repository) Merged(ctx context.Context, dir string) (files []review.MergedFile, err error) {
	folder, err := r.folder(dir)
	if err != nil {
		return nil, err
	}
	out, err := run(ctx, r.top, nil, nil, "merge-base", "HEAD", mergeHead)
	if err != nil {
		return nil, err
	}
	return r.bothChanged(ctx, folder, strings.TrimSpace(string(out)), "HEAD", mergeHead, "")
}

// bothChanged compares two sides with their base and gives the data files that both have
// changed, with what a tree, or the index for "", holds for them.
func (r *Repository) bothChanged(ctx context.Context, folder, base, ours, theirs, tree string) ([]review.MergedFile, error) {
	changed := map[string]int{}
	var paths []string
	for _, side := range []string{ours, theirs} {
		out, err := run(ctx, r.top, nil, nil, "diff-tree", "-r", "-z", "--name-only", "--no-renames", base, side, "--")
		if err != nil {
			return nil, err
		}
		for path := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
			if isData(folder, path) {
				if changed[path]++; changed[path] == 2 {
					paths = append(paths, path)
				}
			}
		}
	}
	if len(paths) == 0 {
		return nil, nil
	}
	objects := r.objects(ctx)
	defer objects.close()
	sides := &sides{repository: r, names: [2]string{ours, theirs}}
	var files []review.MergedFile
	for _, path := range paths {
		file := review.MergedFile{Unmerged: review.Unmerged{Path: filepath.Join(r.top, filepath.FromSlash(path))}}
		for from, into := range map[string]*[]byte{base: &file.Base, ours: &file.Ours, theirs: &file.Theirs, tree: &file.Merged} {
			id, err := objects.find(from, path)
			if err == nil {
				*into, err = objects.blob(id)
			}
			if err != nil && !errors.Is(err, errMissing) {
				return nil, err
			}
		}
		file.OursBy, file.TheirsBy = sides.last(ctx, 0, path), sides.last(ctx, 1, path)
		files = append(files, file)
	}
	return files, nil
}

// FinishMerge makes the commit of a merge in progress in which nothing is in conflict any
// more, as git itself would, by the person. The title is the one that the merge began
// with; the message of the commit is put below it.
func (r *Repository) FinishMerge(ctx context.Context, commit model.Commit) (hash string, err error) {
	if err := r.Settling(); err != nil {
		return "", err
	}
	paths, _, err := r.unmergedPaths(ctx)
	if err != nil {
		return "", err
	}
	if len(paths) > 0 {
		return "", phrase.Refuse(phrase.Say("git still has files in conflict: %s", text.Line(strings.Join(paths, ", "))),
			phrase.Say("settle them in git, then `tiendo resolve --finish`"))
	}
	if hash := r.mergedAlready(ctx); hash != "" {
		_, err := r.change(ctx, nil, nil, "merge", "--quit")
		return hash, err
	}
	message := r.mergeTitle() + "\n"
	if commit.Message != "" {
		message += "\n" + commit.Message
	}
	who := append(author(commit), r.committer(ctx, commit.Recorded, "HEAD", mergeHead)...)
	err = r.patiently(ctx, func() error {
		out, err := r.change(ctx, []byte(message), who, "commit", "--no-verify", "--cleanup=verbatim", "--no-status", "--file=-")
		hash = hashOf(out)
		return err
	})
	if err == nil { // after a power cut MERGE_HEAD must not be there again
		_ = durable.SyncFolder(r.gitDir)
	}
	return hash, err
}

// mergedAlready is the last commit where it holds the merge in progress, as after a kill before git has said that the
// merge is over. Git begins none with what is held already.
func (r *Repository) mergedAlready(ctx context.Context) string {
	heads, err := os.ReadFile(filepath.Join(r.gitDir, mergeHead))
	if err != nil || !isID(strings.TrimSpace(string(heads))) { // more than one is for git to tell
		return ""
	}
	for _, args := range [][]string{{"merge-base", "--is-ancestor", mergeHead, "HEAD"}, {"diff-index", "--cached", "--quiet", "HEAD", "--"}} {
		if _, err := run(ctx, r.top, nil, nil, args...); err != nil {
			return ""
		}
	}
	hash, err := r.Resolve(ctx, "HEAD")
	if err != nil {
		return ""
	}
	return hash[:shortHash]
}

// mergeTitle is the first line of the message with which the merge began.
func (r *Repository) mergeTitle() string {
	begun, _ := os.ReadFile(filepath.Join(r.gitDir, "MERGE_MSG"))
	for line := range strings.Lines(string(begun)) {
		if line = text.Line(strings.TrimSpace(line)); line != "" && !strings.HasPrefix(line, "#") {
			return line
		}
	}
	return "Merge"
}

// IndexTree writes what the index holds as a tree, and gives its id. Git locks the index for it.
func (r *Repository) IndexTree(ctx context.Context) (tree string, err error) {
	err = r.patiently(ctx, func() error {
		out, err := r.change(ctx, nil, nil, "write-tree")
		tree = strings.TrimSpace(string(out))
		return err
	})
	if err == nil && !isID(tree) {
		err = errNoAnswer
	}
	return tree, err
}

// joinTitle is the title of a merge of this clone with a remote's branch.
func joinTitle(language phrase.Language, remote string) string {
	return language.Pick("Hợp nhất thay đổi từ ", "Join the changes from ") + remote
}
