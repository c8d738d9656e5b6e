// Package entryform is the form of an entry: how far a unit is with an activity, its figures, its evidence and its
// note. The tab of activities and the table of figures open the same one.
package entryform

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/sums"
	"example.org/tiendo/tui/form"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/lang"
)

// Lines of the fields for text, as long as little stands in them.
const (
	noteLines     = 2
	evidenceLines = 2
	figureLimit   = 20 // characters of one figure
)

// fact is a field of the table that is typed as text.
func fact(key string) field.Field[model.Entry] { return field.Find(model.EntryFields, key) }

// entryForm is the open form of one entry.
type entryForm struct {
	activity   model.Activity
	period     string
	asked      []model.Indicator // none in a period that has no figures of its own
	status     *form.Choice      // nil: the unit supports the activity, and has no status there
	first      int               // the place of the first field that is no status
	figures    []*form.Line      // one for each indicator
	evidence   *form.Field
	note       *form.Field
	unreadable map[string]float64 // figures of the file that are not asked for here: kept as they are
}

// New makes the form of an entry, with the cursor in its first field, or in that of the indicator wanted.
func New(f *frame.Frame, change model.Change, wanted string) *form.Edit {
	board, w := f.Board, f.Words
	at := board.ActivityIndex(change.Subject.ID)
	activity := board.Activities[at].Activity
	entry := model.As[model.Entry](change.New)
	e := &entryForm{activity: activity, period: board.Period, unreadable: map[string]float64{}}
	if period := board.Campaign.Plan.Reporting.Periods.Find(board.Period); period == nil || !period.Sums {
		e.asked = activity.Indicators
	}

	unit := board.Units[board.UnitIndex(change.Unit)].Unit
	var fields []*form.Field
	if activity.Role(unit.ID, unit.Group).Answers() {
		statuses := duty.Statuses()
		labels := make([]string, len(statuses))
		for i, status := range statuses {
			labels[i] = status.Label(w.Language)
		}
		e.status = form.NewChoice(labels, max(slices.Index(statuses, entry.Status), 0))
		about := w.T("How far the unit is. “Not applicable” needs a note that says why. The day on which it is done is " +
			"that of the change.")
		fields, e.first = []*form.Field{{Label: w.T("Status"), Choice: e.status, About: []string{about}}}, 1
	}
	focus := 0
	for id, figure := range entry.Figures {
		if period, indicator := sums.Split(id); period != e.period || !asks(&activity, indicator) {
			e.unreadable[id] = figure
		}
	}
	for _, indicator := range e.asked {
		value := ""
		if figure, given := entry.Figures[e.key(indicator)]; given {
			value = w.PlainNumber(figure)
		}
		line := form.NewLine(f.Styles, value, figureLimit)
		if indicator.ID == wanted {
			focus = len(fields)
		}
		e.figures = append(e.figures, line)
		fields = append(fields, &form.Field{Label: indicator.Name, Line: line,
			Hint: measure(f, activity, &indicator, change.Unit), About: aboutFigure(f, &activity, &indicator, change.Unit)})
	}
	e.evidence = form.NewFact(f, fact("evidence"), &entry, evidenceLines,
		w.T("one reference a line: a link or a file name"))
	e.note = form.NewFact(f, fact("note"), &entry, noteLines, "")
	e.evidence.About = []string{w.T("Where it can be seen that it was done: a link, or the name of a file or paper; one "+
		"a line, at most %d.", model.MaxEvidence)}
	e.note.About = []string{w.T("What others should know of it: how it was done, or why it is not done or does not " +
		"apply. The consolidated report prints it.")}
	fields = append(fields, e.evidence, e.note)

	title := w.T("Edit") + " · " + unit.Name + " · " + strconv.Itoa(at+1) + " " + activity.Title
	edit := &form.Edit{
		Change: change, Form: form.New(title, fields, focus),
		Values: func(value model.Value) []string {
			change.New = value
			return New(f, change, "").Form.Values()
		},
	}
	edit.Form.About = aboutActivity(f, &activity)
	others := entry.Others // the form decides a dispute, too
	edit.Read = func(seen model.Value) (model.Value, error) {
		entry, _, err := e.entry(f, model.As[model.Entry](seen))
		entry.Others = others
		return entry, err
	}
	edit.Form.Problem = func() form.Problem { return e.problem(f, model.As[model.Entry](edit.Change.Seen)) }
	return edit
}

