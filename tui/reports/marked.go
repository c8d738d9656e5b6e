package reports

import (
	"cmp"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/field"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/form"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/lang"
)

// marked are the rows of the units that are marked, as on the roster.
func marked(f *frame.Frame) []model.UnitRow {
	var rows []model.UnitRow
	for i := range f.Board.Units {
		if f.Units.Has(f.Board.Units[i].Unit.ID) {
			rows = append(rows, f.Board.Units[i])
		}
	}
	return rows
}

// markedBindings are the keys for all units that are marked.
func markedBindings(f *frame.Frame) []key.Binding {
	accepts, writes := f.Board.Campaign.MayAccept(f.Person), f.Board.Campaign.MayWriteOffice(f.Person)
	return []key.Binding{frame.Offer(f.Keys.Accept, accepts), frame.Offer(f.Keys.Return, accepts),
		frame.Offer(f.Keys.Remind, writes), frame.Offer(f.Keys.Extend, accepts), f.Keys.Unpick, f.Keys.PickSpace,
		f.Keys.PickTo, frame.Offer(f.Keys.CopyReminder, writes)}
}

// markedKey does with the units that are marked what a key asks for, and reports whether it was such a key.
func (t *Tab) markedKey(message tea.KeyMsg, f *frame.Frame) (tea.Cmd, bool) {
	keys := f.Keys
	switch {
	case !f.Units.Any():
		return nil, false
	case key.Matches(message, keys.Accept):
		return acceptMarked(f), true
	case key.Matches(message, keys.Return):
		return t.returnMarked(f), true
	case key.Matches(message, keys.Extend):
		return t.extendMarked(f), true
	case key.Matches(message, keys.Remind):
		return remindMarked(f), true
	case key.Matches(message, keys.CopyReminder):
		return t.copyMarked(f), true
	}
	return nil, false
}

// unitOf names the unit of a change.
func unitOf(f *frame.Frame) func(model.Change) string {
	return func(change model.Change) string {
		id := cmp.Or(change.Unit, change.Subject.ID) // of a reminder, which stands with the Office
		if unit := f.Board.Campaign.Roster.Unit(id); unit != nil {
			return unit.ShortName()
		}
		return id
	}
}

// about is the question about a batch: the units, then what is to be done with them.
func about(f *frame.Frame, batch *frame.Batch, question string) tea.Cmd {
	var names []string
	for _, change := range batch.Changes {
		name := unitOf(f)(change)
		if change.Subject.Kind == model.SubjectReport && model.As[model.Report](change.New).Status == model.Accepted {
			name += lacksBeside(f, f.Board.Units[f.Board.UnitIndex(change.Unit)])
		}
		names = append(names, name)
	}
	return batch.Ask(f, frame.Some(f, names)+": "+question, unitOf(f))
}

func acceptMarked(f *frame.Frame) tea.Cmd {
	var batch frame.Batch
	for _, unit := range marked(f) {
		batch.Add(f, change(f, unit, unit.Report.Accept()), nil)
	}
	return about(f, &batch, lang.AcceptQuestion(f.Words, f.Board, len(batch.Changes)))
}

func remindMarked(f *frame.Frame) tea.Cmd {
	var batch frame.Batch
	for _, unit := range marked(f) {
		batch.Add(f, reminded(f, unit), mayRemind(f, unit))
	}
	question := f.Words.Count(len(batch.Changes), "Record a reminder to this %d unit? The program itself sends nothing.",
		"Record a reminder to each of these %d units? The program itself sends nothing.")
	return about(f, &batch, lang.InPeriod(f.Words, f.Board, question))
}

// copyMarked copies the reminders to the units that are marked and of which the Office waits for something.
func (t *Tab) copyMarked(f *frame.Frame) tea.Cmd {
	var texts []string
	var first error
	for _, unit := range marked(f) {
		err := notWaiting(f, unit)
		if err == nil {
			var said string
			if said, err = letter(f.Board, unit.Unit.ID); err == nil {
				texts = append(texts, said)
			}
		}
		if first == nil {
			first = err
		}
	}
	if len(texts) == 0 {
		return f.Refused(first)
	}
	named := f.Words.Count(len(texts), "%d reminder", "%d reminders")
	copied := event.Copied{Text: strings.Join(texts, "\n"), Named: named}
	return func() tea.Msg { return copied }
}

