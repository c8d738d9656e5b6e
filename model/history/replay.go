package history

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.org/tiendo/model/history/gitrun"
)

// UseDriver says how git runs tiendo's merge driver, with %O %A %B %P, where a merge of the history
// is made anew. Without it, and with "", such a merge is made as plain text only.
func (r *archive) UseDriver(command func() string) { r.driver = command }

// replay is a repository of its own in which git makes merges anew: it shares the objects of the
// real one, but none of its settings, attributes, grafts and replaced objects. What git makes in it
// goes with it.
type replay struct {
	*archive
	options []string // with which git merges by tiendo's driver; nil where there is none
	objects *objects
}

// replay makes such a repository; close must follow. sample is any id of an object.
func (r *archive) replay(ctx context.Context, folder, sample string) (*replay, error) {
	out, err := r.run(ctx, nil, r.hook, "rev-parse", "--git-path", "objects", "--git-path", "shallow")
	paths := strings.Split(strings.TrimSpace(string(out)), "\n")
	if err != nil || len(paths) != 2 {
		return nil, errors.Join(err, errors.New("git rev-parse does not say where the objects lie"))
	}
	for i, path := range paths {
		if !filepath.IsAbs(path) {
			paths[i] = filepath.Join(r.top, path)
		}
	}
	objects := []string{paths[0]}
	for _, variable := range r.hook {
		if more, is := strings.CutPrefix(variable, "GIT_ALTERNATE_OBJECT_DIRECTORIES="); is {
			objects = append(objects, filepath.SplitList(more)...)
		}
	}
	dir, err := os.MkdirTemp("", "tiendo-replay-")
	if err != nil {
		return nil, err
	}
	m := &replay{archive: &repositoryAt(dir, dir).archive}
	m.driver, m.hook = r.driver, []string{
		"GIT_DIR=" + dir, "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_ATTR_NOSYSTEM=1",
		"GIT_NO_REPLACE_OBJECTS=1",
	}
	config := "[core]\n\trepositoryformatversion = 0\n\tbare = true\n"
	if len(sample) == 64 {
		config = "[core]\n\trepositoryformatversion = 1\n\tbare = true\n[extensions]\n\tobjectformat = sha256\n"
	}
	files := map[string]string{
		"HEAD": "ref: refs/heads/none\n", "config": config, "objects/info/alternates": strings.Join(objects, "\n") + "\n",
		"tiendo/attributes": driverAttributes(folder),
	}
	if shallow, err := os.ReadFile(paths[1]); err == nil {
		files["shallow"] = string(shallow)
	}
	err = os.Mkdir(filepath.Join(dir, "refs"), 0o700)
	for name, content := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		err = errors.Join(err, os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, []byte(content), 0o600))
	}
	if err != nil {
		_ = os.RemoveAll(dir)
		return nil, err
	}
	if command := r.driver(); command != "" {
		m.options = driverOptions(command, filepath.Join(dir, "tiendo", "attributes"))
	}
	m.objects = m.archive.objects(ctx)
	return m, nil
}

func (m *replay) close() {
	m.objects.close()
	_ = os.RemoveAll(m.top)
}

// plain are the options with which git merges as text, by its defaults.
var plain = []string{"-c", "core.attributesFile=" + os.DevNull}

// replayed is what git makes of two commits by itself.
type replayed struct {
	same   map[string]bool   // paths that the merge holds as git makes them
	merged map[string]string // paths that git merges, with the tree in which they stand; others it cannot merge
}

// compare makes a merge anew and compares some of its files: as plain text, and what differs once more
// with tiendo's driver. Where git cannot make it, because it is too old or the sides have nothing
// in common, no file is as git makes it.
func (m *replay) compare(ctx context.Context, merge string, parents, paths []string) (replayed, error) {
	found := replayed{same: map[string]bool{}, merged: map[string]string{}} // by path
	left := paths
	for _, options := range [][]string{plain, m.options} {
		if options == nil || len(left) == 0 || len(parents) != 2 {
			continue
		}
		made, err := m.writeTree(ctx, options, parents[0], parents[1])
		if err != nil {
			return found, ctx.Err()
		}
		out, err := m.run(ctx, nil, m.hook, "diff-tree", "-r", "-z", "--name-only", "--no-renames", made.tree, merge)
		if err != nil {
			return found, err
		}
		differ := strings.Split(string(out), "\x00")
		left = slices.DeleteFunc(slices.Clone(left), func(path string) bool {
			if slices.Contains(made.conflicts, path) {
				return false
			}
			found.merged[path] = made.tree
			found.same[path] = !slices.Contains(differ, path)
			return found.same[path]
		})
	}
	return found, nil
}

// writeTree lets git merge two commits in its own store.
func (r *runner) writeTree(ctx context.Context, options []string, ours, theirs string) (mergedTree, error) {
	arguments := append(slices.Clone(options), "merge-tree", "--write-tree", "-z", "--no-messages", ours, theirs)
	out, err := gitrun.Run(ctx, r.Dir(), nil, append(r.scratch(), r.hook...), arguments...)
	if err != nil && (gitrun.ExitCode(err) != 1 || len(out) == 0) {
		return mergedTree{}, err
	}
	fields := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	merged := mergedTree{tree: fields[0]}
	if !isID(merged.tree) {
		return mergedTree{}, errNoAnswer
	}
	for _, entry := range fields[1:] {
		_, path, is := strings.Cut(entry, "\t") // mode, id, number of the version
		if !is {
			continue
		}
		merged.open = append(merged.open, entry)
		if !slices.Contains(merged.conflicts, path) {
			merged.conflicts = append(merged.conflicts, path)
		}
	}
	return merged, nil
}
