package store

import (
	"bytes"
	"maps"
	"slices"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/edit"
)

// operations are the edits that turn one value of a subject into another: only
// what differs, in the order in which a person would write it.
func operations(src []byte, subject model.Subject, before, after model.Value) []edit.Operation {
	switch subject.Kind {
	case model.SubjectActivity:
		return entryOperations(src, subject.ID, before.Entry, after.Entry)
	case model.SubjectMessage:
		w := writer{table: edit.Path{"message", subject.ID}}
		w.list("channels", before.Use.Channels, after.Use.Channels)
		w.text("by", before.Use.By, after.Use.By)
		w.time("at", before.Use.At, after.Use.At)
		w.edits(before.Use.Edits, after.Use.Edits)
		return w.operations
	default:
		return reportOperations(before.Report, after.Report)
	}
}

// writer collects the edits of one table. What becomes empty is taken out.
type writer struct {
	table      edit.Path
	operations []edit.Operation
}

func entryOperations(src []byte, id string, before, after model.Entry) []edit.Operation {
	w := writer{table: edit.Path{"activity", id}}
	w.entry(src, id, before, after)
	w.table = edit.Path{"activity", id}
	w.edits(before.Edits, after.Edits)
	if !slices.EqualFunc(before.Others, after.Others, model.Entry.Equal) {
		w.removeAll("other", len(before.Others))
		for _, other := range after.Others {
			w.append("other", entryKeys(after, other))
		}
	}
	return w.operations
}

