package report

import (
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/sums"
)

// Table is a table of an annex. Printed tables use words only, no colours.
type Table struct {
	Caption string
	Groups  []Group // the upper row of the head; nil: there is one row only
	Heads   []Head
	Rows    [][]Cell
	Total   []Cell   // below the rows; nil for none
	Below   [][]Cell // below the total: what it is made of, and what was asked for
}

// Group is the common title of some columns.
type Group struct {
	Title string
	Span  int
}

// Head is the title of a column. Width is its share of the table.
type Head struct {
	Title   string
	Width   int
	Numbers bool
	Key     string // for programs
}

// Cell holds a text or a number; neither is blank, which is not zero. Mark stands behind a number on paper. The text
// of one that is Absent says to people why there is no number, and programs get a blank.
type Cell struct {
	Text   string
	Number *float64
	Mark   string
	Absent bool
}

// Annex is an annex of the report with its tables. On paper it lies on its side.
type Annex struct {
	Name, Title string
	Tables      []Table
	Notes       []string
}

// notAssigned stands where an activity is not a unit's: nothing is missing there.
const notAssigned = "–"

// inDispute stands where there are two versions of a figure: it is not missing, and it is none.
const inDispute = "≠"

// notConfirmed is the mark of a figure whose report is not accepted.
const notConfirmed = "*"

// widths of columns, as shares.
const (
	widthNumber = 8
	widthUnit   = 34
	widthFigure = 12
)

// annexKind is what an annex holds.
type annexKind int

const (
	figuresAnnex annexKind = iota
	unitsAnnex
	productsAnnex
	originsAnnex
)

// annexKinds are the annexes that have something to say.
func (d *Document) annexKinds() []annexKind {
	kinds := []annexKind{unitsAnnex}
	if len(d.Columns) > 0 {
		kinds = []annexKind{figuresAnnex, unitsAnnex}
	}
	if slices.ContainsFunc(d.Work, func(work Work) bool { return work.Product != "" }) {
		kinds = append(kinds, productsAnnex)
	}
	if d.Traced && len(d.Columns) > 0 {
		kinds = append(kinds, originsAnnex)
	}
	return kinds
}

// annexName is what the text calls an annex: by its number, unless it is the only one.
func (d *Document) annexName(kind annexKind) phrase.Sentence {
	kinds := d.annexKinds()
	if len(kinds) == 1 {
		return phrase.Say("paper::Annex")
	}
	return phrase.Say("Annex %s", []string{"I", "II", "III", "IV"}[slices.Index(kinds, kind)])
}

// Annexes are the annexes with tables of at most so many indicators each; 0 is all in one.
func (d *Document) Annexes(most int) []Annex {
	var annexes []Annex
	for _, kind := range d.annexKinds() {
		annex := Annex{Name: d.Say(d.annexName(kind))}
		switch kind {
		case figuresAnnex:
			annex.Title, annex.Tables, annex.Notes = d.T("FIGURES OF THE UNITS"), d.figureTables(most), d.figureNotes()
		case productsAnnex:
			annex.Title, annex.Tables = d.T("PRODUCTS OF THE ACTIVITIES"), []Table{d.productTable()}
		case originsAnnex:
			annex.Title, annex.Tables = d.T("ORIGINS OF THE FIGURES"), []Table{d.originTable()}
		default:
			annex.Title, annex.Tables = d.T("REPORTS OF THE UNITS"), []Table{d.unitTable()}
			if !d.Asked {
				annex.Title = d.T("WORK OF THE UNITS")
			}
		}
		annexes = append(annexes, annex)
	}
	return annexes
}

func (d *Document) figureNotes() []string {
	notes := []string{d.T("Note: a blank has no figure yet; “–” is not assigned to the unit.")}
	some := func(is func(Figure) bool) bool {
		return slices.ContainsFunc(d.Units, func(unit Unit) bool { return slices.ContainsFunc(unit.Figures, is) })
	}
	if d.ConfirmedOnly {
		notes = append(notes, d.T("Only confirmed figures: those of units whose report is not accepted are left blank."))
	}
	if some(func(figure Figure) bool { return figure.NA && figure.Value == nil }) {
		notes = append(notes, d.T("“%s”: the activity does not apply to the unit.", d.T("paper::n/a")))
	}
	if some(func(figure Figure) bool { return figure.Value != nil && !figure.Confirmed && d.Asked }) {
		notes = append(notes, d.T("“%s”: not confirmed yet, the unit's report is not accepted.", notConfirmed))
	}
	if some(func(figure Figure) bool { return figure.Disputed }) {
		notes = append(notes, d.T("“≠”: there are two figures, not decided yet and in no total."))
	}
	for i := range d.Columns {
		if said := d.targets(&d.Columns[i].Indicator); said != "" {
			notes = append(notes, d.T("Target, %s: %s.", d.Columns[i].Indicator.Name, said))
		}
	}
	for _, rule := range []struct {
		sum  sums.Rule
		said string
	}{
		{sums.None, d.T("Not totalled: ")},
		{sums.Last, d.T("Cumulative, the total is the latest figure: ")},
	} {
		var names []string
		for i := range d.Columns {
			if d.Columns[i].Indicator.Sum == rule.sum {
				names = append(names, d.Columns[i].Indicator.Name)
			}
		}
		if len(names) > 0 {
			notes = append(notes, rule.said+list(names)+".")
		}
	}
	return notes
}

