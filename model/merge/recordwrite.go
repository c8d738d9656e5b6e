package merge

import (
	"maps"
	"slices"
	"strings"

	"example.org/tiendo/model/edit"
)

// joinEntries joins every entry of a record that both sides have changed differently.
func (m *merger) joinEntries(decided map[class]decision) {
	for c, d := range decided {
		if !d.conflict {
			continue
		}
		joined, ok := m.joinEntry(c, d)
		if !ok {
			joined = m.beside(d)
		}
		d.conflict, d.pick = false, joined
		decided[c] = d
	}
}

// beside keeps one version of what has no fields, and the other one above it in comments.
func (m *merger) beside(d decision) *entry {
	kept, other := d.ours, d.theirs
	if smaller(kept, other) != kept {
		kept, other = other, kept
	}
	both := *kept
	both.body, both.leaves, both.written = "", nil, true
	for line := range strings.Lines(other.body) {
		both.body += "# " + line
	}
	both.body += kept.body
	return &both
}

// joinEntry joins what two sides have made of an entry of a record. It is not ok when the entry is none that has fields,
// or its lines hold something else too.
func (m *merger) joinEntry(c class, d decision) (joined *entry, ok bool) {
	if d.ours == nil || d.theirs == nil { // what one side has taken away and the other has changed stays
		joined = d.ours
		if joined == nil {
			joined = d.theirs
		}
		return joined, joined != nil
	}
	var subjects []subject
	for k := range m.classes.parent {
		if m.classes.of(k) != c || strings.HasPrefix(strings.TrimLeft(k.name, " \t"), "#") {
			continue
		}
		s, is := subjectOf(k.name)
		if !is {
			return nil, false
		}
		subjects = append(subjects, s)
	}
	if len(subjects) == 1 {
		if body, is := subjects[0].settledTwice(d); is {
			settled := *d.ours
			comments := append(edit.Comments(d.ours.body), edit.Comments(d.theirs.body)...)
			slices.Sort(comments) // whichever side is ours
			settled.body, settled.leaves, settled.written = m.withComments(body, slices.Compact(comments), nil), nil, true
			return &settled, true
		}
	}
	slices.SortFunc(subjects, func(a, b subject) int { return strings.Compare(header(a.path), header(b.path)) })
	body := m.donor(d, subjects)
	for _, s := range subjects {
		if body, ok = s.joinIn(body, d, d.unseen && s.kind == reportName); !ok {
			return nil, false
		}
	}
	written := *d.ours
	written.body, written.leaves, written.written = body, nil, true
	return &written, true
}

// donor is the text that the joined entry is written into: that of the base, unless one side has changed the comments.
// What the other one says in comments is put above.
func (m *merger) donor(d decision, subjects []subject) string {
	var was []string
	text := ""
	if d.base != nil {
		was, text = edit.Comments(d.base.body), d.base.body
	} else {
		var headers strings.Builder
		for _, s := range subjects {
			headers.WriteString(header(s.path) + m.lineEnd)
		}
		text = headers.String()
	}
	our, their := edit.Comments(d.ours.body), edit.Comments(d.theirs.body)
	var more []string
	switch {
	case slices.Equal(our, their):
		if !slices.Equal(our, was) {
			text = smaller(d.ours, d.theirs).body
		}
	case slices.Equal(our, was):
		text = d.theirs.body
	case slices.Equal(their, was):
		text = d.ours.body
	default:
		text, more = d.ours.body, their
		if smaller(d.ours, d.theirs) != d.ours {
			text, more = d.theirs.body, our
		}
	}
	return m.withComments(text, more, was)
}

// withComments puts comments above a text that does not hold them, but for those that were taken out of it.
func (m *merger) withComments(text string, comments, was []string) string {
	has := edit.Comments(text)
	for _, comment := range slices.Backward(comments) {
		if !slices.Contains(has, comment) && !slices.Contains(was, comment) {
			text = strings.TrimSpace(comment) + m.lineEnd + text
		}
	}
	return text
}

func header(path edit.Path) string {
	name := ""
	for _, key := range path {
		name = joined(name, key.(string)) //nolint:forcetypeassert // a subject's path holds names only
	}
	return "[" + name + "]"
}

// joinIn writes the joined subject into a text.
func (s subject) joinIn(text string, d decision, unseen bool) (string, bool) {
	var versions [3]*recordVersion
	for side, e := range [...]*entry{d.base, d.ours, d.theirs} {
		versions[side] = &recordVersion{}
		if e == nil {
			continue
		}
		document, problem := edit.Parse([]byte(e.body))
		if problem != nil {
			return "", false
		}
		var ok bool
		if versions[side], ok = s.readVersion(e.body, document); !ok {
			return "", false
		}
	}
	joined := s.joinRecord(versions[Base], versions[Ours], versions[Theirs], unseen)
	joined.arrange()
	out, ok := s.write(text, versions[Base], joined)
	if !ok {
		return "", false
	}
	document, problem := edit.Parse([]byte(out))
	if problem != nil {
		return "", false
	}
	again, ok := s.readVersion(out, document)
	return out, ok && s.holds(again, versions[Base], joined)
}

// holds reports whether a text that was written holds every version of every field.
func (s subject) holds(again, base, want *recordVersion) bool {
	for field := range want.fields {
		wanted, got := want.of(s, field), again.of(s, field)
		if len(wanted) != len(got) || wanted[0].value != got[0].value || !s.unchanged(field, wanted, got) {
			return false
		}
		for _, one := range wanted {
			if field == submittedKey || s.unchanged(field, base.of(s, field), wanted) {
				continue
			}
			if !slices.ContainsFunc(got, func(other candidate) bool {
				return one.value == other.value && one.sign.by == other.sign.by && one.sign.at.Equal(other.sign.at)
			}) {
				return false
			}
		}
	}
	return true
}

// write puts a version into a text that holds another one.
func (s subject) write(text string, base, v *recordVersion) (string, bool) {
	w := &recordWriter{subject: s}
	document, problem := edit.Parse([]byte(text))
	if problem != nil {
		return "", false
	}
	now, ok := s.readVersion(text, document)
	if !ok {
		return "", false
	}
	node := document.Find(s.path...)
	for _, key := range []string{EditedKey, OtherKey} {
		for i := node.Child(key).Len() - 1; i >= 0; i-- {
			w.delete(key, i)
		}
	}
	names := slices.Collect(maps.Keys(now.fields))
	slices.Sort(names)
	for _, field := range names {
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
	if !hasStatus {
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
	table, key, below := strings.Cut(field, fieldSeparator)
	value := edit.Raw(one.text)
	last := len(t.keys) - 1
	switch {
	case one.value == "":
		t.without = append(t.without, nameOf(field))
	case !below:
		t.keys = append(t.keys, edit.KeyValue{Key: field, Value: value})
	case last >= 0 && t.keys[last].Key == table:
		inside, _ := t.keys[last].Value.([]edit.KeyValue)
		inside = append(inside, edit.KeyValue{Key: key, Value: value})
		t.keys[last].Value = inside
	default:
		t.keys = append(t.keys, edit.KeyValue{Key: table, Value: []edit.KeyValue{{Key: key, Value: value}}})
	}
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
