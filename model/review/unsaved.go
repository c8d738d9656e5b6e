package review

import (
	"time"

	"example.org/tiendo/model"
)

// Unsaved is what was typed into a form and not saved: a lost connection must not cost it.
type Unsaved struct {
	At     time.Time   // when it was kept; Keep sets it
	Seen   model.Value // what the person had before them, so that what others changed since is seen as a conflict
	Values []string    // of the fields
}
