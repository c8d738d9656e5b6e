package store

import (
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/field/fieldtest"
	"example.org/tiendo/model/text"
)

func TestWritingAsBefore(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	edits := func() (all []model.Edit) {
		for range r.IntN(3) {
			e := fieldtest.Record(r, model.UseFields)
			all = append(all, model.Edit{By: e.By, At: e.At, Keys: e.Channels})
		}
		return all
	}
	source := []byte("[activity.x]\nstatus = 'done'\n[activity.x.figures]\na = 1\nb = 2\n")
	for range 20_000 {
		var before, after model.Value
		before.Entry, after.Entry = pair(r, model.EntryFields)
		before.Use, after.Use = pair(r, model.UseFields)
		before.Report, after.Report = pair(r, model.ReportFields)
		for _, value := range []*model.Value{&before, &after} {
			value.Entry.Edits, value.Use.Edits, value.Report.Edits = edits(), edits(), edits()
			for range r.IntN(3) {
				other := fieldtest.Near(r, model.EntryFields, value.Entry)
				other.Others, other.Edits, other.Whole = nil, nil, r.IntN(2) == 0
				value.Entry.Others = append(value.Entry.Others, other)
				also := fieldtest.Near(r, model.ReportFields, value.Report)
				also.Others, also.Edits, also.Whole = nil, nil, r.IntN(2) == 0
				value.Report.Others = append(value.Report.Others, also)
			}
		}
		for _, subject := range []model.Subject{{Kind: model.SubjectActivity, ID: "x"}, {Kind: model.SubjectMessage, ID: "x"}, {Kind: model.SubjectReport}} {
			now, old := operations(source, subject, before, after), oldOperations(source, subject, before, after)
			if !reflect.DeepEqual(now, old) {
				t.Fatalf("%s\nbefore %+v\nafter  %+v\nnow    %+v\nold    %+v", subject.Kind, before, after, now, old)
			}
		}
	}
}

func pair[T any](r *rand.Rand, fields []field.Field[T]) (a, b T) {
	a = fieldtest.Record(r, fields)
	return a, fieldtest.Near(r, fields, a)
}

func TestWritingTheRosterAsBefore(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 5_000 {
		person, unit := fieldtest.Record(r, model.PersonFields), fieldtest.Record(r, model.UnitFields)
		person.ID, person.Name, person.Role, unit.ID, unit.Name = "a", "A", model.Viewer, "u", "U" // they must be given
		unit.Coordinator = false                                                                   // it was left out
		for _, kind := range []model.SubjectKind{model.SubjectPerson, model.SubjectUnit} {
			value := model.Value{Person: &person, Unit: &unit}
			now, old := rosterOperations(model.Subject{Kind: kind}, nil, value), oldRosterOperations(model.Subject{Kind: kind}, nil, value)
			if !reflect.DeepEqual(now, old) {
				t.Fatalf("%+v\nnow %+v\nold %+v", value, now, old)
			}
		}
	}
}

func TestCleaningAsBefore(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	dirty := func(s *string) { *s += []string{"", "\x1b[31m", "e\u0301", " "}[r.IntN(4)] }
	for range 5_000 {
		var change model.Change
		change.New.Entry, change.New.Use = fieldtest.Record(r, model.EntryFields), fieldtest.Record(r, model.UseFields)
		change.New.Report = fieldtest.Record(r, model.ReportFields)
		change.New.Person, change.New.Unit = &model.Person{ID: "a", Name: "A", Keys: []string{"k"}}, &model.Unit{ID: "u", Name: "U"}
		for _, s := range []*string{
			&change.New.Entry.Note, &change.New.Report.Results, &change.New.Report.Funding, &change.New.Report.Reason, &change.New.Text,
			&change.New.Person.Name, &change.New.Person.Email, &change.New.Person.Keys[0], &change.New.Unit.Name, &change.New.Unit.Short,
		} {
			dirty(s)
		}
		change.New.Entry.Evidence, change.New.Report.Documents = []string{"\x1b]0;x\a", "e\u0301"}, []string{"\u202e"}
		seen := change.New.Entry.Evidence[0]
		now, old := cleaned(change), oldCleaned(change)
		if !reflect.DeepEqual(now, old) || change.New.Entry.Evidence[0] != seen {
			t.Fatalf("%+v\nnow %+v\nold %+v", change, now, old)
		}
	}
}

