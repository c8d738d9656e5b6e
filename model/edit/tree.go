package edit

import (
	"math"
	"slices"
	"time"
)

// kept is a part of the wanted tree that no operation has touched: a value of the source,
// or a table with all that is in it.
type kept struct {
	text string
	node *Node
}

// open lists what is in a table or list. A scalar stays as it is.
func (k kept) open() any {
	switch k.node.kind {
	case Table, InlineTable:
		table := make(map[string]any, len(k.node.kids))
		for _, c := range k.node.kids {
			table[c.name] = kept{k.text, c.node}
		}
		return table
	case Array, TableArray:
		list := make([]any, len(k.node.elems))
		for i, e := range k.node.elems {
			list[i] = kept{k.text, e}
		}
		return list
	}
	return k
}

// is says whether what the decoder has read is what the source says.
func (k kept) is(decoded any) bool {
	n := k.node
	switch n.kind {
	case Table, InlineTable:
		table, isTable := decoded.(map[string]any)
		if !isTable || len(table) != len(n.kids) {
			return false
		}
		for _, c := range n.kids {
			if v, found := table[c.name]; !found || !(kept{k.text, c.node}).is(v) {
				return false
			}
		}
		return true
	case Array, TableArray:
		if lengthOf(decoded) != len(n.elems) {
			return false
		}
		for i, e := range n.elems {
			if !(kept{k.text, e}).is(elementOf(decoded, i)) {
				return false
			}
		}
		return true
	}
	source := n.source.of(k.text)
	if t, isTime := decoded.(time.Time); isTime && spellsTime(source, t) {
		return true
	}
	v, err := decodeScalar(source)
	return err == nil && sameTree(v, decoded)
}

// spellsTime says whether source is the usual spelling of a time with an offset. It spares
// decoding most of them.
func spellsTime(source string, t time.Time) bool {
	var room [len(time.RFC3339Nano)]byte
	return string(t.AppendFormat(room[:0], time.RFC3339Nano)) == source
}

// treeChange does the same to the wanted tree as an operation does to the source, so that
// the decoded result can be compared with it.
type treeChange struct {
	kind  operationKind
	value any // decoded
}

// at returns the tree with the change made at a path. It takes over the tree that it is
// given.
func (c treeChange) at(tree any, path Path) (any, error) {
	if k, isKept := tree.(kept); isKept {
		tree = k.open()
	}
	if len(path) == 0 {
		return c.here(tree)
	}
	switch step := path[0].(type) {
	case string:
		table, isTable := tree.(map[string]any)
		if tree == nil {
			table = map[string]any{}
		} else if !isTable {
			return nil, ErrNotTable
		}
		if c.kind == deleteOperation && len(path) == 1 {
			delete(table, step)
			return table, nil
		}
		v, err := c.at(table[step], path[1:])
		if err != nil {
			return nil, err
		}
		table[step] = v
		return table, nil
	case int:
		return c.inList(tree, step, path[1:])
	}
	return nil, ErrPath
}

// here makes the change at the end of the path.
func (c treeChange) here(tree any) (any, error) {
	if c.kind == setOperation {
		return c.value, nil
	}
	switch list := tree.(type) {
	case nil:
		return []any{c.value}, nil
	case []any:
		if places, is := c.value.([2]int); is && c.kind == moveOperation {
			return moved(list, places[0], places[1]), nil
		}
		return append(list, c.value), nil
	}
	return nil, ErrNotArray
}

func (c treeChange) inList(tree any, i int, rest Path) (any, error) {
	list, isList := tree.([]any)
	if !isList {
		return nil, ErrNotArray
	}
	if i < 0 {
		i += len(list)
	}
	if i < 0 || i >= len(list) {
		return nil, ErrIndex
	}
	if c.kind == deleteOperation && len(rest) == 0 {
		return slices.Delete(list, i, i+1), nil
	}
	v, err := c.at(list[i], rest)
	if err != nil {
		return nil, err
	}
	list[i] = v
	return list, nil
}

// sameTree compares decoded trees. NaN equals NaN, -0 differs from 0, and times are the
// same when they are the same instant with the same offset, and both local or both not.
// Parts of the first one may be kept from the source.
func sameTree(a, b any) bool {
	switch x := a.(type) {
	case kept:
		return x.is(b)
	case map[string]any:
		y, isTable := b.(map[string]any)
		if !isTable || len(x) != len(y) {
			return false
		}
		for key, v := range x {
			w, found := y[key]
			if !found || !sameTree(v, w) {
				return false
			}
		}
		return true
	case []any, []map[string]any:
		n := lengthOf(a)
		if n != lengthOf(b) {
			return false
		}
		for i := range n {
			if !sameTree(elementOf(a, i), elementOf(b, i)) {
				return false
			}
		}
		return true
	case float64:
		y, isFloat := b.(float64)
		return isFloat && (x == y && math.Signbit(x) == math.Signbit(y) || math.IsNaN(x) && math.IsNaN(y))
	case time.Time:
		y, isTime := b.(time.Time)
		if !isTime || !x.Equal(y) {
			return false
		}
		_, offsetX := x.Zone()
		_, offsetY := y.Zone()
		return offsetX == offsetY && localKind(x) == localKind(y)
	}
	switch b.(type) {
	case map[string]any, []any, []map[string]any: // not comparable with ==
		return false
	}
	return a == b
}

// lengthOf is the number of elements of a decoded list of either kind, -1 for all else.
func lengthOf(v any) int {
	switch list := v.(type) {
	case []any:
		return len(list)
	case []map[string]any:
		return len(list)
	}
	return -1
}

func elementOf(v any, i int) any {
	switch list := v.(type) {
	case []any:
		return list[i]
	case []map[string]any:
		return list[i]
	}
	return nil
}
