package store

import (
	"bytes"
	"maps"
	"slices"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/sums"
	"example.org/tiendo/model/text"
)

// operations are the edits that turn one value of a subject into another: only
// what differs, in the order in which a person would write it.
func operations(src []byte, subject model.Subject, before, after model.Value) []edit.Operation {
	w := writer{src: src, table: edit.Path{string(subject.Kind)}}
	if subject.ID != "" {
		w.table = append(w.table, subject.ID)
	}
	switch now := after.(type) {
	case model.Entry:
		was := model.As[model.Entry](before)
		fieldOperations(&w, model.EntryFields, &was, &now)
		w.edits(was.Edits, now.Edits)
		versions(&w, &now, was.Others, now.Others, entryKeys)
	case model.Use:
		was := model.As[model.Use](before)
		fieldOperations(&w, model.UseFields, &was, &now)
		w.edits(was.Edits, now.Edits)
	case model.Report:
		was := model.As[model.Report](before)
		fieldOperations(&w, model.ReportFields, &was, &now)
		w.edits(was.Edits, now.Edits)
		versions(&w, &now, was.Others, now.Others, reportKeys)
	}
	return w.operations
}

// writer collects the edits of one table. What becomes empty is taken out.
type writer struct {
	src        []byte
	table      edit.Path
	operations []edit.Operation
}

// fieldOperations writes the fields that differ.
func fieldOperations[T any](w *writer, fields []field.Field[T], before, after *T) {
	for _, f := range fields {
		switch was, is := f.At(before), f.At(after); now := is.(type) {
		case *map[string]float64:
			w.figures(f.Key, *field.As[map[string]float64](was), *now)
		default:
			w.fact(f.Key, was, is)
		}
	}
}

// fact gives a key what a field says.
func (w *writer) fact(key string, was, is any) {
	list, isList := is.(*[]string)
	if isList && !field.Equal(was, is) {
		kept := slices.Concat(w.passedOver(key, *field.As[[]string](was), *list), *list)
		is = &kept
	}
	switch {
	case field.Equal(was, is):
	case field.Empty(is):
		w.remove(key)
	default:
		w.set(key, written(is))
	}
}

// passedOver are the texts of a list in the file that were not read, such as an SSH key that is too short: they were
// warned of, and only whoever edits the file takes them out.
func (w *writer) passedOver(key string, read, now []string) (texts []string) {
	document, problem := edit.Parse(w.src)
	if problem != nil {
		return nil
	}
	node := document.Find(w.path(key)...)
	if node == nil || node.Kind() != edit.Array {
		return nil
	}
	for i := range node.Len() {
		value, is := node.Elem(i).Value().(string)
		if shown := text.Line(value); is && shown != "" && !slices.Contains(read, shown) && !slices.Contains(now, shown) {
			texts = append(texts, value)
		}
	}
	return texts
}

// written is a fact as the file has it.
func written(fact any) any {
	switch fact := fact.(type) {
	case *[]string:
		return *fact
	case *time.Time:
		return edit.Raw(fact.Format(time.RFC3339))
	case *string:
		return *fact
	case *bool:
		return *fact
	default:
		return edit.Raw(field.As[calendar.Day](fact).String())
	}
}

// figures are in a table of their own, which goes with the last of them.
func (w *writer) figures(key string, before, after map[string]float64) {
	if len(after) == 0 && w.onlyFigures(key, before) {
		w.remove(key)
		return
	}
	at := func(name string) (in *writer, indicator string) {
		period, indicator := sums.Split(name)
		if period == "" {
			return &writer{table: w.path(key)}, indicator
		}
		return &writer{table: append(w.path(key), period)}, indicator // in a table below
	}
	var removed, set []edit.Operation
	for name := range field.DifferingKeys(before, after) {
		in, indicator := at(name)
		if figure, given := after[name]; given {
			in.set(indicator, number(figure))
			set = append(set, in.operations...)
		} else {
			in.remove(indicator)
			removed = append(removed, in.operations...)
		}
	}
	w.operations = slices.Concat(w.operations, removed, set)
}

// versions writes what others have written at the same time anew, when it differs.
func versions[T model.Value](w *writer, above *T, before, after []T, keys func(above, other *T) []edit.KeyValue) {
	if slices.EqualFunc(before, after, func(a, b T) bool { return a.Equal(b) }) {
		return
	}
	w.removeAll("other", len(before))
	for i := range after {
		w.append("other", keys(above, &after[i]))
	}
}

