package review

import (
	"maps"
	"slices"
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/phrase"
)

// Disputes are what two people have written differently at the same time and nobody has decided, in the order of the
// roster and of the plan: the version that stands above, and the first of the others.
func Disputes(c *model.Campaign) []MergeConflict {
	var all []MergeConflict
	for i := range c.Roster.Units {
		unit := c.Roster.Units[i].ID
		if _, read := c.Progress[unit]; !read {
			continue
		}
		for _, subject := range c.Disputes(unit) {
			all = append(all, newDispute(c, unit, subject))
		}
	}
	return all
}

func newDispute(c *model.Campaign, unit string, subject model.Subject) MergeConflict {
	value := c.Value(unit, subject)
	versions := Versions(value)
	return MergeConflict{
		File: "progress/" + unit + ".toml", Unit: unit, Subject: subject, Entry: Entry(subject), InFile: value,
		Base: MergeVersion{Value: common(versions[0].Value, versions[1].Value), Gone: true},
		Ours: versions[0], Theirs: versions[1],
		Accepted: slices.ContainsFunc(versions, func(version MergeVersion) bool { return version.accepted() }),
	}
}

// Versions are the versions of a value in dispute, each with who wrote what differs; the one that stands above first.
func Versions(value model.Value) []MergeVersion {
	all := model.Versions(value)
	versions := make([]MergeVersion, len(all))
	for i := range all {
		versions[i].Value = all[i]
	}
	for i := range versions[1:] {
		pair := MergeConflict{
			Base: MergeVersion{Value: common(all[0], all[i+1]), Gone: true}, Ours: versions[0], Theirs: versions[i+1],
		}
		joined, _ := pair.Join()
		versions[i+1].By, versions[i+1].At = writer(all[i+1], joined.Apart, nil)
		if i == 0 {
			versions[0].By, versions[0].At = writer(all[0], joined.Apart, editsOf(value))
		}
	}
	return versions
}

// common is what two versions have alike; of lists it is what the first one has.
func common(a, b model.Value) model.Value {
	switch a := a.(type) {
	case model.Entry:
		return alike(model.EntryFields, a, model.As[model.Entry](b))
	case model.Report:
		return alike(model.ReportFields, a, model.As[model.Report](b))
	}
	return a
}

// alike is a record without the fields that another one has otherwise.
func alike[T any](fields []field.Field[T], a, b T) T {
	var none T
	for f := range field.Content(fields) {
		switch is, other := f.At(&a), f.At(&b); is := is.(type) {
		case *[]string:
		case *map[string]float64:
			*is = maps.Clone(*is)
			maps.DeleteFunc(*is, func(id string, _ float64) bool {
				return figureOf(*is, id) != figureOf(*field.As[map[string]float64](other), id)
			})
		default:
			if !field.Equal(is, other) {
				field.Set(is, f.At(&none))
			}
		}
	}
	return a
}

// Entry is the name of a subject's entry within its file.
func Entry(subject model.Subject) string {
	if subject.ID == "" {
		return string(subject.Kind)
	}
	return string(subject.Kind) + "." + subject.ID
}

func editsOf(value model.Value) []model.Edit {
	return slices.Concat(model.As[model.Entry](value).Edits, model.As[model.Report](value).Edits)
}

// writer is who wrote a version of what differs: whoever set the status, where that does, else who wrote the rest.
func writer(version model.Value, apart []string, edits []model.Edit) (by string, at time.Time) {
	for _, one := range edits {
		for _, key := range apart {
			if slices.Contains(one.Keys, key) {
				return one.By, one.At
			}
		}
	}
	entry, is := version.(model.Entry)
	switch {
	case is && slices.Contains(apart, "status"):
		return entry.By, entry.At
	case is && entry.EditedBy != "":
		return entry.EditedBy, entry.EditedAt
	}
	return model.LastChange(version)
}

// Disputed reports whether the conflict stands in the record, where every clone has it, and not in a merge of this one.
func (c *MergeConflict) Disputed() bool { return c.InFile != nil }

