package decode

import (
	"bytes"
	"errors"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// progressReader reads the file of one unit against the plan.
type progressReader struct {
	*File
	plan *model.Plan
	unit *model.Unit // nil: the unit is not known, or the roster is not
	// whole says that the plan could be read, so that an id it does not hold does not exist.
	whole    bool
	progress model.Progress
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
		p.guard(func() model.Subject {
			p.progress.Report = readReport(t, p.plan)
			return model.Subject{Kind: model.SubjectReport}
		})
	}
	root.close()
}

func (p *progressReader) readActivity(t *table, id string) {
	entry := t.table(id, optional)
	if entry == nil {
		return
	}
	activity := p.plan.Activity(id)
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
	p.progress.Activities[id] = p.readEntry(entry, activity)
}

// readEntry reads an entry. Without an activity its figures are not known by name.
func (p *progressReader) readEntry(t *table, activity *model.Activity) model.Entry {
	anything := activity == nil
	if anything {
		activity = &model.Activity{}
	}
	entry := model.Entry{
		Status:   choice(t, "status", optional, model.Statuses()...),
		By:       t.line("by", optional),
		At:       t.instant("at"),
		EditedBy: t.line("edited_by", optional),
		EditedAt: t.instant("edited_at"),
		Note:     t.text("note", optional),
		Evidence: t.references("evidence", t.items("evidence"), model.MaxEvidence),
	}
	if refusal, long := refused(model.Entry{Status: model.Todo, Note: entry.Note}); long {
		t.warn(t.at("note"), refusal.What, refusal.Hint)
	}
	switch {
	case entry.Status == model.NA:
		p.obeys(t, "status", activity, model.Entry{Status: model.NA, Note: entry.Note})
	case entry.Status == model.Done && !t.has("at"):
		t.warn(t.at("status"), without("status = done", "at"),
			phrase.Say("nobody can tell whether it was done in time: write when, for example at = %s", "2019-11-18T09:20:00+07:00"))
	}
	if figures := t.table("figures", optional); figures != nil {
		entry.Figures = p.readFigures(figures, activity, anything || !p.whole)
	}
	t.close()
	return entry
}

// readFigures reads the figures of an entry, and checks them by the rules that
// a change obeys too. What a rule refuses is left out; a part that is more than
// its whole stays, because either may be the wrong one. Figures that the activity does
// not ask for are refused, unless anything may be one: then those are kept that any activity could have.
func (p *progressReader) readFigures(t *table, activity *model.Activity, anything bool) map[string]float64 {
	figures := make(map[string]float64, len(t.keys()))
	for _, id := range t.keys() {
		figure := t.number(id)
		if figure == nil {
			continue
		}
		if _, known := activity.Indicator(id); !known && anything {
			asking := model.Activity{Indicators: []model.Indicator{{ID: id}}}
			if asking.CheckFigure(id, map[string]float64{id: *figure}) == nil {
				figures[id] = *figure
			}
			continue
		}
		if p.obeys(t, id, activity, model.Entry{Status: model.Todo, Figures: map[string]float64{id: *figure}}) {
			figures[id] = *figure
		}
	}
	for _, id := range t.keys() {
		indicator, _ := activity.Indicator(id)
		part, given := figures[id]
		if whole, both := figures[indicator.PartOf]; given && both {
			p.obeys(t, id, activity, model.Entry{Status: model.Todo, Figures: map[string]float64{id: part, indicator.PartOf: whole}})
		}
	}
	return figures
}

// references are the values of a list of links, file names or channels. What a change
// may not hold is kept as it is here: it says something, and only the next change must mend it.
func (t *table) references(key string, items []item, most int) []string {
	var references []string
	for _, item := range items {
		if refusal, bad := refused(model.Entry{Status: model.Todo, Evidence: []string{item.value}}); bad {
			t.warn(item.at, refusal.What, refusal.Hint)
		}
		references = append(references, item.value)
	}
	if len(references) > most {
		t.warn(t.at(key), phrase.Say("%d references; at most %d are kept", len(references), most), phrase.Sentence{})
	}
	return references
}

