package edit

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
)

// flatten lists every scalar, empty list and empty table of a decoded tree by its path.
func flatten(tree any, path string, into map[string]any) map[string]any {
	switch v := tree.(type) {
	case map[string]any:
		for key, c := range v {
			flatten(c, path+fmt.Sprintf("/%q", key), into)
		}
		if len(v) == 0 {
			into[path] = "{}"
		}
	case []any, []map[string]any:
		for i := range lengthOf(v) {
			flatten(elementOf(v, i), path+fmt.Sprintf("/%d", i), into)
		}
		if lengthOf(v) == 0 {
			into[path] = "[]"
		}
	default:
		into[path] = v
	}
	return into
}

// flatPath spells a path as flatten does.
func flatPath(path Path) string {
	var b strings.Builder
	for _, step := range path {
		if key, isKey := step.(string); isKey {
			fmt.Fprintf(&b, "/%q", key)
		} else {
			fmt.Fprintf(&b, "/%d", step)
		}
	}
	return b.String()
}

// strayChange returns a path outside of the given one at which two files differ.
func strayChange(t *testing.T, before, after []byte, path Path) string {
	t.Helper()
	read := func(src []byte) map[string]any {
		var tree map[string]any
		if err := toml.Unmarshal(src, &tree); err != nil {
			t.Fatalf("%v: %q", err, src)
		}
		return flatten(tree, "", map[string]any{})
	}
	a, b := read(before), read(after)
	all := maps.Clone(a)
	maps.Copy(all, b)
	meant := flatPath(path)
	for p := range all {
		v, inA := a[p]
		w, inB := b[p]
		inside := p == meant || strings.HasPrefix(p, meant+"/")
		// A table that was or becomes empty stands in the list itself.
		around := strings.HasPrefix(meant, p+"/") && (!inA || !inB)
		if !inside && !around && (inA != inB || !sameTree(v, w)) {
			return p
		}
	}
	return ""
}

// isSubsequence says whether all bytes of part stand in whole, in this order.
func isSubsequence(part, whole []byte) bool {
	for _, c := range part {
		i := bytes.IndexByte(whole, c)
		if i < 0 {
			return false
		}
		whole = whole[i+1:]
	}
	return true
}

func FuzzApply(f *testing.F) {
	for _, src := range suiteFiles(f, "files-toml-1.1.0", "valid/") {
		f.Add(src, "mới", uint16(len(src)))
	}
	f.Fuzz(func(t *testing.T, src []byte, text string, pick uint16) {
		before := slices.Clone(src)
		d, problem := Parse(src)
		if problem != nil {
			out, err := Apply(src, Set(Path{"zz"}, text))
			if err == nil || out != nil || !errors.Is(err, ErrInvalid) {
				t.Fatalf("edited in spite of %v: %v", problem, err)
			}
			fuzzBroken(t, src, int(pick), text)
			src = grow(src)
			before = slices.Clone(src)
			if d, problem = Parse(src); problem != nil {
				return // a clash of names
			}
		}
		fuzzEdits(t, d, src, int(pick), text)
		if !bytes.Equal(src, before) {
			t.Fatal("the source itself was changed")
		}
	})
}

// fuzzBroken: a file with problems is not edited, even where the very value that is wrong
// would go.
func fuzzBroken(t *testing.T, src []byte, pick int, text string) {
	t.Helper()
	d, _ := read(string(src)) // what stands above the error
	if d == nil {
		return
	}
	scalars, arrays, tables := gather(d.Root(), nil)
	all := slices.Concat(scalars, arrays, tables)
	path := all[pick%len(all)].path
	for _, op := range []Operation{Set(path, text), Delete(path)} {
		if out, err := Apply(src, op); out != nil || !errors.Is(err, ErrInvalid) {
			t.Fatalf("edited a broken file at %v: %v", path, err)
		}
	}
}

// fuzzEdits tries one edit of each kind on a good file.
func fuzzEdits(t *testing.T, d *Document, src []byte, pick int, text string) {
	t.Helper()
	scalars, arrays, tables := gather(d.Root(), nil)
	if len(scalars) > 0 {
		fuzzSet(t, src, scalars[pick%len(scalars)], text)
	}
	if len(arrays) > 0 {
		fuzzAppend(t, src, arrays[pick%len(arrays)], text)
	}
	fuzzInsert(t, src, tables[pick%len(tables)], text)
	all := slices.Concat(scalars, arrays, tables[1:])
	if len(all) > 0 {
		fuzzDelete(t, src, all[pick/3%len(all)])
	}
	fuzzTogether(t, src, all, tables, pick, text)
}

func fuzzSet(t *testing.T, src []byte, p placed, text string) {
	out, err := Apply(src, Set(p.path, text))
	if !utf8.ValidString(text) {
		if !errors.Is(err, ErrValue) || out != nil {
			t.Fatalf("set %v to what is not UTF-8: %v", p.path, err)
		}
		return
	}
	if errors.Is(err, ErrLimit) {
		return
	}
	if err != nil {
		t.Fatalf("set %v: %v", p.path, err)
	}
	if !onlyReplaced(src, out, p.node.Offset(), p.node.End()) {
		t.Fatalf("set %v: %q -> %q", p.path, src, out)
	}
	if stray := strayChange(t, src, out, p.path); stray != "" {
		t.Fatalf("set %v changed %s", p.path, stray)
	}
	if again, err := Apply(out, Set(p.path, text)); err != nil || !bytes.Equal(again, out) {
		t.Fatalf("set %v twice: %v", p.path, err)
	}
	if d, problem := Parse(out); problem != nil || d.Find(p.path...).Value() != any(text) {
		t.Fatalf("set %v reads back as %v, %v", p.path, d.Find(p.path...).Value(), problem)
	}
	mustUndo(t, "", src, Set(p.path, text), Set(p.path, Raw(src[p.node.Offset():p.node.End()])))
}

