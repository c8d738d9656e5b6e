package history

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"example.org/tiendo/model/history/gitrun"
	"example.org/tiendo/model/phrase"
)

// Files are the data files of a state in the history: a commit, a branch or a
// tag. The paths are within the data folder.
func (r *archive) Files(ctx context.Context, dir, revision string) (map[string][]byte, error) {
	state, err := r.State(ctx, dir, revision, State{})
	return state.Files, err
}

// State is what the data files were at a moment of the history.
type State struct {
	Files map[string][]byte // by their paths within the data folder
	ids   map[string]string // of their contents, by the same paths
}

// State gives the data files as Files does. What another state holds already is not read again.
func (r *archive) State(ctx context.Context, dir, revision string, near State) (State, error) {
	folder, err := r.Folder(dir)
	if err != nil {
		return State{}, err
	}
	commit := revision
	if !isID(commit) { // a whole one needs no looking up
		if commit, err = r.Resolve(ctx, revision); err != nil {
			return State{}, err
		}
	}
	return r.stateOf(ctx, folder, commit, near)
}

// files are the data files of a commit, in a folder as git names it.
func (r *archive) files(ctx context.Context, folder, commit string) (map[string][]byte, error) {
	state, err := r.stateOf(ctx, folder, commit, State{})
	return state.Files, err
}

func (r *archive) stateOf(ctx context.Context, folder, commit string, near State) (State, error) {
	out, err := r.ask(ctx, append([]string{"ls-tree", "-r", "-z", "--full-tree", commit, "--"}, dataPaths(folder)...)...)
	if err != nil {
		return State{}, err
	}
	state, unread := State{map[string][]byte{}, map[string]string{}}, []string{}
	inside := past{folder: folder}
	for entry := range strings.SplitSeq(string(out), "\x00") {
		description, name, _ := strings.Cut(entry, "\t")
		fields := strings.Fields(description)                        // mode, kind, id
		if len(fields) == 3 && strings.HasPrefix(fields[0], "100") { // a symbolic link or another repository is no data file
			path, id := inside.inside(name), fields[2]
			if state.ids[path] = id; near.ids[path] == id {
				state.Files[path] = near.Files[path]
			} else {
				unread = append(unread, id)
			}
		}
	}
	objects := r.objects(ctx)
	defer objects.close()
	contents, err := objects.fetch(unread)
	if err != nil {
		return State{}, err
	}
	for path, id := range state.ids {
		if _, held := state.Files[path]; held {
			continue
		}
		if state.Files[path], err = contents[id].data(); err != nil {
			return State{}, err
		}
	}
	return state, nil
}

// FileVersion is what a commit made of a file.
type FileVersion struct {
	ID      string // of the bytes
	Content []byte
}

// Versions are the last versions of a file on this branch, the newest first and at most so many.
func (r *archive) Versions(ctx context.Context, path string, most int) ([]FileVersion, error) {
	name, err := r.relative(path)
	if err != nil {
		return nil, err
	}
	out, err := r.run(ctx, nil, nil, "log", "--first-parent", "-m", "--root", "--raw", "--no-abbrev", "--no-renames",
		"--format=",
		"--max-count="+strconv.Itoa(most), "HEAD", "--", name)
	if err != nil {
		return nil, err
	}
	var ids []string
	for line := range strings.Lines(string(out)) { // the modes, the ids before and after, A, and the name
		if fields := strings.Fields(line); len(fields) > 4 && strings.HasPrefix(fields[1], "100") {
			ids = append(ids, fields[3])
		}
	}
	objects := r.objects(ctx)
	defer objects.close()
	contents, err := objects.fetch(ids)
	if err != nil {
		return nil, err
	}
	var versions []FileVersion
	for _, id := range ids {
		if content := contents[id]; content.err == nil { // else it cannot be read, or is too large for a data file
			versions = append(versions, FileVersion{id, content.bytes})
		}
	}
	return versions, nil
}

// Earlier are the contents of the last versions of a file on this branch, the newest first and at most so many; fewer
// where they cannot be read.
func (r *archive) Earlier(ctx context.Context, path string, most int) [][]byte {
	versions, _ := r.Versions(ctx, path, most)
	contents := make([][]byte, len(versions))
	for i := range versions {
		contents[i] = versions[i].Content
	}
	return contents
}

// Resolve gives the whole hash of the commit that a revision means.
func (r *runner) Resolve(ctx context.Context, revision string) (string, error) {
	if strings.HasPrefix(revision, "-") || revision == "" {
		return "", r.noRevision(ctx, []string{revision}, "unknown revision", nil)
	}
	out, err := r.run(ctx, nil, nil, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	if err != nil {
		return "", r.unresolved(ctx, revision)
	}
	lines := strings.Fields("- " + string(out)) // older versions of git repeat --end-of-options
	if hash := lines[len(lines)-1]; isID(hash) {
		return hash, nil
	}
	return "", errNoAnswer
}

// unresolved says why a revision means no commit: git knows none of that name, or cannot read it.
func (r *runner) unresolved(ctx context.Context, revision string) error {
	if strings.HasPrefix(revision, "HEAD") {
		if err := r.Unborn(ctx); err != nil {
			return err
		}
	}
	if !isID(revision) { // of a name git knows what it stands for, also where that cannot be read
		if _, err := r.ask(ctx, "cat-file", "-t", revision); err != nil {
			if unread, is := errors.AsType[*UnreadableError](err); is {
				return unread
			}
		}
	}
	return r.noRevision(ctx, []string{revision}, "unknown revision", nil)
}

// MergeBase is the commit at which two states of the history parted; of several the one that git names first.
func (r *runner) MergeBase(ctx context.Context, one, other string) (string, error) {
	var tips [2]string
	for i, revision := range []string{one, other} {
		var err error
		if tips[i], err = r.Resolve(ctx, revision); err != nil {
			return "", err
		}
	}
	out, err := r.ask(ctx, "merge-base", tips[0], tips[1])
	if gitrun.ExitCode(err) == 1 {
		return "", phrase.Refuse(phrase.Say("%s and %s have no common history", one, other),
			phrase.Say("a shallow clone holds too little of it: git fetch --unshallow"))
	}
	base := strings.TrimSpace(string(out))
	if err == nil && !isID(base) {
		err = errNoAnswer
	}
	return base, err
}

// Around is what a file was before a commit, and what the commit left in it; nil where it was not there, or cannot be
// read.
func (r *archive) Around(ctx context.Context, path, commit string) (before, after []byte) {
	name, err := r.relative(path)
	if err != nil {
		return nil, nil
	}
	objects := r.objects(ctx)
	defer objects.close()
	read := func(revision string) (content []byte) {
		if id, err := objects.find(revision, name); err == nil {
			content, _ = objects.blob(id)
		}
		return content
	}
	return read(commit + "^"), read(commit)
}
