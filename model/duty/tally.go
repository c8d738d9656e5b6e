package duty

import "example.org/tiendo/model/calendar"

// Tally counts cells: one unit on one activity that it answers for.
// Assigned = Todo + Doing + Done + NA + Unknown + Disputed; the last four count among those.
type Tally struct {
	Assigned, Todo, Doing, Done, NA, Unknown, Disputed int
	Overdue, DueToday, DueSoon, DoneLate               int
}

// Applicable is how many cells can be done at all.
func (t Tally) Applicable() int { return t.Assigned - t.NA }

// Open is how many cells are still to be done.
func (t Tally) Open() int { return t.Todo + t.Doing }

// Add counts a cell.
func (t *Tally) Add(status Status, timeliness calendar.Timeliness) {
	t.Assigned++
	switch timeliness {
	case calendar.Unknown, calendar.Unread:
		t.Unknown++
		return
	case calendar.Disputed:
		t.Disputed++
		return
	case calendar.Overdue:
		t.Overdue++
	case calendar.DueToday:
		t.DueToday++
	case calendar.DueSoon:
		t.DueSoon++
	case calendar.DoneLate:
		t.DoneLate++
	}
	switch status {
	case Doing:
		t.Doing++
	case Done:
		t.Done++
	case NA:
		t.NA++
	default:
		t.Todo++
	}
}

// AddAll counts the cells of another tally too.
func (t *Tally) AddAll(other Tally) {
	t.Assigned += other.Assigned
	t.Todo += other.Todo
	t.Doing += other.Doing
	t.Done += other.Done
	t.NA += other.NA
	t.Unknown += other.Unknown
	t.Disputed += other.Disputed
	t.Overdue += other.Overdue
	t.DueToday += other.DueToday
	t.DueSoon += other.DueSoon
	t.DoneLate += other.DoneLate
}

// Tasks counts activities, each once however many units answer for it.
type Tasks struct {
	Total                                      int // all but those that apply to nobody
	DoneOnTime, DoneLate, Doing, Overdue, Todo int
}

// Done is how many are done.
func (t Tasks) Done() int { return t.DoneOnTime + t.DoneLate }

// Add counts an activity by its cells: it is done when every cell is done or does not apply, late when one was done
// late; it is overdue when one cell is; it is begun when one cell is.
func (t *Tasks) Add(cells Tally) {
	if cells.Applicable() == 0 {
		return
	}
	t.Total++
	switch {
	case cells.Done == cells.Applicable() && cells.DoneLate > 0:
		t.DoneLate++
	case cells.Done == cells.Applicable():
		t.DoneOnTime++
	case cells.Overdue > 0:
		t.Overdue++
	case cells.Doing+cells.Done > 0:
		t.Doing++
	default:
		t.Todo++
	}
}
