package edit

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// insertKey adds a key that is not there yet below the table or inline table t. All but
// the last of the keys name tables that are to be made.
func (d *Document) insertKey(t *Node, keys []string, value string) []splice {
	switch {
	case t.kind == InlineTable:
		return addItem(d.text, t.source.span, spansOf(t.source), keyText(keys...)+" = "+value)
	case t.origin == byDots:
		return []splice{d.insertBesideDots(t, keys, value)}
	case t.section != nil && len(keys) == 1:
		return []splice{d.insertLine(t.section, keys[0], value)}
	}
	return []splice{d.insertTable(t, keys, value)}
}

// insertBesideDots goes on with the dotted keys that made the table t.
func (d *Document) insertBesideDots(t *Node, keys []string, value string) splice {
	e := t.lastEntry
	prefix := d.text[e.start:e.keys[t.depth-1].end]
	text := prefix + "." + keyText(keys...) + " = " + value
	if t.inValue() {
		return splice{span{e.end, e.end}, ", " + text}
	}
	return d.insertLines(lineNext(d.text, e.end), indentation(d.text, e.start)+text)
}

// insertLine adds a key to the ones of a section.
func (d *Document) insertLine(s *section, key, value string) splice {
	shape := d.shapeOf(s)
	if shape.column == 0 && s.header != nil && len(s.keys) < 2 {
		shape.column = d.columnAbove(s)
	}
	line := shape.line(key, value)
	switch {
	case len(s.keys) > 0:
		return d.insertLines(s.keys[len(s.keys)-1].next, line)
	case s.header != nil:
		return d.insertLines(s.header.next, line)
	case isBlank(d.text[s.start:s.end]) && len(d.sections) > 1: // the file starts with a header
		return d.insertLines(fileStart(d.text), line, "")
	case isBlank(d.text[s.start:s.end]):
		return d.insertLines(fileStart(d.text), line)
	}
	return d.insertLines(d.bodyEnd(s), "", line) // apart from the comments at the file's top
}

// columnAbove is the column of the = in the nearest section above with keys of its own, for a section that
// has too few to show one; 0 when its only key does not stand at it.
func (d *Document) columnAbove(s *section) int {
	for _, above := range slices.Backward(d.sections[:slices.Index(d.sections, s)]) {
		if len(above.keys) == 0 {
			continue
		}
		column := d.shapeOf(above).column
		for _, st := range s.keys {
			if width, equals := d.keyWidths(st.entry); width < column && equals != column {
				return 0
			}
		}
		return column
	}
	return 0
}

// insertTable adds a table with its first key after all that belongs to its parent t.
func (d *Document) insertTable(t *Node, keys []string, value string) splice {
	tables, key := keys[:len(keys)-1], keys[len(keys)-1]
	var shape shape
	if sibling := lastSibling(t); sibling != nil && len(tables) == 1 {
		shape = d.shapeOf(sibling)
	} else if t.last != nil {
		shape.column = d.shapeOf(t.last).column
	}
	header := "[" + keyText(append(t.names(), tables...)...) + "]"
	return d.insertSection(t.last, shape.headerIndent+header, shape.line(key, value))
}

// lastSibling is the section of the last table right below t that has keys of its own.
func lastSibling(t *Node) *section {
	for _, v := range slices.Backward(t.kids) {
		if n := v.node; n.kind == Table && n.section != nil && len(n.section.keys) > 0 {
			return n.section
		}
	}
	return nil
}

// insertSection adds the lines of a new section after the section previous, apart from it
// by a blank line when the file separates its sections so.
func (d *Document) insertSection(previous *section, lines ...string) splice {
	at := d.bodyEnd(previous)
	if at > fileStart(d.text) && (d.separated(previous) || d.endsInComment(previous)) {
		lines = append([]string{""}, lines...)
	}
	return d.insertLines(at, lines...)
}

// separated says whether a blank line stands between the sections around the end of s.
func (d *Document) separated(s *section) bool {
	if s.end < len(d.text) {
		return blankLineAbove(d.text, s.end)
	}
	if s.header != nil && s.start > fileStart(d.text) {
		return blankLineAbove(d.text, s.start)
	}
	return true
}

// endsInComment says whether the last line of a section is a comment, which would look as
// if it belonged to a header right below it.
func (d *Document) endsInComment(s *section) bool { return d.bodyEnd(s) > d.statementsEnd(s) }

// statementsEnd is the first byte after the lines of a section's last statement.
func (d *Document) statementsEnd(s *section) int {
	switch {
	case len(s.keys) > 0:
		return s.keys[len(s.keys)-1].next
	case s.header != nil:
		return s.header.next
	}
	return fileStart(d.text)
}

// bodyEnd is the first byte after the last line of a section that is not blank.
func (d *Document) bodyEnd(s *section) int {
	start := d.statementsEnd(s)
	body := strings.TrimRight(d.text[start:s.end], " \t\r\n")
	if body == "" {
		return start
	}
	return min(lineNext(d.text, start+len(body)), s.end)
}

