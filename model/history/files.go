package history

import (
	"context"
	"path"
	"strings"
	"time"

	"example.org/tiendo/model"
)

// Files are the data files of a state in the history: a commit, a branch or a
// tag. The paths are within the data folder.
func (r *Repository) Files(ctx context.Context, dir, revision string) (map[string][]byte, error) {
	folder, err := r.folder(dir)
	if err != nil {
		return nil, err
	}
	commit, err := r.Resolve(ctx, revision)
	if err != nil {
		return nil, err
	}
	arguments := []string{"ls-tree", "-r", "-z", "--full-tree", commit, "--"}
	for _, name := range append(append([]string{}, baseFiles...), "report.toml", progressPath) {
		arguments = append(arguments, path.Join(folder, name))
	}
	out, err := run(ctx, r.top, nil, nil, arguments...)
	if err != nil {
		return nil, err
	}
	objects, err := r.openObjects(ctx)
	if err != nil {
		return nil, err
	}
	defer objects.close()
	files := map[string][]byte{}
	inside := past{folder: folder}
	for entry := range strings.SplitSeq(string(out), "\x00") {
		description, name, _ := strings.Cut(entry, "\t")
		fields := strings.Fields(description) // mode, kind, id
		if len(fields) != 3 || !strings.HasPrefix(fields[0], "100") {
			continue // a symbolic link or another repository is no data file
		}
		content, err := objects.blob(fields[2])
		if err != nil {
			return nil, err
		}
		files[inside.inside(name)] = content
	}
	return files, nil
}

// Resolve gives the whole hash of the commit that a revision means.
func (r *Repository) Resolve(ctx context.Context, revision string) (string, error) {
	if strings.HasPrefix(revision, "-") || revision == "" {
		return "", noRevision([]string{revision}, "unknown revision", nil)
	}
	out, err := run(ctx, r.top, nil, nil, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	if err != nil {
		return "", noRevision([]string{revision}, "unknown revision", nil)
	}
	lines := strings.Fields(string(out)) // older versions of git repeat --end-of-options
	return lines[len(lines)-1], nil
}

// LastBefore is the last commit on this branch that was made before a moment.
func (r *Repository) LastBefore(ctx context.Context, moment time.Time) (string, error) {
	out, err := run(ctx, r.top, nil, nil, "rev-list", "--max-count=1", "--first-parent", "--before="+moment.Format(time.RFC3339), "HEAD")
	if err != nil {
		return "", err
	}
	commit := strings.TrimSpace(string(out))
	if commit == "" {
		return "", model.Refuse(model.Say("the history begins later than %s", moment.Format("02/01/2006")), model.Say("`tiendo log` shows where it begins"))
	}
	return commit, nil
}