func oldOperations(src []byte, subject model.Subject, before, after model.Value) []edit.Operation {
	switch subject.Kind {
	case model.SubjectActivity:
		return oldEntryOperations(src, subject.ID, before.Entry, after.Entry)
	case model.SubjectMessage:
		w := oldWriter{table: edit.Path{"message", subject.ID}}
		w.list("channels", before.Use.Channels, after.Use.Channels)
		w.text("by", before.Use.By, after.Use.By)
		w.time("at", before.Use.At, after.Use.At)
		w.edits(before.Use.Edits, after.Use.Edits)
		return w.operations
	default:
		return oldReportOperations(before.Report, after.Report)
	}
}

// oldWriter collects the edits of one table. What becomes empty is taken out.
type oldWriter struct {
	table      edit.Path
	operations []edit.Operation
}

func oldEntryOperations(src []byte, id string, before, after model.Entry) []edit.Operation {
	w := oldWriter{table: edit.Path{"activity", id}}
	w.entry(src, id, before, after)
	w.table = edit.Path{"activity", id}
	w.edits(before.Edits, after.Edits)
	if !slices.EqualFunc(before.Others, after.Others, model.Entry.Equal) {
		w.removeAll("other", len(before.Others))
		for _, other := range after.Others {
			w.append("other", oldEntryKeys(after, other))
		}
	}
	return w.operations
}

func (w *oldWriter) entry(src []byte, id string, before, after model.Entry) {
	w.text("status", string(before.Status), string(after.Status))
	w.text("by", before.By, after.By)
	w.time("at", before.At, after.At)
	w.text("edited_by", before.EditedBy, after.EditedBy)
	w.time("edited_at", before.EditedAt, after.EditedAt)
	w.text("note", before.Note, after.Note)
	w.list("evidence", before.Evidence, after.Evidence)
	if len(after.Figures) == 0 && (&writer{src: src, table: edit.Path{"activity", id}}).onlyFigures("figures", before.Figures) {
		w.remove("figures")
		return
	}
	w.table = append(w.table, "figures")
	for _, indicator := range slices.Sorted(maps.Keys(before.Figures)) {
		if _, kept := after.Figures[indicator]; !kept {
			w.remove(indicator)
		}
	}
	for _, indicator := range slices.Sorted(maps.Keys(after.Figures)) {
		figure := after.Figures[indicator]
		if old, given := before.Figures[indicator]; !given || old != figure {
			w.set(indicator, number(figure))
		}
	}
}

// oldEntryKeys are the keys of what somebody else has written of an entry at the same time: what differs, and who signed it.
func oldEntryKeys(entry, other model.Entry) []edit.KeyValue {
	var keys []edit.KeyValue
	status := other.Status != entry.Status || other.By != entry.By || !other.At.Equal(entry.At)
	by, at := other.EditedBy, other.EditedAt
	if status {
		keys = oldAppendText(keys, "status", string(other.Status))
		by, at = other.By, other.At
	} else if at.IsZero() && by == "" {
		by, at = other.By, other.At
	}
	keys = oldAppendSignature(keys, "by", "at", by, at)
	if apart := other.EditedBy != entry.EditedBy || !other.EditedAt.Equal(entry.EditedAt); status && apart {
		keys = oldAppendSignature(keys, "edited_by", "edited_at", other.EditedBy, other.EditedAt)
	}
	var without []string
	text := func(key, was, is string) {
		if was != is && is == "" {
			without = append(without, key)
		} else if was != is {
			keys = oldAppendText(keys, key, is)
		}
	}
	text("note", entry.Note, other.Note)
	if !slices.Equal(entry.Evidence, other.Evidence) {
		if len(other.Evidence) == 0 {
			without = append(without, "evidence")
		} else {
			keys = append(keys, edit.KeyValue{Key: "evidence", Value: other.Evidence})
		}
	}
	var figures []edit.KeyValue
	for _, id := range slices.Sorted(maps.Keys(other.Figures)) {
		if was, given := entry.Figures[id]; !given || was != other.Figures[id] {
			figures = append(figures, edit.KeyValue{Key: id, Value: number(other.Figures[id])})
		}
	}
	if len(figures) > 0 {
		keys = append(keys, edit.KeyValue{Key: "figures", Value: figures})
	}
	for _, id := range slices.Sorted(maps.Keys(entry.Figures)) {
		if _, given := other.Figures[id]; !given {
			without = append(without, "figures."+id)
		}
	}
	return oldAsWhole(keys, without, other.Whole)
}

