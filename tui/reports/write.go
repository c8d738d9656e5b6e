package reports

import (
	"cmp"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/field"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/form"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/layout"
)

// editing is the open form.
type editing struct {
	change model.Change
	form   *form.Form
	read   func() (model.Value, error) // what the fields say
	values func(model.Value) []string  // what the fields would hold of a value; nil where they hold no part of it
	kept   bool                        // what is typed is kept as a draft
	unit   *model.Unit                 // whose checklist stands beside it; nil for none
}

// Sizes of the fields, in lines.
const (
	reasonLines   = 3
	resultLines   = 6
	textLines     = 3
	shortLines    = 2
	officeLines   = 14
	dayLimit      = 10 // characters
	documentLimit = model.MaxDocuments * 100
)

// open opens a form with what was typed into it before and not saved, if anything was.
func (t *Tab) open(f *frame.Frame, e *editing) tea.Cmd {
	kind := e.change.Subject.Kind
	e.form.Problem = func() form.Problem {
		if !e.form.Edited() {
			return form.Problem{}
		}
		value, err := e.read()
		if err == nil {
			change := e.change
			change.New = value
			if change.Seen.SameContent(kind, value) {
				return form.Problem{}
			}
			err = f.Board.Campaign.Check(change)
		}
		if err != nil {
			return form.Problem{What: f.Explain(err), Field: form.Anywhere}
		}
		return form.Problem{}
	}
	t.editing = e
	if !e.kept {
		return nil
	}
	return f.Refill(&e.change, e.form.Fill)
}

func (t *Tab) formKey(message tea.KeyMsg, f *frame.Frame) tea.Cmd {
	e := t.editing
	switch e.form.Update(message, f) {
	case form.Leave:
		f.Drop(e.change)
		t.editing = nil
	case form.Save:
		value, err := e.read()
		change := e.change
		change.New = value
		if err == nil {
			err = f.Board.Campaign.Check(change)
		}
		if change.Seen.SameContent(change.Subject.Kind, value) {
			f.Drop(e.change)
			t.editing = nil
			return frame.Notice(event.Info, f.Words.T("nothing was changed"))
		}
		if err != nil {
			return f.Refused(err)
		}
		return f.Changes.Make(change)
	case form.Editing:
		if e.kept && e.form.Edited() {
			f.Keep(e.change, e.form.Values())
		}
	}
	return nil
}

// view draws the form, with what is missing in the report beside it, or below where there is no room.
func (e *editing) view(f *frame.Frame, width, height int) string {
	const beside, below, least = 110, 4, 12
	if e.unit == nil || width < beside && height < least {
		return e.form.View(f, width, height)
	}
	value, err := e.read()
	if err != nil {
		return e.form.View(f, width, height)
	}
	findings := f.Board.Campaign.ChecklistWith(e.unit, value.Report)
	if width < beside {
		lines := layout.First(findingLines(f, findings, width-2), below-1, width-2)
		view := strings.Split(e.form.View(f, width, height-len(lines)-1), "\n")
		view = append(view, f.Styles.Muted.Render(strings.Repeat(f.Signs.Rule, width)))
		for _, line := range lines {
			view = append(view, " "+line)
		}
		return layout.Fit(view, width, height)
	}
	left := width * 3 / 5
	form := strings.Split(e.form.View(f, left, height), "\n")
	lines := findingLines(f, findings, width-left-4)
	view := make([]string, height)
	for i := range view {
		view[i] = layout.Left(form[i], left) + " " + f.Styles.Muted.Render(f.Signs.Side) + " "
		if i < len(lines) {
			view[i] += lines[i]
		}
	}
	return layout.Fit(view, width, height)
}

// writeReport opens the form of a unit's report.
func (t *Tab) writeReport(f *frame.Frame, unit model.UnitRow) tea.Cmd {
	w, report := f.Words, unit.Report
	may := report.Write(report)
	may.Results += "x"
	if unit.Broken != nil || report.Status == model.Accepted || f.Board.Campaign.MayChange(f.Person, unit.Unit.ID) != nil {
		return f.Refused(f.Board.Campaign.Check(change(f, unit, may)))
	}
	fields, read := reportFields(f, report)
	e := &editing{change: change(f, unit, report), kept: true, unit: &unit.Unit, form: form.New(w.T("Report of %s", unit.Unit.Name), fields, 0)}
	if report.Status == model.Returned && report.Reason != "" {
		e.form.Theirs = w.T("returned because: %s", report.Reason)
	}
	e.read = func() (model.Value, error) {
		written, seen := read(), e.change.Seen.Report
		if field.Same(model.ReportFields, &written, &seen, field.Written, model.PartNil) {
			return e.change.Seen, nil
		}
		return model.Value{Report: seen.Write(written)}, nil
	}
	e.values = func(value model.Value) []string {
		fields, _ := reportFields(f, value.Report)
		return form.New("", fields, 0).Values()
	}
	return t.open(f, e)
}

