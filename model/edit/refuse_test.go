package edit

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
)

// Every refusal names its reason and writes nothing.
func TestApplyRefuses(t *testing.T) {
	src := "t = 1\nl = [1]\np = { x = 1 }\na.b = 1\n[h]\nx = 1\n[[e]]\nx = 1\n"
	tests := []struct {
		op   Operation
		want error
	}{
		{Set(Path{"h"}, 1), ErrIsTable},
		{Set(Path{"a"}, 1), ErrIsTable},
		{Set(Path{"e"}, 1), ErrIsTable},
		{Set(Path{"e", 0}, 1), ErrIsTable},
		{Set(Path{"t", "x"}, 1), ErrNotTable},
		{Set(Path{"l", "x"}, 1), ErrNotTable},
		{Set(Path{"e", "x"}, 1), ErrNotTable},
		{Set(Path{"l", 1}, 1), ErrIndex},
		{Set(Path{"e", 1, "x"}, 1), ErrIndex},
		{Set(Path{"h", 0}, 1), ErrNotArray},
		{Set(Path{"new", 0}, 1), ErrIndex},
		{Set(Path{}, 1), ErrPath},
		{Set(Path{1.5}, 1), ErrPath},
		{AppendTable(Path{"t"}), ErrNotArray},
		{AppendTable(Path{"h"}), ErrNotArray},
		{AppendTable(Path{"t", "x"}), ErrNotTable},
		{AppendTable(Path{"n"}, KeyValue{"a", 1}, KeyValue{"a", 1}), ErrValue},
		{Delete(Path{"x"}), ErrNotFound},
		{Delete(Path{"h", "y"}), ErrNotFound},
		{Delete(Path{"l", 1}), ErrIndex},
		{Delete(Path{}), ErrPath},
	}
	for _, c := range tests {
		out, err := Apply([]byte(src), Set(Path{"t"}, 2), c.op)
		if !errors.Is(err, c.want) || out != nil {
			t.Errorf("%v: %v; want %v", c.op, err, c.want)
		}
	}
}

// A source in which anything is wrong is refused, also where the very value that is wrong
// would go, or nothing would change.
func TestApplyRefusesSource(t *testing.T) {
	ops := map[string]Operation{
		"set": Set(Path{"t"}, 3), "unchanged": Set(Path{"ok"}, 1), "delete": Delete(Path{"t"}),
		"insert": Set(Path{"new"}, 1), "delete another": Delete(Path{"ok"}), "delete a table": Delete(Path{"h"}),
	}
	for _, bad := range []string{
		"t = 1\nt = 2\n", "t = \n", "t = 2019-02-31\n", "t = 07\n", "t = [1, { x = 1__0 }]\n", "t = 99999999999999999999\n",
		"t = 2019-11-18T09:20:11+07:60\n", "t = [2019-11-18T09:20:11+24:00]\n", "t = \"\\q\"\n", "t = 1 # \xff\n", "t = 1 # \x01\n",
		"<<<<<<< a\n=======\n>>>>>>> b\n", "t = \"\"\"\n<<<<<<< a\n=======\n>>>>>>> b\n\"\"\"\n", "t = { x = 1, x = 2 }\n", "t.x = 1_\n",
		"[h]\nt = 2019-02-31\n", "[h]\nt = 2019-11-18T09:20:11+07:60\n",
	} {
		for name, op := range ops {
			src := []byte("ok = 1\n" + bad)
			if !strings.Contains(bad, "[h]") {
				src = append(src, "[h]\n"...)
			}
			out, err := Apply(src, op)
			var where *Error
			if out != nil || !errors.Is(err, ErrInvalid) || !errors.As(err, &where) {
				t.Errorf("%s in %q: %q, %v", name, src, out, err)
			}
		}
	}
}

// Nothing to change gives back the very bytes that came in.
func TestApplyUnchanged(t *testing.T) {
	src := []byte("a = 1\n")
	for _, ops := range [][]Operation{nil, {Set(Path{"a"}, 1)}, {Set(Path{"b"}, 1), Delete(Path{"b"})}} {
		out, err := Apply(src, ops...)
		if err != nil || &out[0] != &src[0] {
			t.Errorf("%v: %q, %v", ops, out, err)
		}
	}
}

// The comparison of decoded trees is what catches a mistake of this package: it must see
// every kind of difference.
func TestVerifyCatchesMistakes(t *testing.T) {
	base := "a = 1\nf = 0.0\nd = 2019-11-15\nl = [1]\n[[e]]\nx = 1\n"
	for _, wrong := range []string{
		"a = 2", "a = 1.0", "a = '1'", "f = -0.0", "d = 2019-11-15T00:00:00", "d = 2019-11-15T00:00:00Z", "l = [1, 1]", "l = []", "l = 1", "l = { 0 = 1 }", "a = [1]", "f = nan", "g = 1",
	} {
		d, _ := Parse([]byte(base))
		key, _, _ := strings.Cut(wrong, " ")
		lines := strings.SplitAfter(base, "\n")
		if i := slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, key+" ") }); i >= 0 {
			lines[i] = wrong + "\n"
		} else {
			lines = slices.Insert(lines, 0, wrong+"\n")
		}
		text := strings.Join(lines, "")
		e := &editor{doc: d, want: kept{base, d.root}}
		if err := e.replace(splice{span{0, len(base)}, text}); err != nil {
			t.Fatal(err)
		}
		if err := e.verify(); !errors.Is(err, ErrVerify) {
			t.Errorf("%s is taken for the same: %v", wrong, err)
		}
	}
	if !sameTree(map[string]any{"n": math.NaN()}, map[string]any{"n": math.NaN()}) {
		t.Error("NaN differs from itself")
	}
}
