package merge

import (
	"slices"
	"strings"
	"time"

	"example.org/tiendo/model/edit"
)

// readVersion reads a subject, which stands at a node; nil where it does not stand there. It is not ok when something
// stands there that has no fields.
func (s subject) readVersion(source string) (v *recordVersion, node *edit.Node, ok bool) {
	document, problem := edit.Parse([]byte(source))
	if problem != nil {
		return nil, nil, false
	}
	node = document.Find(s.path...)
	v = &recordVersion{fields: map[string][]candidate{}, missing: map[string]signature{}}
	if node == nil {
		return v, nil, true
	}
	v.own, v.edited, v.apart = signatures(source, node)
	main := map[string]candidate{}
	if !s.readFields(source, node, v.own, v.edited, main) {
		return nil, nil, false
	}
	for i := range node.Child(EditedKey).Len() {
		table := node.Child(EditedKey).Elem(i)
		sign, _, _ := signatures(source, table)
		for _, field := range textsOf(table.Child(EditedKeys)) {
			field = fieldOf(field)
			if one, is := main[field]; is {
				one.sign, one.listed = sign, true
				main[field] = one
			} else {
				v.missing[field] = sign
			}
		}
	}
	for field, one := range main {
		v.fields[field] = []candidate{one}
	}
	for i := range node.Child(OtherKey).Len() {
		table, other := node.Child(OtherKey).Elem(i), map[string]candidate{}
		own, edited, _ := signatures(source, table)
		if !s.readFields(source, table, own, edited, other) {
			return nil, nil, false
		}
		for _, field := range textsOf(table.Child(WithoutKey)) {
			other[fieldOf(field)] = candidate{sign: edited}
		}
		for field, one := range other {
			v.fields[field] = append(v.of(s, field), one)
		}
	}
	return v, node, true
}

// fieldOf is a field by its name in a list of names, and nameOf the name of a field there.
func fieldOf(name string) string { return strings.ReplaceAll(name, ".", fieldSeparator) }
func nameOf(field string) string { return strings.ReplaceAll(field, fieldSeparator, ".") }

// signatures reads by, at and edited_by, edited_at.
func signatures(source string, node *edit.Node) (own, edited signature, apart bool) {
	sign := func(by, at string) (signature, bool) {
		var s signature
		name, is := node.Child(by).Value().(string)
		if is {
			s.by = name
		}
		if at := node.Child(at); at != nil {
			is = true
			when, _ := at.Value().(time.Time)
			s.at = when.UTC()
			s.atText = source[at.Offset():at.End()]
		}
		return s, is
	}
	own, _ = sign(byKey, atKey)
	if edited, apart = sign(editedByKey, editedAtKey); !apart {
		edited = own
	}
	return own, edited, apart
}

// textsOf are the values of a list of texts.
func textsOf(list *edit.Node) (all []string) {
	for i := range list.Len() {
		if value, is := list.Elem(i).Value().(string); is {
			all = append(all, value)
		}
	}
	return all
}

// readFields reads what people fill in.
func (s subject) readFields(source string, node *edit.Node, own, edited signature, into map[string]candidate) bool {
	for _, key := range node.Keys() {
		child := node.Child(key)
		switch {
		case slices.Contains([]string{byKey, atKey, editedByKey, editedAtKey, WithoutKey, WholeKey}, key):
			continue
		case key == OtherKey, key == EditedKey:
			if child.Kind() != edit.TableArray && child.Kind() != edit.Array {
				return false
			}
			continue
		case child.Kind() == edit.TableArray:
			return false
		}
		sign := edited
		if s.signedApart(key) {
			sign = own
		}
		if !readField(source, child, key, 0, sign, into) {
			return false
		}
	}
	return true
}

// readField reads a field, or those of a table: figures, and below them the figures of a period.
func readField(source string, node *edit.Node, field string, depth int, sign signature,
	into map[string]candidate) bool {
	const deepest = 2
	inline := node.Kind() == edit.InlineTable
	if node.Kind() != edit.Table && !inline || inline && depth == deepest {
		into[field] = newCandidate(source, node, sign)
		return node.Kind() != edit.TableArray
	}
	for _, below := range node.Keys() {
		if depth == deepest || strings.ContainsAny(below, `."'`+fieldSeparator) ||
			!readField(source, node.Child(below), field+fieldSeparator+below, depth+1, sign, into) {
			return false
		}
	}
	return true
}

func newCandidate(source string, node *edit.Node, sign signature) candidate {
	one := candidate{value: strings.Join(leaves(node, "", nil), "\n"), text: source[node.Offset():node.End()], sign: sign}
	if one.items = textsOf(node); node.Kind() == edit.Array && len(one.items) == node.Len() {
		one.isList = true
	}
	return one
}
