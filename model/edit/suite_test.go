package edit

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	tomltest "github.com/toml-lang/toml-test/v2"
)

// suiteFiles reads the documents of the official suite that a list names and that begin
// with prefix.
func suiteFiles(t testing.TB, list, prefix string) map[string][]byte {
	t.Helper()
	files := tomltest.TestCases()
	names, err := fs.ReadFile(files, list)
	if err != nil {
		t.Fatal(err)
	}
	docs := map[string][]byte{}
	for name := range strings.FieldsSeq(string(names)) {
		if strings.HasSuffix(name, ".toml") && strings.HasPrefix(name, prefix) {
			if docs[name], err = fs.ReadFile(files, name); err != nil {
				t.Fatal(err)
			}
		}
	}
	return docs
}

// placed is a node with the path that leads to it.
type placed struct {
	path Path
	node *Node
}

// gather collects the nodes below n by kind: scalars, arrays, and tables of all kinds.
func gather(n *Node, path Path) (scalars, arrays, tables []placed) {
	path = slices.Clip(path)
	here := placed{path, n}
	switch n.Kind() {
	case Scalar:
		return []placed{here}, nil, nil
	case Array:
		arrays = append(arrays, here)
	case Table, InlineTable:
		tables = append(tables, here)
	}
	visit := func(c *Node, step any) {
		s, a, t := gather(c, append(path, step))
		scalars, arrays, tables = append(scalars, s...), append(arrays, a...), append(tables, t...)
	}
	for i := range n.elems {
		visit(n.Elem(i), i)
	}
	for _, key := range n.Keys() {
		visit(n.Child(key), key)
	}
	return scalars, arrays, tables
}

// differ says how the document and the decoded tree differ: in shape, in a value, or in
// that the bytes at a place are not the source of its value.
func differ(n *Node, decoded any, src []byte) string {
	switch n.Kind() {
	case Scalar:
		v, err := decodeValue(string(src[n.Offset():n.End()]))
		if err != nil {
			return err.Error()
		}
		own, err := decodeScalar(string(src[n.Offset():n.End()]))
		if err != nil || !sameTree(v, decoded) || !sameTree(own, decoded) || !sameTree(n.Value(), decoded) {
			return fmt.Sprintf("%v, %v or %v instead of %v", v, own, n.Value(), decoded)
		}
	case Array, TableArray:
		if n.Len() != lengthOf(decoded) {
			return fmt.Sprintf("%d elements instead of %v", n.Len(), decoded)
		}
		for i := range n.Len() {
			if s := differ(n.Elem(i), elementOf(decoded, i), src); s != "" {
				return fmt.Sprintf("[%d] %s", i, s)
			}
		}
	default:
		table, _ := decoded.(map[string]any)
		if len(table) != n.Len() {
			return fmt.Sprintf("keys %v instead of %v", n.Keys(), decoded)
		}
		for key, v := range table {
			if s := differ(n.Child(key), v, src); s != "" {
				return key + ": " + s
			}
		}
	}
	return ""
}

