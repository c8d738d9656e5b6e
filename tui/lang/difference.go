package lang

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/review"
)

// Difference says what differs between two states of the data: where, and what.
// campaign names what the difference is about.
func (w Words) Difference(campaign *model.Campaign, d review.Difference) (where, what string) {
	said := difference{w, campaign, &d}
	return said.place(), said.differs()
}

// difference says one difference in the names of a campaign.
type difference struct {
	Words
	campaign *model.Campaign
	d        *review.Difference
}

// place is whose and what, as “Văn phòng Sở · Treo băng rôn, khẩu hiệu”.
func (w difference) place() string {
	switch {
	case w.d.Subject.Kind.OfOffice():
		return w.officePlace()
	case w.d.Unit != "" && w.d.Subject.Kind != "":
		return w.campaign.Roster.UnitName(w.d.Unit) + " · " + w.SubjectName(w.campaign, w.d.Subject)
	case w.d.Unit != "":
		return w.campaign.Roster.UnitName(w.d.Unit)
	case !w.d.Part.IsZero():
		return w.T("plan") + " · " + w.Say(w.d.Part)
	case w.d.Subject.Kind == model.SubjectPlan:
		return w.T("plan")
	case w.d.Subject.Kind != "":
		return w.T("roster") + " · " + w.SubjectName(w.campaign, w.d.Subject)
	default:
		return w.T("roster")
	}
}

func (w difference) differs() string {
	switch {
	case !w.d.File.IsZero():
		return w.Say(w.d.File)
	case !w.d.Field.IsZero():
		return w.factDiffers(w.d)
	case model.InDispute(w.d.After):
		return w.twoVersions(w.campaign, w.d.Subject, w.d.After)
	case model.InDispute(w.d.Before):
		return w.T("decided between %d versions: %s", len(model.Versions(w.d.Before)),
			w.ownWords(w.campaign, w.d.Subject, w.d.Before, w.d.After))
	}
	switch after := w.d.After.(type) {
	case model.Entry:
		return w.entryDiffers()
	case model.Use:
		was, is := w.Channels(&w.campaign.Plan, model.As[model.Use](w.d.Before)), w.Channels(&w.campaign.Plan, after)
		return w.joined(changes{}.add(was != is, was+" → "+is))
	case model.Report:
		return w.reportDiffers()
	case model.Text:
		return w.fromTo(string(model.As[model.Text](w.d.Before)), string(after))
	case model.Reminders:
		return w.remindersDiffer()
	default:
		return rosterChanged(w.Words, w.campaign, w.d.Subject, w.d.Before, w.d.After)
	}
}

// factDiffers says what of the plan differs; of a part that came or went all that it says.
func (w difference) factDiffers(d *review.Difference) string {
	if d.Whole != nil {
		said := make([]string, len(d.Whole))
		for i := range d.Whole {
			said[i] = w.factDiffers(&d.Whole[i])
		}
		return w.Say(d.Field) + ": " + strings.Join(said, " · ")
	}
	switch from, to := w.fact(d, d.From), w.fact(d, d.To); {
	case from == "" && to == "": // moved
		return w.Say(d.Field)
	case from == "":
		return w.Say(d.Field) + ": " + to
	default:
		return w.Say(d.Field) + ": " + from + " → " + cmp.Or(to, w.T("empty"))
	}
}

// fact is what stands in the plan, with the names of units and groups for their ids; texts of several lines come on
// one.
func (w difference) fact(d *review.Difference, text string) string {
	said := d.Said(w.Printer, text)
	switch {
	case said == "":
		return ""
	case d.Form == review.Words:
		if said = strings.Join(strings.Fields(said), " "); strings.HasPrefix(said, "“") {
			return said
		}
		return "“" + said + "”"
	case said != text:
		return said
	}
	items := strings.Split(text, ", ")
	for i, item := range items {
		switch id, number, both := strings.Cut(item, "="); {
		case d.Form == review.Addressees:
			items[i] = w.campaign.Roster.Names([]string{item})
		case d.Form == review.Targets && both:
			items[i] = w.campaign.Roster.UnitName(id) + " " + plainFigure(w.Words, number)
		case d.Form == review.Targets:
			items[i] = plainFigure(w.Words, item)
		}
	}
	return strings.Join(items, ", ")
}

// Effects says what a change of plan or roster does to figures, in one line.
func Effects(w Words, effects []review.Effect) string {
	said := make([]string, len(effects))
	for i, effect := range effects {
		said[i] = w.Say(effect.Said)
	}
	return w.T("effect") + ": " + strings.Join(said, " · ")
}

// plainFigure is a figure of the plan as people write it.
func plainFigure(w Words, written string) string {
	figure, err := strconv.ParseFloat(written, 64)
	if err != nil {
		return written
	}
	return w.Number(figure)
}

