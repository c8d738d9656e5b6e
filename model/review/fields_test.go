package review

import (
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"example.org/tiendo/model"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/field/fieldtest"
)

// versions makes up three versions of a record: a base and what two sides have made of it.
func versions[T any](r *rand.Rand, fields []field.Field[T]) (base, a, b T) {
	base = fieldtest.Record(r, fields)
	return base, fieldtest.Near(r, fields, base), fieldtest.Near(r, fields, base)
}

func TestJoiningAsBefore(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 20_000 {
		var base, a, b model.Value
		base.Entry, a.Entry, b.Entry = versions(r, model.EntryFields)
		base.Report, a.Report, b.Report = versions(r, model.ReportFields)
		base.Use, a.Use, b.Use = versions(r, model.UseFields)
		check := func(what string, now, old any) {
			t.Helper()
			if !reflect.DeepEqual(now, old) {
				t.Fatalf("%s\nbase %+v\na    %+v\nb    %+v\nnow  %+v\nold  %+v", what, base, a, b, now, old)
			}
		}
		now, old := joiner{Joined{Value: b}}, oldJoiner{Joined{Value: b}}
		now.entry(&base.Entry, &a.Entry, &b.Entry)
		old.entry(&base.Entry, &a.Entry, &b.Entry)
		now.report(&base.Report, &a.Report, &b.Report)
		old.report(&base.Report, &a.Report, &b.Report)
		check("joined", now.joined, old.joined)
		joinFields(&now, model.UseFields, &now.joined.Value.Use, &base.Use, &a.Use, &b.Use)
		check("channels", now.joined.Value.Use.Channels, joinLists(base.Use.Channels, a.Use.Channels, b.Use.Channels))
		for kind, only := range map[model.SubjectKind]func(model.Value) model.Value{
			model.SubjectActivity: func(v model.Value) model.Value { return model.Value{Entry: v.Entry} },
			model.SubjectMessage:  func(v model.Value) model.Value { return model.Value{Use: v.Use} },
			model.SubjectReport:   func(v model.Value) model.Value { return model.Value{Report: v.Report} },
		} {
			was, is := only(base), only(a)
			check("held "+string(kind), Holds(only(b), kind, was, is), oldHolds(b, kind, was, is))
			check("held joined", Holds(only(now.joined.Value), kind, was, is), oldHolds(now.joined.Value, kind, was, is))
		}
		check("entry on", on(model.EntryFields, &a.Entry, &base.Entry, &b.Entry), oldEntryOn(a.Entry, base.Entry, b.Entry))
		check("report on", on(model.ReportFields, &a.Report, &base.Report, &b.Report), oldReportOn(a.Report, base.Report, b.Report))
		check("channels on", on(model.UseFields, &a.Use, &base.Use, &b.Use).Channels, joinLists(base.Use.Channels, b.Use.Channels, a.Use.Channels))
		check("common", common(a, b), oldCommon(a, b))
	}
}

type oldJoiner struct{ joined Joined }

func oldOne[T comparable](j *oldJoiner, key string, base, earlier, later T) T {
	switch {
	case earlier == later, earlier == base:
		return later
	case later == base:
		return earlier
	}
	j.joined.Apart = append(j.joined.Apart, key)
	return later
}

func (j *oldJoiner) text(key, base, earlier, later string) string {
	if earlier == "" || later == "" || base == earlier || base == later {
		return oldOne(j, key, base, earlier, later)
	}
	return bothTexts(earlier, later)
}

func (j *oldJoiner) entry(base, earlier, later *model.Entry) {
	entry := &j.joined.Value.Entry
	entry.Status = oldOne(j, "status", base.Status, earlier.Status, later.Status)
	moved := func(e *model.Entry) bool { return e.Status != base.Status || e.By != base.By || !e.At.Equal(base.At) }
	if earlier.Status == entry.Status && (!moved(later) || later.Status != entry.Status || moved(earlier) && sooner(earlier.At, later.At)) {
		entry.By, entry.At = earlier.By, earlier.At // of two who have set the same, who was first
	}
	entry.Note = j.text("note", base.Note, earlier.Note, later.Note)
	entry.Evidence = joinLists(base.Evidence, earlier.Evidence, later.Evidence)
	entry.Figures = j.figures(base, earlier, later)
}

