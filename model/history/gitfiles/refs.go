package gitfiles

import (
	"errors"
	"io/fs"
	"os"
	"strings"
)

// Follows is the branch of a remote that a branch follows, and where what was last seen of it is kept: by the settings
// of the repository and of the user, where they are as `git clone` and `git push --set-upstream` write them.
func Follows(gitDir, branch string) (remote, ref, tracking string, known bool) {
	said, known := allSettings(gitDir)
	name, isBranch := strings.CutPrefix(branch, heads)
	if !known || !isBranch || !usual(gitDir) {
		return "", "", "", false
	}
	remote, ref = said["branch."+name+".remote"], said["branch."+name+".merge"]
	there, isBranch := strings.CutPrefix(ref, heads)
	if remote == "" || remote == "." || !isBranch || strings.Contains(remote+ref, "\n") ||
		said["remote."+remote+".fetch"] != "+refs/heads/*:refs/remotes/"+remote+"/*" {
		return "", "", "", false
	}
	return remote, ref, "refs/remotes/" + remote + "/" + there, true
}

const heads = "refs/heads/"

// Refs are the ids that the names below some folders stand for, such as refs/heads. Names that stand for another name
// are not among them.
func Refs(gitDir string, below ...string) (ids map[string]string, known bool) {
	root, err := os.OpenRoot(gitDir)
	if err != nil {
		return nil, false
	}
	defer func() { _ = root.Close() }() // nothing is written
	ids = map[string]string{}
	for _, folder := range below {
		err := fs.WalkDir(root.FS(), folder, func(name string, entry fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if err != nil || entry.IsDir() || strings.HasSuffix(name, ".lock") {
				return err
			}
			content, err := root.ReadFile(name)
			if id := strings.TrimSpace(string(content)); !strings.HasPrefix(id, "ref: ") {
				ids[name] = id
			}
			return err
		})
		if err != nil {
			return nil, false
		}
	}
	// Last, so that what is packed meanwhile is found in either place.
	packed, err := root.ReadFile("packed-refs")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, false
	}
	for line := range strings.Lines(string(packed)) {
		id, name, is := strings.Cut(strings.TrimSpace(line), " ")
		if !is || strings.HasPrefix(id, "#") || ids[name] != "" {
			continue
		}
		for _, folder := range below {
			if strings.HasPrefix(name, folder+"/") {
				ids[name] = id
			}
		}
	}
	return ids, true
}
