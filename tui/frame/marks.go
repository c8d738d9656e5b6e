package frame

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/event"
)

// Marks are rows that the person has marked, to do one thing with all of them. What is marked stays so while it is
// filtered away, or while another tab is looked at.
type Marks struct {
	ids  map[string]bool
	last string // that was marked last, from which a range goes
}

// Has reports whether a row is marked.
func (m *Marks) Has(id string) bool { return m.ids[id] }

// Any reports whether a row is marked.
func (m *Marks) Any() bool { return len(m.ids) > 0 }

// Len is how many rows are marked.
func (m *Marks) Len() int { return len(m.ids) }

// Toggle marks a row, or unmarks it.
func (m *Marks) Toggle(id string) {
	if m.ids[id] {
		m.Remove(id)
		return
	}
	m.add(id)
}

func (m *Marks) add(id string) {
	if id == "" {
		return
	}
	if m.ids == nil {
		m.ids = map[string]bool{}
	}
	m.ids[id], m.last = true, id
}

// Remove unmarks a row.
func (m *Marks) Remove(id string) { delete(m.ids, id) }

// Clear unmarks all.
func (m *Marks) Clear() { *m = Marks{} }

// Reach marks the rows from the one that was marked last up to another one, in the order in which they are shown;
// headings, which have no id, are passed over. Without a row that was marked before it marks the one alone.
func (m *Marks) Reach(shown []string, to string) {
	from, upTo := slices.Index(shown, m.last), slices.Index(shown, to)
	if from < 0 || upTo < 0 || !m.ids[m.last] {
		m.add(to)
		return
	}
	for _, id := range shown[min(from, upTo) : max(from, upTo)+1] {
		m.add(id)
	}
	m.last = to
}

// Batch is several changes that are asked for at once, and those that the rules refuse already.
type Batch struct {
	Changes []model.Change
	Refused []event.Saved
}

// Add adds a change, or why it cannot be made; with err nil the rules are asked.
func (b *Batch) Add(f *Frame, change model.Change, err error) {
	if err == nil {
		err = f.Board.Campaign.Check(change)
	}
	if err != nil {
		b.Refused = append(b.Refused, event.Saved{Change: change, Err: err})
		return
	}
	b.Changes = append(b.Changes, change)
}

// Ask puts the question before the changes are made, with those that cannot be. Where none can be, it says why at once.
func (b *Batch) Ask(f *Frame, question string, named func(model.Change) string) tea.Cmd {
	if len(b.Changes) == 0 {
		refused := event.SavedAll{Refused: b.Refused}
		return func() tea.Msg { return refused }
	}
	if len(b.Refused) > 0 {
		var names []string
		for _, refused := range b.Refused {
			names = append(names, named(refused.Change))
		}
		question += " " + f.Signs.Problem + " " + f.Words.T("Refused, so left out: %s.", Some(f, names))
	}
	wanted := event.AllWanted{Changes: b.Changes, Refused: b.Refused}
	return func() tea.Msg { return event.Asked{Question: question, Then: wanted} }
}

// mostNames is how many names stand in a question; the rest is counted.
const mostNames = 4

// Some are the first of several names, and how many there are more.
func Some(f *Frame, names []string) string {
	if len(names) <= mostNames+1 {
		return phrase.List(names)
	}
	return f.Words.T("%s and %d more", phrase.List(names[:mostNames]), len(names)-mostNames)
}