func (j *oldJoiner) figures(base, earlier, later *model.Entry) map[string]float64 {
	figures := map[string]float64{}
	for _, id := range slices.Sorted(maps.Keys(union(base.Figures, earlier.Figures, later.Figures))) {
		if figure := oldOne(j, "figures."+id, oldFigureOf(base, id), oldFigureOf(earlier, id), oldFigureOf(later, id)); figure.given {
			figures[id] = figure.value
		}
	}
	if len(figures) == 0 {
		return nil
	}
	return figures
}

func oldFigureOf(entry *model.Entry, id string) given {
	value, is := entry.Figures[id]
	return given{value, is}
}

func (j *oldJoiner) report(base, earlier, later *model.Report) {
	report := &j.joined.Value.Report
	report.Status = oldOne(j, "status", base.Status, earlier.Status, later.Status)
	untouched := earlier.SubmittedAt.Equal(base.SubmittedAt)
	if later.SubmittedAt.Equal(base.SubmittedAt) || !untouched && sooner(earlier.SubmittedAt, later.SubmittedAt) {
		report.SubmittedAt = earlier.SubmittedAt // of two the first submission counts
	}
	report.Reason = oldOne(j, "reason", base.Reason, earlier.Reason, later.Reason)
	report.Nil = oldOne(j, "nil", base.Nil, earlier.Nil, later.Nil)
	report.NilReason = oldOne(j, "nil_reason", base.NilReason, earlier.NilReason, later.NilReason)
	report.ExtendedUntil = oldOne(j, "extended_until", base.ExtendedUntil, earlier.ExtendedUntil, later.ExtendedUntil)
	report.ExtensionReason = oldOne(j, "extension_reason", base.ExtensionReason, earlier.ExtensionReason, later.ExtensionReason)
	report.Results = j.text("results", base.Results, earlier.Results, later.Results)
	report.Difficulties = j.text("difficulties", base.Difficulties, earlier.Difficulties, later.Difficulties)
	report.Recommendations = j.text("recommendations", base.Recommendations, earlier.Recommendations, later.Recommendations)
	report.Documents = joinLists(base.Documents, earlier.Documents, later.Documents)
	report.Funding = oldOne(j, "funding", base.Funding, earlier.Funding, later.Funding)
	contradicts := func(r *model.Report) bool { return r.Nil && !r.Empty() }
	if contradicts(report) && !contradicts(earlier) && !contradicts(later) { // nothing to report, and what there is
		j.joined.Apart = append(j.joined.Apart, "nil")
	}
}

func oldHolds(v model.Value, kind model.SubjectKind, before, after model.Value) bool {
	switch kind {
	case model.SubjectActivity:
		now, was, is := &v.Entry, &before.Entry, &after.Entry
		for id := range union(was.Figures, is.Figures) {
			if !oldHeldOne(oldFigureOf(now, id), oldFigureOf(was, id), oldFigureOf(is, id)) {
				return false
			}
		}
		return oldHeldOne(now.Status, was.Status, is.Status) && oldHeldText(now.Note, was.Note, is.Note) && heldList(now.Evidence, was.Evidence, is.Evidence)
	case model.SubjectMessage:
		return heldList(v.Use.Channels, before.Use.Channels, after.Use.Channels)
	case model.SubjectReport:
		now, was, is := &v.Report, &before.Report, &after.Report
		return oldHeldOne(now.Status, was.Status, is.Status) && oldHeldOne(now.Reason, was.Reason, is.Reason) &&
			oldHeldOne(now.Nil, was.Nil, is.Nil) && oldHeldOne(now.NilReason, was.NilReason, is.NilReason) &&
			oldHeldOne(now.ExtendedUntil, was.ExtendedUntil, is.ExtendedUntil) && oldHeldOne(now.ExtensionReason, was.ExtensionReason, is.ExtensionReason) &&
			oldHeldText(now.Results, was.Results, is.Results) && oldHeldText(now.Difficulties, was.Difficulties, is.Difficulties) &&
			oldHeldText(now.Recommendations, was.Recommendations, is.Recommendations) && heldList(now.Documents, was.Documents, is.Documents) &&
			oldHeldOne(now.Funding, was.Funding, is.Funding)
	}
	return v.Equal(kind, after)
}

