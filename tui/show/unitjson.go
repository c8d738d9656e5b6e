package show

import (
	"bytes"
	"encoding/json"
	"iter"
	"runtime"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/figures"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
	"example.org/tiendo/tui/lang"
)

type unitJSON struct {
	ID         string              `json:"id"`
	Name       string              `json:"name"`
	Group      string              `json:"group"`
	Activities map[string]object   `json:"activities"`
	Messages   map[string][]string `json:"messages"`
	Report     object              `json:"report"`
	Broken     bool                `json:"broken"`
}

// findingJSON is one thing that the check before submitting finds.
type findingJSON struct {
	Activity string `json:"activity"` // "" for the report itself
	Message  string `json:"message"`
	Severity string `json:"severity"` // error | warning
}

type reminderJSON struct {
	Number int    `json:"number"`
	By     string `json:"by"`
	At     string `json:"at"`
}

// writeStatus prints a status with its units, all or only the named one. Thousands of units take most of the time, so
// they are written on all processors, and none is kept longer than until it is printed.
func writeStatus(p *Printer, status statusJSON, board *model.Board, only string) error {
	var whole bytes.Buffer
	if err := jsonEncoder(&whole).Encode(status); err != nil {
		return err
	}
	var rows []int
	for i := range board.Units {
		if only == "" || board.Units[i].Unit.ID == only {
			rows = append(rows, i)
		}
	}
	if len(rows) == 0 {
		_, err := p.Out.Write(whole.Bytes())
		return err
	}
	// Within a text there is no line end, so that this is the key, and the first of its depth.
	before, after, _ := bytes.Cut(whole.Bytes(), []byte("\n  \"units\": []"))
	if _, err := p.Out.Write(append(before, "\n  \"units\": ["...)); err != nil {
		return err
	}
	table, separator := figures.New(board), ""
	for written := range inOrder(rows, func(row int) encoded { return encodeUnit(p, board, table, row) }) {
		if written.err != nil {
			return written.err
		}
		if _, err := p.Out.Write(append([]byte(separator+"\n    "), written.text...)); err != nil {
			return err
		}
		separator = ","
	}
	_, err := p.Out.Write(append([]byte("\n  ]"), after...))
	return err
}

// encoded is a unit as it stands in the list of a status.
type encoded struct {
	text []byte
	err  error
}

func encodeUnit(p *Printer, board *model.Board, table *figures.Table, row int) encoded {
	var plain, text bytes.Buffer
	encoder := json.NewEncoder(&plain)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(p.newUnitJSON(board, &board.Units[row], oddJSON(p.Words, table, row)))
	if err == nil {
		err = json.Indent(&text, bytes.TrimSpace(plain.Bytes()), "    ", "  ")
	}
	return encoded{text.Bytes(), err}
}

// inOrder does some work for each row on all processors, no more than a few rows ahead, and gives what it makes of them
// in their order.
func inOrder[T any](rows []int, work func(row int) T) iter.Seq[T] {
	return func(yield func(T) bool) {
		ahead := make(chan chan T, 4*runtime.GOMAXPROCS(0))
		over := make(chan struct{})
		defer close(over)
		go func() {
			defer close(ahead)
			for _, row := range rows {
				made := make(chan T, 1)
				select {
				case ahead <- made:
				case <-over:
					return
				}
				go func() { made <- work(row) }()
			}
		}()
		for made := range ahead {
			if !yield(<-made) {
				return
			}
		}
	}
}

// oddJSON says of the figures of a unit that should be looked at again why, by activity and by indicator.
func oddJSON(words lang.Words, table *figures.Table, unit int) map[int]map[string]string {
	said := map[int]map[string]string{}
	for _, odd := range table.Odd(unit) {
		column := &table.Columns[odd.Column]
		if said[column.Activity] == nil {
			said[column.Activity] = map[string]string{}
		}
		said[column.Activity][column.Indicator.ID] = words.Say(odd.Odd)
	}
	return said
}

func (p *Printer) newUnitJSON(board *model.Board, row *model.UnitRow, odd map[int]map[string]string) unitJSON {
	unit := unitJSON{
		ID: row.Unit.ID, Name: row.Unit.Name, Group: row.Unit.Group,
		Activities: map[string]object{}, Messages: map[string][]string{},
		Report: p.reportJSON(board, row), Broken: row.Broken != nil,
	}
	unit.Report = unit.Report.arrived(board, row, board.ReportSubject())
	for i, cell := range row.Cells {
		if cell.Shown() {
			activity := &board.Activities[i].Activity
			entry := append(entryJSON(cell), targetsJSON(activity, cell, row.Unit.ID)...)
			if len(odd[i]) > 0 {
				entry = append(entry, member{"odd", odd[i]})
			}
			unit.Activities[activity.ID] = entry.arrived(board, row,
				model.Subject{Kind: model.SubjectActivity, ID: activity.ID})
		}
	}
	for id, use := range row.Messages {
		if len(use.Channels) > 0 {
			unit.Messages[id] = use.Channels
		}
	}
	return unit
}