// entryKeys are the keys of what somebody else has written of an entry at the same time: what differs, and who signed
// it.
func entryKeys(entry, other *model.Entry) []edit.KeyValue {
	var keys []edit.KeyValue
	status := other.Status != entry.Status || other.By != entry.By || !other.At.Equal(entry.At)
	by, at := other.EditedBy, other.EditedAt
	if status {
		keys = appendFact(keys, "status", (*string)(&other.Status))
		by, at = other.By, other.At
	} else if at.IsZero() && by == "" {
		by, at = other.By, other.At
	}
	keys = appendFact(appendFact(keys, "by", &by), "at", &at)
	if apart := other.EditedBy != entry.EditedBy || !other.EditedAt.Equal(entry.EditedAt); status && apart {
		keys = appendFact(appendFact(keys, "edited_by", &other.EditedBy), "edited_at", &other.EditedAt)
	}
	return appendOther(keys, model.EntryFields, entry, other, other.Whole, "status", "by", "at", "edited_by", "edited_at")
}

// reportKeys are the same of a report.
func reportKeys(report, other *model.Report) []edit.KeyValue {
	keys := appendFact(appendFact(nil, "by", &other.By), "at", &other.At)
	return appendOther(keys, model.ReportFields, report, other, other.Whole, "by", "at")
}

// appendOther appends what a version says otherwise, what it does not have, and whether it stands as a whole.
func appendOther[T any](keys []edit.KeyValue, fields []field.Field[T], record, other *T, whole bool,
	written ...string) []edit.KeyValue {
	var without []string
	for _, f := range fields {
		was, is := f.At(record), f.At(other)
		switch figures, are := is.(*map[string]float64); {
		case field.Equal(was, is) || slices.Contains(written, f.Key):
		case are:
			had, changed := *field.As[map[string]float64](was), []edit.KeyValue(nil)
			for _, id := range slices.Sorted(maps.Keys(*figures)) {
				if figure, given := had[id]; !given || figure != (*figures)[id] {
					changed = appendFigure(changed, id, (*figures)[id])
				}
			}
			if len(changed) > 0 {
				keys = append(keys, edit.KeyValue{Key: f.Key, Value: changed})
			}
			for _, id := range slices.Sorted(maps.Keys(had)) {
				if _, given := (*figures)[id]; !given {
					without = append(without, f.Key+"."+id)
				}
			}
		case field.Empty(is):
			without = append(without, f.Key)
		default:
			keys = appendFact(keys, f.Key, is)
		}
	}
	return appendFact(appendFact(keys, "without", &without), "whole", &whole)
}

// appendFigure appends a figure; those of a period, one after the other in their order, are in a table of their own.
func appendFigure(keys []edit.KeyValue, name string, figure float64) []edit.KeyValue {
	period, indicator := sums.Split(name)
	one := edit.KeyValue{Key: indicator, Value: number(figure)}
	if period == "" {
		return append(keys, one)
	}
	if last := len(keys) - 1; last >= 0 && keys[last].Key == period {
		inside, _ := keys[last].Value.([]edit.KeyValue)
		inside = append(inside, one)
		keys[last].Value = inside
		return keys
	}
	return append(keys, edit.KeyValue{Key: period, Value: []edit.KeyValue{one}})
}

// appendFact appends a key with a fact that says something.
func appendFact(keys []edit.KeyValue, key string, fact any) []edit.KeyValue {
	if field.Empty(fact) {
		return keys
	}
	return append(keys, edit.KeyValue{Key: key, Value: written(fact)})
}

// onlyFigures reports whether a table of figures holds these and nothing else, no
// comment either, so that it goes with the last of them and leaves nothing behind.
func (w *writer) onlyFigures(key string, figures map[string]float64) bool {
	if len(figures) == 0 {
		return false
	}
	src := w.src
	document, problem := edit.Parse(src)
	if problem != nil {
		return false
	}
	table := document.Find(w.path(key)...)
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
		w.append("edited", appendFact(appendFact(appendFact(nil, "by", &one.By), "at", &one.At), "keys", &one.Keys))
	}
}

// number writes whole figures without a point.
func number(figure float64) any {
	if whole := int64(figure); float64(whole) == figure {
		return whole
	}
	return figure
}