// oldReportKeys are the same of a report.
func oldReportKeys(report, other model.Report) []edit.KeyValue {
	keys := oldAppendSignature(nil, "by", "at", other.By, other.At)
	w := oldWriter{}
	w.report(report, other)
	var without []string
	for _, operation := range w.operations {
		key, value := operation.KeyValue()
		switch {
		case key == "by" || key == "at":
		case value == nil:
			without = append(without, key)
		default:
			keys = append(keys, edit.KeyValue{Key: key, Value: value})
		}
	}
	return oldAsWhole(keys, without, other.Whole)
}

func oldAppendSignature(keys []edit.KeyValue, byKey, atKey, by string, at time.Time) []edit.KeyValue {
	keys = oldAppendText(keys, byKey, by)
	if !at.IsZero() {
		keys = append(keys, edit.KeyValue{Key: atKey, Value: edit.Raw(at.Format(time.RFC3339))})
	}
	return keys
}

// oldAsWhole says what a version does not have, and whether it stands as a whole.
func oldAsWhole(keys []edit.KeyValue, without []string, whole bool) []edit.KeyValue {
	keys = oldAppendList(keys, "without", without)
	if whole {
		keys = append(keys, edit.KeyValue{Key: "whole", Value: true})
	}
	return keys
}

func oldAppendList(keys []edit.KeyValue, key string, list []string) []edit.KeyValue {
	if len(list) == 0 {
		return keys
	}
	return append(keys, edit.KeyValue{Key: key, Value: list})
}

func oldReportOperations(before, after model.Report) []edit.Operation {
	w := oldWriter{table: edit.Path{"report"}}
	w.report(before, after)
	w.edits(before.Edits, after.Edits)
	if !slices.EqualFunc(before.Others, after.Others, model.Report.Equal) {
		w.removeAll("other", len(before.Others))
		for _, other := range after.Others {
			w.append("other", oldReportKeys(after, other))
		}
	}
	return w.operations
}

func (w *oldWriter) report(before, after model.Report) {
	w.text("status", string(before.Status), string(after.Status))
	w.text("by", before.By, after.By)
	w.time("at", before.At, after.At)
	w.time("submitted_at", before.SubmittedAt, after.SubmittedAt)
	w.text("reason", before.Reason, after.Reason)
	w.flag("nil", before.Nil, after.Nil)
	w.text("nil_reason", before.NilReason, after.NilReason)
	w.day("extended_until", before.ExtendedUntil, after.ExtendedUntil)
	w.text("extension_reason", before.ExtensionReason, after.ExtensionReason)
	w.text("results", before.Results, after.Results)
	w.text("difficulties", before.Difficulties, after.Difficulties)
	w.text("recommendations", before.Recommendations, after.Recommendations)
	w.list("documents", before.Documents, after.Documents)
	w.text("funding", before.Funding, after.Funding)
}

func (w *oldWriter) path(key string) edit.Path { return append(slices.Clone(w.table), key) }

func (w *oldWriter) set(key string, value any) {
	w.operations = append(w.operations, edit.Set(w.path(key), value))
}

func (w *oldWriter) remove(key string) {
	w.operations = append(w.operations, edit.Delete(w.path(key)))
}

func (w *oldWriter) append(key string, keys []edit.KeyValue) {
	w.operations = append(w.operations, edit.AppendTable(w.path(key), keys...))
}

func (w *oldWriter) removeAll(key string, count int) {
	for i := count - 1; i >= 0; i-- {
		w.operations = append(w.operations, edit.Delete(append(w.path(key), i)))
	}
}

// edits writes who has written some of the fields.
func (w *oldWriter) edits(before, after []model.Edit) {
	if slices.EqualFunc(before, after, model.Edit.Equal) {
		return
	}
	w.removeAll("edited", len(before))
	for _, one := range after {
		w.append("edited", oldAppendList(oldAppendSignature(nil, "by", "at", one.By, one.At), "keys", one.Keys))
	}
}

