package edit

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
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

var fuzzSeeds = []string{
	"", "# đầu", "\n\n", "\xef\xbb\xbf", "a = 1", "a = 1\n\n", "  ", "[t]", "\n[t]\nx=1\n",
	"a.b = 1\na.c.d = 2\n[x]\ny.z = 1\n[x.y.w]\nq = 1\n",
	"[[p]]\n[[p.q]]\nx = 1\n[[p]]\n[p.r]\n",
	"p = { x = 1, q.r = [ {a = 1}, {a = 2} ], }\nz = {\n a = 1\n , b.c = 2,\n}\n",
	"e = [\n  # ảnh\n  \"1\", # một\n  \"2\" # hai\n  # cuối\n]\nf = [ 1, 2, ]\ng = [\n1\n,\n]\n",
	"s = \"\"\"\nmột\\\n  hai\"\"\"\"\"\nt = '''\n'''\nu = \"\\u1ea1\\e\\x41\"\n",
	"d = 2019-11-15\nt = 08:30:00\nl = 2019-11-15 08:30:00\no = 2019-11-15T08:30:00+07:00\nf = -0.0\nn = nan\nb = true\n",
}

func FuzzApply(f *testing.F) {
	for i, s := range fuzzSeeds {
		f.Add([]byte(s), "mới\n\"\"\"'\\", uint16(i))
		f.Add([]byte(strings.ReplaceAll(s, "\n", "\r\n")), "x\ty", uint16(i+1))
	}
	for _, src := range suiteFiles(f, "files-toml-1.1.0", "valid/") {
		f.Add(src, "mới", uint16(len(src)))
	}
	f.Fuzz(func(t *testing.T, src []byte, text string, pick uint16) {
		before := slices.Clone(src)
		d, problems := Parse(src)
		if len(problems) > 0 {
			out, err := Apply(src, Set(Path{"zz"}, text))
			if err == nil || out != nil || !errors.Is(err, ErrInvalid) {
				t.Fatalf("edited in spite of %v: %v", problems[0], err)
			}
			return
		}
		scalars, arrays, tables := gather(d.Root(), nil)
		if len(scalars) > 0 {
			fuzzSet(t, src, scalars[int(pick)%len(scalars)], text)
		}
		if len(arrays) > 0 {
			fuzzAppend(t, src, arrays[int(pick)%len(arrays)], text)
		}
		fuzzInsert(t, src, tables[int(pick)%len(tables)], text)
		all := slices.Concat(scalars, arrays, tables[1:])
		if len(all) > 0 {
			fuzzDelete(t, src, all[int(pick/3)%len(all)])
		}
		fuzzTogether(t, src, all, tables, int(pick), text)
		if !bytes.Equal(src, before) {
			t.Fatal("the source itself was changed")
		}
	})
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
	if d, problems := Parse(out); len(problems) > 0 || d.Find(p.path...).Value() != any(text) {
		t.Fatalf("set %v reads back as %v, %v", p.path, d.Find(p.path...).Value(), problems)
	}
	mustUndo(t, "", src, Set(p.path, text), Set(p.path, Raw(src[p.node.Offset():p.node.End()])))
}

