package merge

import (
	"maps"
	"slices"
	"strings"

	"example.org/tiendo/model/edit"
)

// write puts a version into a text that holds another one.
func (s subject) write(text string, base, v *recordVersion) (string, bool) {
	w := &recordWriter{subject: s}
	now, node, ok := s.readVersion(text)
	if !ok {
		return "", false
	}
	for _, key := range []string{EditedKey, OtherKey} {
		for i := node.Child(key).Len() - 1; i >= 0; i-- {
			w.delete(key, i)
		}
	}
	for _, field := range slices.Sorted(maps.Keys(now.fields)) {
		if _, stays := v.fields[field]; !stays && now.fields[field][0].value != "" {
			w.delete(keysTo(field)...)
		}
	}
	own, edited, exceptions := s.sign(base, v)
	for _, field := range v.fieldNames() {
		one, was := v.fields[field][0], now.of(s, field)[0]
		switch one.value {
		case was.value:
		case "":
			w.delete(keysTo(field)...)
		default:
			w.operations = append(w.operations, edit.Set(w.path(keysTo(field)...), edit.Raw(one.text)))
		}
		if field == statusKey && s.kind == "activity" {
			w.signed(node, own, edited)
		}
	}
	if _, is := v.fields[statusKey]; !is || s.kind != "activity" {
		w.signed(node, own, edited)
	}
	for _, sign := range slices.SortedFunc(maps.Keys(exceptions), signature.compare) {
		w.table(EditedKey, append(keysOf(sign, byKey, atKey), edit.KeyValue{Key: EditedKeys, Value: exceptions[sign]}))
	}
	for _, other := range s.others(v) {
		w.table(OtherKey, other)
	}
	out, err := edit.Apply([]byte(text), w.operations...)
	return string(out), err == nil
}

// keysTo is where a field stands below its subject.
func keysTo(field string) (keys []any) {
	for key := range strings.SplitSeq(field, fieldSeparator) {
		keys = append(keys, key)
	}
	return keys
}

// sign says who signs a joined subject: whoever set the status, and whoever changed something else last. What others
// have written is among the exceptions. Without edited_by the second signature is none.
func (s subject) sign(base, v *recordVersion) (own, edited signature, exceptions map[signature][]string) {
	own, exceptions = v.own, map[signature][]string{}
	if v.apart {
		edited = v.edited
	}
	var last signature
	var told []string // whose author must stand there
	changed := false
	for _, field := range v.fieldNames() {
		one := v.fields[field][0]
		switch moved := !s.unchanged(field, base.of(s, field), v.fields[field]); {
		case s.signedApart(field):
			own = one.sign
		case field == submittedKey:
		case moved:
			changed, told = true, append(told, field)
			last = later(last, one.sign)
		case one.listed, len(v.fields[field]) > 1:
			told = append(told, field)
		}
	}
	switch {
	case !changed:
		if last = own; s.kind == "activity" && edited != (signature{}) {
			last = edited
		}
	case s.kind != "activity":
		own, edited = last, signature{}
	case last == own:
		edited = signature{}
	default:
		edited = last
	}
	for _, field := range told {
		if sign := v.fields[field][0].sign; sign != last {
			exceptions[sign] = append(exceptions[sign], nameOf(field))
		}
	}
	return own, edited, exceptions
}

// others are the tables of what does not stand above, one for each signature.
func (s subject) others(v *recordVersion) (tables [][]edit.KeyValue) {
	left := map[string][]candidate{}
	for _, field := range v.disputed() {
		left[field] = slices.SortedFunc(slices.Values(v.fields[field][1:]), candidate.compare)
	}
	for len(left) > 0 {
		tables = append(tables, s.other(v, left))
	}
	return tables
}

// other takes what one person wrote at a time out of what is left: the earliest.
func (s subject) other(v *recordVersion, left map[string][]candidate) []edit.KeyValue {
	by := earliest(left).sign.by
	if status := left[statusKey]; len(status) > 0 { // before what may stand beside one
		by = status[0].sign.by
	}
	var own signature
	t := &otherTable{left: left}
	if s.kind == "activity" {
		if status, is := t.take(statusKey, func(one candidate) bool { return one.sign.by == by }); is {
			own = status.sign
			t.put(statusKey, status)
		}
	}
	var edited signature // of the rest, that of the last edit
	for field, all := range left {
		for _, one := range all {
			if !s.signedApart(field) && one.sign.by == by {
				edited = later(edited, one.sign)
			}
		}
	}
	hasStatus := own != (signature{}) || len(t.keys) > 0
	switch {
	case hasStatus && edited == (signature{}):
		edited = s.freeEdit(v, left)
	case !hasStatus:
		if own = edited; own == (signature{}) {
			own = earliest(left).sign
			edited = own
		}
	}
	t.keys = append(t.keys, keysOf(own, byKey, atKey)...)
	signed := len(t.keys)
	for _, field := range v.fieldNames() {
		if s.signedApart(field) {
			continue
		}
		if one, is := t.take(field, func(one candidate) bool { return one.sign == edited }); is {
			t.put(field, one)
		}
	}
	if hasStatus && edited != own && (len(t.keys) > signed || len(t.without) > 0) {
		t.keys = slices.Insert(t.keys, signed, keysOf(edited, editedByKey, editedAtKey)...)
	}
	if len(t.without) > 0 {
		t.keys = append(t.keys, edit.KeyValue{Key: WithoutKey, Value: t.without})
	}
	return t.keys
}

