package cli

import (
	"os"
	"path/filepath"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/workspace"
)

// hostKeyFile is where the server's key lies: as given, or in the user's own configuration.
func (p *program) hostKeyFile(given string, folder *workspace.Workspace) (string, error) {
	path := given
	if given == "" {
		config, err := os.UserConfigDir()
		if err != nil {
			return "", &phrase.Refusal{What: phrase.Say("there is no place for the server's key"), Hint: phrase.Say("name a file with --host-key"), Err: err}
		}
		path = filepath.Join(config, workspace.ProgramName, "host_key")
	}
	if keptByGit(p.absolute(path), folder) {
		return "", phrase.Refuse(phrase.Say("the host key %s would lie among the files that git keeps", path),
			phrase.Say("whoever has the files could then pose as the server: name a file elsewhere with --host-key"))
	}
	return path, nil
}

// keptByGit reports whether a file lies in the data folder or in the work tree around it.
func keptByGit(path string, folder *workspace.Workspace) bool {
	inside, outside := []string{folder.Dir}, ""
	if folder.Repository != nil {
		inside = append(inside, folder.Repository.Top())
		outside = filepath.Dir(folder.Repository.Dir())
	}
	for dir := filepath.Dir(withoutLinks(path)); ; dir = filepath.Dir(dir) {
		if sameFolder(dir, outside) {
			return false
		}
		for _, kept := range inside {
			if sameFolder(dir, kept) {
				return true
			}
		}
		if dir == filepath.Dir(dir) {
			return false
		}
	}
}

// withoutLinks follows the links in a path, of which the end may not be there yet.
func withoutLinks(path string) string {
	if resolved, err := filepath.EvalSymlinks(path); err == nil {
		return resolved
	}
	if path == filepath.Dir(path) {
		return path
	}
	return filepath.Join(withoutLinks(filepath.Dir(path)), filepath.Base(path))
}

func sameFolder(a, b string) bool {
	first, errFirst := os.Stat(a)
	second, errSecond := os.Stat(b)
	return errFirst == nil && errSecond == nil && os.SameFile(first, second)
}
