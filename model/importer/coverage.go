package importer

import (
	"slices"
	"strings"

	"example.org/tiendo/model/phrase"
)

// Coverage accounts for every line of a document.
type Coverage struct {
	Lines    int            `json:"lines"` // paragraphs and cells, all in all
	Placed   int            `json:"placed"`
	Doubtful int            `json:"doubtful"` // of those placed
	Left     int            `json:"left"`
	Counts   map[Role]int   `json:"counts"`
	Entries  []Entry        `json:"document"` // every line, in order
	Days     []CountedDay   `json:"days"`
	Uses     map[Use]int    `json:"day_uses"`
	Unsplit  []CountedText  `json:"unsplit"`
	Persons  []string       `json:"persons"`
	Units    []NamedUnit    `json:"units"`
	Notes    []string       `json:"notes"`
	Annex    AnnexChoice    `json:"annex,omitempty"`
	Tasks    map[string]int `json:"tasks"` // activities and duties of the plan itself
}

// Entry is what became of one line.
type Entry struct {
	Line   int    `json:"line"`
	Where  string `json:"where"`
	Role   Role   `json:"role"`
	Text   string `json:"text"`
	Doubt  string `json:"doubt,omitempty"`
	Number int    `json:"-"`
}

// CountedDay is a day of the document.
type CountedDay struct {
	Line int    `json:"line"`
	Day  string `json:"day"`
	Use  Use    `json:"use"`
	Text string `json:"text"`
}

// CountedText is a text that was not split.
type CountedText struct {
	Line int    `json:"line"`
	Text string `json:"text"`
	Why  string `json:"why"`
}

// NamedUnit is a unit or group that the document names.
type NamedUnit struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Group bool   `json:"group"`
	Line  int    `json:"line"`
}

// Coverage accounts for the lines, in the words of a language.
func (r *Reading) Coverage(words phrase.Printer) Coverage {
	c := Coverage{Counts: map[Role]int{}, Uses: map[Use]int{}, Annex: r.Annexed, Tasks: map[string]int{},
		Entries: []Entry{}, Days: []CountedDay{}, Unsplit: []CountedText{}, Persons: []string{}, Units: []NamedUnit{},
		Notes: []string{}}
	for i := range r.Lines {
		l := &r.Lines[i]
		c.Lines++
		c.Counts[l.Role]++
		entry := Entry{Line: l.Line, Where: words.Say(r.Where(l.Place)), Role: l.Role, Text: l.Printed()}
		switch {
		case l.Role == Left:
			c.Left++
		case !l.Doubt.IsZero():
			c.Doubtful++
			entry.Doubt = words.Say(l.Doubt)
		}
		c.Entries = append(c.Entries, entry)
	}
	c.Placed = c.Lines - c.Left
	for _, day := range r.Days {
		c.Uses[day.Use]++
		c.Days = append(c.Days, CountedDay{day.At.Line, day.Day.String(), day.Use, day.Text})
	}
	for _, unsplit := range r.Unsplit {
		c.Unsplit = append(c.Unsplit, CountedText{unsplit.At.Line, unsplit.Text, words.Say(unsplit.Why)})
	}
	for _, task := range r.Tasks {
		c.Tasks[kindOf(task.Duty)]++
		for _, person := range task.Persons {
			if !slices.Contains(c.Persons, person) {
				c.Persons = append(c.Persons, person)
			}
		}
	}
	for _, name := range r.owners.all {
		c.Units = append(c.Units, NamedUnit{name.id, name.name, name.group, name.line})
	}
	for _, note := range r.Notes {
		c.Notes = append(c.Notes, words.Say(note))
	}
	return c
}

// apart are roles of lines that are no part of what the plan says.
var apart = []Role{Motto, Margin, Columns, Settled, Form, Annex}

// Text is the coverage as people read it, a line for each thing.
func (c *Coverage) Text(words phrase.Printer) []string {
	lines := []string{
		words.T("Lines: %d, placed %d (%d in doubt), left over %d", c.Lines, c.Placed, c.Doubtful, c.Left),
		"  " + strings.Join(c.counts(words), ", "),
		words.T("In the plan: %d activities, %d duties", c.Tasks["activity"], c.Tasks["duty"]),
		words.T("Days: %d seen, %d taken as deadlines, %d of the plan, %d of the reports, %d of an event, "+
			"%d left as those of other documents", len(c.Days), c.Uses[OfDeadline], c.Uses[OfPeriod], c.Uses[OfReport],
			c.Uses[OfEvent], c.Uses[Citation]+c.Uses[OfDocument]),
	}
	for _, day := range c.Days {
		if day.Use != Citation && day.Use != OfDocument {
			lines = append(lines, words.T("  line %d: %s", day.Line, day.Text))
		}
	}
	lines = append(lines, c.Notes...)
	lines = append(lines, c.list(words.T("Left over, in the plan nowhere:"),
		func(e *Entry) bool { return e.Role == Left })...)
	lines = append(lines, c.list(words.T("In doubt:"), func(e *Entry) bool { return e.Doubt != "" })...)
	if len(c.Unsplit) > 0 {
		lines = append(lines, words.T("Not split into units:"))
		for _, one := range c.Unsplit {
			lines = append(lines, words.T("  line %d: %s", one.Line, one.Text+" ("+one.Why+")"))
		}
	}
	if len(c.Persons) > 0 {
		lines = append(lines, words.T("Persons, who are not made units: %s", strings.Join(c.Persons, ", ")))
	}
	return lines
}

// Apart lists the lines that are read and are no part of the plan.
func (c *Coverage) Apart(words phrase.Printer) []string {
	return c.list(words.T("Read, and no part of what the plan says:"),
		func(e *Entry) bool { return slices.Contains(apart, e.Role) })
}

func (c *Coverage) counts(words phrase.Printer) []string {
	var counts []string
	for _, role := range roles() {
		if n := c.Counts[role]; n > 0 {
			counts = append(counts, words.T("%s %d", role, n))
		}
	}
	return counts
}

// list lists lines under a title; nothing where there are none.
func (c *Coverage) list(title string, is func(*Entry) bool) []string {
	var lines []string
	for i := range c.Entries {
		e := &c.Entries[i]
		if !is(e) {
			continue
		}
		line := "  " + e.Where + ": " + e.Text
		if e.Doubt != "" {
			line += " — " + e.Doubt
		}
		lines = append(lines, line)
	}
	if len(lines) > 0 {
		lines = append([]string{title}, lines...)
	}
	return lines
}
