package review

import (
	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// HandEdit is what people have edited in the data files themselves since the last commit.
type HandEdit struct {
	Hash        string            // of the commit that holds it; "" as long as there is none
	Files       []string          // paths in the data folder, with slashes
	Contents    map[string][]byte // of these files
	Differences []Difference      // in the order of the plan; none where only comments and layout differ
	Later       *model.Campaign   // the campaign with them
	Left        []phrase.Problem  // a new error in each file that was edited too, and is left as it is
}
