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
	table       string // the lines of its table; "" for the one that stands above
}

// says reports whether two versions say the same.
func (w whole) says(other whole) bool {
	return maps.EqualFunc(w.fields, other.fields, func(a, b candidate) bool { return a.value == b.value })
}

// same reports whether two versions are one, signatures included.
func (w whole) same(other whole) bool {
	return w.own == other.own && w.edited == other.edited && w.says(other)
}

func (w whole) among(all []whole) bool { return slices.ContainsFunc(all, w.same) }

// compare puts the earlier version first.
func (w whole) compare(other whole) int {
	spelled := func(w whole) string {
		var b strings.Builder
		for _, field := range slices.Sorted(maps.Keys(w.fields)) {
			b.WriteString(field + fieldSeparator + w.fields[field].value + fieldSeparator)
		}
		return b.String()
	}
	return cmp.Or(w.own.compare(other.own), w.edited.compare(other.edited), cmp.Compare(spelled(w), spelled(other)))
}

// wholes reads the versions of a subject, the one that stands above first.
func (s subject) wholes(source string) (all []whole, ok bool) {
	document, problem := edit.Parse([]byte(source))
	node := document.Find(s.path...)
	if problem != nil || node == nil {
		return nil, problem == nil
	}
	above := whole{fields: map[string]candidate{}}
	above.own, above.edited, _ = signatures(source, node)
	if !s.readFields(source, node, above.own, above.edited, above.fields) {
		return nil, false
	}
	all = append(all, above)
	for i := range node.Child(OtherKey).Len() {
		table := node.Child(OtherKey).Elem(i)
		other := whole{fields: maps.Clone(above.fields), table: spelledTable(table)}
		other.own, other.edited, _ = signatures(source, table)
		if !s.readFields(source, table, other.own, other.edited, other.fields) {
			return nil, false
		}
		if s.signedApart(statusKey) && table.Child(statusKey) == nil {
			other.own = above.own
		}
		for _, field := range textsOf(table.Child(WithoutKey)) {
			delete(other.fields, fieldOf(field))
		}
		all = append(all, other)
	}
	return all, true
}

// spelledTable spells what a table holds as leaves does.
func spelledTable(table *edit.Node) string {
	var all []string
	for _, key := range table.Keys() {
		all = leaves(table.Child(key), joined("", key), all)
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}

// settledTwice joins two sides that have both settled a dispute, version by version: each has taken some away and signed
// what it keeps. Field by field it would come to versions that nobody wrote.
func (s subject) settledTwice(d decision) (joined string, is bool) {
	if d.base == nil {
		return "", false
	}
	var sides [3][]whole
	for side, e := range [...]*entry{d.base, d.ours, d.theirs} {
		var ok bool
		if sides[side], ok = s.wholes(e.body); !ok {
			return "", false
		}
	}
	base, ours, theirs := sides[Base], sides[Ours], sides[Theirs]
	settled := func(side []whole) bool {
		return len(side) > 0 && slices.ContainsFunc(base, func(one whole) bool {
			return !slices.ContainsFunc(side, func(other whole) bool { return other.table == one.table })
		})
	}
	if !settled(ours) || !settled(theirs) {
		return "", false
	}
	text, above := d.ours.body, ours[0]
	if order := cmp.Or(theirs[0].compare(above), cmp.Compare(d.theirs.body, text)); order < 0 {
		text, above = d.theirs.body, theirs[0]
	}
	all := []whole{above}
	for _, one := range slices.SortedFunc(slices.Values(slices.Concat(ours, theirs)), whole.compare) {
		gone := one.among(base) && !(one.among(ours) && one.among(theirs))
		if !gone && !slices.ContainsFunc(all, one.says) {
			all = append(all, one)
		}
	}
	out, ok := s.writeWholes(text, all)
	again, read := s.wholes(out)
	return out, ok && read && slices.EqualFunc(again, all, whole.says)
}

// writeWholes puts versions beside the one that stands above in a text.
func (s subject) writeWholes(text string, all []whole) (string, bool) {
	document, problem := edit.Parse([]byte(text))
	if problem != nil {
		return "", false
	}
	var operations []edit.Operation
	for i := document.Find(s.path...).Child(OtherKey).Len() - 1; i >= 0; i-- {
		operations = append(operations, edit.Delete(append(slices.Clone(s.path), OtherKey, i)))
	}
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
	if apart && one.edited != own {
		t.keys = append(t.keys, keysOf(one.edited, editedByKey, editedAtKey)...)
	}
	both := &recordVersion{fields: map[string][]candidate{}}
	for _, fields := range []map[string]candidate{above.fields, one.fields} {
		for field := range fields {
			both.fields[field] = nil
		}
	}
	for _, field := range both.fieldNames() {
		if field != statusKey || !s.signedApart(field) {
			if is := one.fields[field]; is.value != above.fields[field].value {
				t.put(field, is)
			}
		}
	}
	if len(t.without) > 0 {
		t.keys = append(t.keys, edit.KeyValue{Key: WithoutKey, Value: t.without})
	}
	return t.keys
}