// appended adds an element to an array: the list is set with one more.
func appended(src []byte, p placed, value any) Operation {
	var list []any
	for i := range p.node.Len() {
		element := p.node.Elem(i)
		list = append(list, Raw(src[element.Offset():element.End()]))
	}
	return Set(p.path, append(list, value))
}

func fuzzAppend(t *testing.T, src []byte, p placed, text string) {
	out, err := Apply(src, appended(src, p, text))
	if errors.Is(err, ErrValue) || errors.Is(err, ErrLimit) {
		return
	}
	if err != nil {
		t.Fatalf("append to %v: %v", p.path, err)
	}
	if stray := strayChange(t, src, out, append(p.path, p.node.Len())); stray != "" {
		t.Fatalf("append to %v changed %s", p.path, stray)
	}
	if p.node.Len() > 0 {
		first := p.node.Elem(0)
		if _, err := Apply(src, Set(p.path, []any{Raw(src[first.Offset():first.End()]), text})); err != nil {
			t.Fatalf("set array %v: %v", p.path, err)
		}
	}
}

func fuzzInsert(t *testing.T, src []byte, p placed, text string) {
	key := append(p.path, "khóa")
	table := append(p.path, "bảng")
	if p.node.Child("khóa") != nil || p.node.Child("bảng") != nil || !utf8.ValidString(text) {
		return
	}
	exact := p.node.Kind() == Table || undoable(p.node, src)
	for _, c := range []struct {
		do, undo Operation
		exact    bool
	}{
		{Set(key, text), Delete(key), undoable(p.node, src)},
		{Set(append(table, "a"), text), Delete(table), exact},
		{AppendTable(table, KeyValue{"a", text}, KeyValue{"dài hơn", 1}), Delete(table), exact},
	} {
		out, err := Apply(src, c.do)
		if errors.Is(err, ErrLimit) {
			continue
		}
		if err != nil {
			t.Fatalf("insert %v: %v", c.do.path, err)
		}
		if !isSubsequence(src, out) {
			t.Fatalf("insert %v: %q -> %q", c.do.path, src, out)
		}
		if stray := strayChange(t, src, out, c.do.path); stray != "" {
			t.Fatalf("insert %v changed %s", c.do.path, stray)
		}
		if c.exact {
			mustUndo(t, "", src, c.do, c.undo)
		}
	}
}

func fuzzDelete(t *testing.T, src []byte, p placed) {
	out, err := Apply(src, Delete(p.path))
	if err != nil {
		t.Fatalf("delete %v: %v", p.path, err)
	}
	if !isSubsequence(out, src) || len(out) >= len(src) {
		t.Fatalf("delete %v: %q -> %q", p.path, src, out)
	}
	// Deleting moves the elements after the deleted one.
	path := p.path
	for i, step := range path {
		if _, isIndex := step.(int); isIndex {
			path = path[:i]
			break
		}
	}
	if stray := strayChange(t, src, out, path); stray != "" {
		t.Fatalf("delete %v changed %s: %q -> %q", p.path, stray, src, out)
	}
	if d, _ := Parse(out); d.Find(p.path...) != nil && len(path) == len(p.path) {
		t.Fatalf("%v is still there: %q", p.path, out)
	}
}

// fuzzTogether: several operations at once give the same bytes as one after the other.
func fuzzTogether(t *testing.T, src []byte, all, tables []placed, pick int, text string) {
	table := tables[pick%len(tables)].path
	ops := []Operation{
		Set(append(table, "k1"), text),
		Set(append(table, "k2"), 2),
		Set(append(table, "k1"), "x"),
	}
	if len(all) > 0 {
		ops = append(ops, Set(all[pick%len(all)].path, text), Set(all[pick/7%len(all)].path, 7), Delete(all[pick/5%len(all)].path))
	}
	ops = append(ops, Set(append(table, "k2", "k3"), 3), Set(append(table, "k4"), []any{4}), Set(append(table, "k4"), 5))
	step, stepErr := src, error(nil)
	for _, op := range ops {
		if step, stepErr = Apply(step, op); stepErr != nil {
			break
		}
	}
	out, err := Apply(src, ops...)
	if (err == nil) != (stepErr == nil) || !bytes.Equal(out, step) {
		t.Fatalf("together %v %q\none by one %v %q", err, out, stepErr, step)
	}
}

// TestGrown tries the same edits on files in many layouts, without the fuzzer.
func TestGrown(t *testing.T) {
	for i := range 400 {
		random := rand.New(rand.NewPCG(uint64(i), 1714))
		choices := make([]byte, random.IntN(80))
		for j := range choices {
			choices[j] = byte(random.Uint32())
		}
		src := grow(choices)
		d, problem := Parse(src)
		if problem != nil {
			t.Fatalf("%d: %v: %q", i, problem, src)
		}
		text := []string{"mới", "a\nb\"\"\"", "x'\\", ""}[i%4]
		fuzzEdits(t, d, src, random.IntN(1<<16), text)
		checkTorn(t, d, src, random.IntN(1<<16))
		checkCut(t, d, src, random.IntN(1<<16))
	}
}