// targets are what an indicator is to come to: of each unit, of some by themselves, of all.
func (d *Document) targets(indicator *model.Indicator) string {
	var said []string
	number := func(f float64) string { return d.Number(f) + measured(indicator.Measure) }
	if indicator.Target != nil {
		said = append(said, d.T("each unit %s", number(*indicator.Target)))
	}
	for i := range d.Units {
		if own, has := indicator.Targets[d.Units[i].ID]; has {
			said = append(said, d.Units[i].Name+" "+number(own))
		}
	}
	if indicator.Total != nil {
		said = append(said, d.T("all together %s", number(*indicator.Total)))
	}
	return list(said)
}

// measured is the unit of measure behind a number.
func measured(measure string) string {
	if measure == "" || measure == "%" {
		return measure
	}
	return " " + measure
}

// figureTables are units × indicators, cut where an activity ends.
func (d *Document) figureTables(most int) []Table {
	parts := d.chunks(most)
	tables := make([]Table, 0, len(parts))
	for i, part := range parts {
		table := Table{Heads: d.unitHeads(), Groups: []Group{{"", 1}, {"", 1}}}
		if len(parts) > 1 {
			table.Caption = d.T("Table %d/%d", i+1, len(parts))
		}
		d.addFigures(&table, part[0], part[1])
		tables = append(tables, table)
	}
	return tables
}

func (d *Document) unitHeads() []Head {
	return []Head{
		{Title: d.T("No."), Width: widthNumber, Numbers: true, Key: "stt"},
		{Title: d.T("Unit"), Width: widthUnit, Key: "unit"},
	}
}

// chunks are the columns, from and before, that stand in a table each.
func (d *Document) chunks(most int) [][2]int {
	if len(d.Columns) == 0 {
		return nil
	}
	if most <= 0 {
		return [][2]int{{0, len(d.Columns)}}
	}
	var chunks [][2]int
	start := 0
	for at := 0; at < len(d.Columns); {
		end := at + 1
		for end < len(d.Columns) && d.Columns[end].Activity == d.Columns[at].Activity {
			end++
		}
		if end-start > most && at > start {
			chunks = append(chunks, [2]int{start, at})
			start = at
		}
		for end-start > most {
			chunks = append(chunks, [2]int{start, start + most})
			start += most
		}
		at = end
	}
	return append(chunks, [2]int{start, len(d.Columns)})
}

func (d *Document) addFigures(table *Table, from, before int) {
	for i := from; i < before; i++ {
		column := &d.Columns[i]
		if i == from || d.Columns[i-1].Activity != column.Activity {
			table.Groups = append(table.Groups, Group{point(column.Activity, d.Points) + column.Title, 0})
		}
		table.Groups[len(table.Groups)-1].Span++
		table.Heads = append(table.Heads, Head{
			Title: column.Indicator.Name + measureOf(column.Indicator.Measure), Width: widthFigure, Numbers: true,
			Key: column.Indicator.ID,
		})
	}
	table.Rows = make([][]Cell, len(d.Units))
	for i := range d.Units {
		unit := &d.Units[i]
		row := make([]Cell, 0, 2+before-from)
		row = append(row, Cell{Number: count(i + 1)}, Cell{Text: unit.Name})
		for _, figure := range unit.Figures[from:before] {
			row = append(row, d.figureCell(figure))
		}
		table.Rows[i] = row
	}
	d.addTotals(table, d.Columns[from:before])
}

// figureCell is a figure, or why there is none.
func (d *Document) figureCell(figure Figure) Cell {
	cell := Cell{Number: figure.Value}
	switch {
	case figure.Disputed:
		cell.Text = inDispute
	case figure.Value != nil && d.Asked && !figure.Confirmed:
		cell.Mark = notConfirmed
	case figure.Value == nil && !figure.Assigned:
		cell.Text, cell.Absent = notAssigned, true
	case figure.Value == nil && figure.NA:
		cell.Text, cell.Absent = d.T("paper::n/a"), true
	}
	return cell
}

