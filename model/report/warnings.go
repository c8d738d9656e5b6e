package report

import (
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/document"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/figures"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/sums"
	"example.org/tiendo/model/text"
)

// inPlan is the place of what stands once in the plan; "" is the plan as a whole.
func inPlan(part string) Warning {
	return Warning{Subject: model.Subject{Kind: model.SubjectPlan, ID: part}}
}

// inOffice is the place of a text of the Office; "" is its part as a whole.
func inOffice(text model.OfficeText) Warning {
	return Warning{Subject: model.Subject{Kind: model.SubjectText, ID: string(text)}}
}

// reportOf is the place of the report of a unit.
func (b *builder) reportOf(unit string) Warning {
	return Warning{Unit: unit, Subject: b.board.ReportSubject()}
}

// saying is a warning at the same place that says something.
func (w Warning) saying(what phrase.Sentence) Warning {
	w.What = what
	return w
}

// warnings are what a person should look at before the report is signed (DOMAIN §3).
func (b *builder) warnings() []Warning {
	var warnings []Warning
	warn := func(what phrase.Sentence, at Warning) { warnings = append(warnings, at.saying(what)) }
	lost := OfficeLost(b.board.Campaign)
	if !lost.IsZero() {
		warn(lost, inOffice(""))
	}
	if b.plan.MadeUp != (calendar.Day{}) {
		warn(phrase.Say("the data are made up: this is no report to send"), inPlan(""))
	}
	for i := range b.board.Units {
		if row := &b.board.Units[i]; row.Broken != nil {
			warn(phrase.Say("the file of %s cannot be read, so nothing of it is in the report", row.Unit.Name),
				b.reportOf(row.Unit.ID))
		}
	}
	warnings = append(append(warnings, b.disputes()...), b.errors()...)
	if r := b.board.Reporting; r.Accepted < r.Expected {
		warn(phrase.Say("not all reports are accepted: %d of %d", r.Accepted, r.Expected), b.reportOf(b.notAccepted()))
	}
	for i := range b.board.Units {
		if row := &b.board.Units[i]; row.Broken == nil && row.Report.Sent() && len(row.Report.Others) == 0 {
			for _, doubt := range b.board.Campaign.NilDoubts(&row.Unit, b.board.Period, row.Report) {
				warn(phrase.Say("%s: %s", row.Unit.Name, doubt), b.reportOf(row.Unit.ID))
			}
		}
	}
	for _, name := range document.OfficeTexts() {
		switch {
		case b.office.Texts[name] != "", name == document.TextLaunch, !lost.IsZero(): // DOMAIN §4: a launch, if any
		case b.officeErrors(): // one of them may be about this text
			warn(phrase.Say("“%s” stays blank", name), inOffice(name))
		default:
			warn(phrase.Say("the Office has not written “%s” yet", name), inOffice(name))
		}
	}
	if b.office.Header.Parent == "" && lost.IsZero() {
		warn(phrase.Say("the body above the issuer is not known: it stays blank in the head of the report"),
			inOffice(""))
	}
	if len(b.document.Recipients) == 0 {
		warn(phrase.Say("the plan does not say to whom the report goes"), inPlan("reporting"))
	}
	if number := cited(b.plan.Document.Number); number == "" || strings.HasPrefix(number, "…") {
		warn(phrase.Say("the plan has no number yet, and the report names it"), inPlan("document"))
	}
	return slices.Concat(warnings, b.odd(), b.mismatches(), b.alike())
}

// notAccepted is the first unit whose report is expected and not accepted.
func (b *builder) notAccepted() string {
	at := slices.IndexFunc(b.board.Units, func(row model.UnitRow) bool {
		return row.Expected && (row.Report.Status != model.Accepted || len(row.Report.Others) > 0)
	})
	if at < 0 {
		return ""
	}
	return b.board.Units[at].Unit.ID
}

