package edit

import (
	"slices"
	"strconv"
	"strings"
)

// Kind says what a node of a document is.
type Kind int

// The kinds of nodes. Missing is the kind of a nil node only.
const (
	Missing     Kind = iota
	Scalar           // a string, number, boolean, date or time
	Array            // [ … ]
	InlineTable      // { … }
	Table            // [name], also one that only dotted keys or headers below it make
	TableArray       // [[name]], all its elements
)

// String returns the kind in words.
func (k Kind) String() string {
	return [...]string{"nothing", "value", "array", "inline table", "table", "array of tables"}[k]
}

// Path names a value: a string is a key, an int an index of an array or of an array of
// tables, counted from 0, or from the end when negative.
type Path []any

// Node is one value or table of a document with its place in the source. Its methods may
// be called on a nil Node, which has no place, no value and no children.
type Node struct {
	kind    Kind
	origin  origin
	parent  *Node
	name    string           // the key of its parent that leads here; "" for elements and the root
	key     span             // the key that names it first; for an element of an array, its value
	source  *value           // of a scalar, array or inline table
	decoded any              // of a scalar
	kids    []child          // of a table or inline table, in file order
	byName  map[string]*Node // the same as kids; nil while there are few
	elems   []*Node          // of an array or array of tables
	section *section         // with its own header (of the root: the one before the first header)
	last    *section         // the last one that belongs to this table or to one below it

	lastEntry *entry // of a table made by dotted keys: the last one that goes through it
	depth     int    // how many parts of lastEntry's key name this table
}

type child struct {
	name string
	node *Node
}

// origin says what made a table: TOML lets only some of them be extended later.
type origin int

const (
	byPath   origin = iota // a header below it
	byHeader               // its own header; also the root and the elements of [[name]]
	byDots                 // dotted keys
)

// Kind returns what the node is, Missing for nil.
func (n *Node) Kind() Kind {
	if n == nil {
		return Missing
	}
	return n.kind
}

// Value returns the node's decoded value: string, int64, float64, bool or time.Time for a
// scalar, nil if this scalar itself is bad or stands in an unsettled git conflict; []any
// for arrays of both kinds and map[string]any for tables. Local dates and times are
// time.Time whose location is named date-local, time-local or datetime-local.
func (n *Node) Value() any {
	switch n.Kind() {
	case Scalar:
		return n.decoded
	case Array, TableArray:
		list := make([]any, len(n.elems))
		for i, e := range n.elems {
			list[i] = e.Value()
		}
		return list
	case InlineTable, Table:
		table := make(map[string]any, len(n.kids))
		for _, c := range n.kids {
			table[c.name] = c.node.Value()
		}
		return table
	}
	return nil
}

// Offset returns the first byte of the value in the source; for a table that of its
// header, for an array of tables that of its first header, for a table made by dotted keys
// or by headers below it that of the first key that names it. It is 0 for the root.
func (n *Node) Offset() int { return n.place().start }

// End returns the byte after what Offset begins.
func (n *Node) End() int { return n.place().end }

func (n *Node) place() span {
	switch {
	case n == nil:
		return span{}
	case n.source != nil:
		return n.source.span
	case n.kind == TableArray:
		return n.elems[0].place()
	case n.section != nil && n.section.header != nil:
		return n.section.header.name
	}
	return n.key
}

// KeyOffset returns the first byte of the key that names the node, for a table in its
// header. An element of an array has no key: it is that of its value.
func (n *Node) KeyOffset() int {
	if n == nil {
		return 0
	}
	return n.key.start
}

// Keys returns the keys of a table or inline table in file order.
func (n *Node) Keys() []string {
	if n == nil {
		return nil
	}
	keys := make([]string, len(n.kids))
	for i, c := range n.kids {
		keys[i] = c.name
	}
	return keys
}

// Len returns the number of elements of an array or array of tables, of keys of a table.
func (n *Node) Len() int {
	if n == nil {
		return 0
	}
	return len(n.elems) + len(n.kids)
}

// Elem returns an element of an array or array of tables, counted from the end when i is
// negative; nil when there is none.
func (n *Node) Elem(i int) *Node {
	if n == nil {
		return nil
	}
	if i < 0 {
		i += len(n.elems)
	}
	if i < 0 || i >= len(n.elems) {
		return nil
	}
	return n.elems[i]
}

// Child returns what stands under a key of a table or inline table; nil when nothing does.
func (n *Node) Child(key string) *Node {
	if n == nil {
		return nil
	}
	if n.byName != nil {
		return n.byName[key]
	}
	for _, c := range n.kids {
		if c.name == key {
			return c.node
		}
	}
	return nil
}

// find follows a path as far as it goes; rest is what it could not follow.
func (n *Node) find(path Path) (at *Node, rest Path) {
	for i, step := range path {
		var next *Node
		switch step := step.(type) {
		case string:
			next = n.Child(step)
		case int:
			next = n.Elem(step)
		}
		if next == nil {
			return n, path[i:]
		}
		n = next
	}
	return n, nil
}

// holdsKeys says whether keys can stand in the node.
func (n *Node) holdsKeys() bool { return n.kind == Table || n.kind == InlineTable }

// names is the path of a table as a header spells it: keys only.
func (n *Node) names() []string {
	var names []string
	for ; n != nil && n.parent != nil; n = n.parent {
		if n.parent.kind != TableArray {
			names = append(names, n.name)
		}
	}
	slices.Reverse(names)
	return names
}

// inValue says whether the node stands in an array or an inline table.
func (n *Node) inValue() bool {
	for ; n != nil; n = n.parent {
		if n.kind == InlineTable || n.kind == Array {
			return true
		}
	}
	return false
}

// within says whether the node is table, or stands somewhere below it.
func (n *Node) within(table *Node) bool {
	for ; n != nil; n = n.parent {
		if n == table {
			return true
		}
	}
	return false
}

// few is how many keys a table can have before looking through all of them costs more
// than a map.
const few = 12

// add puts a new key into a table.
func (n *Node) add(name string, c *Node) {
	c.parent, c.name = n, name
	if n.kids == nil {
		n.kids = make([]child, 0, 4)
	}
	n.kids = append(n.kids, child{name, c})
	if n.byName != nil {
		n.byName[name] = c
	} else if len(n.kids) > few {
		n.byName = make(map[string]*Node, 4*few)
		for _, k := range n.kids {
			n.byName[k.name] = k.node
		}
	}
}

// pathText spells a path for error messages.
func pathText(path Path) string {
	var b strings.Builder
	for i, step := range path {
		if i > 0 {
			b.WriteByte('.')
		}
		switch step := step.(type) {
		case string:
			b.WriteString(keyText(step))
		case int:
			b.WriteString(strconv.Itoa(step))
		default:
			b.WriteByte('?')
		}
	}
	return b.String()
}
