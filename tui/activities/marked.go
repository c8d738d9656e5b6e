package activities

import (
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/form"
	"example.org/tiendo/tui/frame"
)

// marks are those of the rows that are shown: units in the matrix, the activities of one unit in the checklist.
func (t *Tab) marks(f *frame.Frame) *frame.Marks {
	if !t.checklist {
		return &f.Units
	}
	if t.marksOf != t.units.Current() {
		t.marksOf = t.units.Current()
		f.Entries.Clear()
	}
	return &f.Entries
}

// markedEntries are the entries of the rows that are marked, as they stand; in the matrix those of the activity under
// the cursor.
func (t *Tab) markedEntries(f *frame.Frame) []model.Change {
	var changes []model.Change
	add := func(unit *model.UnitRow, activity int) {
		changes = append(changes, f.Entry(unit, activity))
	}
	marks := t.marks(f)
	if t.checklist {
		unit, _ := t.unit(f)
		for i := range f.Board.Activities {
			if marks.Has(f.Board.Activities[i].Activity.ID) && i < len(unit.Cells) {
				add(&unit, i)
			}
		}
		return changes
	}
	_, activity, there := t.cell(f)
	for i := range f.Board.Units {
		if there && marks.Has(f.Board.Units[i].Unit.ID) {
			add(&f.Board.Units[i], activity)
		}
	}
	return changes
}

// statusOfMarked opens the form for the status of all that is marked.
func (t *Tab) statusOfMarked(f *frame.Frame) tea.Cmd {
	w, entries := f.Words, t.markedEntries(f)
	if len(entries) == 0 {
		return frame.Notice(event.Info, w.T("there is no entry under the cursor"))
	}
	var labels []string
	for _, status := range duty.Statuses() {
		labels = append(labels, status.Label(w.Language))
	}
	status := form.NewChoice(labels, slices.Index(duty.Statuses(), model.Done))
	const lines = 4
	note := form.NewArea(f.Styles, "", lines, model.MaxText)
	fields := []*form.Field{{Label: w.T("Status"), Choice: status},
		{Label: w.T("Note"), Area: note, Hint: w.T("for all of them; left empty, each keeps its own")}}
	asked := form.New(w.T("Status")+" · "+t.entriesName(f, entries[0])+" · "+
		w.Count(len(entries), "%d marked", "%d marked"), fields, 0)
	collect := func() (batch frame.Batch, lost int) {
		wanted, words := duty.Statuses()[status.Index()], strings.TrimSpace(note.Value())
		for _, change := range entries {
			entry := model.As[model.Entry](change.Seen)
			var already error
			if entry.Status == wanted && (words == "" || words == entry.Note) {
				already = phrase.Refuse(phrase.Say("it is “%s” already", wanted), phrase.Sentence{})
			}
			if entry.Status == model.Done && wanted != model.Done {
				lost++
			}
			if entry.Status = wanted; words != "" {
				entry.Note = words
			}
			change.New = entry
			batch.Add(f, change, already)
		}
		return batch, lost
	}
	asked.Problem = func() form.Problem {
		if batch, _ := collect(); asked.Edited() && len(batch.Changes) == 0 {
			return form.Problem{What: f.Explain(batch.Refused[0].Err), Field: form.Anywhere}
		}
		return form.Problem{}
	}
	t.several.Open(asked, func() tea.Cmd {
		batch, lost := collect()
		var names []string
		for _, change := range batch.Changes {
			names = append(names, t.entryName(f)(change))
		}
		question := t.entriesName(f, entries[0]) + " — " + frame.Some(f, names) + ": " +
			w.T("set to “%s”?", duty.Statuses()[status.Index()])
		if lost > 0 {
			question += " " + w.Count(lost, "%d of them loses the day on which it was done.",
				"%d of them lose the day on which they were done.")
		}
		return batch.Ask(f, question, t.entryName(f))
	})
	return nil
}

// entriesName is what the marked entries have in common: their activity, in the checklist their unit.
func (t *Tab) entriesName(f *frame.Frame, change model.Change) string {
	if t.checklist {
		return f.Board.Campaign.Roster.UnitName(change.Unit)
	}
	at := f.Board.ActivityIndex(change.Subject.ID)
	return strconv.Itoa(at+1) + " · " + f.Board.Activities[at].Activity.Title
}

// entryName is in what a marked entry differs from the others: its unit, in the checklist its activity.
func (t *Tab) entryName(f *frame.Frame) func(model.Change) string {
	checklist := t.checklist
	return func(change model.Change) string {
		if checklist {
			at := f.Board.ActivityIndex(change.Subject.ID)
			return strconv.Itoa(at+1) + " " + f.Board.Activities[at].Activity.Title
		}
		if unit := f.Board.Campaign.Roster.Unit(change.Unit); unit != nil {
			return unit.ShortName()
		}
		return change.Unit
	}
}
