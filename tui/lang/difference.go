package lang

import (
	"maps"
	"slices"
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/review"
)

// Difference says what differs between two states of the data: where, and what.
// campaign names what the difference is about.
func (w Words) Difference(campaign *model.Campaign, difference review.Difference) (where, what string) {
	return w.place(campaign, &difference), w.differs(campaign, &difference)
}

// place is whose and what, as “Văn phòng Sở · Treo băng rôn, khẩu hiệu”.
func (w Words) place(campaign *model.Campaign, d *review.Difference) string {
	switch {
	case d.Subject.Kind.OfOffice():
		return w.officePlace(campaign, d)
	case d.Unit != "" && d.Subject.Kind != "":
		return unitName(&campaign.Roster, d.Unit) + " · " + w.SubjectName(campaign, d.Subject)
	case d.Unit != "":
		return unitName(&campaign.Roster, d.Unit)
	case !d.Part.IsZero():
		return w.T("plan") + " · " + w.Say(d.Part)
	case d.Subject.Kind == review.SubjectPlan:
		return w.T("plan")
	case d.Subject.Kind != "":
		return w.T("roster") + " · " + w.SubjectName(campaign, d.Subject)
	default:
		return w.T("roster")
	}
}

func (w Words) differs(campaign *model.Campaign, d *review.Difference) string {
	switch {
	case !d.File.IsZero():
		return w.Say(d.File)
	case !d.Field.IsZero():
		return w.Say(d.Field) + ": " + w.fromTo(d.From, d.To)
	case d.After.Disputed():
		return w.twoVersions(campaign, d.Subject, d.After)
	case d.Before.Disputed():
		return w.T("decided between %d versions: %s", len(d.Before.Versions()), w.ownWords(campaign, d.Subject, d.Before, d.After))
	}
	switch d.Subject.Kind {
	case model.SubjectActivity:
		return w.entryDiffers(campaign, d)
	case model.SubjectMessage:
		before, after := w.Channels(&campaign.Plan, d.Before.Use), w.Channels(&campaign.Plan, d.After.Use)
		return w.joined(campaign, changes{}.add(before != after, before+" → "+after), d)
	case model.SubjectReport:
		return w.reportDiffers(campaign, d)
	case model.SubjectText:
		return w.fromTo(d.Before.Text, d.After.Text)
	case model.SubjectReminder:
		return w.remindersDiffer(campaign, d)
	case model.SubjectPerson:
		return w.rosterDiffers(campaign, d, d.Before.Person == nil, d.After.Person == nil)
	default:
		return w.rosterDiffers(campaign, d, d.Before.Unit == nil, d.After.Unit == nil)
	}
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
func (w Words) joined(campaign *model.Campaign, said changes, d *review.Difference) string {
	now := w.signature(campaign, d.After, d.Subject.Kind)
	if len(said) == 0 {
		return w.T("signature") + ": " + w.signature(campaign, d.Before, d.Subject.Kind) + " → " + now
	}
	said = said.add(d.Signed || !d.Arrived.IsZero(), w.T("signed: %s", now))
	return strings.Join(said.add(!d.Arrived.IsZero(), w.T("but it arrived only %s", w.Moment(d.Arrived, campaign.Plan.TimeZone))), " · ")
}

// signature says all signatures and times of a value.
func (w Words) signature(campaign *model.Campaign, value model.Value, kind model.SubjectKind) string {
	var said []string
	for i, signed := range review.Signatures(value) {
		one := campaign.Roster.PersonName(signed.By)
		if !signed.At.IsZero() {
			one = strings.TrimSpace(one + " " + w.Moment(signed.At, campaign.Plan.TimeZone))
		}
		switch {
		case signed.By == "" && kind == model.SubjectReport && signed.At.Equal(value.Report.SubmittedAt):
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

func (w Words) entryDiffers(campaign *model.Campaign, d *review.Difference) string {
	before, after := d.Before.Entry, d.After.Entry
	said := changes{}.add(before.Status != after.Status, before.Status.Label(w.Language)+" → "+after.Status.Label(w.Language))
	activity := campaign.Plan.Activity(d.Subject.ID)
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
		name := id
		if indicator, known := activity.Indicator(id); known {
			name = indicator.Name
		}
		said = said.add(old != now || hadOld != hasNow, name+" "+w.figure(old, hadOld)+" → "+w.figure(now, hasNow))
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
	return w.joined(campaign, said, d)
}

// figure is a figure, or a dash: none is not nought.
func (w Words) figure(figure float64, given bool) string {
	if !given {
		return "–"
	}
	return w.Number(figure)
}

func (w Words) reportDiffers(campaign *model.Campaign, d *review.Difference) string {
	before, after := d.Before.Report, d.After.Report
	said := changes{}.add(before.Status != after.Status, before.Status.Label(w.Language)+" → "+after.Status.Label(w.Language))
	for f := range field.Differing(field.Content(model.ReportFields), &before, &after) {
		was, is := f.At(&before), f.At(&after)
		change := w.fromTo(factOf(w, was), factOf(w, is))
		if _, either := is.(*bool); either {
			change = factOf(w, was) + " → " + factOf(w, is)
		}
		said = said.add(!f.Label.IsZero(), w.Say(f.Label)+": "+change)
	}
	return w.joined(campaign, said, d)
}

func (w Words) yesNo(yes bool) string {
	if yes {
		return w.T("yes")
	}
	return w.T("no")
}

func (w Words) day(day calendar.Day) string {
	if day.IsZero() {
		return ""
	}
	return w.Day(day)
}

func (w Words) rosterDiffers(campaign *model.Campaign, d *review.Difference, isNew, isGone bool) string {
	before, after := w.Value(campaign, d.Subject, d.Before), w.Value(campaign, d.Subject, d.After)
	switch {
	case isNew:
		return w.T("put on the roster: %s", after)
	case isGone:
		return w.T("taken off the roster")
	case before == after: // the number of keys is the same
		return w.T("SSH keys changed")
	default:
		return before + " → " + after
	}
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
