package edit

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// threeTables are three elements as people write them: with comments that speak of one, or of all, and tables below.
const threeTables = `# All of it.

[plan]
id = "p"

# Các hoạt động.

# The first one.
[[activity]]
id = 'a'   # by hand

  [[activity.indicator]]
  id = "a1"
  # no target yet

[[activity]]
id    = "b"
goals = [
  "x", # why
]

# The last one.
[[activity]]
id = "c"
[calendar]
holidays = []
`

func TestMove(t *testing.T) {
	const a = "# The first one.\n[[activity]]\nid = 'a'   # by hand\n\n  [[activity.indicator]]\n  id = \"a1\"\n" +
		"  # no target yet"
	const b = "[[activity]]\nid    = \"b\"\ngoals = [\n  \"x\", # why\n]"
	const c = "# The last one.\n[[activity]]\nid = \"c\""
	order := func(first, second, third string) string {
		return strings.NewReplacer(a, first, b, second, c, third).Replace(threeTables)
	}
	for _, end := range []string{"\n", "\r\n"} {
		ended := func(text string) string { return strings.ReplaceAll(text, "\n", end) }
		for _, test := range []struct {
			from, to int
			want     string
		}{{0, 1, order(b, a, c)}, {0, 2, ""}, {2, 0, order(c, a, b)}, {1, 1, threeTables}} {
			out, err := Apply([]byte(ended(threeTables)), Move(Path{"activity", test.from}, test.to))
			if test.want == "" { // a comment at the end of one would stand right above the next header
				if !errors.Is(err, ErrScattered) {
					t.Errorf("%d to %d: %v; want it refused", test.from, test.to, err)
				}
				continue
			}
			if err != nil || string(out) != ended(test.want) {
				t.Errorf("%d to %d: %v\n%s\nwant\n%s", test.from, test.to, err, out, test.want)
			}
		}
	}
	for src, want := range map[string]string{
		"a = [ {id = 1}, {id=2},{ id = 3 } ]\n": "a = [ {id=2}, {id = 1},{ id = 3 } ]\n",
		"a = [\n  {id = 1},\n  {id=2},\n]":      "a = [\n  {id=2},\n  {id = 1},\n]",
	} {
		if out, err := Apply([]byte(src), Move(Path{"a", 0}, 1)); err != nil || string(out) != want {
			t.Errorf("%q: %q, %v; want %q", src, out, err, want)
		}
	}
}

// A comment above the first element that is the only one speaks of all of them.
func TestMoveBelowHeading(t *testing.T) {
	const src = "[plan]\n\n# All goals.\n[[goal]]\nid = 1\n\n[[goal]]\nid = 2\n\n[[goal]]\nid = 3\n"
	const want = "[plan]\n\n# All goals.\n[[goal]]\nid = 2\n\n[[goal]]\nid = 3\n\n[[goal]]\nid = 1\n"
	out, err := Apply([]byte(src), Move(Path{"goal", 0}, 2))
	if err != nil || string(out) != want {
		t.Errorf("%s, %v; want %s", out, err, want)
	}
	const without = "[plan]\n\n# All goals.\n[[goal]]\nid = 2\n\n[[goal]]\nid = 3\n"
	if out, err = Apply([]byte(src), Move(Path{"goal", 0}, 2), Delete(Path{"goal", 2})); string(out) != without {
		t.Errorf("%s, %v; want %s", out, err, without)
	}
	if out, err = Apply(out, PutBack(Path{"goal", 0}, "[[goal]]\nid = 1")); string(out) != src {
		t.Errorf("%s, %v; want %s", out, err, src)
	}
}

func TestMoveRefused(t *testing.T) {
	for _, test := range []struct {
		src  string
		op   Operation
		want error
	}{
		{"a = [ 1, # one\n 2 ]\n", Move(Path{"a", 0}, 1), ErrScattered},
		{"[[a]]\n[[b]]\n[[a]]\n[b.c]\n", Move(Path{"a", 0}, 1), nil},
		{"[[a]]\nk = 1\n[x]\n[a.c]\n[[a]]\n", Move(Path{"a", 0}, 1), ErrScattered},
		{"a = [1]\n", Move(Path{"a", 1}, 0), ErrIndex},
		{"a = [1]\n", Move(Path{"a", 0}, 1), ErrIndex},
		{"a = 1\n", Move(Path{"a"}, 0), ErrNotArray},
		{"a = 1 x\n", Move(Path{"a", 0}, 0), ErrInvalid},
		{"[[a]]\n", PutBack(Path{"a", 2}, "[[a]]\n"), ErrIndex},
		{"[b]\n", PutBack(Path{"a", 1}, "[[a]]\n"), ErrIndex},
		{"[b]\n", PutBack(Path{"a"}, "[[a]]\n"), ErrNotArray},
		{"[[a]]\n", PutBack(Path{"a", 0}, "[[b]]\n"), ErrValue},
		{"[[a]]\n", PutBack(Path{"a", 0}, "[[a]]\n[c]\n"), ErrValue},
		{"[[a]]\n", PutBack(Path{"a", 0}, "x"), ErrValue},
		{"a = 1\n", PutBack(Path{"a", 0}, "[[a]]"), ErrNotArray},
		{"a = 1\n", PutBack(Path{"a", 0}, "{}"), ErrNotArray},
		{"a = []\n", PutBack(Path{"a", 0}, "{} # c"), ErrValue},
	} {
		if out, err := Apply([]byte(test.src), test.op); !errors.Is(err, test.want) || err != nil && out != nil {
			t.Errorf("%q, %v: %q, %v; want %v", test.src, test.op, out, err, test.want)
		}
	}
}

