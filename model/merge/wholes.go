package merge

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"example.org/tiendo/model/edit"
)

// whole is one version of a subject in dispute, with all its fields.
type whole struct {
	fields      map[string]candidate
	own, edited signature
	stays       bool // its table says that it stands as a whole
}

// says reports whether two versions say the same.
func (w whole) says(other whole) bool {
	return w.spelled() == other.spelled()
}

// same reports whether two versions are one, signatures included.
func (w whole) same(other whole) bool {
	return w.own == other.own && w.edited == other.edited && w.says(other)
}

func (w whole) among(all []whole) bool { return slices.ContainsFunc(all, w.same) }

// compare puts the earlier version first.
func (w whole) compare(other whole) int {
	return cmp.Or(w.own.compare(other.own), w.edited.compare(other.edited), cmp.Compare(w.spelled(), other.spelled()))
}

// spelled writes the fields so that different ones differ, but for when a report was submitted: that is of all
// versions.
func (w whole) spelled() string {
	var b strings.Builder
	for _, field := range slices.Sorted(maps.Keys(w.fields)) {
		if field != submittedKey {
			b.WriteString(field + fieldSeparator + w.fields[field].value + fieldSeparator)
		}
	}
	return b.String()
}

// wholes reads the versions of a subject, the one that stands above first.
func (s subject) wholes(source string) (all []whole, ok bool) {
	document, problem := edit.Parse([]byte(source))
	if problem != nil {
		return nil, false
	}
	node := document.Find(s.path...)
	if node == nil {
		return nil, true
	}
	above, ok := s.wholeIn(source, node, whole{})
	all = append(all, above)
	for i := 0; ok && i < node.Child(OtherKey).Len(); i++ {
		var other whole
		other, ok = s.wholeIn(source, node.Child(OtherKey).Elem(i), above)
		all = append(all, other)
	}
	return all, ok
}

// wholeIn reads a version that has what a table does not say from the one above it.
func (s subject) wholeIn(source string, table *edit.Node, above whole) (w whole, ok bool) {
	written, apart := map[string]candidate{}, false
	w.own, w.edited, apart = signatures(source, table)
	w.stays, _ = table.Child(WholeKey).Value().(bool)
	if !s.readFields(source, table, w.own, w.edited, written) {
		return w, false
	}
	without := textsOf(table.Child(WithoutKey))
	_, decided := written[statusKey]
	if s.signedApart(statusKey) && above.fields != nil {
		if decided && !apart && len(written)+len(without) == 1 {
			w.edited = above.edited // it says nothing of what people have edited
		}
		if !decided && !slices.Contains(without, statusKey) {
			w.own = above.own
		}
	}
	if w.fields = maps.Clone(above.fields); w.fields == nil {
		w.fields = map[string]candidate{}
	}
	maps.Copy(w.fields, written)
	for _, field := range without {
		delete(w.fields, fieldOf(field))
	}
	for i := range table.Child(EditedKey).Len() {
		sign, _, _ := signatures(source, table.Child(EditedKey).Elem(i))
		for _, field := range textsOf(table.Child(EditedKey).Elem(i).Child(EditedKeys)) {
			if one, is := w.fields[fieldOf(field)]; is {
				one.sign, one.listed = sign, true
				w.fields[fieldOf(field)] = one
			}
		}
	}
	return w, true
}

