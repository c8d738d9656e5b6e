package review

// Page is a part of the history.
type Page struct {
	Revisions []Revision
	Read      int   // commits, with those that changed nothing of the plan
	More      bool  // there is history before it
	Beside    error // what of the data is in no commit; nil for nothing, and on later pages
}
