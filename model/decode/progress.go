package decode

import (
	"bytes"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/sums"
	"example.org/tiendo/model/text"
)

// progressReader reads the file of one unit against the plan.
type progressReader struct {
	*File
	plan *model.Plan
	unit *model.Unit // nil: the unit is not known, or the roster is not
	// whole says that the plan could be read, so that an id it does not hold does not exist.
	whole    bool
	progress model.Progress
	idle     []string // entries of no activity of the unit's, in which nothing is recorded
}

// Progress reads the file of one unit against the plan; nil when the plan could not be read, and so
// for the unit. Without them less is known to be wrong. It does not say whose file it is.
func Progress(r *File, plan *model.Plan, unit *model.Unit) model.Progress {
	p := progressReader{File: r, plan: plan, unit: unit, whole: plan != nil}
	if plan == nil {
		p.plan = &model.Plan{}
	}
	p.read()
	return p.progress
}

func (p *progressReader) read() {
	if len(bytes.TrimSpace(p.src)) == 0 { // cut off by a full disk or in the middle of an edit: never "nothing was done"
		p.problem(0, phrase.Say("there is nothing in the file"),
			phrase.Say("bring back its last version from git; or delete the file if the unit has not begun"))
		p.Broken = true
		return
	}
	root := p.root()
	if !root.readable(optional, 1) {
		return
	}
	if t := root.table("activity", optional); t != nil {
		p.progress.Activities = make(map[string]model.Entry, len(t.keys()))
		for _, id := range t.keys() {
			p.guard(func() model.Subject {
				p.readActivity(t, id)
				return model.Subject{Kind: model.SubjectActivity, ID: id}
			})
		}
		p.warnOfIdle(t)
	}
	if t := root.table("message", optional); t != nil {
		p.progress.Messages = make(map[string]model.Use, len(t.keys()))
		for _, id := range t.keys() {
			p.guard(func() model.Subject {
				p.readMessage(t, id)
				return model.Subject{Kind: model.SubjectMessage, ID: id}
			})
		}
	}
	if t := root.table("report", optional); t != nil {
		p.readReports(t)
	}
	root.close()
}

// readReports reads the report, or those of the periods, each in a table below it.
func (p *progressReader) readReports(t *table) {
	for _, id := range t.keys() {
		if !p.isPeriod(t, id) {
			continue
		}
		t.known[id] = true
		p.guard(func() model.Subject {
			subject := model.Subject{Kind: model.SubjectReport, ID: id}
			if below := t.table(id, optional); below != nil && p.knowsPeriod(below, id, false) {
				if p.progress.Reports == nil {
					p.progress.Reports = map[string]model.Report{}
				}
				p.progress.Reports[id] = readReport(below, p.plan.Reporting.DeadlineOf(id))
			}
			return subject
		})
	}
	p.guard(func() model.Subject {
		p.progress.Report = readReport(t, p.plan.Reporting.Deadline)
		return model.Subject{Kind: model.SubjectReport}
	})
	if own := p.progress.Report; p.hasPeriods() && !own.Equal(model.Report{}) {
		t.warn(t.keyAt(), phrase.Say("this report is from before the plan had periods: it counts nowhere"),
			phrase.Say("known periods: %s", phrase.List(p.plan.Reporting.Periods.IDs())))
	}
}

// The formats of the warnings of a report and of figures that no period holds.
const (
	ReportBeforePeriods  = "this report is from before the plan had periods: it counts nowhere"
	FiguresBeforePeriods = "these figures are from before the plan had periods: they enter no sum"
)

func (p *progressReader) hasPeriods() bool { return len(p.plan.Reporting.Periods) > 0 }

// isPeriod reports whether a table is that of a period: where the plan has some, or is not known.
func (p *progressReader) isPeriod(t *table, id string) bool {
	child := t.node.Child(id)
	table := child.Kind() == edit.Table || child.Kind() == edit.InlineTable
	return table && model.IsID(id) && (!p.whole || p.hasPeriods())
}

// knowsPeriod misses a period that the plan does not have, or has without figures.
func (p *progressReader) knowsPeriod(t *table, id string, figures bool) bool {
	return !p.whole || !p.refused(t.keyAt(), p.plan.Reporting.Periods.Known(id, figures), false)
}

