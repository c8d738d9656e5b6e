package store

import (
	"bytes"
	"maps"
	"slices"
	"time"

	"example.org/tiendo/model"
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
		return w.operations
	default:
		return reportOperations(before.Report, after.Report)
	}
}

func entryOperations(src []byte, id string, before, after model.Entry) []edit.Operation {
	w := writer{table: edit.Path{"activity", id}}
	w.text("status", string(before.Status), string(after.Status))
	w.text("by", before.By, after.By)
	w.time("at", before.At, after.At)
	w.text("edited_by", before.EditedBy, after.EditedBy)
	w.time("edited_at", before.EditedAt, after.EditedAt)
	w.text("note", before.Note, after.Note)
	w.list("evidence", before.Evidence, after.Evidence)
	if len(after.Figures) == 0 && onlyFigures(src, id, before.Figures) {
		w.remove("figures")
		return w.operations
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
	return w.operations
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
	return w.operations
}

// writer collects the edits of one table. What becomes empty is taken out.
type writer struct {
	table      edit.Path
	operations []edit.Operation
}

func (w *writer) path(key string) edit.Path { return append(slices.Clone(w.table), key) }

func (w *writer) set(key string, value any) {
	w.operations = append(w.operations, edit.Set(w.path(key), value))
}

func (w *writer) remove(key string) {
	w.operations = append(w.operations, edit.Delete(w.path(key)))
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

func (w *writer) day(key string, before, after model.Day) {
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