// measure is what stands beside a figure: its unit of measure, its whole, its target, its period.
func measure(f *frame.Frame, activity model.Activity, indicator *model.Indicator, unit string) string {
	hint := indicator.Measure
	if whole, ok := activity.Indicator(indicator.PartOf); ok {
		hint += " · " + f.Words.T("part of: %s", whole.Name)
	}
	if target := indicator.TargetOf(unit); target != nil {
		hint += " · " + f.Words.T("target %s", f.Words.Number(*target))
	}
	if period := f.Words.Period(f.Board); period != "" {
		hint += " · " + period
	}
	return hint
}

// aboutFigure says what figure is asked for: how it is counted, and what is to be reached.
func aboutFigure(f *frame.Frame, activity *model.Activity, indicator *model.Indicator, unit string) []string {
	w := f.Words
	said := []string{w.T("%s, counted in: %s.", indicator.Name, indicator.Measure)}
	if period := w.Period(f.Board); period != "" {
		said = append(said, w.T("The figure of %s alone.", period))
	}
	if whole, part := activity.Indicator(indicator.PartOf); part {
		said = append(said, w.T("It is a part of “%s”, and so never more than that.", whole.Name))
	}
	if target := indicator.TargetOf(unit); target != nil {
		said = append(said, w.T("The target of this unit: %s %s.", w.Number(*target), indicator.Measure))
	}
	if indicator.Total != nil {
		said = append(said, w.T("The target of all units together: %s %s.", w.Number(*indicator.Total), indicator.Measure))
	}
	return append(said, w.T("Nothing to count yet: leave it empty. 0 counts as a figure."))
}

// aboutActivity is what the plan says of an activity, word for word.
func aboutActivity(f *frame.Frame, activity *model.Activity) []string {
	said := []string{f.Words.Section(&f.Board.Campaign.Plan, activity), activity.Text}
	if activity.Sic != "" {
		said = append(said, f.Sic(activity.Sic))
	}
	if activity.Product != "" {
		said = append(said, f.Words.T("Product: %s", activity.Product))
	}
	said = append(said, f.Words.Duty(&f.Board.Campaign.Roster, activity)...)
	return append(said, lang.Deadline(f.Words, activity))
}

// problem says what is wrong with what stands in the fields, with the way out, and in which of them.
// The fields are the status (of who answers for the activity), the figures, the evidence and the note.
func (e *entryForm) problem(f *frame.Frame, seen model.Entry) form.Problem {
	at, err := e.wrong(f, seen)
	if err == nil {
		return form.Problem{}
	}
	return form.Problem{What: f.Explain(err), Field: at}
}

// asks reports whether an activity asks for a figure.
func asks(activity *model.Activity, indicator string) bool {
	_, known := activity.Indicator(indicator)
	return known
}

// key is the key of a figure in the period that the form is about.
func (e *entryForm) key(indicator model.Indicator) string { return sums.Key(e.period, indicator.ID) }

// wrong is the first field that is wrong, and why.
func (e *entryForm) wrong(f *frame.Frame, seen model.Entry) (field int, err error) {
	entry, field, err := e.entry(f, seen)
	if err != nil {
		return field, err
	}
	for i, indicator := range e.asked {
		if _, given := entry.Figures[e.key(indicator)]; !given {
			continue
		}
		if err := e.activity.CheckFigure(e.key(indicator), entry.Figures); err != nil {
			return e.first + i, err
		}
	}
	last := e.first + len(e.figures)
	if err := e.activity.CheckEntry(model.Entry{Status: model.Done, Evidence: entry.Evidence}); err != nil {
		return last, err
	}
	if err := e.activity.CheckEntry(model.Entry{Status: entry.Status, Note: entry.Note}); err != nil {
		return last + 1, err
	}
	return form.Anywhere, e.activity.CheckEntry(entry)
}

// entry reads the fields; where one cannot be read it says which. An empty figure is blank, not zero.
func (e *entryForm) entry(f *frame.Frame, seen model.Entry) (entry model.Entry, field int, err error) {
	entry = seen
	if e.status != nil {
		entry.Status = duty.Statuses()[e.status.Index()]
	}
	form.Take(fact("evidence"), &entry, e.evidence)
	form.Take(fact("note"), &entry, e.note)
	entry.Figures = map[string]float64{}
	maps.Copy(entry.Figures, e.unreadable)
	for i, indicator := range e.asked {
		typed := strings.TrimSpace(e.figures[i].Value())
		if typed == "" {
			continue
		}
		figure, err := f.Words.ParseFigure(typed)
		if err != nil {
			return entry, e.first + i, phrase.Refuse(phrase.Say("%s: %s", indicator.Name, err), phrase.HintOf(err))
		}
		entry.Figures[e.key(indicator)] = figure
	}
	return entry, 0, nil
}
