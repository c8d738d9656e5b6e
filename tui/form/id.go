package form

import (
	"cmp"
	"strconv"
	"strings"

	"example.org/tiendo/model/text"
	"example.org/tiendo/tui/frame"
)

// Sizes of ids, in characters.
const (
	idLimit = 64 // as the rule for ids has it
	idMade  = 30 // of one that is made of words
)

// ID is the field for the id of something new. Left empty, it becomes one that other fields suggest.
type ID struct {
	*Field

	words func() string
	taken func(id string) bool
}

// NewID makes the field. words are those that suggest an id, and taken tells which ids there are already.
func NewID(f *frame.Frame, words func() string, taken func(id string) bool) *ID {
	id := &ID{words: words, taken: taken}
	id.Field = &Field{Key: "id", Label: f.Words.T("Id"), Line: NewLine(f.Styles, "", idLimit),
		Hint: f.Words.T("a-z 0-9 -; it cannot be changed later"), Note: func() []string {
			if made := id.made(); made != "" && id.typed() == "" {
				return []string{f.Words.T("left empty it becomes %s", made)}
			}
			return nil
		}}
	return id
}

// Wanted is the id: as it was typed, else as it is made; "" where nothing suggests one yet.
func (id *ID) Wanted() string {
	return cmp.Or(id.typed(), id.made())
}

func (id *ID) typed() string { return strings.TrimSpace(id.Line.Value()) }

// made is the id that the words suggest; one that is taken gets a number.
func (id *ID) made() string {
	made := text.Slug(id.words(), idMade)
	if made == "" {
		return ""
	}
	free := made
	for n := 2; id.taken(free); n++ {
		free = made + "-" + strconv.Itoa(n)
	}
	return free
}