// odd are the figures of which the table of figures says that they should be looked at again.
func (b *builder) odd() []Warning {
	var warnings []Warning
	table := figures.New(b.board)
	for i := range b.board.Units {
		row := &b.board.Units[i]
		for _, odd := range table.Odd(i) {
			column := &table.Columns[odd.Column]
			activity := &b.board.Activities[column.Activity].Activity
			name := activity.FullName(column.Indicator)
			warnings = append(warnings, Warning{
				What: phrase.Say("%s: “%s”, %s is %v: %s", row.Unit.Name, activity.Title, name, *odd.Value, odd.Odd),
				Unit: row.Unit.ID, Subject: model.Subject{Kind: model.SubjectActivity, ID: activity.ID}, Figure: name,
			})
		}
	}
	return warnings
}

// disputes name what there are two versions of: it is in no count and in no total.
func (b *builder) disputes() []Warning {
	var warnings []Warning
	for i := range b.board.Units {
		row := &b.board.Units[i]
		disputes := b.board.Campaign.Disputes(row.Unit.ID)
		if row.Broken != nil || len(disputes) == 0 {
			continue
		}
		names := make([]string, len(disputes))
		for i, dispute := range disputes {
			names[i] = b.T("the report of the unit")
			if activity := b.plan.Activity(dispute.ID); activity != nil {
				names[i] = text.Line(activity.Title)
			}
		}
		count := phrase.Count(len(disputes), "%d entry has two versions and waits for a decision",
			"%d entries have two versions and wait for a decision")
		warnings = append(warnings, Warning{What: phrase.Say("%s: %s: %s", row.Unit.Name, count, strings.Join(names, "; ")),
			Unit: row.Unit.ID, Subject: disputes[0]})
	}
	return warnings
}

// OfficeLost warns that report.toml cannot be read; empty when it can. What it holds is then missing, and nobody
// may say that the Office has not written it.
func OfficeLost(campaign *model.Campaign) phrase.Sentence {
	if campaign.OfficeBroken == nil {
		return phrase.Sentence{}
	}
	return phrase.Say("%s: the file of the Office cannot be read (%s), so its texts, the head of the paper with its "+
		"recipients and the count of reminders are missing",
		campaign.OfficeBroken.Place(), campaign.OfficeBroken.What)
}

// officeErrors reports whether something in report.toml could not be used.
func (b *builder) officeErrors() bool {
	return slices.ContainsFunc(b.board.Campaign.Problems, func(problem phrase.Problem) bool {
		return !problem.Warning && problem.In("report.toml")
	})
}

// mostErrors is how many errors in the data are named.
const mostErrors = 10

// errors are the errors in the data files by which figures are left out or wrong. A file that cannot be read at all has
// its own warning.
func (b *builder) errors() []Warning {
	campaign := b.board.Campaign
	unread := map[string]bool{}
	for _, problem := range campaign.Broken {
		unread[problem.File] = true
	}
	if campaign.OfficeBroken != nil {
		unread[campaign.OfficeBroken.File] = true
	}
	var warnings []Warning
	more, next := 0, Warning{}
	for _, problem := range campaign.Problems {
		switch {
		case problem.Warning || unread[problem.File]:
		case len(warnings) < mostErrors:
			warnings = append(warnings,
				b.placeOf(&problem).saying(phrase.Say("error in the data, %s: %s", problem.Place(), problem.What)))
		default:
			if more++; more == 1 {
				next = b.placeOf(&problem)
			}
		}
	}
	if more > 0 {
		warnings = append(warnings,
			next.saying(phrase.Say("%d more errors in the data; `tiendo check` lists them all", more)))
	}
	return warnings
}

// placeOf is what a problem in a file is about, as far as the file says it.
func (b *builder) placeOf(problem *phrase.Problem) Warning {
	units := b.board.Campaign.Roster.Units
	if at := slices.IndexFunc(units, func(unit model.Unit) bool { return problem.In(unit.ID + ".toml") }); at >= 0 {
		return b.reportOf(units[at].ID)
	}
	switch {
	case problem.In("report.toml"):
		return inOffice("")
	case problem.In("units.toml"):
		return Warning{Subject: model.Subject{Kind: model.SubjectUnit}}
	default:
		return inPlan("")
	}
}

