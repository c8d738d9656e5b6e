package merge

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/tiendo/model/edit"
)

const byteOrderMark = "\xef\xbb\xbf"

// version is one of the three files with its places.
type version struct {
	text     string // with a line end at its end, even where the file has none
	start    int    // the first byte after a byte order mark
	unended  bool   // the file does not end with a line end
	document *edit.Document
}

// newVersion takes the line end that is added where the last line has none. It is the same for
// all versions, so that a line that is the last one in one of them is the same line in another.
func newVersion(source []byte, document *edit.Document, lineEnd string) *version {
	v := &version{text: string(source), document: document}
	if strings.HasPrefix(v.text, byteOrderMark) {
		v.start = len(byteOrderMark)
	}
	if len(v.text) > v.start && !strings.HasSuffix(v.text, "\n") {
		v.unended = true
		v.text += lineEnd
	}
	return v
}

// lineEnd is the line end in use: CRLF where every text that has a line end has CRLF at its last one.
func lineEnd[T string | []byte](texts ...T) string {
	lineEnd := "\n"
	for _, text := range texts {
		if i := strings.LastIndexByte(string(text), '\n'); i > 0 && text[i-1] == '\r' {
			lineEnd = "\r\n"
		} else if i >= 0 {
			return "\n"
		}
	}
	return lineEnd
}

// key names an entry within a file. A name can be in use both before the first header, by
// dotted keys, and below it: moving one of them to the place of the other would change what
// it means.
type key struct {
	root bool // before the first header
	name string
}

func (k key) compare(other key) int {
	if k.root != other.root {
		if k.root {
			return -1
		}
		return 1
	}
	return cmp.Compare(k.name, other.name)
}

// statement is a header or a key with its value, with its whole lines.
type statement struct {
	start, end int
	header     bool
	entry      string   // the name of its entry, if it stands where its own path says
	leaves     []string // its values with their paths
	element    string   // of the header of an element of an array of tables: its place in the tree
}

// place says where in the tree a table stands.
type place struct {
	path  string // from the root; elements by id or number
	entry string // of which entry its keys are; "" for the root
	whole bool   // everything below belongs to this entry too
}

// below is the place of what stands under a key of a table.
func (p place) below(name string) place {
	path := joined(p.path, name)
	if p.whole {
		return place{path, p.entry, true}
	}
	// Of a unit's progress each activity and message is one entry with its figures, and so is the report.
	one := p.path == "" && name == reportName || p.path == "activity" || p.path == "message"
	return place{path, path, one}
}

// table is the place of a table below another one: the report of each period is an entry of its own.
func (p place) table(name string) place {
	if p.path == reportName && p.entry == reportName {
		path := joined(p.path, name)
		return place{path, path, true}
	}
	return p.below(name)
}

// element is the place of an element of an array of tables.
func (p place) element(i int, id string, list bool) place {
	path := p.path + "[" + strconv.Itoa(i) + "]"
	switch {
	case p.whole:
		return place{path, p.entry, true}
	case list:
		return place{path, p.path + "[]", true}
	}
	path = p.path + "[" + strconv.Quote(id) + "]"
	return place{path, path, true}
}

func joined(path, name string) string {
	bare := name != ""
	for _, r := range name {
		bare = bare && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-')
	}
	if !bare {
		name = strconv.Quote(name)
	}
	if path == "" {
		return name
	}
	return path + "." + name
}

// idOf is the id of an element of an array of tables.
func idOf(element *edit.Node) (string, bool) {
	id, ok := element.Child("id").Value().(string)
	return id, ok
}

// findWhole collects the arrays of tables that are one entry as a whole.
func (v *version) findWhole(whole map[string]bool) {
	var visit func(n *edit.Node, p place)
	visit = func(n *edit.Node, p place) {
		for _, name := range n.Keys() {
			child, at := n.Child(name), p.below(name)
			switch child.Kind() {
			case edit.Table:
				visit(child, p.table(name))
			case edit.TableArray:
				if p.whole {
					continue // it belongs to the entry whatever it holds
				}
				seen := map[string]bool{}
				for i := range child.Len() {
					id, ok := idOf(child.Elem(i))
					if !ok || seen[id] {
						whole[at.path] = true
					}
					seen[id] = true
				}
			}
		}
	}
	visit(v.document.Root(), place{})
}

// statements lists all statements in file order.
func (v *version) statements(whole map[string]bool) []statement {
	w := walker{version: v, wholeLists: whole}
	w.table(v.document.Root(), place{})
	slices.SortFunc(w.found, func(a, b statement) int { return a.start - b.start })
	return w.found
}

type walker struct {
	*version
	wholeLists map[string]bool
	found      []statement
}

// add notes a statement, with the lines from start to end.
func (w *walker) add(start, end int, s statement) {
	s.start = max(strings.LastIndexByte(w.text[:start], '\n')+1, w.start)
	s.end = end + strings.IndexByte(w.text[end:], '\n') + 1
	w.found = append(w.found, s)
}

// header notes the header of a table, if it has one of its own.
func (w *walker) header(n *edit.Node, p place, element string) {
	if w.text[n.Offset()] == '[' {
		w.add(n.Offset(), n.End(), statement{header: true, entry: p.entry, leaves: emptyLeaf(n, p.path), element: element})
	}
}

// emptyLeaf says that a table is empty. The reports of the periods are no part of the one that they stand below.
func emptyLeaf(n *edit.Node, path string) []string {
	for _, name := range n.Keys() {
		if path != reportName || n.Child(name).Kind() != edit.Table {
			return nil
		}
	}
	return []string{path + " = {}"}
}

func (w *walker) table(n *edit.Node, p place) {
	for _, name := range n.Keys() {
		child, at := n.Child(name), p.below(name)
		switch child.Kind() {
		case edit.Table:
			at = p.table(name)
			w.header(child, at, "")
			w.table(child, at)
		case edit.TableArray:
			for i := range child.Len() {
				element := child.Elem(i)
				id, _ := idOf(element)
				in := at.element(i, id, w.wholeLists[at.path])
				w.header(element, in, in.path)
				w.table(element, in)
			}
		default:
			w.add(child.KeyOffset(), child.End(),
				statement{entry: cmp.Or(p.entry, at.path), leaves: leaves(child, at.path, nil)})
		}
	}
}

// leaves lists the values below a node, so that every spelling of the same values gives the same list.
func leaves(n *edit.Node, path string, list []string) []string {
	switch n.Kind() {
	case edit.InlineTable:
		list = append(list, emptyLeaf(n, path)...)
		for _, name := range n.Keys() {
			list = leaves(n.Child(name), joined(path, name), list)
		}
	case edit.Array:
		if n.Len() == 0 {
			list = append(list, path+" = []")
		}
		for i := range n.Len() {
			list = leaves(n.Elem(i), path+"["+strconv.Itoa(i)+"]", list)
		}
	default:
		list = append(list, path+" = "+spelled(n.Value()))
	}
	return list
}

// spelled writes a value so that different values differ.
func spelled(value any) string {
	switch value := value.(type) {
	case string:
		return strconv.Quote(value)
	case time.Time: // the location tells local dates and times from each other
		_, offset := value.Zone()
		kind := value.Location().String()
		if !strings.HasSuffix(kind, "-local") {
			kind = strconv.Itoa(offset)
		}
		return value.Format("2006-01-02T15:04:05.999999999 ") + kind
	case float64:
		return "float " + strconv.FormatFloat(value, 'g', -1, 64)
	}
	return fmt.Sprint(value)
}