// insertLines puts whole lines at p, a line start or the end of the text. A text that does
// not end with a line end does not get one.
func (d *Document) insertLines(p int, lines ...string) splice {
	end := lineBreak(d.text, p)
	text := strings.Join(lines, end)
	if p > fileStart(d.text) && d.text[p-1] != '\n' {
		return splice{span{p, p}, end + text}
	}
	return splice{span{p, p}, text + end}
}

// shape is how the lines of a section look.
type shape struct {
	headerIndent string
	indent       string // of the keys
	column       int    // characters from the start of a key to the = that all share; else 0
}

// line spells a key with its value in the shape. A key that is too long for the shared
// column gets one blank, as people do.
func (s shape) line(key, value string) string {
	text := keyText(key)
	gap := max(1, s.column-utf8.RuneCountInString(text))
	return s.indent + text + strings.Repeat(" ", gap) + "= " + value
}

// shapeOf looks at the lines of a section; nil has the plain shape.
func (d *Document) shapeOf(s *section) shape {
	var shape shape
	if s == nil {
		return shape
	}
	if s.header != nil {
		shape.headerIndent = indentation(d.text, s.header.name.start)
	}
	if len(s.keys) > 0 {
		shape.indent = indentation(d.text, s.keys[len(s.keys)-1].entry.start)
		shape.column = d.sharedColumn(s.keys)
	}
	return shape
}

// sharedColumn is the number of characters from the start of the keys to the = that they
// share, 0 when they do not line up: every key that fits must stand at it, and either two
// keys do or the blanks before the = show that it is meant.
func (d *Document) sharedColumn(keys []*statement) int {
	column, widest := 0, 0
	for _, st := range keys {
		width, equals := d.keyWidths(st.entry)
		if equals < 0 {
			return 0
		}
		if widest = max(widest, width); equals-width > 1 && column == 0 {
			column = equals
		}
	}
	if column == 0 {
		if len(keys) < 2 {
			return 0
		}
		column = widest + 1
	}
	for _, st := range keys {
		width, equals := d.keyWidths(st.entry)
		if width < column && equals != column {
			return 0
		}
	}
	return column
}

// keyWidths counts the characters of a key, and those up to its =. The second is -1 when
// something other than blanks stands between.
func (d *Document) keyWidths(e *entry) (width, equals int) {
	keyEnd := e.keys[len(e.keys)-1].end
	gap := d.text[keyEnd:e.equals]
	if strings.Trim(gap, " ") != "" {
		return 0, -1
	}
	width = utf8.RuneCountInString(d.text[e.start:keyEnd])
	return width, width + len(gap)
}

func (e *editor) appendTable(path Path, keys []KeyValue) error {
	inline, err := spellTable(keys, room{crlf: e.room(e.doc.root).crlf})
	if err != nil {
		return err
	}
	n, rest := e.doc.root.find(path)
	missingKeys, err := missing(n, rest)
	if err != nil {
		return err
	}
	var splices []splice
	switch {
	case len(rest) == 0 && n.kind == Array:
		splices = addItem(e.doc.text, n.source.span, spansOf(n.source), inline.text)
	case len(rest) == 0 && n.kind != TableArray:
		return ErrNotArray
	case len(rest) > 0 && (n.kind == InlineTable || n.origin == byDots):
		splices = e.doc.insertKey(n, missingKeys, "["+inline.text+"]")
	default:
		s, err := e.newElement(n, missingKeys, keys)
		if err != nil {
			return err
		}
		splices = []splice{s}
	}
	if err := e.replace(splices...); err != nil {
		return err
	}
	return e.expect(treeChange{appendTableOperation, inline.decoded}, path)
}

// newElement adds a [[table]] element: the next one of n, or the first one of an array of
// tables that the keys below n name. It looks like the element before it, or else lines
// its keys up when the section above it does.
func (e *editor) newElement(n *Node, names []string, keys []KeyValue) (splice, error) {
	d := e.doc
	var shape shape
	if n.kind == TableArray {
		shape = d.shapeOf(n.elems[len(n.elems)-1].section)
	} else {
		shape.column = d.shapeOf(n.last).column
	}
	if shape.column > 0 {
		widest := 0
		for _, kv := range keys {
			widest = max(widest, utf8.RuneCountInString(keyText(kv.Key)))
		}
		if n.kind != TableArray || widest >= shape.column {
			shape.column = widest + 1
		}
	}
	lines := []string{shape.headerIndent + "[[" + keyText(append(n.names(), names...)...) + "]]"}
	for _, kv := range keys {
		s, err := spell(kv.Value, e.room(n))
		if err != nil {
			return splice{}, err
		}
		lines = append(lines, shape.line(kv.Key, s.text))
	}
	return d.insertSection(n.last, lines...), nil
}