func (p *progressReader) readActivity(t *table, id string) {
	entry := t.table(id, optional)
	if entry == nil {
		return
	}
	activity := p.plan.Activity(id)
	if p.whole && nothingRecorded(entry) && (activity == nil || p.unit != nil && !activity.AssignedTo(p.unit)) {
		p.idle = append(p.idle, id)
		return
	}
	switch {
	case activity == nil && p.whole:
		p.problem(entry.keyAt(), phrase.Say("there is no activity %q", id), HintFor(id, p.plan.ActivityIDs()))
		p.readEntry(entry, nil) // what else is wrong in it; nothing of it is kept
		return
	case activity == nil:
		activity = &model.Activity{ID: id}
	case p.unit != nil && !activity.AssignedTo(p.unit):
		p.problem(entry.keyAt(), phrase.Say("%q is not assigned to %s", id, p.unit.ID),
			phrase.Say("plan.toml says who carries out what, under `assigned` and `lead`"))
	}
	p.progress.Activities[activity.ID] = p.readEntry(entry, activity)
}

// nothingRecorded reports whether an entry says no more than that nothing was begun, as it is made beforehand.
func nothingRecorded(entry *table) bool {
	keys := entry.keys()
	return len(keys) == 0 || len(keys) == 1 && entry.node.Child("status").Value() == string(model.Todo)
}

// warnOfIdle names what was made beforehand for another plan, or for one that has changed: nothing is lost with it.
func (p *progressReader) warnOfIdle(t *table) {
	if len(p.idle) == 0 {
		return
	}
	p.warn(t.node.Child(p.idle[0]).KeyOffset(),
		phrase.Say("empty tables of what is not this unit's to do: %s", phrase.List(p.idle)),
		phrase.Say("look for a slip in the ids; tables that are not needed can be deleted, they count nowhere"))
}

// NothingRecorded reports whether the file of a unit is as it is made beforehand: nothing would be lost with it.
func NothingRecorded(r *File) bool {
	root := r.root()
	for _, key := range root.keys() {
		t := root.table(key, optional)
		switch {
		case key == "schema":
		case t == nil:
			return false
		case key == "activity":
			for _, id := range t.keys() {
				if entry := t.table(id, optional); entry == nil || !nothingRecorded(entry) {
					return false
				}
			}
		case len(t.keys()) > 0:
			return false
		}
	}
	return !r.Broken && len(bytes.TrimSpace(r.src)) > 0
}

// readEntry reads an entry with what others have written at the same time. Without an activity its figures are not
// known by name.
func (p *progressReader) readEntry(t *table, activity *model.Activity) model.Entry {
	entry := p.readVersion(t, activity, t.has("other"))
	entry.Edits = readEdits(t)
	for _, other := range t.tables("other") {
		entry.Others = append(entry.Others, entryBeside(entry, p.readVersion(other, activity, true), other))
		other.close()
	}
	warnOfDispute(t, len(entry.Others))
	t.close()
	return entry
}

// warnOfDispute says that somebody has to decide.
func warnOfDispute(t *table, others int) {
	if others > 0 {
		t.warn(t.at("other"), model.WrittenTwice(),
			phrase.Say("`tiendo resolve` shows the versions and keeps one"))
	}
}

// readEdits reads who wrote some of the fields.
func readEdits(t *table) []model.Edit {
	var edits []model.Edit
	for _, edit := range t.tables("edited") {
		edits = append(edits, model.Edit{By: edit.line("by", optional), At: edit.instant("at"), Keys: edit.lines("keys")})
		edit.close()
	}
	return edits
}

// take gives a record what somebody else has written of some fields, or has taken away; it reports whether there is
// any.
func take[T any](t *table, without []string, fields iter.Seq[field.Field[T]], record, written *T) bool {
	took := false
	for f := range fields {
		to := f.At(record)
		if figures, are := to.(*map[string]float64); are {
			var some bool
			*figures, some = takeFigures(*figures, *field.As[map[string]float64](f.At(written)), f.Key+".", without)
			took = took || some
		} else if t.has(f.Key) || slices.Contains(without, f.Key) {
			field.Set(to, f.At(written))
			took = true
		}
	}
	return took
}

// takeFigures is the same figure by figure.
func takeFigures(figures, written map[string]float64, prefix string, without []string) (map[string]float64, bool) {
	took, all := len(written) > 0, map[string]float64{}
	maps.Copy(all, figures)
	for _, key := range without {
		if indicator, is := strings.CutPrefix(key, prefix); is {
			delete(all, indicator)
			took = true
		}
	}
	maps.Copy(all, written)
	if len(all) == 0 {
		all = nil
	}
	return all, took
}

// entryBeside is an entry with what somebody else has written of it at the same time, signed by them.
func entryBeside(entry, written model.Entry, t *table) model.Entry {
	entry.Others, entry.Edits, entry.Whole = nil, nil, t.flag("whole")
	entry.Evidence = slices.Clone(entry.Evidence)
	without := t.lines("without")
	details := take(t, without, field.In(model.EntryFields, field.Written), &entry, &written)
	if take(t, without, field.In(model.EntryFields, model.PartStatus), &entry, &written) {
		entry.By, entry.At = written.By, written.At
		if details {
			entry.EditedBy, entry.EditedAt = written.EditedBy, written.EditedAt
		}
	} else if details {
		entry.EditedBy, entry.EditedAt = written.By, written.At
	}
	return entry
}

