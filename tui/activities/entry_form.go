package activities

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/form"
	"example.org/tiendo/tui/frame"
)

// Lines of the fields for text.
const (
	noteLines     = 4
	evidenceLines = 3
	figureLimit   = 20 // characters of one figure
)

// entryForm is the open form of one entry.
type entryForm struct {
	change     model.Change // Seen is what the values are compared with
	activity   model.Activity
	form       *form.Form
	status     *form.Choice
	figures    []*form.Line // one for each indicator
	evidence   *form.Area
	note       *form.Area
	unreadable map[string]float64 // figures of the file that the plan has no indicator for: kept as they are
}

func newEntryForm(f *frame.Frame, change model.Change) *entryForm {
	board, w := f.Board, f.Words
	at := board.ActivityIndex(change.Subject.ID)
	activity := board.Activities[at].Activity
	entry := model.As[model.Entry](change.New)
	e := &entryForm{change: change, activity: activity, unreadable: map[string]float64{}}

	statuses := model.Statuses()
	labels := make([]string, len(statuses))
	for i, status := range statuses {
		labels[i] = status.Label(w.Language)
	}
	e.status = form.NewChoice(labels, max(slices.Index(statuses, entry.Status), 0))
	fields := []*form.Field{{Label: w.T("Status"), Choice: e.status}}
	for id, figure := range entry.Figures {
		if _, known := activity.Indicator(id); !known {
			e.unreadable[id] = figure
		}
	}
	for _, indicator := range activity.Indicators {
		value := ""
		if figure, given := entry.Figures[indicator.ID]; given {
			value = w.PlainNumber(figure)
		}
		line := form.NewLine(f.Styles, value, figureLimit)
		e.figures = append(e.figures, line)
		fields = append(fields, &form.Field{Label: indicator.Name, Hint: measure(f, activity, indicator), Line: line})
	}
	e.evidence = form.NewArea(f.Styles, strings.Join(entry.Evidence, "\n"), evidenceLines, model.MaxEvidence*model.MaxReference)
	e.note = form.NewArea(f.Styles, entry.Note, noteLines, model.MaxNote)
	fields = append(fields,
		&form.Field{Label: w.T("Evidence"), Hint: w.T("one reference a line: a link or a file name"), Area: e.evidence},
		&form.Field{Label: w.T("Note"), Area: e.note})

	unit := board.Units[board.UnitIndex(change.Unit)].Unit
	title := w.T("Edit") + " · " + unit.Name + " · " + strconv.Itoa(at+1) + " " + activity.Title
	e.form = form.New(title, fields, 0)
	e.form.Problem = func() form.Problem { return e.problem(f) }
	return e
}

// measure is what stands beside a figure: its unit of measure, its whole, its target.
func measure(f *frame.Frame, activity model.Activity, indicator model.Indicator) string {
	hint := indicator.Measure
	if whole, ok := activity.Indicator(indicator.PartOf); ok {
		hint += " · " + f.Words.T("part of: %s", whole.Name)
	}
	if indicator.Target != nil {
		hint += " · " + f.Words.T("target %s", f.Words.Number(*indicator.Target))
	}
	return hint
}

// about reports whether the form edits the entry of a change.
func (e *entryForm) about(change model.Change) bool {
	return change.Unit == e.change.Unit && change.Subject == e.change.Subject
}

// problem says what is wrong with what stands in the fields, with the way out, and in which of them.
// The fields are the status, the figures, the evidence and the note.
func (e *entryForm) problem(f *frame.Frame) form.Problem {
	at, err := e.wrong(f)
	if err == nil {
		return form.Problem{}
	}
	return form.Problem{What: f.Explain(err), Field: at}
}

// wrong is the first field that is wrong, and why.
func (e *entryForm) wrong(f *frame.Frame) (field int, err error) {
	entry, field, err := e.entry(f)
	if err != nil {
		return field, err
	}
	for i, indicator := range e.activity.Indicators {
		if _, given := entry.Figures[indicator.ID]; !given {
			continue
		}
		if err := e.activity.CheckFigure(indicator.ID, entry.Figures); err != nil {
			return 1 + i, err
		}
	}
	evidence := 1 + len(e.figures)
	if err := e.activity.CheckEntry(model.Entry{Status: model.Done, Evidence: entry.Evidence}); err != nil {
		return evidence, err
	}
	if err := e.activity.CheckEntry(model.Entry{Status: entry.Status, Note: entry.Note}); err != nil {
		return evidence + 1, err
	}
	return 0, e.activity.CheckEntry(entry)
}

// entry reads the fields; where one cannot be read it says which. An empty figure is blank, not zero.
func (e *entryForm) entry(f *frame.Frame) (entry model.Entry, field int, err error) {
	entry = model.As[model.Entry](e.change.Seen)
	entry.Others = model.As[model.Entry](e.change.New).Others // the form decides a dispute, too
	entry.Status = model.Statuses()[e.status.Index()]
	entry.Note = strings.TrimSpace(e.note.Value())
	entry.Evidence = nil
	for line := range strings.SplitSeq(e.evidence.Value(), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			entry.Evidence = append(entry.Evidence, line)
		}
	}
	entry.Figures = map[string]float64{}
	maps.Copy(entry.Figures, e.unreadable)
	for i, indicator := range e.activity.Indicators {
		typed := strings.TrimSpace(e.figures[i].Value())
		if typed == "" {
			continue
		}
		figure, err := f.Words.ParseFigure(typed)
		if err != nil {
			return entry, 1 + i, phrase.Refuse(phrase.Say("%s: %s", indicator.Name, err), phrase.HintOf(err))
		}
		entry.Figures[indicator.ID] = figure
	}
	return entry, 0, nil
}