// Cumulates reports whether the figures are those of a period, so that they have a sum so far beside them.
func (d *Document) Cumulates() bool { return d.Period != nil && !d.Period.Sums }

// verdicts say how the sums so far stand to the targets. What is below its target is late only once there is no time
// left.
func (d *Document) verdicts(columns []Column) []Cell {
	cells := []Cell{{}, {Text: d.T("Against the target")}}
	for i := range columns {
		said := ""
		switch column := &columns[i]; {
		case column.Total == nil || column.Target == nil:
		case *column.Total > *column.Target:
			said = d.T("target::exceeded")
		case *column.Total == *column.Target:
			said = d.T("target::reached")
		case column.Over:
			said = d.T("target::behind")
		}
		cells = append(cells, Cell{Text: said})
	}
	return cells
}

// addTotals adds the totals, and below them of how many units they are, how many of these are confirmed, and the
// targets.
func (d *Document) addTotals(table *Table, columns []Column) {
	row := func(title string, of func(*Column) *float64) []Cell {
		cells := []Cell{{}, {Text: title}}
		for i := range columns {
			cells = append(cells, Cell{Number: of(&columns[i])})
		}
		return cells
	}
	table.Total = row(d.T("Total"), func(c *Column) *float64 { return c.InPeriod.Total })
	table.Below = append(table.Below,
		row(d.T("Units with a figure"), func(c *Column) *float64 { return count(c.InPeriod.Units) }))
	if d.Asked {
		table.Below = append(table.Below,
			row(d.T("of them confirmed"), func(c *Column) *float64 { return count(c.InPeriod.Confirmed) }))
	}
	if d.Cumulates() {
		table.Below = append(table.Below, row(d.T("So far"), func(c *Column) *float64 { return c.Total }))
	}
	if slices.ContainsFunc(columns, func(c Column) bool { return c.Target != nil }) {
		table.Below = append(table.Below,
			row(d.T("paper::Target"), func(c *Column) *float64 { return c.Target }),
			row(d.T("Reached (%%)"), func(c *Column) *float64 {
				if percent, known := c.Percent(); known {
					return count(percent)
				}
				return nil
			}))
		if d.Period != nil {
			table.Below = append(table.Below, d.verdicts(columns))
		}
	}
	own := func(c Column) bool { return c.Indicator.Target != nil || len(c.Indicator.Targets) > 0 }
	if slices.ContainsFunc(columns, own) {
		table.Below = append(table.Below, row(d.T("Units that have reached theirs"), func(c *Column) *float64 {
			if !own(*c) {
				return nil
			}
			return count(c.Reached)
		}))
	}
}

func measureOf(measure string) string {
	if measure == "" {
		return ""
	}
	return " (" + measure + ")"
}

func count(n int) *float64 { return new(float64(n)) }

// unitTable is units × how far they are, and how their reports stand where the plan asks for any.
func (d *Document) unitTable() Table {
	heads := d.unitHeads()
	if d.Asked {
		heads = append(heads,
			Head{Title: d.T("paper::Report"), Width: 18, Key: "status"},
			Head{Title: d.T("Submitted"), Width: 14, Key: "submitted"},
			Head{Title: d.T("On time or late"), Width: 18, Key: "timeliness"},
			Head{Title: d.T("Extended until"), Width: 14, Key: "extended_until"})
	}
	table := Table{Heads: append(heads,
		Head{Title: d.T("Activities done"), Width: 13, Numbers: true, Key: "done"},
		Head{Title: d.T("Activities to do"), Width: 13, Numbers: true, Key: "assigned"},
		Head{Title: d.T("Notes"), Width: 30, Key: "notes"},
	)}
	done, assigned := 0, 0
	for i := range d.Units {
		unit := &d.Units[i]
		row := append([]Cell{{Number: count(i + 1)}, {Text: unit.Name}}, d.reportCells(unit)...)
		if unit.Broken {
			table.Rows = append(table.Rows, append(row, Cell{}, Cell{}, Cell{Text: d.T("its data file cannot be read")}))
			continue
		}
		done, assigned = done+unit.Tally.Done, assigned+unit.Tally.Applicable()
		table.Rows = append(table.Rows, append(row,
			Cell{Number: count(unit.Tally.Done)}, Cell{Number: count(unit.Tally.Applicable())},
			Cell{Text: strings.Join(unit.Notes, "; ")}))
	}
	table.Total = []Cell{{}, {Text: d.T("Total")}}
	if d.Asked {
		received := d.T("received %d/%d", d.Reporting.Received, d.Reporting.Expected)
		table.Total = append(table.Total, Cell{Text: received}, Cell{}, Cell{}, Cell{})
	}
	table.Total = append(table.Total, Cell{Number: count(done)}, Cell{Number: count(assigned)}, Cell{})
	return table
}