func fuzzAppend(t *testing.T, src []byte, p placed, text string) {
	out, err := Apply(src, Append(p.path, text))
	if errors.Is(err, ErrValue) || errors.Is(err, ErrLimit) {
		return
	}
	if err != nil {
		t.Fatalf("append to %v: %v", p.path, err)
	}
	if stray := strayChange(t, src, out, append(p.path, p.node.Len())); stray != "" {
		t.Fatalf("append to %v changed %s", p.path, stray)
	}
	if source := string(src[p.node.Offset():p.node.End()]); p.node.Len() > 0 || source == "[]" || strings.Contains(source, "\n") {
		mustUndo(t, "", src, Append(p.path, text), Delete(append(p.path, -1)))
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
	ops = append(ops, Set(append(table, "k2", "k3"), 3), Append(append(table, "k4"), 4), Set(append(table, "k4"), 5))
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

func FuzzParse(f *testing.F) {
	for i, s := range fuzzSeeds {
		f.Add([]byte(s), uint16(i))
	}
	for _, c := range parseCases {
		f.Add([]byte(c.src), uint16(len(c.src)))
	}
	for _, src := range suiteFiles(f, "files-toml-1.1.0", "") {
		f.Add(src, uint16(len(src)))
	}
	f.Fuzz(func(t *testing.T, src []byte, pick uint16) {
		d, problems := Parse(src)
		checkProblems(t, src, problems)
		if len(src) > 1<<14 {
			return // the other parsers have no limits
		}
		decoded, err := decode(string(src))
		if err != nil {
			if len(problems) == 0 {
				t.Fatalf("no problem, but the decoder refuses: %v", err)
			}
			return
		}
		if len(problems) > 0 {
			if !mayRefuse(problems[0]) {
				t.Fatalf("the decoder accepts what we refuse: %v at %d", problems[0], problems[0].Offset)
			}
			return
		}
		if s := differ(d.Root(), decoded, src); s != "" {
			t.Fatal(s)
		}
		if !d.Complete() {
			t.Fatal("no problem, yet not complete")
		}
		checkTorn(t, d, src, int(pick))
	})
}

func isLimit(e *Error) bool { return slices.Contains(Messages()[:5], e.Message) }

// mayRefuse holds for what the decoder lets pass although TOML forbids it, or we do.
func mayRefuse(e *Error) bool {
	lax := []string{MessageConflict, MessageKeyTwice, MessageTableTwice, MessageNameTaken, MessageDate}
	return slices.Contains(lax, e.Message) || isLimit(e)
}

func checkProblems(t *testing.T, src []byte, problems []*Error) {
	last := 0
	for _, e := range problems {
		if !slices.Contains(Messages(), e.Message) {
			t.Fatalf("message %q is not listed", e.Message)
		}
		if e.Offset < last || e.Offset > len(src) || e.Other >= len(src) || strings.ContainsAny(e.Hint, "\n\r\x1b") {
			t.Fatalf("problem %+v in %d bytes", e, len(src))
		}
		last = e.Offset
	}
	if len(problems) > MaxErrors {
		t.Fatalf("%d problems", len(problems))
	}
}

// checkTorn: one bad line between two statements of a good file is one problem, and all
// values that do not belong to a torn header are still read.
func checkTorn(t *testing.T, d *Document, src []byte, pick int) {
	places := []int{fileStart(d.text)}
	for _, s := range d.sections {
		if s.header != nil {
			places = append(places, s.header.next)
		}
		for _, st := range s.keys {
			places = append(places, st.next)
		}
	}
	place := places[pick%len(places)]
	if bytes.Contains(src, []byte("<<<<<<<")) || place > fileStart(d.text) && src[place-1] != '\n' {
		return
	}
	want := flatten(d.Root().Value(), "", map[string]any{})
	for _, bad := range []string{"torn\n", "torn = \n", "torn = 2019-02-31\n", "torn = \"a\" b\n", "[torn\n", "<<<<<<< a\n=======\n>>>>>>> b\n"} {
		torn := slices.Concat(src[:place], []byte(bad), src[place:])
		if len(torn) > MaxSize || d.Find("torn") != nil {
			return
		}
		read, problems := Parse(torn)
		if len(problems) != 1 {
			t.Fatalf("%q at %d: %d problems, the last %v at %d", bad, place, len(problems), problems[len(problems)-1], problems[len(problems)-1].Offset)
		}
		if problems[0].Message == MessageLongStringOpen || bad == "[torn\n" || isLimit(problems[0]) {
			continue
		}
		if problems[0].Offset < place || problems[0].Offset > place+len(bad) {
			t.Fatalf("%q at %d: problem at %d", bad, place, problems[0].Offset)
		}
		got := flatten(read.Root().Value(), "", map[string]any{})
		for p, v := range want {
			if w, found := got[p]; v != "{}" && (!found || !sameTree(v, w)) {
				t.Fatalf("%q at %d: %s is %v instead of %v", bad, place, p, w, v)
			}
		}
	}
}