// freeEdit is the first of what is left that somebody wrote who has set no status: it stands beside one whose author
// has written nothing else.
func (s subject) freeEdit(v *recordVersion, left map[string][]candidate) (sign signature) {
	var free []candidate
	sets := func(by string) bool {
		return slices.ContainsFunc(v.fields[statusKey], func(status candidate) bool { return status.sign.by == by })
	}
	for field, all := range left {
		for _, one := range all {
			if !s.signedApart(field) && !sets(one.sign.by) {
				free = append(free, one)
			}
		}
	}
	if len(free) == 0 {
		return sign
	}
	return slices.MinFunc(free, candidate.compare).sign
}

// earliest is the version of any field that was written first.
func earliest(left map[string][]candidate) candidate {
	var all []candidate
	for _, field := range slices.Sorted(maps.Keys(left)) {
		all = append(all, left[field][0])
	}
	return slices.MinFunc(all, candidate.compare)
}

// otherTable is a table of what somebody else has written, taken out of what is left.
type otherTable struct {
	left    map[string][]candidate
	keys    []edit.KeyValue
	without []string
}

// take takes the first version of a field that fits.
func (t *otherTable) take(field string, fits func(candidate) bool) (taken candidate, is bool) {
	i := slices.IndexFunc(t.left[field], fits)
	if i < 0 {
		return taken, false
	}
	taken = t.left[field][i]
	if t.left[field] = slices.Delete(t.left[field], i, i+1); len(t.left[field]) == 0 {
		delete(t.left, field)
	}
	return taken, true
}

// put adds a field; what stands in a table of its own becomes a key of an inline one.
func (t *otherTable) put(field string, one candidate) {
	if one.value == "" {
		t.without = append(t.without, nameOf(field))
		return
	}
	t.keys = putBelow(t.keys, field, edit.Raw(one.text))
}

// putBelow appends a value; what stands below the table that the last one stands below goes there.
func putBelow(keys []edit.KeyValue, field string, value edit.Raw) []edit.KeyValue {
	table, rest, below := strings.Cut(field, fieldSeparator)
	if !below {
		return append(keys, edit.KeyValue{Key: field, Value: value})
	}
	if last := len(keys) - 1; last >= 0 && keys[last].Key == table {
		if inside, is := keys[last].Value.([]edit.KeyValue); is {
			keys[last].Value = putBelow(inside, rest, value)
			return keys
		}
	}
	return append(keys, edit.KeyValue{Key: table, Value: putBelow(nil, rest, value)})
}

// keysOf writes a signature.
func keysOf(sign signature, by, at string) (keys []edit.KeyValue) {
	if sign.by != "" {
		keys = append(keys, edit.KeyValue{Key: by, Value: sign.by})
	}
	if sign.atText != "" {
		keys = append(keys, edit.KeyValue{Key: at, Value: edit.Raw(sign.atText)})
	}
	return keys
}

// recordWriter collects the edits of a subject.
type recordWriter struct {
	subject
	operations []edit.Operation
}

func (w *recordWriter) path(keys ...any) edit.Path {
	return append(slices.Clone(w.subject.path), keys...)
}

func (w *recordWriter) delete(keys ...any) {
	w.operations = append(w.operations, edit.Delete(w.path(keys...)))
}

// text sets a key to what stands in a file; "" takes it away, if it is there.
func (w *recordWriter) text(node *edit.Node, key, text string) {
	switch {
	case text != "":
		w.operations = append(w.operations, edit.Set(w.path(key), edit.Raw(text)))
	case node.Child(key) != nil:
		w.delete(key)
	}
}

// signed sets both signatures.
func (w *recordWriter) signed(node *edit.Node, own, edited signature) {
	w.text(node, byKey, own.byText())
	w.text(node, atKey, own.atText)
	w.text(node, editedByKey, edited.byText())
	w.text(node, editedAtKey, edited.atText)
}

func (w *recordWriter) table(key string, keys []edit.KeyValue) {
	w.operations = append(w.operations, edit.AppendTable(w.path(key), keys...))
}
