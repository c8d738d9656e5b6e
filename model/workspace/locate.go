package workspace

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/phrase"
)

// PlanFile marks a data folder, and DataFolder is its usual name.
const (
	PlanFile   = "plan.toml"
	DataFolder = "data"
)

// dataFolderIn is the data folder in a folder, or the folder itself, by a file that lies in it; "" when it is neither.
func dataFolderIn(folder, file string) string {
	for _, dir := range []string{filepath.Join(folder, DataFolder), filepath.Clean(folder)} {
		// What kind of file it is and whether it can be read is for the store to say.
		if info, err := os.Lstat(filepath.Join(dir, file)); err == nil && !info.IsDir() {
			return dir
		}
	}
	return ""
}

// Locate finds the data folder, given or from a directory upward, and how messages write it.
func Locate(given, source, directory string) (dir, shown string, err error) {
	if given != "" {
		return locateGiven(given, source, directory)
	}
	for _, file := range marks() {
		for folder := directory; ; folder = filepath.Dir(folder) {
			if dir := dataFolderIn(folder, file); dir != "" {
				return dir, ShownFrom(directory, dir), nil
			}
			if folder == filepath.Dir(folder) {
				break
			}
		}
	}
	return "", "", phrase.Refuse(
		phrase.Say("there is no plan here: neither %s nor %s in this folder or above", DataFolder+"/"+PlanFile, PlanFile),
		phrase.Say("`tiendo init DIR` makes a new plan folder; `--data DIR` names one; `tiendo demo` shows an example"))
}

// marks are the files by which a data folder is found, the surest first: without its plan it is still found by its
// roster, so that a plan that was deleted by mistake is named as that.
func marks() []string { return []string{PlanFile, decode.RosterFile} }

func locateGiven(given, source, directory string) (dir, shown string, err error) {
	folder := given
	if !filepath.IsAbs(folder) {
		folder = filepath.Join(directory, folder)
	}
	for _, file := range marks() {
		if dir = dataFolderIn(folder, file); dir != "" {
			break
		}
	}
	if dir == "" {
		return "", "", phrase.Refuse(phrase.Say("%s: there is no %s in %s", source, PlanFile, given),
			phrase.Say("`tiendo init DIR` makes a new plan folder"))
	}
	return dir, filepath.Join(given, strings.TrimPrefix(dir, filepath.Clean(folder))), nil
}

// ShownFrom writes a folder as seen from a directory.
func ShownFrom(directory, dir string) string {
	if relative, err := filepath.Rel(directory, dir); err == nil {
		return relative
	}
	return dir
}

// Keeps reports whether a file lies in the data folder or in the work tree around it, so that whoever has the plan has
// it.
func (w *Workspace) Keeps(path string) bool {
	inside, outside := []string{w.Dir}, ""
	if w.Repository != nil {
		inside = append(inside, w.Repository.Top())
		outside = filepath.Dir(w.Repository.Dir())
	}
	for dir := filepath.Dir(withoutLinks(path)); ; dir = filepath.Dir(dir) {
		if sameFile(dir, outside) {
			return false
		}
		if slices.ContainsFunc(inside, func(kept string) bool { return sameFile(dir, kept) }) {
			return true
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