// joinWholes joins two sides version by version where there was a dispute, or one side has versions that stand as a
// whole: each stays as somebody has left it, but for those that one side has taken away. Field by field it would come
// to versions that nobody wrote. It does not apply elsewhere.
func (s subject) joinWholes(text string, d decision, unseen bool) (joined string, applies, ok bool) {
	var sides [3][]whole
	asWhole := false
	for side, e := range [...]*entry{d.base, d.ours, d.theirs} {
		if e == nil {
			continue
		}
		if sides[side], ok = s.wholes(e.body); !ok {
			return "", true, false
		}
		asWhole = asWhole || slices.ContainsFunc(sides[side], func(one whole) bool { return one.stays })
	}
	base, ours, theirs := sides[Base], sides[Ours], sides[Theirs]
	if len(base) < 2 && !asWhole || len(ours) == 0 || len(theirs) == 0 {
		return "", false, false
	}
	either := slices.SortedFunc(slices.Values(slices.Concat(ours, theirs)), whole.compare)
	kept := slices.DeleteFunc(slices.Clone(either), func(one whole) bool {
		return one.among(base) && !(one.among(ours) && one.among(theirs))
	})
	// The Office has not accepted what the other side has changed.
	withheld := unseen && len(kept) > 0 && len(unlike(kept)) == 1 && kept[0].fields[statusKey].value == acceptedValue
	if len(kept) == 0 || withheld {
		kept = append(kept, either...) // who has said the same anew counts
	}
	kept = slices.SortedFunc(slices.Values(unlike(kept)), whole.compare)
	if s.kind == reportName {
		kept[0].fields = maps.Clone(kept[0].fields)
		kept[0].fields[submittedKey] = s.submission(base, ours, theirs)
	}
	joined, ok = s.writeWholes(text, kept)
	again, read := s.wholes(joined)
	return joined, true, ok && read && slices.EqualFunc(again, kept, whole.says)
}

// submission joins when a report was submitted, which stands above.
func (s subject) submission(sides ...[]whole) candidate {
	var all [3][]candidate
	for side, versions := range sides {
		all[side] = []candidate{{}}
		if len(versions) > 0 {
			all[side][0] = versions[0].fields[submittedKey]
		}
	}
	return s.joinField(submittedKey, all[Base], all[Ours], all[Theirs])[0]
}

// unlike leaves out what says the same as an earlier version.
func unlike(all []whole) (kept []whole) {
	for _, one := range all {
		if !slices.ContainsFunc(kept, one.says) {
			kept = append(kept, one)
		}
	}
	return kept
}

// writeWholes puts versions into a text, the first one above.
func (s subject) writeWholes(text string, all []whole) (string, bool) {
	above := &recordVersion{fields: map[string][]candidate{}, own: all[0].own, edited: all[0].edited}
	above.apart = above.edited != above.own
	for field, one := range all[0].fields {
		above.fields[field] = []candidate{one}
	}
	text, ok := s.write(text, above, above)
	if !ok {
		return "", false
	}
	var operations []edit.Operation
	for _, one := range all[1:] {
		operations = append(operations, edit.AppendTable(append(slices.Clone(s.path), OtherKey), s.beside(all[0], one)...))
	}
	out, err := edit.Apply([]byte(text), operations...)
	return string(out), err == nil
}

// beside are the keys of a version that stands beside another one.
func (s subject) beside(above, one whole) []edit.KeyValue {
	t := &otherTable{}
	own, apart := one.own, false
	if s.signedApart(statusKey) {
		if apart = one.own != above.own || one.fields[statusKey].value != above.fields[statusKey].value; apart {
			t.put(statusKey, one.fields[statusKey])
		} else {
			own = one.edited
		}
	}
	t.keys = append(t.keys, keysOf(own, byKey, atKey)...)
	if apart && (one.edited != own || one.edited != above.edited) {
		t.keys = append(t.keys, keysOf(one.edited, editedByKey, editedAtKey)...)
	}
	both := &recordVersion{fields: map[string][]candidate{}}
	for _, fields := range []map[string]candidate{above.fields, one.fields} {
		for field := range fields {
			both.fields[field] = nil
		}
	}
	for _, field := range both.fieldNames() {
		if field != submittedKey && !s.signedApart(field) {
			if is := one.fields[field]; is.value != above.fields[field].value {
				t.put(field, is)
			}
		}
	}
	if len(t.without) > 0 {
		t.keys = append(t.keys, edit.KeyValue{Key: WithoutKey, Value: t.without})
	}
	return append(t.keys, edit.KeyValue{Key: WholeKey, Value: true})
}
