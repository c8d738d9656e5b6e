package cli

import (
	"os"
	"path/filepath"
	"strings"

	"example.org/tiendo/model/phrase"
)

// planFile marks a data folder, and dataFolder is its usual name.
const (
	planFile   = "plan.toml"
	dataFolder = "data"
)

// locate finds the data folder and how messages write it: as the user did, or
// seen from the working directory.
func (p *program) locate() (dir, shown string, err error) {
	given, source := p.setting("data", p.options.data, envData)
	if given != "" {
		return p.locateGiven(given, source)
	}
	for folder := p.system.Directory; ; folder = filepath.Dir(folder) {
		if dir := dataFolderIn(folder); dir != "" {
			return dir, p.shownFrom(dir), nil
		}
		if folder == filepath.Dir(folder) {
			return "", "", phrase.Refuse(
				phrase.Say("there is no plan here: neither %s nor %s in this folder or above", dataFolder+"/"+planFile, planFile),
				phrase.Say("`tiendo init DIR` makes a new plan folder; `--data DIR` names one; `tiendo demo` shows an example"))
		}
	}
}

func (p *program) locateGiven(given, source string) (dir, shown string, err error) {
	folder := given
	if !filepath.IsAbs(folder) {
		folder = filepath.Join(p.system.Directory, folder)
	}
	dir = dataFolderIn(folder)
	if dir == "" {
		return "", "", phrase.Refuse(phrase.Say("%s: there is no %s in %s", source, planFile, given),
			phrase.Say("`tiendo init DIR` makes a new plan folder"))
	}
	return dir, filepath.Join(given, strings.TrimPrefix(dir, filepath.Clean(folder))), nil
}

// dataFolderIn is the data folder in a folder or the folder itself; "" when it is neither.
func dataFolderIn(folder string) string {
	for _, dir := range []string{filepath.Join(folder, dataFolder), filepath.Clean(folder)} {
		// What kind of file it is and whether it can be read is for the store to say.
		if info, err := os.Lstat(filepath.Join(dir, planFile)); err == nil && !info.IsDir() {
			return dir
		}
	}
	return ""
}

// shownFrom writes a folder as seen from the working directory.
func (p *program) shownFrom(dir string) string {
	if relative, err := filepath.Rel(p.system.Directory, dir); err == nil {
		return relative
	}
	return dir
}