// readVersion reads the fields of an entry, or of what somebody else has written of it; the note that explains a status
// may then be in the other version.
func (p *progressReader) readVersion(t *table, activity *model.Activity, beside bool) model.Entry {
	anything := activity == nil
	if anything {
		activity = &model.Activity{}
	}
	entry := model.Entry{Status: choice(t, "status", optional, duty.Statuses()...)}
	readFields(t, model.EntryFields, &entry, text.Text)
	t.refused(t.at("note"), checkAnywhere(model.Entry{Status: model.Todo, Note: entry.Note}), true)
	switch {
	case entry.Status == model.NA && !beside:
		p.obeys(t, "status", activity, model.Entry{Status: model.NA, Note: entry.Note})
	case entry.Status == model.Done && !t.has("at"):
		t.warn(t.at("status"), without("status = done", "at"),
			phrase.Say("nobody can tell whether it was done in time: write when, for example at = %s",
				"2019-11-18T09:20:00+07:00"))
	}
	if figures := t.table("figures", optional); figures != nil {
		entry.Figures = p.readFigures(figures, activity, anything || !p.whole)
	}
	return entry
}

// readFigures reads the figures of an entry, and checks them by the rules that
// a change obeys too. What a rule refuses is left out; a part that is more than
// its whole stays, because either may be the wrong one. Figures that the activity does
// not ask for are refused, unless anything may be one: then those are kept that any activity could have.
// Those of a period stand in a table below.
func (p *progressReader) readFigures(t *table, activity *model.Activity, anything bool) map[string]float64 {
	figures := make(map[string]float64, len(t.keys()))
	var own []string
	for _, id := range t.keys() {
		if !p.isPeriod(t, id) {
			own = append(own, id)
		} else if below := t.table(id, optional); p.knowsPeriod(below, id, true) {
			p.readFiguresOf(below, id, below.keys(), activity, anything, figures)
		}
	}
	p.readFiguresOf(t, "", own, activity, anything, figures)
	if len(own) > 0 && p.hasPeriods() {
		t.warn(t.node.Child(own[0]).KeyOffset(), phrase.Say("these figures are from before the plan had periods: they enter "+
			"no sum"), phrase.Say("known periods: %s", phrase.List(p.plan.Reporting.Periods.IDs())))
	}
	return figures
}

// readFiguresOf reads the figures of one period into those of all.
func (p *progressReader) readFiguresOf(t *table, period string, ids []string, activity *model.Activity, anything bool,
	figures map[string]float64) {
	for _, id := range ids {
		figure := t.number(id)
		if figure == nil {
			continue
		}
		indicator, known := activity.Indicator(id)
		if known {
			id = indicator.ID // the plan's own letters
		}
		if !known && anything {
			asking := model.Activity{Indicators: []model.Indicator{{ID: id}}}
			if asking.CheckFigure(id, map[string]float64{id: *figure}) == nil {
				figures[sums.Key(period, id)] = *figure
			}
			continue
		}
		if p.obeys(t, id, activity, model.Entry{Status: model.Todo, Figures: map[string]float64{id: *figure}}) {
			figures[sums.Key(period, id)] = *figure
		}
	}
	for _, id := range ids {
		indicator, _ := activity.Indicator(id)
		part, given := figures[sums.Key(period, id)]
		if whole, both := figures[sums.Key(period, indicator.PartOf)]; given && both {
			p.obeys(t, id, activity, model.Entry{Status: model.Todo,
				Figures: map[string]float64{id: part, indicator.PartOf: whole}})
		}
	}
}

// references are the values of a list of links, file names or channels. What a change
// may not hold is kept as it is here: it says something, and only the next change must mend it.
func (t *table) references(key string, items []item, most int) []string {
	var references []string
	for _, item := range items {
		t.refused(item.at, checkAnywhere(model.Entry{Status: model.Todo, Evidence: []string{item.value}}), true)
		references = append(references, item.value)
	}
	if len(references) > most {
		t.warn(t.at(key), phrase.Say("%d references; at most %d are kept", len(references), most),
			phrase.Say("name one folder, or one document that lists them"))
	}
	return references
}

// checkAnywhere asks the rules of an entry that are the same for every activity.
func checkAnywhere(entry model.Entry) error { return (&model.Activity{}).CheckEntry(entry) }

// obeys checks a part of an entry by the rules of its activity. A refusal is a problem at the key's value.
func (p *progressReader) obeys(t *table, key string, activity *model.Activity, entry model.Entry) bool {
	return !p.refused(t.at(key), activity.CheckEntry(entry), false)
}