// split puts the marked units aside for which the rules refuse a step.
func split(f *frame.Frame, step func(model.UnitRow) model.Report) (able []model.UnitRow, tried frame.Batch) {
	for _, unit := range marked(f) {
		before := len(tried.Changes)
		tried.Add(f, change(f, unit, step(unit)), nil)
		if len(tried.Changes) > before {
			able = append(able, unit)
		}
	}
	return able, tried
}

// returnMarked opens the form for the reasons: one for all, and for each unit one of its own where it needs another.
func (t *Tab) returnMarked(f *frame.Frame) tea.Cmd {
	w, fact := f.Words, field.Find(model.ReportFields, "reason")
	units, tried := split(f, func(unit model.UnitRow) model.Report { return unit.Report.Return(w.T("the reason")) })
	if len(units) == 0 {
		return tried.Ask(f, "", nil)
	}
	var none model.Report
	all := form.NewFact(f, fact, &none, reasonLines, w.T("for all; what is missing, so that they can fix it"))
	fields := []*form.Field{all}
	for i := range units {
		if len(units) == 1 {
			break // the reason for all is its own
		}
		own := form.NewFact(f, fact, &none, 1, w.T("only where it is another"))
		own.Label = units[i].Unit.ShortName()
		fields = append(fields, own)
	}
	reasons := func(i int) model.Report {
		report := units[i].Report.Return("")
		if len(units) > 1 {
			form.Take(fact, &report, fields[i+1])
		}
		if report.Reason == "" {
			form.Take(fact, &report, all)
		}
		return report
	}
	asked := form.New(titled(f, w.Count(len(units), "Return %d report", "Return %d reports")), fields, 0)
	asked.Does = w.T("return")
	asked.Problem = func() form.Problem {
		for i := range units {
			if reasons(i).Reason == "" && asked.Edited() {
				name := units[i].Unit.ShortName()
				return form.Problem{What: w.T("a reason is missing: one for all, or one for %s", name)}
			}
		}
		return form.Problem{}
	}
	t.several.Open(asked, func() tea.Cmd {
		batch := frame.Batch{Refused: tried.Refused}
		for i := range units {
			batch.Add(f, change(f, units[i], reasons(i)), nil)
		}
		question := w.Count(len(batch.Changes), "Return this %d report?", "Return these %d reports?")
		return about(f, &batch, lang.InPeriod(w, f.Board, question))
	})
	return nil
}

// extendMarked opens the form for more time.
func (t *Tab) extendMarked(f *frame.Frame) tea.Cmd {
	w, fact := f.Words, field.Find(model.ReportFields, "extension_reason")
	deadline := f.Board.Reporting.Deadline.LastDay()
	units, tried := split(f, func(unit model.UnitRow) model.Report {
		return unit.Report.Extend(deadline.Add(1), w.T("the reason"))
	})
	if len(units) == 0 {
		return tried.Ask(f, "", nil)
	}
	var typed model.Report
	until := form.NewLine(f.Styles, "", dayLimit)
	reason := form.NewFact(f, fact, &typed, reasonLines, w.T("the consolidated report prints it"))
	fields := []*form.Field{{Label: w.T("Until"), Line: until,
		Hint: w.T("later than %s, for example %s", deadline, deadline.Add(3))}, reason}
	collect := func() (frame.Batch, error) {
		day, err := calendar.ParseNear(until.Value(), deadline.Year)
		form.Take(fact, &typed, reason)
		batch := frame.Batch{Refused: tried.Refused}
		for i := range units {
			batch.Add(f, change(f, units[i], units[i].Report.Extend(day, typed.ExtensionReason)), err)
		}
		return batch, err
	}
	asked := form.New(titled(f, w.Count(len(units), "More time for %d unit", "More time for %d units")), fields, 0)
	asked.Does = w.T("extend")
	asked.Problem = func() form.Problem {
		batch, err := collect()
		switch {
		case !asked.Edited():
			return form.Problem{}
		case err != nil:
			return form.Problem{What: f.Explain(err)}
		case len(batch.Changes) == 0:
			return form.Problem{What: f.Explain(batch.Refused[len(batch.Refused)-1].Err), Field: form.Anywhere}
		}
		return form.Problem{}
	}
	t.several.Open(asked, func() tea.Cmd {
		batch, _ := collect()
		question := w.Count(len(batch.Changes), "Extend this %d report?", "Extend these %d reports?")
		if len(batch.Changes) > 0 {
			until := model.As[model.Report](batch.Changes[0].New).ExtendedUntil
			question += " " + w.T("The new deadline is %s.", until)
		}
		return about(f, &batch, question)
	})
	return nil
}