func oldHeldOne[T comparable](now, was, is T) bool { return is == was || now == is }

func oldHeldText(now, was, is string) bool {
	if is == was || now == is {
		return true
	}
	if is == "" {
		return false
	}
	inWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	for at := 0; ; {
		found := strings.Index(now[at:], is)
		if found < 0 {
			return false
		}
		start := at + found
		before, _ := utf8.DecodeLastRuneInString(now[:start])
		after, _ := utf8.DecodeRuneInString(now[start+len(is):])
		if !inWord(before) && !inWord(after) {
			return true
		}
		at = start + 1
	}
}

func oldEntryOn(e model.Entry, seen, theirs model.Entry) model.Entry {
	var mine oldJoiner // of two that differ, the later one stands: this one
	merged := theirs
	merged.Status = oldOne(&mine, "", seen.Status, theirs.Status, e.Status)
	merged.Note = oldOne(&mine, "", seen.Note, theirs.Note, e.Note)
	merged.Evidence = joinLists(seen.Evidence, theirs.Evidence, e.Evidence)
	merged.Figures = mine.figures(&seen, &theirs, &e)
	return merged
}

func oldReportOn(r model.Report, seen, theirs model.Report) model.Report {
	merged := theirs
	if r.Status != seen.Status || r.Reason != seen.Reason {
		merged.Status, merged.Reason = r.Status, r.Reason
	}
	if r.Nil != seen.Nil || r.NilReason != seen.NilReason {
		merged.Nil, merged.NilReason = r.Nil, r.NilReason
	}
	if !model.SameExtension(r, seen) {
		merged.ExtendedUntil, merged.ExtensionReason = r.ExtendedUntil, r.ExtensionReason
	}
	var mine oldJoiner
	merged.Results = oldOne(&mine, "", seen.Results, theirs.Results, r.Results)
	merged.Difficulties = oldOne(&mine, "", seen.Difficulties, theirs.Difficulties, r.Difficulties)
	merged.Recommendations = oldOne(&mine, "", seen.Recommendations, theirs.Recommendations, r.Recommendations)
	merged.Funding = oldOne(&mine, "", seen.Funding, theirs.Funding, r.Funding)
	merged.Documents = joinLists(seen.Documents, theirs.Documents, r.Documents)
	return merged
}

func oldCommon(a, b model.Value) model.Value {
	value, entry, report := a, &a.Entry, &a.Report
	value.Entry.Status, value.Entry.Note = oldAlike(entry.Status, b.Entry.Status), oldAlike(entry.Note, b.Entry.Note)
	value.Entry.Figures = maps.Clone(entry.Figures)
	maps.DeleteFunc(value.Entry.Figures, func(id string, _ float64) bool { return oldFigureOf(entry, id) != oldFigureOf(&b.Entry, id) })
	is, other := &value.Report, &b.Report
	is.Status, is.Reason = oldAlike(report.Status, other.Status), oldAlike(report.Reason, other.Reason)
	is.Nil, is.NilReason = oldAlike(report.Nil, other.Nil), oldAlike(report.NilReason, other.NilReason)
	is.ExtendedUntil, is.ExtensionReason = oldAlike(report.ExtendedUntil, other.ExtendedUntil), oldAlike(report.ExtensionReason, other.ExtensionReason)
	is.Results, is.Difficulties = oldAlike(report.Results, other.Results), oldAlike(report.Difficulties, other.Difficulties)
	is.Recommendations, is.Funding = oldAlike(report.Recommendations, other.Recommendations), oldAlike(report.Funding, other.Funding)
	return value
}

func oldAlike[T comparable](a, b T) T {
	if a == b {
		return a
	}
	var none T
	return none
}
