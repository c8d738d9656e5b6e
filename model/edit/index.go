package edit

import "strings"

// section is a header with the keys below it; the first section of a file has no header.
type section struct {
	header *statement
	keys   []*statement
	start  int // first byte of the header, or of the comment lines glued to it
	end    int // first byte of the next section, or the end of the text
	table  *Node
}

// indexer builds the tree of tables and values, and reports what is defined twice.
type indexer struct {
	doc     *Document
	nodes   slab[Node]
	pool    slab[section]
	problem *Error
}

// buildIndex builds the tree out of the statements, up to the first name that is defined
// twice.
func (d *Document) buildIndex(statements []*statement) *Error {
	x := &indexer{doc: d}
	root := x.table(byHeader, span{})
	current := x.pool.next()
	current.table, current.start = root, fileStart(d.text)
	root.section, root.last = current, current
	d.root, d.sections = root, append(make([]*section, 0, 8), current)
	previous := fileStart(d.text)
	for _, st := range statements {
		if st.kind == keyStatement {
			if current.keys == nil {
				current.keys = make([]*statement, 0, 6)
			}
			current.keys = append(current.keys, st)
			x.addEntry(current.table, st.entry)
		} else {
			next := x.pool.next()
			next.header, next.start = st, commentBlock(d.text, st.line, previous)
			current.end = next.start
			current = next
			d.sections = append(d.sections, current)
			x.openSection(current)
		}
		if x.problem != nil {
			return x.problem
		}
		previous = st.next
	}
	current.end = len(d.text)
	return nil
}

func (x *indexer) table(origin origin, key span) *Node {
	n := x.nodes.next()
	n.kind, n.origin, n.key = Table, origin, key
	return n
}

// clash reports a name that is defined at two places which exclude each other.
func (x *indexer) clash(key keyPart, first span, message string) {
	if x.problem != nil {
		return
	}
	line := strings.Count(x.doc.text[:first.start], "\n") + 1
	x.problem = problem(key.start, message, hintOf(hintFirst, line))
	x.problem.Other = first.start
}

// openSection finds or makes the table that a header names.
func (x *indexer) openSection(s *section) {
	st := s.header
	t := x.doc.root
	for i, key := range st.keys {
		t.last = s
		if i < len(st.keys)-1 {
			t = x.enter(t, key)
		} else if st.kind == elementHeader {
			t = x.openElement(t, key)
		} else {
			t = x.openTable(t, key)
		}
		if t == nil {
			return // a clash
		}
	}
	t.last, t.section, s.table = s, s, t
}

// enter goes to the table that a part of a header's name stands for, other than the last.
// In an array of tables that is the last element.
func (x *indexer) enter(t *Node, key keyPart) *Node {
	c := t.Child(key.name)
	switch c.Kind() {
	case Missing:
		c = x.table(byPath, key.span)
		t.add(key.name, c)
		return c
	case Table:
		return c
	case TableArray:
		c.last = t.last
		return c.elems[len(c.elems)-1]
	}
	x.clash(key, c.key, MessageNameTaken)
	return nil
}

func (x *indexer) openTable(t *Node, key keyPart) *Node {
	c := t.Child(key.name)
	switch {
	case c == nil:
		c = x.table(byHeader, key.span)
		t.add(key.name, c)
		return c
	case c.kind == Table && c.origin == byPath:
		c.origin, c.key = byHeader, key.span
		return c
	case c.kind == Table:
		x.clash(key, c.key, MessageTableTwice)
	default:
		x.clash(key, c.key, MessageNameTaken)
	}
	return nil
}

func (x *indexer) openElement(t *Node, key keyPart) *Node {
	list := t.Child(key.name)
	if list == nil {
		list = x.nodes.next()
		list.kind, list.key = TableArray, key.span
		t.add(key.name, list)
	}
	if list.kind != TableArray {
		x.clash(key, list.key, MessageNameTaken)
		return nil
	}
	list.last = t.last
	element := x.table(byHeader, key.span)
	element.parent = list
	list.elems = append(list.elems, element)
	return element
}

// addEntry puts a key with its value into a table or inline table.
func (x *indexer) addEntry(t *Node, e *entry) {
	for i, key := range e.keys[:len(e.keys)-1] {
		c := t.Child(key.name)
		if c == nil {
			c = x.table(byDots, key.span)
			t.add(key.name, c)
		}
		if c.kind != Table || c.origin != byDots {
			x.clash(key, c.key, MessageNameTaken)
			return
		}
		c.lastEntry, c.depth = e, i+1
		t = c
	}
	key := e.keys[len(e.keys)-1]
	n := x.valueNode(e.value, key.span)
	if first := t.Child(key.name); first != nil {
		message := MessageKeyTwice
		if first.kind == Table || first.kind == TableArray {
			message = MessageNameTaken
		}
		x.clash(key, first.key, message)
		return
	}
	t.add(key.name, n)
	e.leaf = n
}

// valueNode makes the node of a value and of all that is in it.
func (x *indexer) valueNode(v *value, key span) *Node {
	n := x.nodes.next()
	n.kind, n.source, n.key = v.kind, v, key
	if len(v.elements) > 0 {
		n.elems = make([]*Node, len(v.elements))
		for i, e := range v.elements {
			n.elems[i] = x.valueNode(e, e.span)
			n.elems[i].parent = n
		}
	}
	for _, e := range v.entries {
		x.addEntry(n, e)
	}
	return n
}

// commentBlock goes up from the line at p over the comment lines glued to it, not beyond
// floor.
func commentBlock(text string, p, floor int) int {
	for p > floor {
		above := lineStart(text, p-1)
		if above < floor || above >= p {
			break
		}
		i := skipBlanks(text, above)
		if text[i] != '#' {
			break
		}
		p = above
	}
	return p
}