// changes are the parts of a sentence about a difference.
type changes []string

func (c changes) add(differs bool, said string) changes {
	if !differs {
		return c
	}
	return append(c, said)
}

// joined ends the sentence. Where nothing that people enter differs, somebody has
// changed who did it or when, and that is said; else only where it does not go without saying.
func (w difference) joined(said changes) string {
	now := w.signature(w.d.After)
	if len(said) == 0 {
		return w.T("signature") + ": " + w.signature(w.d.Before) + " → " + now
	}
	said = said.add(w.d.Signed || !w.d.Arrived.IsZero(), w.T("signed: %s", now))
	return strings.Join(said.add(!w.d.Arrived.IsZero(),
		w.T("but it arrived only %s", w.Moment(w.d.Arrived, w.campaign.Plan.TimeZone))), " · ")
}

// signature says all signatures and times of a value.
func (w difference) signature(value model.Value) string {
	var said []string
	report, isReport := value.(model.Report)
	for i, signed := range review.Signatures(value) {
		one := w.campaign.Roster.PersonName(signed.By)
		if !signed.At.IsZero() {
			one = strings.TrimSpace(one + " " + w.Moment(signed.At, w.campaign.Plan.TimeZone))
		}
		switch {
		case signed.By == "" && isReport && signed.At.Equal(report.SubmittedAt):
			one = w.T("first submitted") + " " + one
		case i > 0:
			one = w.T("later edited") + " " + one
		}
		said = append(said, one)
	}
	if len(said) == 0 {
		return w.T("nobody")
	}
	return strings.Join(said, "; ")
}

// Moment is a time to the second, as it is compared in a review.
func (w Words) Moment(at time.Time, zone *time.Location) string {
	if zone != nil {
		at = at.In(zone)
	}
	return at.Format("02/01/2006 15:04:05")
}

func (w difference) entryDiffers() string {
	before, after := model.As[model.Entry](w.d.Before), model.As[model.Entry](w.d.After)
	said := changes{}.add(before.Status != after.Status,
		before.Status.Label(w.Language)+" → "+after.Status.Label(w.Language))
	activity := w.campaign.Plan.Activity(w.d.Subject.ID)
	if activity == nil {
		activity = &model.Activity{}
	}
	var ids []string
	for _, indicator := range activity.Indicators {
		ids = append(ids, indicator.ID)
	}
	for _, figures := range []map[string]float64{before.Figures, after.Figures} {
		for _, id := range slices.Sorted(maps.Keys(figures)) {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	for _, id := range ids {
		old, hadOld := before.Figures[id]
		now, hasNow := after.Figures[id]
		said = said.add(old != now || hadOld != hasNow,
			activity.FigureName(id)+" "+w.figure(old, hadOld)+" → "+w.figure(now, hasNow))
	}
	said = said.add(before.Note != after.Note, w.T("note")+": "+w.fromTo(before.Note, after.Note))
	for _, reference := range before.Evidence {
		said = said.add(!slices.Contains(after.Evidence, reference), w.T("evidence")+" − "+reference)
	}
	for _, reference := range after.Evidence {
		said = said.add(!slices.Contains(before.Evidence, reference), w.T("evidence")+" + "+reference)
	}
	if len(said) == 0 && !slices.Equal(before.Evidence, after.Evidence) {
		said = append(said, w.T("evidence in another order"))
	}
	return w.joined(said)
}

// figure is a figure, or a dash: none is not nought.
func (w Words) figure(figure float64, given bool) string {
	if !given {
		return "–"
	}
	return w.Number(figure)
}

func (w difference) reportDiffers() string {
	before, after := model.As[model.Report](w.d.Before), model.As[model.Report](w.d.After)
	said := changes{}.add(before.Status != after.Status,
		before.Status.Label(w.Language)+" → "+after.Status.Label(w.Language))
	for f := range field.Differing(field.Content(model.ReportFields), &before, &after) {
		was, is := f.At(&before), f.At(&after)
		change := w.fromTo(factOf(w.Words, was), factOf(w.Words, is))
		if _, either := is.(*bool); either {
			change = factOf(w.Words, was) + " → " + factOf(w.Words, is)
		}
		said = said.add(!f.Label.IsZero(), w.Say(f.Label)+": "+change)
	}
	return w.joined(said)
}

func (w Words) yesNo(yes bool) string {
	if yes {
		return w.T("yes")
	}
	return w.T("no")
}

// fromTo says what stood there and stands there now; texts of several lines come on one.
func (w Words) fromTo(from, to string) string {
	quoted := func(s string) string { return "“" + strings.Join(strings.Fields(s), " ") + "”" }
	switch {
	case from == "":
		return quoted(to)
	case to == "":
		return quoted(from) + " → " + w.T("empty")
	default:
		return quoted(from) + " → " + quoted(to)
	}
}
