package edit

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// checkCut: when the first line of a statement loses its end, all problems are found in
// that statement, or there is only one.
func checkCut(t *testing.T, d *Document, src []byte, pick int) {
	var statements []*statement
	for _, s := range d.sections {
		if statements = append(statements, s.keys...); s.header != nil {
			statements = append(statements, s.header)
		}
	}
	if len(statements) == 0 {
		return
	}
	st := statements[pick%len(statements)]
	start := skipBlanks(d.text, st.line) + 1
	end := max(start, lineEnd(d.text, st.line)-strings.Count(lineBreak(d.text, st.next), "\r"))
	cut := start + pick/7%(end-start+1)
	torn := slices.Concat(src[:cut], src[end:])
	_, problems := Parse(torn)
	for _, e := range problems {
		if (e.Offset < st.line || e.Offset > st.next-(end-cut)) && len(problems) > 1 {
			t.Fatalf("cut %d to %d: %v at %d\n%s", cut, end, e, e.Offset, torn)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range parseCases {
		f.Add([]byte(c.src), uint16(len(c.src)))
	}
	for _, src := range suiteFiles(f, "files-toml-1.1.0", "") {
		f.Add(src, uint16(len(src)))
	}
	f.Fuzz(func(t *testing.T, src []byte, pick uint16) {
		d, problems := Parse(src)
		checkProblems(t, src, problems)
		if len(problems) > 0 && isLimit(problems[0]) {
			return // the decoder could take minutes
		}
		if _, err := decode(string(src)); len(problems) == 0 && err != nil {
			t.Fatalf("no problem, but the decoder refuses: %v", err)
		} else if len(problems) > 0 && err == nil && !mayRefuse(problems[0]) {
			t.Fatalf("the decoder accepts what we refuse: %v at %d", problems[0], problems[0].Offset)
		}
		if len(problems) > 0 {
			src = grow(src)
			if d, problems = Parse(src); len(problems) > 0 {
				return
			}
		}
		decoded, err := decode(string(src))
		if err != nil {
			t.Fatal(err)
		}
		if s := differ(d.Root(), decoded, src); s != "" {
			t.Fatal(s)
		}
		if !d.Complete() {
			t.Fatal("no problem, yet not complete")
		}
		checkTorn(t, d, src, int(pick))
		checkCut(t, d, src, int(pick))
	})
}

func isLimit(e *Error) bool { return slices.Contains(Messages()[:5], e.Message) }

// mayRefuse holds for what the decoder lets pass although TOML forbids it, or we do.
func mayRefuse(e *Error) bool {
	lax := []string{MessageUTF16, MessageConflict, MessageKeyTwice, MessageTableTwice, MessageNameTaken, MessageDate}
	return slices.Contains(lax, e.Message) || isLimit(e)
}

func checkProblems(t *testing.T, src []byte, problems []*Error) {
	last := 0
	for _, e := range problems {
		if !slices.Contains(Messages(), e.Message) {
			t.Fatalf("message %q is not listed", e.Message)
		}
		if e.HintFormat != "" && !slices.Contains(Hints(), e.HintFormat) || e.Hint != fmt.Sprintf(e.HintFormat, e.HintArgs...) {
			t.Fatalf("hint %q of %q is not listed, or not what %v make of it", e.Hint, e.HintFormat, e.HintArgs)
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
