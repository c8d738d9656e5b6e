package part

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/edit"
)

// Of is what a plan says of a part; nil where there is none. The source must be one that edit.Parse reads.
func Of(src []byte, subject model.Subject) model.Part {
	part := Whole(src, subject)
	delete(part, model.Place)
	return part
}

// Whole is the same with its place and its source, as what moves it or takes it out must have seen them.
func Whole(src []byte, subject model.Subject) model.Part {
	document, _ := edit.Parse(src)
	at, there := find(document, subject)
	if !there {
		return nil
	}
	part := partAt(document, src, at)
	if i, is := at[len(at)-1].(int); is {
		before := ""
		if kind, _ := Split(subject); i > 0 {
			before = idOf(kindNamed(kind), document.Find(at[:len(at)-1]...), i-1)
		}
		part[model.Place] = model.PartValue{TOML: edit.Element(document, at), Value: before}
	}
	return part
}

// Beside is another part of the same kind, of the same activity if it is an indicator.
func Beside(subject model.Subject, id string) model.Subject {
	return model.Subject{Kind: subject.Kind, ID: subject.ID[:strings.LastIndex(subject.ID, "/")+1] + id}
}

// find is where a part stands. Where it does not, it is where others of its kind do.
func find(document *edit.Document, subject model.Subject) (at edit.Path, there bool) {
	name, id := Split(subject)
	known := kindNamed(name)
	if known == nil {
		return nil, false
	}
	if name == "indicator" {
		activity, indicator, _ := strings.Cut(id, "/")
		above, is := find(document, Subject("activity", activity))
		if !is {
			return nil, false
		}
		at, id = above, indicator
	}
	for _, key := range known.path {
		at = append(at, key)
	}
	if known.once {
		return at, document.Find(at...) != nil
	}
	list := document.Find(at...)
	for i := range list.Len() {
		if idOf(known, list, i) == id {
			return append(at, i), true
		}
	}
	return at, false
}

// idOf is the id of an element, or its number.
func idOf(of *kind, list *edit.Node, i int) string {
	if of.number {
		return strconv.Itoa(i + 1)
	}
	id, _ := list.Elem(i).Child("id").Value().(string)
	return id
}

// partAt is what a table says, without the tables below it.
func partAt(document *edit.Document, src []byte, at edit.Path) model.Part {
	part, table := model.Part{}, document.Find(at...)
	for _, key := range table.Keys() {
		switch value := table.Child(key); value.Kind() {
		case edit.Table, edit.TableArray:
		default:
			part[key] = model.PartValue{TOML: string(src[value.Offset():value.End()]), Value: value.Value()}
		}
	}
	return part
}

// named is a part with the id of its subject; what no subject names is under its path.
type named struct {
	id   string
	part model.Part
}

// all are all parts of a plan in the order of the file.
func all(src []byte) []named {
	document, _ := edit.Parse(src)
	var parts []named
	var walk func(at edit.Path, name string)
	walk = func(at edit.Path, name string) {
		node := document.Find(at...)
		if node.Kind() == edit.TableArray {
			for i := range node.Len() {
				id, _ := node.Elem(i).Child("id").Value().(string)
				if name == "recipient" {
					id = strconv.Itoa(i + 1)
				}
				walk(append(slices.Clone(at), i), name+"/"+id)
			}
			return
		}
		parts = append(parts, named{name, partAt(document, src, at)})
		for _, key := range node.Keys() {
			if kind := node.Child(key).Kind(); kind == edit.Table || kind == edit.TableArray {
				walk(append(slices.Clone(at), key), below(name, key))
			}
		}
	}
	walk(nil, "")
	return parts
}

// below is how what stands under a key of a part is called.
func below(name, key string) string {
	if activity, is := strings.CutPrefix(name, "activity/"); is && key == "indicator" {
		return key + "/" + activity
	}
	for i := range kinds {
		if path := kinds[i].path; len(path) == 2 && path[0] == name && path[1] == key {
			return kinds[i].name
		}
	}
	return strings.TrimPrefix(name+"/"+key, "/")
}

// byID are parts by their ids.
func byID(parts []named) map[string]model.Part {
	found := make(map[string]model.Part, len(parts))
	for _, one := range parts {
		found[one.id] = one.part
	}
	return found
}