// refused asks the rules of an entry that are the same for every activity.
func refused(entry model.Entry) (*phrase.Refusal, bool) {
	return errors.AsType[*phrase.Refusal]((&model.Activity{}).CheckEntry(entry))
}

// obeys checks a part of an entry by the rules of its activity. A refusal is a problem at the key's value.
func (p *progressReader) obeys(t *table, key string, activity *model.Activity, entry model.Entry) bool {
	refusal, refused := errors.AsType[*phrase.Refusal](activity.CheckEntry(entry))
	if refused {
		p.problem(t.at(key), refusal.What, refusal.Hint)
	}
	return !refused
}

func (p *progressReader) readMessage(t *table, id string) {
	message := t.table(id, optional)
	if message == nil {
		return
	}
	use := model.Use{
		Channels: p.channels(message),
		By:       message.line("by", optional),
		At:       message.instant("at"),
	}
	message.close()
	if p.whole && p.plan.Message(id) == nil {
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
			t.warn(item.at, phrase.Say("%s names %q, which does not exist", "channels", item.value), HintFor(item.value, known.order))
		}
	}
	return t.references("channels", items, model.MaxChannels)
}

func readReport(t *table, plan *model.Plan) model.Report {
	report := model.Report{
		Status:          choice(t, "status", optional, model.ReportStatuses()...),
		By:              t.line("by", optional),
		At:              t.instant("at"),
		SubmittedAt:     t.instant("submitted_at"),
		Reason:          t.text("reason", optional),
		Nil:             t.flag("nil"),
		NilReason:       t.text("nil_reason", optional),
		ExtendedUntil:   t.day("extended_until", optional),
		ExtensionReason: t.text("extension_reason", optional),
		Results:         t.text("results", optional),
		Difficulties:    t.text("difficulties", optional),
		Recommendations: t.text("recommendations", optional),
		Documents:       t.references("documents", t.items("documents"), model.MaxDocuments),
		Funding:         t.text("funding", optional),
	}
	for _, key := range []string{"results", "difficulties", "recommendations", "funding", "reason", "nil_reason", "extension_reason"} {
		t.checkLength(key)
	}
	if report.Sent() && !t.has("submitted_at") {
		t.warn(t.at("status"), without("status = "+string(report.Status), "submitted_at"),
			phrase.Say("nobody can tell whether it came in time: write when it was first submitted"))
	}
	if report.Status == model.Returned && report.Reason == "" {
		t.warn(t.at("status"), without("status = returned", "reason"), phrase.Say("say what is missing, so that the unit can mend it"))
	}
	if report.Nil && report.NilReason == "" {
		t.warn(t.at("nil"), without("nil = true", "nil_reason"), phrase.Say("say why there is nothing to report"))
	}
	checkExtension(t, &report, plan)
	t.close()
	return report
}

// checkLength warns of a text that is longer than a change may make it.
func (t *table) checkLength(key string) {
	if !t.has(key) {
		return
	}
	value, _ := t.node.Child(key).Value().(string)
	report := model.Report{Results: value}
	if strings.HasSuffix(key, "reason") {
		report = model.Report{Reason: value}
	}
	if refusal, long := errors.AsType[*phrase.Refusal](model.CheckReportTexts(report)); long {
		t.warn(t.at(key), refusal.What, refusal.Hint)
	}
}

func checkExtension(t *table, report *model.Report, plan *model.Plan) {
	if report.ExtendedUntil.IsZero() {
		return
	}
	if report.ExtensionReason == "" {
		t.warn(t.at("extended_until"), without("extended_until", "extension_reason"), phrase.Say("say why the unit has more time"))
	}
	if last := plan.Reporting.Deadline.LastDay(); !last.IsZero() && !report.ExtendedUntil.After(last) {
		t.warn(t.at("extended_until"), phrase.Say("the extension to %s is no later than the deadline, %s", report.ExtendedUntil, last),
			phrase.Say("check the year and the month"))
	}
}

// without names what should stand beside something else.
func without(what, missing string) phrase.Sentence { return phrase.Say("%s without %s", what, missing) }
