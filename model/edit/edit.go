package edit

import (
	"fmt"
	"slices"
	"strings"
)

type operationKind int

const (
	setOperation operationKind = iota
	appendTableOperation
	deleteOperation
	moveOperation
	putBackOperation
)

// Operation is one change of a file; Set, AppendTable, Delete, Move and PutBack make them.
type Operation struct {
	kind  operationKind
	path  Path
	value any
}

// KeyValue is one key of a new [[table]] element.
type KeyValue struct {
	Key   string
	Value any // as for Set
}

// Set gives a key a value: a string, [MultiLine], [Raw], bool, int, int64, float64,
// time.Time, []string, []any, map[string]any or []KeyValue; the last two become an inline
// table. The key may be missing, and the tables on the way to it too: it then comes after
// the keys that are there, lined up with them, and a table gets a header of its own after
// its parent. A value that is the same already keeps its spelling. What a header or dotted
// keys made cannot be set: that is ErrIsTable.
func Set(p Path, value any) Operation { return Operation{setOperation, p, value} }

// AppendTable adds a [[table]] element with these keys, in this order, after the elements
// that are there; the first one comes after its parent. Where the path names an array
// value, the element becomes an inline table in it.
func AppendTable(p Path, keys ...KeyValue) Operation {
	return Operation{appendTableOperation, p, keys}
}

// Delete removes what a path names: a key with its lines (comments above stay), a key of
// an inline table, an element of an array, a whole table or [[table]] element with its
// sub-tables and the comments glued to them. A table that only existed through what was
// removed goes too.
func Delete(p Path) Operation { return Operation{deleteOperation, p, nil} }

// Apply carries out the operations in order, all or nothing. It returns src itself when
// nothing changes. On an error it returns no bytes; the errors wrap those listed with
// ErrInvalid. A source with any error that Parse reports is refused with ErrInvalid.
func Apply(src []byte, ops ...Operation) ([]byte, error) {
	if len(src) > MaxSize {
		return nil, fmt.Errorf("%w: %w", ErrInvalid, tooLarge(len(src)))
	}
	text := string(src)
	out, err := apply(text, ops)
	if err == nil && out != text {
		return []byte(out), nil
	}
	// Where nothing was decoded the source may be at fault: that comes before all else.
	if _, problem := parse(text); problem != nil {
		return nil, fmt.Errorf("%w: %w", ErrInvalid, problem)
	}
	if err != nil {
		return nil, err
	}
	return src, nil
}

// apply does the work of Apply. It decodes the source as a whole only where tables go: a
// value that goes is decoded by itself, and all else that the source holds stands in the
// result too, which is decoded.
func apply(text string, ops []Operation) (string, error) {
	d, problem := read(text)
	if problem != nil {
		return "", problem
	}
	e := &editor{source: text, doc: d, want: kept{text, d.root}}
	for _, op := range ops {
		if err := e.carryOut(op); err != nil {
			return "", err
		}
	}
	if err := e.flush(); err != nil {
		return "", err
	}
	if e.doc == d {
		return text, nil
	}
	return e.doc.text, e.verify()
}

// splice replaces a piece of the source by a text.
type splice struct {
	span
	text string
}

// editor carries out operations one after the other. Those that cannot disturb each other,
// which are most, wait and are spliced together, so that the text is read again once and
// not once for each.
type editor struct {
	source  string
	checked bool // the source has been decoded

	doc  *Document
	want any // the tree that the result must decode to; parts of it may be kept

	waiting  []splice
	replaced []*Node  // values that a waiting splice replaces
	added    []newKey // keys that a waiting splice adds
}

type newKey struct {
	table *Node
	key   string
}

