package reports

import (
	"cmp"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/field"
	"example.org/tiendo/tui/form"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/layout"
)

// Sizes of the fields, in lines, as long as little stands in them: they grow with their text.
const (
	reasonLines = 3
	resultLines = 3
	textLines   = 2
	shortLines  = 1
	officeLines = 6
	dayLimit    = 10 // characters
)

// viewForm draws the open form, with what is missing in the report beside it, or below where there is no room.
func (t *Tab) viewForm(f *frame.Frame, width, height int) string {
	const beside, below, least = 110, 4, 12
	if t.writing == nil || width < beside && height < least {
		return t.editor.View(f, width, height)
	}
	value, err := t.editor.Value()
	if err != nil {
		return t.editor.View(f, width, height)
	}
	findings := f.Board.Campaign.ChecklistWith(t.writing, f.Board.Period, model.As[model.Report](value))
	if width < beside {
		lines := layout.First(findingLines(f, findings, width-2), below-1, width-2)
		view := strings.Split(t.editor.View(f, width, height-len(lines)-1), "\n")
		view = append(view, f.Styles.Muted.Render(strings.Repeat(f.Signs.Rule, width)))
		for _, line := range lines {
			view = append(view, " "+line)
		}
		return layout.Fit(view, width, height)
	}
	left := width * 3 / 5
	form := strings.Split(t.editor.View(f, left, height), "\n")
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

// titled is the title of a form, with its period in a plan that has some.
func titled(f *frame.Frame, title string) string {
	if period := f.Words.Period(f.Board); period != "" {
		return title + " · " + period
	}
	return title
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
	edit := &form.Edit{
		Change: change(f, unit, report), Form: form.New(titled(f, w.T("Report of %s", unit.Unit.Name)), fields, 0),
		Read: func(seen model.Value) (model.Value, error) {
			written, was := read(), model.As[model.Report](seen)
			if field.Same(model.ReportFields, &written, &was, field.Written, model.PartNil) {
				return was, nil
			}
			return was.Write(written), nil
		},
		Values: func(value model.Value) []string {
			fields, _ := reportFields(f, model.As[model.Report](value))
			return form.New("", fields, 0).Values()
		},
	}
	edit.Form.About = aboutReport(f, unit)
	command := t.open(f, edit, &unit.Unit)
	if report.Status == model.Returned && report.Reason != "" {
		edit.Form.Theirs = w.T("Returned because: %s", report.Reason)
	}
	return command
}

// aboutReport is what the plan says of the reports, word for word, and the day of this one.
func aboutReport(f *frame.Frame, unit model.UnitRow) []string {
	plan := &f.Board.Campaign.Plan
	var said []string
	if plan.Document.Closing != "" {
		said = append(said, plan.Document.Closing)
	}
	if plan.Reporting.To != "" {
		said = append(said, f.Words.T("To: %s", f.Board.Campaign.Roster.UnitName(plan.Reporting.To)))
	}
	return append(said, f.Words.T("Deadline: %s", f.Words.LongDay(unit.Deadline.LastDay())))
}

// aboutText says what belongs into a text of the report, by its key.
func aboutText(w lang.Words, key string) []string {
	about := map[string]string{
		"results": w.T("What the unit has done and what came of it. A figure that is named here should be the one in the " +
			"figures of the activity: the two are compared."),
		"difficulties":    w.T("What stood in the way. Without any, say so: an empty field reads as forgotten."),
		"recommendations": w.T("What the unit asks of the Office or of those above."),
		"documents":       w.T("Papers that the unit has issued for it, with number and date; one a line."),
		"funding":         w.T("What it cost and who paid, in words; the sums stand in the figures."),
	}[key]
	if about == "" {
		return nil
	}
	return []string{about}
}

// open opens a form, with the checklist of a unit beside it; nil for none.
func (t *Tab) open(f *frame.Frame, edit *form.Edit, writing *model.Unit) tea.Cmd {
	t.writing = writing
	return t.editor.Open(f, edit)
}

// reportFields are the fields for what a unit writes for the Office, the lists after the texts: a draft of an earlier
// version keeps its values in that order. read says what stands in them.
func reportFields(f *frame.Frame, report model.Report) (fields []*form.Field, read func() model.Report) {
	w := f.Words
	var lists []*form.Field
	typed := map[string]*form.Field{}
	for fact := range field.In(model.ReportFields, field.Written) {
		lines := cmp.Or(map[string]int{"results": resultLines, "funding": shortLines}[fact.Key], textLines)
		if _, is := fact.At(&report).(*[]string); is {
			typed[fact.Key] = form.NewFact(f, fact, &report, lines, w.T("one a line"))
			lists = append(lists, typed[fact.Key])
		} else {
			typed[fact.Key] = form.NewFact(f, fact, &report, lines, "")
			fields = append(fields, typed[fact.Key])
		}
		typed[fact.Key].About = aboutText(w, fact.Key)
	}
	chosen := 0
	if report.Nil {
		chosen = 1
	}
	isNil := form.NewChoice([]string{w.T("there is something to report"), w.T("nil report")}, chosen)
	nilReason := field.Find(model.ReportFields, "nil_reason")
	reason := form.NewFact(f, nilReason, &report, shortLines, w.T("only for a nil report"))
	fields = append(append(fields, lists...), &form.Field{Label: w.T("Kind"), Choice: isNil}, reason)
	return fields, func() model.Report {
		written := model.Report{Nil: isNil.Index() == 1}
		form.Take(nilReason, &written, reason)
		for fact := range field.In(model.ReportFields, field.Written) {
			form.Take(fact, &written, typed[fact.Key])
		}
		return written
	}
}

// writeText opens the form of a text of the Office.
func (t *Tab) writeText(f *frame.Frame, id model.OfficeText) tea.Cmd {
	w := f.Words
	if err := f.Board.Campaign.MayWriteOffice(f.Person); err != nil {
		return f.Refused(err)
	}
	seen := model.Text(f.Board.Campaign.Office.Texts[id])
	words := form.NewArea(f.Styles, string(seen), officeLines, model.MaxText)
	return t.open(f, &form.Edit{
		Change: model.Change{Person: f.Person, Subject: model.Subject{Kind: model.SubjectText, ID: string(id)}, Seen: seen},
		Form:   form.New(w.T("The Office: %s", id), []*form.Field{{Label: w.T("Text"), Area: words}}, 0),
		Read: func(model.Value) (model.Value, error) {
			return model.Text(strings.TrimSpace(words.Value())), nil
		},
		Values: func(value model.Value) []string { return []string{string(model.As[model.Text](value))} },
	}, nil)
}

// returnReport opens the form for the reason.
func (t *Tab) returnReport(f *frame.Frame, unit model.UnitRow) tea.Cmd {
	w := f.Words
	try := change(f, unit, unit.Report.Return(w.T("the reason")))
	if err := f.Board.Campaign.Check(try); err != nil {
		return f.Refused(err)
	}
	fact, report := field.Find(model.ReportFields, "reason"), unit.Report.Return("")
	reason := form.NewFact(f, fact, &report, reasonLines, w.T("what is missing, so that the unit can fix it"))
	asked := form.New(titled(f, w.T("Return the report of %s", unit.Unit.Name)), []*form.Field{reason}, 0)
	asked.Does = w.T("return")
	return t.open(f, &form.Edit{
		Change: try, Form: asked, Passing: true,
		Read: func(model.Value) (model.Value, error) {
			form.Take(fact, &report, reason)
			return report, nil
		},
	}, nil)
}

// extend opens the form for more time.
func (t *Tab) extend(f *frame.Frame, unit model.UnitRow) tea.Cmd {
	w := f.Words
	deadline := f.Board.Reporting.Deadline.LastDay()
	try := change(f, unit, unit.Report.Extend(deadline.Add(1), w.T("the reason")))
	if err := f.Board.Campaign.Check(try); err != nil {
		return f.Refused(err)
	}
	fact, report := field.Find(model.ReportFields, "extension_reason"), unit.Report.Extend(calendar.Day{}, "")
	until := form.NewLine(f.Styles, "", dayLimit)
	reason := form.NewFact(f, fact, &report, reasonLines, w.T("the consolidated report prints it"))
	hint := w.T("later than %s, for example %s", deadline, deadline.Add(3))
	fields := []*form.Field{{Key: "extended_until", Label: w.T("Until"), Hint: hint, Line: until}, reason}
	asked := form.New(w.T("More time for %s", unit.Unit.Name), fields, 0)
	asked.Does = w.T("extend")
	return t.open(f, &form.Edit{
		Change: try, Form: asked, Passing: true,
		Read: func(model.Value) (value model.Value, err error) {
			report.ExtendedUntil, err = calendar.ParseNear(until.Value(), deadline.Year)
			form.Take(fact, &report, reason)
			return report, field.About("extended_until", err)
		},
	}, nil)
}