func (w *oldWriter) text(key, before, after string) {
	switch {
	case before == after:
	case after == "":
		w.remove(key)
	default:
		w.set(key, after)
	}
}

func (w *oldWriter) flag(key string, before, after bool) {
	switch {
	case before == after:
	case !after:
		w.remove(key)
	default:
		w.set(key, true)
	}
}

func (w *oldWriter) day(key string, before, after calendar.Day) {
	switch {
	case before == after:
	case after.IsZero():
		w.remove(key)
	default:
		w.set(key, edit.Raw(after.String()))
	}
}

func (w *oldWriter) time(key string, before, after time.Time) {
	switch {
	case before.Equal(after):
	case after.IsZero():
		w.remove(key)
	default:
		w.set(key, edit.Raw(after.Format(time.RFC3339)))
	}
}

func (w *oldWriter) list(key string, before, after []string) {
	switch {
	case slices.Equal(before, after):
	case len(after) == 0:
		w.remove(key)
	default:
		w.set(key, after)
	}
}

func oldRosterOperations(subject model.Subject, roster *model.Roster, after model.Value) []edit.Operation {
	if subject.Kind == model.SubjectUnit {
		unit := after.Unit
		keys := []edit.KeyValue{{Key: "id", Value: unit.ID}, {Key: "name", Value: unit.Name}}
		keys = oldAppendText(keys, "short", unit.Short)
		keys = oldAppendText(keys, "group", unit.Group)
		keys = oldAppendDay(keys, "since", unit.Since)
		keys = oldAppendDay(keys, "until", unit.Until)
		return []edit.Operation{edit.AppendTable(edit.Path{"unit"}, keys...)}
	}
	if person := after.Person; person != nil {
		keys := []edit.KeyValue{{Key: "id", Value: person.ID}, {Key: "name", Value: person.Name}}
		keys = oldAppendText(keys, "unit", person.Unit)
		keys = append(keys, edit.KeyValue{Key: "role", Value: string(person.Role)})
		keys = oldAppendText(keys, "email", person.Email)
		if len(person.Keys) > 0 {
			keys = append(keys, edit.KeyValue{Key: "keys", Value: person.Keys})
		}
		return []edit.Operation{edit.AppendTable(edit.Path{"person"}, keys...)}
	}
	at := slices.Index(roster.PersonIDs(), subject.ID)
	return []edit.Operation{edit.Delete(edit.Path{"person", at})}
}

func oldAppendText(keys []edit.KeyValue, key, value string) []edit.KeyValue {
	if value == "" {
		return keys
	}
	return append(keys, edit.KeyValue{Key: key, Value: value})
}

func oldAppendDay(keys []edit.KeyValue, key string, day calendar.Day) []edit.KeyValue {
	if day.IsZero() {
		return keys
	}
	return append(keys, edit.KeyValue{Key: key, Value: edit.Raw(day.String())})
}

func oldCleaned(change model.Change) model.Change {
	change.Person.ID, change.Person.Name = text.Line(change.Person.ID), text.Line(change.Person.Name)
	change.Person.Email = text.Line(change.Person.Email)
	if person := change.New.Person; person != nil {
		safe := *person
		safe.Name, safe.Email, safe.Keys = text.Line(safe.Name), text.Line(safe.Email), oldCleanedLines(safe.Keys)
		change.New.Person = &safe
	}
	if unit := change.New.Unit; unit != nil {
		safe := *unit
		safe.Name, safe.Short = text.Line(safe.Name), text.Line(safe.Short)
		change.New.Unit = &safe
	}
	entry, use, report := &change.New.Entry, &change.New.Use, &change.New.Report
	entry.Note = text.Text(entry.Note)
	entry.Evidence = oldCleanedLines(entry.Evidence)
	use.Channels = oldCleanedLines(use.Channels)
	for _, field := range []*string{&report.Reason, &report.NilReason, &report.ExtensionReason, &report.Results, &report.Difficulties, &report.Recommendations, &report.Funding, &change.New.Text} {
		*field = text.Text(*field)
	}
	report.Documents = oldCleanedLines(report.Documents)
	return change
}

func oldCleanedLines(lines []string) []string {
	var out []string
	for _, line := range lines {
		out = append(out, text.Line(line))
	}
	return out
}
