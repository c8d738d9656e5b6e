package edit

import (
	"maps"
	"math"
	"slices"
	"time"
)

// treeChange does the same to a decoded tree as an operation does to the source, so that
// the decoded result can be compared with it.
type treeChange struct {
	kind  operationKind
	value any // decoded
}

// at returns a copy of the tree with the change made at a path. Only what the path goes
// through is copied.
func (c treeChange) at(tree any, path Path) (any, error) {
	if len(path) == 0 {
		return c.here(tree)
	}
	switch step := path[0].(type) {
	case string:
		table, isTable := tree.(map[string]any)
		if !isTable && tree != nil {
			return nil, ErrNotTable
		}
		table = maps.Clone(table)
		if table == nil {
			table = map[string]any{}
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
		return append(slices.Clip(list), c.value), nil
	case []map[string]any:
		if table, isTable := c.value.(map[string]any); isTable && c.kind == appendTableOperation {
			return append(slices.Clip(list), table), nil
		}
	}
	return nil, ErrNotArray
}

func (c treeChange) inList(tree any, i int, rest Path) (any, error) {
	n := lengthOf(tree)
	if n < 0 {
		return nil, ErrNotArray
	}
	if i < 0 {
		i += n
	}
	if i < 0 || i >= n {
		return nil, ErrIndex
	}
	list := make([]any, n)
	for j := range list {
		list[j] = elementOf(tree, j)
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
func sameTree(a, b any) bool {
	switch x := a.(type) {
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