func (e *editor) carryOut(op Operation) error {
	err := checkPath(op.path)
	if err == nil && (op.kind != setOperation || e.disturbed(op.path)) {
		if err := e.flush(); err != nil {
			return err
		}
	}
	if err == nil {
		switch op.kind {
		case deleteOperation:
			err = e.delete(op.path)
		case moveOperation:
			err = e.move(op.path, op.value.(int)) //nolint:forcetypeassert // only Move makes this kind
		case putBackOperation:
			err = e.putBack(op.path, op.value.(string)) //nolint:forcetypeassert // only PutBack makes this kind
		case appendTableOperation:
			err = e.appendTable(op.path, op.value.([]KeyValue)) //nolint:forcetypeassert // only AppendTable makes this kind
		default:
			err = e.set(op.path, op.value)
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %w", pathText(op.path), err)
	}
	return nil
}

func checkPath(path Path) error {
	if len(path) == 0 {
		return ErrPath
	}
	for _, step := range path {
		switch step.(type) {
		case string, int:
		default:
			return fmt.Errorf("%w: found %T", ErrPath, step)
		}
	}
	return nil
}

// disturbed says whether the path leads to or through something that waiting splices
// change.
func (e *editor) disturbed(path Path) bool {
	n, rest := e.doc.root.find(path)
	for _, r := range e.replaced {
		if n.within(r) || len(rest) == 0 && r.within(n) {
			return true
		}
	}
	for _, a := range e.added {
		if n == a.table && len(rest) > 0 && rest[0] == a.key {
			return true
		}
	}
	return false
}

// expect notes what the decoded result has to look like.
func (e *editor) expect(change treeChange, path Path) error {
	want, err := change.at(e.want, path)
	if err == nil {
		e.want = want
	}
	return err
}

// replace splices the text and reads it again.
func (e *editor) replace(splices ...splice) error {
	e.waiting = append(e.waiting, splices...)
	return e.flush()
}

// flush carries out the waiting splices.
func (e *editor) flush() error {
	if len(e.waiting) == 0 {
		return nil
	}
	splices := e.waiting
	e.waiting, e.replaced, e.added = nil, nil, nil
	slices.SortStableFunc(splices, func(a, b splice) int { return a.start - b.start })
	text := e.doc.text
	var b strings.Builder
	b.Grow(len(text) + 256)
	done := 0
	for _, s := range splices {
		b.WriteString(text[done:s.start])
		b.WriteString(s.text)
		done = s.end
	}
	b.WriteString(text[done:])
	if b.Len() > MaxSize {
		return fmt.Errorf("%w: %w", ErrLimit, tooLarge(b.Len()))
	}
	d, problem := read(b.String())
	if problem != nil && problem.isLimit() {
		return fmt.Errorf("%w: %w", ErrLimit, problem)
	}
	if problem != nil {
		return fmt.Errorf("%w: %w", ErrVerify, problem)
	}
	e.doc = d
	return nil
}

// missing checks that a path can be made below n, where it could not be followed any
// further, and returns the keys to make; none where all of it is there.
func missing(n *Node, rest Path) ([]string, error) {
	if len(rest) == 0 {
		return nil, nil
	}
	switch rest[0].(type) {
	case int:
		if n.kind == Array || n.kind == TableArray {
			return nil, ErrIndex
		}
		return nil, ErrNotArray
	case string:
		if !n.holdsKeys() {
			return nil, ErrNotTable
		}
	}
	keys := make([]string, len(rest))
	for i, step := range rest {
		key, isKey := step.(string)
		if !isKey {
			return nil, ErrIndex
		}
		keys[i] = key
	}
	return keys, nil
}

// room says what a value at a place may look like.
func (e *editor) room(n *Node) room {
	return room{long: !n.inValue(), crlf: strings.Contains(e.doc.text, "\r\n")}
}

func (e *editor) set(path Path, value any) error {
	n, rest := e.doc.root.find(path)
	if len(rest) > 0 {
		return e.setMissing(n, path, rest, value)
	}
	if n.source == nil {
		return ErrIsTable
	}
	spelled, err := spell(value, e.room(n.parent))
	if err != nil {
		return err
	}
	old, err := e.replacedValue(n)
	if err != nil {
		return err
	}
	if sameTree(old, spelled.decoded) {
		return nil
	}
	if list, isList := listOf(value); isList && n.kind == Array && strings.Contains(n.source.of(e.doc.text), "\n") {
		if err = e.flush(); err == nil {
			//nolint:forcetypeassert // an array, and listOf has just said that the new value is one
			err = e.setList(path, list, old.([]any), spelled.decoded.([]any))
		}
	} else {
		e.replaced = append(e.replaced, n)
		e.waiting = append(e.waiting, splice{n.source.span, e.inStyle(n, value, spelled.text)})
	}
	if err != nil {
		return err
	}
	return e.expect(treeChange{setOperation, spelled.decoded}, path)
}

// inStyle spells a text with the quotes of the value that it replaces where that is
// possible.
func (e *editor) inStyle(n *Node, value any, otherwise string) string {
	if s, isText := textOf(value); isText && n.kind == Scalar {
		return restyle(n.source.of(e.doc.text), s, e.room(n.parent), otherwise)
	}
	return otherwise
}

func (e *editor) setMissing(n *Node, path, rest Path, value any) error {
	keys, err := missing(n, rest)
	if err != nil {
		return err
	}
	spelled, err := spell(value, e.room(n))
	if err != nil {
		return err
	}
	if s := n.section; s != nil && len(keys) == 1 && (s.header != nil || len(s.keys) > 0) {
		e.added = append(e.added, newKey{n, keys[0]})
		e.waiting = append(e.waiting, e.doc.insertLine(s, keys[0], spelled.text))
	} else {
		if err := e.flush(); err != nil {
			return err
		}
		n, _ = e.doc.root.find(path)
		if err := e.replace(e.doc.insertKey(n, keys, spelled.text)...); err != nil {
			return err
		}
	}
	return e.expect(treeChange{setOperation, spelled.decoded}, path)
}
