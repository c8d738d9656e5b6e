package visit

import (
	"maps"
	"time"
)

// mostInAMinute is how many lines of one person a log takes in a minute, of a kind that costs them nothing to make:
// nobody must fill the disk, or hide what another is refused.
const mostInAMinute = 120

// Tally counts lines of a log by person. The zero Tally has counted nothing.
type Tally struct {
	Minute time.Time         `json:"minute"` // in which they are counted
	People map[string]*Count `json:"people"`
}

// Count is how often something happened to one person.
type Count struct {
	Lines    int `json:"lines"`    // in this minute
	Unlogged int `json:"unlogged"` // that were too many, since the last one that was logged
}

// Count counts a line of a person. It says whether it is to be logged, and how many before it were not.
func (t *Tally) Count(person string, now time.Time) (unlogged int, logged bool) {
	if minute := now.Truncate(time.Minute); !minute.Equal(t.Minute) {
		t.Minute = minute
		maps.DeleteFunc(t.People, func(_ string, c *Count) bool {
			c.Lines = 0
			return c.Unlogged == 0
		})
	}
	c := t.People[person]
	if c == nil {
		if t.People == nil {
			t.People = map[string]*Count{}
		}
		c = &Count{}
		t.People[person] = c
	}
	if c.Lines++; c.Lines > mostInAMinute {
		c.Unlogged++
		return 0, false
	}
	unlogged, c.Unlogged = c.Unlogged, 0
	return unlogged, true
}