// reportCells say how a unit's report stands; none where the plan asks for no reports.
func (d *Document) reportCells(unit *Unit) []Cell {
	if !d.Asked {
		return nil
	}
	if unit.Broken {
		return []Cell{{Text: unit.Timeliness.Label(d.Language)}, {}, {}, {}}
	}
	status, timeliness := unit.Status.Label(d.Language), d.timeliness(unit)
	if unit.Disputed {
		status, timeliness = unit.Timeliness.Label(d.Language), ""
	}
	return []Cell{{Text: status}, {Text: unit.SubmittedAt.Printed()}, {Text: timeliness}, {Text: unit.Extended.Printed()}}
}

// productTable are the activities from which something is to come.
func (d *Document) productTable() Table {
	table := Table{Heads: []Head{
		{Title: d.T("No."), Width: widthNumber, Numbers: true, Key: "stt"},
		{Title: d.T("paper::Activity"), Width: 50, Key: "activity"},
		{Title: d.T("paper::Product"), Width: 40, Key: "product"},
		{Title: d.T("paper::Units done"), Width: 12, Numbers: true, Key: "done"},
		{Title: d.T("Of"), Width: 12, Numbers: true, Key: "total"},
	}}
	for i := range d.Work {
		if work := &d.Work[i]; work.Product != "" {
			table.Rows = append(table.Rows, []Cell{{Number: count(len(table.Rows) + 1)}, {Text: work.Title},
				{Text: work.Product}, {Number: count(work.Tally.Done)}, {Number: count(work.Tally.Applicable())}})
		}
	}
	return table
}

func (d *Document) timeliness(unit *Unit) string {
	said := unit.Timeliness.Label(d.Language)
	if unit.DaysLate > 0 {
		said += " (" + daysLate(d.Printer, unit.DaysLate) + ")"
	}
	return said
}

// originTable has a row for each figure that is there, with the commit that set it.
func (d *Document) originTable() Table {
	table := Table{Heads: []Head{
		{Title: d.T("Unit"), Width: 30, Key: "unit"},
		{Title: d.T("Figure"), Width: 36, Key: "indicator"},
		{Title: d.T("Value"), Width: 14, Numbers: true, Key: "value"},
		{Title: d.T("Commit"), Width: 16, Key: "commit"},
		{Title: d.T("By"), Width: 22, Key: "by"},
		{Title: d.T("Day"), Width: 14, Key: "day"},
	}}
	for i := range d.Units {
		unit := &d.Units[i]
		for j := range unit.Figures {
			figure := &unit.Figures[j]
			if figure.Value == nil {
				continue
			}
			commit, day := figure.Origin.Commit, ""
			if commit == "" {
				commit = d.T("in no commit yet")
			}
			if !figure.Origin.At.IsZero() {
				day = calendar.DayIn(figure.Origin.At, figure.Origin.At.Location()).Printed()
			}
			table.Rows = append(table.Rows, []Cell{
				{Text: unit.Name}, {Text: d.Columns[j].Indicator.Name}, {Number: figure.Value}, {Text: commit},
				{Text: figure.Origin.By}, {Text: day},
			})
		}
	}
	return table
}

// passageTable are the goals and messages of the plan, each with its mark.
func (d *Document) passageTable() Table {
	table := Table{Heads: []Head{
		{Title: d.T("Id"), Width: 20, Key: "id"},
		{Title: d.T("Text of the plan"), Width: 100, Key: "text"},
		{Title: d.T("paper::Done"), Width: 10, Numbers: true, Key: "done"},
		{Title: d.T("Of"), Width: 10, Numbers: true, Key: "total"},
	}}
	for _, passage := range slices.Concat(d.Goals, d.Messages) {
		table.Rows = append(table.Rows, []Cell{{Text: passage.ID}, {Text: passage.Marked()}, {Number: count(passage.Done)},
			{Number: count(passage.Total)}})
	}
	return table
}

// Printed is a cell as people read it.
func (c Cell) Printed(language phrase.Language) string {
	if c.Number != nil {
		return language.Number(*c.Number) + c.Mark
	}
	return c.Text
}

// below are the rows under the others: the total, and what belongs to it.
func (t *Table) below() [][]Cell {
	if t.Total == nil {
		return nil
	}
	return append([][]Cell{t.Total}, t.Below...)
}