// Whose is how a dispute is settled where somebody says ours or theirs: every clone has the same version above, so ours
// is what the person has written, and otherwise what stands above.
func (c *MergeConflict) Whose(person model.Person, take Take) Take {
	mine := person.Signature()
	if c.Disputed() && mine != "" && c.Theirs.By == mine && c.Ours.By != mine {
		return map[Take]Take{TakeOurs: TakeTheirs, TakeTheirs: TakeOurs}[take]
	}
	return take
}

// Settlement is the change that ends a dispute. Of more than two versions one less is left.
func (r *Resolution) Settlement(plan *model.Plan) (model.Change, error) {
	conflict := &r.Conflict
	change := model.Change{Person: r.Person, Unit: conflict.Unit, Subject: conflict.Subject, Seen: conflict.InFile}
	switch r.Take {
	case TakeOurs:
		change.New = conflict.Ours.Value
	case TakeTheirs:
		change.New = conflict.Theirs.Value
	case TakeBoth:
		value, possible := conflict.Both()
		if !possible {
			return change, conflict.NoBoth(plan)
		}
		change.New = value
	default:
		change.New = r.Value
	}
	switch value := change.New.(type) { // who settled it has seen the others so
	case model.Entry:
		value.Edits, value.Others = nil, rest(model.As[model.Entry](conflict.InFile).Others)
		for i := range value.Others {
			value.Others[i].Whole = true
		}
		change.New = value
	case model.Report:
		value.Edits, value.Others = nil, rest(model.As[model.Report](conflict.InFile).Others)
		for i := range value.Others {
			value.Others[i].Whole = true
		}
		change.New = value
	}
	return change, nil
}

// NoBoth says why both sides cannot be kept.
func (c *MergeConflict) NoBoth(plan *model.Plan) error {
	differ := c.Differs(plan)
	if differ.IsZero() {
		return phrase.Refuse(phrase.Say("of this conflict only one side can be taken"),
			phrase.Say("take one side; the other stays in the history"))
	}
	hint := phrase.Say("take one side; the other stays in the history")
	if c.Subject.Kind == model.SubjectActivity {
		hint = phrase.Say("take one side, or give a value of your own, for example with --figure or --status")
	}
	return phrase.Refuse(phrase.Say("they differ, so both cannot be kept: %s", differ), hint)
}

func rest[T any](others []T) []T {
	if len(others) < 2 {
		return nil
	}
	return slices.Clone(others[1:])
}

// notTaken are the trailers of a change that settles a dispute: whose version stands in the record no more.
func notTaken(change model.Change) string {
	if !change.Settles() {
		return ""
	}
	var trailers strings.Builder
	left := model.Versions(change.New)
	conflict := newSettled(change)
	_, waiting := conflict.Accepter() // how the report stood before it was accepted: nobody's version
	for _, side := range []*MergeVersion{&conflict.Ours, &conflict.Theirs} {
		stands := slices.ContainsFunc(left, func(v model.Value) bool { return Holds(v, nil, side.Value) })
		if side.By != "" && !stands && side != waiting {
			trailers.WriteString(NotTaken{Unit: change.Unit, Entry: conflict.Entry, By: side.By}.String() + "\n")
		}
	}
	return trailers.String()
}

// newSettled is the dispute that a change has ended.
func newSettled(change model.Change) MergeConflict {
	progress, id := model.Progress{}, change.Subject.ID
	switch report := model.As[model.Report](change.Seen); {
	case change.Subject.Kind == model.SubjectActivity:
		progress.Activities = map[string]model.Entry{id: model.As[model.Entry](change.Seen)}
	case id != "":
		progress.Reports = map[string]model.Report{id: report}
	default:
		progress.Report = report
	}
	return newDispute(&model.Campaign{Progress: map[string]model.Progress{change.Unit: progress}}, change.Unit,
		change.Subject)
}