// changedLines counts the lines of src that are gone and those of out that are new, taking
// the change as one piece.
func changedLines(src, out []byte) (gone, added int) {
	a, b := bytes.SplitAfter(src, []byte("\n")), bytes.SplitAfter(out, []byte("\n"))
	for len(a) > 0 && len(b) > 0 && bytes.Equal(a[0], b[0]) {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && bytes.Equal(a[len(a)-1], b[len(b)-1]) {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return len(a), len(b)
}

// onlyReplaced says whether out is src with nothing changed but the bytes start to end.
func onlyReplaced(src, out []byte, start, end int) bool {
	return len(out) >= len(src)-(end-start) && bytes.HasPrefix(out, src[:start]) && bytes.HasSuffix(out, src[end:])
}

var newValues = []any{
	"mới \"x\" \\ y", int64(424242), true, 2.5, Raw("2026-11-23"), Raw("2026-11-23T07:08:09+07:00"),
	[]string{"một", "hai"},
	"dòng 1\ndòng 2",
}

// variants are the ways in which every document of the suite is edited.
var variants = map[string]func([]byte) []byte{
	"LF": func(b []byte) []byte { return b },
	"CRLF": func(b []byte) []byte {
		b = bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
		return bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n"))
	},
	"BOM": func(b []byte) []byte {
		return append([]byte(byteOrderMark), bytes.TrimPrefix(b, []byte(byteOrderMark))...)
	},
	"no final line end": func(b []byte) []byte { return bytes.TrimRight(b, "\r\n") },
}

// Every valid document of the official suite: its places are right, every scalar can be
// set and set back, every array appended to, every table given a key and a table, and the
// two taken out again.
func TestSuiteValid(t *testing.T) {
	wantScalars := map[string]int{"files-toml-1.0.0": 762, "files-toml-1.1.0": 814}
	for _, list := range []string{"files-toml-1.0.0", "files-toml-1.1.0"} {
		for variant, vary := range variants {
			t.Run(list[len("files-"):]+" "+variant, func(t *testing.T) {
				t.Parallel()
				scalars, arrays, tables := 0, 0, 0
				for name, src := range suiteFiles(t, list, "valid/") {
					src = vary(src)
					d, problem := Parse(src)
					if problem != nil {
						t.Errorf("%s: %v at %d", name, problem, problem.Offset)
						continue
					}
					var decoded map[string]any
					if _, err := toml.Decode(string(src), &decoded); err != nil {
						t.Fatalf("%s: %v", name, err)
					}
					if s := differ(d.Root(), decoded, src); s != "" {
						t.Errorf("%s: %s", name, s)
					}
					s, a, b := gather(d.Root(), nil)
					scalars, arrays, tables = scalars+len(s), arrays+len(a), tables+len(b)
					editAll(t, name, src, s, a, b)
				}
				t.Logf("%d scalars, %d arrays, %d tables", scalars, arrays, tables)
				if scalars != wantScalars[list] {
					t.Errorf("found %d scalars; want %d", scalars, wantScalars[list])
				}
			})
		}
	}
}

func editAll(t *testing.T, name string, src []byte, scalars, arrays, tables []placed) {
	for i, p := range scalars {
		out, err := Apply(src, Set(p.path, sameValue(p.node.Value(), src[p.node.Offset():p.node.End()])))
		if err != nil || !bytes.Equal(out, src) {
			t.Errorf("%s %v set to what it is: %v", name, p.path, err)
		}
		v := newValues[i%len(newValues)]
		out, err = Apply(src, Set(p.path, v))
		if err != nil || !onlyReplaced(src, out, p.node.Offset(), p.node.End()) {
			t.Errorf("%s set %v to %v: %v", name, p.path, v, err)
		}
		mustUndo(t, name, src, Set(p.path, v), Set(p.path, Raw(src[p.node.Offset():p.node.End()])))
	}
	for i, p := range arrays {
		v := newValues[i%6]
		out, err := Apply(src, appended(src, p, v))
		if err != nil {
			t.Errorf("%s append %v to %v: %v", name, v, p.path, err)
		} else if gone, added := changedLines(src, out); gone > 1 || added > 2 {
			t.Errorf("%s append to %v: -%d +%d lines", name, p.path, gone, added)
		}
	}
	for _, p := range tables {
		key := append(p.path, "khóa mới")
		out, err := Apply(src, Set(key, "x"))
		if err != nil {
			t.Errorf("%s insert %v: %v", name, key, err)
		} else if gone, added := changedLines(src, out); gone > 1 || added > 4 {
			t.Errorf("%s insert %v: -%d +%d lines", name, key, gone, added)
		}
		if undoable(p.node, src) {
			mustUndo(t, name, src, Set(key, "x"), Delete(key))
		}
		if p.node.Kind() == InlineTable && !undoable(p.node, src) {
			continue
		}
		table := append(p.path, "bảng")
		mustUndo(t, name, src, Set(append(table, "k-1"), "x"), Delete(table))
		mustUndo(t, name, src, AppendTable(table, KeyValue{"a", 1}, KeyValue{"b", "x\ny"}), Delete(table))
	}
}

// sameValue is the value as a program would set it.
func sameValue(v any, source []byte) any {
	if _, isTime := v.(time.Time); isTime {
		return Raw(source)
	}
	return v
}

// undoable says whether a new key of the table can be deleted to the byte.
func undoable(n *Node, src []byte) bool {
	if n.Kind() == InlineTable {
		return n.Len() > 0 || string(src[n.Offset():n.End()]) == "{}"
	}
	return n.section != nil || n.origin == byDots
}

func mustUndo(t *testing.T, name string, src []byte, do, undo Operation) {
	t.Helper()
	out, err := Apply(src, do)
	if err != nil {
		t.Errorf("%s %v: %v", name, do.path, err)
		return
	}
	back, err := Apply(out, undo)
	if err != nil || !bytes.Equal(back, src) {
		t.Errorf("%s %v and back: %v\n%q\n%q\n%q", name, do.path, err, src, out, back)
	}
}

// No invalid document of the official suite is edited, nor makes anything panic.
func TestSuiteInvalid(t *testing.T) {
	for _, list := range []string{"files-toml-1.0.0", "files-toml-1.1.0"} {
		n := 0
		for name, src := range suiteFiles(t, list, "invalid/") {
			_, problem := Parse(src)
			out, err := Apply(src, Set(Path{"zz"}, "x"))
			if (err == nil) != (problem == nil) || err != nil && out != nil {
				t.Errorf("%s: problem %v, edit %v", name, problem, err)
			}
			n++
			if err == nil && !strings.Contains(list, "1.0.0") { // 1.1 allows some of what 1.0 forbids
				t.Errorf("%s: edited though invalid: %q", name, src)
			}
			var decoded any
			if _, decodeErr := toml.Decode(string(src), &decoded); decodeErr != nil && err == nil {
				t.Errorf("%s: edited though the decoder refuses it", name)
			}
		}
		if n < 460 {
			t.Errorf("%s: only %d documents", list, n)
		}
	}
}
