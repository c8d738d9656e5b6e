package cli

import (
	"path/filepath"
	"strings"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/workspace"
)

// locate finds the data folder and how messages write it: as the user did, or
// seen from the working directory.
func (p *program) locate() (dir, shown string, err error) {
	given, source := p.setting("data", p.options.data, envData)
	if given != "" {
		return p.locateGiven(given, source)
	}
	for folder := p.system.Directory; ; folder = filepath.Dir(folder) {
		if dir := workspace.DataFolderIn(folder); dir != "" {
			return dir, p.shownFrom(dir), nil
		}
		if folder == filepath.Dir(folder) {
			return "", "", phrase.Refuse(
				phrase.Say("there is no plan here: neither %s nor %s in this folder or above", workspace.DataFolder+"/"+workspace.PlanFile, workspace.PlanFile),
				phrase.Say("`tiendo init DIR` makes a new plan folder; `--data DIR` names one; `tiendo demo` shows an example"))
		}
	}
}

func (p *program) locateGiven(given, source string) (dir, shown string, err error) {
	folder := given
	if !filepath.IsAbs(folder) {
		folder = filepath.Join(p.system.Directory, folder)
	}
	dir = workspace.DataFolderIn(folder)
	if dir == "" {
		return "", "", phrase.Refuse(phrase.Say("%s: there is no %s in %s", source, workspace.PlanFile, given),
			phrase.Say("`tiendo init DIR` makes a new plan folder"))
	}
	return dir, filepath.Join(given, strings.TrimPrefix(dir, filepath.Clean(folder))), nil
}

// shownFrom writes a folder as seen from the working directory.
func (p *program) shownFrom(dir string) string {
	if relative, err := filepath.Rel(p.system.Directory, dir); err == nil {
		return relative
	}
	return dir
}