// arrived adds when the server got what bears a time of more than a day before.
func (o object) arrived(board *model.Board, row *model.UnitRow, subject model.Subject) object {
	if at := board.Campaign.Arrived[row.Unit.ID][subject]; !at.IsZero() {
		return append(o, member{"arrived", timeJSON(at.In(board.Campaign.Plan.TimeZone))})
	}
	return o
}

// targetsJSON are the unit's own targets, where there are any.
func targetsJSON(activity *model.Activity, cell model.Cell, unit string) object {
	targets := map[string]float64{}
	for i := range activity.Indicators {
		if target := activity.Indicators[i].TargetOf(unit); target != nil && cell.Assigned {
			targets[activity.Indicators[i].ID] = *target
		}
	}
	if len(targets) == 0 {
		return nil
	}
	return object{{"targets", targets}}
}

func entryJSON(cell model.Cell) object {
	status := string(cell.Entry.Status)
	if cell.Timeliness == calendar.Unknown {
		status = notKnown
	}
	entry := append(object{
		{"status", status}, {"timeliness", cell.Timeliness}, {"by", cell.Entry.By}, {"at", timeJSON(cell.Entry.At)},
	}, append(factsJSON(model.EntryFields, &cell.Entry, "status"), member{"role", cell.Role})...)
	if cell.Timeliness != calendar.Disputed {
		return entry
	}
	var others []object
	for _, version := range review.Versions(cell.Entry)[1:] {
		other := new(model.As[model.Entry](version.Value))
		others = append(others, append(object{{"status", other.Status}, {"by", version.By}, {"at", timeJSON(version.At)}},
			factsJSON(model.EntryFields, other, "status")...))
	}
	return append(entry, member{"others", others})
}

// reportStatus is how a report stands, for a script.
func reportStatus(row *model.UnitRow) string {
	switch {
	case row.Broken != nil:
		return notKnown
	case row.Report.Status == model.NotSent:
		return "none"
	}
	return string(row.Report.Status)
}

// reportJSON is a unit's report with what it lacks.
func (p *Printer) reportJSON(board *model.Board, row *model.UnitRow) object {
	reminders := []reminderJSON{}
	for _, reminder := range row.Reminders {
		reminders = append(reminders, reminderJSON{reminder.Number, reminder.By, timeJSON(reminder.At)})
	}
	report := object{
		{"status", reportStatus(row)}, {"submitted_at", timeJSON(row.Report.SubmittedAt)},
		{"timeliness", row.ReportTimeliness}, {"nil", row.Report.Nil},
	}
	report = append(report, factsJSON(model.ReportFields, &row.Report, "status", "nil")...)
	report = append(report, object{
		{"last_day", row.Deadline.LastDay().String()}, // an extension moves it
		{"expected", row.Expected},                    // the unit was on the roster on the deadline day
		{"checklist", p.checklistJSON(board, row)},
		{"reminders", reminders},
	}...)
	var others []object
	for _, version := range review.Versions(row.Report)[1:] {
		other := new(model.As[model.Report](version.Value))
		others = append(others, append(object{{"status", other.Status}, {"by", version.By}, {"at", timeJSON(version.At)},
			{"nil", other.Nil}},
			factsJSON(model.ReportFields, other, "status", "nil")...))
	}
	if len(others) > 0 {
		report = append(report, member{"others", others})
	}
	return report
}

// checklistJSON is what the check before submitting finds; nothing where the file is broken.
func (p *Printer) checklistJSON(board *model.Board, row *model.UnitRow) []findingJSON {
	findings := []findingJSON{}
	if row.Broken != nil || !board.Campaign.Plan.Reporting.Asked() {
		return findings
	}
	for _, finding := range board.Campaign.Checklist(&row.Unit, board.Period) {
		severity := "error"
		if finding.Warning {
			severity = "warning"
		}
		findings = append(findings, findingJSON{finding.Subject.ID, text.Line(p.Words.Say(finding.What)), severity})
	}
	return findings
}