func (p *progressReader) readMessage(t *table, id string) {
	message := t.table(id, optional)
	if message == nil {
		return
	}
	use := model.Use{Channels: p.channels(message)}
	readFields(message, model.UseFields, &use, text.Text)
	use.Edits = readEdits(message)
	message.close()
	if known := p.plan.Message(id); known != nil {
		id = known.ID // the plan's own letters, so that they do not hold the file
	} else if p.whole {
		p.problem(message.keyAt(), phrase.Say("there is no message %q", id), HintFor(id, p.plan.MessageIDs()))
		return
	}
	p.progress.Messages[id] = use
}

// channels reads where a message was used. A channel that the plan does not
// list counts all the same, but may be a slip of the pen.
func (p *progressReader) channels(t *table) []string {
	items, known := t.items("channels"), newIDs()
	for _, channel := range p.plan.Channels {
		known.add(channel.ID, "")
	}
	for _, item := range items {
		if item.value != "" && len(known.order) > 0 && !known.has(item.value) {
			t.warn(item.at, phrase.Say("%s names %q, which does not exist", "channels", item.value),
				HintFor(item.value, known.order))
		}
	}
	return t.references("channels", items, model.MaxChannels)
}

// readReport reads the report with what others have written at the same time.
func readReport(t *table, deadline calendar.Deadline) model.Report {
	report := readReportVersion(t)
	report.Edits = readEdits(t)
	for _, other := range t.tables("other") {
		report.Others = append(report.Others, reportBeside(report, readReportVersion(other), other))
		other.close()
	}
	warnOfDispute(t, len(report.Others))
	if report.Sent() && !t.has("submitted_at") {
		t.warn(t.at("status"), without("status = "+string(report.Status), "submitted_at"),
			phrase.Say("nobody can tell whether it came in time: write when it was first submitted"))
	}
	if report.Status == model.Returned && report.Reason == "" {
		t.warn(t.at("status"), without("status = returned", "reason"),
			phrase.Say("say what is missing, so that the unit can fix it"))
	}
	if report.Nil && report.NilReason == "" {
		t.warn(t.at("nil"), without("nil = true", "nil_reason"), phrase.Say("say why there is nothing to report"))
	}
	checkExtension(t, &report, deadline)
	t.close()
	return report
}

// readReportVersion reads the fields of a report, or of what somebody else has written of it.
func readReportVersion(t *table) model.Report {
	report := model.Report{Status: choice(t, "status", optional, duty.ReportStatuses()...)}
	readFields(t, model.ReportFields, &report, text.Text)
	for f := range field.Content(model.ReportFields) {
		if _, is := f.At(&report).(*string); !is {
			continue
		}
		t.refused(t.at(f.Key), f.Check(&report), true) // longer than a change may make it
	}
	return report
}

// readFields reads the fields of a record that have not been read by a rule of their own, and no figures; clean makes a
// text safe.
func readFields[T any](t *table, fields []field.Field[T], record *T, clean func(string) string) {
	for _, f := range fields {
		if t.known[f.Key] {
			continue
		}
		switch fact := f.At(record).(type) {
		case *bool:
			*fact = t.flag(f.Key)
		case *calendar.Day:
			*fact = t.day(f.Key)
		case *time.Time:
			*fact = t.instant(f.Key)
		case *[]string:
			*fact = t.references(f.Key, t.items(f.Key), f.Max)
		case *string:
			if f.Part == field.Signing {
				*fact = t.line(f.Key, optional)
			} else {
				*fact = t.str(f.Key, optional, clean)
			}
		}
	}
}

// reportBeside is a report with what somebody else has written of it at the same time, signed by them.
func reportBeside(report, written model.Report, t *table) model.Report {
	report.Others, report.Edits, report.Whole = nil, nil, t.flag("whole")
	report.By, report.At = written.By, written.At
	take(t, t.lines("without"), field.Content(model.ReportFields), &report, &written)
	return report
}

func checkExtension(t *table, report *model.Report, deadline calendar.Deadline) {
	if report.ExtendedUntil.IsZero() {
		return
	}
	if report.ExtensionReason == "" {
		t.warn(t.at("extended_until"), without("extended_until", "extension_reason"),
			phrase.Say("give the reason for the extension"))
	}
	if last := deadline.LastDay(); !last.IsZero() && !report.ExtendedUntil.After(last) {
		t.warn(t.at("extended_until"), phrase.Say("the new last day, %s, must be after the deadline, %s",
			report.ExtendedUntil, last),
			phrase.Say("check the year and the month"))
	}
}

// without names what should stand beside something else.
func without(what, missing string) phrase.Sentence { return phrase.Say("%s without %s", what, missing) }
