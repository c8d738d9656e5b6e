package merge

import (
	"slices"
	"strings"
	"testing"

	"example.org/tiendo/model/edit"
)

// checkLaws wants what holds for any three files that can be read.
func checkLaws(t testing.TB, base, ours, theirs string) {
	t.Helper()
	for _, side := range []string{ours, theirs} {
		want(t, "merge(o,a,a)", merged(t, base, side, side), side)
		want(t, "merge(o,a,o)", merged(t, base, side, base), side)
		want(t, "merge(o,o,b)", merged(t, base, base, side), side)
	}
	want(t, "merge(o,o,o)", merged(t, base, base, base), base)
	there, err := Entries([]byte(base), []byte(ours), []byte(theirs))
	back, errBack := Entries([]byte(base), []byte(theirs), []byte(ours))
	if (err == nil) != (errBack == nil) {
		t.Fatalf("one way %v, the other way %v", err, errBack)
	}
	if err != nil {
		return
	}
	if !slices.Equal(there.Conflicts, back.Conflicts) {
		t.Fatalf("conflicts %q, the other way %q", there.Conflicts, back.Conflicts)
	}
	one, ok := split(string(there.Content))
	other, okBack := split(string(back.Content))
	if !ok || !okBack || one != [3]string{other[Base], other[Theirs], other[Ours]} {
		t.Fatalf("the sides are not treated alike:\n%s\nand\n%s", there.Content, back.Content)
	}
	if len(there.Conflicts) == 0 {
		if string(there.Content) != string(back.Content) {
			t.Fatalf("one way\n%s\nthe other way\n%s", there.Content, back.Content)
		}
		again := merged(t, base, string(there.Content), theirs)
		want(t, "merging theirs once more", again, string(there.Content))
	}
	for _, side := range []Side{Ours, Theirs} {
		checkValues(t, [3]string{base, ours, theirs}, one[side], side)
	}
}

func want(t testing.TB, law string, got Result, want string) {
	t.Helper()
	if string(got.Content) != want || len(got.Conflicts) > 0 {
		t.Fatalf("%s is\n%q, conflicts %q\nwant\n%q", law, got.Content, got.Conflicts, want)
	}
}

// valuesOf lists every value of a file by its path; in arrays of tables by id where the
// elements have one.
func valuesOf(t testing.TB, text string) map[string]string {
	t.Helper()
	document, problem := edit.Parse([]byte(text))
	if problem != nil {
		t.Fatalf("does not parse: %v\n%s", problem, text)
	}
	values := map[string]string{}
	var visit func(n *edit.Node, path string)
	visit = func(n *edit.Node, path string) {
		switch n.Kind() {
		case edit.Table, edit.InlineTable:
			if n.Len() == 0 {
				values[path+"/"] = "table"
			}
			for _, name := range n.Keys() {
				visit(n.Child(name), path+"/"+name)
			}
		case edit.TableArray, edit.Array:
			for i := range n.Len() {
				name := string(rune('0' + i))
				if id, ok := idOf(n.Elem(i)); ok {
					name = "id " + id
				}
				visit(n.Elem(i), path+"/"+name)
			}
		default:
			values[path] = spelled(n.Value())
		}
	}
	visit(document.Root(), "")
	return values
}

// checkValues compares every value of a settled result with the three versions, without
// any notion of entries: what it holds stands in one of the sides, what both sides hold
// alike stays, what either has removed from the base and nobody has touched is gone.
func checkValues(t testing.TB, versions [3]string, settled string, side Side) {
	t.Helper()
	base, ours, theirs := valuesOf(t, versions[Base]), valuesOf(t, versions[Ours]), valuesOf(t, versions[Theirs])
	for path, value := range valuesOf(t, settled) {
		our, inOurs := ours[path]
		their, inTheirs := theirs[path]
		if !(inOurs && our == value) && !(inTheirs && their == value) {
			t.Fatalf("settled for %d, %s is %s, which stands on no side\n%s", side, path, value, settled)
		}
		if was, inBase := base[path]; inBase && was == value && (!inOurs || !inTheirs || our != was || their != was) && !strings.HasSuffix(path, "/") {
			// The value of the base may stay only where the side that still has it is taken whole.
			kept := inOurs && our == was || inTheirs && their == was
			if !kept {
				t.Fatalf("%s = %s has returned\n%s", path, value, settled)
			}
		}
	}
	got := valuesOf(t, settled)
	for path, our := range ours {
		if their, both := theirs[path]; both && our == their {
			if value, stays := got[path]; !stays || value != our {
				t.Fatalf("%s = %s has vanished\n%s", path, our, settled)
			}
		}
	}
}
