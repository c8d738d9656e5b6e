package review

import (
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// Unsaved is what was typed into a form and not saved: a lost connection must not cost it.
type Unsaved struct {
	At     time.Time   // when it was kept; Keep sets it
	Seen   model.Value // what the person had before them, so that what others changed since is seen as a conflict
	Values []string    // of the fields
}

// HandEdit is what people have edited in the data files themselves since the last commit.
type HandEdit struct {
	Hash        string            // of the commit that holds it; "" as long as there is none
	Files       []string          // paths in the data folder, with slashes
	Contents    map[string][]byte // of these files
	Differences []Difference      // in the order of the plan; none where only comments and layout differ
	Later       *model.Campaign   // the campaign with them
	Left        []phrase.Problem  // a new error in each file that was edited too, and is left as it is
}