// mismatches are the numbers in texts that differ from the annex.
func (b *builder) mismatches() []Warning {
	var warnings []Warning
	names := b.namedIndicators()
	for _, which := range document.OfficeTexts() {
		for _, found := range names.in(b.office.Texts[which], kindOf(which), func(column int) (*float64, bool) {
			total := &b.document.Columns[column].IndicatorTotal
			return total.Total, total.Indicator.Sum != sums.None
		}) {
			warnings = append(warnings, inOffice(which).saying(b.mismatch(phrase.Say("the Office, “%s”", which), found)))
		}
	}
	for i := range b.board.Units {
		row := &b.board.Units[i]
		if row.Broken != nil || b.document.ConfirmedOnly && !row.Confirmed() {
			continue
		}
		for _, said := range unitNumbers(row) {
			for _, found := range names.in(said.text, said.kind, func(column int) (*float64, bool) {
				figure := &b.document.Units[i].Figures[column]
				return figure.Value, figure.Assigned
			}) {
				warnings = append(warnings,
					b.saidIn(row, found.said).saying(b.mismatch(phrase.Say("%s", row.Unit.Name), found)))
			}
		}
	}
	return warnings
}

// kindOf says how the numbers of a text of the Office are to be understood; those of the units alike.
func kindOf(which model.OfficeText) textKind {
	return textKind{
		wishes: which == document.TextDifficulties || which == document.TextRecommendations || which == document.TextFunding,
		money:  which == document.TextFunding,
	}
}

// saidText is a text whose numbers are compared by themselves.
type saidText struct {
	text string
	kind textKind
}

// unitNumbers are the texts of a unit that the report prints: its results with its notes, and the others one by one.
func unitNumbers(row *model.UnitRow) []saidText {
	var results []string
	var others []saidText
	if report := &row.Report; printed(row) && len(report.Others) == 0 {
		results = append(results, report.Results)
		others = []saidText{
			{report.Funding, kindOf(document.TextFunding)},
			{report.Difficulties, kindOf(document.TextDifficulties)},
			{report.Recommendations, kindOf(document.TextRecommendations)},
		}
	}
	for i := range row.Cells {
		if entry := &row.Cells[i].Entry; len(entry.Others) == 0 {
			results = append(results, entry.Note)
		}
	}
	return append([]saidText{{text: strings.Join(results, "\n")}}, others...)
}

// saidIn is where a unit says something: in its report, else in the note of an activity.
func (b *builder) saidIn(row *model.UnitRow, said string) Warning {
	at := b.reportOf(row.Unit.ID)
	says := func(text string) bool { return strings.Contains(strings.ToLower(text), said) }
	for f := range field.In(model.ReportFields, field.Written) {
		if says(field.Text(f.At(&row.Report))) {
			return at
		}
	}
	for i := range row.Cells {
		if says(row.Cells[i].Entry.Note) {
			at.Subject = model.Subject{Kind: model.SubjectActivity, ID: b.board.Activities[i].Activity.ID}
			return at
		}
	}
	return at
}

func (b *builder) mismatch(who phrase.Sentence, found mention) phrase.Sentence {
	annex := b.document.annexName(figuresAnnex)
	name := b.document.Columns[found.column].Indicator.Name
	if found.annex == nil {
		return phrase.Say("%s: the text says %s, “%s”, and %s has no figure", who, found.said, name, annex)
	}
	return phrase.Say("%s: the text says %s, “%s”, and %s says %s", who, found.said, name, annex,
		b.Number(*found.annex))
}