// Operations make a plan say a value of a part.
func Operations(src []byte, subject model.Subject, value model.Part) []edit.Operation {
	document, _ := edit.Parse(src)
	at, there := find(document, subject)
	name, _ := Split(subject)
	known := kindNamed(name)
	switch {
	case known == nil || at == nil || !there && value == nil:
		return nil
	case known.once:
		return setKeys(at, known, partAt(document, src, at), value)
	case !there:
		return added(document, at, known, value)
	case value == nil:
		return dropped(src, document, at)
	}
	return append(setKeys(at, known, partAt(document, src, at), value), moved(document, at, known, value)...)
}

// At is where a part stands in a plan; nil where it does not.
func At(src []byte, subject model.Subject) edit.Path {
	document, _ := edit.Parse(src)
	at, there := find(document, subject)
	if !there {
		return nil
	}
	return at
}

// added are the edits for a new part: with the source that it had, if it had one, else with its keys.
func added(document *edit.Document, at edit.Path, of *kind, value model.Part) []edit.Operation {
	list := document.Find(at...)
	n, to, place := list.Len(), list.Len(), value[model.Place]
	if before, is := place.Value.(string); is {
		to = after(list, of, before, n)
	}
	if place.TOML != "" {
		return []edit.Operation{edit.PutBack(append(slices.Clone(at), to), place.TOML)}
	}
	var keys []edit.KeyValue
	for _, key := range inOrder(of, value) {
		keys = append(keys, edit.KeyValue{Key: key, Value: edit.Raw(value[key].TOML)})
	}
	operations := []edit.Operation{edit.AppendTable(at, keys...)}
	if to < n {
		operations = append(operations, edit.Move(append(slices.Clone(at), n), to))
	}
	return operations
}

// after is the place right after an element, or otherwise where there is none of that id; "" is before all.
func after(list *edit.Node, of *kind, id string, otherwise int) int {
	if id == "" {
		return 0
	}
	for i := range list.Len() {
		if idOf(of, list, i) == id {
			return i + 1
		}
	}
	return otherwise
}

// moved are the edits that bring a part to its place among the others, if the value names another one.
func moved(document *edit.Document, at edit.Path, of *kind, value model.Part) []edit.Operation {
	before, is := value[model.Place].Value.(string)
	from, isElement := at[len(at)-1].(int)
	if !is || !isElement {
		return nil
	}
	to := after(document.Find(at[:len(at)-1]...), of, before, from)
	if to > from {
		to-- // counted without itself
	}
	if to == from {
		return nil
	}
	return []edit.Operation{edit.Move(at, to)}
}

// dropped are the edits that take a part away. The first of several leaves the comment to the others that speaks of all
// of them.
func dropped(src []byte, document *edit.Document, at edit.Path) []edit.Operation {
	list := slices.Clone(at[:len(at)-1])
	last := document.Find(list...).Len() - 1
	if first, is := at[len(at)-1].(int); is && first == 0 && last > 0 {
		operations := []edit.Operation{edit.Move(at, last), edit.Delete(append(list, last))}
		if _, err := edit.Apply(src, operations...); !errors.Is(err, edit.ErrScattered) {
			return operations
		}
	}
	return []edit.Operation{edit.Delete(at)}
}

// setKeys are the edits that make a table say something else.
func setKeys(at edit.Path, of *kind, before, after model.Part) []edit.Operation {
	if after == nil {
		return []edit.Operation{edit.Delete(at)}
	}
	var operations []edit.Operation
	for _, key := range slices.Sorted(maps.Keys(before)) {
		if _, stays := after[key]; !stays {
			operations = append(operations, edit.Delete(append(slices.Clone(at), key)))
		}
	}
	for _, key := range inOrder(of, after) {
		if after[key].TOML != before[key].TOML {
			operations = append(operations, edit.Set(append(slices.Clone(at), key), edit.Raw(after[key].TOML)))
		}
	}
	return operations
}

// inOrder are the keys of a part in the order in which a person would write them.
func inOrder(of *kind, part model.Part) []string {
	keys := []string{"id"}
	for _, f := range of.fields {
		keys = append(keys, f.Key)
	}
	for _, key := range slices.Sorted(maps.Keys(part)) {
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return slices.DeleteFunc(slices.Compact(keys), func(key string) bool {
		_, there := part[key]
		return !there || key == model.Place
	})
}
