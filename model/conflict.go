package model

import (
	"time"

	"example.org/tiendo/model/phrase"
)

// Conflict refuses a change because someone else was first.
type Conflict struct {
	Change Change
	Theirs Value // as it stands in the file now
}

// Error names who was first and when, in English.
func (c *Conflict) Error() string {
	by, at := c.Theirs.LastChange(c.Change.Subject.Kind)
	return phrase.Say("this entry has just been changed by someone else: %s, %s", by, at.Format(time.RFC3339)).String()
}