// What was taken out is put back where it stood, with all that it held.
func TestPutBack(t *testing.T) {
	for _, src := range []string{
		threeTables, strings.ReplaceAll(threeTables, "\n", "\r\n"),
		strings.TrimRight(threeTables[:strings.Index(threeTables, "[calendar]")], "\n"),
		"a = [ {id = 1}, {id=2}, { id = 3 } ]\n", "[x]\na = [\n  { id = 1 },\n  { id = 2 },\n]\n",
	} {
		for _, list := range []Path{{"activity"}, {"activity", 0, "indicator"}, {"a"}, {"x", "a"}} {
			d, _ := Parse([]byte(src))
			for i := range d.Find(list...).Len() {
				element := append(slices.Clone(list), i)
				source := Element(d, element)
				out, err := Apply([]byte(src), Delete(element))
				if err != nil {
					t.Fatal(err)
				}
				back, err := Apply(out, PutBack(element, source))
				if err != nil || string(back) != src {
					t.Errorf("%v: %v\n%s\nwant\n%s", element, err, back, src)
				}
			}
		}
	}
}

func FuzzMove(f *testing.F) {
	f.Add([]byte(threeTables), uint16(1), uint16(0))
	f.Add([]byte(strings.ReplaceAll(threeTables, "\n", "\r\n")), uint16(0), uint16(2))
	f.Add([]byte("a = [ {id = 1}, {id=2},{ id = 3 } ]\n"), uint16(1), uint16(1))
	f.Add([]byte("# top\n[[a]]\n# tail\n\n[[a]]\n[[a.b]]\nk = '''\n# no comment\n[[a]]'''\n[x]"), uint16(0), uint16(1))
	f.Fuzz(func(t *testing.T, src []byte, pick, to uint16) {
		d, problem := Parse(src)
		if problem != nil {
			src = grow(src)
			if d, problem = Parse(src); problem != nil {
				return
			}
		}
		fuzzMove(t, d, src, int(pick), int(to))
	})
}

// elements lists those of all arrays and arrays of tables.
func elements(n *Node, path Path) []Path {
	var found []Path
	path = slices.Clip(path)
	for i := range n.elems {
		at := append(path, i)
		found = append(append(found, at), elements(n.Elem(i), at)...)
	}
	for _, key := range n.Keys() {
		found = append(found, elements(n.Child(key), append(path, key))...)
	}
	return found
}

// fuzzMove: a move keeps every byte, makes the list that was asked for, and goes back. What is taken out and put back
// stands in the list as before.
func fuzzMove(t *testing.T, d *Document, src []byte, pick, to int) {
	t.Helper()
	all := elements(d.Root(), nil)
	if len(all) == 0 {
		return
	}
	path := all[pick%len(all)]
	list := path[:len(path)-1]
	from, n := path[len(path)-1].(int), d.Find(list...).Len()
	to %= n
	out, err := Apply(src, Move(path, to))
	if errors.Is(err, ErrScattered) {
		return
	}
	if err != nil {
		t.Fatalf("move %v to %d: %v: %q", path, to, err, src)
	}
	was, is := slices.Clone(src), slices.Clone(out)
	slices.Sort(was)
	slices.Sort(is)
	if !bytes.Equal(was, is) {
		t.Fatalf("move %v to %d: other bytes: %q -> %q", path, to, src, out)
	}
	after, problem := Parse(out)
	if problem != nil {
		t.Fatalf("move %v to %d: %v", path, to, problem)
	}
	values := moved(slices.Clone(d.Find(list...).Value().([]any)), from, to)
	if !sameTree(values, after.Find(list...).Value()) {
		t.Fatalf("move %v to %d: %q -> %q", path, to, src, out)
	}
	mustUndo(t, "move", src, Move(path, to), Move(append(slices.Clone(list), to), from))

	source := Element(d, path)
	if source == "" || d.Find(list...).Kind() == Array && !strings.HasPrefix(source, "{") {
		return
	}
	out, err = Apply(src, PutBack(append(slices.Clone(list), to), source))
	if errors.Is(err, ErrLimit) || errors.Is(err, ErrScattered) {
		return
	}
	if err != nil {
		t.Fatalf("put back %v: %v: %q", path, err, src)
	}
	twice, _ := Parse(out)
	inline := d.Find(list...).Kind() == Array // where commas and blanks stay at their places
	if !inline && !isSubsequence(src, out) || twice.Find(list...).Len() != n+1 ||
		!sameTree(twice.Find(append(slices.Clone(list), to)...).Value(), d.Find(path...).Value()) {
		t.Fatalf("put back %v: %q -> %q", path, src, out)
	}
}

// TestMoveGrown tries moves in files in many layouts, without the fuzzer.
func TestMoveGrown(t *testing.T) {
	moves := 0
	for i := range 600 {
		random := rand.New(rand.NewPCG(uint64(i), 9))
		choices := make([]byte, random.IntN(120))
		for j := range choices {
			choices[j] = byte(random.Uint32())
		}
		src := grow(choices)
		d, problem := Parse(src)
		if problem != nil {
			t.Fatalf("%d: %v: %q", i, problem, src)
		}
		moves += min(1, len(elements(d.Root(), nil)))
		fuzzMove(t, d, src, random.IntN(1<<16), random.IntN(1<<16))
	}
	if moves < 150 {
		t.Errorf("only %d of the files had anything to move", moves)
	}
}