func (w *writer) entry(src []byte, id string, before, after model.Entry) {
	w.text("status", string(before.Status), string(after.Status))
	w.text("by", before.By, after.By)
	w.time("at", before.At, after.At)
	w.text("edited_by", before.EditedBy, after.EditedBy)
	w.time("edited_at", before.EditedAt, after.EditedAt)
	w.text("note", before.Note, after.Note)
	w.list("evidence", before.Evidence, after.Evidence)
	if len(after.Figures) == 0 && onlyFigures(src, id, before.Figures) {
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

// entryKeys are the keys of what somebody else has written of an entry at the same time: what differs, and who signed it.
func entryKeys(entry, other model.Entry) []edit.KeyValue {
	var keys []edit.KeyValue
	status := other.Status != entry.Status || other.By != entry.By || !other.At.Equal(entry.At)
	by, at := other.EditedBy, other.EditedAt
	if status {
		keys = appendText(keys, "status", string(other.Status))
		by, at = other.By, other.At
	} else if at.IsZero() && by == "" {
		by, at = other.By, other.At
	}
	keys = appendSignature(keys, "by", "at", by, at)
	if apart := other.EditedBy != entry.EditedBy || !other.EditedAt.Equal(entry.EditedAt); status && apart {
		keys = appendSignature(keys, "edited_by", "edited_at", other.EditedBy, other.EditedAt)
	}
	var without []string
	text := func(key, was, is string) {
		if was != is && is == "" {
			without = append(without, key)
		} else if was != is {
			keys = appendText(keys, key, is)
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
	return asWhole(keys, without, other.Whole)
}

// reportKeys are the same of a report.
func reportKeys(report, other model.Report) []edit.KeyValue {
	keys := appendSignature(nil, "by", "at", other.By, other.At)
	w := writer{}
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
	return asWhole(keys, without, other.Whole)
}

func appendSignature(keys []edit.KeyValue, byKey, atKey, by string, at time.Time) []edit.KeyValue {
	keys = appendText(keys, byKey, by)
	if !at.IsZero() {
		keys = append(keys, edit.KeyValue{Key: atKey, Value: edit.Raw(at.Format(time.RFC3339))})
	}
	return keys
}

// asWhole says what a version does not have, and whether it stands as a whole.
func asWhole(keys []edit.KeyValue, without []string, whole bool) []edit.KeyValue {
	keys = appendList(keys, "without", without)
	if whole {
		keys = append(keys, edit.KeyValue{Key: "whole", Value: true})
	}
	return keys
}

func appendList(keys []edit.KeyValue, key string, list []string) []edit.KeyValue {
	if len(list) == 0 {
		return keys
	}
	return append(keys, edit.KeyValue{Key: key, Value: list})
}

// onlyFigures reports whether the table of figures holds these and nothing else, no
// comment either, so that it goes with the last of them and leaves nothing behind.
func onlyFigures(src []byte, id string, figures map[string]float64) bool {
	if len(figures) == 0 {
		return false
	}
	document, problem := edit.Parse(src)
	if problem != nil {
		return false
	}
	table := document.Find("activity", id, "figures")
	if table == nil || len(table.Keys()) != len(figures) {
		return false
	}
	start, end := table.Offset(), table.End()
	for _, key := range table.Keys() {
		end = max(end, table.Child(key).End())
	}
	if next := bytes.IndexByte(src[end:], '\n'); next >= 0 {
		end += next
	} else {
		end = len(src)
	}
	above := bytes.TrimRight(src[:start], "\r\n")
	line := above[bytes.LastIndexByte(above, '\n')+1:]
	return len(edit.Comments(string(src[start:end]))) == 0 && !bytes.HasPrefix(bytes.TrimLeft(line, " \t"), []byte("#"))
}

func reportOperations(before, after model.Report) []edit.Operation {
	w := writer{table: edit.Path{"report"}}
	w.report(before, after)
	w.edits(before.Edits, after.Edits)
	if !slices.EqualFunc(before.Others, after.Others, model.Report.Equal) {
		w.removeAll("other", len(before.Others))
		for _, other := range after.Others {
			w.append("other", reportKeys(after, other))
		}
	}
	return w.operations
}

func (w *writer) report(before, after model.Report) {
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

func (w *writer) path(key string) edit.Path { return append(slices.Clone(w.table), key) }

func (w *writer) set(key string, value any) {
	w.operations = append(w.operations, edit.Set(w.path(key), value))
}

func (w *writer) remove(key string) {
	w.operations = append(w.operations, edit.Delete(w.path(key)))
}

func (w *writer) append(key string, keys []edit.KeyValue) {
	w.operations = append(w.operations, edit.AppendTable(w.path(key), keys...))
}

func (w *writer) removeAll(key string, count int) {
	for i := count - 1; i >= 0; i-- {
		w.operations = append(w.operations, edit.Delete(append(w.path(key), i)))
	}
}

// edits writes who has written some of the fields.
func (w *writer) edits(before, after []model.Edit) {
	if slices.EqualFunc(before, after, model.Edit.Equal) {
		return
	}
	w.removeAll("edited", len(before))
	for _, one := range after {
		w.append("edited", appendList(appendSignature(nil, "by", "at", one.By, one.At), "keys", one.Keys))
	}
}

func (w *writer) text(key, before, after string) {
	switch {
	case before == after:
	case after == "":
		w.remove(key)
	default:
		w.set(key, after)
	}
}

func (w *writer) flag(key string, before, after bool) {
	switch {
	case before == after:
	case !after:
		w.remove(key)
	default:
		w.set(key, true)
	}
}

func (w *writer) day(key string, before, after calendar.Day) {
	switch {
	case before == after:
	case after.IsZero():
		w.remove(key)
	default:
		w.set(key, edit.Raw(after.String()))
	}
}

func (w *writer) time(key string, before, after time.Time) {
	switch {
	case before.Equal(after):
	case after.IsZero():
		w.remove(key)
	default:
		w.set(key, edit.Raw(after.Format(time.RFC3339)))
	}
}

func (w *writer) list(key string, before, after []string) {
	switch {
	case slices.Equal(before, after):
	case len(after) == 0:
		w.remove(key)
	default:
		w.set(key, after)
	}
}

// number writes whole figures without a point.
func number(figure float64) any {
	if whole := int64(figure); float64(whole) == figure {
		return whole
	}
	return figure
}
