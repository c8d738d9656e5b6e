package report

import (
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/document"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// organization is part I.
func (b *builder) organization() Part {
	part := Part{Heading: b.T("I. ORGANIZATION")}
	add := func(title string, paragraphs []Paragraph) {
		part.Sections = append(part.Sections, Section{len(part.Sections) + 1, title, paragraphs})
	}
	add(b.T("Direction and documents issued"), append(b.officeText(document.TextDirection), b.documentsIssued()...))
	if b.office.Texts[document.TextLaunch] != "" { // DOMAIN §4: if there was one
		add(b.T("Launch"), b.officeText(document.TextLaunch))
	}
	add(b.T("Activities carried out"), b.activities())
	add(b.T("Funding"), append(b.officeText(document.TextFunding),
		b.unitTexts(func(r *model.Report) string { return r.Funding })...))
	return part
}

// assessment is part II.
func (b *builder) assessment() Part {
	results := b.officeText(document.TextAssessment)
	results = append(results, b.unitTexts(func(r *model.Report) string { return r.Results })...)
	if b.document.Asked {
		results = append(results, b.reporting()...)
	}
	lessons := b.officeText(document.TextLessons)
	lessons = append([]Paragraph{{Kind: Point, Text: b.T("Lessons")}}, lessons...)
	return Part{Heading: b.T("II. ASSESSMENT"), Sections: []Section{
		{1, b.T("Results and lessons"), append(results, lessons...)},
		{2, b.T("Difficulties"), append(b.officeText(document.TextDifficulties),
			b.unitTexts(func(r *model.Report) string { return r.Difficulties })...)},
		{3, b.T("Recommendations"), append(b.officeText(document.TextRecommendations),
			b.unitTexts(func(r *model.Report) string { return r.Recommendations })...)},
		b.annexes(4),
	}}
}

// annexes is the section that names the annexes.
func (b *builder) annexes(number int) Section {
	title, said := b.T("paper::Annexes"), ""
	if len(b.document.Columns) > 0 {
		title, said = b.T("Table of figures"), b.T("Figures of each unit: %s.", b.document.annexName(figuresAnnex))+" "
	}
	units := b.document.annexName(unitsAnnex)
	if b.document.Asked {
		said += b.T("Reports of the units: %s.", units)
	} else {
		said += b.T("Work of each unit: %s.", units)
	}
	if slices.Contains(b.document.annexKinds(), productsAnnex) {
		said += " " + b.T("Products of the activities: %s.", b.document.annexName(productsAnnex))
	}
	return Section{number, title, []Paragraph{{Kind: Body, Text: said}}}
}

// officeText is a text of the Office, or the line on which it is still to be written.
func (b *builder) officeText(which model.OfficeText) []Paragraph {
	paragraphs := b.paragraphs("", b.office.Texts[which])
	if len(paragraphs) == 0 {
		return []Paragraph{{Kind: Blank, Text: dots}}
	}
	return paragraphs
}

// paragraphs are the lines of a text; those of a unit begin with an item.
func (b *builder) paragraphs(unit, said string) []Paragraph {
	var paragraphs []Paragraph
	for line := range strings.SplitSeq(b.clean(said), "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		paragraph := Paragraph{Body, unit, line}
		if unit != "" && len(paragraphs) == 0 {
			paragraph.Kind = Item
		}
		paragraphs = append(paragraphs, paragraph)
	}
	return paragraphs
}

// unitTexts are what the units reported, each under its name. What is still a draft nobody has handed in, and of two
// versions none is the unit's word.
func (b *builder) unitTexts(of func(*model.Report) string) []Paragraph {
	var paragraphs []Paragraph
	for i := range b.board.Units {
		row := &b.board.Units[i]
		if !printed(row) {
			continue
		}
		said := of(&row.Report)
		if !row.Report.Every(func(r model.Report) bool { return of(&r) == said }) {
			said = b.twoVersions()
		}
		paragraphs = append(paragraphs, b.paragraphs(row.Unit.Name, said)...)
	}
	return paragraphs
}

// twoVersions stands in the place of a text of which there are two.
func (b *builder) twoVersions() string {
	return b.T("(there are two versions, and nobody has decided yet)")
}

// printed reports whether the report prints what a unit has written: it was handed in, and not as a nil report.
func printed(row *model.UnitRow) bool {
	return row.Broken == nil && row.Report.Every(func(r model.Report) bool { return r.Sent() && !r.Nil })
}

func (b *builder) documentsIssued() []Paragraph {
	var paragraphs []Paragraph
	for i := range b.board.Units {
		row := &b.board.Units[i]
		if !printed(row) || row.Report.Every(func(r model.Report) bool { return len(r.Documents) == 0 }) {
			continue
		}
		if !row.Report.Every(func(r model.Report) bool { return slices.Equal(r.Documents, row.Report.Documents) }) {
			paragraphs = append(paragraphs, Paragraph{Item, row.Unit.Name, b.twoVersions()})
			continue
		}
		documents := make([]string, len(row.Report.Documents))
		for i, document := range row.Report.Documents {
			documents[i] = text.Line(document)
		}
		paragraphs = append(paragraphs, Paragraph{Item, row.Unit.Name, mark(b.marks, ended(list(documents)))})
	}
	return paragraphs
}

// activities are one paragraph for each activity with its totals, and below it what the units noted.
func (b *builder) activities() []Paragraph {
	var paragraphs []Paragraph
	for i := range b.board.Activities {
		row, work := &b.board.Activities[i], &b.document.Work[i]
		if heading := work.Heading; heading != "" && (i == 0 || b.document.Work[i-1].Heading != heading) {
			paragraphs = append(paragraphs, Paragraph{Kind: Heading, Text: heading})
		}
		paragraphs = append(paragraphs,
			Paragraph{Kind: Point, Text: point(i, b.document.Points) + withSic(row.Activity.Title, row.Activity.Sic)},
			Paragraph{Kind: Body, Text: b.progress(i, row)})
		for j := range b.board.Units {
			unit := &b.board.Units[j]
			if cell := &unit.Cells[i]; cell.Shown() && unit.Broken == nil {
				paragraphs = append(paragraphs, b.paragraphs(unit.Unit.Name, b.noteOf(cell))...)
			}
		}
	}
	return append(paragraphs, b.messagesUsed()...)
}

// noteOf is a unit's note on an activity; one that does not apply says so, and of two versions none is said.
func (b *builder) noteOf(cell *model.Cell) string {
	entry := &cell.Entry
	if len(entry.Others) > 0 {
		return b.twoVersions()
	}
	if cell.Assigned && entry.Status == model.NA && entry.Note != "" {
		return b.T("Not applicable: %s", entry.Note)
	}
	return entry.Note
}

// progress is how many units have done an activity, and its totals.
func (b *builder) progress(at int, row *model.ActivityRow) string {
	text := b.done(at, row.Tally) + "."
	var totals, others []string
	for _, total := range row.Figures {
		if total.Total != nil {
			said := total.Said(b.Printer, total.Indicator.Measure, b.document.Asked)
			if total.InPeriod.Total != nil && b.document.Cumulates() {
				said = b.T("%s in the period; so far %s", b.Number(*total.InPeriod.Total), said)
			}
			totals = append(totals, total.Indicator.Name+": "+said)
		} else if total.Units > 0 {
			others = append(others, total.Indicator.Name)
		}
	}
	if len(totals) > 0 {
		text += b.T(" Totals: %s.", list(totals))
	}
	if len(others) > 0 {
		text += b.T(" Not totalled, see %s: %s.", b.document.annexName(figuresAnnex), list(others))
	}
	if product := b.document.Work[at].Product; product != "" {
		text += b.T(" Product: %s", ended(product))
	}
	return text
}

// done says how many units have done an activity; of one that is a single unit's, how it stands there.
func (b *builder) done(at int, tally model.Tally) string {
	if tally.Assigned == 1 {
		for i := range b.board.Units {
			row := &b.board.Units[i]
			if cell := &row.Cells[at]; cell.Assigned {
				return row.Unit.Name + ": " + b.stands(cell)
			}
		}
	}
	said := []string{b.T("Done: %d/%d units", tally.Done, tally.Applicable())}
	for _, other := range []struct {
		n    int
		said string
	}{
		{tally.DoneLate, b.T("%d of them late", tally.DoneLate)},
		{tally.Doing, b.T("paper::%d in progress", tally.Doing)},
		{tally.Todo, b.T("%d not started", tally.Todo)},
		{tally.NA, b.T("%d not applicable", tally.NA)},
		{tally.Unknown, b.T("%d not known", tally.Unknown)},
		{tally.Disputed, b.T("paper::%d in dispute", tally.Disputed)},
	} {
		if other.n > 0 {
			said = append(said, other.said)
		}
	}
	return strings.Join(said, ", ")
}

// stands is how one unit stands on an activity.
func (b *builder) stands(cell *model.Cell) string {
	switch cell.Timeliness {
	case calendar.DoneOnTime, calendar.DoneLate, calendar.Overdue, calendar.Unknown, calendar.Disputed:
		return cell.Timeliness.Label(b.Language)
	default:
		return cell.Entry.Status.Label(b.Language)
	}
}

func (b *builder) messagesUsed() []Paragraph {
	if len(b.board.Messages) == 0 {
		return nil
	}
	used := 0
	for i := range b.board.Messages {
		if len(b.board.Messages[i].Units) > 0 {
			used++
		}
	}
	all := len(b.board.Messages)
	return []Paragraph{
		{Kind: Point, Text: point(len(b.board.Activities), b.document.Points) + b.T("paper::Messages")},
		{Kind: Body, Text: b.T("%d of %d messages were used.", used, all)},
	}
}

// reporting is how the reports of the units came in, with the names of those that are missing, late or had more time.
func (b *builder) reporting() []Paragraph {
	r := b.board.Reporting
	paragraphs := []Paragraph{
		{Kind: Point, Text: b.T("Reports of the units")},
		{Kind: Body, Text: b.rates(&r)},
	}
	var missing, unknown, disputed, late, extended, waiting, returned []string
	for i := range b.document.Units {
		unit := &b.document.Units[i]
		expected, sent := b.board.Units[i].Expected, model.Report{Status: unit.Status}.Sent()
		switch {
		case unit.Broken: // its figures are missing, whether anybody waits for its report or not
			unknown = append(unknown, unit.Name)
		case unit.Disputed:
			disputed = append(disputed, unit.Name)
		case !expected && !sent: // nobody waits for it
		case !sent:
			missing = append(missing, unit.Name)
		case unit.Timeliness == calendar.SentLate:
			late = append(late, unit.Name+" ("+unit.SubmittedAt.Printed()+", "+daysLate(b.Printer, unit.DaysLate)+")")
		}
		switch {
		case unit.Broken || unit.Disputed:
		case unit.Status == model.Submitted:
			waiting = append(waiting, unit.Name)
		case unit.Status == model.Returned:
			said := unit.Name
			if reason := text.Line(b.board.Units[i].Report.Reason); reason != "" {
				said = b.T("%s (reason: %s)", unit.Name, strings.TrimRight(reason, ". "))
			}
			returned = append(returned, said)
		}
		if !unit.Extended.IsZero() {
			said := b.T("%s (until %s)", unit.Name, unit.Extended.Printed())
			if reason := text.Line(b.board.Units[i].Report.ExtensionReason); reason != "" {
				said = b.T("%s (until %s, reason: %s)", unit.Name, unit.Extended.Printed(), strings.TrimRight(reason, ". "))
			}
			extended = append(extended, said)
		}
	}
	name := func(label string, names []string) {
		if len(names) > 0 {
			paragraphs = append(paragraphs, Paragraph{Kind: Item, Text: mark(b.marks, label+list(names)+".")})
		}
	}
	name(b.T("Have not reported: "), missing)
	if len(waiting)+len(returned) > 0 {
		var said []string
		if len(waiting) > 0 {
			said = append(said, b.T("Sent and not accepted yet: ")+list(waiting)+".")
		}
		if len(returned) > 0 {
			said = append(said, b.T("Returned to be completed: ")+list(returned)+".")
		}
		paragraphs = append(paragraphs, Paragraph{Kind: Item, Text: mark(b.marks, strings.Join(said, " "))})
	}
	name(b.T("Not known, because the data cannot be read: "), unknown)
	name(b.T("Two versions of the report, not decided: "), disputed)
	name(b.T("Reported late: "), late)
	name(b.T("Extended: "), extended)
	return paragraphs
}

func (b *builder) rates(r *model.ReportingRow) string {
	said := b.T("As of %s %d/%d units have reported (%d%%), %d on time (%d%%), %d accepted",
		b.board.Today.Printed(), r.Received, r.Expected, r.ReceivedPercent(), r.OnTime, r.OnTimePercent(), r.Accepted)
	if r.Deadline.IsZero() { // nothing is in time or late then
		said = b.T("As of %s %d/%d units have reported (%d%%), %d accepted; no deadline is given",
			b.board.Today.Printed(), r.Received, r.Expected, r.ReceivedPercent(), r.Accepted)
	}
	if r.Nil > 0 {
		said += b.T(", %d with nothing to report", r.Nil)
	}
	return said + "."
}

func daysLate(p phrase.Printer, n int) string { return p.Count(n, "%d day late", "%d days late") }