// alike are the texts that several units have in common.
func (b *builder) alike() []Warning {
	var warnings []Warning
	compare := func(what any, subject model.Subject, shortest int, of func(*model.UnitRow) string) {
		var units []*model.Unit
		var texts []string
		for i := range b.board.Units {
			if row := &b.board.Units[i]; row.Broken == nil {
				if said := of(row); said != "" {
					units, texts = append(units, &row.Unit), append(texts, said)
				}
			}
		}
		for _, group := range sameTexts(texts, shortest) {
			var who []string
			for _, i := range group[:min(len(group), mostNamed)] {
				who = append(who, units[i].Name)
			}
			said := phrase.Say("%s: the same text from %s", what, list(who))
			if more := len(group) - len(who); more > 0 {
				said = phrase.Say("%s: the same text from %s and %d more", what, list(who), more)
			}
			warnings = append(warnings, Warning{What: said, Unit: units[group[0]].ID, Subject: subject})
		}
	}
	inReports := func(what model.OfficeText, of func(*model.Report) string) {
		compare(what, b.board.ReportSubject(), shortestReport, func(u *model.UnitRow) string {
			if !printed(u) || len(u.Report.Others) > 0 {
				return ""
			}
			return of(&u.Report)
		})
	}
	inReports(document.TextAssessment, func(r *model.Report) string { return r.Results })
	inReports(document.TextDifficulties, func(r *model.Report) string { return r.Difficulties })
	inReports(document.TextRecommendations, func(r *model.Report) string { return r.Recommendations })
	for i := range b.board.Activities {
		activity := &b.board.Activities[i].Activity
		subject := model.Subject{Kind: model.SubjectActivity, ID: activity.ID}
		compare(activity.Title, subject, shortestNote, func(u *model.UnitRow) string {
			if len(u.Cells[i].Entry.Others) > 0 {
				return ""
			}
			return u.Cells[i].Entry.Note
		})
	}
	return warnings
}

// mostNamed is how many units a warning names.
const mostNamed = 5

// namedIndicator knows the words by which texts call an indicator.
type namedIndicator struct {
	column    int
	words     []string // in small letters
	measure   string   // likewise
	scale     float64  // of figures in thousands or millions; otherwise 1
	money     bool
	onlyMoney bool   // and no other indicator is
	part      string // what a part is called behind its number, "nữ"; "" of what is no part
	whole     int    // of a part: the column of what it is a part of
}

type namedIndicators []namedIndicator

func (b *builder) namedIndicators() namedIndicators {
	var named namedIndicators
	used, parts, money := map[string]int{}, map[string]int{}, 0
	for i := range b.document.Columns {
		indicator := &b.document.Columns[i].Indicator
		words := []string{strings.ToLower(indicator.Name)}
		for word := range strings.SplitSeq(words[0], ", ") {
			if !slices.Contains(words, word) {
				words = append(words, word)
			}
		}
		for _, word := range words {
			used[word]++
		}
		measure := strings.ToLower(indicator.Measure)
		one := namedIndicator{column: i, words: words, measure: measure, scale: 1}
		if one.money = isMoney(measure); one.money {
			one.scale = scaleOf(measure)
			money++
		}
		one.whole = slices.IndexFunc(b.document.Columns, func(column Column) bool {
			return column.Activity == b.document.Columns[i].Activity && column.Indicator.ID == indicator.PartOf &&
				indicator.PartOf != ""
		})
		if one.whole >= 0 {
			one.part = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(words[0], "trong đó "), "of them "))
			parts[one.part]++
		}
		named = append(named, one)
	}
	for i := range named { // a word that two indicators share says nothing
		named[i].words = slices.DeleteFunc(named[i].words, func(word string) bool { return used[word] > 1 || word == "" })
		named[i].onlyMoney = named[i].money && money == 1
		if parts[named[i].part] > 1 {
			named[i].part = ""
		}
		if b.ownMeasure(i, named[i].measure) {
			named[i].words = append(named[i].words, named[i].measure)
		}
	}
	return named
}

// ownMeasure reports whether only this indicator is measured so, in words that mean something by themselves.
func (b *builder) ownMeasure(column int, measure string) bool {
	if !strings.Contains(measure, " ") {
		return false
	}
	for i := range b.document.Columns {
		if i != column && strings.EqualFold(b.document.Columns[i].Indicator.Measure, measure) {
			return false
		}
	}
	return true
}