// reportFields are the fields for what a unit writes for the Office, the lists after the texts: a draft of an earlier
// version keeps its values in that order. read says what stands in them.
func reportFields(f *frame.Frame, report model.Report) (fields []*form.Field, read func() model.Report) {
	w := f.Words
	var lists []*form.Field
	areas := map[string]*form.Area{}
	for fact := range field.In(model.ReportFields, field.Written) {
		one := &form.Field{Label: w.Say(fact.Title)}
		if _, is := fact.At(&report).(*[]string); is {
			one.Hint, one.Area = w.T("one a line"), form.NewArea(f.Styles, field.Text(fact.At(&report)), textLines, documentLimit)
			lists = append(lists, one)
		} else {
			lines := cmp.Or(map[string]int{"results": resultLines, "funding": shortLines}[fact.Key], textLines)
			one.Area = form.NewArea(f.Styles, field.Text(fact.At(&report)), lines, fact.Max)
			fields = append(fields, one)
		}
		areas[fact.Key] = one.Area
	}
	chosen := 0
	if report.Nil {
		chosen = 1
	}
	isNil := form.NewChoice([]string{w.T("there is something to report"), w.T("nil report")}, chosen)
	reason := form.NewArea(f.Styles, report.NilReason, shortLines, model.MaxReason)
	fields = append(append(fields, lists...),
		&form.Field{Label: w.T("Kind"), Choice: isNil},
		&form.Field{Label: w.T("Reason"), Hint: w.T("only of a nil report"), Area: reason})
	return fields, func() model.Report {
		written := model.Report{Nil: isNil.Index() == 1, NilReason: trimmed(reason)}
		for fact := range field.In(model.ReportFields, field.Written) {
			switch to := fact.At(&written).(type) {
			case *string:
				*to = trimmed(areas[fact.Key])
			case *[]string:
				for line := range strings.SplitSeq(areas[fact.Key].Value(), "\n") {
					if line = strings.TrimSpace(line); line != "" {
						*to = append(*to, line)
					}
				}
			}
		}
		return written
	}
}

func trimmed(area *form.Area) string { return strings.TrimSpace(area.Value()) }

// writeText opens the form of a text of the Office.
func (t *Tab) writeText(f *frame.Frame, id model.OfficeText) tea.Cmd {
	w := f.Words
	if err := f.Board.Campaign.MayWriteOffice(f.Person); err != nil {
		return f.Refused(err)
	}
	seen := model.Value{Text: f.Board.Campaign.Office.Texts[id]}
	words := form.NewArea(f.Styles, seen.Text, officeLines, model.MaxText)
	e := &editing{
		change: model.Change{Person: f.Person, Subject: model.Subject{Kind: model.SubjectText, ID: string(id)}, Seen: seen},
		form:   form.New(w.T("The Office: %s", id), []*form.Field{{Label: w.T("Text"), Area: words}}, 0),
		read:   func() (model.Value, error) { return model.Value{Text: trimmed(words)}, nil },
		values: func(value model.Value) []string { return []string{value.Text} },
		kept:   true,
	}
	return t.open(f, e)
}

// returnReport opens the form for the reason.
func (t *Tab) returnReport(f *frame.Frame, unit model.UnitRow) tea.Cmd {
	w := f.Words
	try := change(f, unit, unit.Report.Return(w.T("the reason")))
	if err := f.Board.Campaign.Check(try); err != nil {
		return f.Refused(err)
	}
	reason := form.NewArea(f.Styles, "", reasonLines, model.MaxReason)
	fields := []*form.Field{{Label: w.T("Reason"), Hint: w.T("what is missing, so that the unit can fix it"), Area: reason}}
	return t.open(f, &editing{
		change: try, form: form.New(w.T("Return the report of %s", unit.Unit.Name), fields, 0),
		read: func() (model.Value, error) { return model.Value{Report: unit.Report.Return(trimmed(reason))}, nil },
	})
}

// extend opens the form for more time.
func (t *Tab) extend(f *frame.Frame, unit model.UnitRow) tea.Cmd {
	w := f.Words
	deadline := f.Board.Reporting.Deadline.LastDay()
	try := change(f, unit, unit.Report.Extend(deadline.Add(1), w.T("the reason")))
	if err := f.Board.Campaign.Check(try); err != nil {
		return f.Refused(err)
	}
	until, reason := form.NewLine(f.Styles, "", dayLimit), form.NewArea(f.Styles, "", reasonLines, model.MaxReason)
	fields := []*form.Field{
		{Label: w.T("Until"), Hint: w.T("later than %s, for example %s", deadline, deadline.Add(3)), Line: until},
		{Label: w.T("Reason"), Hint: w.T("the consolidated report prints it"), Area: reason},
	}
	return t.open(f, &editing{
		change: try, form: form.New(w.T("More time for %s", unit.Unit.Name), fields, 0),
		read: func() (model.Value, error) {
			day, err := parseDay(until.Value(), deadline.Year)
			return model.Value{Report: unit.Report.Extend(day, trimmed(reason))}, err
		},
	})
}

// parseDay reads a day as model.ParseDay does, and one without its year, 18/12.
func parseDay(typed string, year int) (calendar.Day, error) {
	typed = strings.TrimSpace(typed)
	if strings.Count(typed, "/") == 1 {
		return calendar.ParseDay(typed + "/" + strconv.Itoa(year))
	}
	return calendar.ParseDay(typed)
}
