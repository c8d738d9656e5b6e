package browse

import (
	"slices"
	"sync"

	"example.org/tiendo/model"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/layout"
)

// Units is what every list of units needs of a roster. It is made once for all who look at the same roster.
type Units struct {
	Rows        []Row             // all of them
	Names       func() *text.List // in the same order; made once something is sought
	Full, Short int               // widths of the longest full and of the longest short name
}

// rosters are the rosters that were looked at last: the present one, and that of a past day beside it.
var rosters struct { //nolint:gochecknoglobals // a roster says the same to every session of the process
	mutex sync.Mutex
	known [2]struct {
		units []model.Unit
		made  *Units
	}
}

// UnitsOf makes the units of a roster ready. Nobody changes what it gives.
func UnitsOf(units []model.Unit) *Units {
	rosters.mutex.Lock()
	defer rosters.mutex.Unlock()
	for i := range rosters.known {
		if known := &rosters.known[i]; known.made != nil && sameSlice(known.units, units) {
			return known.made
		}
	}
	made := &Units{Rows: make([]Row, len(units)), Names: sync.OnceValue(func() *text.List {
		names := make([]string, len(units))
		for i := range units {
			names[i] = units[i].Name + " " + units[i].Short
		}
		return text.NewList(names)
	})}
	for i := range units {
		unit := &units[i]
		made.Rows[i].ID = unit.ID
		made.Full, made.Short = max(made.Full, layout.Width(unit.Name)), max(made.Short, layout.Width(unit.ShortName()))
	}
	rosters.known[1] = rosters.known[0]
	rosters.known[0].units, rosters.known[0].made = units, made
	return made
}

// sameSlice reports whether two slices are one: what is shared is never changed.
func sameSlice[T any](a, b []T) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// Filtered keeps which units the filters let through, until something is another one that decides about it.
type Filtered struct {
	board  *model.Board
	show   frame.Show
	sort   string
	query  text.Query
	person string
	open   []review.MergeConflict
	rows   []Row
	at     []int // of each row in Board.Units; nil: the rows are all units
}

// Of lists the units of the board for which shows holds and, where the filter is about units, whose names fit, in the
// order that the person has chosen. late says how two units stand to each other where what is late comes first.
func (l *Filtered) Of(f *frame.Frame, aboutUnits func() bool, shows func(row *model.UnitRow) bool,
	late func(a, b *model.UnitRow) int) []Row {
	person := f.Person.ID + " " + f.Person.Unit + " " + string(f.Person.Role)
	if l.board == f.Board && l.show == f.Show && l.sort == f.Sort && l.query.Same(f.Query) && l.person == person &&
		sameSlice(l.open, f.Open) {
		return l.rows
	}
	*l = Filtered{board: f.Board, show: f.Show, sort: f.Sort, query: f.Query, person: person, open: f.Open}
	units := UnitsOf(f.Board.Campaign.Roster.Units)
	compare := order(f.Sort, late)
	if !f.Filtered() && compare == nil {
		l.rows = units.Rows
		return l.rows
	}
	l.rows, l.at = []Row{}, []int{}
	var query text.Query
	if aboutUnits() {
		query = f.Query
	}
	for i := range units.Names().Matching(query) {
		if shows(&f.Board.Units[i]) {
			l.at = append(l.at, i)
		}
	}
	if compare != nil {
		slices.SortStableFunc(l.at, func(a, b int) int { return compare(&f.Board.Units[a], &f.Board.Units[b]) })
	}
	for _, at := range l.at {
		l.rows = append(l.rows, units.Rows[at])
	}
	return l.rows
}

// At is where a row stands in Board.Units.
func (l *Filtered) At(row int) int {
	if l.at == nil {
		return row
	}
	return l.at[row]
}
