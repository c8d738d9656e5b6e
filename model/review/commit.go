package review

import (
	"time"

	"example.org/tiendo/model"
)

// Commit is the record of one written file to be made in git.
type Commit struct {
	Path        string // absolute path of the file
	Content     []byte // what the file holds; nil: what it holds when the commit begins
	AuthorName  string
	AuthorEmail string
	When        time.Time
	Recorded    time.Time // when the commit is made; zero is now. Only a made-up campaign has a past of its own.
	Message     string
	Unit        string // whose record it is, and what of it; empty for a file as a whole
	Subject     model.Subject
}

// MissingFile is a data file that is missing in its folder while git still has it: the last commit holds it, and nobody
// has told git that it is to go.
type MissingFile struct {
	Path       string // within the data folder, with slashes
	InConflict bool   // both sides of a merge have changed it
	LeftOut    bool   // the work tree need not hold it, as in a sparse checkout
}
