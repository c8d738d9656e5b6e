package decode

import (
	"path"
	"path/filepath"

	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/phrase"
)

// The data files, and the folder with those of the units.
const (
	PlanFile       = "plan.toml"
	RosterFile     = "units.toml"
	ReportFile     = "report.toml"
	ProgressFolder = "progress"
	Extension      = ".toml"
)

// Judge lists the errors in a data file, as far as it can be judged without the others.
func Judge(name string, content []byte) []phrase.Problem {
	if len(content) > edit.MaxSize {
		return []phrase.Problem{{File: name, What: phrase.Say("the file is larger than %d KiB", edit.MaxSize/1024)}}
	}
	r := Parse(name, content)
	name = filepath.ToSlash(name)
	kind := path.Base(name)
	if path.Base(path.Dir(name)) == ProgressFolder { // a unit may be called anything
		kind = ""
	}
	switch kind {
	case PlanFile:
		Plan(r, AnyNames()) // what it names may stand in another file
	case RosterFile:
		Roster(r, NewNames())
	case ReportFile:
		root := r.root()
		if root.readable(required, 1) {
			root.close()
		}
	default:
		Progress(r, nil, nil)
	}
	return phrase.ErrorsIn(r.Problems)
}
